"""The rows of a sheet, whatever file it comes from: the header that heads them, and the values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from oscp_report.errors import ReportError
from oscp_report.reading.typed import FORBIDDEN

MOST_ROWS = 5_000
MOST_COLUMNS = 100
HEADER_WITHIN = 20
"""Rows in which the header is looked for; titles and dates may stand above it."""

LONGEST_CELL = 2_000

SAVE_AS = "open it in Excel and save it as an Excel workbook (.xlsx)"

_NAMES = ("id", "label", "figure", "indicator")
_OTHERS = ("value", "source", "as at", "note")

_AMOUNT = re.compile(
    r"(?P<sign>[-−–]?)\s*(?P<pounds>£?)\s*(?P<number>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)"
    r"\s*(?P<percent>%|per ?cent)?",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row. ``place`` is where it stands: ``returns.xlsx, sheet Figures, row 7``.

    ``names`` are what it calls its figure, in the columns for the id and the label. ``value`` is
    the value as the sheet shows it, ``number`` what that comes to, or None where it is no number;
    ``unit`` is ``percent`` or ``pounds`` where the sheet says so, and empty otherwise.
    """

    place: str
    names: tuple[str, ...]
    value: str = ""
    number: Decimal | None = None
    unit: str = ""
    source: str = ""
    as_at: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows below a header, in the sheet's order; of several sheets, in theirs."""

    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet as text: each row with its number. ``row_place`` says where a row stands."""

    place: str
    row_place: Callable[[int], str]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Header:
    """Which column, from 0, holds what."""

    row: int
    columns: dict[str, int]


def too_large(name: str) -> ReportError:
    """What is said of a file that is larger than any return of figures."""
    return ReportError(
        f"`{name}` is too large for a list of figures",
        fix="copy the rows with the figures into a new workbook",
    )


def clean(text: str) -> str:
    """A cell's text on one line, without what may not stand in a report, and not too long."""
    return " ".join(FORBIDDEN.sub(" ", text).split())[:LONGEST_CELL].rstrip()


def heading(text: str) -> str:
    """A column's name, whatever its case, its spaces and the colon after it."""
    return " ".join(re.sub(r"[\s_-]+", " ", text).strip(" :").casefold().split())


def header_of(grid: Grid) -> Header | None:
    """The header of a sheet.

    Raises:
        ReportError: two columns have one name.
    """
    for number, cells in grid.rows[:HEADER_WITHIN]:
        columns: dict[str, int] = {}
        twice = ""
        for column, cell in enumerate(cells):
            name = heading(cell)
            if name in (*_NAMES, *_OTHERS):
                twice = name if name in columns else twice
                columns.setdefault(name, column)
        if "value" in columns and any(name in columns for name in _NAMES):
            if twice:
                raise ReportError(
                    f"{grid.row_place(number)}: two columns are headed `{twice}`",
                    fix="give the one that is not to be read another heading",
                )
            return Header(number, columns)
    return None


def no_header(places: Iterable[str]) -> ReportError:
    """What is said where no sheet has a header."""
    return ReportError(
        f"no row in {' or '.join(f'`{place}`' for place in places)} heads the columns",
        fix="write `label` (or `id`) above the names of the figures, and `value` above the numbers",
    )


def table_of(grid: Grid, header: Header) -> Table:
    """The rows below the header that are not empty."""
    rows = []
    for number, cells in grid.rows:
        if number <= header.row:
            continue
        held = {name: cells[at] for name, at in header.columns.items() if at < len(cells)}
        if any(held.values()):
            rows.append(_row(grid.row_place(number), held))
    return Table(tuple(rows))


def _row(place: str, held: dict[str, str]) -> Row:
    names = tuple(held[name] for name in _NAMES if held.get(name))
    value = held.get("value", "")
    number, unit = amount(value)
    others = held.get("source", ""), held.get("as at", ""), held.get("note", "")
    return Row(place, names, value, number, unit, *others)


def amount(text: str) -> tuple[Decimal | None, str]:
    """What a value comes to, and its unit where it gives one: ``12.5%``, ``£1,200``, ``7292``."""
    found = _AMOUNT.fullmatch(text.strip())
    if found is None or (found["pounds"] and found["percent"]):
        return None, ""
    number = Decimal(found["number"].replace(",", ""))
    unit = "pounds" if found["pounds"] else "percent" if found["percent"] else ""
    return (-number if found["sign"] else number), unit
