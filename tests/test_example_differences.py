"""Every pair of the example's six years, against what a careful reader would say of it.

The expectation is ``fixtures/example-differences.yaml``, typed by hand from the years' files. Its
fates are letters; what can be worked out from its values (by how much, per cent) is worked out here
and not by the program. Per cent is of the value before, to one decimal, halves away from nought;
it is given of counts and pounds from 50 on, of rates and ratios from above nought on, and of
nothing else.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from oscp_report.briefing.view import brief
from oscp_report.briefing.writing import write
from oscp_report.comparison.moves import FigureChange
from oscp_report.comparison.priorities import PriorityChange
from oscp_report.comparison.reports import Comparison, compare
from oscp_report.comparison.texts import TextChanges
from oscp_report.model import Report
from oscp_report.reading.loading import load_report
from oscp_report.starting import EXAMPLE, start_example
from oscp_report.year import Year

STARTS = (19, 20, 21, 22, 23, 24)
PAIRS = tuple(combinations(STARTS, 2))
NEIGHBOURS = tuple(pairwise(STARTS))
EXPECTED = Path(__file__).parent / "fixtures" / "example-differences.yaml"
DIRECTIONS = {"+": "up", "-": "down", "=": "unchanged", "n": "new", "d": "dropped"}
VERDICTS = {"b": "better", "w": "worse", "": ""}
NO_VALUE = {"x": "not available", "c": "confidential", "z": "not applicable"}
BACKWARDS = {"+": "-", "-": "+", "n": "d", "d": "n", "b": "w", "w": "b"}
# The smallest value of which a change is also given per cent.
ABOVE_NOUGHT = Decimal("1e-9")
LEAST: dict[str, Decimal] = {
    "count": Decimal(50),
    "pounds": Decimal(50),
    "rate-per-1000": ABOVE_NOUGHT,
    "ratio": ABOVE_NOUGHT,
}
NEWS = {"label", "definition", "source", "good direction", "unit"}

Table = dict[str, dict[str, str]]


def rows(table: str, key: int = 1) -> Table:
    """A table's cells by row and column; ``key`` is how many cells name the row."""
    first, *lines = table.splitlines()
    head = first.split()
    cells = [line.split(None, len(head) - 1) for line in lines]
    found = {" ".join(line[:key]): dict(zip(head, line, strict=True)) for line in cells}
    assert len(found) == len(lines), "a row is there twice"
    return found


def by_pair(table: str) -> dict[str, dict[tuple[int, int], str]]:
    """The cells of a table whose columns are pairs of years, by row and pair."""
    earlier, later, *lines = (line.split() for line in table.splitlines())
    assert (earlier[0], later[0]) == ("from", "to")
    pairs = [(int(one), int(other)) for one, other in zip(earlier[1:], later[1:], strict=True)]
    assert pairs == list(PAIRS)
    return {line[0]: dict(zip(pairs, line[1:], strict=True)) for line in lines}


@dataclass(frozen=True)
class Reader:
    """What a careful reader says."""

    said: dict[str, Any]
    values: Table
    later: Table
    fates: dict[str, dict[tuple[int, int], str]]

    @classmethod
    def read(cls) -> Reader:
        said = yaml.safe_load(EXPECTED.read_text("utf-8"))
        values, fates = rows(said["values"]), by_pair(said["fates"])
        assert values.keys() == fates.keys()
        assert len(values) == 20
        return cls(said, values, rows(said["told-later"]), fates)

    def cell(self, name: str, start: int, latest: int) -> str:
        """What is known of a figure for a year, once the report of the year ``latest`` is out."""
        told = self.later.get(name)
        if told and int(told["of"]) == start and int(told["said-by"]) <= latest:
            return told["value"]
        return self.values[name][str(start)]

    def value(self, name: str, start: int, latest: int) -> Decimal | None:
        cell = self.cell(name, start, latest).rstrip("bpr")
        return None if cell in (".", *NO_VALUE) else Decimal(cell)

    def fate(self, name: str, old: int, new: int) -> str:
        """The letters of a pair, whichever of the two is the old one."""
        if old < new:
            return self.fates[name][old, new]
        return "".join(BACKWARDS.get(letter, letter) for letter in self.fates[name][new, old])

    def reason(self, name: str, fate: str, old: int, new: int) -> str:
        """How the reason begins for which two values cannot be compared."""
        if fate == "P":
            assert name in self.said["counted-from-a-fixed-day"]
            return "it counts from a fixed day"
        if fate == "B":
            broken = self.said["breaks"][name]
            assert min(old, new) < broken["from"] <= max(old, new)
            year = Year(2000 + broken["from"])
            return f"there is a break in the series in {year}: {broken['because']}"
        for start in (old, new):
            if (cell := self.values[name][str(start)]) in NO_VALUE:
                assert cell.upper() == fate
                return f"the value for {Year(2000 + start)} is {NO_VALUE[cell]}"
        raise AssertionError(f"{name}: {fate} from {old} to {new} has no reason")


READER = Reader.read()


@pytest.fixture(scope="module")
def reports() -> dict[int, Report]:
    found = {}
    for start in STARTS:
        year = Year(2000 + start)
        loaded = load_report((EXAMPLE / f"{year}.yaml").read_bytes(), f"data/{year}.yaml", year)
        assert loaded.value is not None
        found[start] = loaded.value
    return found


@pytest.fixture(scope="module")
def compared(reports: dict[int, Report]) -> dict[tuple[int, int], Comparison]:
    """Each year with each, in both directions and with itself; the other years stand beside."""
    return {
        (old, new): compare(reports[old], reports[new], list(reports.values()))
        for old in STARTS
        for new in STARTS
    }


def test_the_tables_agree_with_each_other() -> None:
    """A slip of the hand in one table contradicts another."""
    for name, about in READER.values.items():
        for old, new in PAIRS:
            fate = READER.fate(name, old, new)
            before, after = (READER.cell(name, start, new) for start in (old, new))
            there = [cell != "." for cell in (before, after)]
            if fate in ("n", "d", "."):
                assert there == {"n": [False, True], "d": [True, False]}.get(fate, [False, False])
                continue
            assert all(there), (name, old, new)
            values = [READER.value(name, start, new) for start in (old, new)]
            if fate in ("X", "C", "Z"):
                assert None in values
            elif fate in ("B", "P"):
                assert None not in values
            else:
                amount = _amount(name, old, new)
                way = "=" if not amount else "+" if amount > 0 else "-"
                good = {"higher": "+", "lower": "-"}.get(about["good"])
                judged = "" if way == "=" or not good else "b" if way == good else "w"
                assert fate == way + judged, (name, old, new)


def _amount(name: str, old: int, new: int) -> Decimal:
    before, after = (READER.value(name, start, max(old, new)) for start in (old, new))
    assert before is not None
    assert after is not None
    return after - before


def _percent(name: str, old: int, new: int) -> Decimal | None:
    base, amount = READER.value(name, old, max(old, new)), _amount(name, old, new)
    least = LEAST.get(READER.values[name]["unit"])
    if least is None or base is None or base < least or not amount:
        return None
    return (amount / base * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)


def wrong(found: FigureChange | None, name: str, old: int, new: int) -> Iterator[str]:
    """What the program says otherwise of a figure than the reader."""
    fate = READER.fate(name, old, new)
    if found is None or fate == ".":
        if found is not None or fate != ".":
            yield f"is {'not ' if found is None else ''}told"
        return
    moved, way = found.change, fate[0]
    said: dict[str, Any] = {
        "direction": moved.direction,
        "amount": moved.amount,
        "percent": moved.percent,
        "verdict": moved.verdict,
    }
    expected: dict[str, Any] = dict.fromkeys(("amount", "percent")) | {"verdict": ""}
    expected["direction"] = DIRECTIONS.get(way, "not-comparable")
    if way in "+-=":
        expected["amount"] = _amount(name, old, new)
        expected["percent"] = _percent(name, old, new)
        expected["verdict"] = VERDICTS[fate[1:]]
    for what, right in expected.items():
        if said[what] != right:
            yield f"{what}: {said[what]}, and not {right}"
    for point, start in ((moved.before, old), (moved.after, new)):
        value = point.measure.value if point else None
        if value != READER.value(name, start, max(old, new)):
            yield f"value of {start}: {value}"
    unit = {point.unit for point in (moved.before, moved.after) if point}
    if unit != {READER.values[name]["unit"]}:
        yield f"units: {unit}"
    reason = READER.reason(name, fate, old, new) if way in "BPXCZ" else ""
    if not moved.reason.startswith(reason) or bool(moved.reason) != bool(reason):
        yield f"reason: {moved.reason}, and not {reason}"


@pytest.mark.parametrize(
    ("old", "new"), [*PAIRS, *(pair[::-1] for pair in PAIRS)], ids=lambda start: f"{start}"
)
def test_each_figure_of_each_pair(
    compared: dict[tuple[int, int], Comparison], old: int, new: int
) -> None:
    found = {figure.id: figure for figure in compared[old, new].figures}
    assert found.keys() <= READER.values.keys()
    faults = {name: list(wrong(found.get(name), name, old, new)) for name in READER.values}
    assert {name: said for name, said in faults.items() if said} == {}


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_what_else_is_said_of_a_figure(
    compared: dict[tuple[int, int], Comparison], old: int, new: int
) -> None:
    """Definitions and sources that changed, and values that a later report gives otherwise."""
    breaks = READER.said["breaks"]
    crossed = {name for name, about in breaks.items() if old < about["from"] <= new}
    later = READER.later["burglary-rate"]
    for figure in compared[old, new].figures:
        news = [detail.name for detail in figure.details if detail.name in NEWS]
        assert news == (breaks[figure.id]["also-changed"] if figure.id in crossed else [])
        told = [(str(r.year), r.before, r.after, r.reason) for r in figure.restated]
        if (figure.id, old, new) == ("burglary-rate", 23, 24):
            was = READER.values["burglary-rate"]["23"].rstrip("p")
            texts = (f"{value} per 1,000" for value in (was, later["value"]))
            assert told == [("2023-24", *texts, later["because"])]
        else:
            assert told == []


@pytest.mark.parametrize(("old", "new"), NEIGHBOURS)
def test_the_sentences_of_neighbouring_years(
    compared: dict[tuple[int, int], Comparison], old: int, new: int
) -> None:
    found = json.loads(write(compared[old, new], "", "", "json"))
    said = {figure["sentence"] for figure in found["figures"]}
    right = set(READER.said["sentences"][f"{old} {new}"])
    assert right - said == set()


def fate_of(before: str, after: str) -> str | None:
    if before == after:
        return None if before == "." else "continued"
    return "new" if before == "." else "dropped" if after == "." else "reworded"


@pytest.mark.parametrize("which", ["priorities", "next_priorities"])
@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_priorities(
    compared: dict[tuple[int, int], Comparison], old: int, new: int, which: str
) -> None:
    table = rows(READER.said[which])
    for one, other in ((old, new), (new, old)):
        fates = {name: fate_of(row[str(one)], row[str(other)]) for name, row in table.items()}
        changes: tuple[PriorityChange, ...] = getattr(compared[one, other], which)
        found = {change.id: change.kind for change in changes}
        assert found == {name: fate for name, fate in fates.items() if fate}


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_we_said_we_did(compared: dict[tuple[int, int], Comparison], old: int, new: int) -> None:
    answered = list(rows(READER.said["answered"], key=2).values())
    expected = [row for row in answered if (old, new) in NEIGHBOURS and int(row["said-in"]) == old]
    for one, other in ((old, new), (new, old)):
        found = compared[one, other].answers
        assert [(answer.id, answer.is_taken_up) for answer in found] == [
            (row["id"], row["theme"] != "-") for row in expected
        ]
        assert [list(answer.themes) for answer in found] == [
            [] if row["theme"] == "-" else [int(row["theme"]) - 1] for row in expected
        ]
        assert {answer.unwritten for answer in found} <= {()}
        for row, told in zip(expected, said_and_did(compared[one, other]), strict=True):
            assert told.endswith(ending(row["in-paragraph"])), told


def said_and_did(found: Comparison) -> list[str]:
    sections = {section.heading: section.items for section in brief(found).sections}
    return [item.runs[0].text for item in sections.get("We said, we did", ())]


def ending(paragraph: str) -> str:
    if paragraph == "-":
        return ": not taken up as a priority of the year, and no paragraph of its own answers it."
    place = "the report" if paragraph == "none" else f"paragraph {paragraph}"
    return f": taken up, and answered in {place}."


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_recommendations(compared: dict[tuple[int, int], Comparison], old: int, new: int) -> None:
    table = by_pair(READER.said["recommendations"])
    reworded, came, went = (int(table[name][old, new]) for name in ("reworded", "new", "gone"))
    for pair, added, removed in (((old, new), came, went), ((new, old), went, came)):
        kinds = Counter(change.kind for change in compared[pair].recommendations.changes)
        assert (kinds["changed"], kinds["added"], kinds["removed"]) == (reworded, added, removed)


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_the_two_directions_mirror_each_other(
    compared: dict[tuple[int, int], Comparison], old: int, new: int
) -> None:
    there, back = compared[old, new], compared[new, old]
    figures = {figure.id: figure.change for figure in back.figures}
    assert figures.keys() == {figure.id for figure in there.figures}
    for figure in there.figures:
        one, other = figure.change, figures[figure.id]
        assert (one.before, one.after) == (other.after, other.before)
        assert one.amount == (None if other.amount is None else -other.amount)
    for part in ("recommendations", "rows", "paragraphs"):
        assert mirror(getattr(there, part)) == _texts(getattr(back, part))


def _texts(changes: TextChanges) -> Counter[tuple[str, str]]:
    return Counter(
        (c.before.words if c.before else "", c.after.words if c.after else "")
        for c in changes.changes
    )


def mirror(changes: TextChanges) -> Counter[tuple[str, str]]:
    return Counter({(new, old): number for (old, new), number in _texts(changes).items()})


@pytest.mark.parametrize("start", STARTS)
def test_a_year_against_itself_is_the_same(
    compared: dict[tuple[int, int], Comparison], start: int
) -> None:
    found = compared[start, start]
    assert found.is_same
    assert {figure.change.direction for figure in found.figures} <= {"unchanged", "not-comparable"}
    year = str(Year(2000 + start))
    assert write(found, year, year, "text") == f"{year} was compared with itself: nothing changed."


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_two_years_say_nothing_of_how_their_files_are_handled(
    compared: dict[tuple[int, int], Comparison], old: int, new: int
) -> None:
    sections = {section.heading: section.items for section in brief(compared[old, new]).sections}
    heads = [item.head for item in sections["Cover, summary and contacts"]]
    assert any(head.startswith("Date") for head in heads)
    assert [head for head in heads if head.startswith(("Status", "First page", "Accepted"))] == []


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("the example")
    start_example(root)
    return root


Diff = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture(scope="module")
def diff(workspace: Path) -> Diff:
    """The program itself, as it is called from anywhere."""
    checkout = Path(__file__).resolve().parents[1]

    def run(old: str, new: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "oscp_report", "-C", str(workspace), "diff", old, new]
        return subprocess.run(
            [*command, "--format", "json"], cwd=checkout, capture_output=True, check=False
        )

    return run


@pytest.mark.parametrize(
    ("old", "new"), [(20, 21), (19, 24), (24, 22)], ids=["next", "first and last", "back"]
)
def test_the_command_line_says_the_same(diff: Diff, old: int, new: int) -> None:
    years = (str(Year(2000 + old)), str(Year(2000 + new)))
    done = diff(*years)
    assert (done.returncode, done.stderr) == (1, b"")
    found = json.loads(done.stdout)
    assert (found["old"]["year"], found["new"]["year"], found["same"]) == (*years, False)
    told = {figure["id"]: figure for figure in found["figures"]}
    for name in READER.values:
        fate = READER.fate(name, old, new)
        if fate == ".":
            assert name not in told
            continue
        figure, way = told[name], fate[0]
        assert figure["direction"] == DIRECTIONS.get(way, "not-comparable")
        is_moved = way in "+-="
        percent = _percent(name, old, new) if is_moved else None
        assert figure["percent"] == (None if percent is None else str(percent))
        amount = None if figure["amount"] is None else Decimal(figure["amount"])
        assert amount == (_amount(name, old, new) if is_moved else None)
        assert (figure["verdict"] or "") == (VERDICTS[fate[1:]] if is_moved else "")
        assert bool(figure["reason"]) == (way in "BPXCZ")


@pytest.mark.parametrize(
    ("years", "code"),
    [(("2023-24", "2023-24"), 0), (("2019-20", "2025-26"), 2), (("2019-20", "2020-2021"), 2)],
)
def test_the_exit_code(diff: Diff, years: tuple[str, str], code: int) -> None:
    done = diff(*years)
    assert done.returncode == code
    if code == 0:
        assert json.loads(done.stdout)["same"] is True
    else:
        assert done.stdout == b""
        assert b"  fix: " in done.stderr
