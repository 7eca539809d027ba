"""What may stand in what: the grammar of tables, lists and contents lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from oscp_report.inspection.registry import Finding
from oscp_report.inspection.subject import Subject

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


def misplaced(subject: Subject, parents: Grammar, kids: Grammar) -> Iterator[Finding]:
    """Elements that do not stand where their type must, or hold what their type may not."""
    for element in subject.tree.elements:
        above = element.parent.role if element.parent else ""
        page = text = None
        faults = []
        if element.role in parents and above not in parents[element.role]:
            faults.append(
                f"this {called(element.role)} stands in no {called(parents[element.role][0])}"
            )
        elif element.parent and above in kids and element.role not in kids[above]:
            faults.append(f"this {called(element.role)} may not stand right in a {called(above)}")
        for fault in faults:
            page, text = subject.page_of(element), subject.shown(element)
            yield Finding(page, text, fault)
