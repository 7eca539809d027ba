"""The parent's side of the PDF: start the child, hand it jobs, bound it in time and memory, end it.

What the child runs is in ``pdf.py``.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Thread, Timer
from typing import IO

from oscp_report.errors import ReportError
from oscp_report.outputs.frames import OUT_OF_MEMORY, Header, read_frame, write_frame
from oscp_report.provenance.enclosure import Enclosure

# A report of five pages takes a quarter of a second and 0.2 GiB of address space; one of 200 pages,
# 10 to 13 s and 0.4 GiB. What passes these bounds is a style sheet that runs away.
SECONDS = 60.0
MEBIBYTES = 2048

FONTS = "fonts/fonts.conf"  # below a root: says which fonts there are
# The same copy of the package as the parent's, and nothing that happens to lie beside it.
CHILD = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); import oscp_report; del sys.path[0]; "
    "from oscp_report.outputs.pdf import main; main()"
)

# What would change the look of a PDF, or what Python loads. The rest stays, since some systems find
# their libraries by it.
DROPPED = ("FC_", "FONTCONFIG_", "FREETYPE_", "HB_", "PANGO", "PYTHON")
KEPT = ("PYTHONHOME", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX")
FIXED = {
    "LC_ALL": "C.UTF-8",
    "PYTHONHASHSEED": "0",
    "SOURCE_DATE_EPOCH": "0",  # fontTools writes it into the fonts that it changes
    "TZ": "UTC",
}

if sys.platform == "win32":
    NO_WINDOW = subprocess.CREATE_NO_WINDOW
else:
    NO_WINDOW = 0

DOCTOR = "run `oscp-report doctor`"
UNDO = "take back the last change to `templates/`, or shorten the report"


@dataclass(frozen=True, slots=True)
class PdfJob:
    """A page to draw.

    ``html`` is complete, with its style inlined. ``css`` holds style sheets for the PDF alone, as
    text; where the page's own style says something else about an element, that wins.
    ``first_page`` is the number printed on the first page; ``page_label_prefix`` stands before the
    number in a viewer's page box. ``enclose`` makes what the PDF carries; it is called while the
    child draws.
    """

    html: str
    css: tuple[str, ...] = ()
    first_page: int = 1
    page_label_prefix: str = ""
    enclose: Callable[[], Enclosure] | None = None


@dataclass(frozen=True, slots=True)
class PdfResult:
    """A PDF, how many pages it has, and what WeasyPrint logged as a warning or worse, in order."""

    pdf: bytes
    pages: int
    warnings: tuple[str, ...]


class RenderError(ReportError):
    """The PDF could not be drawn."""


class Renderer:
    """A child process that draws PDFs, one after another. Leaving it as a context ends the child.

    After a ``RenderError`` that ended the child, every further job fails with another.
    """

    def __init__(self, process: subprocess.Popen[bytes], seconds: float, mebibytes: int) -> None:
        self._process = process
        self._seconds = seconds
        self._mebibytes = mebibytes
        self._is_late = False
        self._timer: Timer
        self._enclosure: Enclosure | None = None
        self._complaints: deque[str] = deque(maxlen=20)
        self._listener = Thread(target=self._listen, daemon=True)
        self._listener.start()

    @classmethod
    def start(
        cls, roots: Sequence[Path], *, seconds: float = SECONDS, mebibytes: int = MEBIBYTES
    ) -> Renderer:
        """Start the child and return at once; it gets ready meanwhile.

        ``roots`` are the folders whose files a page may use by relative addresses, such as
        ``fonts/LiberationSans-Regular.ttf``; the first that has the file wins, and the first that
        has ``fonts/fonts.conf`` says which fonts there are. ``seconds`` bounds a job's wall clock,
        ``mebibytes`` the child's address space (Linux; Windows and macOS have no such bound).

        Raises:
            RenderError: no root has ``fonts/fonts.conf``, or the child cannot be started.
        """
        folders = [root.resolve() for root in roots]
        fonts = next((folder / FONTS for folder in folders if (folder / FONTS).is_file()), None)
        if fonts is None:
            raise RenderError(f"no `{FONTS}` in the templates", fix="install oscp-report again")
        package_parent = Path(__file__).resolve().parents[2]
        arguments = map(str, (package_parent, mebibytes, *folders))
        try:
            process = subprocess.Popen(
                [sys.executable, "-P", "-c", CHILD, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=fonts.parent,  # fonts.conf means the folder that the child starts in
                env=environment(os.environ) | {"FONTCONFIG_FILE": str(fonts)},
                creationflags=NO_WINDOW,
            )
        except OSError as error:
            raise could_not_start(str(error)) from error
        return cls(process, seconds, mebibytes)

    def __enter__(self) -> Renderer:
        return self

    def __exit__(self, *exception: object) -> None:
        self._process.kill()
        self._process.wait()
        self._listener.join()
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            with suppress(OSError):  # what was left to write to a child that has ended
                _opened(stream).close()

    @property
    def pid(self) -> int:
        """The child's process number."""
        return self._process.pid

    def render(self, job: PdfJob) -> PdfResult:
        """Draw a PDF: ``send`` and ``receive`` in one.

        Raises:
            RenderError: as ``receive``.
        """
        self.send(job)
        return self.receive()

    def send(self, job: PdfJob) -> None:
        """Let the child draw, and return at once; ``receive`` must follow before the next job."""
        header = {
            "css": job.css,
            "first_page": job.first_page,
            "prefix": job.page_label_prefix,
            "introduces": job.enclose is not None,
        }
        self._timer = Timer(self._seconds, self._give_up)
        self._timer.daemon = True
        self._timer.start()
        self._write(header, job.html.encode())
        self._enclosure = job.enclose() if job.enclose else None
        if self._enclosure:
            self._write(asdict(self._enclosure.about))

    def _write(self, header: Header, body: bytes = b"") -> None:
        with suppress(OSError):  # it has ended; its last reply or its exit code says why
            write_frame(_opened(self._process.stdin), header, body)

    def receive(self) -> PdfResult:
        """Wait for the PDF of the job that was sent, and prove that it is what it claims.

        Raises:
            RenderError: it took too long or too much memory, asked for a file it may not read,
                would not be accessible, or the child could not start or ended unexpectedly.
        """
        # Imported, and later proved, on this side: the child is busy, and has the next job to draw.
        from oscp_report.outputs.tagging.nodes import TaggingError
        from oscp_report.outputs.tagging.proving import finished, get_ready

        get_ready()
        try:
            reply = read_frame(_opened(self._process.stdout))
        finally:
            self._timer.cancel()
        if reply is None:
            raise self._what_ended_it()
        said, pdf = reply
        if "failed" in said:
            raise refusal(said["failed"], said["detail"], said.get("fix", UNDO))
        try:
            pdf = finished(pdf, said["warnings"], self._enclosure)
        except TaggingError as error:
            raise RenderError(str(error), fix=error.fix) from error
        return PdfResult(pdf, said["pages"], tuple(said["warnings"]))

    def _give_up(self) -> None:
        self._is_late = True
        self._process.kill()

    def _listen(self) -> None:
        """Keep the child's last words, and its pipe from filling up."""
        for line in _opened(self._process.stderr):
            text = line.decode(errors="replace").strip()
            if text and not text.startswith("Fontconfig error: No writable cache"):  # as meant
                self._complaints.append(text)

    def _what_ended_it(self) -> RenderError:
        code = self._process.wait()
        self._listener.join()
        if self._is_late:
            return RenderError(f"the PDF took longer than {self._seconds:g} seconds", fix=UNDO)
        # GLib, below Pango, ends the process by itself when it gets no memory.
        if code == OUT_OF_MEMORY or "failed to allocate" in " ".join(self._complaints):
            return RenderError(f"the PDF needed more than {self._mebibytes} MiB", fix=UNDO)
        said = self._complaints[-1] if self._complaints else f"exit code {code}"
        return RenderError(f"the PDF renderer ended unexpectedly: {said}", fix=DOCTOR)


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """The child's environment: nothing in it changes a PDF, whatever is in the parent's."""
    kept = {
        name: value for name, value in given.items() if name in KEPT or not name.startswith(DROPPED)
    }
    if "PYTHONPATH" in kept:  # the child starts in another folder
        folders = kept["PYTHONPATH"].split(os.pathsep)
        kept["PYTHONPATH"] = os.pathsep.join(map(os.path.abspath, filter(None, folders)))
    return kept | FIXED


def could_not_start(detail: str) -> RenderError:
    """The error for a child that did not get as far as a job: a library is missing, as a rule."""
    import re

    missing = re.search(r"cannot load library '([^']+)'", detail)
    why = f"the library `{missing[1]}` is missing" if missing else detail
    return RenderError(f"could not start the PDF renderer: {why}", fix=DOCTOR)


def refusal(kind: str, detail: str, fix: str) -> RenderError:
    """The error for a reply without a PDF."""
    if kind == "tagging":
        return RenderError(detail, fix=fix)
    if kind == "start":
        return could_not_start(detail)
    if kind == "asset":
        how = "put the file into `templates/`, or take its address out of the style or the page"
        return RenderError(f"the PDF asks for a file it may not read: {detail}", fix=how)
    return RenderError(f"the PDF could not be drawn: {detail}", fix=fix)


def _opened(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None, "the child is started with all three pipes"
    return stream
