"""What goes into the PDF of a report: its sources, its figures, and words about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from oscp_report.checks.cover import DATE_LABELS
from oscp_report.days import NotADate, read_date
from oscp_report.model import Partnership, Report
from oscp_report.printed import cover_rows
from oscp_report.provenance import manifest
from oscp_report.provenance.enclosure import About, Enclosed, Enclosure
from oscp_report.provenance.figures import as_csv
from oscp_report.provenance.manifest import Manifest
from oscp_report.year import Year

YAML, CSV, JSON = "application/yaml", "text/csv", "application/json"  # RFC 9512, 4180, 8259
DATA = "data/"


def enclose(
    report: Report,
    partnership: Partnership,
    history: Sequence[Report],
    sources: Mapping[str, bytes],
    made: Manifest,
) -> Enclosure:
    """What the PDF of a report carries.

    ``sources`` are the files that it was made from, by path: the year's, the partnership's and
    those of ``history``. An appendix that is a file of its own is left out, since it may not be
    meant for the public. So are the workspace's templates: nobody should have to run those of a
    stranger. ``made`` names them by digest.
    """
    year, day = report.year, _after(report.year)
    files = [_source(path, data, year) for path, data in sources.items()]
    figures = Enclosed(
        name=f"figures-{year}.csv",
        data=as_csv(report, history),
        kind=CSV,
        relationship="Data",
        description=f"The figures of the report for {year}, with those of earlier years",
        day=day,
    )
    listed = Enclosed(
        name=manifest.NAME,
        data=made.to_bytes(),
        kind=JSON,
        relationship="Data",
        description="What this document was made from and with",
        day=day,
    )
    return Enclosure(_about(report, partnership, made), (*files, figures, listed))


def _source(path: str, data: bytes, own: Year) -> Enclosed:
    name = path.removeprefix(DATA)
    try:
        year = Year.parse(name.removesuffix(".yaml"))
        description = f"The source of the report for {year}"
    except ValueError:
        year, description = own, "The source of what does not change with the year"
    return Enclosed(
        name=name,
        data=data,
        kind=YAML,
        relationship="Source",
        description=description,
        day=_after(year),
    )


def _after(year: Year) -> str:
    """The day after a year's last: the first on which all of it can be told. No clock is asked."""
    return (year.last_day + timedelta(days=1)).isoformat()


def _about(report: Report, partnership: Partnership, made: Manifest) -> About:
    name, council = str(partnership.name), str(partnership.council)
    return About(
        author=name,
        subject=f"{partnership.report_name} {report.year}: {name} to {council}",
        keywords=tuple(dict.fromkeys(_keywords(report, partnership))),
        program=f"oscp-report {made.versions['oscp-report']}",
        identifier=made.identifier,
        meeting=_meeting(report, partnership),
    )


def _keywords(report: Report, partnership: Partnership) -> Iterator[str]:
    """Words to be found by, none with a comma in it, since commas part them.

    A priority's id stands for it: its title is a sentence.
    """
    known = (partnership.name, partnership.short_name, partnership.council, report.year)
    for word in (*known, *(priority.id.replace("-", " ") for priority in report.priorities.items)):
        yield " ".join(str(word).replace(",", " ").split())


def _meeting(report: Report, partnership: Partnership) -> str:
    """The day that the cover gives for the meeting; empty where it gives none that is a date."""
    for row in cover_rows(report, partnership):
        if row.label.value.strip(" :").casefold() in DATE_LABELS:
            try:
                return read_date(row.value.text.value).date.isoformat()
            except NotADate:
                return ""
    return ""
