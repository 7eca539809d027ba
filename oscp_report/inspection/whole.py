"""Conditions on the file as a whole: that it opens, says that it is tagged, has a title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from oscp_report.inspection.metadata import DUBLIN_CORE, PDFUA_ID
from oscp_report.inspection.objects import value
from oscp_report.inspection.registry import Finding, condition
from oscp_report.inspection.subject import Subject

_VERSION = re.compile(rb"%PDF-1\.[0-7]\s")


@condition("INS101", "PDF/UA-1")
def readable(subject: Subject) -> Iterator[Finding]:
    """The file can be opened and read from beginning to end.

    ## Why it matters
    What cannot be read cannot be checked, and a screen reader stops there.

    ## How to fix it
    Make the PDF again from its source, without a password.
    """
    if subject.refusal:
        yield Finding(None, "", subject.refusal)
        return
    if not subject.pages:
        yield Finding(None, "", "the file has no page that can be read")
    for fault in dict.fromkeys(subject.tree.faults):
        yield Finding(None, "", f"the structure of the document is broken: {fault}")
    for page, fault in dict.fromkeys(subject.contents.unreadable):
        yield Finding(page, "", f"the content of the page {fault}")
    if subject.metadata.fault:
        yield Finding(None, "", f"the description of the file {subject.metadata.fault}")


@condition("INS102", "good practice")
def undamaged(subject: Subject) -> Iterator[Finding]:
    """The file is undamaged.

    ## Why it matters
    Programs guess at what a damaged file means, and do not guess alike.

    ## How to fix it
    Make the PDF again from its source, or fetch it again.
    """
    for _ in subject.warnings[:1]:
        yield Finding(None, "", "the file is damaged, and was mended to look at it")


@condition("INS103", "PDF/UA-1", clause="6.1")
def version(subject: Subject) -> Iterator[Finding]:
    """The file is of a version from PDF 1.0 to 1.7.

    ## Why it matters
    PDF/UA-1 builds on PDF 1.7; what is newer, or says nothing, is not covered by it.

    ## How to fix it
    Save the file as PDF 1.7.
    """
    if not _VERSION.match(subject.data):
        yield Finding(None, "", "the file does not begin with a version from PDF 1.0 to 1.7")


@condition("INS104", "PDF/UA-1", "01-006", clause="7.1")
def structure(subject: Subject) -> Iterator[Finding]:
    """The document is tagged: it has a structure that a screen reader can follow.

    ## Why it matters
    Without it a screen reader guesses what is a heading, a list or a table, and in which order.

    ## How to fix it
    Make the PDF with a program that writes tagged PDF, with tags switched on.
    """
    if not subject.tagged:
        yield Finding(None, "", "the document is not tagged")
    elif not subject.tree.elements:
        yield Finding(None, "", "the document is tagged, but its structure is empty")


@condition("INS105", "PDF/UA-1", clause="6.2")
def marked(subject: Subject) -> Iterator[Finding]:
    """The file says that it is tagged.

    ## Why it matters
    Programs that do not find the word do not use the tags.

    ## How to fix it
    Make the PDF with a program that writes tagged PDF, with tags switched on.
    """
    if value(subject.root, "MarkInfo", "Marked") is not True:
        yield Finding(None, "", "the file does not say that it is tagged")


@condition("INS106", "PDF/UA-1", "01-007", clause="7.1")
def no_suspects(subject: Subject) -> Iterator[Finding]:
    """No tags are marked as suspect.

    ## Why it matters
    The program that tagged the file says itself that it was not sure.

    ## How to fix it
    Have a person look at the tags, or make the PDF from its source and not from a scan.
    """
    if value(subject.root, "MarkInfo", "Suspects") is True:
        yield Finding(None, "", "the file marks its own tags as suspect")


@condition("INS107", "PDF/UA-1", "06-001", clause="7.1")
def metadata(subject: Subject) -> Iterator[Finding]:
    """The file describes itself.

    ## Why it matters
    Title, author and standard are read from this description, by readers and by archives.

    ## How to fix it
    Switch on document properties, or metadata, when the PDF is made.
    """
    if not subject.metadata.present:
        yield Finding(None, "", "the file has no description of itself (XMP metadata)")


@condition("INS108", "PDF/UA-1", "06-002", clause="5")
def identified(subject: Subject) -> Iterator[Finding]:
    """The file declares that it follows PDF/UA-1.

    ## Why it matters
    Without the declaration nobody can hold the file to the standard.

    ## How to fix it
    Switch on PDF/UA when the PDF is made, once all else is right.
    """
    said = subject.metadata.values.get(f"{PDFUA_ID}part", ())
    if [each.strip() for each in said] != ["1"]:
        fault = f"declares part `{said[0]}` of PDF/UA" if said else "does not declare PDF/UA-1"
        yield Finding(None, "", f"the file {fault}")


@condition("INS109", "PDF/UA-1", "06-003", clause="7.1")
def title(subject: Subject) -> Iterator[Finding]:
    """The document has a title.

    ## Why it matters
    A screen reader says the title first; without it, it spells out the name of the file.

    ## How to fix it
    Give the document a title in its properties.
    """
    if not subject.metadata.first(f"{DUBLIN_CORE}title"):
        yield Finding(None, "", "the document has no title")


@condition("INS110", "PDF/UA-1", "07-001", "07-002", clause="7.1")
def title_shown(subject: Subject) -> Iterator[Finding]:
    """The window shows the document's title, not the name of the file.

    ## Why it matters
    `report_v7_FINAL.pdf` tells a listener little.

    ## How to fix it
    Set the initial view to show the document title.
    """
    if value(subject.root, "ViewerPreferences", "DisplayDocTitle") is not True:
        yield Finding(None, "", "the window would show the name of the file, not the title")
