"""The traps of layout: where a line starts, and the spaces that tell what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from oscp_report.reading.spacing import (
    NO_SPACE_AFTER_COLON,
    NO_SPACE_AFTER_DASH,
    ODD_SPACE,
    STRAY_LINE,
)
from oscp_report.reading.stops import (
    FIELD_NAME,
    SPECIAL,
    Block,
    Leaf,
    Stop,
    Trap,
    anatomy,
    from_line,
    indent,
    is_structure,
    opens_value,
)
from oscp_report.reading.typed import NO_WIDTH, ODD_SPACES, Edit, shown

Lines = Sequence[str]

_ODD_SET = "".join(ODD_SPACES)
_ODD = re.compile(
    f"[ ]*(?:-[ ]+)*(?P<before>[{_ODD_SET}][{_ODD_SET} ]*)"
    f"|[ ]*(?:-[ ]+)*-(?P<dash>[{_ODD_SET}]+)"
    rf"|[ ]*(?:-[ ]+)*[A-Za-z][\w -]*:(?P<colon>[{_ODD_SET}]+)"
)
_FUSED_COLON = re.compile(
    r"(?:[a-z][a-z0-9_-]*:(?=[^ \t/])|[A-Za-z][A-Za-z '&/()-]*:(?=[^ \t/\d]))"
)
_FUSED_DASH = re.compile(r"-(?=[^ \t-])")
_RULER = re.compile(r"[-=_~*. ]+\Z")
_SHORT = 40
_WORD = re.compile(r"[\w-]+\Z")


def odd_space(stop: Stop) -> Trap | None:
    """A no-break or invisible space that keeps the line from being what it looks like."""
    for number in _suspect_lines(stop):
        trap = odd_space_on(stop.lines, number, stop.blocks)
        if trap:
            return trap
    return None


def odd_space_on(lines: Lines, line: int, blocks: Sequence[Block]) -> Trap | None:
    """The finding for an odd space before, or just inside, the sign that makes the line."""
    text = lines[line]
    found = _ODD.match(text)
    if found is None or found.lastgroup is None:
        return None
    start, end = found.span(found.lastgroup)
    odd = [n for n in range(start, end) if text[n] != " "]
    columns = {block.column for block in blocks}
    # Without the odd spaces the line may line up with those above it, or with them made ordinary.
    extra = end not in columns and end - len(odd) in columns and found.lastgroup == "before"
    extra = extra and not opens_value(lines, line)
    drop = {n for n in odd if extra or (text[n] in NO_WIDTH and found.lastgroup == "before")}
    edits = tuple(Edit(line, n, 1, "" if n in drop else " ") for n in odd)
    where = {"before": "before the text", "dash": "after the `-`", "colon": "after the colon"}
    kind = "a space of no width" if text[start] in NO_WIDTH else "a no-break space"
    message = f"{kind} (U+{ord(text[start]):04X}) stands {where[found.lastgroup]}"
    fix = "delete it, and press the space bar where a space is needed"
    return Trap(ODD_SPACE, line, start, end - start, message, fix, edits)


def _suspect_lines(stop: Stop) -> Iterator[int]:
    """Lines that may be to blame, likeliest first: where a text starts that should be a field."""
    if stop.context and stop.scanning:
        yield stop.context[0]
    leaf = stop.leaf
    if leaf and not leaf.style and leaf.line < stop.line and stop.character == ":":
        yield leaf.line
    yield stop.line


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


def no_space_after_dash(lines: Lines, line: int, column: int) -> Trap:
    """The finding for ``-Text``."""
    fixed = shown(f"- {lines[line][column + 1 :]}", 72)
    message, edit = "the list item has no space after its `-`", Edit(line, column + 1, 0, " ")
    return Trap(NO_SPACE_AFTER_DASH, line, column, 1, message, f"write `{fixed}`", (edit,))


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
    first_of_two = stop.context is None and line < stop.line
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
    elif first_of_two:
        edits = (Edit(line, column, length, ""),)
    elif _WORD.match(word) and _is_above_deeper(stop.lines, line):
        fix = f"write `{word}:` if it is a field"
        edits = (Edit(line, column + length, 0, ":"),)
    elif leaf and _goes_on(stop.lines, leaf, above) and word[0] not in SPECIAL:
        fix = f"indent it if it carries on the text above; {fix}"
        edits = tuple(_run(stop.lines, line, _inside(stop, leaf)))
    return Trap(STRAY_LINE, line, column, length, message, fix, edits)


def _goes_on(lines: Lines, leaf: Leaf, above: int) -> bool:
    """Whether text may be added to what was read last: plain, just above, no comment behind it."""
    bare = len(lines[leaf.end_line].rstrip()) <= leaf.end_column
    return not leaf.style and leaf.end_line == above and bare


def _unnamed(stop: Stop, line: int, column: int) -> bool:
    """Whether a short line without a colon stands above a field, as if it were one."""
    below, text = anatomy(stop.text), stop.lines[line]
    aligned = below.key_column == column and below.dash < 0 and FIELD_NAME.match(below.key)
    return bool(aligned) and len(text) - column <= _SHORT and anatomy(text).key_column < 0


def _is_named(text: str) -> bool:
    return is_structure(text) or anatomy(text).key_column >= 0


def _is_above_deeper(lines: Lines, line: int) -> bool:
    """Whether the next line is a field or an item that is indented further."""
    below = next((text for text in lines[line + 1 :] if text.strip()), "")
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
