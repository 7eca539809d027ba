"""An opened PDF as the conditions look at it. Each part is read when the first condition asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from oscp_report.inspection.contents import Contents, Piece
from oscp_report.inspection.excerpts import shown
from oscp_report.inspection.grid import Grid, grid_of
from oscp_report.inspection.metadata import Metadata, read_metadata
from oscp_report.inspection.objects import (
    MOST_ITEMS,
    Identity,
    identity,
    is_dictionary,
    is_stream,
    items,
    name,
    text,
    tree_items,
    value,
    whole,
)
from oscp_report.inspection.tree import INDIRECT, Box, Element, Mark, Tree, box, read_tree
from oscp_report.inspection.walking import Walker

MOST_PAGES = 5_000
LETTER: Box = (0, 0, 612, 792)
"""What programs take for the size of a page that gives none."""
MOST_ABOVE = 50
"""Groups of pages that a page is in, which hand down its size and its resources."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page. ``number`` counts from 1; ``size`` is what is seen of it."""

    number: int
    raw: Any
    size: Box


def inherited(page: Any, key: str) -> Any:
    """What a page says, or the nearest group of pages that it is in."""
    for _ in range(MOST_ABOVE):
        if (found := value(page, key)) is not None or page is None:
            return found
        page = value(page, "Parent")
    return None


def _page(number: int, raw: Any) -> Page:
    seen = box(inherited(raw, "CropBox")) or box(inherited(raw, "MediaBox"))
    return Page(number, raw, seen or LETTER)


@dataclass(frozen=True, slots=True)
class Annotation:
    """A link, a form field, a note: what lies on a page and not in it."""

    page: Page
    raw: Any
    kind: str
    holder: Element | None

    @property
    def hidden(self) -> bool:
        """Whether no reader shows it: marked so, or wholly off the page."""
        if (whole(value(self.raw, "F")) or 0) & 2:
            return True
        own, (left, bottom, right, top) = box(value(self.raw, "Rect")), self.page.size
        if own is None:
            return False
        return own[0] >= right or own[2] <= left or own[1] >= top or own[3] <= bottom

    @property
    def description(self) -> str:
        """What it says of itself to somebody who does not see it."""
        return (text(value(self.raw, "Contents")) or "").strip()


class Subject:
    """What the conditions look at. ``pdf`` is the file, opened, or None."""

    def __init__(self, pdf: Any, data: bytes, refusal: str = "") -> None:
        self.pdf = pdf
        self.data = data
        self.refusal = refusal

    @cached_property
    def root(self) -> Any:
        """The catalogue, from which all is reached."""
        try:
            return self.pdf.Root
        except Exception:  # a file without one
            return None

    @cached_property
    def warnings(self) -> list[str]:
        """What had to be mended to open the file."""
        return [str(each) for each in self.pdf.get_warnings()] if self.pdf else []

    @cached_property
    def pages(self) -> list[Page]:
        """The pages, as many as are looked at."""
        try:
            count = min(len(self.pdf.pages), MOST_PAGES)
            return [_page(at + 1, self.pdf.pages[at].obj) for at in range(count)]
        except Exception:  # pages that contain themselves, or are none
            return []

    @cached_property
    def _page_numbers(self) -> dict[Identity, int]:
        return {identity(page.raw): page.number for page in self.pages}

    @cached_property
    def tagged(self) -> bool:
        """Whether the file has a structure tree at all."""
        return name(value(self.root, "StructTreeRoot", "Type")) == "StructTreeRoot"

    @cached_property
    def tree(self) -> Tree:
        return read_tree(value(self.root, "StructTreeRoot"))

    @cached_property
    def grids(self) -> list[Grid]:
        """The tables, each with its cells in their places."""
        return [grid_of(self.tree, table) for table in self.tree.of("Table")]

    @cached_property
    def parents(self) -> dict[int, Any]:
        """What the file gives for each number of a page, a form or an annotation."""
        listed = tree_items(value(self.root, "StructTreeRoot", "ParentTree"), "Nums")
        found = ((whole(key), held) for key, held in listed)
        return {key: held for key, held in found if key is not None}

    @cached_property
    def contents(self) -> Contents:
        walker = Walker(self._owner_of)
        for page in self.pages:
            if walker.contents.full():
                walker.contents.unreadable.append((page.number, "is too much to read"))
                break
            walker.walk_page(page.number, page.raw, inherited(page.raw, "Resources"))
        return walker.contents

    @cached_property
    def _owners(self) -> dict[int, list[Any]]:
        return {key: items(held) for key, held in self.parents.items()}

    def _owner_of(self, container: Any, mcid: int) -> Any:
        key = whole(value(container, "StructParents"))
        owners = self._owners.get(key, []) if key is not None else []
        return owners[mcid] if 0 <= mcid < len(owners) else None

    @cached_property
    def metadata(self) -> Metadata:
        stream = value(self.root, "Metadata")
        kinds = [name(value(stream, key)) for key in ("Type", "Subtype")]
        return read_metadata(stream if kinds == ["Metadata", "XML"] else None)

    @cached_property
    def annotations(self) -> list[Annotation]:
        """What lies on the pages, in order, each with the element that holds it."""
        by_raw = {identity(element.raw): element for element in self.tree.elements}
        by_raw.pop(INDIRECT, None)
        found = []
        for page in self.pages:
            for raw in items(value(page.raw, "Annots")):
                if is_dictionary(raw):
                    holder = by_raw.get(identity(self.parents.get(self._key(raw))))
                    kind = name(value(raw, "Subtype"))
                    found.append(Annotation(page, raw, kind, holder))
        return found[:MOST_ITEMS]

    def _key(self, raw: Any) -> int:
        key = whole(value(raw, "StructParent"))
        return -1 if key is None else key

    @cached_property
    def file_parts(self) -> list[Any]:
        """Every dictionary and stream of the file, reached or not."""
        found = []
        try:
            for each in self.pdf.objects:
                if is_dictionary(each) or is_stream(each):
                    found.append(each)
        except Exception:  # an object that cannot be read; the rest of the file still can
            return found
        return found

    def page_of(self, element: Element) -> int | None:
        """The page where an element begins; None if it is on none."""
        for place, _ in element.marks():
            if number := self._page_of_place(place):
                return number
        for each in (element, *element.above()):
            if number := self._page_numbers.get(each.page):
                return number
        return None

    def page_of_mark(self, mark: Mark) -> int | None:
        """The page where a piece stands."""
        piece = self.contents.pieces.get(mark)
        return piece.page if piece else self._page_of_place(mark[0])

    def _page_of_place(self, place: Identity) -> int | None:
        if number := self._page_numbers.get(place):
            return number
        drawn = self.contents.drawn_forms.get(place)
        return drawn[0][0] if drawn else None

    def pieces(self, element: Element) -> Iterator[Piece]:
        """The pieces of pages in an element, in reading order."""
        for mark in element.marks():
            if piece := self.contents.pieces.get(mark):
                yield piece

    def text(self, element: Element) -> str:
        """What an element says, on one line."""
        said, length = [], 0
        for piece in self.pieces(element):
            said.append(piece.text)
            length += len(piece.text)
            if length > 2_000:
                break
        return " ".join(" ".join(said).split())

    def shown(self, element: Element) -> str:
        """The start of what an element says, or its description, for a finding."""
        return shown(self.text(element) or element.words("ActualText") or element.words("Alt"))
