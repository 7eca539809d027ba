"""Which commit holds a PDF's sources, however the files were saved."""

from __future__ import annotations

import os
import subprocess
from codecs import BOM_UTF8
from collections.abc import Callable
from pathlib import Path

import pytest

from oscp_report.commits import commit_of

NAME, TEXT = "data/2020-21.yaml", b"year: 2020-21\nstatus: draft\n"


@pytest.fixture
def commit(
    tmp_path: Path, program: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> Callable[[bytes], None]:
    """Commits a content of the file, as it is."""
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "a")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "a@b")
    for config in ("GLOBAL", "SYSTEM"):
        monkeypatch.setenv(f"GIT_CONFIG_{config}", os.devnull)

    def git(*words: str) -> None:
        subprocess.run([program("git"), *words], cwd=tmp_path, check=True, capture_output=True)

    def made(content: bytes) -> None:
        (tmp_path / "data").mkdir(exist_ok=True)
        (tmp_path / NAME).write_bytes(content)
        git("add", "data")
        git("commit", "--quiet", "-m", "A change")

    git("init", "--quiet")
    return made


@pytest.mark.parametrize(
    "committed", [TEXT, BOM_UTF8 + TEXT], ids=["as it is carried", "with a mark at its beginning"]
)
@pytest.mark.parametrize(
    "given", [TEXT, TEXT.replace(b"\n", b"\r\n")], ids=["as git has it", "as Windows has it"]
)
def test_a_commit_is_found_whatever_windows_added(
    tmp_path: Path, commit: Callable[[bytes], None], committed: bytes, given: bytes
) -> None:
    commit(committed)
    found = commit_of(tmp_path, {NAME: given})
    assert found is not None
    assert found.subject == "A change"


def test_another_content_is_in_no_commit(tmp_path: Path, commit: Callable[[bytes], None]) -> None:
    commit(BOM_UTF8 + TEXT)
    assert commit_of(tmp_path, {NAME: TEXT + b"# more\n"}) is None
