"""The file for another year, from a report: what stands, what is marked, what is left open.

Nothing is invented: what the last report does not say is a placeholder that a check reports. What
is true of the last year alone (its achievements, values, confirmations, notes, corrections and
acceptances) is not carried over; a figure's value stands beside its field, in a comment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from oscp_report.authoring.carrying import Carrier, filled
from oscp_report.authoring.composing import Noted, Value, composed
from oscp_report.authoring.defining import definitions
from oscp_report.authoring.moving import Step
from oscp_report.authoring.shaping import LONGEST_KEY
from oscp_report.model import (
    Paragraph,
    Priorities,
    Priority,
    Report,
    Section,
    Table,
    Text,
)
from oscp_report.printed import paragraphs_of, sections_of
from oscp_report.reading.year_file import LONGEST_TITLE
from oscp_report.wording import placeholders
from oscp_report.year import LAST, Year

OPEN_PRIORITY = "next-priority"


def next_year(last: Report, year: Year) -> bytes:
    """The text of a year's file, in its canonical shape, started from another year's report.

    Args:
        last: a report in which a check finds no error.
        year: the year to start, which is not that of ``last``.
    """
    return _Start(last, year).written()


def announced_for(last: Report) -> Year | None:
    """The year for which a report announced priorities; None where it announced none."""
    announced = last.next_priorities
    if announced is None or not announced.items:
        return None
    return announced.year or last.year.next


class _Start:
    """One file that is being started."""

    def __init__(self, last: Report, year: Year) -> None:
        self.last, self.year = last, year
        self.announced = last.next_priorities if announced_for(last) else None
        self.items = (self.announced or last.priorities).items
        ids = {priority.id for priority in self.items}
        self.step = Step(last, year, self._ids(), ids)
        self.carried = Carrier(self.step)

    def _ids(self) -> set[str]:
        """The ids that the new file's paragraphs will have."""
        sections = (*self.last.sections_before, *self.last.sections_after)
        introduction = (self.last.introduction,) if self.last.introduction else ()
        own = (p for s in _with_subsections((*introduction, *sections)) for p in s.paragraphs)
        below = (item for priority in self.items for item in priority.items)
        carried = {each.id for paragraph in (*own, *below) for each in paragraph.walk()}
        return carried | {priority.id for priority in self.items} - {""}

    def written(self) -> bytes:
        return composed(self._head(), dict(self._fields()), f"data/{self.year}.yaml")

    def _head(self) -> list[str]:
        return [
            "yaml-language-server: $schema=schema/year.json",
            f"The report for {self.year}, started from the one for {self.last.year}.",
            f"What is left to do in it: oscp-report status {self.year}",
        ]

    def _fields(self) -> Iterator[tuple[str, Value]]:
        last, year = self.last, self.year
        yield "year", str(year)
        final = '"final" when Council may have it: then no DRAFT is printed'
        yield "status", Noted("draft", beside=final)
        if last.numbering != "running":
            yield "numbering", last.numbering
        looked_at = f"These rows are from the report for {last.year}: see whether each is right."
        cover = Noted([self.carried.row(row) for row in last.cover], (looked_at,))
        yield "cover", Noted(cover, self._left_out())
        if last.summary:
            yield "summary", Noted([self.carried.row(row) for row in last.summary], (looked_at,))
        if last.appendices:
            yield "appendices", self.carried.appendices(last.appendices)
        if last.introduction:
            note = f"The wording of the report for {last.year}: see whether it is still right."
            yield "introduction", Noted(self.carried.section(last.introduction), (note,))
        yield "priorities", self._priorities()
        yield from self._sections("sections_before", last.sections_before)
        yield "achievements", self._achievements()
        if last.answers:
            yield "answers", "yes"
        yield "next_priorities", self._next_priorities()
        yield from self._sections("sections_after", last.sections_after)
        if last.contacts:
            rows = [
                {k: v for row in each for k, v in self.carried.row(row).items()}
                for each in last.contacts
            ]
            yield "contacts", Noted(rows, (looked_at,))
        if papers := last.background_papers:
            texts = [papers] if isinstance(papers, Text) else papers
            listed = [self.carried.said(self.step.standing(text.value)) for text in texts]
            note = f"From the report for {last.year}: see whether it is right."
            yield (
                "background_papers",
                Noted(listed[0] if isinstance(papers, Text) else listed, (note,)),
            )
        if last.figures:
            yield "figures", definitions(self.step)

    def _left_out(self) -> tuple[str, ...]:
        """What is said of the page on which the last report began in its agenda pack."""
        last = self.last
        if "first_page" not in last.places:
            return ()
        return (
            f"The report for {last.year} has `first_page: {last.first_page}`; give this its own.",
        )

    def _sections(self, name: str, sections: tuple[Section, ...]) -> Iterator[tuple[str, Value]]:
        if sections:
            note = f"The wording of the report for {self.last.year}: see whether it is still right."
            yield name, Noted([self.carried.section(section) for section in sections], (note,))

    def _priorities(self) -> Value:
        last, of = self.last.priorities, announced_for(self.last)
        source = f"as the report for {self.last.year} announced them"
        lead = self._lead(last, f"the paragraph that introduces the priorities for {self.year}")
        if of != self.year:
            were = f"those for {of}" if of else f"those of {self.last.year} again"
            lead = f"TODO: which priorities {self.year} had; these are {were}"
            source = source if of else f"those of {self.last.year}: its report announced no others"
        above = f"The priorities, {source}. An id stays when its priority is reworded."
        items = [self._priority(priority) for priority in self.items]
        year = self.year if last.year else None
        return Noted(self._group(last.heading, year, lead, items), (above,))

    def _next_priorities(self) -> Value:
        following, last = self.year.next, self.last.next_priorities
        lead = self._lead(last, f"the paragraph that introduces the priorities for {following}")
        name = _free(OPEN_PRIORITY, _all_ids(self.last))
        item = {"id": name, "title": f"TODO: what the partnership sets out to do in {following}"}
        above = (
            f"What the partnership sets out to do in {following}: for each priority an item with "
            "`id` and `title`. A priority that goes on keeps its id."
        )
        year = following if following.start <= LAST else None
        heading = last.heading if last else None
        return Noted(self._group(heading, year, lead, [item]), (above,))

    def _group(
        self, heading: Text | None, year: Year | None, lead: Value, items: Sequence[Value]
    ) -> Value:
        return filled(
            {
                "year": str(year) if year else "",
                "heading": self.carried.said(self.step.heading(heading.value)) if heading else "",
                "lead": lead,
                "items": items,
            }
        )

    def _lead(self, last: Priorities | None, otherwise: str) -> Value:
        """The last lead with its year moved on, or what is to be written in its place."""
        text = last.lead.value if last else ""
        words = self.step.heading(text)
        if words.moved and not words.doubt:
            return self.carried.said(words)
        says = bool(text) and not any(placeholders(text))
        above = (f"The report for {self.last.year} has: {text}",) if says else ()
        return Noted(f"TODO: {otherwise}", above)

    def _priority(self, priority: Priority) -> Value:
        title = self.carried.said(self.step.announced(priority.title.value, LONGEST_TITLE))
        items = [self._part(item) for item in priority.items]
        return filled({"id": priority.id, "title": title, "items": items})

    def _part(self, part: Paragraph) -> Value:
        """A part of a priority, as it was announced."""
        text = self.carried.said(self.step.announced(part.text.value))
        fields: dict[str, Value] = {"id": part.id, "items": [self._part(p) for p in part.items]}
        if part.table:
            fields["table"] = self._table(part.table)
        return filled({"text": text, **fields}) if any(fields.values()) else text

    def _table(self, table: Table) -> Value:
        def announced(texts: Iterable[Text]) -> list[Value]:
            return [self.carried.said(self.step.announced(text.value)) for text in texts]

        columns: list[Value] = []
        for column in table.columns:
            label = self.step.announced(column.label.value, LONGEST_KEY)
            below = announced(column.columns)
            head = self.carried.said(label)
            if below and isinstance(head, Noted):
                head = Noted({label.text: below}, head.above)
            elif below:
                head = {label.text: below}
            columns.append(head)
        rows = [announced(row) for row in table.rows]
        return {"caption": announced([table.caption])[0], "columns": columns, "rows": rows}

    def _achievements(self) -> Value:
        heading = self.carried.said(self.step.heading(self.last.achievements.heading.value))
        themes: list[Value] = [
            {"priority": priority.id, "text": f"TODO: what was done in {self.year}"}
            for priority in self.items
        ]
        above = [
            "One paragraph for each priority: `priority` is its id, `text` the paragraph.",
            "What was done goes below it, as a list under `achievements`.",
        ]
        for name in list(self.last.figures)[:1]:
            above.append(f"In a text, {{{name}}} is printed as the value of that figure.")
        return {"heading": heading, "themes": Noted(themes, tuple(above))}


def _all_ids(report: Report) -> set[str]:
    """Every id of a report's that another may not share."""
    rows = (*report.cover, *report.summary)
    named = (each.id for row in rows for each in row.value.walk())
    headings = (section.id for section in _with_subsections(sections_of(report)))
    return {*named, *headings, *(paragraph.id for paragraph in paragraphs_of(report))}


def _with_subsections(sections: Iterable[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _with_subsections(section.sections)


def _free(name: str, taken: Iterable[str]) -> str:
    """A name that is not taken, with a number behind it if need be."""
    taken, free, count = set(taken), name, 1
    while free in taken:
        count += 1
        free = f"{name}-{count}"
    return free
