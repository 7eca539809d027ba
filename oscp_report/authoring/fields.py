"""Changes to one figure's fields in the text of a year's file: every other character stays."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from oscp_report.authoring.styles import inline
from oscp_report.reading.figure_fields import FIGURES
from oscp_report.reading.source import Entry, Mapping, Node, Scalar

ORDER = tuple(FIGURES.record.fields)

_LINE_END = re.compile(r"\r\n|\r|\n")
_COLON = re.compile(r"\s*:")
_REST_OF_LINE = re.compile(r"[^\r\n]*")
_CLOSING = re.compile(r"[\s,:]*\}")
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

    def start(self, node: Node) -> int:
        """Where a text begins, or a group of fields: at its first field, or its brace."""
        return self._starts[node.location.line - 1] + node.location.column - 1

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


def overlap(edits: Iterable[Edit]) -> bool:
    """Whether two edits would change the same text."""
    ordered = sorted(edits)
    return any(one.end > other.start for one, other in pairwise(ordered))


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

    def words(self, field: str) -> str:
        """What a field says, the fields in it behind each other; empty where it says nothing."""
        entry = self.entries.get(field)
        if entry is None or not isinstance(entry.value, Mapping):
            return self.text(field) or ""
        parts = [part.value for part in entry.value.entries]
        texts = [" ".join(part.value.split()) for part in parts if isinstance(part, Scalar)]
        if len(texts) < len(parts):
            raise CannotChange(field)
        return ", ".join(filter(None, texts))

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
        """Take a field out, and those in it. A comment beside one keeps its line."""
        entry = self.entries[field]
        start = self.page.start(entry.key)
        value, inside = entry.value, []
        if isinstance(value, Scalar) and _BLOCK_NOTE.match(value.source):
            raise CannotChange(field)
        group = Record(self.page, value) if isinstance(value, Mapping) else None
        if group and not group.in_braces:
            inside = [edit for name in group.entries for edit in group.remove(name)]
            end = self._colon(entry)
        else:
            end = self._end(entry)
            if not isinstance(value, Scalar) or value.source:
                self._refuse_comment(self.page.end(entry.key), self.page.start(value), field)
        if self.in_braces:
            return [self._cut(start, end, field)]
        rest = self.page.rest_of_line(end)
        if rest.strip():
            return [Edit(start, end + len(rest) - len(rest.lstrip()), ""), *inside]
        if self.page.text[start - self.column : start].strip(" "):
            raise CannotChange(field)  # the first field of a figure that stands beside its id
        line_end = _LINE_END.match(self.page.text, end + len(rest))
        end = line_end.end() if line_end else end + len(rest)
        return [Edit(start - self.column, end, ""), *inside]

    def _cut(self, start: int, end: int, field: str) -> Edit:
        """Take a field in braces out, and the comma that parted it from another."""
        names = list(self.entries)
        number = names.index(field)
        if number:
            start, before = self._end(self.entries[names[number - 1]]), start
            self._refuse_comment(start, before, field)
        elif len(names) > 1:
            end, after = self.page.start(self.entries[names[1]].key), end
            self._refuse_comment(after, end, field)
        # A field left empty has to keep its colon apart, unless it is the value that comes there.
        stuck = number > 0 and names[number - 1] != "value" and self.page.text[start - 1] == ":"
        return Edit(start, end, " " if stuck else "")

    def _refuse_comment(self, start: int, end: int, field: str) -> None:
        """Raises CannotChange where there is a comment between two texts."""
        if "#" in self.page.text[start:end]:
            raise CannotChange(field)

    def _end(self, entry: Entry) -> int:
        """Where a field with a text ends, or with texts in braces."""
        if isinstance(entry.value, Mapping):
            return self._end_of_braces(entry.value, entry.key.value)
        if not isinstance(entry.value, Scalar):
            raise CannotChange(entry.key.value)
        return self.page.end(entry.value) if entry.value.source else self._colon(entry)

    def _end_of_braces(self, group: Mapping, field: str) -> int:
        """Where a group in braces ends that holds texts and no comment."""
        page, at = self.page, self.page.start(group)
        if page.text[at] != "{":
            raise CannotChange(field)
        for part in (part for entry in group.entries for part in (entry.key, entry.value)):
            if not isinstance(part, Scalar):
                raise CannotChange(field)
            if part.source:
                self._refuse_comment(at, page.start(part), field)
                at = page.end(part)
        closing = _CLOSING.match(page.text, at)
        if closing is None:
            raise CannotChange(field)
        return closing.end()

    def _colon(self, entry: Entry) -> int:
        """Where a field's colon ends."""
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
