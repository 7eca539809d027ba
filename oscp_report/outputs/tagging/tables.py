"""Which headers a table's cell has, found as HTML says browsers find them.

https://html.spec.whatwg.org/multipage/tables.html#header-and-data-cell-semantics. WeasyPrint 70.0
gets them wrong as soon as a cell spans rows, or there are two rows of headers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from oscp_report.outputs.tagging.nodes import Node

GROUPS = ("THead", "TBody", "TFoot")
SCOPES = {"row": "Row", "rowgroup": "Row", "col": "Column", "colgroup": "Column"}


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A cell and where it is: its first column and row, and how many it covers."""

    node: Node
    x: int
    y: int
    width: int
    height: int
    group: int

    @property
    def is_header(self) -> bool:
        """Whether it is a ``TH``."""
        return self.node.role == "TH"

    @property
    def columns(self) -> range:
        """The columns that it covers."""
        return range(self.x, self.x + self.width)

    @property
    def rows(self) -> range:
        """The rows that it covers."""
        return range(self.y, self.y + self.height)


class Grid:
    """A table as columns and rows of slots. Nothing overlaps: a later cell goes further right."""

    def __init__(self, table: Node) -> None:
        self.cells: list[Cell] = []
        self._slots: dict[tuple[int, int], Cell] = {}
        top = 0
        for number, rows in enumerate(row_groups(table)):
            for y, row in enumerate(rows, top):
                self._place(row, y, top + len(rows), number)
            top += len(rows)
        self._of_groups = [
            cell for cell in self.cells if cell.node.source.scope in ("rowgroup", "colgroup")
        ]
        self._data_rows = {y for cell in self.cells if not cell.is_header for y in cell.rows}

    def _place(self, row: Node, y: int, end: int, group: int) -> None:
        x = 0
        for node in (node for node in row.nodes if node.role in ("TH", "TD")):
            while (x, y) in self._slots:
                x += 1
            spans = node.attributes.get("Table", {})
            # A span of nought is one of all rows that are left, and none leaves its group.
            height = min(spans.get("/RowSpan", 1) or end - y, end - y)
            if "/RowSpan" in spans:
                spans["/RowSpan"] = height
            cell = Cell(node, x, y, spans.get("/ColSpan", 1), height, group)
            self.cells.append(cell)
            for slot in ((i, j) for i in cell.columns for j in cell.rows):
                self._slots.setdefault(slot, cell)

    def is_column_header(self, cell: Cell) -> bool:
        """Whether it is for what stands below it."""
        scope = cell.node.source.scope
        return cell.is_header and (
            scope == "col" if scope in SCOPES else self._data_rows.isdisjoint(cell.rows)
        )

    def is_row_header(self, cell: Cell) -> bool:
        """Whether it is for what stands beside it."""
        if cell.node.source.scope in SCOPES:
            return cell.is_header and cell.node.source.scope == "row"
        # HTML says so only if no data stands above or below it, and else gives such a header to
        # no cell at all. Browsers do not, and a PDF says that every header is for something.
        return cell.is_header and not self.is_column_header(cell)

    def scope(self, cell: Cell) -> str:
        """A header's scope as PDF has it."""
        if said := SCOPES.get(cell.node.source.scope):
            return said
        return "Column" if self.is_column_header(cell) else "Row"

    def headers(self, cell: Cell) -> list[Cell]:
        """The headers of a cell: those to the left, those above, those of its groups."""
        found: dict[Cell, None] = {}
        for y in cell.rows:
            found |= dict.fromkeys(self._scan(cell, ((x, y) for x in reversed(range(cell.x)))))
        for x in cell.columns:
            found |= dict.fromkeys(self._scan(cell, ((x, y) for y in reversed(range(cell.y)))))
        found |= dict.fromkeys(self._group_headers(cell))
        return [header for header in found if header is not cell and any(header.node.contents())]

    def _scan(self, principal: Cell, slots: Iterator[tuple[int, int]]) -> Iterator[Cell]:
        """The headers on a way from a cell outwards.

        One in line with a header met before, of the same breadth and with data between them, is
        hidden by it.
        """
        block = [principal] if principal.is_header else []
        opaque: list[Cell] = []
        is_in_block, met = principal.is_header, set[Cell]()
        for slot in slots:
            cell = self._slots.get(slot)
            if cell is None:
                continue
            if not cell.is_header:
                if is_in_block:
                    opaque, block, is_in_block = opaque + block, [], False
                continue
            is_in_block = True
            block.append(cell)
            goes_up = slot[0] in principal.columns and slot[1] < principal.y
            if goes_up:
                hidden = any((o.x, o.width) == (cell.x, cell.width) for o in opaque)
                counts = self.is_column_header(cell)
            else:
                hidden = any((o.y, o.height) == (cell.y, cell.height) for o in opaque)
                counts = self.is_row_header(cell)
            if counts and not hidden and cell not in met:
                met.add(cell)
                yield cell

    def _group_headers(self, cell: Cell) -> Iterator[Cell]:
        for header in self._of_groups:
            if header.x >= cell.x + cell.width or header.y >= cell.y + cell.height:
                continue
            scope = header.node.source.scope
            in_rows = scope == "rowgroup" and header.group == cell.group
            # A page has no `<colgroup>`: such a header is for the columns that it covers.
            in_columns = scope == "colgroup" and set(header.columns) & set(cell.columns)
            if in_rows or in_columns:
                yield header


def row_groups(table: Node) -> list[list[Node]]:
    """The rows, in the groups that no cell reaches out of."""
    groups = [[row for row in group.nodes if row.role == "TR"] for group in table.nodes
              if group.role in GROUPS]  # fmt: skip
    loose = [row for row in table.nodes if row.role == "TR"]
    return [*groups, loose] if loose else groups


def associate(document: Node) -> None:
    """Give every header an ID and a scope, and every cell the IDs of its headers."""
    tables = (node for node in document.walk() if node.role == "Table")
    for number, table in enumerate(tables, 1):
        grid = Grid(table)
        for cell in grid.cells:
            if cell.is_header:
                cell.node.id = f"table{number}-row{cell.y + 1}-column{cell.x + 1}"
                cell.node.attributes.setdefault("Table", {})["/Scope"] = f"/{grid.scope(cell)}"
        for cell in grid.cells:
            if headers := [header.node.id for header in grid.headers(cell)]:
                cell.node.attributes.setdefault("Table", {})["/Headers"] = headers
