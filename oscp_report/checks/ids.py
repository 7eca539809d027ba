"""The rule about ids: that each names one thing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from oscp_report.checks.registry import Finding, Subject, rule
from oscp_report.diagnostics import Location
from oscp_report.model import Priorities, Report
from oscp_report.printed import sections_of

Named = tuple[str, Location]


@rule("IDS101", "error")
def id_used_twice(subject: Subject) -> Iterator[Finding]:
    """Id that two things share.

    ## What it does
    Finds an id given to two paragraphs, themes, achievements, items, priorities, rows or
    sections. Next year's priorities may carry on the ids of this year's; `{para:...}` then means
    this year's. Figures have ids of their own, which may be those of paragraphs.

    ## Why it matters
    A reference to it, a link to it and an acceptance of a warning about it could each mean
    either.

    ## How to fix it
    Give one of them another id, and correct the references that mean it.
    """
    report = subject.report
    first: dict[str, Location] = {}
    rows = (
        *subject.cover,
        *report.summary,
        *(r for rows in report.contacts for r in rows),
    )
    values = (value for row in rows for value in row.value.walk())
    for name, location in (*((value.id, value.location) for value in values), *_this_year(report)):
        if name in first:
            yield _twice(name, location, first[name])
        elif name:
            first[name] = location
    carried_on = {name for name, _ in _of_priorities(report.priorities)}
    own: dict[str, Location] = {}
    for name, location in _of_priorities(report.next_priorities):
        elsewhere = own.get(name) or (None if name in carried_on else first.get(name))
        if elsewhere:
            yield _twice(name, location, elsewhere)
        elif name:
            own[name] = location


def _twice(name: str, location: Location, first: Location) -> Finding:
    return Finding(
        location,
        f"the id `{name}` is used twice, first at {first}",
        fix="give one of the two another id",
        about=name,
    )


def _this_year(report: Report) -> Iterator[Named]:
    for section in sections_of(replace(report, next_priorities=None)):
        yield section.id, section.location
        for paragraph in section.paragraphs:
            yield from ((each.id, each.location) for each in paragraph.walk())


def _of_priorities(priorities: Priorities | None) -> Iterator[Named]:
    if priorities is not None:
        yield priorities.id, priorities.location
        for priority in priorities.items:
            yield priority.id, priority.location
            for item in priority.items:
                yield from ((each.id, each.location) for each in item.walk())
