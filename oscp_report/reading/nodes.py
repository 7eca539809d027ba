"""What a YAML file holds, as text with its place. Import these from ``source``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from oscp_report.diagnostics import Location


@dataclass(frozen=True, slots=True)
class Scalar:
    """One text, never converted: ``No``, ``2018-19`` and ``0123`` stay as they were typed.

    ``value`` is the text as YAML resolves quotes and folding, its lines ended by one LF.
    ``location`` is its first character (the opening quote; the ``|`` or ``>`` of a block) and
    ``length`` what there is of it on that line. ``source`` is the file's own text from start to
    end. ``plain`` tells ``key:`` with nothing from ``key: ""``.
    """

    value: str
    location: Location
    source: str
    plain: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One field: its name and what it holds."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """A group of fields, in the order typed, no name twice. The place is the first field's."""

    entries: tuple[Entry, ...]
    location: Location


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list. The place is the first item's hyphen, or the opening bracket."""

    items: tuple[Node, ...]
    location: Location


Node: TypeAlias = "Scalar | Sequence | Mapping"
