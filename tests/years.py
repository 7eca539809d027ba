"""Six years of an invented partnership, with a figure of each kind, as the files of a workspace."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from oscp_report.model import Partnership, Report
from oscp_report.reading.loading import load_partnership, load_report
from oscp_report.year import Year

FIRST, LAST = 2014, 2019
YEARS = tuple(str(Year(start)) for start in range(FIRST, LAST + 1))
THIS, BEFORE = YEARS[-1], YEARS[-2]
PARTNERSHIP = """\
name: Merrow Safer Together Partnership
short_name: MSTP
council: Merrow Council
"""

# What each year's file says of each figure: a value, or the fields in its place; None, where the
# file does not have the figure.
Values = tuple[float | str | Mapping[str, Any] | None, ...]
HIDDEN = {"no_value": "confidential"}
STALKING = {"value": 21.98, "break": "Stalking is counted otherwise"}
BY_PUPIL = {"value": 45, "break": "Now by pupil"}


@dataclass(frozen=True)
class Counted:
    label: str
    values: Values
    unit: str = "count"
    better: str = "neither"
    extra: Mapping[str, Any] = field(default_factory=dict)


FIGURES: Mapping[str, Counted] = {
    "burglaries": Counted(
        "Burglaries of homes & sheds", (812, 790, 760, 798, 749, 684), better="lower"
    ),
    "needles": Counted("Needles collected", (None, 7010, None, 6950, 7292, 6801), better="lower"),
    "safe": Counted(
        "Residents who feel safe", (61, 63.5, 62, 64, 66.5, 66.5), "percent", "higher"
    ),
    "violence": Counted(
        "Violence",
        (18.2, 19.41, 21.05, STALKING, 24.6, 25.1),
        "rate-per-1000",
        "lower",
    ),
    "grant": Counted(
        "Grant spent",
        (41000, 38500, 40250, 52000, 51250, {"value": 49800, "provisional": "yes"}),
        "pounds",
    ),
    "place": Counted(
        "Place among our peers",
        tuple({"value": place, "of": 15} for place in (9, 8, 8, 6, 7, 5)),
        "rank",
        "lower",
    ),
    "wardens": Counted("Change in wardens", (2, -1, -3, 0, 1, 4), better="higher"),
    "calls": Counted("Calls to the helpline", (101, 120, 96, 88, 130, 142)),
    "victims": Counted("Victims of slavery referred", (6, HIDDEN, 8, 7, HIDDEN, HIDDEN)),
    "taxis": Counted("Taxi drivers trained", (None, None, None, None, None, 48), better="higher"),
    "visits": Counted("Visits to schools", (None, None, None, None, 30, BY_PUPIL)),
}  # fmt: skip
ONLY_THIS_YEAR: Mapping[str, Mapping[str, Any]] = {
    "burglaries": {"earlier": {BEFORE: {"value": 741, "revised": "Eight came late"}}},
    "taxis": {"definition": "Drivers who came to the whole course", "note": "so far"},
}
REPORT = """\
year: {year}
status: {status}
cover: [{{Title of Report: Safer together}}]
appendices: {appendices}
priorities:
  lead: "The priorities were:"
  items:
    - {{id: burglary, title: Reducing burglary;}}
    - {{id: drugs, title: Tackling drugs.}}
achievements:
  heading: Achievements
  themes:
    - {{priority: burglary, text: Burglary was reduced., achievements: [Locks were given.]}}
    - {{priority: drugs, text: Needles were collected.}}
    - {{priority: burglary, text: Burglars were caught.}}
next_priorities:
  year: {next}
  lead: "The priorities for {next} are:"
  items:
    - {{id: burglary, title: Reducing burglary <of> homes & shops;}}
    - id: drugs
      title: "Tackling drugs by:"
      items: [work with schools;, support for users.]
    - {{id: slavery, title: Tackling slavery; and}}
    - {{id: hate, title: Tackling hate.}}
figures: {figures}
"""


def figure(name: str, index: int) -> dict[str, Any] | None:
    """What the file of the year with this index says of a figure."""
    counted = FIGURES[name]
    value = counted.values[index]
    if value is None:
        return None
    fields = dict(value) if isinstance(value, Mapping) else {"value": value}
    last = ONLY_THIS_YEAR.get(name, {}) if index == len(YEARS) - 1 else {}
    period = {"period": f"Q3 {YEARS[index]}"} if name == "calls" else {}
    return {
        "label": counted.label, "unit": counted.unit, "better": counted.better,
        "source": "Merrow Council", **period, **fields, **last,
    }  # fmt: skip


def text_of(
    year: str, *, listed: Any = "all", status: str = "draft", more: str = "", **changes: Any
) -> str:
    """A year's file. ``listed`` are the figures of the appendix; ``changes`` replace figures."""
    index = YEARS.index(year)
    figures = {name: figure(name, index) for name in FIGURES} | changes
    appendix = [{"title": "Appendix 1: Figures, year on year", "figures": listed}]
    return more + REPORT.format(
        year=year,
        next=Year(FIRST + index + 1),
        status=status,
        appendices=json.dumps(appendix if listed and year == THIS else "None"),
        figures=json.dumps({name: found for name, found in figures.items() if found}),
    )


def loaded(text: str, year: str) -> Report:
    """A year's file as the program reads it, which has no fault."""
    report = load_report(text.encode(), f"data/{year}.yaml", Year.parse(year))
    assert report.diagnostics == ()
    assert report.value is not None
    return report.value


def history() -> tuple[Report, ...]:
    """The five years before the last."""
    return tuple(loaded(text_of(year), year) for year in YEARS[:-1])


def partnership() -> Partnership:
    """The invented partnership."""
    about = load_partnership(PARTNERSHIP.encode(), "data/partnership.yaml")
    assert about.value is not None
    return about.value
