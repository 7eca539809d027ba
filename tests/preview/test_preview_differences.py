"""What the preview says of two versions of a report: the six-year example against its commit."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable

import pytest

from oscp_report.preview.reading import read
from oscp_report.preview.session import Preview, Wish
from oscp_report.workspace import Workspace
from oscp_report.year import Year
from tests.preview.conftest import make_example

YEAR = Year(2024)
CORRECTION = """corrections:
  - date: 1 September 2025
    what: One number was first printed wrongly.
    why: Two digits had changed places.

cover:
  - Date:"""
YEAR_FILE, SHARED, BEFORE = "2024-25.yaml", "partnership.yaml", "2023-24.yaml"
CHANGES: dict[str, tuple[str, str, str, str, str]] = {
    # The file, the words and those in their place; what is told, and what is marked.
    "a table's column head": (
        YEAR_FILE,
        '- 2023-24: [Reports, "Rate per 1,000 people"]',
        '- 2023-24: [Incidents, "Rate per 1,000 people"]',
        "1 text changed",
        "[+Incidents+]",
    ),
    "a figure's label": (
        YEAR_FILE,
        "label: Burglaries in homes",
        "label: Burglaries in all homes",
        "1 text changed; changed as well, without a mark: figures year by year",
        "[+all+]",
    ),
    "a new correction": (YEAR_FILE, "cover:\n  - Date:", CORRECTION, "3 texts put in", "[+Two dig"),
    "final to draft": (
        YEAR_FILE,
        "status: final",
        "status: draft",
        "1 text put in; changed as well, without a mark: the web address",
        "[+Draft: this report is not final",
    ),
    "the notice": (
        SHARED,
        "notice: Invented",
        "notice: Made up",
        "no words changed in the texts; changed, without a mark: the notice",
        "",
    ),
    "the council": (
        SHARED,
        "council: Exampleton Borough Council",
        "council: Exampleton City Council",
        "no words changed in the texts; changed, without a mark: a name above the report",
        "",
    ),
    "an abbreviation": (
        SHARED,
        "ECSP: Exampleton Community Safety Partnership",
        "ECSP: Exampleton Community Safety Partners",
        "no words changed in the texts; changed, without a mark: an abbreviation",
        "",
    ),
    "to whom": (SHARED, "- To: Council", "- To: Cabinet", "1 text changed", "[+Cabinet+]"),
    "a year that figures look back on": (
        BEFORE,
        "value: 171\n",
        "value: 172\n",
        "3 texts changed; changed as well, without a mark: figures year by year",
        "[+172",
    ),
    "what is not printed": (YEAR_FILE, "\nyear: ", "\n# A remark.\nyear: ", "no words changed", ""),
}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The example, committed: leave the files as they were."""
    return Workspace(make_example(tmp_path_factory.mktemp("differences") / "desk"))


@pytest.fixture
def workspace(shared: Workspace) -> Workspace:
    return shared


@pytest.fixture
def change(workspace: Workspace) -> Callable[[str, str, str], None]:
    """Put words in place of others in a file."""

    def made(name: str, old: str, new: str) -> None:
        path = workspace.root / "data" / name
        text = path.read_text("utf-8")
        assert text.count(old) == 1, text.count(old)
        path.write_text(text.replace(old, new), "utf-8")

    return made


@pytest.fixture(autouse=True)
def _as_before(workspace: Workspace) -> object:
    files = {path: path.read_bytes() for path in (workspace.root / "data").glob("*.*")}
    yield
    for path, data in files.items():
        path.write_bytes(data)


def difference(workspace: Workspace, choice: str) -> dict[str, str]:
    """What the page is told of a choice."""
    preview = Preview(workspace, Wish(YEAR), lambda said: None)
    page = read(workspace, YEAR, preview._pages).page
    assert page
    found: dict[str, str] = json.loads(preview._differences(page)[choice]())
    return found


def told(found: dict[str, str]) -> str:
    return re.sub(r"^Compared with [^:]*: ", "", found["told"]).removesuffix(".")


@pytest.mark.usefixtures("git")
@pytest.mark.parametrize(("name", "old", "new", "said", "marked"), CHANGES.values(), ids=CHANGES)
def test_what_changed_on_the_page_is_told(
    workspace: Workspace,
    change: Callable[[str, str, str], None],
    name: str,
    old: str,
    new: str,
    said: str,
    marked: str,
) -> None:
    change(name, old, new)
    found = difference(workspace, "last-commit")
    assert told(found) == said
    assert marked in found["html"]
    assert bool(marked) == ("put-in" in found["html"])


@pytest.fixture
def git(program: Callable[[str], str]) -> str:
    return program("git")


def test_what_no_part_accounts_for_is_still_told(
    workspace: Workspace,
    change: Callable[[str, str, str], None],
    monkeypatch: pytest.MonkeyPatch,
    git: str,
) -> None:
    change(SHARED, "notice: Invented", "notice: Made up")
    monkeypatch.setattr("oscp_report.preview.unmarked.ELSEWHERE", {})
    said = told(difference(workspace, "last-commit"))
    expected = "no words changed in the texts; changed, without a mark: another part of the page"
    assert said == expected


def test_a_changed_correction_is_marked(
    workspace: Workspace, change: Callable[[str, str, str], None], git: str
) -> None:
    change(YEAR_FILE, "cover:\n  - Date:", CORRECTION)
    subprocess.run([git, "add", "."], cwd=workspace.root, check=True)
    own = ["-c", "user.name=A. Officer", "-c", "user.email=officer@example.org"]
    subprocess.run([git, *own, "commit", "-qm", "A correction"], cwd=workspace.root, check=True)
    try:
        change(YEAR_FILE, "One number was", "Two numbers were")
        found = difference(workspace, "last-commit")
        assert told(found) == "1 text changed"
        assert "[+Two numbers were+]" in found["html"]
    finally:
        subprocess.run([git, "reset", "-q", "HEAD~1"], cwd=workspace.root, check=True)


GONE = {
    "a paragraph": "    - This review covers the year to 31 March 2025, unless a figure says "
    "otherwise.\n",
    "a cover row": "  - Agenda item: 12\n",
}


@pytest.mark.parametrize("line", GONE.values(), ids=GONE)
def test_a_text_that_is_gone_is_an_element_of_the_page(
    workspace: Workspace, change: Callable[[str, str, str], None], line: str, git: str
) -> None:
    change(YEAR_FILE, line, "")
    found = difference(workspace, "last-commit")
    assert told(found).endswith("1 text taken out")  # and the numbers of others moved
    assert found["html"].count('<br><del class="taken-out taken-out--whole">[−') == 1
    assert "&lt;br" not in found["html"]


def test_last_years_report_looks_back_itself(workspace: Workspace) -> None:
    found = difference(workspace, "last-year")
    assert found["told"].startswith("Compared with the report for 2023-24: ")
    assert "&lt;del" not in found["html"]
    assert found["html"].count("<del class") > 10
