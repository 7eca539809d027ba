"""Contradictions planted in the prose of the example, one at a time: each is found in its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from oscp_report.checking import check_year
from oscp_report.diagnostics import Diagnostic
from oscp_report.starting import start_example
from oscp_report.workspace import Workspace
from oscp_report.year import Year

# The year, the words as they are, and as somebody in a hurry might have left or typed them.
PLANTED = [
    ("2020-21", "Reports rose from", "Reports fell from"),
    ("2020-21", "Violence in public places fell to", "Violence in public places rose to"),
    ("2020-21", "checks of taxis fell from", "checks of taxis increased from"),
    ("2020-21", "The rate of burglary was lower than in any of the years before, at",
     "The rate of burglary went up, to"),
    ("2020-21", "incidents of domestic abuse rose to", "incidents of domestic abuse dropped to"),
    ("2020-21", "needles and syringes, {needles-collected.change}.",
     "needles and syringes, a fall of 12 per cent."),
    ("2021-22", "Violence in public places rose from", "Violence in public places decreased from"),
    ("2021-22", "Checks of taxis more than doubled, from", "Checks of taxis halved, from"),
    ("2021-22", "Repeat incidents fell to", "Repeat incidents increased to"),
    ("2021-22", "cleaners collected {needles-collected}, down from",
     "cleaners collected {needles-collected}, up from"),
    ("2021-22", "the ratio was {case-ratio}, up from", "the ratio was {case-ratio}, down from"),
    ("2021-22", "the rate fell again, to", "the rate rose again, to"),
    ("2021-22", "Hate crimes rose to", "Hate crimes fell to"),
    ("2022-23", "Yet violence in public places rose to", "Violence in public places came down to"),
    ("2022-23", "needles, fewer than the", "needles, more than the"),
    ("2022-23", "incidents recorded rose to", "incidents recorded declined to"),
    ("2022-23", "sessions in schools, up from", "sessions in schools, down from"),
    ("2023-24", "felt safe after dark, up from", "felt safe after dark, down from"),
    ("2023-24", "rose to {school-sessions}, {school-sessions.change}.",
     "rose by 40 per cent to {school-sessions}."),
    ("2024-25", "Violence in public places fell again, from",
     "Violence in public places rose again, from"),
    ("2024-25", "The share of repeats fell to", "The share of repeats climbed to"),
    ("2024-25", "led {school-sessions} sessions in schools, up from",
     "led {school-sessions} sessions in schools, down from"),
]  # fmt: skip


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("example")
    start_example(folder)
    return Workspace(folder)


def contradictions(example: Workspace, year: Year) -> list[Diagnostic]:
    return [d for d in check_year(example, year).diagnostics if d.code == "YRS107"]


def test_as_it_stands_nothing_in_it_contradicts_the_figures(example: Workspace) -> None:
    assert len(example.years()) == 6
    assert [d for year in example.years() for d in contradictions(example, year)] == []


@pytest.mark.parametrize(("year", "old", "new"), PLANTED, ids=[new for *_, new in PLANTED])
def test_a_planted_contradiction_is_found(
    example: Workspace, year: str, old: str, new: str
) -> None:
    assert len(PLANTED) >= 20
    path = Path(example.root / "data" / f"{year}.yaml")
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the file"
    line = text[: text.index(old)].count("\n") + 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    try:
        (found,) = contradictions(example, Year.parse(year))
    finally:
        path.write_text(text, encoding="utf-8")
    assert (found.location.file, found.severity) == (f"data/{year}.yaml", "warning")
    assert found.location.line in (line, line + 1)
    assert "figures" in found.message or "fell" in found.message or "rose" in found.message
