"""The real report in a workspace of its own, a preview of it, and a browser that looks at it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from oscp_report.starting import start_example
from tests.preview.running import CHECKOUT, PATIENT, Running, running
from tests.preview.screens import Screen

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def make_workspace(root: Path) -> Path:
    """A copy of the checkout's data, committed."""
    shutil.copytree(CHECKOUT / "data", root / "data")
    return commit(root)


def make_example(root: Path) -> Path:
    """The six-year example, committed."""
    start_example(root)
    return commit(root)


def commit(root: Path) -> Path:
    """All that is there, in a repository; without git, nothing."""
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


@pytest.fixture
def new_tab(browser: Browser, preview: Running) -> Iterator[Callable[..., Screen]]:
    contexts = []
    faults: list[str] = []

    def make(**settings: object) -> Screen:
        context = browser.new_context(**{"viewport": {"width": 1400, "height": 900}, **settings})  # type: ignore[arg-type]  # Playwright's own words
        contexts.append(context)
        context.set_default_timeout(PATIENT * 1000)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.goto(preview.address)
        page.wait_for_selector("body[data-page]")
        return Screen(page, preview)

    yield make
    for context in contexts:
        context.close()
    assert faults == []
