"""The command line's group, its types, and what an officer is told when a command cannot go on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from oscp_report import __version__
from oscp_report.errors import COULD_NOT_RUN, ReportError
from oscp_report.workspace import Workspace
from oscp_report.year import Year


class Commands(click.Group):
    """The commands, with what an officer is told when one cannot go on."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ReportError as error:
            complain(str(error), error.fix)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            complain("stopped; nothing was left half written", "")
            ctx.exit(COULD_NOT_RUN)
        except (click.exceptions.Exit, click.ClickException, BrokenPipeError):
            raise
        except OSError as error:
            complain(f"`{error.filename}`: {error.strerror}", "close it elsewhere and try again")
            ctx.exit(COULD_NOT_RUN)
        except Exception as error:
            from oscp_report.bugs import describe

            click.echo(describe(error), err=True)
            ctx.exit(COULD_NOT_RUN)


def complain(message: str, fix: str) -> None:
    """Say what is wrong and what to do about it, as every command does."""
    click.echo(f"oscp-report: {message}", err=True)
    if fix:
        click.echo(f"  fix: {fix}", err=True)


class YearType(click.ParamType[Year]):
    """A financial year on the command line."""

    name = "year"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Year:
        try:
            return value if isinstance(value, Year) else Year.parse(value)
        except ValueError as error:
            self.fail(f"{error}; write the two years it spans, such as 2018-19", param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        try:
            years = Workspace.find(Path.cwd()).years()
        except ReportError:
            return []
        return [CompletionItem(str(y)) for y in years if str(y).startswith(incomplete)]


YEARS = click.argument("years", metavar="[YEAR]...", nargs=-1, type=YearType())
FOLDER = click.Path(file_okay=False, path_type=Path)
FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For a reader, or for a program.",
)


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="oscp-report", message="%(prog)s %(version)s")
@click.option(
    "-C",
    "--workspace",
    type=FOLDER,
    default=".",
    help="Work in this folder, or the workspace it is in, in place of the current one.",
)
@click.pass_context
def cli(ctx: click.Context, workspace: Path) -> None:
    """Turn one YAML file a year into the partnership's report to its Council."""
    ctx.obj = workspace.absolute()


def workspace_of(ctx: click.Context) -> Workspace:
    """The workspace that a command works on."""
    return Workspace.find(ctx.obj)
