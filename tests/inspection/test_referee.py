"""The referee: without what it needs, a test is skipped in one line, or fails in CI."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import verapdf


@pytest.mark.parametrize(
    ("name", "made", "said"),
    [
        ("java", lambda name: None, "`java` is not installed"),
        ("javac", lambda name: None if name == "javac" else name, "`javac` is not installed"),
    ],
)
@pytest.mark.parametrize(
    ("ci", "outcome"), [("", pytest.skip.Exception), ("true", pytest.fail.Exception)]
)
def test_without_java_it_says_so(
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    made: object,
    said: str,
    ci: str,
    outcome: type[BaseException],
) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr("shutil.which", made)
    with pytest.raises(outcome, match=said):
        verapdf.verdicts({}, "ua1")


def test_without_the_wheel_a_user_is_told_how_to_fetch_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CI", "")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("shutil.which", lambda name: name)
    monkeypatch.setattr(verapdf, "JAXB_JARS", [])
    with pytest.raises(pytest.skip.Exception, match=r"python -m tests\.verapdf"):
        verapdf.verdicts({}, "ua1")


def test_another_wheel_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("shutil.which", lambda name: name)
    monkeypatch.setattr(verapdf, "JAXB_JARS", [])
    verapdf.cache_folder().mkdir(parents=True)
    (verapdf.cache_folder() / verapdf.WHEEL).write_bytes(b"another")
    with pytest.raises(AssertionError, match="is not the file that was pinned"):
        verapdf.verdicts({}, "ua1")
