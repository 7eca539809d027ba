"""The report as its template sees it: finished text only, nothing left to decide or to format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from markupsafe import Markup

from oscp_report.document.numbering import LEVELS, Numbered, by_id, number_report
from oscp_report.document.prose import Prose
from oscp_report.model import Paragraph, Partnership, Report, Row, Section, Text
from oscp_report.printed import cover_rows, sections_of
from oscp_report.year import Year

DEFAULT_LABELS = {
    "summary": "Summary and recommendations",
    "appendices": "Appendices",
    "background_papers": "Background Papers",
}
_BLOCK = re.compile("<(?:p|ul|ol|table|blockquote)[> ]")
DRAFT = "DRAFT"
DRAFT_NOTICE = "Draft: this report is not final and may still change."


@dataclass(frozen=True, slots=True)
class ItemView:
    """A numbered paragraph.

    ``element`` is what its text stands in: a span, or a div where the text has blocks of its own.
    ``list_type`` is how the items below it are counted.
    """

    anchor: str
    html: Markup
    element: str
    items: tuple[ItemView, ...]
    list_type: str


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of label and value. ``is_title`` marks the one that holds the report's title.

    That one's ``html`` is a single line, and goes into the report's level-one heading.
    """

    label: str
    html: Markup
    items: tuple[ItemView, ...] = ()
    is_title: bool = False


@dataclass(frozen=True, slots=True)
class SectionView:
    """A heading and its paragraphs; ``start`` is the number of the first.

    A generated ``anchor`` has an underscore, which no id of an author's has.
    """

    heading: Markup
    anchor: str
    start: str
    items: tuple[ItemView, ...]


@dataclass(frozen=True, slots=True)
class PapersView:
    """A label and what it lists: one text, or several."""

    label: str
    texts: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """Everything that ``report.html`` prints.

    ``heading`` is the report's level-one heading where no row of the cover is its title; otherwise
    it is empty.
    """

    language: str
    page_title: str
    title: str
    heading: Markup
    council: str
    name: str
    subject: str
    draft_notice: str
    cover: tuple[RowView, ...]
    summary_heading: str
    summary: tuple[RowView, ...]
    appendices: PapersView | None
    sections: tuple[SectionView, ...]
    contacts: tuple[tuple[RowView, ...], ...]
    background_papers: PapersView | None


def view_report(
    report: Report, partnership: Partnership, history: Sequence[Report] = ()
) -> ReportView:
    """The view of a report that has no errors; ``history`` are earlier years', oldest first."""
    numbered = number_report(report)
    titles = {p.id: p.title for p in report.priorities.items}
    prose = Prose(report, history, by_id(numbered), titles)
    cover = cover_rows(report, partnership)
    title_row = next(filter(_is_title, cover), None)
    subject = f"{partnership.report_name} {report.year}"
    heading = Markup.escape(f"{partnership.name} {subject}")
    if title_row is not None:
        heading = prose.line(title_row.value.text)
    title = heading.striptags()
    is_draft = report.status == "draft"
    labels = {**DEFAULT_LABELS, **{key: str(text) for key, text in partnership.labels.items()}}
    return ReportView(
        language=partnership.language,
        page_title=_page_title(title, report.year, is_draft=is_draft),
        title=title,
        heading=Markup() if title_row else heading,
        council=str(partnership.council),
        name=str(partnership.name),
        subject=subject,
        draft_notice=DRAFT_NOTICE if is_draft else "",
        cover=tuple(_row(row, prose, ":", is_title=row is title_row) for row in cover),
        summary_heading=labels["summary"],
        summary=tuple(_row(row, prose, ":") for row in report.summary),
        appendices=_appendices(report, prose, labels["appendices"]),
        sections=_sections(sections_of(report), numbered, prose),
        contacts=tuple(tuple(_row(row, prose) for row in rows) for rows in report.contacts),
        background_papers=_papers(report.background_papers, prose, labels["background_papers"]),
    )


def file_stem(report: Report, partnership: Partnership) -> str:
    """What the built files are called, less their endings: ``oscp-annual-review-2018-19``."""
    words = f"{partnership.short_name} {partnership.report_name} {report.year}"
    plain = normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall("[a-z0-9]+", plain))


def _is_title(row: Row) -> bool:
    return str(row.label).casefold().startswith("title")


def _page_title(title: str, year: Year, *, is_draft: bool) -> str:
    """What a browser's tab and a PDF's properties show: the title with its year, if only once."""
    has_year = str(year) in re.sub("[/\u2013]", "-", title)
    return f"{DRAFT + ': ' if is_draft else ''}{title}{'' if has_year else f', {year}'}"


def _row(row: Row, prose: Prose, colon: str = "", *, is_title: bool = False) -> RowView:
    formatted = prose.line if is_title else prose.html
    return RowView(
        label=f"{str(row.label).strip().removesuffix(':')}{colon}",
        html=formatted(row.value.text),
        items=tuple(_row_item(item, prose, 1) for item in row.value.items),
        is_title=is_title,
    )


def _row_item(paragraph: Paragraph, prose: Prose, level: int) -> ItemView:
    below = tuple(_row_item(item, prose, level + 1) for item in paragraph.items)
    return _item_view("", prose.html(paragraph.text), below, level)


def _appendices(report: Report, prose: Prose, label: str) -> PapersView | None:
    listed = report.appendices
    if isinstance(listed, tuple):
        return _papers(tuple(appendix.title for appendix in listed), prose, label)
    return _papers(listed, prose, label)


def _papers(papers: Sequence[Text] | Text | None, prose: Prose, label: str) -> PapersView | None:
    if papers is None:
        return None
    texts = (papers,) if isinstance(papers, Text) else papers
    return PapersView(f"{label}:", tuple(prose.line(text) for text in texts))


def _sections(
    sections: Iterable[Section], numbered: Iterable[Sequence[Numbered]], prose: Prose
) -> tuple[SectionView, ...]:
    """The sections; one without a heading goes on in the list of the one before it."""
    views: list[SectionView] = []
    for section, paragraphs in zip(sections, numbered, strict=True):
        items = tuple(_item(paragraph, prose, 0) for paragraph in paragraphs)
        if not items:
            continue
        if views and not section.heading:
            last = views.pop()
            views.append(SectionView(last.heading, last.anchor, last.start, last.items + items))
            continue
        heading = prose.line(section.heading)
        taken = {view.anchor for view in views}
        anchor = section.id if section.id not in taken else ""
        anchor = anchor or f"section_{len(views) + 1}"
        views.append(SectionView(heading, anchor, str(paragraphs[0].position), items))
    return tuple(views)


def _item(numbered: Numbered, prose: Prose, level: int) -> ItemView:
    below = tuple(_item(item, prose, level + 1) for item in numbered.items)
    return _item_view(numbered.anchor, prose.html(numbered.paragraph.text), below, level)


def _item_view(anchor: str, html: Markup, below: tuple[ItemView, ...], level: int) -> ItemView:
    element = "div" if _BLOCK.search(html) else "span"
    return ItemView(anchor, html, element, below, LEVELS[min(level + 1, len(LEVELS) - 1)])
