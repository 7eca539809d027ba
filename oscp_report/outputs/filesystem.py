"""The operating system's part of publishing: a lock, a swap of two folders, errors in words."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK_NAME = ".build.lock"
"""Only where a folder itself cannot be locked: Windows, and NFS."""

Moves = list[tuple[Path, Path]]
"""Moves made: from where, to where."""

_IN_USE = (5, 32)  # Windows: access denied (a folder with an open file in it), sharing violation
_UNSUPPORTED = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}
# An old container answers an unknown call with EPERM. A folder from a lower layer of a container's
# image cannot be moved (EXDEV). The plain renames that follow tell the true reason if they fail.
_NO_EXCHANGE = _UNSUPPORTED | {errno.EPERM, errno.EXDEV}
# Linux's NFS client turns flock into a byte-range lock, for which a folder is never open enough.
_NO_FOLDER_LOCK = _UNSUPPORTED | {errno.EBADF, errno.ENOLCK}

_WORDS = {
    errno.ENOSPC: ("the disk is full", "free some space and build again"),
    errno.EDQUOT: ("your share of the disk is used up", "free some space and build again"),
    errno.EFBIG: (
        "a file is larger than this disk or account allows",
        "build on another disk, or ask whoever looks after this computer",
    ),
    errno.EROFS: ("the disk is read-only", "build on a disk that can be written to"),
    errno.ENAMETOOLONG: ("the name is too long", "use a folder with a shorter name"),
    errno.EIO: ("the disk reports a fault", "check the disk, then build again"),
    errno.ENOENT: ("a folder it needs is missing", "put the folder back and build again"),
    errno.EXDEV: ("the folder cannot be moved", "move or delete that folder and build again"),
    errno.EBUSY: ("the folder is in use", "close what uses it and build again"),
}
_NO_PERMISSION = (
    "it is read-only or belongs to someone else",
    "make the folder writable, or build in a folder of your own",
)


def in_plain_words(error: OSError) -> tuple[str, str]:
    """Why the system refused, and what to do about it."""
    if error.errno in (errno.EACCES, errno.EPERM):
        return _NO_PERMISSION
    said = (error.strerror or "the system gave no reason").rstrip(".")
    return _WORDS.get(error.errno or 0, (said[:1].lower() + said[1:], "mend that and build again"))


def is_in_use(error: OSError) -> bool:
    """Whether Windows says that another program holds the file or folder open."""
    return isinstance(error, PermissionError) and getattr(error, "winerror", None) in _IN_USE


def exchange(one: Path, two: Path) -> bool:
    """Swap what two names stand for, in one step: renameat2 on Linux, renamex_np on macOS.

    Returns:
        False, with nothing done, where the system or the disk knows no such step.

    Raises:
        OSError: the step is known, and failed.
    """
    if sys.platform == "win32":
        return False
    import ctypes  # 2 ms that only a build which writes should pay

    library = ctypes.CDLL(None, use_errno=True)
    first, second = os.fsencode(one), os.fsencode(two)
    here, swap = -100, 2  # AT_FDCWD; RENAME_EXCHANGE and RENAME_SWAP are both 2
    if sys.platform == "darwin":
        name, arguments = "renamex_np", (first, second, swap)
    else:
        name, arguments = "renameat2", (here, first, here, second, swap)
    if (call := getattr(library, name, None)) is None:
        return False
    if call(*arguments) == 0:
        return True
    code = ctypes.get_errno()
    if code in _NO_EXCHANGE:
        return False
    raise OSError(code, os.strerror(code), str(one), None, str(two))


def rename(source: Path, target: Path, *, over: bool = False) -> None:
    """Rename, and try again for a second while Windows says that the source is in use.

    A virus scanner opens what was just written, for an instant. ``over`` lets it take the place of
    a file on Windows as well.
    """
    renamed = os.replace if over else os.rename
    for pause in (0.05, 0.15, 0.3, 0.5):
        try:
            renamed(source, target)
            return
        except OSError as error:
            if not is_in_use(error):
                raise
        time.sleep(pause)
    renamed(source, target)


def move(source: Path, target: Path, names: Iterable[str], moved: Moves) -> None:
    """Move entries to another folder, and note each move as soon as it is made."""
    for name in names:
        free = _free_name(target, name)
        rename(source / name, free)
        moved.append((source / name, free))


def move_back(moved: Moves) -> None:
    """Undo moves, the last one first."""
    for source, target in reversed(moved):
        rename(target, source)


def _free_name(folder: Path, name: str) -> Path:
    stem, suffix = os.path.splitext(name)
    free, count = folder / name, 1
    while os.path.lexists(free):
        free = folder / f"{stem} (kept{f' {count}' if count > 1 else ''}){suffix}"
        count += 1
    return free


def held_file(folder: Path) -> str:
    """The first file that Windows will not rename, even onto itself, since a program holds it."""
    with suppress(OSError):
        for name in sorted(os.listdir(folder)):
            try:
                os.rename(folder / name, folder / name)
            except OSError as error:
                if is_in_use(error):
                    return name
    return ""


def remove(path: Path) -> None:
    """Delete a file or a link, also one that Windows marks as read-only."""
    try:
        os.unlink(path)
    except PermissionError:
        if sys.platform != "win32":  # elsewhere the mark says nothing about deleting
            raise
        os.chmod(path, 0o666)
        os.unlink(path)


def write_file(path: Path, data: bytes) -> None:
    """Write a new file and flush it to the disk. Its mode follows the umask.

    Raises:
        OSError: it exists already, even as a link, or could not be written whole.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def flush_folder(folder: Path) -> None:
    """Flush a folder's names to the disk, where the system can."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            raise
    finally:
        os.close(handle)


class Busy(Exception):
    """Others held the folder for as long as the caller would wait."""


@contextmanager
def locked(folder: Path, patience: float) -> Iterator[None]:
    """Hold a folder, made if absent, alone; the system frees it however the process ends.

    On POSIX the folder's own descriptor is locked, and no file is left behind. On Windows and NFS
    it is a file in the folder, deleted afterwards; a killed process leaves that file, unlocked.

    Raises:
        Busy: others held the folder for ``patience`` seconds.
        OSError: the folder cannot be made, is a link, or cannot be locked.
    """
    deadline = time.monotonic() + patience
    while (release := _try_lock(folder)) is None:
        if time.monotonic() >= deadline:
            raise Busy
        time.sleep(0.02)
    try:
        yield
    finally:
        release()


def _try_lock(folder: Path) -> Callable[[], None] | None:
    """A function that lets go again, or None while another has it."""
    with suppress(FileExistsError):
        os.mkdir(folder)
    if sys.platform == "win32":
        return _try_lock_file(folder / LOCK_NAME)
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except FileNotFoundError:  # a build that failed has deleted it again
        return None
    try:
        if _take(handle, folder):
            return lambda: os.close(handle)
    except OSError as error:
        os.close(handle)
        if error.errno in _NO_FOLDER_LOCK:
            return _try_lock_file(folder / LOCK_NAME)
        raise
    os.close(handle)
    return None


def _try_lock_file(path: Path) -> Callable[[], None] | None:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
    try:
        taken = _take(handle, path)
    except OSError:
        os.close(handle)
        raise
    if not taken:
        os.close(handle)
        return None

    def release() -> None:
        if sys.platform == "win32":  # an open file cannot be deleted, and a waiting build keeps it
            os.close(handle)
        with suppress(OSError):
            os.unlink(path)
        if sys.platform != "win32":
            os.close(handle)

    return release


def _take(handle: int, path: Path) -> bool:
    """Lock what is open, if nobody has it and it still is what the path names."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Windows does not let an open file be deleted, so there it is the same for certain.
        return sys.platform == "win32" or os.path.samestat(os.fstat(handle), os.lstat(path))
    except (BlockingIOError, PermissionError, FileNotFoundError):
        return False
