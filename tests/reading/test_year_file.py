"""What a year's file may hold, field by field, and what each slip in it is told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from oscp_report.model import Appendix, Paragraph, Report, Text
from oscp_report.reading.shapes import Faults
from oscp_report.reading.source import parse
from oscp_report.reading.year_file import REPORT
from oscp_report.year import Year

WHOLE = """\
year: 2018/19
status: final
first_page: 155
cover:
  - To: Council
summary:
  - Recommendation:
      text: That Council
      items:
        - note the report;
        - text: ask for another
          items: [in May]
appendices:
  - Map
  - title: "Appendix 2: Plan"
    file: plan.pdf
introduction:
  id: start
  heading: Introduction
  paragraphs:
    - One.
    - id: two
      text: Two.
      items: [a, b]
priorities:
  id: lead
  heading: Priorities
  year: 2018–19
  lead: "They were:"
  items:
    - id: streets
      title: Safer streets
      items: [by day, by night]
sections_before:
  - heading: Before
    paragraphs: [P]
achievements:
  heading: Achievements
  themes:
    - Just text.
    - priority: streets
      id: theme
      text: What was done.
      achievements:
        - This.
        - text: "That:"
          items: [x]
next_priorities:
  year: 2019-20
  lead: "They are:"
  items:
    - {id: streets, title: Safer streets}
sections_after:
  - heading: After
    paragraphs: [P]
figures:
  visits:
    label: Visits
    value: -1,234.50
    unit: pounds
    period: May
    source: Council
    note: so far
    better: higher
accepted:
  - {rule: PRI101, about: streets, because: It is so.}
contacts:
  - Report author: A. Officer
  - Report author: B. Officer
    Telephone: 01632 960123
background_papers: [One, Two]
corrections:
  - {date: 3 August 2019, what: 12 became 21., why: A slip.}
numbering: by-section
answers: yes
"""


def read(yaml: str) -> tuple[Report, list[tuple[str, str, str, str]]]:
    parsed = parse(yaml.encode(), "f")
    assert parsed.diagnostics == ()
    assert parsed.root is not None
    faults = Faults()
    report = REPORT.read(parsed.root, faults)
    return report, [
        (f"{d.location.line}:{d.location.column}", d.code, d.message, d.fix) for d in faults.found
    ]


def texts(paragraphs: tuple[Paragraph, ...]) -> list[Any]:
    """Texts with their items' below them, as nested lists."""
    return [
        [str(p.text), *texts(p.items)] if p.items else str(p.text) for p in paragraphs
    ]  # fmt: skip


def test_a_whole_file() -> None:
    report, found = read(WHOLE)
    assert found == []
    assert (report.year, report.status, report.first_page) == (Year(2018), "final", 155)
    assert [(str(row.label), str(row.value.text)) for row in report.cover] == [("To", "Council")]
    assert texts(report.summary[0].value.items) == ["note the report;",
                                                    ["ask for another", "in May"]]  # fmt: skip
    assert report.introduction is not None
    assert report.introduction.id == "start"
    assert texts(report.introduction.paragraphs) == ["One.", ["Two.", "a", "b"]]
    assert [each.id for each in report.introduction.paragraphs] == ["", "two"]
    priorities = report.priorities
    assert (priorities.id, str(priorities.heading), priorities.year, str(priorities.lead)) == (
        "lead", "Priorities", Year(2018), "They were:",
    )  # fmt: skip
    assert [(p.id, str(p.title), texts(p.items)) for p in priorities.items] == [
        ("streets", "Safer streets", ["by day", "by night"])
    ]
    assert [str(section.heading) for section in report.sections_before] == ["Before"]
    assert [str(section.heading) for section in report.sections_after] == ["After"]
    first, second = report.achievements.themes
    assert (str(first.text), first.priority, first.achievements) == ("Just text.", None, ())
    assert (second.id, str(second.priority), texts(second.achievements)) == (
        "theme", "streets", ["This.", ["That:", "x"]],
    )  # fmt: skip
    assert report.next_priorities is not None
    assert report.next_priorities.year == Year(2019)
    assert [[str(row.value.text) for row in rows] for rows in report.contacts] == [
        ["A. Officer"], ["B. Officer", "01632 960123"],
    ]  # fmt: skip
    assert isinstance(report.background_papers, tuple)
    assert list(map(str, report.background_papers)) == ["One", "Two"]


def test_a_figure_and_an_acceptance() -> None:
    report, _ = read(WHOLE)
    figure = report.figures["visits"]
    assert (figure.value, figure.unit, figure.better) == (Decimal("-1234.50"), "pounds", "higher")
    told = (figure.label, figure.period, figure.source, figure.note)
    assert list(map(str, told)) == ["Visits", "May", "Council", "so far"]
    (accepted,) = report.accepted
    named = (accepted.rule, accepted.about, accepted.because)
    assert list(map(str, named)) == ["PRI101", "streets", "It is so."]


def test_an_appendix_is_a_title_or_has_a_file() -> None:
    report, _ = read(WHOLE)
    place = report.location
    assert report.appendices == (
        Appendix(title=Text("Map", place)),
        Appendix(title=Text("Appendix 2: Plan", place), file=Text("plan.pdf", place)),
    )


def test_the_place_of_every_field_is_kept() -> None:
    report, _ = read(WHOLE)
    assert len(report.places) == len(REPORT.fields) == 19
    assert str(report.places["status"]) == "f:2:9"
    assert str(report.places["cover"]) == "f:5:3"


def test_the_least_that_a_file_holds() -> None:
    report, found = read(
        "year: 2018-19\ncover: [{To: Council}]\n"
        "priorities: {lead: L, items: [{id: a, title: A}]}\n"
        "achievements: {heading: H, themes: [T]}\n"
    )
    assert found == []
    assert (report.status, report.first_page, report.figures) == ("draft", 1, {})
    assert (report.introduction, report.appendices, report.background_papers) == (None, None, None)


def test_a_section_may_have_sections_below_it_and_a_paragraph_a_table() -> None:
    table = "{caption: C, columns: [A, {B: [X, Y]}], rows: [[a, b, c]]}"
    below = f"    sections: [{{heading: Below, paragraphs: [{{text: Q, table: {table}}}]}}]"
    report, found = read(WHOLE.replace("  - heading: Before\n", f"  - heading: Before\n{below}\n"))
    assert found == []
    (section,) = report.sections_before[0].sections
    assert str(section.heading) == "Below"
    assert section.paragraphs[0].table
    assert len(section.paragraphs[0].table.columns) == 2


def test_sections_go_two_levels_deep_and_no_further() -> None:
    deep = (
        "    sections: [{heading: B, paragraphs: [Q], sections: [{heading: C, paragraphs: [R]}]}]"
    )
    _, found = read(WHOLE.replace("  - heading: Before\n", f"  - heading: Before\n{deep}\n"))
    assert [message for _, code, message, _ in found if code == "FLD001"] == [
        "a section has no field `sections`"
    ]


@pytest.mark.parametrize(
    ("figures", "expected"), [("all", "all"), ("[visits, calls]", ["visits", "calls"])]
)
def test_an_appendix_may_be_figures(figures: str, expected: Any) -> None:
    report, found = read(WHOLE.replace("file: plan.pdf", f"figures: {figures}"))
    assert found == []
    assert isinstance(report.appendices, tuple)
    listed = report.appendices[1].figures
    assert (listed if listed == "all" else list(map(str, listed or ()))) == expected


def test_a_correction() -> None:
    report, _ = read(WHOLE)
    (correction,) = report.corrections
    assert (correction.date, str(correction.what), str(correction.why)) == (
        date(2019, 8, 3),
        "12 became 21.",
        "A slip.",
    )
    assert (report.answers, report.numbering) == (True, "by-section")
    broken, found = read(WHOLE.replace("3 August 2019", "August"))
    assert broken.corrections == ()
    assert [code for _, code, _, _ in found] == ["FLD016"]


def change(old: str, new: str) -> str:
    assert WHOLE.count(old) == 1, old
    return WHOLE.replace(old, new)


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        pytest.param(
            change("priorities:\n  id: lead", "priorites:\n  id: lead"),
            ("25:1", "FLD001", "the file has no field `priorites`", "did you mean `priorities`?"),
            id="priorites",
        ),
        pytest.param(
            change("    - One.\n", "    - Our aims: to be safe\n"),
            (
                "21:7", "FLD009",
                "YAML takes `Our aims` for a field, because of the colon after it",
                'put the text in quotes: `"Our aims: to be safe"`',
            ),
            id="a colon in a paragraph",
        ),
        pytest.param(
            change("        - This.\n", "        - We did two things:\n            - one\n"),
            (
                "45:11", "FLD009",
                "YAML takes `We did two things` for a field, because of the colon after it",
                "write `text:` and the text in double quotes, then `items:` above the list",
            ),
            id="a list below an achievement",
        ),
        pytest.param(
            change("    - Just text.\n", "    - We did two things:\n        - one\n"),
            (
                "40:7", "FLD009",
                "YAML takes `We did two things` for a field, because of the colon after it",
                "write `text:` and the text in double quotes, then `achievements:` above the list",
            ),
            id="a list below a theme",
        ),
        pytest.param(
            change("  - Map\n", "  - Appendix 1: Map\n"),
            (
                "14:5", "FLD009",
                "YAML takes `Appendix 1` for a field, because of the colon after it",
                'put the text in quotes: `"Appendix 1: Map"`',
            ),
            id="a colon in an appendix",
        ),
        pytest.param(
            change("    - id: streets\n", "    - ID: streets\n"),
            ("31:7", "FLD001", "a priority has no field `ID`", "did you mean `id`?"),
            id="capitals",
        ),
        pytest.param(
            change("    - id: streets\n      title", "    - title"),
            (
                "31:7", "FLD002", "a priority has no `id`",
                "add `id:` (a name for the priority that stays when it is reworded from year to"
                " year)",
            ),
            id="no id",
        ),
        pytest.param(
            change("  themes:\n", "  theme:\n"),
            (
                "39:3", "FLD001", "the group of achievements has no field `theme`",
                "did you mean `themes`?",
            ),
            id="theme",
        ),
        pytest.param(
            change("status: final", "status: Final"),
            (
                "2:9", "FLD007", "`Final` is not one of `draft` or `final`",
                "write `draft` or `final`",
            ),
            id="status",
        ),
        pytest.param(
            change("  heading: Introduction\n", "  heading:\n"),
            ("19:11", "FLD004", "there is nothing here", "fill it in, or take it out"),
            id="an empty heading",
        ),
    ],
)  # fmt: skip
def test_one_slip_is_one_finding(yaml: str, expected: tuple[str, ...]) -> None:
    _, found = read(yaml)
    assert found == [expected]


def test_an_empty_file_of_fields_names_all_that_is_needed() -> None:
    _, found = read("status: draft\n")
    assert [(place, code, message) for place, code, message, _ in found] == [
        ("1:1", "FLD002", f"the file has no `{name}`")
        for name in ("year", "cover", "priorities", "achievements")
    ]
