"""What to compare: a year, a file, or a year as it was at a git revision, read into reports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from oscp_report.comparison.reports import Comparison, compare
from oscp_report.errors import ReportError
from oscp_report.git import git, require_repository
from oscp_report.model import Report
from oscp_report.reading.loading import Loaded, load_report
from oscp_report.references import references
from oscp_report.wording import nearest, quoted
from oscp_report.workspace import NoWorkspace, Workspace
from oscp_report.year import Year

WAYS = "a year such as 2018-19, a file, or a year at a git revision such as 2018-19@HEAD~1"

_SAYS_ITS_YEAR = re.compile(
    rb"^year:[ \t]*[\"']?([0-9]{4}(?:[-/]|\xe2\x80\x93)[0-9]{2})\b", re.MULTILINE
)
_OBJECT = re.compile(r"[0-9a-f]{40,64}")


@dataclass(frozen=True, slots=True)
class Edition:
    """A report as it stood somewhere. ``name`` is what to call it."""

    name: str
    report: Report


def compared(start: Path, old: str, new: str) -> tuple[Comparison, str, str]:
    """What changed between two editions, and what the two are called.

    ``start`` is the folder in which the program works: years are those of its workspace, a file's
    path is relative to it.

    Raises:
        ReportError: one of the two names nothing that is there, cannot be read, or has errors.
    """
    before, after = read_edition(start, old), read_edition(start, new)
    others = _others(start, before.report, after.report)
    return compare(before.report, after.report, others), before.name, after.name


def read_edition(start: Path, spec: str) -> Edition:
    """The report that a year, a path or ``2018-19@REVISION`` names.

    Raises:
        ReportError: it names nothing that is there, cannot be read, or has errors.
    """
    written, at, revision = spec.partition("@")
    try:
        year = Year.parse(written)
    except ValueError:
        return _from_file(start, spec)
    workspace = Workspace.find(start)
    if at:
        return _at_revision(workspace, year, revision)
    name = workspace.year_file(year)
    loaded = load_report(workspace.read(name), name, year)
    return Edition(str(year), _sound(loaded, name, f"`oscp-report check {year}` shows all"))


def _from_file(start: Path, spec: str) -> Edition:
    path = start / spec
    if not path.is_file():
        raise _nothing_there(start, spec)
    try:
        data = path.read_bytes()
    except OSError as error:
        fix = "close it elsewhere and try again"
        raise ReportError(f"`{spec}` cannot be read: {error.strerror}", fix=fix) from error
    year = _year_of(path, data)
    if year is None:
        fix = "write `year: 2018-19` at the head of the file"
        raise ReportError(f"`{spec}` does not say which year it reports on", fix=fix)
    copied = f"copy it to `data/{year}.yaml` of a workspace: `oscp-report check {year}` shows all"
    in_workspace = path.parent.name == "data" and path.name == f"{year}.yaml"
    root = path.parent.parent
    fix = f'`oscp-report -C "{root}" check {year}` shows all' if in_workspace else copied
    return Edition(spec, _sound(load_report(data, spec, year), spec, fix))


def _nothing_there(start: Path, spec: str) -> ReportError:
    try:
        years = [str(year) for year in Workspace.find(start).years()]
    except NoWorkspace:
        years = []
    near = nearest(spec.partition("@")[0], years)
    message = f"{quoted(spec, 80)} is neither a year nor a file that is there"
    return ReportError(message, fix=f"did you mean {near}?" if near else f"name {WAYS}")


def _year_of(path: Path, data: bytes) -> Year | None:
    """The year that a file says it reports on, or else the one it is named after."""
    if year := year_in(data):
        return year
    try:
        return Year.parse(path.stem)
    except ValueError:
        return None


def year_in(data: bytes) -> Year | None:
    """The year that a file's ``year:`` names, before the file is read; None where there is none."""
    said = _SAYS_ITS_YEAR.search(data.removeprefix(b"\xef\xbb\xbf"))
    try:
        return Year.parse(said[1].decode()) if said else None
    except ValueError:
        return None


def _at_revision(workspace: Workspace, year: Year, revision: str) -> Edition:
    # git has no word that begins with a hyphen for a revision, and takes one for an option. A colon
    # would name a file in a revision.
    if not revision or revision.startswith("-") or not revision.isprintable() or ":" in revision:
        fix = "name a commit, a branch or a tag, such as `HEAD~1`; `git log --oneline` lists them"
        raise ReportError(f"{quoted(revision, 80)} is not a git revision", fix=fix)
    require_repository(workspace.root)
    asked = git(workspace.root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}", "--")
    commit = asked.out.decode("ascii", "replace").split("\n")[0].strip()
    if asked.code or not _OBJECT.fullmatch(commit):
        fix = "`git log --oneline` lists the revisions, `git tag` the tags"
        raise ReportError(f"there is no revision {quoted(revision, 80)}", fix=fix)
    name = f"data/{year}.yaml"
    # cat-file gives the bytes as they were committed, whatever drivers there are.
    blob = git(workspace.root, "cat-file", "blob", f"{commit}:./{name}")
    if blob.code:
        message = f"there is no `{name}` at the revision {quoted(revision, 80)}"
        raise ReportError(message, fix=f"`git log --oneline -- {name}` lists those that have it")
    shown = f"{name}@{revision}"
    fix = (
        f"`git worktree add ../at-{commit[:7]} {commit[:7]}` gets it; "
        f"`oscp-report check {year}` in that folder shows all"
    )
    return Edition(f"{year} at {revision}", _sound(load_report(blob.out, shown, year), shown, fix))


def _sound(loaded: Loaded[Report], name: str, fix: str) -> Report:
    """The report that was read.

    Raises:
        ReportError: the file has errors; the message is the first of them.
    """
    if loaded.sound is not None:
        return loaded.sound
    found = next((d for d in loaded.diagnostics if d.severity == "error"), None)
    if found is None:
        raise ReportError(f"`{name}` holds no report", fix=fix)
    raise ReportError(f"{found.location}: {found.code}: {found.message}", fix=fix)


def _others(start: Path, old: Report, new: Report) -> list[Report]:
    """The workspace's reports that the comparison of two needs besides them.

    Raises:
        ReportError: one between the two cannot be read or understood: it may tell of a break. Of
            those before both nothing depends but how a text is written out; they are left out.
    """
    first, last = sorted((old.year, new.year))
    try:
        workspace = Workspace.find(start)
    except NoWorkspace:
        return []
    looks_back = _looks_back(old) or _looks_back(new)
    found = []
    for year in workspace.years():
        if first < year < last or (looks_back and year < first):
            name = workspace.year_file(year)
            loaded = load_report(workspace.read(name), name, year)
            if first < year:
                fix = "correct it first: it may tell of a break between the two years"
                found.append(_sound(loaded, name, fix))
            elif loaded.sound:
                found.append(loaded.sound)
    return found


def _looks_back(report: Report) -> bool:
    """Whether a text of a report says how a figure changed."""
    from oscp_report.comparison.passages import Texts

    texts = Texts(report)
    typed = (p.typed for p in (*texts.body(), *texts.rows(), *texts.recommendations()))
    return any(found.aspect for text in typed for found in references(text))
