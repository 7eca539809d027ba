"""What a PDF carries besides its pages: files, and words about itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Relationship = Literal["Source", "Data"]
"""What a file is to the document (ISO 32000-2, 7.11.3): what it was made from, or its numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """A file in a PDF.

    ``name`` has no folder. ``kind`` is its media type, ``day`` a date in ISO 8601 that comes from
    the data: the same on every run.
    """

    name: str
    data: bytes
    kind: str
    relationship: Relationship
    description: str
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a PDF says of itself. ``meeting`` is a day in ISO 8601, or empty.

    ``identifier`` is the digest of what the PDF was made from.
    """

    author: str
    subject: str
    keywords: tuple[str, ...]
    program: str
    identifier: str
    meeting: str = ""

    @classmethod
    def from_header(cls, header: Mapping[str, Any]) -> About:
        """What ``dataclasses.asdict`` and JSON made a frame's header of."""
        return cls(**{**header, "keywords": tuple(header["keywords"])})


@dataclass(frozen=True, slots=True)
class Enclosure:
    """All that a PDF carries."""

    about: About
    files: tuple[Enclosed, ...]
