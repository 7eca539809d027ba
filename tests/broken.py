"""Files broken as an officer breaks them: each told as a change to the real file.

A told file names the mistake and gives the text that ``was``, the text ``now`` and what the program
``says``, place and excerpt left out, since both follow from the change:

- ``⟦so⟧`` marks what a finding points at, in the order of the findings, ``⟦⟧`` what is missing;
  ``⟪so⟫`` marks a line that the words name, as ``⟪1⟫``;
- ``‹U+0009›`` is a character that nobody could see here, ``‹byte 92›`` a byte that is no UTF-8,
  ``‹40×ab›`` a text repeated;
- ``in`` names a file other than the year's, ``saved as`` how it is saved, if not as plain UTF-8;
- a text now without one that was is the whole file.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

YEAR = "2018-19"
YEAR_FILE = f"data/{YEAR}.yaml"
WIDEST = 100
"""Characters of a line that the program shows whole."""

_PART = re.compile(r"^--- (in|was|now|saved as|says)(?: (.+))?\n", re.MULTILINE)
_MARK = re.compile("([⟦⟧⟪⟫])")
_SPELLED = re.compile(
    r"‹(?:U\+(?P<code>[0-9A-F]{4})|byte (?P<byte>[0-9A-F]{2})|(?P<times>[0-9]+)×(?P<what>[^›]+))›"
)
_BYTE = re.compile("[\udc80-\udcff]")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ufeff]")
_FINDING = re.compile(rf"^(?=data/[\w.-]+:[0-9]+:[0-9]+: |{YEAR}: )", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked place: line and column from 1, and how much of that line is marked."""

    line: int
    column: int
    length: int


@dataclass(frozen=True, slots=True)
class Broken:
    """A broken file: its name and bytes, and the findings word for word, as they are printed."""

    file: str
    content: bytes
    findings: str
    tally: str


def broken(told: str, root: Path) -> Broken:
    """The file that is told of, made from the real one below ``root``.

    Raises:
        ValueError: the text that was does not stand exactly once in the real file, or a mark has
            no finding.
    """
    file, saved, text, was, says, shows_lines = YEAR_FILE, "UTF-8", "", "", "", True
    _, *parts = _PART.split(told)
    for part, word, body in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        match part:
            case "in":
                file = word
            case "saved as":
                saved = word
            case "was":
                was = body
            case "now":
                text = _changed(text or (root / file).read_text(encoding="utf-8"), was, body)
            case _:
                says, shows_lines = body, word != "without the line"
    text, marks, named = _unmarked(text)
    for number, line in enumerate(named, 1):
        says = says.replace(f"⟪{number}⟫", str(line))
    lines = [_shown(line) for line in text.split("\n")] if text and shows_lines else []
    found = _findings(says, marks or [Mark(1, 1, 1)], file, lines)
    return Broken(file, _saved(text, saved), found, _tally(says))


def open_findings(stderr: str) -> tuple[str, str]:
    """What a check printed: the findings that are not accepted, and its last line."""
    *found, closing = [block for block in _FINDING.split(stderr) if block]
    accepted = re.compile(r"\S+: accepted ")
    return "".join(block for block in found if not accepted.match(block)), closing


def _changed(text: str, was: str, now: str) -> str:
    now = _SPELLED.sub(_spelled, now)
    if not was:
        return now
    if text.count(was) != 1:
        raise ValueError(f"stands {text.count(was)} times in the real file:\n{was}")
    return text.replace(was, now)


def _spelled(found: re.Match[str]) -> str:
    if found["code"]:
        return chr(int(found["code"], 16))
    if found["byte"]:
        return bytes([int(found["byte"], 16)]).decode("utf-8", "surrogateescape")
    return found["what"] * int(found["times"])


def _unmarked(text: str) -> tuple[str, list[Mark], list[int]]:
    plain, start = "", 0
    marks: list[Mark] = []
    named: list[int] = []
    for piece in _MARK.split(text):
        match piece:
            case "⟦":
                start = len(plain)
            case "⟧":
                line, column = plain.count("\n", 0, start), start - plain.rfind("\n", 0, start)
                marks.append(Mark(line + 1, column, len(plain[start:].partition("\n")[0])))
            case "⟪":
                named.append(plain.count("\n") + 1)
            case "⟫":
                pass
            case _:
                plain += piece
    return plain, marks, named


def _shown(line: str) -> str:
    """A line as an excerpt shows it: what nobody could see, and may not stand there, made plain."""
    line = _BYTE.sub(lambda found: bytes([ord(found[0]) & 0xFF]).decode("cp1252"), line)
    return _UNSEEN.sub("\ufffd", line.replace("\t", " "))


def _saved(text: str, how: str) -> bytes:
    if how == "UTF-16":
        return text.encode("utf-16")
    mark = codecs.BOM_UTF8 if how == "UTF-8 with BOM" else b""
    return mark + text.encode("utf-8", "surrogateescape")


def _findings(says: str, marks: list[Mark], file: str, lines: list[str]) -> str:
    words = says.splitlines()
    if len(words) != 2 * len(marks):
        raise ValueError(f"{len(marks)} places are marked, with {len(words)} lines said of them")
    found = zip(marks, words[::2], words[1::2], strict=True)
    return "".join(
        line + "\n" for each in found for line in _finding(*each, file=file, lines=lines)
    )


def _finding(place: Mark, message: str, fix: str, file: str, lines: list[str]) -> Iterator[str]:
    yield f"{file}:{place.line}:{place.column}: {message}"
    if place.line <= len(lines):
        line, number = lines[place.line - 1], str(place.line)
        if len(line) > WIDEST:
            raise ValueError(f"too long to be shown whole, choose another line:\n{line}")
        yield f"  {number} | {line}".rstrip()
        yield f"  {' ' * len(number)} | {' ' * (place.column - 1)}{'^' * (place.length or 1)}"
    yield fix


def _tally(says: str) -> str:
    kinds = [line.partition(" ")[0] for line in says.splitlines()[::2]]
    return ", ".join(_counted(kinds.count(kind), kind) for kind in ("error", "warning"))


def _counted(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"
