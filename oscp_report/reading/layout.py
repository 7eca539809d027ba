"""The traps of spaces: tabs, spaces that are none, and none where one belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from oscp_report.reading.spacing import BULLET, NO_SPACE_AFTER_DASH, ODD_SPACE, TAB
from oscp_report.reading.stops import (
    Block,
    Stop,
    Trap,
    from_line,
    indent,
    is_structure,
    opens,
    opens_value,
)
from oscp_report.reading.typed import BULLETS, NO_WIDTH, ODD_SPACES, Edit, shown

Lines = Sequence[str]

_LEADING = re.compile(r"[ \t]*")
_ODD_SET = "".join(ODD_SPACES)
_BULLET = re.compile(rf"[ ]*([{BULLETS}])[ \t\u00a0]+(?=\S)")
_ODD = re.compile(
    f"[ ]*(?:-[ ]+)*(?P<before>[{_ODD_SET}][{_ODD_SET} ]*)"
    f"|[ ]*(?:-[ ]+)*-(?P<dash>[{_ODD_SET}]+)"
    rf"|[ ]*(?:-[ ]+)*[A-Za-z][\w -]*:(?P<colon>[{_ODD_SET}]+)"
)


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
    """How many spaces a tab most likely stands for: so many that the line fits those around it."""
    lines, tabs = stop.lines, leading.count("\t")
    spaces = len(leading) - tabs
    below = next((t for t in lines[stop.line + 1 :] if t.strip() and "\t" not in _leading(t)), "")
    in_text = stop.context is not None and _starts_block(lines, *stop.context)
    parent = stop.blocks[-1].column if stop.blocks else -1
    item, opening = stop.text.lstrip().startswith("- "), opens(stop.text.lstrip())
    if (in_text and not is_structure(stop.text)) or opens_value(lines, stop.line):
        columns = {indent(below), parent + 2} if indent(below) > parent else {parent + 2}
    else:
        columns = {block.column for block in stop.blocks if block.mapping != item}
    fitting = [(c - spaces) // tabs for c in columns if c > spaces and (c - spaces) % tabs == 0]

    def fits_below(width: int) -> bool:
        column = spaces + width * tabs
        if opening and not item:
            return indent(below) > column
        return indent(below) in (column, column + 2 if item else column)

    return min(fitting, key=lambda width: (not fits_below(width), abs(width - 2)), default=2)


def _starts_block(lines: Lines, line: int, column: int) -> bool:
    return lines[line][column : column + 1] in ("|", ">")


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


def bullets_from(lines: Lines, line: int, blocks: Sequence[Block]) -> Trap | None:
    """The finding for a line that begins with a bullet, and those like it below."""
    first = _BULLET.match(lines[line])
    if first is None:
        return None
    column, last = indent(lines[line]), line
    lists = [block.column for block in blocks if not block.mapping and block.column <= column]
    target = max(lists) if lists and not opens_value(lines, line) else column
    edits = []
    for number in from_line(lines, line):
        found = _BULLET.match(lines[number])
        if found and indent(lines[number]) == column:
            edits.append(Edit(number, 0, found.end(), " " * target + "- "))
            last = number
        elif lines[number].strip() and indent(lines[number]) <= column:
            break
    which = "the line starts" if last == line else f"lines {line + 1} to {last + 1} start"
    message = f"{which} with `{first[1]}`, which makes no list item"
    fix = "write a hyphen and a space in its place"
    return Trap(BULLET, line, column, 1, message, fix, tuple(edits))


def no_space_after_dash(lines: Lines, line: int, column: int) -> Trap:
    """The finding for ``-Text``."""
    fixed = shown(f"- {lines[line][column + 1 :]}", 72)
    message, edit = "the list item has no space after its `-`", Edit(line, column + 1, 0, " ")
    return Trap(NO_SPACE_AFTER_DASH, line, column, 1, message, f"write `{fixed}`", (edit,))
