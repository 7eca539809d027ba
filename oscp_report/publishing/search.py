"""What the search looks through: the words of every paragraph and row, and where they stand."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from oscp_report.document.numbering import Numbered
from oscp_report.model import Row
from oscp_report.printed import sections_of
from oscp_report.publishing.figure_views import FigurePart
from oscp_report.publishing.volumes import Volume, texts_of
from oscp_report.wording import one_line

COVER, SUMMARY = "the_report", "the_summary"
"""Anchors in a report's page: its head, and its summary."""

_Entry = tuple[int, str, str, str, str]
"""The page's place in the list of pages, and a paragraph's number, heading, anchor and words.

Those of a row are its label and its words, without a number.
"""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a report, and where its first paragraph stands."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Contents:
    """A year's headings, for who looks without the search."""

    label: str
    title: str
    address: str
    headings: tuple[Heading, ...]


def index(volumes: Sequence[Volume], figures: Sequence[FigurePart]) -> bytes:
    """The index as a script, which a page may load from a folder too, where it may fetch nothing.

    ``volumes`` are newest first. It sets ``searchIndex``: ``pages``, each with its label and its
    address, and ``entries``.
    """
    pages = [[volume.label, volume.report_address] for volume in volumes]
    entries = [e for place, volume in enumerate(volumes) for e in _of_year(place, volume)]
    entries += [_of_figure(len(pages), part) for part in figures]
    pages.append(["Figures", "figures.html"])
    lines = ",\n".join(map(_json, entries))
    return f'self.searchIndex = {{"pages": {_json(pages)}, "entries": [\n{lines}\n]}};\n'.encode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _of_year(place: int, volume: Volume) -> Iterator[_Entry]:
    rows = ((COVER, volume.cover), (SUMMARY, volume.report.summary))
    for anchor, found in rows:
        for row in found:
            yield place, "", _label(row), anchor, _words(row, volume)
    for heading, numbered in _with_headings(volume):
        words = " ".join(volume.plain(text) for text in texts_of(numbered.paragraph))
        yield place, numbered.label, heading, numbered.anchor, words
    for contact in volume.report.contacts:
        first, *others = contact
        words = "; ".join(
            [_words(first, volume), *(f"{_label(row)}: {_words(row, volume)}" for row in others)]
        )
        yield place, "", _label(first), COVER, words


def _label(row: Row) -> str:
    return one_line(row.label).removesuffix(":")


def _words(row: Row, volume: Volume) -> str:
    return " ".join(volume.plain(each.text) for each in row.value.walk())


def _of_figure(place: int, part: FigurePart) -> _Entry:
    words = f"{part.finding.striptags()} {part.definition}".strip()
    return place, "", part.label, part.anchor, words


def _with_headings(volume: Volume) -> Iterator[tuple[str, Numbered]]:
    """Every paragraph in printed order, with the heading that it stands below."""
    heading = above = ""
    for section, numbered in zip(sections_of(volume.report), volume.sections, strict=True):
        if section.heading:
            own = volume.plain(section.heading)
            above = above if section.level > 1 else own
            heading = own if section.level == 1 else f"{above}: {own}"
        for top in numbered:
            for each in top.walk():
                yield heading, each


def contents(volume: Volume) -> Contents:
    """A year's headings, each leading to its first paragraph."""
    found: dict[str, Heading] = {}
    for heading, numbered in _with_headings(volume):
        if heading:
            address = f"{volume.report_address}#{numbered.anchor}"
            found.setdefault(heading, Heading(heading, address))
    return Contents(volume.label, volume.title, volume.report_address, tuple(found.values()))
