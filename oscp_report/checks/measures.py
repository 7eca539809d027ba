"""Rules about what was measured: that there is a value, that it can be one, that it is agreed."""

from __future__ import annotations

from collections.abc import Iterator

from oscp_report.checks.registry import Finding, Subject, rule
from oscp_report.comparison.figures import missing
from oscp_report.diagnostics import Location
from oscp_report.model import Figure, Measure, Report
from oscp_report.wording import separated

NEEDED = ("figures",)


def _measures(report: Report) -> Iterator[tuple[Figure, Measure, str, Location]]:
    """Every value of every figure, with what a message calls it, and where it stands."""
    for figure in report.figures.values():
        yield figure, figure, f"figure `{figure.id}`", figure.location
        for year, measure in figure.earlier.items():
            yield figure, measure, f"figure `{figure.id}`, {year},", measure.location


@rule("FIG104", "warning", needs=NEEDED)
def figure_without_value(subject: Subject) -> Iterator[Finding]:
    """Figure that has no value yet.

    ## What it does
    Finds figures whose `value:` is left out or empty, and which do not say why.

    ## Why it matters
    A draft prints `[to come]` in its place. Council would not be told the number, nor that there
    is none.

    ## How to fix it
    Give the figure its `value:`. Where there will be none, say why.

    ```yaml
    sharps-collected:
      label: Needles and syringes collected
      no_value: not-available       # or not-applicable, or confidential
    ```
    """
    for figure in subject.report.figures.values():
        if figure.is_missing:
            owed = ""
            if figure.owner:
                owed = f", which {' '.join(figure.owner.value.split())} has to supply"
            yield Finding(
                figure.location,
                f"figure `{figure.id}` has no value yet{owed}",
                fix="give it its `value:`, or say why there is none with `no_value:`",
                about=figure.id,
            )


@rule("FIG105", "error", needs=NEEDED)
def value_and_none(subject: Subject) -> Iterator[Finding]:
    """Value beside the reason why there is none.

    ## What it does
    Finds figures, and their values of earlier years, that have both `value:` and `no_value:`.

    ## Why it matters
    One of the two is wrong. Where it says `confidential`, the report would print a number that
    was not to be told.

    ## How to fix it
    Take one of the two out. A number that is confidential does not belong in the file at all:
    whoever has the file can read it.
    """
    for figure, measure, named, location in _measures(subject.report):
        if measure.value is not None and measure.no_value is not None:
            yield Finding(
                location,
                f"{named} has a value, and says that it is {missing(measure)}",
                fix="take `value:` or `no_value:` out",
                about=figure.id,
            )


@rule("FIG106", "error", needs=NEEDED)
def rank_of_how_many(subject: Subject) -> Iterator[Finding]:
    """Rank of an unknown or impossible number.

    ## What it does
    Finds ranks without `of:`, the number that were ranked, ranks greater than that number, and
    an `of:` beside what is no rank.

    ## Why it matters
    "3rd" is good of 300 and poor of four.

    ## How to fix it
    Write how many were ranked.

    ```yaml
    burglary-rank:
      label: Place among similar areas
      unit: rank
      value: 3
      of: 15
    ```
    """
    for figure, measure, named, location in _measures(subject.report):
        message = ""
        if figure.unit != "rank" and measure.of is not None:
            message = f"{named} has `of`, and is no rank"
            fix = "take `of:` out, or write `unit: rank`"
        elif figure.unit == "rank" and measure.value is not None:
            if measure.of is None:
                message = f"{named} is a rank that does not say of how many"
                fix = "add `of:` with the number that were ranked"
            elif measure.of < measure.value:
                message = f"{named} is {separated(measure.value)} of only {measure.of:,}"
                fix = "correct `value:` or `of:`"
        if message:
            yield Finding(location, message, fix, about=figure.id)


@rule("FIG107", "error", needs=NEEDED)
def not_a_whole_number(subject: Subject) -> Iterator[Finding]:
    """Count or rank that is no whole number.

    ## What it does
    Finds counts and ranks that have decimals or are below nought, and the rank nought.

    ## Why it matters
    Half a person was not helped; the unit is wrong, or the number.

    ## How to fix it
    Correct the number, or give the unit that it is in: `percent`, `percentage-points`,
    `pounds`, `rate-per-1000` or `ratio`. A fall is a number above nought whose label says that
    it is a fall.
    """
    for figure, measure, named, location in _measures(subject.report):
        value = measure.value
        if value is None or figure.unit not in ("count", "rank"):
            continue
        least = 0 if figure.unit == "count" else 1
        if value < least or value != value.to_integral_value():
            yield Finding(
                location,
                f"{named} is a {figure.unit}, and {separated(value)} cannot be one",
                fix="correct the number, or give its `unit:`",
                about=figure.id,
            )


@rule("FIG108", "error", needs=("figures", "year"))
def earlier_year_that_is_not_earlier(subject: Subject) -> Iterator[Finding]:
    """Earlier value of a year that is not earlier.

    ## What it does
    Finds years under a figure's `earlier:` that are the report's own or come after it.

    ## Why it matters
    The report would compare the year with itself, or with one that is yet to come.

    ## How to fix it
    Correct the year. The value of the report's own year is the figure's `value:`.
    """
    report = subject.report
    for figure in report.figures.values():
        for year, measure in figure.earlier.items():
            if year >= report.year:
                yield Finding(
                    measure.location,
                    f"figure `{figure.id}` gives {year} as an earlier year than {report.year}",
                    fix="correct the year; the value of the report's own year is `value:`",
                    about=figure.id,
                )


@rule("FIG109", "error", needs=("figures", "status"))
def unconfirmed_figure(subject: Subject) -> Iterator[Finding]:
    """Figure that nobody has confirmed.

    ## What it does
    Where one figure of a year has `confirmed:`, finds those that have not, once the report is
    final. A draft may wait for them. Figures that have no value yet are left to FIG104.

    ## Why it matters
    Whoever sees that figures are confirmed takes it that all of them are.

    ## How to fix it
    Have the figure confirmed by whoever supplied it, and say who did and when; until all are, the
    report stays `status: draft`.

    ```yaml
    sharps-collected:
      label: Needles and syringes collected
      value: 7292
      confirmed:
        by: Oxford Direct Services
        on: 2 May 2019
    ```
    """
    report = subject.report
    figures = report.figures.values()
    if report.status == "draft" or not any(figure.confirmed for figure in figures):
        return
    for figure in figures:
        if not figure.confirmed and not figure.is_missing:
            yield Finding(
                figure.location,
                f"figure `{figure.id}` is not confirmed, as others of this final report are",
                fix="add `confirmed:` with who confirmed it and when; until then `status: draft`",
                about=figure.id,
            )
