"""A killed build leaves one whole set of files, the earlier or the new one, and nothing running.

The kills are SIGKILL, which no program can see coming, and half of them reach only the program and
not the renderer that it started. They come at chance moments, the same on every run: some over the
whole length of a build of both formats, most within the few milliseconds in which files are
written. Those wait until a set is begun in a hidden folder, or is complete there, or has just taken
its place; most of them end builds of the page alone. Every build is a process of its own; most are
forks of one that has loaded the program already (``tests.forked``), which get there in a sixth of
the time, and some are started as an officer starts them.

``KILLS`` in the environment says how many there are in all; 200 if it does not.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.forked import Forks

if TYPE_CHECKING:
    from tests.conftest import Desk

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX"),
    pytest.mark.timeout(300),  # fifty builds on a machine that does more besides
]

SHARES = 4  # tests, so that as many cores as pytest may use have something to do
KILLS = int(os.environ.get("KILLS", "200"))

STAGES = ("", "begun", "complete", "in place")
# When the kills of a share come, and to a build of what: one as an officer starts it, or a fork.
HTML, BOTH = ("--format", "html"), ()
KINDS = (
    ("any time", BOTH, "started"), ("begun", HTML, "forked"),
    ("complete", HTML, "forked"), ("in place", HTML, "forked"),
    ("any time", BOTH, "forked"), ("begun", BOTH, "forked"),
    ("complete", BOTH, "forked"), ("in place", BOTH, "forked"),
    ("any time", BOTH, "started"), ("begun", HTML, "forked"),
    ("complete", HTML, "forked"), ("in place", HTML, "forked"),
    ("any time", BOTH, "forked"), ("begun", HTML, "forked"),
    ("complete", HTML, "forked"), ("in place", HTML, "forked"),
    ("any time", BOTH, "forked"), ("begun", HTML, "forked"),
    ("complete", HTML, "forked"), ("in place", HTML, "forked"),
)  # fmt: skip
WRITING = 0.003  # seconds: from one of these moments to the next, or a little longer
FIRST_BUILDS = 13  # every how many kills there is no earlier set; falls on every moment in turn
PATIENCE = 30.0  # seconds, for what takes one on a machine that does nothing else
HIDDEN = re.compile(r"\.2020-21\.[0-9a-f]{12}\.(part|new|old)")


def kill(pid: int, *, group: bool) -> None:
    """Kill a process that nobody has waited for, so that its number is its own, ended or not."""
    with suppress(PermissionError, ProcessLookupError):  # it has ended, as macOS and others say it
        os.killpg(pid, signal.SIGKILL) if group else os.kill(pid, signal.SIGKILL)


def running(group: int) -> list[str]:
    """The processes of a group that run, by name. Linux alone tells; a zombie does not run."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            before, _, after = path.read_text().rpartition(")")
        except OSError:
            continue
        state, _parent, its_group = after.split()[:3]
        if int(its_group) == group and state not in "ZX":
            found.append(before)
    return found


def progress(desk: Desk) -> Callable[[], str]:
    """A function that tells how far the build, about to be started, has come with writing."""
    earlier = set(desk.build_folder.glob(".*"))
    place = desk.folder.stat().st_ino if desk.folder.exists() else None

    def now() -> str:
        if desk.folder.exists() and desk.folder.stat().st_ino != place:
            return "in place"
        hidden = {path.suffix for path in set(desk.build_folder.glob(".*")) - earlier}
        return "complete" if hidden - {".part"} else "begun" if hidden else ""

    return now


def kill_a_build(
    desk: Desk, forks: Forks, number: int, lengths: Mapping[str, float], chance: random.Random
) -> None:
    moment, formats, how = KINDS[number % len(KINDS)]
    command = ("build", desk.year, *formats)
    stage = progress(desk)
    started = desk.start(*command) if how == "started" else None
    pid = started.pid if started else forks.start(["-C", str(desk.root), *command])
    if moment == "any time":
        time.sleep(chance.uniform(0, lengths[how]))
    else:
        if formats == BOTH:  # until something may be written, leave the core to the build
            time.sleep(lengths[how] * 0.4)
        patience = time.monotonic() + PATIENCE
        while STAGES.index(stage()) < STAGES.index(moment):
            assert time.monotonic() < patience, f"it never came to be {moment}"
            time.sleep(0.0002)
        time.sleep(chance.uniform(0, WRITING))
    kill(pid, group=chance.random() < 0.5)
    if started:
        started.communicate()
    assert (started.returncode if started else forks.end()) in (0, -signal.SIGKILL)
    # A renderer without a parent ends by itself, late on a busy machine; an orphan would not.
    patience = time.monotonic() + PATIENCE
    while running(pid):
        assert time.monotonic() < patience, f"still running: {running(pid)}"
        time.sleep(0.005)


def lengths_of_builds(desk: Desk, forks: Forks, since: float) -> dict[str, float]:
    """Seconds that a build takes: the first one of all, since then, and a fork."""
    first, again = time.monotonic() - since, time.monotonic()
    forks.start(["-C", str(desk.root), "build", desk.year, "--force"])
    assert forks.end() == 0
    return {"started": first, "forked": time.monotonic() - again}


@pytest.mark.parametrize("share", range(SHARES))
def test_killed_builds_leave_the_earlier_set_or_the_new_one(
    tmp_path: Path, make_desk: Callable[[Path], Desk], share: int
) -> None:
    desk, chance = make_desk(tmp_path / "desk"), random.Random(share)
    desk.entitle("edition 0")
    since = time.monotonic()
    with Forks(["-C", str(desk.root), "build", desk.year], desk.environment()) as forks:
        lengths = lengths_of_builds(desk, forks, since)
        before: str | None = "edition 0"
        came_through, last = 0, KILLS // SHARES
        for number in range(1, last + 1):
            if number % FIRST_BUILDS == 0 and desk.folder.exists():
                shutil.rmtree(desk.folder)  # the first build of a year can be killed as well
                before = None
            desk.entitle(f"edition {number}")
            kill_a_build(desk, forks, number, lengths, chance)
            if before is not None or desk.folder.exists():
                found = desk.edition()
                assert found in (before, f"edition {number}")
                came_through += found != before
                before = found
            strange = [name for name in desk.leftovers() if not HIDDEN.fullmatch(name)]
            assert not strange
    if last >= len(KINDS):
        assert 0 < came_through < last, "all kills came too early, or all too late"
    desk.build()
    assert desk.edition() == f"edition {last}"
    assert desk.leftovers() == []


def test_a_build_with_nothing_to_do_clears_away_what_a_killed_one_left(built: Desk) -> None:
    left = built.build_folder / f".{built.year}.0123456789ab.new"
    shutil.copytree(built.folder, left)
    assert "unchanged" in built.build()
    assert built.leftovers() == []
