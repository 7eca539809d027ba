"""Conditions on the parts of a file beside its text: protection, forms, layers, attachments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from oscp_report.inspection.objects import (
    is_dictionary,
    items,
    raw_bytes,
    text,
    unpacked,
    value,
    whole,
)
from oscp_report.inspection.registry import Finding, condition
from oscp_report.inspection.subject import Subject
from oscp_report.inspection.tree import INDIRECT

READ_ALOUD = 1 << 9
"""Bit 10 of what an encrypted file permits: to take its text out for a screen reader."""


def _encrypted(subject: Subject) -> bool:
    return bool(subject.pdf.is_encrypted)


def _has_layers(subject: Subject) -> bool:
    return is_dictionary(value(subject.root, "OCProperties"))


def _has_form(subject: Subject) -> bool:
    return is_dictionary(value(subject.root, "AcroForm"))


def _has_files(subject: Subject) -> bool:
    return any(is_dictionary(value(part, "EF")) for part in subject.file_parts)


def _draws_forms(subject: Subject) -> bool:
    return bool(subject.contents.drawn_forms)


@condition("INS111", "PDF/UA-1", "26-001", "26-002", clause="7.16", applies=_encrypted)
def not_locked(subject: Subject) -> Iterator[Finding]:
    """The file's protection lets screen readers in.

    ## Why it matters
    A file that forbids its text to be taken out forbids it to be read aloud.

    ## How to fix it
    Take the protection off, or permit text access for screen readers.
    """
    permitted = whole(value(subject.pdf.trailer, "Encrypt", "P"))
    if permitted is None or not permitted & READ_ALOUD:
        yield Finding(None, "", "the file's protection shuts screen readers out")


@condition("INS112", "PDF/UA-1", "25-001", clause="7.15", applies=_has_form)
def no_dynamic_form(subject: Subject) -> Iterator[Finding]:
    """No form is drawn by a program when it is opened (dynamic XFA).

    ## Why it matters
    Such a form has no pages or tags until one kind of program has drawn them.

    ## How to fix it
    Make the form an ordinary PDF form, or a page on the web.
    """
    form = value(subject.root, "AcroForm", "XFA")
    parts = items(form) or [form]
    for part in parts:
        if part is not None and b"dynamicRender>required" in _joined(part):
            yield Finding(None, "", "the form is a dynamic XFA form")
            return


def _joined(part: object) -> bytes:
    held = unpacked(part) or raw_bytes(part)
    return re.sub(rb"\s+", b"", held)


@condition("INS113", "PDF/UA-1", "20-001", "20-002", "20-003", clause="7.10", applies=_has_layers)
def layers(subject: Subject) -> Iterator[Finding]:
    """Every set of layers has a name, and none switches itself.

    ## Why it matters
    A reader chooses layers by name; what switches itself hides text without a word.

    ## How to fix it
    Name the layer settings and remove automatic states, or flatten the layers.
    """
    held = value(subject.root, "OCProperties")
    for settings in (value(held, "D"), *items(value(held, "Configs"))):
        if not (text(value(settings, "Name")) or "").strip():
            yield Finding(None, "", "a setting of the layers has no name")
        if value(settings, "AS") is not None:
            yield Finding(None, "", "a setting of the layers switches layers by itself")


@condition("INS114", "PDF/UA-1", "21-001", clause="7.11", applies=_has_files)
def attached_names(subject: Subject) -> Iterator[Finding]:
    """Every attached file has its name in both of the ways that programs look for it.

    ## Why it matters
    A program that does not find the name cannot show or save the attachment.

    ## How to fix it
    Attach the file again with a program that writes both names (F and UF).
    """
    for part in subject.file_parts:
        if is_dictionary(value(part, "EF")):
            names = [text(value(part, key)) or "" for key in ("F", "UF")]
            if not all(names):
                yield Finding(None, max(names), "an attached file has only one of its two names")


@condition("INS115", "PDF/UA-1", "30-001", clause="7.20", applies=_draws_forms)
def no_borrowed_pages(subject: Subject) -> Iterator[Finding]:
    """No part of a page is drawn from another file.

    ## Why it matters
    What lies in another file is not there when the report is kept or sent.

    ## How to fix it
    Put the content itself into the document.
    """
    for drawn in subject.contents.drawn_forms.values():
        page, form = drawn[0]
        if value(form, "Ref") is not None:
            yield Finding(page, "", "a part of the page is drawn from another file")


@condition("INS116", "PDF/UA-1", "30-002", clause="7.20", applies=_draws_forms)
def tagged_once(subject: Subject) -> Iterator[Finding]:
    """No part that carries tags of its own is drawn twice.

    ## Why it matters
    A tag stands for one place; the second drawing is read in the wrong place or not at all.

    ## How to fix it
    Put a copy of the part where it is drawn again.
    """
    tagged = {place for place, _ in subject.tree.owners}
    for place, drawn in subject.contents.drawn_forms.items():
        if place != INDIRECT and place in tagged and len(drawn) > 1:
            yield Finding(drawn[1][0], "", "a part with tags of its own is drawn twice")
