"""Reading a PDF that may be anybody's, and writing what it carries into a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from oscp_report.errors import ReportError
from oscp_report.workspace import PARTNERSHIP_FILE
from oscp_report.year import Year

if TYPE_CHECKING:
    from oscp_report.inspection import Inspection

LATER = "get the PDF that `oscp-report build` wrote: one printed or saved anew has no sources"


def read_pdf(path: Path) -> bytes:
    """The bytes of a PDF.

    Raises:
        ReportError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        fix = "name a PDF that is there, and close it elsewhere"
        raise ReportError(f"`{path}` cannot be read: {error.strerror}", fix=fix) from error


def unpack(pdf: bytes, folder: Path) -> list[str]:
    """Write what a PDF carries into a folder, laid out as a workspace.

    Returns:
        The names of the files written, relative to the folder.

    Raises:
        ReportError: it is no PDF, carries nothing or what must not be written, a file is there
            already, or cannot be written.
    """
    from oscp_report.outputs.single import create_files
    from oscp_report.provenance.extracting import extract

    files = {place(name): data for name, data in extract(pdf).items()}
    if not files:
        raise ReportError("the PDF carries no files", fix=LATER)
    return create_files(folder, files)


def left_out(pdf: bytes) -> Iterator[str]:
    """What a PDF was built with and does not carry, each with what to do about it.

    An appendix that is a file of its own may not be for the public; and nobody should have to run
    the templates of a stranger.

    Raises:
        ReportError: as ``unpack``.
    """
    from oscp_report.provenance.extracting import extract
    from oscp_report.provenance.manifest import NAME, Manifest
    from oscp_report.reading.loading import load_report

    files = extract(pdf)
    manifest = Manifest.from_bytes(files.get(NAME, b""))
    if manifest is None:
        return
    for name in manifest.templates:
        yield f"{name}; to build it again, put it there"
    source = f"{manifest.year}.yaml"
    report = load_report(files.get(source, b""), f"data/{source}", manifest.year).value
    for appendix in report.appendices if report and isinstance(report.appendices, tuple) else ():
        if appendix.file:
            yield f"data/{appendix.file}, an appendix; to build it again, put it there"


def place(name: str) -> str:
    """Where a file goes in a workspace: ``data/2018-19.yaml``."""
    stem, dot, ending = name.rpartition(".")
    try:
        is_year = str(Year.parse(stem)) == stem
    except ValueError:
        is_year = False
    is_data = dot + ending == ".yaml" and (is_year or f"data/{name}" == PARTNERSHIP_FILE)
    return f"data/{name}" if is_data else name


def inspected(pdf: bytes) -> Inspection:
    """A PDF held against every condition.

    Raises:
        ReportError: it cannot be opened.
    """
    from oscp_report.inspection import inspect_pdf
    from oscp_report.provenance.extracting import opened

    with opened(pdf):
        pass
    return inspect_pdf(pdf)
