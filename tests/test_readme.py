"""The README says what is so: its lists are the program's own, and its examples work."""

from __future__ import annotations

import re
from pathlib import Path

from oscp_report.catalogue import rules
from oscp_report.checking import Checked, check_year
from oscp_report.starting import start_workspace
from oscp_report.workspace import Workspace
from oscp_report.year import Year
from tests.readme import README, with_parts

TEXT = README.read_text(encoding="utf-8")


def test_its_commands_and_rules_are_the_programs() -> None:
    assert with_parts(TEXT) == TEXT, "run `make docs`"


def test_its_lists_are_not_empty() -> None:
    listed = re.findall(r"^\| ([A-Z]{3}[0-9]{3}) \| (?:error|warning) \| \S", TEXT, re.MULTILINE)
    assert listed == list(rules())
    assert len(listed) > 40
    assert TEXT.count("```text\nUsage: oscp-report ") == 19


def test_every_picture_is_there() -> None:
    pictures = re.findall(r"!\[([^\]]+)\]\(([^)]+)\)", TEXT)
    assert pictures
    for words, path in pictures:
        assert (README.parent / path).is_file()
        assert len(words) > 20, "a picture needs words for those who cannot see it"


def test_its_example_of_a_year_has_no_error(tmp_path: Path) -> None:
    checked = check_example(tmp_path, "2018-19", example("year: 2018-19"))
    assert checked.report is not None
    assert [d for d in checked.diagnostics if d.severity == "error"] == []


def test_its_example_of_a_recommendation_works(tmp_path: Path) -> None:
    whole = example("year: 2018-19") + "\n" + example("Recommendations:")
    checked = check_example(tmp_path, "2018-19", whole)
    assert checked.report is not None
    (row,) = checked.report.summary
    assert [str(item.text) for item in row.value.items] == [
        "note the report;",
        "thank the partners.",
    ]


def example(words: str) -> str:
    """The YAML example that has these words."""
    examples: list[str] = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    (found,) = [text for text in examples if words in text]
    return found


def check_example(folder: Path, year: str, text: str) -> Checked:
    start_workspace(folder, Year.parse(year))
    (folder / f"data/{year}.yaml").write_text(text, encoding="utf-8")
    return check_year(Workspace(folder), Year.parse(year))
