"""Findings as an officer, a program or a code host reads them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from oscp_report.diagnostics import Diagnostic

Lines = Mapping[str, Sequence[str]]
"""The lines of each file, by the name that locations give it."""

WIDEST_EXCERPT = 100
"""Characters of a line that an excerpt shows: a terminal's width, less the line number."""


def as_text(found: Diagnostic, lines: Lines) -> str:
    """A finding in full: place, message, the line with carets below it, the fix or the reason."""
    how = "accepted" if found.because else found.severity
    shown = [f"{found.location}: {how} {found.code}: {found.message}"]
    shown += _excerpt(found, lines.get(found.location.file, ()))
    if found.because:
        shown.append(f"  because: {found.because}")
    elif found.fix:
        shown.append(f"  fix: {found.fix}")
    return "\n".join(shown)


def _excerpt(found: Diagnostic, lines: Sequence[str]) -> list[str]:
    """The line and the carets; of a long line the part around the place."""
    place = found.location
    if not 0 < place.line <= len(lines):
        return []
    line = lines[place.line - 1].replace("\t", " ")
    start = 0
    if len(line) > WIDEST_EXCERPT:
        start = max(0, min(place.column - WIDEST_EXCERPT // 2, len(line) - WIDEST_EXCERPT))
    part = line[start : start + WIDEST_EXCERPT]
    left = "…" if start else ""
    right = "…" if start + WIDEST_EXCERPT < len(line) else ""
    indent = place.column - 1 - start + len(left)
    carets = "^" * max(1, min(place.length, len(part) - (place.column - 1 - start)))
    number = str(place.line)
    return [
        f"  {number} | {left}{part}{right}".rstrip(),
        f"  {' ' * len(number)} | {' ' * indent}{carets}",
    ]


def as_json(found: Iterable[Diagnostic]) -> str:
    """Findings as a JSON list, in order."""
    return json.dumps([_plain(diagnostic) for diagnostic in found], ensure_ascii=False, indent=2)


def _plain(found: Diagnostic) -> dict[str, str | int | None]:
    place = found.location
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "length": place.length,
        "code": found.code,
        "severity": found.severity,
        "message": found.message,
        "fix": found.fix,
        "about": found.about,
        "accepted": found.because or None,
    }


def as_github(found: Diagnostic) -> str:
    """A finding as a workflow command of GitHub Actions, which shows it beside the line.

    The format and its escapes: "Workflow commands for GitHub Actions", in GitHub's documentation.
    """
    place = found.location
    severity = "notice" if found.because else found.severity
    message = "\n".join(filter(None, [found.message, found.because or found.fix]))
    properties = (
        f"file={_property(place.file)},line={place.line},col={place.column},"
        f"endColumn={place.column + place.length},title={_property(found.code)}"
    )
    return f"::{severity} {properties}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def counted(number: int, noun: str) -> str:
    """``1 warning``, ``3 warnings``, ``no warnings``."""
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def in_bytes(number: int) -> str:
    """A size as a reader takes it in; 1 KB is 1,000 bytes."""
    return f"{number / 1e6:.1f} MB" if number >= 1e6 else f"{max(1, round(number / 1e3))} KB"


def tally(found: Iterable[Diagnostic]) -> str:
    """How many errors, open warnings and accepted warnings there are, in one clause."""
    found = list(found)
    errors = sum(d.severity == "error" for d in found)
    accepted = sum(bool(d.because) for d in found)
    warnings = len(found) - errors - accepted
    parts = [counted(errors, "error"), counted(warnings, "warning")]
    return ", ".join(parts + ([f"{accepted} accepted"] if accepted else []))
