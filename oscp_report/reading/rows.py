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
        return {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "propertyNames": SOMETHING,
            "additionalProperties": self.value.schema(),
        }


@dataclass(frozen=True, slots=True)
class Labelled(Generic[T]):
    """Fields whose names are the author's own labels, in the order in which they were written."""

    value: Shape[Any]
    build: Callable[[Text, Any], T]
    noun: str

    def read(self, node: Node, faults: Faults) -> tuple[T, ...]:
        if nothing_in(node, faults):
            return ()
        if not isinstance(node, MappingNode):
            message = f"{self.noun} belong here, not {kind(node)}"
            fix = "write each on a line of its own as `Label: value`"
            faults.add(fields.WRONG_KIND, node.location, message, fix=fix)
            return ()
        return tuple(self._one(entry, faults) for entry in node.entries)

    def _one(self, entry: Entry, faults: Faults) -> T:
        return self.build(label_of(entry.key, faults), self.value.read(entry.value, faults))

    def blank(self, at: Location) -> tuple[T, ...]:
        return ()

    def schema(self) -> Schema:
        return {
            "type": "object",
            "minProperties": 1,
            "propertyNames": SOMETHING,
            "additionalProperties": self.value.schema(),
        }


@dataclass(frozen=True, slots=True)
class ById(Generic[T]):
    """Records by id, each built with ``id=`` and the place of its id."""

    record: Record[Callable[..., T]]

    def read(self, node: Node, faults: Faults) -> Mapping[str, T]:
        if nothing_in(node, faults):
            return {}
        if not isinstance(node, MappingNode):
            message = f"ids belong here, each with its fields below, not {kind(node)}"
            fix = "write `an-id:` and its fields below it, two spaces further in"
            faults.add(fields.WRONG_KIND, node.location, message, fix=fix)
            return {}
        values: dict[str, T] = {}
        for entry in node.entries:
            key = identifier().read(entry.key, faults) or entry.key.value
            build = self.record.read(entry.value, faults)
            values[key] = build(id=key, location=entry.key.location)
        return values

    def blank(self, at: Location) -> Mapping[str, T]:
        return {}

    def schema(self) -> Schema:
        return {
            "type": "object",
            "minProperties": 1,
            "propertyNames": identifier().schema(),
            "additionalProperties": self.record.schema(),
        }


@dataclass(frozen=True, slots=True)
class ByYear(Generic[T]):
    """Values by financial year, each built with the place of its year."""

    value: Shape[Callable[..., T]]

    def read(self, node: Node, faults: Faults) -> Mapping[Year, T]:
        if nothing_in(node, faults):
            return {}
        if not isinstance(node, MappingNode):
            message = f"years belong here, each with its value, not {kind(node)}"
            fix = "write each year on a line of its own as `2017-18: 6801`"
            faults.add(fields.WRONG_KIND, node.location, message, fix=fix)
            return {}
        values: dict[Year, T] = {}
        for entry in node.entries:
            key = year().read(entry.key, faults)
            build = self.value.read(entry.value, faults)
            if key is not None:
                values[key] = build(location=entry.key.location)
        return values

    def blank(self, at: Location) -> Mapping[Year, T]:
        return {}

    def schema(self) -> Schema:
        return {
            "type": "object",
            "minProperties": 1,
            "propertyNames": year().schema(),
            "additionalProperties": self.value.schema(),
        }
