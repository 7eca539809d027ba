"""`git-setup`, in a real repository: what git shows afterwards, and that it never stops."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from oscp_report.cli import cli
from oscp_report.git_setup import LINE, settings, shown_for_git
from tests.small_reports import as_yaml

PARAGRAPH = (
    "We met every month in the town hall. Burglary fell in every ward of the borough. "
    "Officers visited every school and every shop."
)


def as_file(paragraph: str, *, width: int = 60, value: int = 100) -> str:
    """A year's file whose one paragraph is folded at a width."""
    from textwrap import wrap

    text = as_yaml(introduction=None, figures={"locks": {"label": "Homes", "value": value}})
    lines = "".join(f"        {line}\n" for line in wrap(paragraph, width))
    folded = f"introduction:\n  heading: Introduction\n  paragraphs:\n    - >-\n{lines}"
    return text.replace("priorities:\n", f"{folded}priorities:\n", 1)


@dataclass(frozen=True)
class Desk:
    """A workspace in a git repository of its own, in a folder whose name has a space."""

    root: Path

    @property
    def file(self) -> Path:
        return self.root / "data" / "2018-19.yaml"

    def git(self, *arguments: str, codes: tuple[int, ...] = (0,), **env: str) -> str:
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env={**os.environ, **env},
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )
        assert done.returncode in codes, done.stderr
        assert "fatal" not in done.stderr
        return done.stdout

    def commit(self, text: str, message: str) -> None:
        self.file.write_text(text, "utf-8")
        self.git("add", ".")
        self.git("commit", "--quiet", "-m", message)

    def run(self, *arguments: str, env: Mapping[str, str] | None = None) -> Result:
        words = ["-C", str(self.root), *arguments]
        return CliRunner().invoke(cli, words, prog_name="oscp-report", env=env)

    def set_up(self) -> str:
        result = self.run("git-setup")
        assert result.exit_code == 0, result.output
        return result.stdout

    def shown(self, *arguments: str) -> list[str]:
        """What git takes out and puts in, without the heads of files."""
        lines = self.git(*arguments).splitlines()
        return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


@pytest.fixture
def plain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A repository in which nothing is set up."""
    if shutil.which("git") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("`git` is not installed", pytrace=False)
        pytest.skip("`git` is not installed")
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    for which in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{which}_NAME", "A. Officer")
        monkeypatch.setenv(f"GIT_{which}_EMAIL", "officer@example.org")
    desk = Desk(tmp_path / "our reports")
    desk.file.parent.mkdir(parents=True)
    (desk.root / "data" / "partnership.yaml").write_text("name: N\n", "utf-8")
    desk.git("init", "--quiet", "--initial-branch=main")
    return desk


@pytest.fixture
def desk(plain: Desk) -> Desk:
    """Three revisions of one file: written, wrapped anew, changed."""
    plain.set_up()
    plain.commit(as_file(PARAGRAPH), "one")
    plain.commit(as_file(PARAGRAPH, width=30), "two")
    changed = PARAGRAPH.replace("every ward", "most wards")
    plain.commit(as_file(changed, width=45, value=90), "three")
    return plain


CHANGED = [
    "-    Burglary fell in every ward of the borough.",
    "+    Burglary fell in most wards of the borough.",
    "-[locks] Homes: 100",
    "+[locks] Homes: 90",
]


def test_a_difference_is_a_sentence_and_a_figure(desk: Desk) -> None:
    assert desk.shown("diff", "HEAD~1") == CHANGED
    assert len(desk.shown("diff", "--no-textconv", "HEAD~1")) > len(CHANGED)


def test_a_file_that_was_only_wrapped_anew_shows_no_difference(desk: Desk) -> None:
    assert desk.shown("diff", "HEAD~2", "HEAD~1") == []


def test_what_is_not_committed_is_shown_as_well(desk: Desk) -> None:
    desk.file.write_text(desk.file.read_text("utf-8").replace("every shop", "any shop"), "utf-8")
    assert desk.shown("diff") == [
        "-    Officers visited every school and every shop.",
        "+    Officers visited every school and any shop.",
    ]


def test_the_words_and_the_section_are_shown(desk: Desk) -> None:
    shown = desk.git("diff", "--word-diff", "HEAD~1")
    assert "Burglary fell in [-every ward-]{+most wards+} of the borough." in shown
    assert "[locks] Homes: [-100-]{+90+}" in shown
    hunk = desk.git("diff", "-U0", "HEAD~1")
    assert "@@ Introduction\n" in hunk
    assert "@@ Figures\n" in hunk


def test_the_log_shows_each_revision_this_way(desk: Desk) -> None:
    log = desk.shown("log", "-p", "--format=", "--", "data")
    assert log[:4] == CHANGED
    # The one that only wrapped anew shows nothing; the first shows every line.
    assert [line for line in log[4:] if line.startswith("-")] == []
    assert "+We met every month in the town hall." in log
    again = desk.shown("log", "-p", "--format=", "--", "data")  # from what git keeps
    assert again == log


def test_blame_and_stat_go_on_as_before(desk: Desk) -> None:
    assert "[locks] Homes: 90" in desk.git("blame", "data/2018-19.yaml")
    assert "1 file changed" in desk.git("diff", "--stat", "HEAD~1")


def test_a_patch_is_of_the_file_itself(desk: Desk, tmp_path: Path) -> None:
    patch = desk.git("format-patch", "--stdout", "-1")
    (tmp_path / "p.patch").write_text(patch, "utf-8")
    desk.git("checkout", "--quiet", "HEAD~1")
    desk.git("am", "--quiet", str(tmp_path / "p.patch"))
    assert "value: 90" in desk.file.read_text("utf-8")


@pytest.mark.parametrize(
    "broken",
    [
        b"year: 2018-19\n[",
        b"year: 2018-19\nunknown: field\n",
        b"year: 2018-19\n\xff\xfe\n",
        b"",
        b"year: 9999-00\n",
    ],
    ids=["no YAML", "unknown field", "no UTF-8", "empty", "no year"],
)
def test_a_broken_file_is_shown_as_it_is(desk: Desk, broken: bytes) -> None:
    desk.file.write_bytes(broken)
    shown = subprocess.run(
        ["git", "diff"], cwd=desk.root, capture_output=True, check=False, timeout=60
    )
    assert (shown.returncode, shown.stderr) == (0, b"")
    added = [line for line in broken.splitlines() if line]
    assert all(b"+" + line in shown.stdout for line in added)
    desk.commit(as_file(PARAGRAPH), "mended")
    assert desk.shown("log", "-p", "--format=")


def test_a_merge_conflict_is_shown_and_settled(desk: Desk) -> None:
    desk.git("checkout", "--quiet", "-b", "other", "HEAD~1")
    desk.commit(as_file(PARAGRAPH, value=80), "four")
    desk.git("merge", "main", codes=(1,))
    conflict = desk.git("diff")
    assert "<<<<<<< HEAD" in conflict
    assert ">>>>>>> main" in conflict
    desk.git("diff", "--ours")
    desk.git("diff", "--theirs")
    desk.git("diff", "--base")
    desk.commit(as_file(PARAGRAPH, value=85), "merged")
    assert "[locks] Homes: 85" in desk.git("show")


def test_a_program_that_is_gone_does_not_stop_git(desk: Desk) -> None:
    known = desk.git("config", "diff.oscp-report.textconv").strip()
    gone = known.replace(shlex.quote(sys.executable), "'/no such/python'")
    assert gone != known
    desk.git("config", "diff.oscp-report.textconv", gone)
    shown = desk.shown("diff", "HEAD~1")
    assert "-    value: 100" in shown


def test_what_is_written_and_that_it_is_written_once(plain: Desk) -> None:
    attributes = plain.root / ".gitattributes"
    attributes.write_bytes(b"*.pdf binary")
    first = plain.set_up()
    assert attributes.read_bytes() == b"*.pdf binary\n" + LINE.encode() + b"\n"
    assert first.count("wrote: ") == 4
    config = plain.git("config", "--local", "--list")
    again = plain.set_up()
    assert again.count("was there: ") == 4
    assert "wrote" not in again
    assert attributes.read_bytes().count(LINE.encode()) == 1
    assert plain.git("config", "--local", "--list") == config


def test_it_is_taken_out_again(plain: Desk) -> None:
    before = plain.git("config", "--local", "--list")
    plain.set_up()
    result = plain.run("git-setup", "--undo")
    assert (result.exit_code, result.stdout) == (
        0,
        f"took out: .gitattributes: {LINE}\ntook out: git config: diff.oscp-report\n",
    )
    assert plain.git("config", "--local", "--list") == before
    assert not (plain.root / ".gitattributes").exists()
    nothing = plain.run("git-setup", "--undo")
    assert (nothing.exit_code, nothing.stdout) == (0, "")


def test_lines_with_other_ends_are_kept(plain: Desk) -> None:
    attributes = plain.root / ".gitattributes"
    attributes.write_bytes(b"*.pdf binary\r\n# caf\xe9\r\n")
    plain.set_up()
    assert attributes.read_bytes() == b"*.pdf binary\r\n# caf\xe9\r\n" + LINE.encode() + b"\r\n"
    plain.run("git-setup", "--undo")
    assert attributes.read_bytes() == b"*.pdf binary\r\n# caf\xe9\r\n"


def test_a_setting_of_another_installation_is_replaced(plain: Desk) -> None:
    plain.git("config", "diff.oscp-report.textconv", "old")
    plain.git("config", "--add", "diff.oscp-report.textconv", "older")
    assert "wrote: git config: diff.oscp-report.textconv" in plain.set_up()
    known = plain.git("config", "--get-all", "diff.oscp-report.textconv")
    assert known.strip() == settings()["diff.oscp-report.textconv"]


def test_what_git_kept_is_forgotten(desk: Desk) -> None:
    reference = "refs/notes/textconv/oscp-report"
    desk.git("diff", "HEAD~1", "HEAD")
    assert desk.git("for-each-ref", reference)
    desk.set_up()
    assert not desk.git("for-each-ref", reference)


def test_a_workspace_below_the_repository(plain: Desk) -> None:
    below = Desk(plain.root / "a place")
    shutil.copytree(plain.root / "data", below.root / "data")
    below.set_up()
    below.commit(as_file(PARAGRAPH), "one")
    below.commit(as_file(PARAGRAPH, value=1), "two")
    assert plain.shown("diff", "HEAD~1") == ["-[locks] Homes: 100", "+[locks] Homes: 1"]


def test_without_git_or_a_repository_it_says_so(
    plain: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(plain.root / ".git")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(plain.root.parent))
    result = plain.run("git-setup")
    assert result.exit_code == 2
    assert "is not in a git repository" in result.stderr
    monkeypatch.setenv("PATH", str(plain.root))
    result = plain.run("git-setup", "--undo")
    assert result.exit_code == 2
    assert "git is not installed" in result.stderr
    assert not (plain.root / ".gitattributes").exists()


def test_the_hidden_command_never_fails(tmp_path: Path) -> None:
    runner = CliRunner()
    for name in ("gone.yaml", ".", "-x"):
        result = runner.invoke(cli, ["show-for-git", "--", str(tmp_path / name)])
        assert (result.exit_code, result.output) == (0, "")
    assert "show-for-git" not in runner.invoke(cli, ["--help"]).output


@given(st.binary(max_size=60).map(lambda data: b"year: 2018-19\n" + data) | st.binary())
def test_any_bytes_are_shown_as_they_are(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(data)
    assert shown_for_git(path) == data  # none of them is a whole report


def test_the_published_report_is_shown_whole(checkout: Path) -> None:
    lines = shown_for_git(checkout / "data" / "2018-19.yaml").decode().splitlines()
    assert lines[0] == "## Report for 2018-19"
    figure = "[sharps-collected] Needles and syringes collected: 7,292"
    assert [line for line in lines if line.startswith(figure)]
    assert "## Achievements for 2018-19" in lines
    assert "      Activities included:" in lines
    words = " ".join(lines)
    assert "Hate crime awareness week working with the police to promote reporting" in words
