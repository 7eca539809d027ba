"""The traps of a line that should be a field or a list item, and is neither."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from oscp_report.reading.layout import bullets_from, no_space_after_dash
from oscp_report.reading.spacing import NO_SPACE_AFTER_COLON, STRAY_LINE
from oscp_report.reading.stops import (
    FIELD_NAME,
    SPECIAL,
    Leaf,
    Stop,
    Trap,
    anatomy,
    from_line,
    indent,
    is_structure,
    next_line,
)
from oscp_report.reading.typed import Edit, shown

Lines = Sequence[str]

_FUSED_COLON = re.compile(
    r"(?:[a-z][a-z0-9_-]*:(?=[^ \t/])|[A-Za-z][A-Za-z '&/()-]*:(?=[^ \t/\d]))"
)
_FUSED_DASH = re.compile(r"-(?=[^ \t-])")
_BLOCK_HEAD = re.compile(r"([a-z][\w-]*)[ ]+[|>][+-]?[0-9]?[ ]*$")
_RULER = re.compile(r"[-=_~*. ]+\Z")
_WORD = re.compile(r"[\w-]+\Z")
_SHORT = 40


def bullet(stop: Stop) -> Trap | None:
    """A list item with a bullet, where the parser wants a field or an item."""
    place = _text_for_field(stop)
    return bullets_from(stop.lines, place[0], stop.blocks) if place else None


def no_space(stop: Stop) -> Trap | None:
    """A list item or a field without the space that makes it one."""
    place = _text_for_field(stop)
    if place is None:
        return None
    line, column = place
    text = stop.lines[line]
    if _FUSED_DASH.match(text, column) and any(not block.mapping for block in stop.blocks):
        return no_space_after_dash(stop.lines, line, column)
    fused = _FUSED_COLON.match(text, column)
    if fused is None or (line != stop.line and not stop.scanning):
        return None
    name = fused[0][:-1]
    if stop.character == ":" and not FIELD_NAME.match(name):
        return None
    fixed = shown(f"{name}: {text[fused.end() :]}", 72)
    edit = Edit(line, fused.end(), 0, " ")
    message = f"`{shown(name)}` has no space after its colon"
    where = fused.end() - 1
    return Trap(NO_SPACE_AFTER_COLON, line, where, 1, message, f"write `{fixed}`", (edit,))


def _text_for_field(stop: Stop) -> tuple[int, int] | None:
    """Where a text starts that the parser took, or had to take, for a field's name."""
    leaf = stop.leaf
    if stop.scanning and stop.context:
        return stop.context
    if stop.character == ":" and leaf and not leaf.style and leaf.line < stop.line:
        return leaf.line, leaf.column
    if stop.starts_line:
        return stop.line, stop.column
    return None


def stray_line(stop: Stop) -> Trap | None:
    """A line that is neither a field nor a list item."""
    place = _text_for_field(stop)
    if place is None:
        return None
    line, column = place
    text = stop.lines[line]
    headed = _BLOCK_HEAD.match(text, column)
    if headed:
        return _without_colon(text, line, column, headed[1])
    first_of_two = stop.context is None and line < stop.line
    if first_of_two and _WORD.match(text[column:].rstrip()) and indent(stop.text) > column:
        return _without_colon(text, line, column, text[column:].rstrip())
    if first_of_two and not _unnamed(stop, line, column):
        return None
    if not first_of_two and (_is_named(text) or column != indent(text)):
        return None
    above = next((n for n in range(line - 1, -1, -1) if stop.lines[n].strip()), -1)
    leaf = stop.leaf
    message = "the line is neither a field nor a list item"
    fix = "write `name: text` if it is a field"
    edits = tuple(_run(stop.lines, line))
    length = len(text.rstrip()) - column
    word = text[column:].strip()
    if _RULER.match(text):
        fix = "delete it, or write `#` before it"
        edits = (Edit(line, 0, 0, "#"),)
    elif first_of_two and FIELD_NAME.match(word.split()[0]):
        return _without_colon(text, line, column, word.split()[0])
    elif first_of_two:
        edits = (Edit(line, column, length, ""),)
    elif _WORD.match(word) and _is_above_deeper(stop.lines, line):
        return _without_colon(text, line, column, word)
    elif leaf and _goes_on(stop.lines, leaf, above) and word[0] not in SPECIAL:
        fix = f"indent it if it carries on the text above; {fix}"
        edits = tuple(_run(stop.lines, line, _inside(stop, leaf)))
    return Trap(STRAY_LINE, line, column, length, message, fix, edits)


def _without_colon(text: str, line: int, column: int, name: str) -> Trap:
    """A line whose first word looks like a field's name."""
    message = "the line is neither a field nor a list item"
    after = column + len(name)
    fix = f"write `{shown(f'{name}:{text[after:]}', 72)}` if it is a field"
    edit = Edit(line, after, 0, ":")
    return Trap(STRAY_LINE, line, column, len(text.rstrip()) - column, message, fix, (edit,))


def _goes_on(lines: Lines, leaf: Leaf, above: int) -> bool:
    """Whether text may be added to what was read last: plain, just above, no comment behind it."""
    bare = len(lines[leaf.end_line].rstrip()) <= leaf.end_column
    return not leaf.style and leaf.end_line == above and bare


def _unnamed(stop: Stop, line: int, column: int) -> bool:
    """Whether a short line without a colon stands above a field, as if it were one."""
    below, text = anatomy(stop.text), stop.lines[line]
    aligned = below.key_column == column and below.dash < 0 and FIELD_NAME.match(below.key)
    likely = len(text) - column <= _SHORT or FIELD_NAME.match(text[column:].split(" ")[0])
    return bool(aligned and likely) and anatomy(text).key_column < 0


def _is_named(text: str) -> bool:
    return is_structure(text) or anatomy(text).key_column >= 0


def _is_above_deeper(lines: Lines, line: int) -> bool:
    """Whether the next line is a field or an item that is indented further."""
    below = next_line(lines, line)
    return _is_named(below) and indent(below) > indent(lines[line])


def _inside(stop: Stop, leaf: Leaf) -> int:
    """The column from which a line carries on what was read last."""
    return max(leaf.column, stop.blocks[-1].column + 1 if stop.blocks else 0)


def _run(lines: Lines, line: int, inside: int = 0) -> Iterator[Edit]:
    """Indent a run of stray lines as far as ``inside``, or, without it, leave them out."""
    for number in from_line(lines, line):
        text = lines[number]
        if not text.strip() or (number > line and _is_named(text)):
            return
        if not inside:
            yield Edit(number, 0, 0, "#")
        elif indent(text) < inside:
            yield Edit(number, 0, 0, " " * (inside - indent(text)))
