"""Paragraph numbers: 1, 2, 3 running on through all headings, then a, b, c, then i, ii, iii.

A report may count its paragraphs section by section instead (1.1, 1.2, 2.1), or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from oscp_report.model import Paragraph, Report
from oscp_report.printed import sections_of

LEVELS = ("1", "a", "i", "A")
"""How each level is counted, as HTML's ``type`` of an ordered list; the last one repeats."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A paragraph with its number.

    ``position`` counts from 1 within its list; ``label`` is how other paragraphs refer to it
    (``8b(ii)``, ``2.8b``; empty in a report without numbers); ``anchor`` is the id of its element:
    its own id where it has one that is free. The others have an underscore (``paragraph_8_b``),
    which no id of an author's has.
    """

    paragraph: Paragraph
    position: int
    label: str
    anchor: str
    items: tuple[Numbered, ...]

    def walk(self) -> Iterator[Numbered]:
        """This paragraph and all below it, in printed order."""
        yield self
        for item in self.items:
            yield from item.walk()


def number_report(report: Report) -> tuple[tuple[Numbered, ...], ...]:
    """The numbered paragraphs of each section of ``sections_of(report)``, in the same order."""
    sections: list[tuple[Numbered, ...]] = []
    count = 0
    taken = {section.id for section in sections_of(report)}
    for section, chapter in zip(sections_of(report), chapters_of(report), strict=True):
        if chapter.begins:
            count = 0
        numbered = tuple(
            _number(paragraph, (count + index,), chapter.number, taken)
            for index, paragraph in enumerate(section.paragraphs, 1)
        )
        count += len(numbered)
        sections.append(numbered)
    if report.numbering == "none":
        return tuple(tuple(map(_without_number, numbered)) for numbered in sections)
    return tuple(sections)


@dataclass(frozen=True, slots=True)
class Chapter:
    """How a section's paragraphs are counted.

    ``number`` is the section's own, where paragraphs are counted section by section; ``begins``
    says that the count starts again with it.
    """

    number: str = ""
    begins: bool = False


def chapters_of(report: Report) -> Iterator[Chapter]:
    """The chapter of each section: one without a heading, or below another, goes on in its own."""
    count = 0
    for section in sections_of(report):
        if report.numbering != "by-section":
            yield Chapter()
            continue
        begins = not count or (bool(section.heading) and section.level == 1)
        count += begins
        yield Chapter(str(count), begins)


def _without_number(numbered: Numbered) -> Numbered:
    return replace(numbered, label="", items=tuple(map(_without_number, numbered.items)))


def by_id(sections: tuple[tuple[Numbered, ...], ...]) -> Mapping[str, Numbered]:
    """The numbered paragraphs that have an id; the first, where two share one.

    Next year's priorities may carry the ids of this year's: an id means this year's.
    """
    found: dict[str, Numbered] = {}
    for section in sections:
        for top in section:
            for numbered in top.walk():
                if numbered.paragraph.id:
                    found.setdefault(numbered.paragraph.id, numbered)
    return found


def _number(paragraph: Paragraph, path: tuple[int, ...], chapter: str, taken: set[str]) -> Numbered:
    anchor = paragraph.id
    if not anchor or anchor in taken:
        parts = [counter(n, level) for level, n in enumerate(path)]
        anchor = "_".join(["paragraph", *([chapter] if chapter else []), *parts])
    taken.add(anchor)
    items = tuple(
        _number(item, (*path, index), chapter, taken)
        for index, item in enumerate(paragraph.items, 1)
    )
    return Numbered(paragraph, path[-1], _label(path, chapter), anchor, items)


def _label(path: tuple[int, ...], chapter: str) -> str:
    top, *below = (counter(n, level) for level, n in enumerate(path))
    top = f"{chapter}.{top}" if chapter else top
    return top + "".join(below[:1]) + "".join(f"({part})" for part in below[1:])


def counter(number: int, level: int) -> str:
    """A number as its level counts it: ``8``, ``b``, ``ii``."""
    match LEVELS[min(level, len(LEVELS) - 1)]:
        case "1":
            return str(number)
        case "a":
            return letters(number)
        case "i":
            return roman(number)
        case _:
            return letters(number).upper()


def letters(number: int) -> str:
    """a to z, then aa, ab and so on, as a browser counts them."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def roman(number: int) -> str:
    """Small Roman numerals."""
    text = ""
    for value, numeral in _ROMAN:
        count, number = divmod(number, value)
        text += numeral * count
    return text
