"""What was typed: bytes to lines, characters that may not stand in them, repairs made in memory."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from oscp_report.diagnostics import Diagnostic, Location
from oscp_report.reading.faults import HIDDEN_CHARACTER, TOO_BIG, WRONG_ENCODING

MOST_BYTES = 1 << 20
MOST_HIDDEN = 50
STAND_IN = "\ufffd"
HIDDEN_FIX = "delete it, and type the words around it again if they still look wrong"

# The control characters of XML 1.0 and YAML 1.2, Unicode's noncharacters and surrogates, the marks
# that turn text round (Unicode TR 36, 2.5), and U+0085, U+2028 and U+2029: PyYAML starts a new
# line at those three, no editor does, and every line number below would be wrong.
_FORBIDDEN_SET = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff"
)
ODD_SPACES = tuple("\u00a0\u00ad\u1680\u202f\u205f\u2060\u3000") + tuple(
    map(chr, range(0x2000, 0x200E))
)
"""No-break spaces, spaces of another width or of none: what looks like an indent and is none."""

NO_WIDTH = "\u00ad\u200b\u200c\u200d\u2060"
BULLETS = "•‣▪●◦\uf0b7"
CUT = re.compile(r"[ \t]+#(?=[^\s#!])")
"""A ``#`` that ends a plain text, and does not look like the start of a note."""

STARTERS = ("-", *BULLETS, *ODD_SPACES)
"""What a text starts with when its first character may make it something else."""

FORBIDDEN = re.compile(f"[{_FORBIDDEN_SET}]")
_FORBIDDEN_RUN = re.compile(f"[{_FORBIDDEN_SET}]+")
_HIGH_BYTES = re.compile(rb"[\x80-\xff]+")
_LINE_END = re.compile(r"\r\n|\r|\n")

_SAVE = (
    "save it as UTF-8: in Notepad, File, Save as, Encoding UTF-8; in VS Code, click the encoding "
    "at the bottom right, {reopen}Save with Encoding, UTF-8"
)


def decode(data: bytes, file: str) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The text of a file without its byte order mark, and what is wrong with its bytes.

    The text is None where going on would be no use: too big a file, or one that is not text. A
    file in UTF-16 is read as that, and a stray byte as Windows-1252, so that the rest of the file
    is still looked at.
    """
    start = Location(file, 1, 1)
    if len(data) > MOST_BYTES:
        size = f"the file is {len(data) / (1 << 20):.1f} MiB long, more than the 1 MiB it may be"
        return None, (TOO_BIG.at(start, size, fix="check that it is a year's file"),)
    found: tuple[Diagnostic, ...] = ()
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        found = (
            WRONG_ENCODING.at(
                start, "the file is saved as UTF-16, not as UTF-8", fix=_SAVE.format(reopen="")
            ),
        )
        text = data.decode("utf-16", "replace")
    else:
        data = data.removeprefix(codecs.BOM_UTF8)
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            found = (_bad_byte(data, error.start, file),)
            text = data.decode("utf-8", "oscp-report-windows-1252")
    nought = text.find("\0")
    if nought < 0:
        return text, found
    return None, (
        WRONG_ENCODING.at(
            _place(text[:nought], file),
            "the file is not plain text",
            fix="check that it is a YAML file, and put back the last good copy if it is damaged",
        ),
    )


def _bad_byte(data: bytes, at: int, file: str) -> Diagnostic:
    old = data[at : at + 1].decode("cp1252", "ignore")
    was = f" (in Windows-1252 it is `{old}`)" if old.isprintable() and old else ""
    return WRONG_ENCODING.at(
        _place(data[:at].decode("utf-8"), file),
        f"byte 0x{data[at]:02X} is not UTF-8{was}",
        fix=_SAVE.format(reopen="Reopen with Encoding, Western (Windows 1252), then "),
    )


def _place(before: str, file: str) -> Location:
    lines = _LINE_END.split(before)
    return Location(file, len(lines), len(lines[-1]) + 1)


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    run = _HIGH_BYTES.match(error.object, error.start)
    assert run is not None, "a byte below 0x80 is UTF-8"
    return run[0].decode("cp1252", "replace"), run.end()


codecs.register_error("oscp-report-windows-1252", _as_windows_1252)


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace some characters of one line. Line and column count from 0, in the working lines."""

    line: int
    column: int
    removed: int
    inserted: str


class Page:
    """The lines of a file, and a working copy of them that may be repaired.

    In both, a character that may not stand in a report is U+FFFD; ``text`` is as it was typed.

    A repair never joins or splits lines, so a line keeps its number; ``_typed`` says where each
    character of a repaired line stood in the file.
    """

    __slots__ = ("_hidden", "_starts", "_typed", "file", "lines", "text", "working")

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.text = text
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(text))]
        self._hidden = tuple(islice(_FORBIDDEN_RUN.finditer(text), MOST_HIDDEN))
        self.working = _LINE_END.split(FORBIDDEN.sub(STAND_IN, text) if self._hidden else text)
        self.lines = tuple(self.working if self.working[-1] else self.working[:-1])
        self._typed: dict[int, list[int]] = {}

    def column(self, line: int, column: int) -> int:
        """The column in the file, from 0, of a column of a working line."""
        columns = self._typed.get(line)
        return column if columns is None else columns[min(column, len(columns) - 1)]

    def location(self, line: int, column: int, length: int = 1) -> Location:
        """Where a stretch of one working line stands in the file, cut off at the line's end."""
        if line in self._typed:
            start = self.column(line, column)
            length = self.column(line, column + length) - start
            column = start
        return self._typed_location(line, column, length)

    def typed(self, line: int, column: int, end_line: int, end_column: int) -> str:
        """The text between two places of the working lines, exactly as it is in the file."""
        start = self._starts[line] + self.column(line, column)
        if end_line == len(self._starts):  # what is never closed ends below the last line
            return self.text[start:]
        return self.text[start : self._starts[end_line] + self.column(end_line, end_column)]

    def apply(self, edits: Iterable[Edit]) -> None:
        """Repair the working lines; all columns are those before the first edit."""
        by_line: dict[int, list[Edit]] = {}
        for edit in edits:
            by_line.setdefault(edit.line, []).append(edit)
        for line, those in by_line.items():
            old = self.working[line]
            columns = self._typed.get(line) or list(range(len(old) + 1))
            pieces: list[str] = []
            places: list[int] = []
            done = 0
            for edit in sorted(those, key=lambda each: each.column):
                pieces += old[done : edit.column], edit.inserted
                places += columns[done : edit.column]
                places += [columns[edit.column]] * len(edit.inserted)
                done = edit.column + edit.removed
            self.working[line] = "".join((*pieces, old[done:]))
            self._typed[line] = places + columns[done:]

    def hidden(self) -> Iterator[Diagnostic]:
        """Characters that may not stand anywhere in the file, not even in a comment."""
        for run in self._hidden:
            line = bisect_right(self._starts, run.start()) - 1
            place = self._typed_location(line, run.start() - self._starts[line], len(run[0]))
            yield HIDDEN_CHARACTER.at(place, hidden_message(ord(run[0][0])), fix=HIDDEN_FIX)

    def _typed_location(self, line: int, column: int, length: int) -> Location:
        room = len(self.lines[line]) - column if line < len(self.lines) else 1
        return Location(self.file, line + 1, column + 1, max(1, min(length, room)))


def shown(text: str, widest: int = 40) -> str:
    """Text for a message: one line, no control characters, not too long."""
    text = FORBIDDEN.sub(STAND_IN, " ".join(text.split()))
    if len(text) <= widest:
        return text
    tail = widest // 4
    return f"{text[: widest - tail - 3].rstrip()} … {text[-tail:].lstrip()}"


def hidden_message(code: int) -> str:
    """What is said of one forbidden character, raw or written as an escape."""
    if 0xD800 <= code <= 0xDFFF:
        return "a code that is half of a character stands here"
    if code in (0x2028, 0x2029):
        what = "an invisible line break"
    elif 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069:
        what = "an invisible mark that turns text round"
    elif code == 0xFEFF:
        what = "an invisible byte order mark"
    elif code < 0xA0:
        what = "an invisible control character"
    else:
        what = "a code that is no character"
    return f"{what} (U+{code:04X}) stands here"
