"""Rules about abbreviations: that the reader is told what each stands for, and in time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from oscp_report.checks.passages import FORMATTED_FIELDS, Passage, passages, words_of
from oscp_report.checks.registry import Finding, Subject, rule
from oscp_report.wording import placeholders

# Where an abbreviation may be explained: in the partnership's file or in any text.
NEEDED = ("abbreviations", *FORMATTED_FIELDS)

# Known to everyone: the UK government's style guide names UK, DVLA, US, EU, VAT and MP as such.
_KNOWN = (
    "UK GB US USA EU UN MP VAT DVLA NHS BBC CCTV TV DNA HIV COVID PDF ID IT OK NB AM PM BST GMT"
)
_EMPHASIS = "AND OR NOT NO ALL ANY MUST MAY WILL ONLY NEW DRAFT THE FOR"
_UNITS = "KM KG KB MB GB TB KW MW MPH KPH"
_OTHER = frozenset(f"{_KNOWN} {_EMPHASIS} {_UNITS}".split())

_ABBREVIATION = re.compile(
    r"(?<![\w&])([A-Z][A-Z0-9]*(?:&[A-Z0-9]+)*|[A-Z][a-z][A-Z])(?:[’']?s|[’'])?(?![\w&])"
)
_TWO_CAPITALS = re.compile("[A-Z][a-z0-9&]*[A-Z]")
_ROMAN = re.compile("[IVX]+")
_POSTCODE = re.compile("[A-Z]{2}[0-9]{1,2}")
_CAPITALS = re.compile(r"\b[A-Z]{2,}(?:\s+[A-Z]{2,}){2,}\b")
_MARKS = r"[*_“”\"‘’']*"
_OPENING = re.compile(rf"[(\[]\s*(?:the |or |known as )?{_MARKS}$")
_CLOSING = re.compile(rf"{_MARKS}\s*[)\]]")
_MEANING = re.compile(rf"{_MARKS}\s*[(\[]([^()\[\]]*)")
_DASH = re.compile(rf"{_MARKS}\s+[–—-]\s+{_MARKS}[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Use:
    """One use of an abbreviation. ``is_explained`` tells that it is explained right there."""

    short: str
    passage: Passage
    order: int
    start: int
    end: int
    is_explained: bool


@rule("ABB101", "warning", needs=NEEDED)
def unexplained_abbreviation(subject: Subject) -> Iterator[Finding]:
    """Abbreviation that is never explained.

    ## What it does
    Finds words of two or more capitals that the report explains nowhere: not in brackets after
    the long form, not by brackets or a dash and words after it, not in the partnership's
    `abbreviations:`. Those that everybody knows, such as UK and NHS, are left alone. Each is
    reported once, where it first stands.

    ## Why it matters
    Councillors and residents do not speak the partnership's language, and are too polite to ask.

    ## How to fix it
    Write the long form where it first stands, and the abbreviation in brackets after it.

    ```yaml
    - The Multi-Agency Risk Assessment Conference (MARAC) met monthly.
    ```

    One that every report uses can be explained once in `partnership.yaml`:

    ```yaml
    abbreviations:
      TVP: Thames Valley Police
    ```
    """
    for short, uses in _by_abbreviation(subject).items():
        if not any(use.is_explained for use in uses):
            first = uses[0]
            yield Finding(
                first.passage.at(first.start, first.end),
                f"`{short}` is never explained",
                fix=f"write the long form first, and `({short})` after it",
                about=short,
            )


@rule("ABB102", "warning", needs=NEEDED)
def abbreviation_explained_too_late(subject: Subject) -> Iterator[Finding]:
    """Abbreviation used before it is explained.

    ## What it does
    Finds abbreviations whose explanation comes after their first use in the numbered paragraphs
    and the headings above them. The cover and the summary may use them before.

    ## Why it matters
    Whoever reads from the beginning stumbles over it, and looks for it in vain further up.

    ## How to fix it
    Move the long form to where the abbreviation first stands.
    """
    for short, uses in _by_abbreviation(subject).items():
        inside = [use for use in uses if use.passage.part in ("body", "heading")]
        explained = next((use for use in uses if use.is_explained), None)
        if (
            inside
            and explained
            and (inside[0].order, inside[0].start)
            < (
                explained.order,
                explained.start,
            )
        ):
            first = inside[0]
            line = explained.passage.at(explained.start, explained.end).line
            yield Finding(
                first.passage.at(first.start, first.end),
                f"`{short}` is used before it is explained",
                fix=f"move the explanation here from line {line}",
                about=short,
            )


def _by_abbreviation(subject: Subject) -> dict[str, list[Use]]:
    """The uses of every abbreviation that the partnership's file does not explain."""
    found: dict[str, list[Use]] = {}
    for order, passage in enumerate(passages(subject)):
        for use in _uses(passage, order):
            if use.short not in subject.partnership.abbreviations:
                found.setdefault(use.short, []).append(use)
    return found


def _uses(passage: Passage, order: int) -> Iterator[Use]:
    if not _TWO_CAPITALS.search(passage.text.value):
        return
    text = words_of(passage.text.value)
    if text.isupper() and len(text.split()) > 1:
        return
    blanks = [match.span() for match in (*placeholders(text), *_CAPITALS.finditer(text))]
    for match in _ABBREVIATION.finditer(text):
        short, (start, end) = match[1], match.span()
        skipped = any(first <= start < last for first, last in blanks)
        if _is_abbreviation(short) and not skipped:
            yield Use(short, passage, order, start, end, _is_explained(short, text, start, end))


def _is_abbreviation(word: str) -> bool:
    return (
        sum(letter.isupper() for letter in word) > 1
        and word not in _OTHER
        and not _ROMAN.fullmatch(word)
        and not _POSTCODE.fullmatch(word)
    )


def _is_explained(short: str, text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 40 * len(short)) : start]
    opening = _OPENING.search(before)
    if opening and _CLOSING.match(text, end):
        return _stands_for(short, before[: opening.start()])
    if meaning := _MEANING.match(text, end):
        return any(word[0].casefold() == short[0].casefold() for word in _words(meaning[1]))
    return _DASH.match(text, end) is not None


def _stands_for(short: str, before: str) -> bool:
    """Whether the words before a bracket hold the abbreviation's letters in their order."""
    letters = [letter for letter in short.casefold() if letter.isalpha()]
    words = [word.casefold() for word in _words(before)][-2 * len(short) - 3 :]
    return any(
        word[0] == letters[0] and _holds("".join(words[index:]), letters)
        for index, word in enumerate(words)
    )


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


def _holds(text: str, letters: list[str]) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)
