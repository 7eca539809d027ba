"""The published report for 2018-19: what it is warned about, and that each warning was accepted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from oscp_report.checks import Subject, findings, settle
from oscp_report.diagnostics import Diagnostic
from oscp_report.reading.loading import load_partnership, load_report
from oscp_report.year import Year

YEAR_FILE, PARTNERSHIP_FILE = "data/2018-19.yaml", "data/partnership.yaml"
ACCEPTED = {
    ("PRO101", "partners"),
    ("PRI101", "restorative-approaches"),
    ("PRI103", "cuckooing"),
    ("PRI103", "willow-project"),
    ("ABB101", "STRONGHOLD"),
}


def subject_of(text: str, checkout: Path) -> Subject:
    report = load_report(text.encode(), YEAR_FILE, Year(2018))
    partnership = load_partnership((checkout / PARTNERSHIP_FILE).read_bytes(), PARTNERSHIP_FILE)
    assert (*report.diagnostics, *partnership.diagnostics) == ()
    assert report.value is not None
    assert partnership.value is not None
    return Subject(report.value, partnership.value, lambda name: False)


def checked(text: str, checkout: Path) -> list[Diagnostic]:
    subject = subject_of(text, checkout)
    return settle(subject.report, findings(subject))


@pytest.fixture(scope="module")
def published(checkout: Path) -> str:
    return (checkout / YEAR_FILE).read_text(encoding="utf-8")


def test_it_has_accepted_warnings_and_nothing_else(published: str, checkout: Path) -> None:
    found = checked(published, checkout)
    assert {(d.code, d.about) for d in found} == ACCEPTED
    assert len(found) == len(ACCEPTED)
    assert all(d.severity == "warning" and d.because for d in found)


@pytest.mark.parametrize(("code", "about"), sorted(ACCEPTED))
def test_without_its_acceptance_a_warning_is_open(
    code: str, about: str, published: str, checkout: Path
) -> None:
    entry = rf"  - rule: {code}\n    about: {about}\n    because:.*\n(?:      .*\n)*"
    without, count = re.subn(entry, "", published)
    assert count == 1
    opened = [d for d in checked(without, checkout) if not d.because]
    assert [(d.code, d.about) for d in opened if d.code != "ACC102"] == [(code, about)]
    (final,) = (d for d in opened if d.code == "ACC102")
    assert (final.severity, final.location.line) == ("error", 5)
    assert final.message == "a final report cannot have one open warning"


def test_an_acceptance_of_nothing_is_found(published: str, checkout: Path) -> None:
    stale = "accepted:\n  - rule: PRI101\n    about: drug-markets\n    because: It may.\n"
    found = checked(published.replace("accepted:\n", stale), checkout)
    assert {d.code for d in found if not d.because} == {"ACC101", "ACC102"}


def test_every_number_comes_from_a_figure(published: str, checkout: Path) -> None:
    typed = re.sub(r"\{([a-z-]+)\}", "7,292", published)
    found = [d for d in checked(typed, checkout) if d.code == "FIG103"]
    assert {d.about for d in found} == {"sharps-collected"}
    assert len(found) == 9
