"""Texts that came, went and changed, as items: where they stand, and the words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from oscp_report.briefing.parts import Item, plain
from oscp_report.comparison.passages import is_of_the_file
from oscp_report.comparison.texts import Run, TextChange, TextChanges
from oscp_report.document.numbering import by_id, number_report
from oscp_report.model import Report
from oscp_report.references import Reference, split

AROUND = 8
"""Words of what stayed that are shown on either side of what changed."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a report's paragraphs: in the order of ``paragraphs_of``, by id, by theme."""

    in_order: tuple[str, ...]
    by_id: Mapping[str, str]
    of_themes: tuple[str, ...]

    @classmethod
    def of(cls, report: Report) -> Numbers:
        """The numbers of one report; empty texts where it has none."""
        sections = number_report(report)
        every = [each for section in sections for top in section for each in top.walk()]
        themes = {id(each.paragraph.text): each.label for each in every}
        return cls(
            tuple(each.label for each in every),
            {name: each.label for name, each in by_id(sections).items()},
            tuple(themes.get(id(theme.text), "") for theme in report.achievements.themes),
        )


def items_of(changes: TextChanges, old: Numbers, new: Numbers, *, is_draft: bool) -> Iterator[Item]:
    """What became of a list of texts; those in which only a figure moved share one item.

    Between two drafts of a year (``is_draft``) it is told as well what only stands or is written
    otherwise; between two years that is no news.
    """
    only_figures, only_typed = [], []
    for change in changes.changes:
        if change.is_only_figures:
            only_figures.append(_place(change, old, new))
        elif _reads_the_same(change):
            only_typed.append(_place(change, old, new))
        else:
            yield _changed(change, old, new)
    if only_figures:
        yield plain(f"{'; '.join(only_figures)}.", head="Only the figures changed in")
    if only_typed and is_draft:
        yield plain(f"{'; '.join(only_typed)}.", head="Written otherwise, but read the same")
    if changes.is_rearranged and is_draft:
        yield plain("Some of what stayed now stands in another place.")


def printed(changes: TextChanges) -> TextChanges:
    """The changes without those that are only about how the file is handled."""
    kept = (c for c in changes.changes if not all(map(is_of_the_file, c.passages)))
    return replace(changes, changes=tuple(kept))


def _changed(change: TextChange, old: Numbers, new: Numbers) -> Item:
    runs = tuple(
        replace(run, text=_numbered(run.text, old if run.kind == "removed" else new))
        for run in shortened(change.runs)
    )
    before, after = change.before, change.after
    notes: tuple[str, ...] = ()
    if before and after and before.kind == "row" and before.label != after.label:
        notes = (f"It was called “{before.label}”.",)
    return Item(runs, f"{_place(change, old, new)}, {change.kind}", notes)


def _reads_the_same(change: TextChange) -> bool:
    """Whether only its id, or how a figure is written in it, changed."""
    before, after = change.before, change.after
    if before is None or after is None or before.words != after.words:
        return False
    return before.kind != "row" or before.label == after.label


def _place(change: TextChange, old: Numbers, new: Numbers) -> str:
    """Where a text stands: ``Paragraph 8b``, ``Table below paragraph 3``, a row's label."""
    passage, numbers = (change.after, new) if change.after else (change.before, old)
    assert passage is not None
    if passage.kind == "heading":
        return "Heading"
    if passage.kind == "row":
        return passage.label or "Item"
    number = numbers.in_order[passage.position]
    if passage.kind == "table":
        return f"Table below paragraph {number}" if number else "Table"
    if number:
        return f"Paragraph {number}" if change.after else f"Former paragraph {number}"
    return f"Paragraph `{passage.label}`" if passage.label else "Paragraph"


def _numbered(text: str, numbers: Numbers) -> str:
    """The text with the numbers of the paragraphs that it refers to."""
    parts = []
    for piece in split(text):
        if isinstance(piece, Reference) and piece.kind == "para":
            parts.append(numbers.by_id.get(piece.target) or piece.raw)
        else:
            parts.append(piece if isinstance(piece, str) else piece.raw)
    return "".join(parts)


def shortened(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The runs, of a long stretch that stayed only the words beside what changed."""
    if len(runs) == 1:
        return runs
    return tuple(
        _ends(run, is_first=place == 0, is_last=place == len(runs) - 1)
        for place, run in enumerate(runs)
    )


def _ends(run: Run, *, is_first: bool, is_last: bool) -> Run:
    words = run.text.split()
    left = [] if is_first else words[:AROUND]
    right = [] if is_last else words[-AROUND:]
    if run.kind != "same" or len(words) <= len(left) + len(right) + 2:
        return run
    return replace(run, text=" ".join([*left, "…", *right]))
