"""Conditions on a file for the archive: what PDF/A-3a asks of its description."""

from __future__ import annotations

from collections.abc import Iterator

from oscp_report.inspection.metadata import PDFA_ID, PDFUA_ID
from oscp_report.inspection.objects import is_stream, items, name, value
from oscp_report.inspection.registry import Finding, condition
from oscp_report.inspection.subject import Subject


def _declares_both(subject: Subject) -> bool:
    values = subject.metadata.values
    return f"{PDFA_ID}part" in values and f"{PDFUA_ID}part" in values


@condition("INS601", "PDF/A-3a", clause="6.6.4")
def archive_identified(subject: Subject) -> Iterator[Finding]:
    """The file declares that it follows PDF/A-3, level A.

    ## Why it matters
    An archive looks for the declaration before it takes a file for ever.

    ## How to fix it
    Save the file as PDF/A-3a.
    """
    part, level = (subject.metadata.first(f"{PDFA_ID}{key}") for key in ("part", "conformance"))
    if not part:
        yield Finding(None, "", "the file does not declare PDF/A")
    elif (part, level) != ("3", "A"):
        yield Finding(None, "", f"the file declares PDF/A-{part}{level.lower()}, not PDF/A-3a")


@condition("INS602", "PDF/A-3a", clause="6.2.3")
def colours_defined(subject: Subject) -> Iterator[Finding]:
    """The file holds a definition of its colours.

    ## Why it matters
    Without it every screen and printer in fifty years shows colours of its own.

    ## How to fix it
    Save the file as PDF/A, which puts a colour profile in (output intent).
    """
    for intent in items(value(subject.root, "OutputIntents")):
        if name(value(intent, "S")) == "GTS_PDFA1" and is_stream(
            value(intent, "DestOutputProfile")
        ):
            return
    yield Finding(None, "", "the file holds no colour profile for the archive (output intent)")


@condition("INS603", "PDF/A-3a", clause="6.6.2.3", applies=_declares_both)
def declaration_described(subject: Subject) -> Iterator[Finding]:
    """A file for the archive that declares PDF/UA describes that declaration.

    ## Why it matters
    PDF/A knows nothing of PDF/UA, and refuses words in the metadata that nothing describes.

    ## How to fix it
    Add the extension schema for `pdfuaid` to the metadata.
    """
    if "part" not in subject.metadata.described.get(PDFUA_ID, ()):
        yield Finding(None, "", "the declaration of PDF/UA is not described in the metadata")
