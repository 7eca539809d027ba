"""From the codes that a page shows to the glyphs of its font, as far as tables outside tell."""

from __future__ import annotations

import re

MOST_CODES = 70_000
"""Codes that one table maps: every one of two bytes, and some."""

_SECTION = re.compile(rb"begin(cidchar|cidrange)(.*?)end\1", re.DOTALL)
_ENTRY = re.compile(rb"<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>\s*)?([0-9]{1,9})\b")


def read_cids(data: bytes) -> dict[int, int]:
    """The glyph numbers that a CMap in the file gives to codes."""
    found: dict[int, int] = {}
    for section in _SECTION.finditer(data):
        for entry in _ENTRY.finditer(section[2]):
            low, first = int(entry[1], 16), int(entry[3])
            high = min(int(entry[2] or entry[1], 16), low + MOST_CODES)
            found.update((code, first + code - low) for code in range(low, high + 1))
            if len(found) > MOST_CODES:
                return found
    return found


def glyph_count(program: bytes) -> int | None:
    """How many glyphs a TrueType font has, by its ``maxp`` table; None if it does not say."""
    tables = int.from_bytes(program[4:6], "big")
    for entry in (program[start : start + 16] for start in range(12, 12 + 16 * tables, 16)):
        if entry[:4] == b"maxp":
            offset = int.from_bytes(entry[8:12], "big")
            return int.from_bytes(program[offset + 4 : offset + 6], "big") or None
    return None
