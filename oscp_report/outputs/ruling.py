"""The lines between the rows of a table, each drawn whole.

Where borders collapse, WeasyPrint draws each line in as many pieces as there are columns, and marks
every piece as an artifact of its own: of the instructions of a report with twelve figures in its
appendix, nearly a fifth.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from typing import Any

Line = tuple[float, float, float, float, Any, str, Any]
"""As ``draw_line`` takes it: from x and y to x and y, how thick, in which style and colour."""


class Drawn(list[Line]):
    """Takes the place of a page: keeps the lines that would be drawn on it."""

    def artifact(self) -> nullcontext[None]:
        """A mark around what is drawn."""
        return nullcontext()

    def stacked(self) -> nullcontext[None]:
        """A state for what is drawn."""
        return nullcontext()


def draw_lines_whole(draw: Any) -> None:
    """Let WeasyPrint draw the lines of a table in one piece each.

    ``draw`` is the module ``weasyprint.draw``; doing it twice changes nothing more.
    """
    borders, line = draw.draw_collapsed_borders, draw.draw_line
    if getattr(borders, "draws_whole", False):
        return

    def draw_line(page: Any, *where_and_how: Any) -> None:
        if isinstance(page, Drawn):
            page.append(where_and_how)
        else:
            line(page, *where_and_how)

    def draw_collapsed_borders(page: Any, table: Any) -> None:
        drawn = Drawn()
        borders(drawn, table)
        for each in whole(drawn):
            with page.artifact(), page.stacked():
                line(page, *each)

    vars(draw_collapsed_borders)["draws_whole"] = True
    draw.draw_line, draw.draw_collapsed_borders = draw_line, draw_collapsed_borders


def whole(lines: Iterable[Line]) -> list[Line]:
    """Lines in which neighbours that go on alike to the right are one. Dashes are left as cut."""
    found: list[Line] = []
    for line in lines:
        x1, y1, x2, y2, *look = line
        if found and look[1] == "solid" and y1 == y2:
            start, *end, _, _, _ = before = found[-1]
            if end == [y1, x1, y1] and list(before[4:]) == look:
                found[-1] = (start, y1, x2, y2, *before[4:])
                continue
        found.append(line)
    return found
