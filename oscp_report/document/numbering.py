"""Paragraph numbers: 1, 2, 3 running on through all headings, then a, b, c, then i, ii, iii."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from oscp_report.model import Paragraph, Report
from oscp_report.printed import sections_of

LEVELS = ("1", "a", "i", "A")
"""How each level is counted, as HTML's ``type`` of an ordered list; the last one repeats."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A paragraph with its number.

    ``position`` counts from 1 within its list, ``label`` is how other paragraphs refer to it
    (``8b(ii)``), ``anchor`` the id of its element: its own id where it has one that is free. The
    others have an underscore (``paragraph_8_b``), which no id of an author's has.
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
    for section in sections_of(report):
        numbered = tuple(
            _number(paragraph, count + index, (), taken)
            for index, paragraph in enumerate(section.paragraphs, 1)
        )
        count += len(numbered)
        sections.append(numbered)
    return tuple(sections)


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


def _number(
    paragraph: Paragraph, position: int, above: tuple[int, ...], taken: set[str]
) -> Numbered:
    path = (*above, position)
    label = _label(path)
    anchor = paragraph.id
    if not anchor or anchor in taken:
        anchor = "paragraph_" + "_".join(counter(n, level) for level, n in enumerate(path))
    taken.add(anchor)
    items = tuple(
        _number(item, index, path, taken) for index, item in enumerate(paragraph.items, 1)
    )
    return Numbered(paragraph, position, label, anchor, items)


def _label(path: tuple[int, ...]) -> str:
    top, *below = (counter(n, level) for level, n in enumerate(path))
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
