"""Rows of label and value, contacts, and things by id."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from oscp_report.model import Paragraph, Row, Text
from oscp_report.reading.figure_fields import FIGURES
from oscp_report.reading.paragraphs import ROWS
from oscp_report.reading.rows import ById
from oscp_report.reading.shapes import Faults, Shape
from oscp_report.reading.source import parse
from oscp_report.reading.year_file import CONTACT

Found = list[tuple[str, str, str, str]]


def read(shape: Shape[Any], yaml: str) -> tuple[Any, Found]:
    """The value that a shape reads from a file, and its faults: place, code, message, fix."""
    parsed = parse(yaml.encode(), "f")
    assert parsed.diagnostics == ()
    assert parsed.root is not None
    faults = Faults()
    value = shape.read(parsed.root, faults)
    return value, [
        (f"{d.location.line}:{d.location.column}", d.code, d.message, d.fix) for d in faults.found
    ]


def shown(rows: tuple[Row, ...]) -> list[tuple[str, str, list[str]]]:
    return [
        (str(row.label), str(row.value.text), [str(item.text) for item in row.value.items])
        for row in rows
    ]


def test_rows_in_their_order() -> None:
    rows, found = read(ROWS, "- To: Council\n- Date: 22 July 2019\n- Key decision: No\n")
    assert found == []
    assert shown(rows) == [("To", "Council", []), ("Date", "22 July 2019", []),
                           ("Key decision", "No", [])]  # fmt: skip
    assert str(rows[1].label.location) == "f:2:3"
    assert str(rows[1].value.location) == "f:2:9"


def test_a_row_may_have_items() -> None:
    rows, found = read(
        ROWS,
        "- Recommendations:\n    text: That Council\n    items:\n      - note it;\n      - ask\n",
    )
    assert found == []
    assert shown(rows) == [("Recommendations", "That Council", ["note it;", "ask"])]


def test_two_rows_may_have_one_label() -> None:
    rows, found = read(ROWS, "- To: Council\n- To: Cabinet\n")
    assert (len(rows), found) == (2, [])


NOTHING = ("FLD004", "there is nothing here", "fill it in, or take it out")


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        pytest.param(
            "- Council\n",
            (
                "1:3", "FLD003", "a row with a label and a value belongs here, not text",
                "write each row as `- Label: value`",
            ),
            id="no label",
        ),
        pytest.param(
            "- [To, Council]\n",
            (
                "1:3", "FLD003", "a row with a label and a value belongs here, not a list",
                "write each row as `- Label: value`",
            ),
            id="a list",
        ),
        pytest.param(
            "- To: Council\n  Date: 22 July\n",
            (
                "2:3", "FLD003", "`Date` belongs to the row above it",
                "begin a row of its own: `- Date: ...`",
            ),
            id="a missing hyphen",
        ),
        pytest.param(
            "To: Council\nDate: 22 July\n",
            (
                "1:1", "FLD003", "a list of rows belongs here, not fields",
                "begin each item on a line of its own with a hyphen and a space",
            ),
            id="no hyphen at all",
        ),
        pytest.param(
            "- Plan:\n    Hate crime: a plan\n",
            (
                "2:5", "FLD009",
                "YAML takes `Hate crime` for a field, because of the colon after it",
                'put the text in quotes: `"Hate crime: a plan"`',
            ),
            id="a colon in the value",
        ),
        pytest.param("- To:\n", ("1:6", *NOTHING), id="no value"),
        pytest.param("-\n", ("1:2", *NOTHING), id="no row"),
        pytest.param("- '': Council\n", ("1:3", *NOTHING), id="an empty label"),
        pytest.param("- {}\n", ("1:3", *NOTHING), id="no fields"),
    ],
)  # fmt: skip
def test_a_row_that_is_none(yaml: str, expected: tuple[str, ...]) -> None:
    _, found = read(ROWS, yaml)
    assert found == [expected]


def test_each_row_without_its_hyphen_is_told() -> None:
    rows, found = read(ROWS, "- To: Council\n  Date: 22 July\n  Report of: A. Officer\n")
    assert [(place, message) for place, _, message, _ in found] == [
        ("2:3", "`Date` belongs to the row above it"),
        ("3:3", "`Report of` belongs to the row above it"),
    ]
    assert shown(rows) == [("To", "Council", [])]


def test_the_rows_of_a_contact() -> None:
    rows, found = read(CONTACT, "Report author: A. Officer\nTelephone: 01632 960123\n")
    assert found == []
    assert shown(rows) == [("Report author", "A. Officer", []), ("Telephone", "01632 960123", [])]


@pytest.mark.parametrize(
    ("yaml", "place", "code", "message"),
    [
        ("A. Officer", "1:1", "FLD003", "the rows of a contact belong here, not text"),
        ("- Report author: A. Officer", "1:1", "FLD003", "the rows of a contact belong here, not"),
        ("Report author: [A, B]", "1:16", "FLD003", "text belongs here, not a list"),
        ("Report author:", "1:15", "FLD004", "there is nothing here"),
        ("'': a", "1:1", "FLD004", "there is nothing here"),
        ("{}", "1:1", "FLD004", "there is nothing here"),
    ],
)
def test_a_contact_that_is_none(yaml: str, place: str, code: str, message: str) -> None:
    _, found = read(CONTACT, yaml)
    assert [(p, c) for p, c, _, _ in found] == [(place, code)]
    assert found[0][2].startswith(message)


def test_figures_by_id() -> None:
    figures, found = read(
        FIGURES,
        "visits:\n  label: Visits\n  value: 7,292\ncalls:\n  label: Calls\n  value: 12.5\n"
        "  unit: percent\n  better: lower\n",
    )
    assert found == []
    assert list(figures) == ["visits", "calls"]
    visits, calls = figures.values()
    assert (visits.id, visits.value, visits.unit, visits.better) == (
        "visits", Decimal(7292), "count", "neither",
    )  # fmt: skip
    assert (calls.id, calls.value, calls.unit, calls.better) == (
        "calls", Decimal("12.5"), "percent", "lower",
    )  # fmt: skip
    assert str(calls.location) == "f:4:1"


@pytest.mark.parametrize(
    ("yaml", "place", "code", "message"),
    [
        ("[a]", "1:1", "FLD003", "ids belong here, each with its fields below, not a list"),
        ("a: 7", "1:4", "FLD003", "the fields of a figure belong here, not text"),
        ("a:", "1:3", "FLD004", "there is nothing here"),
        ("The Visits: {label: a, value: 7}", "1:1", "FLD008", "`The Visits` is not an id"),
        ("a: {label: a, vaule: 7}", "1:15", "FLD001", "a figure has no field `vaule`"),
        ("a: {value: 7}", "1:4", "FLD002", "a figure has no `label`"),
        ("a: {label: a, value: 7, unit: heads}", "1:31", "FLD007", "`heads` is not one of `count`"),
    ],
)
def test_a_figure_that_is_none(yaml: str, place: str, code: str, message: str) -> None:
    figures, found = read(FIGURES, yaml)
    assert [(p, c) for p, c, _, _ in found] == [(place, code)]
    assert found[0][2].startswith(message)
    assert all(figure.id and figure.label is not None for figure in figures.values())


def test_a_figure_with_a_wrong_id_is_read_under_what_was_typed() -> None:
    figures, _ = read(FIGURES, "The Visits: {label: a, value: 7}")
    assert figures["The Visits"].value == 7


def test_blanks() -> None:
    here = parse(b"a", "f").root
    assert here is not None
    assert ROWS.item.blank(here.location) == Row(
        label=Text("", here.location),
        value=Paragraph(text=Text("", here.location), location=here.location),
    )
    assert (CONTACT.blank(here.location), FIGURES.blank(here.location)) == ((), {})
    assert isinstance(FIGURES, ById)
