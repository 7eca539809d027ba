"""A figure's chart in finished words: its finding, its text and its drawing."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from oscp_report.comparison.figures import Point, change
from oscp_report.document.charts import Datum, Drawing, Kind, draw
from oscp_report.document.findings import finding
from oscp_report.document.series import Series, unbroken
from oscp_report.model import MARKS


@dataclass(frozen=True, slots=True)
class ChartView:
    """A chart, and what it shows in a sentence.

    ``alternative`` is its text for those who do not see it, ``remark`` what has to be known to read
    it, which is nothing for most; ids begin with ``anchor``.
    """

    anchor: str
    label: Markup
    finding: Markup
    remark: str
    alternative: str
    drawing: Drawing


def view_chart(series: Series, anchor: str) -> ChartView:
    """The chart of a figure that has years enough for one."""
    by_year = {point.year: point for point in series.charted}
    years = series.years
    known = [by_year.get(year) for year in years]
    # Those in another unit too: they have no bar, and a line parts them from those that do.
    valued = [point for point in series.charted if point.measure.value is not None]
    partings = {after.year: _parted(series, before, after) for before, after in pairwise(valued)}
    data = [
        Datum(
            year=str(year),
            value=point.measure.value if point and series.is_drawn(point) else None,
            label=series.value(point),
            kind=_kind(series, point),
            parted=partings.get(year, ""),
        )
        for year, point in zip(years, known, strict=True)
    ]
    said = finding(series.label, series.charted, series.year)
    spoken = "; ".join(
        f"{year}: {_spoken(series, point)}" for year, point in zip(years, known, strict=True)
    )
    return ChartView(
        anchor=anchor,
        label=unbroken(series.label_with_period),
        finding=unbroken(said),
        remark=_remark(series),
        alternative=f"Bar chart. {said} {spoken}.",
        drawing=draw(data),
    )


def _kind(series: Series, point: Point | None) -> Kind:
    if point is None or not series.is_drawn(point):
        return "none"
    if point.measure.is_provisional:
        return "provisional"
    return "this" if point.year == series.year else "earlier"


def _parted(series: Series, before: Point, after: Point) -> str:
    """Why two bars that follow each other do not compare; empty where they do."""
    if change(before, after, between=series.charted).amount is not None:
        return ""
    after_it = (point for point in series.charted if before.year < point.year <= after.year)
    is_break = any(point.measure.series_break for point in after_it)
    return "[b] break in the series" if is_break else "not comparable"


def _spoken(series: Series, point: Point | None) -> str:
    """A value and its shorthand, in words."""
    if point is None:
        return MARKS["x"]
    words = [MARKS[mark] for mark in point.measure.marks]
    if point.measure.value is None:
        return ", ".join(words)
    written = series.written(point)
    return f"{written} ({', '.join(words)})" if words else written


def _remark(series: Series) -> str:
    said = []
    if series.figure.unit == "rank":
        said.append("The first place is the highest: the shorter the bar, the higher the place.")
    if len(series.charted) < len(series.points):
        said.append("Earlier years are not shown.")
    return " ".join(said)
