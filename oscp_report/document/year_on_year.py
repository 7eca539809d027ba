"""The appendix "Figures, year on year": its table and its notes, in finished words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import ceil

from markupsafe import Markup

from oscp_report.comparison.figures import change
from oscp_report.comparison.sentences import TO_COME, how_much
from oscp_report.diagnostics import Location
from oscp_report.document.chart_views import ChartView, view_chart
from oscp_report.document.charts import text_width
from oscp_report.document.prose import Prose
from oscp_report.document.series import Series, unbroken
from oscp_report.model import MARKS, Appendix, Report
from oscp_report.wording import one_line
from oscp_report.year import Year

CANNOT_BE_SAID = "cannot be said"
MOST_YEARS_ACROSS = 6
"""Years beside each other in a table: more would not fit on paper, and go into one below."""
_ACROSS, _PADDING = Decimal("45.8"), Decimal("0.9")
"""A table on paper, and the most beside a value, in em: 163 mm and type of 10.08 points."""
_YEARS_SHARE = Decimal(72)
COLUMN_SHARES = tuple(map(Decimal, ("25", "12.5", "12.5", "19", "11", "20")))
"""Per cent of a table that its years have, and each column of this year's; as in the styles."""
LONGEST_WORD = 24
"""Characters of a word that is not broken. What is longer, as a web address, is."""


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure's row in the table.

    ``note`` is the number of its note and ``anchor`` that note's id; both are empty where it has
    none. ``place`` is where the figure stands in the file; it is not printed.
    """

    label: str
    note: str
    anchor: str
    this_year: str
    last_year: str
    change: str
    judged: str
    source: str
    place: Location | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class NoteView:
    """What a reader has to know about a figure."""

    anchor: str
    label: Markup
    text: Markup


@dataclass(frozen=True, slots=True)
class YearsView:
    """A table of years side by side: a row for each figure that has a chart, of label and values.

    ``label`` is its caption.
    """

    label: str
    years: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class YearOnYearView:
    """An appendix. ``shorthand`` explains the marks that are used in it; it may be empty.

    ``label`` is the caption of its table of this year and the last. ``is_crowded`` says that a
    number or a word in it may be too wide for its column on paper.
    """

    title: Markup
    anchor: str
    label: str
    this_year: str
    last_year: str
    shorthand: tuple[str, ...]
    rows: tuple[FigureView, ...]
    is_crowded: bool
    notes: tuple[NoteView, ...]
    tables: tuple[YearsView, ...]
    charts: tuple[ChartView, ...]


def view_year_on_year(
    report: Report, history: Sequence[Report], prose: Prose
) -> tuple[YearOnYearView, ...]:
    """The appendices that a report prints itself; ``history`` are earlier years', oldest first."""
    listed = report.appendices if isinstance(report.appendices, tuple) else ()
    printed = [appendix for appendix in listed if appendix.figures]
    return tuple(
        _appendix(appendix, f"figures_{number}", report, history, prose)
        for number, appendix in enumerate(printed, 1)
    )


def _appendix(
    appendix: Appendix, anchor: str, report: Report, history: Sequence[Report], prose: Prose
) -> YearOnYearView:
    chosen = _chosen(appendix, report, history)
    noted = [(series, note) for series in chosen if (note := " ".join(_notes(series)))]
    numbers = {series.figure.id: str(number) for number, (series, _) in enumerate(noted, 1)}
    rows = tuple(_row(series, numbers.get(series.figure.id, ""), anchor) for series in chosen)
    tables = tuple(_tables([series for series in chosen if series.has_chart]))
    return YearOnYearView(
        title=prose.line(appendix.title),
        anchor=anchor,
        label=f"Table of figures, {report.year} and the year before",
        this_year=str(report.year),
        last_year=str(Year(report.year.start - 1)),
        shorthand=_shorthand(rows, tables),
        rows=rows,
        is_crowded=any(map(_is_crowded, rows)),
        notes=tuple(
            NoteView(
                f"{anchor}_note_{numbers[series.figure.id]}", unbroken(series.label), unbroken(note)
            )
            for series, note in noted
        ),
        tables=tables,
        charts=tuple(
            view_chart(series, f"{anchor}_{number}")
            for number, series in enumerate(chosen, 1)
            if series.has_chart
        ),
    )


def _chosen(appendix: Appendix, report: Report, history: Sequence[Report]) -> list[Series]:
    """The figures that an appendix lists, in the order of the file."""
    names = appendix.figures or ()
    listed = set(report.figures) if names == "all" else {str(name) for name in names}
    return [
        Series.of(figure, report, history)
        for figure in report.figures.values()
        if figure.id in listed
    ]


def _row(series: Series, note: str, anchor: str) -> FigureView:
    before, after = series.last_two
    said, judged = _change(series)
    return FigureView(
        label=series.label_with_period,
        note=note,
        anchor=f"{anchor}_note_{note}" if note else "",
        this_year=series.value(after),
        last_year=series.value(before),
        change=said,
        judged=judged,
        source=one_line(series.figure.source) or "not given",
        place=series.figure.location,
    )


def _is_crowded(row: FigureView) -> bool:
    """Whether a word is wider than its column, where the columns keep their shares."""
    cells = (row.label, row.this_year, row.last_year, row.change, row.judged, row.source)
    return any(
        text_width(word, 1) > share / 100 * _ACROSS - _PADDING
        for cell, share in zip(cells, COLUMN_SHARES, strict=True)
        for word in cell.split()
        if len(word) <= LONGEST_WORD
    )


def _tables(charted: Sequence[Series]) -> Iterator[YearsView]:
    """The values of the charts, so many years to a table."""
    if not charted:
        return
    years = max((series.years for series in charted), key=len)
    tables = ceil(len(years) / _years_across(charted, years))
    most = ceil(len(years) / tables)  # four and four, rather than six and two
    for start in range(0, len(years), most):
        across = years[start : start + most]
        yield YearsView(
            label=f"Table of figures, {across[0]} to {across[-1]}",
            years=tuple(map(str, across)),
            rows=tuple((series.label_with_unit, _values(series, across)) for series in charted),
        )


def _years_across(charted: Sequence[Series], years: Sequence[Year]) -> int:
    """How many years stand beside each other, so that no number is broken in the middle."""
    values = (value for series in charted for value in _values(series, years))
    widest = max(text_width(word, 1) for value in values for word in value.split())
    room = _YEARS_SHARE / 100 * _ACROSS
    return max(1, min(MOST_YEARS_ACROSS, int(room / (widest + _PADDING))))


def _values(series: Series, years: Sequence[Year]) -> tuple[str, ...]:
    known = {point.year: point for point in series.points}
    return tuple(series.value(known.get(year)) for year in years)


def _shorthand(rows: Sequence[FigureView], tables: Sequence[YearsView]) -> tuple[str, ...]:
    """What the marks that the tables use stand for; a chart uses no others."""
    values = [value for row in rows for value in (row.this_year, row.last_year)]
    values += [value for table in tables for _, values in table.rows for value in values]
    return tuple(
        f"[{mark}] {words}"
        for mark, words in MARKS.items()
        if any(f"[{mark}]" in value for value in values)
    )


def _change(series: Series) -> tuple[str, str]:
    """What became of a figure since last year, and whether that is better, in words."""
    before, after = series.last_two
    if series.is_to_come(after):
        return TO_COME, TO_COME
    if before is None:
        is_new = series.has_last_report and len(series.points) == 1
        return ("new" if is_new else "no value to compare"), CANNOT_BE_SAID
    found = change(before, after, series.figure.better)
    if found.amount is None:
        return "not comparable", CANNOT_BE_SAID
    if found.direction == "unchanged":
        return "unchanged", "the same"
    return how_much(found), found.verdict or "not judged"


def _notes(series: Series) -> Iterator[str]:
    """Why it does not compare, breaks and revisions, newest first, then what the officer noted."""
    before, after = series.last_two
    if before is not None and not series.is_to_come(after):
        reason = change(before, after).reason
        # A mark in the table says as much of a break and of a value that is not there.
        is_marked = after.measure.series_break or None in (
            after.measure.value,
            before.measure.value,
        )
        if reason and not is_marked:
            yield _sentence(f"Not comparable with {before.year}: {reason}")
    for point in reversed(series.shown):
        if point.measure.series_break:
            broken = one_line(point.measure.series_break)
            yield _sentence(f"[b] Break in the series in {point.year}: {broken}")
        if point.measure.revised:
            revised = one_line(point.measure.revised)
            yield _sentence(f"[r] Revised for {point.year}: {revised}")
    if series.figure.definition:
        yield _sentence(f"What is counted: {one_line(series.figure.definition)}")
    if series.figure.note:
        yield _sentence(f"Note: {one_line(series.figure.note)}")


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
