"""Drawings: kept out of what is done with a page's elements; their text laid out whole, and once.

WeasyPrint reads a chart with the page, in Python, and works out a style for each bar and label that
no style sheet reaches: 7 per cent of what twelve charts and their tables take.

It lays out every letter of a drawing's text by itself, since SVG may place each on its own. In a
PDF that leaves words cut into letters, without kerning; and twelve charts take a third longer. It
also lays out each text three times, and the years that stand beside the bars of every chart once
for each chart.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError, fromstring

SVG = "http://www.w3.org/2000/svg"
CHART = re.compile(r'<svg( class="chart__drawing"[^>]*)>(.*?</svg>)', re.DOTALL)
"""A chart as the templates draw it: its attributes, and the rest."""
HELD = "data-held"

ONE_BY_ONE = ("letter-spacing", "rotate", "textLength")
"""What places letters, beside several numbers in one of ``PLACES``."""
PLACES = ("x", "y", "dx", "dy")
DRAWS = "weasyprint.svg.text"
LOOK = ("font_family", "font_style", "font_weight", "font_size", "direction")
"""What an element of a drawing sets of a text's style: all else is as WeasyPrint has it."""


def hold_back(page: str) -> str:
    """A page whose charts are empty elements that carry their drawings, for ``draw_held``.

    What is no XML, as a council's own template may have it, stays as it is.
    """
    return CHART.sub(_held, page)


def _held(chart: re.Match[str]) -> str:
    drawing = f'<svg xmlns="{SVG}"{chart[1]}>{chart[2]}'.encode()
    try:
        fromstring(drawing)  # noqa: S314  # of the templates, as is the page
    except ParseError:
        return chart[0]
    return f'<svg{chart[1]} {HELD}="{b64encode(drawing).decode()}"></svg>'


def draw_held(html: Any) -> None:
    """Let WeasyPrint draw what ``hold_back`` has held back.

    ``html`` is the module ``weasyprint.html``; doing it twice changes nothing more.
    """
    tag = f"{{{SVG}}}svg"
    handle = html.HTML_HANDLERS[tag]
    if getattr(handle, "draws_held", False):
        return

    def drawn(element: Any, *around: Any) -> Any:
        if held := element.get(HELD):
            element = fromstring(b64decode(held))  # noqa: S314  # it has been read before
        return handle(element, *around)

    vars(drawn)["draws_held"] = True
    html.HTML_HANDLERS[tag] = drawn


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


def lay_out_once(line_break: Any) -> None:
    """Let WeasyPrint lay out the same text once for all the drawings of a document.

    ``line_break`` is the module ``weasyprint.text.line_break``; to do it twice changes nothing.
    """
    split = line_break.split_first_line
    if getattr(split, "splits_once", False):
        return

    def split_once(text: str, style: Any, document: Any, *bounds: Any, **options: Any) -> Any:
        if document is None or type(style).__module__ != DRAWS:
            return split(text, style, document, *bounds, **options)
        known = vars(document).setdefault("laid_out", {})
        look = (repr(style[name]) for name in LOOK)
        key = (str(text), *look, *bounds, *options.items())
        if key not in known:
            known[key] = split(text, style, document, *bounds, **options)
            _reactivate_once(known[key][0])
        return known[key]

    vars(split_once)["splits_once"] = True
    line_break.split_first_line = split_once


def _reactivate_once(layout: Any) -> None:
    """Let a layout be made ready to be drawn the first time only: nothing lets go of it again."""
    reactivate = layout.reactivate

    def ready(style: Any) -> None:
        reactivate(style)
        layout.reactivate = lambda _: None

    layout.reactivate = ready


def places_letters(node: Any) -> bool:
    """Whether an element of a drawing says where single letters of its text stand."""
    several = (len(node.attrib.get(key, "").replace(",", " ").split()) > 1 for key in PLACES)
    return any(node.get(key) is not None for key in ONE_BY_ONE) or any(several)
