"""Two reports compared, both ways round: figures, priorities, answers, rows, paragraphs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oscp_report.comparison.moves import Detail, FigureChange, Restated
from oscp_report.comparison.passages import Texts
from oscp_report.comparison.priorities import Answer
from oscp_report.comparison.reports import Comparison, compare
from oscp_report.document.prose import prose_of
from oscp_report.model import Report
from oscp_report.year import Year
from tests.small_reports import priorities, report, with_figure, with_paragraphs


def test_a_report_compared_with_itself_is_the_same() -> None:
    figures = {
        "a": {"label": "A", "no_value": "not-available"},
        "b": {"label": "B"},
        "c": {"label": "C", "value": 3, "period": "since April 2018"},
    }
    found = compare(report(figures=figures), report(figures=figures))
    assert found.is_same
    assert not compare(report("2018-19"), report("2019-20")).is_same


@pytest.mark.parametrize(
    "parts",
    [
        {"status": "draft"},
        {"numbering": "by-section"},
        {"first_page": 7},
        {"cover": [{"To": "Council"}]},
        {"cover": [{"Date": "22 July 2019"}, {"To": "Council"}]},
        {"summary": [{"Purpose": "To report"}, {"Recommendation": "That Council act"}]},
        {"appendices": [{"title": "Appendix 1: Map"}]},
        {"introduction": {"heading": "Background", "paragraphs": ["We met every month."]}},
        {"introduction": {"heading": "Introduction", "paragraphs": ["We met every week."]}},
        {"priorities": priorities({"burglary": "Reducing burglary"})},
        {"next_priorities": None},
        {"achievements": {"heading": "Achievements", "themes": ["Burglary fell."]}},
        {"answers": True},
        {"figures": {"locks": {"label": "Homes given locks", "value": 107, "source": "Us"}}},
        {"figures": {"locks": {"label": "Homes given locks", "value": 107, "provisional": True}}},
        {"figures": {"locks": {"label": "Homes given locks", "value": 107,
                               "earlier": {"2016-17": 3}}}},
        {"contacts": [{"Author": "A. Officer"}]},
        {"background_papers": ["The plan"]},
        {"corrections": [{"date": "2019-08-03", "what": "One.", "why": "Two."}]},
        {"accepted": [{"rule": "PRI101", "about": "burglary", "because": "So."}]},
    ],
    ids=lambda parts: next(iter(parts)),
)  # fmt: skip
def test_two_drafts_that_differ_in_one_thing_are_not_the_same(parts: dict[str, Any]) -> None:
    assert not compare(report(), report(**parts)).is_same


def moved(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """The ids of the figures of two years in the order of the comparison, with what they did."""
    before, after = report(figures=_labelled(old)), report("2019-20", figures=_labelled(new))
    found = compare(before, after)
    return [f"{f.id} {f.change.direction}" for f in found.figures]


def _labelled(figures: dict[str, Any]) -> dict[str, Any]:
    return {
        name: {"label": name, **(said if isinstance(said, dict) else {"value": said})}
        for name, said in figures.items()
    }


def test_the_largest_moves_come_first() -> None:
    old = {"same": 5, "gone": 5, "less": 100, "more": 1000, "few": 3, "fewer": 40, "unit": 2}
    new = {"same": 5, "less": 50, "more": 1400, "few": 9, "fewer": 41, "fresh": 1,
           "unit": {"value": 2, "unit": "percent"}}  # fmt: skip
    assert moved(old, new) == [
        "less down", "more up",  # by per cent
        "few up", "fewer up",  # of a base too small for that: by size
        "same unchanged", "fresh new", "gone dropped", "unit not-comparable",
    ]  # fmt: skip


def only(found: Comparison) -> FigureChange:
    (figure,) = found.figures
    return figure


def test_the_later_year_says_which_way_is_better() -> None:
    old = with_figure("2018-19", value=100, better="higher")
    new = with_figure("2019-20", value=90, better="lower")
    assert only(compare(old, new)).change.verdict == "better"
    assert only(compare(new, old)).change.verdict == "worse"
    drafts = with_figure(value=100, better="higher"), with_figure(value=90, better="lower")
    assert only(compare(*drafts)).change.verdict == ""


def test_a_report_between_the_two_tells_of_a_break() -> None:
    old, new = with_figure("2016-17", value=100), with_figure("2018-19", value=90)
    broken = with_figure("2017-18", value=95, **{"break": "Counted anew."})
    assert only(compare(old, new)).change.amount == Decimal(-10)
    found = only(compare(old, new, [broken])).change
    assert found.reason == "there is a break in the series in 2017-18: Counted anew"
    after = with_figure("2020-21", value=1, **{"break": "Counted anew."})
    assert only(compare(old, new, [after])).change.amount == Decimal(-10)


def test_a_value_that_is_restated_is_compared_as_it_is_now_given() -> None:
    old = with_figure("2018-19", value=100)
    silent = with_figure("2019-20", value=90, earlier={"2018-19": 96})
    found = only(compare(old, silent))
    assert found.change.amount == Decimal(-6)
    assert found.restated == (Restated(Year(2018), "100", "96", ""),)
    said = {"value": 96, "revised": "A late return."}
    reason = only(compare(old, with_figure("2019-20", value=90, earlier={"2018-19": said})))
    assert reason.restated == (Restated(Year(2018), "100", "96", "A late return."),)
    same = with_figure("2019-20", value=90, earlier={"2018-19": 100, "2016-17": 5})
    assert only(compare(old, same)).restated == ()


def test_what_a_report_later_than_both_says_is_left_aside() -> None:
    old, new = with_figure("2016-17", value=100), with_figure("2017-18", value=90)
    after = with_figure("2018-19", value=1, earlier={"2016-17": 50})
    assert only(compare(old, new, [after])).change.amount == Decimal(-10)


def test_a_value_that_only_the_later_report_gives_of_the_earlier_year() -> None:
    new = with_figure("2019-20", value=90, earlier={"2018-19": 96})
    assert only(compare(report(figures=None), new)).change.amount == Decimal(-6)


def test_two_drafts_restate_what_they_say_of_other_years() -> None:
    old = with_figure(value=1, earlier={"2016-17": 5, "2017-18": {"value": 6, "provisional": True}})
    new = with_figure(value=1, earlier={"2015-16": 4, "2017-18": 6})
    found = only(compare(old, new))
    assert found.restated == (
        Restated(Year(2015), "", "4", ""),
        Restated(Year(2016), "5", "", ""),
        Restated(Year(2017), "6 [p]", "6", ""),
    )
    assert not found.is_same


def test_what_else_is_said_of_a_figure() -> None:
    old = with_figure(value=1, source="Police", better="lower")
    new = with_figure(
        value=1, source="Council", note="So far.", as_at="2019-04-30",
        confirmed={"by": "A. Officer", "on": "2019-05-01"},
    )  # fmt: skip
    assert only(compare(old, new)).details == (
        Detail("source", "Police", "Council"),
        Detail("note", "", "So far."),
        Detail("good direction", "lower", ""),
        Detail("as at", "", "30 April 2019"),
        Detail("confirmation", "", "A. Officer, 1 May 2019"),
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Reducing burglary;", "Reducing burglary; and,", "continued"),
        ("Reducing burglary;", "Reducing burglary.", "continued"),
        ("Reducing  burglary", "Reducing burglary", "continued"),
        ("Reducing burglary;", "Ending burglary;", "reworded"),
        ("A safe island", "A safe isl", "reworded"),
        (None, "Ending burglary;", "new"),
        ("Reducing burglary;", None, "dropped"),
    ],
)
def test_what_became_of_a_priority(old: str | None, new: str | None, expected: str) -> None:
    rest = {"licensing": "A safer night out."}
    one, other = (
        report(priorities=priorities({**rest, **({"x": title} if title else {})}), achievements={
            "heading": "A", "themes": ["T"]})
        for title in (old, new)
    )  # fmt: skip
    found = {change.id: change for change in compare(one, other).priorities}
    assert found["x"].kind == expected
    assert found["licensing"].is_same


def test_we_said_we_did() -> None:
    announced = priorities({"a": "One;", "b": "Two; and,", "c": "Three."})
    old = report("2018-19", next_priorities=announced)
    themes = [
        {"priority": "a", "text": "On one."},
        "On nothing.",
        {"priority": "a", "text": "Again on one."},
    ]
    done = {"heading": "Achievements", "themes": themes}
    new = report("2019-20", priorities=priorities({"a": "1", "b": "2"}), achievements=done)
    expected = (
        Answer("a", "One", True, (0, 2)),
        Answer("b", "Two", True, ()),
        Answer("c", "Three", False, ()),
    )
    assert compare(old, new).answers == expected
    assert compare(new, old).answers == expected
    later = report("2020-21", achievements=done)
    assert compare(old, later).answers == ()
    other = report("2018-19", next_priorities={**announced, "year": "2020-21"})
    assert compare(other, new).answers == ()
    assert len(compare(other, later).answers) == 3


@pytest.mark.parametrize(
    ("text", "achievements", "written"),
    [
        ("TODO: what was done", ["???"], False),
        ("[insert what was done]", ["TBC", {"text": "XXX", "items": ["To be confirmed."]}], False),
        ("TODO: what was done", ["Locks were fitted."], True),
        ("TODO: what was done", [{"text": "TBC", "items": ["Locks were fitted."]}], True),
        ("Locks were fitted.", ["TODO"], True),
    ],
)
def test_an_answer_that_is_still_to_be_written(
    text: str, achievements: list[Any], written: bool
) -> None:
    theme = {"priority": "a", "text": text, "achievements": achievements}
    done = {"heading": "Achievements", "themes": [{"priority": "a", "text": "Fitted."}, theme]}
    announced = priorities({"a": "One."})
    old = report("2018-19", next_priorities=announced)
    new = report("2019-20", priorities=announced, achievements=done)
    (answer,) = compare(old, new).answers
    assert (answer.themes, answer.unwritten) == ((0, 1), () if written else (1,))


def test_recommendations_are_told_apart_from_the_other_rows() -> None:
    stem = {"Recommendations": {"text": "That Council:", "items": ["note it;", "thank all."]}}
    old = report(summary=[stem])
    new = report(summary=[{"Recommendations": {"text": "That Council:", "items": ["note it;"]}}])
    found = compare(old, new)
    assert [c.kind for c in found.recommendations.changes] == ["removed"]
    assert found.rows.is_same


def test_one_recommendation_becomes_several() -> None:
    stem = {"text": "That Council:", "items": ["note it; and", "thank all."]}
    old = report(summary=[{"Recommendation": "That Council note the report"}])
    new = report(summary=[{"Recommendations": stem}])
    for one, other, kind in ((old, new, "added"), (new, old, "removed")):
        changes = compare(one, other).recommendations.changes
        assert [c.kind for c in changes] == ["changed", kind, kind]


def test_the_texts_are_written_out() -> None:
    figures = {"locks": {"label": "L", "value": 1107}, "later": {"label": "L"},
               "none": {"label": "L", "no_value": "not-available"}}  # fmt: skip
    typed = (
        "{locks} {locks:words} {later} {none} {{x} {para:a} {priority:burglary} {gone} "
        "{locks.change}"
    )
    before = report("2017-18", figures={"locks": {"label": "L", "value": 1000}})
    new = with_paragraphs(typed, figures=figures)
    words = next(p.words for p in Texts(new, [before]).body() if p.kind == "paragraph")
    assert words == (
        "1,107 one thousand, one hundred and seven [to come] [x] {x} {para:a} Reducing burglary "
        "{gone} up 10.7 per cent, from 1,000 in 2017-18"
    )
    alone = next(p.words for p in Texts(new).body() if p.kind == "paragraph")
    assert alone.endswith("{gone} {locks.change}")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("{locks}", "1,107"),
        ("{locks:words}", "one thousand, one hundred and seven"),
        ("{locks.change}", "up 10.7 per cent, from 1,000 in 2017-18"),
        ("{later}", "[to come]"),
        ("{later:words}", "[to come]"),
        ("{later.change}", "[to come]"),
        ("{later.trend}", "[to come]"),
        ("{later.previous}", "1,000"),
    ],
)
def test_a_draft_s_figures_are_told_as_they_are_printed(typed: str, printed: str) -> None:
    known = {"label": "L", "value": 1000}
    before = report("2017-18", figures={"locks": known, "later": known})
    figures = {"locks": {"label": "L", "value": 1107}, "later": {"label": "L"}}
    draft = report(status="draft", figures=figures)
    assert prose_of(draft, [before], ()).written_out(typed) == printed
    assert Texts(draft, [before]).written_out(typed) == printed


def test_a_paragraph_in_which_only_a_figure_moved() -> None:
    old, new = (
        with_paragraphs("We fitted {locks}.", year=year, figures=_labelled({"locks": value}))
        for year, value in (("2018-19", 107), ("2019-20", 131))
    )
    (change,) = compare(old, new).paragraphs.changes
    assert change.is_only_figures


def test_tables_headings_and_themes_are_compared() -> None:
    def made(cell: str, heading: str, theme: str) -> Report:
        table = {"caption": "Calls", "columns": ["Ward", "Calls"], "rows": [["East", cell]]}
        introduction = {"heading": heading, "paragraphs": [{"text": "See:", "table": table}]}
        done = {"heading": "Done", "themes": [{"priority": "burglary", "text": theme}]}
        return report(introduction=introduction, achievements=done)

    found = compare(made("5", "Before", "Burglary fell."), made("6", "After", "No more of it!"))
    assert [(c.kind, c.after and c.after.kind) for c in found.paragraphs.changes] == [
        ("changed", "heading"), ("changed", "table"), ("changed", "paragraph"),
    ]  # fmt: skip


NAMES = st.sampled_from(["a", "b", "c"])
TEXTS = st.sampled_from(["One two three.", "One two four.", "We met {a}.", "Pubs and clubs.", "x"])
FIGURES = st.fixed_dictionaries(
    {"label": st.just("L")},
    optional={
        "value": st.integers(-500, 500) | st.sampled_from([0.5, 49, 50, 51]),
        "unit": st.sampled_from(["count", "percent", "pounds"]),
        "period": st.sampled_from(["Q3 2018-19", "2018", "since April 2015"]),
        "break": st.just("Counted anew."),
        "better": st.sampled_from(["lower", "higher"]),
        "earlier": st.dictionaries(st.sampled_from(["2015-16", "2016-17"]), st.integers(0, 99)),
    },
).map(lambda f: {k: v for k, v in f.items() if k != "earlier" or v})
REPORTS = st.builds(
    lambda year, figures, titles, paragraphs, themes: with_paragraphs(
        *paragraphs,
        year=year,
        figures=figures or None,
        priorities=priorities(titles),
        next_priorities=priorities(titles),
        achievements={"heading": "A", "themes": themes},
    ),
    st.sampled_from(["2017-18", "2018-19", "2019-20"]),
    st.dictionaries(NAMES, FIGURES, max_size=3),
    st.dictionaries(NAMES, TEXTS, min_size=1, max_size=3),
    st.lists(TEXTS | st.fixed_dictionaries({"id": NAMES, "text": TEXTS}), min_size=1, max_size=4),
    st.lists(st.fixed_dictionaries({"priority": NAMES, "text": TEXTS}), min_size=1, max_size=2),
)


def _sorted(found: Any) -> list[str]:
    return sorted(map(repr, found))


@settings(max_examples=60)
@given(REPORTS, REPORTS, st.lists(REPORTS, max_size=1))
def test_two_reports_turned_round_are_the_mirror_image(
    old: Report, new: Report, others: list[Report]
) -> None:
    there, back = compare(old, new, others), compare(new, old, others)
    turned = {"up": "down", "down": "up", "new": "dropped", "dropped": "new"}
    ours = {f.id: f for f in there.figures}
    for figure in back.figures:
        own = ours.pop(figure.id)
        assert figure.change.direction == turned.get(own.change.direction, own.change.direction)
        assert (figure.change.before, figure.change.after) == (own.change.after, own.change.before)
        assert (figure.change.amount or 0) == -(own.change.amount or 0)
        assert _sorted((d.name, d.after, d.before) for d in figure.details) == _sorted(
            (d.name, d.before, d.after) for d in own.details
        )
    assert ours == {}
    assert there.answers == back.answers
    assert there.is_same == back.is_same
    for one, other in (
        (there.priorities, back.priorities),
        (there.next_priorities, back.next_priorities),
        (there.paragraphs.changes, back.paragraphs.changes),
        (there.rows.changes, back.rows.changes),
    ):
        assert _sorted((c.before, c.after) for c in one) == _sorted(
            (c.after, c.before) for c in other
        )


@settings(max_examples=40)
@given(REPORTS)
def test_any_report_compared_with_itself_is_the_same(given_report: Report) -> None:
    assert compare(given_report, given_report).is_same
