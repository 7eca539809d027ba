"""A build that cannot write says so in a line with a fix, and leaves everything as it was."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Desk

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes and mounts are POSIX")

Program = Callable[[str], str]

UNTOUCHED = "; the earlier report is untouched"
# Root may write anywhere. Without these rights it is bound by a folder's mode like everybody else.
AS_ANYBODY = ("--bounding-set=-dac_override,-dac_read_search", "--")
LIMIT = 'ulimit -f {} && exec "$@"'  # in blocks of 512 bytes
# Builds twice on a disk of 64 KB, and copies what is on it. The disk goes when the shell does.
FULL_DISK = """
disk=$1 kept=$2 year_file=$3
shift 3
mount -t tmpfs -o size=64k tmpfs "$disk" || exit 77
"$@" >/dev/null || exit 78
sed -i 's/Safer together/Another title/' "$year_file" || exit 79
"$@"
code=$?
cp -a "$disk/." "$kept" && exit $code
"""
NOT_MOUNTED = 77


def is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


@pytest.mark.parametrize("format", ["html", "pdf", "both"])
def test_a_limit_on_the_size_of_a_file(desk: Desk, format: str) -> None:
    formats = () if format == "both" else ("--format", format)
    desk.build(*formats)
    before = desk.files()
    desk.entitle("Another title")
    limit = min(len(data) for name, data in before.items() if not name.startswith(".")) // 1024
    under = ("sh", "-c", LIMIT.format(limit), "sh")
    assert desk.refusal(*formats, under=under) == [
        f"`{desk.folder}` was not written: a file is larger than this disk or account allows",
        "build on another disk, or ask whoever looks after this computer" + UNTOUCHED,
    ]
    assert desk.files() == before
    assert desk.leftovers() == []


def test_a_limit_on_the_size_of_a_file_and_no_earlier_report(desk: Desk) -> None:
    fact, fix = desk.refusal(under=("sh", "-c", LIMIT.format(4), "sh"))
    assert fact.endswith("a file is larger than this disk or account allows")
    assert fix.endswith("; nothing was written")
    assert not desk.build_folder.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="mounts a disk of its own, as Linux lets it")
def test_a_full_disk(desk: Desk, tmp_path: Path, program: Program) -> None:
    disk, kept = tmp_path / "disk", tmp_path / "kept"
    disk.mkdir()
    kept.mkdir()
    alone = [program("unshare"), "--mount", *(() if is_root() else ("--user", "--map-root-user"))]
    places = map(str, (disk, kept, desk.year_file))
    under = [*alone, "sh", "-c", FULL_DISK, "sh", *places]
    desk.replace("every month.", "every month. " + "It was well attended. " * 500)
    done = desk.run("build", desk.year, "--output", str(disk), under=under)
    if done.returncode in (1, NOT_MOUNTED) and os.environ.get("CI") != "true":
        pytest.skip("this system lets nobody mount a disk here")
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert done.stderr.splitlines() == [
        f"oscp-report: `{disk / desk.year}` was not written: the disk is full",
        "  fix: free some space and build again" + UNTOUCHED,
    ]
    assert [path.name for path in kept.iterdir()] == [desk.year]
    files = {path.name: path.read_bytes() for path in (kept / desk.year).iterdir()}
    assert desk.edition(files) == "Safer together"


@pytest.mark.parametrize("place", ["build", "build/2020-21"])
def test_a_read_only_folder(built: Desk, program: Program, place: str) -> None:
    under = (program("setpriv"), *AS_ANYBODY) if is_root() else ()
    before = built.files()
    built.entitle("Another title")
    (built.root / place).chmod(0o555)
    try:
        assert built.refusal(under=under) == [
            f"`{built.folder}` was not written: it is read-only or belongs to someone else",
            "make the folder writable, or build in a folder of your own" + UNTOUCHED,
        ]
    finally:
        (built.root / place).chmod(0o755)
    assert built.files() == before
    assert built.leftovers() == []


def test_a_read_only_workspace(desk: Desk, program: Program) -> None:
    under = (program("setpriv"), *AS_ANYBODY) if is_root() else ()
    desk.root.chmod(0o555)
    try:
        fact, fix = desk.refusal(under=under)
    finally:
        desk.root.chmod(0o755)
    assert fact == f"`{desk.folder}` was not written: it is read-only or belongs to someone else"
    assert fix.endswith("; nothing was written")
    assert not desk.build_folder.exists()


@pytest.mark.parametrize("place", ["build", "build/2020-21"])
def test_a_file_in_the_way(desk: Desk, place: str) -> None:
    in_the_way = desk.root / place
    in_the_way.parent.mkdir(exist_ok=True)
    in_the_way.write_bytes(b"minutes")
    assert desk.refusal() == [
        f"`{in_the_way}` is a file, and a folder is needed there",
        "move that file away and build again",
    ]
    assert in_the_way.read_bytes() == b"minutes"
    beside = {path.name for path in in_the_way.parent.iterdir()}
    assert beside == {in_the_way.name} | ({"data"} if place == "build" else set())


@pytest.mark.parametrize("place", ["build", "build/2020-21"])
@pytest.mark.parametrize("dangling", [False, True], ids=["", "dangling"])
def test_a_link_in_the_way(desk: Desk, tmp_path: Path, place: str, dangling: bool) -> None:
    target, link = tmp_path / "elsewhere", desk.root / place
    if not dangling:
        target.mkdir()
        (target / "minutes.txt").write_bytes(b"minutes")
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(target, target_is_directory=True)
    assert desk.refusal() == [
        f"`{link}` is a link to another place",
        "delete the link and build again; a report is only written to a real folder",
    ]
    assert link.is_symlink()
    assert target.exists() != dangling
    assert dangling or list(target.iterdir()) == [target / "minutes.txt"]


def test_a_linked_folder_is_refused_even_where_nothing_has_changed(
    built: Desk, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    shutil.move(built.folder, elsewhere)
    before = {path.name: path.read_bytes() for path in elsewhere.iterdir()}
    built.folder.symlink_to(elsewhere, target_is_directory=True)
    assert "is a link to another place" in built.refusal()[0]
    assert {path.name: path.read_bytes() for path in elsewhere.iterdir()} == before


def test_nothing_is_written_where_a_finding_stops_the_build(built: Desk) -> None:
    before = built.files()
    built.replace("{locks}", "{lock}")
    done = built.run("build", built.year)
    assert (done.returncode, done.stdout) == (1, "")
    assert "nothing was written" in done.stderr
    assert built.files() == before
    assert built.leftovers() == []
