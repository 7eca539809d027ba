"""What an officer gets wrong in the real files, and what the real command line says to it.

Each text under ``fixtures/broken/`` tells of one mistake; ``tests/broken.py`` says how to read it.
"""

from __future__ import annotations

import codecs
import os
import re
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner, Result

from oscp_report.cli import cli
from oscp_report.reading.faults import READING_RULES
from oscp_report.reading.fields import FIELD_RULES
from tests.broken import YEAR, Broken, broken, open_findings

FOLDER = Path(__file__).parent / "fixtures" / "broken"
TOLD = {path.stem[3:]: path for path in sorted(FOLDER.glob("*.txt"))}

# Words of a programmer's, which an officer need not know.
JARGON = re.compile(
    r"\b(?:scalars?|mappings?|sequences?|tokens?|nodes?|keys?|strings?|null|None|parse[dr]?|"
    r"syntax|exception|invalid|expected|indentation|streams?|delimiters?)\b",
    re.IGNORECASE,
)


def each(*names: str) -> pytest.MarkDecorator:
    """One test for each of these mistakes, or for every one there is."""
    return pytest.mark.parametrize(
        "told",
        [pytest.param(TOLD[name], id=name) for name in names or TOLD],
    )


def run(workspace: Path, *words: str) -> Result:
    """Run a command there, in this process; an accident of the program fails the test."""
    result = CliRunner().invoke(cli, ["-C", str(workspace), *words], prog_name="oscp-report")
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result


def snapshot(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """All that is below a folder: content, time of change and identity of each file and folder."""
    return {
        path.relative_to(folder).as_posix(): (
            path.read_bytes() if path.is_file() else b"",
            path.stat().st_mtime_ns,
            path.stat().st_ino,
        )
        for path in sorted(folder.rglob("*"))
    }


def reports(workspace: Path) -> dict[str, bytes]:
    """What was built for people, by name."""
    folder = workspace / "build" / YEAR
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name[0] != "."}


@pytest.fixture(scope="module")
def sound(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real files and what is built of them."""
    workspace = tmp_path_factory.mktemp("sound")
    copytree(checkout / "data", workspace / "data")
    assert run(workspace, "build", YEAR).exit_code == 0
    return workspace


def broken_copy(told: Path, sound: Path, workspace: Path) -> Broken:
    """Make a workspace with the broken file, in which nothing is built yet."""
    variant = broken(told.read_text(encoding="utf-8"), sound)
    copytree(sound / "data", workspace / "data")
    (workspace / variant.file).write_bytes(variant.content)
    return variant


def assert_found(variant: Broken, stderr: str) -> None:
    """A check says this and no more, accepted warnings left aside."""
    found, closing = open_findings(stderr)
    assert found == variant.findings
    assert closing.startswith(f"{YEAR}: {variant.tally}")


def assert_refused(variant: Broken, stderr: str) -> None:
    """A build says this and no more."""
    found, closing = open_findings(stderr)
    assert found == variant.findings
    assert closing.startswith(f"{YEAR}: nothing was written ({variant.tally}, ")


def test_the_real_files_are_sound(sound: Path) -> None:
    checked = run(sound, "check", YEAR)
    found, closing = open_findings(checked.stderr)
    assert (checked.exit_code, found) == (0, "")
    assert closing.startswith(f"{YEAR}: no errors, no warnings")
    assert sorted(Path(name).suffix for name in reports(sound)) == [".html", ".pdf"]


@each()
def test_a_mistake_is_found_and_nothing_is_written(told: Path, sound: Path, tmp_path: Path) -> None:
    variant = broken_copy(told, sound, tmp_path)
    # Every other one has been built before: the rest shows that no folder is made.
    if int(told.name[:2]) % 2:
        copytree(sound / "build", tmp_path / "build")
    before = snapshot(tmp_path)
    checked = run(tmp_path, "check", YEAR)
    assert_found(variant, checked.stderr)
    built = run(tmp_path, "build", "--format", "html", YEAR)
    assert_refused(variant, built.stderr)
    assert [(r.exit_code, r.stdout) for r in (checked, built)] == [(1, "")] * 2
    assert snapshot(tmp_path) == before


@each("windows-1252", "one-space-too-many", "acceptance-deleted")
def test_it_is_so_in_a_process_of_its_own(
    told: Path, sound: Path, checkout: Path, tmp_path: Path
) -> None:
    variant = broken_copy(told, sound, tmp_path)
    copytree(sound / "build", tmp_path / "build")
    before = snapshot(tmp_path)

    def process(command: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "oscp_report", command, YEAR],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(checkout), "PYTHONUTF8": "1"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert (done.returncode, done.stdout) == (1, "")
        return done.stderr

    assert_found(variant, process("check"))
    assert_refused(variant, process("build"))
    assert snapshot(tmp_path) == before


def saved_by_windows(data: bytes) -> bytes:
    assert b"\r" not in data
    return codecs.BOM_UTF8 + data.replace(b"\n", b"\r\n")


@pytest.fixture
def windows(tmp_path: Path) -> Path:
    """A folder named as people name theirs."""
    return tmp_path / "Année 2018 – 19, Übersicht"


def test_the_files_as_windows_saves_them_make_the_same_report(sound: Path, windows: Path) -> None:
    copytree(sound / "data", windows / "data")
    for path in windows.glob("data/*.yaml"):
        path.write_bytes(saved_by_windows(path.read_bytes()))
    checked, built = run(windows, "check", YEAR), run(windows, "build", YEAR)
    assert (checked.exit_code, built.exit_code, built.stderr) == (0, 0, "")
    assert checked.stderr == run(sound, "check", YEAR).stderr
    assert reports(windows) == reports(sound)


@each("colon-in-a-title", "text-too-far-out", "unknown-figure", "number-with-a-word")
def test_a_mistake_is_found_at_its_place_where_windows_saved_the_file(
    told: Path, sound: Path, windows: Path
) -> None:
    variant = broken_copy(told, sound, windows)
    path = windows / variant.file
    path.write_bytes(saved_by_windows(path.read_bytes()))
    assert_found(variant, run(windows, "check", YEAR).stderr)


@pytest.mark.parametrize("told", TOLD.values(), ids=TOLD)
def test_it_is_said_in_words_of_an_officers(told: Path) -> None:
    mistake, _, rest = told.read_text(encoding="utf-8").partition("\n")
    assert mistake.endswith(".")
    words = rest.partition("--- says")[2].splitlines()[1:]
    for message, fix in zip(words[::2], words[1::2], strict=True):
        assert re.match(r"(?:error|warning) [A-Z]{3}[0-9]{3}: \S", message)
        assert re.match(r"  fix: \S", fix)
        assert not message.endswith(".")
        assert not fix.endswith(".")
        assert JARGON.findall(re.sub("`[^`]*`", "", message + fix)) == []


def test_there_are_enough_and_each_rule_of_reading_has_one() -> None:
    assert len(TOLD) >= 90
    told = "".join(path.read_text(encoding="utf-8") for path in TOLD.values())
    said = set(re.findall(r"^(?:error|warning) ([A-Z]{3}[0-9]{3}): ", told, re.MULTILINE))
    assert {rule.code for rule in (*READING_RULES, *FIELD_RULES)} - said == set()


@pytest.mark.parametrize(
    ("told", "complaint"),
    [
        pytest.param(
            "--- was\nstatus: finished\n--- now\nstatus: ⟦done⟧\n", "stands 0 times", id="gone"
        ),
        pytest.param(
            "--- was\n    value: 3\n--- now\n    value: ⟦n/a⟧\n", "stands 2 times", id="twice"
        ),
        pytest.param(
            "--- was\nstatus: final\n--- now\nstatus: ⟦x⟧\n--- says\n", "1 places", id="unsaid"
        ),
    ],
)
def test_what_does_not_fit_the_real_file_is_refused(told: str, complaint: str, sound: Path) -> None:
    with pytest.raises(ValueError, match=complaint):
        broken(told, sound)
