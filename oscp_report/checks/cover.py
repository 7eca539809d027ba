"""Rules about the head of the report and its end: date, recommendation, contacts."""

from __future__ import annotations

from collections.abc import Iterator

from oscp_report.checks.registry import Finding, Subject, rule
from oscp_report.days import NotADate, read_date
from oscp_report.model import Text
from oscp_report.printed import sections_of
from oscp_report.wording import placeholders

DATE_LABELS = ("date", "meeting date", "date of meeting")


def _dates(subject: Subject) -> Iterator[Text]:
    """The values of the cover rows that give the date of the meeting."""
    for row in subject.cover:
        if row.label.value.strip(" :").casefold() in DATE_LABELS:
            yield row.value.text


@rule("COV101", "warning", needs=("cover",))
def no_date(subject: Subject) -> Iterator[Finding]:
    """Report without the date of its meeting.

    ## What it does
    Looks for a cover row `Date`, `Meeting date` or `Date of meeting`.

    ## Why it matters
    A paper without its date cannot be put with the minutes of the meeting that it went to.

    ## How to fix it
    Add the row under `cover:`.

    ```yaml
    cover:
      - Date: 22 July 2019
    ```
    """
    if not any(_dates(subject)):
        yield Finding(
            subject.report.places.get("cover", subject.report.location),
            "the cover has no date",
            fix="add a row such as `- Date: 22 July 2019`",
            about="date",
        )


@rule("COV102", "error", needs=("cover",))
def not_a_date(subject: Subject) -> Iterator[Finding]:
    """Date that is no date.

    ## What it does
    Reads the date on the cover: `22 July 2019`, `Monday 22 July 2019`, `22/07/2019` or
    `2019-07-22`, with the time after it if need be. Finds what is none of these, such as
    `22 Jully 2019`, and days that do not exist, such as `31 June 2019`. A placeholder such as
    TBC is left to PRO102.

    ## Why it matters
    People come to the meeting on the day that the report gives.

    ## How to fix it
    Write the day of the meeting as `22 July 2019`.
    """
    for text in _dates(subject):
        if any(placeholders(text.value)):
            continue
        try:
            read_date(text.value)
        except NotADate as error:
            yield Finding(text.location, str(error), fix=error.fix, about="date")


@rule("COV103", "error", needs=("cover",))
def wrong_weekday(subject: Subject) -> Iterator[Finding]:
    """Date with the wrong day of the week.

    ## What it does
    Compares the day of the week in the date on the cover with the calendar.

    ## Why it matters
    One of the two is wrong, and a reader cannot tell which.

    ## How to fix it
    Correct whichever it is, or leave the day of the week out.
    """
    for text in _dates(subject):
        try:
            meeting = read_date(text.value)
        except NotADate:
            continue
        if meeting.weekday and meeting.weekday != meeting.true_weekday:
            yield Finding(
                text.at(meeting.weekday_typed),
                f"{meeting.day_typed} is a {meeting.true_weekday}, not a {meeting.weekday}",
                fix=f"write {meeting.true_weekday}, or correct the date",
                about="date",
            )


@rule("COV104", "warning", needs=("cover", "year"))
def meeting_before_the_year_ended(subject: Subject) -> Iterator[Finding]:
    """Meeting before the year had ended.

    ## What it does
    Compares the date on the cover with the last day of the year reported on, 31 March.

    ## Why it matters
    Often it is last year's date, left standing. Where it is right, the figures cannot yet be
    those of the whole year.

    ## How to fix it
    Correct the date. Where the report was made before the year ended, accept the warning and say
    what the figures cover.
    """
    last_day = subject.report.year.last_day
    for text in _dates(subject):
        try:
            meeting = read_date(text.value)
        except NotADate:
            continue
        if meeting.date <= last_day:
            yield Finding(
                text.location,
                f"the meeting is before {last_day.day} March {last_day.year}, "
                f"when {subject.report.year} ends",
                fix="correct the date, or accept this and say what the figures cover",
                about="date",
            )


@rule("COV105", "warning", needs=("cover", "summary", "sections_before", "sections_after"))
def no_recommendation(subject: Subject) -> Iterator[Finding]:
    """Report that asks Council for nothing.

    ## What it does
    Looks for a row of the cover or the summary, or a heading, that begins with "Recommend".

    ## Why it matters
    Council resolves what a report recommends; without a recommendation there is nothing to
    resolve.

    ## How to fix it
    Add the row under `summary:`.

    ```yaml
    summary:
      - Recommendation: That Council note the report
    ```
    """
    report = subject.report
    labels = [row.label for row in (*subject.cover, *report.summary)]
    headings = [section.heading for section in sections_of(report)]
    starts = (text.value.strip(" *_").casefold()[:9] for text in (*labels, *headings))
    if "recommend" not in starts:
        yield Finding(
            report.places.get("summary", report.location),
            "the report has no recommendation",
            fix="add a row such as `- Recommendation: That Council note the report`",
            about="recommendation",
        )


@rule("COV106", "warning", needs=("cover", "summary", "contacts"))
def no_contact(subject: Subject) -> Iterator[Finding]:
    """Report without a contact.

    ## What it does
    Looks for an entry under `contacts:`, or for a row of the cover or the summary that names a
    contact or an author.

    ## Why it matters
    A councillor or a resident who has a question does not know whom to ask.

    ## How to fix it
    Add the name of the report's author and how to reach them.

    ```yaml
    contacts:
      - Report author: A. Officer
        Telephone: 01234 567890
    ```
    """
    report = subject.report
    labels = [str(row.label).casefold() for row in (*subject.cover, *report.summary)]
    if not any(report.contacts) and not any("contact" in x or "author" in x for x in labels):
        yield Finding(
            report.places.get("contacts", report.location),
            "the report names no contact",
            fix="add `contacts:` with the report's author and how to reach them",
            about="contacts",
        )
