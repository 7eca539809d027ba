"""Pages of an earlier site that need not be made again: never one that would come out otherwise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from oscp_report.model import Report
from oscp_report.publishing import Archive, made_from, site_files
from tests.publishing import archives
from tests.small_reports import report as small_report

PROGRAM = "program 1, templates 1"
FIRST, LAST = 2008, 2017


def reports(**changed: Any) -> list[Report]:
    """Ten years, the eighth of which tells how a figure went; ``changed`` is what 2010-11 says."""
    found = []
    for start in range(FIRST, LAST + 1):
        own = changed if start == 2010 else {}
        year = f"{start}-{(start + 1) % 100:02}"
        said = [f"What was done in {year}.", "Locks went {locks.trend}." if start == 2015 else "."]
        parts: dict[str, Any] = {
            "figures": {"locks": {"label": "Locks", "value": own.get("locks", start - 2000)}},
            "introduction": {
                "heading": "Introduction",
                "paragraphs": [*said, own.get("text", ".")],
            },
        }
        found.append(small_report(year, status=own.get("status", "final"), **parts))
    return found


def changed(**words: Any) -> Callable[[Archive], Archive]:
    """The year 2010-11 says something else."""
    return lambda _: archives.archive(reports(**words))


def with_years(choose: Callable[[Sequence[Any]], Sequence[Any]]) -> Callable[[Archive], Archive]:
    return lambda found: replace(found, years=tuple(choose(found.years)))


def renamed(found: Archive) -> Archive:
    """The report of 2010-11 lies at another address."""
    years = [
        replace(each, html=replace(each.html, name="other.html"))
        if each.report.year.start == 2010
        else each
        for each in found.years
    ]
    return replace(found, years=tuple(years))


EVERY = None
# A report may tell how a figure changed from the year before it, and so speak of 2010-11.
NEAR = {"2009-2010", "2010-2011", "2011-2012"}
TREND = {"2014-2015", "2015-2016"}

CHANGES: dict[str, tuple[Callable[[Archive], Archive], set[str] | None]] = {
    "nothing": (lambda found: found, set()),
    "a text": (changed(text="Not the same."), NEAR | TREND),
    "a figure that a later year speaks of": (changed(locks=2000), NEAR | TREND),
    "a draft": (changed(status="draft"), NEAR | TREND),
    "a report's address": (renamed, {"2009-2010", "2010-2011"}),
    "the partnership": (
        lambda found: replace(found, partnership=replace(found.partnership, language="cy")),
        EVERY,
    ),
    "the first year left out": (with_years(lambda years: years[1:]), EVERY),
    "the last year left out": (with_years(lambda years: years[:-1]), EVERY),
    "a year between left out": (with_years(lambda years: [*years[:2], *years[3:]]), EVERY),
}


@pytest.fixture(scope="module")
def before() -> Archive:
    return archives.archive(reports())


@pytest.mark.parametrize("what", CHANGES)
def test_with_what_was_kept_the_site_is_the_one_made_from_nothing(
    what: str, before: Archive
) -> None:
    change, made_anew = CHANGES[what]
    after = change(before)
    earlier, old, new = site(before), made_from(before, PROGRAM), made_from(after, PROGRAM)
    kept = {path: earlier[path] for path, made in new.items() if old.get(path) == made}
    assert site_files(after, archives.TEMPLATES, kept) == site(after)
    pairs = {path: f"{path[12:16]}-{path[23:27]}" for path in new}
    made = {pairs[path] for path in new.keys() - kept.keys()}
    assert made == ({*pairs.values()} if made_anew is EVERY else made_anew)


def site(found: Archive) -> dict[str, bytes]:
    return site_files(found, archives.TEMPLATES)


def test_what_is_kept_is_not_made_again(before: Archive) -> None:
    path = next(iter(made_from(before, PROGRAM)))
    assert site_files(before, archives.TEMPLATES, {path: b"kept"})[path] == b"kept"


def test_another_program_or_template_keeps_nothing(before: Archive) -> None:
    one, other = made_from(before, PROGRAM), made_from(before, "program 2, templates 1")
    assert len(one) == LAST - FIRST
    assert not set(one.values()) & set(other.values())
