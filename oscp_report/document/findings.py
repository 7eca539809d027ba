"""What a figure's years show, in a sentence, and no more than they allow."""

from __future__ import annotations

from collections.abc import Sequence

from oscp_report.comparison.figures import Change, Point, change, missing
from oscp_report.comparison.sentences import amount_in_words, how_much, run_of
from oscp_report.wording import count_in_words, written
from oscp_report.year import Year

FEWEST_TO_RANK = 3
"""Years running that have to compare before one of them is called the lowest or the highest."""


def finding(label: str, series: Sequence[Point], year: Year) -> str:
    """What became of a figure by a year, of which the series has a point; with a full stop.

    ``Needles and syringes collected fell by 6.7 per cent on 2018-19, the lowest of four years.``
    Where last year has no value, the comparison is with the last year that has one, and says so.
    """
    known = [point for point in series if point.year <= year]
    after = next(point for point in known if point.year == year)
    if after.measure.value is None:
        return f"{label}: the value for {year} is {missing(after.measure)}."
    earlier = [p for p in known if p.year < year and p.measure.value is not None]
    if not earlier:
        return f"{label}: {after.written} in {year}; there is no earlier value."
    before = earlier[-1]
    found = change(before, after, between=known)
    if found.amount is None:
        return (
            f"{label}: {after.written} in {year}, which cannot be compared with {before.year}: "
            f"{found.reason}."
        )
    gap = "" if before.year.next == year else ", the last year before it that has a value"
    now = f", to {after.written}" if after.unit == "rank" and found.amount else ""
    return f"{_moved(label, found)} {before.year}{gap}{now}{_rank(known, after)}{_doubt(found)}."


def _moved(label: str, found: Change) -> str:
    assert found.after is not None
    assert found.amount is not None
    unit = found.after.unit
    if found.direction == "unchanged":
        return f"{label} stayed at {found.after.written}, the same as in"
    if unit == "rank":
        return f"{label} moved {how_much(found)} on"
    verb = "rose" if found.direction == "up" else "fell"
    if found.percent:  # one that rounds to nought would say that nothing happened
        return f"{label} {verb} by {written(abs(found.percent), 'percent')} on"
    return f"{label} {verb} by {amount_in_words(found.amount, unit)} on"


def _rank(known: Sequence[Point], after: Point) -> str:
    """``, the lowest of four years``; nothing where it is neither that nor the highest."""
    run = run_of(known)
    values = [p.measure.value for p in run[:-1] if p.measure.value is not None]
    value = after.measure.value
    if len(run) < FEWEST_TO_RANK or value is None or after.unit == "rank":
        return ""
    if not (value < min(values) or value > max(values)):
        return ""
    which = "lowest" if value < min(values) else "highest"
    count = count_in_words(len(run))
    if len(run) < len([point for point in known if point.measure.value is not None]):
        return f", the {which} of the {count} years that can be compared"
    return f", the {which} of {count} years"


def _doubt(found: Change) -> str:
    years = [
        str(point.year)
        for point in (found.before, found.after)
        if point is not None and point.measure.is_provisional
    ]
    if not years:
        return ""
    return f"; the value{'s' if len(years) > 1 else ''} for {' and '.join(years)} " + (
        "are provisional" if len(years) > 1 else "is provisional"
    )
