"""The server: Starlette's application in uvicorn, on this machine alone, bounded in every way."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections import deque
from collections.abc import Callable
from typing import Any

from oscp_report.errors import ReportError
from oscp_report.preview.guarding import (
    LARGEST_HEAD,
    LOOPBACK,
    App,
    Guard,
    Receive,
    Scope,
    Send,
    headers_of,
    hosts_of,
    name_of,
)
from oscp_report.preview.shelf import FILE, Shelf
from oscp_report.preview.telling import Teller

EVENTS = "events"
PORTS = 50
"""How many ports are tried, one after another."""

PATIENCE = 5.0
"""Seconds for a request to arrive whole, and for a connection to wait for the next one."""
MOST_WAITING = 48
"""Connections without a request. Each more closes the one that has waited longest: a browser opens
six and asks at once, so that whoever only holds them cannot keep it out."""


class NoPort(ReportError):
    """Every port that was tried is taken."""


def open_port(first: int) -> tuple[socket.socket, int]:
    """A socket on the first port that is free, and the port.

    Raises:
        NoPort: it and those after it are all in use, or this machine lets nobody listen.
    """
    for port in range(first, min(first + PORTS, 65536)):
        opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if sys.platform == "win32":
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:  # a port that a preview has just left can be had again at once
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            opened.bind((LOOPBACK, port))
            opened.listen(128)
        except OSError:
            opened.close()
            continue
        return opened, opened.getsockname()[1]
    fix = "end a preview that still runs, or name another port with `--port`"
    raise NoPort(f"the ports from {first} on are all in use", fix=fix)


def application(shelf: Shelf, teller: Teller, port: int, token: str) -> App:
    """What answers: the shelf by exact path, and the stream of events; all behind the guard."""
    from starlette.applications import Starlette
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import Response, StreamingResponse
    from starlette.routing import Mount

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        name = name_of(scope["raw_path"], token) or ""
        (host,) = (v.decode("latin-1") for n, v in scope["headers"] if n == b"host")
        response: Response
        found = shelf.find(name)
        if name == EVENTS and scope["method"] == "GET" and not teller.is_full:
            headers = headers_of(FILE, host, token)
            kind = "text/event-stream"
            response = StreamingResponse(teller.events(), headers=headers, media_type=kind)
        elif name == EVENTS:
            status = 503 if teller.is_full else 200
            response = Response(status_code=status, headers=headers_of(FILE, host, token))
        elif found is None:
            body, headers = "there is no such page\n", headers_of(FILE, host, token)
            response = Response(body, 404, headers, media_type="text/plain")
        else:
            whole = found.body() if found.is_made else await run_in_threadpool(found.body)
            headers = {**headers_of(found.policy, host, token), "content-type": found.type}
            response = Response(whole, headers=headers)
        await response(scope, receive, send)

    return Guard(Starlette(routes=[Mount("/", app=answer)]), hosts_of(port), token)


class Server:
    """Serves until it is told to end."""

    def __init__(self, app: App) -> None:
        import uvicorn

        waiting: deque[Any] = deque()
        config = uvicorn.Config(
            app,
            http=_protocol(waiting),
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            h11_max_incomplete_event_size=LARGEST_HEAD,
            timeout_keep_alive=int(PATIENCE),
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)

    def end(self) -> None:
        """Let it end; may be called more than once."""
        self._server.should_exit = True

    async def serve(self, opened: socket.socket) -> None:
        """Serve on a socket until ``end``."""
        # Its own `serve` would take the signals, and raise them again afterwards.
        await self._server._serve([opened])


def _protocol(waiting: deque[Any]) -> type[asyncio.Protocol]:
    """uvicorn's protocol, with an end to waiting: for the first request, and for the rest of one.

    uvicorn bounds only the time between two requests, and a bound on connections of its own
    (``limit_concurrency``) would refuse a browser while somebody holds them all.
    """
    from uvicorn.protocols.http.h11_impl import H11Protocol

    class Bounded(H11Protocol):
        _clock: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
            super().connection_made(transport)
            self._wait()
            if len(waiting) > MOST_WAITING:
                waiting.popleft()._close()

        def data_received(self, data: bytes) -> None:
            before = self.cycle
            super().data_received(data)
            if self.cycle is not before:
                self._stop_waiting()

        def on_response_complete(self) -> None:
            super().on_response_complete()
            if not self.transport.is_closing() and self.cycle.response_complete:
                self._stop_waiting()
                self._wait()

        def connection_lost(self, exc: Exception | None) -> None:
            self._stop_waiting()
            super().connection_lost(exc)

        def _wait(self) -> None:
            waiting.append(self)
            self._clock = self.loop.call_later(PATIENCE, self._close)

        def _stop_waiting(self) -> None:
            if self._clock:
                self._clock.cancel()
                self._clock = None
            if self in waiting:
                waiting.remove(self)

        def _close(self) -> None:
            self._stop_waiting()
            self.transport.abort()

    return Bounded


Stopper = Callable[[], None]


def catch_signals(loop: asyncio.AbstractEventLoop, stop: Stopper) -> None:
    """Let Ctrl-C, and being told to end, stop the preview rather than break it."""
    import signal

    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stop)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))
