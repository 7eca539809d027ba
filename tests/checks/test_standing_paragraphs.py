"""Paragraphs of last year: which are looked at, how alike they may be, how long it takes."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from oscp_report.checks import RULES
from oscp_report.diagnostics import Location
from oscp_report.model import Paragraph, Section, Text

HERE = Location("data/2020-21.yaml", 1, 1)
NEWS = "Officers went to every school in Merrow and told pupils how to keep a bicycle safe at night"
METER = "          text: Meters were read."
THEME = "      text: We bought a meter."
PLACES = {
    "an achievement": ("          text: We wrote a plan.\n", True),
    "an item": ('              text: "{locks:words} homes were given locks."\n', True),
    "a theme without achievements": ("      text: Patrols spoke with {spoken} people.\n", True),
    "a theme that names its priority": ("      text: Burglary fell by {burglary-fall}.\n", False),
    "the introduction": ("        The CSB meets every month.\n", False),
    "a section before": ("      - text: Partners share a desk.\n", False),
    "a section after": ("      - There are none.\n", True),
}


@pytest.mark.parametrize(("typed", "is_news"), PLACES.values(), ids=PLACES)
def test_where_a_paragraph_is_looked_at(
    typed: str, is_news: bool, check: Callable[..., Any]
) -> None:
    indent = typed[: len(typed) - len(typed.lstrip())]
    key = next(
        (start for start in ("- text: ", "text: ", "- ") if typed.strip().startswith(start)), ""
    )
    checked = check({typed: f"{indent}{key}{NEWS}.\n"}, before={METER: f"{METER[:16]}{NEWS}."})
    assert checked.faults == ()
    assert len(checked.of("YRS106")) == is_news


@pytest.mark.parametrize(
    ("now", "then", "is_alike"),
    [
        (NEWS, NEWS, True),
        (NEWS.upper(), NEWS, True),
        (f"{NEWS}, and gave lights away", NEWS, True),
        (f"{NEWS}, and gave lights away in every park", NEWS, False),
        (f"In 2020-21 {NEWS}", f"In 2019-20 {NEWS}", True),
        ("Officers went to every school in Merrow and told of bicycles", NEWS, False),
        (" ".join(NEWS.split()[:11]), " ".join(NEWS.split()[:11]), False),
        (" ".join(NEWS.split()[:12]), " ".join(NEWS.split()[:12]), True),
        (f"{NEWS} to {{spoken}} people", f"{NEWS} to {{spoken}} people", False),
        (f"{NEWS}. We spoke with {{spoken}}", f"{NEWS}. We met {{locks}} of them there", True),
    ],
)
def test_how_alike_a_paragraph_may_be(
    now: str, then: str, is_alike: bool, check: Callable[..., Any]
) -> None:
    checked = check(
        {"          text: We wrote a plan.\n": f"          text: {now}.\n"},
        before={METER: f"{METER[:16]}{then}."},
    )
    assert len(checked.of("YRS106")) == is_alike


def test_a_theme_of_last_year_counts_where_it_has_no_achievements(
    check: Callable[..., Any],
) -> None:
    same = {"          text: We wrote a plan.\n": f"          text: {NEWS}.\n"}
    below = "      achievements:\n        - id: meter\n          text: Meters were read.\n"
    named = {THEME: f"      text: {NEWS}."}
    assert check(same, before=named).of("YRS106") == []
    (found,) = check(same, before={f"{THEME}\n{below}": f"      text: {NEWS}.\n"}).of("YRS106")
    assert found.message == "this paragraph is the same as in data/2019-20.yaml, line 17"


def test_many_paragraphs_take_no_time(check: Callable[..., Any]) -> None:
    """300 of each year, 50 words each of 2,000: the aim is well under a tenth of a second."""
    chance = random.Random(1)

    def section() -> Section:
        words = (" ".join(f"w{chance.randrange(2_000)}" for _ in range(50)) for _ in range(300))
        texts = (Text(each, HERE) for each in words)
        paragraphs = tuple(Paragraph(text=text, location=HERE) for text in texts)
        return Section(heading=Text("", HERE), paragraphs=paragraphs, location=HERE)

    subject = check(before={}).subject
    before = replace(subject.previous, sections_after=(section(),))
    after = section()
    after = replace(after, paragraphs=(*after.paragraphs, before.sections_after[0].paragraphs[7]))
    subject = replace(
        subject, report=replace(subject.report, sections_after=(after,)), history=(before,)
    )
    began = time.process_time()
    found = list(RULES["YRS106"].check(subject))
    took = time.process_time() - began
    assert len(found) == 1
    assert took < 0.5, "a machine five times as slow as ours would pass"
