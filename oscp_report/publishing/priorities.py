"""Each priority's life from year to year: announced, taken up, answered, dropped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from oscp_report.comparison.priorities import Answer, Fate, answers, is_written
from oscp_report.comparison.reports import fates
from oscp_report.document.answers import LONGEST_START
from oscp_report.model import Priority, Theme
from oscp_report.publishing.differences import spoken_of
from oscp_report.publishing.volumes import Volume
from oscp_report.wording import snippet
from oscp_report.year import Year


@dataclass(frozen=True, slots=True)
class Place:
    """Where something can be read; ``before`` are the words in front of its link."""

    before: str
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a priority: what, more of it in words, and where."""

    what: str
    said: str
    places: tuple[Place, ...] = ()
    after: str = "."


@dataclass(frozen=True, slots=True)
class YearOfLife:
    """A year of a priority's life; ``address`` is empty for a year that has no report."""

    year: str
    address: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class PriorityLife:
    """A priority and its years, newest first; ``status`` is how it stands now."""

    anchor: str
    title: str
    status: str
    years: tuple[YearOfLife, ...]


@dataclass(slots=True)
class _Traced:
    """What is known of a priority while the years are gone through, oldest first."""

    title: str = ""
    last: Year | None = None
    announced_for: Year | None = None
    steps: dict[Year, list[Step]] = field(default_factory=dict)


_FATES: Mapping[Fate | None, tuple[str, str]] = {
    None: ("A priority", " of the year"),
    "new": ("Taken up", " as a new priority of the year"),
    "continued": ("Taken up", " again as a priority of the year"),
    "reworded": ("Taken up", " again as a priority of the year, in other words"),
    "dropped": ("Dropped", ": no longer a priority of the year"),
}


def trace(volumes: Sequence[Volume]) -> tuple[PriorityLife, ...]:
    """The lives of all priorities: the last year's, then those announced for after it, the rest.

    ``volumes`` are oldest first.
    """
    found: dict[str, _Traced] = {}
    for before, volume in zip([None, *volumes], volumes, strict=False):
        _taken_up(volume, before, found)
        _answered(volume, found)
        _announced(volume, found)
    by_year = {volume.year: volume for volume in volumes}
    last = volumes[-1].year
    order = sorted(found, key=lambda name: _rank(found[name], last))
    return tuple(_life(name, found[name], by_year, last) for name in order)


def _taken_up(volume: Volume, before: Volume | None, found: dict[str, _Traced]) -> None:
    """What the year's own list of priorities, beside the one before, tells of each."""
    became: dict[str, Fate] = {}
    announced: tuple[Answer, ...] = ()
    if before:
        changes = fates(before.report, volume.report, spoken_of(before, volume))
        became = {change.id: change.kind for change in changes}
        announced = answers(before.report, volume.report)
    for priority in volume.report.priorities.items:
        traced = found.setdefault(priority.id, _Traced())
        title = volume.named(priority)
        what, said = _FATES[became.get(priority.id)]
        words = f": “{title}”" if title != traced.title else ""
        place = Place(", in ", f"the report for {volume.year}", _address(volume, priority))
        _step(traced, volume.year, Step(what, said, (place,), f"{words}."))
        traced.title, traced.last = title, volume.year
    for answer in announced:
        if not answer.is_taken_up:
            said = " as a priority of the year"
            _step(found[answer.id], volume.year, Step("Not taken up", said))
    for name, fate in became.items():
        is_announced = name in found and found[name].announced_for == volume.year
        if fate == "dropped" and not is_announced:
            _step(found[name], volume.year, Step(*_FATES[fate]))


def _answered(volume: Volume, found: dict[str, _Traced]) -> None:
    """Where the report answers each of its priorities, and each that was announced for it."""
    themes: dict[str, list[Theme]] = {}
    for theme in volume.report.achievements.themes:
        themes.setdefault(str(theme.priority or "").strip(), []).append(theme)
    for name, traced in found.items():
        written = [theme for theme in themes.get(name, ()) if is_written(theme)]
        if written:
            step = Step("Answered", " in ", tuple(_places(volume, written)))
            _step(traced, volume.year, step)
        elif volume.year in traced.steps and (
            traced.last == volume.year or traced.announced_for == volume.year
        ):
            is_begun = name in themes
            said = ": its paragraph is still to be written" if is_begun else " in the report"
            _step(
                traced, volume.year, Step("Not yet answered" if is_begun else "Not answered", said)
            )


def _announced(volume: Volume, found: dict[str, _Traced]) -> None:
    """What the report announces for the year after."""
    announced = volume.report.next_priorities
    if announced is None:
        return
    year = announced.year or volume.year.next
    for priority in announced.items:
        traced = found.setdefault(priority.id, _Traced())
        title = volume.named(priority)
        words = f": “{title}”" if title != traced.title else ""
        place = Place(" in ", f"the report for {volume.year}", _address(volume, priority))
        _step(traced, year, Step("Announced", "", (place,), f"{words}."))
        traced.title, traced.announced_for = title, year


def _step(traced: _Traced, year: Year, step: Step) -> None:
    traced.steps.setdefault(year, []).append(step)


def _address(volume: Volume, named: Priority | Theme) -> str:
    text = named.title if isinstance(named, Priority) else named.text
    return f"{volume.report_address}#{volume.numbered(text).anchor}"


def _places(volume: Volume, themes: Sequence[Theme]) -> Iterator[Place]:
    """``paragraph 8``; ``paragraphs 8, 9 and 11``; first words, where there are no numbers."""
    labels = [volume.numbered(theme.text).label for theme in themes]
    for index, (theme, label) in enumerate(zip(themes, labels, strict=True)):
        before = " and " if index == len(themes) - 1 else ", "
        if index == 0:
            noun = "paragraph " if len(themes) == 1 else "paragraphs "
            before = noun if all(labels) else ""
        start = f"“{snippet(volume.plain(theme.text), LONGEST_START)}”"
        yield Place(before, label or start, _address(volume, theme))


def _rank(traced: _Traced, last: Year) -> tuple[int, int]:
    if traced.last == last:
        return 0, 0
    if traced.announced_for and traced.announced_for > last:
        return 1, 0
    return 2, -max(year.start for year in traced.steps)


def _life(name: str, traced: _Traced, volumes: Mapping[Year, Volume], last: Year) -> PriorityLife:
    return PriorityLife(
        anchor=name,
        title=traced.title,
        status=" ".join(_status(traced, last)),
        years=tuple(_years(traced, volumes)),
    )


def _status(traced: _Traced, last: Year) -> Iterable[str]:
    if traced.last == last:
        yield f"A priority of {last}."
    elif traced.last:
        yield f"Last a priority in {traced.last}."
    if traced.announced_for and traced.announced_for > last:
        yield f"Announced for {traced.announced_for}."
    elif traced.last == last:
        yield "Not announced for the year after."
    elif traced.last is None:
        yield f"Announced for {traced.announced_for}, and never taken up."


def _years(traced: _Traced, volumes: Mapping[Year, Volume]) -> Iterator[YearOfLife]:
    for year in sorted(traced.steps, reverse=True):
        volume = volumes.get(year)
        yield YearOfLife(
            volume.label if volume else str(year),
            volume.address if volume else "",
            tuple(traced.steps[year]),
        )
