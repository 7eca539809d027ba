"""What every test may use: the checkout, programs of the machine, a desk with the program on it."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from jinja2 import Environment

from oscp_report.outputs.filesystem import locked
from oscp_report.outputs.stamp import STAMP_NAME, Stamp, digest
from oscp_report.starting import start_example

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# The same examples on every run of a checkout; `HYPOTHESIS_PROFILE=explore` looks for new ones.
# No deadline: a busy machine is not a fault.
settings.register_profile("same", derandomize=True, database=None, deadline=None)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

# A file goes to one of pytest-xdist's workers, so that what its tests share is made once; so do the
# tests of these folders. The tests of these files share nothing and take long.
ONE_WORKER = ("tests/outputs/tagging/", "tests/inspection/")
ANY_WORKER = ("tests/test_build_killed.py",)

YEAR = "2020-21"
CORRECTED = ("2021-22", "2022-09-12")  # the example's year with a correction, and its day
PARTNERSHIP = """\
name: Merrow Safer Together Partnership
short_name: MSTP
council: Merrow Council
partners:
  - Merrow Police
abbreviations:
  MSTP: Merrow Safer Together Partnership
cover:
  - To: Council
"""
REPORT = """\
# An invented report that no rule objects to.
year: 2020-21
status: final
cover:
  - Date: Monday 19 July 2021
  - Title of Report: Safer together
summary:
  - Purpose: To report on the year
  - Recommendation: That Council note the report
appendices: None
introduction:
  heading: Introduction
  paragraphs:
    - The partnership (MSTP) met every month.
    - The plan is in {para:plan}.
priorities:
  lead: "The priorities were:"
  items:
    - id: burglary
      title: Reducing burglary.
achievements:
  heading: Achievements
  themes:
    - priority: burglary
      text: Burglary fell by {burglary-fall}.
      achievements:
        - id: plan
          text: "The plan had two parts:"
          items:
            - locks for {locks} homes;
            - visits to every school.
next_priorities:
  year: 2021-22
  lead: "Next year’s priorities are:"
  items:
    - id: burglary
      title: Reducing burglary.
contacts:
  - Report author: A. Officer
    Telephone: 01632 960123
background_papers: None
figures:
  burglary-fall:
    label: Fall in burglary
    value: 12.5
    unit: percent
    source: Merrow Police
  locks:
    label: Homes given locks
    value: 107
    source: Merrow Council
"""


@dataclass(frozen=True)
class Desk:
    """A workspace of an invented partnership, and the real program, run there as an officer would.

    Every run is a process of its own. Its home and its folder for temporary files are this desk's.
    """

    root: Path
    checkout: Path
    year: str = YEAR

    @property
    def year_file(self) -> Path:
        return self.root / "data" / f"{self.year}.yaml"

    @property
    def build_folder(self) -> Path:
        return self.root / "build"

    @property
    def folder(self) -> Path:
        return self.build_folder / self.year

    @property
    def temporary(self) -> Path:
        return self.root.with_name(f"{self.root.name} tmp")

    def replace(self, old: str, new: str) -> None:
        """Change the one place in the year's file that says ``old``."""
        text = self.year_file.read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the file"
        self.year_file.write_text(text.replace(old, new), "utf-8")

    def entitle(self, title: str) -> None:
        """Give the report another title, by which its files can be told from those of others."""
        text = self.year_file.read_text("utf-8")
        changed, count = re.subn("(?<=Title of Report: ).*", title, text)
        assert count == 1
        self.year_file.write_text(changed, "utf-8")

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "oscp_report", "-C", str(self.root), *arguments]

    def environment(self, changes: Mapping[str, str] | None = None) -> dict[str, str]:
        self.temporary.mkdir(exist_ok=True)
        path = os.pathsep.join([str(self.checkout), os.environ.get("PYTHONPATH", "")])
        own = {"PYTHONPATH": path, "HOME": str(self.temporary), "TMPDIR": str(self.temporary)}
        return {**os.environ, **own, **(changes or {})}

    def start(self, *arguments: str, env: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
        """The program in a process group of its own, with its output in pipes."""
        return subprocess.Popen(
            self.command(*arguments),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=self.environment(env),
            start_new_session=True,
        )

    def run(
        self,
        *arguments: str,
        env: Mapping[str, str] | None = None,
        under: Sequence[str] = (),
        cwd: Path | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """What the program says and its exit code; ``under`` is a command that starts it."""
        return subprocess.run(
            [*under, *self.command(*arguments)],
            capture_output=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            env=self.environment(env),
            cwd=cwd,
            timeout=100,
            check=False,
        )

    def build(self, *arguments: str, env: Mapping[str, str] | None = None) -> str:
        """Build, which has to succeed. Returns the closing line."""
        done = self.run("build", self.year, *arguments, env=env)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def refusal(self, *arguments: str, under: Sequence[str] = ()) -> list[str]:
        """The lines of a build that could not run: one for the fact, one for the fix."""
        done = self.run("build", self.year, *arguments, under=under)
        assert (done.returncode, done.stdout) == (2, ""), done.stdout + done.stderr
        fact, fix = done.stderr.splitlines()
        assert fact.startswith("oscp-report: ")
        assert fix.startswith("  fix: ")
        return [fact.removeprefix("oscp-report: "), fix.removeprefix("  fix: ")]

    def files(self) -> dict[str, bytes]:
        """What the year's folder holds."""
        return {path.name: path.read_bytes() for path in sorted(self.folder.iterdir())}

    def edition(self, files: Mapping[str, bytes] | None = None) -> str:
        """The title that a whole set carries; fails on a torn file and on a mixed set."""
        files = self.files() if files is None else files
        stamp = Stamp.from_bytes(files[STAMP_NAME])
        assert stamp, "no stamp, or a torn one"
        reports = {name: data for name, data in files.items() if name != STAMP_NAME}
        found = {name: digest(data) for name, data in reports.items()}
        assert found == stamp.outputs, "a torn file, or a mixed set"
        (title,) = {_title(name, data) for name, data in reports.items()}
        return title.removesuffix(f", {self.year}")

    def html(self) -> str:
        (path,) = self.folder.glob("*.html")
        return path.read_text("utf-8")

    def pdf(self) -> Any:
        """The PDF, as pikepdf opens it."""
        (path,) = self.folder.glob("*.pdf")
        return _opened(path.read_bytes())

    def leftovers(self) -> list[str]:
        """What is beside the year's folder, and what the program left where it works."""
        places = (self.build_folder, self.temporary)
        found = [path.name for place in places if place.exists() for path in place.iterdir()]
        return sorted(set(found) - {self.year})


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Which tests a worker takes at a time, unless ``--dist`` says otherwise."""
    if config.getoption("dist") != "load":
        return None
    from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]  # has none

    class ByFile(LoadScopeScheduling):  # type: ignore[misc]  # which is therefore of any type
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            if file in ANY_WORKER:
                return nodeid
            return next((folder for folder in ONE_WORKER if file.startswith(folder)), file)

    return ByFile(config, log)


@pytest.fixture(scope="session", autouse=True)
def _templates_compiled_once() -> Iterator[None]:
    """The same template, compiled by the same rules, gives the same code: most of a page's time."""
    compile_it = Environment.compile
    known: dict[tuple[object, ...], Any] = {}

    def compile_once(self: Environment, source: Any, *given: Any, **named: Any) -> Any:
        rules = (
            type(self), self.undefined, self.autoescape, self.trim_blocks, self.lstrip_blocks,
            self.keep_trailing_newline, self.optimized, *self.extensions, *sorted(self.filters),
        )  # fmt: skip
        key = (rules, source, given, *sorted(named.items()))
        if key not in known:
            known[key] = compile_it(self, source, *given, **named)
        return known[key]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Environment, "compile", compile_once)
        yield


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The top folder of the checkout that these tests are in."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def program() -> Callable[[str], str]:
    """Finds a program by name. Without it a test is skipped; with ``CI=true`` it fails."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None and os.environ.get("CI") == "true":
            pytest.fail(f"`{name}` is not installed", pytrace=False)
        if path is None:
            pytest.skip(f"`{name}` is not installed")
        return path

    return find


@pytest.fixture(scope="module")
def browser(program: Callable[[str], str]) -> Iterator[Browser]:
    """The machine's Chromium. While it is there, its process can run no other event loop."""
    chromium = program("chromium")
    if os.environ.get("CI") != "true":
        pytest.importorskip("playwright", reason="`playwright` is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # As root, as which a container's tests run, Chromium has no sandbox.
        options = ["--disable-dev-shm-usage", "--no-sandbox"]
        started = playwright.chromium.launch(executable_path=chromium, args=options)
        yield started
        started.close()


@pytest.fixture(scope="session")
def make_desk(checkout: Path) -> Callable[[Path], Desk]:
    """Sets up a desk in a folder."""

    def make(root: Path) -> Desk:
        (root / "data").mkdir(parents=True)
        (root / "data" / "partnership.yaml").write_text(PARTNERSHIP, "utf-8")
        desk = Desk(root, checkout)
        desk.year_file.write_text(REPORT, "utf-8")
        return desk

    return make


@pytest.fixture
def desk(tmp_path: Path, make_desk: Callable[[Path], Desk]) -> Desk:
    """A desk in a folder of the test's own."""
    return make_desk(tmp_path / "desk")


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory, make_desk: Callable[[Path], Desk]) -> Desk:
    """A desk whose report has been built, for tests that only look."""
    desk = make_desk(tmp_path_factory.mktemp("built") / "desk")
    desk.build()
    return desk


@pytest.fixture
def built(tmp_path: Path, built_once: Desk) -> Desk:
    """A copy of it, for tests that change something; nothing in a build tells where it was made."""
    shutil.copytree(built_once.root, tmp_path / "desk")
    return replace(built_once, root=tmp_path / "desk")


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory, checkout: Path) -> Desk:
    """The checkout's report for 2018-19 as a draft, built once for the tests that only look."""
    root = tmp_path_factory.mktemp("published") / "desk"
    shutil.copytree(checkout / "data", root / "data")
    desk = Desk(root, checkout, "2018-19")
    desk.replace("\nstatus: final\n", "\nstatus: draft\n")
    desk.build()
    return desk


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run that pytest-xdist's workers share."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def example_built(shared_folder: Path, checkout: Path) -> Desk:
    """The example, all its years built, once in a run; for tests that only look."""
    desk = Desk(shared_folder / "example" / "desk", checkout, "2024-25")
    with locked(desk.root.parent, 110):
        if not desk.root.exists():
            fresh = replace(desk, root=desk.root.with_name("fresh"))
            start_example(fresh.root)
            done = fresh.run("build", "--all")
            assert done.returncode == 0, done.stderr
            fresh.root.rename(desk.root)
    return desk


@pytest.fixture(scope="session")
def site_built(shared_folder: Path, example_built: Desk) -> Desk:
    """The example with its site, one version of a year superseded, once in a run."""
    desk = replace(example_built, root=shared_folder / "site" / "desk")
    with locked(desk.root.parent, 110):
        if not desk.root.exists():
            fresh = replace(desk, root=desk.root.with_name("fresh"))
            shutil.copytree(example_built.root, fresh.root)
            kept = fresh.root / "data" / "superseded" / CORRECTED[0] / CORRECTED[1]
            kept.mkdir(parents=True)
            (kept / "report.pdf").write_bytes(b"%PDF-1.7 as it was")
            (kept / ".DS_Store").write_bytes(b"")
            done = fresh.run("site", "--jobs", "1")
            assert done.returncode == 0, done.stderr
            fresh.root.rename(desk.root)
    return desk


def _title(name: str, data: bytes) -> str:
    if name.endswith(".pdf"):
        with _opened(data) as pdf:
            return str(pdf.docinfo.Title)
    assert data.endswith(b"</html>\n"), "a torn page"
    found = re.search("<title>(.*)</title>", data.decode())
    assert found, "a page without a title"
    return found[1]


def _opened(data: bytes) -> Any:
    if os.environ.get("CI") != "true":
        pytest.importorskip("pikepdf", reason="`pikepdf` is not installed")
    import pikepdf

    return pikepdf.open(io.BytesIO(data))
