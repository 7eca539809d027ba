"""Figures from a spreadsheet: what would change, what is left out, and nothing else touched."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from oscp_report.authoring.filling import Filling, fill
from oscp_report.authoring.rows import Row, amount
from oscp_report.authoring.spreadsheet import read_rows
from oscp_report.reading.source import parse
from oscp_report.year import Year

FILE = "data/2019-20.yaml"
YEAR = """\
# what stands above
year: 2019-20
figures:
  sharps:
    label: Needles and  syringes   # collected
    value: 7292   # last year's
    source: ODS
  victims:
    label: "Victims: satisfied"
    value:    # TVP owes it
    unit: percent
    note: >-
      of those
      asked
  calls:
    label: Calls   # so far
    unit: count
  hidden:
    label: Offences
    no_value: confidential   # under five
    unit: count
  braces: {label: 'Fires', unit: count}
  empty:
  both: {label: Rank, value: , no_value: not-available, unit: rank}
next: thing
"""


def row(*names: str, value: str = "", **others: str) -> Row:
    number, unit = amount(value)
    return Row(f"a.csv:{names}", names, value, number, unit, **others)


def filled(*rows: Row, text: str = YEAR) -> tuple[Filling, str]:
    filling = fill(text.encode(), FILE, rows)
    assert filling.diagnostics == ()
    return filling, filling.apply().decode()


@pytest.mark.parametrize(
    ("given_", "old", "new"),
    [
        pytest.param(row("sharps", value="6801"), "7292  ", "6801  ", id="by id"),
        pytest.param(row("NEEDLES and syringes", value="6,801"), "7292", "6801", id="by label"),
        pytest.param(row(" Shar ps", value="7,292"), "", "", id="the same number"),
        pytest.param(row("victims", value="12.5%"), "value:   ", "value: 12.5   ", id="left empty"),
        pytest.param(
            row("calls", value="[X]"), "so far\n", "so far\n    no_value: not-available\n", id="[x]"
        ),
        pytest.param(
            row("calls", value="3"), "so far\n", "so far\n    value: 3\n", id="without a value"
        ),
        pytest.param(
            row("hidden", value="12"), "no_value: confidential", "value: 12", id="it came after all"
        ),
        pytest.param(
            row("sharps", value="[z]"), "value: 7292", "no_value: not-applicable", id="[z]"
        ),
        pytest.param(row("hidden", value="[c]"), "", "", id="the same reason"),
        pytest.param(row("hidden", value="[x]"), "confidential", "not-available", id="another"),
        pytest.param(row("braces", value="4"), "'Fires',", "'Fires', value: 4,", id="in braces"),
        pytest.param(
            row("both", value="4"),
            "value: , no_value: not-available",
            "value: 4",
            id="in braces, with a reason",
        ),
        pytest.param(
            row("sharps", value="7292", source="Oxford: DS"), "ODS", '"Oxford: DS"', id="source"
        ),
        pytest.param(
            row("victims", value="[x]", note="of all"),
            "value:    # TVP owes it\n    unit: percent\n"
            "    note: >-\n      of those\n      asked\n",
            "no_value: not-available    # TVP owes it\n    unit: percent\n    note: of all\n",
            id="a folded note, and no value",
        ),
        pytest.param(
            row("calls", value="3", as_at="3 May 2020", source="S", note="n"),
            "so far\n    unit: count\n",
            "so far\n    value: 3\n    unit: count\n"
            "    source: S\n    as_at: 3 May 2020\n    note: n\n",
            id="everything",
        ),
    ],
)  # fmt: skip
def test_a_row_changes_its_figure_and_nothing_else(given_: Row, old: str, new: str) -> None:
    filling, text = filled(given_)
    assert filling.problems == ()
    assert YEAR.count(old) == 1 or not old or old == "7292"
    assert text == (YEAR.replace(old, new, 1) if old else YEAR)
    assert bool(filling.changes) == bool(old)
    assert parse(text.encode(), FILE).diagnostics == ()


@pytest.mark.parametrize(
    ("given_", "message", "fix"),
    [
        (row(value="5"), "the row names no figure", "its label or its id"),
        (row("sharp", value="5"), "no figure is called `sharp`", "did you mean `sharps`?"),
        (row("Needle and syringe", value="5"), "no figure", "`Needles and syringes`?"),
        (row("fires and floods", value="5"), "no figure", "add it to the file's `figures`"),
        (row("sharps", "Calls", value="5"), "may be `calls` and `sharps`", "id of the one"),
        (row("sharps"), "`sharps` has no value, and is left as it is", "`[x]`"),
        (row("sharps", value="many"), "`many` is not a number", "digits only"),
        (row("sharps", value="12%"), "`12%` is a percentage, and the unit of `sharps`", "unit"),
        (row("victims", value="£12"), "`£12` is an amount in pounds", "unit"),
        (row("sharps", value=".."), "`..` stands where the value of `sharps`", "`[x]`"),
        (row("sharps", value="-"), "`-` stands where", "`[x]`"),
        (row("sharps", value="N/A"), "`N/A` stands where", "`[x]`"),
        (row("sharps", value="[low]"), "`[low]` stands where", "`[x]`"),
        (row("sharps", value="7292 [p]"), "`[p]` stands beside", "`provisional: yes`"),
        (row("sharps", value="7292 [q]"), "`[q]` stands beside", "number alone"),
        (row("sharps", value="#N/A"), "`#N/A` is not a number", "digits"),
        (row("sharps", value="0.1234567"), "more digits", "round it"),
        (row("sharps", value="5", as_at="soon"), "`soon` is not a date", "30 April 2019"),
        (row("empty", value="5"), "`empty` has no fields in the file yet", "`label`"),
    ],
)  # fmt: skip
def test_a_row_that_is_no_use_is_left_out_and_said(given_: Row, message: str, fix: str) -> None:
    filling, text = filled(given_)
    assert text == YEAR
    assert filling.changes == ()
    (problem,) = filling.problems
    assert message in problem.message
    assert fix in problem.fix
    assert problem.row is given_


def test_two_rows_for_one_figure_are_both_left_out() -> None:
    rows = row("sharps", value="1"), row("Needles and syringes", value="1"), row("calls", value="2")
    filling, text = filled(*rows)
    assert [problem.row for problem in filling.problems] == list(rows[:2])
    assert "`sharps` has 2 rows" in filling.problems[0].message
    assert rows[1].place in filling.problems[0].fix
    assert [(c.figure, c.label, c.old, c.new) for c in filling.changes] == [
        ("calls", "Calls", "", "2")
    ]
    assert text.count("value: 2\n") == 1


def test_what_changes_is_told_field_by_field() -> None:
    filling, text = filled(row("sharps", value="[c]"), row("hidden", value="5", note="new"))
    assert [(c.figure, c.field, c.old, c.new) for c in filling.changes] == [
        ("sharps", "no_value", "", "confidential"),
        ("sharps", "value", "7292", ""),
        ("hidden", "value", "", "5"),
        ("hidden", "no_value", "confidential", ""),
        ("hidden", "note", "", "new"),
    ]
    assert "    value: 5   # under five\n    unit: count\n    note: new\n" in text
    assert "    no_value: confidential   # last year's\n" in text


def test_a_reason_that_is_gone_leaves_its_comment() -> None:
    before = (
        "figures:\n  a:\n    label: A\n    value:\n    no_value: not-available{}\n    unit: count\n"
    )
    _, text = filled(row("a", value="1"), text=before.format("  # asked in May"))
    after = "figures:\n  a:\n    label: A\n    value: 1\n{}    unit: count\n"
    assert text == after.format("    # asked in May\n")
    _, text = filled(row("a", value="1"), text=before.format(""))
    assert text == after.format("")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("value:\n    no_value: confidential\n", "value: 1\n    source: S\n"),
        ("no_value: confidential\n", "value: 1\n    source: S\n"),
        ("", "value: 1\n    source: S\n"),
    ],
)
def test_what_is_added_stands_below_the_value(before: str, after: str) -> None:
    start = "figures:\n  a:\n    label: A\n    "
    _, text = filled(row("a", value="1", source="S"), text=f"{start}{before}".rstrip(" "))
    assert text == f"{start}{after}"


def test_what_would_lose_something_is_left_to_the_officer() -> None:
    text = "figures:\n  a:\n    label: A\n    value: >-  # a comment\n      12\n"
    filling, after = filled(row("a", value="1"), text=text)
    assert after == text
    assert "cannot be changed without losing" in filling.problems[0].message
    text = "figures:\n  a:\n    label: A\n    value: [1, 2]\n"
    assert filled(row("a", value="1"), text=text)[0].problems


def test_line_ends_and_the_mark_at_the_start_stay() -> None:
    text = "\ufeff" + YEAR.replace("\n", "\r\n")
    _, after = filled(row("calls", value="3"), row("sharps", value="4"), text=text)
    _, plain = filled(row("calls", value="3"), row("sharps", value="4"))
    assert after == "\ufeff" + plain.replace("\n", "\r\n")


def test_a_file_that_cannot_be_read_is_not_filled() -> None:
    data = b"figures:\n  a: 'b\n"
    filling = fill(data, FILE, [row("a", value="1")])
    assert filling.diagnostics == parse(data, FILE).diagnostics != ()
    assert filling.apply() == data


def test_a_file_without_figures_has_none() -> None:
    assert filled(row("a", value="1"), text="year: 2019-20\n")[0].problems


@given(
    st.dictionaries(
        st.sampled_from(["sharps", "victims", "calls", "hidden", "braces", "both"]),
        st.tuples(
            st.sampled_from(["[x]", "[z]", "[c]", "0", "7292", "-1.50", "1,000"]),
            st.sampled_from(["", "S", "a: b", "{x}, y", 'say "so"']),
            st.sampled_from(["", "30 April 2020"]),
        ),
    )
)
@settings(max_examples=100, deadline=None)
def test_filled_twice_nothing_more_changes(values: dict[str, tuple[str, str, str]]) -> None:
    rows = [row(name, value=v, source=s, as_at=d) for name, (v, s, d) in values.items()]
    filling, text = filled(*rows)
    assert filling.problems == ()
    again, same = filled(*rows, text=text)
    assert again.changes == ()
    assert same == text
    comments = re.findall("#.*", text)
    assert comments == re.findall("#.*", YEAR)


def test_a_real_workbook_with_two_wrong_rows_among_good_ones(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for cells in (
        ["Figures for the annual review"],
        ["Indicator", "Value", "As at"],
        ["Needles and syringes", 6801.0, "31 March 2020"],
        ["Victims satisfied", 0.5],
        ["Victims: satisfied", 0.7],
        ["Offences", ".."],
        ["calls", "[x]"],
    ):
        sheet.append(cells)
    sheet["B5"].number_format = "0.0%"
    book.save(tmp_path / "returns.xlsx")
    filling, text = filled(*read_rows(tmp_path / "returns.xlsx").rows)
    assert [(problem.row.place, problem.fix) for problem in filling.problems] == [
        ("returns.xlsx, sheet Sheet, row 4", "did you mean `Victims: satisfied`?"),
        (
            "returns.xlsx, sheet Sheet, row 6",
            "write `[x]` for not available, `[z]` for not applicable, `[c]` for confidential",
        ),
    ]
    assert [(change.figure, change.field, change.new) for change in filling.changes] == [
        ("sharps", "value", "6801"),
        ("sharps", "as_at", "31 March 2020"),
        ("victims", "value", "70"),
        ("calls", "no_value", "not-available"),
    ]
    from oscp_report.reading.loading import load_report

    loaded = load_report(text.encode(), FILE, Year.parse("2019-20")).value
    assert loaded is not None
    assert str(loaded.figures["sharps"].value) == "6801"
    assert str(loaded.figures["victims"].value) == "70"
    assert loaded.figures["calls"].no_value == "not-available"
