"""The reader of YAML: values as typed, places as an editor has them, and nothing that harms."""

from __future__ import annotations

import time
from typing import Any

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from oscp_report.reading import source
from oscp_report.reading.source import Mapping, Node, Parsed, Scalar, Sequence, parse
from oscp_report.reading.typed import FORBIDDEN, ODD_SPACES


@pytest.fixture(params=["c", "python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "c" and source._make_parser is source.PurePython:
        pytest.skip("this PyYAML was built without its C parser")
    if request.param == "python":
        monkeypatch.setattr(source, "_make_parser", source.PurePython)
    return str(request.param)


def values(node: Node | None) -> Any:
    match node:
        case None:
            return None
        case Scalar():
            return node.value
        case Sequence():
            return [values(item) for item in node.items]
    return {entry.key.value: values(entry.value) for entry in node.entries}


def scalars(node: Node | None) -> list[Scalar]:
    match node:
        case None:
            return []
        case Scalar():
            return [node]
        case Sequence():
            return [scalar for item in node.items for scalar in scalars(item)]
    return [scalar for entry in node.entries for scalar in (entry.key, *scalars(entry.value))]


def told(parsed: Parsed) -> list[str]:
    return [f"{d.location} {d.code} {d.message}" for d in parsed.diagnostics]


EVERY_KIND = """\
# a comment
plain: Needles and syringes  # collected
"double": "a \\"b\\"
  c"
'single': 'it''s'
empty:
quoted: ""
folded: >-
  one
  two

  three
literal: |
  # one
   two

list:
- No
-  2018-19
flow: [0123, {a: 1e3}, '']
wrapped: one
  two
é\U0001f600: é\U0001f600x
"""


@pytest.mark.usefixtures("parser")
def test_values_are_the_text_that_was_typed() -> None:
    parsed = parse(EVERY_KIND.encode(), "f")
    assert parsed.diagnostics == ()
    assert values(parsed.root) == {
        "plain": "Needles and syringes",
        "double": 'a "b" c',
        "single": "it's",
        "empty": "",
        "quoted": "",
        "folded": "one two\nthree",
        "literal": "# one\n two\n",
        "list": ["No", "2018-19"],
        "flow": ["0123", {"a": "1e3"}, ""],
        "wrapped": "one two",
        "é\U0001f600": "é\U0001f600x",
    }
    assert parsed.lines == tuple(EVERY_KIND.splitlines())


@pytest.mark.usefixtures("parser")
def test_every_line_end_in_a_text_is_one_newline() -> None:
    parsed = parse(b'a: "b\\r\\nc\\rd"\r\ne: |\r\n  f\r\n  g\r\n', "f")
    assert values(parsed.root) == {"a": "b\nc\nd", "e": "f\ng\n"}
    assert parsed.diagnostics == ()


# field, place, length, plain, source
PLACES = [
    ("plain", "2:8", 20, True, "Needles and syringes"),
    ("double", "3:11", 8, False, '"a \\"b\\"\n  c"'),
    ("single", "5:11", 7, False, "'it''s'"),
    ("empty", "6:7", 1, True, ""),
    ("quoted", "7:9", 2, False, '""'),
    ("folded", "8:9", 2, False, ">-\n  one\n  two\n\n  three\n"),
    ("wrapped", "21:10", 3, True, "one\n  two"),
    ("é\U0001f600", "23:5", 3, True, "é\U0001f600x"),
]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["bare", "bom"])
@pytest.mark.usefixtures("parser")
def test_places_are_those_of_an_editor(end: str, mark: bytes) -> None:
    parsed = parse(mark + EVERY_KIND.replace("\n", end).encode(), "f")
    assert isinstance(parsed.root, Mapping)
    assert parsed.lines == tuple(EVERY_KIND.splitlines())
    found = {entry.key.value: entry.value for entry in parsed.root.entries}
    for field, place, length, plain, typed in PLACES:
        node = found[field]
        assert isinstance(node, Scalar)
        assert str(node.location) == f"f:{place}", field
        assert (node.location.length, node.plain) == (length, plain), field
        assert node.source == typed.replace("\n", end), field


@pytest.mark.usefixtures("parser")
def test_lists_and_groups_have_places() -> None:
    root = parse(b"# c\na:\n  - b\n  - c: d\n    e: [f,\n g]\nh: {i: j}\n", "f").root
    assert isinstance(root, Mapping)
    a, h = (entry.value for entry in root.entries)
    assert isinstance(a, Sequence)
    group = a.items[1]
    assert isinstance(group, Mapping)
    e = group.entries[1].value
    nodes: list[Node] = [root, a, group, e, h]
    assert [str(node.location) for node in nodes] == ["f:2:1", "f:3:3", "f:4:5", "f:5:8", "f:7:4"]
    assert [node.location.length for node in nodes] == [1, 1, 1, 1, 6]


@pytest.mark.parametrize("odd", ["\u0085", "\u2028", "\u2029", "\x0b", "\x0c", "\x1c"])
@pytest.mark.usefixtures("parser")
def test_what_is_no_line_end_in_an_editor_is_none_here(odd: str) -> None:
    parsed = parse(f'a: x{odd} y\nb: "x{odd}y"\nc: d\n'.encode(), "f")
    assert [str(scalar.location) for scalar in scalars(parsed.root)] == [
        "f:1:1", "f:1:4", "f:2:1", "f:2:4", "f:3:1", "f:3:4",
    ]  # fmt: skip
    assert [str(d.location) for d in parsed.diagnostics] == ["f:1:5", "f:2:6"]
    assert values(parsed.root) == {"a": "x\ufffd y", "b": "x\ufffdy", "c": "d"}


@pytest.mark.parametrize(
    ("character", "what"),
    [
        ("\x07", "an invisible control character (U+0007)"),
        ("\x1b", "an invisible control character (U+001B)"),
        ("\x7f", "an invisible control character (U+007F)"),
        ("\x9f", "an invisible control character (U+009F)"),
        ("\u0085", "an invisible control character (U+0085)"),
        ("\u2028", "an invisible line break (U+2028)"),
        ("\u202a", "an invisible mark that turns text round (U+202A)"),
        ("\u202e", "an invisible mark that turns text round (U+202E)"),
        ("\u2066", "an invisible mark that turns text round (U+2066)"),
        ("\u2069", "an invisible mark that turns text round (U+2069)"),
        ("\ufeff", "an invisible byte order mark (U+FEFF)"),
        ("\ufffe", "a code that is no character (U+FFFE)"),
        ("\ufdd0", "a code that is no character (U+FDD0)"),
    ],
)
@pytest.mark.usefixtures("parser")
def test_hidden_characters_are_found_wherever_they_are(character: str, what: str) -> None:
    parsed = parse(f"# x{character}\na: b {character}{character}c\n".encode(), "f")
    message = f"YAM005 {what} stands here"
    assert told(parsed) == [f"f:1:4 {message}", f"f:2:6 {message}"]
    assert [d.location.length for d in parsed.diagnostics] == [1, 2]
    assert parsed.lines == ("# x\ufffd", "a: b \ufffd\ufffdc")
    assert scalars(parsed.root)[1].source == f"b {character}{character}c"
    escaped = parse(f'a: "b \\u{ord(character):04x}c"\n'.encode(), "f")
    assert told(escaped) == [f"f:1:7 {message}"]
    assert values(escaped.root) == {"a": "b \ufffdc"}


def test_a_hidden_character_is_no_part_of_a_fields_name() -> None:
    assert values(parse("\ufeff\ufeffyear: 2018-19\n".encode(), "f").root) == {"year": "2018-19"}


SAVE = "click the encoding at the bottom right, "


@pytest.mark.parametrize(
    ("data", "expected", "fix", "root"),
    [
        (
            "a: “b”\nc: café\n".encode("cp1252"),
            "f:1:4 YAM001 byte 0x93 is not UTF-8 (in Windows-1252 it is `“`)",
            SAVE + "Reopen with Encoding, Western (Windows 1252), then Save with Encoding, UTF-8",
            {"a": "“b”", "c": "café"},
        ),
        (
            "a: é\r\nb: ".encode() + b"\x81\n",
            "f:2:4 YAM001 byte 0x81 is not UTF-8",
            "Save with Encoding, UTF-8",
            {"a": "é", "b": "\ufffd"},
        ),
        (
            "a: é\n".encode("utf-16"),
            "f:1:1 YAM001 the file is saved as UTF-16, not as UTF-8",
            SAVE + "Save with Encoding, UTF-8",
            {"a": "é"},
        ),
        (
            b"\xfe\xff" + "a: é\n".encode("utf-16-be"),
            "f:1:1 YAM001 the file is saved as UTF-16, not as UTF-8",
            SAVE + "Save with Encoding, UTF-8",
            {"a": "é"},
        ),
        (b"a: b\nc\0", "f:2:2 YAM001 the file is not plain text", "put back the last good", None),
        (b"PK\x03\x04\0\0", "f:1:5 YAM001 the file is not plain text", "YAML file", None),
        (b"", "f:1:1 YAM002 the file is empty", "put the text back from git", None),
        (b"\xef\xbb\xbf\r\n \n", "f:1:1 YAM002 the file is empty", "put the text back", None),
        (b"---\n", "f:1:1 YAM002 the file holds only comments", "put the text back", None),
        (b"# a\n\n# b", "f:1:1 YAM002 the file holds only comments", "put the text back", None),
    ],
)
def test_bytes_that_are_no_text_in_utf_8(
    data: bytes, expected: str, fix: str, root: dict[str, str] | None
) -> None:
    parsed = parse(data, "f")
    assert told(parsed) == [expected]
    assert fix in parsed.diagnostics[0].fix
    assert values(parsed.root) == root


def test_a_text_too_long_is_cut_and_told() -> None:
    fits, over = "x" * 20_000, "y" * 20_001
    parsed = parse(f"a: {fits}\nb: {over}\n".encode(), "f")
    assert told(parsed) == [
        "f:2:4 YAM004 the text that starts here has 20,001 characters, more than 20,000"
    ]
    assert values(parsed.root) == {"a": fits, "b": over[:20_000]}


DEEP = "lists and groups of fields are more than 40 deep here"
MANY = "the file holds more than 100,000 texts, lists and groups of fields"
BOMB = "a: &a [x, x]\n" + "".join(f"{n}: &{n} [*a, *a]\n" for n in "bcdefghij")
MERGES = "a: &a {x: 1}\n" + "".join(f"{n}:\n  <<: [*a, *a]\n" for n in "bcdefghij")

# name, bytes, the first finding
HOSTILE = [
    ("40 deep", b"[" * 40 + b"]" * 40, None),
    ("41 deep", b"[" * 41 + b"]" * 41, f"f:1:41 YAM003 {DEEP}"),
    ("open brackets", b"[" * 50_000, f"f:1:41 YAM003 {DEEP}"),
    ("open braces", b"{a: " * 100_000, f"f:1:161 YAM003 {DEEP}"),
    ("hyphens", b"- " * 100_000, f"f:1:81 YAM003 {DEEP}"),
    ("question marks", b"? " * 100_000, f"f:1:81 YAM003 {DEEP}"),
    ("nested fields", "".join(" " * n + "a:\n" for n in range(1_000)).encode(), "f:41:41 YAM003"),
    ("100,001 items", b"- a\n" * 100_000, f"f:100000:3 YAM003 {MANY}"),
    ("too many bytes", b"#" * ((1 << 20) + 1), "f:1:1 YAM003 the file is 1.0 MiB long"),
    ("alias bomb", BOMB.encode(), "f:1:4 YAM008"),
    ("merge bomb", MERGES.encode(), "f:1:4 YAM008"),
    ("4301 digits", b"a: " + b"9" * 4301, None),
    ("a date that is none", b"a: 2018-13-45\nb: 12:30:45\n", None),
    ("noughts", b"\0" * 1_000_000, "f:1:1 YAM001"),
    ("bad bytes", b"\xff" * 1_000_000, "f:1:1 YAM001"),
    ("controls", b"\x07" * 1_000_000, "f:1:1 YAM004"),
    ("carriage returns", b"\r" * 1_000_000, "f:1:1 YAM002"),
    ("open quote", b'a: "' + b"x\n" * 500_000, "f:1:4 YAM018"),
    ("open quote, empty lines", b'a: "' + b"\n" * 1_000_000, "f:1:4 YAM018"),
    ("apostrophes", b"a: '" + b"'x " * 300_000, "f:1:4 YAM004"),
    ("backslashes", b'a: "' + b"\\d" * 400_000 + b'"', "f:1:4 YAM004"),
    ("halves", b'a: "' + b"\\ud800" * 150_000 + b'"', "f:1:4 YAM004"),
    ("colons", b"a: " * 50_000, "f:1:4 YAM004"),
    ("asterisks", b"*" * 1_000_000, "f:1:1 YAM004"),
    ("repeated fields", b"a: b\n" * 200_000, "f:2:1 YAM007"),
    ("documents", b"---\na: b\n" * 100_000, "f:3:1 YAM011"),
    ("directives", b"%a\n" * 300_000, "f:1:1 YAM012"),
    ("tabs", b"a:\n" + b"\tb: c\n" * 150_000, "f:2:1 YAM022"),
    ("hyphens without a space", b"a:\n" + b"  -b\n" * 200_000, "f:2:3 YAM025"),
    ("falling out of a block", b"a: |\n    x\n" + b"  y\n" * 200_000, "f:1:4 YAM004"),
    ("one long name", b"x" * 1_000_000 + b": b", "f:1:1 YAM004"),
]


@pytest.mark.parametrize(
    ("data", "first"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE]
)
def test_no_file_can_make_the_reader_hang_or_fall(data: bytes, first: str | None) -> None:
    start = time.process_time()
    parsed = parse(data, "f")
    assert time.process_time() - start < 3, "takes far less than a second on an idle machine"
    assert len(parsed.diagnostics) <= 600
    assert first is None or told(parsed)[0].startswith(first)
    assert (first is None) == (parsed.diagnostics == ())


def test_the_python_parser_is_used_where_there_is_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(source, "_make_parser", source.PurePython)
    assert values(parse(b"a: b\tc\nd:\t e\nf: [g,\th]\n", "f").root) == {
        "a": "b c",
        "d": "e",
        "f": ["g", "h"],
    }


# What may stand in a report's text; the rest is found as a hidden character.
ALLOWED = st.characters(
    exclude_categories=["Cs", "Cc"],
    exclude_characters="\u2028\u2029\ufeff"
    + "".join(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]))
    + "".join(map(chr, [*range(0xFDD0, 0xFDF0), 0xFFFE, 0xFFFF])),
)
SIGNS = st.sampled_from(list(" \n\t:-#{}[],&*!|>'\"@`?a0\\é\U0001f600\u00a0\u200b"))
TEXTS = st.one_of(
    st.text(ALLOWED, max_size=20),
    st.text(SIGNS, max_size=12),
    st.sampled_from(["No", "2018-19", "0123", "1e3", "~", "null", "<<", "=", "", "a: b", "- a"]),
)
# A name that starts with a hyphen is taken for a list item without its space, sound as it is.
NAMES = TEXTS.filter(
    lambda text: bool(text) and text[0] != "-" and not any(odd in text for odd in ODD_SPACES)
)
DATA = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@st.composite
def dumped(draw: st.DrawFn) -> tuple[Any, str]:
    """Some data, and one of the ways to write it as YAML."""
    data = draw(DATA)
    text: str = yaml.safe_dump(
        data,
        allow_unicode=draw(st.booleans()),
        default_flow_style=draw(st.sampled_from([True, False, None])),
        default_style=draw(st.sampled_from([None, '"', "'", "|", ">"])),
        width=draw(st.sampled_from([10, 80, 10_000])),
        indent=draw(st.sampled_from([2, 4])),
        sort_keys=False,
    )
    # PyYAML's emitter breaks some long texts in double quotes wrongly.
    assume(yaml.load(text, yaml.BaseLoader) == data)  # noqa: S506  # it makes nothing but text
    return data, text


# Sound YAML that is still found: a name after `? `, and a line of a text that looks like an item.
STILL_FOUND = {"YAM013", "YAM028"}


@settings(max_examples=400)
@given(dumped(), st.sampled_from(["\n", "\r\n"]), st.booleans())
@example((["x"], "- x\n"), "\n", True)
@example(({"<<": "a"}, '"<<": a\n'), "\n", False)
def test_what_was_dumped_comes_back(made: tuple[Any, str], end: str, mark: bool) -> None:
    data, text = made
    typed = text.replace("\n", end)
    parsed = parse((b"\xef\xbb\xbf" if mark else b"") + typed.encode(), "f")
    codes = {d.code for d in parsed.diagnostics}
    assert codes <= STILL_FOUND, told(parsed)
    assert values(parsed.root) == data
    lines = typed.split(end)
    for scalar in scalars(parsed.root):
        place = scalar.location
        rest = end.join([lines[place.line - 1][place.column - 1 :], *lines[place.line :]])
        assert rest.startswith(scalar.source)
        first = scalar.source.split(end)[0]
        assert place.length == max(1, len(first.rstrip(" \t")))


def assert_sound(parsed: Parsed) -> None:
    """What holds of any reading: a finding where nothing was read, and places inside the file."""
    assert parsed.root is not None or parsed.diagnostics
    assert len(set(parsed.diagnostics)) == len(parsed.diagnostics)
    assert list(parsed.diagnostics) == sorted(parsed.diagnostics)
    if not parsed.lines:
        return  # no text, so no lines to show
    for found in parsed.diagnostics:
        place = found.location
        width = len(parsed.lines[place.line - 1]) if place.line <= len(parsed.lines) else 0
        assert place.line <= max(1, len(parsed.lines)), found
        assert 1 <= place.column <= width + 1, found
        assert 1 <= place.length <= max(1, width - place.column + 1), found
        for text in (found.message, found.fix):
            assert text, found
            assert not FORBIDDEN.search(text), found
            assert "\n" not in text, found
            assert "\t" not in text, found
            assert len(text) < 300, found
            assert not text.endswith("."), found
    for scalar in scalars(parsed.root):
        scalar.value.encode()


@settings(max_examples=300)
@given(st.binary(max_size=200))
@example(b"\xff\xfea")
@example(b"\xff\xfe\x00\xd8")
@example(b"a: \xe2\x82")
@example(b"a: [b: x")
@example(b"!\n  ? \n5? ~paragraphs:\r\n  # z")
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert_sound(parse(data, "f"))


REPORT = """\
year: 2018-19
cover:
  - To: Council
  - Report of: "Ian Wright, Head"
priorities:
  lead: >-
    These were
    agreed:
  items:
    - id: street
      title: 'It''s street culture'
    - {id: a, title: [b, c]}
themes:
  - text: {sharps} needles
    achievements:
      - Continued the {x} project
        in the city  # comment
figures:
  sharps:
    value: 7292
"""


@st.composite
def damaged(draw: st.DrawFn, text: str, signs: st.SearchStrategy[str]) -> str:
    """A report with a few characters put in, taken out or changed."""
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.text(signs, max_size=2)) + text[at + draw(st.integers(0, 2)) :]
    return text


@settings(max_examples=300)
@given(damaged(REPORT, SIGNS))
@example("a: b\n?")
@example("- 'a\n-\n- '")
@example("%a\n%b")
@example('"\\')
@example("'''")
@example('a: "\\U00110000')
@example("a: |\n")
@example("\t")
@example("-\t-\ta: b: c\n\t\u00a0- {")
def test_any_damage_is_told(text: str) -> None:
    assert_sound(parse(text.encode(), "f"))


# The two parsers differ over tabs between words, a colon next to a bracket, `>#`, and a `%` line.
WITHOUT_BRACKETS = "".join(line for line in REPORT.splitlines(keepends=True) if "[" not in line)
OTHER_SIGNS = st.sampled_from(list(" \n:-&*|>'\"@`?a\\é\U0001f600\u00a0"))


@settings(max_examples=150)
@given(damaged(WITHOUT_BRACKETS, OTHER_SIGNS))
def test_both_parsers_tell_the_same(text: str) -> None:
    if source._make_parser is source.PurePython:
        pytest.skip("this PyYAML was built without its C parser")
    parsed = parse(text.encode(), "f")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "_make_parser", source.PurePython)
        assert parse(text.encode(), "f") == parsed
