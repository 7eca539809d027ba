"""A year read and held against the rules: in one step, or in two where a build cannot wait.

Modules are imported where their step comes, so that a command pays for what it uses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from oscp_report.diagnostics import Diagnostic
from oscp_report.errors import ReportError
from oscp_report.workspace import PARTNERSHIP_FILE, Workspace
from oscp_report.year import Year

if TYPE_CHECKING:
    from oscp_report.checks import Subject
    from oscp_report.model import Partnership, Report
    from oscp_report.reading.loading import Loaded


@dataclass(frozen=True, slots=True)
class Checked:
    """A year that was read and checked.

    ``report`` and ``partnership`` are None where their file could not be understood at all.
    ``history`` are the reports of earlier years that it needs, oldest first; ``lines`` are those of
    each file, by name, for excerpts; ``contents`` are the bytes of every file that was read.
    """

    year: Year
    report: Report | None
    partnership: Partnership | None
    history: tuple[Report, ...]
    diagnostics: tuple[Diagnostic, ...]
    lines: Mapping[str, Sequence[str]]
    contents: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def open(self) -> tuple[Diagnostic, ...]:
        """All that is neither mended nor accepted."""
        return tuple(d for d in self.diagnostics if not d.because)

    def stops(self, *, strict: bool) -> bool:
        """Whether these findings stop a build: an error does, where ``strict`` a warning too."""
        return any(strict or d.severity == "error" for d in self.open)


@dataclass(frozen=True, slots=True)
class Begun:
    """A year that was read, and held against the rules that stop a build.

    ``checked`` lacks the warnings. Without a ``subject`` no rule can run.
    """

    checked: Checked
    subject: Subject | None
    unreadable: frozenset[str]

    def finish(self) -> Checked:
        """Ask the rules that only warn, which takes the longer, and settle all that was found."""
        if self.subject is None:
            return self.checked
        from oscp_report.checks import findings, settle
        from oscp_report.outputs.faults import OUTPUT_RULES

        warned = findings(self.subject, self.unreadable, ["warning"])
        found = [*self.checked.diagnostics, *warned]
        later = {rule.code for rule in OUTPUT_RULES}  # what only the renderer can find
        report = self.subject.report
        settled = settle(report, found, unreadable=self.unreadable, pending=later)
        return replace(self.checked, diagnostics=tuple(settled))


def check_year(workspace: Workspace, year: Year) -> Checked:
    """Read a year, those before it and the partnership, and run every rule.

    Raises:
        ReportError: a file is missing or cannot be read.
    """
    return begin(workspace, year).finish()


def begin(workspace: Workspace, year: Year) -> Begun:
    """Read a year, the partnership and the years it looks back on; ask the rules that stop a build.

    Raises:
        ReportError: a file is missing or cannot be read.
    """
    from oscp_report.checks import Subject, findings
    from oscp_report.reading.loading import load_partnership

    name = workspace.year_file(year)
    contents = {known: workspace.read(known) for known in (name, PARTNERSHIP_FILE)}
    report = understood(contents[name], name, year)
    partnership = load_partnership(contents[PARTNERSHIP_FILE], PARTNERSHIP_FILE)
    found = [*partnership.diagnostics, *report.diagnostics]
    unreadable = frozenset(report.unreadable | partnership.unreadable)
    subject = None
    if report.value and partnership.value:
        subject = Subject(report.value, partnership.value, workspace.has_data_file)
        subject = _with_history(subject, workspace, contents)
        found += findings(subject, unreadable, ["error"])
    history = subject.history if subject else ()
    lines = {name: report.lines, PARTNERSHIP_FILE: partnership.lines}
    known = (report.value, partnership.value, history)
    checked = Checked(year, *known, tuple(sorted(found)), lines, contents)
    return Begun(checked, subject, unreadable)


def load(workspace: Workspace, year: Year) -> Loaded[Report]:
    """A year's file as it was read, without any rule that looks beyond it.

    Raises:
        ReportError: the file is missing or cannot be read.
    """
    name = workspace.year_file(year)
    return understood(workspace.read(name), name, year)


def load_partnership_of(workspace: Workspace) -> Partnership:
    """The partnership of a workspace whose years were found sound.

    Raises:
        ReportError: its file cannot be read, or not be understood.
    """
    from oscp_report.reading.loading import load_partnership

    found = load_partnership(workspace.read(PARTNERSHIP_FILE), PARTNERSHIP_FILE)
    if found.value is None:
        raise ReportError(f"`{PARTNERSHIP_FILE}` has errors", fix="run `oscp-report check`")
    return found.value


@lru_cache(maxsize=1024)
def understood(data: bytes, name: str, year: Year) -> Loaded[Report]:
    """A year's file as it was read. Where every year is built, each is also the past of others."""
    from oscp_report.reading.loading import load_report

    return load_report(data, name, year)


def forget() -> None:
    """Let go of the files that were read before. A process that reads drafts all day needs it."""
    understood.cache_clear()


def _with_history(subject: Subject, workspace: Workspace, contents: dict[str, bytes]) -> Subject:
    """The subject with the reports of the earlier years that it needs, and their bytes kept.

    One that cannot be understood is left out: a rule says so, and a check of that year says why.
    """
    from oscp_report.checks.passages import looks_back

    years = workspace.years()
    earlier = [known for known in years if known < subject.report.year]
    wanted = earlier if looks_back(subject) else earlier[-1:]
    names = {known: workspace.year_file(known) for known in wanted}
    contents |= {name: workspace.read(name) for name in names.values()}
    read = [understood(contents[name], name, known) for known, name in names.items()]
    history = tuple(loaded.sound for loaded in read if loaded.sound)
    return replace(subject, history=history, years=years)
