"""Rules about the words: sentences, placeholders, words typed twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from oscp_report.checks.passages import (
    partnership_texts,
    passages,
    words_of,
)
from oscp_report.checks.registry import Finding, Subject, rule
from oscp_report.wording import placeholders, quoted

LONGEST_SENTENCE = 40
"""Words. Government guidance recommends about 25; over 40, hardly anybody reads to the end."""

_TWICE = re.compile(r"(?<![\w’'-])([^\W\d_]+)\s++(\1)(?![\w’'-])", re.IGNORECASE)
# Pairs that are good English: "what they had had", "to say that that was so".
_GOOD_TWICE = frozenset({"had", "that"})

# Without the possessive `++` and the look behind, a run of points would take quadratic time.
_SENTENCE_END = re.compile(
    r"(?<![.!?])(?P<point>[.!?]++)[”’\"')\]*_]*+(?=\s++[“‘\"'(\[*_]*+[A-Z0-9{£])"
    r"|\n[ \t]*+\n|\n[ \t]*+(?:[-*+]|[0-9]{1,9}[.)])\s|\|"
)
_BEFORE_POINT = re.compile(r"[^\s(\[“‘\"']*$")
_SHORTENED = frozenset(
    "e.g i.e cf vs viz approx ca cllr cllrs mr mrs ms mx dr prof rev revd hon st sgt insp supt det "
    "ltd inc plc co dept no nos para paras p pp vol fig s ss art ch ed eds tel ext jan feb mar apr "
    "jun jul aug sep sept oct nov dec".split()
)
_TOKEN = re.compile(r"\S+")


@rule("PRO101", "warning")
def long_sentence(subject: Subject) -> Iterator[Finding]:
    """Sentence of more than 40 words.

    ## What it does
    Counts the words of each sentence in the numbered paragraphs, their items and the values of
    the cover and the summary. A list within a sentence counts as part of it.

    ## Why it matters
    A reader loses the beginning of a long sentence before its end, and a listener does so sooner.

    ## How to fix it
    Make two sentences of it, or a list of items below the paragraph. Where it has to stay, give
    its paragraph an `id:` and accept the warning about it.

    ```yaml
    - text: "The partnership is made up of:"
      items:
        - Oxford Local Police Area
        - Oxford City Council
    ```
    """
    for passage in passages(subject):
        text = passage.text.value
        if passage.part not in ("front", "body") or len(text.split()) <= LONGEST_SENTENCE:
            continue
        for start, end in sentences(text):
            words = _words(text, start, end)
            if len(words) > LONGEST_SENTENCE:
                first = words[0].start(), words[2].end()
                opening = " ".join(text[first[0] : first[1]].split())
                stay = "" if passage.id else ", or give its paragraph an `id` to accept it by"
                yield Finding(
                    passage.at(*first),
                    f"the sentence `{opening} …` has {len(words)} words",
                    fix=f"split it: {LONGEST_SENTENCE} words are the most{stay}",
                    about=passage.id,
                )


def _words(text: str, start: int, end: int) -> list[re.Match[str]]:
    """What has a letter or a digit in it; a dash by itself is no word."""
    return [m for m in _TOKEN.finditer(text, start, end) if any(map(str.isalnum, m[0]))]


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of a text begins and ends.

    A point after a title, an initial or a shortened word such as "e.g." ends none, nor does one
    before a small letter. Blank lines, list items and table cells begin a new one.
    """
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if match["point"] == "." and _is_shortened(text, start, match.start()):
            continue
        if text[start : match.end()].strip():
            yield start, match.end()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)


def _is_shortened(text: str, start: int, point: int) -> bool:
    before = _BEFORE_POINT.search(text, max(start, point - 12), point)
    word = before[0] if before else ""
    return word.casefold() in _SHORTENED or (len(word) == 1 and word.isupper())


@rule("PRO102", "warning")
def placeholder(subject: Subject) -> Iterator[Finding]:
    """Placeholder that was never filled in.

    ## What it does
    Finds TODO, XXX, TBC, "to be confirmed", "[insert", "lorem ipsum", "???" and the like in
    every text that is printed: paragraphs, headings, rows, tables, contacts, corrections, what is
    said of figures, the partnership's names.

    ## Why it matters
    It says before Council that the report was not finished.

    ## How to fix it
    Write what belongs there. Where something is in truth still open, say who will settle it and
    when.
    """
    for passage in (*passages(subject), *partnership_texts(subject)):
        for match in placeholders(passage.text.value):
            typed = " ".join(match[0].split())
            yield Finding(
                passage.at(*match.span()),
                f"`{typed}` stands where something was to be filled in",
                fix="write what belongs there",
                about=typed,
            )


@rule("PRO103", "warning")
def word_typed_twice(subject: Subject) -> Iterator[Finding]:
    """Word typed twice running.

    ## What it does
    Finds "the the", over the end of a line as well. Names such as Baden Baden are left alone,
    and so are "had had" and "that that".

    ## Why it matters
    It is nearly always a slip that the eye skips over.

    ## How to fix it
    Take one of the two out.
    """
    for passage in passages(subject):
        if not _TWICE.search(passage.text.value):
            continue
        for match in _TWICE.finditer(words_of(passage.text.value)):
            word = match[1].casefold()
            if word not in _GOOD_TWICE and not match[2][0].isupper():
                yield Finding(
                    passage.at(*match.span()),
                    f"{quoted(match[0])} has the same word twice",
                    fix=f"take one `{match[2]}` out",
                    about=f"{word} {word}",
                )
