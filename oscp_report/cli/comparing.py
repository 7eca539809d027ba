"""The commands that compare: diff, git-setup."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from oscp_report.cli.group import YearType, cli, workspace_of
from oscp_report.errors import CLEAN, FINDINGS


class EditionType(click.ParamType[str]):
    """A year, a file, or a year at a git revision. Years are completed."""

    name = "edition"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        years = YearType().shell_complete(ctx, param, incomplete)
        return years or [CompletionItem(incomplete, type="file")]


@cli.command()
@click.argument("old", type=EditionType())
@click.argument("new", type=EditionType())
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "html", "json"]),
    default="text",
    show_default=True,
    help="For a terminal, a pull request, a browser or a program.",
)
@click.pass_context
def diff(ctx: click.Context, old: str, new: str, form: str) -> None:
    """Tell what changed from OLD to NEW, in sentences.

    Each is a year (2018-19), a file, or a year as it was at a git revision (2018-19@HEAD~3,
    2018-19@v1). Exits with 0 when nothing changed, 1 when something did, 2 when the program could
    not run.
    """
    from oscp_report.briefing.writing import write
    from oscp_report.revisions import compared

    found, *names = compared(ctx.obj, old, new)
    click.echo(write(found, names[0], names[1], form, _width()))
    ctx.exit(CLEAN if found.is_same else FINDINGS)


@cli.command("git-setup")
@click.option("--undo", "is_undo", is_flag=True, help="Take it out again.")
@click.pass_context
def git_setup(ctx: click.Context, is_undo: bool) -> None:
    """Make git show a year's file as text.

    In this repository "git diff" and "git log -p" then show what a reader would notice, sentence by
    sentence and figure by figure, and nothing of how lines are wrapped. No file of a year changes.
    """
    from oscp_report.git_setup import HINT, set_up, undo

    root = workspace_of(ctx).root
    for written in undo(root) if is_undo else set_up(root):
        verb = "took out" if is_undo else "wrote" if written.is_new else "was there"
        click.echo(f"{verb}: {written.where}: {written.what}")
    if not is_undo:
        click.echo(HINT)


@cli.command("show-for-git", hidden=True)
@click.argument("file", type=click.Path(path_type=Path))
def show_for_git(file: Path) -> None:
    """Print what git compares in place of FILE. Never fails."""
    from oscp_report.git_setup import shown_for_git

    click.echo(shown_for_git(file), nl=False)


def _width() -> int | None:
    """The terminal's width in columns; None where the output is no terminal."""
    if not sys.stdout.isatty():
        return None
    from shutil import get_terminal_size

    return get_terminal_size().columns
