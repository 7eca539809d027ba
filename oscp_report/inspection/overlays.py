"""Conditions on what lies on the pages but is no link: form fields, comments, stamps."""

from __future__ import annotations

from collections.abc import Iterator

from oscp_report.inspection.excerpts import shown
from oscp_report.inspection.objects import items, name, one_or_more, text, value
from oscp_report.inspection.registry import Finding, condition
from oscp_report.inspection.subject import Annotation, Subject

OWN_RULES = frozenset({"Widget", "Link", "PrinterMark", "Popup"})


def _has_annotations(subject: Subject) -> bool:
    return bool(subject.annotations)


def _has_others(subject: Subject) -> bool:
    return any(each.kind not in OWN_RULES for each in subject.annotations)


def _has_fields(subject: Subject) -> bool:
    return bool(_of(subject, "Widget"))


def _judged(found: Annotation) -> bool:
    return found.kind not in OWN_RULES and not found.hidden


def _of(subject: Subject, kind: str) -> list[Annotation]:
    return [each for each in subject.annotations if each.kind == kind and not each.hidden]


def _at(found: Annotation, message: str) -> Finding:
    return Finding(found.page.number, shown(found.description), message)


@condition("INS401", "PDF/UA-1", "28-002", clause="7.18.1", applies=_has_others)
def comment_tagged(subject: Subject) -> Iterator[Finding]:
    """Every comment or stamp on a page is tagged as one.

    ## Why it matters
    A listener does not come by it, or hears it at the end without its place.

    ## How to fix it
    Tag it as an annotation (Annot), or remove it before publishing.
    """
    for found in subject.annotations:
        if _judged(found) and (found.holder is None or found.holder.role != "Annot"):
            yield _at(found, f"this annotation ({shown(found.kind)}) is not tagged as one")


@condition("INS402", "PDF/UA-1", "28-004", clause="7.18.1", applies=_has_others)
def comment_described(subject: Subject) -> Iterator[Finding]:
    """Every comment or stamp on a page has a description.

    ## Why it matters
    Somebody who does not see it hears that there is something, and not what.

    ## How to fix it
    Write its content, or a description (alternative text), or remove it.
    """
    for found in subject.annotations:
        told = found.description or (found.holder and found.holder.words("Alt"))
        if _judged(found) and not told:
            yield _at(found, f"this annotation ({shown(found.kind)}) has no description")


@condition("INS403", "PDF/UA-1", "28-005", clause="7.18.1", applies=_has_fields)
def field_described(subject: Subject) -> Iterator[Finding]:
    """Every form field says what is to be filled in.

    ## Why it matters
    A listener hears "edit" and has to guess.

    ## How to fix it
    Give the field a tooltip with the words that stand beside it.
    """
    for found in _of(subject, "Widget"):
        told = text(value(found.raw, "TU")) or text(value(found.raw, "Parent", "TU"))
        if not told and not (found.holder and found.holder.words("Alt")):
            named = text(value(found.raw, "T")) or ""
            said = "this form field does not say what is to be filled in"
            yield Finding(found.page.number, shown(named), said)


@condition("INS404", "PDF/UA-1", "28-007", clause="7.18.2", applies=_has_annotations)
def no_trap_network(subject: Subject) -> Iterator[Finding]:
    """No printing instructions of the kind called trap networks are left on a page.

    ## Why it matters
    They are for a press, and PDF/UA forbids them.

    ## How to fix it
    Make the PDF again without prepress settings.
    """
    for found in _of(subject, "TrapNet"):
        yield _at(found, "the page holds a trap network")


@condition("INS405", "PDF/UA-1", "28-008", "28-009", clause="7.18.3", applies=_has_annotations)
def tab_order(subject: Subject) -> Iterator[Finding]:
    """The tab key goes through links and fields in the order of the text.

    ## Why it matters
    Otherwise somebody without a mouse jumps about on the page.

    ## How to fix it
    Set the page's tab order to follow the document structure.
    """
    for page in subject.pages:
        if items(value(page.raw, "Annots")) and name(value(page.raw, "Tabs")) != "S":
            yield Finding(page.number, "", "the tab key does not follow the text on this page")


@condition("INS406", "PDF/UA-1", "28-010", clause="7.18.4", applies=_has_fields)
def field_tagged(subject: Subject) -> Iterator[Finding]:
    """Every form field is tagged as one.

    ## Why it matters
    A listener who reads on never comes by it.

    ## How to fix it
    Tag the field as a form field (Form).
    """
    for found in _of(subject, "Widget"):
        if found.holder is None or found.holder.role != "Form":
            named = text(value(found.raw, "T")) or ""
            said = "this form field is not tagged as one"
            yield Finding(found.page.number, shown(named), said)


@condition("INS407", "PDF/UA-1", "28-017", clause="7.18.8", applies=_has_annotations)
def printer_marks(subject: Subject) -> Iterator[Finding]:
    """No marks for the printer are tagged.

    ## Why it matters
    A listener would hear of crop marks.

    ## How to fix it
    Take the mark out of the structure, or make the PDF without printer's marks.
    """
    for found in _of(subject, "PrinterMark"):
        if found.holder is not None:
            yield _at(found, "a printer's mark is tagged as content")


def _has_form_elements(subject: Subject) -> bool:
    return bool(subject.tree.of("Form"))


@condition("INS408", "PDF/UA-1", "28-010", clause="7.18.4", applies=_has_form_elements)
def one_field_each(subject: Subject) -> Iterator[Finding]:
    """What is tagged as a form field is one field.

    ## Why it matters
    A listener hears "edit" where nothing can be filled in, or one name for two fields.

    ## How to fix it
    Put each field, and nothing else, in an element of its own (Form).
    """
    for element in subject.tree.of("Form"):
        kids = one_or_more(value(element.raw, "K"))
        kinds = [name(value(kid, "Obj", "Subtype")) for kid in kids]
        printed = subject.tree.attribute(element, "PrintField", "Role")
        if printed is None and kinds != ["Widget"]:
            said = "this is tagged as a form field and is not one field"
            yield Finding(subject.page_of(element), subject.shown(element), said)
