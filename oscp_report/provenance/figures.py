"""A report's figures as a table that a program reads: a row for each figure and year."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO

from oscp_report.comparison.figures import Point, points
from oscp_report.model import Figure, Report
from oscp_report.period import Period
from oscp_report.wording import one_line

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
                yield row_of(figure, point, is_own=point.year == report.year)


def row_of(figure: Figure, point: Point, *, is_own: bool) -> Mapping[str, str]:
    """The row of one figure and year; ``is_own`` where the year is that of the report itself."""
    measure, period = point.measure, point.period
    reasons = (one_line(reason) for reason in (measure.series_break, measure.revised) if reason)
    return {
        "id": figure.id,
        "label": one_line(figure.label),
        "year": str(point.year),
        "period": one_line(figure.period) if is_own and figure.period else _named(point),
        "from": period.first.isoformat() if period.first else "",
        "to": period.last.isoformat() if period.last else "",
        "value": "" if measure.value is None else f"{measure.value:f}",
        "unit": point.unit,
        "of": "" if measure.of is None else str(measure.of),
        "shorthand": " ".join(measure.marks),
        "reason": "; ".join(reasons),
        "better": figure.better,
        "definition": point.definition,
        "source": one_line(figure.source),
    }


def _named(point: Point) -> str:
    """The period of an earlier year: the year itself, or the words that its own report had."""
    if point.period == Period.of_year(point.year):
        return str(point.year)
    if isinstance(point.measure, Figure) and point.measure.period:
        return one_line(point.measure.period)
    return point.period.kind.replace("-", " ")
