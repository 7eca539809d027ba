"""A comparison as a briefing: what a councillor reads first comes first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from oscp_report.briefing.parts import Briefing, Item, Section, cut_short, named, plain, told_of
from oscp_report.briefing.questions import questions
from oscp_report.briefing.wordings import Numbers, items_of, printed, shortened
from oscp_report.comparison.figures import Direction
from oscp_report.comparison.moves import Detail, FigureChange, Restated
from oscp_report.comparison.priorities import Answer, PriorityChange
from oscp_report.comparison.reports import Comparison
from oscp_report.listing import counted
from oscp_report.wording import listed

_BETWEEN_YEARS = ("label", "definition", "source", "good direction")
"""What is said of a figure that should stay from year to year; between drafts all counts. A change
of unit or period is the reason for which two values cannot be compared, and is given there."""


def brief(found: Comparison, old: str = "", new: str = "") -> Briefing:
    """The briefing on two reports. ``old`` and ``new`` are what to call them, if not by year."""
    old, new = old or str(found.old.year), new or str(found.new.year)
    if found.is_same:
        if old == new:
            return Briefing(old, f"{old} was compared with itself: nothing changed.")
        return Briefing(f"{old} and {new}", f"{old} and {new} say the same: nothing changed.")
    sections = tuple(
        section
        for section in (Section(head, tuple(items)) for head, items in _sections(found))
        if section.items
    )
    return Briefing(f"What changed from {old} to {new}", _summary(found), sections)


def _sections(found: Comparison) -> Iterator[tuple[str, Iterable[Item]]]:
    old, new = Numbers.of(found.old), Numbers.of(found.new)
    is_draft = found.old.year == found.new.year
    later = old if found.old.year > found.new.year else new
    yield "Figures", _moves(found)
    yield "Figures that cannot be compared", _not_comparable(found)
    yield "Priorities", _priorities(found.priorities, found)
    yield "We said, we did", (_answer(answer, later) for answer in found.answers)
    yield "Priorities for the year after", _priorities(found.next_priorities, found)
    yield "Recommendations", items_of(found.recommendations, old, new, is_draft=is_draft)
    rows = found.rows if is_draft else printed(found.rows)
    yield "Cover, summary and contacts", items_of(rows, old, new, is_draft=is_draft)
    yield "Paragraphs", items_of(found.paragraphs, old, new, is_draft=is_draft)
    yield "What may be asked", map(plain, questions(found))


_VERBS: dict[Direction, str] = {
    "up": "rose", "down": "fell", "unchanged": "stayed the same", "new": "is new",
    "dropped": "is no longer reported", "not-comparable": "cannot be compared",
}  # fmt: skip


def _summary(found: Comparison) -> str:
    ways = [figure.change.direction for figure in found.figures if not figure.is_same]
    texts = [change.kind for change in found.paragraphs.changes if not change.is_only_figures]
    parts = [
        *(_some(ways.count(way), "figure", verb) for way, verb in _VERBS.items()),
        *(
            _some(texts.count(kind), "paragraph", f"was {kind}")
            for kind in ("changed", "added", "removed")
        ),
    ]
    told = "; ".join(part for part in parts if part)
    return f"{told}." if told else "No figure and no paragraph changed."


def _some(number: int, noun: str, verb: str) -> str:
    if number == 0:
        return ""
    if number > 1:
        verb = verb.replace("is ", "are ").replace("was ", "were ")
    return f"{counted(number, noun)} {verb}"


# Figures


def _moves(found: Comparison) -> Iterator[Item]:
    stayed = []
    for figure in found.figures:
        notes = _notes(figure, found)
        if figure.is_same:  # two drafts of a year: what did not change is no news
            continue
        if figure.change.direction == "unchanged" and not notes:
            stayed.append(figure)
        elif figure.change.direction != "not-comparable":
            yield plain(f"{told_of(figure, found)}.", *notes)
    if stayed:
        values = (f"{f.label} ({f.change.after.written})" for f in stayed if f.change.after)
        yield plain(f"{'; '.join(values)}.", head="Unchanged")


def _not_comparable(found: Comparison) -> Iterator[Item]:
    for figure in found.figures:
        if figure.change.direction == "not-comparable" and not figure.is_same:
            yield plain(f"{told_of(figure, found)}.", *_notes(figure, found))


def _notes(figure: FigureChange, found: Comparison) -> tuple[str, ...]:
    is_draft = found.old.year == found.new.year
    details = (d for d in figure.details if is_draft or _is_news(d))
    notes = (*map(_restatement, figure.restated), *map(_detail, details))
    if is_draft and not notes and not figure.is_same and figure.change.direction == "unchanged":
        return ("What it says of earlier years changed.",)
    return notes


def _is_news(found: Detail) -> bool:
    """Whether a detail should have stayed from year to year; to tell it first is no news."""
    return found.name in _BETWEEN_YEARS and bool(found.before)


def _restatement(found: Restated) -> str:
    if not found.before:
        return f"A value for {found.year} is given now: {found.after}."
    if not found.after:
        return f"A value for {found.year} is no longer given: {found.before}."
    why = f"Reason: {found.reason.rstrip('.')}." if found.reason else "No reason is given."
    return f"The value for {found.year} was {found.before}, and is given as {found.after}. {why}"


def _detail(found: Detail) -> str:
    if not found.before:
        return f"Its {found.name} is new: “{found.after}”."
    if not found.after:
        return f"Its {found.name} is gone: “{found.before}”."
    return f"Its {found.name} changed from “{found.before}” to “{found.after}”."


# Priorities

_FATES = {
    "continued": "Continued", "reworded": "Reworded", "new": "New", "dropped": "No longer there",
}  # fmt: skip


def _priorities(changes: Iterable[PriorityChange], found: Comparison) -> Iterator[Item]:
    is_draft = found.old.year == found.new.year
    for change in changes:
        if is_draft and change.is_same:
            continue
        if change.kind == "reworded" or (change.kind == "continued" and is_draft):
            yield Item(shortened(change.runs), "Reworded")
        elif change.kind == "continued":
            yield plain(cut_short(change.words), head=_FATES[change.kind])
        else:
            yield plain(change.words, head=_FATES[change.kind])


def _answer(answer: Answer, numbers: Numbers) -> Item:
    written = [numbers.of_themes[at] for at in answer.themes if at not in answer.unwritten]
    unwritten = [numbers.of_themes[at] for at in answer.unwritten]
    told = []
    if written:
        told.append(f"answered in {_listed(written) or 'the report'}")
    elif not unwritten:
        told.append("no paragraph of its own answers it")
    if unwritten:
        places = _listed(unwritten) or "its paragraph"
        verb = "are" if places.startswith("paragraphs") else "is"
        told.append(f"{places} {verb} still to be written")
    taken_up = "taken up" if answer.is_taken_up else "not taken up as a priority of the year"
    joint = "and" if bool(written) == answer.is_taken_up else "but"
    return plain(f"{named(answer.announced)}: {taken_up}, {joint} {'; '.join(told)}.")


def _listed(places: list[str]) -> str:
    """The paragraphs, or nothing where they have no numbers."""
    if not all(places):
        return ""
    return f"paragraph{'' if len(places) == 1 else 's'} {listed(places)}"
