"""The commands that help: explain, schema, doctor, completion."""

from __future__ import annotations

import click

from oscp_report.cli.group import cli, workspace_of
from oscp_report.errors import CLEAN, FINDINGS


@cli.command()
@click.argument("code", metavar="[CODE]", required=False)
@click.pass_context
def explain(ctx: click.Context, code: str | None) -> None:
    """Explain the rule with this CODE, such as FIG102.

    Lists all rules, if none is named.
    """
    from oscp_report.catalogue import explanation, rules

    if code is not None:
        click.echo(explanation(code))
        return
    for rule in rules().values():
        click.echo(f"{rule.code}  {rule.severity:7}  {rule.summary}")


@cli.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 if old.")
@click.pass_context
def schema(ctx: click.Context, only_check: bool) -> None:
    """Write the schemas that editors read.

    With them an editor such as VS Code completes and explains every field of a year's file. They go
    to data/schema/.
    """
    from oscp_report.reading.schema import schemas

    workspace = workspace_of(ctx)
    stale = workspace.stale_schemas(schemas())
    for path, content in stale.items():
        click.echo(f"{'out of date' if only_check else 'wrote'}: {path}")
        if not only_check:
            workspace.write_schema(path, content)
    ctx.exit(FINDINGS if stale and only_check else CLEAN)


@cli.command()
@click.pass_context
def doctor(ctx: click.Context) -> None:
    """Tell what is missing, and the command that mends it."""
    from oscp_report.doctor import examine

    ill = False
    for complaint in examine(ctx.obj):
        mark = "ok" if not complaint.cure else "MISSING" if complaint.needed else "note"
        click.echo(f"{mark:8}{complaint.name}: {complaint.state}")
        if complaint.cure:
            click.echo(f"        to mend it: {complaint.cure}")
        ill |= mark == "MISSING"
    ctx.exit(FINDINGS if ill else CLEAN)


@cli.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script for completion in SHELL.

    It completes commands, options and years. For bash, for instance, type
    "oscp-report completion bash > ~/.oscp-report" and add the line ". ~/.oscp-report" to ~/.bashrc.
    """
    from click.shell_completion import get_completion_class

    script = get_completion_class(shell)
    assert script is not None
    click.echo(script(cli, {}, "oscp-report", "_OSCP_REPORT_COMPLETE").source())
