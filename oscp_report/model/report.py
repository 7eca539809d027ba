"""The Council report for one year, part by part, and what does not change with the year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from oscp_report.diagnostics import Location
from oscp_report.model.figures import Figure
from oscp_report.model.text import Text
from oscp_report.year import Year

Status = Literal["draft", "final"]
Numbering = Literal["running", "by-section", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table, or several under one label."""

    label: Text
    columns: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table below a paragraph. A row has a cell for each column, the first of them its head."""

    caption: Text
    columns: tuple[Column, ...]
    rows: tuple[tuple[Text, ...], ...]
    location: Location = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A numbered paragraph, an achievement, an item or a row's value; items are numbered below."""

    text: Text
    id: str = ""
    items: tuple[Paragraph, ...] = ()
    table: Table | None = None
    location: Location = field(compare=False)

    def walk(self) -> Iterator[Paragraph]:
        """This paragraph and all below it, in printed order."""
        yield self
        for item in self.items:
            yield from item.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A label and its value, at the head of the report, in the summary or in a contact."""

    label: Text
    value: Paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and its numbered paragraphs, and below them sections of ``level`` 2."""

    heading: Text
    paragraphs: tuple[Paragraph, ...] = ()
    id: str = ""
    sections: tuple[Section, ...] = ()
    level: int = 1
    location: Location = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority:
    """What the partnership set out to do. ``id`` survives rewording from year to year."""

    id: str
    title: Text
    items: tuple[Paragraph, ...] = ()
    location: Location = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Priorities:
    """A numbered paragraph (``lead``) whose items are the year's priorities."""

    lead: Text
    items: tuple[Priority, ...]
    heading: Text | None = None
    id: str = ""
    year: Year | None = None
    location: Location = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A numbered paragraph that reports on a priority and owns its achievements.

    ``priority`` is None where the paragraph answers no priority.
    """

    text: Text
    priority: Text | None = None
    id: str = ""
    achievements: tuple[Paragraph, ...] = ()
    location: Location = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Achievements:
    """The heading under which the themes stand."""

    heading: Text
    themes: tuple[Theme, ...]
    location: Location = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Appendix:
    """An appendix: its title, and the file it is, relative to ``data/`` (None: no file).

    One with ``figures`` is printed with the report: the figures, year on year; ``all``, or those
    whose ids are listed.
    """

    title: Text
    file: Text | None = None
    figures: tuple[Text, ...] | Literal["all"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """A warning an officer has looked at, and why it may stand."""

    rule: Text
    about: Text
    because: Text
    location: Location = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What was corrected after publication: when, what, and why."""

    date: date
    what: Text
    why: Text
    location: Location = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The Council report for one year.

    ``answers`` asks for "We said, we did": each priority that the last report announced, and where
    this one reports on it. ``places`` tells where the value of each of the file's own fields
    stands.
    """

    year: Year
    status: Status = "draft"
    corrections: tuple[Correction, ...] = ()
    numbering: Numbering = "running"
    cover: tuple[Row, ...]
    summary: tuple[Row, ...] = ()
    appendices: tuple[Appendix, ...] | Text | None = None
    introduction: Section | None = None
    priorities: Priorities
    sections_before: tuple[Section, ...] = ()
    achievements: Achievements
    answers: bool = False
    sections_after: tuple[Section, ...] = ()
    next_priorities: Priorities | None = None
    figures: Mapping[str, Figure] = field(default_factory=dict)
    accepted: tuple[Acceptance, ...] = ()
    contacts: tuple[tuple[Row, ...], ...] = ()
    background_papers: tuple[Text, ...] | Text | None = None
    first_page: int = 1
    location: Location = field(compare=False)
    places: Mapping[str, Location] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Partnership:
    """What does not change with the year.

    ``file_name`` is what the names of built files begin with; where it is empty, the short name and
    the report's are.

    ``notice`` is a line that stands at the head of every page; ``website`` the address of the
    site with all years, or empty.
    A count of people from 1 to below ``disclosure_threshold`` may tell who they are.
    """

    name: Text
    short_name: Text
    council: Text
    report_name: str = "Annual Review"
    file_name: str = ""
    language: str = "en-GB"
    website: str = ""
    partners: tuple[Text, ...] = ()
    notice: Text | None = None
    disclosure_threshold: int | None = None
    abbreviations: Mapping[str, Text] = field(default_factory=dict)
    cover: tuple[Row, ...] = ()
    labels: Mapping[str, Text] = field(default_factory=dict)
    location: Location = field(compare=False)
    places: Mapping[str, Location] = field(default_factory=dict, compare=False, repr=False)
