"""What a year's report holds: frozen values, each with its place in the file, and no I/O."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import Literal

from oscp_report.diagnostics import Location
from oscp_report.wording import Unit
from oscp_report.year import Year

Status = Literal["draft", "final"]
Better = Literal["lower", "higher", "neither"]

# How YAML writes a text: marks before a block, and what stands for a character within quotes.
_BLOCKS = ("|", ">")
_LINE_END = re.compile(r"\r\n?|\n")
_DOUBLED = re.compile("''")
_ESCAPE = re.compile(
    r"\\(?:x(?P<two>[0-9A-Fa-f]{2})|u(?P<four>[0-9A-Fa-f]{4})|U(?P<eight>[0-9A-Fa-f]{8})"
    r"|(?P<joint>(?:\r\n?|\n)[ \t]*)|(?P<letter>.))"
)
_SPACES = "0abtnvfreNLP_ "  # letters whose escape is white space, or a control character
_PADDING, _JOINT = "\0", "\1"  # no file has them
_WITHIN, _BETWEEN, _AFTER = r"[\0\1]*", r"[\s\0\1]+", r"\0*"


@dataclass(frozen=True, slots=True)
class Text:
    """What an officer typed, Markdown and references included.

    ``source`` is the raw YAML of the scalar, from its first character to its last, so that a
    fragment's own place can be found again in a folded text.
    """

    value: str
    location: Location = field(compare=False)
    source: str = field(default="", compare=False, repr=False)

    def __str__(self) -> str:
        return self.value

    def __bool__(self) -> bool:
        return bool(self.value.strip())

    def at(self, fragment: str, occurrence: int = 0) -> Location:
        """Where a fragment stands in the file; the text's own place where it cannot be found.

        ``occurrence`` counts from 0, those that overlap as well. White space in the fragment
        matches any white space, since YAML folds line ends; the location covers the fragment's
        part on its first line.
        """
        words = [_WITHIN.join(map(re.escape, word)) for word in fragment.split()]
        pattern = re.compile(f"(?=({_BETWEEN.join(words)}{_AFTER}))")
        found = pattern.finditer(_as_read(self.source)) if words else iter(())
        match = next(islice(found, occurrence, None), None)
        if match is None:
            return self.location
        start, end = match.span(1)
        line_ends = list(_LINE_END.finditer(self.source, 0, start))
        line = self.location.line + len(line_ends)
        column = start - line_ends[-1].end() + 1 if line_ends else self.location.column + start
        first_line = _LINE_END.split(self.source[start:end])[0]
        return Location(self.location.file, line, column, len(first_line.rstrip()))


def _as_read(source: str) -> str:
    """The raw YAML of a scalar with every character of its text where it starts in the raw YAML.

    What else there is (quotes, a block's marks, the rest of an escape) is padding.
    """
    style = source[:1]
    if style in _BLOCKS:
        # A block's first line holds its marks and no text.
        first = _LINE_END.search(source)
        start = first.end() if first else len(source)
        return _PADDING * start + source[start:]
    if style == "'":
        return _PADDING + _DOUBLED.sub(f"'{_PADDING}", source[1:-1])
    return _PADDING + _ESCAPE.sub(_unescaped, source[1:-1]) if style == '"' else source


def _unescaped(match: re.Match[str]) -> str:
    if match["joint"]:
        return _JOINT * len(match[0])
    digits = match["two"] or match["four"] or match["eight"]
    character = match["letter"]
    if digits:
        code = int(digits, 16)
        character = chr(code) if code <= sys.maxunicode else " "
    elif character in _SPACES:
        character = " "
    return character.ljust(len(match[0]), _PADDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A numbered paragraph, an achievement, an item or a row's value; items are numbered below."""

    text: Text
    id: str = ""
    items: tuple[Paragraph, ...] = ()
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
    """A heading and its numbered paragraphs."""

    heading: Text
    paragraphs: tuple[Paragraph, ...]
    id: str = ""
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
class Figure:
    """One reported number. ``value`` is in ``unit``; None means not given yet, never zero."""

    id: str
    label: Text
    value: Decimal | None
    unit: Unit = "count"
    period: Text | None = None
    source: Text | None = None
    note: Text | None = None
    better: Better = "neither"
    location: Location = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Appendix:
    """An appendix: its title, and the file it is, relative to ``data/`` (None: no file)."""

    title: Text
    file: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """A warning an officer has looked at, and why it may stand."""

    rule: Text
    about: Text
    because: Text
    location: Location = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The Council report for one year.

    ``places`` tells where the value of each of the file's own fields stands.
    """

    year: Year
    status: Status = "draft"
    cover: tuple[Row, ...]
    summary: tuple[Row, ...] = ()
    appendices: tuple[Appendix, ...] | Text | None = None
    introduction: Section | None = None
    priorities: Priorities
    sections_before: tuple[Section, ...] = ()
    achievements: Achievements
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
    """What does not change with the year. ``short_name`` names the files that a build writes."""

    name: Text
    short_name: Text
    council: Text
    report_name: str = "Annual Review"
    language: str = "en-GB"
    partners: tuple[Text, ...] = ()
    abbreviations: Mapping[str, Text] = field(default_factory=dict)
    cover: tuple[Row, ...] = ()
    labels: Mapping[str, Text] = field(default_factory=dict)
    location: Location = field(compare=False)
    places: Mapping[str, Location] = field(default_factory=dict, compare=False, repr=False)
