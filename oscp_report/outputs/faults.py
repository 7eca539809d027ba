"""What the renderer complains of, as findings of our own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from oscp_report.diagnostics import Diagnostic, Location, Rule

MISSING_CHARACTER = Rule(
    "PDF101",
    "missing-character",
    "error",
    """Character that the report's fonts do not have.

## What it does
Finds a character, an emoji for instance, for which the fonts of the PDF hold no drawing.

## Why it matters
It would be printed as an empty box, and read out as nothing.

## How to fix it
Write it in words, or use another character. A font of your own, with the character in it, can be
put into `templates/fonts/` and named in `templates/css/print.css`.
""",
)
RENDERER_COMPLAINT = Rule(
    "PDF102",
    "renderer-complaint",
    "warning",
    """Something the PDF renderer could not do as it was told.

## What it does
Shows what WeasyPrint, which makes the PDF, logged while it worked.

## Why it matters
A style it does not know, or a picture it cannot read, leaves the PDF other than it was meant.

## How to fix it
The templates that came with the program cause none, so look at those of your own, in `templates/`.
""",
)
OUTPUT_RULES = (MISSING_CHARACTER, RENDERER_COMPLAINT)

_CHARACTER = re.compile(r"U\+([0-9A-F]{4,6})")


def diagnose(warnings: Iterable[str], file: str, lines: Sequence[str]) -> Iterator[Diagnostic]:
    """The renderer's warnings as findings about a year's file, a missing character at its place."""
    for warning in warnings:
        if match := _CHARACTER.search(warning):
            yield _missing(chr(int(match[1], 16)), match[0], file, lines)
        else:
            fix = "look at your own templates; the shipped ones cause no such message"
            yield RENDERER_COMPLAINT.at(Location(file, 1, 1), warning, fix=fix, about="renderer")


def _missing(character: str, name: str, file: str, lines: Sequence[str]) -> Diagnostic:
    at = next(
        (
            Location(file, number, line.index(character) + 1)
            for number, line in enumerate(lines, 1)
            if character in line
        ),
        Location(file, 1, 1),
    )
    message = f"`{character}` ({name}) is in none of the report's fonts"
    return MISSING_CHARACTER.at(at, message, fix="write it in words, or use another", about=name)
