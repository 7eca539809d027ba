"""What changed between each two neighbouring years, in the sentences of a briefing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise

from oscp_report.briefing.parts import Briefing
from oscp_report.briefing.view import brief
from oscp_report.comparison.passages import Passage
from oscp_report.comparison.priorities import PriorityChange, became
from oscp_report.comparison.reports import Comparison, compare
from oscp_report.comparison.texts import Kept, Run, TextChange, TextChanges, words_changed
from oscp_report.model import Report, Text
from oscp_report.publishing.archive import Archive
from oscp_report.publishing.volumes import Volume, volumes_of
from oscp_report.wording import one_line, without_ending

_FOR_COUNCILLORS = "What may be asked"
"""The section of a briefing that helps to prepare for a meeting, and is no news of the years."""
_OF_THE_FILE = frozenset({"numbering", "answers"})
"""Rows of a comparison that tell what an officer set, in the words of the file."""


def spoken_of(old: Volume, new: Volume) -> tuple[Report, ...]:
    """The reports of other years that the texts of the two speak of."""
    # The old year's own look back is the one that has the year before it whole.
    others = {report.year: report for report in (*new.near, *old.near)}
    return tuple(others.values())


def compared(old: Volume, new: Volume) -> Comparison:
    """A year with the next. Of other years only those are looked at that the two speak of."""
    return compare(old.report, new.report, spoken_of(old, new))


def made_from(archive: Archive, made_with: str) -> Mapping[str, str]:
    """What the page of each difference is made from, in one digest, by the page's address.

    ``made_with`` stands for the program and the templates. A page whose digest is still the same
    would be made the same again.
    """
    volumes = volumes_of(archive)
    digests = {each.report.year: each.digest for each in archive.years}
    common = (made_with, repr(archive.partnership), *digests)
    found = {}
    for old, new in pairwise(volumes):
        years = {old.year, new.year, *(report.year for report in spoken_of(old, new))}
        addresses = (old.report_address, new.report_address)
        parts = (*common, *addresses, *((year, digests[year]) for year in sorted(years)))
        found[address(old, new)] = sha256(repr(parts).encode()).hexdigest()
    return found


def address(old: Volume, new: Volume) -> str:
    """The page of a difference, from the head of the site."""
    return f"differences/{old.year}-to-{new.year}.html"


def told(found: Comparison, old: Volume, new: Volume) -> Briefing:
    """The difference as the site tells it: what is read, and nothing of how it is typed."""
    read = replace(
        found,
        priorities=tuple(_priority(each, old, new) for each in found.priorities),
        next_priorities=tuple(_priority(each, old, new) for each in found.next_priorities),
        recommendations=_texts(found.recommendations, old, new),
        rows=_texts(found.rows, old, new),
        paragraphs=_texts(found.paragraphs, old, new),
    )
    briefing = brief(read)
    sections = (each for each in briefing.sections if each.heading != _FOR_COUNCILLORS)
    return replace(briefing, sections=tuple(sections))


def _texts(changes: TextChanges, old: Volume, new: Volume) -> TextChanges:
    """The changes, in the words that a reader sees; none where only what is not seen changed."""
    kept = []
    for change in changes.changes:
        before = change.before and _read(change.before, old)
        after = change.after and _read(change.after, new)
        if any(map(_is_no_news, change.passages)):
            continue
        if (before, after) == (change.before, change.after):
            kept.append(change)
        elif before and after:
            if (before.label, before.words) != (after.label, after.words):
                runs = words_changed(before.words, after.words)
                kept.append(TextChange(before, after, runs))
        else:
            kind: Kept = "removed" if before else "added"
            runs = tuple(Run(kind, each.words) for each in (before, after) if each)
            kept.append(TextChange(before, after, runs))
    return replace(changes, changes=tuple(kept))


def _is_no_news(passage: Passage) -> bool:
    """Whether it is what an officer set, or a correction: that stays with its year's report."""
    is_correction = passage.label.startswith("Correction of ") and not passage.key
    return passage.key in _OF_THE_FILE or (passage.kind == "row" and is_correction)


def _read(passage: Passage, volume: Volume) -> Passage:
    """A passage as it is read: its words without marks, and without an id or a file's name."""
    words = passage.words
    if passage.label == "Appendix" and not passage.key:
        words = words.removesuffix(_particulars(passage.typed, volume))
    label = passage.label if passage.kind == "row" else ""
    return replace(passage, words=volume.plain(Text(words, volume.report.location)), label=label)


def _particulars(typed: str, volume: Volume) -> str:
    """What the comparison puts after an appendix's title: its file, and the ids of its figures."""
    listed = volume.report.appendices
    appendices = listed if isinstance(listed, tuple) else ()
    titles = [one_line(each.title) for each in appendices]
    title = max((each for each in titles if typed.startswith(each)), key=len, default=typed)
    return typed.removeprefix(title)


def _priority(change: PriorityChange, old: Volume, new: Volume) -> PriorityChange:
    """A priority as it is read, without what ended it in its list."""
    before = None if change.before is None else _without_ending(change.before, old)
    after = None if change.after is None else _without_ending(change.after, new)
    return became(change.id, before, after)


def _without_ending(words: str, volume: Volume) -> str:
    return without_ending(volume.plain(Text(words, volume.report.location)))
