"""A folder of files that the program keeps as it should be: writes what differs, removes the rest.

A hidden list says which files are its own. What somebody else put into the folder stays.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from oscp_report.errors import ReportError
from oscp_report.outputs.refusals import check_folder
from oscp_report.outputs.single import create_file, replace_file

LIST_NAME = ".files.json"


@dataclass(frozen=True, slots=True)
class Changes:
    """The files of a folder, by what became of them; each a POSIX path relative to it."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    same: tuple[str, ...] = ()

    @property
    def touched(self) -> int:
        """How many files were written or removed."""
        return len(self.new) + len(self.changed) + len(self.removed)


def keep_tree(folder: Path, files: Mapping[str, bytes]) -> Changes:
    """Make the folder hold these files, and none that an earlier call wrote and that is gone.

    ``files`` go by POSIX paths relative to the folder. Each is written whole or not at all, those
    at the top last, so that what leads to a page comes after the page. A file that holds what it
    should is not touched.

    Raises:
        PublishError: the folder is a link or a file, or may not be written to.
        ReportError: a file could not be written, and is as it was.
    """
    check_folder(folder)
    listed = _listed(folder)
    order = sorted(files, key=lambda name: (-name.count("/"), name))
    at = {name: folder / PurePosixPath(name) for name in order}
    held = {name: _held(path) for name, path in at.items()}
    new = tuple(name for name in order if held[name] is None)
    changed = tuple(n for n in order if held[n] is not None and held[n] != files[n])
    removed = tuple(sorted(listed - files.keys()))
    # A program that is killed below must know its files again: those that were and those to be.
    _write_list(folder, listed | files.keys())
    for name in (*new, *changed):
        _write(at[name], files[name])
    for name in removed:
        _remove(folder, name)
    _write_list(folder, files)
    same = tuple(name for name in order if held[name] == files[name])
    return Changes(new, changed, removed, same)


def _held(path: Path) -> bytes | None:
    """What a file holds; None where there is none, and a link is none of ours."""
    if path.is_symlink():
        raise ReportError(
            f"`{path}` is a link to another place", fix="delete the link, and try again"
        )
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _failed(path, error) from error


def _write(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            replace_file(path, data)
        else:
            create_file(path, data)
    except OSError as error:
        raise _failed(path, error) from error


def _remove(folder: Path, name: str) -> None:
    path = folder / PurePosixPath(name)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise _failed(path, error) from error
    for parent in path.parents:
        if parent == folder:
            return
        with suppress(OSError):  # somebody else's file is in it
            parent.rmdir()


def _failed(path: Path, error: OSError) -> ReportError:
    return ReportError(
        f"`{path}` was not written: {error.strerror}",
        fix="close it elsewhere, or ask for the right to write there, and try again",
    )


def _listed(folder: Path) -> set[str]:
    """The files that an earlier call wrote. A list that is torn, or leads elsewhere, is none."""
    try:
        names = json.loads((folder / LIST_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return set()
    if not isinstance(names, list):
        return set()
    return {name for name in names if isinstance(name, str) and _is_inside(name)}


def _is_inside(name: str) -> bool:
    parts = name.split("/")
    return not any(part in ("", ".", "..") or set(part) & set("\\:\0") for part in parts)


def _write_list(folder: Path, names: Iterable[str]) -> None:
    data = json.dumps(sorted(names), indent=0, ensure_ascii=False).encode() + b"\n"
    path = folder / LIST_NAME
    if _held(path) != data:
        _write(path, data)
