"""Findings: how they sort, when two are the same, what a rule calls itself."""

from __future__ import annotations

from oscp_report.diagnostics import Diagnostic, Location, Rule

RULE = Rule("FIG101", "a-name", "warning", "Figure with a fault.\n\n## What it does\nFinds it.")


def test_a_place_is_written_as_editors_read_it() -> None:
    assert str(Location("data/2018-19.yaml", 18, 5)) == "data/2018-19.yaml:18:5"


def test_the_length_never_tells_two_places_apart() -> None:
    assert Location("a", 1, 2, 3) == Location("a", 1, 2, 30)
    assert len({RULE.at(Location("a", 1, 2, n), "said", fix="") for n in (1, 2)}) == 1


def test_findings_sort_by_place_then_code() -> None:
    places = [Location("a", 10, 1), Location("a", 9, 2), Location("a", 9, 1), Location("B", 1, 1)]
    found = [Diagnostic(place, code, "m") for place in places for code in ("B1", "A2")]
    assert [(str(d.location), d.code) for d in sorted(found)] == [
        ("B:1:1", "A2"), ("B:1:1", "B1"), ("a:9:1", "A2"), ("a:9:1", "B1"),
        ("a:9:2", "A2"), ("a:9:2", "B1"), ("a:10:1", "A2"), ("a:10:1", "B1"),
    ]  # fmt: skip


def test_a_finding_has_its_rules_code_and_severity() -> None:
    found = RULE.at(Location("a", 1, 1), "said", fix="do", about="x")
    assert found == Diagnostic(Location("a", 1, 1), "FIG101", "said", "do", "warning", "x")
    assert found.accepted("seen").because == "seen"
    assert found.because == ""


def test_a_rule_is_summed_up_by_its_first_line() -> None:
    assert RULE.summary == "Figure with a fault"
