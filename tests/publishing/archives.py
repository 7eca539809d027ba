"""Archives to publish: the example's six years, small years, and many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from oscp_report.diagnostics import Location
from oscp_report.document.rendering import render_report
from oscp_report.document.views import file_stem, view_report
from oscp_report.model import Partnership, Report, Text
from oscp_report.publishing import Archive, File, PublishedYear, Superseded, site_files
from oscp_report.reading.loading import load_partnership, load_report
from oscp_report.starting import EXAMPLE
from oscp_report.workspace import shipped_templates
from oscp_report.year import Year

TEMPLATES = (shipped_templates(),)
STARTS = range(2019, 2025)
CORRECTED = date(2022, 9, 12)
OLD = ("ecsp-annual-review-2021-22.html", "first issue & draft.pdf")
NOWHERE = Location("data/none.yaml", 1, 1)


def published(
    report: Report, partnership: Partnership, superseded: tuple[Superseded, ...] = ()
) -> PublishedYear:
    """A report with the files that a build makes of it."""
    stem = file_stem(report, partnership)
    return PublishedYear(
        report=report,
        digest=sha256(repr(report).encode()).hexdigest(),
        html=File(name=f"{stem}.html", size=52_400),
        pdf=File(name=f"{stem}.pdf", size=345_600),
        pages=12,
        source=File(name=f"{report.year}.yaml", size=9_100),
        superseded=superseded,
    )


def archive(
    reports: Sequence[Report], partnership: Partnership | None = None, **changes: Any
) -> Archive:
    """An archive of some reports; ``changes`` are the partnership's."""
    about = replace(partnership or example_partnership(), **changes)
    return Archive(partnership=about, years=tuple(published(each, about) for each in reports))


def example_partnership() -> Partnership:
    """The example's partnership."""
    loaded = load_partnership((EXAMPLE / "partnership.yaml").read_bytes(), "data/partnership.yaml")
    assert loaded.value is not None
    return loaded.value


def example_reports() -> list[Report]:
    """The example's six years."""
    found = []
    for year in map(Year, STARTS):
        loaded = load_report((EXAMPLE / f"{year}.yaml").read_bytes(), f"data/{year}.yaml", year)
        assert loaded.value is not None
        found.append(loaded.value)
    return found


def example_yaml() -> dict[str, Mapping[str, Any]]:
    """The example's six years as any program reads them, oldest first."""
    years = [str(Year(start)) for start in STARTS]
    return {year: yaml.safe_load((EXAMPLE / f"{year}.yaml").read_text("utf-8")) for year in years}


def example() -> Archive:
    """The example's six years, one of them with a version that a correction replaced."""
    found = archive(example_reports())
    old = replaced(CORRECTED, *OLD)
    years = (replace(y, superseded=(old,)) if y.report.corrections else y for y in found.years)
    return replace(found, years=tuple(years))


@cache
def example_site() -> Mapping[str, bytes]:
    """The example's generated files."""
    return site_files(example(), TEMPLATES)


def whole(found: Archive, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """A site with the files that stand beside the generated ones, the reports as they are built."""
    every, reports = dict(files), [each.report for each in found.years]
    for place, each in enumerate(found.years):
        view = view_report(each.report, found.partnership, reports[:place], has_pdf=True)
        folder = str(each.report.year)
        every[f"{folder}/{each.html.name}"] = render_report(view, TEMPLATES).encode()
        every[f"{folder}/{each.pdf.name}"] = b"%PDF-"
        every[f"{folder}/{each.source.name}"] = b"year:"
        for old in each.superseded:
            for file in old.files:
                every[f"{folder}/superseded/{old.day.isoformat()}/{file.name}"] = b"old"
    return every


def replaced(day: date, *names: str) -> Superseded:
    """Files that a correction of a day replaced."""
    return Superseded(day=day, files=tuple(File(name=name, size=50_000) for name in names))


def written(folder: Path, files: Mapping[str, bytes]) -> Path:
    """The files, in a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def text(words: str) -> Text:
    """A text that stands in no file."""
    return Text(words, NOWHERE)
