"""What a report holds: a fragment's place in any YAML style, and the body in printed order."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from oscp_report.diagnostics import Location
from oscp_report.model import (
    Achievements,
    Figure,
    Paragraph,
    Priorities,
    Priority,
    Report,
    Section,
    Text,
    Theme,
)
from oscp_report.printed import paragraphs_of, sections_of
from oscp_report.reading.source import Mapping, Scalar, Sequence, parse
from oscp_report.year import Year

HERE = Location("a.yaml", 1, 1)


def read(yaml: str) -> Text:
    """The first text of a file that holds one, in a list or as a field's value."""
    parsed = parse(yaml.encode(), "a.yaml")
    assert parsed.diagnostics == ()
    root = parsed.root
    while not isinstance(root, Scalar):
        assert isinstance(root, Sequence | Mapping)
        root = root.items[0] if isinstance(root, Sequence) else root.entries[0].value
    return Text(root.value, root.location, root.source)


@pytest.mark.parametrize(
    ("yaml", "fragment", "line", "column", "length"),
    [
        pytest.param("- caf\u00e9 – “two”\n", "“two”", 1, 10, 5, id="not ASCII"),
        pytest.param("- 😀 two\n", "two", 1, 5, 3, id="beyond the basic plane"),
        pytest.param("a: >-\r\n  one\r\n  two\r\n", "two", 3, 3, 3, id="CRLF"),
        pytest.param("a: >-\r\n  one\r\n  two\r\n", "one two", 2, 3, 3, id="over CRLF"),
        pytest.param("a: 'one\r\n  two'\r\n", "two", 2, 3, 3, id="CRLF in quotes"),
        pytest.param("a: |\n  one\n\n  two\n", "two", 4, 3, 3, id="literal"),
        pytest.param("a: |2\n   one\n", "one", 2, 4, 3, id="literal with an indent"),
        pytest.param('a: "caf\\u00e9 two"\n', "café", 1, 5, 9, id="an escaped letter"),
        pytest.param('a: "caf\\u00e9 two"\n', "two", 1, 15, 3, id="after an escaped letter"),
        pytest.param('a: "\\x41\\U00000042"\n', "AB", 1, 5, 14, id="nothing but escapes"),
        pytest.param('a: "n\\tn"\n', "n", 1, 5, 1, id="a letter, not that of an escape"),
        pytest.param('a: "one\\\n  two"\n', "onetwo", 1, 5, 4, id="over an escaped line end"),
        pytest.param("a:    one   two\n", "one two", 1, 7, 9, id="white space of another length"),
        pytest.param("a: it''s\n", "it''s", 1, 4, 5, id="two apostrophes in plain text"),
    ],
)
def test_a_fragment_in_a_style(
    yaml: str, fragment: str, line: int, column: int, length: int
) -> None:
    found = read(yaml).at(fragment)
    assert (found, found.length) == (Location("a.yaml", line, column), length)


@pytest.mark.parametrize("source", ["", ">", '"', "'", '"\\', "|"])
def test_a_text_without_its_source_has_its_own_place(source: str) -> None:
    assert Text("one two", HERE, source).at("two") == HERE


WORD = st.text(
    st.characters(exclude_categories=("Z", "C"), exclude_characters="#:{}[],&*!|>%@`"), min_size=1
).filter(lambda word: not word.startswith(("-", "?", '"', "'", "<", "=")))
STYLES = ("plain", "single", "double", "literal", "folded")


def typed(words: list[str], breaks: list[bool], style: str, end: str) -> str:
    """A YAML file with the words as one text in a style, some of them on lines of their own."""
    marks = {"single": ("'", "'"), "double": ('"', '"'), "plain": ("", "")}
    if style == "single":
        words = [word.replace("'", "''") for word in words]
    if style == "double":
        words = [re.sub(r'(["\\])', r"\\\1", word) for word in words]
    gaps = [f"{end}  " if broken else " " for broken in breaks]
    text = "".join(word + gap for word, gap in zip(words, [*gaps, ""], strict=True))
    if style in marks:
        opening, closing = marks[style]
        return f"key: {opening}{text}{closing}{end}"
    return f"key: {'|' if style == 'literal' else '>-'} # a note{end}  {text}{end}"


@given(st.data(), st.sampled_from(STYLES), st.sampled_from(["\n", "\r\n"]))
def test_every_word_is_found_where_it_stands(data: st.DataObject, style: str, end: str) -> None:
    words = data.draw(st.lists(WORD, min_size=1, max_size=6))
    count = len(words) - 1
    breaks = data.draw(st.lists(st.booleans(), min_size=count, max_size=count))
    yaml = typed(words, breaks, style, end)
    parsed = parse(yaml.encode(), "a.yaml")
    assume(not parsed.diagnostics)
    text = read(yaml)
    assert text.value.split() == words
    lines = yaml.split(end)
    starts = [match.start() for match in re.finditer(r"\S+", text.value)]
    for word, start in zip(words, starts, strict=True):
        earlier = re.finditer(f"(?={re.escape(word)})", text.value)
        place = text.at(word, sum(match.start() < start for match in earlier))
        shown = lines[place.line - 1][place.column - 1 :][: place.length]
        plain = re.sub(r"\\(.)", r"\1", shown) if style == "double" else shown
        assert (plain.replace("''", "'") if style == "single" else plain) == word


def text(value: str) -> Text:
    return Text(value, HERE)


def paragraph(value: str, *items: Paragraph, id: str = "") -> Paragraph:
    return Paragraph(text=text(value), id=id, items=items, location=HERE)


def section(heading: str, *values: str) -> Section:
    return Section(heading=text(heading), paragraphs=tuple(map(paragraph, values)), location=HERE)


def priorities(lead: str, heading: str = "") -> Priorities:
    item = Priority(id="p", title=text("P"), items=(paragraph("P i"),), location=HERE)
    return Priorities(
        lead=text(lead), items=(item,), heading=text(heading) if heading else None, location=HERE
    )


REPORT = Report(
    year=Year(2018),
    cover=(),
    introduction=section("Introduction", "Intro"),
    priorities=priorities("Lead"),
    sections_before=(section("Before", "B 1", "B 2"),),
    achievements=Achievements(
        heading=text("Achievements"),
        themes=(Theme(text=text("T"), id="t", achievements=(paragraph("T a"),), location=HERE),),
        location=HERE,
    ),
    next_priorities=priorities("Next", "Next year"),
    sections_after=(section("After", "A 1"),),
    location=HERE,
)


def test_the_body_in_printed_order() -> None:
    assert [str(each.text) for each in paragraphs_of(REPORT)] == [
        "Intro", "Lead", "P", "P i", "B 1", "B 2", "T", "T a", "Next", "P", "P i", "A 1",
    ]  # fmt: skip


def test_a_section_without_a_heading_has_an_empty_one() -> None:
    headings = [str(each.heading) for each in sections_of(REPORT)]
    assert headings == ["Introduction", "", "Before", "Achievements", "Next year", "After"]


def test_a_theme_and_a_priority_keep_their_ids() -> None:
    assert [each.id for each in paragraphs_of(REPORT) if each.id] == ["p", "t", "p"]


def test_a_paragraph_walks_down_before_it_goes_on() -> None:
    tree = paragraph("1", paragraph("1a", paragraph("1a(i)")), paragraph("1b"))
    assert [str(each.text) for each in tree.walk()] == ["1", "1a", "1a(i)", "1b"]


def test_the_place_is_no_part_of_what_a_thing_is() -> None:
    elsewhere = Location("b.yaml", 9, 9)
    assert Text("a", HERE, "a") == Text("a", elsewhere, "'a'")
    one, other = (
        Figure(id="a", label=text("A"), value=Decimal(1), location=at) for at in (HERE, elsewhere)
    )
    assert one == other


@pytest.mark.parametrize(("value", "expected"), [("", False), (" \n", False), ("0", True)])
def test_a_text_is_something_when_it_has_words(value: str, expected: bool) -> None:
    assert bool(text(value)) is expected
