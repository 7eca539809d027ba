"""Abbreviations explained to whoever reads the page: at their first use, and in a list below it.

The words of the report stay as they are: a first use gets a tip, which not every reader can reach,
and the list is for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

_PIECE = re.compile(r"""(<(?:[^<>"']|"[^"]*"|'[^']*')*>)|([^<]+)""")
_TAG_NAME = re.compile(r"<(/?)([a-z0-9]+)")
# Within a link a reader would hear two things at once; a drawing's text is no HTML.
_LEFT_ALONE = frozenset({"a", "abbr", "svg"})


@dataclass(frozen=True, slots=True)
class Explained:
    """A page's ``html`` with its first uses marked, and the ``abbreviations`` it uses, by name."""

    html: Markup
    abbreviations: tuple[tuple[str, str], ...]


def explained(html: str, abbreviations: Sequence[tuple[str, str]]) -> Explained:
    """Mark the first use of each abbreviation, ``(short, long)``, that the text does not explain.

    It explains one that stands in brackets after its long form. What is no markup is escaped.
    """
    page = Markup.escape(html)
    meanings = {escape(short): escape(long) for short, long in abbreviations}
    if not meanings:
        return Explained(page, ())
    longest_first = sorted(meanings, key=lambda short: (-len(short), short))
    names = "|".join(map(re.escape, longest_first))
    pattern = re.compile(rf"(?<![\w&])(?:{names})(?=s?(?!\w))")
    plain = " ".join(re.sub("<[^>]*>", "", page).split()).casefold()
    told = {short for short, long in meanings.items() if f"{long} ({short})".casefold() in plain}
    used: set[str] = set()
    marked = "".join(_marked(page, pattern, meanings, told, used))
    listed = (pair for pair in abbreviations if escape(pair[0]) in used)
    # Only tags of our own were put in, around text that was escaped before.
    return Explained(Markup(marked), tuple(sorted(listed)))  # noqa: S704


def _marked(
    html: str, pattern: re.Pattern[str], meanings: Mapping[str, str], told: set[str], used: set[str]
) -> Iterator[str]:
    """The pieces of the page; notes in ``used`` which abbreviations it found."""

    def mark(match: re.Match[str]) -> str:
        short = match[0]
        is_first = short not in told
        used.add(short)
        told.add(short)
        return f'<abbr title="{meanings[short]}">{short}</abbr>' if is_first else short

    inside = 0
    for tag, text in _PIECE.findall(html):
        if tag and (name := _TAG_NAME.match(tag)) and name[2] in _LEFT_ALONE:
            inside += -1 if name[1] else 1
        if text and inside:
            used.update(pattern.findall(text))
        yield tag or (text if inside else pattern.sub(mark, text))
