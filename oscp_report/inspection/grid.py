"""A table's cells on its grid, with their spans, and the headers that each cell names."""

from __future__ import annotations

from dataclasses import dataclass, field

from oscp_report.inspection.objects import first, items, name, text, whole
from oscp_report.inspection.tree import TRANSPARENT, Element, Tree

MOST_SLOTS = 300_000
"""Slots of one table, rows by columns. A cell may claim to span a thousand million."""
ROWS_IN = ("THead", "TBody", "TFoot")


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A cell, its first row and column counted from 0, and how many of each it spans.

    ``odd`` is whether it says that it spans none, or less.
    """

    element: Element
    row: int
    column: int
    rows: int
    columns: int
    headers: tuple[str, ...] = ()
    scope: str = ""
    in_head: bool = False
    odd: bool = False

    def shares_column(self, other: Cell) -> bool:
        """Whether one stands above the other, as far as columns go."""
        return self.column < other.column + other.columns and (
            other.column < self.column + self.columns
        )

    def shares_row(self, other: Cell) -> bool:
        """Whether one stands beside the other."""
        return self.row < other.row + other.rows and other.row < self.row + self.rows

    @property
    def heads_column(self) -> bool:
        """Whether it is a header that says that it is for its column."""
        return self.element.role == "TH" and (
            self.scope in ("Column", "Both") or (not self.scope and self.in_head)
        )

    @property
    def heads_row(self) -> bool:
        """Whether it is a header that says that it is for its row."""
        return self.element.role == "TH" and self.scope in ("Row", "Both")


@dataclass(slots=True)
class Grid:
    """A table. ``overlapping`` cells want a slot that is taken; ``ragged`` rows have gaps."""

    table: Element
    cells: list[Cell] = field(default_factory=list)
    width: int = 0
    height: int = 0
    overlapping: list[Cell] = field(default_factory=list)
    ragged: list[Element] = field(default_factory=list)
    beyond: list[Cell] = field(default_factory=list)
    too_large: bool = False


def rows_of(table: Element) -> list[tuple[Element, bool]]:
    """The rows of a table, and whether each stands in its head."""
    rows = []
    for kid in _opened(table):
        if kid.role == "TR":
            rows.append((kid, False))
        elif kid.role in ROWS_IN:
            rows += [(row, kid.role == "THead") for row in _opened(kid) if row.role == "TR"]
    return rows


def _opened(element: Element) -> list[Element]:
    """The elements right below, and those in groups that stand for nothing."""
    found: list[Element] = []
    waiting = list(reversed(element.elements))
    while waiting:
        kid = waiting.pop()
        if kid.role in TRANSPARENT:
            waiting += reversed(kid.elements)
        else:
            found.append(kid)
    return found


def grid_of(tree: Tree, table: Element) -> Grid:
    """Where each cell of a table stands, as a browser places it: in the next free slot."""
    grid, rows = Grid(table), rows_of(table)
    grid.height = len(rows)
    taken: dict[tuple[int, int], Cell] = {}
    for at, (row, in_head) in enumerate(rows):
        column = 0
        for element in _opened(row):
            if element.role not in ("TH", "TD"):
                continue
            while (at, column) in taken:
                column += 1
            cell = _cell(tree, element, at, column, in_head=in_head)
            if len(taken) + cell.rows * cell.columns > MOST_SLOTS:
                grid.too_large = True
                return grid
            grid.cells.append(cell)
            _place(grid, taken, cell)
            column += cell.columns
    grid.width = max((column for _, column in taken), default=-1) + 1
    filled = [0] * grid.height
    for at, _ in taken:
        if at < grid.height:
            filled[at] += 1
    # The taken slots of a row without gaps are as many as the table is wide.
    grid.ragged = [row for (row, _), count in zip(rows, filled, strict=True) if count != grid.width]
    return grid


def _place(grid: Grid, taken: dict[tuple[int, int], Cell], cell: Cell) -> None:
    if cell.row + cell.rows > grid.height:
        grid.beyond.append(cell)
    slots = [
        (cell.row + down, cell.column + right)
        for down in range(cell.rows)
        for right in range(cell.columns)
    ]
    if any(slot in taken for slot in slots):
        grid.overlapping.append(cell)
    for slot in slots:
        taken.setdefault(slot, cell)


def _cell(tree: Tree, element: Element, row: int, column: int, *, in_head: bool) -> Cell:
    held = tree.attributes(element, "Table")
    spans = [first(held, key) for key in ("RowSpan", "ColSpan")]
    rows, columns = (1 if span is None else whole(span) or 0 for span in spans)
    named = [text(item) for item in items(first(held, "Headers"))]
    headers = tuple(each for each in named if each)
    scope = name(first(held, "Scope"))
    odd = rows < 1 or columns < 1
    return Cell(element, row, column, max(1, rows), max(1, columns), headers, scope, in_head, odd)
