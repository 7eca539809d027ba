"""What the page can be compared with: last year's report, the last commit, the published version.

The published version is the last commit in which the year's file said `status: final`; where git
has none, the file that the PDF in `build/` carries, if that one said so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from oscp_report.checking import load, understood
from oscp_report.days import written_day
from oscp_report.errors import ReportError
from oscp_report.git import NoGit, git
from oscp_report.model import Partnership, Report
from oscp_report.revisions import read_edition
from oscp_report.workspace import PARTNERSHIP_FILE, Workspace
from oscp_report.year import Year

_NEEDED = re.compile(r"[0-9]{4}-[0-9]{2}\.yaml|partnership\.yaml")
_FINAL = re.compile(rb"^status:[ \t]*[\"']?final\b", re.MULTILINE)
MOST_COMMITS = 200
"""Commits of one file that are looked through for the last final one."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A report to compare with. ``name`` is what it is called, in the middle of a sentence.

    ``partnership`` and ``history``, the reports of earlier years, are those of its time; None where
    they are those of today.
    """

    name: str
    report: Report
    partnership: Partnership | None = None
    history: tuple[Report, ...] | None = None


def last_year(workspace: Workspace, year: Year) -> Edition:
    """The report of the year before, or else of the last earlier year that there is.

    Raises:
        ReportError: there is none, or it has errors.
    """
    earlier = [known for known in workspace.years() if known < year]
    if not earlier:
        fix = f"put its file into data/, as `data/{Year(year.start - 1)}.yaml`"
        raise ReportError(f"there is no report of a year before {year}", fix=fix)
    found = load(workspace, earlier[-1]).sound
    if found is None:
        fix = f"`oscp-report check {earlier[-1]}` shows them all"
        raise ReportError(f"the report for {earlier[-1]} has errors", fix=fix)
    past = (load(workspace, known).sound for known in earlier[:-1])
    return Edition(f"the report for {earlier[-1]}", found, history=tuple(filter(None, past)))


def last_commit(workspace: Workspace, year: Year) -> Edition:
    """The year's file as git has it.

    Raises:
        ReportError: there is no repository, or no commit with a sound file.
    """
    found = read_edition(workspace.root, f"{year}@HEAD")
    then = _committed(workspace, "HEAD")
    return Edition(
        f"the last commit ({_commit(workspace, 'HEAD')})", found.report, *_of(then, year)
    )


def published(workspace: Workspace, year: Year) -> Edition:
    """The version that was published last.

    Raises:
        ReportError: there is none.
    """
    name = f"data/{year}.yaml"
    try:
        listed = git(workspace.root, "log", f"-n{MOST_COMMITS}", "--format=%H", "--", name)
        commits = listed.out.decode("ascii", "replace").split() if listed.code == 0 else []
    except NoGit:
        commits = []
    for commit in commits:
        blob = git(workspace.root, "cat-file", "blob", f"{commit}:./{name}")
        if blob.code == 0 and _FINAL.search(blob.out):
            found = read_edition(workspace.root, f"{year}@{commit}")
            told = f"the published version (final in the commit {_commit(workspace, commit)})"
            return Edition(told, found.report, *_of(_committed(workspace, commit), year))
    return _in_the_pdf(workspace, year)


def _in_the_pdf(workspace: Workspace, year: Year) -> Edition:
    from oscp_report.provenance.extracting import extract
    from oscp_report.reading.loading import load_report

    for path in sorted(workspace.output(year).glob("*.pdf")):
        carried = extract(path.read_bytes())
        data = carried.get(f"{year}.yaml", b"")
        if _FINAL.search(data):
            found = load_report(data, f"{path.name}: {year}.yaml", year).sound
            if found is not None:
                told = f"the published version (the PDF in `build/{year}/`)"
                return Edition(told, found, *_of(carried, year))
    fix = "write `status: final` into the file, build it, and commit both"
    raise ReportError(
        "no version was published: no commit has the file with `status: final`, and no PDF in "
        f"`build/{year}/` was built from one",
        fix=fix,
    )


def _committed(workspace: Workspace, commit: str) -> Mapping[str, bytes]:
    """The files of years and of the partnership in a commit, by their names in ``data/``."""
    listed = git(workspace.root, "ls-tree", "--name-only", f"{commit}:./data")
    found = {}
    for name in listed.out.decode("utf-8", "replace").split("\n"):
        if _NEEDED.fullmatch(name):
            blob = git(workspace.root, "cat-file", "blob", f"{commit}:./data/{name}")
            found[name] = blob.out
    return found


def _of(
    files: Mapping[str, bytes], year: Year
) -> tuple[Partnership | None, tuple[Report, ...] | None]:
    """The partnership and the earlier reports among files; None where nothing sound is known."""
    from oscp_report.reading.loading import load_partnership

    earlier = (name for name in sorted(files) if _is_before(name, year))
    read = (understood(files[n], f"data/{n}", Year.parse(n.removesuffix(".yaml"))) for n in earlier)
    history = tuple(one.sound for one in read if one.sound)
    name = PARTNERSHIP_FILE.removeprefix("data/")
    partnership = load_partnership(files[name], PARTNERSHIP_FILE).sound if name in files else None
    return partnership, history if files else None


def _is_before(name: str, year: Year) -> bool:
    try:
        return Year.parse(name.removesuffix(".yaml")) < year
    except ValueError:
        return False


def _commit(workspace: Workspace, revision: str) -> str:
    """``c9f3a21 of 22 July 2019``; the revision, where git does not tell."""
    told = git(workspace.root, "log", "-n1", "--format=%h %as", revision, "--")
    short, _, day = told.out.decode("ascii", "replace").strip().partition(" ")
    try:
        return f"{short} of {written_day(date.fromisoformat(day))}"
    except ValueError:
        return revision


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to compare: its name in an address, how it is offered, and how it is found."""

    name: str
    label: str
    find: Callable[[Workspace, Year], Edition]


CHOICES: Sequence[Choice] = (
    Choice("last-year", "Last year’s report", last_year),
    Choice("last-commit", "The last commit", last_commit),
    Choice("published", "The published version", published),
)
