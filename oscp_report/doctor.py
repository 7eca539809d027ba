"""What is installed, what is missing, and the one command that mends it."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from oscp_report import __version__, native
from oscp_report.errors import ReportError
from oscp_report.workspace import Workspace, shipped_templates

PACKAGES = ("click", "jinja2", "markdown", "nh3", "pyyaml", "weasyprint")
PAGE = '<!doctype html><html lang="en"><title>Doctor</title><p>A report can be made.</p></html>'


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing looked at. ``cure`` is what to do about it; empty where it is well."""

    name: str
    state: str
    cure: str = ""
    needed: bool = True


def examine(start: Path) -> Iterator[Complaint]:
    """Look at everything a build needs, from the inside out."""
    yield Complaint("oscp-report", __version__)
    yield Complaint("Python", f"{platform.python_version()} ({sys.executable})")
    yield from map(_package, PACKAGES)
    yield from _libraries()
    yield _fonts()
    yield _pdf()
    yield _workspace(start)
    yield _git()


def _package(name: str) -> Complaint:
    try:
        return Complaint(name, version(name))
    except PackageNotFoundError:
        cure = "in a checkout: make report; elsewhere: pip install --force-reinstall oscp-report"
        return Complaint(name, "missing", cure)


def _libraries() -> Iterator[Complaint]:
    missing = native.missing_libraries()
    cure = native.advice(native.find_manager(), root=native.is_root())
    for library in native.LIBRARIES:
        if library in missing:
            yield Complaint(library.name, "missing", cure, library.needed)
        else:
            yield Complaint(library.name, "found")


def _fonts() -> Complaint:
    fonts = sorted(path.name for path in (shipped_templates() / "fonts").glob("*.ttf"))
    if len(fonts) == 4:
        return Complaint("Fonts", ", ".join(fonts))
    return Complaint("Fonts", "missing", "install oscp-report again")


def _pdf() -> Complaint:
    from oscp_report.outputs.renderer import PdfJob, Renderer

    try:
        with Renderer.start((shipped_templates(),)) as renderer:
            size = len(renderer.render(PdfJob(PAGE)).pdf)
    except ReportError as error:
        return Complaint("PDF", f"cannot be made: {error}", error.fix or "see above")
    return Complaint("PDF", f"a page was made, {size} bytes")


def _workspace(start: Path) -> Complaint:
    try:
        workspace = Workspace.find(start)
    except ReportError as error:
        return Complaint("Workspace", "none here", error.fix, needed=False)
    years = ", ".join(map(str, workspace.years())) or "no year"
    return Complaint("Workspace", f"{workspace.root}: {years}")


def _git() -> Complaint:
    if path := shutil.which("git"):
        return Complaint("git", path)
    return Complaint("git", "missing", "install git to keep every draft", needed=False)
