"""The order in which a group of fields is written: that of the file's own description."""

from __future__ import annotations

import re
from typing import Any

from oscp_report.reading.partnership_file import PARTNERSHIP
from oscp_report.reading.rows import ById, ByYear, Labelled, RowShape
from oscp_report.reading.shapes import Either, ListOf, Named, Record, Shape
from oscp_report.reading.source import Entry, Mapping, Node, Scalar
from oscp_report.reading.year_file import REPORT

AnyShape = Shape[Any]

NAMES = ("id", "priority", "year")
"""What says which thing this is stands above what is printed of it, wherever the description of
the file lists it: the name of a paragraph below its ten lines of text would not be found."""


def shape_of_file(file: str) -> AnyShape:
    """What a file is described by: the partnership's by its name, any other as a year's."""
    name = re.split(r"[\\/]", file)[-1]
    return PARTNERSHIP if name == "partnership.yaml" else REPORT


def resolved(shape: AnyShape | None, node: Node) -> AnyShape | None:
    """The shape that orders a node, out of those that only wrap it or leave a choice."""
    while shape is not None:
        if isinstance(shape, Either):
            shape = shape.plain if isinstance(node, Scalar) else shape.structured
        elif isinstance(shape, Named):
            shape = shape.inner()
        elif isinstance(shape, ById):
            break
        elif wrapped := getattr(shape, "inner", None) or getattr(shape, "record", None):
            shape = wrapped
        else:
            break
    return shape


def inside(shape: AnyShape | None, name: str) -> AnyShape | None:
    """The shape of one field or list item of a resolved shape; None where nothing is known."""
    match shape:
        case Record():
            return shape.fields[name].shape if name in shape.fields else None
        case ListOf():
            return shape.item
        case ById():
            return shape.record
        case ByYear() | Labelled() | RowShape():
            return shape.value
    return None


def in_order(names: list[str], shape: AnyShape | None) -> list[int]:
    """Where each field goes: the numbers of the fields given, in their canonical order.

    Fields that the description does not know stay behind the one they follow; labels of the
    author's own stay where they are.
    """
    if not isinstance(shape, Record):
        return list(range(len(names)))
    known = [name for name in NAMES if name in shape.fields]
    known += [name for name in shape.fields if name not in NAMES]
    ranks, rank = [], -1
    for name in names:
        rank = known.index(name) if name in shape.fields else rank
        ranks.append(rank)
    return sorted(range(len(names)), key=ranks.__getitem__)


def entries_in_order(node: Mapping, shape: AnyShape | None) -> list[Entry]:
    """A group's fields in their canonical order."""
    names = [entry.key.value for entry in node.entries]
    return [node.entries[number] for number in in_order(names, shape)]
