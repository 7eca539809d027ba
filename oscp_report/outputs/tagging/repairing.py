"""A PDF of WeasyPrint with the structure that its page has, for readers who hear it.

The pages stay as they are drawn, every annotation stays, and all text stays in the text, but for
what is on a page without being part of it: those things are named in ``artifacts.py``.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from oscp_report.outputs.tagging import artifacts, attachments, figures, links, lists, notes, tables
from oscp_report.outputs.tagging.declaration import saved
from oscp_report.outputs.tagging.facts import StructureFacts
from oscp_report.outputs.tagging.fragments import join
from oscp_report.outputs.tagging.nodes import Node, Reader, TaggingError
from oscp_report.outputs.tagging.writing import Writer, make_paragraphs, prune

HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")


def repair(pdf: bytes, facts: StructureFacts) -> bytes:
    """The PDF with its structure made anew. It makes no claim; ``declare`` does.

    ``facts`` are those that ``facts.written`` gave with that very PDF.

    Raises:
        TaggingError: the page has what cannot be told to everyone: a picture without words, a link
            without any or to where readers cannot follow, a heading without any, text drawn with
            ``opacity``.
    """
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as opened:
        document = Reader(opened, facts).read()
        lists.nest(document)
        repeated: list[Node] = []
        join(document, repeated)
        links.drop_dead(document)
        decoration = figures.take_decoration(document)
        lists.tidy(document)
        figures.caption_tables(document)
        figures.place(document, [float(page.TrimBox[3]) for page in opened.pages])
        notes.place(document)
        tables.associate(document)
        links.describe(document, opened)
        refuse_empty_headings(document)
        prune(document)
        make_paragraphs(document)
        set_aside(opened, document, facts, repeated, decoration)
        Writer(opened).write(document)
        attachments.settle(opened)
        return saved(opened)


def refuse_empty_headings(document: Node) -> None:
    """See to it that there is something in every heading: readers go from one to the next.

    Raises:
        TaggingError: there is one without words.
    """
    for node in document.walk():
        if node.role in HEADINGS and not any(node.contents()):
            raise TaggingError(
                f"a heading on page {node.page + 1} has no words",
                fix=f"write its words, or take the empty `<{node.source.tag}>` out",
            )


def set_aside(
    pdf: Any, document: Node, facts: StructureFacts, repeated: list[Node], decoration: list[Node]
) -> None:
    """Mark as artifacts what is not in the document.

    Raises:
        TaggingError: text of the document is not on its page.
    """
    marks: dict[int, dict[int, bytes]] = {}
    for (page, number), edge in facts.margins.items():
        marks.setdefault(page, {})[number] = artifacts.MARGINS[edge]
    for nodes, how in ((repeated, artifacts.PAGINATION), (decoration, artifacts.DECORATION)):
        for content in (content for node in nodes for content in node.contents()):
            marks.setdefault(content.page, {})[content.mcid] = how
    meant: dict[int, set[int]] = {}
    for content in document.contents():
        meant.setdefault(content.page, set()).add(content.mcid)
    artifacts.mark(pdf, meant, marks)
