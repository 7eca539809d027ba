"""What an officer does to the files in data/: start a year, shape files, fill in figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from oscp_report.checking import check_year
from oscp_report.diagnostics import Diagnostic
from oscp_report.errors import ReportError
from oscp_report.listing import counted
from oscp_report.workspace import PARTNERSHIP_FILE, MissingYear, Workspace
from oscp_report.year import Year

if TYPE_CHECKING:
    from oscp_report.authoring.filling import Change, Filling

STILL_FINAL = "ACC102"
"""Open warnings in a final report are no reason not to start the next one."""


@dataclass(frozen=True, slots=True)
class Shaping:
    """What became of one file. ``diagnostics`` say why it was left alone."""

    name: str
    changed: bool
    diagnostics: tuple[Diagnostic, ...]


def start_year(workspace: Workspace, year: Year, source: Year | None = None) -> str:
    """Write a year's file, started from another year's: the year before, if none is named.

    Returns:
        The file's name.

    Raises:
        ReportError: the year has a file, the other has none or has errors, or writing failed.
    """
    from oscp_report.authoring.next_year import next_year
    from oscp_report.outputs.single import create_file

    name = f"data/{year}.yaml"
    if (workspace.root / name).exists():
        raise _is_there(name, year)
    before = source or Year(year.start - 1)
    if source is None and before not in workspace.years():
        known = ", ".join(map(str, workspace.years()))
        fix = f"name the year to start from: `oscp-report new {year} --from {known or 'YEAR'}`"
        if len(workspace.years()) > 1:
            fix = f"name the year to start from with `--from`: one of {known}"
        raise MissingYear(f"there is no report for {before} to start {year} from", fix=fix)
    checked = check_year(workspace, before)
    errors = [d for d in checked.open if d.severity == "error" and d.code != STILL_FINAL]
    if errors or checked.report is None:
        raise ReportError(
            f"the report for {before} has {counted(len(errors), 'error')}, which {year} would have "
            "as well",
            fix=f"see them with `oscp-report check {before}`, and mend them first",
        )
    try:
        create_file(workspace.root / name, next_year(checked.report, year))
    except FileExistsError:
        raise _is_there(name, year) from None
    except OSError as error:
        raise _cannot_write(name, error) from error
    return name


def shape_files(
    workspace: Workspace, years: Iterable[Year], *, only_check: bool
) -> tuple[Shaping, ...]:
    """Put the years' files into canonical shape; all, and the partnership's, if none is named.

    Raises:
        ReportError: a year has no file, or a file cannot be read or written.
    """
    names = [workspace.year_file(year) for year in years]
    if not names:
        names = [PARTNERSHIP_FILE, *map(workspace.year_file, workspace.years())]
    return tuple(_shape(workspace, name, only_check=only_check) for name in dict.fromkeys(names))


def _shape(workspace: Workspace, name: str, *, only_check: bool) -> Shaping:
    from oscp_report.authoring.shaping import shaped

    old = workspace.read(name)
    result = shaped(old, name)
    changed = result.data != old
    if changed and not only_check:
        _rewrite(workspace, name, old, result.data)
    return Shaping(name, changed, result.diagnostics)


def figures_to_fill(workspace: Workspace, year: Year, sheet: Path) -> tuple[str, Filling]:
    """What a spreadsheet would change in a year's file, whose name comes first.

    Raises:
        ReportError: the year has no file, or a file cannot be read.
    """
    from oscp_report.authoring.filling import fill
    from oscp_report.authoring.spreadsheet import read_rows

    name = workspace.year_file(year)
    return name, fill(workspace.read(name), name, read_rows(sheet).rows)


def write_figures(workspace: Workspace, name: str, filling: Filling) -> None:
    """Make the changes of ``figures_to_fill``.

    Raises:
        ReportError: the file was changed since, or cannot be written.
    """
    if filling.changes:
        _rewrite(workspace, name, filling.data, filling.apply())


def change_line(change: Change) -> str:
    """``sharps-collected  6,801 -> 7292``; a field that is not the value is named."""
    named = change.figure if change.field == "value" else f"{change.figure}.{change.field}"
    return f"{named}  {change.old or '(empty)'} -> {change.new or '(empty)'}"


def _rewrite(workspace: Workspace, name: str, old: bytes, new: bytes) -> None:
    from oscp_report.outputs.single import replace_file

    if workspace.read(name) != old:
        fix = "run the command again"
        raise ReportError(f"`{name}` was saved by somebody else just now", fix=fix)
    try:
        replace_file(workspace.root / name, new)
    except OSError as error:
        raise _cannot_write(name, error) from error


def _is_there(name: str, year: Year) -> ReportError:
    fix = f"see what is left to do in it with `oscp-report status {year}`, or take it away first"
    return ReportError(f"there is a report for {year} already: `{name}`", fix=fix)


def _cannot_write(name: str, error: OSError) -> ReportError:
    from oscp_report.outputs.filesystem import in_plain_words

    why, _ = in_plain_words(error)
    fix = "mend that, or close the file elsewhere, and try again"
    return ReportError(f"`{name}` cannot be written: {why}", fix=fix)
