"""Writing a year's files as one set: all of them or none.

What is promised, and where:

- Linux (ext4, XFS, Btrfs, tmpfs and others) and macOS (APFS): the old and the new folder change
  places in one step of the file system. Whoever opens the folder finds one whole set, whenever
  the build is killed. Read through one opened folder, never a mix.
- Windows, and disks without that step: the old folder is renamed aside and the new one renamed in.
  Between the two, for an instant, there is no folder; a build killed just then leaves the old set
  aside, and the next ``publish`` or ``sweep`` puts it back first. Never a mix, never a torn file.
- A folder that came with a container's image cannot be renamed at all: its files are moved aside
  one by one. Only there can a kill leave part of a set, without its stamp, until the next
  ``publish`` or ``sweep`` puts it back. (A stranger's folder in it cannot be moved: an error.)
- A stranger's file follows into the new folder at once, but after the switch; a build killed just
  then leaves it aside until the next ``publish`` or ``sweep``, with its bytes.
- Power loss: files and folders were flushed before and after the step; no more is claimed.

Every publish holds the parent folder's lock, so two builds at once write one after the other. The
folder becomes a new one each time: a terminal standing in it must enter it again.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from oscp_report.outputs.filesystem import (
    LOCK_NAME,
    Busy,
    Moves,
    exchange,
    flush_folder,
    locked,
    move,
    move_back,
    remove,
    rename,
    write_file,
)
from oscp_report.outputs.refusals import PublishError, check_folder, explained, seen, state_of
from oscp_report.outputs.stamp import STAMP_NAME, Stamp, digest, holds

__all__ = ["PATIENCE", "PublishError", "check_folder", "publish", "sweep"]

PATIENCE = 30.0
"""Seconds that a build waits for another one to finish writing; writing takes well under one."""

# `part` is being written: all of it is ours. `new` and `old` are whole sets, about to come or gone.
_LEFTOVER = re.compile(r"\.(?P<year>.+)\.[0-9a-f]{12}\.(?P<state>part|new|old)")


def publish(folder: Path, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Make a year's folder hold exactly these files, and whatever strangers put there.

    ``files`` must hold the stamp of the others (``Stamp.of``) under ``STAMP_NAME``: the stamp in
    the old set is how the program knows its own work again, for it lists names and digests. What
    it does not list is a stranger, and moves into the new set with its bytes. So does a listed
    file whose bytes have changed (a copy signed in place), under a free name. Without a readable
    stamp nothing can be told, and only names that the new set does not use are strangers. A link
    under one of our names is dropped, its target untouched.

    Returns:
        The names given to files that were ours and had been changed by hand.

    Raises:
        PublishError: nothing was changed: the folder or its parent is a link or a file, may not be
            written, is held by another program, or another build held it for 30 seconds.
        ValueError: the stamp in ``files`` does not list the other files.
    """
    _require_stamp(files)
    check_folder(folder)
    fresh, before = not os.path.lexists(folder.parent), seen(folder)
    try:
        with locked(folder.parent, PATIENCE):
            try:
                check_folder(folder)
                _sweep(folder.parent)
                before = seen(folder)
                return _replace(folder, files)
            except BaseException:
                if fresh:
                    with suppress(OSError):
                        os.rmdir(folder.parent)
                raise
    except Busy:
        raise PublishError(
            f"another build is still writing to `{folder.parent}`",
            fix="wait until it has ended, or close it, and build again" + state_of(folder, before),
        ) from None
    except OSError as error:
        raise explained(folder, error, before) from error


def sweep(parent: Path) -> None:
    """Clear away what killed builds left in a folder of years, and put back what they held.

    For the build that has nothing to write; ``publish`` does it anyway. Costs one listing when
    there is nothing to do. Leaves all as it is while another build is writing, or on any failure.
    """
    with suppress(OSError, Busy):
        if _leftovers(parent) or os.path.lexists(parent / LOCK_NAME):
            with locked(parent, 0):
                _sweep(parent)


def _replace(folder: Path, files: Mapping[str, bytes]) -> tuple[str, ...]:
    new = _write_set(folder, files)
    try:
        former = _switch(folder, new)
    except BaseException:
        _discard(new, files)
        raise
    moved: Moves = []
    own: list[str] = []
    try:
        if former:
            own, strangers = _sorted_out(former, files)
            move(former, folder, strangers, moved)
        if moved:
            flush_folder(folder)
        flush_folder(folder.parent)
    except BaseException:
        move_back(moved)
        _switch_back(folder, new, former)
        _discard(new, files)
        raise
    if former:
        _discard(former, own)
    return tuple(target.name for source, target in moved if source.name != target.name)


def _write_set(folder: Path, files: Mapping[str, bytes]) -> Path:
    """The files in a hidden folder beside the year's, flushed."""
    mark = f".{folder.name}.{os.urandom(6).hex()}"
    part, new = folder.parent / f"{mark}.part", folder.parent / f"{mark}.new"
    os.mkdir(part)
    try:
        for name, data in files.items():
            write_file(part / name, data)
        flush_folder(part)
        rename(part, new)
    except BaseException:
        _discard(part, files)
        raise
    return new


def _switch(folder: Path, new: Path) -> Path | None:
    """Put the new set in place; say where the former one is now, if there was one."""
    if not os.path.lexists(folder):
        rename(new, folder)
        return None
    if exchange(new, folder):
        return new
    old = new.with_suffix(".old")
    _set_aside(folder, old)
    try:
        rename(new, folder)
    except BaseException:
        rename(old, folder)
        raise
    return old


def _switch_back(folder: Path, new: Path, former: Path | None) -> None:
    if former == new:
        if not exchange(new, folder):
            raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP), str(folder))
        return
    rename(folder, new)
    if former:
        rename(former, folder)


def _set_aside(folder: Path, old: Path) -> None:
    try:
        rename(folder, old)
        return
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
    moved: Moves = []
    os.mkdir(old)
    try:
        # The stamp first: a set that is not whole must not pass for one that is.
        move(folder, old, reversed(_stamp_last(os.listdir(folder))), moved)
        os.rmdir(folder)
    except BaseException:
        move_back(moved)
        os.rmdir(old)
        raise


def _sorted_out(former: Path, present: Collection[str]) -> tuple[list[str], list[str]]:
    """The names in a former set: the program's own, and the strangers'.

    ``present`` are the names of the set that has taken its place.
    """
    stamp = Stamp.read(former / STAMP_NAME)
    listed = stamp.outputs if stamp else {}
    own: list[str] = []
    strangers: list[str] = []
    with os.scandir(former) as entries:
        for entry in entries:
            name = entry.name
            if entry.is_dir(follow_symlinks=False):
                ours = False
            elif name == STAMP_NAME:
                ours = True
            elif stamp is None or entry.is_symlink():
                ours = name in present or name in listed
            else:
                ours = name in listed and holds(Path(entry.path), listed[name])
            (own if ours else strangers).append(name)
    return own, sorted(strangers)


def _discard(folder: Path, names: Collection[str]) -> None:
    """Delete our own files and their folder. What resists is left to the next sweep."""
    # The stamp goes last: without it the rest could not be told from strangers' files.
    for _ in range(2):  # a failure may pass
        with suppress(OSError):
            for name in _stamp_last(names):
                with suppress(FileNotFoundError):
                    remove(folder / name)
            os.rmdir(folder)
            return


def _stamp_last(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (name == STAMP_NAME, name))


def _leftovers(parent: Path) -> list[tuple[Path, str, str]]:
    """Folders of killed builds: path, year, state."""
    found = []
    with os.scandir(parent) as entries:
        for entry in entries:
            match = _LEFTOVER.fullmatch(entry.name)
            if match and entry.is_dir(follow_symlinks=False):
                found.append((Path(entry.path), match["year"], match["state"]))
    return sorted(found)


def _sweep(parent: Path) -> None:
    """Needs the lock. A leftover that resists stays for the next time."""
    for leftover, year, state in _leftovers(parent):
        with suppress(OSError, PublishError):
            if state == "part":
                _discard(leftover, os.listdir(leftover))
            else:
                _clear(leftover, parent / year, state)


def _clear(leftover: Path, folder: Path, state: str) -> None:
    check_folder(folder)
    if state == "old" and not os.path.lexists(folder):
        rename(leftover, folder)
        return
    stamp = Stamp.read(folder / STAMP_NAME)
    if state == "old" and stamp is None:  # killed while it was set aside one by one
        move(leftover, folder, _stamp_last(os.listdir(leftover)), [])
        os.rmdir(leftover)
        return
    own, strangers = _sorted_out(leftover, stamp.outputs if stamp else ())
    if strangers:
        with suppress(FileExistsError):
            os.mkdir(folder)
        move(leftover, folder, strangers, [])
    _discard(leftover, own)


def _require_stamp(files: Mapping[str, bytes]) -> None:
    stamp = Stamp.from_bytes(files.get(STAMP_NAME, b""))
    others = {name: digest(data) for name, data in files.items() if name != STAMP_NAME}
    if stamp is None or stamp.outputs != others:
        raise ValueError(f"{STAMP_NAME} must list the digests of all other files")
