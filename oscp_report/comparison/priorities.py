"""The priorities of two reports by id, and what became of those that the earlier one announced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from oscp_report.comparison.passages import Texts
from oscp_report.comparison.texts import Run, words_changed
from oscp_report.model import Priorities, Priority, Report, Theme
from oscp_report.wording import placeholders, without_ending

Fate = Literal["continued", "reworded", "new", "dropped"]


@dataclass(frozen=True, slots=True)
class PriorityChange:
    """What became of a priority. ``words`` are its title and its parts, on one line.

    ``before`` is None where it is new, ``after`` where it was dropped.
    """

    kind: Fate
    id: str
    before: str | None
    after: str | None
    runs: tuple[Run, ...]

    @property
    def is_same(self) -> bool:
        """Whether not a character of it changed."""
        return self.before == self.after

    @property
    def words(self) -> str:
        """The priority as it stands, or as it stood, without the stop at its end."""
        return without_ending(self.before or "" if self.after is None else self.after)


@dataclass(frozen=True, slots=True)
class Answer:
    """A priority that was announced for a year, and what that year's report says of it.

    ``themes`` are the places, counted from 0, of the themes that report on it, ``unwritten`` those
    of them that are still to be written.
    """

    id: str
    announced: str
    is_taken_up: bool
    themes: tuple[int, ...]
    unwritten: tuple[int, ...] = ()


def compare_priorities(
    old: Priorities | None, new: Priorities | None, texts: tuple[Texts, Texts]
) -> tuple[PriorityChange, ...]:
    """What became of each priority, in the order of the new list; those dropped come last.

    ``texts`` are those of the old report and of the new one.
    """
    before = {p.id: texts[0].priority(p) for p in _items(old)}
    after = {p.id: texts[1].priority(p) for p in _items(new)}
    ids = [*after, *(name for name in before if name not in after)]
    return tuple(became(name, before.get(name), after.get(name)) for name in ids)


def _items(priorities: Priorities | None) -> tuple[Priority, ...]:
    return priorities.items if priorities else ()


def became(name: str, before: str | None, after: str | None) -> PriorityChange:
    """What became of the priority of an id, by its words in the earlier and in the later report.

    One of the two may be None, not both.
    """
    if before is None:
        return PriorityChange("new", name, None, after, (Run("added", after or ""),))
    if after is None:
        return PriorityChange("dropped", name, before, None, (Run("removed", before),))
    is_same = without_ending(before) == without_ending(after)
    kind: Fate = "continued" if is_same else "reworded"
    return PriorityChange(kind, name, before, after, words_changed(before, after))


def answers(earlier: Report, later: Report) -> tuple[Answer, ...]:
    """Each priority that ``earlier`` announced for the year of ``later``, and what became of it.

    None where it announced priorities for another year, or no priorities.
    """
    announced = earlier.next_priorities
    if announced is None or (announced.year or earlier.year.next) != later.year:
        return ()
    texts = Texts(earlier)
    taken_up = {priority.id for priority in later.priorities.items}
    found = []
    for priority in announced.items:
        title = without_ending(texts.written_out(priority.title.value))
        themes = {
            place: theme
            for place, theme in enumerate(later.achievements.themes)
            if str(theme.priority or "").strip() == priority.id
        }
        unwritten = tuple(place for place, theme in themes.items() if not is_written(theme))
        found.append(Answer(priority.id, title, priority.id in taken_up, tuple(themes), unwritten))
    return tuple(found)


def is_written(theme: Theme) -> bool:
    """Whether a theme or one of its achievements says something, and is no placeholder."""
    items = (each.text for item in theme.achievements for each in item.walk())
    return any(not any(placeholders(text.value)) for text in (theme.text, *items))
