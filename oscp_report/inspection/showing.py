"""An inspection as an officer and as a program reads it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from oscp_report.inspection.inspecting import Inspection, Outcome
from oscp_report.inspection.registry import Finding
from oscp_report.listing import counted

MOST_SHOWN = 20
"""Findings of one condition that the text shows; JSON has them all."""


def as_text(inspection: Inspection) -> str:
    """What fails, with page, text and fix; then what passes, and what does not apply.

    Lines without a line end after the last. The last line is the tally.
    """
    lines: list[str] = []
    for outcome in inspection.failed():
        lines += [*_failed(outcome), ""]
    for verdict in ("passed", "not applicable"):
        found = [each for each in inspection.outcomes if each.verdict == verdict]
        if found:
            lines += [f"{verdict}:", *(f"  {_heading(each)}" for each in found), ""]
    return "\n".join([*lines, tally(inspection)])


def tally(inspection: Inspection) -> str:
    """How many pages were looked at, and how many conditions failed and passed, in one clause."""
    counts = [
        f"{sum(each.verdict == verdict for each in inspection.outcomes)} {verdict}"
        for verdict in ("failed", "passed", "not applicable")
    ]
    return f"{counted(inspection.pages, 'page')}: {', '.join(counts)}"


def _heading(outcome: Outcome) -> str:
    found = outcome.condition
    asked = f"{found.standard} {found.clause}".rstrip()
    return f"{found.code} {found.summary} ({asked}{_protocol(found.matterhorn)})"


def _protocol(numbers: tuple[str, ...]) -> str:
    if not numbers:
        return ""
    listed = ", ".join(numbers) if len(numbers) < 4 else f"{numbers[0]} to {numbers[-1]}"
    return f", Matterhorn {listed}"


def _failed(outcome: Outcome) -> Iterator[str]:
    yield f"failed: {_heading(outcome)}"
    fix = ""
    for finding in outcome.findings[:MOST_SHOWN]:
        if fix and finding.fix != fix:
            yield f"  fix: {fix}"
        fix = finding.fix
        yield f"  {_place(finding)}{finding.message}" + (
            f": “{finding.text}”" if finding.text else ""
        )
    if len(outcome.findings) > MOST_SHOWN:
        yield f"  and {len(outcome.findings) - MOST_SHOWN} more"
    if fix:
        yield f"  fix: {fix}"


def _place(finding: Finding) -> str:
    return f"page {finding.page}: " if finding.page else ""


def as_json(inspection: Inspection) -> str:
    """An inspection as a JSON object: the pages, the tally, every condition with its findings."""
    return json.dumps(
        {
            "pages": inspection.pages,
            "passes": {
                standard: inspection.passes(standard)
                for standard in ("PDF/UA-1", "PDF/A-3a", "good practice")
            },
            "conditions": [_plain(outcome) for outcome in inspection.outcomes],
        },
        ensure_ascii=False,
        indent=2,
    )


def _plain(outcome: Outcome) -> dict[str, object]:
    found = outcome.condition
    return {
        "code": found.code,
        "name": found.name,
        "summary": found.summary,
        "standard": found.standard,
        "clause": found.clause,
        "matterhorn": list(found.matterhorn),
        "verdict": outcome.verdict,
        "findings": [
            {"page": each.page, "text": each.text, "message": each.message, "fix": each.fix}
            for each in outcome.findings
        ],
    }
