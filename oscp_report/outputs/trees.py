"""A folder of files that the program keeps as it should be: writes what differs, removes the rest.

A hidden list says which files are its own, and of some what they were made from. What somebody else
put into the folder stays.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from oscp_report.errors import ReportError
from oscp_report.outputs.refusals import check_folder, leads_elsewhere, seen
from oscp_report.outputs.single import create_file, replace_file
from oscp_report.outputs.stamp import digest

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


def kept_files(folder: Path, made_from: Mapping[str, str]) -> dict[str, bytes]:
    """Those files that ``keep_tree`` wrote from the same, and that nobody has changed since.

    ``made_from`` is what they would be made from now, in a digest, by name.

    Raises:
        ReportError: a file cannot be read, or it or a folder on the way to it is a link.
    """
    listed = _listed(folder)
    names = made_from.keys() & listed.keys()
    _check_way(folder, names)
    held = {name: _held(folder / name) for name in names}
    return {
        name: data
        for name, data in held.items()
        if data is not None and listed[name] == _seal(made_from[name], data)
    }


def keep_tree(
    folder: Path, files: Mapping[str, bytes], made_from: Mapping[str, str] = MappingProxyType({})
) -> Changes:
    """Make the folder hold these files, and none that an earlier call wrote and that is gone.

    ``files`` go by POSIX paths relative to the folder. Each is written whole or not at all, those
    at the top last, so that what leads to a page comes after the page. A file that holds what it
    should is not touched. ``made_from`` tells of some what they were made from, in a digest, so
    that ``kept_files`` knows them again.

    Raises:
        PublishError: the folder is a link or a file, or may not be written to.
        ReportError: a file could not be written, and is as it was; or one that is to be there, or
            a folder on the way to one of its own, is a link, and nothing was touched.
    """
    check_folder(folder)
    listed = _listed(folder)
    _check_way(folder, {*files, *listed})
    order = sorted(files, key=lambda name: (-name.count("/"), name))
    at = {name: folder / PurePosixPath(name) for name in order}
    held = {name: _held(path) for name, path in at.items()}
    new = tuple(name for name in order if held[name] is None)
    changed = tuple(n for n in order if held[n] is not None and held[n] != files[n])
    removed = tuple(sorted(listed.keys() - files.keys()))
    # A program that is killed below must know its files again: those that were and those to be.
    _write_list(folder, {**dict.fromkeys(files, ""), **listed})
    for name in (*new, *changed):
        _write(at[name], files[name])
    for name in removed:
        _remove(folder, name)
    seals = {name: _seal(made_from[name], files[name]) for name in made_from}
    _write_list(folder, {**dict.fromkeys(files, ""), **seals})
    same = tuple(name for name in order if held[name] == files[name])
    return Changes(new, changed, removed, same)


def _seal(made_from: str, data: bytes) -> str:
    """What a file was made from and what it holds, in one digest: it breaks with either."""
    return digest(f"{made_from}\n".encode() + data)


def _check_way(folder: Path, names: Iterable[str]) -> None:
    """Refuse a link among the folders below ``folder`` that lead to these files."""
    ways = {parent for name in names for parent in PurePosixPath(name).parents}
    for way in sorted(ways - {PurePosixPath(".")}):
        _refuse_link(folder / way)


def _refuse_link(path: Path) -> None:
    """A link leads to what is none of ours, and is written and deleted through."""
    status = seen(path)  # what is not there, or cannot be reached, writing will tell
    if status and leads_elsewhere(status):
        raise ReportError(
            f"`{path}` is a link to another place", fix="delete the link, and try again"
        )


def _held(path: Path) -> bytes | None:
    """What a file holds; None where there is none."""
    _refuse_link(path)
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


def _listed(folder: Path) -> dict[str, str]:
    """The files that an earlier call wrote, with their seals; empty where they have none.

    A list that is torn, or leads elsewhere, is none.
    """
    try:
        seals = json.loads((folder / LIST_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(seals, dict):
        return {}
    return {name: str(seal) for name, seal in seals.items() if _is_inside(name)}


def _is_inside(name: str) -> bool:
    parts = name.split("/")
    return not any(part in ("", ".", "..") or set(part) & set("\\:\0") for part in parts)


def _write_list(folder: Path, seals: Mapping[str, str]) -> None:
    data = json.dumps(seals, sort_keys=True, indent=0, ensure_ascii=False).encode() + b"\n"
    path = folder / LIST_NAME
    if _held(path) != data:
        _write(path, data)
