"""The report as its template sees it: finished text only, nothing left to decide or to format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from unicodedata import normalize

from markupsafe import Markup

from oscp_report.diagnostics import Location
from oscp_report.document.accessibility import AccessibilityView, view_accessibility
from oscp_report.document.answers import AnswersView, view_answers
from oscp_report.document.notices import CorrectionView, view_corrections
from oscp_report.document.numbering import LEVELS, Numbered, chapters_of, number_report
from oscp_report.document.prose import Prose, prose_of
from oscp_report.document.tables import TableView, view_table
from oscp_report.document.year_on_year import YearOnYearView, view_year_on_year
from oscp_report.model import Numbering, Paragraph, Partnership, Report, Row, Text
from oscp_report.printed import cover_rows, sections_of, title_row
from oscp_report.year import Year

DEFAULT_LABELS = {
    "summary": "Summary and recommendations",
    "appendices": "Appendices",
    "background_papers": "Background Papers",
}
_BLOCK = re.compile("<(?:p|ul|ol|table|blockquote)[> ]")
BULLETS = "bullets"
_TOP_LISTS: Mapping[Numbering, str] = {"running": "1", "by-section": "sections", "none": "none"}
"""How the paragraphs of a section are counted, as the template knows it."""
DRAFT = "DRAFT"
DRAFT_NOTICE = "Draft: this report is not final and may still change."


@dataclass(frozen=True, slots=True)
class ItemView:
    """A numbered paragraph.

    ``number`` is printed before it where the browser cannot count so, as ``2.8``. ``element`` is
    what its text stands in: a span, or a div where the text has blocks of its own. ``list_type``
    is how the items below it are counted. ``place`` is where it stands in the file; not printed.
    """

    anchor: str
    html: Markup
    element: str
    items: tuple[ItemView, ...]
    list_type: str
    number: str = ""
    table: TableView | None = None
    place: Location | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of label and value. ``is_title`` marks the one that holds the report's title.

    That one's ``html`` is a single line, and goes into the report's level-one heading.
    """

    label: str
    html: Markup
    items: tuple[ItemView, ...] = ()
    is_title: bool = False
    place: Location | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class SectionView:
    """A heading and its paragraphs; ``start`` is the number of the first.

    ``number`` is that of a section whose paragraphs are counted for themselves, ``tag`` the
    element of its heading, ``list_type`` how its paragraphs are counted. A generated ``anchor`` has
    an underscore, which no id of an author's has.
    """

    heading: Markup
    anchor: str
    start: str
    items: tuple[ItemView, ...]
    number: str
    tag: str
    list_type: str
    place: Location | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class PapersView:
    """A label and what it lists: one text, or several."""

    label: str
    texts: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """Everything that ``report.html`` prints.

    ``heading`` is the report's level-one heading where no row of the cover is its title; otherwise
    it is empty. ``answers_before`` is the anchor of the section that ``answers`` stand before.
    ``period`` is from the year's first day to its last, as ISO 8601 writes it; ``abbreviations``
    are all that the partnership's file explains. ``web_address`` is where this page is published
    and ``pdf_name`` the file beside it; both are empty where there is none.
    """

    language: str
    page_title: str
    title: str
    heading: Markup
    council: str
    name: str
    subject: str
    notice: str
    draft_notice: str
    corrections: tuple[CorrectionView, ...]
    cover: tuple[RowView, ...]
    summary_heading: str
    summary: tuple[RowView, ...]
    appendices: PapersView | None
    sections: tuple[SectionView, ...]
    answers: AnswersView | None
    answers_before: str
    contacts: tuple[tuple[RowView, ...], ...]
    background_papers: PapersView | None
    year_on_year: tuple[YearOnYearView, ...]
    period: str
    abbreviations: tuple[tuple[str, str], ...] = ()
    web_address: str = ""
    accessibility: AccessibilityView | None = None
    pdf_name: str = ""


def view_report(
    report: Report,
    partnership: Partnership,
    history: Sequence[Report] = (),
    *,
    has_pdf: bool = False,
    marked: bool = False,
) -> ReportView:
    """The view of a report that has no errors; ``history`` are earlier years', oldest first.

    ``has_pdf``: a PDF is beside it. ``marked``: for a preview, each figure has its own element.
    """
    prose = prose_of(report, history, numbered := number_report(report), marks_figures=marked)
    cover = cover_rows(report, partnership)
    titled = title_row(report, partnership)
    subject = f"{partnership.report_name} {report.year}"
    named = Markup.escape(f"{partnership.name} {subject}")
    heading = prose.line(titled.value.text) if titled else named
    title = heading.striptags()
    is_draft = report.status == "draft"
    sections = _sections(report, numbered, prose)
    answers = view_answers(report, history, numbered, prose)
    labels = DEFAULT_LABELS | {key: str(text) for key, text in partnership.labels.items()}
    return ReportView(
        language=partnership.language,
        page_title=_page_title(title, report.year, is_draft=is_draft),
        title=title,
        heading=Markup() if titled else heading,
        council=str(partnership.council),
        name=str(partnership.name),
        subject=subject,
        notice=str(partnership.notice or ""),
        draft_notice=DRAFT_NOTICE if is_draft else "",
        corrections=view_corrections(report, prose),
        cover=tuple(_row(row, prose, ":", is_title=row is titled) for row in cover),
        summary_heading=labels["summary"],
        summary=tuple(_row(row, prose, ":") for row in report.summary),
        appendices=_appendices(report, prose, labels["appendices"]),
        sections=sections,
        answers=answers,
        answers_before=_section_with(answers.first_answer, sections) if answers else "",
        contacts=tuple(tuple(_row(row, prose) for row in rows) for rows in report.contacts),
        background_papers=_papers(report.background_papers, prose, labels["background_papers"]),
        year_on_year=view_year_on_year(report, history, prose),
        period=f"{report.year.start}-04-01/{report.year.last_day}",
        abbreviations=tuple((key, str(long)) for key, long in partnership.abbreviations.items()),
        accessibility=view_accessibility(report, partnership, prose),
        web_address="" if is_draft else _web_address(report, partnership),
        pdf_name=f"{file_stem(report, partnership)}.pdf" if has_pdf else "",
    )


def file_stem(report: Report, partnership: Partnership) -> str:
    """What the built files are called, less their endings: ``oscp-annual-review-2018-19``."""
    return "-".join(filter(None, (file_name(partnership), str(report.year))))


def file_name(partnership: Partnership) -> str:
    """What the names of all built files begin with: ``oscp-annual-review``."""
    words = partnership.file_name or f"{partnership.short_name} {partnership.report_name}"
    plain = normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall("[a-z0-9]+", plain))


def _web_address(report: Report, partnership: Partnership) -> str:
    """Where the page is published: its file in the year's folder of the partnership's site."""
    site = partnership.website.removesuffix("/")
    return f"{site}/{report.year}/{file_stem(report, partnership)}.html" if site else ""


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
        place=row.value.location,
    )


def _row_item(paragraph: Paragraph, prose: Prose, level: int) -> ItemView:
    below = tuple(_row_item(item, prose, level + 1) for item in paragraph.items)
    return _item_view("", paragraph, prose, below, LEVELS[min(level + 1, len(LEVELS) - 1)])


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
    report: Report, numbered: Iterable[Sequence[Numbered]], prose: Prose
) -> tuple[SectionView, ...]:
    """The sections; one without a heading goes on in the list of the one before it."""
    views: list[SectionView] = []
    sections = zip(sections_of(report), numbered, chapters_of(report), strict=True)
    for section, paragraphs, chapter in sections:
        items = tuple(_item(each, prose, 0, report.numbering) for each in paragraphs)
        if not items and not section.sections:
            continue
        if views and not section.heading:
            last = views.pop()
            views.append(replace(last, items=last.items + items))
            continue
        taken = {view.anchor for view in views}
        anchor = section.id if section.id not in taken else ""
        views.append(
            SectionView(
                heading=prose.line(section.heading),
                anchor=anchor or f"section_{len(views) + 1}",
                start=str(paragraphs[0].position) if paragraphs else "1",
                items=items,
                number=chapter.number if section.level == 1 and section.heading else "",
                tag=f"h{section.level + 1}",
                list_type=_TOP_LISTS[report.numbering],
                place=section.heading.location,
            )
        )
    return tuple(views)


def _section_with(anchor: str, sections: Sequence[SectionView]) -> str:
    """The anchor of the section that a top-level paragraph is in; empty where there is none."""
    found = (view for view in sections if any(item.anchor == anchor for item in view.items))
    return next((view.anchor for view in found), "")


def _item(numbered: Numbered, prose: Prose, level: int, numbering: Numbering) -> ItemView:
    below = tuple(_item(item, prose, level + 1, numbering) for item in numbered.items)
    below_type = LEVELS[min(level + 1, len(LEVELS) - 1)]
    if numbering == "none":
        below_type = BULLETS
    view = _item_view(numbered.anchor, numbered.paragraph, prose, below, below_type)
    shown = numbered.label if numbering == "by-section" and level == 0 else ""
    return replace(view, number=shown)


def _item_view(
    anchor: str,
    paragraph: Paragraph,
    prose: Prose,
    below: tuple[ItemView, ...],
    below_type: str,
) -> ItemView:
    html = prose.html(paragraph.text)
    element = "div" if _BLOCK.search(html) else "span"
    table = view_table(paragraph.table, prose) if paragraph.table else None
    own = (anchor, html, element, below, below_type)
    return ItemView(*own, table=table, place=paragraph.text.location)
