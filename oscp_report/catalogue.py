"""Every rule of the program, from wherever it is kept, and its explanation."""

from __future__ import annotations

from oscp_report.checks import CHECK_RULES
from oscp_report.diagnostics import Rule
from oscp_report.errors import ReportError
from oscp_report.outputs.faults import OUTPUT_RULES
from oscp_report.reading.faults import READING_RULES
from oscp_report.reading.fields import FIELD_RULES
from oscp_report.wording import nearest


def rules() -> dict[str, Rule]:
    """Every rule of the program, in the order of the codes."""
    every = (*READING_RULES, *FIELD_RULES, *CHECK_RULES, *OUTPUT_RULES)
    return {rule.code: rule for rule in sorted(every, key=lambda rule: rule.code)}


def explanation(code: str) -> str:
    """The whole explanation of a rule, as Markdown.

    Raises:
        ReportError: no rule has this code.
    """
    known = rules()
    rule = known.get(code.upper())
    if rule is None:
        near = nearest(code, map(str.lower, known)).upper()
        fix = f"did you mean {near}?" if near else "`oscp-report explain` lists them all"
        raise ReportError(f"there is no rule `{code}`", fix=fix)
    return f"# {rule.name} ({rule.code}, {rule.severity})\n\n{rule.explanation.rstrip()}"
