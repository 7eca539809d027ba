"""Which commit of a git repository holds given files."""

from __future__ import annotations

import hashlib
from codecs import BOM_UTF8
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from oscp_report.git import git, require_repository
from oscp_report.workspace import plain_text

MOST_COMMITS = 500
"""Commits that are looked at, the newest first."""


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit, by its number, the day on which it was made (ISO 8601) and its first line."""

    number: str
    day: str
    subject: str


def commit_of(root: Path, files: Mapping[str, bytes]) -> Commit | None:
    """The newest commit, on any branch, in which all these files are as given; or None.

    ``files`` are by their paths below ``root``, a folder of the repository. A line end that git
    changes on the way in or out (CRLF), and the mark that Windows puts at the beginning (BOM), make
    no difference.

    Raises:
        ReportError: ``root`` is in no repository, or there is no git.
    """
    require_repository(root)
    kind = git(root, "rev-parse", "--show-object-format").out.decode("ascii", "replace").strip()
    wanted = {path: _blobs(data, kind) for path, data in files.items()}
    paths = [f"./{path}" for path in files]
    log = git(root, "log", "--all", "--full-history", f"--max-count={MOST_COMMITS}",
              "--format=%H%x00%cs%x00%s", "--", *paths)  # fmt: skip
    for line in log.out.decode("utf-8", "replace").splitlines():
        number, day, subject = [*line.split("\0"), "", ""][:3]
        listed = git(root, "ls-tree", "-z", number, "--", *paths).out.split(b"\0")
        there = {
            entry.split(b"\t")[0].split(b" ")[-1].decode("ascii", "replace") for entry in listed
        }
        if all(not blobs.isdisjoint(there) for blobs in wanted.values()):
            return Commit(number, day, subject)
    return None


def _blobs(data: bytes, kind: str) -> set[str]:
    """The numbers that git may give to a file's content, with or without what Windows adds."""
    make = hashlib.sha256 if kind == "sha256" else _sha1
    plain = plain_text(data)
    contents = (data, plain, BOM_UTF8 + plain)
    return {make(b"blob %d\0" % len(content) + content).hexdigest() for content in contents}


def _sha1(data: bytes) -> hashlib._Hash:
    return hashlib.sha1(data, usedforsecurity=False)
