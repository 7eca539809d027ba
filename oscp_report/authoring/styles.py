"""How a text is written: plain, in quotes, or folded, one sentence a line."""

from __future__ import annotations

import re

from oscp_report.reading.typed import BULLETS, ODD_SPACES

WIDTH = 100
NARROWEST = 20
"""Columns that a folded text has at least, however deep it stands."""

_NOT_FIRST = (*"\"'[]{},#&*!|>%@`?:", "...", *BULLETS, *ODD_SPACES)
_NOTHING = frozenset({"~", "null", "Null", "NULL"})
"""Words that other readers of YAML, an editor among them, take for no text at all."""

_UNSAFE = re.compile(r":(?: |\Z)|[ ]#|[\n\t]")
_UNSAFE_IN_BRACKETS = re.compile(r"[,\[\]{}:]")
_BREAK = re.compile(r"(?<=\S) (?=\S)")
_SENTENCE_END = re.compile(r"[.!?][)\]”’\"'*_]*\Z")
_SENTENCE_START = re.compile(r"[(\[“‘\"'*_]*(?:[^\W\d_a-z]|[0-9{])")
_SHORT = re.compile(r"\W*(?:\w|e\.g|i\.e|Mr|Mrs|Ms|Dr|St|No|Nos|vs|cf|approx|para|paras|p|pp)\.\Z")


def is_safe_plain(text: str, *, in_brackets: bool = False) -> bool:
    """Whether a text of one line is read as it is without quotes."""
    if not text or text != text.strip() or text in _NOTHING or _UNSAFE.search(text):
        return False
    if text.startswith(_NOT_FIRST):
        return False
    if text[0] == "-" and not text[1:2].isdecimal():
        return False
    return not (in_brackets and _UNSAFE_IN_BRACKETS.search(text))


def inline(text: str, *, in_brackets: bool = False) -> str:
    """A text on one line: plain where that is safe, in double quotes, or else in single ones."""
    if is_safe_plain(text, in_brackets=in_brackets):
        return text
    if "\n" in text or "\t" in text:
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        return '"' + escaped.replace("\n", "\\n").replace("\t", "\\t") + '"'
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def written(text: str, lead: str, indent: int) -> list[str]:
    """The lines of a text behind ``lead`` (``  title:``); a block stands ``indent`` spaces in."""
    body = text.removesuffix("\n")
    parts = body.split("\n")
    one_line = f"{lead} {inline(text)}"
    in_block = not parts[0][:1].isspace() and all(part == part.rstrip() for part in parts)
    in_block = in_block and bool(parts[0] and parts[-1]) and "\t" not in body
    fits = len(one_line) <= WIDTH and "\n" not in text
    if fits or not in_block or ("\n" not in text and not _BREAK.search(text)):
        return [one_line]
    sign, pad = ("-" if body == text else ""), " " * indent
    if "\n" in text and (
        any(part.startswith(" ") for part in parts) or max(map(len, parts)) + indent <= WIDTH
    ):
        return [f"{lead} |{sign}", *(pad + part if part else "" for part in parts)]
    lines = [f"{lead} >{sign}"]
    for number, part in enumerate(parts):
        lines += [""] * (number > 0) + [pad + line for line in _folded(part, WIDTH - indent)]
    return lines


def _folded(text: str, width: int) -> list[str]:
    """One sentence a line; a longer one filled over several. Only single spaces are broken at."""
    lines: list[str] = []
    last = ""
    for word in _BREAK.split(text) if text else ():
        ends = _SENTENCE_END.search(last) and not _SHORT.fullmatch(last)
        starts = last and ends and _SENTENCE_START.match(word)
        if last and not starts and len(lines[-1]) + 1 + len(word) <= max(width, NARROWEST):
            lines[-1] += f" {word}"
        else:
            lines.append(word)
        last = word.rpartition(" ")[2]
    return lines
