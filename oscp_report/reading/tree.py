"""Nodes from a parser's events, one by one: what is no report's business is found on the way.

Lines and columns count from 0, in the page's working lines.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from oscp_report.diagnostics import Location
from oscp_report.reading.nodes import Entry, Mapping, Node, Scalar, Sequence
from oscp_report.reading.notes import Notes
from oscp_report.reading.typed import CUT, FORBIDDEN, STAND_IN, STARTERS, Page

if TYPE_CHECKING:
    from oscp_report.reading.stops import Block, Stop, Trap
    from oscp_report.reading.texts import Role

Place = tuple[int, int]


_QUESTION = re.compile(r"[ ]*(?:- +)+\? ")


class Slip(Exception):
    """A trap that YAML lets pass, and that is repaired like one it does not."""

    def __init__(self, trap: Trap) -> None:
        super().__init__(trap.message)
        self.trap = trap


class _Open:
    """A list or group of fields that is being read; ``key`` waits for its value."""

    __slots__ = (
        "column", "entries", "flow", "key", "line", "mapping", "name", "names", "nodes", "start",
        "texts", "wanted",
    )  # fmt: skip

    def __init__(self, start: Place, *, mapping: bool, flow: bool) -> None:
        self.mapping = mapping
        self.flow = flow
        self.start = start
        self.line, self.column = start
        self.nodes: list[Node] = []
        self.entries: list[Entry] = []
        self.names: dict[str, Location] = {}
        self.key: Scalar | None = None
        self.wanted = True
        self.name = ""
        self.texts = False


class Tree:
    """One reading of a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.notes = Notes(page)
        self._documents: list[Node] = []
        self._started = 0
        self._open: list[_Open] = []
        self._closed: list[_Open] = []
        self._leaf: tuple[int, int, int, int, str, bool] | None = None
        self._nodes = 0

    @property
    def root(self) -> Node | None:
        """The document; the fields of a second one are added, except those it has already.

        None where there is nothing, or reading was broken off.
        """
        roots = [] if self.notes.halted else self._documents
        roots = [root for root in roots if not isinstance(root, Scalar) or root.source]
        first = roots[0] if roots else None
        if not isinstance(first, Mapping):
            return first
        entries = {entry.key.value: entry for entry in first.entries}
        for other in roots[1:]:
            for entry in other.entries if isinstance(other, Mapping) else ():
                entries.setdefault(entry.key.value, entry)
        return Mapping(tuple(entries.values()), first.location)

    def stop(self, at: Place, context: Place | None, *, scanning: bool) -> Stop:
        """The state of reading at a syntax error."""
        from oscp_report.reading.stops import Leaf, Stop

        lines = self.page.working
        line = min(at[0], len(lines) - 1)
        flows = [one.start for one in self._open if one.flow]
        return Stop(
            lines=lines,
            line=line,
            column=at[1] if line == at[0] else len(lines[line]),
            context=context if context and context[0] < len(lines) else None,
            scanning=scanning,
            leaf=Leaf(*self._leaf) if self._leaf else None,
            flow=flows[0] if flows else None,
            blocks=self._blocks([*self._open, *reversed(self._closed)]),
        )

    @staticmethod
    def _blocks(those: list[_Open]) -> tuple[Block, ...]:
        from oscp_report.reading.stops import Block

        return tuple(
            Block(
                one.mapping,
                one.column,
                one.start[0],
                one.line,
                len(one.names) if one.mapping else len(one.nodes),
                one.name,
                one.texts,
            )
            for one in those
            if not one.flow
        )

    @property
    def _within(self) -> bool:
        """Whether brackets are open."""
        return any(one.flow for one in self._open)

    def document(self, at: Place) -> None:
        """A document starts."""
        self._started += 1
        if self._started > 1:
            self.notes.second_document(at)

    def alias(self, start: Place, end: Place) -> None:
        """An alias: kept as the text that was typed."""
        self._count(start)
        place = self.notes.alias(start, end, within=self._within)
        self._leaf, self._closed = (*start, *end, "*", False), []
        source = self.page.typed(*start, *end)
        self._add(Scalar(source, place, source, plain=True), start)

    def properties(self, start: Place, anchor: str | None, tag: str | None) -> None:
        """What stands before a node: left out."""
        self.notes.properties(start, anchor, tag, within=self._within)

    def scalar(self, value: str, style: str, start: Place, end: Place) -> None:
        """A text."""
        page = self.page
        last = len(page.working) - 1
        if start[0] > last:
            # An empty text at the end of a file that does not end its last line.
            start = end = last, len(page.working[last])
        self._count(start)
        line, column = start
        source = page.typed(*start, *end)
        if style or source:
            self._leaf = (line, column, *end, style, not value)
        self._closed = []
        length = end[1] - column
        if end[0] > line:
            length = len(page.working[line].rstrip(" \t")) - column
        cut = not style and CUT.match(page.working[end[0]], end[1])
        if cut or end[0] > line or value.startswith(STARTERS) or "\\" in source:
            self._check(style, start, end)
        if style == '"' and "\\" in source:
            value = FORBIDDEN.sub(STAND_IN, value).replace("\r\n", "\n").replace("\r", "\n")
        place = page.location(line, column, length)
        value = self.notes.cut(value, place)
        self._add(Scalar(value, place, source, not style), start)

    def start(self, start: Place, *, mapping: bool, flow: bool) -> None:
        """A list or a group of fields starts."""
        self._open.append(_Open(start, mapping=mapping, flow=flow))
        self._count(start)

    def end(self, end: Place) -> None:
        """The list or group that was started last ends."""
        done = self._open.pop()
        node: Node
        if done.flow:
            length = end[1] - done.start[1] if end[0] == done.start[0] else 1
            if not self._within:
                self._leaf = (*done.start, *end, "[", False)
        else:
            length = 1
            self._closed.append(done)
        place = self.page.location(*done.start, length)
        if done.mapping and done.entries and not done.flow:
            place = done.entries[0].key.location
        if not done.mapping:
            node = Sequence(tuple(done.nodes), place)
        else:
            node = self._reference(done, end) or Mapping(tuple(done.entries), place)
        self._add(node, done.start)

    def _reference(self, done: _Open, end: Place) -> Scalar | None:
        """``{figure-id}``: to YAML a field without a value, to its author a reference."""
        if not done.flow or len(done.entries) != 1:
            return None
        key, value = done.entries[0].key, done.entries[0].value
        typed = self.page.typed(*done.start, *end)
        if not key.plain or not isinstance(value, Scalar) or typed[1:-1].strip() != key.source:
            return None
        from oscp_report.reading.traps import reference_alone

        trap = reference_alone(self.page.working, done.start, end, within=self._within)
        place = self.notes.report(trap)
        return Scalar(" ".join(typed.split()), place, typed, plain=True)

    def _add(self, node: Node, start: Place) -> None:
        if not self._open:
            self._documents.append(node)
            return
        top = self._open[-1]
        if not top.mapping:
            top.texts = isinstance(node, Scalar) and (top.texts or not top.nodes)
            top.nodes.append(node)
            top.line = start[0]
        elif top.key is None:
            top.key = self._name(top, node, start)
        else:
            asked = _QUESTION.match(self.page.working[top.line])
            if asked and isinstance(node, Scalar) and not node.source:
                from oscp_report.reading.traps import question

                raise Slip(question(self.page.working, (top.line, asked.end() - 2)))
            if top.wanted:
                top.entries.append(Entry(top.key, node))
            top.key = None

    def _name(self, top: _Open, node: Node, start: Place) -> Scalar:
        """The name of a field; ``top.wanted`` says whether the field is kept."""
        top.line = start[0]
        if not top.names and self.page.working[top.start[0]].startswith(("&", "!"), top.start[1]):
            top.column = start[1]  # the group starts with an anchor or a tag, not with this name
        self._check_repeated(top, node, start)
        name = self.notes.name(node, start, top.names)
        top.wanted = name is not None
        if name is None:
            return node if isinstance(node, Scalar) else Scalar("", node.location, "", plain=True)
        top.name = name
        top.names[name] = node.location
        assert isinstance(node, Scalar), "only a text can be a name"
        return node if name == node.value else Scalar(name, node.location, node.source, node.plain)

    def _check_repeated(self, top: _Open, node: Node, start: Place) -> None:
        """A field given again because of a slip above it, which is the one to tell."""
        if top.flow or len(self._open) < 2 or not isinstance(node, Scalar):
            return
        around, name = self._open[-2], node.value
        if around.flow or name not in top.names or len(top.names) < 2 or start[1] != top.column:
            return
        from oscp_report.reading.placing import field_too_far_in, item_without_hyphen

        trap = None
        lines, first = self.page.working, top.names[name].line
        if around.mapping:
            trap = field_too_far_in(lines, start, (around.line, around.column))
        elif name == next(iter(top.names)):
            trap = item_without_hyphen(lines, start, name, around.column, first)
        if trap:
            raise Slip(trap)

    def _check(self, style: str, start: Place, end: Place) -> None:
        """What a text may be that it does not look like."""
        from oscp_report.reading.texts import Text, check

        top = self._open[-1] if self._open else None
        role: Role = "item"
        if top and top.mapping:
            role = "value" if top.key else "name"
        blocks = self._blocks(self._open)
        text = Text(self.page.working, style, start, end, role, blocks, self._within)
        for trap in check(text):
            if trap.edits:
                raise Slip(trap)
            self.notes.report(trap)

    def _count(self, at: Place) -> None:
        self._nodes += 1
        self.notes.count(self._nodes, len(self._open), at)
