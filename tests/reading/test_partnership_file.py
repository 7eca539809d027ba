"""What the partnership's file may hold."""

from __future__ import annotations

import pytest

from oscp_report.model import Partnership
from oscp_report.reading.loading import load_partnership

WHOLE = """\
name: Merrow Safer Together Partnership
short_name: MSTP
council: Merrow Council
report_name: Annual Report
language: cy
partners:
  - Merrow Police
abbreviations:
  MSTP: Merrow Safer Together Partnership
  A&E: accident and emergency
cover:
  - To: Council
labels:
  summary: At a glance
"""


def load(text: str) -> tuple[Partnership, list[tuple[str, str, str, str]], frozenset[str]]:
    loaded = load_partnership(text.encode(), "p.yaml")
    assert loaded.value is not None
    found = [(f"{d.location.line}:{d.location.column}", d.code, d.message, d.fix)
             for d in loaded.diagnostics]  # fmt: skip
    return loaded.value, found, loaded.unreadable


def test_a_whole_file() -> None:
    partnership, found, unreadable = load(WHOLE)
    assert (found, unreadable) == ([], frozenset())
    assert str(partnership.name) == "Merrow Safer Together Partnership"
    assert (str(partnership.short_name), str(partnership.council)) == ("MSTP", "Merrow Council")
    assert (partnership.report_name, partnership.language) == ("Annual Report", "cy")
    assert list(map(str, partnership.partners)) == ["Merrow Police"]
    assert {short: str(text) for short, text in partnership.abbreviations.items()} == {
        "MSTP": "Merrow Safer Together Partnership",
        "A&E": "accident and emergency",
    }
    assert [(str(row.label), str(row.value.text)) for row in partnership.cover] == [
        ("To", "Council")
    ]
    assert {name: str(text) for name, text in partnership.labels.items()} == {
        "summary": "At a glance"
    }
    assert str(partnership.places["council"]) == "p.yaml:3:10"


def test_the_least_that_a_file_holds() -> None:
    partnership, found, _ = load("name: A\nshort_name: B\ncouncil: C\n")
    assert found == []
    assert (partnership.report_name, partnership.language) == ("Annual Review", "en-GB")
    assert (partnership.partners, partnership.cover, partnership.labels) == ((), (), {})


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(
            "council: Merrow Council\n",
            "",
            (
                "1:1", "FLD002", "the file has no `council`",
                "add `council:` (the Council it reports to)",
            ),
            id="no council",
        ),
        pytest.param(
            "language: cy",
            "language: Welsh",
            (
                "5:11", "FLD014", "`Welsh` is not a language tag",
                "write `en-GB` for English, `cy` for Welsh",
            ),
            id="language",
        ),
        pytest.param(
            "report_name: Annual Report",
            f"report_name: {'x' * 101}",
            ("4:14", "FLD013", "this text has 101 characters, more than 100", "shorten it"),
            id="endless name",
        ),
        pytest.param(
            "  summary: At a glance",
            "  sumary: At a glance",
            (
                "14:3", "FLD001", "the group of labels has no field `sumary`",
                "did you mean `summary`?",
            ),
            id="label",
        ),
        pytest.param(
            "  MSTP: Merrow Safer Together Partnership\n  A&E: accident and emergency",
            "  - MSTP",
            (
                "9:3", "FLD003", "abbreviations belong here, not a list",
                "write each on a line of its own as `Label: value`",
            ),
            id="abbreviations",
        ),
    ],
)  # fmt: skip
def test_one_slip_is_one_finding(old: str, new: str, expected: tuple[str, ...]) -> None:
    assert WHOLE.count(old) == 1
    _, found, unreadable = load(WHOLE.replace(old, new))
    assert found == [expected]
    assert len(unreadable) == 1
