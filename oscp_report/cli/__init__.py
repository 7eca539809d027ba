"""The command line: parse, call, print. Nothing else in the program knows Click."""

from __future__ import annotations

from oscp_report.cli import (
    authoring,
    comparing,
    helping,
    pdf_files,
    previewing,
    publishing,
    reports,
)
from oscp_report.cli.group import cli

TOPICS = (authoring, comparing, helping, pdf_files, previewing, publishing, reports)
"""The modules whose import registers their commands."""

__all__ = ["TOPICS", "cli"]
