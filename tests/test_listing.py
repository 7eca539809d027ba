"""Findings as an officer, a program or a code host reads them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscp_report.diagnostics import Diagnostic, Location
from oscp_report.listing import WIDEST_EXCERPT, as_github, as_json, as_text, counted, tally

FILE = "data/2018-19.yaml"
LINES = {FILE: ("year: 2018-19", "cover:", "  - Date: 22 Jully 2019", "\tx: “y”", "")}
FOUND = Diagnostic(Location(FILE, 3, 11, 13), "COV102", "`22 Jully 2019` is no date", "write July")
WARNING = Diagnostic(Location(FILE, 1, 1), "PRI101", "m", "f", "warning", "a-priority")


def test_a_finding_in_full() -> None:
    assert as_text(FOUND, LINES) == (
        "data/2018-19.yaml:3:11: error COV102: `22 Jully 2019` is no date\n"
        "  3 |   - Date: 22 Jully 2019\n"
        "    |           ^^^^^^^^^^^^^\n"
        "  fix: write July"
    )


def test_an_accepted_finding_gives_its_reason_and_no_fix() -> None:
    assert as_text(WARNING.accepted("seen"), LINES).splitlines() == [
        "data/2018-19.yaml:1:1: accepted PRI101: m",
        "  1 | year: 2018-19",
        "    | ^",
        "  because: seen",
    ]


@pytest.mark.parametrize(
    ("place", "line", "carets"),
    [
        pytest.param(Location(FILE, 4, 2), "  4 |  x: “y”", "    |  ^", id="a tab"),
        pytest.param(Location(FILE, 5, 1), "  5 |", "    | ^", id="an empty line"),
        pytest.param(Location(FILE, 2, 7), "  2 | cover:", "    |       ^", id="the line's end"),
        pytest.param(Location(FILE, 2, 1, 99), "  2 | cover:", "    | ^^^^^^", id="too long"),
    ],
)
def test_an_excerpt(place: Location, line: str, carets: str) -> None:
    assert as_text(Diagnostic(place, "A1", "m"), LINES).splitlines()[1:] == [line, carets]


@pytest.mark.parametrize(
    "place", [Location(FILE, 6, 1), Location(FILE, 0, 1), Location("other", 1, 1)]
)
def test_a_place_that_is_not_shown_has_no_excerpt(place: Location) -> None:
    assert as_text(Diagnostic(place, "A1", "m"), LINES) == f"{place}: error A1: m"


@given(st.integers(1, 400), st.integers(1, 60), st.integers(1, 420))
def test_carets_stand_below_what_they_point_at(column: int, length: int, width: int) -> None:
    column = min(column, width)
    line = "".join(chr(0x4E00 + number) for number in range(width))
    found = Diagnostic(Location(FILE, 1, column, length), "A1", "m")
    _, shown, carets = as_text(found, {FILE: (line,)}).splitlines()
    assert len(shown) <= WIDEST_EXCERPT + len("  1 | ") + 2
    pointed = "".join(c for c, caret in zip(shown, carets, strict=False) if caret == "^")
    assert line[column - 1 : column - 1 + length].startswith(pointed.rstrip("…"))
    assert pointed[0] == line[column - 1]


def test_json_has_every_part_and_keeps_letters() -> None:
    listed = json.loads(as_json([FOUND, WARNING.accepted("so “it” is")]))
    assert listed[0] == {
        "file": FILE, "line": 3, "column": 11, "length": 13, "code": "COV102",
        "severity": "error", "message": "`22 Jully 2019` is no date", "fix": "write July",
        "about": "", "accepted": None,
    }  # fmt: skip
    assert listed[1]["accepted"] == "so “it” is"
    assert "“it”" in as_json([WARNING.accepted("so “it” is")])
    assert as_json([]) == "[]"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (
            FOUND,
            "::error file=data/2018-19.yaml,line=3,col=11,endColumn=24,title=COV102::"
            "`22 Jully 2019` is no date%0Awrite July",
        ),
        (
            WARNING,
            "::warning file=data/2018-19.yaml,line=1,col=1,endColumn=2,title=PRI101::m%0Af",
        ),
        (
            WARNING.accepted("100% so"),
            "::notice file=data/2018-19.yaml,line=1,col=1,endColumn=2,title=PRI101::m%0A100%25 so",
        ),
        (
            Diagnostic(Location("a,b:c.yaml", 1, 1), "A1", "x\r::error::y"),
            "::error file=a%2Cb%3Ac.yaml,line=1,col=1,endColumn=2,title=A1::x%0D::error::y",
        ),
    ],
    ids=["error", "warning", "accepted", "what could forge a command"],
)
def test_a_workflow_command(found: Diagnostic, expected: str) -> None:
    assert as_github(found) == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], "no errors, no warnings"),
        ([FOUND], "1 error, no warnings"),
        ([FOUND, FOUND, WARNING], "2 errors, 1 warning"),
        ([WARNING, WARNING.accepted("x")], "no errors, 1 warning, 1 accepted"),
    ],
)
def test_a_tally(found: list[Diagnostic], expected: str) -> None:
    assert tally(found) == expected


def test_counted() -> None:
    assert [counted(n, "page") for n in (0, 1, 2)] == ["no pages", "1 page", "2 pages"]
