"""Warnings that an officer has looked at, and what a final report may still have."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from oscp_report.checks.registry import RULES
from oscp_report.diagnostics import Diagnostic, Rule
from oscp_report.model import Acceptance, Report

UNUSED_ACCEPTANCE = Rule(
    "ACC101",
    "acceptance-of-nothing",
    "warning",
    """Acceptance that no longer matches a warning.

## What it does
Finds an entry under `accepted:` for which there is no such warning, or no longer, and one that
says again what another says.

## Why it matters
The reason it gives is about something that has gone, and it would silence the next warning of
that name without anyone having looked at it.

## How to fix it
Take the entry out, or correct its `rule:` and `about:` to what the warning names.
""",
)
FINAL_WITH_WARNINGS = Rule(
    "ACC102",
    "final-with-open-warnings",
    "error",
    """Final report with open warnings.

## What it does
Refuses `status: final` while a warning is neither mended nor accepted.

## Why it matters
Once Council has the report, nobody looks at its warnings again.

## How to fix it
Mend each warning, or add it under `accepted:` with its `rule:`, what it is `about:` and the
reason (`because:`). Until then write `status: draft`.
""",
)
ACCEPTANCE_RULES = (UNUSED_ACCEPTANCE, FINAL_WITH_WARNINGS)


def settle(
    report: Report,
    found: Iterable[Diagnostic],
    *,
    unreadable: Collection[str] = (),
    pending: Collection[str] = (),
) -> list[Diagnostic]:
    """The findings with the report's acceptances applied, in the order of the file.

    A warning named by an acceptance carries its reason. An acceptance that names none is itself
    a warning; open warnings in a final report are an error. Only warnings can be accepted.
    Settling what is settled changes nothing, so that findings can be added later.

    An acceptance of a rule that did not run cannot be said to name nothing: one that needed a
    field that was ``unreadable``, or whose code is among ``pending``, the renderer's for instance.
    """
    own = {rule.code for rule in ACCEPTANCE_RULES}
    reasons: dict[tuple[str, str], Acceptance] = {}
    for acceptance in report.accepted:
        reasons.setdefault(_named(acceptance), acceptance)
    settled = [_settled(finding, reasons) for finding in found if finding.code not in own]
    used = {(d.code, d.about) for d in settled if d.because}
    not_run = {*pending, *(code for code in RULES if not RULES[code].can_run(unreadable))}
    settled += _unused(report.accepted, used, not_run)
    open_warnings = sum(d.severity == "warning" and not d.because for d in settled)
    if report.status == "final" and open_warnings and "accepted" not in unreadable:
        settled.append(_not_final(report, open_warnings))
    return sorted(settled)


def _named(acceptance: Acceptance) -> tuple[str, str]:
    return acceptance.rule.value, acceptance.about.value


def _not_final(report: Report, count: int) -> Diagnostic:
    warnings = "one open warning" if count == 1 else f"{count} open warnings"
    return FINAL_WITH_WARNINGS.at(
        report.places.get("status", report.location),
        f"a final report cannot have {warnings}",
        fix="mend each, or accept it with a reason under `accepted:`; until then `status: draft`",
    )


def _settled(found: Diagnostic, reasons: dict[tuple[str, str], Acceptance]) -> Diagnostic:
    acceptance = reasons.get((found.code, found.about))
    if acceptance is None or found.severity != "warning":
        return found
    return found.accepted(acceptance.because.value)


def _unused(
    accepted: Iterable[Acceptance], used: set[tuple[str, str]], not_run: Collection[str]
) -> Iterator[Diagnostic]:
    """The acceptances that name no warning, or one that an earlier acceptance names already."""
    seen: set[tuple[str, str]] = set()
    for acceptance in accepted:
        named = code, about = _named(acceptance)
        message = ""
        if named in seen:
            message = f"the warning {code} about `{about}` is accepted twice"
        elif named not in used and code not in not_run:
            message = f"there is no warning {code} about `{about}` to accept"
        seen.add(named)
        if message:
            fix = "take this acceptance out, or correct its `rule` and `about`"
            yield UNUSED_ACCEPTANCE.at(acceptance.location, message, fix=fix, about=about)
