"""An author's table: heads over several columns, numbers to the right, type that fits on paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from oscp_report.document.rendering import render_report
from oscp_report.document.tables import TableView
from oscp_report.document.views import view_report
from oscp_report.reading.loading import load_partnership, load_report
from oscp_report.workspace import shipped_templates
from oscp_report.year import Year
from tests.page import parsed

PARTNERSHIP = "name: Merrow Safer Together\nshort_name: MST\ncouncil: Merrow Council\n"
YEAR = """\
year: 2018-19
cover: [{{To: Council}}]
priorities: {{lead: L, items: [{{id: a, title: A}}]}}
achievements:
  heading: H
  themes:
    - text: T
      achievements:
        - text: What was counted.
          table:
            caption: Crime by *area*
            columns: {columns}
            rows: {rows}
figures: {{crime: {{label: Crime, value: 7292}}}}
"""
GROUPED = '[Area, {"Rate per 1,000": ["2017-18", "2018-19"]}, Note]'
ROWS = '[[City <centre>, "{crime}", "[x]", so], [Cowley Road, "−4.0", "-", "{{"]]'


def page(columns: str = GROUPED, rows: str = ROWS) -> tuple[TableView, str]:
    text = YEAR.format(columns=columns, rows=rows)
    report = load_report(text.encode(), "y", Year(2018))
    partnership = load_partnership(PARTNERSHIP.encode(), "p")
    assert report.diagnostics == ()
    assert report.value
    assert partnership.value
    view = view_report(report.value, partnership.value)
    table = view.sections[1].items[0].items[0].table
    assert table is not None
    return table, render_report(view, [Path(shipped_templates())])


def test_heads_stand_over_their_columns() -> None:
    table, _ = page()
    upper, lower = table.heads
    assert [(str(h.html), h.scope, h.columns, h.rows, h.align) for h in upper] == [
        ("Area", "col", 1, 2, ""),
        ("Rate per 1,000", "colgroup", 2, 1, ""),
        ("Note", "col", 1, 2, ""),
    ]
    assert [(h.html.striptags(), h.scope, h.align) for h in lower] == [
        ("2017-18", "col", "align-right"),
        ("2018-19", "col", ""),
    ]


def test_cells_are_formatted_and_columns_of_numbers_set_to_the_right() -> None:
    table, html = page()
    assert str(table.caption) == "Crime by <em>area</em>"
    assert [(str(first), [str(c.html) for c in cells]) for first, cells in table.rows] == [
        ("City &lt;centre&gt;", ["7,292", "[x]", "so"]),
        ("Cowley Road", ["−4.0", "-", "{"]),
    ]
    assert [[c.align for c in cells] for _, cells in table.rows] == [["align-right", "", ""]] * 2
    (drawn,) = (table for table in parsed(html).iter("table") if table.find("caption") is not None)
    assert [row.find("th").get("scope") for row in drawn.find("tbody")] == ["row", "row"]
    assert [th.get("rowspan") for th in drawn.find("thead")[0]] == ["2", None, "2"]


@pytest.mark.parametrize(
    ("cells", "is_number"),
    [
        (["1", "2,345", "£12.50", "-4%"], True),
        (["12.5 per cent", "[x]", "-"], True),
        (["-", "[x]"], False),
        (["1", "two"], False),
        (["2018-19"], False),
    ],
)
def test_a_column_of_numbers(cells: list[str], is_number: bool) -> None:
    rows = ", ".join(f'[r, "{cell}"]' for cell in cells)
    table, _ = page("[A, B]", f"[{rows}]")
    assert {cell.align for _, (cell,) in table.rows} == {"align-right" if is_number else ""}
    assert table.heads[0][1].align == ("align-right" if is_number else "")


@pytest.mark.parametrize(("columns", "is_dense"), [(3, False), (9, True)])
def test_a_table_too_wide_for_paper_is_set_smaller(columns: int, is_dense: bool) -> None:
    heads = ", ".join(f"Column{n}" for n in range(columns))
    cells = ", ".join("x" for _ in range(columns))
    assert page(f"[{heads}]", f"[[{cells}]]")[0].is_dense == is_dense
