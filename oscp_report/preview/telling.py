"""Telling every open page what is new, as server-sent events (HTML Standard, 9.2)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio

HEARTBEAT = 15.0
"""Seconds after which a page is told that nothing is new, so that one that is gone is noticed."""

MOST_LISTENERS = 24
"""Pages that may listen at once; more than anybody has open."""


class Teller:
    """Holds the last state, and hands it to whoever listens. Lives in the server's own thread."""

    def __init__(self) -> None:
        self._state = ""
        self._listeners: set[asyncio.Event] = set()
        self._has_ended = False

    @property
    def is_full(self) -> bool:
        """Whether nobody more may listen."""
        return len(self._listeners) >= MOST_LISTENERS

    def tell(self, state: str) -> None:
        """Take a state, one line of JSON, for the last; a listener who is slow misses those before.

        Whoever comes later is told it at once.
        """
        self._state = state
        self._wake()

    def end(self) -> None:
        """Let every listener go."""
        self._has_ended = True
        self._wake()

    def _wake(self) -> None:
        for listener in self._listeners:
            listener.set()

    async def events(self) -> AsyncIterator[str]:
        """The states, beginning with the last one, as a stream of events."""
        import asyncio

        news = asyncio.Event()
        if self._state:
            news.set()
        self._listeners.add(news)
        try:
            yield "retry: 500\n\n"
            while not self._has_ended:
                try:
                    await asyncio.wait_for(news.wait(), HEARTBEAT)
                except TimeoutError:
                    yield ": nothing new\n\n"
                    continue
                news.clear()
                if not self._has_ended:
                    yield f"data: {self._state}\n\n"
        finally:
            self._listeners.discard(news)
