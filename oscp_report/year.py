"""The financial year: 1 April to 31 March, written 2018-19."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

FIRST, LAST = 1900, 2999
"""The years in which a financial year may start: a slip such as 0218-19 is none."""

_WRITTEN = re.compile("([0-9]{4})[-/\u2013]([0-9]{2})")


@dataclass(frozen=True, slots=True, order=True)
class Year:
    """A financial year, by the calendar year in which it starts. ``str()`` gives ``2018-19``."""

    start: int

    @classmethod
    def parse(cls, text: str) -> Year:
        """The year written ``2018-19``, ``2018/19`` or ``2018–19`` (ASCII digits only).

        Raises:
            ValueError: the text has another shape, its two halves are not successive years, or it
                starts outside ``FIRST`` to ``LAST``.
        """
        match = _WRITTEN.fullmatch(text)
        if match is None or not FIRST <= int(match[1]) <= LAST:
            raise ValueError(f"`{text}` is not a financial year")
        start = int(match[1])
        if int(match[2]) != (start + 1) % 100:
            raise ValueError(f"`{text}` does not run from one year to the next")
        return cls(start)

    def __str__(self) -> str:
        return f"{self.start}-{(self.start + 1) % 100:02}"

    @property
    def next(self) -> Year:
        """The year after."""
        return Year(self.start + 1)

    @property
    def last_day(self) -> date:
        """31 March of the year in which it ends."""
        return date(self.start + 1, 3, 31)
