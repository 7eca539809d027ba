"""The report as its template sees it: titles, rows, sections, papers, names of files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscp_report.document.views import ItemView, PapersView, ReportView, file_stem, view_report
from oscp_report.model import Partnership, Report
from oscp_report.printed import cover_rows
from oscp_report.reading.loading import load_partnership, load_report
from oscp_report.year import Year

PARTNERSHIP = """\
name: Merrow Safer Together Partnership
short_name: MSTP
council: Merrow Council
"""
YEAR = """\
year: 2018-19
status: final
cover:
  - To: Council
  - Title of Report: "*Safer* together"
priorities:
  lead: "They were:"
  items:
    - id: streets
      title: Safer streets
achievements:
  heading: Achievements
  themes:
    - What was done.
"""


def loaded(year: str, partnership: str = PARTNERSHIP) -> tuple[Report, Partnership]:
    report = load_report(year.encode(), "data/2018-19.yaml", Year(2018))
    about = load_partnership(partnership.encode(), "data/partnership.yaml")
    assert (report.diagnostics, about.diagnostics) == ((), ())
    assert report.value is not None
    assert about.value is not None
    return report.value, about.value


def view(year: str, partnership: str = PARTNERSHIP) -> ReportView:
    return view_report(*loaded(year, partnership))


def change(old: str, new: str) -> str:
    assert YEAR.count(old) == 1, old
    return YEAR.replace(old, new)


def shown(items: tuple[ItemView, ...]) -> list[tuple[str, str, str]]:
    return [(item.anchor, str(item.html), item.list_type) for item in items]


def test_the_row_of_the_title_is_the_heading() -> None:
    made = view(YEAR)
    assert [(row.label, row.html, row.is_title) for row in made.cover] == [
        ("To:", "Council", False),
        ("Title of Report:", "<em>Safer</em> together", True),
    ]
    assert (made.title, made.heading) == ("Safer together", "")
    assert made.page_title == "Safer together, 2018-19"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Safer & together", "Safer & together, 2018-19"),
        ("Review 2018-19", "Review 2018-19"),
        ("Review 2018/19", "Review 2018/19"),
        ("Review 2017-18", "Review 2017-18, 2018-19"),
        ("1. Review", "1. Review, 2018-19"),
        ("[Review](https://x.example)", "Review, 2018-19"),
    ],
)
def test_the_page_s_title_is_plain_and_has_its_year_once(title: str, expected: str) -> None:
    made = view(change('"*Safer* together"', f'"{title}"'))
    assert made.page_title == expected
    assert "<li>" not in made.cover[1].html


def test_a_report_without_a_title_row_is_given_a_heading() -> None:
    made = view(change('  - Title of Report: "*Safer* together"\n', ""))
    expected = "Merrow Safer Together Partnership Annual Review 2018-19"
    assert (made.heading, made.title, made.page_title) == (expected, expected, expected)
    assert [row.is_title for row in made.cover] == [False]


def test_the_heading_of_a_report_without_a_title_is_escaped() -> None:
    year = change('  - Title of Report: "*Safer* together"\n', "")
    made = view(year, PARTNERSHIP.replace("Merrow Safer Together", "<b>Merrow</b> & Co"))
    assert made.heading.startswith("&lt;b&gt;Merrow&lt;/b&gt; &amp; Co")
    assert made.title.startswith("<b>Merrow</b> & Co")


def test_only_the_first_title_row_is_the_heading() -> None:
    made = view(change("  - To: Council\n", "  - Title: One\n"))
    assert [(row.label, row.is_title) for row in made.cover] == [
        ("Title:", True), ("Title of Report:", False),
    ]  # fmt: skip


@pytest.mark.parametrize("status", ["draft", "final"])
def test_a_draft_says_so(status: str) -> None:
    made = view(change("status: final", f"status: {status}"))
    is_draft = status == "draft"
    assert bool(made.draft_notice) is is_draft
    assert made.page_title.startswith("DRAFT: ") is is_draft


def test_a_colon_that_was_typed_is_not_printed_twice() -> None:
    made = view(change("  - To: Council\n", '  - "To:": Council\n'))
    assert made.cover[0].label == "To:"


def test_the_partnership_s_rows_come_first_unless_the_year_has_them() -> None:
    partnership = f"{PARTNERSHIP}cover:\n  - TO: Nobody\n  - Ward: All\n"
    rows = cover_rows(*loaded(YEAR, partnership))
    assert [(str(row.label), str(row.value.text)) for row in rows] == [
        ("Ward", "All"), ("To", "Council"), ("Title of Report", "*Safer* together"),
    ]  # fmt: skip


def test_labels_of_the_partnership_s_own() -> None:
    year = f"{YEAR}summary: [{{Key decision: No}}]\nappendices: None\nbackground_papers: None\n"
    made = view(year)
    assert made.summary_heading == "Summary and recommendations"
    assert (made.appendices, made.background_papers) == (
        PapersView("Appendices:", made.appendices.texts if made.appendices else ()),
        PapersView("Background Papers:", made.appendices.texts if made.appendices else ()),
    )
    labels = "labels: {summary: At a glance, appendices: Annexes, background_papers: Papers}\n"
    made = view(year, PARTNERSHIP + labels)
    assert made.summary_heading == "At a glance"
    assert made.appendices is not None
    assert made.background_papers is not None
    assert (made.appendices.label, made.background_papers.label) == ("Annexes:", "Papers:")


def test_appendices_are_listed_by_their_titles() -> None:
    made = view(f"{YEAR}appendices: [Map, {{title: '1. Plan *A*', file: plan.pdf}}]\n")
    assert made.appendices is not None
    assert list(made.appendices.texts) == ["Map", "1. Plan <em>A</em>"]
    assert made.background_papers is None


def test_sections_without_a_heading_go_on_in_the_one_before() -> None:
    made = view(
        change("priorities:\n", "introduction: {heading: Start, id: start, paragraphs: [One.]}\n"
               "priorities:\n")
    )  # fmt: skip
    assert [(each.heading, each.anchor, each.start) for each in made.sections] == [
        ("Start", "start", "1"), ("Achievements", "section_2", "3"),
    ]  # fmt: skip
    assert shown(made.sections[0].items) == [
        ("paragraph_1", "One.", "a"), ("paragraph_2", "They were:", "a"),
    ]  # fmt: skip
    assert shown(made.sections[0].items[1].items) == [("streets", "Safer streets", "i")]


WITH_SECTIONS = """
numbering: by-section
sections_before:
  - heading: Implications
    sections:
      - heading: Legal
        id: law
        paragraphs: [None.]
"""


def test_sections_counted_for_themselves_have_numbers_and_those_below_have_none() -> None:
    sections = view(YEAR + WITH_SECTIONS).sections
    assert [(s.number, s.tag, s.list_type, s.anchor) for s in sections] == [
        ("", "h2", "sections", "section_1"),
        ("2", "h2", "sections", "section_2"),
        ("", "h3", "sections", "law"),
        ("3", "h2", "sections", "section_4"),
    ]
    assert [[item.number for item in s.items] for s in sections] == [["1.1"], [], ["2.1"], ["3.1"]]


def test_without_numbers_items_are_bullets() -> None:
    sections = view(YEAR + "numbering: none\n").sections
    assert {s.list_type for s in sections} == {"none"}
    assert {item.list_type for s in sections for item in s.items} == {"bullets"}
    assert {item.number for s in sections for item in s.items} == {""}


def test_a_report_may_begin_without_a_heading() -> None:
    made = view(YEAR)
    assert [(each.heading, each.anchor, each.start) for each in made.sections] == [
        ("", "section_1", "1"), ("Achievements", "section_2", "2"),
    ]  # fmt: skip


def test_sections_that_share_an_id_have_anchors_of_their_own() -> None:
    section = "{heading: H, id: a, paragraphs: [{text: P, id: a}]}"
    made = view(f"{YEAR}sections_after: [{section}, {section}]\n")
    assert [each.anchor for each in made.sections[2:]] == ["a", "section_4"]
    assert [item.anchor for each in made.sections[2:] for item in each.items] == [
        "paragraph_3", "paragraph_4",
    ]  # fmt: skip


def test_a_heading_is_one_line_of_text() -> None:
    made = view(change("heading: Achievements", 'heading: "1. *What* was done"'))
    assert made.sections[-1].heading == "1. <em>What</em> was done"


@pytest.mark.parametrize(
    ("text", "element"),
    [
        ("One.", "span"),
        ("One *two* [three](https://x.example).", "span"),
        ('"One\\n\\ntwo"', "div"),
        ('"- one\\n- two"', "div"),
        ('"> one"', "div"),
        ('"a | b\\n--|--\\n1 | 2"', "div"),
    ],
)
def test_a_text_with_blocks_stands_in_a_block(text: str, element: str) -> None:
    made = view(change("- What was done.", f"- {text}"))
    assert made.sections[-1].items[0].element == element


def test_rows_have_lettered_items_without_anchors() -> None:
    row = "{Recommendations: {text: That Council, id: r, items: [a, {text: b, items: [c]}]}}"
    made = view(f"{YEAR}summary: [{row}]\n")
    (shown_row,) = made.summary
    assert shown(shown_row.items) == [("", "a", "i"), ("", "b", "i")]
    assert shown(shown_row.items[1].items) == [("", "c", "A")]


def test_contacts_have_no_colons() -> None:
    made = view(f"{YEAR}contacts: [{{Report author: A, Telephone: B}}, {{Report author: C}}]\n")
    assert [[(row.label, row.html) for row in rows] for rows in made.contacts] == [
        [("Report author", "A"), ("Telephone", "B")], [("Report author", "C")],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("short_name", "report_name", "expected"),
    [
        ("OSCP", "Annual Review", "oscp-annual-review-2018-19"),
        ("Môn & Co.", "Adroddiad: blynyddol", "mon-co-adroddiad-blynyddol-2018-19"),
        ("../../etc", "a/b\\\\c", "etc-a-b-c-2018-19"),
        ("安全", "…", "2018-19"),
    ],
)
def test_files_are_named_in_plain_letters(short_name: str, report_name: str, expected: str) -> None:
    partnership = PARTNERSHIP.replace("MSTP", f'"{short_name}"')
    report, about = loaded(YEAR, f'{partnership}report_name: "{report_name}"\n')
    assert file_stem(report, about) == expected


@given(st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=100))
def test_any_name_makes_a_name_for_a_file(name: str) -> None:
    report, about = loaded(YEAR)
    text = type(about.short_name)(name, about.location)
    stem = file_stem(report, Partnership(
        name=about.name, short_name=text, council=about.council, location=about.location
    ))  # fmt: skip
    assert set(stem) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert stem.endswith("2018-19")
    assert len(stem) < 500
