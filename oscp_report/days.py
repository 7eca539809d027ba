"""Dates as officers write them, with English names whatever the computer's language is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from oscp_report.wording import nearest, quoted

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOW = "write the day of the meeting as `22 July 2019`"

_TIME = r"(?:,?\s+(?:at\s+)?(?:noon|[0-9]{1,2}(?:[.:][0-9]{2})?\s*(?:[ap]\.?m\.?|hrs|hours)?))?"
_WRITTEN = re.compile(
    r"(?:(?P<weekday>[A-Za-z]+),?\s+)?(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?\s+"
    rf"(?P<month>[A-Za-z]+)\.?,?\s+(?P<year>[0-9]{{4}}){_TIME}",
    re.ASCII,
)
_SLASHED = re.compile(rf"(?P<day>[0-9]{{1,2}})/(?P<month>[0-9]{{1,2}})/(?P<year>[0-9]{{4}}){_TIME}")
_ISO = re.compile(rf"(?P<year>[0-9]{{4}})-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}}){_TIME}")


class NotADate(ValueError):
    """A text is no date. ``fix`` says what to write."""

    def __init__(self, message: str, fix: str = HOW) -> None:
        super().__init__(message)
        self.fix = fix


@dataclass(frozen=True, slots=True)
class Meeting:
    """The day of a meeting. ``weekday`` is the one that was typed, in full, or empty."""

    date: date
    weekday: str = ""
    weekday_typed: str = ""

    @property
    def true_weekday(self) -> str:
        """The day of the week that the calendar gives."""
        return WEEKDAYS[self.date.weekday()]

    @property
    def day_typed(self) -> str:
        """The day without its weekday, as a report writes it."""
        return written_day(self.date)


def written_day(day: date) -> str:
    """``22 July 2019``: strftime would ask the locale."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def last_of_month(year: int, month: int) -> date:
    """The last day of a month, which counts from 1."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def read_date(text: str) -> Meeting:
    """The day that a text names, by itself or with a time after it.

    Raises:
        NotADate: it names no day, or one that does not exist.
    """
    text = " ".join(text.split())
    for pattern in (_SLASHED, _ISO):
        if match := pattern.fullmatch(text):
            day, month, year = (int(match[part]) for part in ("day", "month", "year"))
            return Meeting(_day(text, year, month, day))
    match = _WRITTEN.fullmatch(text)
    if match is None:
        raise NotADate(f"{quoted(text)} is not a date")
    month = _name(match["month"], MONTHS, text)
    typed = match["weekday"] or ""
    weekday = WEEKDAYS[_name(typed, WEEKDAYS, text) - 1] if typed else ""
    return Meeting(_day(text, int(match["year"]), month, int(match["day"])), weekday, typed)


def _name(typed: str, names: tuple[str, ...], text: str) -> int:
    """Which of the names was typed, counted from 1, whole or shortened to three letters or more."""
    for position, name in enumerate(names, 1):
        if name.casefold().startswith(typed.casefold()) and (len(typed) >= 3 or typed == name):
            return position
    near = nearest(typed, [name.casefold() for name in names]).capitalize()
    raise NotADate(f"{quoted(text)} is not a date", f"did you mean {near}?" if near else HOW)


def _day(text: str, year: int, month: int, day: int) -> date:
    if not 1 <= month <= len(MONTHS):
        raise NotADate(f"{quoted(text)} is not a date: a year has twelve months")
    if not 1 <= year <= 9998:
        raise NotADate(f"{quoted(text)} is not a date")
    length = last_of_month(year, month).day
    if not 1 <= day <= length:
        name = MONTHS[month - 1]
        raise NotADate(f"{quoted(text)} is not a date: {name} {year} has {length} days")
    return date(year, month, day)
