"""What a briefing is made of, whatever it is written as."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import shorten

from oscp_report.comparison.moves import FigureChange
from oscp_report.comparison.reports import Comparison
from oscp_report.comparison.sentences import sentence
from oscp_report.comparison.texts import Run

LONGEST_NAME = 160
"""Characters of a priority's title where it is only named."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to read: a head such as ``Paragraph 8b``, the words, and what else there is."""

    runs: tuple[Run, ...]
    head: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its items."""

    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Briefing:
    """A title, the whole in a sentence, and the sections that have something to say."""

    title: str
    summary: str
    sections: tuple[Section, ...] = ()

    @property
    def has_marks(self) -> bool:
        """Whether it shows words that came or went."""
        items = (item for section in self.sections for item in section.items)
        return any(run.kind != "same" for item in items for run in item.runs)


def plain(text: str, *notes: str, head: str = "") -> Item:
    """A sentence in which no word came or went."""
    return Item((Run("same", text),), head, notes)


def told_of(figure: FigureChange, found: Comparison) -> str:
    """What became of a figure, as a sentence without its stop."""
    absent = {"new": found.old.year, "dropped": found.new.year}.get(figure.change.direction)
    return sentence(figure.label, figure.change, absent)


def named(title: str) -> str:
    """A title within a sentence: in quotation marks, and no longer than it takes to know it."""
    return f"“{cut_short(title)}”"


def cut_short(title: str) -> str:
    """A title, of a very long one the first words, without the colon at its end."""
    return shorten(title, LONGEST_NAME, placeholder=" …").rstrip(":")
