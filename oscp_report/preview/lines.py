"""Which line of a file was which line of another version of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher


def lines_then(now: Sequence[str], then: Sequence[str]) -> Mapping[int, int]:
    """By each line of a file as it is now, the line as it was then, both from 1.

    Lines that were changed in place are the same ones; those that came since are left out.
    """
    start, end = 0, 0
    shorter = min(len(now), len(then))
    while start < shorter and now[start] == then[start]:
        start += 1
    while end < shorter - start and now[-1 - end] == then[-1 - end]:
        end += 1
    middle = now[start : len(now) - end], then[start : len(then) - end]
    matcher = SequenceMatcher(None, *middle, autojunk=False)
    moved = {line: line for line in range(1, start + 1)}
    for _, first, last, begins, ends in matcher.get_opcodes():
        if last - first == ends - begins:
            steps = range(1, last - first + 1)
            moved |= {start + first + step: start + begins + step for step in steps}
    return moved | {len(now) - n: len(then) - n for n in range(end)}
