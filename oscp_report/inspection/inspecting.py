"""Opens a PDF and holds every condition against it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from oscp_report.inspection.excerpts import shown
from oscp_report.inspection.objects import limited
from oscp_report.inspection.registry import CONDITIONS, Condition, Finding, Standard
from oscp_report.inspection.subject import Subject

MOST_FINDINGS = 200
"""Findings of one condition: more than anybody mends at a time."""
OPENING = "INS101"
"""The condition that a file which cannot be opened fails. The others cannot be looked at."""

Verdict = Literal["passed", "failed", "not applicable"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A condition, and how a file meets it. ``findings`` are the first ``MOST_FINDINGS``."""

    condition: Condition
    verdict: Verdict
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Inspection:
    """How a file meets every condition, in the order of their codes."""

    outcomes: tuple[Outcome, ...]
    pages: int

    def failed(self, *standards: Standard) -> tuple[Outcome, ...]:
        """The conditions that are not met; of all standards if none is named."""
        return tuple(
            outcome
            for outcome in self.outcomes
            if outcome.verdict == "failed"
            and (not standards or outcome.condition.standard in standards)
        )

    def passes(self, *standards: Standard) -> bool:
        """Whether every condition of these standards is met; of all if none is named."""
        return not self.failed(*standards)


def inspect_pdf(data: bytes) -> Inspection:
    """Hold every condition against a file, which may be anything at all.

    Never raises for what is in the file: that it cannot be read is a finding. It works through a
    file within the bounds that ``objects``, ``tree`` and ``contents`` name.

    Left to validators, because it takes the program inside each font: whether a glyph for every
    character is there (Matterhorn 31-011 to 31-014; only a number past the last glyph is noticed),
    whether the widths agree (31-025, 31-026), the tables of TrueType fonts (31-017 to 31-024), the
    lists of glyphs in subsets (31-015, 31-016), the registries of composite fonts (31-001 to
    31-004), the insides of CMaps (31-007, 31-008), and whether a glyph's name is a known one. So
    are character encodings other than Unicode (10-001), media clips (28-014, 28-015), Ruby and
    Warichu (09-007, 09-008), and of PDF/A all that its metadata does not say: colours,
    transparency, attachments, actions.
    """
    with limited(), _opened(data) as subject:
        outcomes = tuple(_outcome(condition, subject) for condition in _in_order())
        return Inspection(outcomes, len(subject.pages))


def _in_order() -> list[Condition]:
    return sorted(CONDITIONS.values(), key=lambda condition: condition.code)


@contextmanager
def _opened(data: bytes) -> Iterator[Subject]:
    import pikepdf

    try:
        pdf = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError:
        yield Subject(None, data, "the file opens with a password only")
        return
    except Exception:  # pikepdf does not list what it raises on bytes that are no PDF
        kind = "is damaged" if data[:1024].lstrip().startswith(b"%PDF-") else "is no PDF"
        yield Subject(None, data, f"the file {kind} and cannot be opened")
        return
    with pdf:
        yield Subject(pdf, data)


def _outcome(condition: Condition, subject: Subject) -> Outcome:
    if subject.pdf is None and condition.code != OPENING:
        return Outcome(condition, "not applicable")
    found: list[Finding] = []
    try:
        if not condition.applies(subject):
            return Outcome(condition, "not applicable")
        for finding in islice(condition.check(subject), MOST_FINDINGS):
            found.append(_complete(finding, condition))
    except Exception:  # whatever an object of a broken file makes pikepdf raise, it is a finding
        message = "this could not be looked at, because the file is broken"
        found.append(Finding(None, "", message, "make the PDF again from its source"))
    return Outcome(condition, "failed" if found else "passed", tuple(found))


def _complete(finding: Finding, condition: Condition) -> Finding:
    return Finding(finding.page, shown(finding.text), finding.message, finding.fix or condition.fix)
