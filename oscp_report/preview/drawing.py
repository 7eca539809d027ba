"""The PDF, drawn in the background: the newest page wins, and nobody waits for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from threading import Condition, Thread
from typing import TYPE_CHECKING

from oscp_report.diagnostics import Diagnostic
from oscp_report.errors import ReportError
from oscp_report.outputs.faults import diagnose
from oscp_report.outputs.html import require_sealed
from oscp_report.outputs.renderer import Renderer
from oscp_report.pipeline import pdf_job
from oscp_report.preview.pages import Pages
from oscp_report.preview.reading import Problem, Source
from oscp_report.workspace import Workspace

if TYPE_CHECKING:
    from oscp_report.outputs.renderer import PdfJob, PdfResult

QUICK = 5.0
"""Seconds within which a drawing that fails is tried again: beyond, it ran away rather than died.
"""
AFTER_THE_PAGE = 0.03
"""Seconds that the page has to itself, before the drawing takes part of the machine."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What came of a drawing. ``pdf`` is empty where ``problem`` says why.

    ``findings`` are what the renderer complained of.
    """

    pdf: bytes = b""
    pages: int = 0
    problem: Problem | None = None
    findings: tuple[Diagnostic, ...] = ()


class Drawer:
    """Draws PDFs one after another, in a thread and in a process that stays."""

    def __init__(
        self,
        workspace: Workspace,
        pages: Pages,
        begun: Callable[[], None],
        drawn: Callable[[Drawn], None],
    ) -> None:
        self._workspace = workspace
        self._pages = pages
        self._begun = begun
        self._drawn = drawn
        self._wanted: Source | None = None
        self._is_fresh = True
        self._has_ended = False
        self._changed = Condition()
        self._stack = ExitStack()
        self._renderer: Renderer | None = None
        self._tried: Renderer | None = None
        self._thread = Thread(target=self._run, name="drawing", daemon=True)

    def start(self) -> None:
        """Get the renderer ready, before there is anything to draw."""
        self._thread.start()

    def draw(self, source: Source | None, *, anew: bool = False) -> None:
        """Draw this next, in place of whatever was to be drawn; None calls off what was.

        ``anew`` starts the renderer again, which has kept the fonts it knew.
        """
        with self._changed:
            self._wanted = source
            self._is_fresh = self._is_fresh and not anew
            self._changed.notify()

    def end(self) -> None:
        """End the renderer, also in the middle of a drawing."""
        with self._changed:
            self._has_ended = True
            self._changed.notify()
            self._stop()
        self._thread.join(5)

    def _stop(self) -> None:
        self._renderer = None
        self._stack.close()

    def _run(self) -> None:
        self._get_ready()
        while (source := self._next()) is not None:
            self._begun()
            found = self._draw(source)
            if not self._is_outdated:
                self._drawn(found)

    def _next(self) -> Source | None:
        with self._changed:
            while not self._has_ended:
                self._changed.wait_for(lambda: self._wanted or self._has_ended)
                # More may come of a burst, and the page itself goes first.
                if self._changed.wait_for(lambda: self._has_ended, AFTER_THE_PAGE):
                    break
                source, self._wanted = self._wanted, None
                if source is not None:
                    return source
        return None

    def _get_ready(self) -> Renderer | Problem:
        with self._changed:
            if not self._is_fresh:
                self._stop()
                self._is_fresh = True
            if self._renderer is None and not self._has_ended:
                try:
                    started = Renderer.start(self._workspace.templates)
                except ReportError as error:
                    return Problem(str(error), error.fix)
                self._renderer = self._stack.enter_context(started)
            return self._renderer or Problem("the preview has ended")

    def _draw(self, source: Source) -> Drawn:
        """Draw a PDF; once more if it failed at once, in a renderer that had been there before.

        That one may have ended, or been ended, while it had nothing to do.
        """
        before, began = self._renderer, time.monotonic()
        found = self._try(source)
        was_old = before is not None and self._tried is before
        if found.problem and was_old and time.monotonic() - began < QUICK and not self._is_outdated:
            found = self._try(source)
        return found

    @property
    def _is_outdated(self) -> bool:
        with self._changed:
            return self._wanted is not None or self._has_ended

    def _try(self, source: Source) -> Drawn:
        renderer = self._get_ready()
        if isinstance(renderer, Problem):
            return Drawn(problem=renderer)
        self._tried = renderer
        try:
            return _as_drawn(renderer.render(self._job(source)), source)
        except ReportError as error:
            found = Problem(str(error), error.fix)
        except Exception as error:  # the thread goes on: the next save may mend it
            found = Problem(f"the PDF could not be drawn: {error}")
        with self._changed:  # it may have ended itself, and could not be used again
            self._is_fresh = False
        return Drawn(problem=found)

    def _job(self, source: Source) -> PdfJob:
        page = self._pages.render(source.plain_view())
        require_sealed(page)
        made_from = (source.report, source.partnership, source.history, source.contents)
        return pdf_job(page, partial(self._workspace.enclosure, *made_from), source.report)


def _as_drawn(result: PdfResult, source: Source) -> Drawn:
    file = source.report.location.file
    found = tuple(diagnose(result.warnings, file, source.lines[file]))
    return Drawn(result.pdf, result.pages, findings=found)
