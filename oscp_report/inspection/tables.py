"""Conditions on tables: rows and cells in order, on a grid, each with its headers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from oscp_report.inspection.grid import ROWS_IN, Cell, Grid
from oscp_report.inspection.nesting import misplaced
from oscp_report.inspection.registry import Finding, condition
from oscp_report.inspection.subject import Subject
from oscp_report.inspection.tree import Element

PARENTS = {
    "TR": ("Table", *ROWS_IN),
    "TH": ("TR",),
    "TD": ("TR",),
    **dict.fromkeys(ROWS_IN, ("Table",)),
}
KIDS = {
    "Table": ("TR", *ROWS_IN, "Caption"),
    "TR": ("TH", "TD"),
    **dict.fromkeys(ROWS_IN, ("TR",)),
}


def _has_tables(subject: Subject) -> bool:
    return bool(subject.tree.of("Table"))


def _has_parts(subject: Subject) -> bool:
    return bool(subject.tree.of("Table", *PARENTS))


def _at(subject: Subject, element: Element, message: str, fix: str = "") -> Finding:
    return Finding(subject.page_of(element), subject.shown(element), message, fix)


@condition("INS321", "PDF/UA-1", "09-004", clause="7.2", applies=_has_parts)
def table_parts(subject: Subject) -> Iterator[Finding]:
    """Tables are made of rows, and rows of cells.

    ## Why it matters
    A screen reader counts rows and columns; anything else between them breaks the count.

    ## How to fix it
    Put every cell in a row and every row in its table, with nothing else between them.
    """
    yield from misplaced(subject, PARENTS, KIDS)


@condition("INS322", "PDF/UA-1", "09-004", clause="7.2", applies=_has_tables)
def table_sections(subject: Subject) -> Iterator[Finding]:
    """A table has at most one head and one foot, and then a body.

    ## Why it matters
    A reader that repeats the head row does not know which of two to repeat.

    ## How to fix it
    Join the head rows in one head, and put the other rows in a body.
    """
    for table in subject.tree.of("Table"):
        held = [kid.role for kid in table.elements]
        for part, called in (("THead", "head"), ("TFoot", "foot")):
            if held.count(part) > 1:
                yield _at(subject, table, f"this table has more than one {called}")
            if part in held and "TBody" not in held:
                said = f"this table has a {called} and no body"
                yield _at(subject, table, said, "put the rows below the heads in a body")


@condition("INS323", "PDF/UA-1", "09-004", clause="7.2", applies=_has_tables)
def table_caption(subject: Subject) -> Iterator[Finding]:
    """A table's caption is one, and comes first or last.

    ## Why it matters
    In between it is read out as if it were a row.

    ## How to fix it
    Make one caption of it, before the first row or after the last.
    """
    for table in subject.tree.of("Table"):
        held = [kid.role for kid in table.elements]
        if held.count("Caption") > 1:
            yield _at(subject, table, "this table has more than one caption")
        elif "Caption" in held[1:-1]:
            yield _at(subject, table, "this table has its caption among the rows")


@condition("INS324", "PDF/UA-1", "09-004", clause="7.2", applies=_has_tables)
def no_overlap(subject: Subject) -> Iterator[Finding]:
    """No two cells of a table claim the same place.

    ## Why it matters
    A listener who moves from cell to cell comes to one of the two, and never to the other.

    ## How to fix it
    Correct how many rows and columns the cell spans.
    """
    for grid in subject.grids:
        if grid.too_large:
            yield _at(subject, grid.table, "this table claims to be larger than any table is")
        for cell in grid.overlapping:
            yield _at(subject, cell.element, "this cell claims the place of another")


@condition("INS325", "PDF/UA-1", "09-004", clause="7.2", applies=_has_tables)
def regular(subject: Subject) -> Iterator[Finding]:
    """Every row of a table has as many columns as the others.

    ## Why it matters
    Below a gap, every cell is read out under the wrong column.

    ## How to fix it
    Add the missing cells, empty if need be, or correct the spans.
    """
    for grid in subject.grids:
        for cell in grid.cells:
            if cell.odd:
                yield _at(subject, cell.element, "this cell says that it spans no row or column")
        for cell in grid.beyond:
            yield _at(subject, cell.element, "this cell reaches below the last row of its table")
        if not grid.too_large and not grid.overlapping:
            for row in grid.ragged:
                yield _at(subject, row, "this row has fewer columns than others of its table")


@condition("INS326", "PDF/UA-1", "15-003", clause="7.5", applies=_has_tables)
def headers_found(subject: Subject) -> Iterator[Finding]:
    """Every header cell says what it heads, or the other cells name it.

    ## Why it matters
    A screen reader says the headers with each cell; else a listener hears bare numbers.

    ## How to fix it
    Give each header cell a scope, Column or Row, and let no cell name a header that is not there.
    """
    for grid in subject.grids:
        known = {cell.element.identifier for cell in grid.cells if cell.element.identifier}
        for cell in grid.cells:
            if lost := [each for each in cell.headers if each not in known]:
                yield _at(
                    subject, cell.element, f"this cell names a header `{lost[0]}` that is not there"
                )
        if all(cell.headers for cell in grid.cells if cell.element.role == "TD"):
            continue
        for cell in grid.cells:
            if cell.element.role == "TH" and not cell.scope:
                yield _at(subject, cell.element, "this header cell does not say what it heads")


@condition("INS327", "good practice", "15-001", "15-002", clause="7.5", applies=_has_tables)
def has_headers(subject: Subject) -> Iterator[Finding]:
    """Every table has header cells.

    ## Why it matters
    Without them nobody hears what a number in the middle of the table means.

    ## How to fix it
    Make the first row, or the first column, header cells; or set a list as a list.
    """
    for grid in subject.grids:
        if grid.cells and not any(cell.element.role == "TH" for cell in grid.cells):
            yield _at(subject, grid.table, "this table has no header cells")


@condition("INS328", "good practice", "15-003", clause="7.5", applies=_has_tables)
def right_headers(subject: Subject) -> Iterator[Finding]:
    """Every cell that names headers names those of its own row and column.

    ## Why it matters
    A figure read out under the wrong header is a wrong figure.

    ## How to fix it
    Let each cell name the headers above it and beside it; the spans of cells count.
    """
    for grid in subject.grids:
        known = {cell.element.identifier: cell for cell in grid.cells if cell.element.identifier}
        for cell in grid.cells:
            if cell.element.role == "TD" and cell.headers:
                yield from _header_faults(subject, grid, cell, known)


def _named(cell: Cell, known: dict[str, Cell]) -> list[Cell]:
    """The headers that a cell names, and those that these name."""
    waiting, found, seen = list(cell.headers), [], set()
    while waiting:
        each = waiting.pop()
        if each not in seen and each in known:
            seen.add(each)
            found.append(known[each])
            waiting += known[each].headers
    return found


def _header_faults(
    subject: Subject, grid: Grid, cell: Cell, known: dict[str, Cell]
) -> Iterator[Finding]:
    # A header that a row's header names stands over that one, and need not over the cell.
    for header in (known[each] for each in cell.headers if each in known):
        if not (cell.shares_column(header) or cell.shares_row(header)):
            said = f"this cell is under the wrong header, `{subject.shown(header.element)}`"
            yield _at(subject, cell.element, said)
            return
    named = _named(cell, known)
    directions: tuple[tuple[str, Callable[[Cell], bool]], ...] = (
        ("column", lambda each: each.heads_column and each.shares_column(cell)),
        ("row", lambda each: each.heads_row and each.shares_row(cell)),
    )
    for called, heads in directions:
        if any(map(heads, grid.cells)) and not any(map(heads, named)):
            yield _at(subject, cell.element, f"this cell does not name the header of its {called}")
