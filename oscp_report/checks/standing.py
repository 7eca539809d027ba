"""The rule about stale text: what this year says that last year's report said already."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from oscp_report.checks.prose import sentences
from oscp_report.checks.registry import Finding, Subject, rule
from oscp_report.model import Paragraph, Report
from oscp_report.references import references

LIKENESS = 0.9
"""Of the words of two paragraphs, how many they share, from which on one is nearly the other."""
FEWEST_WORDS = 12
"""Shorter paragraphs are alike by chance."""

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class _Bag:
    """The words of a paragraph, each a bit, those that recur as often as they do."""

    paragraph: Paragraph
    words: int
    count: int


@rule("YRS106", "warning", needs=("achievements", "sections_after"))
def paragraph_left_standing(subject: Subject) -> Iterator[Finding]:
    """Paragraph of last year, left standing.

    ## What it does
    Finds achievements, their items, themes without achievements, and paragraphs of
    `sections_after:`, of 12 words or more, that share nine words in ten with a paragraph of last
    year's report. Sentences that report a figure by reference are left out, since the figure
    renews them; so are the introduction and what stands before the achievements.

    ## Why it matters
    A report tells what was done in its year. What stood there last year is either forgotten or
    not news.

    ## How to fix it
    Say what is new. Where every word still holds, give the paragraph an `id:` and accept the
    warning about it.
    """
    if subject.previous is None:
        return
    vocabulary: dict[tuple[str, int], int] = {}
    before = [_bag(each, vocabulary) for each in _news(subject.previous)]
    before = [bag for bag in before if bag.count >= FEWEST_WORDS]
    for bag in (_bag(each, vocabulary) for each in _news(subject.report)):
        likeness, standing = max(
            ((_likeness(bag, old), old.paragraph) for old in before),
            key=lambda pair: pair[0],
            default=(0.0, bag.paragraph),
        )
        if bag.count >= FEWEST_WORDS and likeness >= LIKENESS:
            how = "the same as" if likeness == 1 else "nearly the same as"
            place = standing.location
            mine = bag.paragraph.id
            stay = "accept this" if mine else "give it an `id`, and accept this by that id"
            yield Finding(
                bag.paragraph.location,
                f"this paragraph is {how} in {place.file}, line {place.line}",
                fix=f"say what is new; where every word still holds, {stay}",
                about=mine,
            )


def _news(report: Report) -> Iterator[Paragraph]:
    """The paragraphs that tell of their year. A theme with achievements only names its priority."""
    for theme in report.achievements.themes:
        if not theme.achievements:
            yield Paragraph(text=theme.text, id=theme.id, location=theme.location)
        for achievement in theme.achievements:
            yield from achievement.walk()
    for section in report.sections_after:
        for part in (section, *section.sections):
            for paragraph in part.paragraphs:
                yield from paragraph.walk()


def _bag(paragraph: Paragraph, vocabulary: dict[tuple[str, int], int]) -> _Bag:
    text = paragraph.text.value
    if "{" in text:
        own = (text[start:end] for start, end in sentences(text))
        text = " ".join(each for each in own if not _reports_a_figure(each))
    seen: Counter[str] = Counter()
    bits = 0
    for word in _WORD.findall(text.casefold()):
        bits |= 1 << vocabulary.setdefault((word, seen[word]), len(vocabulary))
        seen[word] += 1
    return _Bag(paragraph, bits, seen.total())


def _reports_a_figure(sentence: str) -> bool:
    return any(found.kind == "figure" for found in references(sentence))


def _likeness(one: _Bag, other: _Bag) -> float:
    """The words they share as a part of all that they have: 1 where all are shared."""
    fewer, both = min(one.count, other.count), one.count + other.count
    if 2 * fewer < LIKENESS * both:
        return 0.0
    return 2 * (one.words & other.words).bit_count() / both
