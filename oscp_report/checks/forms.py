"""Rules about what a reference asks for of a figure: a form or an aspect that can be printed."""

from __future__ import annotations

from collections.abc import Iterator

from oscp_report.checks.passages import references
from oscp_report.checks.references import KINDS
from oscp_report.checks.registry import Finding, Subject, rule
from oscp_report.comparison.figures import missing, points
from oscp_report.comparison.sentences import ASPECTS
from oscp_report.model import Figure
from oscp_report.references import Reference
from oscp_report.wording import LARGEST_IN_WORDS, nearest

WORDS = "words"


@rule("REF104", "error")
def unknown_form(subject: Subject) -> Iterator[Finding]:
    """Reference in a form that the program does not know.

    ## What it does
    Finds references such as `{sharps-collected:wrods}` and `{sharps-collected.chnage}`. The one
    word that may follow the colon is `words`; after the point it is `previous`, `change` or
    `trend`, with nothing after it.

    ## Why it matters
    The number would be printed in another way than was meant.

    ## How to fix it
    Write `{sharps-collected}` for the number in digits, `{sharps-collected:words}` for words,
    `{sharps-collected.previous}` for last year's, `{sharps-collected.change}` for the change since
    then, `{sharps-collected.trend}` for what it has done over the years.
    """
    for piece, found in references(subject):
        if piece.kind == "figure" and (message := _form_that_is_none(piece)):
            if piece.target not in subject.report.figures and nearest(piece.target, KINDS):
                continue  # it was to be a paragraph or a priority, which REF101 says
            aspect = piece.aspect if piece.aspect in ASPECTS else nearest(piece.aspect, ASPECTS)
            fix = f"write `{{{piece.target}:{WORDS}}}`, or `{{{piece.target}}}` for digits"
            if aspect:
                fix = f"write `{{{piece.target}.{aspect}}}`"
            elif piece.aspect:
                fix = f"write one of {', '.join(f'`.{known}`' for known in ASPECTS)}"
            yield Finding(found.location, message, fix, about=piece.target)


def _form_that_is_none(piece: Reference) -> str:
    if piece.aspect and piece.aspect not in ASPECTS:
        return f"nothing is known of a figure as `.{piece.aspect}`"
    if piece.aspect and piece.form:
        return f"`.{piece.aspect}` has no form `{piece.form}`"
    return "" if piece.form in ("", WORDS) else f"a figure has no form `{piece.form}`"


@rule("REF105", "error", needs=("figures",))
def number_without_words(subject: Subject) -> Iterator[Finding]:
    """Number that cannot be written in words.

    ## What it does
    Finds `{...:words}` for a figure that is no whole number, is below nought or over 999,999, and
    for a rank or a ratio.

    ## Why it matters
    Such a number would lose its decimals, or how many are ranked, or could not be printed at all.

    ## How to fix it
    Take `:words` out, so that the number is printed in digits.
    """
    for piece, found in references(subject):
        figure = subject.report.figures.get(piece.target)
        if piece.kind == "figure" and piece.form == WORDS and figure and not _in_words(figure):
            yield Finding(
                found.location,
                f"figure `{figure.id}`, {figure.written(figure.unit)}, cannot be written in words",
                fix=f"write `{{{figure.id}}}` for digits",
                about=figure.id,
            )


def _in_words(figure: Figure) -> bool:
    value = figure.value
    if value is None:  # which REF107 says
        return True
    is_whole = value == value.to_integral_value()
    return is_whole and 0 <= value <= LARGEST_IN_WORDS and figure.unit not in ("rank", "ratio")


@rule("REF107", "error", needs=("figures",))
def reference_without_value(subject: Subject) -> Iterator[Finding]:
    """Reference to a figure that has no value.

    ## What it does
    Finds references to figures that say why they have no value, and, in a final report, to those
    whose value is still to come; a draft prints `[to come]` for them.

    ## Why it matters
    There is nothing to print in its place, and nought would be untrue.

    ## How to fix it
    Give the figure its `value:`, or reword the text so that it needs none.
    """
    is_draft = subject.report.status == "draft"
    for piece, found in references(subject):
        figure = subject.report.figures.get(piece.target)
        if piece.kind != "figure" or piece.aspect or figure is None or figure.value is not None:
            continue
        if not (is_draft and figure.is_missing):
            why = "" if figure.is_missing else f": it is {missing(figure)}"
            yield Finding(
                found.location,
                f"figure `{figure.id}` has no value to print{why}",
                fix="give it its `value:`, or reword the text so that it needs none",
                about=figure.id,
            )


@rule("REF108", "error", needs=("figures", "year"))
def nothing_to_compare(subject: Subject) -> Iterator[Finding]:
    """Reference to a change that cannot be told.

    ## What it does
    Finds `{id.previous}`, `{id.change}` and `{id.trend}` of figures of which nothing of the kind
    can be said: there is no earlier value, a value is missing or confidential, or the two measure
    different things: another unit, another part of the year, a break in the series.

    ## Why it matters
    A difference between two numbers that were not counted alike is no change, and Council would
    take it for one.

    ## How to fix it
    Reword the text without it. Where the year before has no file, give its value under the
    figure's `earlier:`.

    ```yaml
    sharps-collected:
      label: Needles and syringes collected
      value: 7292
      earlier:
        2017-18: 6801
    ```
    """
    report = subject.report
    for piece, found in references(subject):
        aspect = ASPECTS.get(piece.aspect)
        if piece.kind != "figure" or aspect is None or piece.target not in report.figures:
            continue
        is_to_come = report.figures[piece.target].is_missing and report.status == "draft"
        if is_to_come and piece.aspect != "previous":
            continue  # printed as still to come
        try:
            aspect(points(piece.target, (*subject.history, report)), report.year)
        except ValueError as error:
            yield Finding(
                found.location,
                f"`{piece.raw}` cannot be printed: {error}",
                fix="reword the text without it, or give what is missing",
                about=piece.target,
            )
