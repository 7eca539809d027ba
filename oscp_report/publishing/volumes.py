"""A published year with what several pages need of it, each worked out once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import chain
from urllib.parse import quote

from markupsafe import Markup, escape

from oscp_report.checks.cover import DATE_LABELS
from oscp_report.comparison.figures import points
from oscp_report.comparison.passages import is_recommendation
from oscp_report.comparison.sentences import run_of
from oscp_report.days import NotADate, read_date
from oscp_report.document.numbering import Numbered, number_report
from oscp_report.document.prose import Prose, prose_of
from oscp_report.model import Paragraph, Partnership, Priority, Report, Row, Text
from oscp_report.printed import cover_rows, paragraphs_of, title_row
from oscp_report.publishing.archive import Archive, PublishedYear
from oscp_report.references import references
from oscp_report.wording import one_line, without_ending
from oscp_report.year import Year

_UNMARKED = re.compile(
    r"(?!(?:[-+]|[0-9]+[.)])(?:\s|$))[^*_`\[\]<>&{}|\\\n#~\ufdd0-\ufdd2]+", re.ASCII
)
"""A text in which Markdown finds nothing to do."""

_FEW = 6
"""Years that are looked at first where a text tells how a figure went."""


class Volume:
    """A published year.

    ``history`` are the reports of earlier years, oldest first: the last of them whole, of the
    others at least the figures of which a text tells how they went (``trends``).
    """

    def __init__(
        self,
        published: PublishedYear,
        partnership: Partnership,
        history: Sequence[Report] = (),
        trends: Iterable[str] = (),
    ) -> None:
        self.published = published
        self.report = published.report
        self._partnership = partnership
        self._history = history
        self._trends = trends

    @property
    def year(self) -> Year:
        """The year that it reports on."""
        return self.report.year

    @property
    def is_draft(self) -> bool:
        """Whether it is not final."""
        return self.report.status == "draft"

    @property
    def address(self) -> str:
        """The year's own page, from the head of the site."""
        return f"{self.year}/index.html"

    @property
    def report_address(self) -> str:
        """The report as a web page, from the head of the site."""
        return f"{self.year}/{quote(self.published.html.name)}"

    @cached_property
    def label(self) -> str:
        """``2018-19``, or ``2018-19 (draft)``."""
        return f"{self.year} (draft)" if self.is_draft else str(self.year)

    @cached_property
    def subject(self) -> str:
        """``Annual Review 2018-19``."""
        return f"{self._partnership.report_name} {self.year}"

    @cached_property
    def title(self) -> str:
        """The report's title, or its subject where its cover has none."""
        found = title_row(self.report, self._partnership)
        return self.plain(found.value.text) if found else self.subject

    @cached_property
    def cover(self) -> tuple[Row, ...]:
        """The rows of its cover, the partnership's among them."""
        return cover_rows(self.report, self._partnership)

    @cached_property
    def meeting(self) -> date | None:
        """The day of the meeting that the cover gives; None where it gives none."""
        for row in self.cover:
            if row.label.value.strip(" :").casefold() in DATE_LABELS:
                try:
                    return read_date(row.value.text.value).date
                except NotADate:
                    continue
        return None

    @property
    def published_on(self) -> date:
        """The day of the meeting or, where none is given, the last day of the year."""
        return self.meeting or self.year.last_day

    @cached_property
    def changed_on(self) -> date:
        """The day of the last correction, or that of its publication."""
        return max([self.published_on, *(each.date for each in self.report.corrections)])

    @cached_property
    def sections(self) -> tuple[tuple[Numbered, ...], ...]:
        """The numbered paragraphs of each of its sections."""
        return number_report(self.report)

    @cached_property
    def _numbered(self) -> Mapping[int, Numbered]:
        tops = chain.from_iterable(self.sections)
        return {id(each.paragraph.text): each for top in tops for each in top.walk()}

    def numbered(self, text: Text) -> Numbered:
        """The numbered paragraph that a theme or a priority, whose text this is, is printed as."""
        return self._numbered[id(text)]

    @cached_property
    def recommendations(self) -> tuple[Row, ...]:
        """What Council is asked to do."""
        return tuple(filter(is_recommendation, (*self.report.cover, *self.report.summary)))

    @cached_property
    def near(self) -> Sequence[Report]:
        """The earlier reports that its texts speak of, so that not all years are gone through.

        The last one is enough for ``{id.previous}`` and ``{id.change}``: a report speaks of its
        own year and of earlier ones. ``{id.trend}`` goes back as far as years compare.
        """
        count = max(map(self._back, self._trends), default=1)
        return self._history[-count:]

    def _back(self, figure: str) -> int:
        """How many earlier reports tell all of a figure's years that compare on end."""
        count = _FEW
        while count < len(self._history):
            looked_at = self._history[-count:]
            series = points(figure, (*looked_at, self.report))
            run = run_of([point for point in series if point.year <= self.year])
            # Before the run there is a year that was looked at, and does not compare.
            if not run or run[0].year > looked_at[0].year:
                return count
            count *= 2
        return count

    @cached_property
    def prose(self) -> Prose:
        """What formats its texts."""
        return prose_of(self.report, self.near, self.sections)

    def html(self, text: Text, root: str) -> Markup:
        """A text as HTML, its links to paragraphs leading to the report.

        ``root`` is the way to the head of the site.
        """
        return self.leading(self._formatted(text), root)

    def line(self, text: Text, root: str) -> Markup:
        """A text on one line, as ``html``."""
        try:
            found = self.prose.line(text)
        except (KeyError, ValueError):
            found = escape(one_line(text))
        return self.leading(found, root)

    def plain(self, text: Text) -> str:
        """The words of a text on one line, figures written out."""
        words = text.value
        if "{" in words:
            with suppress(KeyError, ValueError):
                words = self.prose.written_out(words)
        if _UNMARKED.fullmatch(words):
            return one_line(words)
        return one_line(self._formatted(text).striptags())

    def named(self, priority: Priority) -> str:
        """A priority's words on one line, without what ended them in their list."""
        return without_ending(self.plain(priority.title))

    def _formatted(self, text: Text) -> Markup:
        # A year that is not published cannot be spoken of: what asks for it stands as typed.
        try:
            return self.prose.html(text)
        except (KeyError, ValueError):
            return escape(one_line(text))

    def leading(self, html: Markup, root: str) -> Markup:
        """HTML of the report, its links to paragraphs leading there."""
        # No text can hold this tag: what is none of ours was escaped.
        place = f'<a href="{escape(root + self.report_address)}#'
        return Markup(str(html).replace('<a href="#', place))  # noqa: S704  # cleaned before


def volumes_of(archive: Archive) -> tuple[Volume, ...]:
    """The years of an archive, oldest first."""
    reports = [published.report for published in archive.years]
    trends = list(map(_trends, reports))
    named = frozenset().union(*trends)
    # Most figures are of two years at a time: to look for them in all would take far longer.
    thin = [
        replace(report, figures={k: f for k, f in report.figures.items() if k in named})
        for report in reports
    ]
    return tuple(
        Volume(
            published,
            archive.partnership,
            [*thin[: max(place - 1, 0)], *reports[max(place - 1, 0) : place]],
            trends[place],
        )
        for place, published in enumerate(archive.years)
    )


def _trends(report: Report) -> frozenset[str]:
    """The figures of which a text tells how they went over the years."""
    texts = {text.value for text in _texts(report) if ".trend" in text.value}
    named = (found for text in texts for found in references(text))
    return frozenset(found.target for found in named if found.aspect == "trend")


def _texts(report: Report) -> Iterator[Text]:
    rows = chain(report.cover, report.summary, *report.contacts)
    for paragraph in chain(paragraphs_of(report), *(row.value.walk() for row in rows)):
        yield from texts_of(paragraph)


def texts_of(paragraph: Paragraph) -> Iterator[Text]:
    """The text of a paragraph and those of its table, without what is below it."""
    yield paragraph.text
    if table := paragraph.table:
        yield table.caption
        for column in table.columns:
            yield from (column.label, *column.columns)
        for row in table.rows:
            yield from row
