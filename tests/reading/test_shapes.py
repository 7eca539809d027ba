"""The shapes: each fault with its place, message and fix; what is read on in spite of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscp_report.diagnostics import Location
from oscp_report.model import Text
from oscp_report.reading import fields
from oscp_report.reading.partnership_file import LONGEST_NAME
from oscp_report.reading.scalars import (
    LONGEST_ID,
    TextShape,
    choice,
    identifier,
    language,
    number,
    whole_number,
    year,
)
from oscp_report.reading.shapes import (
    Either,
    Faults,
    Field,
    ListOf,
    Mapped,
    Named,
    Record,
    Shape,
    kind,
)
from oscp_report.reading.source import Entry, Mapping, Node, Scalar, Sequence, parse
from oscp_report.reading.weight import MOST_CELLS, MOST_MARKS, MOST_NESTED
from oscp_report.reading.year_file import LONGEST_TITLE
from oscp_report.wording import nearest, snippet
from oscp_report.year import Year

T = TypeVar("T")
Found = list[tuple[str, str, str, str]]


def read(shape: Shape[T], yaml: str) -> tuple[T, Found]:
    """The value that a shape reads from a file, and its faults: place, code, message, fix."""
    parsed = parse(yaml.encode(), "f")
    assert parsed.diagnostics == ()
    assert parsed.root is not None
    faults = Faults()
    value = shape.read(parsed.root, faults)
    return value, [
        (f"{d.location.line}:{d.location.column}", d.code, d.message, d.fix) for d in faults.found
    ]


THING: Record[dict[str, Any]] = Record(
    "a thing",
    lambda location, **fields: fields,
    {
        "text": Field(TextShape(), "What it says", required=True),
        "size": Field(number(), "How large it is"),
        "items": Field(ListOf(TextShape(), "items"), "Its parts"),
    },
)
PLAIN = Mapped(TextShape(), lambda text: {"text": text})
EITHER = Either(PLAIN, THING, below="items")


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("No", "No"), ("2018-19", "2018-19"), ("0123", "0123"), ("1e3", "1e3"), ("'a: b'", "a: b"),
        ("2019-07-22", "2019-07-22"), ("12:30", "12:30"), (">-\n  one\n  two", "one two"),
    ],
)  # fmt: skip
def test_text_is_what_was_typed(yaml: str, expected: str) -> None:
    value, found = read(TextShape(), yaml)
    assert (value.value, found) == (expected, [])


NOTHING = ("FLD004", "there is nothing here", "fill it in, or take it out")


@pytest.mark.parametrize(
    ("shape", "yaml", "place"),
    [
        pytest.param(THING, "text:\n", "1:6", id="text"),
        pytest.param(THING, "text: ''\n", "1:7", id="text in quotes"),
        pytest.param(THING, "text: ' '\n", "1:7", id="a blank"),
        pytest.param(THING, "text: []\n", "1:7", id="a list where text belongs"),
        pytest.param(THING, "text: a\nitems:\n", "2:7", id="list"),
        pytest.param(THING, "text: a\nitems: []\n", "2:8", id="an empty list"),
        pytest.param(THING, "text: a\nitems:\n  - b\n  -\n", "4:4", id="item"),
        pytest.param(ListOf(THING, "things"), "- {}\n", "1:3", id="no fields"),
    ],
)
def test_nothing_is_one_finding_whatever_belongs_there(
    shape: Shape[Any], yaml: str, place: str
) -> None:
    _, found = read(shape, yaml)
    assert found == [(place, *NOTHING)]


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        pytest.param(
            "text: [a, b]\n",
            ("1:7", "FLD003", "text belongs here, not a list", "write it as one text"),
            id="a list for text",
        ),
        pytest.param(
            "text:\n  a: b\n  c: d\n",
            ("2:3", "FLD003", "text belongs here, not fields", "write it as one text"),
            id="fields for text",
        ),
        pytest.param(
            "text:\n  Hate crime: a plan\n",
            (
                "2:3", "FLD009",
                "YAML takes `Hate crime` for a field, because of the colon after it",
                'put the text in quotes: `"Hate crime: a plan"`',
            ),
            id="a colon",
        ),
        pytest.param(
            "text:\n  He said: 'no \"way\"'\n",
            (
                "2:3", "FLD009",
                "YAML takes `He said` for a field, because of the colon after it",
                "put the text in quotes: `'He said: no \"way\"'`",
            ),
            id="a colon before quotes",
        ),
        pytest.param(
            "text: a\nsize: [1]\n",
            (
                "2:7", "FLD003", "a number belongs here, not a list",
                "write digits only: the unit goes into `unit`, words into `note`",
            ),
            id="a list for a number",
        ),
        pytest.param(
            "text: a\nitems: b\n",
            (
                "2:8", "FLD003", "a list of items belongs here, not text",
                "begin each item on a line of its own with a hyphen and a space",
            ),
            id="text for a list",
        ),
        pytest.param(
            "text: a\nitems:\n  b: c\n",
            (
                "3:3", "FLD003", "a list of items belongs here, not fields",
                "begin each item on a line of its own with a hyphen and a space",
            ),
            id="fields for a list",
        ),
        pytest.param(
            "- a\n",
            (
                "1:1", "FLD003", "the fields of a thing belong here, not a list",
                "write them one a line, such as `text: ...`",
            ),
            id="a list for fields",
        ),
        pytest.param(
            "size: 1\n",
            ("1:1", "FLD002", "a thing has no `text`", "add `text:` (what it says)"),
            id="a missing field",
        ),
        pytest.param(
            "text: a\ncolour: red\n",
            ("2:1", "FLD001", "a thing has no field `colour`", "use one of: text, size, items"),
            id="an unknown field",
        ),
        pytest.param(
            "text: a\nsizes: 1\n",
            ("2:1", "FLD001", "a thing has no field `sizes`", "did you mean `size`?"),
            id="a misspelled field",
        ),
        pytest.param(
            "Text: a\n",
            ("1:1", "FLD001", "a thing has no field `Text`", "did you mean `text`?"),
            id="a capital letter",
        ),
    ],
)  # fmt: skip
def test_a_fault_has_its_place_and_its_fix(yaml: str, expected: tuple[str, ...]) -> None:
    _, found = read(THING, yaml)
    assert found == [expected]


def test_a_misspelled_field_is_read_as_the_one_it_is_nearest_to() -> None:
    value, found = read(THING, "txet: a\nitmes: [b]\n")
    assert [code for _, code, _, _ in found] == ["FLD001", "FLD001"]
    assert value == {"text": text("a"), "items": (text("b"),)}


def test_a_misspelled_field_does_not_replace_the_right_one() -> None:
    value, found = read(THING, "Text: wrong\ntext: right\n")
    assert value["text"].value == "right"
    assert [place for place, *_ in found] == ["1:1"]


def test_every_fault_of_a_record_is_found() -> None:
    value, found = read(THING, "size: many\ncolour: red\nitems: none\n")
    assert sorted((place, code) for place, code, _, _ in found) == [
        ("1:1", "FLD002"), ("1:7", "FLD005"), ("2:1", "FLD001"), ("3:8", "FLD003"),
    ]  # fmt: skip
    assert value == {"text": text(""), "size": None, "items": ()}


def text(value: str) -> Text:
    return Text(value, Location("f", 1, 1))


def test_text_or_fields() -> None:
    assert read(EITHER, "a plan") == ({"text": text("a plan")}, [])
    assert read(EITHER, "text: a plan\n") == ({"text": text("a plan")}, [])


def test_text_with_a_colon_in_place_of_either_is_read_whole() -> None:
    value, found = read(ListOf(EITHER, "things"), "- Hate crime: a plan\n")
    assert value == ({"text": text("Hate crime: a plan")},)
    assert [(place, code) for place, code, _, _ in found] == [("1:3", "FLD009")]


def test_a_field_that_is_misspelled_is_not_taken_for_a_text_with_a_colon() -> None:
    value, found = read(ListOf(EITHER, "things"), "- texts: a plan\n")
    assert value == ({"text": text("a plan")},)
    assert [(code, fix) for _, code, _, fix in found] == [("FLD001", "did you mean `text`?")]


def test_a_list_below_a_text_that_ends_in_a_colon_is_read_as_its_items() -> None:
    value, found = read(ListOf(EITHER, "things"), "- Activities included:\n    - one\n    - two\n")
    assert value == ({"text": text("Activities included:"), "items": (text("one"), text("two"))},)
    assert found == [
        (
            "1:3",
            "FLD009",
            "YAML takes `Activities included` for a field, because of the colon after it",
            "write `text:` and the text in double quotes, then `items:` above the list",
        )
    ]


def test_a_shape_that_holds_itself() -> None:
    def tree() -> Shape[tuple[Any, ...]]:
        return ListOf(Named("tree", tree), "trees") if deep else ListOf(TextShape(), "texts")

    deep = True
    assert Named("tree", tree).schema() == {"$ref": "#/definitions/tree"}
    assert tree().schema()["items"] == {"$ref": "#/definitions/tree"}
    assert Named("tree", tree).blank(Location("f", 1, 1)) == ()
    deep = False
    assert read(Named("tree", tree), "[a]") == ((text("a"),), [])


NUMBERS = {
    "0": "0", "7292": "7292", "0123": "123", "7,292": "7292", "1,234,567": "1234567",
    "12.5": "12.5", "12.50": "12.50", "-5": "-5", "−5": "-5", "-0": "0", "1,234.5": "1234.5",
    "999999999999999.123456": "999999999999999.123456", "' 7 '": "7", '"7"': "7",
}  # fmt: skip


@pytest.mark.parametrize(("yaml", "expected"), NUMBERS.items())
def test_numbers(yaml: str, expected: str) -> None:
    assert read(number(), yaml) == (Decimal(expected), [])


@pytest.mark.parametrize(
    "yaml",
    [
        "seven", "7 292", "72,92", "1,23", ",5", "7,292,", "1.", ".5", "+5", "5%", "£5",
        "1e3", "0x1F", "1_000", "--5", "- 5", "1.2.3", "1,234,56", "٧", "½", "²", "nan", "inf",
        "1234567890123456", "1.1234567", "1,000,000,000,000,000", "about 5", "5 per cent",
    ],
)  # fmt: skip
def test_what_is_no_number(yaml: str) -> None:
    value, found = read(number(), f"'{yaml}'")
    assert value is None
    assert found == [
        (
            "1:1",
            "FLD005",
            f"`{snippet(yaml)}` is not a number",
            "write digits only: the unit goes into `unit`, words into `note`",
        )
    ]


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [("1", 1), ("155", 155), ("0155", 155), ("9999", 9999), ("'7'", 7)],
)
def test_whole_numbers(yaml: str, expected: int) -> None:
    assert read(whole_number(1, 9999), yaml) == (expected, [])


@pytest.mark.parametrize("yaml", ["0", "10000", "-1", "1.0", "1,000", "page 1", "9" * 5000])
def test_what_is_no_whole_number_within_bounds(yaml: str) -> None:
    value, found = read(whole_number(1, 9999), yaml)
    assert value == 1
    assert [(code, message) for _, code, message, _ in found] == [
        ("FLD005", f"`{snippet(yaml)}` is not a whole number from 1 to 9999")
    ]


@pytest.mark.parametrize("yaml", ["2018-19", "2018/19", "2018–19", "'2018-19 '"])
def test_years(yaml: str) -> None:
    assert read(year(), yaml) == (Year(2018), [])


@pytest.mark.parametrize("yaml", ["2018", "2018-20", "2018-2019", "٢٠١٨-١٩", "2018-19 to 2020-21"])
def test_what_is_no_year(yaml: str) -> None:
    assert read(year(), yaml) == (
        None,
        [
            (
                "1:1",
                "FLD006",
                f"`{yaml}` is not a financial year",
                "write the two years it spans, such as 2018-19",
            )
        ],
    )


@pytest.mark.parametrize("yaml", ["a", "hate-crime-plan", "a1-2", "x" * LONGEST_ID])
def test_ids(yaml: str) -> None:
    assert read(identifier(), yaml) == (yaml, [])


@pytest.mark.parametrize(
    "yaml",
    ["A", "1a", "-a", "a-", "a--b", "a_b", "a b", "a.b", "é", "a:b", "x" * (LONGEST_ID + 1)],
)
def test_what_is_no_id(yaml: str) -> None:
    value, found = read(identifier(), f"'{yaml}'")
    assert value == ""
    assert [(place, code, message) for place, code, message, _ in found] == [
        ("1:1", "FLD008", f"`{snippet(yaml)}` is not an id")
    ]


@pytest.mark.parametrize("yaml", ["en-GB", "cy", "en", "zh-Hant-HK", "sr-Latn"])
def test_languages(yaml: str) -> None:
    assert read(language(), yaml) == (yaml, [])


@pytest.mark.parametrize("yaml", ["English", "en_GB", "EN", "e", "en-", "en-G", "en gb", "en-£££"])
def test_what_is_no_language(yaml: str) -> None:
    value, found = read(language(), yaml)
    assert value == "en-GB"
    assert [(code, message) for _, code, message, _ in found] == [
        ("FLD014", f"`{yaml}` is not a language tag")
    ]


def test_one_of_a_few_words() -> None:
    shape = choice("draft", "final")
    assert read(shape, "final") == ("final", [])
    assert read(shape, "finnal") == (
        "draft",
        [
            (
                "1:1",
                "FLD007",
                "`finnal` is not one of `draft` or `final`",
                "write `draft` or `final`",
            )
        ],
    )


@pytest.mark.parametrize(
    ("value", "code", "message"),
    [
        pytest.param("[" * MOST_MARKS, "", "", id="as many marks as may be"),
        pytest.param(
            "[" * (MOST_MARKS + 1),
            "FLD010",
            "this text has 401 brackets and other marks, more than 400",
            id="marks",
        ),
        pytest.param(
            "{priority:a} " * 41,
            "FLD010",
            "this text has 410 brackets and other marks, more than 400",
            id="priorities count as ten",
        ),
        pytest.param("\\" * 401, "FLD010", "this text has 401 brackets and ", id="backslashes"),
        pytest.param("|a|b|\n" * 200, "", "", id="a long table"),
        pytest.param(
            f"{'|a' * 100}\n{'|-' * 100}\n" + "|\n" * 300,
            "FLD010",
            f"this text has a table of some 30,300 cells, more than {MOST_CELLS:,}",
            id="a vast table",
        ),
        pytest.param("> " * MOST_NESTED + "a", "FLD012", "", id="quotations and their blanks"),
        pytest.param(">" * MOST_NESTED + "a", "", "", id="as deep as may be"),
        pytest.param(
            "- " * 30 + "a",
            "FLD012",
            "this text has lists or quotations 37 deep, more than 20",
            id="lists on one line",
        ),
        pytest.param("    " * 21 + "- a", "FLD012", "this text has lists", id="lists by indent"),
        pytest.param("\t" * 21 + "1. a", "FLD012", "this text has lists", id="lists by tabs"),
        pytest.param(" " * 400 + "a", "", "", id="an indent alone"),
        pytest.param("-" * 80, "", "", id="a rule"),
        pytest.param("1.2.3.4.5." * 9, "", "", id="points"),
    ],
)
def test_how_much_markdown_a_text_may_hold(value: str, code: str, message: str) -> None:
    node, faults = Scalar(value, Location("f", 3, 5), "", plain=False), Faults()
    assert TextShape().read(node, faults).value == value
    assert [(d.code, str(d.location)) for d in faults.found] == ([(code, "f:3:5")] if code else [])
    assert all(d.message.startswith(message) for d in faults.found)


def test_the_rules_name_the_bounds() -> None:
    told = {rule: rule.explanation for rule in (fields.TOO_HEAVY, fields.NESTED_TOO_DEEP)}
    assert f"{MOST_MARKS} brackets" in told[fields.TOO_HEAVY]
    assert f"{MOST_CELLS:,} cells" in told[fields.TOO_HEAVY]
    assert f"more than {MOST_NESTED} within" in told[fields.NESTED_TOO_DEEP]
    assert f"{LONGEST_TITLE:,} characters" in fields.TOO_LONG.explanation
    assert f"more than {LONGEST_NAME} that" in fields.TOO_LONG.explanation
    assert f"more than {LONGEST_ID} of them" in fields.BAD_ID.explanation


def test_how_long_a_text_may_be() -> None:
    assert read(TextShape(3), "abc")[1] == []
    assert read(TextShape(3), "abcd")[1] == [
        ("1:1", "FLD013", "this text has 4 characters, more than 3", "shorten it")
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Text", "text"), ("itmes", "items"), ("colour", ""), ("", ""), ("x" * 5000, "")],
)
def test_the_nearest_name(name: str, expected: str) -> None:
    assert nearest(name, ("text", "size", "items")) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [("a\n b", "a b"), ("x" * 40, "x" * 40), ("x" * 41, "x" * 39 + "…"), ("", "")],
)
def test_a_snippet(value: str, expected: str) -> None:
    assert snippet(value) == expected


def test_kinds() -> None:
    here = Location("f", 1, 1)
    nodes = (Scalar("", here, "", plain=True), Sequence((), here), Mapping((), here))
    assert [kind(node) for node in nodes] == ["text", "a list", "fields"]


def test_what_is_missing_from_the_file_itself_is_unreadable() -> None:
    top = Record("the file", lambda location, **f: f, THING.fields, top=True)
    parsed = parse(b"size: many\nitms: [a]\n", "f")
    assert parsed.root is not None
    faults = Faults()
    value = top.read(parsed.root, faults)
    assert faults.unreadable == {"text", "size"}
    assert {name: str(place) for name, place in value["places"].items()} == {
        "size": "f:1:7",
        "items": "f:2:7",
    }
    faults = Faults()
    top.read(Scalar("text", Location("f", 1, 1), "", plain=True), faults)
    assert faults.unreadable == {"text", "size", "items"}


NAMES = st.sampled_from(["text", "Text", "size", "items", "itmes", "", " ", "Hate crime", "x" * 99])


@st.composite
def trees(draw: st.DrawFn, keys: st.SearchStrategy[str] = NAMES, depth: int = 3) -> Node:
    """Any tree of nodes; each place in it is one of its own."""
    here = Location("f", draw(st.integers(1, 99)), draw(st.integers(1, 99)))

    def scalar(value: str) -> Scalar:
        return Scalar(value, here, value, plain=draw(st.booleans()))

    choices = ["scalar"] if depth == 0 else ["scalar", "list", "fields"]
    match draw(st.sampled_from(choices)):
        case "list":
            return Sequence(tuple(draw(st.lists(trees(keys, depth - 1), max_size=3))), here)
        case "fields":
            names = draw(st.lists(keys, max_size=4, unique=True))
            return Mapping(
                tuple(Entry(scalar(name), draw(trees(keys, depth - 1))) for name in names), here
            )
    value = draw(st.one_of(st.text(max_size=20), st.sampled_from(["7", "2018-19", "a-b", "final"])))
    return scalar(value)


def places(node: Node) -> set[Location]:
    found = {node.location}
    if isinstance(node, Sequence):
        found.update(*map(places, node.items))
    if isinstance(node, Mapping):
        found.update(entry.key.location for entry in node.entries)
        found.update(*(places(entry.value) for entry in node.entries))
    return found


ANY = (
    TextShape(), number(), whole_number(1, 9), year(), identifier(), language(), choice("a", "b"),
    THING, EITHER, ListOf(EITHER, "things"), Either(TextShape(), ListOf(TextShape(), "texts")),
)  # fmt: skip


@given(trees(), st.sampled_from(ANY))
def test_any_tree_is_read_and_faults_lie_in_the_file(node: Node, shape: Shape[Any]) -> None:
    faults = Faults()
    shape.read(node, faults)
    assert {d.location for d in faults.found} <= places(node)
    assert all(d.message and d.fix and d.severity == "error" for d in faults.found)
    assert all("\n" not in d.message + d.fix for d in faults.found)
