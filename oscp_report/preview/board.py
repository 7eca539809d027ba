"""What the page shows, put together: one state, told whole whenever a part of it changes."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock

from oscp_report.diagnostics import Diagnostic, Location
from oscp_report.listing import Lines, counted, in_bytes, tally
from oscp_report.preview.drawing import Drawn
from oscp_report.preview.lines import lines_then
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
    _lines: Lines = field(default_factory=dict)
    _turn: int = 0
    _refused: str = ""
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
            # The other side may change while the page does not.
            f"{name}-{self._name}.json": Answer(make, JSON, is_kept=False)
            for name, make in self.comparing(page).items()
        }
        return {
            f"page-{self._name}.html": Answer.of(page.html.encode(), HTML, REPORT),
            f"places-{self._name}.json": Answer.of(places, JSON),
            **differences,
        }

    def turn(self) -> None:
        """Let the next state tell that what the page may be compared with has changed."""
        with self._lock:
            self._turn += 1

    def find(self, findings: Sequence[Diagnostic], lines: Lines) -> None:
        """Show what the rules found in files of these lines."""
        with self._lock:
            self._findings, self._lines = tuple(findings), lines
            self._refused = self._refusal()
            self._tell()

    def refuse(self, problem: Problem, findings: Sequence[Diagnostic] | None, lines: Lines) -> None:
        """Show why there is no new page; the last one stays. None leaves the findings as well."""
        with self._lock:
            self._problem, self._refused = problem, ""
            if findings is not None:
                self._findings, self._lines = tuple(findings), lines
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
            self._refused = self._refusal()
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
        # What was found in drawing was found in the page before, if this one cannot be built.
        of_pdf = () if self._problem else self._pdf.findings
        findings = errors_first([*self._findings, *of_pdf])
        find = self._finder()
        return {
            "year": str(self.year),
            "page": self._name,
            "isOld": self._problem is not None and self._page is not None,
            "turn": self._turn,
            "problem": _as_data(self._problem),
            "refused": self._refused,
            "tally": tally(findings),
            "findings": [self._finding(found, find) for found in findings],
            "pdf": {
                "name": self._pdf.name,
                "state": self._pdf.state,
                "told": self._pdf.told,
                "problem": _as_data(self._pdf.problem),
            },
        }

    def _refusal(self) -> str:
        """Why a build would write nothing of the page that is shown; empty where it would."""
        found = [*self._findings, *self._pdf.findings]
        errors = sum(one.severity == "error" and not one.because for one in found)
        if self._problem or not errors:
            return ""
        return f"{counted(errors, 'error')}, listed under “What was found”"

    def _finder(self) -> Callable[[Location], int | None]:
        """What finds the number of the place on the page that a finding is about."""
        if self._page is None:
            return lambda at: None
        source = self._page.source
        file = source.report.location.file
        finder = Finder(source.report, self._page.places)
        # The page may be older than the findings: it stays until another can be made.
        then = lines_then(self._lines.get(file, ()), source.lines[file])

        def find(at: Location) -> int | None:
            line = then.get(at.line)
            return finder.find(replace(at, line=line)) if line else None

        return find

    def _finding(
        self, found: Diagnostic, find: Callable[[Location], int | None]
    ) -> dict[str, object]:
        kind = "accepted" if found.because else found.severity
        return {
            "kind": kind,
            "code": found.code,
            "message": found.message,
            "fix": found.because or found.fix,
            "where": f"{found.location.file}, line {found.location.line}",
            "link": link_to(self.root, found.location),
            "place": find(found.location),
        }


def _as_data(problem: Problem | None) -> dict[str, str] | None:
    return {"message": problem.message, "fix": problem.fix} if problem else None
