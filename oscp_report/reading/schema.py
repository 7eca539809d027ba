"""The JSON Schemas that editors read, written from the same description that reads the files."""

from __future__ import annotations

import json
from typing import Any

from oscp_report.reading.paragraphs import PARAGRAPH
from oscp_report.reading.partnership_file import PARTNERSHIP
from oscp_report.reading.shapes import Record
from oscp_report.reading.year_file import REPORT

_ABOUT: dict[str, tuple[Record[Any], str]] = {
    "year": (REPORT, "A year’s report to Council"),
    "partnership": (PARTNERSHIP, "What does not change with the year"),
}


def schemas() -> dict[str, bytes]:
    """Each schema's file name and its content: JSON Schema, draft 7, which VS Code's YAML reads."""
    return {f"{name}.json": _written(record, title) for name, (record, title) in _ABOUT.items()}


def _written(record: Record[Any], title: str) -> bytes:
    schema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": title,
        **record.schema(),
        "definitions": {"paragraph": PARAGRAPH.schema()},
    }
    return (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode()
