"""Figures from a spreadsheet: what would change, what is left out, and nothing else touched."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
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
  both: {label: Rank, of: 9999, value: , no_value: not-available, unit: rank}
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


RANKED = """\
figures:
  rank:
    label: Place
    value: 5
    of: 14
    unit: rank
    earlier: {2018-19: {value: 20, of: 14}}
  visits: {label: Visits, value: 7}
  share: {label: Share, value: 12.5, unit: percent}
  unplaced: {label: Unplaced, unit: rank}
  odd: {label: Odd, value: 1, of: 9}
"""


@pytest.mark.parametrize(
    ("given_", "message", "fix"),
    [
        (row("rank", value="20"), "figure `rank` is 20 of only 14", "correct `value:` or `of:`"),
        (row("rank", value="0"), "figure `rank` is a rank, and 0 cannot be one", "the number"),
        (row("visits", value="-3"), "figure `visits` is a count, and −3 cannot be", "`unit:`"),
        (row("visits", value="12.5", note="n"), "is a count, and 12.5 cannot be one", "`unit:`"),
        (row("unplaced", value="3"), "does not say of how many", "add `of:`"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_is_a_row_left_out(given_: Row, message: str, fix: str) -> None:
    good = row("share", value="-2.5")
    filling, text = filled(given_, good, text=RANKED)
    (problem,) = filling.problems
    assert message in problem.message
    assert fix in problem.fix
    assert problem.row is given_
    assert [(c.figure, c.new) for c in filling.changes] == [("share", "-2.5")]
    assert text == RANKED.replace("12.5", "-2.5")
    alone, text = filled(given_, text=RANKED)
    assert (len(alone.problems), alone.changes, text) == (1, (), RANKED)


def test_a_value_that_stands_already_and_cannot_be_is_a_row_left_out() -> None:
    text = "figures:\n  a: {label: A, value: -3}\n"
    filling, after = filled(row("a", value="-3"), text=text)
    assert ["−3 cannot be one" in problem.message for problem in filling.problems] == [True]
    assert after == text


def test_a_fault_that_the_row_did_not_bring_is_left_to_the_check() -> None:
    rows = row("rank", value="14"), row("odd", value="2"), row("visits", value="7")
    assert filled(*rows, text=RANKED)[0].problems == ()


CONFIRMED = """\
figures:
  block:
    label: Hate crimes
    value: 238
    confirmed:
      by: Superintendent I. P.
      on: 21 May 2025
    earlier: {2018-19: 200}
  noted:
    label: Noted
    value: 238
    # above
    confirmed:   # by letter
      by: >-
        A. B.,
        Police  # not a comment

      # below
      on: 21 May 2025  # a Wednesday
  flow:
    label: Flow
    value: 238
    confirmed: {by: "A. {B}, #1", on: 21 May 2025}   # by letter
    note: n
  lines:
    label: Lines
    value: 238
    confirmed: {
      by: A. B., on:
        21 May 2025,
    }
  braces: {label: B, value: , confirmed: {by: A, on: 21 May 2025}, earlier: {2018-19: 2}}
  first: {confirmed: {by: A, on: 21 May 2025}, label: First, no_value: confidential}
  last: {label: Last, no_value: confidential, confirmed: {by: A, on: 21 May 2025}}
next: thing
"""
BLOCK = "    confirmed:\n      by: Superintendent I. P.\n      on: 21 May 2025\n"


@pytest.mark.parametrize(
    ("given_", "old", "new"),
    [
        pytest.param(row("block", value="260"), f"238\n{BLOCK}", "260\n", id="below each other"),
        pytest.param(
            row("block", value="[x]"),
            f"value: 238\n{BLOCK}",
            "no_value: not-available\n",
            id="no value any more",
        ),
        pytest.param(row("block", value="238.0"), "", "", id="the same value"),
        pytest.param(
            row("block", value="238", note="n"), BLOCK, f"    note: n\n{BLOCK}", id="a note alone"
        ),
        pytest.param(
            row("noted", value="1"),
            "value: 238\n    # above\n    confirmed:   # by letter\n      by: >-\n        A. B.,\n"
            "        Police  # not a comment\n\n      # below\n      on: 21 May 2025  # a W",
            "value: 1\n    # above\n    # by letter\n\n      # below\n      # a W",
            id="with comments",
        ),
        pytest.param(
            row("flow", value="1", note="m"),
            'value: 238\n    confirmed: {by: "A. {B}, #1", on: 21 May 2025}   # by letter\n'
            "    note: n",
            "value: 1\n    # by letter\n    note: m",
            id="in braces",
        ),
        pytest.param(
            row("lines", value="1"),
            "238\n    confirmed: {\n      by: A. B., on:\n        21 May 2025,\n    }\n",
            "1\n",
            id="in braces, over lines",
        ),
        pytest.param(
            row("braces", value="1"),
            "value: , confirmed: {by: A, on: 21 May 2025}, ",
            "value: 1, ",
            id="a figure in braces",
        ),
        pytest.param(
            row("first", value="1"),
            "confirmed: {by: A, on: 21 May 2025}, label: First, no_value: confidential",
            "label: First, value: 1",
            id="first in its braces",
        ),
        pytest.param(
            row("last", value="1"),
            "no_value: confidential, confirmed: {by: A, on: 21 May 2025}}",
            "value: 1}",
            id="last in its braces",
        ),
    ],
)  # fmt: skip
def test_what_was_confirmed_of_another_value_goes(given_: Row, old: str, new: str) -> None:
    filling, text = filled(given_, text=CONFIRMED)
    assert filling.problems == ()
    assert CONFIRMED.count(old) == 1 or not old
    assert text == (CONFIRMED.replace(old, new) if old else CONFIRMED)
    gone = [c.old for c in filling.changes if c.field == "confirmed" and not c.new]
    lost = text.count("confirmed") < CONFIRMED.count("confirmed")
    assert len(gone) == lost == ("confirmed" in old and "confirmed" not in new)
    if lost:
        assert "21 May 2025" in gone[0]


def test_a_confirmation_that_goes_is_told() -> None:
    filling, _ = filled(row("block", value="260"), text=CONFIRMED)
    assert [(c.field, c.old, c.new) for c in filling.changes] == [
        ("value", "238", "260"),
        ("confirmed", "Superintendent I. P., 21 May 2025", ""),
    ]


@pytest.mark.parametrize(
    "confirmed",
    [
        pytest.param("{by: A,  # by letter\n      on: 21 May 2025}", id="a comment in braces"),
        pytest.param("{by: A, on: 21 May 2025  # a day\n    }", id="a comment at their end"),
        pytest.param("# by letter\n      {by: A, on: 21 May 2025}", id="a comment above them"),
        pytest.param("[A, 21 May 2025]", id="a list"),
        pytest.param("{by: {name: A}, on: 21 May 2025}", id="too deep"),
    ],
)
def test_a_confirmation_that_cannot_be_taken_out_whole_is_left(confirmed: str) -> None:
    text = f"figures:\n  a:\n    label: A\n    value: 7\n    confirmed: {confirmed}\n"
    filling, after = filled(row("a", value="8"), text=text)
    assert after == text
    assert "`confirmed` of `a` cannot be changed" in filling.problems[0].message
    assert filled(row("a", value="7"), text=text)[0].problems == ()


BY = (
    "by: >-  # by letter\n        A",
    "by: A",
    'by: "A, #1"',
    "by: >-\n        A\n        B",
    "by:   A  # by letter",
    "by:\n        A",
)
ON = (
    "on: 1 May 2025",
    "on: 1 May\n        2025",
    "# when\n      on: 1 May 2025",
    "on: 1 May 2025  # x",
)
BELOW = [
    f"confirmed:{note}\n      {by}\n      {on}" for note in ("", " # c") for by in BY for on in ON
]
INLINE = [
    f"confirmed:{space}{{{by}, {on}{end}}}"
    for space in (" ", "\n      ", "  # c\n      ")
    for by in ("by: A", "by: 'A}'")
    for on in ("on: 1 May 2025", "# when\n      on: 1 May 2025")
    for end in ("", ",", "  # x\n    ", " \n    ")
]


@pytest.mark.parametrize(
    ("fields", "left"),
    [
        ("{label: A, value: 7,  # y\n    C}", ""),
        ("{C,  # y\n    label: A, value: 7}", ""),
        ("{label: A, value: 7, no_value:\n    , C}", "{label: A, value: 8, no_value: }"),
        ("{value: 7, C }", "{value: 8 }"),
        (
            "{label: A, value: , no_value: , C, unit: count}",
            "{label: A, value: 8 , no_value: , unit: count}",
        ),
        ("\n    C\n    unit: count", ""),
    ],
)
def test_a_confirmation_among_others(fields: str, left: str) -> None:
    confirmed = "confirmed: {by: A, on: 1 May 2025}"
    text = f"figures:\n  a: {fields.replace('C', confirmed)}\n"
    filling, after = filled(row("a", value="8"), text=text)
    assert after == (f"figures:\n  a: {left}\n" if left else text)
    assert [problem.fix for problem in filling.problems] == ([] if left else ["change it by hand"])


@given(
    st.permutations(["label: A", "value: 7", "unit: count", "confirmed", "no_value: "]),
    st.sampled_from(INLINE) | st.sampled_from(BELOW),
    st.booleans(),
    st.sampled_from([", ", ",  # y\n    ", "\n    , "]),
)
@settings(max_examples=150, deadline=None)
def test_no_comment_is_lost_with_a_confirmation(
    fields: list[str], confirmed: str, in_braces: bool, between: str
) -> None:
    assume(not in_braces or confirmed in INLINE)
    fields = [confirmed if each == "confirmed" else each for each in fields]
    body = f"{{{between.join(fields)}}}" if in_braces else "\n    ".join(["", *fields])
    text = f"figures:\n  a:{' ' if in_braces else ''}{body}\nnext: thing\n"
    assume(not parse(text.encode(), FILE).diagnostics)
    filling, after = filled(row("a", value="8", note="n"), text=text)
    assert re.findall("# .*", after) == re.findall("# .*", text)
    if filling.problems:
        assert "without losing" in filling.problems[0].message
        assert after == text
    else:
        assert ("value: 8" in after, "confirmed" in after) == (True, False)


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
    assert all("cannot be one" in problem.message for problem in filling.problems)
    again, same = filled(*rows, text=text)
    assert again.changes == ()
    assert again.problems == filling.problems
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
