"""What last year's words say in next year's file: years moved on, references looked after."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial

from oscp_report.model import Report
from oscp_report.reading.notes import LONGEST_TEXT
from oscp_report.references import Reference, references, split
from oscp_report.wording import LARGEST_IN_WORDS, written_in_words
from oscp_report.year import Year

OPEN = "???"
"""Stands for a reference that cannot be carried over. It is a placeholder that ``check`` reports,
and no longer than the shortest reference, so that no text outgrows its place."""

BRING_UP_TO_DATE = "TODO: bring up to date: "
STILL_SO = "TODO: still so? "

_FINANCIAL = re.compile(
    r"(?<![\w-])(?P<start>(?:19|2[0-9])[0-9]{2})(?P<sign>[-/\u2013])(?P<end>[0-9]{4}|[0-9]{2})"
    r"(?![\w]|[-/\u2013][0-9])",
    re.ASCII,
)
_CALENDAR = re.compile(r"(?<![0-9£,.])(?:19|2[0-9])[0-9]{2}(?![0-9]|[,.][0-9])", re.ASCII)
_ADDRESS = re.compile(r"\w+://|mailto:|\]\(", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Words:
    """A text for the new file. ``doubt`` says that it holds a placeholder, or was marked by one.

    ``dropped`` are references of the old text for which ``???`` stands; ``moved`` says that a year
    in it was moved on.
    """

    text: str
    dropped: tuple[str, ...] = ()
    moved: bool = False
    doubt: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """From one year's report to another's. ``ids`` are those of the new file's paragraphs."""

    last: Report
    year: Year
    ids: Collection[str] = ()
    priorities: Collection[str] = ()

    @property
    def years(self) -> int:
        """How many years the step is long; negative for a step back."""
        return self.year.start - self.last.year.start

    def is_dated(self, text: str) -> bool:
        """Whether a text names a financial year, or a calendar year of the last report's time."""
        first = self.last.year.start
        return any(map(_spans, _FINANCIAL.finditer(text))) or any(
            first <= int(match[0]) <= first + 2 for match in _CALENDAR.finditer(text)
        )

    def moved(self, text: str) -> str | None:
        """The text with last year, and the year after it, moved on; None where that is unsafe.

        It is where the text names another year besides, or the year may be part of an address.
        """
        ours = (self.last.year.start, self.last.year.start + 1)

        def move(match: re.Match[str], *, away: bool) -> str:
            start = int(match["start"])
            if not _spans(match) or start not in ours:
                return match[0]
            start += self.years
            end = str(start + 1) if len(match["end"]) == 4 else f"{(start + 1) % 100:02}"
            return "" if away else f"{start}{match['sign']}{end}"

        if not self.is_dated(text):
            return text
        named = any(self.is_dated(found.raw) for found in references(text))
        rest = _FINANCIAL.sub(partial(move, away=True), text)
        if named or self.is_dated(rest) or _ADDRESS.search(text):
            return None
        return _FINANCIAL.sub(partial(move, away=False), text)

    def heading(self, text: str) -> Words:
        """A heading, or a row that says what the report is: its year moved on, or marked."""
        moved = self.moved(text)
        if moved is None:
            return self.standing(text)
        kept, dropped = self._kept(moved)
        return Words(kept, dropped, moved != text, bool(dropped))

    def standing(self, text: str, *, marked: bool = False, mark: str = BRING_UP_TO_DATE) -> Words:
        """A text that stands from year to year; marked where it may not.

        It may not where it names a year, reports a figure, or refers to what the new file lacks.
        """
        kept, dropped = self._kept(text)
        figures = any(found.kind == "figure" for found in references(kept))
        if not (marked or dropped or figures or self.is_dated(text)):
            return Words(kept)
        return Words(self.marked(kept, mark), dropped, doubt=True)

    def marked(self, text: str, mark: str = BRING_UP_TO_DATE) -> str:
        """A text with a placeholder before it, which one from a draft may have already."""
        if text.startswith((BRING_UP_TO_DATE, STILL_SO)):
            return text
        too_long = len(mark) + len(text) > LONGEST_TEXT
        return f"{mark}the text of the report for {self.last.year}" if too_long else f"{mark}{text}"

    def announced(self, text: str, longest: int = LONGEST_TEXT) -> Words:
        """What the last report announced, as it was printed: figures are written out.

        They are not where the text would become longer than its place allows.
        """
        kept, dropped = _replaced(text, self._printed)
        if len(kept) > longest:
            kept, dropped = _replaced(text, self._paragraph)
        return Words(kept, dropped, doubt=bool(dropped))

    def _kept(self, text: str) -> tuple[str, tuple[str, ...]]:
        return _replaced(text, self._carried)

    def _carried(self, found: Reference) -> str:
        """A reference that the new file can carry, or nothing."""
        if found.kind == "para":
            return self._paragraph(found)
        if found.kind == "priority":
            return found.raw if found.target in self.priorities else ""
        # A draft prints a value that is still to come; a change from nothing it cannot.
        return found.raw if found.target in self.last.figures and not found.aspect else ""

    def _paragraph(self, found: Reference) -> str:
        return found.raw if found.kind == "para" and found.target in self.ids else ""

    def _printed(self, found: Reference) -> str:
        """What the last report printed for a figure; a paragraph's reference, where it holds."""
        figure = self.last.figures.get(found.target) if found.kind == "figure" else None
        if figure is None or figure.value is None or found.aspect:
            return self._paragraph(found)
        whole = figure.value == figure.value.to_integral_value()
        if found.form and whole and 0 <= figure.value <= LARGEST_IN_WORDS:
            return written_in_words(int(figure.value), figure.unit)
        return "" if found.form else figure.written(figure.unit)


def _replaced(text: str, by: Callable[[Reference], str]) -> tuple[str, tuple[str, ...]]:
    """A text with its references replaced, and those for which there is nothing."""
    pieces: list[str] = []
    dropped: list[str] = []
    done = 0
    for found, start in _placed(text):
        instead = by(found)
        if not instead:
            dropped.append(found.raw)
        pieces += text[done:start], instead or OPEN
        done = start + len(found.raw)
    return "".join((*pieces, text[done:])), tuple(dropped)


def _placed(text: str) -> Iterator[tuple[Reference, int]]:
    """The references of a text, each with where it begins."""
    position = 0
    for piece in split(text):
        if isinstance(piece, str):
            # A lone brace can only come of `{{`: other strings have none.
            position += 2 if piece == "{" else len(piece)
            continue
        if isinstance(piece, Reference):
            yield piece, position
        position += len(piece.raw)


def _spans(match: re.Match[str]) -> bool:
    """Whether two years follow each other, as those of a financial year do."""
    end = int(match["start"]) + 1
    return int(match["end"]) in (end, end % 100)
