"""The date of the meeting, as officers write it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscp_report.days import MONTHS, WEEKDAYS, NotADate, read_date


@pytest.mark.parametrize(
    "text",
    [
        "22 July 2019", "22nd July 2019", "Monday 22 July 2019", "monday, 22nd july, 2019",
        "Mon 22 Jul 2019", "22/07/2019", "22/7/2019", "2019-07-22", "22 July 2019, 5pm",
        "22 July 2019 at 5.30 p.m.", "22 July 2019 17:00", "22\n  July 2019 at noon",
    ],
)  # fmt: skip
def test_a_date(text: str) -> None:
    assert read_date(text).date == date(2019, 7, 22)


@pytest.mark.parametrize(
    ("text", "message", "fix"),
    [
        ("31 June 2019", "`31 June 2019` is not a date: June 2019 has 30 days", "22 July 2019"),
        ("29/02/2019", "`29/02/2019` is not a date: February 2019 has 28 days", "22 July 2019"),
        ("30 February 2020", "February 2020 has 29 days", "22 July 2019"),
        ("32 December 2019", "December 2019 has 31 days", "22 July 2019"),
        ("0 July 2019", "July 2019 has 31 days", "22 July 2019"),
        ("07/22/2019", "a year has twelve months", "22 July 2019"),
        ("2019-13-01", "a year has twelve months", "22 July 2019"),
        ("22 Jully 2019", "`22 Jully 2019` is not a date", "did you mean July?"),
        ("22 Juli 2019", "`22 Juli 2019` is not a date", "did you mean July?"),
        ("Tusday 23 July 2019", "is not a date", "did you mean Tuesday?"),
        ("22 J 2019", "is not a date", "22 July 2019"),
        ("22 July 0000", "is not a date", "22 July 2019"),
        ("July 2019", "is not a date", "22 July 2019"),
        ("22 July 19", "is not a date", "22 July 2019"),
        ("next Monday", "is not a date", "22 July 2019"),
        ("٢٢ July 2019", "is not a date", "22 July 2019"),
        ("", "`` is not a date", "22 July 2019"),
    ],
)
def test_no_date(text: str, message: str, fix: str) -> None:
    with pytest.raises(NotADate) as raised:
        read_date(text)
    assert message in str(raised.value)
    assert fix in raised.value.fix


@given(st.dates(max_value=date(9998, 12, 31)))
def test_every_day_can_be_written(day: date) -> None:
    weekday, month = WEEKDAYS[day.weekday()], MONTHS[day.month - 1]
    meeting = read_date(f"{weekday} {day.day} {month} {day.year:04}")
    assert (meeting.date, meeting.weekday, meeting.true_weekday) == (day, weekday, weekday)
    assert read_date(day.isoformat()).date == day
    assert read_date(f"{day.day:02}/{day.month:02}/{day.year:04}").date == day


@given(st.text() | st.from_regex(r"[0-9]{1,3}[/ -][0-9A-Za-z]{1,9}[/ -][0-9]{1,5}", fullmatch=True))
def test_any_text_is_a_date_or_none(text: str) -> None:
    try:
        meeting = read_date(text)
    except NotADate:
        return
    assert f"{meeting.date.year:04}" in text
