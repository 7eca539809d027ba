"""Small reports of an invented partnership, part by part, for tests that compare two of them."""

from __future__ import annotations

from typing import Any

import yaml

from oscp_report.model import Report
from oscp_report.reading.loading import load_report
from oscp_report.year import Year

PRIORITIES = {"burglary": "Reducing burglary;", "licensing": "A safer night out."}


class _Dumper(yaml.SafeDumper):
    """Writes the same list twice where it stands twice: an alias is an error in a year's file."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def as_yaml(year: str = "2018-19", **parts: Any) -> str:
    """The file of a year; ``parts`` replace whole fields, and None takes one out."""
    whole: dict[str, Any] = {
        "year": year,
        "status": "final",
        "cover": [{"To": "Council"}, {"Date": "22 July 2019"}],
        "summary": [{"Purpose": "To report"}, {"Recommendation": "That Council note the report"}],
        "appendices": "None",
        "introduction": {"heading": "Introduction", "paragraphs": ["We met every month."]},
        "priorities": priorities(PRIORITIES),
        "achievements": {
            "heading": "Achievements",
            "themes": [
                {"priority": "burglary", "text": "Burglary fell."},
                {"priority": "licensing", "text": "Pubs were visited."},
            ],
        },
        "next_priorities": priorities(PRIORITIES),
        "figures": {"locks": {"label": "Homes given locks", "value": 107}},
    } | parts
    text: str = yaml.dump(
        {name: part for name, part in whole.items() if part is not None},
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=10_000,
    )
    return text


def priorities(titles: dict[str, str]) -> dict[str, Any]:
    """A group of priorities, by id."""
    items = [{"id": name, "title": title} for name, title in titles.items()]
    return {"lead": "The priorities were:", "items": items}


def report(year: str = "2018-19", **parts: Any) -> Report:
    """The report that ``as_yaml`` describes, as the program reads it."""
    loaded = load_report(as_yaml(year, **parts).encode(), f"data/{year}.yaml", Year.parse(year))
    assert loaded.value is not None
    assert not loaded.has_errors, loaded.diagnostics
    return loaded.value


def with_figure(year: str = "2018-19", **fields: Any) -> Report:
    """A report with one figure, ``locks``."""
    return report(year, figures={"locks": {"label": "Homes given locks", **fields}})


def with_paragraphs(*paragraphs: Any, year: str = "2018-19", **parts: Any) -> Report:
    """A report with these paragraphs below its first heading."""
    introduction = {"heading": "Introduction", "paragraphs": list(paragraphs)}
    return report(year, introduction=introduction, **parts)
