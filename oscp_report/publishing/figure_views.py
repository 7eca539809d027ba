"""The page of figures: each figure with its chart, its table and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from oscp_report.comparison.figures import Point, missing
from oscp_report.document.chart_views import ChartView, view_chart
from oscp_report.document.findings import finding
from oscp_report.document.series import Series, unbroken
from oscp_report.model import MARKS
from oscp_report.publishing.figures import Known, Life, remarks
from oscp_report.publishing.volumes import Volume
from oscp_report.wording import one_line
from oscp_report.year import Year


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year's value; ``report`` is the year of the report that gives it, at ``address``.

    A year of the chart that no report gives has no address.
    """

    year: str
    value: str
    remarks: tuple[Markup, ...]
    source: str
    report: str
    address: str


@dataclass(frozen=True, slots=True)
class FigurePart:
    """A figure: what it shows, its chart (three years or more), its values, newest first.

    ``source`` is empty where it differs from year to year; then each row has its own.
    ``no_longer`` says so where the last report does not have it, ``draft`` where that is a draft.
    """

    anchor: str
    label: str
    latest: Markup
    finding: Markup
    chart: ChartView | None
    definition: str
    no_longer: Markup
    draft: str
    source: str
    caption: str
    rows: tuple[YearRow, ...]

    @property
    def has_remarks(self) -> bool:
        """Whether there is anything to know of a year."""
        return any(row.remarks for row in self.rows)


def view_figures(lives: Sequence[Life], volumes: Mapping[Year, Volume]) -> tuple[FigurePart, ...]:
    """The figures, for a page at the head of the site."""
    last = max(volumes, default=None)
    return tuple(_view(life, volumes, last) for life in lives)


def shorthand(parts: Sequence[FigurePart]) -> tuple[str, ...]:
    """What the marks that stand beside values mean, as far as they are used."""
    values = "".join(row.value for part in parts for row in part.rows)
    return tuple(f"[{mark}] {words}" for mark, words in MARKS.items() if f"[{mark}]" in values)


def _view(life: Life, volumes: Mapping[Year, Volume], last: Year | None) -> FigurePart:
    report = life.report
    series = Series(
        life.figure,
        report.year,
        tuple(point for point in life.points if point.year <= report.year),
        is_draft=report.status == "draft",
        has_last_report=Year(report.year.start - 1) in volumes,
    )
    chart = view_chart(series, f"chart_{life.figure.id}") if series.has_chart else None
    said = unbroken(finding(series.label, series.charted, series.year))
    sources = [one_line(known.figure.source or "") or "not given" for known in life.known]
    is_one_source = len(set(sources)) == 1
    notes = remarks(life)
    rows = {
        known.point.year: _row(known, series, notes, "" if is_one_source else source, volumes)
        for known, source in zip(life.known, sources, strict=True)
    }
    if chart:
        rows |= {year: _no_row(year, series) for year in series.years if year not in rows}
    gone = f"It is no longer reported: the last report that has it is that for {report.year}."
    return FigurePart(
        anchor=life.figure.id,
        label=series.label,
        latest=unbroken(f"{_in_words(series.points[-1])} in {volumes[report.year].label}"),
        finding=chart.finding if chart else said,
        chart=chart,
        definition=one_line(life.figure.definition or ""),
        no_longer=unbroken(gone if report.year != last else ""),
        draft=f"From the draft for {report.year}." if report.status == "draft" else "",
        source=sources[0] if is_one_source else "",
        caption=f"{series.label_with_period}, year by year",
        rows=tuple(rows[year] for year in sorted(rows, reverse=True)),
    )


def _in_words(point: Point) -> str:
    return missing(point.measure) if point.measure.value is None else point.written


def _row(
    known: Known,
    series: Series,
    notes: Mapping[int, tuple[str, ...]],
    source: str,
    volumes: Mapping[Year, Volume],
) -> YearRow:
    year = known.point.year
    return YearRow(
        year=str(year),
        value=series.value(known.point),
        remarks=tuple(map(unbroken, notes[year.start])),
        source=source,
        report=volumes[known.report.year].label,
        address=volumes[known.report.year].address,
    )


def _no_row(year: Year, series: Series) -> YearRow:
    """A year that the chart shows, and of which no report tells."""
    return YearRow(str(year), series.value(None), (), "not given", "no report", "")
