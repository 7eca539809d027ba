"""An officer's year from one report to the next, through the real command line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

PARTNERSHIP = "name: Merrow Safer Together Partnership\nshort_name: MSTP\ncouncil: Merrow Council\n"
RETURNS = """\
Indicator,Value,As at
locks,112,30 April 2022
People spoken to,"6,801",
burglary-fal,3.5,
burglary-fall,a little,
"""
# What she writes over each placeholder, in the order of the file.
WORDS = {
    "TODO: the day of the Council meeting": "18 July 2022",
    "TODO: bring up to date: It follows the plan in ??? on {priority:burglary}.": (
        "It follows the plan in {para:plan} on {priority:burglary}."
    ),
    "TODO: the paragraph that introduces the priorities for 2021-22": "They were:",
    "TODO: the paragraph that introduces the priorities for 2022-23": "They are:",
    "TODO: what the partnership sets out to do in 2022-23": "Tackling fraud.",
    "TODO: still so? A. Officer": "B. Officer",
}
ANSWERS = """\
    - priority: burglary
      text: Burglary fell by {burglary-fall}.
      achievements:
        - id: plan
          text: The number of homes given locks fell to {locks}.
    - priority: fraud
      text: Patrols spoke with {spoken} people.
"""


@dataclass(frozen=True)
class Officer:
    """Somebody at a command line, in a folder of reports."""

    folder: Path
    checkout: Path

    def types(self, *words: str, exits: int = 0) -> str:
        """What a command prints; fails where it exits otherwise."""
        done = subprocess.run(
            [sys.executable, "-m", "oscp_report", *words],
            cwd=self.folder,
            env=os.environ | {"PYTHONPATH": str(self.checkout), "PYTHONUTF8": "1"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == exits, done.stdout + done.stderr
        return done.stdout + done.stderr

    @property
    def file(self) -> Path:
        return self.folder / "data" / "2021-22.yaml"

    def writes(self, old: str, new: str) -> None:
        text = self.file.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the file"
        self.file.write_text(text.replace(old, new), encoding="utf-8")

    def pages(self) -> tuple[str, bytes]:
        (html,) = (self.folder / "build" / "2021-22").glob("*.html")
        return html.read_text(encoding="utf-8"), html.with_suffix(".pdf").read_bytes()


@pytest.fixture
def officer(tmp_path: Path, checkout: Path) -> Officer:
    data = tmp_path / "reports" / "data"
    data.mkdir(parents=True)
    (data / "partnership.yaml").write_text(PARTNERSHIP, encoding="utf-8")
    shutil.copy(checkout / "tests" / "fixtures" / "story-2020-21.yaml", data / "2020-21.yaml")
    (data / "map.pdf").write_bytes(b"")
    return Officer(tmp_path / "reports", checkout)


def lines_with(text: str, words: Sequence[str]) -> list[str]:
    return [line for line in text.splitlines() if all(word in line for word in words)]


def test_from_one_report_to_the_next(officer: Officer) -> None:
    officer.types("check")

    assert "wrote data/2021-22.yaml" in officer.types("new", "2021-22")
    assert "already" in officer.types("new", "2021-22", exits=2)
    left = officer.types("status", exits=1)
    assert "Figures without a value (3)" in left
    assert "Priorities without an answer (2)" in left

    (officer.folder / "returns.csv").write_text(RETURNS, encoding="utf-8")
    before = officer.file.read_bytes()
    shown = officer.types("import-figures", "returns.csv", exits=1)
    assert lines_with(shown, ["spoken", "(empty) -> 6801"])
    assert lines_with(shown, ["returns.csv:4", "burglary-fal"])
    assert lines_with(shown, ["returns.csv:5", "a little"])
    assert officer.file.read_bytes() == before, "it wrote without --yes"
    officer.types("import-figures", "returns.csv", "--yes", exits=1)
    assert "Figures without a value (1)" in officer.types("status", exits=1)
    (officer.folder / "returns.csv").write_text("id,value\nburglary-fall,3.5\n", encoding="utf-8")
    officer.types("import-figures", "returns.csv", "--yes")

    # A draft can be built before the words are written, and says what it is.
    officer.types("build")
    assert "this report is not final" in officer.pages()[0]

    for old, new in WORDS.items():
        officer.writes(old, new)
    text = officer.file.read_text(encoding="utf-8")
    start, end = text.index("    - priority: burglary\n"), text.index("\n# What the partnership")
    officer.writes(text[start:end], ANSWERS)
    officer.writes("id: next-priority", "id: fraud")
    found = officer.types("check", "2021-22", exits=1)
    assert lines_with(found, ["data/2021-22.yaml:", "`fell` ", "`locks` rose from 107"])
    officer.writes("locks fell to {locks}.", "locks is {locks}, {locks.change}.")
    assert "nothing is left to do" in officer.types("status")

    officer.types("fmt")
    officer.types("fmt", "--check")
    officer.types("build")
    draft, _ = officer.pages()
    assert "given locks is 112, up 4.7 per cent, from 107 in" in draft
    told = officer.types("diff", "2020-21", "2021-22", exits=1)
    assert "People spoken to fell from 7,292 to 6,801, down 6.7 per cent." in told
    assert "“Tackling fraud”: taken up, and answered in paragraph 6." in told

    officer.writes("status: draft", "status: final")
    officer.types("check")
    officer.types("build")
    html, pdf = officer.pages()
    assert "this report is not final" not in html
    assert pdf.startswith(b"%PDF-")
    officer.types("diff", "2021-22", "2021-22")
