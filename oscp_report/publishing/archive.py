"""What is published: the years of a partnership, and the files that stand beside each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from oscp_report.model import Partnership, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of a year: its name, relative to the year's folder, and its size in bytes."""

    name: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Superseded:
    """The files that a correction of a day replaced, as they had been published."""

    day: date
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedYear:
    """A year's report and its files; ``pages`` are those of the PDF.

    ``digest`` stands for all that the report says: two years that have the same say the same.
    """

    report: Report
    digest: str
    html: File
    pdf: File
    pages: int
    source: File
    superseded: tuple[Superseded, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """All that a site shows: its years, oldest first, and no year twice.

    A report that is a draft is shown as one. Neither the feed nor the sitemap names it.
    """

    partnership: Partnership
    years: tuple[PublishedYear, ...]
