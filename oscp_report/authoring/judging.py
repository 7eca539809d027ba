"""Values that were filled in, held against the rules of what a value can be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from oscp_report.checks.measures import not_a_whole_number, rank_of_how_many
from oscp_report.checks.registry import Finding, Subject
from oscp_report.diagnostics import Location
from oscp_report.model import Partnership, Report, Text
from oscp_report.reading.shapes import Faults
from oscp_report.reading.source import parse
from oscp_report.reading.year_file import REPORT

_RULES = (rank_of_how_many, not_a_whole_number)
"""What can be wrong with the value of one figure, whatever else the file says."""

_NOWHERE = Location("", 1, 1)
_NOBODY = Text("", _NOWHERE)
_ANY = Partnership(name=_NOBODY, short_name=_NOBODY, council=_NOBODY, location=_NOWHERE)


def impossible(data: bytes) -> Mapping[str, Finding]:
    """The figures of a year's file whose value cannot be one, with the first reason.

    What would be wrong without the value as well is left to a check.
    """
    root = parse(data, "").root
    if root is None:
        return {}
    report = REPORT.read(root, Faults())
    without = {name: replace(figure, value=None) for name, figure in report.figures.items()}
    others = [*_found(replace(report, figures=without))]
    return {each.about: each for each in reversed([*_found(report)]) if each not in others}


def _found(report: Report) -> Iterator[Finding]:
    subject = Subject(report, _ANY, lambda name: True)
    for rule in _RULES:
        yield from rule(subject)
