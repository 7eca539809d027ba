"""The order of the steps: read, check, render, write.

Modules are imported where their step comes, so that a command pays for what it uses: a build that
finds nothing changed reads no YAML, a check loads no template, and the renderer's own process
starts before anything else is imported.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from oscp_report.checking import Begun, Checked, begin
from oscp_report.listing import as_text, counted, in_bytes
from oscp_report.workspace import PARTNERSHIP_FILE, Surroundings, Workspace, program_inputs
from oscp_report.year import Year

if TYPE_CHECKING:
    from oscp_report.document.rendering import Templates
    from oscp_report.model import Partnership, Report
    from oscp_report.outputs.renderer import PdfJob, PdfResult, Renderer
    from oscp_report.provenance.enclosure import Enclosure

FORMATS = ("html", "pdf")


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How to build: which formats, into what folder in place of ``build/``, how strictly.

    ``strict`` lets an open warning stop the build; ``force`` builds what has not changed as well.
    """

    formats: Collection[str] = FORMATS
    output: Path | None = None
    strict: bool = False
    force: bool = False


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a year's build.

    ``files`` are the names in ``folder`` with their sizes in bytes; none, where findings stopped
    the build. ``findings`` are the open errors and warnings, as text. ``kept`` names files that
    somebody had changed by hand and that were put aside under these names.
    """

    year: Year
    folder: Path
    files: Mapping[str, int] = field(default_factory=dict)
    pages: int = 0
    findings: str = ""
    errors: int = 0
    warnings: int = 0
    kept: tuple[str, ...] = ()
    seconds: float = 0.0
    unchanged: bool = False


class Builder:
    """Builds the years of one workspace. As a context, it ends the renderer that it started."""

    def __init__(self, workspace: Workspace, options: BuildOptions) -> None:
        self._workspace = workspace
        self._options = options
        self._renderer: Renderer | None = None
        self._templates: Templates | None = None
        self._stack = ExitStack()

    def __enter__(self) -> Builder:
        return self

    def __exit__(self, *exception: object) -> None:
        self._stack.close()

    def build(self, year: Year) -> Built:
        """Build a year, or find that nothing has changed since it was built.

        Raises:
            ReportError: a file is missing or cannot be read or written, or the renderer failed.
        """
        started = time.monotonic()
        folder = self._workspace.output(year, self._options.output)
        is_new = self._options.force or not folder.exists()
        if is_new:
            self._start_renderer()  # before anything else: it takes the longest
        from oscp_report.outputs.refusals import check_folder

        check_folder(folder)
        built = None if is_new else self.unchanged(year)
        if built is None:
            self._start_renderer()
            built = self._build(begin(self._workspace, year), folder)
        return replace(built, seconds=time.monotonic() - started)

    def unchanged(self, year: Year) -> Built | None:
        """What was built of a year, if it would be built the same again; nothing is read of it.

        Raises:
            ReportError: a file cannot be read.
        """
        from oscp_report.outputs.publishing import sweep
        from oscp_report.outputs.stamp import is_current

        folder = self._workspace.output(year, self._options.output)
        stamp = is_current(folder, partial(self._inputs, year))
        wanted = {f".{format}" for format in self._options.formats}
        if stamp is None or not wanted <= {Path(name).suffix for name in stamp.outputs}:
            return None
        warnings = int(stamp.notes.get("warnings", 0))
        if warnings and self._options.strict:
            return None
        sweep(folder.parent)
        return Built(
            year,
            folder,
            {name: (folder / name).stat().st_size for name in stamp.outputs},
            pages=int(stamp.notes.get("pages", 0)),
            findings=str(stamp.notes.get("findings", "")),
            warnings=warnings,
            unchanged=True,
        )

    def _inputs(self, year: Year, names: Collection[str]) -> dict[str, str]:
        """The inputs as they are now of a build that was made from those of these names."""
        known = {PARTNERSHIP_FILE, *(f"data/{each}.yaml" for each in self._around.years)}
        contents = {name: self._workspace.read(name) for name in known.intersection(names)}
        return {**self._around.inputs(year, contents), **program_inputs()}

    @cached_property
    def _around(self) -> Surroundings:
        """Weighed before the templates are compiled, and once, as those are."""
        return self._workspace.surroundings()

    def _start_renderer(self) -> None:
        """Start the renderer's process, unless it runs already or no PDF is wanted."""
        if self._renderer is None and "pdf" in self._options.formats:
            from oscp_report.outputs.renderer import Renderer

            started = Renderer.start(self._workspace.templates)
            self._renderer = self._stack.enter_context(started)

    def draw(self, checked: Checked, report: Report, partnership: Partnership) -> bytes:
        """The PDF of a year, whatever was found in it; writes nothing, and raises as ``build``."""
        self._start_renderer()
        result = self._render(checked, report, partnership, lambda: None)[1]
        assert result is not None, "the renderer was started"
        return result.pdf

    def _build(self, begun: Begun, folder: Path) -> Built:
        from oscp_report.outputs.publishing import publish
        from oscp_report.outputs.stamp import STAMP_NAME, Stamp

        strict = self._options.strict
        inputs = self._around.inputs(begun.checked.year, begun.checked.contents)
        report, partnership = begun.checked.report, begun.checked.partnership
        if begun.checked.stops(strict=False) or not (report and partnership):
            return _refused(begun.finish(), folder)
        finish = cache(begun.finish)
        files, result = self._render(begun.checked, report, partnership, finish)
        checked = finish()
        if result is not None:
            checked = _with_warnings_of(result, checked, report)
        if checked.stops(strict=strict):
            return _refused(checked, folder)
        findings, warnings = _shown(checked), len(checked.open)
        pages = result.pages if result else 0
        notes: dict[str, str | int] = {"findings": findings, "warnings": warnings, "pages": pages}
        stamp = Stamp.of({**inputs, **program_inputs()}, files, notes)
        kept = publish(folder, {**files, STAMP_NAME: stamp.to_bytes()})
        sizes = {name: len(data) for name, data in files.items()}
        return Built(
            checked.year, folder, sizes, pages, findings=findings, warnings=warnings, kept=kept
        )

    def _made_ready(self) -> Templates:
        """The workspace's templates, compiled for all the years of this builder."""
        from oscp_report.document.rendering import Templates

        self._templates = self._templates or Templates(self._workspace.templates)
        return self._templates

    def _render(
        self,
        checked: Checked,
        report: Report,
        partnership: Partnership,
        meanwhile: Callable[[], object],
    ) -> tuple[dict[str, bytes], PdfResult | None]:
        from oscp_report.document.rendering import render_report, with_pdf_size
        from oscp_report.document.views import file_stem, view_report
        from oscp_report.outputs.html import require_sealed

        has_pdf = self._renderer is not None
        view = view_report(report, partnership, checked.history, has_pdf=has_pdf)
        page = render_report(view, self._made_ready())
        require_sealed(page)
        stem = file_stem(report, partnership)
        html = f"{stem}.html" if "html" in self._options.formats else ""
        if self._renderer is None:
            return {html: page.encode()} if html else {}, None
        made_from = (report, partnership, checked.history, checked.contents)
        self._renderer.send(pdf_job(page, partial(self._workspace.enclosure, *made_from), report))
        # Weighed, asked and kept while the child draws.
        program_inputs()
        meanwhile()
        result = self._renderer.receive()
        size = f"{counted(result.pages, 'page')}, {in_bytes(len(result.pdf))}"
        files = {html: with_pdf_size(page, size).encode()} if html else {}
        return {**files, f"{stem}.pdf": result.pdf}, result


def pdf_job(page: str, enclose: Callable[[], Enclosure], report: Report) -> PdfJob:
    """What the renderer is asked to draw of a report's page; ``enclose`` makes what it carries."""
    from oscp_report.document.views import DRAFT
    from oscp_report.outputs.renderer import PdfJob

    prefix = f"{DRAFT} " if report.status == "draft" else ""
    return PdfJob(page, first_page=report.first_page, page_label_prefix=prefix, enclose=enclose)


def _with_warnings_of(result: PdfResult, checked: Checked, report: Report) -> Checked:
    """What was checked, with what the renderer complained of, settled anew."""
    from oscp_report.checks import settle
    from oscp_report.outputs.faults import diagnose

    if not result.warnings:
        return checked
    file = report.location.file
    found = [*checked.diagnostics, *diagnose(result.warnings, file, checked.lines[file])]
    return replace(checked, diagnostics=tuple(settle(report, found)))


def _refused(checked: Checked, folder: Path) -> Built:
    errors = sum(d.severity == "error" for d in checked.open)
    warnings = len(checked.open) - errors
    return Built(checked.year, folder, findings=_shown(checked), errors=errors, warnings=warnings)


def _shown(checked: Checked) -> str:
    return "\n".join(as_text(found, checked.lines) for found in checked.open)
