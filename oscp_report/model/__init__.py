"""What a year's report holds: frozen values, each with its place in the file, and no I/O."""

from __future__ import annotations

from oscp_report.model.figures import (
    MARKS,
    Better,
    Confirmation,
    EarlierMeasure,
    Figure,
    Mark,
    Measure,
    NoValue,
)
from oscp_report.model.report import (
    Acceptance,
    Achievements,
    Appendix,
    Column,
    Correction,
    Numbering,
    Paragraph,
    Partnership,
    Priorities,
    Priority,
    Report,
    Row,
    Section,
    Status,
    Table,
    Theme,
)
from oscp_report.model.text import Text

__all__ = [
    "MARKS",
    "Acceptance",
    "Achievements",
    "Appendix",
    "Better",
    "Column",
    "Confirmation",
    "Correction",
    "EarlierMeasure",
    "Figure",
    "Mark",
    "Measure",
    "NoValue",
    "Numbering",
    "Paragraph",
    "Partnership",
    "Priorities",
    "Priority",
    "Report",
    "Row",
    "Section",
    "Status",
    "Table",
    "Text",
    "Theme",
]
