"""The traps of quotes: one left open, text behind one, a backslash inside."""

from __future__ import annotations

import re
from collections.abc import Sequence

from oscp_report.reading.faults import HIDDEN_CHARACTER
from oscp_report.reading.slips import AFTER_QUOTE, BACKSLASH, OPEN_QUOTE
from oscp_report.reading.spacing import ODD_SPACE
from oscp_report.reading.stops import (
    Leaf,
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
    quoting,
    stands_alone,
)
from oscp_report.reading.typed import HIDDEN_FIX, Edit, hidden_message, shown

Lines = Sequence[str]
Place = tuple[int, int]

_QUOTES = ('"', "'")
_ESCAPE = re.compile(
    r"\\(?:x[0-9A-Fa-f]{2}|u(?![dD][89A-Fa-f])[0-9A-Fa-f]{4}"
    r"|U00(?:0(?!0[dD][89A-Fa-f])[0-9A-Fa-f]|10)[0-9A-Fa-f]{4}"
    r"|[0abtnvfre \"/\\N_LP\t]|$)"
)
_NAME_ENDS = re.compile(r"[ ]*:(?=[ ]|$)")
_NO_CHARACTER = re.compile(
    r"(?:\\(?:u(?=[dD][89A-Fa-f])|U(?=[0-9A-Fa-f]{8}))([0-9A-Fa-f]{8}|[0-9A-Fa-f]{4}))+"
)


def quote_left_open(lines: Lines, start: Place, end: Place, parent: int) -> Trap | None:
    """A quoted text that runs on into lines not indented further than ``parent``, or None.

    YAML forbids this (1.2.2, 8.1 and 7.3), PyYAML lets it pass: an unclosed quote would swallow
    all lines up to the next one.
    """
    for number in range(start[0] + 1, end[0] + 1):
        if not lines[number].strip() or indent(lines[number]) > parent:
            continue
        message = f"the quote opened here is still open on line {number + 1}, which is not indented"
        if not is_structure(lines[number]):
            fix = f"indent line {number + 1}, or close the quote before it"
            return Trap(OPEN_QUOTE, *start, 1, message, fix)
        last = max(n for n in range(start[0], number) if n == start[0] or lines[n].strip())
        return _close_quote(lines, start, (last, len(lines[last].rstrip())), message)
    return None


def bad_escape(stop: Stop) -> Trap | None:
    """A backslash inside double quotes that begins no code, or the code of no character."""
    lines = stop.lines
    if not stop.scanning:
        return None
    # The Python parser does not say in which text an escape beyond the last character stands.
    opening = stop.context or (stop.line, anatomy(stop.text).value)
    line, column = opening
    if lines[line][column : column + 1] != '"':
        return None
    end = _closing_quote(lines, opening)
    for number in range(line, min(stop.line, len(lines) - 1) + 1):
        text = lines[number]
        at = text.find("\\", column + 1 if number == line else 0)
        while at >= 0 and (end is None or (number, at) < end):
            known = _ESCAPE.match(text, at)
            if known is None:
                return _escape_trap(lines, opening, (number, at))
            at = text.find("\\", known.end())
    return None


def _escape_trap(lines: Lines, quote: Place, at: Place) -> Trap:
    line, column = at
    text = lines[line]
    half = _NO_CHARACTER.match(text, column)
    if half:
        length, message = len(half[0]), hidden_message(int(half[1], 16))
        edit = Edit(line, column, length, "\\ufffd" * half[0].count("\\"))
        return Trap(HIDDEN_CHARACTER, line, column, length, message, HIDDEN_FIX, (edit,))
    last = text.find('"', column)
    last = last if last >= 0 else len(text)
    doubled = text[column:last].replace("\\", "\\\\")
    edit = Edit(line, column, last - column, doubled)
    inside = text[quote[1] + 1 : last] if quote[0] == line else ""
    fix = "use single quotes, in which a backslash is only a backslash"
    if inside:
        shown_line = line_with(lines, quote, "'" + inside.replace("'", "''") + "'")
        fix = f"{fix}: `{shown_line}`"
    message = f"`{shown(text[column : column + 2])}` means nothing inside double quotes"
    return Trap(BACKSLASH, line, column, 2, message, fix, (edit,))


def text_around_quote(stop: Stop) -> Trap | None:
    """A quote that is not closed, or has text behind it."""
    lines, leaf = stop.lines, stop.leaf
    opening = stop.context if stop.scanning else None
    if opening and lines[opening[0]][opening[1] : opening[1] + 1] in _QUOTES:
        if leaf and leaf.style in _QUOTES and (leaf.end_line, leaf.end_column) == opening:
            return _after_quote(stop, leaf, opening[1])
        close = _closing_quote(lines, opening)
        if close is None or (opening[0] < stop.line and opening < (stop.line, stop.column) < close):
            message = "the quote opened here is never closed"
            return _close_quote(lines, opening, end_of_value(lines, *opening), message)
        rest = lines[close[0]][close[1] :].strip()
        if close[0] == opening[0] and rest and not rest.startswith(("#", ":")):
            quoted = Leaf(*opening, *close, lines[opening[0]][opening[1]], empty=False)
            return _after_quote(stop, quoted, close[1])
    if leaf and leaf.style in _QUOTES and directly_after(stop, leaf):
        return _after_quote(stop, leaf, stop.column)
    places = [(stop.line, stop.column)]
    if opening:
        places.insert(0, opening)
    for line, column in places:
        before = None if stop.flow else _quoted_before(lines, line, column)
        if before:
            return _after_quote(stop, before, column)
    return None


def _quoted_before(lines: Lines, line: int, column: int) -> Leaf | None:
    """The quoted text that starts a value and ends just before a place on its line."""
    text, start = lines[line], (line, anatomy(lines[line]).value)
    if start[1] >= column or text[start[1]] not in _QUOTES:
        return None
    close = _closing_quote(lines, start)
    if close is None or close[0] != line or close[1] > column or text[close[1] : column].strip():
        return None
    return Leaf(*start, *close, text[start[1]], empty=False)


def directly_after(stop: Stop, leaf: Leaf) -> bool:
    """Whether only spaces stand between the last thing read and where the parser stopped."""
    if leaf.end_line != stop.line or stop.column < leaf.end_column or stop.flow:
        return False
    return not stop.text[leaf.end_column : stop.column].strip()


def _closing_quote(lines: Lines, opening: Place) -> Place | None:
    """The place after the quote that closes the one at ``opening``."""
    line, column = opening
    mark = lines[line][column]
    closing = re.compile(r'(?:[^"\\]|\\.|\\$)*"' if mark == '"' else r"(?:[^']|'')*'(?!')")
    column += 1
    for number in from_line(lines, line):
        found = closing.match(lines[number], column)
        if found:
            return number, found.end()
        column = 0
    return None


def _close_quote(lines: Lines, start: Place, end: Place, message: str) -> Trap:
    mark = lines[start[0]][start[1]]
    text = between(lines, start, end)
    if text.endswith('\\"') and len(text) > 2:
        message = "the backslash before the closing quote makes it part of the text"
        single = line_with(lines, start, "'" + text[1:-1].replace("'", "''") + "'")
        fix = f"use single quotes, in which a backslash is only a backslash: `{single}`"
        place = end[0], end[1] - 2
        return Trap(BACKSLASH, *place, 2, message, fix, (Edit(*place, 0, "\\"),))
    fixed = line_with(lines, start, text + mark)
    fix = f"close it at the end of the text: `{fixed}`"
    if mark == "'":
        fixed = line_with(lines, start, in_quotes(text))
        fix += f"; if it is an apostrophe: `{fixed}`"
    edit = Edit(start[0], 0, 0, "#") if stands_alone(lines, *start) else Edit(*end, 0, mark)
    return Trap(OPEN_QUOTE, *start, 1, message, fix, (edit,))


def _after_quote(stop: Stop, leaf: Leaf, beyond: int) -> Trap:
    lines, start = stop.lines, (leaf.line, leaf.column)
    tail = lines[leaf.end_line][leaf.end_column :]
    if not tail.strip():
        message = "a no-break space stands after the closing quote"
        edit = Edit(*_end(leaf), len(tail), "")
        return Trap(ODD_SPACE, *_end(leaf), len(tail), message, "delete it", (edit,))
    if stands_alone(lines, *start) or has_field_below(lines, *start):
        colon = _NAME_ENDS.search(lines[leaf.end_line], leaf.end_column)
        if colon:
            return _quoted_name(lines, leaf, colon.start())
    end = end_of_value(lines, *start, beyond=max(beyond, leaf.end_column))
    if end < (leaf.end_line, leaf.end_column):
        end = stop.line, len(stop.text.rstrip())
    whole = between(lines, start, end)
    after = lines[leaf.end_line][leaf.end_column : leaf.end_column + 1]
    edits = quoting(lines, start, end)
    if after.strip(" \t:") and whole.endswith(leaf.style) and len(whole) > 2:
        # `'Oxford's review'`: the outer quotes are YAML's, the inner one is text.
        inner = (start[0], start[1] + 1), (end[0], end[1] - 1)
        whole = whole[1:-1]
        outer = (Edit(*start, 1, ""), Edit(*inner[1], 1, ""))
        edits = (*quoting(lines, *inner), *outer)
    fix = f"put the whole text in quotes: `{line_with(lines, start, in_quotes(whole))}`"
    message = f"text stands after the closing quote of `{shown(between(lines, start, _end(leaf)))}`"
    length = end[1] - leaf.end_column if end[0] == leaf.end_line else 1
    place = stop.column if stop.line == leaf.end_line else leaf.end_column
    place = max(place, leaf.end_column)
    length -= place - leaf.end_column
    return Trap(AFTER_QUOTE, leaf.end_line, place, max(1, length), message, fix, edits)


def _quoted_name(lines: Lines, leaf: Leaf, colon: int) -> Trap:
    start, end = (leaf.line, leaf.column), (leaf.end_line, colon)
    name = between(lines, start, end).replace(leaf.style, "")
    message = f"text stands after the closing quote of `{shown(between(lines, start, _end(leaf)))}`"
    edits = quoting(lines, start, end)
    length = colon - leaf.end_column
    return Trap(AFTER_QUOTE, *_end(leaf), length, message, f"write `{shown(name)}:`", edits)


def _end(leaf: Leaf) -> Place:
    return leaf.end_line, leaf.end_column
