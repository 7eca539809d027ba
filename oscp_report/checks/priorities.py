"""Rules about priorities and the themes that report on them."""

from __future__ import annotations

from collections.abc import Iterator

from oscp_report.checks.registry import Finding, Subject, rule
from oscp_report.model import Priority, Report
from oscp_report.wording import nearest, quoted


def _ids(report: Report) -> set[str]:
    return {priority.id for priority in report.priorities.items} - {""}


def _announced(subject: Subject) -> tuple[Priority, ...]:
    """What last year's report announced for this year."""
    following = subject.previous.next_priorities if subject.previous else None
    if following is None or following.year not in (None, subject.report.year):
        return ()
    return following.items


@rule("PRI101", "warning", needs=("priorities", "achievements"))
def priority_without_theme(subject: Subject) -> Iterator[Finding]:
    """Priority that no theme reports on.

    ## What it does
    Finds priorities of the year that no theme under `achievements:` answers with its
    `priority:`.

    ## Why it matters
    The partnership told Council that it would do this. A report that says nothing of it leaves
    Council to guess.

    ## How to fix it
    Add a theme on it, if only to say that nothing was done and why; or accept the warning with
    the reason.

    ```yaml
    - priority: restorative-approaches
      text: "Restorative approaches: the project was put off to 2019-20."
    ```
    """
    known = _ids(subject.report)
    announced = {priority.id for priority in _announced(subject)}
    given = (theme.priority.value for theme in subject.report.achievements.themes if theme.priority)
    # A misspelled id is reported as such, once.
    answered = {name if name in known else nearest(name, known) for name in given}
    for priority in subject.report.priorities.items:
        if priority.id and priority.id not in answered:
            since = ""
            if subject.previous and priority.id in announced:
                since = f", which the report for {subject.previous.year} announced"
            yield Finding(
                priority.location,
                f"no theme reports on the priority `{priority.id}`{since}",
                fix=f"add a theme with `priority: {priority.id}`",
                about=priority.id,
            )


@rule("PRI102", "error", needs=("priorities",))
def unknown_priority(subject: Subject) -> Iterator[Finding]:
    """Theme on a priority that is not there.

    ## What it does
    Finds themes whose `priority:` is not the id of one of the year's priorities.

    ## Why it matters
    The theme would stand beside no priority, and the priority that was meant would seem to have
    none.

    ## How to fix it
    Use the id of one of the `priorities:` of the same file.
    """
    report = subject.report
    known = _ids(report)
    following = report.next_priorities.items if report.next_priorities else ()
    for theme in report.achievements.themes:
        if not theme.priority or theme.priority.value in known:
            continue
        name = theme.priority.value
        near = nearest(name, known)
        fix = f"did you mean `{near}`?" if near else "use the id of one of the `priorities:`"
        if not near and any(priority.id == name for priority in following):
            fix = "it is one of next year's: leave `priority:` out, or name one of this year's"
        yield Finding(theme.priority.location, f"there is no priority `{name}`", fix, about=name)


@rule("PRI103", "warning", needs=("achievements",))
def theme_without_priority(subject: Subject) -> Iterator[Finding]:
    """Theme that answers no priority.

    ## What it does
    Finds themes without `priority:`.

    ## Why it matters
    Either the link was forgotten, or the partnership did something that it had not set out to
    do, which Council may want to be told.

    ## How to fix it
    Add `priority:` with the id of the priority it reports on. Where there is none, give the
    theme an `id:` and accept the warning about it with the reason.
    """
    for theme in subject.report.achievements.themes:
        if not theme.priority:
            named = (
                f"the theme `{theme.id}`" if theme.id else f"the theme {quoted(str(theme.text))}"
            )
            stands = "accept this" if theme.id else "give it an `id`, and accept this by that id"
            yield Finding(
                theme.location,
                f"{named} answers no priority",
                fix=f"add `priority:`; where there is none, {stands}",
                about=theme.id,
            )


@rule("PRI104", "error", needs=("year", "priorities", "next_priorities"))
def priorities_of_another_year(subject: Subject) -> Iterator[Finding]:
    """Priorities that are for another year.

    ## What it does
    In a final report, compares the `year:` of `priorities:` with the report's, and that of
    `next_priorities:` with the year after. In a draft, which begins as a copy of last year's
    file, it waits.

    ## Why it matters
    Last year's priorities would be presented to Council as the coming year's.

    ## How to fix it
    Correct the year, and see whether the priorities below it are those of that year.
    """
    report = subject.report
    if report.status == "draft":
        return
    for priorities, expected, which in (
        (report.priorities, report.year, "the priorities"),
        (report.next_priorities, report.year.next, "next year's priorities"),
    ):
        if priorities and priorities.year and priorities.year != expected:
            yield Finding(
                priorities.location,
                f"{which} are for {priorities.year}, but this report is for {report.year}",
                fix=f"write `year: {expected}`, and see whether they are the right ones",
                about=str(priorities.year),
            )


@rule("PRI105", "warning", needs=("priorities", "year"))
def announced_and_not_taken_up(subject: Subject) -> Iterator[Finding]:
    """Priority that was announced and not taken up.

    ## What it does
    Finds the priorities that last year's report announced under `next_priorities:` and that are
    not among this year's `priorities:`. They are told by their ids, however they are reworded.

    ## Why it matters
    Council was told that the partnership would do this. It is not told that it will not.

    ## How to fix it
    Take it up under `priorities:` with the id that it had. Where it was dropped, accept the
    warning with the reason.
    """
    priorities = subject.report.priorities
    known = _ids(subject.report)
    for priority in _announced(subject):
        if priority.id and priority.id not in known:
            near = nearest(priority.id, known)
            instead = f"; if it is `{near}` now, that is its id" if near else ""
            yield Finding(
                priorities.location,
                f"the priority `{priority.id}` is not taken up, which {priority.location.file}, "
                f"line {priority.location.line}, announced",
                fix=f"add it under its id, or accept this and say why it was dropped{instead}",
                about=priority.id,
            )
