"""Pictures: each with words for it, a box in the page's own measure, and its caption beside it."""

from __future__ import annotations

from collections.abc import Sequence

from oscp_report.outputs.tagging.nodes import Kid, Node, TaggingError

POINTS_PER_PIXEL = 0.75  # 72 points and 96 CSS pixels to the inch


def take_decoration(node: Node) -> list[Node]:
    """Take out the pictures that are marked as saying nothing, and return them.

    Raises:
        TaggingError: a picture has no words, and is not marked so either.
    """
    taken: list[Node] = []
    kept: list[Kid] = []
    for kid in node.kids:
        if isinstance(kid, Node) and kid.role == "Figure" and not kid.alt:
            if not kid.source.is_decorative:
                raise without_words(kid)
            taken.append(kid)
            continue
        if isinstance(kid, Node):
            taken += take_decoration(kid)
        kept.append(kid)
    node.kids = kept
    return taken


def without_words(figure: Node) -> TaggingError:
    """The error for a picture that a reader who cannot see it would never know of."""
    how = "a `<title>` as its first child" if figure.source.tag == "svg" else "an `alt`"
    return TaggingError(
        f"a picture on page {figure.page + 1} has no words for those who cannot see it",
        fix=f"give the `<{figure.source.tag}>` {how}, or, if it only decorates, "
        '`role="presentation"`',
    )


def place(document: Node, heights: Sequence[float]) -> None:
    """Turn the boxes of pictures from CSS pixels below a page's top to points above its foot."""
    for node in document.walk():
        if layout := node.attributes.get("Layout"):
            left, top, right, bottom = (POINTS_PER_PIXEL * number for number in layout["/BBox"])
            height = heights[node.page]
            layout["/BBox"] = [left, height - bottom, right, height - top]


def caption_tables(document: Node) -> None:
    """Put the caption of a ``figure`` that holds one table into that table.

    A picture's caption stays beside it in their common element: readers say a picture's words and
    go no deeper, so a caption within it would not be heard.
    """
    for node in document.walk():
        tables = [kid for kid in node.nodes if kid.role == "Table"]
        captions = [kid for kid in node.nodes if kid.role == "Caption"]
        if node.source.tag == "figure" and len(tables) == len(captions) == 1:
            table, caption = tables[0], captions[0]
            if any(kid.role == "Caption" for kid in table.nodes):
                continue
            is_first = node.kids.index(caption) < node.kids.index(table)
            table.kids.insert(0 if is_first else len(table.kids), caption)
            node.kids.remove(caption)
