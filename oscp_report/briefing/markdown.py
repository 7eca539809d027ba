"""A briefing as Markdown, for a pull request or a wiki."""

from __future__ import annotations

import re

from oscp_report.briefing.parts import Briefing, Item

KEY = "Words taken out are ~~struck through~~, words put in are **bold**."

_MARKS = {"same": "", "removed": "~~", "added": "**"}
_SPECIAL = re.compile(r"[\\`*_\[\]#~!]")
_STARTS = re.compile(r"^([-+]|[0-9]+(?=[.)]))")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def as_markdown(briefing: Briefing) -> str:
    """The briefing; no word of a report is taken for markup."""
    parts = [f"# {escaped(briefing.title)}", "", escaped(briefing.summary)]
    if not briefing.sections:
        parts = parts[2:]
    if briefing.has_marks:
        parts += ["", KEY]
    for section in briefing.sections:
        parts += ["", f"## {escaped(section.heading)}", ""]
        for item in section.items:
            parts += [f"- {_line(item)}", *(f"  - {escaped(note)}" for note in item.notes)]
    return "\n".join(parts)


def _line(item: Item) -> str:
    runs = (_MARKS[run.kind] + escaped(run.text) + _MARKS[run.kind] for run in item.runs)
    head = f"{escaped(item.head)}: " if item.head else ""
    return head + " ".join(runs)


def escaped(text: str) -> str:
    """A text on one line in which no character is markup."""
    text = _SPECIAL.sub(r"\\\g<0>", " ".join(text.split())).translate(_ENTITIES)
    return _STARTS.sub(lambda match: _start(match[0]), text)


def _start(found: str) -> str:
    # Markdown escapes a list's point, not its number.
    return f"{found}\\" if found[0].isdigit() else f"\\{found}"
