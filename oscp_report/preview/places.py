"""Where each part of the page stands in the file, and which part of the page a finding is about."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from urllib.parse import quote

from oscp_report.comparison.priorities import answers
from oscp_report.diagnostics import Location
from oscp_report.document.numbering import Numbered, number_report
from oscp_report.document.views import ItemView, ReportView, RowView
from oscp_report.model import Report


@dataclass(frozen=True, slots=True)
class Place:
    """A part of the page, and where it stands in a file.

    In the page it is the element ``index`` of those that ``selector`` (CSS) finds; all of them
    where ``index`` is None: a figure may stand in several texts. By ``id``, an author's own, or
    else by ``words`` it is found again in a later version of the page.
    """

    what: str
    at: Location
    selector: str
    index: int | None = 0
    id: str = ""
    words: str = ""


def places_of(
    report: Report, view: ReportView, history: Sequence[Report] = ()
) -> tuple[Place, ...]:
    """Every part of the page that stands in a file, in the order of the page; figures come last.

    ``history`` are earlier years' reports: what one of them announced stands in its own file.
    """
    paragraphs = {
        numbered.anchor: numbered
        for section in number_report(report)
        for top in section
        for numbered in top.walk()
    }
    contacts = [row for rows in view.contacts for row in rows]
    return (
        *_corrections(report),
        *_rows(view.cover, "cover", "Cover row"),
        *_rows(view.summary, "summary", "Summary row"),
        *_sections(view, paragraphs),
        *_answers(report, view, history),
        *_rows(contacts, "contact", "Contact row"),
        *_papers(report),
        *_figures(report, view),
    )


def _rows(rows: Iterable[RowView], name: str, what: str) -> Iterator[Place]:
    for index, row in enumerate(rows):
        if row.place:
            label = row.label.removesuffix(":")
            selector = f".rows--{name} > tbody > tr"
            words = f"{name} {label} {row.html}"
            yield Place(f"{what} “{label}”", row.place, selector, index, words=words)


def _corrections(report: Report) -> Iterator[Place]:
    newest_first = sorted(report.corrections, key=lambda one: one.date, reverse=True)
    for index, one in enumerate(newest_first):
        words = f"correction {one.date} {one.what}"
        yield Place("Correction", one.what.location, ".corrections > p", index, words=words)


def _answers(report: Report, view: ReportView, history: Sequence[Report]) -> Iterator[Place]:
    last = next((one for one in reversed(history) if answers(one, report)), None)
    if view.answers and last and last.next_priorities:
        selector = ".grid--answers > tbody > tr"
        for index, priority in enumerate(last.next_priorities.items):
            what = f"Priority as it was announced in {last.year}"
            yield Place(what, priority.title.location, selector, index, words=f"{priority.title}")


def _sections(view: ReportView, paragraphs: Mapping[str, Numbered]) -> Iterator[Place]:
    for section in view.sections:
        if section.heading and section.place:
            heading = f"Heading “{section.heading.striptags()}”"
            own = "" if "_" in section.anchor else f"section {section.anchor}"
            words = f"heading {section.heading}"
            yield Place(heading, section.place, _by_id(section.anchor), id=own, words=words)
        for item in section.items:
            yield from _items(item, paragraphs)


def _items(item: ItemView, paragraphs: Mapping[str, Numbered]) -> Iterator[Place]:
    numbered = paragraphs.get(item.anchor)
    if item.place and item.anchor:
        what = f"Paragraph {numbered.label if numbered else ''}".strip()
        own = f"paragraph {numbered.paragraph.id}" if numbered and numbered.paragraph.id else ""
        # As typed: the numbers of paragraphs that it refers to move with others.
        words = f"paragraph {numbered.paragraph.text if numbered else item.html}"
        yield Place(what, item.place, _by_id(item.anchor), id=own, words=words)
    for below in item.items:
        yield from _items(below, paragraphs)


def _papers(report: Report) -> Iterator[Place]:
    if at := report.places.get("appendices"):
        yield Place("Appendices", at, ".box__foot")
    if at := report.places.get("background_papers"):
        yield Place("Background papers", at, "main > .papers:last-of-type")


def _figures(report: Report, view: ReportView) -> Iterator[Place]:
    for figure in report.figures.values():
        what = f"Figure “{' '.join(figure.label.value.split())}”"
        selector = f'[data-figure="{figure.id}"]'
        yield Place(what, figure.location, selector, None, id=f"figure {figure.id}")
    for appendix in view.year_on_year:
        within = f'[aria-labelledby="{appendix.anchor}"]'
        for index, row in enumerate(appendix.rows):
            if row.place:
                selector = f"{within} .grid--figures > tbody > tr"
                yield Place(f"Figure “{row.label}”", row.place, selector, index)
        charted = [appendix.rows[int(c.anchor.rpartition("_")[2]) - 1] for c in appendix.charts]
        for index, (chart, row) in enumerate(zip(appendix.charts, charted, strict=True)):
            if row.place:
                what = f"Figure “{chart.label.striptags()}”"
                yield Place(what, row.place, f"{within} .chart", index)
        # Each table of years has a row for each chart, in the same order.
        for index, row in enumerate(charted * len(appendix.tables)):
            if row.place:
                selector = f"{within} .grid--years > tbody > tr"
                yield Place(f"Figure “{row.label}”", row.place, selector, index)
        for row in appendix.rows:
            if row.place and row.anchor:
                yield Place(f"Note on “{row.label}”", row.place, _by_id(row.anchor))


def _by_id(anchor: str) -> str:
    return f'[id="{anchor}"]'


class Finder:
    """Finds the part of the page that a place in the year's file is about."""

    def __init__(self, report: Report, places: Sequence[Place]) -> None:
        file = report.location.file
        own = [(place.at.line, n) for n, place in enumerate(places) if place.at.file == file]
        self._file = file
        # Two parts of the page may stand on one line of the file: the one that is printed first.
        firsts: dict[int, int] = {}
        for line, number in own:
            firsts.setdefault(line, number)
        self._starts = sorted(firsts)
        self._numbers = [firsts[line] for line in self._starts]
        self._fields = sorted(at.line for at in report.places.values() if at.file == file)

    def find(self, at: Location) -> int | None:
        """The number of the place that begins last before ``at``, within the same field."""
        if at.file != self._file:
            return None
        index = bisect_right(self._starts, at.line) - 1
        if index < 0:
            return None
        field = bisect_right(self._fields, at.line) - 1
        begins = self._fields[field] if field >= 0 else 0
        return self._numbers[index] if self._starts[index] >= begins else None


def link_to(root: Path, at: Location) -> str:
    """The address that opens a place in VS Code: ``vscode://file/ABSOLUTE:LINE:COLUMN``.

    The scheme: "Opening VS Code with URLs", in its documentation.
    """
    path = (root / at.file).absolute().as_posix().lstrip("/")
    return f"vscode://file/{quote(path, safe='/:')}:{at.line}:{at.column}"


def _digest(words: str) -> str:
    return blake2b(words.encode(), digest_size=8).hexdigest()


def as_data(root: Path, places: Iterable[Place]) -> list[dict[str, object]]:
    """The places as the page's script reads them."""
    return [
        {
            "what": place.what,
            "selector": place.selector,
            "index": place.index,
            "where": f"{place.at.file}, line {place.at.line}",
            "link": link_to(root, place.at),
            "id": place.id,
            "same": _digest(place.words or f"{place.what} {place.selector}"),
        }
        for place in places
    ]
