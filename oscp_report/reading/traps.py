"""YAML's traps, told in an author's words: what stands on the line, and the edits that mend it.

Nothing here depends on the parser's wording, only on where it stopped and on the text around it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from oscp_report.reading import layout, placing, quotes, unnamed
from oscp_report.reading.features import DIRECTIVE
from oscp_report.reading.features import FIELD_NAME as FIELD_NAME_RULE
from oscp_report.reading.slips import BLOCK_SIGN, BRACE, BRACKET, COLON, SIGN
from oscp_report.reading.spacing import ITEM_BESIDE_FIELD
from oscp_report.reading.stops import (
    FIELD_NAME,
    Anatomy,
    Stop,
    Trap,
    anatomy,
    between,
    end_of_value,
    from_line,
    has_field_below,
    in_quotes,
    indent,
    is_structure,
    line_with,
    next_line,
    quoting,
    stands_alone,
)
from oscp_report.reading.typed import Edit, shown

Lines = Sequence[str]
Place = tuple[int, int]

_NAME = re.compile(r"[^:']*(?=:(?:\s|$))")
_BLOCK_SIGN = re.compile(r"[|>][-+0-9]{0,2}(?= )")
_SIGNS = "*&!%@`,|>?:"


def explain(stop: Stop) -> Trap | None:
    """The slip that stopped the parser, or None where nothing on the line explains it."""
    for recognise in _IN_BRACKETS if stop.flow else _TRAPS:
        trap = recognise(stop)
        if trap is not None:
            return trap
    return None


def reference_alone(lines: Lines, start: Place, end: Place, *, within: bool) -> Trap:
    """``{figure-id}`` without quotes, which YAML reads as a group of fields.

    ``within`` says that it stands inside other brackets.
    """
    reference = between(lines, start, end)
    message = f"`{shown(reference)}` is read as a group of fields, not as text"
    stop = end if within else end_of_value(lines, *start, beyond=end[1])
    value = in_quotes(between(lines, start, stop))
    fixed = value if within else line_with(lines, start, value)
    fix = f"put the text in quotes: `{fixed}`"
    return Trap(BRACE, *start, len(reference), message, fix)


def quoted_value(lines: Lines, start: Place, beyond: int) -> tuple[str, tuple[Edit, ...]]:
    """The fix and the edits that put the text from ``start`` on in quotes."""
    end = end_of_value(lines, *start, beyond=beyond)
    fixed = line_with(lines, start, in_quotes(between(lines, start, end)))
    if stands_alone(lines, *start) and start[0]:
        return f"put the text in quotes: `{fixed}`", (Edit(start[0], 0, 0, "#"),)
    return f"put the text in quotes: `{fixed}`", quoting(lines, start, end)


def _bracket(stop: Stop) -> Trap | None:
    """A bracket that starts a text, is not closed, or closes nothing."""
    lines, leaf, flow = stop.lines, stop.leaf, stop.flow
    parts = anatomy(stop.text)
    after = leaf is not None and leaf.style == "[" and quotes.directly_after(stop, leaf)
    if stop.character in ("]", "}") and not flow and (after or stop.column == parts.value):
        message = f"`{stop.character}` closes a bracket that was never opened"
        edit = _without_sign(stop, stop.line, stop.column)
        return Trap(BRACKET, stop.line, stop.column, 1, message, "delete it", (edit,))
    if flow is None and after and leaf is not None:
        flow = leaf.line, leaf.column
    if flow is None and 0 <= parts.value < stop.column and stop.text[parts.value] in "{[":
        flow = stop.line, parts.value
    if flow is None or not stop.blocks:
        return None
    mark = lines[flow[0]][flow[1]]
    end = end_of_value(lines, *flow)
    close = _closing_bracket(lines, flow, end[0])
    fix, edits = quoted_value(stop.lines, flow, close[1] if close and close[0] == flow[0] else 0)
    if close is None:
        message = f"the `{mark}` opened here is never closed"
        return Trap(BRACKET, *flow, 1, message, f"close it; or {fix}", edits)
    taken = "the start of a list" if mark == "[" else "a group of fields"
    subject = anatomy(lines[flow[0]]).subject
    message = f"{subject} starts with `{mark}`, which YAML takes for {taken}"
    length = close[1] - flow[1] if close[0] == flow[0] else 1
    return Trap(BRACE, *flow, length, message, fix, edits)


def _closing_bracket(lines: Lines, opening: Place, last: int) -> Place | None:
    """The place after the bracket that closes the one at ``opening``, no further than ``last``."""
    depth = 0
    for number in range(opening[0], last + 1):
        for found in re.finditer(r"[][{}]", lines[number]):
            if number == opening[0] and found.start() < opening[1]:
                continue
            depth += 1 if found[0] in "[{" else -1
            if depth == 0:
                return number, found.end()
    return None


def _directive(stop: Stop) -> Trap | None:
    """A line with ``%`` as its first character."""
    first = stop.leaf.end_line + 1 if stop.leaf else 0
    for line in range(first, stop.line + 1):
        text = stop.lines[line]
        if text.startswith("%"):
            message = "the line starts with `%`, which YAML takes as an instruction to itself"
            fix = "delete the line, or put the text in quotes"
            return Trap(DIRECTIVE, line, 0, len(text), message, fix, (Edit(line, 0, 1, "#"),))
    return None


def _sign(stop: Stop) -> Trap | None:
    """A text that begins with a sign of YAML's own."""
    places = [(stop.line, stop.column)]
    if stop.context and stop.scanning:
        places.insert(0, stop.context)
    if stop.leaf and stop.leaf.style in ("", "*") and quotes.directly_after(stop, stop.leaf):
        places.append((stop.leaf.line, stop.leaf.column))
    for line, column in places:
        text = stop.lines[line]
        parts = anatomy(text)
        if 0 <= parts.value <= column and text[parts.value : parts.value + 1] in (*_SIGNS,):
            return _sign_trap(stop, line, parts)
        if column == parts.value and parts.key_column >= 0 and text[column : column + 1] == "-":
            return _item_beside_field(stop, line, parts)
    return None


def _sign_trap(stop: Stop, line: int, parts: Anatomy) -> Trap:
    text, start = stop.lines[line], (line, parts.value)
    sign = text[parts.value]
    name = _NAME.match(text, parts.value)
    if name and parts.key_column < 0 and (parts.dash < 0 or has_field_below(stop.lines, *start)):
        return _name_trap(stop, start, name[0])
    fix, edits = quoted_value(stop.lines, start, 0)
    if block := _BLOCK_SIGN.match(text, parts.value):
        message = f"text stands on the same line as `{block[0]}`"
        fix = f"start the text on the next line, indented; or {fix}"
        return Trap(BLOCK_SIGN, *start, len(block[0]), message, fix, edits)
    named = "a backtick" if sign == "`" else f"`{sign}`"
    message = f"{parts.subject} starts with {named}, which YAML keeps for its own use"
    return Trap(SIGN, *start, 1, message, fix, edits)


def question(lines: Lines, start: Place) -> Trap:
    """A list item that starts with ``? ``, which YAML reads as a field's name."""
    fix, edits = quoted_value(lines, start, 0)
    message = "the text starts with `?`, which YAML keeps for its own use"
    return Trap(SIGN, *start, 1, message, fix, edits)


def _name_trap(stop: Stop, start: Place, name: str) -> Trap:
    """A field whose name is missing, or starts with a sign."""
    if not name:
        message, fix = "the field has no name", "write its name before the colon"
        return Trap(FIELD_NAME_RULE, *start, 1, message, fix, (Edit(start[0], 0, 0, "#"),))
    message = f"the name of the field starts with `{shown(name[0])}`"
    fix = "delete the sign; if the line is text, put it in quotes"
    edit = _without_sign(stop, *start)
    return Trap(FIELD_NAME_RULE, *start, len(name), message, fix, (edit,))


def _without_sign(stop: Stop, line: int, column: int) -> Edit:
    """Take a sign out, or put a space in its place where the rest then lines up with fields."""
    text = stop.lines[line]
    rest = column + 1 + indent(text[column + 1 :])
    starts = not text[:column].strip()
    if starts and rest in {block.column for block in stop.blocks}:
        return Edit(line, column, 1, " ")
    return Edit(line, column, (rest - column) if starts else 1, "")


def _item_beside_field(stop: Stop, line: int, parts: Anatomy) -> Trap:
    name = shown(parts.key)
    fix, edits = quoted_value(stop.lines, (line, parts.value), 0)
    fix = f"start the list on the line below `{name}:`; or, if it is a dash, {fix}"
    for number in from_line(stop.lines, line + 1):
        text = stop.lines[number]
        if text.strip() and (indent(text) <= parts.parent or not text.lstrip().startswith("-")):
            break
        edits = (*edits, Edit(number, 0, 0, "#"))
    message = f"a list item stands on the same line as `{name}`"
    return Trap(ITEM_BESIDE_FIELD, line, parts.value, 1, message, fix, edits)


def _colon(stop: Stop) -> Trap | None:
    """A colon that makes a field of a part of a text."""
    if stop.character != ":" or stop.context:
        return None
    parts, leaf = anatomy(stop.text), stop.leaf
    start = stop.line, parts.value
    if parts.colon < 0 or stop.column <= parts.colon:
        if leaf is None or leaf.style:
            return None
        start = leaf.line, leaf.column
    elif parts.dash >= 0 and _among_texts(stop, parts):
        start = stop.line, parts.key_column
    fix, edits = quoted_value(stop.lines, start, stop.column)
    below = next_line(stop.lines, stop.line)
    inside = is_structure(below) and indent(below) > parts.parent
    if inside and parts.key_column >= 0 and start[1] == parts.value:
        inner = shown(stop.text[parts.value : stop.column])
        fix = f"start `{inner}:` on a line of its own, indented"
        edits = (Edit(*start, len(stop.text) - start[1], ""),)
    subject = anatomy(stop.lines[start[0]][: start[1]]).subject
    message = f"{subject} holds a colon and is not in quotes"
    return Trap(COLON, stop.line, stop.column, 1, message, fix, edits)


def _among_texts(stop: Stop, parts: Anatomy) -> bool:
    """Whether an item stands in a list of texts, so that its first colon too is text."""
    if FIELD_NAME.match(parts.key):
        return False
    lists = [block for block in stop.blocks if not block.mapping and block.column == parts.dash]
    return bool(lists) and lists[-1].texts


_IN_BRACKETS: tuple[Callable[[Stop], Trap | None], ...] = (
    layout.tab,
    quotes.bad_escape,
    quotes.text_around_quote,
    _bracket,
)
_TRAPS: tuple[Callable[[Stop], Trap | None], ...] = (
    layout.tab,
    layout.odd_space,
    quotes.bad_escape,
    quotes.text_around_quote,
    _bracket,
    _directive,
    _sign,
    placing.block_text,
    unnamed.bullet,
    unnamed.no_space,
    unnamed.stray_line,
    placing.misplaced,
    _colon,
)
