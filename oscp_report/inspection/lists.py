"""Conditions on lists and contents lists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from oscp_report.inspection.nesting import misplaced
from oscp_report.inspection.objects import name
from oscp_report.inspection.registry import Finding, condition
from oscp_report.inspection.subject import Subject
from oscp_report.inspection.tree import Element

PARENTS = {"LI": ("L",), "LBody": ("LI",)}
KIDS = {"L": ("L", "LI", "Caption"), "LI": ("Lbl", "LBody")}
CONTENTS_PARENTS = {"TOCI": ("TOC",)}
CONTENTS_KIDS = {"TOC": ("TOC", "TOCI", "Caption")}

NUMBERED = re.compile(r"[(\[]?(?:\d+|[A-Za-z]|[ivxlcdmIVXLCDM]+)[.)\]:]*")
UNNUMBERED = ("", "None", "Disc", "Circle", "Square")


def _has_lists(subject: Subject) -> bool:
    return bool(subject.tree.of("L", *PARENTS))


def _has_contents(subject: Subject) -> bool:
    return bool(subject.tree.of("TOC", "TOCI"))


def _late_captions(subject: Subject, role: str) -> Iterator[Finding]:
    for element in subject.tree.of(role):
        for kid in element.elements[1:]:
            if kid.role == "Caption":
                said = "this caption does not come first in its list"
                yield Finding(subject.page_of(kid), subject.shown(kid), said)


@condition("INS331", "PDF/UA-1", "09-005", clause="7.2", applies=_has_lists)
def list_parts(subject: Subject) -> Iterator[Finding]:
    """Lists are made of items, and items of a label and a text.

    ## Why it matters
    A screen reader says "list with five items" first; it counts only what is tagged so.

    ## How to fix it
    Put the item's whole text, lists in it too, in one list body (LBody).
    """
    yield from misplaced(subject, PARENTS, KIDS)
    yield from _late_captions(subject, "L")


@condition("INS332", "PDF/UA-1", "09-006", clause="7.2", applies=_has_contents)
def contents_parts(subject: Subject) -> Iterator[Finding]:
    """Contents lists are made of entries.

    ## Why it matters
    A screen reader counts the entries and steps from one to the next.

    ## How to fix it
    Put each entry of the contents list in an element of its own (TOCI).
    """
    yield from misplaced(subject, CONTENTS_PARENTS, CONTENTS_KIDS)
    yield from _late_captions(subject, "TOC")


@condition("INS333", "good practice", applies=_has_lists)
def list_in_item(subject: Subject) -> Iterator[Finding]:
    """A list in a list stands in the item that it belongs to.

    ## Why it matters
    Otherwise a listener does not hear which item it is about.

    ## How to fix it
    Put the inner list in the text of its item (LBody).
    """
    for element in subject.tree.of("L"):
        if element.parent and element.parent.role == "L":
            said = "this list stands beside the items of another, not in one"
            yield Finding(subject.page_of(element), subject.shown(element), said)


@condition("INS334", "good practice", "16-001", clause="7.6", applies=_has_lists)
def list_numbering(subject: Subject) -> Iterator[Finding]:
    """A numbered list says how it is numbered.

    ## Why it matters
    A reader that says "item c" instead of "bullet" has to know that there are letters.

    ## How to fix it
    Give the list the attribute ListNumbering, such as Decimal or LowerAlpha.
    """
    for element in subject.tree.of("L"):
        says = name(subject.tree.attribute(element, "List", "ListNumbering"))
        if says in UNNUMBERED and (label := _number(subject, element)):
            said = f"this list is numbered, `{label}`, and does not say so"
            yield Finding(subject.page_of(element), subject.shown(element), said)


def _number(subject: Subject, element: Element) -> str:
    """The first label that is a number or a letter."""
    for item in element.elements:
        for kid in item.elements:
            label = subject.text(kid) if kid.role == "Lbl" else ""
            if NUMBERED.fullmatch(label):
                return label
    return ""
