"""The repaired structure, written into the PDF in place of WeasyPrint's."""

from __future__ import annotations

from typing import Any

from oscp_report.outputs.tagging.nodes import Content, Kid, Node, Note

GROUPING = ("Document", "Part", "Art", "Sect", "Div", "BlockQuote")
"""Elements that hold no text themselves (ISO 32000-1, 14.8.4.2)."""

INLINE = ("Span", "Link")
EMPTIED = ("Sect", "Div", "BlockQuote", "L", "Table", "P", "Span")


def prune(node: Node) -> None:
    """Take out what holds nothing, such as a rule or the space that a style sheet keeps."""
    for kid in node.nodes:
        prune(kid)
    node.kids = [
        kid for kid in node.kids if not isinstance(kid, Node) or kid.kids or kid.role not in EMPTIED
    ]


def make_paragraphs(document: Node) -> None:
    """Put text that stands right in a grouping element into paragraphs."""
    for node in list(document.walk()):
        if node.role not in GROUPING:
            continue
        kept: list[Kid] = []
        run: list[Kid] | None = None
        for kid in node.kids:
            if not is_inline(kid):
                kept.append(kid)
                run = None
            elif run is None:
                run = [kid]
                kept.append(Node("P", node.part, node.page, kids=run))
            else:
                run.append(kid)
        node.kids = kept


def is_inline(kid: Kid) -> bool:
    """Whether it is a part of a line of text."""
    return not isinstance(kid, Node) or all(node.role in INLINE for node in kid.walk())


class Writer:
    """Writes one document's structure."""

    def __init__(self, pdf: Any) -> None:
        import pikepdf

        self._pdf = pdf
        self._pike = pikepdf
        self._pages = [page.obj for page in pdf.pages]
        self._marks: list[dict[int, Any]] = [{} for _ in self._pages]
        self._notes: list[tuple[Any, Any]] = []
        self._ids: dict[str, Any] = {}

    def write(self, document: Node) -> None:
        """Put it in the place of the structure that the PDF has."""
        pike = self._pike
        root = self._pdf.make_indirect(pike.Dictionary(Type=pike.Name.StructTreeRoot))
        root.K = pike.Array([self._element(document, root)])
        numbers = pike.Array()
        for index, marks in enumerate(self._marks):
            numbers.append(index)
            parents = pike.Array(marks.get(n) for n in range(max(marks, default=-1) + 1))
            numbers.append(self._pdf.make_indirect(parents))
            self._pages[index].StructParents = index
        for number, (annotation, element) in enumerate(self._notes, len(self._pages)):
            numbers.extend((number, element))
            annotation.StructParent = number
        root.ParentTree = self._pdf.make_indirect(pike.Dictionary(Nums=numbers))
        root.ParentTreeNextKey = len(self._pages) + len(self._notes)
        if self._ids:
            names = pike.Array()
            for name in sorted(self._ids):
                names.extend((pike.String(name), self._ids[name]))
            root.IDTree = self._pdf.make_indirect(pike.Dictionary(Names=names))
        self._pdf.Root.StructTreeRoot = root

    def _element(self, node: Node, parent: Any) -> Any:
        pike = self._pike
        element = self._pdf.make_indirect(
            pike.Dictionary(Type=pike.Name.StructElem, S=pike.Name(f"/{node.role}"), P=parent)
        )
        # The page that numbers alone are of: the first one, as most of the content is there.
        own = next((kid.page for kid in node.kids if isinstance(kid, Content)), node.page)
        if node.kids:
            element.Pg = self._pages[own]
            element.K = pike.Array(self._kid(kid, element, own) for kid in node.kids)
        if node.alt:
            element.Alt = node.alt
        if node.lang:
            element.Lang = node.lang
        if node.id:
            element.ID = pike.String(node.id)
            self._ids[node.id] = element
        if node.attributes:
            owned = [self._attributes(owner, node) for owner in sorted(node.attributes)]
            element.A = owned[0] if len(owned) == 1 else pike.Array(owned)
        return element

    def _kid(self, kid: Kid, element: Any, own: int) -> Any:
        pike = self._pike
        if isinstance(kid, Node):
            return self._element(kid, element)
        if isinstance(kid, Note):
            self._notes.append((kid.annotation, element))
            return pike.Dictionary(
                Type=pike.Name.OBJR, Obj=kid.annotation, Pg=self._pages[kid.page]
            )
        self._marks[kid.page][kid.mcid] = element
        if kid.page == own:
            return kid.mcid
        return pike.Dictionary(Type=pike.Name.MCR, MCID=kid.mcid, Pg=self._pages[kid.page])

    def _attributes(self, owner: str, node: Node) -> Any:
        pike = self._pike
        written = pike.Dictionary(O=pike.Name(f"/{owner}"))
        for name, value in node.attributes[owner].items():
            if isinstance(value, str):
                written[name] = pike.Name(value)
            elif name == "/Headers":
                written[name] = pike.Array(pike.String(header) for header in value)
            elif isinstance(value, list):
                written[name] = pike.Array(round(number, 4) for number in value)
            else:
                written[name] = value
        return written
