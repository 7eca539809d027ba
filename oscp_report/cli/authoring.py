"""The commands that write a year's file: init."""

from __future__ import annotations

from pathlib import Path

import click

from oscp_report.cli.group import FOLDER, YearType, cli
from oscp_report.year import Year


@cli.command()
@click.argument("folder", type=FOLDER)
@click.option("--year", type=YearType(), help="The year of the example; if not given, the last.")
def init(folder: Path, year: Year | None) -> None:
    """Make a workspace in FOLDER, with an example to write over."""
    from oscp_report.starting import latest_year, start_workspace

    for name in start_workspace(folder, year or latest_year()):
        click.echo(f"wrote {folder / name}")
    click.echo(f"next: cd {folder}, then: oscp-report build")
