"""Teaching git to show a year's file as text: a driver that turns the file into plain lines.

A ``textconv`` driver and no external one: git's own diff goes on from its lines, so that ``log
-p``, ``--word-diff``, ``blame`` and ``--stat`` work, and no commit, merge or patch is touched.
"""

from __future__ import annotations

import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

from oscp_report.errors import ReportError
from oscp_report.git import git, require_repository
from oscp_report.workspace import PACKAGE

DRIVER = "oscp-report"
COMMAND = "show-for-git"
ATTRIBUTES = ".gitattributes"
LINE = f"data/*.yaml diff={DRIVER}"

HINT = (
    "now: `git diff`, `git log -p` and `git blame` show a sentence and a figure a line; add "
    "`--word-diff` for the words, `--no-textconv` for the file as it is. "
    f"Commit {ATTRIBUTES}; everybody who clones the repository runs `oscp-report git-setup` once."
)

_CACHE = f"refs/notes/textconv/{DRIVER}"
_SECTION = f"diff.{DRIVER}"
# Wherever git starts it, from an installation or a checkout, and in no other folder's modules.
_RUN = "import sys; sys.path.append(sys.argv.pop(1)); from oscp_report.__main__ import main; main()"


@dataclass(frozen=True, slots=True)
class Written:
    """One thing that was written, or taken out. ``is_new`` is False where it was there already."""

    where: str
    what: str
    is_new: bool = True


def set_up(root: Path) -> list[Written]:
    """Make git show the files of a workspace's years as text.

    What is there already stays, and nothing is written twice.

    Raises:
        ReportError: the workspace is in no git repository, or something cannot be written.
    """
    require_repository(root)
    text = _attributes(root)
    is_new = LINE not in map(str.strip, text.splitlines())
    if is_new:
        end = "\r\n" if "\r\n" in text else "\n"
        joint = end if text and not text.endswith("\n") else ""
        _write(root, f"{text}{joint}{LINE}{end}")
    written = [Written(ATTRIBUTES, LINE, is_new)]
    for name, value in settings().items():
        known = git(root, "config", "--local", "--get", name)
        is_new = known.out.decode("utf-8", "replace").rstrip("\n") != value
        if is_new:
            _configure(root, "--replace-all", name, value)
        written.append(Written("git config", f"{name} = {value}", is_new))
    _forget(root)
    return written


def undo(root: Path) -> list[Written]:
    """Take out what ``set_up`` wrote; what was not there is not told.

    Raises:
        ReportError: as for ``set_up``.
    """
    require_repository(root)
    taken = []
    lines = _attributes(root).splitlines(keepends=True)
    kept = [line for line in lines if line.strip() != LINE]
    if len(kept) < len(lines):
        _write(root, "".join(kept))
        taken.append(Written(ATTRIBUTES, LINE))
    if git(root, "config", "--local", "--get-regexp", rf"^diff\.{DRIVER}\.").code == 0:
        _configure(root, "--remove-section", _SECTION)
        taken.append(Written("git config", _SECTION))
    _forget(root)
    return taken


def settings() -> dict[str, str]:
    """What git is told, by the names of its settings: this very program, by absolute paths.

    Should the program be gone one day, the file is shown as it is, and git goes on.

    Raises:
        ReportError: this Python does not know where it is.
    """
    if not sys.executable:
        fix = "start the program with `python -m oscp_report git-setup`"
        raise ReportError("this Python does not know its own path", fix=fix)
    program = [sys.executable, "-P", "-c", _RUN, str(PACKAGE.parent), COMMAND, "--"]
    quoted = " ".join(map(shlex.quote, program))
    return {
        f"{_SECTION}.textconv": f'f() {{ {quoted} "$1" 2>/dev/null || cat "$1"; }}; f',
        f"{_SECTION}.cachetextconv": "true",
        f"{_SECTION}.xfuncname": "^##+ (.*)$",
    }


def shown_for_git(path: Path) -> bytes:
    """What git compares in place of a file. It never fails, since git would stop.

    A file that is no year's, has errors or is in the middle of a merge is shown as it is; one that
    cannot be read, as nothing.
    """
    try:
        data = path.read_bytes()
    except OSError:
        return b""
    try:
        return _converted(data)
    except Exception:  # whatever it is: the file as it is serves better than an end of git
        return data


def _converted(data: bytes) -> bytes:
    from oscp_report.revisions import year_in

    year = year_in(data)
    if year is None:
        return data
    from oscp_report.briefing.canonical import canonical
    from oscp_report.reading.loading import load_report

    report = load_report(data, "", year).sound
    return data if report is None else canonical(report).encode()


def _configure(root: Path, *arguments: str) -> None:
    answer = git(root, "config", "--local", *arguments)
    if answer.code:
        message = f"git cannot change its settings: {answer.complaint or 'no reason is given'}"
        raise ReportError(message, fix="close other programs that use git, and try again")


def _forget(root: Path) -> None:
    """Drop what git keeps of earlier conversions, which another version may have made."""
    git(root, "update-ref", "-d", _CACHE)


def _attributes(root: Path) -> str:
    try:
        return (root / ATTRIBUTES).read_bytes().decode("utf-8", "surrogateescape")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise _refused(error) from error


def _write(root: Path, text: str) -> None:
    """Write the attributes; a file with nothing in it goes."""
    path = root / ATTRIBUTES
    try:
        if text:
            path.write_bytes(text.encode("utf-8", "surrogateescape"))
        else:
            path.unlink()
    except OSError as error:
        raise _refused(error) from error


def _refused(error: OSError) -> ReportError:
    fix = "close it elsewhere, or ask for the right to write there"
    return ReportError(f"`{ATTRIBUTES}` cannot be read or written: {error.strerror}", fix=fix)
