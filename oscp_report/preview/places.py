"""Where each part of the page stands in the file, and which part of the page a finding is about."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from oscp_report.diagnostics import Location
from oscp_report.document.numbering import number_report
from oscp_report.document.views import ItemView, ReportView, RowView
from oscp_report.model import Report


@dataclass(frozen=True, slots=True)
class Place:
    """A part of the page, and where it stands in a file.

    In the page it is the element ``index`` of those that ``selector`` (CSS) finds; all of them
    where ``index`` is None: a figure may stand in several texts.
    """

    what: str
    at: Location
    selector: str
    index: int | None = 0


def places_of(report: Report, view: ReportView) -> tuple[Place, ...]:
    """Every part of the page that stands in a file, in the order of the page; figures come last."""
    labels = {
        numbered.anchor: numbered.label
        for section in number_report(report)
        for top in section
        for numbered in top.walk()
    }
    contacts = [row for rows in view.contacts for row in rows]
    return (
        *_rows(view.cover, "cover", "Cover row"),
        *_rows(view.summary, "summary", "Summary row"),
        *_sections(view, labels),
        *_rows(contacts, "contact", "Contact row"),
        *_papers(report),
        *_figures(report, view),
    )


def _rows(rows: Iterable[RowView], name: str, what: str) -> Iterator[Place]:
    for index, row in enumerate(rows):
        if row.place:
            label = row.label.removesuffix(":")
            selector = f".rows--{name} > tbody > tr"
            yield Place(f"{what} “{label}”", row.place, selector, index)


def _sections(view: ReportView, labels: Mapping[str, str]) -> Iterator[Place]:
    for section in view.sections:
        if section.heading and section.place:
            heading = f"Heading “{section.heading.striptags()}”"
            yield Place(heading, section.place, _by_id(section.anchor))
        for item in section.items:
            yield from _items(item, labels)


def _items(item: ItemView, labels: Mapping[str, str]) -> Iterator[Place]:
    label = labels.get(item.anchor, "")
    if item.place and item.anchor:
        yield Place(f"Paragraph {label}".strip(), item.place, _by_id(item.anchor))
    for below in item.items:
        yield from _items(below, labels)


def _papers(report: Report) -> Iterator[Place]:
    if at := report.places.get("appendices"):
        yield Place("Appendices", at, ".box__foot")
    if at := report.places.get("background_papers"):
        yield Place("Background papers", at, "main > .papers:last-of-type")


def _figures(report: Report, view: ReportView) -> Iterator[Place]:
    for figure in report.figures.values():
        what = f"Figure “{' '.join(figure.label.value.split())}”"
        yield Place(what, figure.location, f'[data-figure="{figure.id}"]', None)
    for appendix in view.year_on_year:
        within = f'[aria-labelledby="{appendix.anchor}"]'
        for index, row in enumerate(appendix.rows):
            if row.place:
                selector = f"{within} .grid--figures > tbody > tr"
                yield Place(f"Figure “{row.label}”", row.place, selector, index)
        for index, chart in enumerate(appendix.charts):
            at = appendix.rows[int(chart.anchor.rpartition("_")[2]) - 1].place
            if at:
                what = f"Figure “{chart.label.striptags()}”"
                yield Place(what, at, f"{within} .chart", index)


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


def as_data(root: Path, places: Iterable[Place]) -> list[dict[str, object]]:
    """The places as the page's script reads them."""
    return [
        {
            "what": place.what,
            "selector": place.selector,
            "index": place.index,
            "where": f"{place.at.file}, line {place.at.line}",
            "link": link_to(root, place.at),
        }
        for place in places
    ]
