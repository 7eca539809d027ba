"""What a built PDF carries and says of itself; and `extract`, `verify` and `inspect` on PDFs.

The reports are built once; what is changed is changed in copies.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from click.testing import CliRunner, Result

from oscp_report import __version__
from oscp_report.cli import cli
from oscp_report.inspection.subject import Subject
from oscp_report.provenance.extracting import extract
from oscp_report.provenance.manifest import NAME, Manifest
from tests import page_validation
from tests.provenance.attached import carrying

if TYPE_CHECKING:
    from tests.conftest import Desk

YEAR = "2020-21"
PDF = f"build/{YEAR}/mstp-annual-review-{YEAR}.pdf"
LAST = "2024-25"
LAST_PDF = f"build/{LAST}/ecsp-annual-review-{LAST}.pdf"


def run(*words: str, folder: Path | None = None) -> Result:
    where = ["-C", str(folder)] if folder else []
    return CliRunner().invoke(cli, [*where, *words], prog_name="oscp-report")


def said(result: Result) -> list[str]:
    return result.stderr.splitlines()


@pytest.fixture(scope="module")
def pdf(built_once: Desk) -> bytes:
    """The PDF of a small report."""
    return (built_once.root / PDF).read_bytes()


@pytest.fixture
def workspace(built: Desk) -> Path:
    """A copy of the workspace that it was built in, to change."""
    return built.root


@pytest.fixture(scope="module")
def example(example_built: Desk) -> Path:
    """A workspace of six years, all of them built."""
    return example_built.root


@pytest.fixture(scope="module")
def last_pdf(example: Path) -> bytes:
    """The PDF of a report that looks back at five years."""
    return (example / LAST_PDF).read_bytes()


@pytest.fixture
def nowhere(tmp_path: Path) -> Path:
    """A folder in no workspace."""
    (tmp_path / "nowhere").mkdir()
    return tmp_path / "nowhere"


class TestWhatIsCarried:
    def test_the_very_files(self, example: Path, last_pdf: bytes) -> None:
        files = extract(last_pdf)
        data = {path.name: path.read_bytes() for path in (example / "data").glob("*.yaml")}
        assert {name: files[name] for name in data} == data
        assert len(data) == 7
        assert set(files) - set(data) == {f"figures-{LAST}.csv", NAME}

    def test_each_says_what_it_is(self, last_pdf: bytes) -> None:
        with pikepdf.open(io.BytesIO(last_pdf)) as opened:
            known = dict(opened.attachments.items())
            assert len(known) == 9
            associated = sorted(filespec.objgen for filespec in opened.Root.AF)
            assert associated == sorted(each.obj.objgen for each in known.values())
            for name, each in known.items():
                source, kind = {
                    ".yaml": ("/Source", "application/yaml"),
                    ".csv": ("/Data", "text/csv"),
                    ".json": ("/Data", "application/json"),
                }[Path(name).suffix]
                held = each.get_file()
                assert (str(each.relationship), held.mime_type) == (source, kind)
                assert each.filename == name
                assert len(each.description) > 20
                # The day after the year that it is of; no clock was asked.
                ended = int(name[:4]) + 1 if name[:4].isdigit() else 2025
                for date in (held.creation_date, held.mod_date):
                    assert date is not None
                    assert date.isoformat() == f"{ended}-04-01T00:00:00+00:00"

    def test_a_report_that_does_not_look_back_carries_no_other_year(self, pdf: bytes) -> None:
        expected = {f"{YEAR}.yaml", "partnership.yaml", f"figures-{YEAR}.csv", NAME}
        assert set(extract(pdf)) == expected

    def test_the_manifest_names_all_that_it_was_made_from(self, last_pdf: bytes) -> None:
        files = extract(last_pdf)
        manifest = Manifest.from_bytes(files[NAME])
        assert manifest is not None
        assert manifest.to_bytes() == files[NAME]
        assert str(manifest.year) == LAST
        assert {n.removeprefix("data/") for n in manifest.inputs} == {
            name for name in files if name.endswith(".yaml")
        }
        assert manifest.versions["oscp-report"] == __version__
        assert manifest.versions["weasyprint"] == "70.0"


class TestWhatItSaysOfItself:
    @pytest.fixture
    def subject(self, pdf: bytes) -> Iterator[Subject]:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            yield Subject(opened, pdf)

    @pytest.mark.parametrize(
        ("info", "xmp", "expected"),
        [
            ("Title", "{http://purl.org/dc/elements/1.1/}title", "Safer together, 2020-21"),
            (
                "Author",
                "{http://purl.org/dc/elements/1.1/}creator",
                "Merrow Safer Together Partnership",
            ),
            ("Subject", "{http://purl.org/dc/elements/1.1/}description", "Annual Review 2020-21: "),
            (
                "Keywords",
                "{http://ns.adobe.com/pdf/1.3/}Keywords",
                "Merrow Council, 2020-21, burglary",
            ),
            ("Creator", "{http://ns.adobe.com/xap/1.0/}CreatorTool", f"oscp-report {__version__}"),
            ("Producer", "{http://ns.adobe.com/pdf/1.3/}Producer", "WeasyPrint 70.0"),
        ],
    )
    def test_in_both_places_alike(
        self, subject: Subject, info: str, xmp: str, expected: str
    ) -> None:
        written = str(subject.pdf.docinfo[f"/{info}"])
        assert subject.metadata.first(xmp) == written
        assert expected in written

    def test_the_meeting_and_the_digest(self, subject: Subject, pdf: bytes) -> None:
        manifest = Manifest.from_bytes(extract(pdf)[NAME])
        assert manifest is not None
        first = subject.metadata.first
        assert first("{http://purl.org/dc/elements/1.1/}date") == "2021-07-19"
        assert first("{http://purl.org/dc/elements/1.1/}identifier") == manifest.identifier

    def test_no_date_of_any_clock(self, subject: Subject) -> None:
        assert not [key for key in subject.pdf.docinfo if "Date" in str(key)]
        assert not [name for name in subject.metadata.values if "Date" in name]

    def test_validators_pass_it(self, example: Path) -> None:
        page_validation.require()
        assert page_validation.failures(example / LAST_PDF) == []


class TestExtract:
    def test_then_build_gives_the_same_bytes(
        self, example: Path, last_pdf: bytes, tmp_path: Path
    ) -> None:
        folder = tmp_path / "new"
        result = run("extract", str(example / LAST_PDF), str(folder))
        assert result.exit_code == 0
        written = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
        assert set(result.stdout.splitlines()) == {f"wrote {folder / name}" for name in written}
        assert {f"data/{LAST}.yaml", "data/partnership.yaml", f"figures-{LAST}.csv"} < written
        # An appendix that is a file may not be for the public: it is told, and not carried.
        (left,) = said(result)
        appendix = f"data/{LAST}-equality-assessment.txt"
        assert left.startswith(f"not in the PDF: {appendix}, an appendix")
        verified = run("verify", str(example / LAST_PDF), folder=folder)
        assert (verified.exit_code, verified.stderr) == (0, "")
        shutil.copy(example / appendix, folder / appendix)
        assert run("build", LAST, "--format", "pdf", folder=folder).exit_code == 0
        assert (folder / LAST_PDF).read_bytes() == last_pdf

    def test_never_writes_over_a_file(self, built_once: Desk, tmp_path: Path) -> None:
        (tmp_path / "data").mkdir()
        kept = tmp_path / "data/partnership.yaml"
        kept.write_text("mine")
        result = run("extract", str(built_once.root / PDF), str(tmp_path))
        assert result.exit_code == 2
        assert "already has `data/partnership.yaml`" in result.stderr
        assert [p for p in tmp_path.rglob("*") if p.is_file()] == [kept]
        assert kept.read_text() == "mine"

    def test_of_anothers_pdf_gives_its_files(self, tmp_path: Path) -> None:
        path = tmp_path / "theirs.pdf"
        path.write_bytes(carrying(("2018-2019.yaml", b"1"), ("2018-19.yaml", b"2"), ("a.b", b"3")))
        assert run("extract", str(path), str(tmp_path / "out")).exit_code == 0
        found = {
            p.relative_to(tmp_path / "out").as_posix(): p.read_bytes()
            for p in (tmp_path / "out").rglob("*")
            if p.is_file()
        }
        assert found == {"2018-2019.yaml": b"1", "data/2018-19.yaml": b"2", "a.b": b"3"}

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            (b"no PDF", "this is no PDF"),
            (carrying(), "the PDF carries no files"),
            (carrying(("../a", b"1")), "whose name is not a plain one: `../a`"),
            (None, "cannot be read"),
        ],
        ids=["no PDF", "nothing in it", "a trap", "not there"],
    )
    def test_writes_nothing_and_says_why(
        self, tmp_path: Path, data: bytes | None, message: str
    ) -> None:
        path = tmp_path / "a.pdf"
        if data is not None:
            path.write_bytes(data)
        result = run("extract", str(path), str(tmp_path / "out"))
        fact, fix = said(result)
        assert (result.exit_code, result.stdout) == (2, "")
        assert message in fact
        assert fix.startswith("  fix: ")
        assert not (tmp_path / "out").exists()


def changed(pdf: bytes, change: Callable[[Any], None]) -> bytes:
    """A PDF that somebody has edited."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        change(opened)
        out = io.BytesIO()
        opened.save(out, deterministic_id=True)
        return out.getvalue()


def other_figure(opened: Any) -> None:
    """Edit a figure in the source that the PDF carries."""
    stream = opened.attachments[f"{YEAR}.yaml"].obj.EF.F
    data = stream.read_bytes()
    assert data.count(b"value: 107") == 1
    stream.write(data.replace(b"value: 107", b"value: 108"))


def other_table(opened: Any) -> None:
    """Edit a figure in the table that the PDF carries."""
    stream = opened.attachments[f"figures-{YEAR}.csv"].obj.EF.F
    data = stream.read_bytes()
    assert data.count(b",107,") == 1
    stream.write(data.replace(b",107,", b",170,"))


def other_page(opened: Any) -> None:
    """Draw a line across the first page."""
    opened.pages[0].contents_add(b"/Artifact BMC 0 0 m 500 500 l S EMC")


def other_program(opened: Any) -> None:
    """Let it be made by another version, of which nothing else differs."""
    stream = opened.attachments[NAME].obj.EF.F
    stream.write(stream.read_bytes().replace(f'"{__version__}"'.encode(), b'"0.0.9\\u001b"'))


def _kind(difference: str) -> str:
    return difference.partition(":")[0]


class TestVerify:
    def test_the_same_in_another_folder(self, built_once: Desk, nowhere: Path) -> None:
        result = run("verify", str(built_once.root / PDF), folder=nowhere)
        assert (result.exit_code, result.stderr) == (0, "")
        name = PDF.rpartition("/")[2]
        assert result.stdout == f"{name}: the same, byte for byte, as its sources make\n"

    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            (other_figure, ["figures: locks for 2020-21: `107` in the PDF, `108` by its sources",
                            "text: page 1: “i. locks for 107” in the PDF, “i. locks for 108” when",
                            "layout: drawn otherwise: page 1"]),
            (other_table, ["figures: locks for 2020-21: `170` in the PDF, `107` by its sources",
                           "file: every page says and shows the same; bytes differ from "]),
            (other_page, ["layout: drawn otherwise: page 1"]),
            (other_program, ["program: made with oscp-report 0.0.9?, built again with ",
                             "file: every page says and shows the same; bytes differ from "]),
        ],
        ids=["a figure", "the table of figures", "a page", "the program"],
    )  # fmt: skip
    def test_an_edited_pdf(
        self,
        pdf: bytes,
        nowhere: Path,
        change: Callable[[Any], None],
        expected: list[str],
    ) -> None:
        path = nowhere / "edited.pdf"
        path.write_bytes(changed(pdf, change))
        result = run("verify", str(path), folder=nowhere)
        assert result.exit_code == 1, result.stderr
        told = said(result)
        assert [words for words in expected if not any(t.startswith(words) for t in told)] == []
        assert {_kind(line) for line in told} == {_kind(words) for words in expected}
        assert result.stdout.startswith(f"edited.pdf: not what its sources make: {len(told)} diff")

    def test_one_byte(self, pdf: bytes, nowhere: Path) -> None:
        place = pdf.rindex(b"startxref")
        path = nowhere / "edited.pdf"
        path.write_bytes(pdf[: place - 1] + b" " + pdf[place:])
        result = run("verify", str(path), folder=nowhere)
        assert result.exit_code == 1
        assert said(result) == [
            f"file: every page says and shows the same; bytes differ from {place - 1:,} on "
            f"({len(pdf):,} bytes, {len(pdf):,} when built again)"
        ]

    def test_with_another_template(self, workspace: Path, built_once: Desk) -> None:
        own = workspace / "templates/css/print.css"
        own.parent.mkdir(parents=True)
        shipped = Path(__file__).resolve().parents[1] / "templates/css/print.css"
        own.write_text(shipped.read_text("utf-8") + "\n", "utf-8")
        result = run("verify", str(built_once.root / PDF), folder=workspace)
        assert result.exit_code == 1
        told = said(result)
        assert told[0] == "templates: `templates/css/print.css` is here, and it was made without"
        assert {_kind(line) for line in told} == {"templates", "file"}
        # The PDF that is made with it is told from one that is made with its last byte changed.
        assert run("build", YEAR, "--format", "pdf", folder=workspace).exit_code == 0
        assert run("verify", str(workspace / PDF), folder=workspace).exit_code == 0
        own.write_text(own.read_text("utf-8")[:-1] + " ", "utf-8")
        told = said(run("verify", str(workspace / PDF), folder=workspace))
        assert told[0].startswith("templates: `templates/css/print.css` here is not the one")

    def test_a_workspace_whose_figure_was_changed(self, workspace: Path) -> None:
        path = workspace / f"data/{YEAR}.yaml"
        path.write_text(path.read_text("utf-8").replace("value: 107", "value: 108"), "utf-8")
        result = run("verify", str(workspace / PDF), folder=workspace)
        assert result.exit_code == 1
        assert said(result) == [
            f"workspace: `data/{YEAR}.yaml` here is not the one in the PDF",
            "figures: locks for 2020-21: 107 in the PDF, 108 here",
        ]
        assert "but its sources are not those of this workspace" in result.stdout

    @pytest.mark.parametrize("mark", [b"", BOM_UTF8])
    def test_what_another_system_adds_is_no_change(self, workspace: Path, mark: bytes) -> None:
        path = workspace / "data/partnership.yaml"
        path.write_bytes(mark + path.read_bytes().replace(b"\n", b"\r\n"))
        assert run("verify", str(workspace / PDF), folder=workspace).exit_code == 0

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            (b"", "this is no PDF"),
            (carrying(("a.csv", b"1")), "does not carry the sources of a report"),
            (carrying(("2018-19.yaml", b"year: 2018-19\n")), "does not carry the sources"),
            (carrying((NAME, b'{"format": 1}')), "does not carry the sources"),
        ],
        ids=["empty", "somebody else's", "without a list", "with another list"],
    )
    def test_cannot_be_asked_of_anothers_pdf(
        self, nowhere: Path, data: bytes, message: str
    ) -> None:
        (nowhere / "a.pdf").write_bytes(data)
        result = run("verify", str(nowhere / "a.pdf"), folder=nowhere)
        fact, fix = said(result)
        assert (result.exit_code, result.stdout) == (2, "")
        assert message in fact
        assert fix.startswith("  fix: ")

    def test_sources_that_make_no_report(self, pdf: bytes, nowhere: Path) -> None:
        def break_it(opened: Any) -> None:
            stream = opened.attachments[f"{YEAR}.yaml"].obj.EF.F
            stream.write(stream.read_bytes().replace(b"{locks}", b"{no-such}"))

        (nowhere / "a.pdf").write_bytes(changed(pdf, break_it))
        result = run("verify", str(nowhere / "a.pdf"), folder=nowhere)
        assert result.exit_code == 2
        assert f"make no report: data/{YEAR}.yaml:" in result.stderr
        assert "no-such" in result.stderr

    def test_as_a_process_of_its_own_in_git(
        self, workspace: Path, program: Callable[[str], str]
    ) -> None:
        who = {f"GIT_{w}_{k}": "a@b" for w in ("AUTHOR", "COMMITTER") for k in ("NAME", "EMAIL")}
        alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        environment = {**os.environ, **who, **alone}

        def git(*words: str) -> str:
            command = [program("git"), *words]
            done = subprocess.run(
                command, cwd=workspace, env=environment, capture_output=True, text=True, check=True
            )
            return done.stdout.strip()

        path = workspace / "data/partnership.yaml"
        kept = path.read_bytes()
        git("init", "--quiet", "--initial-branch=main")
        numbers = []
        for content in (kept + b"# before\n", kept, kept + b"# after\n"):
            path.write_bytes(content)
            git("add", "data")
            git("commit", "--quiet", "-m", "A change")
            numbers.append(git("rev-parse", "HEAD"))
        checkout = Path(__file__).resolve().parents[1]
        done = subprocess.run(
            [sys.executable, "-m", "oscp_report", "verify", str(workspace / PDF)],
            cwd=workspace / "data",
            env={**environment, "PYTHONPATH": str(checkout)},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 1
        assert done.stderr == "workspace: `data/partnership.yaml` here is not the one in the PDF\n"
        assert f"its sources are in commit {numbers[1][:10]} (" in done.stdout
        assert done.stdout.endswith(": A change)\n")


class TestInspect:
    def test_our_own_passes(self, built_once: Desk) -> None:
        result = run("inspect", str(built_once.root / PDF))
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout.splitlines()[-1].startswith("1 page: 0 failed, ")

    def test_one_that_fails_names_what_and_the_page(self, pdf: bytes, tmp_path: Path) -> None:
        def untitled(opened: Any) -> None:
            opened.Root.ViewerPreferences.DisplayDocTitle = False

        (tmp_path / "a.pdf").write_bytes(changed(pdf, untitled))
        result = run("inspect", str(tmp_path / "a.pdf"))
        assert result.exit_code == 1
        assert result.stdout.startswith("failed: INS")
        assert "1 page: 1 failed, " in result.stdout

    def test_for_a_program(self, built_once: Desk) -> None:
        result = run("inspect", str(built_once.root / PDF), "--format", "json")
        found = json.loads(result.stdout)
        assert found["passes"] == {"PDF/UA-1": True, "PDF/A-3a": True, "good practice": True}

    @pytest.mark.parametrize("data", [b"", b"%PDF-1.7 and no more"], ids=["empty", "cut off"])
    def test_what_cannot_be_opened(self, tmp_path: Path, data: bytes) -> None:
        (tmp_path / "a.pdf").write_bytes(data)
        result = run("inspect", str(tmp_path / "a.pdf"))
        assert (result.exit_code, result.stdout) == (2, "")
        assert len(said(result)) == 2
