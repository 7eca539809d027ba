"""Conditions on what stands on the pages: all is tagged or decoration, and nothing is both."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from oscp_report.inspection.contents import Piece
from oscp_report.inspection.registry import Finding, condition
from oscp_report.inspection.subject import Subject

MARGIN = 0.12
"""The part of a page's height, from the top and from the foot, where running lines stand."""
LINE = 2.0
"""Points by which a running line may move from page to page."""

_NUMBER = re.compile(r"\b\d+\b")


def tagged(subject: Subject) -> bool:
    """For a condition that says nothing about a file without tags, which fails as such."""
    return subject.tagged


@condition("INS201", "PDF/UA-1", "01-003", clause="7.1")
def no_decoration_in_content(subject: Subject) -> Iterator[Finding]:
    """No decoration stands inside tagged content.

    ## Why it matters
    It cannot be both: one program reads it aloud, the next leaves it out.

    ## How to fix it
    Mark the decoration outside of the content around it.
    """
    for slip in subject.contents.artifact_in_tagged:
        said = slip.piece.text if slip.piece else ""
        yield Finding(slip.page, said, "something marked as decoration stands in tagged content")


@condition("INS202", "PDF/UA-1", "01-004", clause="7.1")
def no_content_in_decoration(subject: Subject) -> Iterator[Finding]:
    """No tagged content stands inside decoration.

    ## Why it matters
    A reader that skips decoration skips the content in it.

    ## How to fix it
    Mark the content outside of the decoration around it.
    """
    for slip in subject.contents.tagged_in_artifact:
        said = slip.piece.text if slip.piece else ""
        yield Finding(slip.page, said, "tagged content stands in something marked as decoration")


@condition("INS203", "PDF/UA-1", "01-005", clause="7.1")
def all_is_marked(subject: Subject) -> Iterator[Finding]:
    """Everything on a page is tagged, or marked as decoration.

    ## Why it matters
    A screen reader does not know whether to read the rest, and most leave it out.

    ## How to fix it
    Tag the text or picture, or mark it as decoration (artifact).
    """
    for piece in subject.contents.untagged:
        what = "this text is" if piece.text.strip() else "something drawn here is"
        yield Finding(piece.page, piece.text, f"{what} neither tagged nor marked as decoration")


@condition("INS204", "PDF/UA-1", clause="7.1")
def marks_are_closed(subject: Subject) -> Iterator[Finding]:
    """Every mark that begins on a page ends there.

    ## Why it matters
    After a mark that does not end, all that follows belongs to the wrong element.

    ## How to fix it
    Make the PDF again; the program that wrote it left a mark open.
    """
    for page in dict.fromkeys(subject.contents.unmatched):
        yield Finding(page, "", "a mark on the page has no beginning or no end")


@condition("INS205", "good practice", applies=tagged)
def reached(subject: Subject) -> Iterator[Finding]:
    """Everything that is tagged can be reached from the top of the structure.

    ## Why it matters
    A screen reader walks down from the top: it never says what hangs elsewhere.

    ## How to fix it
    Put the element into the structure, or mark its content as decoration.
    """
    for mark, piece in subject.contents.pieces.items():
        if mark not in subject.tree.owners and piece.used:
            yield Finding(piece.page, piece.text, "this is tagged, but not part of the structure")


@condition("INS206", "good practice", "18-001", "18-002", clause="7.8", applies=tagged)
def running_lines(subject: Subject) -> Iterator[Finding]:
    """Running headers and footers are marked as decoration.

    ## Why it matters
    A listener hears them in the middle of a sentence, on every page again.

    ## How to fix it
    Mark the running line as a pagination artifact.
    """
    running: dict[tuple[str, int], list[Piece]] = defaultdict(list)
    for piece in subject.contents.pieces.values():
        if (key := _running(subject, piece)) is not None:
            running[key].append(piece)
    for pieces in running.values():
        pages = {piece.page for piece in pieces}
        if len(pages) > 1 and 2 * len(pages) >= len(subject.pages):
            for piece in pieces:
                yield Finding(piece.page, piece.text, "this running line is read out as text")


def _running(subject: Subject, piece: Piece) -> tuple[str, int] | None:
    """What a line in a margin says but for its numbers, and its height; None for others."""
    if piece.first_line is None:
        return None
    _, foot, _, top = subject.pages[piece.page - 1].size
    height = (piece.first_line - foot) / ((top - foot) or 1.0)
    if MARGIN < height < 1 - MARGIN or _in_the_text(subject, piece):
        return None
    said = " ".join(_NUMBER.sub("0", piece.text).split())
    return (said, round(piece.first_line / LINE)) if said else None


def _in_the_text(subject: Subject, piece: Piece) -> bool:
    """Whether a piece is part of a list or a table, or of what goes on over a page."""
    owner = subject.tree.owners.get(piece.mark) if piece.mark else None
    if owner is None:
        return False
    if owner.within("L", "Table", "TOC"):
        return True
    first, last = next(owner.marks(), None), owner.last_mark()
    return first is not None and last is not None and first[0] != last[0]
