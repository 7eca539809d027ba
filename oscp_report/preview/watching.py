"""Following the files: saved, also by rename, made anew, deleted, or on a network drive."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from threading import Event

STEP = 10
"""Milliseconds without a further change after which a save counts as done."""
LONGEST_BURST = 100
"""Milliseconds after which changes are told of though more come."""
LOOK_AGAIN = 1000
"""Milliseconds after which the folders themselves are looked at: one may be new, or another."""
POLL = 250
"""Milliseconds between two looks where the system tells nothing."""

# File systems over a network: what another machine writes there is not told of here.
NETWORK = re.compile(
    r"(?:nfs[0-9]?|cifs|smb[0-9]?|smbfs|afpfs|webdav|davfs2?|afs|ceph|glusterfs|9p|virtiofs|vboxsf"
    r"|vmhgfs|prl_fs|drvfs|ncpfs|lustre|beegfs|fuse\.(?:sshfs|s3fs|rclone|gvfsd-fuse|davfs2?"
    r"|glusterfs|vmhgfs-fuse|curlftpfs))"
)
_MOUNT_MAC = re.compile(r"^.*? on (?P<at>/.*) \((?P<type>\w+)", re.MULTILINE)
_ESCAPED = re.compile(r"\\([0-7]{3})")
_REMOTE_DRIVE = 4  # DRIVE_REMOTE, of GetDriveType in Windows


def mounted_linux(table: str) -> Iterator[tuple[str, str]]:
    """The mount points and their types in ``/proc/self/mountinfo`` (proc_pid_mountinfo(5))."""
    for line in table.splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) > 4 and after:
            at = _ESCAPED.sub(lambda found: chr(int(found[1], 8)), fields[4])
            yield at, after.split(" ")[0]


def mounted_mac(table: str) -> Iterator[tuple[str, str]]:
    """The mount points and their types as macOS's ``mount`` lists them."""
    for found in _MOUNT_MAC.finditer(table):
        yield found["at"], found["type"]


def type_of(path: Path, mounted: Iterator[tuple[str, str]]) -> str:
    """The type of the file system that a path is on: that of the innermost mount point, the last.

    Empty where none is known.
    """
    best, found = -1, ""
    for at, kind in mounted:
        if path.is_relative_to(at) and len(Path(at).parts) >= best:
            best, found = len(Path(at).parts), kind
    return found


def is_on_network(path: Path) -> bool:
    """Whether a folder is on a network drive, as far as the system tells."""
    try:
        path = path.resolve()
        if sys.platform == "win32":
            return _is_remote_drive(path)
        if sys.platform == "darwin":
            listed = subprocess.run(
                ["/sbin/mount"], capture_output=True, text=True, timeout=5, check=False
            )
            mounted = mounted_mac(listed.stdout)
        else:
            mounted = mounted_linux(Path("/proc/self/mountinfo").read_text(errors="replace"))
    except (OSError, subprocess.SubprocessError):
        return False
    return bool(NETWORK.fullmatch(type_of(path, mounted)))


def _is_remote_drive(path: Path) -> bool:
    if path.drive.startswith("\\\\"):
        return True
    import ctypes

    windows = getattr(ctypes, "windll", None)  # there alone
    return bool(windows and windows.kernel32.GetDriveTypeW(path.anchor) == _REMOTE_DRIVE)


def identities(folders: Sequence[Path]) -> dict[Path, tuple[int, int]]:
    """Those folders that are there, and which ones they are: another of the name is another."""
    found = {}
    for folder in folders:
        try:
            told = folder.stat()
        except OSError:
            continue
        found[folder] = told.st_dev, told.st_ino
    return found


def follow(
    folders: Sequence[Path],
    changed: Callable[[Sequence[Path]], None],
    stop: Event,
    *,
    polls: bool | None = None,
) -> None:
    """Call ``changed`` with the paths of every change below the folders, until ``stop`` is set.

    A folder that comes later is followed from then on. ``polls`` looks at the files again and
    again; None does so where the environment asks for it (``WATCHFILES_FORCE_POLLING``).
    """
    while not stop.is_set():
        there = identities(folders)
        if not there:
            stop.wait(LOOK_AGAIN / 1000)
            if identities(folders):
                changed(folders)
            continue
        is_new = True
        for paths in _changes(list(there), stop, polls):
            if paths or is_new:  # what was saved before the watch began is told by nobody
                changed(paths)
            is_new = is_new and bool(paths)
            if identities(folders) != there:
                break
        if not stop.is_set() and (now := identities(folders)) != there:
            changed([folder for folder in folders if there.get(folder) != now.get(folder)])


def snapshot(folders: Sequence[Path]) -> dict[Path, tuple[int, int, int]]:
    """What tells one state of the files below some folders from another."""
    found = {}
    for folder in folders:
        for path in folder.rglob("*"):
            try:
                told = path.stat()
            except OSError:  # it went meanwhile
                continue
            found[path] = told.st_mtime_ns, told.st_size, told.st_ino
    return found


def _polled(folders: Sequence[Path], stop: Event) -> Iterator[list[Path]]:
    # By own means: watchfiles polls by whole seconds, and misses the second save of one.
    before = snapshot(folders)
    while not stop.wait(POLL / 1000):
        now = snapshot(folders)
        yield [path for path in {**before, **now} if before.get(path) != now.get(path)]
        before = now


def asks_to_poll(environment: Mapping[str, str]) -> bool:
    """Whether the environment asks for polling, in the words of watchfiles."""
    asked = environment.get("WATCHFILES_FORCE_POLLING", "").lower()
    return bool(asked) and asked not in ("false", "disable", "disabled")


def _changes(folders: Sequence[Path], stop: Event, polls: bool | None) -> Iterator[list[Path]]:
    """The paths that changed, time and again; none where it is only time to look again."""
    if polls if polls is not None else asks_to_poll(os.environ):
        yield from _polled(folders, stop)
        return
    from watchfiles import watch

    try:
        for found in watch(
            *folders,
            watch_filter=None,
            debounce=LONGEST_BURST,
            step=STEP,
            stop_event=stop,
            rust_timeout=LOOK_AGAIN,
            yield_on_timeout=True,
            raise_interrupt=False,
            ignore_permission_denied=True,
        ):
            yield [Path(path) for _, path in found]
    except OSError:  # a folder went while it began; it is looked for again
        stop.wait(LOOK_AGAIN / 1000)
        yield []
