"""What is left to do: each piece once, with its place and who owes it; and that nothing is left."""

from __future__ import annotations

import json

import pytest

from oscp_report.authoring.worklist import (
    ERRORS,
    GROUP_OF,
    GROUPS,
    MISSING,
    OWN,
    PLACEHOLDERS,
    STANDING,
    UNANSWERED,
    UNSETTLED,
    WARNINGS,
    Task,
    as_json,
    as_text,
    work_left,
)
from oscp_report.checks import RULES, Subject, findings, settle
from oscp_report.diagnostics import Diagnostic, Location
from oscp_report.reading.loading import load_partnership, load_report
from oscp_report.year import Year

FILE = "data/2019-20.yaml"
YEAR = Year(2019)
PARTNERSHIP = b"name: Merrow Safer Together\nshort_name: MST\ncouncil: Merrow Council\n"
SOUND = """\
year: 2019-20
status: draft
cover:
  - Date: 20 July 2020
summary:
  - Recommendation: That Council note the report
priorities:
  lead: "The priorities were:"
  items:
    - id: theft
      title: Less theft
achievements:
  heading: Achievements
  themes:
    - priority: theft
      text: Thefts fell to {thefts}.
contacts:
  - Report author: A. Officer
figures:
  thefts:
    label: Thefts
    value: 7
    source: Merrow Police
"""


def tasks_of(text: str, also: tuple[Diagnostic, ...] = ()) -> tuple[Task, ...]:
    loaded = load_report(text.encode(), FILE, YEAR)
    partnership = load_partnership(PARTNERSHIP, "data/partnership.yaml").value
    assert loaded.value is not None
    assert partnership is not None
    subject = Subject(loaded.value, partnership, {"a"}.__contains__)
    found = settle(loaded.value, [*findings(subject), *loaded.diagnostics, *also])
    return work_left(loaded.value, found, {FILE: loaded.lines})


def told(tasks: tuple[Task, ...]) -> list[tuple[str, str, str, int]]:
    return [(task.group, task.what, task.who, task.location.line) for task in tasks]


def test_nothing_is_left() -> None:
    assert tasks_of(SOUND) == ()
    assert as_text(YEAR, (), draft=False) == "2019-20: nothing is left to do"
    final = "2019-20: nothing is left to do; write `status: final` when Council may have it"
    assert as_text(YEAR, (), draft=True) == final


CASES = {
    "a figure, owed by its source": (
        ("    value: 7\n", "    value:\n"),
        [(MISSING, "thefts: Thefts", "Merrow Police", 20)],
    ),
    "a figure, owed by its owner": (
        ("    value: 7\n", "    value:\n    owner: B. Analyst\n"),
        [(MISSING, "thefts: Thefts", "B. Analyst", 20)],
    ),
    "a figure with a reason for having no value": (
        ("fell to {thefts}.", "fell.\n      achievements: [We met.]"),
        [(WARNINGS, "FIG101: figure `thefts` is not used in the text", "", 21)],
    ),
    "a provisional figure": (
        ("    value: 7\n", "    value: 7\n    provisional: yes\n"),
        [(UNSETTLED, "thefts: Thefts (provisional)", "Merrow Police", 20)],
    ),
    "a figure that is not confirmed, as another is": (
        (
            "figures:\n",
            "figures:\n  other:\n    label: O\n    value: 1\n    source: S\n"
            "    confirmed: {by: C. D., on: 1 May 2020}\n",
        ),
        [
            (UNSETTLED, "thefts: Thefts (not confirmed)", "Merrow Police", 25),
            (WARNINGS, "FIG101: figure `other` is not used in the text", "", 20),
        ],
    ),
    "a priority without a theme": (
        ("    - id: theft\n", "    - id: fraud\n      title: Less fraud\n    - id: theft\n"),
        [(UNANSWERED, "fraud: Less fraud", "", 10)],
    ),
    "a theme that says nothing yet, told once": (
        ("text: Thefts fell", "text: TODO Thefts fell"),
        [(UNANSWERED, "theft: Less theft", "", 16)],
    ),
    "a placeholder": (
        ("Date: 20 July 2020", "Date: TBC"),
        [(PLACEHOLDERS, "Date: TBC", "", 4)],
    ),
    "two placeholders on a line, told once": (
        ("Date: 20 July 2020", "Date: TODO or ???"),
        [(PLACEHOLDERS, "Date: TODO or ???", "", 4)],
    ),
    "two placeholders on two lines": (
        ("Date: 20 July 2020", "Date: >-\n      TODO\n      or ???"),
        [(PLACEHOLDERS, "Date: TODO", "", 5), (PLACEHOLDERS, "or ???", "", 6)],
    ),
    "a placeholder in a text with lines of its own": (
        ("Date: 20 July 2020", "Date: >-  # when?\n      TBC\n      in July"),
        [(PLACEHOLDERS, "Date: TBC", "", 5)],
    ),
    "another error": (
        ("text: Thefts fell", "text: See {para:nothing}. Thefts fell"),
        [(ERRORS, "REF102: there is no numbered paragraph `nothing`", "", 16)],
    ),
}


@pytest.mark.parametrize(("edit", "expected"), CASES.values(), ids=CASES)
def test_each_piece_is_listed_once(
    edit: tuple[str, str], expected: list[tuple[str, str, str, int]]
) -> None:
    assert SOUND.count(edit[0]) == 1
    assert told(tasks_of(SOUND.replace(*edit))) == expected


def test_what_was_accepted_is_not_left_to_do() -> None:
    accepted = """\
accepted:
  - rule: FIG104
    about: thefts
    because: It is counted in August.
  - rule: PRI101
    about: fraud
    because: There was none.
"""
    edited = SOUND.replace("    value: 7\n", "    value:\n")
    edited = edited.replace("- id: theft\n", "- id: fraud\n      title: F\n    - id: theft\n")
    assert len(tasks_of(edited)) == 2
    assert tasks_of(edited + accepted) == ()


def test_what_stands_from_last_year_has_a_group_and_the_rest_is_counted() -> None:
    def warning(code: str, line: int) -> Diagnostic:
        return Diagnostic(Location(FILE, line, 1), code, f"line {line}", severity="warning")

    also = (warning("YRS106", 9), warning("ZZZ101", 5), warning("ZZZ101", 7), warning("ZZZ101", 6))
    tasks = tasks_of(SOUND, also)
    assert told(tasks) == [
        (STANDING, "line 9", "", 9),
        (WARNINGS, "ZZZ101: line 5 (and 2 more)", "", 5),
    ]
    assert [task.count for task in tasks] == [1, 3]
    assert as_text(YEAR, tasks, draft=True).splitlines() == [
        "Left standing from last year (1)",
        "  line 9                       data/2019-20.yaml:9",
        "",
        "Other warnings (3)",
        "  ZZZ101: line 5 (and 2 more)  data/2019-20.yaml:5",
        "",
        "2019-20: 4 things are left to do",
    ]


def test_the_table_has_its_columns_below_each_other() -> None:
    edited = SOUND.replace("    value: 7\n", "    value:\n").replace("20 July 2020", "TBC")
    assert as_text(YEAR, tasks_of(edited), draft=True).splitlines() == [
        "Figures without a value (1)",
        "  thefts: Thefts  Merrow Police  data/2019-20.yaml:20",
        "",
        "Placeholders (1)",
        "  Date: TBC                      data/2019-20.yaml:4",
        "",
        "2019-20: 2 things are left to do",
    ]


def test_json_has_every_text_in_full() -> None:
    long = "Thefts " * 30
    edited = SOUND.replace("value: 7", "value:").replace("label: Thefts", f"label: {long}")
    whole = json.loads(as_json(YEAR, tasks_of(edited)))
    assert (whole["year"], whole["left"]) == ("2019-20", 1)
    (task,) = whole["tasks"]
    assert task == {
        "group": MISSING,
        "what": f"thefts: {long.strip()}",
        "who": "Merrow Police",
        "file": FILE,
        "line": 20,
        "code": "FIG104",
        "count": 1,
    }


def test_a_file_that_cannot_be_understood_leaves_its_errors() -> None:
    error = Diagnostic(Location(FILE, 3, 1), "YAM001", "line 3 cannot be read")
    (task,) = work_left(None, [error], {})
    assert (task.group, task.what) == (ERRORS, "YAM001: line 3 cannot be read")
    assert as_text(YEAR, (task,), draft=False).endswith("2019-20: one thing is left to do")


def test_the_table_of_codes_names_rules_and_groups_that_there_are() -> None:
    assert set(GROUP_OF) <= set(RULES)
    assert {*GROUP_OF.values(), ERRORS, WARNINGS} == set(GROUPS)
    assert set(GROUP_OF) > OWN
