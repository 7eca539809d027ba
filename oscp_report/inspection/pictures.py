"""Conditions on pictures, formulas and notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from oscp_report.inspection.registry import Finding, condition
from oscp_report.inspection.subject import Subject
from oscp_report.inspection.tree import Box, Element, box

SLACK = 2.0
"""Points by which a picture's box may reach over the page's edge."""


def _has_figures(subject: Subject) -> bool:
    return bool(subject.tree.of("Figure"))


def _has_formulas(subject: Subject) -> bool:
    return bool(subject.tree.of("Formula"))


def _has_notes(subject: Subject) -> bool:
    return bool(subject.tree.of("Note"))


def _undescribed(subject: Subject, role: str, what: str) -> Iterator[Finding]:
    for element in subject.tree.of(role):
        # A text in its place may be empty: a picture of nothing to read. A description may not.
        if not element.words("Alt") and element.words("ActualText") is None:
            said = f"this {what} has no description"
            yield Finding(subject.page_of(element), subject.shown(element), said)


@condition("INS341", "PDF/UA-1", "13-004", clause="7.3", applies=_has_figures)
def picture_described(subject: Subject) -> Iterator[Finding]:
    """Every picture and chart has a description.

    ## Why it matters
    Somebody who does not see it hears "picture", and nothing of what it shows.

    ## How to fix it
    Write a description (alternative text), or mark a mere decoration as decoration.
    """
    yield from _undescribed(subject, "Figure", "picture")


@condition("INS342", "PDF/UA-1", "17-002", clause="7.7", applies=_has_formulas)
def formula_described(subject: Subject) -> Iterator[Finding]:
    """Every formula has a description in words.

    ## Why it matters
    Its signs are read one after the other, without the sense that their places give.

    ## How to fix it
    Write how the formula is spoken as its description (alternative text).
    """
    yield from _undescribed(subject, "Formula", "formula")


@condition("INS343", "good practice", applies=_has_figures)
def picture_box(subject: Subject) -> Iterator[Finding]:
    """The box that a picture claims on the page is where the picture is.

    ## Why it matters
    Magnifiers go to the box, and readers draw their frame around it.

    ## How to fix it
    Give the box in points from the page's lower left corner.
    """
    for element in subject.tree.of("Figure"):
        held = subject.tree.attribute(element, "Layout", "BBox")
        if held is not None and (fault := _box_fault(subject, element, box(held))):
            yield Finding(subject.page_of(element), subject.shown(element), fault)


def _box_fault(subject: Subject, element: Element, claimed: Box | None) -> str:
    if claimed is None:
        return "this picture's box is not four numbers"
    page = subject.page_of(element)
    if page is None:
        return ""
    if not _inside(claimed, subject.pages[page - 1].size):
        return "this picture's box reaches over the edge of the page"
    drawn = [piece.points for piece in subject.pieces(element) if piece.page == page]
    found = [(points[0], points[1], points[2], points[3]) for points in drawn if points]
    if found and not any(_meet(claimed, each) for each in found):
        return "this picture's box is not where the picture is"
    return ""


def _inside(inner: Box, outer: Box) -> bool:
    return (
        inner[0] >= outer[0] - SLACK
        and inner[1] >= outer[1] - SLACK
        and inner[2] <= outer[2] + SLACK
        and inner[3] <= outer[3] + SLACK
    )


def _meet(first: Box, second: Box) -> bool:
    return (
        first[0] <= second[2] + SLACK
        and first[1] <= second[3] + SLACK
        and first[2] >= second[0] - SLACK
        and first[3] >= second[1] - SLACK
    )


@condition("INS351", "PDF/UA-1", "19-003", clause="7.9", applies=_has_notes)
def note_named(subject: Subject) -> Iterator[Finding]:
    """Every note has a name (ID) by which the text can point to it.

    ## Why it matters
    A listener cannot go from the sign in the text to the note, and back.

    ## How to fix it
    Give the note an ID.
    """
    for note in subject.tree.of("Note"):
        if not note.identifier:
            yield Finding(subject.page_of(note), subject.shown(note), "this note has no name (ID)")


@condition("INS352", "PDF/UA-1", "19-004", clause="7.9", applies=_has_notes)
def note_unique(subject: Subject) -> Iterator[Finding]:
    """No two notes have the same name (ID).

    ## Why it matters
    The sign in the text leads to one of them, and perhaps to the wrong one.

    ## How to fix it
    Give each note an ID of its own.
    """
    notes = subject.tree.of("Note")
    uses = Counter(note.identifier for note in notes)
    for note in notes:
        if note.identifier and uses[note.identifier] > 1:
            said = f"another note has the same name, `{note.identifier}`"
            yield Finding(subject.page_of(note), subject.shown(note), said)
