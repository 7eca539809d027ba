"""Finished HTML to PDF, in a child process. The only module that imports WeasyPrint.

A child can be ended: WeasyPrint's own documentation warns that a style sheet can make it loop or
eat memory without bound. And it saves time: importing WeasyPrint costs more than a report's layout,
and is done while the parent reads the year's file. ``renderer.py`` is the parent's side.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache, partial
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from types import ModuleType
from typing import IO, Any

from oscp_report.outputs.assets import BASE_URL, make_fetcher
from oscp_report.outputs.drawings import draw_held, draw_texts_whole, hold_back, lay_out_once
from oscp_report.outputs.frames import (
    NO_CHARACTER,
    OUT_OF_MEMORY,
    Frame,
    Header,
    read_frame,
    write_frame,
)
from oscp_report.outputs.ruling import draw_lines_whole
from oscp_report.outputs.tagging.enclosures import introduce
from oscp_report.outputs.tagging.facts import VARIANT, written
from oscp_report.outputs.tagging.nodes import TaggingError
from oscp_report.outputs.tagging.repairing import repair
from oscp_report.provenance.enclosure import About

# Drawn for nobody before the first job, which gets 22 of its 28 ms back: Pango, HarfBuzz and Python
# have then done what they do once. A page with one of each thing in a report took 65 and gave 30.
WARM_UP = "<!doctype html><html lang='en-GB'><title>Warm-up</title><p>One"


def readable(message: str) -> str:
    """A message of WeasyPrint's log as an officer can use it.

    It logs a character that no font has as ``.notdef glyph rendered ...: "x" (U+0078)``.
    """
    if not message.startswith(".notdef glyph"):
        return message
    import unicodedata

    code = message.rpartition("(U+")[2].rstrip(")")
    character = chr(int(code, 16))
    shown = f"`{character}` " if character.isprintable() else ""
    name = unicodedata.name(character, "")
    return f"{NO_CHARACTER} {shown}({f'U+{code} {name}'.rstrip()})"


class Messages(logging.Handler):
    """Keeps what WeasyPrint, or a library below it, logs at warning level or above, in order."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.kept: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message."""
        self.kept.append(readable(record.getMessage()))

    def take(self) -> list[str]:
        """The messages since the last call."""
        taken, self.kept = self.kept, []
        return taken


class Deferred(ModuleType):
    """Stands in for a module: imports the real one when a function of it is called."""

    def __getattr__(self, attribute: str) -> Callable[..., Any]:
        if attribute.startswith("__"):
            raise AttributeError(attribute)

        def call(*arguments: Any, **named: Any) -> Any:
            from importlib import import_module

            return getattr(import_module(self.__name__), attribute)(*arguments, **named)

        return call


@contextmanager
def quick_import() -> Iterator[None]:
    """Leave out of WeasyPrint's import what a report does not use. 0.41 s becomes 0.18 s.

    Each part pays for itself; deferring ssl, PIL.ImageCms or fontTools' woff2 did not.
    """
    import ctypes.util

    find_library = ctypes.util.find_library
    # Used only for fonts that HarfBuzz-Subset cannot cut, and for variable fonts. 55 ms.
    deferred = [Deferred(name) for name in ("fontTools.subset", "fontTools.varLib.instancer")]
    deferred = [module for module in deferred if module.__name__ not in sys.modules]
    sys.modules.update({module.__name__: module for module in deferred})
    if sys.platform == "linux":
        # It starts ldconfig and gcc 54 times for names that only other systems have; the loader
        # finds each library by its soname, which is on WeasyPrint's list. 170 ms. Windows and
        # macOS need it: their libraries lie where only find_library looks.
        ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = find_library
        for module in deferred:
            if sys.modules.get(module.__name__) is module:
                del sys.modules[module.__name__]


class Press:
    """WeasyPrint, ready to draw: imported, the fonts read.

    Raises:
        ImportError: WeasyPrint is not installed.
        OSError: one of its native libraries is missing.
    """

    def __init__(self, roots: Sequence[Path]) -> None:
        self._messages = Messages()
        logging.getLogger().addHandler(self._messages)
        with quick_import():
            import weasyprint
            from weasyprint.text import line_break
            from weasyprint.text.fonts import FontConfiguration
        self._weasyprint = weasyprint
        draw_held(weasyprint.html)
        draw_lines_whole(weasyprint.draw)
        draw_texts_whole(weasyprint.svg)
        lay_out_once(line_break)
        self._make_fonts = FontConfiguration
        self.refused: list[str] = []
        self._fetcher = make_fetcher(roots, self.refused)
        self.read_fonts()

    def read_fonts(self) -> None:
        """Know the fonts of ``fonts.conf``, and none that a page has named."""
        self._fonts = self._make_fonts()

    def draw(
        self,
        html: str,
        css: Sequence[str] = (),
        first_page: int = 1,
        prefix: str = "",
        about: Callable[[], About] | None = None,
    ) -> tuple[bytes, int, list[str]]:
        """The repaired PDF, which claims nothing yet, how many pages it has, and what was logged.

        ``about`` is asked for what the PDF says of itself when the pages are laid out.

        Raises:
            FatalURLFetchingError: the page asks for what is not in the templates.
            TaggingError: the page holds what a screen reader cannot tell, or a forbidden link.
        """
        self._messages.take()
        self.refused.clear()
        given = {"base_url": BASE_URL, "url_fetcher": self._fetcher}
        count = f"@page:first {{ counter-reset: page {first_page} }}"
        sheets = [
            self._weasyprint.CSS(string=text, font_config=self._fonts, **given)
            for text in (*css, count)
        ]
        page = self._weasyprint.HTML(string=hold_back(html), **given)
        document = page.render(font_config=self._fonts, stylesheets=sheets, pdf_variant=VARIANT)
        labels = partial(label_pages, first_page=first_page, prefix=prefix)
        if about:
            introduce(document.metadata, about())
        data = repair(*written(self._weasyprint, document, labels))
        return data, len(document.pages), self._messages.take()


def label_pages(_document: object, pdf: Any, first_page: int, prefix: str) -> None:
    """Give a viewer's page box the numbers that are printed (ISO 32000-1, 12.4.2)."""
    import pydyf  # type: ignore[import-untyped]  # has no annotations

    labels = {"S": "/D", "St": first_page}
    if prefix:
        labels["P"] = pydyf.String(prefix)
    numbers = pydyf.Array([0, pydyf.Dictionary(labels)])
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": numbers})


def bound_memory(mebibytes: int) -> None:
    """Let this process have so much address space. Windows has no such bound, macOS ignores it."""
    if sys.platform == "win32":
        return
    import resource

    with suppress(OSError, ValueError):  # a lower bound is set already
        resource.setrlimit(resource.RLIMIT_AS, (mebibytes << 20, mebibytes << 20))


def read_jobs(stream: IO[bytes], jobs: SimpleQueue[Frame]) -> None:
    """Queue the jobs as they come, in a thread of its own.

    It ends the process when the parent has gone, however it went and whatever is being drawn: while
    Python draws this thread gets its turn, and Pango and HarfBuzz do not hold it up at all.
    """
    try:
        while frame := read_frame(stream):
            jobs.put(frame)
    finally:
        os._exit(0)


def serve(mebibytes: int, roots: Sequence[Path]) -> None:
    """Take jobs from standard input and write PDFs to standard output until the parent ends it."""
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not garble the replies
    bound_memory(mebibytes)
    gc.disable()
    jobs: SimpleQueue[Frame] = SimpleQueue()
    Thread(target=read_jobs, args=(sys.stdin.buffer, jobs), daemon=True).start()
    try:
        press = Press(roots)
    except (ImportError, OSError) as error:
        write_frame(replies, {"failed": "start", "detail": str(error)})
        return
    if jobs.empty():
        press.draw(WARM_UP)
    gc.freeze()
    while frame := jobs.get():
        header, html = frame[0], frame[1].decode()
        # It follows the page in a frame of its own: the parent makes it while the page is drawn.
        about = cache(lambda: About.from_header(jobs.get()[0]))
        header["about"] = about if header.pop("introduces") else None
        reply = answer(press, header, html)
        if header["about"]:
            about()  # where drawing failed before it was asked for
        if any("@font-face" in text for text in (html, *header["css"])):
            # No later job may see that font. And WeasyPrint has a copy of it among the temporary
            # files, which goes now: the parent may end this process once it has its reply.
            press.read_fonts()
            gc.collect()
        write_frame(replies, *reply)
        gc.collect()


def answer(press: Press, header: Header, html: str) -> tuple[Header, bytes]:
    """The reply to a job: the PDF, or what went wrong."""
    from weasyprint.urls import FatalURLFetchingError

    said: dict[str, Any] = {}
    pdf = b""
    try:
        pdf, pages, warnings = press.draw(html, **header)
        said = {"pages": pages, "warnings": warnings}
    except MemoryError:
        raise
    except FatalURLFetchingError:
        pass  # the fetcher has kept the reason
    except TaggingError as error:
        said = {"failed": "tagging", "detail": str(error), "fix": error.fix}
    except Exception as error:
        said = {"failed": "drawing", "detail": f"{type(error).__name__}: {error}"}
    if press.refused:
        return {"failed": "asset", "detail": press.refused[0]}, b""
    return said, pdf


def main() -> None:
    """What the child process runs, with the bound in MiB and the roots as its arguments."""
    try:
        serve(int(sys.argv[1]), [Path(root) for root in sys.argv[2:]])
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    # The reading thread holds standard input, which the interpreter would wait for.
    sys.stderr.flush()
    os._exit(1)
