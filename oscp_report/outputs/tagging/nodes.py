"""The structure while it is repaired: plain objects, read from a PDF and written back to one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from oscp_report.errors import ReportError
from oscp_report.outputs.tagging.facts import (
    NO_ELEMENT,
    Part,
    Source,
    StructureFacts,
    footnotes_of,
    note_role,
)

DOCUMENT = Part(NO_ELEMENT, "document", 0)
NOTHING = Source("")
ADDED_PICTURE = Source("", is_decorative=True)
"""A picture that only a style sheet knows of: it can have no words, so it may say nothing."""


class TaggingError(ReportError):
    """The page holds what no PDF that everyone can use may hold."""


@dataclass(slots=True, eq=False)
class Content:
    """Marked content: its number on the page with that index, and its place in reading order."""

    page: int
    mcid: int
    order: int


@dataclass(slots=True, eq=False)
class Note:
    """A link's annotation, a ``pikepdf`` dictionary, on the page with that index."""

    page: int
    annotation: Any


@dataclass(slots=True, eq=False)
class Node:
    """A structure element: ``role`` is its type (``P``), ``attributes`` go by their owner.

    ``kids`` holds lists, one for each piece of an element that was cut; ``fragments.join`` leaves
    one. ``page`` is the index of the page that it begins on.
    """

    role: str
    part: Part
    page: int
    source: Source = NOTHING
    kids: list[Kid] = field(default_factory=list)
    pieces: list[list[Kid]] = field(default_factory=list)
    alt: str = ""
    lang: str = ""
    id: str = ""
    attributes: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def key(self) -> tuple[int, str, str]:
        """Alike for the pieces of one element."""
        return self.part.source, self.part.name, self.role

    @property
    def nodes(self) -> list[Node]:
        """The structure elements right below."""
        return [kid for kid in self.kids if isinstance(kid, Node)]

    def walk(self) -> Iterator[Node]:
        """This element and all below it, as they are read."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += reversed(node.nodes)

    def contents(self) -> Iterator[Content]:
        """All marked content in it, as it is read."""
        for kid in self.kids:
            if isinstance(kid, Content):
                yield kid
            elif isinstance(kid, Node):
                yield from kid.contents()

    def notes(self) -> Iterator[Note]:
        """All annotations in it."""
        for node in self.walk():
            yield from (kid for kid in node.kids if isinstance(kid, Note))


Kid: TypeAlias = Content | Note | Node


class Reader:
    """Reads WeasyPrint's structure, without the elements that stand for nothing on the page.

    Those are the runs of text in a line, the boxes that CSS needs around them, and inline elements
    that say nothing to a reader: what is in them goes to the element around.
    """

    def __init__(self, pdf: Any, facts: StructureFacts) -> None:
        self._facts = facts
        self._pages = {page.objgen: index for index, page in enumerate(pdf.pages)}
        self._root = pdf.Root.StructTreeRoot.K[0]
        self._footnotes = footnotes_of(facts.parts)

    def read(self) -> Node:
        """The document. Each page is a piece of it.

        Raises:
            TaggingError: a link is where none can be.
        """
        document = Node("Document", DOCUMENT, 0)
        pieces: dict[int, list[Kid]] = {}
        for element in self._root.K:
            holder = Node("Document", DOCUMENT, self._page(element))
            self._add(element, holder, None)
            pieces.setdefault(holder.page, []).extend(holder.kids)
        document.pieces = list(pieces.values())
        return document

    def _page(self, element: Any) -> int:
        return self._pages[element.Pg.objgen]

    def _add(self, element: Any, parent: Node, link: Node | None) -> None:
        """Read an element into its parent; ``link`` is the one that all of it is in."""
        part = self._facts.parts.get(element.objgen[0])
        if part is None:  # a run of text
            assert element.S == "/Span", "the facts are of another PDF"
            parent.kids += [
                Content(self._page(element), int(n), parent.part.order) for n in element.K
            ]
            return
        node = self._node(element, part)
        link = node if node.role == "Link" and link is None else link
        for kid in element.K:
            if isinstance(kid, int):
                node.kids.append(Content(node.page, kid, part.order))
            elif kid.get("/Type") == "/OBJR":
                if link is None:
                    raise TaggingError(
                        f"`<{part.name}>` is a link, which only `<a>` can be",
                        fix="take the link out of your style sheet, and write it in the page",
                    )
                link.kids.append(Note(self._page(kid), kid.Obj))
            else:
                self._add(kid, node, link)
        if stands_for_nothing(node, parent):
            parent.kids += node.kids
        else:
            parent.kids.append(node)

    def _node(self, element: Any, part: Part) -> Node:
        role = str(element.S)[1:]
        source = self._facts.sources[part.source] if part.source != NO_ELEMENT else NOTHING
        node = Node(role, part, self._page(element), source)
        if "::" not in part.name:  # what CSS adds is within its element, which says it
            node.lang = source.lang
        if part.is_picture:
            node.role, node.source = "Figure", ADDED_PICTURE
        elif part.source in self._footnotes:
            node.role = note_role(part)
        elif role == "NonStruct":
            node.role = "Span" if part.is_inline else "Div"
        node.alt = str(element.get("/Alt", "")).strip()
        for name, value in element.get("/A", {}).items():
            if name in ("/ColSpan", "/RowSpan"):
                node.attributes.setdefault("Table", {})[name] = int(value)
            elif name == "/BBox":
                node.attributes["Layout"] = {name: [float(number) for number in value]}
        return node


def stands_for_nothing(node: Node, parent: Node) -> bool:
    """Whether an element is a box that CSS made, or one that says nothing without its look."""
    if node.part.source == NO_ELEMENT:
        return True
    if node.part.source == parent.part.source:
        return node.role != "Lbl" and not node.part.is_picture
    return node.role == "Span" and not node.lang
