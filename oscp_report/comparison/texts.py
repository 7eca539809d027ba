"""Two lists of texts: which is which, what came and went, and the words that changed.

Swapping the two lists gives the mirror image: whatever could be matched in two ways is matched by a
rule that does not know which list is the older one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from oscp_report.comparison.passages import Passage

Kept = Literal["same", "added", "removed"]

ALIKE = 0.5
"""Two texts are versions of one if they share half their words or more (Dice's measure)."""

_COMMON = 40
"""A word in more of the texts that are left over than this tells nothing of which is which."""

_CANDIDATES = 5
_LARGEST = 1_000_000
"""Pairs of words that are weighed for one text; beyond, its middle counts as written anew."""

_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Run:
    """Words on end that stayed, came or went."""

    kind: Kept
    text: str


@dataclass(frozen=True, slots=True)
class TextChange:
    """What became of a text. ``before`` is None where it was added, ``after`` where removed."""

    before: Passage | None
    after: Passage | None
    runs: tuple[Run, ...]

    @property
    def kind(self) -> Literal["added", "removed", "changed"]:
        """Whether it came, went or changed."""
        return "added" if self.before is None else "removed" if self.after is None else "changed"

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The text as it was and as it is, as far as there is one."""
        return tuple(passage for passage in (self.before, self.after) if passage)

    @property
    def is_only_figures(self) -> bool:
        """Whether the text as typed is the same, and a figure in it moved."""
        before, after = self.before, self.after
        if before is None or after is None:
            return False
        return _typed(before) == _typed(after)


@dataclass(frozen=True, slots=True)
class TextChanges:
    """What became of a list of texts, in the order of the new one.

    ``is_rearranged`` says that some of those that stayed stand elsewhere, or at another level.
    """

    changes: tuple[TextChange, ...] = ()
    is_rearranged: bool = False

    @property
    def is_same(self) -> bool:
        """Whether nothing came, went, changed or moved."""
        return not self.changes and not self.is_rearranged


def compare_texts(old: Sequence[Passage], new: Sequence[Passage]) -> TextChanges:
    """What became of a list of texts: matched by key, then by the same words, then by likeness."""
    matched = _match(old, new)
    of_new = {after: before for before, after in matched.items()}
    changes: list[tuple[int, int, TextChange]] = []
    for index, passage in enumerate(new):
        if index not in of_new:
            changes.append((index, 1, TextChange(None, passage, _whole("added", passage.words))))
        elif _differ(before := old[of_new[index]], passage):
            runs = words_changed(before.words, passage.words)
            changes.append((index, 1, TextChange(before, passage, runs)))
    place = -1
    for index, passage in enumerate(old):
        place = matched.get(index, place)
        if index not in matched:
            gone = TextChange(passage, None, _whole("removed", passage.words))
            changes.append((place, 2, gone))
    changes.sort(key=lambda change: change[:2])
    order = [matched[index] for index in sorted(matched)]
    moved = any(old[before].level != new[after].level for before, after in matched.items())
    return TextChanges(tuple(change for _, _, change in changes), moved or order != sorted(order))


def _differ(before: Passage, after: Passage) -> bool:
    return before.words != after.words or _typed(before) != _typed(after)


def _typed(passage: Passage) -> tuple[str, ...]:
    return passage.kind, passage.typed, passage.label, passage.about


def _whole(kind: Kept, words: str) -> tuple[Run, ...]:
    return (Run(kind, words),) if words else ()


def _match(old: Sequence[Passage], new: Sequence[Passage]) -> dict[int, int]:
    """The places in ``new`` of the texts of ``old`` that are still there."""
    matched: dict[int, int] = {}
    for key in (_by_key, _by_label_and_words, _by_words):
        _match_by(key, old, new, matched)
    _match_by_likeness(old, new, matched)
    return matched


def _by_key(passage: Passage) -> object:
    return (passage.kind, passage.key) if passage.key else None


def _by_label_and_words(passage: Passage) -> object:
    return passage.kind, passage.label, passage.typed


def _by_words(passage: Passage) -> object:
    # Two rows that both say "None" are two rows.
    if passage.kind == "row" and passage.typed.count(" ") < 3:
        return None
    return passage.kind, passage.typed.casefold()


def _match_by(
    key: Callable[[Passage], object],
    old: Sequence[Passage],
    new: Sequence[Passage],
    matched: dict[int, int],
) -> None:
    """Match what has the same key: the first with the first, the second with the second."""
    taken = set(matched.values())
    places: dict[object, list[int]] = {}
    for index in reversed(range(len(new))):
        if index not in taken:
            places.setdefault(key(new[index]), []).append(index)
    for index, passage in enumerate(old):
        own = key(passage)
        if index not in matched and own is not None and places.get(own):
            matched[index] = places[own].pop()


def _match_by_likeness(
    old: Sequence[Passage], new: Sequence[Passage], matched: dict[int, int]
) -> None:
    taken = set(matched.values())
    left = {index: _bag(old[index]) for index in range(len(old)) if index not in matched}
    right = {index: _bag(new[index]) for index in range(len(new)) if index not in taken}
    scored = []
    for one, other in _candidates(left, right):
        score = likeness(left[one], right[other])
        if score >= ALIKE and old[one].kind == new[other].kind:
            # Two pairs that tie on all three have no text in common, so that their order is free.
            scored.append((-score, abs(one - other), one + other, one, other))
    for *_, one, other in sorted(scored):
        if one not in matched and other not in taken:
            matched[one] = other
            taken.add(other)


def _candidates(
    left: dict[int, Counter[str]], right: dict[int, Counter[str]]
) -> set[tuple[int, int]]:
    """The pairs worth weighing: for each text those few that share most of its rarer words."""
    spread = Counter(word for bags in (left, right) for bag in bags.values() for word in bag)
    having: dict[str, tuple[list[int], list[int]]] = {}
    for side, bags in enumerate((left, right)):
        for index, bag in bags.items():
            for word in bag:
                if spread[word] <= _COMMON:
                    having.setdefault(word, ([], []))[side].append(index)
    shared: dict[int, Counter[int]] = {index: Counter() for index in left}
    back: dict[int, Counter[int]] = {index: Counter() for index in right}
    for ours, theirs in having.values():
        for one in ours:
            for other in theirs:
                shared[one][other] += 1
                back[other][one] += 1
    pairs = {(one, other) for one, found in shared.items() for other in _nearest(one, found)}
    return pairs | {(one, other) for other, found in back.items() for one in _nearest(other, found)}


def _nearest(index: int, found: Counter[int]) -> list[int]:
    best = sorted(found, key=lambda other: (-found[other], abs(other - index), other))
    return best[:_CANDIDATES]


def _bag(passage: Passage) -> Counter[str]:
    return Counter(_WORD.findall(f"{passage.label} {passage.typed}".casefold()))


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """The share of words that two texts have in common: 0 none, 1 all (Dice's measure)."""
    return 2 * (one & other).total() / ((one.total() + other.total()) or 1)


def words_changed(old: str, new: str) -> tuple[Run, ...]:
    """The words of two texts as runs; a word is whatever stands between white space."""
    before, after = old.split(), new.split()
    swapped = before > after  # so that the mirror image is one
    if swapped:
        before, after = after, before
    runs: list[Run] = []
    first = last = 0
    for one, other, size in _blocks(before, after):
        gone, came = before[first:one], after[last:other]
        removed, added = (came, gone) if swapped else (gone, came)
        parts: Iterable[tuple[Kept, list[str]]] = (
            ("removed", removed), ("added", added), ("same", before[one : one + size]),
        )  # fmt: skip
        runs += [Run(kind, " ".join(words)) for kind, words in parts if words]
        first, last = one + size, other + size
    return tuple(runs)


def _blocks(before: list[str], after: list[str]) -> list[tuple[int, int, int]]:
    """The words that stayed, as places in both and a number; the last is empty, at the end."""
    from difflib import SequenceMatcher  # two texts without a change do not pay for it

    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    rest = min(len(before), len(after)) - start
    end = 0
    while end < rest and before[-1 - end] == after[-1 - end]:
        end += 1
    middle = before[start : len(before) - end], after[start : len(after) - end]
    found: list[tuple[int, int, int]] = []
    if 0 < len(middle[0]) * len(middle[1]) <= _LARGEST:
        blocks = SequenceMatcher(None, *middle, autojunk=False).get_matching_blocks()
        # A lone "of" between two changes makes them no easier to read.
        found = [
            (start + one, start + other, size)
            for one, other, size in blocks
            if size > 1 or (size == 1 and len(middle[0][one]) > 4)
        ]
    head = [(0, 0, start)] if start else []
    tail = [(len(before) - end, len(after) - end, end)]
    return _joined([*head, *found, *tail])


def _joined(blocks: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The blocks, those that touch made one, so that no two runs of one kind are neighbours."""
    joined: list[tuple[int, int, int]] = []
    for one, other, size in blocks:
        if joined and (one, other) == (
            joined[-1][0] + joined[-1][2],
            joined[-1][1] + joined[-1][2],
        ):
            one, other, size = joined[-1][0], joined[-1][1], joined[-1][2] + size
            joined.pop()
        joined.append((one, other, size))
    return joined
