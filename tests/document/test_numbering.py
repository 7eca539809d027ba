"""Paragraph numbers, what other paragraphs call them by, and the ids of their elements."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscp_report.diagnostics import Location
from oscp_report.document.numbering import (
    LEVELS,
    Numbered,
    by_id,
    chapters_of,
    counter,
    letters,
    number_report,
    roman,
)
from oscp_report.model import (
    Achievements,
    Numbering,
    Paragraph,
    Priorities,
    Priority,
    Report,
    Section,
    Text,
    Theme,
)
from oscp_report.year import Year

HERE = Location("f", 1, 1)


def text(value: str) -> Text:
    return Text(value, HERE)


def paragraph(*items: Paragraph, id: str = "") -> Paragraph:
    return Paragraph(text=text("t"), id=id, items=items, location=HERE)


def section(*paragraphs: Paragraph, id: str = "") -> Section:
    return Section(heading=text("h"), paragraphs=paragraphs, id=id, location=HERE)


def priorities(*ids: str) -> Priorities:
    items = tuple(Priority(id=each, title=text("p"), location=HERE) for each in ids)
    return Priorities(lead=text("l"), items=items, location=HERE)


def report(
    *sections: Section,
    achievements: tuple[Paragraph, ...] = (),
    this_year: tuple[str, ...] = (),
    next_year: tuple[str, ...] | None = None,
) -> Report:
    theme = Theme(text=text("t"), achievements=achievements, location=HERE)
    return Report(
        year=Year(2018),
        cover=(),
        priorities=priorities(*this_year),
        sections_before=sections,
        achievements=Achievements(heading=text("h"), themes=(theme,), location=HERE),
        next_priorities=None if next_year is None else priorities(*next_year),
        location=HERE,
    )


def walked(numbered: tuple[tuple[Numbered, ...], ...]) -> list[Numbered]:
    return [each for section in numbered for top in section for each in top.walk()]


def test_numbers_run_on_through_the_headings() -> None:
    numbered = number_report(
        report(
            section(paragraph(), paragraph()),
            section(paragraph()),
            achievements=(paragraph(paragraph(), paragraph()), paragraph()),
            this_year=("a", "b"),
            next_year=("a",),
        )
    )
    assert [[top.label for top in section] for section in numbered] == [
        ["1"], ["2", "3"], ["4"], ["5"], ["6"],
    ]  # fmt: skip
    assert [each.label for each in walked(numbered)] == [
        "1", "1a", "1b", "2", "3", "4", "5", "5a", "5a(i)", "5a(ii)", "5b", "6", "6a",
    ]  # fmt: skip


def chaptered() -> Report:
    """Two sections with one below the first, and the priorities between, without a heading."""
    below = replace(section(paragraph()), level=2)
    first = replace(section(paragraph(paragraph())), sections=(below,))
    return report(first, section(paragraph(id="plan")), this_year=("a",), next_year=())


def test_numbers_may_begin_again_with_each_heading() -> None:
    numbered = number_report(replace(chaptered(), numbering="by-section"))
    assert [[each.label for top in section for each in top.walk()] for section in numbered] == [
        ["1.1", "1.1a"],  # the priorities, which have no heading, are the first section here
        ["2.1", "2.1a"],
        ["2.2"],  # a section below another goes on
        ["3.1"],
        ["4.1"],
        ["4.2"],  # next year's priorities have no heading either
    ]
    assert by_id(numbered)["plan"].anchor == "plan"
    assert numbered[1][0].items[0].anchor == "paragraph_2_1_a"


def test_the_number_of_a_section_is_that_of_its_paragraphs() -> None:
    chapters = list(chapters_of(replace(chaptered(), numbering="by-section")))
    assert [(c.number, c.begins) for c in chapters] == [
        ("1", True), ("2", True), ("2", False), ("3", True), ("4", True), ("4", False),
    ]  # fmt: skip
    assert {(c.number, c.begins) for c in chapters_of(chaptered())} == {("", False)}


def test_a_report_without_numbers_has_anchors_all_the_same() -> None:
    numbered = walked(number_report(replace(chaptered(), numbering="none")))
    assert {each.label for each in numbered} == {""}
    assert len({each.anchor for each in numbered}) == len(numbered) == 8


def test_positions_count_within_their_list() -> None:
    numbered = number_report(report(section(paragraph(paragraph(), paragraph()))))
    assert [(each.label, each.position) for each in walked(numbered)] == [
        ("1", 1), ("2", 2), ("2a", 1), ("2b", 2), ("3", 3),
    ]  # fmt: skip


def test_deep_labels_and_anchors() -> None:
    deep = paragraph(paragraph(paragraph(paragraph(paragraph()))))
    numbered = walked(number_report(report(section(deep))))
    assert [(each.label, each.anchor) for each in numbered[1:-1]] == [
        ("2", "paragraph_2"),
        ("2a", "paragraph_2_a"),
        ("2a(i)", "paragraph_2_a_i"),
        ("2a(i)(A)", "paragraph_2_a_i_A"),
        ("2a(i)(A)(A)", "paragraph_2_a_i_A_A"),
    ]


def test_an_id_is_the_anchor_whatever_stands_before_it() -> None:
    one = number_report(report(section(paragraph(id="plan"))))
    other = number_report(report(section(paragraph()), section(paragraph(), paragraph(id="plan"))))
    assert (by_id(one)["plan"].anchor, by_id(other)["plan"].anchor) == ("plan", "plan")
    assert (by_id(one)["plan"].label, by_id(other)["plan"].label) == ("2", "4")


def test_an_id_means_this_year_s_priority() -> None:
    numbered = number_report(report(this_year=("a", "b"), next_year=("b", "c")))
    found = by_id(numbered)
    assert {name: (each.label, each.anchor) for name, each in found.items()} == {
        "a": ("1a", "a"), "b": ("1b", "b"), "c": ("3b", "c"),
    }  # fmt: skip
    assert [each.anchor for each in walked(numbered)[-2:]] == ["paragraph_3_a", "c"]


IDS = st.sampled_from(
    ["", "a", "b", "paragraph", "paragraph-1", "paragraph-2-a", "section-1", "report", "summary"]
)
PARAGRAPHS = st.recursive(
    st.builds(paragraph, id=IDS),
    lambda below: st.builds(
        lambda items, id: paragraph(*items, id=id), st.lists(below, max_size=3), IDS
    ),
    max_leaves=12,
)
SECTIONS = st.builds(
    lambda paragraphs, id: section(*paragraphs, id=id), st.lists(PARAGRAPHS, max_size=3), IDS
)


@given(
    st.lists(SECTIONS, max_size=3),
    st.lists(PARAGRAPHS, max_size=3),
    st.lists(IDS, max_size=3),
    st.sampled_from(["running", "by-section"]),
)
def test_no_two_paragraphs_share_an_anchor_or_a_label(
    sections: list[Section],
    achievements: list[Paragraph],
    next_year: list[str],
    numbering: Numbering,
) -> None:
    built = report(*sections, achievements=tuple(achievements), next_year=tuple(next_year))
    built = replace(built, numbering=numbering)
    numbered = walked(number_report(built))
    anchors = [each.anchor for each in numbered]
    assert len(set(anchors)) == len(anchors)
    assert not {each.id for each in sections} & set(anchors)
    assert len({each.label for each in numbered}) == len(numbered)
    assert all(re.fullmatch("[a-z][A-Za-z0-9_-]*", anchor) for anchor in anchors)
    assert all(escape(anchor) == anchor for anchor in anchors)
    for name, found in by_id(number_report(built)).items():
        assert found.paragraph.id == name


@pytest.mark.parametrize(
    ("number", "expected"),
    [(1, "a"), (2, "b"), (26, "z"), (27, "aa"), (52, "az"), (53, "ba"), (702, "zz"), (703, "aaa")],
)
def test_letters(number: int, expected: str) -> None:
    assert letters(number) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, "i"), (2, "ii"), (3, "iii"), (4, "iv"), (5, "v"), (6, "vi"), (9, "ix"), (10, "x"),
        (14, "xiv"), (19, "xix"), (40, "xl"), (49, "xlix"), (90, "xc"), (400, "cd"), (900, "cm"),
        (1999, "mcmxcix"),
    ],
)  # fmt: skip
def test_roman(number: int, expected: str) -> None:
    assert roman(number) == expected


@given(st.integers(1, 5000))
def test_letters_and_roman_numerals_are_read_as_the_number(number: int) -> None:
    total = 0
    for letter in letters(number):
        total = total * 26 + ord(letter) - ord("a") + 1
    assert total == number
    worth = [dict(zip("ivxlcdm", (1, 5, 10, 50, 100, 500, 1000), strict=True))[c]
             for c in roman(number)]  # fmt: skip
    follows = [*worth[1:], 0]
    pairs = zip(worth, follows, strict=True)
    assert sum(-one if one < after else one for one, after in pairs) == number


def test_each_level_has_its_counter_and_the_last_repeats() -> None:
    assert LEVELS == ("1", "a", "i", "A")
    assert [counter(2, level) for level in range(6)] == ["2", "b", "ii", "B", "B", "B"]
