"""Texts that came, went and changed: which is which, and the words."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscp_report.comparison.passages import Passage
from oscp_report.comparison.texts import (
    Run,
    TextChange,
    TextChanges,
    compare_texts,
    words_changed,
)


def passage(words: str, key: str = "", label: str = "", kind: str = "paragraph") -> Passage:
    assert kind in ("paragraph", "row")
    return Passage("row" if kind == "row" else "paragraph", words, words, key, label)


def told(changes: TextChanges) -> list[str]:
    """Each change on one line, with marks."""
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return [
        f"{change.kind}: {' '.join(marks[run.kind].format(run.text) for run in change.runs)}"
        for change in changes.changes
    ]


def compared(old: list[str], new: list[str]) -> list[str]:
    """``#id words`` is a text with a key."""
    return told(compare_texts(*([_read(text) for text in texts] for texts in (old, new))))


def _read(text: str) -> Passage:
    key, _, words = text.rpartition("|")
    return passage(words, key)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(["a b"], ["a b"], [], id="the same"),
        pytest.param([], [], [], id="nothing"),
        pytest.param(["a b"], [], ["removed: [-a b-]"], id="removed"),
        pytest.param([], ["a b"], ["added: {+a b+}"], id="added"),
        pytest.param(
            ["x|one two three"], ["x|four five six"],
            ["changed: [-one two three-] {+four five six+}"], id="by id, no word alike",
        ),
        pytest.param(
            ["x|We met in May."], ["y|We met in May."], [], id="by words, whatever the id",
        ),
        pytest.param(
            ["We met every month in the town hall."], ["We met every week in the town hall."],
            ["changed: We met every [-month-] {+week+} in the town hall."], id="by likeness",
        ),
        pytest.param(
            ["Homes were given locks by us."], ["Pubs got a visit from officers."],
            ["removed: [-Homes were given locks by us.-]",
             "added: {+Pubs got a visit from officers.+}"], id="not alike",
        ),
        pytest.param(
            ["one a b c d", "two e f g h"], ["new one", "one a b c x", "two e f g h"],
            ["added: {+new one+}", "changed: one a b c [-d-] {+x+}"], id="one put in",
        ),
        pytest.param(
            ["a b c d e f"], ["a b c d e g", "a b c d e f g"],
            ["added: {+a b c d e g+}", "changed: a b c d e f {+g+}"], id="the likest of two",
        ),
        pytest.param(
            ["same words here", "same words here"], ["same words here"],
            ["removed: [-same words here-]"], id="one of two that are the same",
        ),
    ],
)  # fmt: skip
def test_what_became_of_texts(old: list[str], new: list[str], expected: list[str]) -> None:
    assert compared(old, new) == expected


def test_two_rows_that_say_the_same_are_two_rows() -> None:
    old = [passage("No", "decision", "Key decision", "row")]
    new = [passage("No", "exempt", "Exempt", "row")]
    assert [change.kind for change in compare_texts(old, new).changes] == ["removed", "added"]


def test_a_row_with_another_label_is_the_same_row() -> None:
    old = [passage("That Council note the report", "a", "Recommendation", "row")]
    new = [passage("That Council note the report", "b", "Recommendations", "row")]
    (change,) = compare_texts(old, new).changes
    assert (change.kind, change.is_only_figures) == ("changed", False)


def test_only_a_figure_moved() -> None:
    old = Passage("paragraph", "It fell to 7,292.", "It fell to {sharps}.")
    new = Passage("paragraph", "It fell to 6,801.", "It fell to {sharps}.")
    (change,) = compare_texts([old], [new]).changes
    assert change.is_only_figures
    assert not TextChange(None, new, ()).is_only_figures


@pytest.mark.parametrize(
    ("order", "expected"), [("abc", False), ("acb", True), ("bca", True), ("ac", False)]
)
def test_another_order_is_told(order: str, expected: bool) -> None:
    old = [passage(f"{name} stands here now") for name in "abc"]
    new = [passage(f"{name} stands here now") for name in order]
    assert compare_texts(old, new).is_rearranged == expected


def test_another_level_is_told() -> None:
    old, new = passage("one"), Passage("paragraph", "one", "one", level=1)
    found = compare_texts([old], [new])
    assert found.is_rearranged
    assert not found.is_same


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ""),
        ("a b", "a b", "=a b"),
        ("", "a b", "+a b"),
        ("a b", "", "-a b"),
        ("a b c", "a x c", "=a -b +x =c"),
        ("a", "a b", "=a +b"),
        ("b", "a b", "+a =b"),
        ("one of two", "three of four", "-one of two +three of four"),
        ("one homes two", "three homes four", "-one +three =homes -two +four"),
        ("a  b\nc", "a b c", "=a b c"),
    ],
)
def test_the_words_that_changed(old: str, new: str, expected: str) -> None:
    signs = {"same": "=", "removed": "-", "added": "+"}
    assert " ".join(f"{signs[r.kind]}{r.text}" for r in words_changed(old, new)) == expected


WORDS = st.lists(st.sampled_from("a b c homes locks of the".split()), max_size=12).map(" ".join)


@given(WORDS, WORDS)
def test_runs_hold_every_word_and_turn_round(old: str, new: str) -> None:
    there, back = words_changed(old, new), words_changed(new, old)
    assert " ".join(run.text for run in there if run.kind != "added") == old
    assert " ".join(run.text for run in there if run.kind != "removed") == new
    assert all(one.kind != other.kind for one, other in pairwise(there))
    assert _sides(there) == _sides(back)[::-1]


def _sides(runs: tuple[Run, ...]) -> list[list[tuple[str, str]]]:
    """What stayed and what went, and what stayed and what came; without the order of the two."""
    return [
        [("same" if run.kind == "same" else "moved", run.text) for run in runs if run.kind in kinds]
        for kinds in (("same", "removed"), ("same", "added"))
    ]


PASSAGES = st.lists(st.tuples(WORDS, st.sampled_from(["", "", "x", "y", "z"])), max_size=7).map(
    lambda found: [passage(words, key) for words, key in found]
)


@given(PASSAGES, PASSAGES)
def test_two_lists_turned_round_are_the_mirror_image(
    old: list[Passage], new: list[Passage]
) -> None:
    there, back = compare_texts(old, new), compare_texts(new, old)
    pairs = [(repr(c.before), repr(c.after)) for c in there.changes]
    turned = [(repr(c.after), repr(c.before)) for c in back.changes]
    assert sorted(pairs) == sorted(turned)
    assert there.is_rearranged == back.is_rearranged
    added = sum(c.kind == "added" for c in there.changes)
    removed = sum(c.kind == "removed" for c in there.changes)
    assert len(new) - len(old) == added - removed


@pytest.mark.parametrize("seed", range(20))
def test_many_texts_that_are_nearly_alike_turned_round_are_the_mirror_image(seed: int) -> None:
    chance = random.Random(seed)
    words = [f"w{n}" for n in range(14)]
    old, new = ([passage(" ".join(chance.choices(words, k=8))) for _ in range(25)] for _ in "ab")
    there, back = compare_texts(old, new), compare_texts(new, old)
    pairs = sorted((repr(c.before), repr(c.after)) for c in there.changes)
    assert pairs == sorted((repr(c.after), repr(c.before)) for c in back.changes)


@given(PASSAGES)
def test_a_list_compared_with_itself_is_the_same(texts: list[Passage]) -> None:
    assert compare_texts(texts, texts) == TextChanges()


@pytest.mark.parametrize("vocabulary", [20, 5000], ids=["few words", "many words"])
def test_a_thousand_paragraphs_that_all_changed_take_seconds_at_most(vocabulary: int) -> None:
    chance = random.Random(7)
    words = [f"word{n}" for n in range(vocabulary)]
    old = [" ".join(chance.choices(words, k=80)) for _ in range(1000)]
    new = [" ".join(w if chance.random() < 0.9 else "x" for w in text.split()) for text in old]
    started = time.process_time()
    found = compare_texts([passage(text) for text in old], [passage(text) for text in new])
    # It takes about a second; the limit is for a slow machine, and for anything quadratic.
    assert time.process_time() - started < 10
    if vocabulary > 1000:
        assert [change.kind for change in found.changes] == ["changed"] * 1000


def test_one_very_long_text_is_bounded_as_well() -> None:
    old = " ".join(f"a{n % 7}" for n in range(20_000))
    new = " ".join(f"a{n % 5}" for n in range(20_000))
    started = time.process_time()
    assert words_changed(old, new)
    assert time.process_time() - started < 5
