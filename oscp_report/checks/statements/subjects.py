"""Of which figure a turn of phrase is said: the one as its subject, or the one it is added to.

Where more than one figure may be meant, or none is sure, it is said of none.
"""

from __future__ import annotations

from collections.abc import Sequence

from oscp_report.checks.statements import turns
from oscp_report.checks.statements.sentences import WORD, Label, Mention, Sentence, carried
from oscp_report.checks.statements.turns import Turn, clause_end, clause_start, is_last_year

_MOST_BOUNDARIES = 3
_CLAUSE = 160
"""Characters over which a turn of phrase is tied to a figure named before it."""


def figures_of(sentence: Sentence, turn: Turn, start: int, end: int) -> tuple[str, ...]:
    """What a turn of phrase is said of: one figure, or several, or none that is sure."""
    reached = _reached(sentence, end)
    if reached and turn.kind in ("verb", "noun"):
        return (reached.figure,)
    if turn.kind == "verb" and not (end > turn.end or turns.GOES_ON.match(sentence.text, end)):
        return ()
    if turn.kind in ("verb", "particle", "noun") and _is_of_a_part(sentence, turn, end):
        return ()
    match turn.kind:
        case "noun":
            return _of_noun(sentence, turn, start, end)
        case "comparative":
            return _of_comparative(sentence, turn, start)
        case "verb":
            return _of_subject(sentence, start, turn)
    linked = turns.LINKING.search(sentence.text, 0, start)
    if linked:
        return _of_subject(sentence, linked.start(), turn)
    return _apposed(sentence, start)


def _reached(sentence: Sentence, end: int) -> Mention | None:
    """The figure in `rose to {id}`, `fell from 9,000 to just {id}`."""
    mention = next(
        (each for each in sentence.mentions if each.start >= end and not each.is_previous), None
    )
    if mention is None:
        return None
    return mention if turns.REACHING.fullmatch(sentence.text, end, mention.start) else None


def _is_of_a_part(sentence: Sentence, turn: Turn, end: int) -> bool:
    """Whether it happened `in` some place or `among` some people only."""
    text = sentence.text
    if turn.kind == "noun":
        end = _complement(sentence, end)[1]
    for match in turns.PART.finditer(text, end, clause_end(text, end)):
        words = carried(match["what"]) - sentence.places
        if words and not any(words <= label.all for label in sentence.labels.values()):
            return True
    return False


def _of_subject(sentence: Sentence, end: int, turn: Turn) -> tuple[str, ...]:
    """The figure that is the subject of what begins at ``end``."""
    text = sentence.text
    left = clause_start(text, end)
    start = max(left, text.rfind(",", left, end) + 1)
    subject = text[start:end]
    if turn.is_denied:
        subject = turns.DENIED.sub("", subject)
    words = carried(subject) - sentence.places
    named = _named_between(sentence, start, end)
    if named:
        return _all_of(named, words)
    if not WORD.search(subject):
        if start == 0:
            return ()
        return before(sentence, end) if turn.is_participle else _past_an_aside(sentence, start)
    if words:
        return _named_by(sentence, words) or _long_label(sentence, left, end)
    if turn.kind == "verb" and subject.strip() == "which":
        return _next_to(sentence, start)
    if turns.STANDS_FOR.search(subject):
        return before(sentence, start) or _following(sentence, turn.end)
    return ()


def _named_between(sentence: Sentence, start: int, end: int) -> list[Mention]:
    """The figures of this year that a stretch of the text refers to."""
    return [m for m in sentence.mentions if start <= m.start < end and not m.is_previous]


def _all_of(named: Sequence[Mention], words: frozenset[str]) -> tuple[str, ...]:
    """Figures that are referred to; none where other words beside them may mean another thing."""
    allowed = frozenset().union(*(mention.words for mention in named))
    return tuple(mention.figure for mention in named) if words <= allowed else ()


def _past_an_aside(sentence: Sentence, comma: int) -> tuple[str, ...]:
    """The subject of `recorded burglary, at {id}, was`, less what stands between the commas."""
    end = sentence.text.rfind(",", 0, comma - 1)
    start = max(
        clause_start(sentence.text, max(end, 0)), sentence.text.rfind(",", 0, max(end, 0)) + 1
    )
    words = carried(sentence.text[start : max(end, 0)]) - sentence.places
    return _named_by(sentence, words) if words else ()


def _long_label(sentence: Sentence, left: int, end: int) -> tuple[str, ...]:
    """The figure whose whole label is the subject, where words of it seem to begin a clause."""
    for _ in range(_MOST_BOUNDARIES):
        left = clause_start(sentence.text, max(0, left - 1))
        words = carried(sentence.text[left:end]) - sentence.places
        found = [name for name, label in sentence.labels.items() if _tell(words, label)]
        if len(found) == 1:
            return tuple(found)
    return ()


def _tell(words: frozenset[str], label: Label) -> bool:
    return bool(words) and label.least <= words <= label.all


def _named_by(sentence: Sentence, words: frozenset[str]) -> tuple[str, ...]:
    """The one figure that the words tell: by its label, or as one that is referred to."""
    whole = [name for name, label in sentence.labels.items() if _tell(words, label)]
    if len(whole) == 1:
        return tuple(whole)
    near = {
        mention.figure
        for mention in sentence.mentions
        if not mention.is_previous and words <= mention.heads
    }
    return tuple(near) if len(near) == 1 and not whole else ()


def before(sentence: Sentence, end: int) -> tuple[str, ...]:
    """The figure that was last named, in the same clause or in what it is added to."""
    text = sentence.text
    named = [m for m in sentence.mentions if m.end <= end and not m.is_previous]
    if not named:
        return ()
    last = named[-1]
    between = text[max(last.end, last.until) : end]
    parts = (turns.STRONG, turns.NEW_CLAUSE, turns.ANOTHER_NUMBER)
    if len(between) > _CLAUSE or any(part.search(between) for part in parts):
        return ()
    if ";" in between.rstrip("; "):
        return ()
    if turns.ALL_OF_THEM.search(between):
        return tuple(mention.figure for mention in named)
    return (last.figure,)


def _next_to(sentence: Sentence, end: int) -> tuple[str, ...]:
    """The figure in `{id} referrals, which rose`, with no other thing between that may be meant."""
    named = [m for m in sentence.mentions if m.end <= end and not m.is_previous]
    if named and carried(sentence.text[named[-1].end : end]) <= named[-1].words:
        return (named[-1].figure,)
    return ()


def _apposed(sentence: Sentence, start: int) -> tuple[str, ...]:
    """The figure before the comma or the bracket in `{id} referrals, up on last year`."""
    comma = turns.APPOSED.search(sentence.text, 0, start)
    if comma is None:
        return ()
    words = carried(sentence.text[clause_start(sentence.text, comma.start()) : comma.start()])
    return before(sentence, start) or _named_by(sentence, words - sentence.places)


def _following(sentence: Sentence, start: int) -> tuple[str, ...]:
    """The figure in `fell again, with {id} collected`."""
    mention = next(
        (each for each in sentence.mentions if each.start >= start and not each.is_previous), None
    )
    if mention and turns.GIVING.fullmatch(sentence.text, start, mention.start):
        return (mention.figure,)
    return ()


def _complement(sentence: Sentence, end: int) -> tuple[int, int]:
    """Where what follows `a rise in` begins and ends."""
    match = turns.IN.match(sentence.text, end)
    if match is None:
        return end, end
    stop = turns.AFTER_COMPLEMENT.search(sentence.text, match.end())
    return match.end(), stop.start() if stop else len(sentence.text)


def _of_noun(sentence: Sentence, turn: Turn, start: int, end: int) -> tuple[str, ...]:
    """Whose rise `a rise` is."""
    text = sentence.text
    article = turns.ARTICLE.search(text, 0, start)
    if article is None:
        return ()
    begins = article.start()
    if turns.INTO_ANOTHER.search(text, 0, begins):
        return ()
    first, last = _complement(sentence, end)
    if article[0].casefold().startswith("the") and _is_unsure(text, max(last, end)):
        return ()
    if last > first:
        words = carried(text[first:last]) - sentence.places
        named = _named_between(sentence, first, last)
        if named:
            return _all_of(named, words)
        reached = _reached(sentence, last)
        if reached:
            return (reached.figure,)
        if words:
            return _named_by(sentence, words)
    elif turns.OF.match(text, end):
        return ()
    linked = turns.LINKING.search(text, 0, begins)
    if linked:
        return _of_subject(sentence, linked.start(), turn)
    return _apposed(sentence, begins)


def _is_unsure(text: str, start: int) -> bool:
    """Whether what follows `the rise in burglary` says that there was none."""
    rest = text[start:].partition(";")[0].partition(":")[0]
    return bool(turns.NOT_SO.search(rest) or turns.REPORTED.search(rest))


def _of_comparative(sentence: Sentence, turn: Turn, start: int) -> tuple[str, ...]:
    """What there were more of than last year."""
    text = sentence.text
    if not is_last_year(sentence, turn.end):
        return ()
    first, last = turn.of
    words = carried(text[first:last]) - sentence.places
    named = _named_between(sentence, first, last)
    if named:
        return _all_of(named, words)
    if words:
        return _named_by(sentence, words)
    base = turns.BASE_YEAR.match(text, turn.end)
    if base and not turns.ENDS.match(text, base.end()):
        return ()
    linked = turns.LINKING.search(text, 0, start)
    if linked:
        return _of_subject(sentence, linked.start(), turn)
    return _apposed(sentence, start)
