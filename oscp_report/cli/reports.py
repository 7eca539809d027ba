"""The commands that make a report and look at it: build, check, years."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from oscp_report.cli.group import FOLDER, YEARS, cli, workspace_of
from oscp_report.errors import CLEAN, FINDINGS
from oscp_report.year import Year

if TYPE_CHECKING:
    from oscp_report.checking import Checked
    from oscp_report.pipeline import Builder, Built


@cli.command()
@YEARS
@click.option("--all", "every", is_flag=True, help="Build every year there is.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(["html", "pdf"]),
    help="Build only this format; may be given twice. Both, if not given.",
)
@click.option("--output", type=FOLDER, help="Write below this folder, in place of build/.")
@click.option("--open", "show", is_flag=True, help="Open what was built.")
@click.option("--strict", is_flag=True, help="Let a warning stop the build, as an error does.")
@click.option("--force", is_flag=True, help="Build although nothing has changed.")
@click.pass_context
def build(
    ctx: click.Context,
    years: tuple[Year, ...],
    every: bool,
    formats: tuple[str, ...],
    output: Path | None,
    show: bool,
    strict: bool,
    force: bool,
) -> None:
    """Build the report of each YEAR as HTML and PDF.

    Builds the latest year, if none is named. An error in a file stops the build of that year before
    anything is written. Exits with 0 when all was built, 1 when findings stopped a year, 2 when
    the program could not run.
    """
    from oscp_report.pipeline import FORMATS, Builder, BuildOptions

    workspace = workspace_of(ctx)
    wanted = workspace.chosen(years, every=every)
    options = BuildOptions(formats or FORMATS, output and output.absolute(), strict, force)
    with Builder(workspace, options) as builder:
        built = [_build_one(builder, year) for year in wanted]
    if show:
        _open([b.folder / name for b in built for name in b.files])
    ctx.exit(CLEAN if all(b.files for b in built) else FINDINGS)


@cli.command()
@YEARS
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="For a reader, for a program, or as annotations of GitHub Actions.",
)
@click.pass_context
def check(ctx: click.Context, years: tuple[Year, ...], form: str) -> None:
    """Check the files of each YEAR and build nothing.

    Checks every year, if none is named. Lists what is wrong, and which warnings were accepted and
    why. Exits with 0 when nothing is open, 1 when there are findings, 2 when the program could not
    run.
    """
    from oscp_report.checking import check_year

    workspace = workspace_of(ctx)
    wanted = workspace.chosen(years, every=not years)
    checked = [check_year(workspace, year) for year in wanted]
    _print_findings(checked, form)
    ctx.exit(FINDINGS if any(c.open for c in checked) else CLEAN)


@cli.command()
@click.pass_context
def years(ctx: click.Context) -> None:
    """List the years, and what has been built of each."""
    workspace = workspace_of(ctx)
    for year in workspace.years():
        built = ", ".join(workspace.built_files(year)) or "not built"
        click.echo(f"{year}  {built}")


def _print_findings(checked: Sequence[Checked], form: str) -> None:
    from oscp_report import closing, listing

    found = [(diagnostic, c) for c in checked for diagnostic in c.diagnostics]
    if form == "json":
        click.echo(listing.as_json(diagnostic for diagnostic, _ in found))
    elif form == "github":
        for diagnostic, _ in found:
            click.echo(listing.as_github(diagnostic))
    else:
        for diagnostic, c in found:
            click.echo(listing.as_text(diagnostic, c.lines), err=True)
        for c in checked:
            click.echo(closing.of_check(c), err=True)


def _build_one(builder: Builder, year: Year) -> Built:
    terminal = sys.stderr.isatty()
    if terminal:
        click.echo(f"building {year} ...\r", err=True, nl=False)
    built = builder.build(year)
    if terminal:
        click.echo(" " * 40 + "\r", err=True, nl=False)
    report_build(built)
    return built


def report_build(built: Built) -> None:
    """Print what was found in a year, and what came of its build."""
    from oscp_report import closing

    if built.findings:
        click.echo(built.findings, err=True)
    click.echo(closing.of_build(built, Path.cwd()), err=not built.files)


def _open(paths: list[Path]) -> None:
    preferred = [path for path in paths if path.suffix == ".pdf"] or paths
    for path in preferred:
        click.launch(str(path))
