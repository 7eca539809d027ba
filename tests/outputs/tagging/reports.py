"""Reports that put the tagging to the test: what an officer may write, with the shipped templates.

The words of a report are numbered, so that the order of a text shows.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from oscp_report.document.rendering import render_report
from oscp_report.document.views import view_report
from oscp_report.reading.loading import load_partnership, load_report
from oscp_report.year import Year
from tests.outputs.tagging.documents import Page, words

PARTNERSHIP = """\
name: Merrow Safer Together Partnership
short_name: MSTP
council: Merrow Council
partners: [Merrow Police]
abbreviations: {MSTP: Merrow Safer Together Partnership}
cover: [{To: Council}]
"""
LINK = "[the plan](https://example.org/plan?a=1&b=2)"
TABLE = "| Area | Count |\n|:--|--:|\n"
LONG_TABLE = TABLE + "\n".join(f"| Row {n} | word{n} |" for n in range(1, 90))
TEN = "\n".join(f"- {words(1000 * n, 80)}" for n in range(10))


@dataclass(frozen=True)
class Written:
    """What is written: the paragraphs of the introduction, and other fields of the year's file."""

    paragraphs: tuple[Any, ...] = ("One.",)
    counts: Mapping[str, int] = field(default_factory=dict)
    pages: int = 1
    fields: Mapping[str, Any] = field(default_factory=dict)

    def page(self, checkout: Path) -> Page:
        """The report as HTML."""
        priorities = [{"id": "burglary", "title": "Reducing burglary."}]
        year = {
            "year": "2020-21",
            "status": "final",
            "cover": [{"Date": "19 July 2021"}, {"Title of Report": "Safer together"}],
            "summary": [{"Purpose": "To report"}],
            "appendices": "None",
            "introduction": {"heading": "Introduction", "paragraphs": list(self.paragraphs)},
            "priorities": {"lead": "The priorities were:", "items": priorities},
            "achievements": {
                "heading": "Achievements",
                "themes": [
                    {"priority": "burglary", "text": "It fell.", "achievements": ["Locks."]}
                ],
            },
            "next_priorities": {"year": "2021-22", "lead": "They are:", "items": priorities},
            "contacts": [{"Report author": "A. Officer", "Telephone": "01632 960123"}],
            "background_papers": "None",
            "figures": {},
        }
        return rendered(json.dumps(year | dict(self.fields)), self, checkout)


def rendered(source: str, written: Written, checkout: Path) -> Page:
    """The page of a year's file."""
    loaded = load_report(source.encode(), "data/2020-21.yaml", Year(2020))
    partnership = load_partnership(PARTNERSHIP.encode(), "data/partnership.yaml").value
    assert loaded.value, loaded
    assert partnership
    html = render_report(view_report(loaded.value, partnership), [checkout / "templates"])
    return Page("", written.counts, written.pages, html=html)


WRITTEN: dict[str, Written] = {
    "a report: emphasis and links": Written(
        (
            f"One *two **three*** `four` **_five_** {LINK} **{LINK}** *a {LINK} b*.",
            "See [a **strong** *link*](https://example.org) and [`code`](https://example.org).",
            "[a@example.org](mailto:a@example.org), [ring](tel:01632960123), {para:there}.",
            {"id": "there", "text": "One  \ntwo, in 2018-19."},
        ),
        {"Link": 8},
    ),
    "a report: lists in each other": Written(
        (
            "One:\n\n- two\n- three\n    1. four\n    2. five\n        - six\n- seven",
            "1. loose\n\n    more\n\n2. next",
            "- > quoted\n- last",
        ),
        {"BlockQuote": 1, "L": 10},
        2,
    ),
    "a report: a list over pages": Written((f"One:\n\n{TEN}", "Two."), {"P": 3}, 4),
    "a report: quotations": Written(
        (
            "> said\n>\n> - one\n> - two\n>\n> > deep",
            "> " + words(1, 700),
            f"> {LINK}\n\nafter",
        ),
        {"BlockQuote": 4},
        3,
    ),
    "a report: a table": Written(
        ("One.\n\n" + TABLE + f"| *North* | **1** |\n| {LINK} | `2` |\n\nAfter.",), {"Table": 4}
    ),
    "a report: a table over pages": Written((f"One.\n\n{LONG_TABLE}",), {"Table": 4}, 4),
    "a report: a table with gaps": Written(
        ("| | A | B |\n|--|--|--|\n| r | | 2 |\n| | 3 | |",), {"Table": 4}
    ),
    "a report: a wide table": Written(
        (
            "| Neighbourhood | Burglaries | Prosecutions | Representations | Considerations |\n"
            "|--|--|--|--|--|\n| Northamptonshire | 1 | 2 | 3 | 4 |",
        ),
        {"Table": 4},
    ),
    "a report: a table in a list, and in a quotation": Written(
        (
            "- one\n\n    | a | b |\n    |--|--|\n    | 1 | 2 |\n\n- two",
            "> | a | b |\n> |--|--|\n> | 1 | 2 |",
        ),
        {"Table": 5},
    ),
    "a report: items in items over pages": Written(
        tuple(
            {
                "text": words(1000 * n, 120),
                "items": [
                    {"text": words(200, 60), "items": [{"text": f"{LINK} {words(300, 40)}"}] * 2}
                ]
                * 2,
            }
            for n in range(5)
        ),
        {"Link": 20},
        8,
    ),
    "a report: all in one item": Written(
        (
            {
                "text": "One:\n\n- two\n\n> three",
                "items": [f"Four:\n\n{TABLE}| a | 1 |", f"Five:\n\n- six\n- {LINK}"],
            },
        ),
        {"BlockQuote": 1, "Table": 4, "Link": 1},
    ),
    "a report: a paragraph over seven pages": Written((words(1, 3300),), {"P": 2}, 8),
    "a report: rows that hold more than words": Written(
        fields={
            "cover": [
                {"Date": f"*19* July, {LINK}"},
                {"Title of Report": "Safer **together** in 2020-21"},
            ],
            "summary": [
                {"Purpose": f"One:\n\n- two\n- three\n\n{LINK}"},
                {"Counts": TABLE + "| a | 1 |"},
                {"Recommendation": {"text": "That:", "items": ["one", f"two, {LINK}"]}},
            ],
        },
        counts={"Link": 3, "Table": 4, "H1": 1},
    ),
    "a report: rows over pages": Written(
        fields={
            "summary": [
                {"Purpose": words(1, 500)},
                {"Recommendation": {"text": "That:", "items": [words(1000, 250)] * 3}},
            ]
        },
        counts={"Table": 3, "H1": 1},
        pages=10,
    ),
    "a report: headings with emphasis and a link": Written(
        fields={
            "introduction": {
                "heading": f"The *first* part, and {LINK}",
                "paragraphs": ["One."],
            }
        },
        counts={"H2": 3, "Link": 1},
    ),
    "a report: papers and people": Written(
        fields={
            "appendices": [f"Appendix {n}: {LINK}" for n in range(3)],
            "background_papers": [f"Paper *{n}*" for n in range(40)],
            "contacts": [
                {"Report author": f"A. Officer {n}", "Email": "[a@b.org](mailto:a@b.org)"}
                for n in range(3)
            ],
        },
        counts={"Link": 6},
        pages=2,
    ),
    "a report: a draft over pages": Written(
        (words(1, 600), f"Two:\n\n{TEN}"), {"Table": 3}, 5, {"status": "draft"}
    ),
    "a report: signs and languages": Written(
        ("“Quoted” – dash, £5, ½, €7, Ŵŷ, é, office…", "Llanfair’s fflat."),
    ),
}
