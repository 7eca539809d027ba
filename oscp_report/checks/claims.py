"""The rule that what the text says of a change is what the figures say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from oscp_report.checks.passages import Passage, passages, words_of
from oscp_report.checks.prose import sentences
from oscp_report.checks.registry import Finding, Subject, rule
from oscp_report.comparison.figures import Change, change, points
from oscp_report.comparison.sentences import pair, sentence

if TYPE_CHECKING:
    from oscp_report.checks.statements.quantities import Quantity
    from oscp_report.checks.statements.reading import Statement
    from oscp_report.checks.statements.sentences import Label, Sentence

ROUGHLY = Decimal(10)
"""Per cent up to which a figure may be said to be broadly unchanged."""

LONGEST_READ = 800
"""Characters up to which a sentence is read, as much as three long ones: every turn of phrase looks
at what stands before it."""

_LABEL_OF_CHANGE = re.compile(
    r"\b(?:fall|rise|change|increase|decrease|reduction|drop|growth|decline|fewer|more|less"
    r"|difference)\b",
    re.IGNORECASE,
)
# The beginnings of what `turns` reads, so that most sentences need not be.
_SAYS_SO = re.compile(
    r"\b(?:r[io]s|increas|gr[eo]w|climb|jump|soar|surg|leap|up|went|gone|going|c[ao]me|crept|edged|shot"
    r"|f[ae]ll|decreas|declin|drop|reduc|shr[au]nk|dip|slip|plung|plummet|slump|tumbl|dwindl|down"
    r"|doubl|trebl|tripl|quadrupl|hal[vf]|twice|three times|unchanged|no change|the same|steady"
    r"|stable|level|constant|flat|static|improve|got better|got worse|worse|deteriorat|more|higher"
    r"|greater|larger|bigger|fewer|less|lower|smaller|compared|contrasted|against)",
    re.IGNORECASE,
)


@rule("YRS107", "warning", needs=("figures", "year"))
def text_against_the_figures(subject: Subject) -> Iterator[Finding]:
    """Text that contradicts the figures.

    ## What it does
    Where this year's figures can be compared with last year's, reads the sentences that say that
    one of them rose, fell, doubled, halved or stayed the same, by how much, or from what, and finds
    those that the figures contradict. A sentence is read only as far as it is plain which figure is
    meant: by its reference, or by the words of its label. What is said of other years, of a part of
    the year or of the place, or as a hope, is left alone.

    ## Why it matters
    One of the two is wrong, and it is the sentence that Council remembers. Often it is last year's.

    ## How to fix it
    Let the program write the change out, or correct the word or the figure.

    ```yaml
    - We collected {sharps-collected} needles, a rise on last year.             # warned about
    - We collected {sharps-collected} needles, {sharps-collected.change}.       # not
    ```
    """
    changes = _changes(subject)
    if not changes:
        return
    from oscp_report.checks.statements.sentences import Label, carried

    labels = {name: Label.of(subject.report.figures[name].label.value) for name in changes}
    places = carried(f"{subject.partnership.name} {subject.partnership.council}")
    for passage in passages(subject):
        if passage.part in ("front", "body"):
            for start, sentence in _sentences(passage, subject, labels, places):
                yield from _contradictions(sentence, passage, start, changes)


def _changes(subject: Subject) -> dict[str, Change]:
    """What became of each figure since last year, where that can be told.

    A rank is left out, since a higher one is a smaller number; so is a figure that is itself a
    change.
    """
    if not subject.history and not any(f.earlier for f in subject.report.figures.values()):
        return {}
    found = {}
    for figure in subject.report.figures.values():
        series = points(figure.id, (*subject.history, subject.report))
        before, after = pair(series, subject.report.year)
        if before is None or after is None or figure.unit == "rank":
            continue
        became = change(before, after, figure.better)
        if became.amount is not None and not _LABEL_OF_CHANGE.search(figure.label.value):
            found[figure.id] = became
    return found


def _sentences(
    passage: Passage, subject: Subject, labels: Mapping[str, Label], places: frozenset[str]
) -> Iterator[tuple[int, Sentence]]:
    """The sentences that may say what became of a figure, with where each begins."""
    from oscp_report.checks.statements.sentences import Sentence

    typed = passage.text.value
    if not _SAYS_SO.search(typed):
        return
    text = words_of(typed)
    for start, end in sentences(typed):
        if end - start <= LONGEST_READ and _SAYS_SO.search(text, start, end):
            year = subject.report.year
            read = Sentence.of(typed[start:end], text[start:end], labels, year, places)
            if read.is_worth_reading:
                yield start, read


def _contradictions(
    read: Sentence, passage: Passage, start: int, changes: Mapping[str, Change]
) -> Iterator[Finding]:
    # The patterns take longer to prepare than most reports take to check; few sentences need them.
    from oscp_report.checks.statements.reading import statements

    found = set()
    for said in statements(read):
        finding = _contradiction(said, passage, start, changes, read.text)
        if finding and (finding.location, finding.about) not in found:
            found.add((finding.location, finding.about))
            yield finding


def _contradiction(
    said: Statement,
    passage: Passage,
    start: int,
    changes: Mapping[str, Change],
    text: str,
) -> Finding | None:
    """What is wrong with a statement, if something is with every figure that it is about."""
    wrong: tuple[int, int, str] | None = None
    for name in said.figures:
        became = changes.get(name)
        wrong = _wrong(said, became, text) if became else None
        if wrong is None:
            return None
    if wrong is None:
        return None
    first, last, how = wrong
    name = said.figures[-1]
    words = " ".join(text[first:last].replace("\0", " ").split())
    return Finding(
        passage.at(start + first, start + last),
        f"`{words}` {how}: {_told(name, changes[name])}",
        fix=f"write `{{{name}.change}}` in its place, or correct the word or the figure",
        about=name,
    )


def _told(name: str, became: Change) -> str:
    assert became.before is not None
    before = became.before
    told = sentence(f"`{name}`", became).partition(", which is ")[0]
    values = f"from {before.written} to"
    return told.replace(values, f"from {before.written} in {before.year} to")


def _wrong(said: Statement, became: Change, text: str) -> tuple[int, int, str] | None:
    """Which of its words the figures contradict, and how."""
    assert became.before is not None
    assert became.after is not None
    old, new = became.before.measure.value, became.after.measure.value
    assert old is not None
    assert new is not None
    base = said.base
    if base is not None and not base.is_near(old):
        if _is_of_last_year(base, text):
            return base.start, base.end, f"is not the value of {became.before.year}"
        old = base.value
    where = said.start, said.end
    if said.direction == "compared":
        return None
    actual = "up" if new > old else "down" if new < old else "unchanged"
    if said.direction in ("better", "worse"):
        opposite = {"better": "worse", "worse": "better"}[said.direction]
        is_wrong = became.verdict == opposite and not said.is_denied
        return (*where, "says the opposite of the figures") if is_wrong else None
    if said.is_denied:
        is_wrong = actual == said.direction
        return (*where, "is what the figures do say") if is_wrong else None
    if said.direction == "unchanged":
        return (*where, "is not what the figures say") if _has_changed(said, old, new) else None
    if actual != said.direction:
        opposed = (
            "says the opposite of the figures" if new != old else "is not what the figures say"
        )
        return (*where, opposed)
    if said.factor is not None:
        return None if _is_factor(said, old, new) else (*where, "is not what the figures give")
    quantity = said.quantity
    if quantity is not None and not _agrees(quantity, became, old, new):
        return quantity.start, quantity.end, "is not what the figures give"
    return None


_LAST_YEAR = re.compile(r"last year|year before|previous year|year earlier|\d{4}[-/–]\d\d")
_OTHER_TIME = re.compile(
    r"\b(?:over|during|since|peak|launch\w*|life|start\w*|beg[au]n\w*|ever|high|low|record|when|before|"
    r"once|initial\w*|original\w*|first)\b"
)


def _is_of_last_year(base: Quantity, text: str) -> bool:
    """Whether a value that is given as the earlier one is meant to be last year's."""
    return bool(_LAST_YEAR.search(base.rest)) or not _OTHER_TIME.search(text)


def _has_changed(said: Statement, old: Decimal, new: Decimal) -> bool:
    if not said.is_rough and not said.is_denied:
        return new != old
    return old > 0 and abs(new - old) * 100 / old > ROUGHLY


def _is_factor(said: Statement, old: Decimal, new: Decimal) -> bool:
    assert said.factor is not None
    if old <= 0:
        return True
    ratio, wide = new / old, Decimal("0.15")
    return said.factor * (1 - wide) <= ratio <= said.factor * (1 + 2 * wide)


def _agrees(quantity: Quantity, became: Change, old: Decimal, new: Decimal) -> bool:
    """Whether the figures give what is said, in any way of saying it."""
    assert became.after is not None
    amount = abs(new - old)
    relative = amount * 100 / old if old > 0 else None
    if quantity.kind == "number":
        return quantity.is_near(amount)
    if became.after.unit in ("percent", "percentage-points"):
        is_near = quantity.is_near(amount)
        if is_near or quantity.kind == "points":
            return is_near
    return relative is None or quantity.kind == "points" or quantity.is_near(relative)
