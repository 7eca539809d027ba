"""The rules: one small function each, by topic, and the warnings that may stand.

Importing this package registers every rule.
"""

from __future__ import annotations

from oscp_report.checks import (
    abbreviations,
    appendices,
    claims,
    cover,
    figures,
    forms,
    ids,
    languages,
    markup,
    measures,
    plain_english,
    priorities,
    privacy,
    prose,
    references,
    standing,
    years,
)
from oscp_report.checks.acceptance import ACCEPTANCE_RULES, settle
from oscp_report.checks.registry import RULES, Finding, Subject, findings
from oscp_report.diagnostics import Rule

TOPICS = (
    abbreviations,
    appendices,
    claims,
    cover,
    figures,
    forms,
    ids,
    languages,
    markup,
    measures,
    plain_english,
    priorities,
    privacy,
    prose,
    references,
    standing,
    years,
)
"""The modules whose import registers their rules."""

CHECK_RULES: tuple[Rule, ...] = (
    *(registered.rule for registered in RULES.values()),
    *ACCEPTANCE_RULES,
)
"""Every rule of this package, those about acceptances included."""

__all__ = ["CHECK_RULES", "RULES", "TOPICS", "Finding", "Subject", "findings", "settle"]
