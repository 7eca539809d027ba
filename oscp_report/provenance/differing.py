"""What differs between a PDF and the one that was made of its sources again, in plain words."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from io import StringIO
from itertools import zip_longest
from typing import Any

from oscp_report.inspection.objects import (
    entries,
    identity,
    is_array,
    is_dictionary,
    is_stream,
    items,
    unpacked,
    value,
)
from oscp_report.inspection.subject import Subject, inherited
from oscp_report.listing import counted
from oscp_report.provenance.extracting import opened
from oscp_report.wording import quoted

MOST_SHOWN = 5
"""Differences of one kind that are told one by one."""
WIDEST = 60
"""Characters of a text that are shown."""
AROUND = 3
"""Words before a difference that are shown with it."""

_DEEPEST = 40
_MOST_WORDS = 6_000
_MOST_OBJECTS = 200_000
_ELSEWHERE = ("Parent", "P", "StructParents", "StructParent", "Annots", "B", "Length", "Filter",
              "DecodeParms", "PieceInfo", "Metadata")  # fmt: skip
"""What leads out of a page, or says only how its parts are packed."""


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a PDF: what each says, word by word, and a digest of what is drawn on it."""

    words: tuple[tuple[str, ...], ...]
    drawn: tuple[str, ...]


def read_pages(pdf: bytes) -> Pages:
    """The pages of a PDF.

    Raises:
        ReportError: it cannot be opened.
    """
    with opened(pdf) as document:
        subject = Subject(document, pdf)
        said: dict[int, list[str]] = {page.number: [] for page in subject.pages}
        contents = subject.contents
        for piece in (*contents.pieces.values(), *contents.artifacts, *contents.untagged):
            said.setdefault(piece.page, []).extend(piece.text.split())
        drawn = tuple(_drawn(page.raw) for page in subject.pages)
        return Pages(tuple(tuple(said[number]) for number in sorted(said)), drawn)


def _drawn(page: Any) -> str:
    """A digest of all that a page is drawn with: equal ones look the same."""
    parts = [_digest(value(page, "Contents"))]
    parts += [_digest(inherited(page, key)) for key in ("MediaBox", "CropBox", "Resources")]
    return " ".join(parts)


def _digest(found: Any) -> str:
    """A digest of an object with all that it refers to."""
    sha, seen, count = hashlib.sha256(), set[tuple[int, int]](), 0
    waiting: list[tuple[str, Any, int]] = [("", found, 0)]
    while waiting and count < _MOST_OBJECTS:
        key, each, depth = waiting.pop()
        count += 1
        sha.update(f"{key}\0{depth}\0".encode("utf-8", "replace"))
        number = identity(each)
        if depth > _DEEPEST or (number != (0, 0) and number in seen):
            continue
        seen.add(number)
        if is_stream(each):
            sha.update(unpacked(each) or b"packed")
        if is_stream(each) or is_dictionary(each):
            held = (pair for pair in entries(each) if pair[0] not in _ELSEWHERE)
            waiting += [(name, child, depth + 1) for name, child in sorted(held, key=_first)]
        elif is_array(each):
            waiting += [("", child, depth + 1) for child in items(each)]
        else:
            sha.update(_written(each))
    return sha.hexdigest()


def _first(pair: tuple[str, Any]) -> str:
    return pair[0]


def _written(found: Any) -> bytes:
    unparse = getattr(found, "unparse", None)
    return bytes(unparse()) if unparse else str(found).encode()


def differences(pdf: bytes, again: bytes) -> Iterator[str]:
    """What a reader would find otherwise in a PDF than in the one made of its sources again.

    Text first, then how the pages are drawn. Where neither differs there is one clause that says
    so, with the place in the file.

    Raises:
        ReportError: one of the two cannot be opened.
    """
    one, other = read_pages(pdf), read_pages(again)
    told = [*_texts(one, other), *_layout(one, other)]
    if told:
        yield from told
        return
    at = next((n for n, (a, b) in enumerate(zip(pdf, again, strict=False)) if a != b), None)
    where = min(len(pdf), len(again)) if at is None else at
    sizes = f"{len(pdf):,} bytes, {len(again):,} when built again"
    yield f"file: every page says and shows the same; bytes differ from {where:,} on ({sizes})"


def _texts(one: Pages, other: Pages) -> Iterator[str]:
    changed = 0
    for number, (here, there) in enumerate(zip_longest(one.words, other.words, fillvalue=()), 1):
        if here == there:
            continue
        for said, instead in _changes(here, there):
            changed += 1
            if changed <= MOST_SHOWN:
                yield f"text: page {number}: {said} in the PDF, {instead} when built again"
    if changed > MOST_SHOWN:
        yield f"text: and {changed - MOST_SHOWN} more"


def _changes(here: Sequence[str], there: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Where two runs of words part, each with the words before it."""
    if len(here) + len(there) > _MOST_WORDS:  # it would take too long to match them
        yield _shown(here), _shown(there)
        return
    matcher = SequenceMatcher(None, here, there, autojunk=False)
    for tag, start, end, from_, to in matcher.get_opcodes():
        if tag != "equal":
            before = here[max(0, start - AROUND) : start]
            yield _shown((*before, *here[start:end])), _shown((*before, *there[from_:to]))


def _shown(words: Iterable[str]) -> str:
    said = "".join(c for c in " ".join(words) if c.isprintable())
    return f"“{said if len(said) <= WIDEST else said[: WIDEST - 1] + '…'}”" if said else "nothing"


def _layout(one: Pages, other: Pages) -> Iterator[str]:
    if len(one.drawn) != len(other.drawn):
        yield f"layout: {counted(len(one.drawn), 'page')}, {len(other.drawn)} when built again"
    pairs = enumerate(zip(one.drawn, other.drawn, strict=False), 1)
    pages = [str(number) for number, (here, there) in pairs if here != there]
    if pages:
        yield f"layout: drawn otherwise: page{'s' if len(pages) > 1 else ''} {', '.join(pages)}"


def figures_differ(csv_here: bytes, csv_there: bytes) -> Iterator[str]:
    """What the table of figures in a PDF says otherwise than the one made of its sources."""
    here, there = _rows(csv_here), _rows(csv_there)
    told = []
    for key in sorted({*here, *there}):
        one, other = here.get(key), there.get(key)
        if one != other:
            told.append(f"figures: {key[0]} for {key[1]}: {_value(one)} in the PDF, "
                        f"{_value(other)} by its sources")  # fmt: skip
    yield from told[:MOST_SHOWN]
    if len(told) > MOST_SHOWN:
        yield f"figures: and {len(told) - MOST_SHOWN} more"


def _rows(data: bytes) -> dict[tuple[str, str], Mapping[str, str]]:
    try:
        rows = list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error):
        return {}
    return {(row.get("id") or "", row.get("year") or ""): row for row in rows}


def _value(row: Mapping[str, str] | None) -> str:
    return quoted(row.get("value") or row.get("shorthand") or "empty", 40) if row else "not there"
