"""What is left to do in a year's file: from the report itself and from what a check found."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from oscp_report.comparison.priorities import is_written
from oscp_report.diagnostics import Diagnostic, Location
from oscp_report.model import Figure, Report, Theme
from oscp_report.wording import placeholders, snippet
from oscp_report.year import Year

MISSING = "Figures without a value"
UNSETTLED = "Figures that may still change"
UNANSWERED = "Priorities without an answer"
PLACEHOLDERS = "Placeholders"
STANDING = "Left standing from last year"
CONTRADICTIONS = "Text against figures"
ERRORS, WARNINGS = "Other errors", "Other warnings"
GROUPS = (
    MISSING, UNSETTLED, UNANSWERED, PLACEHOLDERS, STANDING, CONTRADICTIONS, ERRORS, WARNINGS,
)  # fmt: skip
"""In the order in which they are shown."""

GROUP_OF: Mapping[str, str] = {
    "FIG104": MISSING,
    "FIG109": UNSETTLED,
    "PRI101": UNANSWERED,
    "PRI105": UNANSWERED,
    "PRO102": PLACEHOLDERS,
    "YRS104": STANDING,
    "YRS106": STANDING,
    "YRS107": CONTRADICTIONS,
}
"""The group of each rule that has one. A rule that is not named counts as another finding."""

OWN = frozenset({"FIG104", "FIG109", "PRI101"})
"""What is read off the report itself, so that findings of these rules are not listed again."""

_SHOWN = {"what": 64, "who": 32}
"""The widest that a column of the table gets, in characters."""

_BLOCK = re.compile(r"[\s-]*(?P<field>(?:.*:)?)\s*[|>][-+0-9]*(?:\s+#.*)?")


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that is left to do. ``who`` has to supply it, where that is known.

    ``count`` is how many findings stand behind it: more than one only where ``what`` says so.
    """

    group: str
    what: str
    location: Location
    who: str = ""
    code: str = ""
    count: int = 1


def work_left(
    report: Report | None, found: Sequence[Diagnostic], lines: Mapping[str, Sequence[str]]
) -> tuple[Task, ...]:
    """What is left to do, group by group, in the order of the file.

    Args:
        report: None where the file could not be understood; the findings say why.
        found: what a check found; what is accepted is not left to do.
        lines: those of each file, by name, to show what stands at a placeholder.
    """
    accepted = {(each.code, each.about) for each in found if each.because}
    tasks: list[Task] = []
    told: set[tuple[str, int]] = set()
    if report is not None:
        tasks += _of_figures(report, accepted)
        for theme, task in _of_priorities(report, accepted):
            tasks.append(task)
            told |= _lines_of(theme)
    others: dict[str, list[Diagnostic]] = {}
    for each in found:
        group = GROUP_OF.get(each.code, "")
        if each.because or (report is not None and each.code in OWN):
            continue
        if group == PLACEHOLDERS:
            line = each.location.file, each.location.line
            if line not in told:
                told.add(line)
                tasks.append(Task(group, _excerpt(each, lines), each.location, code=each.code))
        elif group:
            tasks.append(Task(group, each.message, each.location, code=each.code))
        else:
            others.setdefault(each.code, []).append(each)
    tasks += map(_of_rule, others.values())
    return tuple(sorted(tasks, key=lambda task: (GROUPS.index(task.group), task.location)))


def _of_figures(report: Report, accepted: Collection[tuple[str, str]]) -> Iterator[Task]:
    figures = report.figures.values()
    confirming = any(figure.confirmed for figure in figures)
    for figure in figures:
        who = str(figure.owner or figure.source or "")
        who = "" if any(placeholders(who)) else who
        named = f"{figure.id}: {figure.label}"
        if figure.is_missing:
            if ("FIG104", figure.id) not in accepted:
                yield Task(MISSING, named, figure.location, who, "FIG104")
        elif why := _unsettled(figure, confirming=confirming):
            yield Task(UNSETTLED, f"{named} ({why})", figure.location, who, "FIG109")


def _unsettled(figure: Figure, *, confirming: bool) -> str:
    unconfirmed = "not confirmed" if confirming and not figure.confirmed else ""
    provisional = "provisional" if figure.is_provisional else ""
    return ", ".join(filter(None, (provisional, unconfirmed)))


def _of_priorities(
    report: Report, accepted: Collection[tuple[str, str]]
) -> Iterator[tuple[Theme | None, Task]]:
    """The priorities that no theme answers in words, each with the theme that is to."""
    for priority in report.priorities.items:
        themes = [
            theme
            for theme in report.achievements.themes
            if theme.priority and theme.priority.value == priority.id
        ]
        if any(map(is_written, themes)) or ("PRI101", priority.id) in accepted:
            continue
        theme = themes[0] if themes else None
        place = theme.text.location if theme else priority.location
        what = f"{priority.id}: {priority.title}"
        yield theme, Task(UNANSWERED, what, place, code="PRI101")


def _lines_of(theme: Theme | None) -> set[tuple[str, int]]:
    """The lines of a theme's text: a placeholder there is told with its priority."""
    if theme is None:
        return set()
    place = theme.text.location
    last = place.line + theme.text.source.rstrip().count("\n")
    return {(place.file, line) for line in range(place.line, last + 1)}


def _excerpt(found: Diagnostic, lines: Mapping[str, Sequence[str]]) -> str:
    """The line that a placeholder stands on; of a text with lines of its own, its field as well."""
    those = lines.get(found.location.file, ())
    number = found.location.line
    if not 0 < number <= len(those):
        return found.message
    line = those[number - 1].strip().removeprefix("- ")
    above = _BLOCK.fullmatch(those[number - 2]) if number > 1 else None
    return f"{above['field']} {line}" if above and above["field"] else line


def _of_rule(found: Sequence[Diagnostic]) -> Task:
    """The findings of one rule, told by the first of them."""
    first = min(found)
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    group = ERRORS if first.severity == "error" else WARNINGS
    what = f"{first.code}: {snippet(first.message, _SHOWN['what'] - len(more) - 8)}{more}"
    return Task(group, what, first.location, code=first.code, count=len(found))


def as_text(year: Year, tasks: Sequence[Task], *, draft: bool) -> str:
    """A table under each group's heading, and a last line that says how much is left."""
    rows = [_row(task) for task in tasks]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(2)]
    out: list[str] = []
    for group in GROUPS:
        own = [row for task, row in zip(tasks, rows, strict=True) if task.group == group]
        count = sum(task.count for task in tasks if task.group == group)
        if own:
            out.append(f"{group} ({count})")
            out += [_line(row, widths) for row in own]
            out.append("")
    out.append(_closing(year, tasks, draft=draft))
    return "\n".join(out)


def _row(task: Task) -> tuple[str, str, str]:
    place = f"{task.location.file}:{task.location.line}"
    return snippet(task.what, _SHOWN["what"]), snippet(task.who, _SHOWN["who"]), place


def _line(row: tuple[str, str, str], widths: Iterable[int]) -> str:
    cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False) if width]
    return f"  {'  '.join((*cells, row[2]))}"


def _closing(year: Year, tasks: Sequence[Task], *, draft: bool) -> str:
    left = sum(task.count for task in tasks)
    if left:
        things = "one thing is" if left == 1 else f"{left} things are"
        return f"{year}: {things} left to do"
    final = "; write `status: final` when Council may have it" if draft else ""
    return f"{year}: nothing is left to do{final}"


def as_json(year: Year, tasks: Sequence[Task]) -> str:
    """The same for a program, every text in full."""
    plain = [
        {
            "group": task.group,
            "what": task.what,
            "who": task.who,
            "file": task.location.file,
            "line": task.location.line,
            "code": task.code,
            "count": task.count,
        }
        for task in tasks
    ]
    left = sum(task.count for task in tasks)
    whole = {"year": str(year), "left": left, "tasks": plain}
    return json.dumps(whole, ensure_ascii=False, indent=2)
