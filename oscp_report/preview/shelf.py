"""What the preview serves: every answer in memory, by its exact path. No path reaches the disk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock

HTML = "text/html; charset=utf-8"
CSS = "text/css; charset=utf-8"
SCRIPT = "text/javascript; charset=utf-8"
JSON = "application/json"
PDF = "application/pdf"

SHELL, REPORT, FILE, DRAWN = "shell", "report", "file", "drawn"
"""Which content security policy an answer has: the preview's own page, the report, a PDF, all else.
"""

KEPT = 2
"""Versions of a page that can be fetched: the last, and one for a tab that is just asking."""


@dataclass(slots=True)
class Answer:
    """Bytes with their type. Those that cost something are made when they are first asked for.

    Where ``is_kept`` is false they are made at every asking: what they are made of may change.
    """

    make: Callable[[], bytes]
    type: str
    policy: str = FILE
    is_kept: bool = True
    _body: bytes | None = None
    _lock: Lock = field(default_factory=Lock)

    @classmethod
    def of(cls, body: bytes, type: str, policy: str = FILE) -> Answer:
        return cls(lambda: body, type, policy, _body=body)

    @property
    def is_made(self) -> bool:
        """Whether ``body`` costs nothing."""
        return self._body is not None

    def body(self) -> bytes:
        """The bytes; those that are kept are made once, whoever asks at the same time."""
        with self._lock:
            if self._body is not None:
                return self._body
            made = self.make()
            if self.is_kept:
                self._body = made
            return made


class Shelf:
    """The answers by name. Each group that is put there takes the place of one before it."""

    def __init__(self) -> None:
        self._answers: dict[str, Answer] = {}
        self._groups: dict[str, list[Mapping[str, Answer]]] = {}

    def put(self, group: str, answers: Mapping[str, Answer], kept: int = KEPT) -> None:
        """Put answers there, and take away those of the same group but the last ``kept``."""
        groups = [*self._groups.get(group, []), answers][-kept:]
        self._groups[group] = groups
        others = (old for name, old in self._groups.items() if name != group)
        every = (answers for old in (*others, groups) for answers in old)
        # Replaced whole: whoever looks at the same time sees the one or the other.
        self._answers = {name: answer for answers in every for name, answer in answers.items()}

    def find(self, name: str) -> Answer | None:
        return self._answers.get(name)

    def __len__(self) -> int:
        return len(self._answers)
