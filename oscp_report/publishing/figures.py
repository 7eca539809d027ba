"""Every figure over all published years: its values as the latest report gives them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from oscp_report.comparison.figures import Point, change, points
from oscp_report.model import MARKS, Figure, Measure, Report
from oscp_report.wording import one_line


@dataclass(frozen=True, slots=True)
class Known:
    """A figure's value for one year, as the last report that speaks of that year gives it.

    ``figure`` is the figure in that ``report``; ``own`` the one in the year's own report, if that
    has it. ``before`` are the other values that were published for the year, oldest first, each
    with the report that gave it.
    """

    point: Point
    figure: Figure
    report: Report
    own: Figure | None
    before: tuple[tuple[str, Report], ...]


@dataclass(frozen=True, slots=True)
class Life:
    """A figure over all years, oldest first; ``figure`` is the one in the last ``report`` of it."""

    figure: Figure
    report: Report
    known: tuple[Known, ...]

    @property
    def points(self) -> tuple[Point, ...]:
        """Its values."""
        return tuple(each.point for each in self.known)


def lives(reports: Sequence[Report]) -> tuple[Life, ...]:
    """The figures of all reports, which are in the order of their years.

    First those of the last report, in its order; then those that it no longer has, by the last
    report that had them.
    """
    having: dict[str, list[Report]] = {}
    for report in reversed(reports):
        for name in report.figures:
            having.setdefault(name, []).append(report)
    return tuple(_life(name, newest_first[::-1]) for name, newest_first in having.items())


def _life(name: str, having: Sequence[Report]) -> Life:
    """A figure's years; ``having`` are the reports that have it, oldest first."""
    said: dict[int, list[tuple[Measure, Figure, Report]]] = {}
    for report in having:
        figure = report.figures[name]
        for year, measure in (*figure.earlier.items(), (report.year, figure)):
            said.setdefault(year.start, []).append((measure, figure, report))
    known = tuple(_known(point, said[point.year.start]) for point in points(name, having))
    return Life(having[-1].figures[name], having[-1], known)


def _known(point: Point, said: Sequence[tuple[Measure, Figure, Report]]) -> Known:
    _, figure, report = said[-1]
    own = next((f for _, f, r in said if r.year == point.year), None)
    written = [(measure.written(f.unit), r) for measure, f, r in said]
    before = [
        each
        for each, after in pairwise(written)
        if each[0] != after[0] and each[0] != point.written
    ]
    return Known(point, figure, report, own, tuple(before))


def remarks(life: Life) -> dict[int, tuple[str, ...]]:
    """What a reader has to know of each year's value, by the year in which that starts."""
    found, told = {}, ""
    for place, known in enumerate(life.known):
        reason = _not_comparable(life, place)
        # What is the same from year to year is told once.
        found[known.point.year.start] = tuple(
            _remarks(life, place, "" if reason == told else reason)
        )
        told = reason
    return found


def _remarks(life: Life, place: int, not_comparable: str) -> Iterator[str]:
    known = life.known[place]
    measure, own = known.point.measure, known.own
    for mark in () if measure.is_missing else measure.marks:
        reason = {"b": measure.series_break, "r": measure.revised}.get(mark)
        words = one_line(reason).rstrip(".") if reason else ""
        said = MARKS[mark].capitalize()
        yield f"[{mark}] {said}: {words}." if words else f"[{mark}] {said}."
    for value, report in known.before:
        yield f"It was {value} in the report for {report.year}."
    if not_comparable:
        yield f"Not comparable with {life.known[place - 1].point.year}: {not_comparable}."
    if own and own.period:
        yield f"It covers: {one_line(own.period)}."
    if own and own.note:
        yield f"Note: {one_line(own.note).rstrip('.')}."
    later = life.known[place + 1].point if place + 1 < len(life.known) else None
    if later and known.point.definition and known.point.definition != later.definition:
        yield f"What was counted until then: {known.point.definition.rstrip('.')}."


def _not_comparable(life: Life, place: int) -> str:
    """Why a value cannot be compared with the one before, where no mark tells it already."""
    if place == 0:
        return ""
    before, after = life.known[place - 1].point, life.known[place].point
    if after.measure.series_break or None in (before.measure.value, after.measure.value):
        return ""
    return change(before, after).reason
