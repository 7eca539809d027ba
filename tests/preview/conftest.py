"""The real report in a workspace of its own, a preview of it, and a browser that looks at it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.preview.running import CHECKOUT, Running, running


def make_workspace(root: Path) -> Path:
    """A copy of the checkout's data, committed."""
    shutil.copytree(CHECKOUT / "data", root / "data")
    if git := shutil.which("git"):
        own = ["-c", "user.name=A. Officer", "-c", "user.email=officer@example.org"]
        for words in (["init", "-q"], ["add", "."], [*own, "commit", "-q", "-m", "The report"]):
            subprocess.run([git, *words], cwd=root, check=True, capture_output=True)
    return root


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A preview of the report for 2018-19, shared by a module: leave the files as they were."""
    with running(make_workspace(tmp_path_factory.mktemp("preview") / "desk")) as found:
        yield found
