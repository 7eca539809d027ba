"""Where the parser stopped, and what a line holds: what the traps are told apart by.

Lines and columns count from 0, in the working lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from oscp_report.diagnostics import Rule
from oscp_report.reading.typed import Edit, shown

SPECIAL = "\"'[]{},#&*!|>%@`"
"""Characters that plain text cannot start with."""

MOST_LINES = 5_000
"""Lines that one repair looks at below the place of the slip: more than a year's file has."""

WIDEST_SHOWN = 76
FIELD_NAME = re.compile(r"[a-z][a-z0-9_-]*\Z")

_LINE = re.compile(
    r"""(?P<indent>[ ]*) (?P<dashes>(?:-(?:[ \t]+|$))*)
    (?: (?P<key> "(?:[^"\\]|\\.)*" | '(?:[^']|'')*'
        | (?: [^\s"'\[\]{},\#&*!|>%@`?:-] | [?:-](?=\S) ) .*? )
        [ \t]* (?P<colon>:)(?=[ \t]|$) )?
    [ \t]* (?P<value>.*)""",
    re.VERBOSE,
)
_STRUCTURE = re.compile(r"\s*(?:-(?:\s|$)|[\w-]+[ ]*:(?:\s|$))")
_BLOCK_SIGN = re.compile(r"[|>][+-]?[0-9]?[+-]?[ ]*(?:[ ]#.*)?\Z")
_COMMENT = re.compile(r"[ \t]+#")


@dataclass(frozen=True, slots=True)
class Block:
    """A list or group of fields without brackets, open at a place or closed just before it.

    ``name`` is its latest field, ``line`` where that or the latest item starts, ``count`` how
    many there are, ``first`` the line of the first. ``texts`` says that it is a list and its items
    so far are texts.
    """

    mapping: bool
    column: int
    first: int
    line: int
    count: int
    name: str
    texts: bool


@dataclass(frozen=True, slots=True)
class Leaf:
    """The last thing read whole before the parser stopped.

    ``style`` is ``"``, ``'``, ``|``, ``>``, ``*`` (an alias), ``[`` (a list or group in brackets),
    or nothing for plain text.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    style: str
    empty: bool


@dataclass(frozen=True, slots=True)
class Stop:
    """Where the parser stopped, with what it had read by then.

    ``context`` is where the thing begins that it was reading; ``scanning`` says that this is a
    single text or sign, not a list or group. ``flow`` is the outermost bracket that is open.
    """

    lines: Sequence[str]
    line: int
    column: int
    context: tuple[int, int] | None
    scanning: bool
    leaf: Leaf | None
    flow: tuple[int, int] | None
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """The line on which the parser stopped."""
        return self.lines[self.line]

    @property
    def character(self) -> str:
        """The character at which the parser stopped, or nothing at a line's end."""
        return self.text[self.column : self.column + 1]

    @property
    def starts_line(self) -> bool:
        return not self.text[: self.column].strip(" ")


@dataclass(frozen=True, slots=True)
class Trap:
    """A slip that was recognised, and the edits that let reading go on."""

    rule: Rule
    line: int
    column: int
    length: int
    message: str
    fix: str
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Anatomy:
    """What one line holds: ``- - key: value``. Columns are -1 for a part it has not."""

    indent: int
    dash: int
    key: str
    key_column: int
    colon: int
    value: int

    @property
    def parent(self) -> int:
        """The column that lines must be indented beyond to belong to this line's value."""
        return max(self.key_column, self.dash, self.indent - 1)

    @property
    def subject(self) -> str:
        """The officer's name for what the value is the text of."""
        return f"the text of `{shown(self.key)}`" if self.key_column >= 0 else "the text"


def anatomy(line: str) -> Anatomy:
    """Take a line apart."""
    parts = _LINE.match(line)
    assert parts is not None, "every part of the pattern may be empty"
    dash = line.rfind("-", parts.start("dashes"), parts.end("dashes"))
    key = parts["key"] or ""
    return Anatomy(
        len(parts["indent"]),
        dash,
        key.strip("\"'"),
        parts.start("key"),
        parts.start("colon"),
        parts.start("value"),
    )


def in_quotes(text: str) -> str:
    """The text as it may be typed after a field's colon."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def indent(line: str) -> int:
    """How many spaces a line starts with."""
    return len(line) - len(line.lstrip(" "))


def is_structure(line: str) -> bool:
    """Whether a line looks like a list item or a field, rather than more of a text."""
    return _STRUCTURE.match(line) is not None


def from_line(lines: Sequence[str], line: int) -> range:
    """The numbers of a line and of those below it, as far as a repair looks."""
    return range(line, min(len(lines), line + MOST_LINES))


def opens_value(lines: Sequence[str], line: int) -> bool:
    """Whether the line above holds a field's name alone, so that its value starts here."""
    above = next((text for text in reversed(lines[:line]) if text.strip()), "")
    parts = anatomy(above)
    return parts.key_column >= 0 and not above[parts.value :]


def opens(line: str) -> bool:
    """Whether what a line holds goes on below it: a name alone, or one with ``|`` or ``>``."""
    parts = anatomy(line)
    value = line[parts.value :]
    return parts.key_column >= 0 and (not value or _BLOCK_SIGN.match(value) is not None)


def next_line(lines: Sequence[str], line: int) -> str:
    """The next line below that is not empty, or nothing."""
    return next((text for text in lines[line + 1 :] if text.strip()), "")


def has_field_below(lines: Sequence[str], line: int, column: int) -> bool:
    """Whether a field stands on the next line in that column, after no hyphen."""
    below = anatomy(next_line(lines, line))
    return below.key_column == column and below.dash < 0


def stands_alone(lines: Sequence[str], line: int, column: int) -> bool:
    """Whether a text starts its line where no value is due: below a text, or beside fields."""
    return not lines[line][:column].strip() and not opens_value(lines, line)


def end_of_value(
    lines: Sequence[str], line: int, column: int, *, beyond: int = 0
) -> tuple[int, int]:
    """Where the text that starts at a place ends: its line, and those below that belong to it.

    A comment is left out, unless it starts before column ``beyond`` of the last line.
    """
    parent = anatomy(lines[line]).parent
    last = line
    for number in from_line(lines, line + 1):
        text = lines[number]
        if not text.strip():
            continue
        if indent(text) <= parent or is_structure(text) or text.lstrip().startswith("#"):
            break
        last = number
    comment = _COMMENT.search(lines[last], max(column, beyond) if last == line else 0)
    return last, len((lines[last][: comment.start()] if comment else lines[last]).rstrip(" \t"))


def between(lines: Sequence[str], start: tuple[int, int], end: tuple[int, int]) -> str:
    """The text from one place to another, its lines joined by single spaces."""
    if start[0] == end[0]:
        return lines[start[0]][start[1] : end[1]]
    middle = lines[start[0] + 1 : end[0]]
    parts = (lines[start[0]][start[1] :], *middle, lines[end[0]][: end[1]])
    return " ".join(filter(None, (part.strip() for part in parts)))


def quoting(lines: Sequence[str], start: tuple[int, int], end: tuple[int, int]) -> tuple[Edit, ...]:
    """Edits that put a stretch of text in single quotes."""
    edits = [Edit(*start, 0, "'")]
    for line in range(start[0], end[0] + 1):
        first = start[1] if line == start[0] else 0
        last = end[1] if line == end[0] else len(lines[line])
        edits += [Edit(line, n, 0, "'") for n in range(first, last) if lines[line][n] == "'"]
    return (*edits, Edit(*end, 0, "'"))


def line_with(lines: Sequence[str], place: tuple[int, int], value: str) -> str:
    """A line with another value, as a fix shows it."""
    before = shown(lines[place[0]][: place[1]], WIDEST_SHOWN - 20)
    return f"{before} {shown(value, WIDEST_SHOWN - len(before))}".strip()
