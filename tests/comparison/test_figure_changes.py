"""Changes of figures: what can be compared, what cannot and why, rounding, words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscp_report.comparison.figures import Change, Point, change, points
from oscp_report.comparison.sentences import (
    ASPECTS,
    amount_in_words,
    how_much,
    latest_change,
    previous,
    sentence,
    since,
    trend,
)
from oscp_report.diagnostics import Location
from oscp_report.model import Measure, Text
from oscp_report.period import Period
from oscp_report.wording import UNITS, Unit
from oscp_report.year import Year
from tests.small_reports import with_figure

HERE = Location("a.yaml", 1, 1)


def text(words: str) -> Text:
    return Text(words, HERE)


def point(
    value: str | None = "100", year: int = 2018, unit: Unit = "count", **fields: Any
) -> Point:
    period = fields.pop("period", None)
    definition = fields.pop("definition", "")
    covered = Period.parse(period) if period else Period.of_year(Year(year))
    measure = Measure(value=None if value is None else Decimal(value), **fields)
    return Point(Year(year), measure, unit, covered, definition)


BREAK = text("Recording changed in May.")


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        pytest.param(
            point(), point(year=2019, unit="percent"),
            "it was measured as a count and is now a percentage", id="unit",
        ),
        pytest.param(
            point(None, no_value="not-available"), point(year=2019),
            "the value for 2018-19 is not available", id="not available before",
        ),
        pytest.param(
            point(), point(None, 2019, no_value="not-applicable"),
            "the value for 2019-20 is not applicable", id="not applicable now",
        ),
        pytest.param(
            point(), point(None, 2019, no_value="confidential"),
            "the value for 2019-20 is confidential", id="confidential now",
        ),
        pytest.param(
            point(), point(None, 2019),
            "the value for 2019-20 is not given yet", id="not given yet",
        ),
        pytest.param(
            point(), point(year=2019, series_break=BREAK),
            "there is a break in the series in 2019-20: Recording changed in May", id="break now",
        ),
        pytest.param(
            point(year=2019, series_break=BREAK), point(),
            "there is a break in the series in 2019-20: Recording changed in May",
            id="break, back in time",
        ),
        pytest.param(
            point(), point(year=2019, period="since April 2018"),
            "it counts from a fixed day, so that each year includes the one before", id="so far",
        ),
        pytest.param(
            point(period="in the spring"), point(year=2019, period="in the spring"),
            "its period is given in words, which cannot be compared", id="words",
        ),
        pytest.param(
            point(period="Q3 2018-19"), point(year=2019, period="Q4 2019-20"),
            "the two cover different parts of a year", id="quarters",
        ),
        pytest.param(
            point(), point(year=2019, period="2019"),
            "the two cover different parts of a year", id="calendar year and financial year",
        ),
        pytest.param(
            point(period="2018"), point(year=2019, period="2018"),
            "both cover the same period", id="the same period twice",
        ),
        pytest.param(
            point(period="2018"), point(year=2019, period="2017"),
            "the later report covers the earlier period", id="backwards",
        ),
        pytest.param(
            point(), point("120", period="Q1 2018-19"),
            "it now covers another period", id="another period, two drafts of a year",
        ),
        pytest.param(
            point(definition="Homes"), point(year=2019, definition="Doors"),
            "what is counted has changed", id="definition",
        ),
        pytest.param(
            point("3", unit="rank", of=15), point("2", 2019, "rank", of=14),
            "14 were ranked, and before 15", id="another number of ranks",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_says_why(before: Point, after: Point, reason: str) -> None:
    found = change(before, after, "lower")
    assert (found.direction, found.reason) == ("not-comparable", reason)
    assert (found.amount, found.percent, found.verdict) == (None, None, "")
    with pytest.raises(ValueError, match=reason.replace("(", r"\(")):
        since(found)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(point(series_break=BREAK), point(year=2019), id="a break in the earlier year"),
        pytest.param(point(), point(series_break=BREAK), id="a break, two drafts of a year"),
        pytest.param(point(period="Q3 2018-19"), point(year=2019, period="Q3 2019-20"), id="Q3"),
        pytest.param(point(period="2018"), point(year=2019, period="2019"), id="calendar years"),
        pytest.param(point(year=2015), point(year=2019), id="years apart"),
        pytest.param(
            point(period="twelve months to February 2019"),
            point(year=2019, period="twelve months to February 2020"),
            id="to the end of February, in a leap year",
        ),
    ],
)
def test_what_can_be_compared(before: Point, after: Point) -> None:
    assert change(before, after).direction == "unchanged"


def test_a_break_between_the_two_years_parts_them() -> None:
    between = [point(), point(year=2019, series_break=BREAK), point(year=2020)]
    found = change(point(), point("120", 2020), between=between)
    assert found.reason == "there is a break in the series in 2019-20: Recording changed in May"
    outside = change(point(year=2019), point("120", 2020), between=between)
    assert outside.direction == "up"


@pytest.mark.parametrize(
    ("before", "after", "unit", "amount", "percent", "words"),
    [
        ("7292", "6801", "count", "-491", "-6.7", "down 6.7 per cent"),
        ("1000", "1000.5", "count", "0.5", "0.1", "up 0.1 per cent"),
        ("200", "200.9", "count", "0.9", "0.5", "up 0.5 per cent"),
        ("2000", "2001", "count", "1", "0.1", "up 0.1 per cent"),
        ("2000", "1999", "count", "-1", "-0.1", "down 0.1 per cent"),
        ("50", "60", "count", "10", "20.0", "up 20.0 per cent"),
        ("49", "60", "count", "11", None, "up 11"),
        ("0", "60", "count", "60", None, "up 60"),
        ("-60", "60", "count", "120", None, "up 120"),
        ("60", "-60", "count", "-120", None, "down 120"),
        ("60", "0", "count", "-60", "-100.0", "down 100.0 per cent"),
        ("12.5", "10.2", "percent", "-2.3", None, "down 2.3 percentage points"),
        ("12.5", "13.5", "percent", "1.0", None, "up 1.0 percentage point"),
        ("2", "1", "percentage-points", "-1", None, "down 1 percentage point"),
        ("40", "30", "pounds", "-10", None, "down £10"),
        ("1200", "1500", "pounds", "300", "25.0", "up 25.0 per cent"),
        ("0.50", "0.75", "rate-per-1000", "0.25", "50.0", "up 50.0 per cent"),
        ("0", "0.75", "rate-per-1000", "0.75", None, "up 0.75 per 1,000"),
        ("2", "3", "ratio", "1", "50.0", "up 50.0 per cent"),
        ("5", "3", "rank", "-2", None, "2 places higher"),
        ("3", "4", "rank", "1", None, "1 place lower"),
    ],
)
def test_how_much(
    before: str, after: str, unit: Unit, amount: str, percent: str | None, words: str
) -> None:
    found = change(point(before, unit=unit), point(after, 2019, unit))
    assert found.amount == Decimal(amount)
    assert found.percent == (None if percent is None else Decimal(percent))
    assert how_much(found) == words


@pytest.mark.parametrize(
    ("before", "after", "better", "verdict"),
    [
        ("1", "2", "higher", "better"),
        ("1", "2", "lower", "worse"),
        ("2", "1", "higher", "worse"),
        ("2", "1", "lower", "better"),
        ("2", "1", "neither", ""),
        ("2", "2", "higher", ""),
    ],
)
def test_better_and_worse(before: str, after: str, better: Any, verdict: str) -> None:
    assert change(point(before), point(after, 2019), better).verdict == verdict


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (
            change(point("7292"), point("6801", 2019), "lower"),
            "Sharps fell from 7,292 to 6,801, down 6.7 per cent, which is better",
        ),
        (change(point("3"), point("5", 2019)), "Sharps rose from 3 to 5, up 2"),
        (change(point("3"), point("3", 2019)), "Sharps stayed at 3"),
        (change(None, point("3", 2019)), "Sharps: 3 in 2019-20; not reported before"),
        (change(point("3"), None), "Sharps: 3 in 2018-19; no longer reported"),
        (
            change(point("3", unit="rank", of=15), point("1", 2019, "rank", of=15), "lower"),
            "Sharps moved from 3 of 15 to 1 of 15, 2 places higher, which is better",
        ),
        (
            change(point("3"), point(None, 2019, no_value="confidential")),
            "Sharps: 3, now [c]; not comparable, since the value for 2019-20 is confidential",
        ),
    ],
    ids=["fell", "rose", "stayed", "new", "dropped", "rank", "not comparable"],
)
def test_a_sentence(found: Change, expected: str) -> None:
    assert sentence("Sharps", found) == expected


def test_a_sentence_claims_nothing_of_the_years_between() -> None:
    came, went = change(None, point("3", 2021)), change(point("3", 2018), None)
    assert sentence("Sharps", came, Year(2018)) == "Sharps: 3 in 2021-22; not reported in 2018-19"
    assert sentence("Sharps", went, Year(2021)) == "Sharps: 3 in 2018-19; not reported in 2021-22"
    drafts = sentence("Sharps", went, Year(2018))
    assert drafts == "Sharps: 3 in 2018-19; no longer reported"


def test_since_says_from_where() -> None:
    assert since(change(point("7292"), point("6801", 2019))) == (
        "down 6.7 per cent, from 7,292 in 2018-19"
    )
    assert since(change(point("5"), point("5", 2019))) == "unchanged from 5 in 2018-19"
    with pytest.raises(ValueError, match="new"):
        since(change(None, point()))
    assert amount_in_words(Decimal("-3"), "ratio") == "3"


def series(*values: str | None, first: int = 2015, **last: Any) -> list[Point]:
    found = [point(value, first + n) for n, value in enumerate(values)]
    return [*found[:-1], point(values[-1], first + len(values) - 1, **last)]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (
            series("10", "20", "30", "40"),
            "up in each of the last three years, from 10 in 2015-16 to 40",
        ),
        (
            series("50", "20", "30", "40"),
            "up in each of the last two years, from 20 in 2016-17 to 40",
        ),
        (series("9", "5", "5", "5"), "the same in each of the last two years"),
        (
            series("10", "30", "20"),
            "between 10 (in 2015-16) and 30 (in 2016-17) since 2015-16",
        ),
        (
            [point("90", 2013), *series("40", "30", "20")],
            "down in each of the last two years, from 40 in 2015-16 to 20",
        ),
        (
            series(*map(str, range(1, 13)), first=2001),
            "up in each of the last 11 years, from 1 in 2001-02 to 12",
        ),
    ],
    ids=["three", "two at the end", "the same", "up and down", "after a gap", "more than nine"],
)
def test_a_trend(known: list[Point], expected: str) -> None:
    assert trend(known) == expected


@pytest.mark.parametrize(
    "known",
    [
        [],
        series("10", "20"),
        [point("10", 2013), *series("20", "30")],
        series("10", None, "20", "30"),
        series("10", "20", "30", series_break=BREAK),
        series("10", "20", None),
    ],
    ids=["none", "two", "gap year", "one missing", "break", "the last missing"],
)
def test_no_trend_of_fewer_than_three_years_running(known: list[Point]) -> None:
    with pytest.raises(ValueError, match="fewer than three"):
        trend(known)


def test_the_year_before_and_no_other() -> None:
    known = series("10", "20")
    assert previous(known, Year(2016)) == "10"
    assert latest_change(known, Year(2016)) == "up 10, from 10 in 2015-16"
    gap = [point("10", 2014), point("20", 2016)]
    for aspect in (previous, latest_change):
        with pytest.raises(ValueError, match="no figure of the year before"):
            aspect(gap, Year(2016))
    with pytest.raises(ValueError, match="2015-16 is not available"):
        previous([point(None, 2015, no_value="not-available"), point()], Year(2016))
    assert set(ASPECTS) == {"previous", "change", "trend"}
    later = series("10", "20", "30", "5")
    assert ASPECTS["trend"](later, Year(2017)).startswith("up in each of the last two years")


def test_what_a_later_report_says_of_a_year_holds() -> None:
    first = with_figure("2016-17", value=100)
    second = with_figure(
        "2017-18", value=120, earlier={"2015-16": 90, "2016-17": {"value": 101, "revised": "Late."}}
    )
    found = points("locks", (first, second))
    assert [(str(p.year), p.written) for p in found] == [
        ("2015-16", "90"), ("2016-17", "101"), ("2017-18", "120"),
    ]  # fmt: skip
    assert points("nothing", (first, second)) == ()


def test_a_value_given_again_does_not_mend_the_series() -> None:
    told = [
        with_figure("2016-17", value=60),
        with_figure("2017-18", value=70, **{"break": "Counted anew."}),
        with_figure("2018-19", value=80, earlier={"2017-18": {"value": 71, "revised": "Late."}}),
    ]
    found = points("locks", told)
    assert [p.written for p in found] == ["60", "71", "80"]
    assert change(found[0], found[2], between=found).reason == (
        "there is a break in the series in 2017-18: Counted anew"
    )
    again = {"2017-18": {"value": 71, "revised": "Late.", "break": "Counted by homes."}}
    told[2] = with_figure("2018-19", value=80, earlier=again)
    before, after, _ = points("locks", told)
    assert "Counted by homes" in change(before, after).reason


@pytest.mark.parametrize(
    ("period", "reason"),
    [
        ("Q3 2018-19", ""),
        ("in the spring", "its period is given in words, which cannot be compared"),
        (
            "since 2015",
            "it counts from a fixed day, so that each year includes the one before",
        ),
    ],
)
def test_an_earlier_value_is_of_the_same_part_of_its_year(period: str, reason: str) -> None:
    given = with_figure("2018-19", value=12, period=period, earlier={"2017-18": 10})
    before, after = points("locks", [given])
    assert change(before, after).reason == reason


VALUES = st.none() | st.decimals(-10_000, 10_000, places=2)
ANY_POINT = st.builds(
    lambda value, year, unit, period, broken, definition: point(
        None if value is None else str(value), year, unit,
        period=period, definition=definition, series_break=BREAK if broken else None,
    ),
    VALUES,
    st.integers(2015, 2019),
    st.sampled_from(UNITS),
    st.sampled_from([None, "2017", "2018", "Q3 2018-19", "since 2015", "in the spring"]),
    st.booleans(),
    st.sampled_from(["", "Homes"]),
)  # fmt: skip


@given(ANY_POINT, ANY_POINT, st.lists(ANY_POINT, max_size=3), st.sampled_from(["lower", "higher"]))
def test_a_change_turned_round_is_its_mirror_image(
    before: Point, after: Point, between: list[Point], better: Any
) -> None:
    there, back = change(before, after, better, between), change(after, before, better, between)
    turned = {"up": "down", "down": "up", "better": "worse", "worse": "better"}
    assert back.direction == turned.get(there.direction, there.direction)
    assert back.verdict == turned.get(there.verdict, there.verdict)
    assert bool(there.reason) == bool(back.reason) == (there.amount is None)
    if there.amount is not None:
        assert back.amount == -there.amount


@given(ANY_POINT, ANY_POINT, st.lists(ANY_POINT, max_size=3))
def test_nothing_is_computed_across_a_unit_a_period_or_a_break(
    before: Point, after: Point, between: list[Point]
) -> None:
    found = change(before, after, "lower", between)
    if found.amount is None:
        return
    assert before.unit == after.unit
    assert before.definition == after.definition
    earlier, later = sorted((before, after), key=lambda each: each.year)
    if earlier.year == later.year:
        assert before.period == after.period
        return
    assert earlier.period.place_in_the_year == later.period.place_in_the_year is not None
    assert earlier.period.first is not None
    assert later.period.first is not None
    assert earlier.period.first < later.period.first
    assert later.measure.series_break is None
    inside = [each for each in between if earlier.year < each.year < later.year]
    assert all(each.measure.series_break is None for each in inside)


@given(
    st.lists(st.booleans(), min_size=4, max_size=4),
    st.lists(st.lists(st.booleans(), min_size=3, max_size=3), min_size=4, max_size=4),
)
def test_no_report_s_break_is_lost_whatever_later_ones_say(
    broken: list[bool], restated: list[list[bool]]
) -> None:
    """Each of four reports may tell of a break, and give any of the earlier years again."""
    years = ["2015-16", "2016-17", "2017-18", "2018-19"]
    reports = []
    for place, year in enumerate(years):
        again = {
            years[back]: {"value": 200 + place, "revised": "Late."}
            for back in range(place)
            if restated[place][back]
        }
        said: dict[str, Any] = {"break": "Counted anew."} if broken[place] else {}
        said |= {"earlier": again} if again else {}
        reports.append(with_figure(year, value=100 + place, **said))
    known = points("locks", reports)
    for first in range(4):
        for last in range(first + 1, 4):
            found = change(known[first], known[last], between=known)
            assert (found.amount is None) == any(broken[first + 1 : last + 1])
