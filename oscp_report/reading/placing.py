"""The traps of indents: tabs, and lines that line up with nothing above them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from oscp_report.reading.spacing import INDENT, TAB
from oscp_report.reading.stops import (
    FIELD_NAME,
    Block,
    Stop,
    Trap,
    anatomy,
    from_line,
    indent,
    is_structure,
    opens_value,
)
from oscp_report.reading.typed import Edit, shown

Lines = Sequence[str]

_LEADING = re.compile(r"[ \t]*")


def tab(stop: Stop) -> Trap | None:
    """A line, and those below it, that are indented with tabs; or another tab out of place."""
    leading = _leading(stop.text)
    if "\t" in leading and stop.column <= len(leading):
        return _tabbed_lines(stop, leading)
    if stop.character != "\t":
        return None
    length = len(_leading(stop.text[stop.column :]))
    message, fix = "a tab stands where a space belongs", "replace the tab with a space"
    edit = Edit(stop.line, stop.column, length, " ")
    return Trap(TAB, stop.line, stop.column, length, message, fix, (edit,))


def _leading(text: str) -> str:
    found = _LEADING.match(text)
    return found[0] if found else ""


def _tabbed_lines(stop: Stop, leading: str) -> Trap:
    width, last, edits = _tab_width(stop, leading), stop.line, []
    for number in from_line(stop.lines, stop.line):
        text = stop.lines[number]
        here = _leading(text)
        if text.strip() and "\t" not in here:
            break
        if "\t" in here:
            last = number
            edits.append(Edit(number, 0, len(here), here.replace("\t", " " * width)))
    which = "the line is" if last == stop.line else f"lines {stop.line + 1} to {last + 1} are"
    message = f"{which} indented with {'a tab' if last == stop.line else 'tabs'}"
    fix = "use spaces instead, as many as the lines that it belongs with have"
    return Trap(TAB, stop.line, 0, len(leading), message, fix, tuple(edits))


def _tab_width(stop: Stop, leading: str) -> int:
    """How many spaces a tab most likely stands for: so many that the line fits those above."""
    tabs = leading.count("\t")
    spaces = len(leading) - tabs
    if opens_value(stop.lines, stop.line) and stop.blocks:
        return max(2, -(-(stop.blocks[-1].column + 1 - spaces) // tabs))
    item = stop.text.lstrip().startswith("- ")
    for block in reversed(stop.blocks):
        room = block.column - spaces
        if block.mapping != item and room > 0 and room % tabs == 0:
            return room // tabs
    return 2


def block_text(stop: Stop) -> Trap | None:
    """A line of a block of text (``|`` or ``>``) that is indented less than the block."""
    leaf, lines = stop.leaf, stop.lines
    if leaf is None or leaf.style not in ("|", ">"):
        return None
    line = next((n for n in range(leaf.end_line, len(lines)) if lines[n].strip()), -1)
    if line < 0 or line not in (stop.line, stop.context and stop.scanning and stop.context[0]):
        return None
    parent = anatomy(lines[leaf.line]).parent
    first = next(n for n in range(leaf.line + 1, len(lines)) if lines[n].strip())
    target = parent + 2 if leaf.empty else indent(lines[first])

    def falls_out(text: str) -> bool:
        if leaf.empty:
            return indent(text) <= parent and not is_structure(text)
        return parent < indent(text) < target

    if not falls_out(lines[line]):
        return None
    edits = []
    for number in from_line(lines, line):
        text = lines[number]
        if text.strip() and not falls_out(text) and indent(text) < target:
            break
        if text.strip() and indent(text) < target:
            edits.append(Edit(number, 0, 0, " " * (target - indent(text))))
    sign = lines[leaf.line][leaf.column]
    message = f"the line is indented too little for the text under `{sign}` on line {leaf.line + 1}"
    fix = f"start it in column {target + 1}"
    column = indent(lines[line])
    length = len(lines[line].strip())
    return Trap(INDENT, line, column, length, message, fix, tuple(edits))


def misplaced(stop: Stop) -> Trap | None:
    """A field or a list item that lines up with none of its kind."""
    parts, text, leaf = anatomy(stop.text), stop.text, stop.leaf
    at_colon = stop.character == ":" and stop.column == parts.colon
    if at_colon:
        named = parts.dash >= 0 or FIELD_NAME.match(parts.key)
        unlike = leaf is None or leaf.style or leaf.line >= stop.line
        if unlike or not named or stop.context:
            return None
    elif not stop.starts_line:
        return None
    item, column = parts.dash >= 0, parts.indent
    if not item and parts.key_column < 0:
        return None
    name = "the list item" if item else f"`{shown(parts.key)}`"
    length = 1 if item else len(text[parts.key_column : parts.colon].rstrip())
    if stop.blocks and column < stop.blocks[0].column and not at_colon:
        return _first_block_indented(stop, stop.blocks[0])
    targets = [block for block in stop.blocks if block.mapping != item and block.column != column]
    if not targets:
        edits = tuple(_leave_out(stop.lines, stop.line))
        message = f"{name} stands where a {'field' if item else 'list item'} belongs"
        fix = "move it under the field that its list belongs to"
        fix = fix if item else "put `- ` before it, or line it up with the fields it belongs with"
        return Trap(INDENT, stop.line, column, length, message, fix, edits)
    target = min(targets, key=lambda block: (abs(block.column - column), -block.column))
    by = abs(target.column - column)
    side = "right" if target.column > column else "left"
    other = f"the item on line {target.line + 1}"
    if not item:
        other = f"`{shown(target.name)}` on line {target.line + 1}"
    spaces = f"{by} space{'' if by == 1 else 's'}"
    fix = f"move it {spaces} to the {side}, to line up with {other}"
    edits = tuple(_shift(stop.lines, stop.line, target.column - column))
    message = f"{name} lines up with no {'item' if item else 'field'} above it"
    return Trap(INDENT, stop.line, column, length, message, fix, edits)


def _first_block_indented(stop: Stop, block: Block) -> Trap:
    """The file's first lines are indented, and a later one is not."""
    first = next(n for n, text in enumerate(stop.lines) if indent(text) >= block.column and text)
    by = block.column - indent(stop.text)
    edits = tuple(
        Edit(n, 0, by, "") for n in range(stop.line) if indent(stop.lines[n]) >= block.column
    )
    message = f"the line is indented, but line {stop.line + 1} is not"
    fix = f"move lines {first + 1} to {stop.line} to the left by {by}"
    return Trap(INDENT, first, block.column, 1, message, fix, edits)


def _shift(lines: Lines, line: int, by: int) -> Iterator[Edit]:
    """Move a line and what belongs to it, and the lines below that are just as far off."""
    start = indent(lines[line])
    for number in from_line(lines, line):
        text = lines[number]
        if not text.strip():
            continue
        if indent(text) < start or (number > line and indent(text) == start + by):
            return
        yield Edit(number, 0, max(0, -by), " " * max(0, by))


def _leave_out(lines: Lines, line: int) -> Iterator[Edit]:
    start = indent(lines[line])
    item = lines[line].startswith("-", start)
    for number in from_line(lines, line):
        text = lines[number]
        beside = item and indent(text) == start and text.startswith("-", start)
        if text.strip() and number > line and indent(text) <= start and not beside:
            return
        if text.strip():
            yield Edit(number, 0, 0, "#")
