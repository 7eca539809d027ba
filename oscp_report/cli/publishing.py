"""The command that publishes every year: site."""

from __future__ import annotations

import os
from pathlib import Path

import click

from oscp_report.cli.group import cli, workspace_of
from oscp_report.errors import CLEAN, FINDINGS


@cli.command()
@click.option("--drafts", is_flag=True, help="Put drafts into it as well, marked as drafts.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=lambda: min(os.cpu_count() or 1, 8),
    show_default="one for each processor",
    help="Build so many years at a time.",
)
@click.pass_context
def site(ctx: click.Context, drafts: bool, jobs: int) -> None:
    """Write every published year as a web site, into build/site/.

    A front page, each year's report as a page and a PDF, the figures and priorities over the years,
    what changed from year to year, a search, and the figures as data. Years that have not changed
    are not built again. An error in a year stops the site before anything is written. Exits with
    0 when it was written, 1 when findings stopped it, 2 when the program could not run.
    """
    from oscp_report import closing
    from oscp_report.archive import SiteOptions, build_site
    from oscp_report.cli.reports import report_build

    made = build_site(workspace_of(ctx), SiteOptions(drafts, jobs), report_build)
    for line in closing.of_site(made, Path.cwd()):
        click.echo(line, err=made.changes is None)
    ctx.exit(FINDINGS if made.changes is None else CLEAN)
