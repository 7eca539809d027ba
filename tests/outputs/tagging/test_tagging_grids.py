"""Any table's headers, against HTML's own algorithm written down here a second time.

https://html.spec.whatwg.org/multipage/tables.html#algorithm-for-assigning-header-cells, with one
addition: a header of no scope with data in its row heads that row, whatever stands below it.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from random import Random
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.outputs.tagging.documents import Page
from tests.outputs.tagging.press import PressProcess
from tests.outputs.tagging.structure import attribute, elements

GRIDS = 20


@dataclass(frozen=True)
class Slot:
    """A cell: where it begins, what it covers, and what it is."""

    x: int
    y: int
    width: int
    height: int
    tag: str
    scope: str
    group: int
    words: str

    def html(self) -> str:
        said = [f"scope='{self.scope}'"] if self.scope else []
        said += [f"colspan='{self.width}'"] if self.width > 1 else []
        said += [f"rowspan='{self.height}'"] if self.height > 1 else []
        return f"<{' '.join([self.tag, *said])}>{self.words}</{self.tag}>"


def grid(chance: Random) -> list[Slot]:
    """A table without gaps: cells in rows of up to three groups, none reaching out of its group."""
    columns, top, cells = chance.randint(1, 5), 0, list[Slot]()
    for group in range(chance.randint(1, 3)):
        end = top + chance.randint(1, 3)
        taken = set[tuple[int, int]]()
        for y in range(top, end):
            for x in range(columns):
                if (x, y) in taken:
                    continue
                free = 1
                while x + free < columns and (x + free, y) not in taken:
                    free += 1
                width = chance.randint(1, free) if chance.random() < 0.3 else 1
                height = chance.randint(1, end - y) if chance.random() < 0.3 else 1
                is_header = chance.random() < (0.7 if y == 0 or x == 0 else 0.15)
                scopes = ["", "", "", "row", "col", "rowgroup"]
                cells.append(
                    Slot(
                        x,
                        y,
                        width,
                        height,
                        "th" if is_header else "td",
                        chance.choice(scopes) if is_header else "",
                        group,
                        "" if chance.random() < 0.1 else f"c{len(cells)}",
                    )
                )
                taken |= {(x + i, y + j) for i in range(width) for j in range(height)}
        top = end
    return cells


def html(cells: list[Slot]) -> str:
    groups = []
    for number in range(max(cell.group for cell in cells) + 1):
        own = [cell for cell in cells if cell.group == number]
        first, last = own[0].y, max(cell.y + cell.height for cell in own)
        rows = ("".join(c.html() for c in own if c.y == y) for y in range(first, last))
        groups.append("<tbody>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</tbody>")
    return f"<table>{''.join(groups)}</table>"


def headers(cells: list[Slot], principal: Slot) -> list[Slot]:
    """The headers of a cell by the standard's steps, in its own words and order."""
    slots = {
        (cell.x + i, cell.y + j): cell
        for cell in cells
        for i in range(cell.width)
        for j in range(cell.height)
    }
    columns = 1 + max(x for x, _ in slots)

    def heads_column(cell: Slot) -> bool:
        rows = range(cell.y, cell.y + cell.height)
        data = any(slots[x, y].tag == "td" for y in rows for x in range(columns) if (x, y) in slots)
        return cell.scope == "col" or (not cell.scope and not data)

    def heads_row(cell: Slot) -> bool:
        return cell.scope == "row" or (not cell.scope and not heads_column(cell))

    def scan(x: int, y: int, dx: int, dy: int) -> list[Slot]:
        found, opaque = list[Slot](), list[Slot]()
        in_block = principal.tag == "th"
        block = [principal] if in_block else []
        while (x := x + dx) >= 0 and (y := y + dy) >= 0:
            cell = slots.get((x, y))
            if cell is None:
                continue
            if cell.tag == "th":
                in_block = True
                block.append(cell)
                blocked = False
                if dx == 0:
                    blocked = any(o.x == cell.x and o.width == cell.width for o in opaque)
                    blocked = blocked or not heads_column(cell)
                if dy == 0:
                    blocked = any(o.y == cell.y and o.height == cell.height for o in opaque)
                    blocked = blocked or not heads_row(cell)
                if not blocked:
                    found.append(cell)
            elif in_block:
                in_block, opaque, block = False, opaque + block, []
        return found

    listed = list[Slot]()
    for y in range(principal.y, principal.y + principal.height):
        listed += scan(principal.x, y, -1, 0)
    for x in range(principal.x, principal.x + principal.width):
        listed += scan(x, principal.y, 0, -1)
    listed += (
        cell
        for cell in cells
        if cell.scope == "rowgroup" and cell.group == principal.group
        and cell.x < principal.x + principal.width and cell.y < principal.y + principal.height
    )  # fmt: skip
    once = dict.fromkeys(id(cell) for cell in listed if cell.words and cell is not principal)
    by_id = {id(cell): cell for cell in cells}
    return [by_id[each] for each in once]


def written(table: Any) -> list[list[int]]:
    """The places of each cell's headers among the cells of a table in a PDF."""
    cells = [each for each in elements(table) if each.S in ("/TH", "/TD")]
    places = {str(cell.get("/ID")): place for place, cell in enumerate(cells) if "/ID" in cell}
    named = (attribute(cell, "/Table", "/Headers") for cell in cells)
    return [[places[str(name)] for name in names] if names is not None else [] for names in named]


# A smaller grid that fails too would take minutes to find: each try draws them all.
@settings(max_examples=3, phases=[Phase.generate])
@given(chance=st.randoms(use_true_random=False))
def test_every_cell_has_the_headers_that_html_gives_it(press: PressProcess, chance: Random) -> None:
    import pikepdf

    grids = [grid(chance) for _ in range(GRIDS)]
    drawn = press.draw(Page("".join(map(html, grids))).whole())
    assert drawn.refused == ""
    with pikepdf.open(BytesIO(drawn.declared)) as pdf:
        tables = [each for each in elements(pdf.Root.StructTreeRoot) if each.S == "/Table"]
        assert len(tables) == GRIDS
        for cells, table in zip(grids, tables, strict=True):
            places = {id(cell): place for place, cell in enumerate(cells)}
            expected = [[places[id(h)] for h in headers(cells, cell)] for cell in cells]
            assert written(table) == expected, html(cells)
