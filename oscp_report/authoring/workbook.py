"""Rows of figures from an .xlsx: what its sheets show, and nothing that would harm to open.

openpyxl guards against no bomb, so sizes are added up, and entities refused, before it sees a file.
"""

from __future__ import annotations

import io
import re
import unicodedata
import warnings
from collections.abc import Iterator
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from oscp_report.authoring.rows import (
    HEADER_WITHIN,
    MOST_COLUMNS,
    MOST_ROWS,
    SAVE_AS,
    Grid,
    Header,
    Table,
    clean,
    header_of,
    no_header,
    table_of,
    too_large,
)
from oscp_report.days import written_day
from oscp_report.errors import ReportError

if TYPE_CHECKING:
    from zipfile import ZipFile

MOST_UNPACKED = 20 << 20
MOST_FILES = 1_000
MOST_SHOWN = 5
"""Cells that a message names."""

_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3}[0-9]+:[A-Z]{1,3}[0-9]+)")
_ROW = re.compile(rb"<(?:\w+:)?row\s(?:[^>]*?\s)?r=[\"']([0-9]+)")
_CONTENT = re.compile(rb"<(?:\w+:)?(?:v|is|f)[\s>]")
_NOT_DIGITS = re.compile(r"\"[^\"]*\"|\\.|_.|\*.|\[[^\]]*\]")
_SHOWN_AS = re.compile(
    r"_.|\*.|\[\$(?P<symbol>[^\]-]*)[^\]]*\]|\[[^\]]*\]|(?P<text>\"[^\"]*\"|\\.|.)", re.DOTALL
)
_DIGITS = re.compile(r"[#0?,]*[#0?](?:\.([#0?]+))?(?P<scaled>,*)")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def table_of_workbook(data: bytes, name: str) -> Table:
    """The rows of every sheet, not hidden, that has a header.

    Raises:
        ReportError: the file cannot be read, or what it shows cannot be trusted.
    """
    import zipfile

    not_one = ReportError(f"`{name}` is not an Excel workbook", fix=SAVE_AS)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's, of what it leaves out: drawings, styles
            _refuse_bombs(archive, name)
            if "xl/workbook.xml" not in archive.namelist():
                raise not_one
            return _table(data, name, archive)
    except ReportError:
        raise
    except Exception:
        # openpyxl lets out whatever it meets in a damaged file: KeyError, TypeError, ParseError ...
        raise not_one from None


def _refuse_bombs(archive: ZipFile, name: str) -> None:
    """Raises ReportError for a file that is far larger than it looks, or that refers to itself."""
    files = archive.infolist()
    # What is read of a file never passes the size that the archive gives for it.
    if len(files) > MOST_FILES or sum(file.file_size for file in files) > MOST_UNPACKED:
        raise too_large(name)
    for file in files:
        if file.flag_bits & 1:
            raise ReportError(
                f"`{name}` is protected by a password", fix="save a copy without the password"
            )
        if file.filename.endswith((".xml", ".rels")):
            content = archive.read(file)
            if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\0" in content[:8]:
                raise ReportError(f"`{name}` was not written by a spreadsheet", fix=SAVE_AS)


def _table(data: bytes, name: str, archive: ZipFile) -> Table:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    seen, read = [], []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        place = f"{name}, sheet {clean(sheet.title)}"
        seen.append(place)
        top = _grid(sheet, place, HEADER_WITHIN)
        if header := header_of(top):
            content = archive.read(_file_of(archive, sheet.title))
            grid = _grid(sheet, place, MOST_ROWS + 1)
            if grid.rows[-1][0] > MOST_ROWS or _goes_on(content):
                raise too_large(name)
            _refuse_merged(content, grid, header)
            _refuse_unsaved(data, sheet.title, grid, header)
            read.append(table_of(grid, header))
            if sum(len(table.rows) for table in read) > MOST_ROWS:
                raise too_large(name)
    if not read:
        raise no_header(seen or [name])
    return Table(tuple(row for table in read for row in table.rows))


def _grid(sheet: Any, place: str, most: int) -> Grid:
    rows = []
    cells = sheet.iter_rows(max_row=most, max_col=MOST_COLUMNS)
    for number, row in enumerate(cells, 1):
        texts = tuple(clean(_shown(cell)) for cell in row)
        if any(texts):
            rows.append((number, texts))
    return Grid(place, lambda row: f"{place}, row {row}", tuple(rows))


def _shown(cell: Any) -> str:
    """A cell's text as the sheet shows it."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return number_shown(value, cell.number_format or "General")
    if isinstance(value, date):
        return written_day(value)
    return value.isoformat() if isinstance(value, time) else str(value)


def number_shown(value: float, number_format: str) -> str:
    """A number as its format shows it, without separators: ``12.5%``, ``£1200``, ``€5``, ``7292``.

    A computed number is rounded, halves up, to the decimals that its format shows, and to the 15
    digits that a workbook keeps; none are added.
    """
    section = number_format.split(";")[0]
    currency = _currency(section)
    plain = _NOT_DIGITS.sub("", section)
    digits = _DIGITS.search(plain)
    scaled = bool(digits and digits["scaled"]) or "E" in plain.upper().replace("GENERAL", "")
    exact = Decimal(f"{value:.15g}")
    percent = "%" in plain
    if percent:
        exact *= 100
    if digits and not scaled and "/" not in plain:
        exact = exact.quantize(Decimal(1).scaleb(-len(digits[1] or "")), ROUND_HALF_UP)
    text = f"{exact.normalize():f}"
    text = f"-{currency}{text[1:]}" if text.startswith("-") else f"{currency}{text}"
    return f"{text}%" if percent else text


def _currency(section: str) -> str:
    """The currency that a number's format shows, or nothing.

    It stands in its own brackets, before the code of a country, or as a sign anywhere; what
    follows ``_`` or ``*`` is not shown, but makes room.
    """
    found = [*_SHOWN_AS.finditer(section)]
    named = "".join((each["symbol"] or "").strip() for each in found)
    signs = (s for each in found for s in each["text"] or "" if unicodedata.category(s) == "Sc")
    return named or next(signs, "")


def _goes_on(content: bytes) -> bool:
    """Whether a cell far below the rows that are read holds something.

    openpyxl makes a row of every empty one between, up to a million.
    """
    below = (row for row in _ROW.finditer(content) if int(row[1]) > MOST_ROWS)
    first = next(below, None)
    return first is not None and _CONTENT.search(content, first.end()) is not None


def _refuse_merged(content: bytes, grid: Grid, header: Header) -> None:
    from openpyxl.utils import range_boundaries

    read = set(header.columns.values())
    for found in _MERGED.finditer(content):
        where = found[1].decode()
        left, _, right, bottom = (int(edge or 0) for edge in range_boundaries(where))
        if bottom >= header.row and read & set(range(left - 1, right)):
            raise ReportError(
                f"{grid.place}: the cells {where} are merged",
                fix="unmerge them, and write in each row what is meant for it",
            )


def _file_of(archive: ZipFile, title: str) -> str:
    """The part of the archive that holds a sheet."""
    from xml.etree import ElementTree

    def read(part: str) -> Iterator[Any]:
        # No entities are in it: such a file was refused.
        return ElementTree.fromstring(archive.read(part)).iter()  # noqa: S314

    wanted = next(
        sheet.get(_RELATION)
        for sheet in read("xl/workbook.xml")
        if sheet.tag.endswith("}sheet") and sheet.get("name") == title
    )
    relations = read("xl/_rels/workbook.xml.rels")
    target = next(str(one.get("Target")) for one in relations if one.get("Id") == wanted)
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _refuse_unsaved(data: bytes, title: str, grid: Grid, header: Header) -> None:
    """Raises ReportError for formulas whose results the file does not hold."""
    columns = sorted(header.columns.values())
    below = [cells for row, cells in grid.rows if row > header.row]
    if all(cells[at] for cells in below for at in columns):
        return
    from openpyxl import load_workbook
    from openpyxl.utils import get_column_letter

    rows = []
    for results in (False, True):
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=results, keep_links=False)
        first, last = header.row + 1, grid.rows[-1][0]
        rows.append(book[title].iter_rows(min_row=first, max_row=last, max_col=MOST_COLUMNS))
    unsaved = []
    for number, (formulas, shown) in enumerate(zip(*rows, strict=False), header.row + 1):
        for at in columns:
            # A result that is an empty text is told from none by its type.
            missing = at < len(shown) and shown[at].value is None and shown[at].data_type == "n"
            if missing and formulas[at].data_type == "f":
                unsaved.append(f"{get_column_letter(at + 1)}{number}")
    if unsaved:
        named = ", ".join(unsaved[:MOST_SHOWN]) + (" ..." if len(unsaved) > MOST_SHOWN else "")
        raise ReportError(
            f"{grid.place}: the results of the formulas in {named} are not saved in the file",
            fix="open it in Excel, save it, and try again",
        )
