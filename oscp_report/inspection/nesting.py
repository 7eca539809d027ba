"""What may stand in what: the grammar of tables, lists and contents lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from oscp_report.inspection.registry import Finding
from oscp_report.inspection.subject import Subject
from oscp_report.inspection.tree import TRANSPARENT, Element

Grammar = Mapping[str, tuple[str, ...]]

CALLED = {
    "Table": "table", "THead": "table head", "TBody": "table body", "TFoot": "table foot",
    "TR": "table row", "TH": "header cell", "TD": "cell", "L": "list", "LI": "list item",
    "Lbl": "label", "LBody": "list item's text", "TOC": "contents list",
    "TOCI": "entry of a contents list", "Caption": "caption", "P": "paragraph", "Div": "group",
    "Span": "run of text", "Figure": "picture", "NonStruct": "group",
}  # fmt: skip
"""The types in an officer's words."""


def called(role: str) -> str:
    """A type in an officer's words, or in the file's own."""
    return CALLED.get(role) or f"`{role or 'unknown'}`"


def _holder(element: Element) -> Element | None:
    """The nearest element around that stands for something."""
    found = element.parent
    while found and found.role in TRANSPARENT:
        found = found.parent
    return found


def misplaced(subject: Subject, parents: Grammar, kids: Grammar) -> Iterator[Finding]:
    """Elements that do not stand where their type must, or hold what their type may not.

    Groups that stand for nothing are looked through, as validators do.
    """
    for element in subject.tree.elements:
        if element.role in TRANSPARENT:
            continue
        holder = _holder(element)
        above = holder.role if holder else ""
        page = text = None
        faults = []
        if element.role in parents and above not in parents[element.role]:
            faults.append(
                f"this {called(element.role)} stands in no {called(parents[element.role][0])}"
            )
        elif holder and above in kids and element.role not in kids[above]:
            faults.append(f"this {called(element.role)} may not stand right in a {called(above)}")
        for fault in faults:
            page, text = subject.page_of(element), subject.shown(element)
            yield Finding(page, text, fault)
