"""Rules about appendices: that their files are there, in the folder of the year's file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from oscp_report.checks.registry import Finding, Subject, rule
from oscp_report.model import Report, Text

# What leads out of a folder on one system or another, or is a separator on one alone.
_OUTSIDE = re.compile(r"[/~]|[A-Za-z]:|.*\\|(?:.*/)?\.\.(?:/|$)", re.DOTALL)


def _files(report: Report) -> Iterator[Text]:
    if isinstance(report.appendices, tuple):
        yield from (appendix.file for appendix in report.appendices if appendix.file)


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
