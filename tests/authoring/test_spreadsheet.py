"""Spreadsheets as partners send them, and files that only look like one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from oscp_report.authoring.rows import MOST_ROWS, Row, amount
from oscp_report.authoring.spreadsheet import MOST_BYTES, read_rows
from oscp_report.authoring.workbook import MOST_UNPACKED, number_shown
from oscp_report.errors import ReportError


def saved(path: Path, rows: list[list[Any]], **formats: str) -> Path:
    """A workbook whose second sheet holds the rows; ``formats`` gives cells' number formats."""
    book = Workbook()
    book.worksheets[0].title = "Notes"
    book.worksheets[0]["A1"] = "What is in this file"
    sheet = book.create_sheet("Figures")
    for row in rows:
        sheet.append(row)
    for cell, number_format in formats.items():
        sheet[cell].number_format = number_format
    book.save(path)
    return path


def changed(path: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """A workbook with its parts changed; None takes one out."""
    parts = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            content = change(name, parts.read(name))
            if content is not None:
                archive.writestr(name, content)
    return path


def refused(path: Path) -> str:
    with pytest.raises(ReportError) as error:
        read_rows(path)
    assert error.value.fix
    return str(error.value)


HEAD = ["Label", "Value"]


def test_a_workbook(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Figures for 2019-20"],
        [],
        ["VALUE", "Ward", " Indicator: ", "as at", "Source", "Note"],
        [6801, "x", "Sharps", date(2020, 3, 31), "ODS\u2028", "so  far"],
        [],
        [0.125, None, "Victims", None, None, None],
        [None, None, "Not filled in"],
    ]
    table = read_rows(saved(tmp_path / "returns.xlsx", rows, A6="0.0%"))
    place = "returns.xlsx, sheet Figures"
    assert table.rows == (
        Row(
            f"{place}, row 4", ("Sharps",), "6801", Decimal(6801), "",
            "ODS", "31 March 2020", "so far",
        ),
        Row(f"{place}, row 6", ("Victims",), "12.5%", Decimal("12.5"), "percent"),
        Row(f"{place}, row 7", ("Not filled in",)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (7292, "General", "7292"),
        (7292.0, "#,##0", "7292"),
        (0.1 + 0.2, "General", "0.3"),
        (1234567890.5, "General", "1234567890.5"),
        (1e15, "General", "1000000000000000"),
        (1e-7, "General", "0.0000001"),
        (0.125, "0.0%", "12.5%"),
        (107 / 833, "0.0%", "12.8%"),
        (0.07, "0%", "7%"),
        (0.12345, "0.00%;[Red]-0.00%", "12.35%"),
        (100 / 3, "0.0", "33.3"),
        (2.5, "0", "3"),
        (-2.5, "0", "-3"),
        (12.5, "0.00", "12.5"),
        (1200, '"£"#,##0', "£1200"),
        (-1200.5, "[$£-809]#,##0.00", "-£1200.5"),
        (7292, "#,##0,", "7292"),
        (7292, "0.0E+00", "7292"),
        (0.5, "# ?/?", "0.5"),
        (0.5, '0.0" %"', "0.5"),
        (7292, "@", "7292"),
        (1250, "[$€-2] #,##0", "€1250"),
        (-1250, "_-[$€-2]* #,##0.00_-;-[$€-2]* #,##0.00_-", "-€1250"),
        (1250, '"$"#,##0', "$1250"),
        (1250, "\\$#,##0", "$1250"),
        (1250, "$#,##0", "$1250"),
        (1250, '#,##0 "€"', "€1250"),
        (1250, "[$kr-41D] #,##0", "kr1250"),
        (1250, "[$GBP] #,##0", "GBP1250"),
        (0.5, "[$-809]0%", "50%"),
        (1250, '[Red][>9]#,##0_£" people"', "1250"),
        (1250, "#,##0\\ _€", "1250"),
    ],
)
def test_a_number_is_read_as_it_is_shown(value: float, number_format: str, expected: str) -> None:
    assert number_shown(value, number_format) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7,292", (Decimal(7292), "")),
        (" 12.50 ", (Decimal("12.50"), "")),
        ("-5", (Decimal(-5), "")),
        ("−0.5%", (Decimal("-0.5"), "percent")),
        ("12 per cent", (Decimal(12), "percent")),
        ("£1,200", (Decimal(1200), "pounds")),
        ("-£3", (Decimal(-3), "pounds")),
        ("12,5", (None, "")),
        ("1e3", (None, "")),
        ("٣", (None, "")),
        ("£5%", (None, "")),
        ("", (None, "")),
    ],
)
def test_an_amount(text: str, expected: tuple[Decimal | None, str]) -> None:
    assert amount(text) == expected


@pytest.mark.parametrize(
    ("data", "place"),
    [
        pytest.param("Label,Value\nSharps’,7292\n".encode(), 2, id="UTF-8"),
        pytest.param("Label,Value\r\nSharps’,7292\r\n".encode("utf-8-sig"), 2, id="with a mark"),
        pytest.param("Label,Value\nSharps’,7292\n".encode("cp1252"), 2, id="Windows-1252"),
        pytest.param("Label\tValue\nSharps’\t7292\n".encode("utf-16"), 2, id="Unicode text"),
        pytest.param("Label;Value\nSharps’;7292\n".encode(), 2, id="semicolons"),
        pytest.param("\n\nReturn, 2019-20\nid,value,Label\n,7292,Sharps’".encode(), 5, id="title"),
        pytest.param('Note,Label,Value\n"a\nb",,\n"c",Sharps’,7292\n'.encode(), 4, id="line break"),
    ],
)
def test_a_csv(tmp_path: Path, data: bytes, place: int) -> None:
    (tmp_path / "returns.csv").write_bytes(data)
    row = read_rows(tmp_path / "returns.csv").rows[-1]
    assert (row.names, row.number) == (("Sharps’",), Decimal(7292))
    assert row.place == f"returns.csv:{place}"


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        pytest.param("a.csv", b"", "is empty", id="empty"),
        pytest.param("a.csv", b"Name,Number\nx,1\n", "no row in `a.csv` heads", id="no header"),
        pytest.param("a.csv", b"id,value,Value\n", "two columns are headed `value`", id="twice"),
        pytest.param("a.csv", b"id,value\n\0,1\n", "is not a spreadsheet", id="not text"),
        pytest.param("a.csv", b"id,value\n\x81,1\n", "is not a spreadsheet", id="no encoding"),
        pytest.param("a.csv", b"id,value\n" + b"a,1\n" * 5001, "is too large", id="rows"),
        pytest.param("a.csv", b"a" * (MOST_BYTES + 1), "is too large", id="size"),
        pytest.param("a.csv", b'id,value\n"' + b"a" * 200_000, "cannot be read as", id="a cell"),
        pytest.param("a.pdf", b"%PDF-1.7", "is not a spreadsheet", id="PDF"),
        pytest.param("a.xlsx", b"<html>", "is not a spreadsheet", id="a web page"),
        pytest.param("a.xlsx", b"PK\3\4 cut off", "is not an Excel workbook", id="cut off"),
        pytest.param("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1x", "of the old kind", id="xls"),
        pytest.param(
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "is protected by a password",
            id="password",
        ),
    ],
)
def test_what_is_no_list_of_figures_is_refused(
    tmp_path: Path, name: str, data: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(data)
    assert message in refused(tmp_path / name)


def test_a_file_that_is_not_there_and_a_folder(tmp_path: Path) -> None:
    assert "there is no file `a.csv`" in refused(tmp_path / "a.csv")
    assert "cannot be" in refused(tmp_path)


def test_formulas_without_results_are_named_by_cell(tmp_path: Path) -> None:
    rows: list[list[Any]] = [HEAD, ["a", 1], ["b", "=B2+1"], ["c", None], ["d", "=B3"]]
    path = saved(tmp_path / "a.xlsx", rows)
    assert "the formulas in B3, B5 are not saved" in refused(path)

    def with_results(name: str, content: bytes) -> bytes:
        done = content.replace(b"<f>B2+1</f><v></v>", b"<f>B2+1</f><v>2</v>")
        return done.replace(b'r="B5"><f>', b'r="B5" t="str"><f>')

    values = [row.value for row in read_rows(changed(path, with_results)).rows]
    assert values == ["1", "2", "", ""], "an empty result is a result"


@pytest.mark.parametrize(
    ("cells", "message"),
    [("B2:B3", "the cells B2:B3 are merged"), ("A3:C3", "A3:C3"), ("E1:E4", ""), ("D1:F1", "")],
)
def test_merged_cells_in_what_is_read_are_refused(tmp_path: Path, cells: str, message: str) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["Label", "Value", "Note"], ["a", 1, "x"], ["b", 2, "y"]):
        sheet.append(row)
    sheet.merge_cells(cells)
    book.save(tmp_path / "a.xlsx")
    if message:
        assert message in refused(tmp_path / "a.xlsx")
    else:
        assert len(read_rows(tmp_path / "a.xlsx").rows) == 2


def sheets(path: Path, **each: list[list[Any]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in each.items():
        sheet = book.create_sheet(title)
        for cells in rows:
            sheet.append(cells)
    book.save(path)
    return path


def test_every_sheet_that_is_shown_and_has_a_header_is_read(tmp_path: Path) -> None:
    path = sheets(
        tmp_path / "a.xlsx",
        Police=[HEAD, ["a", 1]],
        Notes=[["what is in this file"]],
        Council=[["For 2019-20"], ["value", "id"], [2, "b"]],
    )
    table = read_rows(path)
    assert [(each.place, each.names, each.number) for each in table.rows] == [
        ("a.xlsx, sheet Police, row 2", ("a",), Decimal(1)),
        ("a.xlsx, sheet Council, row 3", ("b",), Decimal(2)),
    ]


def test_what_cannot_be_trusted_in_a_later_sheet_is_refused(tmp_path: Path) -> None:
    path = sheets(tmp_path / "a.xlsx", A=[HEAD, ["a", 1]], B=[HEAD, ["b", "=1+1"]])
    assert "`a.xlsx, sheet B: the results of the formulas in B2" in f"`{refused(path)}"


def test_sheets_that_are_too_large_together_are_refused(tmp_path: Path) -> None:
    rows: list[list[Any]] = [HEAD, *([f"a{number}", 1] for number in range(MOST_ROWS // 2 + 1))]
    assert "`a.xlsx` is too large" in refused(sheets(tmp_path / "a.xlsx", A=rows, B=rows))


def test_another_currency_than_pounds_is_refused_from_every_kind_of_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Label,Value\na,€125000\n", "utf-8")
    of_csv = read_rows(tmp_path / "a.csv").rows[0]
    of_book = read_rows(saved(tmp_path / "a.xlsx", [HEAD, ["a", 125000]], B2="[$€-2] #,##0"))
    assert of_csv.number is of_book.rows[0].number is None
    assert of_csv.value == of_book.rows[0].value == "€125000"


def test_a_hidden_sheet_is_not_read(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(HEAD)
    book.worksheets[0].sheet_state = "hidden"
    book.create_sheet("Shown")
    book.save(tmp_path / "a.xlsx")
    assert "no row in `a.xlsx, sheet Shown` heads the columns" in refused(tmp_path / "a.xlsx")


def _bomb(name: str, content: bytes) -> bytes:
    return content + b" " * (MOST_UNPACKED + 1) if name == "xl/styles.xml" else content


def _entities(name: str, content: bytes) -> bytes:
    return content.replace(b"<workbook", b"<!DOCTYPE x [<!ENTITY a 'b'>]><workbook", 1)


def _without_book(name: str, content: bytes) -> bytes | None:
    return None if name == "xl/workbook.xml" else content


def _without_sheet(name: str, content: bytes) -> bytes | None:
    return None if name == "xl/worksheets/sheet2.xml" else content


def _damaged(name: str, content: bytes) -> bytes:
    return content[: len(content) // 2] if name == "xl/worksheets/sheet2.xml" else content


def _far_below(name: str, content: bytes) -> bytes:
    return content.replace(b'<row r="2"', b'<row r="1048576"').replace(b'"B2"', b'"B1048576"')


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_bomb, "is too large"),
        (_entities, "was not written by a spreadsheet"),
        (_without_book, "is not an Excel workbook"),
        (_without_sheet, "no row in `a.xlsx, sheet Notes` heads the columns"),
        (_damaged, "is not an Excel workbook"),
    ],
)
def test_a_hostile_workbook_is_refused(
    tmp_path: Path, change: Callable[[str, bytes], bytes | None], message: str
) -> None:
    path = saved(tmp_path / "a.xlsx", [HEAD, ["a", 1]])
    assert message in refused(changed(path, change))


def test_a_row_far_below_is_not_passed_over(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", [HEAD, ["a", 1]])
    assert "is too large" in refused(changed(path, _far_below))


@given(at=st.integers(0, 10_000), byte=st.integers(0, 255), cut=st.booleans())
@settings(max_examples=60, deadline=None)
def test_no_damage_gives_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, at: int, byte: int, cut: bool
) -> None:
    path = tmp_path_factory.getbasetemp() / "whole.xlsx"
    if not path.exists():
        saved(path, [HEAD, ["a", 1], ["b", 0.5]], B3="0%")
    data = bytearray(path.read_bytes())
    at %= len(data)
    data[at] = byte
    damaged = path.with_name("damaged.xlsx")
    damaged.write_bytes(data[:at] if cut else data)
    with suppress(ReportError):
        assert len(read_rows(damaged).rows) <= 2
