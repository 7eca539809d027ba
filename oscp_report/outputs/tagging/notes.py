"""Footnotes: tagged as notes, and read where the text refers to them (ISO 14289-1, 7.9)."""

from __future__ import annotations

from oscp_report.outputs.tagging.nodes import Node


def place(document: Node) -> None:
    """Move each note behind its reference, and give it a name of its own."""
    parents = {kid.part.source: node for node in document.walk() for kid in references(node)}
    found = [(node, kid) for node in document.walk() for kid in node.nodes if kid.role == "Note"]
    for number, (holder, note) in enumerate(found, 1):
        note.id = f"note-{number}"
        if parent := parents.get(note.part.source):
            holder.kids.remove(note)
            calls = [kid for kid in references(parent) if kid.part.source == note.part.source]
            parent.kids.insert(parent.kids.index(calls[-1]) + 1, note)


def references(node: Node) -> list[Node]:
    """The references to notes that stand right in an element."""
    return [kid for kid in node.nodes if kid.role == "Reference"]
