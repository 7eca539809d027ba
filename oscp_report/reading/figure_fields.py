"""What the year's file says of a figure, field by field."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

from oscp_report.diagnostics import Location
from oscp_report.model import Confirmation, EarlierMeasure, Figure
from oscp_report.reading.rows import ById, ByYear
from oscp_report.reading.scalars import TextShape, choice, day, flag, number, whole_number
from oscp_report.reading.shapes import Either, Field, Mapped, Record, Shape
from oscp_report.wording import UNITS

TEXT = TextShape()
LARGEST_RANK = 99_999

_VALUE = Field(number(), "The number alone; left empty until it is known", examples=(7292, 12.5))
# What stands beside a value, this year's or an earlier one's.
_BESIDE_THE_VALUE = {
    "of": Field(whole_number(1, LARGEST_RANK), "Of a rank: how many are ranked", examples=(15,)),
    "no_value": Field(
        choice("not-available", "not-applicable", "confidential"),
        "Why there is no value: printed as [x], [z] or [c]",
    ),
    "provisional": Field(flag(), "`yes` while the value may still change: printed as [p]"),
    "break": Field(
        TEXT,
        "Why it cannot be compared with the years before: printed as [b]",
        examples=("Recording changed on 1 April 2020.",),
    ),
    "revised": Field(
        TEXT,
        "Why the value differs from the one published before: printed as [r]",
        examples=("A late return was added.",),
    ),
}

_NAMES = {"break": "series_break", "provisional": "is_provisional"}


def _named(fields: dict[str, Any]) -> dict[str, Any]:
    return {_NAMES.get(name, name): value for name, value in fields.items()}


def _figure(location: Location, **fields: Any) -> Callable[..., Figure]:
    return partial(Figure, **_named(fields))


def _earlier(location: Location, **fields: Any) -> Callable[..., EarlierMeasure]:
    return partial(EarlierMeasure, **_named(fields))


def _earlier_value(value: Decimal | None) -> Callable[..., EarlierMeasure]:
    return partial(EarlierMeasure, value=value)


def _confirmation(location: Location, **fields: Any) -> Confirmation | None:
    # A day that could not be read has been reported.
    return Confirmation(location=location, **fields) if fields["on"] else None


_EARLIER: Shape[Callable[..., EarlierMeasure]] = Either(
    Mapped(number(), _earlier_value),
    Record("an earlier value", _earlier, {"value": _VALUE, **_BESIDE_THE_VALUE}),
)

FIGURES = ById(
    Record(
        "a figure",
        _figure,
        {
            "label": Field(
                TEXT,
                "What is counted, for tables and charts",
                required=True,
                examples=("Needles and syringes collected",),
            ),
            "value": _VALUE,
            **_BESIDE_THE_VALUE,
            "unit": Field(choice(*UNITS), "What it is counted in; `count` unless it says so"),
            "period": Field(
                TEXT,
                "What it covers, where that is not the financial year",
                examples=("August 2018 to March 2019", "calendar year 2018", "Q3 2018-19"),
            ),
            "definition": Field(
                TEXT,
                "What exactly is counted",
                examples=("Sharps found in public places, not those handed in at pharmacies.",),
            ),
            "source": Field(
                TEXT, "Who or what it comes from", examples=("Oxford Direct Services",)
            ),
            "owner": Field(TEXT, "Who has to supply it", examples=("Thames Valley Police",)),
            "as_at": Field(day(), "The day on which it was taken", examples=("30 April 2019",)),
            "note": Field(TEXT, "What a reader has to know about it", examples=("so far",)),
            "better": Field(
                choice("neither", "lower", "higher"), "Which way is good; `neither` if not given"
            ),
            "confirmed": Field(
                Record(
                    "a confirmation",
                    _confirmation,
                    {
                        "by": Field(TEXT, "Who confirmed it", required=True),
                        "on": Field(day(), "On which day", required=True, examples=("2 May 2019",)),
                    },
                ),
                "That its owner has confirmed it; if one figure of a year is, all have to be",
            ),
            "earlier": Field(
                ByYear(_EARLIER),
                "Values of earlier years that have no file, or that are restated here",
                examples=({"2017-18": 6801},),
            ),
        },
    )
)
