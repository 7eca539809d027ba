"""What changed between each two neighbouring years, in the sentences of a briefing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from oscp_report.briefing.parts import Briefing
from oscp_report.briefing.view import brief
from oscp_report.comparison.reports import Comparison, compare
from oscp_report.publishing.volumes import Volume

_FOR_COUNCILLORS = "What may be asked"
"""The section of a briefing that helps to prepare for a meeting, and is no news of the years."""


def comparisons(volumes: Sequence[Volume]) -> tuple[Comparison, ...]:
    """Each year with the next, oldest first.

    Of other years only those are looked at that the texts of the two speak of.
    """
    found = []
    for old, new in pairwise(volumes):
        # The old year's own look back is the one that has the year before it whole.
        others = {report.year: report for report in (*new.near, *old.near)}
        found.append(compare(old.report, new.report, tuple(others.values())))
    return tuple(found)


def address(old: Volume, new: Volume) -> str:
    """The page of a difference, from the head of the site."""
    return f"differences/{old.year}-to-{new.year}.html"


def told(found: Comparison) -> Briefing:
    """The difference as the site tells it."""
    briefing = brief(found)
    sections = (each for each in briefing.sections if each.heading != _FOR_COUNCILLORS)
    return replace(briefing, sections=tuple(sections))
