"""Changes to one figure's fields in the text of a year's file: every other character stays."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from oscp_report.authoring.styles import inline
from oscp_report.reading.figure_fields import FIGURES
from oscp_report.reading.source import Entry, Mapping, Scalar

ORDER = tuple(FIGURES.record.fields)

_LINE_END = re.compile(r"\r\n|\r|\n")
_COLON = re.compile(r"\s*:")
_REST_OF_LINE = re.compile(r"[^\r\n]*")
_BLOCK_NOTE = re.compile(r"[|>][-+0-9]*[ \t]+#")


class CannotChange(Exception):
    """A field is written in a way that cannot be changed without a loss."""


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Put ``text`` in the place of what is from ``start`` to ``end``, offsets in the file."""

    start: int
    end: int
    text: str


class Page:
    """The text of a file, and where its nodes stand in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        ends = list(_LINE_END.finditer(text))
        self.line_end = ends[0][0] if ends else "\n"
        self._starts = [0, *(end.end() for end in ends)]

    def start(self, scalar: Scalar) -> int:
        """Where a text begins."""
        return self._starts[scalar.location.line - 1] + scalar.location.column - 1

    def end(self, scalar: Scalar) -> int:
        """Where a text ends, the empty lines below it left out."""
        return self.start(scalar) + len(scalar.source.rstrip())

    def rest_of_line(self, offset: int) -> str:
        """What stands on a line from an offset on, without the line's end."""
        found = _REST_OF_LINE.match(self.text, offset)
        return found[0] if found else ""


def applied(edits: Iterable[Edit], text: str) -> str:
    """A text with edits made; none may overlap. Those in one place are made in their order."""
    pieces, done = [], 0
    for edit in sorted(edits, key=lambda each: (each.start, each.end)):
        pieces += [text[done : edit.start], edit.text]
        done = edit.end
    return "".join((*pieces, text[done:]))


class Record:
    """One figure, as it stands in a page.

    Methods raise CannotChange where a change would lose something.
    """

    def __init__(self, page: Page, node: Mapping) -> None:
        self.page = page
        self.entries = {entry.key.value: entry for entry in node.entries}
        first = node.entries[0].key.location
        self.column = first.column - 1
        self.in_braces = node.location.column != first.column or node.location.line != first.line

    def text(self, field: str) -> str | None:
        """What a field says; None without the field."""
        entry = self.entries.get(field)
        if entry is None:
            return None
        if not isinstance(entry.value, Scalar):
            raise CannotChange(field)
        return entry.value.value.strip()

    def written(self, text: str) -> str:
        """A text as it stands behind a field's colon."""
        return inline(text, in_brackets=self.in_braces)

    def set(self, field: str, text: str, *, gone: str = "") -> list[Edit]:
        """Give a field a text; ``gone`` is a field that is being taken out."""
        entry = self.entries.get(field)
        return self._insert(field, text, gone) if entry is None else self._replace(entry, text)

    def rename(self, old: str, new: str, text: str) -> list[Edit]:
        """Make one field another, in its place and with the comment beside it."""
        key = self.entries[old].key
        named = Edit(self.page.start(key), self.page.end(key), new)
        return [named, *self._replace(self.entries[old], text)]

    def remove(self, field: str) -> list[Edit]:
        """Take a field out. A comment beside it keeps its line."""
        entry = self.entries[field]
        start = self.page.start(entry.key)
        end = self._end(entry)
        if self.in_braces:
            names = list(self.entries)
            number = names.index(field)
            if number:
                start = self._end(self.entries[names[number - 1]])
            elif len(names) > 1:
                end = self.page.start(self.entries[names[1]].key)
            return [Edit(start, end, "")]
        rest = self.page.rest_of_line(end)
        if rest.strip():
            return [Edit(start, end + len(rest) - len(rest.lstrip()), "")]
        if self.page.text[start - self.column : start].strip(" "):
            raise CannotChange(field)  # the first field of a figure that stands beside its id
        line_end = _LINE_END.match(self.page.text, end + len(rest))
        return [Edit(start - self.column, line_end.end() if line_end else end + len(rest), "")]

    def _end(self, entry: Entry) -> int:
        """Where a field with a text ends."""
        if not isinstance(entry.value, Scalar):
            raise CannotChange(entry.key.value)
        if entry.value.source:
            return self.page.end(entry.value)
        colon = _COLON.match(self.page.text, self.page.end(entry.key))
        return colon.end() if colon else self.page.end(entry.key)

    def _replace(self, entry: Entry, text: str) -> list[Edit]:
        value, page = entry.value, self.page
        end = self._end(entry)
        new = self.written(text)
        if isinstance(value, Scalar) and value.source:
            if _BLOCK_NOTE.match(value.source):
                raise CannotChange(entry.key.value)
            return [Edit(page.start(value), end, new)]
        if page.text[end - 1] != ":":
            return [Edit(end, end, f": {new}")]
        rest = page.rest_of_line(end)
        if rest and not rest.strip() and rest[0] == " ":
            return [Edit(end + 1, end + 1, new)]
        return [Edit(end, end, f" {new}")]

    def _insert(self, field: str, text: str, gone: str) -> list[Edit]:
        line = f"{self.written(field)}: {self.written(text)}"
        before = ORDER[: ORDER.index(field)]
        for name in reversed(before):
            entry = self.entries.get(name)
            if entry and name != gone and isinstance(entry.value, Scalar):
                end = self._end(entry)
                if self.in_braces:
                    return [Edit(end, end, f", {line}")]
                end += len(self.page.rest_of_line(end))
                return [Edit(end, end, f"{self.page.line_end}{' ' * self.column}{line}")]
        start = self.page.start(next(iter(self.entries.values())).key)
        between = ", " if self.in_braces else f"{self.page.line_end}{' ' * self.column}"
        return [Edit(start, start, line + between)]
