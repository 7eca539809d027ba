"""References in text: found, told apart, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscp_report.references import Foreign, Piece, Reference, StrayBrace, references, split


def figure(target: str, form: str = "", raw: str = "") -> Reference:
    return Reference(raw or f"{{{target}{':' + form if form else ''}}}", "figure", target, form)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("plain", ["plain"]),
        ("{a}", [figure("a")]),
        ("{sharps-2}", [figure("sharps-2")]),
        ("in {a} and {b}.", ["in ", figure("a"), " and ", figure("b"), "."]),
        ("{a:words}", [figure("a", "words")]),
        ("{a:wrods}", [figure("a", "wrods")]),
        ("{ a }", [figure("a", raw="{ a }")]),
        ("{para:x-1}", [Reference("{para:x-1}", "para", "x-1")]),
        ("{priority:x}", [Reference("{priority:x}", "priority", "x")]),
        ("{para}", [figure("para")]),
        ("{{", ["{"]),
        ("{{a}", ["{", "a}"]),
        ("{{a}}", ["{", "a}}"]),
        ("{{{a}", ["{", figure("a")]),
        ("{{{{", ["{", "{"]),
        ("a } b", ["a } b"]),
        ("{", [StrayBrace("{")]),
        ("{}", [StrayBrace("{}")]),
        ("{a", [StrayBrace("{"), "a"]),
        ("{a {b}", [StrayBrace("{"), "a ", figure("b")]),
        ("{a\nb}", [StrayBrace("{"), "a\nb}"]),
        ("{Sharps Collected}", [StrayBrace("{Sharps Collected}")]),
        ("{2}", [StrayBrace("{2}")]),
        ("{a:}", [StrayBrace("{a:}")]),
        ("{a:Words}", [StrayBrace("{a:Words}")]),
        ("{a.previous}", [Reference("{a.previous}", "figure", "a", "", "previous")]),
        (
            "{a.previous:words}",
            [Reference("{a.previous:words}", "figure", "a", "words", "previous")],
        ),
        ("{a.}", [StrayBrace("{a.}")]),
        ("{para:X}", [StrayBrace("{para:X}")]),
        ("{é}", [StrayBrace("{é}")]),
        (
            "a {lang:cy|Diogelwch *b*}.",
            ["a ", Foreign("{lang:cy|Diogelwch *b*}", "cy", "Diogelwch *b*"), "."],
        ),
        ("{lang:cy|two\nlines}", [Foreign("{lang:cy|two\nlines}", "cy", "two\nlines")]),
        ("{lang:cy|a|b}", [Foreign("{lang:cy|a|b}", "cy", "a|b")]),
        ("{lang: cy | a }", [Foreign("{lang: cy | a }", "cy", "a")]),
        ("{{lang:cy|a}", ["{", "lang:cy|a}"]),
        ("{lang:cy| }", [StrayBrace("{lang:cy| }")]),
        ("{lang:cy|a {b}}", [StrayBrace("{"), "lang:cy|a ", figure("b"), "}"]),
        ("{lang:words}", [figure("lang", "words")]),
    ],
)
def test_split(text: str, expected: list[Piece]) -> None:
    assert list(split(text)) == expected


def test_references_alone() -> None:
    assert list(references("{a} {{b} {C} {para:d}")) == [
        figure("a"),
        Reference("{para:d}", "para", "d"),
    ]


@given(st.lists(st.sampled_from(["{lang:", *"{}|ab:-. \n"]), max_size=40).map("".join))
def test_nothing_is_lost(text: str) -> None:
    pieces = list(split(text))
    assert "".join(map(typed, pieces)) == text
    assert "" not in pieces


def typed(piece: Piece) -> str:
    """What was typed for a piece; a brace that is printed was typed twice."""
    if isinstance(piece, str):
        return "{{" if piece == "{" else piece
    return piece.raw
