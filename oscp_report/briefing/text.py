"""A briefing as plain text, for a terminal or an e-mail."""

from __future__ import annotations

import textwrap

from oscp_report.briefing.parts import Briefing, Item

WIDTH = 100
"""Columns, if the terminal does not say."""

MARKS = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
"""What stands around words, as in ``git diff --word-diff``."""

KEY = "Words taken out stand between [- and -], words put in between {+ and +}."


def as_text(briefing: Briefing, width: int = WIDTH) -> str:
    """The briefing, no line longer than ``width`` columns unless a word is."""
    parts = [*_heading(briefing.title, "=", width), ""] if briefing.sections else []
    parts += _wrapped(briefing.summary, width)
    if briefing.has_marks:
        parts += _wrapped(KEY, width)
    for section in briefing.sections:
        parts += ["", *_heading(section.heading, "-", width)]
        for item in section.items:
            parts += _wrapped(_line(item), width, first="- ")
            for note in item.notes:
                parts += _wrapped(note, width, first="  ")
    return "\n".join(parts)


def _heading(text: str, rule: str, width: int) -> list[str]:
    lines = _wrapped(text, width)
    return [*lines, rule * max(map(len, lines))]


def _line(item: Item) -> str:
    runs = (MARKS[run.kind][0] + run.text + MARKS[run.kind][1] for run in item.runs)
    head = f"{item.head}: " if item.head else ""
    return head + " ".join(runs)


def _wrapped(text: str, width: int, first: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        max(width, 20),
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_long_words=False,
        break_on_hyphens=False,
    )
