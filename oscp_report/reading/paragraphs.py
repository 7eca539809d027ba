"""What a year's file says of paragraphs: rows, sections, the items and tables below them."""

from __future__ import annotations

from functools import partial

from oscp_report.model import Paragraph, Section, Text
from oscp_report.reading import fields
from oscp_report.reading.rows import RowShape
from oscp_report.reading.scalars import TextShape, identifier
from oscp_report.reading.shapes import (
    Either,
    Faults,
    Field,
    Judged,
    ListOf,
    Mapped,
    Named,
    Record,
    Shape,
)
from oscp_report.reading.tables import TABLE

TEXT = TextShape()


def _not_bare(section: Section, faults: Faults) -> None:
    """Report a heading with nothing below it, unless that was reported as something else."""
    reported = any(found.location >= section.location for found in faults.found)
    if not (section.paragraphs or section.sections or reported):
        message = "a section has no `paragraphs`"
        fix = "add `paragraphs:` (its numbered paragraphs)"
        faults.add(fields.MISSING_FIELD, section.location, message, fix=fix)


def plain_paragraph(text: Text) -> Paragraph:
    """A paragraph of nothing but text."""
    return Paragraph(text=text, location=text.location)


def id_of(what: str) -> Field:
    """The field for a name that an author gives something."""
    return Field(
        identifier(),
        f"A name for {what}, of small letters, digits and hyphens, that stays when it is reworded",
        examples=("hate-crime-plan",),
    )


PARAGRAPH: Shape[Paragraph] = Either(
    Mapped(TEXT, plain_paragraph),
    Record(
        "a paragraph",
        Paragraph,
        {
            "text": Field(TEXT, "What the paragraph says, in Markdown", required=True),
            "id": id_of("the paragraph, for `{para:...}` references and for acceptances"),
            "items": Field(
                ListOf(Named("paragraph", lambda: PARAGRAPH), "paragraphs"),
                "The lettered items below it; theirs are numbered i, ii, iii",
            ),
            "table": Field(TABLE, "A table below it"),
        },
    ),
    below="items",
)
PARAGRAPHS = ListOf(Named("paragraph", lambda: PARAGRAPH), "paragraphs")
ROWS = ListOf(RowShape(Named("paragraph", lambda: PARAGRAPH)), "rows")

_OF_A_SECTION = {
    "heading": Field(TEXT, "The heading, printed in bold", required=True),
    "paragraphs": Field(PARAGRAPHS, "Its numbered paragraphs"),
    "id": id_of("the section"),
}
SUBSECTION = Judged(Record("a section", partial(Section, level=2), _OF_A_SECTION), _not_bare)
SECTION = Judged(
    Record(
        "a section",
        Section,
        {
            **_OF_A_SECTION,
            "sections": Field(
                ListOf(SUBSECTION, "sections"), "Sections below it, each with a heading of its own"
            ),
        },
    ),
    _not_bare,
)
