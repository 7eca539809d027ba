"""Taking a PDF's sources out of it, and seeing whether they make that very PDF."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from oscp_report.errors import ReportError
from oscp_report.listing import counted
from oscp_report.unpacking import LATER, place
from oscp_report.workspace import PARTNERSHIP_FILE, NoWorkspace, Workspace, plain_text
from oscp_report.year import Year

if TYPE_CHECKING:
    from oscp_report.checking import Checked
    from oscp_report.commits import Commit
    from oscp_report.model import Partnership, Report
    from oscp_report.provenance.manifest import Manifest

NOT_AT_HAND = ("COV107", "ACC102")
"""Rules that look at what a PDF does not carry: files that are appendices, and open warnings that a
year left out may bring."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a PDF is the one that its sources make, and its sources those of the workspace.

    ``differences`` are from what its sources make, ``strangers`` from what the workspace holds:
    clauses, each of which begins with what differs; none where all is the same. ``commit`` holds
    the sources; ``in_repository`` says whether any was looked for.
    """

    year: Year
    differences: tuple[str, ...]
    strangers: tuple[str, ...]
    commit: Commit | None
    in_repository: bool

    @property
    def is_same(self) -> bool:
        """Whether it is the very PDF that is made here."""
        return not (self.differences or self.strangers)


def verify(pdf: bytes, start: Path) -> Verdict:
    """Build a PDF again from the sources in it, and say what differs.

    ``start`` is the folder in which the program works. Within a workspace its templates are used,
    and where it has the year, its files are held against the PDF's.

    Raises:
        ReportError: it is no PDF, carries no sources, or they make no report.
    """
    from oscp_report.commits import commit_of
    from oscp_report.provenance.differing import differences, figures_differ
    from oscp_report.provenance.extracting import extract, printable

    files = {place(name): data for name, data in extract(pdf).items()}
    manifest, sources = _sources(files)
    try:
        workspace = Workspace.find(start)
    except NoWorkspace:
        workspace = None
    again = _build_again(manifest.year, sources, workspace)
    found: list[str] = []
    others: list[str] = []
    if again != pdf:
        carried = extract(again)
        found += _made_with(manifest, carried)
        table = f"figures-{manifest.year}.csv"
        found += figures_differ(files.get(table, b""), carried[table])
        found += differences(pdf, again)
    if workspace and manifest.year in workspace.years():
        others += _against(workspace, sources)
    told = tuple(map(printable, found)), tuple(map(printable, others))
    try:
        commit = commit_of(workspace.root, sources) if workspace else None
    except ReportError:  # no repository, or no git
        return Verdict(manifest.year, *told, None, in_repository=False)
    return Verdict(manifest.year, *told, commit, in_repository=workspace is not None)


def in_words(verdict: Verdict, name: str) -> str:
    """The verdict on the PDF of this name, in a line or two."""
    said = "the same, byte for byte, as its sources make"
    if verdict.differences:
        said = f"not what its sources make: {counted(len(verdict.differences), 'difference')}"
    elif verdict.strangers:
        said += ", but its sources are not those of this workspace"
    lines = [f"{name}: {said}"]
    if commit := verdict.commit:
        lines.append(
            f"its sources are in commit {commit.number[:10]} ({commit.day}: {commit.subject})"
        )
    elif verdict.in_repository:
        lines.append("its sources are in no commit of this repository")
    return "\n".join(lines)


def _sources(files: Mapping[str, bytes]) -> tuple[Manifest, dict[str, bytes]]:
    from oscp_report.provenance.manifest import NAME, Manifest

    manifest = Manifest.from_bytes(files.get(NAME, b""))
    sources = {name: data for name, data in files.items() if name.startswith("data/")}
    if manifest is None or not {PARTNERSHIP_FILE, f"data/{manifest.year}.yaml"} <= sources.keys():
        raise ReportError("the PDF does not carry the sources of a report", fix=LATER)
    return manifest, sources


def _build_again(year: Year, sources: Mapping[str, bytes], workspace: Workspace | None) -> bytes:
    import tempfile

    from oscp_report.checking import check_year
    from oscp_report.pipeline import Builder, BuildOptions

    with tempfile.TemporaryDirectory(prefix="oscp-report-") as name:
        root = Path(name).resolve()
        for path, data in sources.items():
            (root / path).parent.mkdir(exist_ok=True)
            (root / path).write_bytes(data)
        if workspace and (own := workspace.root / "templates").is_dir():
            shutil.copytree(own, root / "templates", symlinks=True)
        checked = check_year(Workspace(root), year)
        report, partnership = _sound(checked)
        with Builder(Workspace(root), BuildOptions(formats=("pdf",))) as builder:
            return builder.draw(checked, report, partnership)


def _sound(checked: Checked) -> tuple[Report, Partnership]:
    errors = [d for d in checked.open if d.severity == "error" and d.code not in NOT_AT_HAND]
    if errors or not (checked.report and checked.partnership):
        found = f"{errors[0].location}: {errors[0].message}" if errors else "it is no report"
        fix = "extract its sources with `oscp-report extract`, and see all with `oscp-report check`"
        raise ReportError(f"the sources in the PDF make no report: {found}", fix=fix)
    return checked.report, checked.partnership


def _made_with(then: Manifest, carried: Mapping[str, bytes]) -> Iterator[str]:
    """The programs and the templates that are not those that the PDF was made with.

    ``carried`` is what the PDF that was built again carries.
    """
    from oscp_report.provenance.manifest import NAME, Manifest

    now = Manifest.from_bytes(carried[NAME])
    assert now is not None, "the program has just written it"
    for name in sorted({*then.versions, *now.versions}):
        one, other = then.versions.get(name, "none"), now.versions.get(name, "none")
        if one != other:
            yield f"program: made with {name} {one}, built again with {other}"
    for name in sorted({*then.templates, *now.templates}):
        if name not in now.templates:
            yield f"templates: made with `{name}`, which is not here"
        elif name not in then.templates:
            yield f"templates: `{name}` is here, and it was made without"
        elif then.templates[name] != now.templates[name]:
            yield f"templates: `{name}` here is not the one that it was made with"
    if then.shipped != now.shipped:
        yield "templates: those of this program are not those that it was made with"


def _against(workspace: Workspace, sources: Mapping[str, bytes]) -> Iterator[str]:
    """The files of a workspace that are not those in the PDF."""
    for name, data in sources.items():
        if not (workspace.root / name).is_file():
            yield f"workspace: there is no `{name}` here, of which the PDF was made"
            continue
        here = workspace.read(name)
        if plain_text(here) == plain_text(data):
            continue
        told = list(_figures(name, data, here)) if name != PARTNERSHIP_FILE else []
        yield f"workspace: `{name}` here is not the one in the PDF"
        yield from told


def _figures(name: str, data: bytes, here: bytes) -> Iterator[str]:
    """The figures of a year that its file here gives otherwise than the one in the PDF."""
    from oscp_report.provenance.differing import MOST_SHOWN
    from oscp_report.reading.loading import load_report

    year = Year.parse(Path(name).stem)
    one, other = (load_report(each, name, year).value for each in (data, here))
    if one is None or other is None:
        return
    told = []
    for each in sorted({*one.figures, *other.figures}):
        then, now = one.figures.get(each), other.figures.get(each)
        values = [figure.written(figure.unit) if figure else "not there" for figure in (then, now)]
        if values[0] != values[1]:
            told.append(f"figures: {each} for {year}: {values[0]} in the PDF, {values[1]} here")
    yield from told[:MOST_SHOWN]
    if len(told) > MOST_SHOWN:
        yield f"figures: and {len(told) - MOST_SHOWN} more"
