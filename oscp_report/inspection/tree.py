"""The structure tree of a PDF: what a screen reader walks through. Built without recursion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from oscp_report.inspection.objects import (
    Identity,
    entries,
    first,
    identity,
    is_dictionary,
    items,
    name,
    number,
    one_or_more,
    text,
    value,
    whole,
)

MOST_ELEMENTS = 300_000
DEEPEST = 300
"""Elements below each other. A list of lists of lists takes three for each; Word seldom ten."""
INDIRECT = (0, 0)

# ISO 32000-1, 14.8.4: the types that a reader knows.
STANDARD_TYPES = frozenset(
    (
        "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 "
        "H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference "
        "BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form"
    ).split()
)
# They group, and stand for nothing themselves: a list in a Div in an item is in the item.
TRANSPARENT = frozenset({"NonStruct", "Private"})

Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points from the page's lower left corner."""
Mark = tuple[Identity, int]
"""A piece of a page: the page, or the form on it, that the piece stands in, and its number."""


@dataclass(slots=True, eq=False)
class Element:
    """One element. ``written`` is the type the file gives it, ``role`` the standard type, or ''."""

    raw: Any
    written: str
    role: str
    parent: Element | None
    number: int
    depth: int
    page: Identity
    kids: list[Element | Mark] = field(default_factory=list)

    @property
    def elements(self) -> list[Element]:
        """The elements right below."""
        return [kid for kid in self.kids if isinstance(kid, Element)]

    def below(self) -> Iterator[Element]:
        """The element and all below it, in reading order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += reversed(element.elements)

    def marks(self) -> Iterator[Mark]:
        """The pieces of pages in the element and below it, in reading order."""
        waiting: list[Element | Mark] = [self]
        while waiting:
            kid = waiting.pop()
            if isinstance(kid, Element):
                waiting += reversed(kid.kids)
            else:
                yield kid

    def last_mark(self) -> Mark | None:
        """The last piece of a page in the element or below it."""
        waiting: list[Element | Mark] = [self]
        while waiting:
            kid = waiting.pop()
            if not isinstance(kid, Element):
                return kid
            waiting += kid.kids
        return None

    def above(self) -> Iterator[Element]:
        """The elements that this one is in, from the nearest."""
        element = self.parent
        while element:
            yield element
            element = element.parent

    def within(self, *roles: str) -> bool:
        """Whether it is in an element of one of these types."""
        return any(element.role in roles for element in self.above())

    def words(self, key: str) -> str | None:
        """A text that the element carries: ``Alt``, ``ActualText``, ``E``, ``Lang``."""
        return text(value(self.raw, key))

    @property
    def identifier(self) -> str:
        """Its ID, by which others name it."""
        return self.words("ID") or ""


@dataclass(slots=True)
class Tree:
    """The tree, and who owns which piece of a page, which annotation."""

    roles: dict[str, str]
    elements: list[Element] = field(default_factory=list)
    owners: dict[Mark, Element] = field(default_factory=dict)
    holders: dict[Identity, Element] = field(default_factory=dict)
    seen: set[Identity] = field(default_factory=set)
    classes: Any = None
    faults: list[str] = field(default_factory=list)

    def of(self, *roles: str) -> list[Element]:
        """The elements of these standard types, in reading order."""
        return [element for element in self.elements if element.role in roles]

    def attribute(self, element: Element, owner: str, key: str) -> Any:
        """An attribute of an element, its own or from one of its classes, or None."""
        return first(self.attributes(element, owner), key)

    def attributes(self, element: Element, owner: str) -> list[Any]:
        """The dictionaries of its attributes of one owner, its own before those of its classes."""
        named = [value(self.classes, name(item)) for item in one_or_more(value(element.raw, "C"))]
        every = [value(element.raw, "A"), *named]
        listed = [each for held in every for each in one_or_more(held)]
        return [each for each in listed if name(value(each, "O")) == owner]


def standard_type(written: str, roles: dict[str, str]) -> str:
    """The standard type that a type stands for; '' if there is none."""
    seen = set()
    while written not in STANDARD_TYPES:
        if written in seen or written not in roles:
            return ""
        seen.add(written)
        written = roles[written]
    return written


def read_tree(root: Any) -> Tree:
    """The tree below a ``StructTreeRoot``. Loops and excess become ``faults``."""
    roles = {key: name(held) for key, held in entries(value(root, "RoleMap")) if name(held)}
    tree = Tree(roles, classes=value(root, "ClassMap"))
    # Each level's kids that are still to come, with the element they belong to.
    levels: list[tuple[Element | None, Iterator[Any]]] = [(None, iter(_kids(root)))]
    while levels:
        parent, waiting = levels[-1]
        kid = next(waiting, None)
        if kid is None:
            levels.pop()
        elif element := _take(tree, parent, kid):
            if len(tree.elements) > MOST_ELEMENTS:
                tree.faults.append(f"it has more than {MOST_ELEMENTS:,} elements")
                break
            if element.depth > DEEPEST:
                tree.faults.append(f"its elements are nested more than {DEEPEST} deep")
            else:
                levels.append((element, iter(_kids(element.raw))))
    return tree


def _kids(raw: Any) -> list[Any]:
    return [kid for kid in one_or_more(value(raw, "K")) if kid is not None]


def _take(tree: Tree, parent: Element | None, kid: Any) -> Element | None:
    """Put a kid where it belongs; the element, if it is one whose own kids come next."""
    if (mcid := whole(kid)) is not None:
        _own(tree, parent, parent.page if parent else INDIRECT, mcid)
        return None
    if not is_dictionary(kid):
        tree.faults.append("it holds something that is no element")
        return None
    kind = name(value(kid, "Type"))
    page = identity(value(kid, "Pg"))
    if page == INDIRECT and parent:
        page = parent.page
    if kind == "MCR":
        container = identity(value(kid, "Stm"))
        mcid = whole(value(kid, "MCID"))
        if mcid is not None:
            _own(tree, parent, page if container == INDIRECT else container, mcid)
        return None
    if kind == "OBJR":
        if parent:
            tree.holders.setdefault(identity(value(kid, "Obj")), parent)
        return None
    return _element(tree, parent, kid, page)


def _element(tree: Tree, parent: Element | None, kid: Any, page: Identity) -> Element | None:
    own = identity(kid)
    if own != INDIRECT and own in tree.seen:
        tree.faults.append("an element stands in it twice, or in itself")
        return None
    tree.seen.add(own)
    written = name(value(kid, "S"))
    role = standard_type(written, tree.roles)
    depth = parent.depth + 1 if parent else 1
    element = Element(kid, written, role, parent, len(tree.elements), depth, page)
    tree.elements.append(element)
    if parent:
        parent.kids.append(element)
    return element


def _own(tree: Tree, parent: Element | None, container: Identity, mcid: int) -> None:
    if parent is None:
        return
    mark = (container, mcid)
    if mark in tree.owners:
        tree.faults.append("two elements claim the same piece of a page")
        return
    tree.owners[mark] = parent
    parent.kids.append(mark)


def box(found: Any) -> Box | None:
    """A rectangle; None if it is none."""
    sides = [number(item) for item in items(found)]
    if len(sides) != 4 or None in sides:
        return None
    left, bottom, right, top = (side or 0.0 for side in sides)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)
