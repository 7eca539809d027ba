"""Warnings that may stand: by name, with a reason, while there is something to accept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from oscp_report.checks import settle
from oscp_report.diagnostics import Diagnostic

DESK = "text: Partners share a desk."
TWICE = {DESK: "text: Partners share the the desk and use use it."}
PAPERS = "background_papers: None\n"


def accepting(*named: tuple[str, str]) -> dict[str, str]:
    entries = (
        f"  - rule: {code}\n    about: {about}\n    because: Seen {n}.\n"
        for n, (code, about) in enumerate(named, 1)
    )
    return {PAPERS: f"{PAPERS}accepted:\n{''.join(entries)}"}


def codes(found: list[Diagnostic]) -> list[tuple[str, str]]:
    return [(diagnostic.code, diagnostic.because) for diagnostic in found]


def test_an_accepted_warning_carries_its_reason(check: Callable[..., Any]) -> None:
    accepted = accepting(("PRO103", "the the"), ("PRO103", "use use"))
    checked = check(TWICE | accepted)
    assert checked.faults == ()
    assert codes(checked.found) == [("PRO103", "Seen 1."), ("PRO103", "Seen 2.")]


def test_two_warnings_may_share_one_acceptance(check: Callable[..., Any]) -> None:
    twice = {DESK: "text: Partners share the the desk and the the chair."}
    checked = check(twice | accepting(("PRO103", "the the")))
    assert codes(checked.found) == [("PRO103", "Seen 1."), ("PRO103", "Seen 1.")]


def test_open_warnings_are_counted_in_a_final_report(check: Callable[..., Any]) -> None:
    checked = check(TWICE)
    assert codes(checked.found) == [("ACC102", ""), ("PRO103", ""), ("PRO103", "")]
    assert checked.found[0].message == "a final report cannot have 2 open warnings"
    draft = check(TWICE | {"status: final": "status: draft"})
    assert codes(draft.found) == [("PRO103", ""), ("PRO103", "")]


def test_an_error_cannot_be_accepted(check: Callable[..., Any]) -> None:
    unknown = {DESK: "text: Partners share {dessks}."}
    checked = check(unknown | accepting(("REF101", "dessks")))
    assert codes(checked.found) == [("ACC102", ""), ("REF101", ""), ("ACC101", "")]


def test_a_second_acceptance_of_the_same_is_reported(check: Callable[..., Any]) -> None:
    checked = check(TWICE | accepting(*[("PRO103", "the the")] * 2, ("PRO103", "use use")))
    (found,) = checked.of("ACC101")
    assert found.message == "the warning PRO103 about `the the` is accepted twice"
    assert found.location.line == 72
    assert [because for code, because in codes(checked.found) if code == "PRO103"] == [
        "Seen 1.",
        "Seen 3.",
    ]


def test_a_stale_acceptance_keeps_a_report_from_being_final(check: Callable[..., Any]) -> None:
    checked = check(accepting(("PRO103", "the the")))
    assert codes(checked.found) == [("ACC102", ""), ("ACC101", "")]


def test_an_acceptance_of_a_rule_that_could_not_run_stays(check: Callable[..., Any]) -> None:
    broken = {"value: 107": "value: about a hundred"}
    checked = check(broken | accepting(("FIG101", "locks")))
    assert [fault.code for fault in checked.faults] == ["FLD005"]
    assert checked.found == []


def test_a_broken_acceptance_is_not_called_missing(check: Callable[..., Any]) -> None:
    checked = check(TWICE | {PAPERS: f"{PAPERS}accepted:\n  - rule: PRO103\n    about: the the\n"})
    assert [fault.code for fault in checked.faults] == ["FLD002"]
    assert "ACC102" not in {found.code for found in checked.found}


def test_an_acceptance_may_wait_for_the_renderer(check: Callable[..., Any]) -> None:
    checked = check(accepting(("PDF102", "renderer")))
    report = checked.subject.report
    assert codes(checked.found) == [("ACC102", ""), ("ACC101", "")]
    assert settle(report, [], pending={"PDF102"}) == []
    complaint = Diagnostic(report.location, "PDF102", "m", severity="warning", about="renderer")
    assert codes(settle(report, [complaint])) == [("PDF102", "Seen 1.")]


def test_settling_again_changes_nothing(check: Callable[..., Any]) -> None:
    checked = check(TWICE | accepting(("PRO103", "the the"), ("PRO103", "an an")))
    assert len(checked.found) == 4
    assert settle(checked.subject.report, checked.found) == checked.found
    more = replace(checked.found[-1], code="PDF102", about="renderer")
    again = settle(checked.subject.report, [*checked.found, more])
    assert "3 open warnings" in next(d.message for d in again if d.code == "ACC102")
