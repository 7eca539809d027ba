"""An author's table as its template sees it: heads that span, cells, and how wide it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from oscp_report.document.prose import WIDEST_TABLE, Prose
from oscp_report.model import Table

_NUMBER = re.compile(r"[-−+£]*[0-9][0-9,.]*(?:%| per cent)?(?: \[[a-z]\])*|\[[a-z]\]|[-–—]")


@dataclass(frozen=True, slots=True)
class HeadView:
    """The head of a column, or of several; ``scope`` is ``col`` or ``colgroup``."""

    html: Markup
    scope: str
    columns: int = 1
    rows: int = 1
    align: str = ""


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell; ``align`` is the class of a column of numbers, or empty."""

    html: Markup
    align: str


@dataclass(frozen=True, slots=True)
class TableView:
    """A table: rows of heads, then rows whose first cell is the row's head.

    ``is_dense`` asks for smaller type on paper, where its words would not fit.
    """

    caption: Markup
    heads: tuple[tuple[HeadView, ...], ...]
    rows: tuple[tuple[Markup, tuple[CellView, ...]], ...]
    is_dense: bool


def view_table(table: Table, prose: Prose) -> TableView:
    """The view of a table whose rows have a cell for each column."""
    rows = [[prose.line(cell) for cell in row] for row in table.rows]
    columns = list(zip(*rows, strict=True))
    aligns = ["", *("align-right" if _are_numbers(column) else "" for column in columns[1:])]
    leaves = [[prose.line(below) for below in c.columns or (c.label,)] for c in table.columns]
    words = zip([html for group in leaves for html in group], *rows, strict=True)
    return TableView(
        caption=prose.line(table.caption),
        heads=_heads(table, leaves, aligns, prose),
        rows=tuple((first, _cells(rest, aligns[1:])) for first, *rest in rows),
        is_dense=sum(map(_width, words)) > WIDEST_TABLE,
    )


def _cells(cells: Sequence[Markup], aligns: Sequence[str]) -> tuple[CellView, ...]:
    return tuple(CellView(html, align) for html, align in zip(cells, aligns, strict=True))


def _heads(
    table: Table, leaves: Sequence[Sequence[Markup]], aligns: Sequence[str], prose: Prose
) -> tuple[tuple[HeadView, ...], ...]:
    """One row of heads; two, where a label stands over several columns."""
    upper, lower = [], []
    depth = 2 if any(column.columns for column in table.columns) else 1
    align = iter(aligns)
    for column, below in zip(table.columns, leaves, strict=True):
        if column.columns:
            label = prose.line(column.label)
            upper.append(HeadView(label, "colgroup", columns=len(below)))
            lower += [HeadView(html, "col", align=next(align)) for html in below]
        else:
            upper.append(HeadView(below[0], "col", rows=depth, align=next(align)))
    return (tuple(upper), tuple(lower)) if lower else (tuple(upper),)


def _are_numbers(cells: Iterable[Markup]) -> bool:
    """Whether a column holds numbers, or marks in their place, and nothing else."""
    texts = [cell.striptags() for cell in cells]
    return any(map(str.isdigit, "".join(texts))) and all(map(_NUMBER.fullmatch, texts))


def _width(column: Iterable[Markup]) -> int:
    """Characters that a column takes which breaks no word, with the space beside it."""
    return 2 + max(len(word) for html in column for word in (html.striptags().split() or [""]))
