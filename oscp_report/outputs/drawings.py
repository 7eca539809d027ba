"""Text in drawings, laid out whole.

WeasyPrint lays out every letter of a drawing's text by itself, since SVG may place each on its own.
In a PDF that leaves words cut into letters, without kerning; and twelve charts take a third longer.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

ONE_BY_ONE = ("letter-spacing", "rotate", "textLength")
"""What places letters, beside several numbers in one of ``PLACES``."""
PLACES = ("x", "y", "dx", "dy")


class Whole(str):
    """A text that gives itself when it is asked for its letters."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


def draw_texts_whole(svg: Any) -> None:
    """Let WeasyPrint draw a text whole where nothing places its letters.

    ``svg`` is the module ``weasyprint.svg``; doing it twice changes nothing more.
    """
    draw = svg.text
    if getattr(draw, "draws_whole", False):
        return

    def text(drawing: Any, node: Any, font_size: float) -> None:
        if node.text and not places_letters(node):
            node._etree_node.text = Whole(node.text)
        draw(drawing, node, font_size)

    vars(text)["draws_whole"] = True
    svg.TAGS.update({tag: text for tag, found in svg.TAGS.items() if found is draw})
    svg.text = text


def places_letters(node: Any) -> bool:
    """Whether an element of a drawing says where single letters of its text stand."""
    several = (len(node.attrib.get(key, "").replace(",", " ").split()) > 1 for key in PLACES)
    return any(node.get(key) is not None for key in ONE_BY_ONE) or any(several)
