"""Rules about appendices: that their files and their figures are there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from oscp_report.checks.registry import Finding, Subject, rule
from oscp_report.model import Appendix, Report, Text
from oscp_report.wording import nearest, quoted

# What leads out of a folder on one system or another, or is a separator on one alone.
_OUTSIDE = re.compile(r"[/~]|[A-Za-z]:|.*\\|(?:.*/)?\.\.(?:/|$)", re.DOTALL)


def _appendices(report: Report) -> tuple[Appendix, ...]:
    return report.appendices if isinstance(report.appendices, tuple) else ()


def _files(report: Report) -> Iterator[Text]:
    yield from (appendix.file for appendix in _appendices(report) if appendix.file)


def appendices_of_figures(report: Report) -> Iterator[Appendix]:
    """The appendices that are printed with the report: figures, year on year."""
    yield from (appendix for appendix in _appendices(report) if appendix.figures)


@rule("COV107", "error")
def missing_appendix(subject: Subject) -> Iterator[Finding]:
    """Appendix whose file is not there.

    ## What it does
    Looks for the `file:` of each appendix in the folder of the year's file.

    ## Why it matters
    The report would announce an appendix that nobody can open.

    ## How to fix it
    Put the file beside the year's file, or correct its name; capital letters count.

    ```yaml
    appendices:
      - title: "Appendix 1: Map"
        file: 2018-19-map.pdf
    ```
    """
    for file in _files(subject.report):
        if not _OUTSIDE.match(file.value) and not subject.file_exists(file.value):
            yield Finding(
                file.location,
                f"there is no file `{file}` beside the year's file",
                fix="put it there, or correct its name",
                about=file.value,
            )


@rule("COV108", "error")
def appendix_outside_the_folder(subject: Subject) -> Iterator[Finding]:
    r"""Appendix in another folder.

    ## What it does
    Finds appendices whose `file:` begins with `/`, `~` or a drive such as `C:`, or has `..` or a
    backslash in it.

    ## Why it matters
    Such a file is not kept with the reports: on another computer it is elsewhere or not there,
    and it may hold what was never meant to be published.

    ## How to fix it
    Copy the file beside the year's file, and write its name alone, or with `/` between folders.
    """
    for file in _files(subject.report):
        if _OUTSIDE.match(file.value):
            yield Finding(
                file.location,
                f"the file `{file}` is not named as one in the folder of the year's file",
                fix="copy it beside the year's file and write its name alone",
                about=file.value,
            )


@rule("COV109", "error", needs=("figures", "appendices"))
def unknown_figure_in_appendix(subject: Subject) -> Iterator[Finding]:
    """Appendix that lists a figure that is not there.

    ## What it does
    Finds ids under the `figures:` of an appendix for which there is no figure.

    ## Why it matters
    The appendix cannot print what the report does not have.

    ## How to fix it
    Correct the id, or add the figure under `figures:`. To print all of them, write
    `figures: all`.

    ```yaml
    appendices:
      - title: "Appendix 1: Figures, year on year"
        figures: [sharps-collected, closure-orders]
    ```
    """
    known = subject.report.figures
    for appendix in appendices_of_figures(subject.report):
        for listed in () if appendix.figures == "all" else appendix.figures or ():
            if listed.value in known:
                continue
            near = nearest(listed.value, known)
            fix = f"did you mean `{near}`?" if near else "correct the id, or add the figure"
            message = f"there is no figure `{listed}` to print in this appendix"
            yield Finding(listed.location, message, fix, about=listed.value)


@rule("COV110", "error", needs=("appendices",))
def appendix_that_is_two_things(subject: Subject) -> Iterator[Finding]:
    """Appendix that is a file and figures.

    ## What it does
    Finds appendices that have both `file:` and `figures:`.

    ## Why it matters
    An appendix of figures is printed with the report, one with a file is a paper of its own; a
    reader who is sent to one of them would find the other.

    ## How to fix it
    Make two appendices of it, or take one of the two out.
    """
    for appendix in appendices_of_figures(subject.report):
        if appendix.file:
            yield Finding(
                appendix.file.location,
                f"the appendix {quoted(appendix.title.value)} has a file, and figures as well",
                fix="make two appendices of it, or take `file:` or `figures:` out",
                about=appendix.title.value,
            )
