"""What a save comes to: the page, or why there is none; then all that was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from oscp_report.checking import Begun, Checked, begin
from oscp_report.diagnostics import Diagnostic
from oscp_report.document.views import ReportView, view_report
from oscp_report.errors import ReportError
from oscp_report.listing import counted
from oscp_report.model import Partnership, Report
from oscp_report.outputs.html import require_sealed
from oscp_report.preview.pages import Pages
from oscp_report.preview.places import Place, places_of
from oscp_report.workspace import Workspace
from oscp_report.year import Year


@dataclass(frozen=True, slots=True)
class Problem:
    """Why there is no page, in one clause, and what to do about it."""

    message: str
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A year that can be printed, as it was read: what a page, a PDF and a difference are made of.

    ``history`` are the reports of earlier years, ``contents`` the bytes of the files, by name;
    ``lines`` are those of each file.
    """

    report: Report
    partnership: Partnership
    history: tuple[Report, ...]
    contents: Mapping[str, bytes]
    lines: Mapping[str, Sequence[str]]

    def view(self) -> ReportView:
        """The report as the page shows it, its figures marked."""
        return view_report(self.report, self.partnership, self.history, has_pdf=True, marked=True)

    def view_of(
        self,
        other: Report,
        partnership: Partnership | None = None,
        history: Sequence[Report] | None = None,
    ) -> ReportView:
        """Another version of the report, or that of another year, in the same way.

        ``partnership`` and ``history`` are those of its time, where they are known.
        """
        if history is None:
            history = tuple(report for report in self.history if report.year < other.year)
        return view_report(other, partnership or self.partnership, history, has_pdf=True)

    def plain_view(self) -> ReportView:
        """The report as a build shows it, and draws its PDF from."""
        return view_report(self.report, self.partnership, self.history, has_pdf=True)


@dataclass(frozen=True, slots=True)
class Page:
    """A page, what it was made of, and where its parts stand."""

    html: str
    source: Source
    view: ReportView
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a save; one of ``page`` and ``problem`` is there.

    ``is_passing`` says that a file could not be read just now: it is worth another try.
    """

    page: Page | None = None
    problem: Problem | None = None
    begun: Begun | None = None
    is_passing: bool = False

    @property
    def lines(self) -> Mapping[str, Sequence[str]]:
        """The lines of each file that was read, by name."""
        return self.begun.checked.lines if self.begun else {}

    def findings(self) -> tuple[Diagnostic, ...]:
        """All that the rules find, errors first; it takes the longer part of a check."""
        checked = self.begun.finish() if self.begun else None
        return errors_first(checked.diagnostics) if checked else ()


def errors_first(found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Findings in the order in which they are best mended; those that were accepted come last."""
    return tuple(sorted(found, key=lambda d: (bool(d.because), d.severity != "error", d)))


def read(workspace: Workspace, year: Year, pages: Pages) -> Reading:
    """Read a year anew, everything from the disk, and make its page. Never raises."""
    try:
        begun = begin(workspace, year)
    except ReportError as error:
        return Reading(problem=Problem(str(error), error.fix), is_passing=True)
    except Exception as error:  # the preview goes on, whatever a half-written file leads to
        return Reading(problem=_fault(error), is_passing=True)
    source = _source(begun.checked)
    if source is None:
        return Reading(problem=_stopped(begun.checked), begun=begun)
    try:
        view = source.view()
        html = pages.render(view)
        require_sealed(html)
        places = places_of(source.report, view, source.history)
    except ReportError as error:
        return Reading(problem=Problem(str(error), error.fix), begun=begun)
    except Exception as error:
        return Reading(problem=_fault(error), begun=begun)
    return Reading(page=Page(html, source, view, places), begun=begun)


def _source(checked: Checked) -> Source | None:
    if checked.stops(strict=False) or not (checked.report and checked.partnership):
        return None
    return Source(
        checked.report, checked.partnership, checked.history, checked.contents, checked.lines
    )


def _stopped(checked: Checked) -> Problem:
    errors = [d for d in checked.open if d.severity == "error"]
    if not errors:
        return Problem("the file holds no report")
    first = errors_first(errors)[0]
    more = f", and {counted(len(errors) - 1, 'more error')}" if len(errors) > 1 else ""
    where = f"{first.location.file}, line {first.location.line}{more}"
    return Problem(f"{first.message} ({where})", first.fix)


def _fault(error: Exception) -> Problem:
    said = f"{type(error).__name__}: {error}"
    fix = "save the file again; if it stays, `oscp-report check` says where to report it"
    return Problem(f"the program met a fault of its own: {said}", fix)
