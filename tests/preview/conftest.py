"""The real report in a workspace of its own, a preview of it, and a browser that looks at it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.preview.running import CHECKOUT, Running, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser


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


@pytest.fixture(scope="session")
def browser(program: Callable[[str], str]) -> Iterator[Browser]:
    """The machine's Chromium."""
    chromium = program("chromium")
    if os.environ.get("CI") != "true":
        pytest.importorskip("playwright", reason="`playwright` is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # As root, as which a container's tests run, Chromium has no sandbox.
        options = ["--disable-dev-shm-usage", "--no-sandbox"]
        started = playwright.chromium.launch(executable_path=chromium, args=options)
        yield started
        started.close()
