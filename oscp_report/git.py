"""Running git, as a program: no shell, nothing of the user's pagers, drivers or translations."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from oscp_report.errors import ReportError

LONGEST = 60
"""Seconds that git may take for one answer."""

_KEPT = ("GIT_CONFIG", "GIT_CEILING_DIRECTORIES", "GIT_EXEC_PATH", "GIT_DISCOVERY_ACROSS")


class Answer(NamedTuple):
    """What git said, and its exit code."""

    code: int
    out: bytes
    complaint: str


class NoGit(ReportError):
    """There is no git, or it does not answer."""


def git(folder: Path, *arguments: str) -> Answer:
    """Run git in a folder.

    Raises:
        NoGit: git is not installed, cannot be started or does not end.
    """
    import subprocess  # a command that compares two files does not pay for it

    command = ["git", "--no-pager", *arguments]
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=LONGEST,
            check=False,
        )
    except FileNotFoundError as error:
        fix = "install git from https://git-scm.com, then open a new terminal"
        raise NoGit("git is not installed, or not on the PATH", fix=fix) from error
    except OSError as error:
        raise NoGit(
            f"git cannot be started: {error.strerror}", fix="run `git --version`"
        ) from error
    except subprocess.TimeoutExpired as error:
        fix = "run `git status` in this folder, and try again"
        raise NoGit(f"git did not answer within {LONGEST} seconds", fix=fix) from error
    said = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return Answer(done.returncode, done.stdout, said[0] if said else "")


def require_repository(folder: Path) -> None:
    """See to it that a folder is in a git repository's working files.

    Raises:
        ReportError: it is not, or git refuses to work there; the message says why.
        NoGit: as for ``git``.
    """
    answer = git(folder, "rev-parse", "--is-inside-work-tree")
    if answer.code == 0 and answer.out.strip() == b"true":
        return
    if answer.code == 0 or "not a git repository" in answer.complaint:
        fix = f"make one with `git init` in `{folder}`, or name a year or a file instead"
        raise ReportError(f"`{folder}` is not in a git repository", fix=fix)
    said = answer.complaint.removeprefix("fatal: ")
    raise ReportError(f"git refuses: {said}", fix=f"run `git status` in `{folder}`: it says more")


def _environment() -> dict[str, str]:
    """The environment without what points git at another repository, a pager or a driver."""
    own = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name.startswith(_KEPT)
    }
    # Messages are read, so they have to be in English; and nobody is there to type a password.
    return {**own, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
