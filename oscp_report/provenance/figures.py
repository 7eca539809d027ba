"""A report's figures as a table that a program reads: a row for each figure and year."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO

from oscp_report.comparison.figures import Point, points
from oscp_report.model import Figure, Report
from oscp_report.period import Period

COLUMNS = (
    "id", "label", "year", "period", "from", "to", "value", "unit", "of", "shorthand", "reason",
    "better", "definition", "source",
)  # fmt: skip
"""One thing a column: ``period`` is as typed, ``from`` and ``to`` are its days where they are
known. ``of`` is how many are ranked. ``shorthand`` is as in the appendix, without its brackets, and
``reason`` says why there is a break or a revision."""


def as_csv(report: Report, history: Sequence[Report] = ()) -> bytes:
    """The figures of a report with their earlier years, as CSV (RFC 4180) in UTF-8.

    ``history`` are the earlier reports that the report was made with, oldest first. The values are
    those of the appendix "Figures, year on year"; a value that is not given is an empty field.
    """
    out = StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows(_rows(report, history))
    return out.getvalue().encode()


def _rows(report: Report, history: Sequence[Report]) -> Iterator[Mapping[str, str]]:
    for figure in report.figures.values():
        for point in points(figure.id, (*history, report)):
            if point.year <= report.year:
                yield _row(figure, point, is_own=point.year == report.year)


def _row(figure: Figure, point: Point, *, is_own: bool) -> Mapping[str, str]:
    measure, period = point.measure, point.period
    reasons = (_line(reason) for reason in (measure.series_break, measure.revised) if reason)
    return {
        "id": figure.id,
        "label": _line(figure.label),
        "year": str(point.year),
        "period": _line(figure.period) if is_own and figure.period else _named(point),
        "from": period.first.isoformat() if period.first else "",
        "to": period.last.isoformat() if period.last else "",
        "value": "" if measure.value is None else f"{measure.value:f}",
        "unit": point.unit,
        "of": "" if measure.of is None else str(measure.of),
        "shorthand": " ".join(measure.marks),
        "reason": "; ".join(reasons),
        "better": figure.better,
        "definition": point.definition,
        "source": _line(figure.source or ""),
    }


def _named(point: Point) -> str:
    """The period of an earlier year: the year itself, or the words that its own report had."""
    if point.period == Period.of_year(point.year):
        return str(point.year)
    if isinstance(point.measure, Figure) and point.measure.period:
        return _line(point.measure.period)
    return point.period.kind.replace("-", " ")


def _line(text: object) -> str:
    return " ".join(str(text).split())
