"""What a councillor may ask: questions that the data themselves raise, and no invented fact."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from oscp_report.briefing.parts import named
from oscp_report.comparison.moves import FigureChange
from oscp_report.comparison.priorities import is_written
from oscp_report.comparison.reports import Comparison
from oscp_report.model import Report

MOST = 10
"""Nobody prepares for more."""

_LARGE = 20
"""Per cent from which a move that is neither better nor worse is asked about."""


def questions(found: Comparison) -> tuple[str, ...]:
    """The questions, those about figures first; none between two drafts, or back in time."""
    if found.old.year >= found.new.year:
        return ()
    asked = dict.fromkeys((*_of_figures(found), *_of_priorities(found)))
    return tuple(islice(asked, MOST))


def _of_figures(found: Comparison) -> Iterator[str]:
    for figure in found.figures:
        yield from _of_figure(figure, found.new)
    for figure in found.figures:
        for restated in figure.restated:
            if not restated.reason:
                yield (
                    f"{figure.label}: why is the value for {restated.year} now given as "
                    f"{restated.after}, and not as {restated.before}?"
                )


def _of_figure(figure: FigureChange, report: Report) -> Iterator[str]:
    moved, own = figure.change, report.figures.get(figure.id)
    if moved.direction == "dropped":
        yield f"{figure.label}: why is this no longer reported?"
    if own is not None and own.is_provisional:
        yield f"{figure.label}: when will the final figure be known?"
    if own is None or moved.after is None or moved.before is None:
        return
    if moved.direction in ("up", "down") and not own.note:
        is_large = moved.percent is not None and abs(moved.percent) >= _LARGE
        ends = f"from {moved.before.written} to {moved.after.written}"
        if moved.verdict == "worse" or (is_large and not moved.verdict):
            yield f"{figure.label}: what is behind the change {ends}?"
    if moved.direction == "not-comparable" and own.no_value != "not-applicable":
        if own.is_missing or own.no_value == "not-available":
            yield f"{figure.label}: when will the figure for {report.year} be known?"
        elif own.value is not None and moved.before.measure.value is not None:
            if "so-far" in (moved.before.period.kind, moved.after.period.kind):
                yield f"{figure.label}: how much of it belongs to {report.year} alone?"
            else:
                year = moved.before.year
                yield f"{figure.label}: what would it be, measured as it was for {year}?"


def _of_priorities(found: Comparison) -> Iterator[str]:
    themes = filter(is_written, found.new.achievements.themes)
    answered = {str(theme.priority or "").strip() for theme in themes}
    announced = {answer.id for answer in found.answers}
    for answer in found.answers:
        if not answer.is_taken_up:
            name = named(answer.announced)
            yield f"What became of the priority {name}, announced in {found.old.year}?"
    for change in found.priorities:
        if change.after is not None and change.id not in answered:
            yield f"What was done on the priority {named(change.words)}?"
        if change.kind == "dropped" and change.id not in announced:
            yield f"Why is {named(change.words)} no longer a priority?"
