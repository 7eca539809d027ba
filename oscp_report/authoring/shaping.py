"""One canonical shape for the files in data/, so that one change is a change of few lines.

The file is written anew from the nodes of the program's own reader, which know their places, and
from the comments between them. A round trip through ruamel.yaml is no use for this: it ties a
comment to what stands before it, so that a comment above a field stays behind when the field
moves, and it cannot fold a text by sentences.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from oscp_report.authoring.order import (
    AnyShape,
    entries_in_order,
    inside,
    resolved,
    shape_of_file,
)
from oscp_report.authoring.printing import printed
from oscp_report.authoring.remarks import comments, read_parts
from oscp_report.authoring.styles import inline
from oscp_report.diagnostics import Diagnostic
from oscp_report.reading.source import Mapping, Node, Scalar, Sequence, parse
from oscp_report.reading.typed import MOST_BYTES

LONGEST_KEY = 1_000
"""Characters of a field's name. YAML reads no longer one that stands before its colon on one line
(1,024 with the quotes and spaces)."""


@dataclass(frozen=True, slots=True)
class Shaped:
    """A file in its canonical shape.

    ``data`` is the file as it was where ``diagnostics`` say why it cannot be read.
    """

    data: bytes
    diagnostics: tuple[Diagnostic, ...] = ()


def shaped(data: bytes, file: str) -> Shaped:
    """Put a year's file, or the partnership's, into its canonical shape.

    The same words, comments and structure; doing it twice changes nothing more. A file that is no
    group of fields, that would pass the reader's 1 MiB, or that has a field's name of more than
    1,000 characters, is left as it is.

    Args:
        data: the file's content.
        file: its name, which tells the partnership's file from a year's and goes into places.

    Raises:
        RuntimeError: the result would not say the same; a fault in this program.
    """
    parsed = parse(data, file)
    if parsed.diagnostics or parsed.root is None:
        return Shaped(data, parsed.diagnostics)
    if not isinstance(parsed.root, Mapping) or not parsed.root.entries or _long_key(parsed.root):
        return Shaped(data)
    shape = shape_of_file(file)
    whole = read_parts(parsed.root, parsed.lines)
    end = "\r\n" if data.count(b"\r\n") * 2 > data.count(b"\n") else "\n"
    result = end.join((*printed(whole, shape), "")).encode()
    if len(result) > MOST_BYTES:
        return Shaped(data)
    _compare(parsed.root, Counter(comments(whole)), result, file, shape)
    return Shaped(result)


def _compare(root: Mapping, notes: Counter[str], result: bytes, file: str, shape: AnyShape) -> None:
    """Read the result again.

    Raises:
        RuntimeError: it does not hold what the file held.
    """
    again = parse(result, file)
    if again.diagnostics or again.root is None:
        raise RuntimeError(f"{file}, shaped, cannot be read: {again.diagnostics[:1]}")
    if _tree(root, shape) != _tree(again.root, None):
        raise RuntimeError(f"{file}, shaped, would hold another text")
    if notes != Counter(comments(read_parts(again.root, again.lines))):
        raise RuntimeError(f"{file}, shaped, would hold other comments")


def _tree(node: Node, shape: AnyShape | None) -> Any:
    """The values and structure of a node in the order of a shape, to compare."""
    shape = resolved(shape, node)
    if isinstance(node, Scalar):
        return node.value, not node.source
    if isinstance(node, Sequence):
        return [_tree(item, inside(shape, "")) for item in node.items]
    return tuple(
        (entry.key.value, _tree(entry.value, inside(shape, entry.key.value)))
        for entry in entries_in_order(node, shape)
    )


def _long_key(node: Node) -> bool:
    if isinstance(node, Scalar):
        return False
    if isinstance(node, Sequence):
        return any(map(_long_key, node.items))
    return any(
        len(inline(entry.key.value)) > LONGEST_KEY or _long_key(entry.value)
        for entry in node.entries
    )
