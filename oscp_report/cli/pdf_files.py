"""The commands that look into a PDF: extract, verify, inspect."""

from __future__ import annotations

from pathlib import Path

import click

from oscp_report.cli.group import FOLDER, FORMAT, cli
from oscp_report.errors import CLEAN, FINDINGS

PDF = click.argument("file", metavar="FILE.pdf", type=click.Path(dir_okay=False, path_type=Path))


@cli.command()
@PDF
@click.argument("folder", metavar="DIR", type=FOLDER)
def extract(file: Path, folder: Path) -> None:
    """Write what FILE.pdf carries into DIR: its sources and its figures.

    They are laid out as a workspace, in which "oscp-report build" makes the PDF again. A file that
    is there already is never written over.
    """
    from oscp_report.unpacking import left_out, read_pdf, unpack

    pdf = read_pdf(file)
    for name in unpack(pdf, folder):
        click.echo(f"wrote {folder / name}")
    for left in left_out(pdf):
        click.echo(f"not in the PDF: {left}", err=True)


@cli.command()
@PDF
@click.pass_context
def verify(ctx: click.Context, file: Path) -> None:
    """Say whether FILE.pdf is the one that its sources make.

    Builds it again from the sources in it, with the templates of the workspace if there is one, and
    compares the bytes. In a workspace that has the year, its files must be those in the PDF, too;
    in a git repository, says which commit holds them. Exits with 0 when all is the same, 1 when
    something differs, 2 when the program could not run.
    """
    from oscp_report.unpacking import read_pdf
    from oscp_report.verifying import in_words, verify

    verdict = verify(read_pdf(file), ctx.obj)
    for difference in (*verdict.differences, *verdict.strangers):
        click.echo(difference, err=True)
    click.echo(in_words(verdict, file.name))
    ctx.exit(CLEAN if verdict.is_same else FINDINGS)


@cli.command()
@PDF
@FORMAT
@click.pass_context
def inspect(ctx: click.Context, file: Path, form: str) -> None:
    """Tell whether everybody can read FILE.pdf, whoever made it.

    Looks for what a screen reader and an archive need (PDF/UA-1, PDF/A-3a) and names what fails
    with its page and its text. Exits with 0 when all passes, 1 when something fails, 2 when the
    file cannot be read.
    """
    from oscp_report.inspection import as_json, as_text
    from oscp_report.unpacking import inspected, read_pdf

    inspection = inspected(read_pdf(file))
    click.echo(as_json(inspection) if form == "json" else as_text(inspection))
    ctx.exit(CLEAN if inspection.passes() else FINDINGS)
