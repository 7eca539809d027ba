"""What stands on the pages: each piece with its mark, and what has none. Forms are followed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from oscp_report.inspection.fontmaps import Font
from oscp_report.inspection.objects import (
    Identity,
    is_array,
    is_dictionary,
    items,
    name,
    number,
    text,
    unpacked,
    value,
    whole,
)
from oscp_report.inspection.tree import Mark

MOST_INSTRUCTIONS = 2_000_000
"""Drawing instructions in one file: a thousand pages of text. They take three to ten seconds."""
MOST_BYTES = 24 * 2**20
"""Bytes of drawing instructions in one file, unpacked."""
LONGEST_DRAWING = 8 * 2**20
"""Bytes of them on one page: pikepdf takes seventy times as much memory to tell them apart."""
DEEPEST_FORM = 12
UNSEEN = 3
"""The mode in which text is not drawn, as under a scanned page."""
WIDE_GAP = -180
"""Thousandths of the type size that part words where a page has no characters for spaces."""
SAME_LINE = 1.0
"""Points by which text on one line may go up and down."""
MOST_TEXT = 20_000
"""Characters that are kept of one piece."""

Kind = Literal["tagged", "artifact", "plain"]
Matrix = tuple[float, float, float, float, float, float]
UNMOVED: Matrix = (1, 0, 0, 1, 0, 0)

SHOWS_TEXT = frozenset({"Tj", "TJ", "'", '"'})
PAINTS = frozenset("S s f F f* B B* b b* sh".split())
SETS = frozenset("q Q cm Tf Tr gs".split())
MOVES = frozenset("BT Tm Td TD T* TL".split())
EXTENDS = frozenset("m l c v y re".split())
OTHERS = frozenset("BMC BDC EMC Do n BI ID EI".split())
TAKEN = " ".join(sorted(SHOWS_TEXT | PAINTS | SETS | MOVES | EXTENDS | OTHERS))
"""The instructions that matter here. The others, a quarter of a page, are not looked at."""
BARE = frozenset("q Q BT EMC S f f* n".split())
"""Those of them without operands: most of a page."""
INLINE_IMAGE = "INLINE IMAGE"


def joined(first: Matrix, second: Matrix) -> Matrix:
    """The effect of one matrix and then another."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k,
        e * h + f * j + m,
    )  # fmt: skip


@dataclass(slots=True, eq=False)
class Piece:
    """A run of a page under one mark: what it says, and the corner points of what it draws."""

    page: int
    kind: Kind
    mark: Mark | None = None
    tag: str = ""
    texts: list[str] = field(default_factory=list)
    length: int = 0
    points: list[float] | None = None
    first_line: float | None = None
    last_line: float | None = None
    used: bool = False

    @property
    def text(self) -> str:
        return "".join(self.texts)

    def says(self, said: str, height: float) -> None:
        """Add a text that stands at a height, in points from the page's foot."""
        if self.first_line is None and said.strip():
            self.first_line = height
        if self.last_line is not None and abs(height - self.last_line) > SAME_LINE:
            said = f" {said}"
        self.last_line = height
        if self.length < MOST_TEXT:
            self.texts.append(said)
            self.length += len(said)

    def reaches(self, x: float, y: float) -> None:
        """Widen the box of what is drawn to a point."""
        if self.points is None:
            self.points = [x, y, x, y]
        left, bottom, right, top = self.points
        self.points = [min(left, x), min(bottom, y), max(right, x), max(top, y)]


@dataclass(frozen=True, slots=True)
class Slip:
    """Something on a page that is not as it should be, and the text concerned."""

    page: int
    piece: Piece | None = None


@dataclass(slots=True)
class Contents:
    """What stands on all the pages."""

    pieces: dict[Mark, Piece] = field(default_factory=dict)
    artifacts: list[Piece] = field(default_factory=list)
    untagged: list[Piece] = field(default_factory=list)
    artifact_in_tagged: list[Slip] = field(default_factory=list)
    tagged_in_artifact: list[Slip] = field(default_factory=list)
    unmatched: list[int] = field(default_factory=list)
    unreadable: list[tuple[int, str]] = field(default_factory=list)
    fonts: dict[Identity, tuple[int, Font]] = field(default_factory=dict)
    drawn_forms: dict[Identity, list[tuple[int, Any]]] = field(default_factory=dict)
    languages: list[tuple[int, str]] = field(default_factory=list)
    instructions: int = 0
    bytes_read: int = 0

    def full(self) -> bool:
        """Whether no more is read, so that no file takes for ever."""
        return self.instructions > MOST_INSTRUCTIONS or self.bytes_read > MOST_BYTES


@dataclass(slots=True)
class State:
    """What ``q`` keeps and ``Q`` brings back."""

    matrix: Matrix = UNMOVED
    font: Font | None = None
    mode: int = 0
    leading: float = 0.0


def stream_data(contents: Any, most: int) -> bytes | None:
    """The instructions of a page or a form; None if they cannot be unpacked."""
    parts, length = [], 0
    for part in items(contents) if is_array(contents) else [contents]:
        if part is None:
            continue
        data = unpacked(part)
        if data is None:
            return None
        parts.append(data)
        length += len(data)
        if length > most:
            return None
    return b"\n".join(parts)


def instructions(data: bytes) -> Iterator[tuple[str, list[Any]]]:
    """The operators in ``TAKEN``, and their operands.

    Raises:
        Exception: what pikepdf raises on instructions that are none; it does not list it.
    """
    import pikepdf

    with pikepdf.new() as scratch:
        for found in pikepdf.parse_content_stream(scratch.make_stream(data), TAKEN):
            if isinstance(found, pikepdf.ContentStreamInlineImage):
                yield INLINE_IMAGE, []
            else:
                operator = str(found.operator)
                yield operator, [] if operator in BARE else list(found.operands)


def numbers(operands: list[Any], count: int) -> list[float] | None:
    """That many numbers, or None."""
    found = [number(operand) for operand in operands]
    if len(found) != count or None in found:
        return None
    return [each or 0.0 for each in found]


def properties(operands: list[Any], resources: Any) -> Any:
    """The properties of a mark: written with it, or named in the page's resources."""
    held = operands[1] if len(operands) > 1 else None
    if is_dictionary(held):
        return held
    return value(resources, "Properties", name(held)) if name(held) else None


def marked_number(held: Any) -> int | None:
    """The number of a mark, which the structure tree refers to."""
    return whole(value(held, "MCID"))


def language(held: Any) -> str | None:
    """The language that a mark gives to its text."""
    return text(value(held, "Lang"))
