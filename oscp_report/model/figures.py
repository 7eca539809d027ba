"""A figure: one reported number, what it measures, and what a reader has to know beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from oscp_report.diagnostics import Location
from oscp_report.model.text import Text
from oscp_report.period import Period
from oscp_report.wording import Unit, written
from oscp_report.year import Year

Better = Literal["lower", "higher", "neither"]
NoValue = Literal["not-available", "not-applicable", "confidential"]
Mark = Literal["b", "c", "p", "r", "x", "z"]

MARKS: Mapping[Mark, str] = {
    "b": "break in the series",
    "c": "confidential",
    "p": "provisional",
    "r": "revised",
    "x": "not available",
    "z": "not applicable",
}
"""The shorthand of official statistics, printed in square brackets: the Analysis Function's
guidance on symbols in tables."""

_MARK_OF: Mapping[NoValue, Mark] = {
    "not-available": "x",
    "not-applicable": "z",
    "confidential": "c",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What was measured in one year, in the figure's unit.

    ``value`` is None where ``no_value`` says why there is none, or where it is not given yet; it is
    never zero for either. ``of`` is how many are ranked. ``series_break`` and ``revised`` are the
    reasons: the first parts this year from those before it.
    """

    value: Decimal | None = None
    of: int | None = None
    no_value: NoValue | None = None
    is_provisional: bool = False
    series_break: Text | None = None
    revised: Text | None = None

    @property
    def is_missing(self) -> bool:
        """Whether the value is still to come."""
        return self.value is None and self.no_value is None

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What is said of it in shorthand, in the order of the alphabet."""
        marks: dict[Mark, bool] = {
            "b": self.series_break is not None,
            "p": self.is_provisional,
            "r": self.revised is not None,
            "x": self.is_missing,
        }
        if self.no_value is not None:
            marks[_MARK_OF[self.no_value]] = True
        return tuple(mark for mark in MARKS if marks.get(mark))

    def written(self, unit: Unit) -> str:
        """The value as it is printed, ``7,292``; its shorthand, ``[x]``, where there is none."""
        if self.value is None:
            return f"[{_MARK_OF[self.no_value or 'not-available']}]"
        return written(self.value, unit, self.of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """Who confirmed a figure, and when."""

    by: Text
    on: date
    location: Location = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Measure):
    """One reported number, as measured in the report's own year.

    ``definition`` is what exactly is counted, ``owner`` who has to supply it, ``as_at`` the day on
    which it was taken. ``earlier`` are values of earlier years that this report gives itself: of a
    year that has no file, or one that it restates.
    """

    id: str
    label: Text
    unit: Unit = "count"
    period: Text | None = None
    definition: Text | None = None
    source: Text | None = None
    owner: Text | None = None
    as_at: date | None = None
    note: Text | None = None
    better: Better = "neither"
    confirmed: Confirmation | None = None
    earlier: Mapping[Year, EarlierMeasure] = field(default_factory=dict)
    location: Location = field(compare=False)

    def covers(self, year: Year) -> Period:
        """What it covers in the report for a year."""
        return Period.parse(self.period.value) if self.period else Period.of_year(year)


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierMeasure(Measure):
    """What was measured in an earlier year, with its place in this year's file."""

    location: Location = field(compare=False)
