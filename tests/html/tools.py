"""The npm set that looks at the web pages: axe-core, html-validate and the W3C's own checker.

It is locked in ``package-lock.json``, fetched by ``python -m tests.html.tools``, and by the tests
where ``CI=true``; it is kept outside the checkout and never shipped.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

HERE = Path(__file__).parent
SET = ("package.json", "package-lock.json")


def modules() -> Path:
    """The set's ``node_modules``.

    Skips the test in one line where a program or the set is missing; fails it where ``CI=true``.
    """
    for program in ("node", "java", "chromium"):
        if not shutil.which(program):
            _missing(f"`{program}` is not installed")
    folder = _folder()
    if not folder.exists() and os.environ.get("CI") == "true":
        fetch()
    if not folder.exists():
        _missing("the npm set was not fetched (`python -m tests.html.tools` does it)")
    return folder / "node_modules"


def fetch() -> None:
    """Install the set with npm, which checks the hash of each package and runs none of it."""
    npm = shutil.which("npm")
    if npm is None:
        _missing("`npm` is not installed")
    assert npm
    folder = _folder()
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Made beside and renamed: two tests may come here at once.
    with TemporaryDirectory(dir=folder.parent) as place:
        fresh = Path(place, "fresh")
        fresh.mkdir()
        for name in SET:
            shutil.copy(HERE / name, fresh)
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(command, cwd=fresh, check=True, capture_output=True, timeout=110)
        try:
            fresh.rename(folder)
        except OSError:
            assert folder.exists()


def _folder() -> Path:
    """Outside every checkout, and another for another set."""
    named = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    whole = b"".join((HERE / name).read_bytes() for name in SET)
    cache = Path(named or Path.home() / ".cache", "oscp-report-tests")
    return cache / f"html-{hashlib.sha256(whole).hexdigest()[:16]}"


def _missing(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


if __name__ == "__main__":
    fetch()
