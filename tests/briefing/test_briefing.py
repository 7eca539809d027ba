"""The briefing on two reports, in every format, and the questions it raises."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from oscp_report.briefing.canonical import canonical
from oscp_report.briefing.markdown import escaped
from oscp_report.briefing.parts import Briefing, cut_short
from oscp_report.briefing.questions import MOST, questions
from oscp_report.briefing.text import as_text
from oscp_report.briefing.view import brief
from oscp_report.briefing.wordings import shortened
from oscp_report.briefing.writing import write
from oscp_report.comparison.reports import Comparison, compare
from oscp_report.comparison.texts import Run
from oscp_report.model import Report
from tests.small_reports import priorities, report, with_figure, with_paragraphs

FORMS = ("text", "markdown", "html", "json")

OLD = report(
    "2018-19",
    introduction={
        "heading": "Introduction",
        "paragraphs": [
            "We met every month.",
            {"id": "plan", "text": "The plan is old."},
            "As {para:plan} says, {locks} homes were given locks.",
        ],
    },
    next_priorities=priorities({"burglary": "Reducing burglary;", "bikes": "Fewer bike thefts."}),
    figures={
        "locks": {"label": "Homes given locks", "value": 107, "better": "higher"},
        "sharps": {"label": "Needles collected", "value": 7292, "better": "lower"},
        "calls": {"label": "Calls", "value": 30},
        "pubs": {"label": "Pubs visited", "value": 12},
    },
)
NEW = report(
    "2019-20",
    cover=[{"To": "Council"}, {"Date": "20 July 2020"}],
    summary=[{"Purpose": "To report"}, {"Recommendation": "That Council welcome the report"}],
    introduction={
        "heading": "Introduction",
        "paragraphs": [
            "We met every week.",
            "New <b>paragraph</b> & *more*.",
            {"id": "plan", "text": "The plan is old."},
            "As {para:plan} says, {locks} homes were given locks.",
        ],
    },
    priorities=priorities({"burglary": "Ending burglary;", "licensing": "A safer night out."}),
    figures={
        "locks": {"label": "Homes given locks", "value": 90, "better": "higher"},
        "sharps": {"label": "Needles collected", "value": 6801, "better": "lower"},
        "calls": {"label": "Calls", "value": 40, "break": "A new telephone system."},
        "visits": {"label": "School visits", "value": 5, "provisional": True},
    },
)
TEXT = """\
What changed from 2018-19 to 2019-20
====================================

2 figures fell; 1 figure is new; 1 figure is no longer reported; 1 figure cannot be compared; 1
paragraph was changed; 1 paragraph was added.
Words taken out stand between [- and -], words put in between {+ and +}.

Figures
-------
- Homes given locks fell from 107 to 90, down 15.9 per cent, which is worse.
- Needles collected fell from 7,292 to 6,801, down 6.7 per cent, which is better.
- School visits: 5 in 2019-20; not reported in 2018-19.
- Pubs visited: 12 in 2018-19; not reported in 2019-20.

Figures that cannot be compared
-------------------------------
- Calls: 30, now 40; not comparable, since there is a break in the series in 2019-20: A new
  telephone system.

Priorities
----------
- Reworded: [-Reducing-] {+Ending+} burglary;
- Continued: A safer night out

We said, we did
---------------
- “Reducing burglary”: taken up, and answered in paragraph 6.
- “Fewer bike thefts”: not taken up as a priority of the year, and no paragraph of its own answers
  it.

Priorities for the year after
-----------------------------
- Continued: Reducing burglary
- New: A safer night out
- No longer there: Fewer bike thefts

Recommendations
---------------
- Recommendation, changed: That Council [-note-] {+welcome+} the report

Cover, summary and contacts
---------------------------
- Date, changed: [-22 July 2019-] {+20 July 2020+}

Paragraphs
----------
- Paragraph 1, changed: We met every [-month.-] {+week.+}
- Paragraph 2, added: {+New <b>paragraph</b> & *more*.+}
- Only the figures changed in: Paragraph 4.

What may be asked
-----------------
- Homes given locks: what is behind the change from 107 to 90?
- School visits: when will the final figure be known?
- Pubs visited: why is this no longer reported?
- Calls: what would it be, measured as it was for 2018-19?
- What became of the priority “Fewer bike thefts”, announced in 2018-19?"""


@pytest.fixture(scope="module")
def found() -> Comparison:
    return compare(OLD, NEW)


def test_a_briefing_reads_as_a_councillor_would_have_it(found: Comparison) -> None:
    assert as_text(brief(found)).splitlines() == TEXT.splitlines()


@pytest.mark.parametrize("width", [20, 40, 80])
def test_no_line_is_wider_than_the_terminal(found: Comparison, width: int) -> None:
    lines = as_text(brief(found), width).splitlines()
    assert [line for line in lines if len(line) > width] == []


@pytest.mark.parametrize("form", FORMS)
def test_a_report_compared_with_itself_says_so_in_one_sentence(form: str) -> None:
    written = write(compare(OLD, OLD), "2018-19", "2018-19", form)
    if form == "json":
        assert json.loads(written)["same"] is True
    else:
        assert "2018-19 was compared with itself: nothing changed." in written
        assert "Figures" not in written
    if form in ("text", "markdown"):
        assert len(written.splitlines()) == 1


def test_two_names_for_the_same_are_both_named() -> None:
    written = write(compare(OLD, OLD), "2018-19", "2018-19 at v1", "text")
    assert written == "2018-19 and 2018-19 at v1 say the same: nothing changed."


class _Page(HTMLParser):
    """The tags of a page, closed as they were opened, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_page_is_whole_and_escaped(found: Comparison) -> None:
    written = write(found, "2018-19", "<2019-20>", "html")
    page = _Page()
    page.feed(written)
    assert page.open == []
    assert not page.seen & {"script", "b", "link", "img"}
    assert {"html", "title", "h1", "h2", "ul", "ins", "del"} <= page.seen
    assert "<del>[−Reducing−]</del> <ins>[+Ending+]</ins>" in written
    assert "New <b>paragraph</b> & *more*." in page.words
    assert "to <2019-20>" in page.words
    assert "http" not in written.replace("http-equiv", "")


def test_markdown_shows_every_word_as_it_is(found: Comparison) -> None:
    written = write(found, "2018-19", "2019-20", "markdown")
    assert "- Reworded: ~~Reducing~~ **Ending** burglary;" in written
    page = _Page()
    page.feed(Markdown().convert(written))
    assert "New <b>paragraph</b> & *more*." in page.words
    assert page.seen <= {"h1", "h2", "p", "ul", "li", "strong"}


@given(st.text("ab1.)-+#*_[]()<>&`~|\\! =", max_size=12).filter(str.strip))
def test_any_text_survives_markdown(text: str) -> None:
    words = " ".join(text.split())
    page = _Page()
    page.feed(Markdown().convert(f"- {escaped(text)}"))
    # Python's Markdown knows no `~~`, nor its escape, as code hosts do.
    assert " ".join(page.words.replace("\\~", "~").split()) == words
    assert page.seen <= {"ul", "li"}


def test_json_holds_every_digit_and_every_sentence(found: Comparison) -> None:
    data = json.loads(write(found, "2018-19", "2019-20", "json"))
    assert (data["format"], data["same"]) == (1, False)
    first = data["figures"][0]
    assert (first["id"], first["amount"], first["percent"]) == ("locks", "-17", "-15.9")
    assert (first["before"]["value"], first["after"]["written"]) == ("107", "90")
    assert first["verdict"] == "worse"
    assert first["sentence"].startswith("Homes given locks fell from 107 to 90")
    runs = data["paragraphs"]["changes"][0]["runs"]
    assert runs[0] == {"kind": "same", "text": "We met every"}
    assert data["answers"][1] == {
        "id": "bikes", "announced": "Fewer bike thefts", "is_taken_up": False, "themes": [],
        "unwritten": [],
    }  # fmt: skip
    assert len(data["questions"]) == 5


def notes(old: Report, new: Report) -> list[str]:
    sections = brief(compare(old, new)).sections
    return [note for section in sections for item in section.items for note in item.notes]


def test_a_restated_value_is_told_with_its_reason() -> None:
    old = with_figure("2018-19", value=100)
    for said, told in (
        ({"value": 96, "revised": "A late return."}, "Reason: A late return."),
        (96, "No reason is given."),
    ):
        new = with_figure("2019-20", value=90, earlier={"2018-19": said})
        assert notes(old, new) == [f"The value for 2018-19 was 100, and is given as 96. {told}"]


@pytest.mark.parametrize(
    ("old", "new", "year", "expected"),
    [
        ({"source": "A"}, {"source": "B"}, "2019-20", ["Its source changed from “A” to “B”."]),
        ({"source": "A"}, {}, "2019-20", ["Its source is gone: “A”."]),
        ({}, {"source": "B"}, "2019-20", []),
        ({"note": "A"}, {"note": "B"}, "2019-20", []),
        ({}, {"source": "B"}, "2018-19", ["Its source is new: “B”."]),
        ({"note": "A"}, {"note": "B"}, "2018-19", ["Its note changed from “A” to “B”."]),
        (
            {}, {"earlier": {"2016-17": 5}}, "2018-19",
            ["A value for 2016-17 is given now: 5."],
        ),
        (
            {"earlier": {"2016-17": {"value": 5, "revised": "A."}}},
            {"earlier": {"2016-17": {"value": 5, "revised": "B."}}},
            "2018-19",
            ["What it says of earlier years changed."],
        ),
    ],
)  # fmt: skip
def test_what_else_changed_is_a_note(
    old: dict[str, Any], new: dict[str, Any], year: str, expected: list[str]
) -> None:
    assert notes(with_figure(value=1, **old), with_figure(year, value=1, **new)) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"value": 100, "better": "lower"}, {"value": 101, "better": "lower"},
         ["Homes given locks: what is behind the change from 100 to 101?"]),
        ({"value": 100, "better": "lower"}, {"value": 130, "better": "lower", "note": "Why."}, []),
        ({"value": 100, "better": "lower"}, {"value": 50, "better": "lower"}, []),
        ({"value": 100}, {"value": 119}, []),
        ({"value": 100}, {"value": 120},
         ["Homes given locks: what is behind the change from 100 to 120?"]),
        ({"value": 100}, {}, ["Homes given locks: when will the figure for 2019-20 be known?"]),
        ({"value": 100}, {"no_value": "confidential"}, []),
        ({"value": 100}, {"no_value": "not-applicable"}, []),
        ({"value": 9, "period": "since 2017"}, {"value": 12, "period": "since 2017"},
         ["Homes given locks: how much of it belongs to 2019-20 alone?"]),
        ({"value": 9}, {"value": 9, "earlier": {"2018-19": 8}},
         ["Homes given locks: why is the value for 2018-19 now given as 8, and not as 9?"]),
    ],
)  # fmt: skip
def test_what_may_be_asked_of_a_figure(
    old: dict[str, Any], new: dict[str, Any], expected: list[str]
) -> None:
    before, after = with_figure(**old), with_figure("2019-20", **new)
    assert list(questions(compare(before, after))) == expected
    assert questions(compare(after, before)) == ()


def test_what_may_be_asked_of_priorities() -> None:
    titles = {"burglary": "Reducing burglary;", "licensing": "A safer night out.", "new": "Bikes;"}
    old = report(next_priorities=None, priorities=priorities({**titles, "old": "Older;"}))
    new = report("2019-20", priorities=priorities(titles))
    assert questions(compare(old, new)) == (
        "What was done on the priority “Bikes”?",
        "Why is “Older” no longer a priority?",
    )


def test_the_questions_are_few() -> None:
    figures = {f"a{n}": {"label": f"A{n}", "value": 1} for n in range(30)}
    assert len(questions(compare(report(figures=figures), report("2019-20", figures=None)))) == MOST


def test_two_drafts_say_only_what_changed() -> None:
    old = report(priorities=priorities({"a": "One;", "b": "Two."}))
    new = report(priorities=priorities({"a": "One;", "b": "Two; and"}), status="draft")
    told = as_text(brief(compare(old, new), "2018-19 at v1", "2018-19"))
    assert told.splitlines()[3:] == [
        "No figure and no paragraph changed.",
        "Words taken out stand between [- and -], words put in between {+ and +}.",
        "",
        "Priorities",
        "----------",
        "- Reworded: [-Two.-] {+Two; and+}",
        "",
        "Cover, summary and contacts",
        "---------------------------",
        "- Status, changed: [-final-] {+draft+}",
    ]


def test_how_a_file_is_handled_is_told_of_two_drafts_and_not_of_two_years() -> None:
    accepted = [{"rule": "PRO101", "about": "plan", "because": "It has to stay."}]
    numbered = {**priorities({"a": "One."}), "year": "2018-19"}
    for year, expected in (
        ("2018-19", ["Status", "First page", "Accepted PRO101 (plan)", "Numbering of paragraphs"]),
        ("2019-20", ["Numbering of paragraphs"]),
    ):
        own = {**numbered, "year": year}
        old = report(priorities=numbered, numbering="none")
        new = report(year, priorities=own, status="draft", first_page=3, accepted=accepted)
        (rows,) = (s for s in brief(compare(old, new)).sections if s.heading.startswith("Cover"))
        heads = {item.head.rpartition(",")[0] for item in rows.items}
        assert heads == set(expected)


@pytest.mark.parametrize(
    ("texts", "numbering", "is_taken_up", "expected"),
    [
        (["TODO"], "running", True, "taken up, but paragraph 3 is still to be written"),
        (["TODO"], "none", True, "taken up, but its paragraph is still to be written"),
        (["TODO", "TBC"], "running", True,
         "taken up, but paragraphs 3 and 4 are still to be written"),
        (["Done.", "TODO"], "running", True,
         "taken up, and answered in paragraph 3; paragraph 4 is still to be written"),
        (["Done.", "Done."], "running", True, "taken up, and answered in paragraphs 3 and 4"),
        (["Done."], "none", True, "taken up, and answered in the report"),
        ([], "running", True, "taken up, but no paragraph of its own answers it"),
        (["TODO"], "running", False,
         "not taken up as a priority of the year, and paragraph 3 is still to be written"),
        (["Done."], "running", False,
         "not taken up as a priority of the year, but answered in paragraph 3"),
    ],
)  # fmt: skip
def test_we_said_we_did(texts: list[str], numbering: str, is_taken_up: bool, expected: str) -> None:
    announced = priorities({"a": "Fewer bike thefts."})
    themes = [{"priority": "a", "text": text} for text in texts]
    old = report(next_priorities=announced)
    new = report(
        "2019-20",
        numbering=numbering,
        priorities=announced if is_taken_up else priorities({"b": "Other."}),
        achievements={"heading": "Achievements", "themes": themes or ["Something else."]},
    )
    found = compare(old, new)
    (said,) = (s for s in brief(found).sections if s.heading == "We said, we did")
    assert [item.runs[0].text for item in said.items] == [f"“Fewer bike thefts”: {expected}."]
    is_asked = "What was done on the priority “Fewer bike thefts”?" in questions(found)
    assert is_asked == (is_taken_up and "Done." not in texts)


def test_a_report_without_numbers_names_a_paragraph_by_its_id() -> None:
    old, new = (
        with_paragraphs({"id": "plan", "text": text}, "We met.", numbering="none")
        for text in ("It is old.", "It is new.")
    )
    (item,) = brief(compare(old, new)).sections[0].items
    assert item.head == "Paragraph `plan`, changed"


def test_a_paragraph_that_is_gone_is_named_by_its_old_number() -> None:
    old, new = with_paragraphs("One went.", "We met."), with_paragraphs("We met.")
    (item,) = brief(compare(old, new)).sections[0].items
    assert (item.head, item.runs) == ("Former paragraph 1, removed", (Run("removed", "One went."),))


def test_a_reference_to_a_paragraph_is_shown_with_its_number() -> None:
    plan = {"id": "plan", "text": "The plan."}
    old = with_paragraphs(plan, "We met in May, see {para:plan}, all of us.")
    new = with_paragraphs("Put in before all.", plan, "We met in June, see {para:plan}, all of us.")
    told = as_text(brief(compare(old, new)))
    assert "We met in [-May,-] {+June,+} see 2, all of us." in told


def test_what_reads_the_same_is_told_in_a_line() -> None:
    figures = {name: {"label": "L", "value": 5} for name in ("one", "other")}
    old, new = (
        with_paragraphs(f"We fitted {{{name}}}.", figures=figures) for name in ("one", "other")
    )
    (section,) = brief(compare(old, new)).sections
    assert as_text(Briefing("Title", "", (section,))).endswith(
        "- Written otherwise, but read the same: Paragraph 1."
    )


def test_another_order_is_told_of_two_drafts_and_not_of_two_years() -> None:
    texts = ["We met every month.", "Pubs and clubs."]
    for year, expected in (("2018-19", 1), ("2019-20", 0)):
        old, new = with_paragraphs(*texts), with_paragraphs(*reversed(texts), year=year)
        told = as_text(brief(compare(old, new)))
        assert told.count("Some of what stayed now stands in another place.") == expected


def test_a_section_below_another_and_a_table_are_lines_of_their_own() -> None:
    table = {"caption": "Calls", "columns": ["Ward", "Calls"], "rows": [["East", "5"]]}
    below = {"heading": "Below", "id": "low", "paragraphs": [{"text": "See:", "table": table}]}
    whole = {"heading": "Above", "sections": [below]}
    assert (
        "## Above\n\n### [low] Below\nSee:\n  - Table: Calls\n    Ward | Calls\n    East | 5\n"
    ) in canonical(report(introduction=whole))


def test_a_long_stretch_that_stayed_is_cut() -> None:
    long = " ".join(f"w{n}" for n in range(40))
    runs = (Run("same", long), Run("added", long), Run("same", long), Run("removed", "x"))
    first, added, middle, _ = shortened(runs)
    assert first.text == "… " + " ".join(f"w{n}" for n in range(32, 40))
    assert added.text == long
    assert middle.text.split()[:9] == [*(f"w{n}" for n in range(8)), "…"]
    assert len(middle.text.split()) == 17
    assert shortened((Run("same", long),)) == (Run("same", long),)
    assert cut_short("word " * 100).endswith("word …")


def test_white_space_leaves_no_trace_in_the_lines_for_git() -> None:
    assert canonical(with_paragraphs("One  two\nthree.\tFour.")) == canonical(
        with_paragraphs("One two three. Four.")
    )
    lists = with_paragraphs("These:\n\n- one\n- two")
    assert "These:\n    - one\n    - two\n" in canonical(lists)


PARTS = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(["draft", "final"]),
        "figures": st.fixed_dictionaries(
            {"locks": st.fixed_dictionaries(
                {"label": st.sampled_from(["A", "B"])},
                optional={"value": st.integers(0, 3), "source": st.sampled_from(["S", "T"])},
            )}
        ),
        "priorities": st.dictionaries(
            st.sampled_from(["burglary", "licensing"]), st.sampled_from(["One", "Two"]), min_size=1
        ).map(priorities),
        "introduction": st.lists(
            st.sampled_from(["One. Two.", "One.", {"text": "One.", "items": ["Two."]}]), min_size=1
        ).map(lambda paragraphs: {"heading": "H", "paragraphs": paragraphs}),
        "cover": st.permutations([{"To": "Council"}, {"Date": "1 May 2019"}]),
    },
)  # fmt: skip


@settings(max_examples=60)
@given(PARTS, PARTS)
def test_the_lines_for_git_differ_if_and_only_if_the_reports_do(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    before, after = report(**old), report(**new)
    assert (canonical(before) == canonical(after)) == compare(before, after).is_same


@settings(max_examples=20)
@given(PARTS, PARTS, st.sampled_from(FORMS))
def test_any_two_reports_can_be_written(
    old: dict[str, Any], new: dict[str, Any], form: str
) -> None:
    assert write(compare(report(**old), report("2019-20", **new)), "a", "b", form)
