"""The financial year: what is one, how it is written, when it ends."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscp_report.year import FIRST, LAST, Year


@pytest.mark.parametrize("text", ["2018-19", "2018/19", "2018–19"])
def test_a_year_is_read_and_written_in_one_way(text: str) -> None:
    assert Year.parse(text) == Year(2018)
    assert str(Year.parse(text)) == "2018-19"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("2018", id="one year"),
        pytest.param("2018-2019", id="four digits twice"),
        pytest.param("2018-20", id="two years on"),
        pytest.param("2018-18", id="the same year"),
        pytest.param("2019-18", id="backwards"),
        pytest.param("1999-01", id="century"),
        pytest.param("2018-19\n", id="line end after it"),
        pytest.param(" 2018-19", id="blank before it"),
        pytest.param("2018 - 19", id="blanks within"),
        pytest.param("2018—19", id="em dash"),
        pytest.param("2018−19", id="minus"),
        pytest.param("٢٠١٨-١٩", id="Arabic-Indic digits"),
        pytest.param("２０１８-19", id="full-width digits"),
        pytest.param("0218-19", id="a slip, before any report"),
        pytest.param("9999-00", id="a year that no calendar ends"),
    ],
)
def test_another_text_is_no_year(text: str) -> None:
    with pytest.raises(ValueError, match=r"^`"):
        Year.parse(text)


@pytest.mark.parametrize(
    ("start", "written", "following"),
    [(2018, "2018-19", "2019-20"), (1999, "1999-00", "2000-01"), (2008, "2008-09", "2009-10")],
)
def test_the_year_after(start: int, written: str, following: str) -> None:
    assert str(Year(start)) == written
    assert str(Year(start).next) == following


def test_a_year_ends_on_31_march() -> None:
    assert Year.parse("2018-19").last_day == date(2019, 3, 31)


def test_years_sort_by_time() -> None:
    assert sorted([Year(2019), Year(1999), Year(2018)]) == [Year(1999), Year(2018), Year(2019)]


@given(st.integers(FIRST, LAST))
def test_what_is_written_is_read_again(start: int) -> None:
    year = Year(start)
    assert Year.parse(str(year)) == year
    assert year.last_day.year == start + 1


@given(st.text(max_size=12))
def test_any_text_is_a_year_or_refused(text: str) -> None:
    try:
        year = Year.parse(text)
    except ValueError:
        return
    assert text.isascii() or "–" in text
    assert text[:4] == str(year.start)
