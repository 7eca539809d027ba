"""new, status, fmt and import-figures as an officer types them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook

from oscp_report import desk
from oscp_report.cli import cli
from oscp_report.errors import ReportError
from oscp_report.outputs import single
from oscp_report.workspace import Workspace
from oscp_report.year import Year

OLD, NEW = "2018-19", "2019-20"
Run = Callable[..., Result]


@pytest.fixture
def root(tmp_path: Path, checkout: Path) -> Path:
    """A workspace with the real year alone."""
    (tmp_path / "data").mkdir()
    for name in (f"{OLD}.yaml", "partnership.yaml"):
        shutil.copy(checkout / "data" / name, tmp_path / "data")
    return tmp_path


@pytest.fixture
def run(root: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(root)
    return lambda *words: CliRunner().invoke(cli, list(words), prog_name="oscp-report")


def text_of(root: Path, year: str = NEW) -> str:
    return (root / f"data/{year}.yaml").read_text("utf-8")


def edit(root: Path, old: str, new: str, year: str = NEW) -> None:
    text = text_of(root, year)
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the file"
    (root / f"data/{year}.yaml").write_text(text.replace(old, new), "utf-8")


class TestNew:
    def test_starts_a_draft_that_builds_and_that_fmt_leaves_alone(
        self, run: Run, root: Path
    ) -> None:
        result = run("new", NEW)
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout == f"wrote data/{NEW}.yaml\nnext: oscp-report status {NEW}\n"
        assert run("build", NEW, "--format", "html").exit_code == 0
        assert run("fmt", NEW, "--check").exit_code == 0
        assert sorted(p.name for p in (root / "data").iterdir()) == [
            f"{OLD}.yaml",
            f"{NEW}.yaml",
            "partnership.yaml",
        ]

    def test_never_writes_over_a_file(self, run: Run, root: Path) -> None:
        (root / f"data/{NEW}.yaml").write_text("mine")
        result = run("new", NEW)
        assert result.exit_code == 2
        assert result.stderr.splitlines() == [
            f"oscp-report: there is a report for {NEW} already: `data/{NEW}.yaml`",
            f"  fix: see what is left to do in it with `oscp-report status {NEW}`, or take it away "
            "first",
        ]
        assert text_of(root) == "mine"

    def test_never_writes_over_a_file_that_came_while_it_wrote(
        self, run: Run, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def late(path: Path, data: bytes) -> None:
            path.write_text("mine")
            create(path, data)

        create = single.create_file
        monkeypatch.setattr(single, "create_file", late)
        result = run("new", NEW)
        assert result.exit_code == 2
        assert "there is a report for 2019-20 already" in result.stderr
        assert text_of(root) == "mine"

    def test_a_year_before_that_is_missing_is_named(self, run: Run) -> None:
        result = run("new", "2020-21")
        assert result.exit_code == 2
        assert "there is no report for 2019-20 to start 2020-21 from" in result.stderr
        assert "fix: name the year to start from: `oscp-report new 2020-21 --from 2018-19`" in (
            result.stderr
        )

    @pytest.mark.parametrize("also", [(), ("--from", "2017-18")])
    def test_without_any_year_it_says_how_to_make_one(
        self, run: Run, root: Path, also: tuple[str, ...]
    ) -> None:
        (root / f"data/{OLD}.yaml").unlink()
        result = run("new", OLD, *also)
        assert result.exit_code == 2
        assert result.stderr.splitlines() == [
            "oscp-report: data/ has no report to start 2018-19 from",
            "  fix: make one with `oscp-report init FOLDER --year 2018-19`, in a folder that is "
            "not there yet, and copy its `data/2018-19.yaml`",
        ]
        assert run("init", "made", "--year", OLD).exit_code == 0
        shutil.copy(root / f"made/data/{OLD}.yaml", root / "data")
        assert run("build", OLD, "--format", "html").exit_code == 0
        assert run("new", NEW).exit_code == 0

    def test_from_another_year(self, run: Run, root: Path) -> None:
        assert run("new", "2020-21", "--from", OLD).exit_code == 0
        text = text_of(root, "2020-21")
        assert "started from the one for 2018-19" in text
        assert "TODO: which priorities 2020-21 had; these are those for 2019-20" in text
        result = run("new", "2022-23", "--from", "2017-18")
        assert result.exit_code == 2
        assert "there is no report for 2017-18" in result.stderr

    def test_a_year_with_errors_is_not_copied(self, run: Run, root: Path) -> None:
        edit(root, "{sharps-collected}", "{sharps-colected}", OLD)
        result = run("new", NEW)
        assert result.exit_code == 2
        assert "the report for 2018-19 has 1 error, which 2019-20 would have as well" in (
            result.stderr
        )
        assert not (root / f"data/{NEW}.yaml").exists()

    def test_open_warnings_of_a_final_year_do_not_stop_it(self, run: Run, root: Path) -> None:
        edit(root, "  - rule: PRI101\n", "  - rule: PRI109\n", OLD)
        assert run("check", OLD).exit_code == 1
        assert run("new", NEW).exit_code == 0


class TestStatus:
    def test_lists_every_missing_piece_of_the_new_year(self, run: Run) -> None:
        run("new", NEW)
        result = run("status", NEW)
        assert (result.exit_code, result.stderr) == (1, "")
        out = result.stdout
        for heading in (
            "Figures without a value (9)",
            "Priorities without an answer (5)",
            "Placeholders (6)",
        ):
            assert heading in out
        assert out.count("Anti-Social Behaviour") == 3
        assert out.splitlines()[-1].startswith("2019-20: ")
        assert out.splitlines()[-1].endswith(" things are left to do")
        assert json.loads(run("status", NEW, "--format", "json").stdout)["year"] == NEW

    def test_the_latest_year_if_none_is_named_and_nothing_left_in_it(self, run: Run) -> None:
        result = run("status")
        assert (result.exit_code, result.stdout) == (0, "2018-19: nothing is left to do\n")

    def test_a_year_that_is_not_there(self, run: Run) -> None:
        assert run("status", "2030-31").exit_code == 2


class TestFmt:
    def test_says_what_it_changed_and_then_changes_nothing(self, run: Run, root: Path) -> None:
        edit(root, "status: final", 'status:   "final"', OLD)
        (root / "data/partnership.yaml").write_text("council:   B\nname: A\nshort_name: C\n")
        before = text_of(root, OLD)
        checked = run("fmt", "--check")
        assert checked.exit_code == 1
        assert checked.stdout.splitlines() == [
            "not in shape: data/partnership.yaml",
            "not in shape: data/2018-19.yaml",
        ]
        assert text_of(root, OLD) == before
        done = run("fmt")
        assert done.exit_code == 0
        assert done.stdout == "changed: data/partnership.yaml\nchanged: data/2018-19.yaml\n"
        assert "\nstatus: final\n" in text_of(root, OLD)
        again = run("fmt")
        assert (again.exit_code, again.stdout) == (0, "")
        assert run("fmt", "--check").exit_code == 0

    def test_a_file_with_errors_is_left_alone_and_named(self, run: Run, root: Path) -> None:
        (root / f"data/{NEW}.yaml").write_text("year: &a 2019-20\n")
        result = run("fmt", NEW)
        assert result.exit_code == 1
        assert result.stdout == f"left alone, as it has errors: data/{NEW}.yaml\n"
        assert f"data/{NEW}.yaml:1:7: error" in result.stderr
        assert text_of(root) == "year: &a 2019-20\n"


class TestImportFigures:
    @pytest.fixture
    def sheet(self, root: Path, run: Run) -> str:
        run("new", NEW)
        rows = 'figure,value\nsharps-collected,"6,801"\nCommunity call-backs,300\nunicorns,7\n'
        (root / "returns.csv").write_text(rows)
        return "returns.csv"

    def test_shows_the_changes_and_writes_nothing(self, run: Run, root: Path, sheet: str) -> None:
        before = text_of(root)
        result = run("import-figures", sheet)
        assert result.exit_code == 1
        assert result.stdout.splitlines() == [
            "sharps-collected  (empty) -> 6801",
            "call-backs  (empty) -> 300",
            f"2 changes to data/{NEW}.yaml; write them with --yes",
        ]
        assert "returns.csv:4: " in result.stderr
        assert "unicorns" in result.stderr
        assert text_of(root) == before

    def test_writes_with_yes_and_names_the_rows_left_out(
        self, run: Run, root: Path, sheet: str
    ) -> None:
        result = run("import-figures", sheet, "--yes", "--year", NEW)
        assert result.exit_code == 1
        assert result.stdout.splitlines()[-1] == f"wrote 2 changes to data/{NEW}.yaml"
        assert "value: 6801  # 7,292 in 2018-19" in text_of(root)
        (root / sheet).write_text("figure,value\nsharps-collected,6801\n")
        again = run("import-figures", sheet)
        assert (again.exit_code, again.stderr) == (0, "")
        assert again.stdout == f"nothing to change in data/{NEW}.yaml\n"

    def test_every_sheet_of_a_workbook_is_accounted_for(self, run: Run, root: Path) -> None:
        book = Workbook()
        book.worksheets[0].title = "Police"
        rows_of: dict[str, list[list[str | int]]] = {
            "Police": [["sharps-collected", 6801], ["call-backs", 300]],
            "Council": [["call-backs", 301], ["unicorns", 7]],
        }
        for title, rows in rows_of.items():
            sheet = book[title] if title in book.sheetnames else book.create_sheet(title)
            sheet.append(["id", "value"])
            for cells in rows:
                sheet.append(cells)
        book.save(root / "a.xlsx")
        result = run("import-figures", "a.xlsx", "--yes")
        assert result.exit_code == 1
        assert result.stdout.splitlines()[0] == "sharps-collected  7292 -> 6801"
        told = [line for line in result.stderr.splitlines() if line.startswith("a.xlsx")]
        assert [line.partition(": ")[0] for line in told] == [
            "a.xlsx, sheet Police, row 3",
            "a.xlsx, sheet Council, row 2",
            "a.xlsx, sheet Council, row 3",
        ]
        assert [line.count("`call-backs` has 2 rows") for line in told] == [1, 1, 0]

    def test_of_a_finished_year_nothing_untrue_is_left(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)

        def run(*words: str) -> Result:
            return CliRunner().invoke(cli, list(words), prog_name="oscp-report")

        assert run("init", "--example", ".").exit_code == 0
        (tmp_path / "a.csv").write_text(
            "id,value\nhate-crimes,260\nsafety-rank,20\nschool-sessions,-3\ntest-purchases,12.5\n"
        )
        result = run("import-figures", "a.csv", "--yes")
        assert result.exit_code == 1
        assert result.stdout.splitlines() == [
            "hate-crimes  238 -> 260",
            "hate-crimes.confirmed  Superintendent Ivor Penhallow, 21 May 2025 -> (empty)",
            "wrote 2 changes to data/2024-25.yaml",
        ]
        for number, message in enumerate(
            ("20 of only 14", "a count, and −3 cannot", "a count, and 12.5 cannot"), 3
        ):
            (line,) = (x for x in result.stderr.splitlines() if x.startswith(f"a.csv:{number}: "))
            assert message in line
        checked = run("check", "2024-25")
        assert checked.exit_code == 1
        assert "figure `hate-crimes` is not confirmed" in checked.stderr
        assert run("build", "2024-25").exit_code == 1

    def test_a_sheet_that_is_missing(self, run: Run) -> None:
        result = run("import-figures", "nothing.csv")
        assert result.exit_code == 2
        assert "nothing.csv" in result.stderr


class TestWriting:
    def test_a_file_saved_meanwhile_is_not_written_over(self, root: Path) -> None:
        (root / "a.csv").write_text("figure,value\nsharps-collected,1\n")
        workspace = Workspace(root)
        name, filling = desk.figures_to_fill(workspace, Year.parse(OLD), root / "a.csv")
        edit(root, "status: final", "status: draft", OLD)
        with pytest.raises(ReportError, match="was saved by somebody else just now"):
            desk.write_figures(workspace, name, filling)
        assert "value: 7292" in text_of(root, OLD)

    @pytest.mark.parametrize("write", [single.create_file, single.replace_file])
    def test_a_failure_leaves_the_folder_as_it_was(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path, bytes], None]
    ) -> None:
        old = tmp_path / "old"
        old.write_bytes(b"old")

        def fail(*arguments: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", fail)
        with pytest.raises(OSError, match="No space"):
            write(old if write is single.replace_file else tmp_path / "new", b"data")
        assert [path.name for path in tmp_path.iterdir()] == ["old"]
        assert old.read_bytes() == b"old"

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes, and few links")
    def test_a_replaced_file_keeps_its_mode_and_its_link(self, tmp_path: Path) -> None:
        path, link = tmp_path / "file", tmp_path / "link"
        path.write_bytes(b"old")
        path.chmod(0o640)
        link.symlink_to(path)
        single.replace_file(link, b"new")
        assert link.is_symlink()
        assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o640)

    def test_a_new_file_never_replaces_one(self, tmp_path: Path) -> None:
        path = tmp_path / "file"
        path.write_bytes(b"mine")
        with pytest.raises(FileExistsError):
            single.create_file(path, b"yours")
        assert path.read_bytes() == b"mine"
        assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_as_a_process_of_its_own(root: Path, checkout: Path) -> None:
    def oscp(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "oscp_report", "-C", str(root), *words]
        environment = {**os.environ, "PYTHONPATH": str(checkout)}
        return subprocess.run(
            command, capture_output=True, encoding="utf-8", env=environment, check=False
        )

    started = oscp("new", NEW)
    assert (started.returncode, started.stderr) == (0, "")
    left = oscp("status")
    assert left.returncode == 1
    assert left.stdout.splitlines()[-1].endswith("things are left to do")
    assert oscp("fmt", NEW, "--check").returncode == 0
    assert oscp("new", NEW).returncode == 2
