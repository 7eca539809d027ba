"""The command that shows a report while it is written: preview."""

from __future__ import annotations

import click

from oscp_report.cli.group import YearType, cli, workspace_of
from oscp_report.preview import FIRST_PORT
from oscp_report.year import Year


@cli.command()
@click.argument("year", required=False, type=YearType())
@click.option(
    "--port",
    type=click.IntRange(1024, 65535),
    default=FIRST_PORT,
    show_default=True,
    help="Serve here; a port in use takes the next.",
)
@click.option("--no-browser", is_flag=True, help="Say the address, and open nothing.")
@click.option("--poll", is_flag=True, help="Look at the files again and again: on a network drive.")
@click.pass_context
def preview(ctx: click.Context, year: Year | None, port: int, no_browser: bool, poll: bool) -> None:
    """Show the report of YEAR in the browser, and follow every save.

    Shows the latest year, if none is named. Nothing is written to build/; nobody but this machine
    can see it. Ctrl-C ends it.
    """
    from oscp_report.preview.session import Preview, Wish

    workspace = workspace_of(ctx)
    (chosen,) = workspace.chosen([year] if year else [], every=False)

    def opened(address: str) -> None:
        click.echo(f"preview of {chosen}: {address}")
        click.echo("Ctrl-C ends it", err=True)
        if not no_browser:
            click.launch(address)

    Preview(workspace, Wish(chosen, port, poll), lambda line: click.echo(line, err=True)).run(
        opened
    )
    click.echo("preview ended", err=True)
