"""Comments, each with the field or list item that it belongs to.

A YAML library that keeps comments keeps them behind what stands before them, so a comment above a
field would stay where it is when the field moves. Here it belongs to what it stands above, unless
its indent says that it ends the group before.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from oscp_report.reading import source
from oscp_report.reading.source import Mapping, Node, Scalar

_TOKEN = re.compile(
    r"^(?:---|\.\.\.)(?=\s)|(?P<note>#[^\n]*)|(?P<sign>[\[\]{}]|-(?=\s))", re.MULTILINE
)
_BLOCK_NOTE = re.compile(r"[|>][-+0-9]*[ \t]+(#[^\n]*)")


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment. ``before`` is what stands on its line before it; ``column`` counts from 0.

    ``blank`` says that an empty line stands above a comment that has its line to itself.
    """

    text: str
    column: int
    before: str = ""
    blank: bool = False


@dataclass(slots=True, eq=False)
class Part:
    """A field (``key``) or a list item, with the comments above it, beside it, and at its end.

    ``column`` is that of the field's name or the item's hyphen; ``blank`` says that an empty line
    stands above its own first line. The whole file is a part too, without a parent: what is above
    it is the file's first block of comments.
    """

    node: Node
    key: Scalar | None = None
    parent: Part | None = None
    column: int = 0
    in_brackets: bool = False
    blank: bool = False
    above: list[Remark] = field(default_factory=list)
    beside: list[Remark] = field(default_factory=list)
    below: list[Remark] = field(default_factory=list)
    children: list[Part] = field(default_factory=list)

    @property
    def hollow(self) -> bool:
        """Whether there is nothing in it."""
        if isinstance(self.node, Scalar):
            return not self.node.source
        return not (self.node.entries if isinstance(self.node, Mapping) else self.node.items)

    def around(self) -> Iterator[Part]:
        """Itself, and what it is in, from the inside out."""
        part: Part | None = self
        while part is not None:
            yield part
            part = part.parent


@dataclass(frozen=True, slots=True)
class _Token:
    """``kind``: ``text``, ``note``, or a sign. Both ends are offsets."""

    kind: str
    start: int
    end: int
    text: str = ""


def read_parts(root: Node, lines: Sequence[str]) -> Part:
    """The parts of a file that was read without a fault, with every comment of it."""
    return _Reader(root, lines).whole


def comments(part: Part) -> Iterator[str]:
    """The text of every comment in a part."""
    for remark in (*part.above, *part.beside, *part.below):
        yield remark.text
    for child in part.children:
        yield from comments(child)


def _texts(node: Node) -> Iterator[Scalar]:
    """All texts of a node that take up room in the file, in its order."""
    if isinstance(node, Scalar):
        if node.source:
            yield node
    elif isinstance(node, source.Sequence):
        for item in node.items:
            yield from _texts(item)
    else:
        for entry in node.entries:
            yield from _texts(entry.key)
            yield from _texts(entry.value)


class _Reader:
    """Walks the nodes and the file's signs side by side."""

    def __init__(self, root: Node, lines: Sequence[str]) -> None:
        self.lines = lines
        self.text = "\n".join((*lines, ""))
        self.starts = [0]
        for line in lines:
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.whole = self.current = Part(root)
        self.pending: list[Remark] = []
        self.ended = -1  # the line on which the last sign or text ended
        self.tokens = list(self._tokens(root))
        self.next = 0
        self._visit(root, self.whole, in_brackets=False)
        self._take("")
        self._place(None)

    def _tokens(self, root: Node) -> Iterator[_Token]:
        done = 0
        for scalar in _texts(root):
            start = self.starts[scalar.location.line - 1] + scalar.location.column - 1
            typed = scalar.source.replace("\r\n", "\n").replace("\r", "\n").rstrip()
            yield from self._signs(done, start)
            done = start + len(typed)
            yield _Token("text", start, done)
            if note := _BLOCK_NOTE.match(typed):
                yield _Token("note", start + note.start(1), start + note.end(1), note[1].rstrip())
        yield from self._signs(done, len(self.text))

    def _signs(self, start: int, end: int) -> Iterator[_Token]:
        for found in _TOKEN.finditer(self.text, start, end):
            if note := found["note"]:
                yield _Token("note", found.start(), found.end(), note.rstrip())
            elif sign := found["sign"]:
                yield _Token(sign, found.start(), found.end())

    def _at(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.starts, offset) - 1
        return line, offset - self.starts[line]

    def _notes(self) -> None:
        """Take the comments before the next sign or text."""
        while self.next < len(self.tokens) and self.tokens[self.next].kind == "note":
            token = self.tokens[self.next]
            self.next += 1
            line, column = self._at(token.start)
            before = self.lines[line][:column]
            inside_block = self.tokens[self.next - 2].end > token.start if self.next > 1 else False
            if before.strip() and (inside_block or self.ended == line):
                self.current.beside.append(Remark(token.text, column, before.rstrip()))
            else:
                self.pending.append(Remark(token.text, column, blank=self._blank_above(line)))

    def _blank_above(self, line: int) -> bool:
        return line > 0 and not self.lines[line - 1].strip()

    def _take(self, kind: str) -> None:
        """Go past the next sign or text, of the kind that is due."""
        self._notes()
        if not kind:
            return
        token = self.tokens[self.next]
        assert token.kind == kind, f"{kind} is due, and {token.kind} met"
        self.next += 1
        self.ended = self._at(token.end)[0]

    def _begin(self, node: Node, parent: Part, key: Scalar | None, *, in_brackets: bool) -> Part:
        """A part that begins at the next sign or text."""
        self._notes()
        line, column = self._at(self.tokens[self.next].start)
        part = Part(node, key, parent, column, in_brackets)
        if not self.lines[line][:column].strip():
            part.blank = self._blank_above(line)
        self._place(part)
        parent.children.append(part)
        self.current = part
        return part

    def _visit(self, node: Node, part: Part, *, in_brackets: bool) -> None:
        if isinstance(node, Scalar):
            if node.source:
                self._inside("text", part)
        elif isinstance(node, source.Sequence):
            brackets = self._opens(node, "[", part)
            for item in node.items:
                child = self._begin(item, part, None, in_brackets=in_brackets or brackets)
                if not (in_brackets or brackets):
                    self._take("-")
                self._visit(item, child, in_brackets=in_brackets or brackets)
            self._closes("]" if brackets else "", part)
        else:
            brackets = self._opens(node, "{", part)
            for entry in node.entries:
                within = in_brackets or brackets
                child = self._begin(entry.value, part, entry.key, in_brackets=within)
                self._take("text")
                self._visit(entry.value, child, in_brackets=within)
            self._closes("}" if brackets else "", part)

    def _opens(self, node: Node, sign: str, part: Part) -> bool:
        """Whether a group is in brackets, the first of which is gone past."""
        start = self.starts[node.location.line - 1] + node.location.column - 1
        if self.text[start : start + 1] != sign:
            return False
        self._inside(sign, part)
        return True

    def _closes(self, sign: str, part: Part) -> None:
        if sign:
            self._notes()
            part.below += self.pending
            self.pending.clear()
            self._take(sign)
            self.current = part

    def _inside(self, kind: str, part: Part) -> None:
        """Go past what a part holds; comments between its name and that belong above it."""
        self._notes()
        part.above += self.pending
        self.pending.clear()
        self._take(kind)
        self.current = part

    def _place(self, part: Part | None) -> None:
        """Give the comments that wait to the part that begins, or to one that has ended."""
        if part and self.current is self.whole and self.pending and not self.whole.above:
            self._head(part)
        column = part.column if part else 0
        outer = set(part.parent.around()) if part and part.parent else {self.whole}
        ended = [one for one in self.current.around() if one not in outer]
        if part and part.in_brackets:
            ended = []
        for number, remark in enumerate(self.pending):
            fitting = [at for at, one in enumerate(ended) if self._holds(one, remark.column)]
            if remark.column <= column or not fitting:
                (part.above if part else self.whole.below).extend(self.pending[number:])
                break
            ended = ended[fitting[0] :]
            ended[0].below.append(remark)
        self.pending.clear()

    @staticmethod
    def _holds(part: Part, column: int) -> bool:
        """Whether a comment in a column may be the end of a part that has ended."""
        if part.hollow:
            return column > part.column
        first = part.children[0] if part.children else None
        return first is not None and not first.in_brackets and column >= first.column

    def _head(self, part: Part) -> None:
        """The file's first block of comments, which stays first."""
        rows = self.pending
        size = next((n for n, row in enumerate(rows) if n and row.blank), len(rows))
        self.whole.above, self.pending = rows[:size], rows[size:]
        # The empty line below the block is the block's, whatever comes to stand there.
        if self.pending:
            self.whole.blank = True
            self.pending[0] = replace(self.pending[0], blank=False)
        else:
            self.whole.blank, part.blank = part.blank, False
