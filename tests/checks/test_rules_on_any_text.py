"""Whatever is typed into whatever field: no rule fails, places are in the file, the rest prints."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscp_report.document.views import view_report

FIELDS = (
    "Council",
    "Monday 19 July 2021",
    "Merrow Safer Together",
    "To report on the year",
    "That Council note the report",
    "Appendix 1: Map",
    "map.pdf",
    "Introduction",
    "It follows the plan in {para:plan} on {priority:burglary}.",
    "The priorities were:",
    "Reducing burglary;",
    "How we work",
    "Partners share a desk.",
    "Achievements",
    "Burglary fell by {burglary-fall}.",
    "We wrote a plan.",
    "{locks:words} homes were given locks.",
    "Patrols spoke with {spoken} people.",
    "Next year's priorities are:",
    "Tackling fraud.",
    "There are none.",
    "A. Officer",
    "None",
    "Fall in burglary",
    "Merrow Council",
    "burglary-theme",
    "desk",
    "street-drinking",
    "burglary",
    "12.5",
    "percent",
    "107",
    "final",
    "2021-22",
)
OF_LAST_YEAR = (
    "We bought a meter.",
    "Meters were read.",
    "Tackling street drinking.",
    "street-drinking",
    "Homes given locks",
    "Merrow Council",
    "100",
    "2020-21",
)
PIECES = (
    "{",
    "}",
    "{{",
    "{}",
    "{spoken}",
    "{spoken:words}",
    "{para:desk}",
    "{para:x}",
    "{x:y}",
    "{priority:fraud}",
    "the the",
    "The  the",
    "TBC",
    "[insert",
    "???",
    "MARAC",
    "(MARAC)",
    "MARAC (Multi",
    "OCG’s",
    "7,292",
    "{spoken.previous}",
    "{locks.change}",
    "{spoken.trend}",
    "{locks.chnage}",
    "{locks.change:words}",
    "Homes given locks rose",
    "rose to {locks}",
    "fell by 12 per cent",
    ", a rise of about a third",
    "more than last year",
    "twice as many as in 2019-20",
    "up from 8,000",
    "did not fall",
    "the same as last year",
    "43190123456",
    "CR/012345/19",
    "07700 900123",
    "QQ 12 34 56 C",
    "OX1 1AA",
    "a@gmail.com",
    "Meters were read.",
    "12.5 per cent",
    "£107",
    "107",
    "](",
    "![",
    "<b",
    "<a:b>",
    ">",
    "# x",
    "[x]: y",
    "\n\n[x]: y\n",
    "[x][x]",
    "[x]",
    "<ftp://x>",
    "`",
    "\\",
    "'",
    '"',
    "\n",
    "\n\n",
    "- ",
    "1. ",
    "Cllr. A. B.",
    "e.g. ",
    "word " * 41,
    "31 June 2019",
    "Tuesday 19 July 2021",
    "/",
    "..",
    "C:\\x",
    "~",
    "\t",
    "\u00a0",
    "\u2028",
    "\x85",
    "👍🏽",
    "ﬁ",
    "İ",
    "ß",
    "ǅ",
    "٣",
)
texts = st.text(max_size=40) | st.lists(
    st.sampled_from(PIECES) | st.text(max_size=5), max_size=12
).map(" ".join)


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def singly_quoted(text: str) -> str:
    return "'" + text.replace("'", "''").replace("\n", "\n\n          ") + "'"


def block(text: str) -> str:
    return "|-\n" + "\n".join(f"          {line}" for line in f"x{text}".split("\n"))


@given(
    text=texts,
    field=st.sampled_from(FIELDS),
    written=st.sampled_from((quoted, singly_quoted, block)),
)
def test_any_text_in_any_field(
    base: str,
    last: str,
    check_whole: Callable[..., Any],
    text: str,
    field: str,
    written: Callable[[str], str],
) -> None:
    changed = filled(base, field, text, written)
    checked = check_whole(changed.replace("status: final", "status: draft"), last_text=last)
    assert checked.subject.previous
    assert_sound(checked)


@given(
    text=texts,
    field=st.sampled_from(OF_LAST_YEAR),
    written=st.sampled_from((quoted, singly_quoted, block)),
)
def test_any_text_in_any_field_of_the_year_before(
    base: str,
    last: str,
    check_whole: Callable[..., Any],
    text: str,
    field: str,
    written: Callable[[str], str],
) -> None:
    assert_sound(check_whole(base, last_text=filled(last, field, text, written)))


def filled(base: str, field: str, text: str, written: Callable[[str], str]) -> str:
    """A file with a text in place of what a field says."""
    text = text.replace("⟦", "").replace("⟧", "")
    if written is not quoted:
        text = text.replace("\0", "")  # a file with one is not text at all
    start = base.find(f": {quoted(field)}\n")
    old = quoted(field) if start >= 0 else field
    start = base.index(f": {old}\n") + 2 if start >= 0 or f": {old}\n" in base else base.index(old)
    return base[:start] + written(text) + base[start + len(old) :]


def assert_sound(checked: Any) -> None:
    for found in (*checked.found, *checked.faults):
        lines = checked.lines[found.location.file]
        place = found.location
        assert 1 <= place.line <= len(lines)
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1
        assert place.length >= 0
        assert found.message
        assert not found.message.endswith("\n")
    if not any(found.severity == "error" for found in (*checked.found, *checked.faults)):
        subject = checked.subject
        view = repr(view_report(subject.report, subject.partnership, subject.history))
        assert "<a>" not in view, "a link has lost its address without a word"


HOSTILE = {
    "points": "a " * 41 + "." * 80_000,
    "points and spaces": ". " * 10_000,
    "dashes": "-" * 20_000,
    "spaces": "a" + " " * 20_000 + "b",
    "lines": "a\n" * 5_000,
    "blank lines": "a" + "\n" * 20_000 + "b",
    "open brackets": "[" * 20_000,
    "link beginnings": "](" * 10_000,
    "pictures": "![" * 10_000,
    "tags": "<a " * 8_000,
    "autolinks": "<a:" * 8_000,
    "backticks": "`" * 20_001,
    "backslashes": "\\" * 20_000,
    "digits": "1" * 20_000,
    "thousands": "1,111" * 4_000,
    "capitals": "AB " * 7_000,
    "one long word": "A" * 20_000,
    "brackets before capitals": "(AB " * 5_000,
    "closed braces": "{{}" * 7_000,
    "question marks": "?" * 20_000,
    "long word twice": f"{'a' * 10_000} {'a' * 9_999}",
    "rises": ("{spoken} " + "rose " * 140 + ". ") * 28,
    "rises of a figure": "{spoken} rose to {spoken}, " * 800,
    "comparisons": ("{spoken} " + "more than last year " * 35 + ". ") * 28,
    "more of many": ("{spoken} " + "more " * 140 + ". ") * 28,
    "as many": ("{spoken} " + "the same number of " * 36 + ". ") * 28,
    "articles": "{spoken} " + "a sharp 12 per cent " * 1_000 + "rise",
    "bases": ("{spoken} " + "up from 9,000 " * 50 + ". ") * 28,
    "addresses": "a@" * 10_000,
    "telephones": "01632 " * 3_000,
    "occurrences": "4319012345 " * 2_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_takes_long(
    base: str, last: str, check_whole: Callable[..., Any], text: str
) -> None:
    """The limit is generous, so that a slow machine passes and a quadratic rule does not."""
    start = base.index("Partners share a desk.")
    changed = base[:start] + json.dumps(text) + base[start + len("Partners share a desk.") :]
    began = time.process_time()
    check_whole(changed, last_text=last)
    assert time.process_time() - began < 3
