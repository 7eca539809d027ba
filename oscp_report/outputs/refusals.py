"""When a year's files cannot be written: why, what to do, and what became of the old ones."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

from oscp_report.errors import ReportError
from oscp_report.outputs.filesystem import held_file, in_plain_words, is_in_use

_JUNCTION = 0xA0000003  # Windows: IO_REPARSE_TAG_MOUNT_POINT


class PublishError(ReportError):
    """The files could not be written. What was there before is whole."""


def check_folder(folder: Path) -> None:
    """Refuse a folder that must not be written to, before any work is done.

    Raises:
        PublishError: the folder or its parent is a link, a file, or not writable.
    """
    for place in (folder.parent, folder):
        try:
            status = os.lstat(place)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise explained(folder, error, seen(folder)) from error
        if leads_elsewhere(status):
            raise PublishError(
                f"`{place}` is a link to another place",
                fix="delete the link and build again; a report is only written to a real folder",
            )
        if not stat.S_ISDIR(status.st_mode):
            raise PublishError(
                f"`{place}` is a file, and a folder is needed there",
                fix="move that file away and build again",
            )
        # An old set in a folder that may not be changed could be moved aside but not deleted.
        effective = os.access in os.supports_effective_ids
        if not os.access(place, os.W_OK | os.X_OK, effective_ids=effective):
            denied = PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place))
            raise explained(folder, denied, seen(folder))


def leads_elsewhere(status: os.stat_result) -> bool:
    """Whether what ``lstat`` told of is a link or a Windows junction."""
    return stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) == _JUNCTION


def seen(folder: Path) -> os.stat_result | None:
    """What stands at a path now, to compare with later; None for nothing."""
    with suppress(OSError):
        return os.lstat(folder)
    return None


def state_of(folder: Path, before: os.stat_result | None) -> str:
    """What can be said of the report that was there, to end a fix with."""
    now = seen(folder)
    if before and now and os.path.samestat(before, now):
        return "; the earlier report is untouched"
    return "" if before or now else "; nothing was written"


def explained(folder: Path, error: OSError, before: os.stat_result | None) -> PublishError:
    """The system's error in an officer's words. ``before`` is what stood there at the start."""
    end = state_of(folder, before)
    if is_in_use(error):
        if held := held_file(folder):
            return PublishError(
                f"`{held}` in `{folder}` is open in another program",
                fix=f"close `{held}` in your PDF viewer or Word and build again{end}",
            )
        if error.filename == str(folder):
            return PublishError(
                f"`{folder}` is in use by another program",
                fix=f"close every window that shows the folder or its files and build again{end}",
            )
    why, fix = in_plain_words(error)
    return PublishError(f"`{folder}` was not written: {why}", fix=fix + end)
