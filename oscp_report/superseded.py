"""Versions of published reports that a correction replaced: ``data/superseded/YEAR/DATE/``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from oscp_report.errors import ReportError
from oscp_report.workspace import SUPERSEDED, Workspace
from oscp_report.year import Year

_PLACE = f"data/{SUPERSEDED}"


def superseded(workspace: Workspace, year: Year) -> dict[date, dict[str, bytes]]:
    """The versions of a year that a correction replaced, by its day, oldest first.

    They lie in ``data/superseded/2018-19/2020-01-05/``, as files by name.

    Raises:
        ReportError: a folder there is not named by a date or is empty, or a file cannot be read.
    """
    found: dict[date, dict[str, bytes]] = {}
    for folder in _visible(workspace, f"{_PLACE}/{year}"):
        place = f"{_PLACE}/{year}/{folder.name}"
        try:
            day = date.fromisoformat(folder.name)
        except ValueError:
            raise ReportError(
                f"`{place}` is not named by a date",
                fix="name the folder by the day of the correction, such as `2020-01-05`",
            ) from None
        found[day] = _files_of(workspace, place)
    return found


def _files_of(workspace: Workspace, place: str) -> dict[str, bytes]:
    """The files of a folder by name: one at least, and nothing else."""
    inside = _visible(workspace, place)
    if not all(path.is_file() for path in inside):
        raise ReportError(f"`{place}` holds a folder", fix="put its files beside it")
    if not inside:
        fix = "put the version in that the correction replaced, or delete the folder"
        raise ReportError(f"`{place}` is empty", fix=fix)
    return {path.name: workspace.read(f"{place}/{path.name}") for path in inside}


def refuse_strays(workspace: Workspace, years: Sequence[Year]) -> None:
    """Make sure that every folder of superseded versions is of a year that has a report.

    Raises:
        ReportError: one is not.
    """
    known = {str(year) for year in years}
    for path in _visible(workspace, _PLACE):
        if path.name not in known:
            raise ReportError(
                f"`{_PLACE}/{path.name}` is of no year that has a report",
                fix="name it by the year whose versions it holds",
            )


def _visible(workspace: Workspace, place: str) -> list[Path]:
    """What a folder holds, in order, less what is hidden; one that is missing holds nothing."""
    folder = workspace.root / place
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
