"""Texts that YAML reads without complaint, and not as their author meant them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from oscp_report.reading import layout, quotes
from oscp_report.reading.faults import HIDDEN_CHARACTER
from oscp_report.reading.spacing import HASH, ITEM_IN_TEXT
from oscp_report.reading.stops import (
    Block,
    Trap,
    between,
    in_quotes,
    indent,
    is_structure,
    line_with,
    quoting,
)
from oscp_report.reading.typed import (
    CUT,
    FORBIDDEN,
    HIDDEN_FIX,
    ODD_SPACES,
    hidden_message,
    shown,
)

Role = Literal["name", "value", "item"]

_ESCAPE = re.compile(
    r"(?:\\u(?=[dD][89A-Fa-f])([0-9A-Fa-f]{4}))+"
    r"|\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))"
)
_LETTERS = {"0": 0, "a": 7, "b": 8, "v": 11, "f": 12, "e": 27, "N": 0x85, "L": 0x2028, "P": 0x2029}


@dataclass(frozen=True, slots=True)
class Text:
    """A text in the working lines: its style as in ``Leaf``, and where it stands.

    ``blocks`` are the lists and groups around it, the outermost first; ``in_brackets`` says that
    brackets are, too.
    """

    lines: Sequence[str]
    style: str
    start: tuple[int, int]
    end: tuple[int, int]
    role: Role
    blocks: Sequence[Block]
    in_brackets: bool


def check(text: Text) -> Iterator[Trap]:
    """What is wrong with a text; a trap with edits has to be repaired before reading goes on."""
    if text.style == '"':
        yield from _escapes(text)
    if not text.style:
        yield from _first_character(text)
        yield from _bullets(text)
        yield from _cut_at_hash(text)
    if text.end[0] == text.start[0]:
        return
    if text.style in ("'", '"') and text.blocks:
        trap = quotes.quote_left_open(text.lines, text.start, text.end, text.blocks[-1].column)
        if trap:
            yield trap
    elif not text.style:
        yield from _item_inside(text)


def _first_character(text: Text) -> Iterator[Trap]:
    (line, column), lines = text.start, text.lines
    typed = lines[line][column:]
    before = lines[line][:column].strip(" ")
    if typed[:1] == "-" and text.role != "item" and not (before or text.in_brackets):
        if typed[1:2] not in "- " and not typed[1:2].isdigit():
            yield layout.no_space_after_dash(lines, line, column)
    elif typed.startswith(ODD_SPACES) and not before.strip("-"):
        rest = typed.lstrip("".join(ODD_SPACES) + " ")
        if text.role == "name" or is_structure(rest):
            trap = layout.odd_space_on(lines, line, text.blocks)
            if trap:
                yield trap


def _bullets(text: Text) -> Iterator[Trap]:
    """A list with bullets, which YAML reads as one text."""
    for line in range(text.start[0], text.end[0] + 1):
        trap = layout.bullets_from(text.lines, line, text.blocks)
        if trap:
            yield trap
            return


def _cut_at_hash(text: Text) -> Iterator[Trap]:
    """A text that YAML ends at a ``#``, though no note seems meant."""
    (line, end), lines = text.end, text.lines
    hash_sign = CUT.match(lines[line], end)
    if hash_sign is None or text.role == "name" or text.in_brackets:
        return
    at = hash_sign.end() - 1
    start = text.start if text.start != text.end else (line, at)
    whole = start, (line, len(lines[line].rstrip()))
    fix = f"put the text in quotes: `{line_with(lines, start, in_quotes(between(lines, *whole)))}`"
    if start[0] != line:
        fix = "put the whole text in quotes"
    fix += "; if it is a note, write a space after the `#`"
    cut_off = shown(lines[line][at:].rstrip())
    message = f"`{cut_off}` is a note to YAML, and would not be printed"
    yield Trap(HASH, line, at, len(lines[line].rstrip()) - at, message, fix, quoting(lines, *whole))


def _item_inside(text: Text) -> Iterator[Trap]:
    for line in range(text.start[0] + 1, text.end[0] + 1):
        typed = text.lines[line]
        if not typed.lstrip().startswith("- "):
            continue
        lists = [block for block in text.blocks if not block.mapping]
        fix = "delete the text beside the field if a list belongs there"
        if lists:
            fix = f"start it in column {lists[-1].column + 1} if it is a list item"
        fix += "; if not, put the whole text in quotes"
        message = "the line starts like a list item, and carries on the text above"
        yield Trap(ITEM_IN_TEXT, line, indent(typed), 1, message, fix)
        return


def _escapes(text: Text) -> Iterator[Trap]:
    for line in range(text.start[0], text.end[0] + 1):
        first = text.start[1] if line == text.start[0] else 0
        last = text.end[1] if line == text.end[0] else len(text.lines[line])
        for found in _ESCAPE.finditer(text.lines[line], first, last):
            digits = found[1] or found[2] or found[3] or found[4]
            code = int(digits, 16) if digits else _LETTERS.get(found[5], 0x20)
            if FORBIDDEN.match(chr(min(code, 0x10FFFF))):
                length = len(found[0])
                message = hidden_message(code)
                yield Trap(HIDDEN_CHARACTER, line, found.start(), length, message, HIDDEN_FIX)
