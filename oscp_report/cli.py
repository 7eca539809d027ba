"""The command line: parse, call, print. Nothing else in the program knows Click."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from oscp_report import __version__
from oscp_report.errors import CLEAN, COULD_NOT_RUN, FINDINGS, ReportError
from oscp_report.workspace import Workspace
from oscp_report.year import Year

if TYPE_CHECKING:
    from oscp_report.pipeline import Builder, Built, Checked


class Commands(click.Group):
    """The commands, with what an officer is told when one cannot go on."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ReportError as error:
            _complain(str(error), error.fix)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            _complain("stopped; nothing was left half written", "")
            ctx.exit(COULD_NOT_RUN)
        except (click.exceptions.Exit, click.ClickException, BrokenPipeError):
            raise
        except OSError as error:
            _complain(f"`{error.filename}`: {error.strerror}", "close it elsewhere and try again")
            ctx.exit(COULD_NOT_RUN)
        except Exception as error:
            from oscp_report.bugs import describe

            click.echo(describe(error), err=True)
            ctx.exit(COULD_NOT_RUN)


def _complain(message: str, fix: str) -> None:
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


def _workspace(ctx: click.Context) -> Workspace:
    return Workspace.find(ctx.obj)


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

    workspace = _workspace(ctx)
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
    from oscp_report.pipeline import check_year

    workspace = _workspace(ctx)
    wanted = workspace.chosen(years, every=not years)
    checked = [check_year(workspace, year) for year in wanted]
    _print_findings(checked, form)
    ctx.exit(FINDINGS if any(c.open for c in checked) else CLEAN)


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
@click.pass_context
def years(ctx: click.Context) -> None:
    """List the years, and what has been built of each."""
    workspace = _workspace(ctx)
    for year in workspace.years():
        built = ", ".join(workspace.built_files(year)) or "not built"
        click.echo(f"{year}  {built}")


@cli.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 if old.")
@click.pass_context
def schema(ctx: click.Context, only_check: bool) -> None:
    """Write the schemas that editors read.

    With them an editor such as VS Code completes and explains every field of a year's file. They go
    to data/schema/.
    """
    from oscp_report.reading.schema import schemas

    workspace = _workspace(ctx)
    stale = workspace.stale_schemas(schemas())
    for path, content in stale.items():
        click.echo(f"{'out of date' if only_check else 'wrote'}: {path}")
        if not only_check:
            workspace.write_schema(path, content)
    ctx.exit(FINDINGS if stale and only_check else CLEAN)


@cli.command()
@click.argument("folder", type=FOLDER)
@click.option("--year", type=YearType(), help="The year of the example; if not given, the last.")
def init(folder: Path, year: Year | None) -> None:
    """Make a workspace in FOLDER, with an example to write over."""
    from oscp_report.starting import latest_year, start_workspace

    for name in start_workspace(folder, year or latest_year()):
        click.echo(f"wrote {folder / name}")
    click.echo(f"next: cd {folder}, then: oscp-report build")


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
    from oscp_report import closing

    terminal = sys.stderr.isatty()
    if terminal:
        click.echo(f"building {year} ...\r", err=True, nl=False)
    built = builder.build(year)
    if terminal:
        click.echo(" " * 40 + "\r", err=True, nl=False)
    if built.findings:
        click.echo(built.findings, err=True)
    click.echo(closing.of_build(built, Path.cwd()), err=not built.files)
    return built


def _open(paths: list[Path]) -> None:
    preferred = [path for path in paths if path.suffix == ".pdf"] or paths
    for path in preferred:
        click.launch(str(path))
