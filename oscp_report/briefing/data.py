"""A comparison as JSON, for another program. Values are texts, so that no digit is lost."""

from __future__ import annotations

import json
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from oscp_report.briefing.parts import told_of
from oscp_report.briefing.questions import questions
from oscp_report.comparison.figures import Point
from oscp_report.comparison.moves import FigureChange
from oscp_report.comparison.priorities import PriorityChange
from oscp_report.comparison.reports import Comparison
from oscp_report.comparison.texts import TextChange, TextChanges

FORMAT = 1
"""Rises when a program that reads it has to change."""


def as_json(found: Comparison, old: str = "", new: str = "") -> str:
    """The whole comparison; ``old`` and ``new`` are what the two were called."""
    data = {
        "format": FORMAT,
        "old": {"name": old or str(found.old.year), "year": str(found.old.year)},
        "new": {"name": new or str(found.new.year), "year": str(found.new.year)},
        "same": found.is_same,
        "figures": [_figure(figure, found) for figure in found.figures],
        "priorities": [_priority(change) for change in found.priorities],
        "next_priorities": [_priority(change) for change in found.next_priorities],
        "answers": [asdict(answer) for answer in found.answers],
        "recommendations": _texts(found.recommendations),
        "rows": _texts(found.rows),
        "paragraphs": _texts(found.paragraphs),
        "questions": list(questions(found)),
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _figure(figure: FigureChange, found: Comparison) -> dict[str, Any]:
    change = figure.change
    return {
        "id": figure.id,
        "label": figure.label,
        "direction": change.direction,
        "before": _point(change.before),
        "after": _point(change.after),
        "amount": _number(change.amount),
        "percent": _number(change.percent),
        "verdict": change.verdict or None,
        "reason": change.reason or None,
        "sentence": f"{told_of(figure, found)}.",
        "details": [asdict(detail) for detail in figure.details],
        "restated": [
            {"year": str(r.year), "before": r.before, "after": r.after, "reason": r.reason or None}
            for r in figure.restated
        ],
    }


def _point(point: Point | None) -> dict[str, Any] | None:
    if point is None:
        return None
    return {
        "year": str(point.year),
        "value": _number(point.measure.value),
        "written": point.written,
        "unit": point.unit,
        "marks": list(point.measure.marks),
    }


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _priority(change: PriorityChange) -> dict[str, Any]:
    return asdict(change)


def _texts(changes: TextChanges) -> dict[str, Any]:
    return {
        "rearranged": changes.is_rearranged,
        "changes": [
            {
                "kind": change.kind,
                "only_figures": change.is_only_figures,
                "before": change.before and change.before.words,
                "after": change.after and change.after.words,
                "label": _label(change),
                "runs": [asdict(run) for run in change.runs],
            }
            for change in changes.changes
        ],
    }


def _label(change: TextChange) -> str:
    passage = change.after or change.before
    return passage.label if passage else ""
