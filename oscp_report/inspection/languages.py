"""Conditions on language: what the document is in, and that each name of a language is one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from oscp_report.inspection.excerpts import shown
from oscp_report.inspection.objects import text, value
from oscp_report.inspection.registry import Finding, condition
from oscp_report.inspection.subject import Subject

# RFC 3066, section 2.1, which ISO 14289-1 names: parts of one to eight letters or digits.
_LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*")


@condition("INS361", "PDF/UA-1", *(f"11-00{number}" for number in range(1, 7)), clause="7.2")
def language(subject: Subject) -> Iterator[Finding]:
    """The document says which language it is in.

    ## Why it matters
    Without it English may be read out with the sounds of another language.

    ## How to fix it
    Set the document's language, such as `en-GB`.
    """
    if not text(value(subject.root, "Lang")):
        yield Finding(None, "", "the document does not say which language it is in")


@condition("INS362", "PDF/UA-1", "11-007", clause="7.2")
def language_names(subject: Subject) -> Iterator[Finding]:
    """Every language that is named is named by its code.

    ## Why it matters
    A reader knows `cy`; it does not know `Welsh (UK)`, and goes on in English.

    ## How to fix it
    Write the code, such as `cy` for Welsh or `en-GB` for British English.
    """
    whole = text(value(subject.root, "Lang"))
    if whole and not _LANGUAGE.fullmatch(whole):
        yield Finding(None, "", f"`{shown(whole)}` is no code of a language")
    for element in subject.tree.elements:
        said = element.words("Lang")
        # An empty one says that the language is not known; veraPDF takes it for a fault.
        if said is not None and not _LANGUAGE.fullmatch(said):
            place, named = subject.page_of(element), subject.shown(element)
            yield Finding(place, named, f"`{shown(said)}` is no code of a language")
    for page, said in subject.contents.languages:
        if not _LANGUAGE.fullmatch(said):
            yield Finding(page, "", f"`{shown(said)}` is no code of a language")
