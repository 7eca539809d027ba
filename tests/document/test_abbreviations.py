"""Abbreviations explained on the page: at their first use, and in the list below it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from oscp_report.document.abbreviations import Explained, explained

TVP = ("TVP", "Thames Valley Police")
RD = ("R&D", "Research & <Development>")
MARK = '<abbr title="Thames Valley Police">TVP</abbr>'


def page(html: str) -> Explained:
    return explained(Markup(html), (TVP, RD))  # noqa: S704  # the tests' own


@pytest.mark.parametrize(
    ("html", "marked", "listed"),
    [
        ("<p>TVP and TVP.</p>", f"<p>{MARK} and TVP.</p>", [TVP]),
        ("<p>Two TVPs</p>", f"<p>Two {MARK}s</p>", [TVP]),
        ("<p>TVPX, XTVP, tvp</p>", None, []),
        ("<p>None here</p>", None, []),
        ("<p>Thames Valley Police (TVP) met. TVP</p>", None, [TVP]),
        ("<p>Thames <em>Valley</em>\nPolice (TVP)</p>", None, [TVP]),
        ('<a href="#TVP" title="TVP">TVP</a>', None, [TVP]),
        ('<a href="#x">TVP</a> TVP', f'<a href="#x">TVP</a> {MARK}', [TVP]),
        ("<svg><text>TVP</text></svg>", None, [TVP]),
        ('<p title="a > TVP">x</p>', None, []),
        (
            "<p>R&amp;D</p>",
            '<p><abbr title="Research &amp; &lt;Development&gt;">R&amp;D</abbr></p>',
            [RD],
        ),
    ],
)
def test_a_first_use_is_explained(
    html: str, marked: str | None, listed: list[tuple[str, str]]
) -> None:
    found = page(html)
    assert found.html == (html if marked is None else marked)
    assert list(found.abbreviations) == listed


def test_what_is_no_markup_is_escaped() -> None:
    assert explained("<b>TVP</b>", ()).html == "&lt;b&gt;TVP&lt;/b&gt;"


def test_the_longer_of_two_is_the_one_that_is_meant() -> None:
    pair = (("PCC", "Police and Crime Commissioner"), ("OPCC", "Office of the PCC"))
    found = explained(Markup("<p>The OPCC</p>"), pair)
    assert [short for short, _ in found.abbreviations] == ["OPCC"]


PIECES = st.sampled_from(["TVP", "R&amp;D", " ", "<em>", "</em>", "<br>", "x", "(", ")", "&lt;"])


@given(st.lists(PIECES, max_size=12).map("".join))
def test_no_word_is_changed(html: str) -> None:
    told = page(html).html
    assert re.sub("</?abbr[^>]*>", "", told) == html
    assert told.count("<abbr") == told.count("</abbr>") <= 2
