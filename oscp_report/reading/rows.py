"""Shapes with names of the author's own: rows of label and value, figures by id, values by year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from oscp_report.diagnostics import Location
from oscp_report.model import Paragraph, Row, Text
from oscp_report.reading import fields
from oscp_report.reading.scalars import SOMETHING, identifier, year
from oscp_report.reading.shapes import Faults, Record, Schema, Shape, kind, nothing_in
from oscp_report.reading.source import Entry, Node, Scalar
from oscp_report.reading.source import Mapping as MappingNode
from oscp_report.wording import snippet
from oscp_report.year import Year

T = TypeVar("T")

_HOW_ROWS_LOOK = "write each row as `- Label: value`"


def label_of(key: Scalar, faults: Faults) -> Text:
    """A label of the author's own, from the name of a field."""
    nothing_in(key, faults)
    return Text(key.value, key.location, key.source)


def _entries(node: Node, faults: Faults, belong: str, *, fix: str) -> tuple[Entry, ...]:
    """The fields of a mapping; of anything else none, with a fault unless nothing was written.

    ``belong`` begins the message: what should have been written.
    """
    if nothing_in(node, faults):
        return ()
    if not isinstance(node, MappingNode):
        message = f"{belong}, not {kind(node)}"
        faults.add(fields.WRONG_KIND, node.location, message, fix=fix)
        return ()
    return node.entries


def _schema(names: Schema, values: Schema, **more: Any) -> Schema:
    """Of a mapping with at least one field, with the schemas of its names and its values."""
    some = {"type": "object", "minProperties": 1, **more}
    return {**some, "propertyNames": names, "additionalProperties": values}


@dataclass(frozen=True, slots=True)
class RowShape:
    """One row of a list: ``- Date: 22 July 2019``."""

    value: Shape[Paragraph]

    def read(self, node: Node, faults: Faults) -> Row:
        if nothing_in(node, faults):
            return self.blank(node.location)
        if not isinstance(node, MappingNode):
            message = f"a row with a label and a value belongs here, not {kind(node)}"
            faults.add(fields.WRONG_KIND, node.location, message, fix=_HOW_ROWS_LOOK)
            return self.blank(node.location)
        first, *others = node.entries
        for entry in others:
            name = snippet(entry.key.value)
            message = f"`{name}` belongs to the row above it"
            fix = f"begin a row of its own: `- {name}: ...`"
            faults.add(fields.WRONG_KIND, entry.key.location, message, fix=fix)
        return Row(label=label_of(first.key, faults), value=self.value.read(first.value, faults))

    def blank(self, at: Location) -> Row:
        return Row(label=Text("", at), value=self.value.blank(at))

    def schema(self) -> Schema:
        return _schema(SOMETHING, self.value.schema(), maxProperties=1)


@dataclass(frozen=True, slots=True)
class Labelled(Generic[T]):
    """Fields whose names are the author's own labels, in the order in which they were written."""

    value: Shape[Any]
    build: Callable[[Text, Any], T]
    noun: str

    def read(self, node: Node, faults: Faults) -> tuple[T, ...]:
        fix = "write each on a line of its own as `Label: value`"
        entries = _entries(node, faults, f"{self.noun} belong here", fix=fix)
        return tuple(self._one(entry, faults) for entry in entries)

    def _one(self, entry: Entry, faults: Faults) -> T:
        return self.build(label_of(entry.key, faults), self.value.read(entry.value, faults))

    def blank(self, at: Location) -> tuple[T, ...]:
        return ()

    def schema(self) -> Schema:
        return _schema(SOMETHING, self.value.schema())


@dataclass(frozen=True, slots=True)
class ById(Generic[T]):
    """Records by id, each built with ``id=`` and the place of its id."""

    record: Record[Callable[..., T]]

    def read(self, node: Node, faults: Faults) -> Mapping[str, T]:
        belong = "ids belong here, each with its fields below"
        fix = "write `an-id:` and its fields below it, two spaces further in"
        values: dict[str, T] = {}
        for entry in _entries(node, faults, belong, fix=fix):
            key = identifier().read(entry.key, faults) or entry.key.value
            build = self.record.read(entry.value, faults)
            values[key] = build(id=key, location=entry.key.location)
        return values

    def blank(self, at: Location) -> Mapping[str, T]:
        return {}

    def schema(self) -> Schema:
        return _schema(identifier().schema(), self.record.schema())


@dataclass(frozen=True, slots=True)
class ByYear(Generic[T]):
    """Values by financial year, each built with the place of its year."""

    value: Shape[Callable[..., T]]

    def read(self, node: Node, faults: Faults) -> Mapping[Year, T]:
        belong = "years belong here, each with its value"
        fix = "write each year on a line of its own as `2017-18: 6801`"
        values: dict[Year, T] = {}
        for entry in _entries(node, faults, belong, fix=fix):
            key = year().read(entry.key, faults)
            build = self.value.read(entry.value, faults)
            if key is not None:
                values[key] = build(location=entry.key.location)
        return values

    def blank(self, at: Location) -> Mapping[Year, T]:
        return {}

    def schema(self) -> Schema:
        return _schema(year().schema(), self.value.schema())
