"""The commands that write a year's file: init, new, status, fmt, import-figures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from oscp_report.cli.group import FOLDER, FORMAT, YEARS, YearType, cli, workspace_of
from oscp_report.errors import CLEAN, FINDINGS
from oscp_report.workspace import MissingYear
from oscp_report.year import Year

if TYPE_CHECKING:
    from oscp_report.authoring.filling import Filling
    from oscp_report.desk import Shaping

SPREADSHEET = click.Path(dir_okay=False, path_type=Path)


@cli.command()
@click.argument("folder", type=FOLDER)
@click.option("--year", type=YearType(), help="The year of the example; if not given, the last.")
@click.option("--example", "whole", is_flag=True, help="Six years of an invented partnership.")
def init(folder: Path, year: Year | None, whole: bool) -> None:
    """Make a workspace in FOLDER, with an example to write over.

    With --example, a partnership of six years to look around in: everything a report can hold.
    """
    from oscp_report.starting import latest_year, start_example, start_workspace

    if whole and year:
        raise click.UsageError("--example has years of its own: leave --year out")
    wrote = start_example(folder) if whole else start_workspace(folder, year or latest_year())
    for name in wrote:
        click.echo(f"wrote {folder / name}")
    click.echo(f"next: cd {folder}, then: oscp-report build")


@cli.command()
@click.argument("year", type=YearType())
@click.option(
    "--from", "source", type=YearType(), help="Start from this year's; if not given, the last's."
)
@click.pass_context
def new(ctx: click.Context, year: Year, source: Year | None) -> None:
    """Start the file for YEAR from the report of the year before.

    It is a draft: the priorities as they were announced, figures without their values, and TODO
    where something is to be written. A file that is there already is never written over.
    """
    from oscp_report.desk import start_year

    workspace = workspace_of(ctx)
    if not workspace.years():
        raise _no_year(year)
    click.echo(f"wrote {start_year(workspace, year, source)}")
    click.echo(f"next: oscp-report status {year}")


def _no_year(year: Year) -> MissingYear:
    """What is said where no report can be started from: `init` alone makes one of nothing."""
    fix = f"make one with `oscp-report init FOLDER --year {year}`, in a folder that is not there "
    fix += f"yet, and copy its `data/{year}.yaml`"
    return MissingYear(f"data/ has no report to start {year} from", fix=fix)


@cli.command()
@click.argument("year", type=YearType(), required=False)
@FORMAT
@click.pass_context
def status(ctx: click.Context, year: Year | None, form: str) -> None:
    """List what is left to do in the report for YEAR.

    Looks at the latest year, if none is named. Exits with 0 when nothing is left, 1 when something
    is, 2 when the program could not run.
    """
    from oscp_report.authoring.worklist import as_json, as_text, work_left
    from oscp_report.checking import check_year

    workspace = workspace_of(ctx)
    (year,) = workspace.chosen([year] if year else [], every=False)
    checked = check_year(workspace, year)
    tasks = work_left(checked.report, checked.diagnostics, checked.lines)
    draft = checked.report is not None and checked.report.status == "draft"
    click.echo(as_json(year, tasks) if form == "json" else as_text(year, tasks, draft=draft))
    ctx.exit(FINDINGS if tasks else CLEAN)


@cli.command()
@YEARS
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 if needed.")
@click.pass_context
def fmt(ctx: click.Context, years: tuple[Year, ...], only_check: bool) -> None:
    """Put the file of each YEAR into its canonical shape.

    All files, and the partnership's, if no year is named. Every word and every comment stays; what
    changes is the order of the fields, quotes, and where lines break. Exits with 1 when a file has
    errors, which is left alone, or with --check when a file is not in shape.
    """
    from oscp_report.desk import shape_files

    done = shape_files(workspace_of(ctx), years, only_check=only_check)
    for each in done:
        _print_shaping(each, only_check=only_check)
    left = any(each.diagnostics or (only_check and each.changed) for each in done)
    ctx.exit(FINDINGS if left else CLEAN)


@cli.command("import-figures")
@click.argument("file", type=SPREADSHEET)
@click.option("--year", type=YearType(), help="The year to fill in; if not given, the latest.")
@click.option("--yes", is_flag=True, help="Write what is shown.")
@click.pass_context
def import_figures(ctx: click.Context, file: Path, year: Year | None, yes: bool) -> None:
    """Fill in figures from FILE, a spreadsheet (.xlsx or .csv).

    Each row names a figure by its id or label. Shows what would change and writes it with --yes
    alone; a row with a problem is left out. Exits with 0 when the year's file holds all of the
    spreadsheet, 1 when a change is not written yet or a row was left out.
    """
    from oscp_report.desk import figures_to_fill, write_figures

    workspace = workspace_of(ctx)
    (year,) = workspace.chosen([year] if year else [], every=False)
    name, filling = figures_to_fill(workspace, year, file)
    if yes:
        write_figures(workspace, name, filling)
    _print_filling(name, filling, written=yes)
    ctx.exit(FINDINGS if _is_left(filling, written=yes) else CLEAN)


def _is_left(filling: Filling, *, written: bool) -> bool:
    return bool(filling.problems or filling.diagnostics or (filling.changes and not written))


def _print_shaping(shaping: Shaping, *, only_check: bool) -> None:
    from oscp_report.listing import as_text

    if shaping.diagnostics:
        for found in shaping.diagnostics:
            click.echo(as_text(found, {}), err=True)
        click.echo(f"left alone, as it has errors: {shaping.name}")
    elif shaping.changed:
        click.echo(f"{'not in shape' if only_check else 'changed'}: {shaping.name}")


def _print_filling(name: str, filling: Filling, *, written: bool) -> None:
    from oscp_report.desk import change_line
    from oscp_report.listing import as_text, counted

    for found in filling.diagnostics:
        click.echo(as_text(found, {}), err=True)
    for change in filling.changes:
        click.echo(change_line(change))
    for problem in filling.problems:
        click.echo(f"{problem.row.place}: {problem.message}\n  fix: {problem.fix}", err=True)
    if filling.diagnostics:
        click.echo(f"left alone, as it has errors: {name}")
    elif filling.changes:
        changes = counted(len(filling.changes), "change")
        how = f"wrote {changes} to {name}"
        click.echo(how if written else f"{changes} to {name}; write them with --yes")
    else:
        click.echo(f"nothing to change in {name}")
