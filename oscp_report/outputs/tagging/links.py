"""Links: each annotation says the link's words, and leads where a report's link may lead."""

from __future__ import annotations

from typing import Any

from oscp_report.outputs.tagging.nodes import Kid, Node, TaggingError
from oscp_report.references import LINK_STARTS


def drop_dead(node: Node) -> None:
    """Take what leads nowhere for the text that it is: ``<a id>``, or a place that is not there."""
    kept: list[Kid] = []
    for kid in node.kids:
        if isinstance(kid, Node):
            drop_dead(kid)
            if kid.role == "Link" and not any(kid.notes()):
                if kid.part.is_inline and not kid.lang:
                    kept += kid.kids
                    continue
                kid.role = "Span" if kid.part.is_inline else "Div"
        kept.append(kid)
    node.kids = kept


def describe(document: Node, pdf: Any) -> None:
    """Give the annotations of every link its words, and its address where it leads elsewhere.

    Raises:
        TaggingError: a link has no words, leads where it may not, or stands in a page's margin.
    """
    described = set()
    for link in (node for node in document.walk() if node.role == "Link"):
        if not link.source.words:
            raise TaggingError(
                f"a link on page {link.page + 1} has no words",
                fix="write the words that say where it leads",
            )
        for note in link.notes():
            note.annotation.Contents = contents(link.source.words, address(note.annotation))
            described.add(note.annotation.objgen)
    for number, page in enumerate(pdf.pages, 1):
        for annotation in page.get("/Annots", []):
            if annotation.Subtype == "/Link" and annotation.objgen not in described:
                raise TaggingError(
                    f"a link is in a margin of page {number}, where a screen reader does not go",
                    fix="take it out of the running header or footer in your templates",
                )


def contents(words: str, address: str) -> str:
    """What is said of a link: its words, and its address unless they are that."""
    bare = address.partition(":")[2].removeprefix("//").rstrip("/")
    said = words.rstrip("/")
    return words if not address or said in (address.rstrip("/"), bare) else f"{words} ({address})"


def address(annotation: Any) -> str:
    """Where a link leads, empty for a place in the document itself.

    Raises:
        TaggingError: it is a file of somebody's machine, a script, or another thing not allowed.
    """
    action = annotation.get("/A")
    if action is None:
        return ""
    found = str(action.get("/URI", "")) if action.get("/S") == "/URI" else str(action.get("/S"))
    if not found.lower().startswith(LINK_STARTS):
        shown = f"{found[:80]}..." if len(found) > 80 else found
        raise TaggingError(
            f"a link leads to `{shown}`, which readers of the PDF cannot open",
            fix="begin its address with " + ", ".join(f"`{start}`" for start in LINK_STARTS[:-1])
            + f" or `{LINK_STARTS[-1]}`",
        )  # fmt: skip
    return found
