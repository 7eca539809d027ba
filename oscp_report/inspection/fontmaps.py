"""From the codes that a page shows to characters, as far as a file says it outside its fonts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from oscp_report.inspection.glyphs import glyph_count, read_cids
from oscp_report.inspection.objects import is_stream, items, name, unpacked, value

MOST_MAPPED = 70_000
"""Codes that one font maps: every one of two bytes, and some."""
NAMED_ENCODINGS = {"WinAnsiEncoding": "cp1252", "MacRomanEncoding": "mac-roman"}

_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")


def read_cmap(data: bytes) -> dict[int, str]:
    """The characters that a ``ToUnicode`` stream gives to codes."""
    found: dict[int, str] = {}
    for section in _SECTION.finditer(data):
        tokens = [_value(token) for token in _TOKEN.finditer(section[2])]
        if section[1] == b"bfchar":
            for code, characters in zip(tokens[::2], tokens[1::2], strict=False):
                if isinstance(code, bytes) and isinstance(characters, bytes):
                    found[int.from_bytes(code, "big")] = _characters(characters)
        else:
            _ranges(tokens, found)
        if len(found) > MOST_MAPPED:
            break
    return found


def _value(token: re.Match[bytes]) -> bytes | str:
    """The bytes between angle brackets, or a square bracket."""
    if token[1] is None:
        return "[" if token[2] else "]"
    digits = b"".join(token[1].split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())


def _characters(data: bytes) -> str:
    return data.decode("utf-16-be", "replace")


def _ranges(tokens: list[bytes | str], found: dict[int, str]) -> None:
    place = 0
    while place + 2 < len(tokens) and len(found) <= MOST_MAPPED:
        low, high, start = tokens[place : place + 3]
        place += 3
        if not isinstance(low, bytes) or not isinstance(high, bytes):
            continue
        first, last = int.from_bytes(low, "big"), int.from_bytes(high, "big")
        if start == "[":
            code = first
            while place < len(tokens) and isinstance(each := tokens[place], bytes):
                found[code] = _characters(each)
                code, place = code + 1, place + 1
            place += 1
        elif isinstance(start, bytes) and start:
            _run(first, min(last, first + MOST_MAPPED), start, found)


def _run(first: int, last: int, start: bytes, found: dict[int, str]) -> None:
    """Codes one after the other, whose last character goes up by one each."""
    text = _characters(start)
    for step in range(last - first + 1):
        final = ord(text[-1]) + step
        if final > 0x10FFFF:
            return
        found[first + step] = text[:-1] + chr(final)


@dataclass
class Font:
    """A font as a page uses it."""

    raw: Any
    codes: set[int] = field(default_factory=set)
    visible: bool = False
    _said: dict[bytes, str] = field(default_factory=dict)

    @cached_property
    def subtype(self) -> str:
        return name(value(self.raw, "Subtype"))

    @cached_property
    def descendant(self) -> Any:
        """The font inside a composite one; of a simple font, the font."""
        if self.subtype != "Type0":
            return self.raw
        return next(iter(items(value(self.raw, "DescendantFonts"))), None)

    @cached_property
    def called(self) -> str:
        """Its name, without the letters that mark a subset."""
        return name(value(self.raw, "BaseFont")).rpartition("+")[2] or "without a name"

    @cached_property
    def encoding(self) -> str:
        """The name of its encoding; '' for one that is written out, or missing."""
        held = value(self.raw, "Encoding")
        return name(held) or name(value(held, "BaseEncoding"))

    @property
    def embedded(self) -> bool:
        """Whether the file holds the font itself."""
        inner = name(value(self.descendant, "Subtype"))
        if self.subtype == "Type0" and inner not in ("CIDFontType0", "CIDFontType2"):
            return False
        descriptor = value(self.descendant, "FontDescriptor")
        kinds = ("FontFile", "FontFile2", "FontFile3")
        return any(is_stream(value(descriptor, kind)) for kind in kinds)

    @property
    def missing(self) -> set[int]:
        """The shown codes for which a composite font has no drawing but the empty box.

        That is glyph nought, and what a viewer shows for a number past the last glyph.
        """
        held = value(self.raw, "Encoding")
        if self.subtype != "Type0" or not (is_stream(held) or name(held).startswith("Identity")):
            return set()
        known = read_cids(unpacked(held) or b"") if is_stream(held) else None
        if known is not None and value(held, "UseCMap") is not None:
            known = {code: code for code in self.codes} | known
        is_plain = name(value(self.descendant, "CIDToGIDMap")) == "Identity"
        count = glyph_count(self._program) if is_plain else None
        glyphs = {code: code if known is None else known.get(code, 0) for code in self.codes}
        return {code for code, glyph in glyphs.items() if not glyph or (count and glyph >= count)}

    @property
    def _program(self) -> bytes:
        return unpacked(value(self.descendant, "FontDescriptor", "FontFile2")) or b""

    @cached_property
    def mapped(self) -> dict[int, str]:
        """The characters that the file gives to the font's codes."""
        return read_cmap(unpacked(value(self.raw, "ToUnicode")) or b"")

    @cached_property
    def knows_characters(self) -> bool:
        """Whether a reader can tell characters from codes without ``ToUnicode``."""
        if self.subtype == "Type0":
            info = value(self.descendant, "CIDSystemInfo")
            order = str(value(info, "Ordering") or "")
            return order in ("GB1", "CNS1", "Japan1", "Korea1")
        # A list of glyph names says it too; whether each is a known name is left to validators.
        listed = bool(items(value(self.raw, "Encoding", "Differences")))
        return listed or self.encoding in (*NAMED_ENCODINGS, "MacExpertEncoding")

    def decoded(self, shown: bytes) -> str:
        """What a string says; codes without a character are left out. Remembers the codes."""
        said = self._said.get(shown)  # most strings are a letter or two, between kerns
        if said is None:
            said = self._said[shown] = self._decoded(shown)
        return said

    def _decoded(self, shown: bytes) -> str:
        if self.subtype == "Type0":
            codes = [high << 8 | low for high, low in zip(shown[::2], shown[1::2], strict=False)]
        else:
            codes = list(shown)
        self.codes.update(codes)
        if self.mapped or self.subtype == "Type0":
            return "".join(self.mapped.get(code, "") for code in codes)
        return shown.decode(NAMED_ENCODINGS.get(self.encoding, "latin-1"), "replace")
