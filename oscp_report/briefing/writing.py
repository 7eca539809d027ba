"""A comparison in any of the formats."""

from __future__ import annotations

from oscp_report.comparison.reports import Comparison


def write(found: Comparison, old: str, new: str, form: str, width: int | None = None) -> str:
    """The briefing as ``text``, ``markdown``, ``html`` or ``json``, without a line feed at its end.

    ``old`` and ``new`` are what to call the two reports; ``width`` is the terminal's, in columns,
    for text.
    """
    # A format that is not asked for is not loaded.
    if form == "json":
        from oscp_report.briefing.data import as_json

        return as_json(found, old, new)
    from oscp_report.briefing.view import brief

    briefing = brief(found, old, new)
    if form == "html":
        from oscp_report.briefing.page import as_html

        return as_html(briefing)
    if form == "markdown":
        from oscp_report.briefing.markdown import as_markdown

        return as_markdown(briefing)
    from oscp_report.briefing.text import WIDTH, as_text

    return as_text(briefing, width or WIDTH)
