"""Bytes to the model: the year of the file, what could not be read, and any bytes at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oscp_report.model import Report
from oscp_report.reading.fields import FIELD_RULES
from oscp_report.reading.loading import Loaded, load_partnership, load_report
from oscp_report.year import Year

FILE = "data/2018-19.yaml"
LEAST = """\
year: 2018-19
cover:
  - To: Council
priorities:
  lead: L
  items:
    - id: a
      title: A.
    - id: b
      title: B.
achievements:
  heading: H
  themes:
    - T
"""


def load(text: str, year: int = 2018) -> Loaded[Report]:
    return load_report(text.encode(), FILE, Year(year))


def told(loaded: Loaded[Report]) -> list[tuple[str, str, str, str]]:
    return [(str(d.location), d.code, d.message, d.fix) for d in loaded.diagnostics]


def test_a_sound_file() -> None:
    loaded = load(LEAST)
    assert told(loaded) == []
    assert loaded.value is not None
    assert loaded.value.year == Year(2018)
    assert loaded.unreadable == frozenset()
    assert loaded.lines == tuple(LEAST.splitlines())


@pytest.mark.parametrize("written", ["2018/19", "2018–19"])
def test_the_year_may_be_written_in_other_ways(written: str) -> None:
    loaded = load(LEAST.replace("2018-19", written))
    assert told(loaded) == []
    assert loaded.value is not None
    assert str(loaded.value.year) == "2018-19"


def test_the_year_has_to_be_that_of_the_file_name() -> None:
    loaded = load(LEAST, 2019)
    assert told(loaded) == [
        (
            f"{FILE}:1:7",
            "FLD011",
            "the file is named for 2019-20, but its year is 2018-19",
            "write `year: 2019-20`, or rename the file",
        )
    ]
    assert loaded.value is not None
    assert loaded.value.year == Year(2019), "the rules look at the year that was asked for"


@pytest.mark.parametrize(
    ("written", "code"), [("year: 2018\n", "FLD006"), ("yaer: 2018-19\n", "FLD001"), ("", "FLD002")]
)
def test_a_wrong_year_is_one_finding_and_stands_for_the_file_s(written: str, code: str) -> None:
    loaded = load(LEAST.replace("year: 2018-19\n", written), 2018)
    assert [d.code for d in loaded.diagnostics] == [code]
    assert loaded.value is not None
    assert loaded.value.year == Year(2018)


def test_a_misspelled_year_is_compared_with_the_file_name_as_well() -> None:
    loaded = load(LEAST.replace("year: 2018-19", "yaer: 2017-18"))
    assert [(str(d.location), d.code) for d in loaded.diagnostics] == [
        (f"{FILE}:1:1", "FLD001"),
        (f"{FILE}:1:7", "FLD011"),
    ]


def test_a_priority_may_not_be_worded_by_means_of_another() -> None:
    loaded = load(LEAST.replace("title: A.", "title: As {a-figure} and {priority:b}"))
    assert told(loaded) == [
        (
            f"{FILE}:8:32",
            "FLD015",
            "`{priority:b}` stands within a priority",
            "write the words out, or `{para:b}` for its number",
        )
    ]


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("- a\n- b\n", "FLD003", "the fields of the file belong here, not a list"),
        ("hello\n", "FLD003", "the fields of the file belong here, not text"),
        ("{}\n", "FLD004", "there is nothing here"),
        ("", "YAM002", "the file is empty"),
    ],
)
def test_a_file_that_holds_no_report(text: str, code: str, message: str) -> None:
    loaded = load(text)
    assert [(d.code, d.message) for d in loaded.diagnostics] == [(code, message)]
    assert loaded.value is None


@pytest.mark.parametrize(
    ("old", "new", "unreadable"),
    [
        ("  - To: Council", "  - Council", {"cover"}),
        ("      title: A.", "      titel: A.", {"priorities"}),
        ("cover:\n  - To: Council\n", "", {"cover"}),
        ("    - T\n", "    - a: b\n      c: d\n", {"achievements"}),
        ("year: 2018-19", "year: 2018-19\ncolour: red", set()),
        ("year: 2018-19", "year: 2018-19\nfigures: {a: 7}", {"figures"}),
    ],
)
def test_the_fields_that_could_not_be_read_are_named(
    old: str, new: str, unreadable: set[str]
) -> None:
    assert LEAST.count(old) == 1
    loaded = load(LEAST.replace(old, new))
    assert loaded.diagnostics
    assert loaded.unreadable == unreadable
    assert loaded.value is not None


def test_findings_come_in_the_order_of_the_file_and_each_once() -> None:
    loaded = load("status: x\ncolour: red\nyear: 2018\n")
    places = [d.location for d in loaded.diagnostics]
    assert places == sorted(places)
    assert len(set(loaded.diagnostics)) == len(loaded.diagnostics)


def lies_in(loaded: Loaded[Any]) -> None:
    for diagnostic in loaded.diagnostics:
        place = diagnostic.location
        assert place.line >= 1 <= place.column
        if loaded.lines:  # what is no text has no lines to show
            assert place.line <= len(loaded.lines), diagnostic
            assert place.column <= len(loaded.lines[place.line - 1]) + 1, diagnostic


REAL = (Path(__file__).parents[2] / "data" / "2018-19.yaml").read_text(encoding="utf-8")
SHORT = REAL[: REAL.index("\nbackground_papers:")].replace("\nachievements:\n", "\nachieved:\n")
PARTS = st.sampled_from([*" \n:-{}[]'\"|>#&*!%@`,?é–", "  ", "- ", ": ", "\r\n", "\t", "a: b", "2"])


@settings(max_examples=150)
@given(st.lists(st.tuples(st.integers(0, len(SHORT)), st.integers(0, 6), PARTS), max_size=4))
def test_a_damaged_file_is_read_and_its_faults_lie_in_it(
    changes: list[tuple[int, int, str]],
) -> None:
    text = SHORT
    for start, removed, inserted in changes:
        text = text[:start] + inserted + text[start + removed :]
    loaded = load(text)
    assert loaded.diagnostics, "a field that nothing knows is never sound"
    lies_in(loaded)


@settings(max_examples=150)
@given(
    st.one_of(
        st.binary(max_size=80),
        st.text(max_size=80).map(str.encode),
        st.lists(PARTS, max_size=30).map(lambda p: "".join(p).encode()),
    )
)
def test_any_bytes_are_read_and_their_faults_lie_in_them(data: bytes) -> None:
    report = load_report(data, FILE, Year(2018))
    assert report.diagnostics, "no such bytes are a report"
    lies_in(report)
    lies_in(load_partnership(data, FILE))


def test_the_rules_about_fields_are_numbered_without_a_gap() -> None:
    codes = [rule.code for rule in FIELD_RULES]
    assert codes == [f"FLD{number:03}" for number in range(1, len(codes) + 1)]
    assert len({rule.name for rule in FIELD_RULES}) == len(codes)
