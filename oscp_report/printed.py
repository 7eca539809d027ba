"""What is printed, in printed order: the cover's rows, and the body as sections of paragraphs."""

from __future__ import annotations

from collections.abc import Iterator

from oscp_report.model import (
    Paragraph,
    Partnership,
    Priorities,
    Report,
    Row,
    Section,
    Text,
    Theme,
)


def cover_rows(report: Report, partnership: Partnership) -> tuple[Row, ...]:
    """The year's cover rows, after those of the partnership whose label the year does not have."""
    own = {str(row.label).casefold() for row in report.cover}
    defaults = (row for row in partnership.cover if str(row.label).casefold() not in own)
    return (*defaults, *report.cover)


def title_row(report: Report, partnership: Partnership) -> Row | None:
    """The cover row that holds the report's title; None where there is none."""
    rows = cover_rows(report, partnership)
    return next((r for r in rows if r.label.value.strip().casefold().startswith("title")), None)


def paragraphs_of(report: Report) -> Iterator[Paragraph]:
    """Every numbered paragraph with its items, in printed order, priorities and themes included."""
    for section in sections_of(report):
        for paragraph in section.paragraphs:
            yield from paragraph.walk()


def sections_of(report: Report) -> Iterator[Section]:
    """The whole body as sections of numbered paragraphs, in printed order.

    A section without a heading has an empty one: its paragraphs follow on.
    """
    if report.introduction is not None:
        yield from _with_those_below(report.introduction)
    yield _priorities_as_section(report.priorities)
    for section in report.sections_before:
        yield from _with_those_below(section)
    yield Section(
        heading=report.achievements.heading,
        paragraphs=tuple(map(_theme_as_paragraph, report.achievements.themes)),
        location=report.achievements.location,
    )
    if report.next_priorities is not None:
        yield _priorities_as_section(report.next_priorities)
    for section in report.sections_after:
        yield from _with_those_below(section)


def _with_those_below(section: Section) -> Iterator[Section]:
    yield section
    yield from section.sections


def _theme_as_paragraph(theme: Theme) -> Paragraph:
    return Paragraph(
        text=theme.text, id=theme.id, items=theme.achievements, location=theme.location
    )


def _priorities_as_section(priorities: Priorities) -> Section:
    items = tuple(
        Paragraph(text=p.title, id=p.id, items=p.items, location=p.location)
        for p in priorities.items
    )
    lead = Paragraph(
        text=priorities.lead, id=priorities.id, items=items, location=priorities.location
    )
    heading = priorities.heading or Text("", priorities.location)
    return Section(heading=heading, paragraphs=(lead,), location=priorities.location)
