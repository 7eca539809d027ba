"""How much there is to format in a text. Markdown is slow, or fails, beyond some bounds.

Measured with Python-Markdown 3.11 as ``document/prose.py`` sets it up, in texts of 20,000
characters, on a machine of 2026: 400 opening brackets took 0.04 s, and 0.15 s as openings of links;
10,000 took 8 s. A table of 20,000 cells took 0.1 s, one of 900,000 took 5 s. A line of 500 hyphens
and spaces, a list within a list each, raised RecursionError, the sooner the deeper the program's
own calls were.
"""

from __future__ import annotations

import re

from oscp_report.diagnostics import Location
from oscp_report.reading import fields
from oscp_report.reading.shapes import Faults

MOST_MARKS = 400
"""Marks of Markdown, and braces, in one text; the time goes with the square of their number."""

MARKS_OF_A_PRIORITY = 10
"""What ``{priority:...}`` counts as: it is printed as a whole text, which may hold marks itself."""

MOST_CELLS = 20_000
"""Cells of a table: its widest row times its lines, as Markdown fills every row up."""

MOST_NESTED = 20
"""Lists and quotations within each other; four blanks of indent count as one."""

_MARKS = re.compile(r"[\[\]<>*_`!&\\{]")
_PRIORITIES = re.compile(r"\{\s*priority:")
_LINE_START = re.compile(r"^(?:[ \t]|[-+*](?=[ \t])|>|\d+\.(?=[ \t]))+", re.MULTILINE)
_BEGINS = re.compile(r"[-+*>]|\d+\.")


def weigh(text: str, at: Location, faults: Faults) -> None:
    """Report a text that is too much for Markdown."""
    if (marks := _marks(text)) > MOST_MARKS:
        message = f"this text has {marks} brackets and other marks, more than {MOST_MARKS}"
        faults.add(fields.TOO_HEAVY, at, message, fix="split it into paragraphs")
    if (cells := _cells(text)) > MOST_CELLS:
        message = f"this text has a table of some {cells:,} cells, more than {MOST_CELLS:,}"
        faults.add(fields.TOO_HEAVY, at, message, fix="make several smaller tables of it")
    if (depth := _depth(text)) > MOST_NESTED:
        message = f"this text has lists or quotations {depth} deep, more than {MOST_NESTED}"
        fix = "use `items:` for lists, and no more than three levels of them"
        faults.add(fields.NESTED_TOO_DEEP, at, message, fix=fix)


def _marks(text: str) -> int:
    priorities = len(_PRIORITIES.findall(text))
    return len(_MARKS.findall(text)) + priorities * (MARKS_OF_A_PRIORITY - 1)


def _cells(text: str) -> int:
    lines = text.split("\n")
    return max(line.count("|") for line in lines) * len(lines)


def _depth(text: str) -> int:
    return max((_nested(match[0]) for match in _LINE_START.finditer(text)), default=0)


def _nested(start: str) -> int:
    """How deep a line is, by what stands before its words; an indent alone is no list."""
    begun = len(_BEGINS.findall(start))
    indent = sum(4 if blank == "\t" else 1 for blank in start if blank in " \t")
    return begun + indent // 4 if begun else 0
