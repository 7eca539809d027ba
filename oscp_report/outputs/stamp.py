"""The record beside a year's files, which lets a build that would change nothing do nothing.

It names every input and every output by its SHA-256, and keeps what the closing line and the
findings need again. It holds no time and no path of this computer: the same build gives the same
record.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from oscp_report.errors import ReportError

STAMP_NAME = ".build.json"

_FORMAT = "oscp-report build 1"
_HEX = frozenset("0123456789abcdef")
_LARGEST_STAMP = 8_000_000  # bytes
_MOST_FILES = 5_000
_MOST_BYTES = 512_000_000


@dataclass(frozen=True, slots=True)
class Stamp:
    """What one build was made from, and what it made.

    ``inputs`` gives the SHA-256, in hex, of each input by name: a POSIX path relative to the
    workspace or to the program, or a made-up name for what is no file (the program's version).
    ``outputs`` gives the SHA-256 of each file beside the stamp; the stamp itself is not among
    them. ``notes`` is whatever an unchanged build must say again.
    """

    inputs: Mapping[str, str]
    outputs: Mapping[str, str]
    notes: Mapping[str, str | int]

    @classmethod
    def of(
        cls, inputs: Mapping[str, str], files: Mapping[str, bytes], notes: Mapping[str, str | int]
    ) -> Stamp:
        """The stamp for these files, still in memory."""
        return cls(inputs, {name: digest(data) for name, data in files.items()}, notes)

    def to_bytes(self) -> bytes:
        """Canonical JSON: sorted fields, ASCII (a name may hold what UTF-8 cannot), one newline."""
        content = {
            "format": _FORMAT,
            "inputs": dict(self.inputs),
            "outputs": dict(self.outputs),
            "notes": dict(self.notes),
        }
        return (json.dumps(content, sort_keys=True, indent=1) + "\n").encode("ascii")

    @classmethod
    def from_bytes(cls, data: bytes) -> Stamp | None:
        """The stamp these bytes hold; None for anything that ``to_bytes`` does not write."""
        try:
            content = json.loads(data.decode("ascii"))
        except (ValueError, RecursionError):
            return None
        if not isinstance(content, dict) or content.get("format") != _FORMAT:
            return None
        inputs, outputs, notes = (content.get(part) for part in ("inputs", "outputs", "notes"))
        if not (isinstance(inputs, dict) and isinstance(outputs, dict) and isinstance(notes, dict)):
            return None
        sound = (
            all(map(_is_digest, [*inputs.values(), *outputs.values()]))
            and all(map(_is_file_name, outputs))
            and all(isinstance(note, (str, int)) for note in notes.values())
        )
        return cls(inputs, outputs, notes) if sound else None

    @classmethod
    def read(cls, path: Path) -> Stamp | None:
        """The stamp in a file; None when it is missing, torn, foreign or no regular file."""
        data = _read_regular(path, _LARGEST_STAMP)
        return None if data is None else cls.from_bytes(data)


def digest(data: bytes) -> str:
    """The SHA-256 of these bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


InputsOf = Callable[[Collection[str]], Mapping[str, str]]
"""Gives the inputs as they are now, for the names of those that a build was made from."""


def is_current(folder: Path, inputs: InputsOf) -> Stamp | None:
    """The folder's stamp, when a build from these inputs would write what is there already.

    None when an input was changed, added or removed, when an output is missing, was changed or is
    a link, and when the folder itself is a link (publishing will refuse it).
    """
    if folder.is_symlink():
        return None
    stamp = Stamp.read(folder / STAMP_NAME)
    if stamp is None or not stamp.outputs or stamp.inputs != inputs(stamp.inputs):
        return None
    same = all(holds(folder / name, expected) for name, expected in stamp.outputs.items())
    return stamp if same else None


def holds(path: Path, expected: str) -> bool:
    """Whether a regular file, itself no link, has these contents, given by their SHA-256."""
    data = _read_regular(path, _MOST_BYTES)
    return data is not None and digest(data) == expected


def digest_tree(root: Path, *patterns: str) -> dict[str, str]:
    """The SHA-256 of every file below a folder, by POSIX path relative to it, in sorted order.

    ``patterns`` are file names with ``*`` and ``?``; without any, every file counts. Left out are
    ``__pycache__``, what an editor keeps for itself (``.name``, ``~$name``, ``name~``,
    ``name.tmp``), and what is neither file nor folder. A link to a file below the same root counts
    as that file; any other link is told by where it points, for the program does not read through
    it. What cannot be read counts as unreadable. A missing root is an empty one.

    Raises:
        ReportError: more than 5,000 files or 512 MB, so that this is hardly the folder meant.
    """
    digests: dict[str, str] = {}
    remaining = _MOST_BYTES
    real_root = Path(os.path.realpath(root))
    for name, path in _walk(root):
        if patterns and not any(fnmatchcase(path.name, pattern) for pattern in patterns):
            continue
        digests[name], size = _digest_entry(path, real_root, remaining)
        remaining -= size
        if remaining < 0 or len(digests) > _MOST_FILES:
            raise ReportError(
                f"`{root.name}` holds too many or too large files to check",
                fix=f"move what is not part of the report out of `{root.name}`",
            )
    return dict(sorted(digests.items()))


def _digest_entry(path: Path, real_root: Path, limit: int) -> tuple[str, int]:
    """What stands for one entry of a tree, and how many bytes were weighed."""
    try:
        if path.is_symlink():
            target = Path(os.path.realpath(path))
            if not (target.is_relative_to(real_root) and target.is_file()):
                return digest(b"link to " + os.fsencode(os.readlink(path))), 0
            path = target
        size = path.stat().st_size
        return (digest(path.read_bytes()) if size <= limit else ""), size
    except OSError:
        return digest(b"unreadable"), 0


def _walk(root: Path) -> Iterator[tuple[str, Path]]:
    """Files and links below a folder. Links are not followed, so there is no endless loop."""
    pending = [("", root)]
    while pending:
        prefix, folder = pending.pop()
        try:
            entries = list(os.scandir(folder))
        except FileNotFoundError:
            continue
        except OSError:
            yield f"{prefix}.", folder
            continue
        for entry in entries:
            if _is_passing(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False):
                pending.append((f"{prefix}{entry.name}/", Path(entry.path)))
            elif entry.is_symlink() or entry.is_file(follow_symlinks=False):
                yield f"{prefix}{entry.name}", Path(entry.path)


def _is_passing(name: str) -> bool:
    return name == "__pycache__" or name.startswith((".", "~$")) or name.endswith(("~", ".tmp"))


def _read_regular(path: Path, limit: int) -> bytes | None:
    """The bytes of a regular file. A pipe would wait for ever, and a link may lead anywhere."""
    try:
        status = os.lstat(path)
        if not stat.S_ISREG(status.st_mode) or status.st_size > limit:
            return None
        return path.read_bytes()
    except (OSError, ValueError):
        return None


def _is_digest(value: object) -> bool:
    return isinstance(value, str) and len(value) == 64 and _HEX.issuperset(value)


def _is_file_name(name: str) -> bool:
    """Whether a name stays in its folder on every system, and is not the stamp's own."""
    return name not in ("", ".", "..", STAMP_NAME) and not set(name) & set("/\\:\0")
