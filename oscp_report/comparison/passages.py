"""The texts of a report as passages: as typed, and as a reader reads them, figures written out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from oscp_report.comparison.sentences import written_figure
from oscp_report.days import written_day
from oscp_report.model import Paragraph, Priority, Report, Row, Section, Table, Text
from oscp_report.printed import sections_of
from oscp_report.references import Foreign, Reference, StrayBrace, split
from oscp_report.wording import one_line

Kind = Literal["paragraph", "heading", "table", "row"]

_OF_THE_FILE = frozenset({"status", "first_page", "This year for", "Next year for"})


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of a report.

    ``words`` is the text on one line with its figures written out; references to paragraphs stand
    as typed, since their numbers move with every paragraph that is put in. ``key`` is what it is
    matched by (its id), or empty. ``label`` is a row's label, or the id of a paragraph or section;
    ``about`` the id of the priority that a theme reports on. ``position`` counts from 0 among
    ``paragraphs_of(report)``; a table has its paragraph's, and what is no paragraph −1.
    """

    kind: Kind
    words: str
    typed: str
    key: str = ""
    label: str = ""
    about: str = ""
    position: int = -1
    level: int = 0


class Texts:
    """The passages of one report. ``history`` are other years' reports, for ``{id.change}``."""

    def __init__(self, report: Report, history: Iterable[Report] = ()) -> None:
        self._report = report
        earlier = {known.year: known for known in history if known.year < report.year}
        self._years = (*(earlier[year] for year in sorted(earlier)), report)

    def written_out(self, text: str) -> str:
        """The text on one line, its figures and priorities as they are printed.

        What cannot be written out stays as it was typed.
        """
        parts = (p if isinstance(p, str) else self._piece(p) for p in split(text))
        return one_line("".join(parts))

    def _piece(self, found: Reference | StrayBrace | Foreign) -> str:
        if isinstance(found, Foreign):
            return found.words
        if isinstance(found, StrayBrace):
            return found.raw
        try:
            if found.kind == "figure":
                return written_figure(found, self._years)
            return self._priority(found.target) if found.kind == "priority" else found.raw
        except (KeyError, ValueError):  # the rules report it
            return found.raw

    def _priority(self, target: str) -> str:
        following = self._report.next_priorities
        known = (*self._report.priorities.items, *(following.items if following else ()))
        title = next(p.title.value for p in known if p.id == target)
        if any(isinstance(p, Reference) and p.kind == "priority" for p in split(title)):
            return target
        return self.written_out(title).rstrip(" ;.,")

    def priority(self, priority: Priority) -> str:
        """A priority with its parts, on one line."""
        parts = (text for item in priority.items for text in _all_of(item))
        return self.written_out("\n".join([priority.title.value, *parts]))

    def body(self) -> Iterator[Passage]:
        """Headings, paragraphs and tables in printed order; of the priorities only the lead."""
        report, position = self._report, 0
        leads = {id(report.priorities.lead): "priorities"}
        if report.next_priorities:
            leads[id(report.next_priorities.lead)] = "next_priorities"
        for section in sections_of(report):
            yield from self._heading(section)
            named = self._named(section)
            for top, about in zip(section.paragraphs, named, strict=True):
                key = f"theme {about}" if about and named.count(about) == 1 else ""
                lead = leads.get(id(top.text), "")
                for paragraph, level in _levels(top):
                    if not lead or paragraph is top:
                        own = lead or _key(paragraph, top, key)
                        on = about if paragraph is top else ""
                        yield from self._paragraph(paragraph, own, on, position, level)
                    position += 1

    def _heading(self, section: Section) -> Iterator[Passage]:
        if not section.heading:
            return
        key = f"section {section.id}" if section.id else ""
        for part in ("achievements", "introduction"):
            whole = getattr(self._report, part)
            if whole and section.heading is whole.heading:
                key = part
        yield self._passage("heading", section.heading.value, key, section.id, level=section.level)

    def _named(self, section: Section) -> Sequence[str]:
        """The priorities that the paragraphs of a section report on."""
        if section.heading is not self._report.achievements.heading:
            return [""] * len(section.paragraphs)
        return [str(theme.priority or "").strip() for theme in self._report.achievements.themes]

    def _paragraph(
        self, paragraph: Paragraph, key: str, about: str, position: int, level: int
    ) -> Iterator[Passage]:
        text = paragraph.text.value
        found = self._passage("paragraph", text, key, paragraph.id, position=position, level=level)
        yield replace(found, about=about)
        if paragraph.table:
            key = f"table {key}" if key else ""
            yield self._passage("table", _cells(paragraph.table), key, position=position)

    def recommendations(self) -> Iterator[Passage]:
        """What Council is asked to do: the stem and what is below it."""
        rows = (row for row in self._rows() if is_recommendation(row[1]))
        for key, row in rows:
            for paragraph, level in _levels(row.value):
                own = key if paragraph is row.value else _key(paragraph, row.value, "")
                label = row.label.value if paragraph is row.value else ""
                yield self._passage("row", paragraph.text.value, own, label, level=level)

    def rows(self) -> Iterator[Passage]:
        """The rows of the cover, the summary and the contacts, and what else is no paragraph."""
        for key, row in self._rows():
            if not is_recommendation(row):
                yield self._passage("row", "\n".join(_all_of(row.value)), key, row.label.value)
        for label, text, key in _particulars(self._report):
            yield self._passage("row", text, key, label)

    def _rows(self) -> Iterator[tuple[str, Row]]:
        report = self._report
        contacts = [row for contact in report.contacts for row in contact]
        parts = {"cover": report.cover, "summary": report.summary, "contacts": contacts}
        for part, rows in parts.items():
            for index, row in enumerate(rows):
                label = _row_key(row)
                again = sum(_row_key(other) == label for other in rows[:index])
                yield f"{part} {label} {again}", row

    def _passage(
        self,
        kind: Kind,
        text: str,
        key: str,
        label: str = "",
        *,
        position: int = -1,
        level: int = 0,
    ) -> Passage:
        typed = one_line(text)
        words = self.written_out(text)
        return Passage(kind, words, typed, key, label, position=position, level=level)


def is_recommendation(row: Row) -> bool:
    """Whether a row asks something of Council."""
    return row.label.value.strip().casefold().startswith("recommendation")


def is_of_the_file(passage: Passage) -> bool:
    """Whether it is how the file is handled, and nothing that a reader of the report is told."""
    return passage.key in _OF_THE_FILE or passage.key.startswith("accepted ")


def _row_key(row: Row) -> str:
    label = row.label.value.strip().casefold()
    return "recommendations" if label == "recommendation" else label


def _levels(paragraph: Paragraph, level: int = 0) -> Iterator[tuple[Paragraph, int]]:
    yield paragraph, level
    for item in paragraph.items:
        yield from _levels(item, level + 1)


def _key(paragraph: Paragraph, top: Paragraph, key: str) -> str:
    if paragraph.id:
        return f"paragraph {paragraph.id}"
    return key if paragraph is top else ""


def _all_of(paragraph: Paragraph) -> Iterator[str]:
    for each in paragraph.walk():
        yield each.text.value
        if each.table:
            yield _cells(each.table)


def _cells(table: Table) -> str:
    heads = (text for column in table.columns for text in (column.label, *column.columns))
    rows = [list(heads), *table.rows]
    return f"{table.caption}: {' / '.join(' | '.join(map(str, row)) for row in rows)}"


def _particulars(report: Report) -> Iterator[tuple[str, str, str]]:
    """What is no row and no paragraph, as label, text and key; none where it says nothing new."""
    yield "Status", report.status, "status"
    if report.numbering != "running":
        yield "Numbering of paragraphs", report.numbering, "numbering"
    if report.first_page != 1:
        yield "First page", str(report.first_page), "first_page"
    if report.answers:
        yield "“We said, we did”", "printed", "answers"
    for which, listed in (("This year", report.priorities), ("Next year", report.next_priorities)):
        if listed and listed.year:
            yield f"{which}’s priorities are for", str(listed.year), f"{which} for"
    if isinstance(report.appendices, Text):
        yield "Appendices", report.appendices.value, "appendices"
    for appendix in report.appendices if isinstance(report.appendices, tuple) else ():
        shown = appendix.figures
        figures = shown if isinstance(shown, str) else ", ".join(map(str, shown or ()))
        about = [f"file {appendix.file}"] if appendix.file else []
        about += [f"figures {figures}"] if figures else []
        ending = f" ({'; '.join(about)})" if about else ""
        yield "Appendix", f"{appendix.title}{ending}", ""
    papers = report.background_papers
    for paper in (papers,) if isinstance(papers, Text) else papers or ():
        yield "Background papers", paper.value, ""
    for correction in report.corrections:
        day = written_day(correction.date)
        yield f"Correction of {day}", f"{correction.what} Because: {correction.why}", ""
    for accepted in report.accepted:
        key = f"accepted {accepted.rule} {accepted.about}"
        yield f"Accepted {accepted.rule} ({accepted.about})", accepted.because.value, key
