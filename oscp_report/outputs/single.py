"""Writing one file, whole or not at all.

A file is written beside its place under a hidden name, flushed, and then put there in one step. A
program killed before that step leaves the old file whole, and a hidden ``.part`` beside it.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from oscp_report.errors import ReportError
from oscp_report.outputs.filesystem import flush_folder, rename, write_file

_NO_LINKS = {errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL}


def create_files(folder: Path, files: Mapping[str, bytes]) -> list[str]:
    """Write new files into a folder, by their names relative to it, and never over another.

    Returns:
        The names of the files written.

    Raises:
        ReportError: a file is there already, and none was written; or one cannot be written.
    """
    if taken := [name for name in files if (folder / name).exists()]:
        fix = "choose another folder, or take that file away first"
        raise ReportError(f"`{folder}` already has `{taken[0]}`", fix=fix)
    try:
        for name, data in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            create_file(folder / name, data)
    except OSError as error:
        fix = "choose a folder that you may write to"
        raise ReportError(f"`{folder}` cannot be written: {error.strerror}", fix=fix) from error
    return list(files)


def create_file(path: Path, data: bytes) -> None:
    """Write a new file, and never over another.

    Raises:
        FileExistsError: there is one of that name, even as a link.
        OSError: it could not be written.
    """
    part = _part_of(path, data)
    try:
        if sys.platform == "win32":
            rename(part, path)  # which Windows refuses where there is such a file
        else:
            _link(part, path, data)
        flush_folder(path.parent)
    finally:
        _forget(part)


def _link(part: Path, path: Path, data: bytes) -> None:
    try:
        path.hardlink_to(part)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        write_file(path, data)  # a disk without links; a kill just now leaves part of a file


def replace_file(path: Path, data: bytes) -> None:
    """Put other content into a file, which keeps its mode; a link to it stays a link.

    Raises:
        OSError: it could not be written, and is as it was.
    """
    path = path.resolve()
    mode = path.stat().st_mode & 0o7777
    part = _part_of(path, data)
    try:
        part.chmod(mode)
        rename(part, path, over=True)
        flush_folder(path.parent)
    finally:
        _forget(part)


def _part_of(path: Path, data: bytes) -> Path:
    part = path.with_name(f".{path.name}.{os.urandom(6).hex()}.part")
    try:
        write_file(part, data)
    except BaseException:
        _forget(part)
        raise
    return part


def _forget(part: Path) -> None:
    with suppress(OSError):
        part.unlink()
