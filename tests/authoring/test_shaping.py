"""The canonical shape: what moves, what stays, and that nothing is ever lost."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from oscp_report.authoring import shaping
from oscp_report.authoring.order import inside, resolved
from oscp_report.authoring.printing import printed
from oscp_report.authoring.shaping import shaped
from oscp_report.reading import scalars, shapes
from oscp_report.reading.partnership_file import PARTNERSHIP
from oscp_report.reading.source import Mapping, Node, Scalar, Sequence, parse
from oscp_report.reading.year_file import REPORT

FILE = "data/2018-19.yaml"
LONG = "The Task Force uses a three stage approach to addressing drug misuse and dealing in places"
DATA = Path(__file__).resolve().parents[2] / "data"


def shape(text: str, file: str = FILE) -> str:
    done = shaped(text.encode(), file)
    assert done.diagnostics == ()
    assert shaped(done.data, file) == done, "a second time changes it again"
    return done.data.decode()


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        pytest.param(
            "status: final\nyear: 2018-19\n", "year: 2018-19\nstatus: final\n", id="order"
        ),
        pytest.param(
            "next_priorities:\n  items: [a]\n  lead: b\n  year: 2019-20\n",
            "next_priorities:\n  year: 2019-20\n  lead: b\n  items: [a]\n",
            id="what names a thing stands first",
        ),
        pytest.param(
            "achievements:\n  themes:\n  - text: a\n    priority: b\n    id: c\n",
            "achievements:\n  themes:\n    - id: c\n      priority: b\n      text: a\n",
            id="order in a list, and hyphens indented",
        ),
        pytest.param(
            "figures:\n  b: {unit: count, label: B}\n  a: {value: 1, label: A}\n",
            "figures:\n  b:\n    label: B\n    unit: count\n  a:\n    label: A\n    value: 1\n",
            id="figures keep their order, their fields have one",
        ),
        pytest.param(
            "contacts:\n- e-mail: a\n  Report author: b\n",
            "contacts:\n  - e-mail: a\n    Report author: b\n",
            id="labels keep their order",
        ),
        pytest.param(
            "yaer: a\nstatus: b\nheding: c\nyear: d\n",
            "yaer: a\nyear: d\nstatus: b\nheding: c\n",
            id="unknown fields stay behind the one they follow",
        ),
        pytest.param(
            """cover:\n  - To: 'Council'\n  - B: "it's"\n  - C: "say \\"so\\""\n  - D: 'S:\\D'\n""",
            """cover:\n  - To: Council\n  - B: it's\n  - C: say "so"\n  - D: S:\\D\n""",
            id="plain where safe",
        ),
        pytest.param(
            """a:\n  - A: 'a: b'\n  - B: '*so*'\n  - C: '"x" y'\n  - D: "a #\\\\b"\n  - E: ''\n""",
            """a:\n  - A: "a: b"\n  - B: "*so*"\n  - C: '"x" y'\n  - D: 'a #\\b'\n  - E: ""\n""",
            id="double quotes, single where the text has those or a backslash",
        ),
        pytest.param("figures:\n  a:\n    value:\n", "figures:\n  a:\n    value:\n", id="empty"),
        pytest.param(
            f"introduction:\n  heading: {LONG}.  Two spaces\n",
            f"introduction:\n  heading: >-\n    {LONG}.  Two\n    spaces\n",
            id="two spaces are kept together",
        ),
        pytest.param(
            f'introduction:\n  heading: "One. {LONG}! (And three.) “Four”: he said e.g. five."\n',
            f"introduction:\n  heading: >-\n    One.\n    {LONG}!\n"
            "    (And three.)\n    “Four”: he said e.g. five.\n",
            id="one sentence a line",
        ),
        pytest.param(
            f"introduction:\n  heading: {LONG}, and what is more, it fills\n",
            f"introduction:\n  heading: >-\n    {LONG}, and\n    what is more, it fills\n",
            id="a long sentence is filled",
        ),
        pytest.param(
            "introduction:\n  heading: >-\n    It\n    fits.\n",
            "introduction:\n  heading: It fits.\n",
            id="what fits is not folded",
        ),
        pytest.param(
            'introduction:\n  heading: "a\\n\\n- b\\n- c\\n"\n',
            "introduction:\n  heading: |\n    a\n\n    - b\n    - c\n",
            id="line breaks",
        ),
        pytest.param(
            f"introduction:\n  heading: >-\n    {LONG} {LONG}\n\n    b\n",
            f"introduction:\n  heading: >-\n    {LONG} The\n    {LONG[4:]}\n\n    b\n",
            id="a line break in a text too wide for its lines",
        ),
        pytest.param(
            'introduction:\n  heading: " a\\tb\\n\\n"\n',
            'introduction:\n  heading: " a\\tb\\n\\n"\n',
            id="white space that a block would lose",
        ),
        pytest.param(
            "year: a\nstatus: b\n\n\n\nfirst_page: 1\ncover:\n\n  - To: a\n  - B: c\n\n\n  - D: e",
            "year: a\nstatus: b\n\nfirst_page: 1\n\ncover:\n  - To: a\n  - B: c\n\n  - D: e\n",
            id="empty lines",
        ),
        pytest.param(
            "partners: [[a, 'b, c'], [d, {e: f}], []]\nx: [\n a,\n b]\n",
            'partners:\n  - [a, "b, c"]\n  - - d\n    - e: f\n  - []\n\nx: [a, b]\n',
            id="a list of texts stays in its brackets",
        ),
        pytest.param("\ufeffyear: 2018-19", "year: 2018-19\n", id="mark at the start, no line end"),
        pytest.param("---\nyear: 2018-19\n...\n", "year: 2018-19\n", id="document marks"),
        pytest.param("'...': a\n'---': b\n", '"...": a\n"---": b\n', id="names like marks"),
    ],
)
def test_the_shape(given_: str, expected: str) -> None:
    assert shape(given_) == expected


def test_comments_stay_with_what_they_are_of() -> None:
    before = """\
# The first block
# stays first.

# above status
status: final   # beside status
# above year

year: 2018-19
accepted:  # beside accepted
- about: a  # beside about
  # above rule
  rule: b
  # at the end of the item
  # because: c
# above the second item
- # beside the second item
  rule: d
  # at the end of accepted, where the items are
# above cover
cover:
  # above the first row
  - To: Council
  # - Date: left out

next_priorities:
  # items: still to come

sections_after: [  # beside sections_after
  # above a
  a, # beside a
  b,
  # at the end of the list
]
# at the end of the file
"""
    after = """\
# The first block
# stays first.

# above year

year: 2018-19
# above status
status: final   # beside status

# above cover
cover:
  # above the first row
  - To: Council
  # - Date: left out

next_priorities:
  # items: still to come

sections_after:  # beside sections_after
  # above a
  - a  # beside a
  - b
  # at the end of the list

accepted:  # beside accepted
  -
    # above rule
    rule: b
    about: a  # beside about
    # at the end of the item
    # because: c
  # above the second item
  -  # beside the second item
    rule: d
    # at the end of accepted, where the items are
# at the end of the file
"""
    assert shape(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("# a\nyear: b\n", "# a\nyear: b\n", id="first block without an empty line"),
        pytest.param("# a\n\n\nyear: b\n", "# a\n\nyear: b\n", id="first block with one"),
        pytest.param("\n# a\nb:\n- c\n", "# a\nb:\n  - c\n", id="empty lines at the top"),
        pytest.param("year: >-  # a\n  b\n  c\n", "year: b c  # a\n", id="beside a fold's sign"),
        pytest.param("year:  # a\n  b  # c\n", "# c\nyear: b  # a\n", id="two beside one field"),
        pytest.param("year:\n  # a\n  b\n", "# a\nyear: b\n", id="between a name and its text"),
        pytest.param("a: b  # c\nd:   e      # f\n", "a: b  # c\nd: e  # f\n", id="gap"),
        pytest.param("a: b      # c\n", "a: b      # c\n", id="gap kept where nothing moves"),
        pytest.param("--- # a\nyear: b\n... # c\n", "# a\nyear: b\n# c\n", id="beside a mark"),
        pytest.param(
            "a: |\n  b\n  # c\n# d\n", "a: |\n  b\n  # c\n# d\n", id="no comment in a text"
        ),
        pytest.param("a:\n- b\n# c\n- d\n", "a:\n  - b\n  # c\n  - d\n", id="above a hyphen"),
    ],
)
def test_a_comment_in_an_odd_place(before: str, after: str) -> None:
    assert shape(before) == after


def test_the_partnerships_file_has_an_order_of_its_own() -> None:
    assert shape("council: a\nname: b\n", "data/partnership.yaml") == "name: b\ncouncil: a\n"
    assert shape("council: a\nname: b\n", "C:\\data\\partnership.yaml").startswith("name")
    assert shape("council: a\nname: b\n") == "council: a\nname: b\n"


def test_line_ends_stay_what_they_are_throughout() -> None:
    text = f"year: 2018-19\r\ncover:\r\n- To: '{LONG} and more'\r\n# a\n"
    done = shaped(text.encode(), FILE).data
    assert done.count(b"\r\n") == done.count(b"\n") == 7
    assert b"\r" not in shaped(text.replace("\r", "").encode(), FILE).data


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"year: 'a\n", id="a slip"),
        pytest.param(b"year: \xff\n", id="not UTF-8"),
        pytest.param(b"a: &b c\n", id="an anchor"),
        pytest.param(b"", id="empty"),
    ],
)
def test_a_file_that_cannot_be_read_stays_as_it_is(data: bytes) -> None:
    done = shaped(data, FILE)
    assert done.data == data
    assert done.diagnostics == parse(data, FILE).diagnostics != ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("- a\n-   b\n", id="a list"),
        pytest.param("{}\n", id="nothing in brackets"),
        pytest.param(f"?\n  {'k' * 1100}\n:  v\n", id="a name too long for one line"),
        pytest.param("a: [" + "[" * 38 + "b, " * 17_000 + "]" * 38 + "]\n", id="too big shaped"),
    ],
)
def test_what_has_no_canonical_shape_stays_as_it_is(text: str) -> None:
    assert shape(text) == text


def test_the_files_in_the_repository_keep_every_word() -> None:
    for path in (DATA / "2018-19.yaml", DATA / "partnership.yaml"):
        before = path.read_text(encoding="utf-8")
        assert _words(shape(before, path.name)) == _words(before)


def _words(text: str) -> Counter[str]:
    """All words, with those of comments, but the signs of a fold and of quotes."""
    return Counter(word.strip('"') for word in text.split() if word != ">-")


def test_a_lost_comment_or_word_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    real = printed
    for lost, said in [("# a", "comments"), ("2018", "text"), ("year:", "cannot be read")]:
        monkeypatch.setattr(
            shaping,
            "printed",
            lambda whole, shape, lost=lost: [line.replace(lost, "") for line in real(whole, shape)],
        )
        with pytest.raises(RuntimeError, match=said):
            shaped(b"status: final\nyear: 2018-19 # a\n", FILE)


def _reachable(shape_: object, seen: dict[int, object]) -> None:
    if not hasattr(shape_, "read") or id(shape_) in seen:
        return
    seen[id(shape_)] = shape_
    for name in getattr(type(shape_), "__dataclass_fields__", {}):
        value = getattr(shape_, name)
        if isinstance(shape_, shapes.Named):
            value = shape_.inner()
        is_record = isinstance(shape_, shapes.Record) and name == "fields"
        values = [f.shape for f in value.values()] if is_record else [value]
        for each in values:
            _reachable(each, seen)


def test_every_shape_of_the_files_is_known() -> None:
    """A new kind of shape would leave what is in it unordered, without a word."""
    seen: dict[int, Any] = {}
    _reachable(REPORT, seen)
    _reachable(PARTNERSHIP, seen)
    assert len(seen) > 50
    node = Mapping((), parse(b"a: b", FILE).root.location)  # type: ignore[union-attr]  # it is one
    for one in seen.values():
        held = resolved(one, node)
        leaf = isinstance(held, scalars.TextShape | scalars.Converted)
        names = list(held.fields) if isinstance(held, shapes.Record) else ["a"]
        known = type(held).__name__ == "ColumnShape" or all(inside(held, n) for n in names)
        assert leaf or known, f"order.py does not know {type(held).__name__}"


# Files made up from the fields of a year, with a comment that names its place at every other one.

NAMES = ["year", "status", "id", "text", "priority", "items", "label", "value", "unit", "figures"]
NAMES += ["cover", "To", "Job title", "introduction", "achievements", "themes", "note", "nonsense"]
TEXTS = st.sampled_from(
    [
        *("No", "7292", "-5", "{a} b", "a: b", "a #b", "'Tis", '"So" it is', "C:\\d", "~", "*so*"),
        *("é “x”", f"{LONG}. {LONG}", f"{LONG}  {LONG}", f"Two:\n\n- {LONG}\n- b", "ends\n"),
        *(" tab\there", ""),
    ]
)
TREES = st.recursive(
    TEXTS,
    lambda below: (
        st.lists(below, min_size=1, max_size=4)
        | st.dictionaries(st.sampled_from(NAMES), below, min_size=1, max_size=5)
    ),
    max_leaves=14,
)


@st.composite
def files(draw: st.DrawFn) -> str:
    tree = draw(st.dictionaries(st.sampled_from(NAMES), TREES, min_size=1, max_size=6))
    head = draw(st.sampled_from([["# first", ""], ["# first", "# block", ""]]))
    return "\n".join((*head, *_typed(tree, "", 0, draw), ""))


def _typed(tree: Any, path: str, indent: int, draw: st.DrawFn) -> list[str]:
    """A tree as somebody might type it."""
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree)
    lines: list[str] = []
    for name, value in pairs:
        here, pad = f"{path}/{name}", " " * indent
        lines += [""] * draw(st.integers(0, 2))
        lines += [f"{pad}# above {here}"] * draw(st.booleans())
        lead = pad + (f"{name}:" if isinstance(tree, dict) else "-")
        beside = f"{' ' * draw(st.integers(1, 4))}# beside {here}" * draw(st.booleans())
        if isinstance(value, str):
            text, *block = _scalar(value, indent, draw)
            lines += [f"{lead}{text}{beside}".rstrip(), *block]
            continue
        step = draw(st.sampled_from([1, 2, 4]))
        if isinstance(value, list) and isinstance(tree, dict):
            step = draw(st.sampled_from([0, 2, 3]))
        below = _typed(value, here, indent + max(step, isinstance(tree, list)), draw)
        lines += [lead + beside, *below]
    return lines


def _scalar(value: str, indent: int, draw: st.DrawFn) -> list[str]:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    quoted = ' "' + escaped.replace("\t", "\\t") + '"'
    if not value or value[0] == " " or draw(st.booleans()):
        return [quoted]
    pad = " " * (indent + draw(st.integers(1, 4)))
    if value.endswith("\n"):
        return [" >", pad + value[:-1]]
    if "\n" in value:
        return [" |-", *(pad + line if line else "" for line in value.split("\n"))]
    return [" >-", pad + value]


def _plain(node: Node | None) -> Any:
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return [_plain(item) for item in node.items]
        case Mapping():
            return {entry.key.value: _plain(entry.value) for entry in node.entries}
    return None


def _lines_of(node: Node, lines: list[str], path: str = "") -> dict[str, int]:
    """The line, from 0, on which each field's name and each hyphen stands."""
    found: dict[str, int] = {}
    if isinstance(node, Mapping):
        for entry in node.entries:
            here = f"{path}/{entry.key.value}"
            found[here] = entry.key.location.line - 1
            found |= _lines_of(entry.value, lines, here)
    elif isinstance(node, Sequence):
        for number, item in enumerate(node.items):
            inner = _lines_of(item, lines, f"{path}/{number}")
            at = min([item.location.line - 1, *inner.values()])
            while not lines[at][: node.location.column].endswith("-"):
                at -= 1
            found |= {f"{path}/{number}": at} | inner
    return found


@given(text=files())
@settings(max_examples=150, deadline=None)
def test_nothing_is_lost_and_every_comment_stays_in_its_place(text: str) -> None:
    before = parse(text.encode(), FILE)
    assume(not before.diagnostics and before.root)
    after = shape(text)
    read = parse(after.encode(), FILE)
    assert _plain(read.root) == _plain(before.root)
    lines = after.splitlines()
    assert read.root is not None
    places = _lines_of(read.root, lines)
    seen = 0
    for number, line in enumerate(lines):
        if line.lstrip().startswith("# above "):
            below = (n for n in range(number, len(lines)) if lines[n].strip()[:1] not in ("", "#"))
            assert next(below) == places[line.split("# above ")[1]]
            seen += 1
        elif "# beside " in line:
            assert number == places[line.split("# beside ")[1]]
            seen += 1
    assert seen == text.count("# above ") + text.count("# beside ")
    assert after.startswith(text[: text.index("\n\n") + 2])


@given(st.permutations(["year: a", "status: b", "first_page: c", "answers: d"]))
def test_the_order_in_which_fields_were_typed_does_not_matter(rows: list[str]) -> None:
    assert shape("\n".join((*rows, ""))) == "year: a\nstatus: b\nfirst_page: c\nanswers: d\n"


PIECES = [
    "# c\n",
    "  # d\n",
    "- ",
    "a: ",
    "b:\n",
    '"x"',
    "'y'",
    "|\n",
    ">-\n",
    "  ",
    "\n",
    "\n\n    ",
]
PIECES += [
    "\n- ",
    "\n  - ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "text",
    "\ntext: y",
    "  # z\n",
    "\n# q\n",
    "\t",
]
PIECES += [
    "? ",
    "?\n",
    "\n--- ",
    "\n...\n",
    "é",
    "“",
    "\u00a0",
    "-5",
    ".",
    "~",
    "\nid: x",
    "\r\n",
    LONG,
]


@given(pieces=st.lists(st.sampled_from(PIECES), max_size=24))
@settings(max_examples=400, deadline=None)
@example(pieces=["# c\n", "{", "\n# q\n", "a: ", "-5", "}"])
def test_no_file_that_can_be_read_is_too_odd(pieces: list[str]) -> None:
    data = "".join((*pieces, "\n")).encode()
    readable = not parse(data, FILE).diagnostics
    done = shaped(data, FILE)
    assert readable or done.data == data
    assert shaped(done.data, FILE) == done


def test_another_reader_of_yaml_sees_the_same() -> None:
    from ruamel.yaml import YAML

    text = (DATA / "2018-19.yaml").read_text(encoding="utf-8")
    reader = YAML(typ="safe", pure=True)
    assert reader.load(io.StringIO(shape(text))) == reader.load(io.StringIO(text))
