"""What the page shows, put together: one state, told whole whenever a part of it changes."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from oscp_report.diagnostics import Diagnostic
from oscp_report.listing import counted, in_bytes, tally
from oscp_report.preview.drawing import Drawn
from oscp_report.preview.places import Finder, as_data, link_to
from oscp_report.preview.reading import Page, Problem, errors_first
from oscp_report.preview.shelf import DRAWN, HTML, JSON, PDF, REPORT, Answer, Shelf
from oscp_report.year import Year

Comparing = Callable[[Page], dict[str, Callable[[], bytes]]]
"""Makes the pages of differences of a page, each when it is asked for, by the choice's name."""


@dataclass(slots=True)
class _Pdf:
    name: str = ""
    state: str = "waiting"
    told: str = ""
    problem: Problem | None = None
    findings: tuple[Diagnostic, ...] = ()


@dataclass
class Board:
    """The state. Its parts come from several threads; ``tell`` is handed the whole, as JSON."""

    root: Path
    year: Year
    shelf: Shelf
    tell: Callable[[str], None]
    comparing: Comparing
    _lock: Lock = field(default_factory=Lock)
    _number: int = 0
    _page: Page | None = None
    _name: str = ""
    _problem: Problem | None = None
    _findings: tuple[Diagnostic, ...] = ()
    _pdf: _Pdf = field(default_factory=_Pdf)
    _last: str = ""

    @property
    def page(self) -> Page | None:
        """The page that is shown: the last that could be made."""
        return self._page

    def show(self, page: Page) -> None:
        """Show a page, at once; what was found comes later."""
        with self._lock:
            self._problem = None
            is_same = self._page is not None and self._page.html == page.html
            same_places = self._page is not None and self._page.places == page.places
            self._page = page
            if not (is_same and same_places):
                self._number += 1
                self._name = str(self._number)
                self.shelf.put("page", self._answers(page))
            self._tell()

    def _answers(self, page: Page) -> dict[str, Answer]:
        places = json.dumps(as_data(self.root, page.places), ensure_ascii=False).encode()
        differences = {
            f"{name}-{self._name}.json": Answer(make, JSON)
            for name, make in self.comparing(page).items()
        }
        return {
            f"page-{self._name}.html": Answer.of(page.html.encode(), HTML, REPORT),
            f"places-{self._name}.json": Answer.of(places, JSON),
            **differences,
        }

    def find(self, findings: Sequence[Diagnostic]) -> None:
        """Show what the rules found."""
        with self._lock:
            self._findings = tuple(findings)
            self._tell()

    def refuse(self, problem: Problem, findings: Sequence[Diagnostic] | None) -> None:
        """Show why there is no new page; the last one stays. None leaves the findings as well."""
        with self._lock:
            self._problem = problem
            if findings is not None:
                self._findings = tuple(findings)
            self._tell()

    def draw(self) -> None:
        """Show that the PDF is being drawn."""
        with self._lock:
            self._pdf.state = "drawing"
            self._tell()

    def drawn(self, found: Drawn) -> None:
        """Show a PDF, or why there is none; the last one stays."""
        with self._lock:
            self._pdf.problem, self._pdf.findings = found.problem, found.findings
            self._pdf.state = "failed" if found.problem else "ready"
            if found.pdf:
                self._number += 1
                self._pdf.name = f"report-{self._number}.pdf"
                self._pdf.told = f"{counted(found.pages, 'page')}, {in_bytes(len(found.pdf))}"
                answer = Answer.of(found.pdf, PDF, DRAWN)
                self.shelf.put("pdf", {self._pdf.name: answer})
            self._tell()

    def _tell(self) -> None:
        state = json.dumps(self._state(), ensure_ascii=False)
        if state != self._last:
            self._last = state
            self.tell(state)

    def _state(self) -> dict[str, object]:
        findings = errors_first([*self._findings, *self._pdf.findings])
        finder = Finder(self._page.source.report, self._page.places) if self._page else None
        return {
            "year": str(self.year),
            "page": self._name,
            "isOld": self._problem is not None and self._page is not None,
            "problem": _as_data(self._problem),
            "tally": tally(findings),
            "findings": [self._finding(found, finder) for found in findings],
            "pdf": {
                "name": self._pdf.name,
                "state": self._pdf.state,
                "told": self._pdf.told,
                "problem": _as_data(self._pdf.problem),
            },
        }

    def _finding(self, found: Diagnostic, finder: Finder | None) -> dict[str, object]:
        kind = "accepted" if found.because else found.severity
        return {
            "kind": kind,
            "code": found.code,
            "message": found.message,
            "fix": found.because or found.fix,
            "where": f"{found.location.file}, line {found.location.line}",
            "link": link_to(self.root, found.location),
            "place": finder.find(found.location) if finder else None,
        }


def _as_data(problem: Problem | None) -> dict[str, str] | None:
    return {"message": problem.message, "fix": problem.fix} if problem else None
