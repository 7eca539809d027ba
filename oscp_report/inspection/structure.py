"""Conditions on the structure: types that a reader knows, headings in order."""

from __future__ import annotations

from collections.abc import Iterator

from oscp_report.inspection.excerpts import shown
from oscp_report.inspection.marks import tagged
from oscp_report.inspection.objects import entries, identity, name, value
from oscp_report.inspection.registry import Finding, condition
from oscp_report.inspection.subject import Subject
from oscp_report.inspection.tree import INDIRECT, STANDARD_TYPES, Element

LEVELS = ("H1", "H2", "H3", "H4", "H5", "H6")


def _has_headings(subject: Subject) -> bool:
    return bool(headings(subject))


def headings(subject: Subject) -> list[Element]:
    """The headings, in reading order, of either kind."""
    return subject.tree.of("H", *LEVELS)


@condition("INS301", "PDF/UA-1", "02-001", clause="7.1", applies=tagged)
def known_types(subject: Subject) -> Iterator[Finding]:
    """Every element is of a type that readers know, or the file says which one it stands for.

    ## Why it matters
    A reader does not know whether `Absatz` is a paragraph or a picture.

    ## How to fix it
    Map the type to a standard one, such as P, in the role map.
    """
    for element in subject.tree.elements:
        if not element.role and not _circles(element.written, subject.tree.roles):
            page, said = subject.page_of(element), subject.shown(element)
            yield Finding(page, said, f"`{shown(element.written)}` is no type that readers know")


@condition("INS302", "PDF/UA-1", "02-003", clause="7.1", applies=tagged)
def types_end(subject: Subject) -> Iterator[Finding]:
    """No type stands for another that stands for the first.

    ## Why it matters
    A reader that looks for the meaning runs in a circle.

    ## How to fix it
    Map each type to a standard one in the role map.
    """
    for written in subject.tree.roles:
        if _circles(written, subject.tree.roles):
            yield Finding(None, "", f"`{shown(written)}` stands for itself, by way of others")


def _circles(written: str, roles: dict[str, str]) -> bool:
    seen: set[str] = set()
    while written in roles and written not in seen:
        seen.add(written)
        written = roles[written]
    return written in seen


@condition("INS303", "PDF/UA-1", "02-004", clause="7.1", applies=tagged)
def types_keep_their_meaning(subject: Subject) -> Iterator[Finding]:
    """No type that readers know is given another meaning.

    ## Why it matters
    One reader says table, the next says list.

    ## How to fix it
    Take the standard type out of the role map.
    """
    for written, _ in entries(value(subject.root, "StructTreeRoot", "RoleMap")):
        if written in STANDARD_TYPES:
            yield Finding(None, "", f"`{written}` is given another meaning")


@condition("INS304", "PDF/UA-1", clause="7.1", applies=tagged)
def parents_agree(subject: Subject) -> Iterator[Finding]:
    """Every element names the one that it is in.

    ## Why it matters
    Readers go up from a word to its paragraph, and from a cell to its table.

    ## How to fix it
    Make the PDF again; the program that wrote it left the structure half done.
    """
    root = identity(value(subject.root, "StructTreeRoot"))
    for element in subject.tree.elements:
        above = identity(element.parent.raw) if element.parent else root
        named = identity(value(element.raw, "P"))
        if named != above or (named == INDIRECT and value(element.raw, "P") is None):
            page, said = subject.page_of(element), subject.shown(element)
            yield Finding(page, said, f"`{name_of(element)}` does not name the element it is in")


def name_of(element: Element) -> str:
    """An element's type, for a message."""
    return shown(element.written) or name(value(element.raw, "S")) or "?"


@condition("INS311", "PDF/UA-1", "14-002", clause="7.4.2", applies=_has_headings)
def first_heading(subject: Subject) -> Iterator[Finding]:
    """The first heading is of the first level.

    ## Why it matters
    A listener who jumps to the top heading looks for level 1, and wonders what was missed.

    ## How to fix it
    Make the document's own title a heading of level 1.
    """
    first = headings(subject)[0]
    if first.role not in ("H", "H1"):
        said = f"the first heading is of level {first.role[1:]}"
        yield Finding(subject.page_of(first), subject.shown(first), said)


@condition("INS312", "PDF/UA-1", "14-003", clause="7.4.2", applies=_has_headings)
def no_level_skipped(subject: Subject) -> Iterator[Finding]:
    """Headings go down one level at a time.

    ## Why it matters
    Levels are how a listener knows what belongs to what; a gap sounds like something missing.

    ## How to fix it
    Give the heading the next level down.
    """
    before = 0
    for heading in headings(subject):
        if heading.role == "H":
            continue
        level = int(heading.role[1:])
        if before and level > before + 1:
            said = f"a heading of level {level} follows one of level {before}"
            yield Finding(subject.page_of(heading), subject.shown(heading), said)
        before = level


@condition("INS313", "PDF/UA-1", "14-006", clause="7.4.4", applies=_has_headings)
def one_heading_a_section(subject: Subject) -> Iterator[Finding]:
    """A section has one heading, where headings carry no level.

    ## Why it matters
    Such a heading has the level of its section, so that two in one cannot be told apart.

    ## How to fix it
    Use headings with levels, or put each heading with its text in a section of its own.
    """
    for element in subject.tree.elements:
        if (found := [kid for kid in element.elements if kid.role == "H"])[1:]:
            page, said = subject.page_of(found[1]), subject.shown(found[1])
            yield Finding(page, said, "this is the second heading of one section")


@condition("INS314", "PDF/UA-1", "14-007", clause="7.4.4", applies=_has_headings)
def one_kind_of_heading(subject: Subject) -> Iterator[Finding]:
    """All headings carry a level, or none does.

    ## Why it matters
    A reader cannot put the two kinds in one order.

    ## How to fix it
    Use headings with levels throughout.
    """
    plain = subject.tree.of("H")
    if plain and subject.tree.of(*LEVELS):
        page, said = subject.page_of(plain[0]), subject.shown(plain[0])
        yield Finding(page, said, "this heading carries no level, and others do")
