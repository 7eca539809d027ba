"""Texts of a PDF as a message may show them."""

from __future__ import annotations

import re

from oscp_report.wording import snippet

WIDEST_TEXT = 60
"""Characters of a text that a finding shows."""

# Line breaks, and what a terminal would obey rather than show.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")


def shown(text: str | None) -> str:
    """The start of a text from a PDF, safe to print."""
    return snippet(_UNSEEN.sub(" ", (text or "")[: 4 * WIDEST_TEXT]), WIDEST_TEXT)
