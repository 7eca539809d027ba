"""What a sentence says became of a figure: that it rose, by how much, from what.

It takes for a statement about a figure only what is tied to it: the figure as the subject, by
reference or by the words of its label; `rose to {id}`; `{id}, a rise of`; `fewer ... than last year
({id})`. What is denied, hoped for, or said of something else, of a part of the year or of the
place, or of other years is no statement.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from oscp_report.checks.statements import turns
from oscp_report.checks.statements.quantities import (
    Quantity,
    base_after,
    quantity_after,
    quantity_before,
)
from oscp_report.checks.statements.sentences import Sentence, carried
from oscp_report.checks.statements.subjects import before, figures_of
from oscp_report.checks.statements.turns import (
    Direction,
    Turn,
    clause_end,
    clause_start,
    is_last_year,
    names,
    turns_in,
)
from oscp_report.year import Year

_FURTHEST_BASE = 160
"""Characters after which a value belongs to something else."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What the words from ``start`` to ``end`` say of one figure, or of several alike.

    ``factor`` is how many times as large it is said to be; ``base`` what it is said to have been.
    """

    figures: tuple[str, ...]
    start: int
    end: int
    direction: Direction
    quantity: Quantity | None = None
    factor: Decimal | None = None
    base: Quantity | None = None
    is_denied: bool = False
    is_rough: bool = False


def statements(sentence: Sentence) -> Iterator[Statement]:
    """What a sentence says of figures, turn of phrase by turn of phrase."""
    text = sentence.text
    if turns.OTHER_YEARS.search(text) or _names_another_year(sentence):
        return
    yield from _compared(sentence)
    for turn in turns_in(text):
        before = quantity_before(text, turn.start) if turn.takes_quantity_before else None
        quantity = before or quantity_after(text, turn.end)
        start = before.start if before else turn.start
        end = quantity.end if quantity and not before else turn.end
        if _is_not_said(sentence, turn, start, end):
            continue
        figures = figures_of(sentence, turn, start, end)
        if figures:
            yield Statement(
                tuple(dict.fromkeys(figures)), turn.start, turn.end, turn.direction, quantity,
                turn.factor, base_after(text, end, _end_of_base(text, end)), turn.is_denied,
                turn.is_rough,
            )  # fmt: skip


def _compared(sentence: Sentence) -> Iterator[Statement]:
    """The earlier value in `{id} referrals, compared with 250 last year`."""
    for match in turns.COMPARED.finditer(sentence.text):
        base = base_after(sentence.text, match.start(), _end_of_base(sentence.text, match.end()))
        figures = before(sentence, match.start())
        if base and figures and is_last_year(sentence, match.end()):
            yield Statement(figures[-1:], *match.span(), "compared", base=base)


def _names_another_year(sentence: Sentence) -> bool:
    known = {sentence.year, Year(sentence.year.start - 1)}
    for match in turns.FINANCIAL_YEAR.finditer(sentence.text):
        try:
            if Year.parse(match[0]) not in known:
                return True
        except ValueError:
            return True
    return False


def _end_of_base(text: str, start: int) -> int:
    stop = turns.STRONG.search(text, start)
    return min(stop.start() if stop else len(text), start + _FURTHEST_BASE)


def _is_not_said(sentence: Sentence, turn: Turn, start: int, end: int) -> bool:
    """Whether a turn is denied, hoped for, or said of another time."""
    text = sentence.text
    left = clause_start(text, start)
    region = text[left:start]
    if turn.is_denied:
        region = turns.DENIED.sub("", region)
    if turns.THAT.search(text, 0, left):  # "it is hoped that"
        region = text[clause_start(text, left - len("that ")) : left] + region
    tail = text[end : clause_end(text, end)]
    own_words = turn.kind == "verb"
    # `from {id.previous} in 2019`: whichever year it names, it is the one before.
    is_from_last_year = any(
        mention.is_previous and end <= mention.start < end + len(tail)
        for mention in sentence.mentions
    )
    opening = text[: text.find(",")] if "," in text[:start] else ""
    if any(mention.start < len(opening) for mention in sentence.mentions):
        opening = ""
    parts = (part for part in turns.PART.finditer(opening) if part["how"] not in ("of", "by"))
    elsewhere = carried(" ".join(part["what"] for part in parts))
    if own_words and elsewhere - sentence.places - turns.NO_PLACE:
        return True
    return bool(
        turns.INFINITIVE.search(text, left, start)
        or turns.NOT_SO.search(region)
        or (own_words and (turns.REPORTED.search(region) or turns.PAST_OF_PAST.search(region)))
        or (own_words and turns.ONE_TIME_OR_PLACE.search(text, 0, left))
        or (own_words and turns.IN_A_YEAR.search(region))
        or turns.PART_OF_YEAR.search(tail)
        or turns.PART_OF_YEAR.search(opening)
        or (own_words and turns.PART_OF_YEAR.search(region))
        or (not is_from_last_year and turns.IN_A_YEAR.search(tail))
        or (turn.kind != "comparative" and _is_about_last_year(sentence, end))
        or _is_of_last_year(sentence, 0, len(opening))
        or (own_words and _is_of_last_year(sentence, left, start))
        or (turn.kind == "noun" and _is_of_last_year(sentence, max(left, start - 30), start))
    )


def _is_about_last_year(sentence: Sentence, end: int) -> bool:
    """Whether what follows says when it happened, and that was the year before."""
    match = turns.THEN.match(sentence.text, end)
    if match is None:
        return False
    return match["year"] is None or names(match["year"], Year(sentence.year.start - 1))


def _is_of_last_year(sentence: Sentence, start: int, end: int) -> bool:
    return any(
        match["year"] is None or names(match["year"], Year(sentence.year.start - 1))
        for match in turns.OF_LAST_YEAR.finditer(sentence.text, start, end)
    )
