"""What a report prints, text by text in printed order, and where a part of a text stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from oscp_report.checks.registry import Subject
from oscp_report.diagnostics import Location
from oscp_report.model import Figure, Paragraph, Row, Table, Text
from oscp_report.printed import sections_of
from oscp_report.references import Foreign, Reference, StrayBrace, split

Part = Literal[
    "label", "notice", "front", "heading", "body", "table", "back", "contact", "figure",
    "partnership",
]  # fmt: skip

BODY_FIELDS = (
    "introduction", "priorities", "sections_before", "achievements", "sections_after",
    "next_priorities",
)  # fmt: skip
"""The fields of a year's file that hold numbered paragraphs."""
FORMATTED_FIELDS = (
    *BODY_FIELDS, "corrections", "cover", "summary", "appendices", "contacts", "background_papers",
)  # fmt: skip
"""The fields whose texts are Markdown with references."""

_OF_CONTACTS = re.compile(r"\b(?:contact|author|tel|telephone|phone|e-?mail)\b", re.IGNORECASE)
_REFERENCE = re.compile(r"\{[^{}\n]*\}")
_CODE = re.compile(r"`[^`]*`")
_ESCAPED = re.compile(r"\\[\\`*_{}\[\]()>#+.!-]")
_ADDRESS = re.compile(r"(?<=\]\()[^()\s]*|(?:https?|mailto|tel):[^\s<>]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that is printed. ``id`` is that of its paragraph, or empty.

    ``notice`` is a correction, ``front`` the value of a cover or summary row, ``body`` a numbered
    paragraph or an item, ``table`` what a table below one holds, ``back`` what follows the body:
    appendices and papers. ``contact`` is the value of a row that tells whom to ask.
    """

    text: Text
    part: Part
    id: str = ""

    @property
    def is_formatted(self) -> bool:
        """Whether its Markdown and its references are read: labels and figures print as typed."""
        return self.part not in ("label", "figure", "partnership")

    def at(self, start: int, end: int) -> Location:
        """Where the characters ``start`` to ``end`` of the text stand in the file."""
        value = self.text.value
        pattern = re.compile(r"\s+".join(map(re.escape, value[start:end].split())))
        earlier, match = 0, pattern.search(value)
        while match and match.start() < start:
            earlier += 1
            match = pattern.search(value, match.start() + 1)
        return self.text.at(value[start:end], earlier)


def passages(subject: Subject) -> Iterator[Passage]:
    """Everything that is printed, in order: the head, the body, what follows it, the figures."""
    report = subject.report
    for correction in report.corrections:
        yield Passage(correction.what, "notice")
        yield Passage(correction.why, "notice")
    yield from _rows(subject.cover, "front")
    yield from _rows(report.summary, "front")
    if isinstance(report.appendices, Text):
        yield Passage(report.appendices, "back")
    elif report.appendices:
        yield from (Passage(appendix.title, "back") for appendix in report.appendices)
    for section in sections_of(report):
        if section.heading:
            yield Passage(section.heading, "heading", section.id)
        for paragraph in section.paragraphs:
            yield from _walk(paragraph, "body")
    for contact in report.contacts:
        yield from _rows(contact, "contact")
    if isinstance(papers := report.background_papers, Text):
        yield Passage(papers, "back")
    elif papers:
        yield from (Passage(paper, "back") for paper in papers)
    for figure in report.figures.values():
        for text in _texts_of(figure):
            if text is not None:
                yield Passage(text, "figure", figure.id)


def formatted(subject: Subject) -> Iterator[Passage]:
    """The passages whose Markdown and references are read."""
    return (passage for passage in passages(subject) if passage.is_formatted)


def body(subject: Subject) -> Iterator[Passage]:
    """The numbered paragraphs and their items."""
    return (passage for passage in passages(subject) if passage.part == "body")


def partnership_texts(subject: Subject) -> Iterator[Passage]:
    """What the partnership's file holds besides the cover rows, which `passages` has."""
    partnership = subject.partnership
    texts = (
        partnership.name, partnership.short_name, partnership.council, *partnership.partners,
        partnership.notice, *partnership.abbreviations.values(), *partnership.labels.values(),
    )  # fmt: skip
    return (Passage(text, "partnership") for text in texts if text is not None)


def _rows(rows: Iterable[Row], part: Part) -> Iterator[Passage]:
    for row in rows:
        yield Passage(row.label, "label")
        is_contact = _OF_CONTACTS.search(row.label.value)
        yield from _walk(row.value, "contact" if is_contact else part)


def _walk(paragraph: Paragraph, part: Part) -> Iterator[Passage]:
    for each in paragraph.walk():
        yield Passage(each.text, part, each.id)
        if each.table is not None:
            yield from (Passage(text, "table", each.id) for text in _cells(each.table))


def _cells(table: Table) -> Iterator[Text]:
    yield table.caption
    for column in table.columns:
        yield column.label
        yield from column.columns
    for row in table.rows:
        yield from row


def _texts_of(figure: Figure) -> Iterator[Text | None]:
    """What is printed of a figure besides its value; the reasons of its earlier values as well."""
    yield from (figure.label, figure.period, figure.definition, figure.source, figure.owner)
    yield figure.note
    for measure in (figure, *figure.earlier.values()):
        yield measure.series_break
        yield measure.revised


@dataclass(frozen=True, slots=True)
class Found:
    """A reference, a stray brace or foreign words with their place."""

    piece: Reference | StrayBrace | Foreign
    passage: Passage
    start: int

    @property
    def location(self) -> Location:
        """Where it stands in the file."""
        return self.passage.at(self.start, self.start + len(self.piece.raw))


def braces(subject: Subject) -> Iterator[Found]:
    """Every reference, stray brace and passage in another language of a report, in order."""
    for passage in formatted(subject):
        position = 0
        for piece in split(passage.text.value):
            if isinstance(piece, str):
                # A lone brace can only come of `{{`: other strings have none.
                position += 2 if piece == "{" else len(piece)
            else:
                yield Found(piece, passage, position)
                position += len(piece.raw)


def references(subject: Subject) -> Iterator[tuple[Reference, Found]]:
    """Every reference of a report, in order."""
    for found in braces(subject):
        if isinstance(found.piece, Reference):
            yield found.piece, found


def looks_back(subject: Subject) -> bool:
    """Whether a report speaks of more years than the last one."""
    report = subject.report
    listed = report.appendices if isinstance(report.appendices, tuple) else ()
    return (
        any(appendix.figures for appendix in listed)
        or any(figure.earlier for figure in report.figures.values())
        or any(piece.aspect for piece, _ in references(subject))
    )


def markup_of(text: str) -> str:
    """The text with code and escaped marks blanked out; every other character keeps its place."""
    return _blank(_CODE, _blank(_ESCAPED, text))


def words_of(text: str) -> str:
    """The text with code, addresses of links and references blanked out likewise."""
    return _blank(_REFERENCE, _blank(_ADDRESS, markup_of(text)))


def _blank(pattern: re.Pattern[str], text: str) -> str:
    # Neither a letter nor white space: the words on either side do not become neighbours.
    return pattern.sub(lambda match: "\0" * len(match[0]), text)
