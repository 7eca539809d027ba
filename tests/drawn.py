"""The bars of a chart, measured in its drawing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

_BOX = r"M(?P<x>\S+) (?P<y>[\d.]+)h(?P<width>[\d.]+)v(?P<height>[\d.]+)h-(?P=width)z"


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar in the drawing's own units, from its left upper corner."""

    kind: str
    fill: str
    x: Decimal
    y: Decimal
    width: Decimal
    height: Decimal


def bars_of(chart: Any) -> list[Bar]:
    """A chart's bars from the top; those of earlier years are boxes of one path."""
    found = []
    for drawn in chart.iter():
        _, is_bar, kind = drawn.get("class", "").partition("chart__bar--")
        if not is_bar:
            continue
        boxes = [drawn.attrib]
        if drawn.tag == "path":
            boxes = [match.groupdict() for match in re.finditer(_BOX, drawn.get("d"))]
            assert not re.sub(_BOX, "", drawn.get("d")), "a path of something else"
        for box in boxes:
            place = {name: Decimal(box[name]) for name in ("x", "y", "width", "height")}
            found.append(Bar(kind, drawn.get("fill"), **place))
    return sorted(found, key=lambda bar: bar.y)
