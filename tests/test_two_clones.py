"""Two fresh clones of one commit make the same bytes, and each proves the other's PDF."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest


def in_clone(clone: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The program as it is in a clone, on that clone's own data."""
    return subprocess.run(
        [sys.executable, "-m", "oscp_report", *words],
        cwd=clone,
        env=os.environ | {"PYTHONPATH": str(clone), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_two_clones_make_the_same_and_prove_each_other(
    checkout: Path, program: Callable[[str], str], tmp_path: Path
) -> None:
    git = program("git")
    if not (checkout / ".git").exists() and os.environ.get("CI") != "true":
        pytest.skip("this copy of the source is no git checkout")
    clones = [tmp_path / name for name in ("one", "another, with a longer name")]
    for clone in clones:
        command = [git, "-c", "safe.directory=*", "clone", "--quiet", str(checkout), str(clone)]
        subprocess.run(command, check=True, capture_output=True)
        done = in_clone(clone, "build", "2018-19")
        assert done.returncode == 0, done.stderr
    made = [
        {path.name: path.read_bytes() for path in (clone / "build" / "2018-19").glob("*.*")}
        for clone in clones
    ]
    assert len(made[0]) >= 2
    assert made[0] == made[1]

    (pdf,) = (clones[0] / "build" / "2018-19").glob("*.pdf")
    done = in_clone(clones[1], "verify", str(pdf))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "the same, byte for byte" in done.stdout
    assert "in commit " in done.stdout
