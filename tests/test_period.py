"""What a figure covers, as officers write it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscp_report.period import Kind, Period
from oscp_report.year import Year

YEAR = (date(2018, 4, 1), date(2019, 3, 31))


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        ("2018-19", "financial-year", *YEAR),
        ("the financial year 2018/19", "financial-year", *YEAR),
        ("2018", "calendar-year", date(2018, 1, 1), date(2018, 12, 31)),
        ("calendar year 2018", "calendar-year", date(2018, 1, 1), date(2018, 12, 31)),
        ("quarter 1 of 2018-19", "quarter", date(2018, 4, 1), date(2018, 6, 30)),
        ("Q3 2018-19", "quarter", date(2018, 10, 1), date(2018, 12, 31)),
        ("Q4, 2018-19", "quarter", date(2019, 1, 1), date(2019, 3, 31)),
        ("the fourth quarter of 2019-20", "quarter", date(2020, 1, 1), date(2020, 3, 31)),
        ("first half of 2018-19", "half", date(2018, 4, 1), date(2018, 9, 30)),
        ("H2 2018-19", "half", date(2018, 10, 1), date(2019, 3, 31)),
        ("12 months to March 2019", "twelve-months", *YEAR),
        ("rolling twelve months to 30 June 2019", "twelve-months", date(2018, 7, 1),
         date(2019, 6, 30)),
        ("year ending February 2020", "twelve-months", date(2019, 3, 1), date(2020, 2, 29)),
        ("August 2018 to March 2019", "dates", date(2018, 8, 1), date(2019, 3, 31)),
        ("1 August 2018 to 28 February 2019", "dates", date(2018, 8, 1), date(2019, 2, 28)),
        ("from 3rd Aug 2018 – 4th Sept 2018", "dates", date(2018, 8, 3), date(2018, 9, 4)),
        ("April to June 2018", "dates", date(2018, 4, 1), date(2018, 6, 30)),
        ("since August 2018", "so-far", date(2018, 8, 1), None),
        ("since 2 August 2018", "so-far", date(2018, 8, 2), None),
        ("since the Task Force was launched in 2018", "so-far", None, None),
        ("so far", "so-far", None, None),
        ("2018-19 to date", "so-far", None, None),
        ("2018-20", "words", None, None),
        ("March 2019 to August 2018", "words", None, None),
        ("31 June 2018 to 1 July 2018", "words", None, None),
        ("since 31 June 2018", "so-far", None, None),
        ("9999", "words", None, None),
        ("12 months to 31 December 9999", "words", None, None),
        ("every second Tuesday", "words", None, None),
        ("", "words", None, None),
    ],
)  # fmt: skip
def test_a_period(text: str, kind: Kind, first: date | None, last: date | None) -> None:
    assert Period.parse(text) == Period(kind, first, last)


def test_a_figure_covers_the_financial_year_unless_it_says_otherwise() -> None:
    assert Period.of_year(Year(2018)) == Period("financial-year", *YEAR)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2018-19", "2020-21", True),
        ("2018-19", "12 months to March 2021", True),
        ("12 months to February 2019", "12 months to February 2020", True),
        ("Q1 2018-19", "April to June 2020", True),
        ("Q1 2018-19", "Q2 2019-20", False),
        ("2018-19", "2019", False),
        ("April 2018 to March 2019", "April 2018 to March 2020", False),
    ],
)
def test_the_place_in_the_year(one: str, other: str, same: bool) -> None:
    places = [Period.parse(text).place_in_the_year for text in (one, other)]
    assert None not in places
    assert (places[0] == places[1]) == same


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("2019-20", "2018-19"),
        ("Q3 2019-20", "Q3 2018-19"),
        ("12 months to February 2020", "12 months to February 2019"),
        ("1 March 2019 to 28 February 2020", "1 March 2018 to 28 February 2019"),
        ("29 February 2020 to 1 May 2020", "1 March 2019 to 1 May 2019"),
        ("since May 2019", "since May 2019"),
        ("in the summer", "in the summer"),
    ],
)
def test_the_same_part_of_the_year_before(text: str, moved: str) -> None:
    assert Period.parse(text).moved(-1) == Period.parse(moved)


def test_what_is_not_understood_has_no_place_in_the_year() -> None:
    assert Period.parse("since May 2018").place_in_the_year is None
    assert Period.parse("in the summer").place_in_the_year is None


@given(st.text(alphabet="0123456789 -/QH1 quarterofsinceMay", max_size=40) | st.text(max_size=40))
def test_any_text_is_some_period(text: str) -> None:
    period = Period.parse(text)
    assert period.kind in ("words", "so-far") or period.place_in_the_year is not None
