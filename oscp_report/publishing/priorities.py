"""Each priority's life from year to year: announced, taken up, answered, dropped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import shorten

from markupsafe import Markup

from oscp_report.comparison.priorities import Answer, Fate, answers, is_written
from oscp_report.comparison.reports import fates
from oscp_report.document.answers import LONGEST_START
from oscp_report.document.series import unbroken
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

    @property
    def html(self) -> Markup:
        """Its label, no year of it broken at the end of a line."""
        return unbroken(self.label)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a priority: what, more of it in words, and where."""

    what: str
    said: str
    places: tuple[Place, ...] = ()
    after: str = "."

    @property
    def html(self) -> Markup:
        """What is said, no year of it broken at the end of a line."""
        return unbroken(self.said)


@dataclass(frozen=True, slots=True)
class YearOfLife:
    """A year of a priority's life; ``address`` is empty for a year that has no report."""

    year: str
    address: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class PriorityLife:
    """A priority and its years, newest first; ``status`` is how it stands now.

    ``title`` is how it was called in the last year whose priority it was or, where it was none,
    when it was announced.
    """

    anchor: str
    title: str
    status: Markup
    years: tuple[YearOfLife, ...]


@dataclass(slots=True)
class _Traced:
    """What is known of a priority while the years are gone through, oldest first.

    ``words`` are those last read; ``title`` is that of ``last``, its last year as a priority;
    ``announced`` are the words of the last announcement, which is ``announced_by`` a report.
    """

    words: str = ""
    title: str = ""
    last: Year | None = None
    announced: str = ""
    announced_for: Year | None = None
    announced_by: Volume | None = None
    steps: dict[Year, list[Step]] = field(default_factory=dict)


_FATES: Mapping[Fate | None, tuple[str, str]] = {
    None: ("A priority", " of the year"),
    "new": ("Taken up", " as a new priority of the year"),
    "continued": ("Taken up", " again as a priority of the year"),
    "reworded": ("Taken up", " again as a priority of the year, in other words"),
    "dropped": ("Dropped", ": no longer a priority of the year"),
}
_NO_LONGER = ("No longer", " a priority of the year")
_NOT_REPORTED_ON = Step("Not reported on", " by a paragraph of its own")
"""Another paragraph may speak of it, or say why nothing was done."""
_TO_BE_WRITTEN = Step("Not yet answered", ": its paragraph is still to be written")


def trace(volumes: Sequence[Volume]) -> tuple[PriorityLife, ...]:
    """The lives of all priorities: the last year's, then those announced for after it, the rest.

    ``volumes`` are oldest first. Of a year whose report is not among them nothing is claimed.
    """
    found: dict[str, _Traced] = {}
    for before, volume in zip([None, *volumes], volumes, strict=False):
        _taken_up(volume, before, found)
        _answered(volume, found)
        _announced(volume, found)
    by_year = {volume.year: volume for volume in volumes}
    last = volumes[-1]
    order = sorted(found, key=lambda name: _rank(found[name], last.year))
    return tuple(_life(name, found[name], by_year, last) for name in order)


def _taken_up(volume: Volume, before: Volume | None, found: dict[str, _Traced]) -> None:
    """What the year's own list of priorities, beside the one before, tells of each."""
    became: dict[str, Fate] = {}
    announced: tuple[Answer, ...] = ()
    if before:
        changes = fates(before.report, volume.report, spoken_of(before, volume))
        became = {change.id: change.kind for change in changes}
        announced = answers(before.report, volume.report)
    is_gap = before is not None and before.year.next != volume.year
    for priority in volume.report.priorities.items:
        traced = found.setdefault(priority.id, _Traced())
        fate = became.get(priority.id)
        if fate == "new" and (traced.last or is_gap):  # it was one before, or may have been
            fate = "continued" if traced.last else None
        what, said = _FATES[fate]
        after = _read(traced, volume.named(priority))
        place = Place(", in ", _report(volume), _address(volume, priority))
        _step(traced, volume.year, Step(what, said, (place,), after))
        traced.title, traced.last = traced.words, volume.year
    for answer in announced:
        if not answer.is_taken_up:
            said = " as a priority of the year"
            _step(found[answer.id], volume.year, Step("Not taken up", said))
    told = {answer.id for answer in announced}
    for name, fate in became.items():
        if fate == "dropped" and name not in told:
            words = _NO_LONGER if is_gap else _FATES[fate]
            _step(found[name], volume.year, Step(*words))


def _read(traced: _Traced, words: str) -> str:
    """What ends a step: a stop, after the priority's words where they are new."""
    is_new, traced.words = words != traced.words, words
    return f": “{words}”." if is_new else "."


def _report(volume: Volume) -> str:
    return f"the report for {volume.label}"


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
            _step(traced, volume.year, _TO_BE_WRITTEN if name in themes else _NOT_REPORTED_ON)


def _announced(volume: Volume, found: dict[str, _Traced]) -> None:
    """What the report announces for the year after."""
    announced = volume.report.next_priorities
    if announced is None:
        return
    year = announced.year or volume.year.next
    for priority in announced.items:
        traced = found.setdefault(priority.id, _Traced())
        after = _read(traced, volume.named(priority))
        place = Place(" in ", _report(volume), _address(volume, priority))
        _step(traced, year, Step("Announced", "", (place,), after))
        traced.announced, traced.announced_for = traced.words, year
        traced.announced_by = volume


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
        start = f"“{_start(volume.plain(theme.text))}”"
        yield Place(before, label or start, _address(volume, theme))


def _start(words: str) -> str:
    """The first words, whole, and without what ends them: the sentence around them goes on."""
    line = words.rstrip(" ;.,:")
    found = shorten(line, LONGEST_START, placeholder=" …")
    return found if found.strip(" …") else snippet(line, LONGEST_START)


def _rank(traced: _Traced, last: Year) -> tuple[int, int]:
    if traced.last == last:
        return 0, 0
    if traced.announced_for and traced.announced_for > last:
        return 1, 0
    return 2, -max(year.start for year in traced.steps)


def _life(name: str, traced: _Traced, volumes: Mapping[Year, Volume], last: Volume) -> PriorityLife:
    return PriorityLife(
        anchor=name,
        title=traced.title or traced.announced,
        status=unbroken(" ".join(_status(traced, volumes, last))),
        years=tuple(_years(traced, volumes, last)),
    )


def _status(traced: _Traced, volumes: Mapping[Year, Volume], last: Volume) -> Iterator[str]:
    announced_for = traced.announced_for
    if traced.last:
        yield _as_priority(traced.last, volumes, last)
    if announced_for and announced_for > last.year:
        yield f"Announced for {announced_for}{_announcement(traced)}."
    elif traced.last is None:
        is_known = announced_for in volumes
        became = "and not taken up" if is_known else "whose report is not published here"
        yield f"Announced for {announced_for}, {became}."
    elif traced.last == last.year and _announces(last):
        yield "Not announced for the year after."


def _as_priority(year: Year, volumes: Mapping[Year, Volume], last: Volume) -> str:
    """Which year's priority it was last, as far as the reports tell that are here."""
    label = volumes[year].label
    if year == last.year:
        return f"A priority of {label}."
    if all(Year(start) in volumes for start in range(year.start, last.year.start)):
        return f"Last a priority in {label}."
    missing = "Between them, reports are not published here."
    return f"A priority of {label}, and not of {last.label}. {missing}"


def _announcement(traced: _Traced) -> str:
    """Its words, where they are others, and the report, where that is a draft."""
    is_same = traced.announced == (traced.title or traced.announced)
    words = "" if is_same else f" as “{traced.announced}”"
    volume = traced.announced_by
    return f"{words} in {_report(volume)}" if volume and volume.is_draft else words


def _announces(volume: Volume) -> bool:
    """Whether it announces priorities for the year after it."""
    announced = volume.report.next_priorities
    return announced is not None and (announced.year or volume.year.next) == volume.year.next


def _years(traced: _Traced, volumes: Mapping[Year, Volume], last: Volume) -> Iterator[YearOfLife]:
    for year in sorted(traced.steps, reverse=True):
        steps = traced.steps[year]
        if volume := volumes.get(year):
            yield YearOfLife(volume.label, volume.address, tuple(steps))
        else:
            said = f": the report for {year} is not published here"
            unknown = [Step("Not known", said)] if year < last.year else []
            yield YearOfLife(str(year), "", (*steps, *unknown))
