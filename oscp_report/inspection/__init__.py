"""The checker of accessible PDFs: one small function a condition, on any PDF.

Importing this package registers every condition. pikepdf is loaded with the first file.
"""

from __future__ import annotations

from oscp_report.inspection import (
    archive,
    breaks,
    fonts,
    languages,
    links,
    lists,
    marks,
    overlays,
    parts,
    pictures,
    structure,
    tables,
    whole,
)
from oscp_report.inspection.inspecting import Inspection, Outcome, inspect_pdf
from oscp_report.inspection.registry import CONDITIONS, Condition, Finding
from oscp_report.inspection.showing import as_json, as_text, tally

TOPICS = (
    archive,
    breaks,
    fonts,
    languages,
    links,
    lists,
    marks,
    overlays,
    parts,
    pictures,
    structure,
    tables,
    whole,
)
"""The modules whose import registers their conditions."""

__all__ = [
    "CONDITIONS",
    "TOPICS",
    "Condition",
    "Finding",
    "Inspection",
    "Outcome",
    "as_json",
    "as_text",
    "inspect_pdf",
    "tally",
]
