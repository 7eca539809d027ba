"""Walks through the drawing instructions of pages, and of the forms that stand on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from oscp_report.inspection.contents import (
    DEEPEST_FORM,
    EXTENDS,
    INLINE_IMAGE,
    LONGEST_DRAWING,
    MOST_BYTES,
    MOVES,
    PAINTS,
    SETS,
    SHOWS_TEXT,
    UNMOVED,
    UNSEEN,
    WIDE_GAP,
    Contents,
    Matrix,
    Piece,
    Slip,
    State,
    instructions,
    joined,
    language,
    marked_number,
    numbers,
    properties,
    stream_data,
)
from oscp_report.inspection.fontmaps import Font
from oscp_report.inspection.objects import (
    Identity,
    identity,
    items,
    name,
    number,
    shown_parts,
    value,
    whole,
)

OwnerOf = Callable[[Any, int], Any]
"""The element that the file gives for a number, in a page or a form; None if there is none."""


@dataclass(slots=True)
class Walker:
    """Reads one page after another into ``contents``."""

    owner_of: OwnerOf
    contents: Contents = field(default_factory=Contents)
    page: int = 0
    done: set[tuple[Identity, Piece]] = field(default_factory=set)

    def walk_page(self, page: int, raw: Any, resources: Any) -> None:
        """Read the instructions of a page, counted from 1."""
        self.page = page
        ground = Piece(page, "plain")
        self._walk(raw, value(raw, "Contents"), resources, UNMOVED, [ground], 0)

    def _walk(
        self,
        container: Any,
        source: Any,
        resources: Any,
        matrix: Matrix,
        around: list[Piece],
        depth: int,
    ) -> None:
        room = min(LONGEST_DRAWING, MOST_BYTES - self.contents.bytes_read)
        data = stream_data(source, room)
        if data is None:
            self.contents.unreadable.append((self.page, "cannot be unpacked, or is too large"))
            return
        self.contents.bytes_read += len(data)
        states, before = [State(matrix)], len(around)
        reading = Reading(self, container, resources, states, list(around), depth, before)
        try:
            for operator, operands in instructions(data):
                self.contents.instructions += 1
                if self.contents.full():
                    self.contents.unreadable.append((self.page, "is too much to read"))
                    return
                reading.take(operator, operands)
        except Exception:  # pikepdf does not list what it raises on broken instructions
            self.contents.unreadable.append((self.page, "is broken"))
        if len(reading.around) != before:
            self.contents.unmatched.append(self.page)

    def draw_form(self, form: Any, reading: Reading) -> None:
        """Read a form where it is drawn; once for each mark that it is drawn under."""
        own, piece = identity(form), reading.around[-1]
        self.contents.drawn_forms.setdefault(own, []).append((self.page, form))
        # A form that draws itself, or another twice, and that one another twice, never ends.
        if (own, piece) in self.done:
            return
        if reading.depth >= DEEPEST_FORM:
            deep = f"draws parts within parts, more than {DEEPEST_FORM} deep"
            self.contents.unreadable.append((self.page, deep))
            return
        self.done.add((own, piece))
        given = [number(item) for item in items(value(form, "Matrix"))]
        moved = tuple(given) if len(given) == 6 and None not in given else UNMOVED
        matrix = joined(moved, reading.state.matrix)  # type: ignore[arg-type]  # six numbers
        resources = value(form, "Resources") or reading.resources
        self._walk(form, form, resources, matrix, reading.around, reading.depth + 1)


@dataclass(slots=True)
class Reading:
    """One stream of instructions while it is read.

    ``around`` are the marks that are open, ``opened_before`` how many of them were when it began.
    """

    walker: Walker
    container: Any
    resources: Any
    states: list[State]
    around: list[Piece]
    depth: int
    opened_before: int
    line: Matrix = UNMOVED
    path: list[tuple[float, float]] = field(default_factory=list)
    known: dict[tuple[str, str], Any] = field(default_factory=dict)

    @property
    def state(self) -> State:
        return self.states[-1]

    @property
    def contents(self) -> Contents:
        return self.walker.contents

    def take(self, operator: str, operands: list[Any]) -> None:
        """Do what one instruction says, as far as it matters here."""
        if does := _DOES.get(operator):
            does(self, operator, operands)

    def _set(self, operator: str, operands: list[Any]) -> None:
        if operator == "q":
            state = self.states[-1]
            self.states.append(State(state.matrix, state.font, state.mode, state.leading))
        elif operator == "Q":
            if len(self.states) > 1:
                self.states.pop()
        elif operator == "cm" and (given := numbers(operands, 6)):
            self.state.matrix = joined(tuple(given), self.state.matrix)  # type: ignore[arg-type]
        elif operator == "Tr" and operands:
            self.state.mode = whole(operands[0]) or 0
        elif operator == "Tf" and operands:
            self._choose(self._named("Font", operands[0]))
        elif operator == "gs" and operands:
            state = value(self._named("ExtGState", operands[0]), "Font")
            self._choose(next(iter(items(state)), None) if state is not None else None)

    def _named(self, kind: str, operand: Any) -> Any:
        """A resource, which is looked up once: a page names its few fonts on every line."""
        key = kind, name(operand)
        if key not in self.known:
            self.known[key] = value(self.resources, *key)
        return self.known[key]

    def _choose(self, raw: Any) -> None:
        if raw is None:
            return
        fonts, page = self.contents.fonts, self.walker.page
        self.state.font = fonts.setdefault(identity(raw), (page, Font(raw)))[1]

    def _move(self, operator: str, operands: list[Any]) -> None:
        if operator == "BT":
            self.line = UNMOVED
        elif operator == "Tm" and (given := numbers(operands, 6)):
            self.line = tuple(given)  # type: ignore[assignment]  # six numbers
        elif operator == "TL" and operands:
            self.state.leading = number(operands[0]) or 0.0
        elif operator == "T*":
            self.line = joined((1, 0, 0, 1, 0, -self.state.leading), self.line)
        elif operator in ("Td", "TD") and (given := numbers(operands, 2)):
            self.line = joined((1, 0, 0, 1, given[0], given[1]), self.line)
            if operator == "TD":
                self.state.leading = -given[1]

    def _extend(self, operator: str, operands: list[Any]) -> None:
        given = [number(operand) or 0.0 for operand in operands]
        if operator == "re" and len(given) == 4:
            x, y, width, height = given
            self.path += [(x, y), (x + width, y + height)]
        elif len(given) % 2 == 0:
            # Control points too: the box may be a little large, never too small.
            self.path += zip(given[::2], given[1::2], strict=True)

    def _forget(self, _operator: str, _operands: list[Any]) -> None:
        self.path.clear()

    def _placed(self, x: float, y: float, matrix: Matrix | None = None) -> tuple[float, float]:
        a, b, c, d, e, f = matrix or self.state.matrix
        return a * x + c * y + e, b * x + d * y + f

    def _paint(self, operator: str, _operands: list[Any]) -> None:
        corners = self.path if operator != INLINE_IMAGE else [(0.0, 0.0), (1.0, 1.0)]
        for x, y in corners:
            self.around[-1].reaches(*self._placed(x, y))
        self.path.clear()
        self._uses()

    def _show(self, operator: str, operands: list[Any]) -> None:
        if operator in ("'", '"'):
            self._move("T*", [])
        font = self.state.font
        said: list[str] = []
        for part in shown_parts(operands[-1]) if operands else ():
            if isinstance(part, float):
                if said and part < WIDE_GAP:
                    said.append(" ")
            elif part:
                said.append(font.decoded(part) if font else "")
        if said:
            x, y = self._placed(0, 0, joined(self.line, self.state.matrix))
            self.around[-1].reaches(x, y)
            self.around[-1].says("".join(said), y)
            self._uses()
        if font:
            font.visible = font.visible or self.state.mode != UNSEEN

    def _uses(self) -> None:
        """Note that something is drawn; it must be under a mark."""
        piece = self.around[-1]
        if piece.kind == "plain" and not piece.used:
            self.contents.untagged.append(piece)
        piece.used = True

    def _draw(self, _operator: str, operands: list[Any]) -> None:
        drawn = self._named("XObject", operands[0]) if operands else None
        if name(value(drawn, "Subtype")) == "Form":
            self.walker.draw_form(drawn, self)
        else:
            for x, y in ((0, 0), (1, 1), (0, 1), (1, 0)):
                self.around[-1].reaches(*self._placed(x, y))
            self._uses()

    def _begin(self, _operator: str, operands: list[Any]) -> None:
        tag = name(operands[0]) if operands else ""
        held, piece, page = properties(operands, self.resources), self.around[-1], self.walker.page
        if (spoken := language(held)) is not None:
            self.contents.languages.append((page, spoken))
        mcid = marked_number(held)
        owned = mcid is not None and self.walker.owner_of(self.container, mcid) is not None
        if tag == "Artifact":
            if any(each.kind == "tagged" for each in self.around):
                self.contents.artifact_in_tagged.append(Slip(page, piece))
            piece = Piece(page, "artifact", tag=tag)
            self.contents.artifacts.append(piece)
        elif owned:
            if any(each.kind == "artifact" for each in self.around):
                self.contents.tagged_in_artifact.append(Slip(page, piece))
            mark = (identity(self.container), mcid or 0)
            piece = self.contents.pieces.setdefault(mark, Piece(page, "tagged", mark, tag))
        elif piece.kind == "plain":
            # An own piece for each, so that each is found with its own text.
            piece = Piece(page, "plain", tag=tag)
        self.around.append(piece)

    def _end(self, _operator: str, _operands: list[Any]) -> None:
        if len(self.around) > self.opened_before:
            self.around.pop()
        else:
            self.contents.unmatched.append(self.walker.page)


_DOES: dict[str, Callable[[Reading, str, list[Any]], None]] = {
    **dict.fromkeys(SHOWS_TEXT, Reading._show),
    **dict.fromkeys((*PAINTS, INLINE_IMAGE), Reading._paint),
    **dict.fromkeys(SETS, Reading._set),
    **dict.fromkeys(MOVES, Reading._move),
    **dict.fromkeys(EXTENDS, Reading._extend),
    "n": Reading._forget,
    **dict.fromkeys(("BMC", "BDC"), Reading._begin),
    "EMC": Reading._end,
    "Do": Reading._draw,
}
