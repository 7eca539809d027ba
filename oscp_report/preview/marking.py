"""Words put in and taken out, marked in a text that is HTML already."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape, unescape

from markupsafe import Markup

from oscp_report.comparison.texts import Run

_PIECE = re.compile(r"""(<(?:[^<>"']|"[^"]*"|'[^']*')*>)|(\s+)|([^<\s]+)""")
_WITHIN_A_WORD = re.compile(r"</?(?:a|abbr|b|code|em|i|span|strong)\b")
"""Tags that a word may go on after; every other one ends it."""

ADDED = ('<ins class="put-in">[+', "+]</ins>")
REMOVED = ('<del class="taken-out">[−', "−]</del>")
GONE = '<br><del class="taken-out taken-out--whole">[−{words}−]</del>'
"""As in a page of differences: by a line, by marks, and only then by colour."""


@dataclass(slots=True)
class _Piece:
    """A tag, white space, or a word or part of one; ``word`` is its number, or −1."""

    raw: str
    word: int = -1


def words_of(html: str) -> str:
    """The words of a text on one line, as a reader reads them."""
    pieces, count = _pieces(html)
    words = [""] * count
    for piece in pieces:
        if piece.word >= 0:
            words[piece.word] += unescape(piece.raw)
    return " ".join(words)


def _pieces(html: str) -> tuple[list[_Piece], int]:
    pieces: list[_Piece] = []
    count, is_open = 0, False
    for tag, space, text in _PIECE.findall(html):
        if text:
            count += not is_open
            is_open = True
            pieces.append(_Piece(text, count - 1))
        else:
            is_open = is_open and not space and bool(_WITHIN_A_WORD.match(tag))
            pieces.append(_Piece(tag or space))
    return pieces, count


def marked(html: str, runs: Sequence[Run]) -> Markup:
    """A text with what ``runs``, of the words of ``words_of``, say of it."""
    pieces, count = _pieces(html)
    changes = _Changes.of(runs, count)
    # Every part was escaped before, or is by now.
    return Markup("".join(_written(pieces, changes)))  # noqa: S704


def with_gone(html: str, words: str) -> Markup:
    """A text with one that stood after it and is gone."""
    # Joined, since Markup escapes what is added to it.
    return Markup("".join((html, GONE.format(words=escape(words)))))  # noqa: S704  # as above


@dataclass(slots=True)
class _Changes:
    """Which words were put in, and what was taken out before each; the last is the text's end."""

    added: list[bool]
    removed: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, runs: Sequence[Run], count: int) -> _Changes:
        changes, place = cls([False] * (count + 1)), 0
        for run in runs:
            size = len(run.text.split())
            if run.kind == "removed":
                changes.removed[place] = run.text
                continue
            for word in range(place, min(place + size, count)):
                changes.added[word] = run.kind == "added"
            place += size
        return changes


def _written(pieces: Sequence[_Piece], changes: _Changes) -> Iterator[str]:
    lasts = {piece.word: number for number, piece in enumerate(pieces) if piece.word >= 0}
    begun, is_inside = -1, False
    for number, piece in enumerate(pieces):
        word = piece.word
        if word < 0:
            if is_inside and piece.raw.startswith("<"):  # an element may not cross another
                yield "</ins>"
                is_inside = False
            yield piece.raw
            continue
        is_added = changes.added[word]
        is_first = word != begun
        begun = word
        if is_first and word in changes.removed:
            yield f"{REMOVED[0]}{escape(changes.removed[word])}{REMOVED[1]} "
        if is_added and not is_inside:
            is_new = is_first and not (word > 0 and changes.added[word - 1])
            yield ADDED[0] if is_new else ADDED[0].removesuffix("[+")
            is_inside = True
        yield piece.raw
        if is_added and lasts[word] == number and not changes.added[word + 1]:
            yield ADDED[1]
            is_inside = False
    if rest := changes.removed.get(len(changes.added) - 1):
        yield f" {REMOVED[0]}{escape(rest)}{REMOVED[1]}"
