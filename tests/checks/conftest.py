"""A small report that no rule objects to, changed here and there and checked as a program would."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from oscp_report.checks import Subject, findings, settle
from oscp_report.diagnostics import Diagnostic, Location
from oscp_report.model import Report
from oscp_report.reading.loading import load_partnership, load_report
from oscp_report.year import Year
from tests import conftest

YEAR_FILE, PARTNERSHIP_FILE = "data/2020-21.yaml", "data/partnership.yaml"
LAST_FILE = "data/2019-20.yaml"
PARTNERSHIP = f"{conftest.PARTNERSHIP}labels:\n  summary: Summary\n"
OPEN, CLOSE = "⟦", "⟧"


@dataclass(frozen=True)
class Checked:
    """What was found in a changed file (``faults`` by the reader), and where its markers stood."""

    subject: Subject
    found: list[Diagnostic]
    faults: tuple[Diagnostic, ...]
    marked: list[Location]
    lines: Mapping[str, tuple[str, ...]]

    def of(self, code: str) -> list[Diagnostic]:
        return [diagnostic for diagnostic in self.found if diagnostic.code == code]


Edits = Mapping[str, str]
Check = Callable[..., Checked]


def edited(text: str, edits: Edits) -> str:
    for old, new in edits.items():
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the base"
        text = text.replace(old, new)
    return text


def unmarked(text: str, file: str) -> tuple[str, list[Location]]:
    """The text without its ⟦markers⟧, and where they stood."""
    marked = []
    while (start := text.find(OPEN)) >= 0:
        text = text.replace(OPEN, "", 1)
        end = text.index(CLOSE)
        text = text.replace(CLOSE, "", 1)
        line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
        length = len(text[start:end].partition("\n")[0])
        marked.append(Location(file, line, column, length))
    return text, marked


def check_text(
    year_text: str,
    partnership_text: str = PARTNERSHIP,
    last_text: str = "",
    years: Sequence[int] = (),
) -> Checked:
    """What is found in a year's file, with that of the year before where its text is given.

    ``years`` are those that have a file; without them the two.
    """
    year_text, marked = unmarked(year_text, YEAR_FILE)
    partnership_text, also = unmarked(partnership_text, PARTNERSHIP_FILE)
    report = load_report(year_text.encode(), YEAR_FILE, Year(2020))
    partnership = load_partnership(partnership_text.encode(), PARTNERSHIP_FILE)
    lines = {YEAR_FILE: report.lines, PARTNERSHIP_FILE: partnership.lines}
    faults = (*report.diagnostics, *partnership.diagnostics)
    assert report.value is not None
    assert partnership.value is not None
    history = load_last(last_text)
    subject = Subject(
        report.value,
        partnership.value,
        {"map.pdf", "maps/a.pdf"}.__contains__,
        history,
        tuple(map(Year, years or [*(each.year.start for each in history), 2020])),
    )
    unreadable = report.unreadable | partnership.unreadable
    found = settle(report.value, findings(subject, unreadable), unreadable=unreadable)
    return Checked(subject, found, faults, marked + also, lines)


def load_last(text: str) -> tuple[Report, ...]:
    """The report of the year before, unless there is none or it has errors, as a program would."""
    if not text:
        return ()
    loaded = load_report(unmarked(text, LAST_FILE)[0].encode(), LAST_FILE, Year(2019))
    return (loaded.value,) if loaded.value and not loaded.has_errors else ()


@pytest.fixture(scope="session")
def base() -> str:
    return (Path(__file__).parent / "base.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def last() -> str:
    """The file of the year before that of the base."""
    return (Path(__file__).parent / "last.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def check(base: str, last: str) -> Check:
    """Checks the base with edits to it, to the partnership's file and to that of the year before.

    Without edits to the year before, not even empty ones, there is no such year.
    """

    def run(
        edits: Edits | None = None,
        partnership: Edits | None = None,
        before: Edits | None = None,
        years: Sequence[int] = (),
    ) -> Checked:
        return check_text(
            edited(base, edits or {}),
            edited(PARTNERSHIP, partnership or {}),
            "" if before is None else edited(last, before),
            years,
        )

    return run


@pytest.fixture(scope="session")
def check_whole() -> Check:
    """Checks a whole year's file given as text."""
    return check_text
