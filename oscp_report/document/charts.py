"""A figure's years as a bar chart: where each mark stands, worked out, for a template to draw.

Bars lie one below the other, a year to each, so that a chart of any number of years fits a phone
and a printed page. They start at nought, and nothing else is measured: each has its value beside
it. What has no value has no bar. What cannot be compared is parted by a dashed line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["this", "earlier", "provisional", "none"]

WIDTH = 300
"""Of the drawing, in its own units: at this width its text is as large as that around it, on A4."""
ROW, BAR, PARTING = 20, 13, 18
"""Heights of a year's row, of the bar in it, and of a line that parts two rows."""
FONT_SIZES = (12, 10, 8)
"""The first that leaves the bars ``NARROWEST``; the others are for values of fifteen digits."""
NARROWEST = 70

_BASELINE, _GAP, _MARGIN = 14, 5, 2
_PARTING_SIZE = 10
_NARROW = frozenset(" ,.[]-")
_EM_NARROW, _EM = Decimal("0.34"), Decimal("0.6")
"""The widest of such characters in Liberation Sans, in em: from 0.28 to 0.33, and 0.56 to 0.58."""


@dataclass(frozen=True, slots=True)
class Datum:
    """A year's value and how it is written; ``parted`` is why the years above do not compare."""

    year: str
    value: Decimal | None
    label: str
    kind: Kind
    parted: str = ""


@dataclass(frozen=True, slots=True)
class BarView:
    """A row of the chart; a ``kind`` of ``none`` has no bar."""

    kind: Kind
    year: str
    label: str
    x: str
    y: str
    width: str
    height: str
    label_x: str
    text_y: str


@dataclass(frozen=True, slots=True)
class PartingView:
    """A dashed line across the chart up to ``x``, and from ``label_x`` the words that say why."""

    label: str
    label_x: str
    x: str
    y: str
    text_y: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart's geometry, in units of its view box. ``zero`` is where the bars start."""

    width: str
    height: str
    font_size: str
    zero: str
    bars: tuple[BarView, ...]
    partings: tuple[PartingView, ...]

    @property
    def is_hatched(self) -> bool:
        """Whether it has a bar that is hatched."""
        return any(bar.kind == "provisional" for bar in self.bars)


def draw(data: Sequence[Datum]) -> Drawing:
    """The chart of some years, one at least, in the order in which they are to stand."""
    size, left, room = _columns(data)
    values = [datum.value for datum in data if datum.value is not None]
    lowest, highest = min([Decimal(0), *values]), max([Decimal(0), *values])
    unit = room / ((highest - lowest) or Decimal(1))
    zero = left - lowest * unit
    bars: list[BarView] = []
    partings: list[PartingView] = []
    top = Decimal(_MARGIN)
    for datum in data:
        if datum.parted:
            partings.append(_parting(datum.parted, top))
            top += PARTING
        bars.append(_bar(datum, top, zero, unit))
        top += ROW
    return Drawing(
        width=str(WIDTH),
        height=_number(top + _MARGIN),
        font_size=str(size),
        zero=_number(zero),
        bars=tuple(bars),
        partings=tuple(partings),
    )


def _bar(datum: Datum, top: Decimal, zero: Decimal, unit: Decimal) -> BarView:
    length = (datum.value or Decimal(0)) * unit
    return BarView(
        kind=datum.kind if datum.value else "none",
        year=datum.year,
        label=datum.label,
        x=_number(min(zero, zero + length)),
        y=_number(top + Decimal(ROW - BAR) / 2),
        width=_number(abs(length)),
        height=str(BAR),
        # The room on the other side of nought is free.
        label_x=_number(max(zero, zero + length) + _GAP),
        text_y=_number(top + _BASELINE),
    )


def _parting(label: str, top: Decimal) -> PartingView:
    # Not anchored at their end: for that WeasyPrint makes a drawing of its own of each.
    start = WIDTH - text_width(label, _PARTING_SIZE)
    return PartingView(
        label,
        label_x=_number(start),
        x=_number(start - _GAP),
        y=_number(top + Decimal(PARTING) / 2),
        text_y=_number(top + Decimal(PARTING) / 2 + 3),
    )


def _columns(data: Sequence[Datum]) -> tuple[int, Decimal, Decimal]:
    """The size of the type, where the bars' column starts, and how wide it is."""
    for size in FONT_SIZES:
        left = max(text_width(datum.year, size) for datum in data) + _GAP
        right = max(text_width(datum.label, size) for datum in data) + _GAP
        room = WIDTH - left - right
        if room >= NARROWEST:
            break
    return size, left, max(room, Decimal(1))


def text_width(text: str, size: int) -> Decimal:
    """How wide a text is at a size of type, in its unit; a little more, never less."""
    em = sum((_EM_NARROW if character in _NARROW else _EM for character in text), Decimal(0))
    return em * size


def _number(value: Decimal) -> str:
    """As SVG takes it, to a hundredth: ``12.5``."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
