"""What a PDF carries besides its pages: files, and words about itself; and how they travel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
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


@dataclass(frozen=True, slots=True)
class Enclosure:
    """All that a PDF carries."""

    about: About
    files: tuple[Enclosed, ...]

    def to_frame(self) -> tuple[dict[str, Any], bytes]:
        """The header and the body of a frame between the program and its renderer."""
        heads = [
            {**asdict(each), "data": len(each.data)} for each in self.files
        ]  # the bytes themselves follow in the body, one file after the other
        header = {"about": asdict(self.about), "files": heads}
        return header, b"".join(each.data for each in self.files)

    @classmethod
    def from_frame(cls, header: Mapping[str, Any], body: bytes) -> Enclosure:
        """What ``to_frame`` made a frame of."""
        files, start = [], 0
        for head in header["files"]:
            end = start + head["data"]
            files.append(Enclosed(**{**head, "data": body[start:end]}))
            start = end
        about = {**header["about"], "keywords": tuple(header["about"]["keywords"])}
        return cls(About(**about), tuple(files))
