"""The shapes a file's parts can have: each reads a node into a value, and describes itself.

One description serves the reader, which reports every fault and goes on, and the JSON Schema that
editors read. Every shape has a blank value, so that one fault never hides another. Texts and what
they stand for are in ``scalars``, rows of label and value in ``rows``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, Protocol, TypeVar

from oscp_report.diagnostics import Diagnostic, Location, Rule
from oscp_report.reading import fields
from oscp_report.reading.source import Entry, Node, Scalar, Sequence
from oscp_report.reading.source import Mapping as MappingNode
from oscp_report.wording import nearest, snippet

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Schema = dict[str, Any]


class Faults:
    """Collects what is wrong, in the order in which it is found.

    ``unreadable`` names the file's own fields in which something was wrong or that are missing.
    """

    def __init__(self) -> None:
        self.found: list[Diagnostic] = []
        self.unreadable: set[str] = set()

    def add(self, rule: Rule, at: Location, message: str, *, fix: str) -> None:
        self.found.append(rule.at(at, message, fix=fix))


class Shape(Protocol[T_co]):
    """What a part of the file may be."""

    def read(self, node: Node, faults: Faults) -> T_co:
        """The value; the blank one, with a fault, where the node has another shape."""

    def blank(self, at: Location) -> T_co:
        """What stands in for a part that is missing or could not be understood."""

    def schema(self) -> Schema:
        """The shape as JSON Schema, for editors."""


def kind(node: Node) -> str:
    """What a node is, in an author's words."""
    if isinstance(node, Scalar):
        return "text"
    return "a list" if isinstance(node, Sequence) else "fields"


def nothing_in(node: Node, faults: Faults) -> bool:
    """Whether a field was written down and not filled in, which is reported here."""
    if isinstance(node, Scalar):
        empty = not node.value.strip()
    else:
        empty = not (node.items if isinstance(node, Sequence) else node.entries)
    if empty:
        fix = "fill it in, or take it out"
        faults.add(fields.EMPTY, node.location, "there is nothing here", fix=fix)
    return empty


def swallowed_colon(node: Node, known: Iterable[str] = ()) -> tuple[Scalar, Scalar] | None:
    """The two halves of ``- Hate crime: a plan``, a text that YAML read as a field.

    None where the node looks like a field that is meant: its name is one of ``known``, or near.
    """
    entry = _lone_entry(node, known)
    if entry is not None and isinstance(entry.value, Scalar):
        return entry.key, entry.value
    return None


def _lone_entry(node: Node, known: Iterable[str]) -> Entry | None:
    if isinstance(node, MappingNode) and len(node.entries) == 1:
        return None if nearest(node.entries[0].key.value, known) else node.entries[0]
    return None


@dataclass(frozen=True, slots=True)
class ListOf(Generic[T]):
    """A list of one shape, with at least one item."""

    item: Shape[T]
    noun: str

    def read(self, node: Node, faults: Faults) -> tuple[T, ...]:
        if nothing_in(node, faults):
            return ()
        if not isinstance(node, Sequence):
            message = f"a list of {self.noun} belongs here, not {kind(node)}"
            fix = "begin each item on a line of its own with a hyphen and a space"
            faults.add(fields.WRONG_KIND, node.location, message, fix=fix)
            return ()
        return tuple(self.item.read(item, faults) for item in node.items)

    def blank(self, at: Location) -> tuple[T, ...]:
        return ()

    def schema(self) -> Schema:
        return {"type": "array", "items": self.item.schema(), "minItems": 1}


@dataclass(frozen=True, slots=True)
class Either(Generic[T]):
    """Text (``plain``), or something with parts (``structured``).

    ``below`` names the part of ``structured`` that is a list below its ``text``.
    """

    plain: Shape[T]
    structured: Shape[T]
    below: str = ""

    def read(self, node: Node, faults: Faults) -> T:
        known = self.structured.fields if isinstance(self.structured, Record) else ()
        if isinstance(node, Scalar) or (known and swallowed_colon(node, known)):
            return self.plain.read(node, faults)
        entry = _lone_entry(node, known) if self.below else None
        if entry is not None and isinstance(entry.value, Sequence):
            node = self._with_names(entry, faults)
        return self.structured.read(node, faults)

    def _with_names(self, entry: Entry, faults: Faults) -> Node:
        """``- Activities included:`` and a list below it, as if each had its field's name."""
        key = entry.key
        message = f"YAML takes `{snippet(key.value)}` for a field, because of the colon after it"
        fix = f"write `text:` and the text in double quotes, then `{self.below}:` above the list"
        faults.add(fields.COLON_IN_TEXT, key.location, message, fix=fix)
        text = replace(key, value=f"{key.value}:")
        named = {"text": text, self.below: entry.value}
        return MappingNode(
            tuple(Entry(replace(key, value=name), node) for name, node in named.items()),
            key.location,
        )

    def blank(self, at: Location) -> T:
        return self.plain.blank(at)

    def schema(self) -> Schema:
        return {"anyOf": [self.plain.schema(), self.structured.schema()]}


@dataclass(frozen=True, slots=True)
class Mapped(Generic[T]):
    """Another shape's value, turned into something else."""

    inner: Shape[Any]
    turn: Callable[[Any], T]

    def read(self, node: Node, faults: Faults) -> T:
        return self.turn(self.inner.read(node, faults))

    def blank(self, at: Location) -> T:
        return self.turn(self.inner.blank(at))

    def schema(self) -> Schema:
        return self.inner.schema()


@dataclass(frozen=True, slots=True)
class Judged(Generic[T]):
    """Another shape, whose value is looked at as a whole once it has been read."""

    inner: Shape[T]
    judge: Callable[[T, Faults], None]

    def read(self, node: Node, faults: Faults) -> T:
        value = self.inner.read(node, faults)
        self.judge(value, faults)
        return value

    def blank(self, at: Location) -> T:
        return self.inner.blank(at)

    def schema(self) -> Schema:
        return self.inner.schema()


@dataclass(frozen=True, slots=True)
class Named(Generic[T]):
    """A shape with a name in the JSON Schema, so that it can hold itself."""

    name: str
    inner: Callable[[], Shape[T]]

    def read(self, node: Node, faults: Faults) -> T:
        return self.inner().read(node, faults)

    def blank(self, at: Location) -> T:
        return self.inner().blank(at)

    def schema(self) -> Schema:
        return {"$ref": f"#/definitions/{self.name}"}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record. ``describe`` and ``examples`` are what an editor shows."""

    shape: Shape[Any]
    describe: str
    required: bool = False
    examples: tuple[Any, ...] = ()

    def schema(self) -> Schema:
        """The field's shape with what an editor shows beside it."""
        examples = {"examples": list(self.examples)} if self.examples else {}
        return {**self.shape.schema(), "description": self.describe, **examples}


@dataclass(frozen=True, slots=True)
class Record(Generic[T]):
    """Fields with known names, built into a value by ``build(location=..., **fields)``.

    Fields that are not there are left to the defaults of ``build``. The file itself (``top``) is
    also given ``places``: where the value of each of its fields stands.
    """

    noun: str
    build: Callable[..., T]
    fields: Mapping[str, Field]
    top: bool = False

    def read(self, node: Node, faults: Faults) -> T:
        if nothing_in(node, faults):
            return self._unread(node, faults)
        if not isinstance(node, MappingNode):
            message = f"the fields of {self.noun} belong here, not {kind(node)}"
            fix = f"write them one a line, such as `{next(iter(self.fields))}: ...`"
            faults.add(fields.WRONG_KIND, node.location, message, fix=fix)
            return self._unread(node, faults)
        known = self._known(node, faults)
        values = {name: self._value(name, entry, faults) for name, entry in known.items()}
        for name, described in self.fields.items():
            if described.required and name not in values:
                values[name] = self._missing(name, node.location, faults)
        if self.top:
            values["places"] = {name: entry.value.location for name, entry in known.items()}
        return self.build(location=node.location, **values)

    def _unread(self, node: Node, faults: Faults) -> T:
        if self.top:
            faults.unreadable.update(self.fields)
        return self.blank(node.location)

    def _value(self, name: str, entry: Entry, faults: Faults) -> Any:
        before = len(faults.found)
        value = self.fields[name].shape.read(entry.value, faults)
        if self.top and len(faults.found) > before:
            faults.unreadable.add(name)
        return value

    def _missing(self, name: str, at: Location, faults: Faults) -> Any:
        described = self.fields[name]
        message = f"{self.noun} has no `{name}`"
        fix = f"add `{name}:` ({described.describe[:1].lower()}{described.describe[1:]})"
        faults.add(fields.MISSING_FIELD, at, message, fix=fix)
        if self.top:
            faults.unreadable.add(name)
        return described.shape.blank(at)

    def _known(self, node: MappingNode, faults: Faults) -> dict[str, Entry]:
        """The entries by field name; a near miss counts as the field it is nearest to."""
        known = {e.key.value: e for e in node.entries if e.key.value in self.fields}
        for entry in node.entries:
            name = entry.key.value
            if name in self.fields:
                continue
            near = nearest(name, self.fields)
            fix = f"did you mean `{near}`?" if near else f"use one of: {', '.join(self.fields)}"
            message = f"{self.noun} has no field `{snippet(name)}`"
            faults.add(fields.UNKNOWN_FIELD, entry.key.location, message, fix=fix)
            if near:
                known.setdefault(near, entry)
        return known

    def blank(self, at: Location) -> T:
        needed = {n: f.shape.blank(at) for n, f in self.fields.items() if f.required}
        return self.build(location=at, **needed)

    def schema(self) -> Schema:
        described: Schema = {
            "type": "object",
            "additionalProperties": False,
            "properties": {name: f.schema() for name, f in self.fields.items()},
        }
        needed = [name for name, f in self.fields.items() if f.required]
        return described | ({"required": needed} if needed else {})
