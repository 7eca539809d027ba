"""A change in words: for the text, the appendix, a chart, the briefing between two years."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from oscp_report.comparison.figures import Change, Point, change, missing, points
from oscp_report.model import Report
from oscp_report.references import Reference
from oscp_report.wording import Unit, count_in_words, separated, written, written_in_words
from oscp_report.year import Year

TO_COME = "[to come]"
"""What stands for a figure whose value is not known yet."""


def amount_in_words(amount: Decimal, unit: Unit) -> str:
    """How much a figure went up or down, without its sign: ``491``, ``2.3 percentage points``."""
    size = abs(amount)
    if unit == "percent":
        return written(size, "percentage-points")
    if unit == "rank":
        return f"{separated(size)} place{'' if size == 1 else 's'}"
    return separated(size) if unit == "ratio" else written(size, unit)


def how_much(found: Change) -> str:
    """``down 6.7 per cent``, ``up 3``, ``unchanged``; of a change that was computed."""
    if found.direction not in ("up", "down") or found.after is None or found.amount is None:
        return found.direction.replace("-", " ")
    unit = found.after.unit
    if found.percent:  # one that rounds to nought would say that nothing changed
        return f"{found.direction} {written(abs(found.percent), 'percent')}"
    size = amount_in_words(found.amount, unit)
    if unit == "rank":  # the first of them is the highest
        return f"{size} {'lower' if found.direction == 'up' else 'higher'}"
    return f"{found.direction} {size}"


def since(found: Change) -> str:
    """``down 6.7 per cent, from 7,292 in 2018-19``: what ``{id.change}`` prints.

    Raises:
        ValueError: the two cannot be compared, or one of them is not there.
    """
    if found.amount is None or found.before is None:
        raise ValueError(found.reason or found.direction)
    before = f"from {found.before.written} in {found.before.year}"
    joint = " " if found.direction == "unchanged" else ", "
    return f"{how_much(found)}{joint}{before}"


def trend(series: Sequence[Point]) -> str:
    """The last years that can be compared, in words: what ``{id.trend}`` prints.

    ``down in each of the last three years, from 7,292 in 2018-19 to 5,870``.

    Raises:
        ValueError: fewer than three years on end can be compared.
    """
    comparable = run_of(series)
    if len(comparable) < 3:
        raise ValueError("fewer than three years running can be compared")
    changes = [change(*pair) for pair in pairwise(comparable)]
    first, last = comparable[0], comparable[-1]
    same = _same_at_the_end([found.direction for found in changes])
    if same >= 2:
        start = comparable[-same - 1]
        count = count_in_words(same)
        how = "the same" if changes[-1].direction == "unchanged" else changes[-1].direction
        ends = f"from {start.written} in {start.year} to {last.written}"
        if how == "the same":
            return f"the same in each of the last {count} years"
        return f"{how} in each of the last {count} years, {ends}"
    values = sorted(comparable, key=lambda point: point.measure.value or Decimal(0))
    lowest, highest = values[0], values[-1]
    return (
        f"between {lowest.written} (in {lowest.year}) and {highest.written} (in {highest.year}) "
        f"since {first.year}"
    )


def previous(series: Sequence[Point], year: Year) -> str:
    """The value of the year before: what ``{id.previous}`` prints.

    Raises:
        ValueError: there is none.
    """
    before = pair(series, year)[0]
    if before is None:
        raise ValueError("there is no figure of the year before")
    if before.measure.value is None:
        raise ValueError(f"the value for {before.year} is {missing(before.measure)}")
    return before.written


def latest_change(series: Sequence[Point], year: Year) -> str:
    """What became of it since the year before: what ``{id.change}`` prints.

    Raises:
        ValueError: the two cannot be compared, or one is not there.
    """
    before, after = pair(series, year)
    if before is None:
        raise ValueError("there is no figure of the year before")
    return since(change(before, after))


def pair(series: Sequence[Point], year: Year) -> tuple[Point | None, Point | None]:
    """The points of the year before and of a year."""
    by_year = {point.year: point for point in series}
    return by_year.get(Year(year.start - 1)), by_year.get(year)


ASPECTS: Mapping[str, Callable[[Sequence[Point], Year], str]] = {
    "previous": previous,
    "change": latest_change,
    "trend": lambda series, year: trend([point for point in series if point.year <= year]),
}
"""What may follow the point in a reference to a figure, and what it prints; each raises ValueError
with the reason where there is nothing to say."""


def written_figure(found: Reference, years: Sequence[Report]) -> str:
    """What a reference to a figure of the last of these reports prints.

    ``years`` are reports in the order of their years. A value that is still to come, and whatever
    would be computed from it, is ``TO_COME``.

    Raises:
        KeyError: there is no such figure, or nothing that is called so can be said of one.
        ValueError: there is nothing to say, with the reason; or the value has no words.
    """
    report = years[-1]
    figure = report.figures[found.target]
    if figure.is_missing and found.aspect != "previous":
        return TO_COME
    if found.aspect:
        return ASPECTS[found.aspect](points(figure.id, years), report.year)
    if found.form == "words" and figure.value is not None:
        return written_in_words(int(figure.value), figure.unit)
    return figure.written(figure.unit)


def run_of(series: Sequence[Point]) -> tuple[Point, ...]:
    """The last points of a series, year after year, each comparable with the one before."""
    run: list[Point] = []
    for point in reversed(series):
        if run and (point.year.next != run[0].year or change(point, run[0]).amount is None):
            break
        if point.measure.value is None:
            break
        run.insert(0, point)
    return tuple(run)


def _same_at_the_end(directions: Sequence[str]) -> int:
    count = 0
    for direction in reversed(directions):
        if direction != directions[-1]:
            break
        count += 1
    return count


def sentence(label: str, found: Change, absent: Year | None = None) -> str:
    """``Needles and syringes collected fell from 7,292 to 6,801, down 6.7 per cent``, no stop.

    ``absent`` is the year whose report does not have the figure, where it is new or dropped: other
    years may have it.
    """
    before, after = found.before, found.after
    if before is None:
        assert after is not None
        told = _not_there("not reported before", after.year, absent)
        return f"{label}: {after.written} in {after.year}; {told}"
    if after is None:
        told = _not_there("no longer reported", before.year, absent)
        return f"{label}: {before.written} in {before.year}; {told}"
    if found.direction == "not-comparable":
        return (
            f"{label}: {before.written}, now {after.written}; not comparable, since {found.reason}"
        )
    if found.direction == "unchanged":
        return f"{label} stayed at {after.written}"
    verb = "rose" if found.direction == "up" else "fell"
    if after.unit == "rank":  # the first of them is the highest
        verb = "moved"
    judged = f", which is {found.verdict}" if found.verdict else ""
    return f"{label} {verb} from {before.written} to {after.written}, {how_much(found)}{judged}"


def _not_there(told: str, there: Year, absent: Year | None) -> str:
    return told if absent in (None, there) else f"not reported in {absent}"
