"""References in text: ``{sharps-collected}``, ``{sharps-collected.change}``, ``{para:taxis}``.

And passages in another language: ``{lang:cy|Diogelwch Cymunedol}``. ``{{`` stands for a brace.
What a reference prints is decided elsewhere; this module only finds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["figure", "para", "priority"]

LINK_STARTS = ("https://", "http://", "mailto:", "tel:")
"""What the address of an author's link may begin with."""

_BRACE = re.compile(r"\{\{|\{lang:(?P<tag>[^{}|\n]*)\|(?P<words>[^{}]*)\}|\{([^{}\n]*)\}|\{")
_FIGURE = re.compile(r"([a-z][a-z0-9-]*)(?:\.([a-z]+))?(?::([a-z]+))?")
_NAMED = re.compile(r"(para|priority):([a-z][a-z0-9-]*)")


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference. ``raw`` is the text as typed, braces included.

    Of a figure, ``aspect`` is what follows the point (``previous``, ``change``, ``trend``), or
    empty for this year's value; ``form`` what follows the colon (``words``), or empty.
    """

    raw: str
    kind: Kind
    target: str
    form: str = ""
    aspect: str = ""


@dataclass(frozen=True, slots=True)
class StrayBrace:
    """An opening brace, or a pair of braces, that is no reference."""

    raw: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """Words in another language than the report's, whose tag (``cy``) is ``language``.

    ``raw`` is the text as typed, braces included. The words hold no reference.
    """

    raw: str
    language: str
    words: str


Piece = str | Reference | StrayBrace | Foreign


def split(text: str) -> Iterator[Piece]:
    """The text in order, as literal strings, references, stray braces and foreign words."""
    position = 0
    for match in _BRACE.finditer(text):
        if match.start() > position:
            yield text[position : match.start()]
        position = match.end()
        if match["tag"] is not None and match["words"].strip():
            yield Foreign(match[0], match["tag"].strip(), match["words"].strip())
        else:
            yield "{" if match[0] == "{{" else _reference(match[0], match[3])
    if position < len(text):
        yield text[position:]


def _reference(raw: str, inside: str | None) -> Reference | StrayBrace:
    inside = (inside or "").strip()
    if named := _NAMED.fullmatch(inside):
        kind: Kind = "para" if named[1] == "para" else "priority"
        return Reference(raw, kind, named[2])
    if figure := _FIGURE.fullmatch(inside):
        return Reference(raw, "figure", figure[1], figure[3] or "", figure[2] or "")
    return StrayBrace(raw)


def references(text: str) -> Iterator[Reference]:
    """The references in a text, in order."""
    return (piece for piece in split(text) if isinstance(piece, Reference))
