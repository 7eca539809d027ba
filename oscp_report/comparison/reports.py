"""Two reports, part by part: figures, priorities, recommendations, rows, paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from oscp_report.comparison.moves import FigureChange, compare_figures
from oscp_report.comparison.passages import Texts
from oscp_report.comparison.priorities import Answer, PriorityChange, answers, compare_priorities
from oscp_report.comparison.texts import TextChanges, compare_texts
from oscp_report.model import Report


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one report to another.

    ``figures`` are those that moved, the largest moves first, then those that did not, the new
    ones, the dropped ones, those that cannot be compared. ``answers`` are about the later of the
    two years, whichever way round they are compared.
    """

    old: Report
    new: Report
    figures: tuple[FigureChange, ...]
    priorities: tuple[PriorityChange, ...]
    next_priorities: tuple[PriorityChange, ...]
    answers: tuple[Answer, ...]
    recommendations: TextChanges
    rows: TextChanges
    paragraphs: TextChanges

    @property
    def is_same(self) -> bool:
        """Whether the two say the same of the same year."""
        changes: Iterable[FigureChange | PriorityChange | TextChanges] = (
            *self.figures,
            *self.priorities,
            *self.next_priorities,
            self.recommendations,
            self.rows,
            self.paragraphs,
        )
        return self.old.year == self.new.year and all(found.is_same for found in changes)


def compare(old: Report, new: Report, others: Sequence[Report] = ()) -> Comparison:
    """What changed from one report to another: of two years, or two drafts of one.

    ``others`` are reports of other years, in any order; those later than both are left aside. Those
    between the two tell of a break in a series; those before them are needed where a text says how
    a figure changed.
    """
    history = _history(old, new, others)
    before, after = texts = _texts(old, new, history)
    earlier, later = (old, new) if old.year <= new.year else (new, old)
    return Comparison(
        old=old,
        new=new,
        figures=compare_figures(old, new, history),
        priorities=compare_priorities(old.priorities, new.priorities, texts),
        next_priorities=compare_priorities(old.next_priorities, new.next_priorities, texts),
        answers=answers(earlier, later),
        recommendations=compare_texts(
            list(before.recommendations()), list(after.recommendations())
        ),
        rows=compare_texts(list(before.rows()), list(after.rows())),
        paragraphs=compare_texts(list(before.body()), list(after.body())),
    )


def fates(old: Report, new: Report, others: Sequence[Report] = ()) -> tuple[PriorityChange, ...]:
    """What became of the priorities, as ``compare`` tells it, and nothing else."""
    texts = _texts(old, new, _history(old, new, others))
    return compare_priorities(old.priorities, new.priorities, texts)


def _history(old: Report, new: Report, others: Sequence[Report]) -> list[Report]:
    latest = max(old.year, new.year)
    return [r for r in others if r.year < latest and r.year not in (old.year, new.year)]


def _texts(old: Report, new: Report, history: Sequence[Report]) -> tuple[Texts, Texts]:
    known = [*history, old, new]
    return Texts(old, known), Texts(new, known)
