"""Rules across years: what this year's file says against what earlier ones published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from oscp_report.checks.passages import looks_back
from oscp_report.checks.registry import Finding, Subject, rule
from oscp_report.diagnostics import Location
from oscp_report.model import EarlierMeasure, Figure, Measure, Report
from oscp_report.wording import Unit, nearest
from oscp_report.year import Year

_A_YEAR = re.compile(r"[0-9]{4}(?:[-/\u2013][0-9]{2})?")


class _Published(NamedTuple):
    """What an earlier report last said of a figure for a year."""

    measure: Measure
    unit: Unit
    location: Location


@rule("YRS101", "warning", needs=("figures",))
def restated_without_a_word(subject: Subject) -> Iterator[Finding]:
    """Earlier value that is not the one published.

    ## What it does
    Compares the values under a figure's `earlier:` with what the reports of those years, or later
    ones, published. Finds those that differ, or are no longer given, without `revised:`.

    ## Why it matters
    Council was told another number. Whoever puts the two reports side by side finds one of them
    wrong, and cannot tell which, nor why.

    ## How to fix it
    Correct the value. Where it was restated, say why; it is printed with `[r]`.

    ```yaml
    earlier:
      2017-18:
        value: 6850
        revised: A late return was added.
    ```
    """
    for figure in subject.report.figures.values():
        for year, measure in figure.earlier.items():
            said = _last_said(subject, figure.id, year)
            if said is None or measure.revised or _agree(measure, figure.unit, said):
                continue
            own = "no value" if measure.value is None else measure.written(figure.unit)
            then = said.measure.written(said.unit)
            yield Finding(
                measure.location,
                f"figure `{figure.id}` has {own} for {year}, and {_place(said.location)}, "
                f"published {then}",
                fix="correct it, or say under `revised:` why it was restated",
                about=f"{figure.id} {year}",
            )


def _last_said(subject: Subject, name: str, year: Year) -> _Published | None:
    said: _Published | None = None
    for report in subject.history:
        figure = report.figures.get(name)
        if figure is None or report.year < year:
            continue
        measure: Measure | EarlierMeasure | None = figure.earlier.get(year)
        location = figure.location
        if report.year == year:
            measure = figure
        elif isinstance(measure, EarlierMeasure):
            location = measure.location
        if measure is not None and not measure.is_missing:
            said = _Published(measure, figure.unit, location)
    return said


def _agree(measure: Measure, unit: Unit, said: _Published) -> bool:
    if unit != said.unit:  # which YRS103 says
        return True
    then = said.measure
    return (measure.value, measure.no_value, measure.of) == (then.value, then.no_value, then.of)


def _place(location: Location) -> str:
    return f"{location.file}, line {location.line}"


@rule("YRS102", "warning", needs=("figures",))
def figure_that_is_gone(subject: Subject) -> Iterator[Finding]:
    """Figure of last year that is no longer reported.

    ## What it does
    Finds figures of last year's file whose id is not among this year's.

    ## Why it matters
    A number that is dropped without a word looks as if it had become unwelcome.

    ## How to fix it
    Report it again, under the id that it had. Where nobody counts it any more, give it
    `no_value: not-available` with a `note:`, or accept the warning with the reason.
    """
    report = subject.report
    for figure in subject.previous.figures.values() if subject.previous else ():
        if figure.id in report.figures:
            continue
        near = nearest(figure.id, report.figures)
        instead = f"; if it is `{near}` now, give that one its old id" if near else ""
        yield Finding(
            report.places.get("figures", report.location),
            f"figure `{figure.id}` of {_place(figure.location)}, is no longer reported",
            fix=f"report it again, or accept this and say why it was dropped{instead}",
            about=figure.id,
        )


@rule("YRS103", "warning", needs=("figures",))
def counted_otherwise_than_before(subject: Subject) -> Iterator[Finding]:
    """Figure that is counted otherwise than last year.

    ## What it does
    Finds figures whose unit, definition or part of the year is not that of last year's file, and
    which have no `break:`.

    ## Why it matters
    A rise that is only a change in counting would be told as a rise.

    ## How to fix it
    Write unit, period and definition as they were. Where the counting did change, say so; it is
    printed with `[b]`, and no change is computed across it.

    ```yaml
    sharps-collected:
      label: Needles and syringes collected
      value: 7292
      break: Since April 2018 those handed in at pharmacies are counted.
    ```
    """
    for figure, before in _in_both(subject):
        if figure.series_break is None:
            for what, location in _differences(subject, figure, before):
                yield Finding(
                    location,
                    f"figure `{figure.id}` {what} {_place(before.location)}",
                    fix="write it as it was, or say under `break:` what has changed",
                    about=figure.id,
                )


def _in_both(subject: Subject) -> Iterator[tuple[Figure, Figure]]:
    last = subject.previous.figures if subject.previous else {}
    for figure in subject.report.figures.values():
        if figure.id in last:
            yield figure, last[figure.id]


def _differences(
    subject: Subject, figure: Figure, before: Figure
) -> Iterator[tuple[str, Location]]:
    if figure.unit != before.unit:
        yield f"is given in `{figure.unit}`, and in `{before.unit}` in", figure.location
    if _words(figure.definition) != _words(before.definition):
        place = figure.definition.location if figure.definition else figure.location
        yield "has another definition than in", place
    year = subject.report.year
    now, then = figure.covers(year), before.covers(Year(year.start - 1))
    if {now.kind, then.kind} <= {"words", "so-far"} and figure.period and before.period:
        # Their days are not known, or not all: what is said besides the year is.
        is_same = _A_YEAR.sub("", _words(figure.period)) == _A_YEAR.sub("", _words(before.period))
    else:
        is_same = now.place_in_the_year == then.place_in_the_year
    if not is_same:
        place = figure.period.location if figure.period else figure.location
        yield "covers another part of the year than in", place


def _words(text: object) -> str:
    return " ".join(str(text or "").split()).rstrip(".").casefold()


@rule("YRS104", "warning", needs=("figures", "year"))
def period_left_standing(subject: Subject) -> Iterator[Finding]:
    """Period that is last year's.

    ## What it does
    Finds figures whose `period:` is to the day the one that last year's file gives.

    ## Why it matters
    Either last year's period was left standing over this year's number, or last year's number is
    reported a second time.

    ## How to fix it
    Write the period of this year's number. Where there is no later number, give
    `no_value: not-available`, or accept the warning and say so.
    """
    year = subject.report.year
    for figure, before in _in_both(subject):
        now, then = figure.covers(year), before.covers(Year(year.start - 1))
        if figure.period and now.first and now.last and now == then:
            yield Finding(
                figure.period.location,
                f"figure `{figure.id}` covers the same days as in {_place(before.location)}",
                fix="write the period of this year's number",
                about=figure.id,
            )


@rule("YRS105", "warning", needs=("year",))
def year_missing_in_the_chain(subject: Subject) -> Iterator[Finding]:
    """Year without a file between others.

    ## What it does
    Finds years before this one that have no file though an earlier year has, and files of earlier
    years that this report needs and that cannot be read.

    ## Why it matters
    Nothing can be compared with that year: a figure restated, a priority forgotten or a paragraph
    left standing would not be noticed.

    ## How to fix it
    Put the year's file beside the others. Mend one that cannot be read: `oscp-report check` with
    that year says what is wrong. Where there was no report, accept the warning and say so.
    """
    report = subject.report
    place = report.places.get("year", report.location)
    earlier = sorted(year for year in subject.years if year < report.year)
    for before, after in pairwise((*earlier, report.year)):
        if before.next < after:
            last = Year(after.start - 1)
            missing = f"{before.next}" if before.next == last else f"{before.next} to {last}"
            yield Finding(
                place,
                f"there is no file for {missing}, between {before} and {after}",
                fix="put it beside the others, or accept this where there was no report",
                about=str(before.next),
            )
    read = {each.year for each in subject.history}
    for year in earlier if looks_back(subject) else earlier[-1:]:
        if year not in read:
            yield Finding(
                place,
                f"{_file_of(year, report)} cannot be read, and nothing is compared with it",
                fix=f"run `oscp-report check {year}`, and mend what it finds",
                about=str(year),
            )


@rule("YRS108", "warning", needs=("status",))
def final_after_a_draft(subject: Subject) -> Iterator[Finding]:
    """Final report that rests on a draft.

    ## What it does
    Finds, where a report is final, earlier reports that it is compared with and that are drafts.

    ## Why it matters
    The numbers that it is compared with may still change. And its PDF carries the file of every
    year that was used: what nobody was to see yet would be published with it.

    ## How to fix it
    Set `status: final` in the earlier file, if that report was published. Where it never will be,
    look at what its file says, and accept this.
    """
    report = subject.report
    if report.status != "final":
        return
    for earlier in subject.history:
        if earlier.status == "draft":
            file = _file_of(earlier.year, report)
            yield Finding(
                report.places.get("status", report.location),
                f"{file} is a draft, and would be published in the PDF of this report",
                fix=f"set `status: final` in {file}, or `status: draft` here",
                about=str(earlier.year),
            )


def _file_of(year: Year, report: Report) -> str:
    return report.location.file.replace(str(report.year), str(year))
