"""A text as an officer typed it, and where each part of it stands in the file."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from itertools import islice

from oscp_report.diagnostics import Location

# How YAML writes a text: marks before a block, and what stands for a character within quotes.
_BLOCKS = ("|", ">")
_LINE_END = re.compile(r"\r\n?|\n")
_DOUBLED = re.compile("''")
_ESCAPE = re.compile(
    r"\\(?:x(?P<two>[0-9A-Fa-f]{2})|u(?P<four>[0-9A-Fa-f]{4})|U(?P<eight>[0-9A-Fa-f]{8})"
    r"|(?P<joint>(?:\r\n?|\n)[ \t]*)|(?P<letter>.))"
)
_SPACES = "0abtnvfreNLP_ "  # letters whose escape is white space, or a control character
_PADDING, _JOINT = "\0", "\1"  # no file has them
_WITHIN, _BETWEEN, _AFTER = r"[\0\1]*", r"[\s\0\1]+", r"\0*"


@dataclass(frozen=True, slots=True)
class Text:
    """What an officer typed, Markdown and references included.

    ``source`` is the raw YAML of the scalar, from its first character to its last, so that a
    fragment's own place can be found again in a folded text.
    """

    value: str
    location: Location = field(compare=False)
    source: str = field(default="", compare=False, repr=False)

    def __str__(self) -> str:
        return self.value

    def __bool__(self) -> bool:
        return bool(self.value.strip())

    def at(self, fragment: str, occurrence: int = 0) -> Location:
        """Where a fragment stands in the file; the text's own place where it cannot be found.

        ``occurrence`` counts from 0, those that overlap as well. White space in the fragment
        matches any white space, since YAML folds line ends; the location covers the fragment's
        part on its first line.
        """
        words = [_WITHIN.join(map(re.escape, word)) for word in fragment.split()]
        pattern = re.compile(f"(?=({_BETWEEN.join(words)}{_AFTER}))")
        found = pattern.finditer(_as_read(self.source)) if words else iter(())
        match = next(islice(found, occurrence, None), None)
        if match is None:
            return self.location
        start, end = match.span(1)
        line_ends = list(_LINE_END.finditer(self.source, 0, start))
        line = self.location.line + len(line_ends)
        column = start - line_ends[-1].end() + 1 if line_ends else self.location.column + start
        first_line = _LINE_END.split(self.source[start:end])[0]
        return Location(self.location.file, line, column, len(first_line.rstrip()))


def _as_read(source: str) -> str:
    """The raw YAML of a scalar with every character of its text where it starts in the raw YAML.

    What else there is (quotes, a block's marks, the rest of an escape) is padding.
    """
    style = source[:1]
    if style in _BLOCKS:
        # A block's first line holds its marks and no text.
        first = _LINE_END.search(source)
        start = first.end() if first else len(source)
        return _PADDING * start + source[start:]
    if style == "'":
        return _PADDING + _DOUBLED.sub(f"'{_PADDING}", source[1:-1])
    return _PADDING + _ESCAPE.sub(_unescaped, source[1:-1]) if style == '"' else source


def _unescaped(match: re.Match[str]) -> str:
    if match["joint"]:
        return _JOINT * len(match[0])
    digits = match["two"] or match["four"] or match["eight"]
    character = match["letter"]
    if digits:
        code = int(digits, 16)
        character = chr(code) if code <= sys.maxunicode else " "
    elif character in _SPACES:
        character = " "
    return character.ljust(len(match[0]), _PADDING)
