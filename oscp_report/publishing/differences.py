"""What changed between each two neighbouring years, in the sentences of a briefing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise

from oscp_report.briefing.parts import Briefing
from oscp_report.briefing.view import brief
from oscp_report.comparison.reports import Comparison, compare
from oscp_report.model import Report
from oscp_report.publishing.archive import Archive
from oscp_report.publishing.volumes import Volume, volumes_of

_FOR_COUNCILLORS = "What may be asked"
"""The section of a briefing that helps to prepare for a meeting, and is no news of the years."""


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


def told(found: Comparison) -> Briefing:
    """The difference as the site tells it."""
    briefing = brief(found)
    sections = (each for each in briefing.sections if each.heading != _FOR_COUNCILLORS)
    return replace(briefing, sections=tuple(sections))
