"""The accessibility statement below a page: what is promised, and whom to tell what is not kept."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from oscp_report.document.prose import Prose
from oscp_report.model import Partnership, Report

PROMISE = (
    "This page is made to meet the Web Content Accessibility Guidelines 2.2 at level AA. The "
    "program that makes it is tested for that by machine, and a machine finds little more than "
    "half of what can be wrong. A PDF does not fit itself to a small screen: this page does."
)
ASK = "If you cannot read a part of it, or need it in another format, please tell us:"
AFTER = (
    "If you are not content with our answer, you can ask the Equality Advisory and Support Service."
)
"""It answers for the Equality and Human Rights Commission, which enforces the Public Sector Bodies
(Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018 (SI 2018/952)."""


@dataclass(frozen=True, slots=True)
class AccessibilityView:
    """The statement: paragraphs, the rows of the contact to tell, what can be done after that."""

    before: tuple[str, ...]
    contact: tuple[tuple[str, Markup], ...]
    after: str


def view_accessibility(
    report: Report, partnership: Partnership, prose: Prose
) -> AccessibilityView | None:
    """The statement, made from the report's first contact; None where it has none."""
    if not report.contacts:
        return None
    wish = f"{partnership.name} wants everybody to be able to read this report."
    contact = tuple(
        (str(row.label).strip().removesuffix(":"), prose.line(row.value.text))
        for row in report.contacts[0]
    )
    return AccessibilityView((f"{wish} {PROMISE}", ASK), contact, AFTER)
