"""Corrections at the head of a report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from oscp_report.document.rendering import render_report
from oscp_report.document.views import view_report
from tests import years
from tests.page import parsed

SHIPPED = Path(__file__).parents[2] / "templates"
CORRECTIONS = """\
corrections:
  - {date: 3 August 2020, what: The number of needles was <6810>, why: Two digits were transposed.}
  - {date: 12 September 2020, what: "The ward is *Holywell*, not Carfax!", why: "See {para:locks}"}
  - {date: 3 August 2020, what: One more, why: The same day}
"""


def paragraphs(more: str) -> list[str]:
    text = years.text_of(years.THIS, listed=None, more=more)
    text = text.replace("[Locks were given.]", "[{id: locks, text: Locks were given.}]")
    view = view_report(years.loaded(text, years.THIS), years.partnership())
    main: Any = parsed(render_report(view, [SHIPPED])).find(".//main")
    assert main[0].get("class") == "draft-notice"
    found = main.findall("div[@class='corrections']")
    assert all(element is main[1] for element in found), "right below the draft's own notice"
    return [" ".join("".join(p.itertext()).split()) for one in found for p in one.findall("p")]


def test_corrections_are_dated_and_the_newest_comes_first() -> None:
    assert paragraphs(CORRECTIONS) == [
        "Correction, 12 September 2020: The ward is Holywell, not Carfax! See 2a.",
        "Correction, 3 August 2020: The number of needles was <6810>. Two digits were transposed.",
        "Correction, 3 August 2020: One more. The same day.",
    ]


def test_a_report_that_was_not_corrected_has_no_notice() -> None:
    assert paragraphs("") == []
