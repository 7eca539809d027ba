"""The commands as an officer types them, in one process; a few as a process of their own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from oscp_report import __version__, catalogue, checking
from oscp_report.cli import cli
from oscp_report.starting import start_workspace
from oscp_report.year import Year

YEAR = "2020-21"
Run = Callable[..., Result]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace as `init` makes it: a draft of an invented partnership, without warnings."""
    start_workspace(tmp_path, Year.parse(YEAR))
    return tmp_path


@pytest.fixture
def run(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in the workspace."""
    monkeypatch.chdir(workspace)
    return lambda *words: CliRunner().invoke(cli, list(words), prog_name="oscp-report")


def edit(workspace: Path, old: str, new: str) -> None:
    path = workspace / f"data/{YEAR}.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the file"
    path.write_text(text.replace(old, new), encoding="utf-8")


def built(workspace: Path) -> list[str]:
    return sorted(p.relative_to(workspace).as_posix() for p in workspace.glob("build/*/*"))


HTML, PDF, STAMP = (
    f"build/{YEAR}/{name}"
    for name in (f"ecsp-annual-review-{YEAR}.html", f"ecsp-annual-review-{YEAR}.pdf", ".build.json")
)


def traces(path: Path) -> tuple[int, int, int]:
    """What moves when a file is written or replaced, and not when it is only read."""
    found = path.stat()
    return found.st_ino, found.st_mtime_ns, found.st_ctime_ns


class TestBuild:
    def test_writes_both_files_and_says_so_in_one_line(self, run: Run, workspace: Path) -> None:
        result = run("build", YEAR)
        assert (result.exit_code, result.stderr) == (0, "")
        assert built(workspace) == [STAMP, HTML, PDF]
        stem = f"ecsp-annual-review-{YEAR}"
        assert re.fullmatch(
            rf"{YEAR}: wrote {stem}\.html \([0-9]+ KB\) and {stem}\.pdf \(2 pages, [0-9]+ KB\)"
            rf" in build/{YEAR} \(no warnings, [0-9]+\.[0-9] s\)\n",
            result.stdout,
        )

    def test_without_a_year_builds_the_latest(self, run: Run, workspace: Path) -> None:
        older = (workspace / f"data/{YEAR}.yaml").read_text().replace(YEAR, "2019-20")
        (workspace / "data/2019-20.yaml").write_text(older.replace("2021-22", "2020-21"))
        run("build", "--format", "html")
        assert built(workspace) == [STAMP, HTML]

    def test_builds_every_year_and_goes_on_after_one_with_errors(
        self, run: Run, workspace: Path
    ) -> None:
        (workspace / "data/2019-20.yaml").write_text("year: 2019-20\n")
        result = run("build", "--all", "--format", "html")
        assert result.exit_code == 1
        assert built(workspace) == [STAMP, HTML]
        assert "2019-20: nothing was written" in result.stderr
        assert f"{YEAR}: wrote" in result.stdout

    def test_a_second_time_nothing_is_built(self, run: Run, workspace: Path) -> None:
        run("build")
        before = {name: traces(workspace / name) for name in built(workspace)}
        result = run("build")
        assert result.stdout.startswith(f"{YEAR}: unchanged, nothing to build: ")
        assert {name: traces(workspace / name) for name in built(workspace)} == before

    def test_forced_it_is_built_again_with_the_same_bytes(self, run: Run, workspace: Path) -> None:
        run("build")
        before = {name: (workspace / name).read_bytes() for name in built(workspace)}
        assert "wrote" in run("build", "--force").stdout
        assert {name: (workspace / name).read_bytes() for name in built(workspace)} == before

    def test_an_unchanged_build_shows_its_warnings_again(self, run: Run, workspace: Path) -> None:
        edit(workspace, "    source: Exampleton Borough Council\n", "")
        first, second = run("build", "--format", "html"), run("build", "--format", "html")
        assert "FIG102" in first.stderr
        assert second.stderr == first.stderr
        assert "(1 warning" in second.stdout

    def test_strict_lets_a_warning_stop_the_build_even_after_one_without(
        self, run: Run, workspace: Path
    ) -> None:
        edit(workspace, "    source: Exampleton Borough Council\n", "")
        assert run("build", "--format", "html").exit_code == 0
        result = run("build", "--format", "html", "--strict")
        assert result.exit_code == 1
        assert "nothing was written" in result.stderr

    def test_an_error_stops_it_before_anything_is_written(self, run: Run, workspace: Path) -> None:
        edit(workspace, "{taxi-marshal-nights} nights", "{taxi-marshal-nigths} nights")
        result = run("build")
        assert result.exit_code == 1
        assert not (workspace / "build").exists()
        assert "did you mean `{taxi-marshal-nights}`?" in result.stderr

    def test_writes_below_another_folder(self, run: Run, workspace: Path, tmp_path: Path) -> None:
        other = tmp_path / "elsewhere"
        run("build", "--format", "html", "--output", str(other))
        assert [p.name for p in other.iterdir()] == [YEAR]
        assert not (workspace / "build").exists()

    @pytest.mark.parametrize("form", ["html", "pdf"])
    def test_one_format_only(self, run: Run, workspace: Path, form: str) -> None:
        run("build", "--format", form)
        assert built(workspace) == [STAMP, f"build/{YEAR}/ecsp-annual-review-{YEAR}.{form}"]

    def test_no_format_given_means_both(self) -> None:
        # Click 8.2.2 and 8.3 once gave an option that was not used another value than its default.
        command = cli.commands["build"]
        assert command.make_context("build", []).params["formats"] == ()

    def test_opens_the_pdf(
        self, run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        opened: list[str] = []
        monkeypatch.setattr("click.launch", opened.append)
        run("build", "--open")
        assert opened == [str(workspace / PDF)]


class TestCheck:
    def test_a_clean_file(self, run: Run) -> None:
        result = run("check")
        assert (result.exit_code, result.stdout) == (0, "")
        assert result.stderr == f"{YEAR}: no errors, no warnings\n"

    def test_a_warning_is_a_finding(self, run: Run, workspace: Path) -> None:
        edit(workspace, "    source: Exampleton Borough Council\n", "")
        result = run("check", YEAR)
        assert (result.exit_code, result.stdout) == (1, "")
        assert "warning FIG102: figure `taxi-marshal-nights` has no source" in result.stderr
        assert result.stderr.endswith(f"{YEAR}: no errors, 1 warning\n")

    def test_json_is_a_list_on_standard_output(self, run: Run, workspace: Path) -> None:
        edit(workspace, "    source: Exampleton Borough Council\n", "")
        result = run("check", "--format", "json")
        found = json.loads(result.stdout)
        assert (result.exit_code, result.stderr) == (1, "")
        assert [(f["code"], f["about"]) for f in found] == [("FIG102", "taxi-marshal-nights")]
        assert found[0]["file"] == f"data/{YEAR}.yaml"

    def test_json_of_a_clean_file_is_an_empty_list(self, run: Run) -> None:
        assert json.loads(run("check", "--format", "json").stdout) == []

    def test_github_annotates_the_line(self, run: Run, workspace: Path) -> None:
        edit(workspace, "    source: Exampleton Borough Council\n", "")
        result = run("check", "--format", "github")
        assert result.stdout.startswith(f"::warning file=data/{YEAR}.yaml,line=")
        assert "title=FIG102::figure `taxi-marshal-nights` has no source%0Aadd" in result.stdout


class TestYearsOnTheCommandLine:
    def test_a_year_that_does_not_exist_names_those_that_do(self, run: Run) -> None:
        result = run("build", "2019-20")
        assert result.exit_code == 2
        assert result.stderr.startswith(
            f"oscp-report: there is no report for 2019-20; data/ has {YEAR}\n  fix: "
        )

    @pytest.mark.parametrize("written", ["2020/21", "2020–21", "2020-21"])
    def test_is_written_as_people_write_it(self, run: Run, written: str) -> None:
        assert run("check", written).exit_code == 0

    @pytest.mark.parametrize("written", ["2020", "2020-22", "20-21", "٢٠٢٠-٢١", "../../etc/passwd"])
    def test_is_refused_where_it_is_none(self, run: Run, written: str) -> None:
        result = run("check", written)
        assert result.exit_code == 2
        assert "write the two years it spans, such as 2018-19" in result.stderr

    def test_are_listed_with_what_was_built(self, run: Run) -> None:
        assert run("years").stdout == f"{YEAR}  not built\n"
        run("build", "--format", "html")
        assert run("years").stdout == f"{YEAR}  ecsp-annual-review-{YEAR}.html\n"


class TestWorkspace:
    def test_is_found_from_a_folder_inside(
        self, run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(workspace / "data" / "schema")
        assert run("check").exit_code == 0

    def test_is_named_by_an_option(
        self, run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir("/")
        assert run("-C", str(workspace), "check").exit_code == 0

    def test_that_is_none_says_how_to_make_one(
        self, run: Run, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path_factory.mktemp("empty"))
        result = run("build")
        assert result.exit_code == 2
        assert "`oscp-report init FOLDER`" in result.stderr

    def test_without_a_year_says_so(self, run: Run, workspace: Path) -> None:
        (workspace / f"data/{YEAR}.yaml").unlink()
        result = run("check")
        assert result.exit_code == 2
        assert "data/ has no report" in result.stderr


class TestInit:
    def test_makes_a_workspace_that_builds_without_a_warning(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder = tmp_path / "ours"
        assert run("init", str(folder), "--year", "2024-25").exit_code == 0
        monkeypatch.chdir(folder)
        result = run("build", "--strict", "--format", "html")
        assert (result.exit_code, result.stderr) == (0, "")
        assert "2024-25: wrote" in result.stdout

    def test_never_overwrites(self, run: Run, workspace: Path) -> None:
        before = (workspace / "data/partnership.yaml").read_bytes()
        result = run("init", ".")
        assert result.exit_code == 2
        assert "already has" in result.stderr
        assert (workspace / "data/partnership.yaml").read_bytes() == before

    def test_takes_the_year_that_has_ended(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from datetime import date

        from oscp_report import starting

        for today, year in {date(2026, 3, 31): "2024-25", date(2026, 4, 1): "2025-26"}.items():
            fixed = type("Fixed", (date,), {"today": classmethod(lambda cls, t=today: t)})
            monkeypatch.setattr(starting, "date", fixed)
            assert str(starting.latest_year()) == year


class TestSchema:
    def test_of_a_new_workspace_is_current(self, run: Run) -> None:
        assert run("schema", "--check").exit_code == 0

    def test_that_is_old_is_told_and_written(self, run: Run, workspace: Path) -> None:
        path = workspace / "data/schema/year.json"
        current = path.read_bytes()
        path.write_text("{}")
        assert run("schema", "--check").exit_code == 1
        assert path.read_text() == "{}"
        assert run("schema").stdout == "wrote: data/schema/year.json\n"
        assert path.read_bytes() == current


class TestExplain:
    def test_prints_the_whole_explanation(self, run: Run) -> None:
        result = run("explain", "fig102")
        assert result.stdout.startswith("# figure-without-source (FIG102, warning)\n")
        assert "## How to fix it" in result.stdout

    def test_without_a_code_lists_every_rule(self, run: Run) -> None:
        listed = [line.split()[0] for line in run("explain").stdout.splitlines()]
        assert listed == list(catalogue.rules())
        assert len(listed) > 40

    def test_of_an_unknown_code_offers_the_near_one(self, run: Run) -> None:
        result = run("explain", "FIGURE102")
        assert result.exit_code == 2
        assert "did you mean FIG102?" in result.stderr


def test_doctor_finds_all_well(run: Run) -> None:
    result = run("doctor")
    assert result.exit_code == 0, result.stdout
    assert "ok      PDF: a page was made" in result.stdout
    assert f"ok      Workspace: {Path.cwd()}: {YEAR}" in result.stdout


def test_doctor_names_the_cure_of_what_is_missing(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from oscp_report import doctor, native

    monkeypatch.setattr(native, "missing_libraries", lambda: native.LIBRARIES[1:2])
    monkeypatch.setattr(native, "find_manager", lambda: native.MANAGERS[0])
    monkeypatch.setattr(doctor, "PACKAGES", ("click", "no-such-package"))
    result = run("doctor")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert "libpango-1.0-0" in lines[lines.index("MISSING Pango: missing") + 1]
    assert "MISSING no-such-package: missing" in lines


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(run: Run, shell: str) -> None:
    assert "_OSCP_REPORT_COMPLETE" in run("completion", shell).stdout


def test_years_are_completed(run: Run) -> None:
    words = {"COMP_WORDS": "oscp-report build 20", "COMP_CWORD": "2"}
    result = CliRunner().invoke(
        cli,
        [],
        prog_name="oscp-report",
        complete_var="_OSCP_REPORT_COMPLETE",
        env={**words, "_OSCP_REPORT_COMPLETE": "bash_complete"},
    )
    assert result.stdout == f"plain,{YEAR}\n"


def test_version(run: Run) -> None:
    assert run("--version").stdout == f"oscp-report {__version__}\n"


def test_a_fault_of_the_program_is_told_without_a_traceback(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise KeyError("sharps")

    monkeypatch.setattr(checking, "check_year", fail)
    result = run("check")
    assert result.exit_code == 2
    assert "the program has a fault; your files are as they were" in result.stderr
    assert "KeyError: 'sharps'" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(13, "Permission denied", "data"), "`data`: Permission denied"),
        (KeyboardInterrupt(), "stopped; nothing was left half written"),
    ],
)
def test_what_the_system_says_is_told_in_a_line(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, said: str
) -> None:
    def fail(*arguments: object) -> None:
        raise error

    monkeypatch.setattr(checking, "check_year", fail)
    result = run("check")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"oscp-report: {said}\n")


def process(workspace: Path, *words: str, **extra: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "oscp_report", *words],
        cwd=workspace,
        env={**os.environ, **extra},
        capture_output=True,
        check=False,
    )


def test_as_a_process_on_a_terminal_that_lacks_a_character(workspace: Path) -> None:
    edit(workspace, "{taxi-marshal-nights} nights", "{taxi-marshal-nigths} nights “≥”")
    done = process(workspace, "check", PYTHONIOENCODING="cp1252")  # Windows, into a file
    assert done.returncode == 1
    assert b"nights \x93?\x94" in done.stderr
    assert b"Traceback" not in done.stderr


def test_as_a_process_builds(workspace: Path) -> None:
    done = process(workspace, "build", "--format", "html")
    assert (done.returncode, done.stderr) == (0, b"")
    assert built(workspace) == [STAMP, HTML]
