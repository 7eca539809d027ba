"""Rules about figures: where they come from, and that the text takes them from one place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from oscp_report.checks.appendices import appendices_of_figures
from oscp_report.checks.passages import FORMATTED_FIELDS, Passage, body, references, words_of
from oscp_report.checks.registry import Finding, Subject, rule
from oscp_report.wording import Unit, nearest, written

_NUMBER = re.compile(
    r"(?<![\w.,/:–−£-])(?P<pounds>£)?(?P<number>[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)"
    r"(?P<percent>%)?(?![\w/:]|[.,]\d|[-–−]\w)",
    re.ASCII,
)
_DIGIT = re.compile("[0-9]")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_LIST_NUMBER = re.compile(r"(?:^|\n)\s*\(?$")
_MONTHS = r"(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Sept|Nov|Dec)ember|October"
# What a number after one of these words, or before one, counts or names is no figure.
_NAMED_BY = re.compile(
    rf"(?:\b(?:sections?|paragraphs?|paras?|appendix|appendices|pages?|tables?|charts?|parts?|"
    rf"phases?|stages?|steps?|tiers?|levels?|classe?s?|articles?|chapters?|clauses?|schedules?|"
    rf"numbers?|no|aged?|per|{_MONTHS})\.?|[0-9])\s+$",
    re.IGNORECASE,
)
_NAMES = re.compile(
    rf"\s+(?:{_MONTHS}|[ap]\.?m\b|(?:year|month|week|day|hour|minute)s?\b|"
    r"(?:hundred|thousand|million|billion)s?\b|[0-9])",
    re.IGNORECASE,
)
_UNITS: tuple[tuple[re.Pattern[str], Unit], ...] = (
    (re.compile(r"\s+(?:per cent|percent)\b"), "percent"),
    (re.compile(r"\s+percentage points?\b"), "percentage-points"),
    (re.compile(r"\s+per 1,?000\b"), "rate-per-1000"),
)


@rule("FIG101", "warning", needs=("figures", *FORMATTED_FIELDS))
def unused_figure(subject: Subject) -> Iterator[Finding]:
    """Figure that the text never refers to.

    ## What it does
    Finds figures that no text writes out with a reference such as `{sharps-collected}`, and that
    no appendix of figures lists. One that has no value yet can wait.

    ## Why it matters
    Either the number was forgotten in the text, or it is typed there by hand and can come to
    disagree with the figure.

    ## How to fix it
    Refer to it where the text reports it, or take it out of `figures:`.

    ```yaml
    - Oxford Direct Services picked up {sharps-collected} needles and syringes.
    ```
    """
    figures = subject.report.figures
    named = {piece.target for piece, _ in references(subject) if piece.kind == "figure"}
    for appendix in appendices_of_figures(subject.report):
        listed = appendix.figures or ()
        named |= figures.keys() if listed == "all" else {text.value for text in listed}
    # A misspelled id is reported as such, once.
    used = {name if name in figures else nearest(name, figures) for name in named}
    for figure in figures.values():
        if figure.id not in used and not figure.is_missing:
            yield Finding(
                figure.location,
                f"figure `{figure.id}` is not used in the text",
                fix=f"write `{{{figure.id}}}` where it is reported, or take the figure out",
                about=figure.id,
            )


@rule("FIG102", "warning")
def figure_without_source(subject: Subject) -> Iterator[Finding]:
    """Figure without a source.

    ## What it does
    Finds figures that do not say where they come from.

    ## Why it matters
    A reader cannot check the number, and next year nobody can repeat it.

    ## How to fix it
    Add `source:` with the name of the return, the dataset or the partner.

    ```yaml
    sharps-collected:
      label: Needles and syringes collected
      value: 7292
      source: Oxford Direct Services
    ```
    """
    for figure in subject.report.figures.values():
        if figure.value is not None and figure.source is None:
            yield Finding(
                figure.location,
                f"figure `{figure.id}` has no source",
                fix="add `source:` with the name of the return or dataset",
                about=figure.id,
            )


@rule("FIG103", "warning", needs=("figures",))
def figure_typed_by_hand(subject: Subject) -> Iterator[Finding]:
    """Figure typed by hand in the text.

    ## What it does
    Finds a number in a numbered paragraph or an item that is the value of one of the figures, in
    the same unit. Other numbers are left alone: years, dates, times, ages, spans of time, and
    those of telephones, sections, pages and lists. Numbers in words are not looked at.

    ## Why it matters
    When the figure is corrected, the typed number stays as it was, and the report contradicts
    itself.

    ## How to fix it
    Write the reference in place of the number. Where it is another number that happens to be the
    same, accept the warning and say so.

    ```yaml
    - We picked up 7,292 needles and syringes.               # warned about
    - We picked up {sharps-collected} needles and syringes.  # not
    ```
    """
    known: dict[tuple[Decimal, Unit], str] = {}
    for figure in subject.report.figures.values():
        if figure.value is not None:
            known.setdefault((figure.value, figure.unit), figure.id)
    for passage in body(subject):
        if not _DIGIT.search(passage.text.value):
            continue
        for match, value, unit in _numbers(words_of(passage.text.value)):
            if named := known.get((value, unit)):
                yield _typed(passage, match, written(value, unit), named)


def _typed(passage: Passage, match: re.Match[str], shown: str, figure: str) -> Finding:
    return Finding(
        passage.at(match.start(), match.end()),
        f"`{match[0]}` is typed by hand, and figure `{figure}` is {shown}",
        fix=f"write `{{{figure}}}` in its place, so that the two cannot disagree",
        about=figure,
    )


def _numbers(text: str) -> Iterator[tuple[re.Match[str], Decimal, Unit]]:
    """The numbers in a text that count something, each with its value and unit."""
    for match in _NUMBER.finditer(text):
        if not _is_name(text, match):
            digits = match["number"].replace(",", "").replace("−", "-")
            yield match, Decimal(digits), _unit(text, match)


def _unit(text: str, match: re.Match[str]) -> Unit:
    if match["pounds"]:
        return "pounds"
    if match["percent"]:
        return "percent"
    return next((unit for after, unit in _UNITS if after.match(text, match.end())), "count")


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Whether a number names a year, a day, a section, a list item and so on."""
    number, after = match["number"], text[match.end() : match.end() + 2]
    before = text[max(0, match.start() - 20) : match.start()]
    if match["pounds"] or match["percent"]:
        return False
    in_brackets = before.endswith("(") and after.startswith(")")
    return bool(
        _YEAR.fullmatch(number)
        or (len(number) > 1 and number[0] == "0" and number.isdigit())
        or (in_brackets and len(number) == 1)
        or (after[:1] in (".", ")") and after[1:].isspace() and _LIST_NUMBER.search(before))
        or _NAMED_BY.search(before)
        or _NAMES.match(text, match.end())
    )
