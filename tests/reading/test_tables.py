"""A table below a paragraph: heads of columns, some of them over several, and rows of cells."""

from __future__ import annotations

import pytest

from oscp_report.model import Table
from oscp_report.reading.shapes import Faults
from oscp_report.reading.source import parse
from oscp_report.reading.tables import TABLE

WHOLE = """\
caption: Crime by area
columns:
  - Area
  - Rate per 1,000: [2017-18, 2018-19]
rows:
  - [City centre, "95.3", "90.1"]
  - - Cowley Road
    - "{x}"
    - "-"
"""


def read(yaml: str) -> tuple[Table, list[tuple[str, str]]]:
    parsed = parse(yaml.encode(), "f")
    assert parsed.diagnostics == ()
    assert parsed.root is not None
    faults = Faults()
    table = TABLE.read(parsed.root, faults)
    return table, [(f"{d.location.line}:{d.location.column}", d.code) for d in faults.found]


def test_a_table() -> None:
    table, found = read(WHOLE)
    assert found == []
    assert str(table.caption) == "Crime by area"
    assert [(str(c.label), [str(below) for below in c.columns]) for c in table.columns] == [
        ("Area", []),
        ("Rate per 1,000", ["2017-18", "2018-19"]),
    ]
    assert [[str(cell) for cell in row] for row in table.rows] == [
        ["City centre", "95.3", "90.1"],
        ["Cowley Road", "{x}", "-"],
    ]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('"95.3", "90.1"', '"95.3"', [("6:6", "FLD017")]),
        ('"95.3", "90.1"', '"95.3", "90.1", "1"', [("6:6", "FLD017")]),
        ("  - Area\n", "", [("5:6", "FLD017"), ("6:7", "FLD017")]),
        ("caption: Crime by area\n", "", [("1:1", "FLD002")]),
        ("  - Area\n", "  - [Area]\n", [("3:5", "FLD003")]),
        ("  - Area\n", "  - {A: [B], C: [D]}\n", [("3:5", "FLD003")]),
        ("[2017-18, 2018-19]", "2018-19", [("4:21", "FLD003"), ("6:6", "FLD017"),
         ("7:7", "FLD017")]),
        ("[City centre, ", "['', ", [("6:6", "FLD004")]),
    ],
)  # fmt: skip
def test_a_slip_in_a_table(old: str, new: str, found: list[tuple[str, str]]) -> None:
    assert WHOLE.count(old) == 1
    assert read(WHOLE.replace(old, new))[1] == found
