"""One preview from beginning to end: files followed, the page built, the PDF drawn, all served."""

from __future__ import annotations

import asyncio
import gc
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event, Thread

from oscp_report import checking
from oscp_report.errors import ReportError
from oscp_report.preview import FIRST_PORT
from oscp_report.preview.board import Board
from oscp_report.preview.differing import differing
from oscp_report.preview.drawing import Drawer
from oscp_report.preview.editions import CHOICES, Choice
from oscp_report.preview.guarding import LOOPBACK, new_token
from oscp_report.preview.pages import Pages
from oscp_report.preview.reading import Page, Reading, read
from oscp_report.preview.serving import Server, application, catch_signals, open_port
from oscp_report.preview.shelf import CSS, HTML, SCRIPT, SHELL, Answer, Shelf
from oscp_report.preview.telling import Teller
from oscp_report.preview.unmarked import OTHER, words_on
from oscp_report.preview.watching import follow, is_on_network
from oscp_report.workspace import Workspace, shipped_templates
from oscp_report.year import Year

TRY_AGAIN = 1.0
"""Seconds after which a file that could not be read is tried again: nobody tells when a program
that held it lets it go."""
KEPT_READINGS = 8
"""Saves after which what was read of older ones is let go."""
_ASSETS = frozenset(".conf .gif .jpeg .jpg .otf .png .svg .ttc .ttf .webp .woff .woff2".split())
"""What the renderer reads from the templates by itself, and keeps."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for: which year, from which port on, whether to look at files by polling."""

    year: Year
    port: int = FIRST_PORT
    polls: bool = False


class Preview:
    """A workspace's year, followed. ``said`` is called with each line for whoever started it."""

    def __init__(self, workspace: Workspace, wish: Wish, said: Callable[[str], None]) -> None:
        self._workspace = workspace
        self._wish = wish
        self._said = said
        self._shelf = Shelf()
        self._teller = Teller()
        self._changed = Event()
        self._templates_changed = self._fonts_changed = self._others_changed = False
        self._drawn: object = None
        self._ended = Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._board = Board(workspace.root, wish.year, self._shelf, self._tell, self._differences)
        self._pages = Pages(workspace)
        self._drawer = Drawer(workspace, self._pages, self._board.draw, self._board.drawn)

    def run(self, opened: Callable[[str], None]) -> None:
        """Serve until Ctrl-C. ``opened`` is called with the address, once it can be asked.

        Raises:
            ReportError: no port is free.
        """
        asyncio.run(self._run(opened))

    async def _run(self, opened: Callable[[str], None]) -> None:
        self._loop = asyncio.get_running_loop()
        socket, port = open_port(self._wish.port)
        if self._wish.port not in (0, port):
            self._said(f"port {self._wish.port} is in use, so this is port {port}")
        token = new_token()
        server = Server(application(self._shelf, self._teller, port, token))
        self._shelf.put("shell", _shell(), kept=1)

        def stop() -> None:
            self._teller.end()
            server.end()

        catch_signals(self._loop, stop)
        self._drawer.start()
        threads = [Thread(target=work, daemon=True) for work in (self._build, self._follow)]
        for thread in threads:
            thread.start()
        opened(f"http://{LOOPBACK}:{port}/{token}/")
        try:
            await server.serve(socket)
        finally:
            self._ended.set()
            self._changed.set()
            self._drawer.end()
            for thread in threads:
                thread.join(3)

    def _tell(self, state: str) -> None:
        if self._loop and not self._ended.is_set():
            with suppress(RuntimeError):  # the loop has just ended
                self._loop.call_soon_threadsafe(self._teller.tell, state)

    def _follow(self) -> None:
        root = self._workspace.root
        folders = list(dict.fromkeys([root / "data", root / "templates", shipped_templates()]))
        polls = True if self._wish.polls else None
        if polls is None and is_on_network(root):
            self._said("this folder is on a network drive, so files are looked at by polling")
            polls = True
        follow(folders, self._note, self._ended, polls=polls)

    def _note(self, paths: Sequence[Path]) -> None:
        templates = {self._workspace.root / "templates", shipped_templates()}
        for path in paths:
            if templates & {path, *path.parents}:
                self._templates_changed = True
                self._fonts_changed |= path in templates or path.suffix.lower() in _ASSETS
            elif path.name != f"{self._wish.year}.yaml":
                self._others_changed = True
        self._changed.set()

    def _build(self) -> None:
        """Build after every change; what changes meanwhile is built next, so the last one wins."""
        readings = 0
        while not self._ended.is_set():
            self._changed.clear()
            anew, self._fonts_changed = self._fonts_changed, False
            if self._templates_changed:
                self._templates_changed = False
                self._pages.forget()
            if self._others_changed:
                self._others_changed = False
                self._board.turn()
            found = read(self._workspace, self._wish.year, self._pages)
            self._show(found, anew=anew)
            readings += 1
            if readings % KEPT_READINGS == 0:
                _let_go()
            self._changed.wait(TRY_AGAIN if found.is_passing else None)

    def _show(self, found: Reading, *, anew: bool) -> None:
        if found.page is not None:
            self._board.show(found.page)
            self._draw(found.page, anew=anew)
            self._board.find(found.findings(), found.lines)
        elif found.problem is not None:
            self._drawn = None
            self._drawer.draw(None, anew=anew)
            findings = found.findings() if found.begun else None
            self._board.refuse(found.problem, findings, found.lines)

    def _draw(self, page: Page, *, anew: bool) -> None:
        """Draw a page's PDF, unless it is that of the last one."""
        made_from = (page.html, page.source.contents)
        if anew or made_from != self._drawn:
            self._drawn = made_from
            self._drawer.draw(page.source, anew=anew)

    def _differences(self, page: Page) -> dict[str, Callable[[], bytes]]:
        def maker(choice: Choice) -> Callable[[], bytes]:
            return lambda: json.dumps(self._difference(page, choice), ensure_ascii=False).encode()

        return {choice.name: maker(choice) for choice in CHOICES}

    def _difference(self, page: Page, choice: Choice) -> dict[str, str]:
        source = page.source
        try:
            other = choice.find(self._workspace, self._wish.year)
            view = source.view_of(other.report, other.partnership, other.history)
            found = differing((other.report, view), (source.report, page.view), source.history)
            html = self._pages.render(found.view)
            if found.is_none and words_on(self._pages.render(view)) != words_on(page.html):
                found = replace(found, elsewhere=(OTHER,))
        except ReportError as error:
            return {"problem": str(error), "fix": error.fix}
        except Exception as error:  # another version may be broken in any way
            return {"problem": f"the two cannot be compared: {error}", "fix": ""}
        return {"html": html, "told": f"Compared with {other.name}: {found.told}."}


def _let_go() -> None:
    """Free what is kept for the files of saves that are past: every save is another file."""
    checking.forget()
    gc.collect()  # reports and pages are rings, which Python would leave until they were many


def _shell() -> dict[str, Answer]:
    """The preview's own page, its style sheet and its script."""
    folder = Path(__file__).parent / "page"
    page = (folder / "preview.html").read_bytes()
    return {
        "": Answer.of(page, HTML, SHELL),
        "preview.css": Answer.of((folder / "preview.css").read_bytes(), CSS),
        "preview.js": Answer.of((folder / "preview.js").read_bytes(), SCRIPT),
    }
