"""The front page and the page of each year: priorities, what Council is asked, files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote

from markupsafe import Markup

from oscp_report.days import written_day
from oscp_report.document.notices import CorrectionView, view_corrections
from oscp_report.document.series import unbroken
from oscp_report.document.views import DRAFT_NOTICE
from oscp_report.listing import counted, in_bytes
from oscp_report.model import Paragraph, Priority, Text
from oscp_report.publishing.archive import Superseded
from oscp_report.publishing.differences import address
from oscp_report.publishing.pages import LinkView
from oscp_report.publishing.volumes import Volume
from oscp_report.wording import listed, without_ending


@dataclass(frozen=True, slots=True)
class SaidView:
    """A text and what stands below it; ``address`` is where the report has it, or empty."""

    html: Markup
    parts: tuple[SaidView, ...] = ()
    address: str = ""


@dataclass(frozen=True, slots=True)
class FileView:
    """A file to read or to keep: what it is, what it is called, how large it is."""

    label: str
    address: str
    about: str
    media: str = ""


@dataclass(frozen=True, slots=True)
class SupersededView:
    """Files that were replaced; ``because`` tells by which correction."""

    heading: str
    because: tuple[Markup, ...]
    files: tuple[FileView, ...]


@dataclass(frozen=True, slots=True)
class YearView:
    """A year, for the front page and for its own.

    ``corrected`` tells of corrections in a sentence; on its own page ``corrections`` has them.
    """

    year: str
    title: str
    address: str
    meeting: str
    draft_notice: str
    corrected: str
    corrections: tuple[CorrectionView, ...]
    priorities: tuple[SaidView, ...]
    asked: tuple[SaidView, ...]
    next_heading: str
    next_priorities: tuple[SaidView, ...]
    report: FileView
    pdf: FileView
    source: FileView
    superseded: tuple[SupersededView, ...]
    differences: tuple[LinkView, ...]


def draft_notice(volumes: Sequence[Volume]) -> str:
    """That some of these years are not final, for a page that tells of several; else empty."""
    drafts = [str(volume.year) for volume in volumes if volume.is_draft]
    if not drafts:
        return ""
    reports = "the report" if len(drafts) == 1 else "the reports"
    verb = "is" if len(drafts) == 1 else "are"
    return f"Draft: {reports} for {listed(drafts)} {verb} not final, and may still change."


def view_year(volume: Volume, council: str, root: str) -> YearView:
    """A year without its neighbours; ``root`` is the way to the head of the site."""
    report, published = volume.report, volume.published
    days = sorted({correction.date for correction in report.corrections}, reverse=True)
    met = f"To {council}, {written_day(volume.meeting)}" if volume.meeting else f"To {council}"
    following = report.next_priorities
    folder = f"{root}{volume.year}/"
    size = f"{counted(published.pages, 'page')}, {in_bytes(published.pdf.size)}"
    return YearView(
        year=str(volume.year),
        title=volume.title,
        address=root + volume.address,
        meeting=met,
        draft_notice=DRAFT_NOTICE if volume.is_draft else "",
        corrected=f"Corrected on {listed([written_day(day) for day in days])}." if days else "",
        corrections=tuple(view for _, view in _corrections(volume, root)),
        priorities=tuple(_priority(p, volume, root) for p in report.priorities.items),
        asked=tuple(_said(row.value, volume, root) for row in volume.recommendations),
        next_heading=f"Priorities for {following.year or volume.year.next}" if following else "",
        next_priorities=tuple(
            _priority(p, volume, root) for p in (following.items if following else ())
        ),
        report=_file(folder, published.html.name, "Report as a web page", published.html.size),
        pdf=FileView("Report as a PDF", _address(folder, published.pdf.name), size, _PDF),
        source=_file(folder, published.source.name, "Its source, as text", published.source.size),
        superseded=tuple(_superseded(each, volume, root) for each in published.superseded),
        differences=(),
    )


_PDF = "application/pdf"


def neighbours(volumes: Sequence[Volume], place: int, root: str) -> tuple[LinkView, ...]:
    """The differences to the year before a year and to the one after it."""
    found = []
    for old, new in ((place - 1, place), (place, place + 1)):
        if old >= 0 and new < len(volumes):
            one, other = volumes[old], volumes[new]
            label = f"What changed from {one.label} to {other.label}"
            found.append(LinkView(label, root + address(one, other)))
    return tuple(found)


def _priority(priority: Priority, volume: Volume, root: str) -> SaidView:
    place = volume.numbered(priority.title).anchor
    parts = tuple(_part(item, volume, root) for item in priority.items)
    found = f"{root}{volume.report_address}#{place}"
    return SaidView(unbroken(volume.named(priority)), parts, found)


def _part(item: Paragraph, volume: Volume, root: str) -> SaidView:
    """What belongs to a priority, without what ended it in its list."""
    parts = tuple(_part(each, volume, root) for each in item.items)
    words = item.text.value.rstrip()
    text = Text(words if parts else without_ending(words), item.text.location)
    return SaidView(volume.html(text, root), parts)


def _said(paragraph: Paragraph, volume: Volume, root: str) -> SaidView:
    parts = tuple(_said(item, volume, root) for item in paragraph.items)
    return SaidView(volume.html(paragraph.text, root), parts)


def _file(folder: str, name: str, label: str, size: int) -> FileView:
    return FileView(label, _address(folder, name), in_bytes(size))


def _address(folder: str, name: str) -> str:
    return folder + quote(name)


def _corrections(volume: Volume, root: str) -> Iterator[tuple[date, CorrectionView]]:
    """The corrections with their days, newest first."""
    days = sorted((each.date for each in volume.report.corrections), reverse=True)
    for day, view in zip(days, view_corrections(volume.report, volume.prose), strict=True):
        what, why = volume.leading(view.what, root), volume.leading(view.why, root)
        yield day, replace(view, what=what, why=why)


def _superseded(superseded: Superseded, volume: Volume, root: str) -> SupersededView:
    because = tuple(
        Markup("{} {}").format(view.what, view.why)
        for day, view in _corrections(volume, root)
        if day == superseded.day
    )
    place = f"{root}{volume.year}/superseded/{superseded.day.isoformat()}/"
    files = tuple(_file(place, each.name, each.name, each.size) for each in superseded.files)
    return SupersededView(f"Superseded on {written_day(superseded.day)}", because, files)
