"""A figure in full: what is not a plain value is data, and each slip in it is told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from oscp_report.model import Figure
from oscp_report.reading.figure_fields import FIGURES
from oscp_report.reading.shapes import Faults
from oscp_report.reading.source import parse
from oscp_report.year import Year

WHOLE = """\
visits:
  label: Visits
  value: 3
  of: 15
  provisional: yes
  break: Recording changed.
  revised: A late return.
  unit: rank
  period: Q3 2018-19
  definition: Visits by appointment.
  source: Council
  owner: Library
  as_at: 30 April 2019
  note: so far
  better: lower
  confirmed: {by: A. Librarian, on: 2 May 2019}
  earlier:
    2016-17: 1,234
    2017/18: {value: 5, of: 14, revised: One was counted twice.}
    2015-16: {no_value: confidential}
"""


def read(yaml: str) -> tuple[Figure, list[tuple[str, str, str]]]:
    parsed = parse(yaml.encode(), "f")
    assert parsed.diagnostics == ()
    assert parsed.root is not None
    faults = Faults()
    (figure,) = FIGURES.read(parsed.root, faults).values()
    return figure, [
        (f"{d.location.line}:{d.location.column}", d.code, d.message) for d in faults.found
    ]


def test_a_figure_in_full() -> None:
    figure, found = read(WHOLE)
    assert found == []
    assert (figure.value, figure.of) == (Decimal(3), 15)
    assert (figure.unit, figure.better) == ("rank", "lower")
    assert (str(figure.series_break), str(figure.revised)) == (
        "Recording changed.",
        "A late return.",
    )
    assert figure.is_provisional
    assert figure.marks == ("b", "p", "r")
    assert figure.written("rank") == "3 of 15"
    assert (str(figure.definition), str(figure.owner)) == ("Visits by appointment.", "Library")
    assert figure.as_at == date(2019, 4, 30)
    assert figure.confirmed
    assert (str(figure.confirmed.by), figure.confirmed.on) == ("A. Librarian", date(2019, 5, 2))
    assert figure.covers(Year(2018)).first == date(2018, 10, 1)


def test_the_values_of_earlier_years() -> None:
    earlier = read(WHOLE)[0].earlier
    assert {year: m.value for year, m in earlier.items()} == {
        Year(2016): Decimal(1234),
        Year(2017): Decimal(5),
        Year(2015): None,
    }
    assert str(earlier[Year(2016)].location) == "f:18:5"
    assert earlier[Year(2017)].of == 14
    assert earlier[Year(2017)].marks == ("r",)
    assert earlier[Year(2015)].written("rank") == "[c]"


@pytest.mark.parametrize(
    ("said", "written", "marks"),
    [
        ("value: 0", "0", ()),
        ("value:", "[x]", ("x",)),
        ("value: ''", "[x]", ("x",)),
        ("note: n", "[x]", ("x",)),
        ("no_value: not-available", "[x]", ("x",)),
        ("no_value: not-applicable", "[z]", ("z",)),
        ("no_value: confidential", "[c]", ("c",)),
    ],
)
def test_what_stands_in_the_place_of_a_value(
    said: str, written: str, marks: tuple[str, ...]
) -> None:
    figure, found = read(f"a:\n  label: A\n  {said}\n")
    assert found == []
    assert (figure.written("count"), figure.marks) == (written, marks)
    assert figure.is_missing == (marks == ("x",) and "no_value" not in said)


@pytest.mark.parametrize(
    ("said", "place", "code"),
    [
        ("value: '[x]'", "3:10", "FLD005"),
        ("value: n/a", "3:10", "FLD005"),
        ("no_value: unknown", "3:13", "FLD007"),
        ("provisional: maybe", "3:16", "FLD007"),
        ("of: some", "3:7", "FLD005"),
        ("as_at: April", "3:10", "FLD016"),
        ("as_at: 31 April 2019", "3:10", "FLD016"),
        ("confirmed: yes", "3:14", "FLD003"),
        ("confirmed: {by: me}", "3:14", "FLD002"),
        ("confirmed: {by: me, on: today}", "3:27", "FLD016"),
        ("earlier: [1, 2]", "3:12", "FLD003"),
        ("earlier: {2018: 1}", "3:13", "FLD006"),
        ("earlier: {2017-18: many}", "3:22", "FLD005"),
        ("earlier: {2017-18: {vale: 1}}", "3:23", "FLD001"),
        ("break:", "3:9", "FLD004"),
    ],
)
def test_a_slip_in_a_figure(said: str, place: str, code: str) -> None:
    _, found = read(f"a:\n  label: A\n  {said}\n")
    assert [(at, found_code) for at, found_code, _ in found] == [(place, code)]
