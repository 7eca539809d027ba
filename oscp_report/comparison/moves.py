"""The figures of two reports: how each moved, what else is said of it, what was restated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from oscp_report.comparison.figures import Change, Point, change, points
from oscp_report.days import written_day
from oscp_report.model import Better, Figure, Measure, Report, Text
from oscp_report.wording import Unit, one_line
from oscp_report.year import Year


@dataclass(frozen=True, slots=True)
class Detail:
    """Something said of a figure, besides its value, that changed; empty where it was not said."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Restated:
    """A value of one year that the two reports give differently, as each writes it.

    ``reason`` is why it was revised, or empty where no reason is given.
    """

    year: Year
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class FigureChange:
    """What became of a figure, and of what is said of it."""

    id: str
    label: str
    change: Change
    details: tuple[Detail, ...] = ()
    restated: tuple[Restated, ...] = ()
    is_same: bool = False


def compare_figures(
    old: Report, new: Report, others: Sequence[Report] = ()
) -> tuple[FigureChange, ...]:
    """What became of every figure of two reports, the largest moves first.

    A move is larger by its percentage, then by its size; the rest follows in the order of the new
    report. ``others`` are reports of other years; where one of them lies between the two and tells
    of a break in the series, nothing is computed.
    """
    ids = [*new.figures, *(name for name in old.figures if name not in new.figures)]
    return tuple(sorted((_compare(name, old, new, others) for name in ids), key=_rank))


_LAST = ("unchanged", "new", "dropped", "not-comparable")


def _rank(found: FigureChange) -> tuple[int, Decimal, Decimal]:
    moved = found.change
    if moved.direction in _LAST:
        return 2 + _LAST.index(moved.direction), Decimal(0), Decimal(0)
    percent = moved.percent
    return int(percent is None), -abs(percent or Decimal(0)), -abs(moved.amount or Decimal(0))


def _compare(name: str, old: Report, new: Report, others: Sequence[Report]) -> FigureChange:
    one, other = old.figures.get(name), new.figures.get(name)
    later = (one or other) if old.year > new.year else (other or one)
    assert later is not None
    before, after, between = _ends(name, old, new, others)
    moved = change(before, after, _better(old, new, one, other), between)
    return FigureChange(
        name,
        one_line(later.label),
        moved,
        tuple(_details(one, other)) if one and other else (),
        tuple(_restated(old, new, one, other)) if one and other else (),
        is_same=old.year == new.year and one == other,
    )


def _ends(
    name: str, old: Report, new: Report, others: Sequence[Report]
) -> tuple[Point | None, Point | None, tuple[Point, ...]]:
    if old.year == new.year:
        pair = (old.figures.get(name), new.figures.get(name))
        before, after = (Point.of(figure, new.year) if figure else None for figure in pair)
        return before, after, ()
    reports = sorted((*others, old, new), key=lambda report: report.year)
    series = points(name, reports)
    known = {point.year: point for point in series}
    return known.get(old.year), known.get(new.year), series


def _better(old: Report, new: Report, one: Figure | None, other: Figure | None) -> Better:
    """Which way is better: as the later report says; two drafts of a year have to agree."""
    if one is None or other is None:
        return "neither"
    if old.year == new.year:
        return one.better if one.better == other.better else "neither"
    return one.better if old.year > new.year else other.better


def _details(one: Figure, other: Figure) -> Iterator[Detail]:
    before, after = said_of(one), said_of(other)
    for name, text in before.items():
        if text != after[name]:
            yield Detail(name, text, after[name])


def said_of(figure: Figure) -> dict[str, str]:
    """All that is said of a figure besides its value, by what it is called; empty if nothing is."""
    texts: dict[str, Text | None] = {
        "label": figure.label,
        "definition": figure.definition,
        "period": figure.period,
        "source": figure.source,
        "owner": figure.owner,
        "note": figure.note,
        "break in the series": figure.series_break,
        "reason for the revision": figure.revised,
    }
    said = {name: one_line(text) for name, text in texts.items()}
    confirmed = figure.confirmed
    return {
        **said,
        "unit": figure.unit,
        "good direction": figure.better if figure.better != "neither" else "",
        "as at": written_day(figure.as_at) if figure.as_at else "",
        "confirmation": f"{confirmed.by}, {written_day(confirmed.on)}" if confirmed else "",
        "status": "provisional" if figure.is_provisional else "",
    }


def _restated(old: Report, new: Report, one: Figure, other: Figure) -> Iterator[Restated]:
    """The years of which both speak, or one of two drafts; a draft's own year is its value."""
    is_draft = old.year == new.year
    before, after = _stated(old, one), _stated(new, other)
    years = {*before, *after} - {old.year} if is_draft else {*before} & {*after}
    for year in sorted(years):
        earlier, later = before.get(year), after.get(year)
        texts = (
            _written(earlier, one.unit, marked=is_draft),
            _written(later, other.unit, marked=is_draft),
        )
        if texts[0] != texts[1]:
            last = earlier if old.year > new.year else later
            reason = last.revised if last else None
            yield Restated(year, *texts, one_line(reason))


def _stated(report: Report, figure: Figure) -> Mapping[Year, Measure]:
    return {**figure.earlier, report.year: figure}


def _written(measure: Measure | None, unit: Unit, *, marked: bool) -> str:
    """A value; empty where it is not given. ``marked`` tells a provisional one, as drafts may."""
    if measure is None:
        return ""
    return measure.written(unit) + (" [p]" if marked and measure.is_provisional else "")
