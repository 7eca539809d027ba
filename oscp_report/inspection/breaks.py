"""The condition that what a page break divides stays one: a paragraph, a list, a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from oscp_report.inspection.grid import grid_of
from oscp_report.inspection.registry import Finding, condition
from oscp_report.inspection.subject import Subject
from oscp_report.inspection.tree import TRANSPARENT, Element

LONG_LINE = 60
"""Characters after which a paragraph without a full stop is one that goes on."""

_ENDS = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_OF_A_LIST = re.compile(r"[(]?(?:\d+|[a-z]|[ivxlc]+)[.)]\s|[•‣–—*-]\s")
_NUMBER = re.compile(r"\d+")


def _two_pages(subject: Subject) -> bool:
    return subject.tagged and len(subject.pages) > 1


@condition("INS207", "good practice", applies=_two_pages)
def whole_across_pages(subject: Subject) -> Iterator[Finding]:
    """What a page break divides is still one paragraph, one list, one table.

    The text tells: a paragraph that breaks off and goes on, a table whose header row comes again
    or is missing, a list that goes on counting. A paragraph that is divided between two sentences
    is not found.

    ## Why it matters
    A listener hears a paragraph end in the middle of a sentence, and a second table begin.

    ## How to fix it
    Join the two elements into one that goes on over the page.
    """
    for element, following in _neighbours(subject):
        if element.role != following.role or not _touch(subject, element, following):
            continue
        if found := _FAULTS[element.role](subject, element, following):
            yield Finding(subject.page_of(following), subject.shown(following), found)


def _neighbours(subject: Subject) -> Iterator[tuple[Element, Element]]:
    """Elements that may be halves of one, with the one right after."""
    for parent in subject.tree.elements:
        kids = [_inner(kid) for kid in parent.elements]
        yield from ((first, second) for first, second in pairwise(kids) if first.role in _FAULTS)


def _inner(element: Element) -> Element:
    """The one element in others that only hold it."""
    while element.role in TRANSPARENT and len(element.elements) == 1:
        element = element.elements[0]
    return element


def _touch(subject: Subject, element: Element, following: Element) -> bool:
    """Whether one ends a page and the other begins the next."""
    ends, begins = element.last_mark(), next(following.marks(), None)
    if ends is None or begins is None:
        return False
    return (subject.page_of_mark(ends) or 0) + 1 == subject.page_of_mark(begins)


def _paragraph(subject: Subject, element: Element, following: Element) -> str:
    before, after = subject.text(element), subject.text(following)
    if not before or not after or _ENDS.search(before) or _OF_A_LIST.match(after):
        return ""
    goes_on = after[0].islower() or len(before) >= LONG_LINE
    return "a page break divides this paragraph into two" if goes_on else ""


def _table(subject: Subject, element: Element, following: Element) -> str:
    first, second = grid_of(subject.tree, element), grid_of(subject.tree, following)
    if first.width != second.width:
        return ""
    if any(cell.element.role == "TH" and cell.row == 0 for cell in second.cells):
        heads = [
            [subject.text(cell.element) for cell in grid.cells if cell.row == 0]
            for grid in (first, second)
        ]
        if heads[0] != heads[1]:
            return ""
    return "a page break divides this table into two"


def _list(subject: Subject, element: Element, following: Element) -> str:
    last, first = _label(subject, element, -1), _label(subject, following, 0)
    numbers = [_NUMBER.search(label) for label in (last, first)]
    if numbers[0] and numbers[1]:
        divided = int(numbers[0][0][:9]) + 1 == int(numbers[1][0][:9])
    else:
        # Two lists of bullets in a row, with nothing between them, are one.
        divided = last == first and not last.isalnum()
    return "a page break divides this list into two" if divided else ""


def _label(subject: Subject, element: Element, at: int) -> str:
    listed = [kid for kid in element.elements if kid.role == "LI"]
    if not listed:
        return "?"
    return next((subject.text(kid) for kid in listed[at].elements if kid.role == "Lbl"), "")


_FAULTS = {"P": _paragraph, "Table": _table, "L": _list}
