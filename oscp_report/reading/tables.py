"""What the year's file says of a table below a paragraph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from oscp_report.diagnostics import Location
from oscp_report.listing import counted
from oscp_report.model import Column, Table
from oscp_report.reading import fields
from oscp_report.reading.rows import label_of
from oscp_report.reading.scalars import SOMETHING, TextShape
from oscp_report.reading.shapes import (
    Faults,
    Field,
    Judged,
    ListOf,
    Record,
    Schema,
    kind,
    nothing_in,
)
from oscp_report.reading.source import Mapping, Node, Scalar

TEXT = TextShape()
BELOW = ListOf(TEXT, "columns")


@dataclass(frozen=True, slots=True)
class ColumnShape:
    """A column's label, or a label over several: ``- Rate per 1,000: [2017-18, 2018-19]``."""

    def read(self, node: Node, faults: Faults) -> Column:
        if isinstance(node, Scalar):
            return Column(label=TEXT.read(node, faults))
        if nothing_in(node, faults):
            return self.blank(node.location)
        if not isinstance(node, Mapping) or len(node.entries) > 1:
            message = f"the label of a column belongs here, not {kind(node)}"
            fix = "write `- Label`, or `- Label:` over a list of the columns below it"
            faults.add(fields.WRONG_KIND, node.location, message, fix=fix)
            return self.blank(node.location)
        (entry,) = node.entries
        return Column(label=label_of(entry.key, faults), columns=BELOW.read(entry.value, faults))

    def blank(self, at: Location) -> Column:
        return Column(label=TEXT.blank(at))

    def schema(self) -> Schema:
        over = {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "propertyNames": SOMETHING,
            "additionalProperties": BELOW.schema(),
        }
        return {"anyOf": [TEXT.schema(), over]}


def _even(table: Table, faults: Faults) -> None:
    """Report the rows that do not have a cell for each column."""
    width = sum(max(1, len(column.columns)) for column in table.columns)
    for row in table.rows:
        if table.columns and row and len(row) != width:
            have, want = counted(len(row), "cell"), counted(width, "column")
            message = f"this row has {have}, and the table {want}"
            fix = f'write a list of {width}; a cell with nothing to say is "-"'
            faults.add(fields.TABLE_WITH_GAPS, row[0].location, message, fix=fix)


def _table(location: Location, **fields: Any) -> Table:
    return Table(location=location, **fields)


TABLE = Judged(
    Record(
        "a table",
        _table,
        {
            "caption": Field(
                TEXT, "What it shows, printed above it", True, ("Recorded crime, by area",)
            ),
            "columns": Field(
                ListOf(ColumnShape(), "columns"),
                "The heads of its columns; one over several has a list of them below it",
                required=True,
                examples=(["Area", {"Rate per 1,000": ["2017-18", "2018-19"]}],),
            ),
            "rows": Field(
                ListOf(ListOf(TEXT, "cells"), "rows"),
                "Its rows, each a list of cells; the first cell is the row's head",
                required=True,
                examples=([["City centre", "95.3", "90.1"]],),
            ),
        },
    ),
    _even,
)
