"""The parts of a file, written out in their one canonical shape."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from oscp_report.authoring.order import AnyShape, in_order, inside, resolved
from oscp_report.authoring.remarks import Part, Remark
from oscp_report.authoring.styles import WIDTH, inline, written
from oscp_report.reading.source import Scalar, Sequence

INDENT = 2


@dataclass(slots=True)
class _Row:
    """Lines that stay together. ``blank`` asks for an empty line above them.

    ``beside`` is a comment for the first line; ``remark`` says that the line is itself a comment.
    """

    lines: list[str]
    blank: bool = False
    beside: Remark | None = None
    remark: bool = False


def printed(whole: Part, shape: AnyShape | None) -> list[str]:
    """The lines of a file whose root is a list or a group of fields.

    A comment beside a text keeps its column where the text before it keeps its place. An empty
    line stands above each of the file's own fields that holds more than a text; others that an
    author left between fields or items are kept, one at a time.
    """
    rows = list(_remarks([*whole.above, *whole.beside], 0))
    for number, (child, below) in enumerate(_children(whole, shape)):
        of_child = _part(child, below, 0)
        first = of_child[0]
        if not number:
            first.blank = whole.blank or first.remark
        elif not isinstance(child.node, Scalar):
            first.blank = True
        rows += of_child
    rows += _remarks(whole.below, 0)
    return list(_lines(rows))


def _lines(rows: list[_Row]) -> Iterator[str]:
    for number, row in enumerate(rows):
        if row.blank and number:
            yield ""
        line, *others = row.lines
        yield line if row.beside is None else _with(line, row.beside)
        yield from others


def _with(line: str, remark: Remark) -> str:
    gap = 2
    if line == remark.before:
        gap = max(gap, remark.column - len(line))
    return f"{line}{' ' * gap}{remark.text}"


def _remarks(remarks: list[Remark], indent: int) -> Iterator[_Row]:
    for remark in remarks:
        yield _Row([" " * indent + remark.text], remark.blank, remark=True)


def _children(part: Part, shape: AnyShape | None) -> list[tuple[Part, AnyShape | None]]:
    """What a part holds, in order, each with its shape."""
    shape = resolved(shape, part.node)
    names = [child.key.value if child.key else "" for child in part.children]
    numbers = range(len(names)) if isinstance(part.node, Sequence) else in_order(names, shape)
    return [(part.children[number], inside(shape, names[number])) for number in numbers]


def _part(part: Part, shape: AnyShape | None, indent: int) -> list[_Row]:
    """A field or an item, ``indent`` spaces in."""
    pad = " " * indent
    lead = f"{pad}{inline(part.key.value)}:" if part.key else f"{pad}-"
    beside = part.beside[0] if part.beside else None
    above = [*part.above, *part.beside[1:]]
    below = list(_remarks(part.below, indent + INDENT))
    own = _Row([lead], part.blank, beside)
    rows = [*_remarks(above, indent), own]
    in_brackets = _in_brackets(part, lead)
    if in_brackets or part.hollow or isinstance(part.node, Scalar):
        own.lines = [in_brackets] if in_brackets else _value(part.node, lead, indent)
        return [*rows, *below]
    held = [row for child, its in _children(part, shape) for row in _part(child, its, indent + 2)]
    held[0].blank = False
    if part.key is None and beside is None and not held[0].remark:
        first = held[0].lines[0]
        own.lines = [f"{lead} {first[indent + INDENT :]}", *held[0].lines[1:]]
        own.beside = held[0].beside
        held = held[1:]
    return [*rows, *held, *below]


def _value(node: object, lead: str, indent: int) -> list[str]:
    """The lines of a text, or of nothing."""
    if isinstance(node, Scalar):
        return written(node.value, lead, indent + INDENT) if node.source else [lead]
    return [f"{lead} {'[]' if isinstance(node, Sequence) else '{}'}"]


def _in_brackets(part: Part, lead: str) -> str:
    """The line of a list of texts that its author wrote in brackets, where it can stay in them."""
    items = part.children
    if not items or part.below or not isinstance(part.node, Sequence) or not items[0].in_brackets:
        return ""
    texts = []
    for item in items:
        remarked = item.above or item.beside or item.below
        if remarked or item.key or not isinstance(item.node, Scalar):
            return ""
        texts.append(inline(item.node.value, in_brackets=True))
    line = f"{lead} [{', '.join(texts)}]"
    return line if len(line) <= WIDTH else ""
