"""A file's bytes to the model: every fault reported, and as much read as can be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from oscp_report.diagnostics import Diagnostic
from oscp_report.model import Partnership, Priorities, Report
from oscp_report.reading import fields
from oscp_report.reading.partnership_file import PARTNERSHIP
from oscp_report.reading.shapes import Faults, Record
from oscp_report.reading.source import Mapping, Parsed, parse
from oscp_report.reading.year_file import REPORT
from oscp_report.references import references
from oscp_report.year import Year

T = TypeVar("T")

_OF_VALUES = {
    rule.code
    for rule in (fields.NOT_A_NUMBER, fields.NOT_A_YEAR, fields.NOT_A_CHOICE, fields.BAD_ID)
}


@dataclass(frozen=True, slots=True)
class Loaded(Generic[T]):
    """What was read. ``value`` is None where the file could not be understood at all.

    ``unreadable`` names the file's own fields in which something was wrong, so that a rule need
    not report what follows from that. ``lines`` are the file's, for excerpts.
    """

    value: T | None
    diagnostics: tuple[Diagnostic, ...]
    lines: tuple[str, ...]
    unreadable: frozenset[str] = frozenset()

    @property
    def has_errors(self) -> bool:
        """Whether something was wrong that would be lost or misread."""
        return any(found.severity == "error" for found in self.diagnostics)

    @property
    def sound(self) -> T | None:
        """What was read, if nothing of it would be lost or misread."""
        return None if self.has_errors else self.value


def load_report(data: bytes, file: str, year: Year) -> Loaded[Report]:
    """Read a year's file, which is named after ``year``."""
    parsed, faults = parse(data, file), Faults()
    report = _read(parsed, REPORT, faults)
    if report is not None:
        _priorities_in(report.priorities, faults)
    if report is not None and report.year != year:
        if report.year is not None:
            message = f"the file is named for {year}, but its year is {report.year}"
            fix = f"write `year: {year}`, or rename the file"
            faults.add(fields.YEAR_OF_THE_FILE, report.places["year"], message, fix=fix)
        report = replace(report, year=year)
    return _loaded(report, parsed, faults)


def load_partnership(data: bytes, file: str) -> Loaded[Partnership]:
    """Read the partnership's file."""
    parsed, faults = parse(data, file), Faults()
    return _loaded(_read(parsed, PARTNERSHIP, faults), parsed, faults)


def _read(parsed: Parsed, record: Record[T], faults: Faults) -> T | None:
    if parsed.root is None:
        return None
    value = record.read(parsed.root, faults)
    return value if isinstance(parsed.root, Mapping) and parsed.root.entries else None


def _priorities_in(priorities: Priorities, faults: Faults) -> None:
    """Report a priority that refers to one: where it is printed, that one would have to be too."""
    for priority in priorities.items:
        for found in references(priority.title.value):
            if found.kind == "priority":
                message = f"`{found.raw}` stands within a priority"
                fix = f"write the words out, or `{{para:{found.target}}}` for its number"
                faults.add(
                    fields.PRIORITY_IN_PRIORITY, priority.title.at(found.raw), message, fix=fix
                )


def _loaded(value: T | None, parsed: Parsed, faults: Faults) -> Loaded[T]:
    # A value on a line with a slip was read as it was mended, and need not be judged as well.
    slips = {slip.location.line for slip in parsed.diagnostics}
    judged = (
        fault
        for fault in faults.found
        if fault.code not in _OF_VALUES or fault.location.line not in slips
    )
    found = tuple(sorted({*parsed.diagnostics, *judged}))
    return Loaded(value, found, parsed.lines, frozenset(faults.unreadable))
