"""The register of rules, and how they are run over a report."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from inspect import cleandoc
from itertools import islice

from oscp_report.diagnostics import Diagnostic, Location, Rule, Severity
from oscp_report.model import Partnership, Report, Row
from oscp_report.printed import cover_rows
from oscp_report.year import Year

MOST_FINDINGS = 200
"""Findings of one rule in one file: more than anybody mends at a time. Each looks its place up in
its text, so that 10,000 in one text would take most of a minute."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What the rules look at. ``file_exists`` answers for a path relative to ``data/``.

    ``history`` are the reports of earlier years, oldest first: the last one, and the others where
    the report asks for them. ``years`` are all that have a file.
    """

    report: Report
    partnership: Partnership
    file_exists: Callable[[str], bool]
    history: tuple[Report, ...] = ()
    years: tuple[Year, ...] = ()

    @property
    def previous(self) -> Report | None:
        """The report of the year before, where there is one that can be read."""
        last = self.history[-1] if self.history else None
        return last if last is not None and last.year.next == self.report.year else None

    @property
    def cover(self) -> tuple[Row, ...]:
        """The rows at the head of the report, the partnership's own among them."""
        return cover_rows(self.report, self.partnership)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found; the register adds the code and the severity."""

    location: Location
    message: str
    fix: str
    about: str = ""


Check = Callable[[Subject], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Registered:
    """A rule with its check. ``needs`` names the file's fields without which it would mislead."""

    rule: Rule
    check: Check
    needs: frozenset[str]

    def can_run(self, unreadable: Collection[str]) -> bool:
        """Whether all that the rule needs could be read."""
        return self.needs.isdisjoint(unreadable)


RULES: dict[str, Registered] = {}


def rule(code: str, severity: Severity, needs: Collection[str] = ()) -> Callable[[Check], Check]:
    """Register a check under a code. Its docstring is the rule's explanation."""

    def register(check: Check) -> Check:
        if code in RULES:
            raise ValueError(f"rule {code} is defined twice")
        name = check.__name__.replace("_", "-")
        explained = Rule(code, name, severity, cleandoc(check.__doc__ or ""))
        RULES[code] = Registered(explained, check, frozenset(needs))
        return check

    return register


def findings(
    subject: Subject,
    unreadable: Collection[str] = (),
    severities: Collection[Severity] = ("error", "warning"),
) -> Iterator[Diagnostic]:
    """What every rule finds, less the rules that need a part of the file that was unreadable.

    Of each rule, the first ``MOST_FINDINGS``; of rules with other ``severities``, nothing.
    """
    for registered in RULES.values():
        if registered.rule.severity in severities and registered.can_run(unreadable):
            for found in islice(registered.check(subject), MOST_FINDINGS):
                yield registered.rule.at(
                    found.location, found.message, fix=found.fix, about=found.about
                )
