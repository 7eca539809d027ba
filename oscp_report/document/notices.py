"""What stands at the head of a report that was corrected after its publication."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from oscp_report.days import written_day
from oscp_report.document.prose import Prose
from oscp_report.model import Report, Text

_STOPS = (".", "!", "?", ":")


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A correction: ``Correction, 3 August 2019:`` and what follows."""

    heading: str
    what: Markup
    why: Markup


def view_corrections(report: Report, prose: Prose) -> tuple[CorrectionView, ...]:
    """The corrections, newest first; those of one day in the order of the file."""
    newest_first = sorted(report.corrections, key=lambda one: one.date, reverse=True)
    return tuple(
        CorrectionView(
            heading=f"Correction, {written_day(one.date)}:",
            what=_stopped(one.what, prose),
            why=_stopped(one.why, prose),
        )
        for one in newest_first
    )


def _stopped(text: Text, prose: Prose) -> Markup:
    html = prose.line(text)
    return html if html.striptags().endswith(_STOPS) else html + "."
