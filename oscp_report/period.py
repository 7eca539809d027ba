"""What a figure covers: the financial year, or another stretch of time, as officers write it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from oscp_report.days import MONTHS, last_of_month
from oscp_report.year import LAST, Year

Kind = Literal[
    "financial-year", "calendar-year", "quarter", "half", "twelve-months", "dates", "so-far",
    "words",
]  # fmt: skip

_YEAR = r"(?P<year>[0-9]{4}[-/\u2013][0-9]{2})"
_ORDINALS = ("first", "second", "third", "fourth")
_MONTH_NAMES = "|".join(f"{name}|{name[:3]}" for name in MONTHS) + "|Sept"
_DATE = rf"(?:(?P<{{0}}_day>[0-9]{{{{1,2}}}})(?:st|nd|rd|th)?\s+)?(?P<{{0}}_month>{_MONTH_NAMES})"
_FROM, _TO = _DATE.format("from"), _DATE.format("to")
_PATTERNS: tuple[tuple[Kind, str], ...] = (
    ("financial-year", rf"(?:financial\s+year\s+)?{_YEAR}"),
    ("calendar-year", r"(?:calendar\s+year\s+)?(?P<calendar>[0-9]{4})"),
    (
        "quarter",
        rf"(?:Q|quarter\s+)(?P<part>[1-4])\s*,?\s+(?:of\s+)?(?:the\s+year\s+)?{_YEAR}",
    ),
    ("quarter", rf"(?P<part>{'|'.join(_ORDINALS)})\s+quarter\s+(?:of\s+)?{_YEAR}"),
    ("half", rf"(?:H|half\s+)(?P<part>[12])\s*,?\s+(?:of\s+)?{_YEAR}"),
    ("half", rf"(?P<part>first|second)\s+half\s+(?:of\s+)?{_YEAR}"),
    (
        "twelve-months",
        rf"(?:rolling\s+)?(?:(?:12|twelve)\s+months?|year)\s+(?:to|ending|ended)\s+(?:the\s+)?"
        rf"{_TO}\s+(?P<to_year>[0-9]{{4}})",
    ),
    (
        "dates",
        rf"(?:from\s+)?{_FROM}(?:\s+(?P<from_year>[0-9]{{4}}))?\s*(?:to|until|[-\u2013])\s*"
        rf"{_TO}\s+(?P<to_year>[0-9]{{4}})",
    ),
)
_FORMS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"(?:the\s+)?{pattern}", re.IGNORECASE | re.ASCII))
    for kind, pattern in _PATTERNS
)
_SO_FAR = re.compile(r"since\b|.*\b(?:so far|to date)\b", re.IGNORECASE)
_SINCE = re.compile(rf"since\s+(?:{_FROM}\s+)?(?P<from_year>[0-9]{{4}})", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time: its kind, its first day and its last.

    ``so-far`` has no last day, and a first one only where a date is given; ``words`` is anything
    that is not understood, and has neither.
    """

    kind: Kind
    first: date | None = None
    last: date | None = None

    @classmethod
    def of_year(cls, year: Year) -> Period:
        """The financial year, which a figure covers unless it says otherwise."""
        return cls("financial-year", date(year.start, 4, 1), year.last_day)

    @classmethod
    def parse(cls, text: str) -> Period:
        """The period that a text names, such as ``quarter 3 of 2018-19``."""
        text = " ".join(text.split())
        for kind, pattern in _FORMS:
            if match := pattern.fullmatch(text):
                try:
                    first, last = _days(kind, match)
                except (ValueError, OverflowError):  # no month has such a day
                    break
                if first <= last and last.year <= LAST:
                    return cls(kind, first, last)
        if _SO_FAR.match(text):
            return cls("so-far", _since(text))
        return cls("words")

    def moved(self, years: int) -> Period:
        """The same part of another year; what has no place in a year stays as it is."""
        if self.place_in_the_year is None or self.first is None or self.last is None:
            return self
        after = self.last + timedelta(days=1)  # so that a February ends on its own last day
        return Period(
            self.kind,
            _moved(self.first, years),
            _moved(after, years) - timedelta(days=1),
        )

    @property
    def place_in_the_year(self) -> tuple[int, ...] | None:
        """What two periods share that are a whole number of years apart; None where unknown."""
        if self.first is None or self.last is None:
            return None
        after = self.last + timedelta(days=1)  # so that the end of February is one place
        first = self.first
        return (first.month, first.day, after.month, after.day, after.year - first.year)


def _days(kind: Kind, match: re.Match[str]) -> tuple[date, date]:
    """The first and the last day.

    Raises:
        ValueError: there is no such day or year.
    """
    found = match.groupdict()
    if kind == "calendar-year":
        year = int(found["calendar"])
        return date(year, 1, 1), date(year, 12, 31)
    if kind in ("financial-year", "quarter", "half"):
        months = {"quarter": 3, "half": 6}.get(kind, 12)
        return _part(Year.parse(found["year"]), _number(found.get("part") or "1"), months)
    to_year, to_month = int(found["to_year"]), _month(found["to_month"])
    last = last_of_month(to_year, to_month)
    if found["to_day"]:
        last = date(to_year, to_month, int(found["to_day"]))
    if kind == "twelve-months":
        after = last + timedelta(days=1)
        return date(after.year - 1, after.month, after.day), last
    from_year = int(found["from_year"] or to_year)
    return date(from_year, _month(found["from_month"]), int(found["from_day"] or 1)), last


def _part(year: Year, part: int, months: int) -> tuple[date, date]:
    """The part of a financial year that is so many months long, counted from 1."""
    first = 3 + months * (part - 1)  # months after January
    last = first + months - 1
    start = date(year.start + first // 12, first % 12 + 1, 1)
    return start, last_of_month(year.start + last // 12, last % 12 + 1)


def _moved(day: date, years: int) -> date:
    """The same day of another year; 1 March, where that has no 29 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _since(text: str) -> date | None:
    match = _SINCE.fullmatch(text)
    if match is None:
        return None
    month = _month(match["from_month"]) if match["from_month"] else 1
    try:
        return date(int(match["from_year"]), month, int(match["from_day"] or 1))
    except ValueError:
        return None


def _number(part: str) -> int:
    return int(part) if part.isdigit() else _ORDINALS.index(part.lower()) + 1


def _month(name: str) -> int:
    return next(n for n, month in enumerate(MONTHS, 1) if month.lower().startswith(name.lower()))
