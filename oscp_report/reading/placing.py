"""The traps of indents: lines that line up with none of their kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from oscp_report.reading.features import REPEATED_FIELD
from oscp_report.reading.spacing import INDENT
from oscp_report.reading.stops import (
    FIELD_NAME,
    Anatomy,
    Block,
    Stop,
    Trap,
    anatomy,
    from_line,
    indent,
    is_structure,
    next_line,
    opens,
    opens_value,
)
from oscp_report.reading.typed import Edit, shown

Lines = Sequence[str]

MOST_OFF = 2
"""Spaces a line may be off for its right column to be a safe guess: a slip, or the Tab key's."""


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
    parts, leaf = anatomy(stop.text), stop.leaf
    at_colon = stop.character == ":" and stop.column == parts.colon
    if at_colon:
        named = parts.dash >= 0 or FIELD_NAME.match(parts.key) or _beside_labels(stop, parts)
        unlike = leaf is None or leaf.style or leaf.line >= stop.line
        if unlike or not named or stop.context:
            return None
        if leaf and leaf.column == parts.key_column and parts.dash < 0:
            return None  # in line with the text above it, which is the one that is wrong
    elif not stop.starts_line:
        return None
    if parts.dash < 0 and parts.key_column < 0:
        return None
    item, column = parts.dash >= 0, parts.indent
    if stop.blocks and column < stop.blocks[0].column and not at_colon:
        return _first_block_indented(stop, stop.blocks[0])
    targets = [block for block in stop.blocks if block.mapping != item and block.column != column]
    unmarked = [block for block in stop.blocks if block.mapping and block.column == column + 2]
    if item and unmarked and not at_colon:
        trap = _first_item_without_hyphen(stop, unmarked[-1])
        if trap:
            return trap
    if not targets:
        return _of_the_wrong_kind(stop, parts)
    target = min(targets, key=lambda block: _distance(stop, parts, block))
    nearest = min(targets, key=lambda block: abs(block.column - column))
    near = abs(nearest.column - column) <= MOST_OFF
    if near and nearest.count == 1 and _is_first_off(stop, nearest, item=item):
        target = nearest
        place, other = (target.line, target.column), (stop.line, column)
    else:
        place, other = (stop.line, column), (target.line, target.column)
    return _out_of_line(stop.lines, place, other, item=item)


def _distance(stop: Stop, parts: Anatomy, block: Block) -> tuple[bool, int, bool, int]:
    """How unlikely a line belongs in a block: what is inside it must stay inside it."""
    below = next_line(stop.lines, stop.line)
    inside, room = indent(below), block.column + below.lstrip().startswith("-")
    torn = parts.dash < 0 and opens(stop.text) and inside < room
    fits = parts.dash >= 0 and inside == block.column + parts.key_column - parts.dash
    return torn, abs(block.column - parts.indent), not fits, -block.column


def _out_of_line(
    lines: Lines, place: tuple[int, int], other: tuple[int, int], *, item: bool
) -> Trap:
    """The finding for the line at ``place``, which should start in the column of ``other``."""
    by = other[1] - place[1]
    name, length = _called(lines, *place, item=item)
    spaces = f"{abs(by)} space{'' if abs(by) == 1 else 's'} to the {'right' if by > 0 else 'left'}"
    beside = "the item" if item else _called(lines, *other, item=item)[0]
    fix = f"move it {spaces}, to line up with {beside} on line {other[0] + 1}"
    if abs(by) > MOST_OFF:
        fix = f"start it in the column of the {'items' if item else 'fields'} it belongs with"
    where = "above" if other < place else "below"
    message = f"{name} lines up with no {'item' if item else 'field'} {where} it"
    return Trap(INDENT, *place, length, message, fix, tuple(_shift(lines, place[0], by)))


def _called(lines: Lines, line: int, column: int, *, item: bool) -> tuple[str, int]:
    """What to call the item or the field that starts at a place, and its length."""
    if item:
        return "the list item", 1
    # The field may stand after the hyphen of its item.
    parts = anatomy(" " * column + lines[line][column:])
    name = lines[line][column : parts.colon].rstrip()
    return f"`{shown(parts.key)}`", len(name)


def _beside_labels(stop: Stop, parts: Anatomy) -> bool:
    """Whether a name of several words stands about where other such names do."""
    if not stop.blocks or not stop.blocks[-1].mapping:
        return False
    block = stop.blocks[-1]
    return not FIELD_NAME.match(block.name) and abs(block.column - parts.key_column) <= 2


def _first_item_without_hyphen(stop: Stop, block: Block) -> Trap | None:
    """Fields where a list belongs: the first item's hyphen is missing."""
    lines, column = stop.lines, block.column - 2
    text = lines[block.first]
    if indent(text) != block.column or not opens_value(lines, block.first):
        return None
    name, length = _called(lines, block.first, block.column, item=False)
    message = f"{name} has no `-` before it, unlike the list item on line {stop.line + 1}"
    fix = f"write `- {name.strip('`')}:` if a list item starts here"
    edit = Edit(block.first, column, 1, "-")
    return Trap(INDENT, block.first, block.column, length, message, fix, (edit,))


def _is_first_off(stop: Stop, block: Block, *, item: bool) -> bool:
    """Whether the only item or field above is the odd one out, not the line that was met."""
    hyphen = anatomy(stop.lines[block.line]).dash
    if item or hyphen < 0:
        return _has_others(stop.lines, stop.line, item=item)
    # The field is the first of its item: there may be an item where its hyphen should be.
    there = hyphen + indent(stop.text) - block.column
    for number in from_line(stop.lines, stop.line + 1):
        text = stop.lines[number]
        if text.strip() and indent(text) <= there:
            return indent(text) == there and text.startswith("- ", there)
    return False


def _has_others(lines: Lines, line: int, *, item: bool) -> bool:
    """Whether there are more of its kind below, in the same column."""
    start = indent(lines[line])
    for number in from_line(lines, line + 1):
        text = lines[number]
        if text.strip() and indent(text) <= start:
            same_kind = text.startswith("-", start) == item and is_structure(text)
            return indent(text) == start and same_kind
    return False


def _of_the_wrong_kind(stop: Stop, parts: Anatomy) -> Trap:
    item = parts.dash >= 0
    name, length = _called(stop.lines, stop.line, parts.indent, item=item)
    edits = tuple(_leave_out(stop.lines, stop.line))
    message = f"{name} stands where a {'field' if item else 'list item'} belongs"
    fix = "move it under the field that its list belongs to"
    fix = fix if item else "put `- ` before it, or line it up with the fields it belongs with"
    return Trap(INDENT, stop.line, parts.indent, length, message, fix, edits)


def field_too_far_in(lines: Lines, start: tuple[int, int], parent: tuple[int, int]) -> Trap | None:
    """Fields given twice because the field above them, whose they are, is no further out.

    ``parent`` is where the latest field stands of the group that the field above belongs in.
    """
    above = next((n for n in range(start[0] - 1, -1, -1) if lines[n].strip()), -1)
    if above < 0 or not opens_value(lines, start[0]) or anatomy(lines[above]).dash >= 0:
        return None
    place = above, anatomy(lines[above]).key_column
    if place[1] != start[1] or parent[1] >= start[1]:
        return None
    trap = _out_of_line(lines, place, parent, item=False)
    return replace(trap, edits=(Edit(above, 0, place[1] - parent[1], ""),))


def item_without_hyphen(
    lines: Lines, start: tuple[int, int], name: str, column: int, first: int
) -> Trap | None:
    """A list item's first field given a second time; ``column`` is that of the list's hyphens."""
    line = start[0]
    if lines[line][: start[1]].strip() or start[1] < column + 2:
        return None
    message = f"`{shown(name)}` is given twice, first on line {first}"
    fix = f"write `- {shown(name)}:` if a list item starts here; if not, delete one of the two"
    edit = Edit(line, column, 1, "-")
    return Trap(REPEATED_FIELD, *start, len(name), message, fix, (edit,))


def _first_block_indented(stop: Stop, block: Block) -> Trap | None:
    """The file's first lines are indented, and a later one is not."""
    indented = (n for n, text in enumerate(stop.lines) if indent(text) >= block.column and text)
    first = next(indented, stop.line)
    if first >= stop.line:
        return None
    by = block.column - indent(stop.text)
    edits = tuple(
        Edit(n, 0, by, "") for n in range(stop.line) if indent(stop.lines[n]) >= block.column
    )
    message = f"the line is indented, but line {stop.line + 1} is not"
    fix = f"move lines {first + 1} to {stop.line} to the left by {by}"
    return Trap(INDENT, first, block.column, 1, message, fix, edits)


def _shift(lines: Lines, line: int, by: int) -> Iterator[Edit]:
    """Move a line, what belongs to it, and the lines below that are just as far off."""
    start = indent(lines[line])
    item = lines[line].startswith("-", start)
    labels = not FIELD_NAME.match(anatomy(lines[line]).key)
    along = True
    for number in from_line(lines, line):
        text = lines[number]
        if not text.strip():
            continue
        here = indent(text)
        parts = anatomy(text)
        same_kind = text.startswith("-", here) if item else parts.dash < 0
        named = item or is_structure(text) or (labels and parts.key_column >= 0)
        sibling = number == line or (same_kind and here == start and named)
        in_place = here == start + by and (same_kind or not along)
        if number > line and (here < start or (in_place and not (along and not item))):
            return
        if sibling:
            along = _moves_along(lines, number, by)
        elif not along and here > start + by:
            continue
        yield Edit(number, 0, max(0, -by), " " * max(0, by))


def _moves_along(lines: Lines, line: int, by: int) -> bool:
    """Whether the lines inside a line that is moved have to move with it."""
    parts, inside = anatomy(lines[line]), next_line(lines, line)
    below = indent(inside)
    if parts.dash < 0 or parts.key_column < 0:
        belongs = opens(lines[line]) or not is_structure(inside)
        return belongs and parts.indent < below <= parts.indent + by
    for number in from_line(lines, line + 1):
        text = lines[number]
        if text.strip() and indent(text) <= min(parts.indent, parts.indent + by):
            break
        if is_structure(text) and indent(text) in (parts.key_column, parts.key_column + by):
            return indent(text) == parts.key_column
    return below <= parts.key_column + by


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
