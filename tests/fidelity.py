"""A built report against the published one, word for word.

Every word counts, its order, its punctuation and the numbers of paragraphs. White space, where a
line or a page ends, and the shape of quotation marks and dashes do not.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from tests.page import parsed

PUBLISHED = Path(__file__).parent / "fixtures" / "published-2018-19.txt"
WORDS = 1570
"""In the published report, a hyphen counted as one, the numbers of paragraphs included."""

AGENDA_PAGES = ("156", "157")
"""The page numbers of the agenda pack that the published text holds, at the foot of two pages."""

_SHAPES = {
    **dict.fromkeys(map(ord, "‘’‛"), "'"),
    **dict.fromkeys(map(ord, "“”„"), '"'),
    **dict.fromkeys(map(ord, "‐‑‒–—−"), " - "),
    ord("-"): " - ",
    ord("\u00ad"): None,
}
_INLINE = frozenset({"a", "abbr", "code", "em", "span", "strong"})
_COUNTERS = {"1": "{0}", "a": "{1}", "i": "{2}", "A": "{1}"}
_ROMAN = "i ii iii iv v vi vii viii ix x xi xii".split()


def words(text: str) -> list[str]:
    """The words of a text in order; hyphens and dashes are words, so that no line end hides one."""
    return text.translate(_SHAPES).split()


def published() -> list[str]:
    """The words of the published report, without the agenda pack's page numbers."""
    text = PUBLISHED.read_text("utf-8")
    numbers = "|".join(AGENDA_PAGES)
    text, removed = re.subn(rf"\b(?:{numbers})[ \t]*$", "", text, flags=re.MULTILINE)
    assert removed == len(AGENDA_PAGES), "the published text is not as it was"
    return words(text)


def words_of_html(page: str) -> list[str]:
    """The words of a page's ``main``, with the numbers that a browser sets before list items."""
    main = parsed(page).find("body/main")
    assert main is not None, "the page has no main element"
    return words("".join(_shown(main)))


def _shown(element: Any) -> Iterator[str]:
    gap = "" if element.tag in _INLINE else " "
    yield gap + (element.text or "")
    number = int(element.get("start", "1"))
    for child in element:
        if element.tag == "ol":
            yield f" {_counter(number, element.get('type', '1'))}. "
            number += 1
        yield from _shown(child)
        yield child.tail or ""
    yield gap


def _counter(number: int, kind: str) -> str:
    letter = chr(ord("a") + number - 1)
    return _COUNTERS[kind].format(number, letter, _ROMAN[min(number, len(_ROMAN)) - 1])


def words_of_pdf(path: Path, pdftotext: str = "pdftotext") -> list[str]:
    """The words of a PDF in reading order, less the page number at the foot of each page."""
    command = [pdftotext, "-raw", "-enc", "UTF-8", str(path), "-"]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    pages = done.stdout.removesuffix("\f").split("\f")
    return words("\n".join(re.sub(r"\n\s*[0-9]+\s*$", "", page) for page in pages))


def differences(want: Sequence[str], have: Sequence[str]) -> list[str]:
    """Each stretch that differs, with a few words before it."""
    matcher = SequenceMatcher(None, want, have, autojunk=False)
    return [
        f"after “{' '.join(want[max(0, a - 4) : a])}”: “{' '.join(want[a:b])}” was published,"
        f" “{' '.join(have[c:d])}” is built"
        for kind, a, b, c, d in matcher.get_opcodes()
        if kind != "equal"
    ]
