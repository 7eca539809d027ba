"""What became of a figure from one year to another, and what can be said of it.

A change is computed only where the two values measure the same thing over the same part of a year.
All arithmetic is decimal. A percentage is rounded to one decimal, halves away from nought.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from oscp_report.model import Better, Figure, Measure, Report
from oscp_report.period import Period
from oscp_report.wording import Unit, one_line
from oscp_report.year import Year

Direction = Literal["up", "down", "unchanged", "new", "dropped", "not-comparable"]
Verdict = Literal["better", "worse", ""]

SMALLEST_BASE = Decimal(50)
"""A percentage of fewer people, events or pounds says more about chance than about change."""

_TENTH = Decimal("0.1")
_WITH_PERCENTAGE: dict[Unit, Decimal] = {
    "count": SMALLEST_BASE,
    "pounds": SMALLEST_BASE,
    "rate-per-1000": Decimal(0),
    "ratio": Decimal(0),
}
"""Units whose change is given per cent as well, with the base it takes; nought is never enough."""


@dataclass(frozen=True, slots=True)
class Point:
    """A figure's value for one year, with what it has to be judged by."""

    year: Year
    measure: Measure
    unit: Unit
    period: Period
    definition: str = ""

    @classmethod
    def of(cls, figure: Figure, year: Year) -> Point:
        """A report's own figure."""
        return cls(year, figure, figure.unit, figure.covers(year), one_line(figure.definition))

    @property
    def written(self) -> str:
        """The value as it is printed: ``7,292``, or ``[x]``."""
        return self.measure.written(self.unit)


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a figure between two points in time.

    ``amount`` is later less earlier, in the figure's unit (percentage points for per cent, places
    for a rank); ``percent`` the same as a percentage of the earlier value, where that is large
    enough. ``reason`` says why the two cannot be compared.
    """

    direction: Direction
    before: Point | None
    after: Point | None
    amount: Decimal | None = None
    percent: Decimal | None = None
    verdict: Verdict = ""
    reason: str = ""


def points(figure_id: str, reports: Sequence[Report]) -> tuple[Point, ...]:
    """A figure's value in every year of which anything is known, oldest first.

    ``reports`` are in the order of their years. What a later report says of an earlier year holds
    against that year's own report; where there is none, it is of the same part of that year. A
    break that the year's own report told of stays: another number does not mend the series.
    """
    known: dict[Year, Point] = {}
    for report in reports:
        figure = report.figures.get(figure_id)
        if figure is None:
            continue
        for year, measure in figure.earlier.items():
            period = figure.covers(report.year).moved(year.start - report.year.start)
            if before := known.get(year):
                period = before.period
                if not measure.series_break:
                    measure = replace(measure, series_break=before.measure.series_break)
            known[year] = Point(year, measure, figure.unit, period, one_line(figure.definition))
        known[report.year] = Point.of(figure, report.year)
    return tuple(known[year] for year in sorted(known))


def change(
    before: Point | None,
    after: Point | None,
    better: Better = "neither",
    between: Iterable[Point] = (),
) -> Change:
    """What became of a figure; at least one of the two points is there.

    ``between`` are the years between the two: a break in one of them parts them as well.
    """
    if before is None:
        return Change("new", None, after)
    if after is None:
        return Change("dropped", before, None)
    if reason := why_not_comparable(before, after, between):
        return Change("not-comparable", before, after, reason=reason)
    old, new = before.measure.value, after.measure.value
    assert old is not None
    assert new is not None
    amount = new - old
    if not amount:
        return Change("unchanged", before, after, amount)
    return Change(
        "up" if amount > 0 else "down",
        before,
        after,
        amount,
        _percentage(old, new, after.unit),
        _verdict(amount, better),
    )


def why_not_comparable(before: Point, after: Point, between: Iterable[Point] = ()) -> str:
    """The reason, as the rest of a sentence; empty where the two can be compared."""
    if before.unit != after.unit:
        return f"it was measured as {_UNITS[before.unit]} and is now {_UNITS[after.unit]}"
    for point in (before, after):
        if point.measure.value is None:
            return f"the value for {point.year} is {missing(point.measure)}"
    if before.year != after.year:
        earlier, later = sorted((before, after), key=lambda point: point.year)
        inside = (p for p in between if earlier.year < p.year < later.year)
        for point in (later, *inside):
            if broken := point.measure.series_break:
                said = one_line(broken).rstrip(".")
                return f"there is a break in the series in {point.year}: {said}"
    if reason := _periods_differ(before, after):
        return reason
    if before.definition != after.definition:
        return "what is counted has changed"
    if before.measure.of != after.measure.of:
        return f"{after.measure.of} were ranked, and before {before.measure.of}"
    return ""


def _periods_differ(before: Point, after: Point) -> str:
    one, other = before.period, after.period
    if before.year == after.year:
        return "" if one == other else "it now covers another period"
    if one.kind == "so-far" or other.kind == "so-far":
        return "it counts from a fixed day, so that each year includes the one before"
    place = one.place_in_the_year
    if place is None or other.place_in_the_year is None:
        return "its period is given in words, which cannot be compared"
    if place != other.place_in_the_year:
        return "the two cover different parts of a year"
    if one.first == other.first:
        return "both cover the same period"
    earlier, later = sorted((before, after), key=lambda point: point.year)
    is_backwards = (later.period.first or date.min) < (earlier.period.first or date.min)
    return "the later report covers the earlier period" if is_backwards else ""


def missing(measure: Measure) -> str:
    """Why there is no value: ``not available``."""
    return (measure.no_value or "not given yet").replace("-", " ")


def _percentage(base: Decimal, new: Decimal, unit: Unit) -> Decimal | None:
    """None where it would mean nothing: of a small base, or of money that became a debt."""
    smallest = _WITH_PERCENTAGE.get(unit)
    if smallest is None or base <= 0 or base < smallest or new < 0:
        return None
    return ((new - base) * 100 / base).quantize(_TENTH, ROUND_HALF_UP)


def _verdict(amount: Decimal, better: Better) -> Verdict:
    if better == "neither":
        return ""
    return "better" if (amount > 0) == (better == "higher") else "worse"


_UNITS: dict[Unit, str] = {
    "count": "a count",
    "percent": "a percentage",
    "percentage-points": "percentage points",
    "pounds": "pounds",
    "rate-per-1000": "a rate per 1,000",
    "rank": "a rank",
    "ratio": "a ratio",
}
