"""The order of the steps: read, check, render, write.

Modules are imported where their step comes, so that a command pays for what it uses: a build that
finds nothing changed reads no YAML, a check loads no template, and the renderer's own process
starts before anything else is imported.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from oscp_report.diagnostics import Diagnostic
from oscp_report.listing import as_text, counted, in_bytes
from oscp_report.workspace import PARTNERSHIP_FILE, Workspace, program_inputs
from oscp_report.year import Year

if TYPE_CHECKING:
    from oscp_report.checks import Subject
    from oscp_report.model import Partnership, Report
    from oscp_report.outputs.renderer import PdfResult, Renderer

FORMATS = ("html", "pdf")


@dataclass(frozen=True, slots=True)
class Checked:
    """A year that was read and checked.

    ``report`` and ``partnership`` are None where their file could not be understood at all.
    ``history`` are the reports of earlier years that it needs, oldest first; ``lines`` are those of
    each file, by name, for excerpts; ``contents`` are the bytes of every file that was read.
    """

    year: Year
    report: Report | None
    partnership: Partnership | None
    history: tuple[Report, ...]
    diagnostics: tuple[Diagnostic, ...]
    lines: Mapping[str, Sequence[str]]
    contents: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def open(self) -> tuple[Diagnostic, ...]:
        """All that is neither mended nor accepted."""
        return tuple(d for d in self.diagnostics if not d.because)

    def stops(self, *, strict: bool) -> bool:
        """Whether these findings stop a build: an error does, where ``strict`` a warning too."""
        return any(strict or d.severity == "error" for d in self.open)


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


def check_year(workspace: Workspace, year: Year) -> Checked:
    """Read a year, those before it and the partnership, and run every rule.

    Raises:
        ReportError: a file is missing or cannot be read.
    """
    return _check(workspace, year, _read(workspace, year))


def _read(workspace: Workspace, year: Year) -> dict[str, bytes]:
    """The bytes of the year's file, of the partnership's and of the earlier years', by name."""
    earlier = (workspace.year_file(known) for known in workspace.years() if known < year)
    names = (workspace.year_file(year), PARTNERSHIP_FILE, *earlier)
    return {name: workspace.read(name) for name in names}


def _check(workspace: Workspace, year: Year, contents: Mapping[str, bytes]) -> Checked:
    from oscp_report.checks import Subject, findings, settle
    from oscp_report.outputs.faults import OUTPUT_RULES
    from oscp_report.reading.loading import load_partnership, load_report

    name = workspace.year_file(year)
    report = load_report(contents[name], name, year)
    partnership = load_partnership(contents[PARTNERSHIP_FILE], PARTNERSHIP_FILE)
    found = [*partnership.diagnostics, *report.diagnostics]
    history: tuple[Report, ...] = ()
    if report.value and partnership.value:
        subject = Subject(report.value, partnership.value, workspace.has_data_file)
        subject = _with_history(subject, workspace, contents)
        history = subject.history
        unreadable = report.unreadable | partnership.unreadable
        found += findings(subject, unreadable)
        later = {rule.code for rule in OUTPUT_RULES}  # what only the renderer can find
        found = settle(report.value, found, unreadable=unreadable, pending=later)
    lines = {name: report.lines, PARTNERSHIP_FILE: partnership.lines}
    known = (report.value, partnership.value, history)
    return Checked(year, *known, tuple(sorted(found)), lines, contents)


def _with_history(subject: Subject, workspace: Workspace, contents: Mapping[str, bytes]) -> Subject:
    """The subject with the reports of the earlier years that it needs.

    One that cannot be understood is left out: a rule says so, and a check of that year says why.
    """
    from oscp_report.checks.passages import looks_back
    from oscp_report.reading.loading import load_report

    years = workspace.years()
    earlier = [known for known in years if known < subject.report.year]
    wanted = earlier if looks_back(subject) else earlier[-1:]
    names = {known: workspace.year_file(known) for known in wanted}
    read = [load_report(contents[name], name, known) for known, name in names.items()]
    history = tuple(loaded.value for loaded in read if loaded.value and not loaded.has_errors)
    return replace(subject, history=history, years=years)


class Builder:
    """Builds the years of one workspace. As a context, it ends the renderer that it started."""

    def __init__(self, workspace: Workspace, options: BuildOptions) -> None:
        self._workspace = workspace
        self._options = options
        self._renderer: Renderer | None = None
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
        contents = _read(self._workspace, year)
        is_new = self._options.force or not folder.exists()
        if is_new:
            self._start_renderer()  # before anything else: it takes the longest
        from oscp_report.outputs.refusals import check_folder

        check_folder(folder)
        inputs = self._workspace.inputs(contents)
        built = None if is_new else self._unchanged(year, folder, inputs)
        if built is None:
            self._start_renderer()
            built = self._build(_check(self._workspace, year, contents), folder, inputs)
        return replace(built, seconds=time.monotonic() - started)

    def _unchanged(self, year: Year, folder: Path, inputs: Mapping[str, str]) -> Built | None:
        from oscp_report.outputs.publishing import sweep
        from oscp_report.outputs.stamp import is_current

        stamp = is_current(folder, {**inputs, **program_inputs()})
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

    def _start_renderer(self) -> None:
        """Start the renderer's process, unless it runs already or no PDF is wanted."""
        if self._renderer is None and "pdf" in self._options.formats:
            from oscp_report.outputs.renderer import Renderer

            started = Renderer.start(self._workspace.templates)
            self._renderer = self._stack.enter_context(started)

    def draw(self, checked: Checked, report: Report, partnership: Partnership) -> bytes:
        """The PDF of a year, whatever was found in it; writes nothing, and raises as ``build``."""
        self._start_renderer()
        result = self._render(checked, report, partnership)[1]
        assert result is not None, "the renderer was started"
        return result.pdf

    def _build(self, checked: Checked, folder: Path, inputs: Mapping[str, str]) -> Built:
        from oscp_report.outputs.publishing import publish
        from oscp_report.outputs.stamp import STAMP_NAME, Stamp

        strict = self._options.strict
        if checked.stops(strict=strict) or not (checked.report and checked.partnership):
            return _refused(checked, folder)
        files, result = self._render(checked, checked.report, checked.partnership)
        if result is not None:
            checked = _with_warnings_of(result, checked, checked.report)
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

    def _render(
        self, checked: Checked, report: Report, partnership: Partnership
    ) -> tuple[dict[str, bytes], PdfResult | None]:
        from oscp_report.document.rendering import render_report, with_pdf_size
        from oscp_report.document.views import DRAFT, file_stem, view_report
        from oscp_report.outputs.html import require_sealed

        has_pdf = self._renderer is not None
        view = view_report(report, partnership, checked.history, has_pdf=has_pdf)
        page = render_report(view, self._workspace.templates)
        require_sealed(page)
        stem = file_stem(report, partnership)
        html = f"{stem}.html" if "html" in self._options.formats else ""
        if self._renderer is None:
            return {html: page.encode()} if html else {}, None
        from oscp_report.outputs.renderer import PdfJob

        prefix = f"{DRAFT} " if report.status == "draft" else ""
        made_from = (report, partnership, checked.history, checked.contents)
        enclose = partial(self._workspace.enclosure, *made_from)
        job = PdfJob(page, first_page=report.first_page, page_label_prefix=prefix, enclose=enclose)
        self._renderer.send(job)
        program_inputs()  # weighed and kept while the child draws
        result = self._renderer.receive()
        size = f"{counted(result.pages, 'page')}, {in_bytes(len(result.pdf))}"
        files = {html: with_pdf_size(page, size).encode()} if html else {}
        return {**files, f"{stem}.pdf": result.pdf}, result


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
