"""What differs on two pages outside the texts that changes are marked in, in plain words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from oscp_report.document.views import ReportView
from oscp_report.preview.marking import words_of

ELSEWHERE: Mapping[str, Callable[[ReportView], object]] = {
    "the notice": lambda view: view.notice,
    "a name above the report": lambda view: (view.council, view.name, view.subject),
    "an abbreviation": lambda view: view.abbreviations,
    "a heading that `partnership.yaml` names": lambda view: (
        view.summary_heading,
        view.appendices and view.appendices.label,
        view.background_papers and view.background_papers.label,
    ),
    "how paragraphs are numbered": lambda view: {one.list_type for one in view.sections},
    "what was said last year": lambda view: (
        view.answers and [(one.said, one.parts, one.unanswered) for one in view.answers.answers]
    ),
    "figures year by year": lambda view: [
        (one.title, one.shorthand, one.tables, one.charts) for one in view.year_on_year
    ],
    "the accessibility statement": lambda view: view.accessibility,
    "the web address": lambda view: view.web_address,
}
"""Each part that holds words and no marks, by what it is called."""
OTHER = "another part of the page"


def unmarked(old: ReportView, new: ReportView) -> tuple[str, ...]:
    """Which parts differ, by name."""
    return tuple(name for name, part in ELSEWHERE.items() if part(old) != part(new))


def words_on(page: str) -> str:
    """All the words that a page shows."""
    shown = page[page.index("<body") :]
    return words_of(re.sub(r"<(script|style)\b.*?</\1>", "", shown, flags=re.DOTALL))
