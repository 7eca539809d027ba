"""All figures as data: CSV and JSON, a row a figure and year, and the package that describes them.

The description is a Data Package with a Table Schema (Frictionless, version 1).
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from typing import Any, get_args

from oscp_report.model import Better, Partnership
from oscp_report.provenance.figures import COLUMNS, row_of
from oscp_report.publishing.figures import Known, Life
from oscp_report.wording import UNITS, one_line

FIELDS = (*COLUMNS, "report", "status")
"""Those of the table that a PDF carries, and which report gives the value."""

_NUMBERS = frozenset({"value", "of"})
_YEAR = "^[0-9]{4}-[0-9]{2}$"
_SCHEMA: Mapping[str, tuple[str, str, Mapping[str, Any]]] = {
    "id": (
        "string", "The figure, by a name that stays the same from year to year",
        {"required": True, "pattern": "^[a-z][a-z0-9-]*$"},
    ),
    "label": ("string", "What the figure is called in the last report", {"required": True}),
    "year": (
        "string", "The financial year, from 1 April to 31 March, that the value is reported for",
        {"required": True, "pattern": _YEAR},
    ),
    "period": ("string", "What the value covers, as the report says it", {"required": True}),
    "from": ("date", "The first day that the value covers, where it is known", {}),
    "to": ("date", "The last day that the value covers, where it is known", {}),
    "value": (
        "number", "The value as the last report that speaks of the year gives it; it is missing "
        "where `shorthand` has c, x or z", {},
    ),
    "unit": ("string", "What the value is measured in", {"required": True, "enum": list(UNITS)}),
    "of": ("integer", "Of a rank, how many were ranked", {"minimum": 1}),
    "shorthand": (
        "string", "The shorthand of official statistics, parted by spaces: b break in the series, "
        "c confidential, p provisional, r revised, x not available, z not applicable",
        {"pattern": "^[bcprxz]( [bcprxz])*$"},
    ),
    "reason": ("string", "Why there is a break in the series or a revision", {}),
    "better": (
        "string", "Which way is better",
        {"required": True, "enum": list(get_args(Better))},
    ),
    "definition": ("string", "What exactly is counted", {}),
    "source": ("string", "Where the value comes from", {}),
    "report": (
        "string", "The year of the report that gives the value",
        {"required": True, "pattern": _YEAR},
    ),
    "status": (
        "string", "Whether that report is final",
        {"required": True, "enum": ["draft", "final"]},
    ),
}  # fmt: skip


def rows(lives: Sequence[Life]) -> tuple[Mapping[str, str], ...]:
    """The table: for each figure its years, oldest first; what is not given is empty."""
    return tuple(_of(life, known) for life in lives for known in life.known)


def _of(life: Life, known: Known) -> Mapping[str, str]:
    is_own = known.point.year == known.report.year
    row = {**row_of(known.figure, known.point, is_own=is_own)}
    if known.own and known.own.period:
        row["period"] = one_line(known.own.period)
    label = one_line(life.figure.label)
    return {**row, "label": label, "report": str(known.report.year), "status": known.report.status}


def as_csv(table: Sequence[Mapping[str, str]]) -> bytes:
    """The table as CSV (RFC 4180) in UTF-8.

    It begins with a byte order mark: without one, Excel and LibreOffice take it for Windows-1252.
    """
    out = StringIO(newline="")
    writer = csv.DictWriter(out, FIELDS)
    writer.writeheader()
    writer.writerows(table)
    # The mark at the beginning tells a spreadsheet that this is UTF-8.
    return out.getvalue().encode("utf-8-sig")


def as_json(table: Sequence[Mapping[str, str]]) -> bytes:
    """The table as a JSON list of objects, a row a line; no digit is lost, and none is added."""
    lines = ("{" + ", ".join(_members(row)) + "}" for row in table)
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode()


def _members(row: Mapping[str, str]) -> Iterator[str]:
    for name in FIELDS:
        text = row[name]
        given = text if name in _NUMBERS else json.dumps(text, ensure_ascii=False)
        yield f'"{name}": {given if text else "null"}'


def package(lives: Sequence[Life], partnership: Partnership) -> bytes:
    """``datapackage.json``. It names no licence, since nobody said one."""
    sources = dict.fromkeys(
        one_line(known.figure.source or "") for life in lives for known in life.known
    )
    name = f"Figures of {partnership.name}"
    described = {
        "profile": "data-package",
        "name": "figures",
        "title": name,
        "description": (
            f"Every figure that {partnership.name} reported to {partnership.council}, a row a "
            "figure and year. A value that a later report revised is given as revised."
        ),
        **({"homepage": partnership.website} if partnership.website else {}),
        "sources": [{"title": source} for source in sources if source],
        "resources": [_resource("csv", name), _resource("json", name)],
    }
    if not described["sources"]:  # a list of sources may not be empty
        del described["sources"]
    return (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode()


def _resource(form: str, title: str) -> dict[str, Any]:
    media = {"csv": "text/csv", "json": "application/json"}[form]
    dialect = {"csv": {"delimiter": ","}, "json": {"json": {"keyed": True}}}[form]
    return {
        "profile": "tabular-data-resource",
        "name": f"figures-{form}",
        "title": f"{title}, as {form.upper()}",
        "path": f"figures.{form}",
        "format": form,
        "mediatype": media,
        "encoding": "utf-8",
        "dialect": dialect,
        "schema": {
            "fields": [_field(name) for name in FIELDS],
            "missingValues": [""],
            "primaryKey": ["id", "year"],
        },
    }


def _field(name: str) -> dict[str, Any]:
    kind, description, constraints = _SCHEMA[name]
    described = {"name": name, "type": kind, "description": description}
    return {**described, "constraints": constraints} if constraints else described
