"""What `diff` compares: years, files, years at a git revision; and the command itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from oscp_report.cli import cli
from oscp_report.errors import ReportError
from oscp_report.git import NoGit, git
from oscp_report.revisions import compared, read_edition
from tests.small_reports import as_yaml

Git = Callable[..., str]


def write(root: Path, year: str = "2018-19", **parts: object) -> Path:
    """Write the file of a year that ``as_yaml`` describes."""
    path = root / "data" / f"{year}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    (path.parent / "partnership.yaml").write_text("name: N\n", "utf-8")
    path.write_text(as_yaml(year, **parts), "utf-8")
    return path


def locks(value: int, **said: object) -> dict[str, object]:
    return {"locks": {"label": "Homes given locks", "value": value, **said}}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace of two years, in a folder whose name has a space."""
    folder = tmp_path / "our reports"
    write(folder, "2018-19", figures=locks(100))
    write(folder, "2019-20", figures=locks(90))
    return folder


@pytest.fixture
def repository(root: Path, program: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> Git:
    """The workspace in git: 100 locks at the tag v1, then 101, and 102 not committed."""
    program("git")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    who = {
        f"GIT_{which}_{what}": value
        for which in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "A. Officer"), ("EMAIL", "officer@example.org"))
    }

    def run(*arguments: str, cwd: Path = root) -> str:
        done = subprocess.run(
            ["git", *arguments],
            cwd=cwd,
            env={**os.environ, **who},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("init", "--quiet", "--initial-branch=main")
    run("add", ".")
    run("commit", "--quiet", "-m", "one")
    run("tag", "v1")
    write(root, "2018-19", figures=locks(101))
    run("commit", "--quiet", "-a", "-m", "two")
    write(root, "2018-19", figures=locks(102))
    return run


def value(start: Path, spec: str) -> str:
    return read_edition(start, spec).report.figures["locks"].written("count")


def refusal(start: Path, spec: str) -> str:
    with pytest.raises(ReportError) as caught:
        read_edition(start, spec)
    assert caught.value.fix
    return f"{caught.value}; {caught.value.fix}"


def test_a_year_and_a_file(root: Path, tmp_path: Path) -> None:
    assert value(root, "2018-19") == value(root / "data", "2018/19") == "100"
    assert value(root, "data/2018-19.yaml") == value(root / "data", "2018-19.yaml") == "100"
    copy = tmp_path / "old draft.yaml"
    copy.write_bytes((root / "data" / "2019-20.yaml").read_bytes())
    assert value(root, str(copy)) == value(tmp_path, "old draft.yaml") == "90"
    assert read_edition(tmp_path, "old draft.yaml").name == "old draft.yaml"


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("2020-21", "there is no report for 2020-21"),
        (
            "2018-2019",
            "`2018-2019` is neither a year nor a file that is there; did you mean 2018-19?",
        ),
        ("nothing.yaml", "neither a year nor a file that is there; name a year such as 2018-19"),
        ("", "neither a year nor a file"),
        ("data", "neither a year nor a file"),
        ("-x", "neither a year nor a file"),
        ("data/partnership.yaml", "does not say which year it reports on"),
    ],
)
def test_what_is_not_there(root: Path, spec: str, expected: str) -> None:
    assert expected in refusal(root, spec)


def test_a_file_with_errors_names_the_first_and_the_command_for_all(
    root: Path, tmp_path: Path
) -> None:
    path = root / "data" / "2018-19.yaml"
    path.write_text(path.read_text("utf-8").replace("status:", "statuss:"), "utf-8")
    found = refusal(root, "2018-19")
    assert found.startswith("data/2018-19.yaml:2:1: FLD")
    assert "`statuss`" in found
    assert found.endswith("`oscp-report check 2018-19` shows all")
    assert f'`oscp-report -C "{root}" check 2018-19` shows all' in refusal(tmp_path, str(path))
    elsewhere = tmp_path / "x.yaml"
    elsewhere.write_bytes(path.read_bytes())
    assert "copy it to `data/2018-19.yaml` of a workspace" in refusal(root, str(elsewhere))
    elsewhere.write_text("year: 2018-19\n", "utf-8")
    assert "x.yaml:1:1: FLD" in refusal(root, str(elsewhere))


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("2018-19", "102"),
        ("2018-19@HEAD", "101"),
        ("2018-19@HEAD~1", "100"),
        ("2018-19@v1", "100"),
        ("2018-19@main", "101"),
        ("2018-19@main@{0}", "101"),
        ("2018-19@:/one", None),
    ],
)
def test_a_year_at_a_revision(root: Path, repository: Git, spec: str, expected: str | None) -> None:
    if expected is None:
        assert "is not a git revision" in refusal(root, spec)
        return
    assert value(root, spec) == value(root / "data", spec) == expected
    assert value(root, f"2018-19@{repository('rev-parse', 'v1').strip()[:9]}") == "100"


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("2018-19@", "`` is not a git revision"),
        ("2018-19@--all", "`--all` is not a git revision"),
        ("2018-19@-x", "`-x` is not a git revision"),
        ("2018-19@--output=stolen", "is not a git revision"),
        ("2018-19@v1:data", "is not a git revision"),
        ("2018-19@a\nb", "is not a git revision"),
        ("2018-19@a\0b", "is not a git revision"),
        ("2018-19@v2", "there is no revision `v2`; `git log --oneline` lists"),
        ("2018-19@v1..main", "there is no revision"),
        ("2018-19@v1 main", "there is no revision"),
        ("2018-19@^v1", "there is no revision"),
        ("2018-19@$(touch stolen)", "there is no revision"),
        ("2020-21@v1", "there is no `data/2020-21.yaml` at the revision `v1`"),
    ],
)
def test_a_revision_that_is_none(root: Path, repository: Git, spec: str, expected: str) -> None:
    assert expected in refusal(root, spec)
    assert not (root / "stolen").exists()
    assert repository("status", "--porcelain").split() == ["M", "data/2018-19.yaml"]


def test_a_file_that_was_broken_then(root: Path, repository: Git) -> None:
    path = root / "data" / "2018-19.yaml"
    path.write_text("year: 2018-19\n<<<<<<< HEAD\n", "utf-8")
    repository("commit", "--quiet", "-a", "-m", "broken")
    write(root, "2018-19")
    found = refusal(root, "2018-19@HEAD")
    assert found.startswith("data/2018-19.yaml@HEAD:")
    assert "`git worktree add ../at-" in found


def test_a_workspace_below_the_repository_and_a_worktree(
    root: Path, repository: Git, tmp_path: Path
) -> None:
    below = root / "other" / "place"
    write(below, "2018-19", figures=locks(7))
    repository("add", ".")
    repository("commit", "--quiet", "-m", "another workspace")
    assert value(below, "2018-19@HEAD") == "7"
    repository("worktree", "add", "--quiet", str(tmp_path / "beside"), "v1")
    assert value(tmp_path / "beside", "2018-19@main~1") == "101"


def test_git_is_not_led_elsewhere(
    root: Path, repository: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / ".gitattributes").write_text("data/*.yaml diff=evil\n", "utf-8")
    repository("config", "diff.evil.textconv", "false")
    monkeypatch.setenv("GIT_DIR", str(root / "nowhere"))
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
    monkeypatch.setenv("GIT_PAGER", "false")
    monkeypatch.setenv("LANGUAGE", "de")
    assert value(root, "2018-19@v1") == "100"


def test_no_repository(root: Path, monkeypatch: pytest.MonkeyPatch, program: Git) -> None:
    program("git")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(root.parent))
    found = refusal(root, "2018-19@v1")
    assert f"`{root}` is not in a git repository" in found
    assert "git init" in found


def test_no_git(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(root))
    assert "git is not installed, or not on the PATH" in refusal(root, "2018-19@v1")
    with pytest.raises(NoGit):
        git(root, "status")


def test_years_between_are_read_and_a_broken_one_stops_it(root: Path) -> None:
    write(root, "2019-20", figures=locks(90, **{"break": "Counted anew."}))
    write(root, "2020-21", figures=locks(80))
    found, *names = compared(root, "2018-19", "2020-21")
    assert names == ["2018-19", "2020-21"]
    assert "break in the series in 2019-20" in found.figures[0].change.reason
    (root / "data" / "2019-20.yaml").write_text("broken: [", "utf-8")
    with pytest.raises(ReportError, match=r"data/2019-20\.yaml:1") as stopped:
        compared(root, "2018-19", "2020-21")
    assert "may tell of a break" in stopped.value.fix
    done = run(root, "diff", "2018-19", "2020-21")
    assert (done.exit_code, done.stdout) == (2, "")


def test_years_before_are_read_where_a_text_looks_back(root: Path) -> None:
    says = {"heading": "H", "paragraphs": ["It was {locks.previous}."]}
    write(root, "2019-20", figures=locks(90), introduction=says)
    write(root, "2020-21", figures=locks(80), introduction=says)
    found, *_ = compared(root, "2019-20", "2020-21")
    (change,) = [c for c in found.paragraphs.changes if c.is_only_figures]
    assert [run.text for run in change.runs] == ["It was", "100.", "90."]


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["-C", str(root), *arguments], prog_name="oscp-report")


def test_the_exit_code_says_whether_they_differ(root: Path) -> None:
    same = run(root, "diff", "2018-19", "2018-19")
    assert (same.exit_code, same.stderr) == (0, "")
    assert same.stdout == "2018-19 was compared with itself: nothing changed.\n"
    differs = run(root, "diff", "2018-19", "2019-20")
    assert differs.exit_code == 1
    assert "Homes given locks fell from 100 to 90, down 10.0 per cent.\n" in differs.stdout
    failed = run(root, "diff", "2018-19", "2020-21")
    assert (failed.exit_code, failed.stdout) == (2, "")
    assert "  fix: " in failed.stderr
    assert run(root, "diff", "2018-19").exit_code == 2


@pytest.mark.parametrize(
    ("form", "start"),
    [("markdown", "# What changed"), ("html", "<!DOCTYPE html>"), ("json", "{")],
)
def test_every_format_is_written(root: Path, form: str, start: str) -> None:
    result = run(root, "diff", "2018-19", "2019-20", "--format", form)
    assert result.exit_code == 1
    assert result.stdout.startswith(start)
    if form == "json":
        assert json.loads(result.stdout)["old"] == {"name": "2018-19", "year": "2018-19"}


def test_the_revision_is_named(root: Path, repository: Git) -> None:
    result = run(root, "diff", "2018-19@v1", "2018-19")
    assert result.stdout.startswith("What changed from 2018-19 at v1 to 2018-19\n")
    assert run(root, "diff", "2018-19@HEAD", "2018-19@main").exit_code == 0


def test_years_are_completed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    script = {"_OSCP_REPORT_COMPLETE": "bash_complete", "COMP_CWORD": "2"}
    for words, expected in (("diff 2018", "plain,2018-19\n"), ("diff old", "file,old\n")):
        monkeypatch.setenv("COMP_WORDS", f"oscp-report {words}")
        env = {**script, "COMP_WORDS": f"oscp-report {words}"}
        assert CliRunner().invoke(cli, prog_name="oscp-report", env=env).stdout == expected


def test_a_comparison_loads_nothing_that_makes_a_page(root: Path, checkout: Path) -> None:
    heavy = "'weasyprint', 'jinja2', 'markdown', 'nh3', 'openpyxl', 'oscp_report.checks', 'asyncio'"
    code = (
        "import sys\nfrom oscp_report.cli import cli\n"
        "cli(['diff', '2018-19', '2019-20'], standalone_mode=False)\n"
        f"print(sorted({{{heavy}}} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(checkout)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.strip() == "[]"
