"""A new workspace, with an example that builds at once."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from oscp_report.days import written_day
from oscp_report.errors import ReportError
from oscp_report.workspace import PACKAGE
from oscp_report.year import Year

MEETING_AFTER = timedelta(days=113)
"""From a year's end to the example's meeting: some sixteen weeks, in July."""


def start_workspace(folder: Path, year: Year) -> list[str]:
    """Write a workspace with an invented partnership's report for a year.

    Returns:
        The names of the files written, relative to the folder.

    Raises:
        ReportError: a file is there already, or cannot be written; then none is written.
    """
    files = _files(year)
    taken = [name for name in files if (folder / name).exists()]
    if taken:
        fix = "choose another folder, or take that file away first"
        raise ReportError(f"`{folder}` already has `{taken[0]}`", fix=fix)
    try:
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    except OSError as error:
        fix = "choose a folder that you may write to"
        raise ReportError(f"`{folder}` cannot be written: {error.strerror}", fix=fix) from error
    return list(files)


def latest_year() -> Year:
    """The last financial year that has ended. The only place that looks at the clock."""
    today = date.today()
    return Year(today.year - (1 if (today.month, today.day) >= (4, 1) else 2))


def _files(year: Year) -> dict[str, bytes]:
    from oscp_report.reading.schema import schemas

    starter = PACKAGE / "starter"
    example = (starter / "year.yaml").read_text(encoding="utf-8")
    for token, text in {
        "@YEAR@": str(year),
        "@NEXT@": str(year.next),
        "@MEETING@": written_day(year.last_day + MEETING_AFTER),
    }.items():
        example = example.replace(token, text)
    return {
        "data/partnership.yaml": (starter / "partnership.yaml").read_bytes(),
        f"data/{year}.yaml": example.encode(),
        **{f"data/schema/{name}": content for name, content in schemas().items()},
        ".gitignore": (starter / "gitignore").read_bytes(),
        ".gitattributes": (starter / "gitattributes").read_bytes(),
    }
