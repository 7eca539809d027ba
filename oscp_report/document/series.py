"""A figure with its years, as a report prints them: in the table, in a chart, in a note."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from oscp_report.comparison.figures import Point, points
from oscp_report.comparison.sentences import TO_COME, pair
from oscp_report.document.prose import YEAR_IN_TEXT
from oscp_report.model import Figure, Report
from oscp_report.period import Period
from oscp_report.wording import Unit, one_line, separated
from oscp_report.year import Year

FEWEST_IN_A_CHART = 3
"""Years with a value: two are told by a sentence."""
MOST_IN_A_CHART = 12
"""Years: a chart stays on one page with its heading. Earlier ones are left out, and it says so."""

_BESIDE_THE_LABEL: dict[Unit, str] = {
    "percent": "per cent",
    "percentage-points": "percentage points",
    "rate-per-1000": "per 1,000",
    "ratio": "to 1",
}
"""Units that are named once, beside the label, and not with each value."""


@dataclass(frozen=True, slots=True)
class Series:
    """A figure of a report and its values up to that year, oldest first, the report's own last.

    ``has_last_report`` says whether there is a report for the year before.
    """

    figure: Figure
    year: Year
    points: tuple[Point, ...]
    is_draft: bool
    has_last_report: bool

    @classmethod
    def of(cls, figure: Figure, report: Report, history: Sequence[Report]) -> Series:
        """A figure of a report; ``history`` are the reports of earlier years, oldest first."""
        known = points(figure.id, (*history, report))
        return cls(
            figure,
            report.year,
            tuple(point for point in known if point.year <= report.year),
            is_draft=report.status == "draft",
            has_last_report=any(one.year.next == report.year for one in history),
        )

    @property
    def label(self) -> str:
        """What is counted, on one line."""
        return one_line(self.figure.label)

    @property
    def label_with_unit(self) -> str:
        """``Fall in burglary (per cent)``."""
        return self._label_with(_BESIDE_THE_LABEL.get(self.figure.unit, ""))

    @property
    def label_with_period(self) -> str:
        """``Fall in burglary (per cent, Q3 2018-19)``."""
        is_of_the_year = self.figure.covers(self.year) == Period.of_year(self.year)
        period = "" if is_of_the_year else one_line(self.figure.period)
        return self._label_with(_BESIDE_THE_LABEL.get(self.figure.unit, ""), period)

    def _label_with(self, *beside: str) -> str:
        inside = ", ".join(filter(None, beside))
        return f"{self.label} ({inside})" if inside else self.label

    @property
    def last_two(self) -> tuple[Point | None, Point]:
        """Last year's and this year's."""
        before, after = pair(self.points, self.year)
        assert after is not None
        return before, after

    @property
    def has_chart(self) -> bool:
        """Whether there are years enough for a chart."""
        return sum(map(self.is_drawn, self.charted)) >= FEWEST_IN_A_CHART

    @property
    def charted(self) -> tuple[Point, ...]:
        """Those that a chart has room for."""
        first = self.year.start - MOST_IN_A_CHART + 1
        return tuple(point for point in self.points if point.year.start >= first)

    @property
    def years(self) -> tuple[Year, ...]:
        """Every year of the chart, those without a point too."""
        first = self.charted[0].year.start
        return tuple(Year(start) for start in range(first, self.year.start + 1))

    @property
    def shown(self) -> tuple[Point, ...]:
        """Those that are printed: in the chart or, where there is none, in the table."""
        return self.charted if self.has_chart else tuple(filter(None, self.last_two))

    def is_drawn(self, point: Point) -> bool:
        """Whether it has a value that the chart's scale can show."""
        return point.measure.value is not None and point.unit == self.figure.unit

    def is_to_come(self, point: Point | None) -> bool:
        """Whether it is the value that a draft still waits for."""
        is_own = point is not None and point.year == self.year
        return self.is_draft and is_own and self.figure.is_missing

    def value(self, point: Point | None) -> str:
        """A value with its shorthand, ``6,801 [p]``, in the unit that stands beside the label."""
        if point is None:
            return "[x]"
        if self.is_to_come(point):
            return TO_COME
        marks = [f"[{mark}]" for mark in point.measure.marks]
        value = point.measure.value
        if value is None:
            return " ".join(marks)
        is_bare = point.unit == self.figure.unit and point.unit in _BESIDE_THE_LABEL
        return " ".join([separated(value) if is_bare else self.written(point), *marks])

    def written(self, point: Point) -> str:
        """A value with its unit; a count, which has none, is told from values in another unit."""
        is_odd = point.unit == "count" != self.figure.unit and point.measure.value is not None
        return f"{point.written} (a count)" if is_odd else point.written


def unbroken(text: str) -> Markup:
    """A plain text as HTML, its years not broken at the end of a line."""
    marked = re.sub(YEAR_IN_TEXT, r'<span class="year">\g<0></span>', str(escape(text)))
    return Markup(marked)  # noqa: S704  # escaped just above; a year holds nothing to escape
