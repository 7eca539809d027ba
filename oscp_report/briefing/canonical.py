"""A report as plain lines that git can compare: a sentence a line, a figure a line, no numbers.

How the file is wrapped, quoted and indented leaves no trace, nor do its comments; whatever a reader
of the report would notice does. Paragraphs are not numbered, since a number moves with every
paragraph that is put in before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from oscp_report.comparison.moves import said_of
from oscp_report.comparison.passages import Texts
from oscp_report.model import MARKS, Figure, Measure, Paragraph, Report
from oscp_report.printed import sections_of

HEADING = "## "
"""How the line of a section begins; git names it at the head of each hunk."""

_SENTENCE_END = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][”’)]))\s+(?=[“‘(\[{A-Z])")
_LINES = re.compile(r"\s*\n\s*\n\s*|\s*\n\s*(?=[-*+|]|[0-9]+[.)]\s)")
_INDENT = "  "


def canonical(report: Report) -> str:
    """The lines, each ended by a line feed."""
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    yield f"{HEADING}Report for {report.year}"
    texts = Texts(report)
    for row in (*texts.rows(), *texts.recommendations()):
        yield from _text(f"{row.label}: {row.typed}" if row.label else row.typed, row.level)
    named = {id(report.priorities.lead): "Priorities"}
    if report.next_priorities:
        named[id(report.next_priorities.lead)] = "Priorities for the year after"
    themes = {id(theme.text): theme for theme in report.achievements.themes}
    for section in sections_of(report):
        yield ""
        first = id(section.paragraphs[0].text) if section.paragraphs else 0
        heading = section.heading.value or named.get(first, "")
        name = f"[{section.id}] " if section.id else ""
        yield f"{'#' * (section.level - 1)}{HEADING}{name}{' '.join(heading.split())}"
        for paragraph in section.paragraphs:
            theme = themes.get(id(paragraph.text))
            answers = f"(on {theme.priority}) " if theme and theme.priority else ""
            yield from _paragraph(paragraph, 0, answers)
    yield ""
    yield f"{HEADING}Figures"
    for figure in report.figures.values():
        yield _figure(figure)


def _paragraph(paragraph: Paragraph, level: int, answers: str = "") -> Iterator[str]:
    name = f"[{paragraph.id}] " if paragraph.id else ""
    yield from _text(f"{name}{answers}{paragraph.text.value}", level)
    if table := paragraph.table:
        yield from _text(f"Table: {table.caption}", level + 1)
        heads = (str(text) for column in table.columns for text in (column.label, *column.columns))
        for row in (tuple(heads), *(tuple(map(str, row)) for row in table.rows)):
            yield _INDENT * (level + 2) + " | ".join(" ".join(cell.split()) for cell in row)
    for item in paragraph.items:
        yield from _paragraph(item, level + 1)


def _text(text: str, level: int) -> Iterator[str]:
    """A text, a sentence a line; what follows its first stands one step further in."""
    first = f"{_INDENT * level}{'- ' if level else ''}"
    parts = (" ".join(s.split()) for line in _LINES.split(text) for s in _SENTENCE_END.split(line))
    for place, part in enumerate(filter(None, parts)):
        yield (first if place == 0 else _INDENT * (level + 2)) + part


def _figure(figure: Figure) -> str:
    said = dict(said_of(figure))
    label, unit = said.pop("label"), said.pop("unit")
    parts = [unit] if unit != "count" else []
    parts += [f"{name}: {text}" for name, text in said.items() if text]
    parts += [f"{year}: {_value(measure, figure)}" for year, measure in figure.earlier.items()]
    rest = f" ({'; '.join(parts)})" if parts else ""
    return f"[{figure.id}] {label}: {_value(figure, figure)}{rest}"


def _value(measure: Measure, figure: Figure) -> str:
    """The value with what is said of it; the reasons as well, where it is an earlier year's."""
    marks = "".join(f" [{MARKS[mark]}]" for mark in measure.marks if measure.value is not None)
    if measure is figure:
        return f"{measure.written(figure.unit)}{marks}"
    reasons = (measure.series_break, measure.revised)
    told = "".join(f" ({' '.join(reason.value.split())})" for reason in reasons if reason)
    return f"{measure.written(figure.unit)}{marks}{told}"
