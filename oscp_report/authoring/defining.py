"""What is carried over of figures: what each counts, never what it was."""

from __future__ import annotations

import re
from collections.abc import Iterator

from oscp_report.authoring.composing import Noted, Value
from oscp_report.authoring.moving import Step
from oscp_report.model import Figure
from oscp_report.period import Period
from oscp_report.wording import one_line

_YEARS = re.compile(
    r"(?<![0-9])(?P<start>[0-9]{4})(?:(?P<sign>[-/\u2013])(?P<end>[0-9]{2}))?(?![0-9])", re.ASCII
)
_SINCE = re.compile(r"\s*since\b", re.IGNORECASE)


def definitions(step: Step) -> Value:
    """Every figure of the last report, without its value."""
    above = (
        "Write each value when its owner or its source has supplied it; leave it empty until then.",
        f"What stands beside it is from the report for {step.last.year}, and is not printed.",
    )
    figures = {name: dict(_figure(figure, step)) for name, figure in step.last.figures.items()}
    return Noted(figures, above)


def _figure(figure: Figure, step: Step) -> Iterator[tuple[str, Value]]:
    last = step.last.year
    yield "label", step.moved(figure.label.value) or step.marked(figure.label.value)
    note = (f"Its note in {last}: {one_line(figure.note.value)}",) if figure.note else ()
    yield "value", Noted(None, note, beside=f"{_was(figure)} in {last}")
    yield "unit", figure.unit
    if figure.period:
        yield "period", _period(figure.period.value, step)
    if figure.definition:
        text = figure.definition.value
        doubt = f"It names a year: see whether it is still right for {step.year}."
        yield "definition", Noted(text, (doubt,)) if step.is_dated(text) else text
    for name, given in (("source", figure.source), ("owner", figure.owner)):
        if given:
            yield name, step.marked(given.value) if step.is_dated(given.value) else given.value
    if figure.better != "neither":
        yield "better", figure.better


def _was(figure: Figure) -> str:
    """The last value in a comment: ``7,292``, ``confidential``, ``12 (provisional)``."""
    if figure.value is not None:
        return figure.written(figure.unit) + (" (provisional)" if figure.is_provisional else "")
    return (figure.no_value or "no value").replace("-", " ")


def _period(text: str, step: Step) -> Value:
    """What it covers: the same part of the new year, or marked where that cannot be told."""
    old = Period.parse(text)
    if old.kind in ("so-far", "words"):
        # What is counted since a day goes on being counted since that day.
        if _SINCE.match(text) or not step.is_dated(text):
            return text
        moved = step.moved(text) if old.kind == "so-far" else None
    else:
        moved = _YEARS.sub(lambda match: _later(match, step.years), text)
    new = Period.parse(moved or "")
    if not moved or (new.kind, new.place_in_the_year) != (old.kind, old.place_in_the_year):
        return step.marked(text)  # a day that the new year does not have, or has another name for
    return Noted(moved, beside=f"{one_line(text)} in the report for {step.last.year}")


def _later(match: re.Match[str], years: int) -> str:
    start = int(match["start"]) + years
    return f"{start}{match['sign']}{(start + 1) % 100:02}" if match["end"] else str(start)
