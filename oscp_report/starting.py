"""A new workspace: with one year to write over, or with six years of an invented partnership."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from oscp_report.days import written_day
from oscp_report.outputs.single import create_files
from oscp_report.workspace import PACKAGE
from oscp_report.year import Year

STARTER = PACKAGE / "starter"
EXAMPLE = PACKAGE / "example"

MEETING_AFTER = timedelta(days=113)
"""From a year's end to the example's meeting: some sixteen weeks, in July."""


def start_workspace(folder: Path, year: Year) -> list[str]:
    """Write a workspace with an invented partnership's report for a year.

    Returns:
        The names of the files written, relative to the folder.

    Raises:
        ReportError: a file is there already, or cannot be written; then none is written.
    """
    return create_files(folder, {**_starter(year), **_around()})


def start_example(folder: Path) -> list[str]:
    """Write a workspace with six years of an invented partnership, to look at and to try things on.

    Returns:
        The names of the files written, relative to the folder.

    Raises:
        ReportError: a file is there already, or cannot be written; then none is written.
    """
    return create_files(folder, {**_example(), **_around()})


def latest_year() -> Year:
    """The last financial year that has ended. The only place that looks at the clock."""
    today = date.today()
    return Year(today.year - (1 if (today.month, today.day) >= (4, 1) else 2))


def _starter(year: Year) -> dict[str, bytes]:
    """The partnership's file and one year's, to be written over."""
    text = (STARTER / "year.yaml").read_text(encoding="utf-8")
    for token, words in {
        "@YEAR@": str(year),
        "@NEXT@": str(year.next),
        "@MEETING@": written_day(year.last_day + MEETING_AFTER),
    }.items():
        text = text.replace(token, words)
    return {
        "data/partnership.yaml": (STARTER / "partnership.yaml").read_bytes(),
        f"data/{year}.yaml": text.encode(),
    }


def _example() -> dict[str, bytes]:
    """The partnership's file, the six years' and the files that are their appendices."""
    return {f"data/{path.name}": path.read_bytes() for path in sorted(EXAMPLE.glob("[!.]*"))}


def _around() -> dict[str, bytes]:
    """What every workspace has beside its data."""
    from oscp_report.reading.schema import schemas

    return {
        **{f"data/schema/{name}": content for name, content in schemas().items()},
        ".gitignore": (STARTER / "gitignore").read_bytes(),
        ".gitattributes": (STARTER / "gitattributes").read_bytes(),
    }
