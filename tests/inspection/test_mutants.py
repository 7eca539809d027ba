"""Every mutant of the good file is caught, by the condition meant for it and by no other.

Two referees, page-validation and veraPDF, judge the same files for PDF/UA-1. Where they and the
inspection part ways, the reason stands below.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

import pytest

from oscp_report.inspection import CONDITIONS, TOPICS, inspect_pdf
from tests import verapdf
from tests.inspection import faults_of_files, faults_of_structure
from tests.inspection.good_file import good_file
from tests.inspection.mutants import MUTANTS, Mutant
from tests.inspection.variants import VARIANTS, made

assert faults_of_files
assert faults_of_structure

PROTOCOL_ONLY = "names a thing that is there and says nothing; veraPDF asks only that it is there"
CIRCLE = "the structure is no tree; veraPDF walks round it and goes on"
UNBALANCED = "marks must begin and end in one stream; validators count over the page as a whole"
NOT_FOLLOWED = "page-validation does not follow a mark to the element that must own it"

# Mutants that fail PDF/UA-1 here and pass there.
MORE_THAN_VERAPDF = {
    "element inside itself": CIRCLE,
    "mark claimed twice": CIRCLE,
    "empty title": PROTOCOL_ONLY,
    "form again without a mark": "veraPDF looks at a form where it is drawn first, not again",
    "mark ended in a form": UNBALANCED,
    "header that is not there": "veraPDF is content with the headers that the scopes give",
}
MORE_THAN_PAGE = {
    "mark claimed twice": CIRCLE,
    "empty title": PROTOCOL_ONLY,
    "mark ended in a form": UNBALANCED,
    "header that is not there": "page-validation is content with the headers that the scopes give",
    "mark that leads nowhere": NOT_FOLLOWED,
    "mark in a form of no number": NOT_FOLLOWED,
    "cell of no columns": "page-validation takes a span of nought for one of one",
    "mark left open": "page-validation does not look for the end of a mark",
}
# Mutants that pass both standards here, and fail PDF/A-3a there.
ARCHIVE_ONLY = {
    "link to a program": "PDF/A forbids the action; the inspection looks at links as a reader",
    "hidden comment and link": "PDF/A forbids to hide a note; nobody reads it, so PDF/UA does not",
}
# Conditions that no single fault made with pikepdf breaks alone.
WITHOUT_A_MUTANT = {
    "INS102": "a damaged file is made from bytes, in test_hostile_pdfs.py",
}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """The good file, the sound variants of it, and every mutant."""
    sound = {name: made(change) for name, change in VARIANTS.items()}
    return {"good file": good_file(), **sound, **{name: m.made() for name, m in MUTANTS.items()}}


def test_the_good_file_meets_every_condition() -> None:
    found = inspect_pdf(good_file())
    assert found.failed() == ()
    assert found.pages == 2
    passed = {each.condition.code for each in found.outcomes if each.verdict == "passed"}
    # What a report does not hold: protection, layers.
    assert set(CONDITIONS) - passed == {"INS111", "INS113"}


def test_every_condition_has_a_mutant() -> None:
    assert len(MUTANTS) >= 40
    assert len(TOPICS) >= 13
    aimed = {each.code for each in MUTANTS.values()}
    assert set(CONDITIONS) - aimed == set(WITHOUT_A_MUTANT)


@pytest.mark.parametrize("mutant", MUTANTS.values(), ids=MUTANTS)
def test_a_mutant_is_caught_by_its_condition(mutant: Mutant) -> None:
    found = {each.condition.code: each for each in inspect_pdf(mutant.made()).failed()}
    assert set(found) == {mutant.code, *mutant.also}
    for finding in found[mutant.code].findings:
        assert finding.message
        assert finding.fix
        assert finding.page in (None, 1, 2)


@pytest.fixture(scope="module")
def ours(files: Mapping[str, bytes]) -> dict[str, bool]:
    """Whether the inspection passes each file for PDF/UA-1."""
    return {name: inspect_pdf(data).passes("PDF/UA-1") for name, data in files.items()}


def test_page_validation_agrees(files: dict[str, bytes], ours: dict[str, bool]) -> None:
    if os.environ.get("CI") != "true":
        pytest.importorskip("page", reason="`page-validation` is not installed")
    import page

    def passes(data: bytes) -> bool:
        try:
            profile = page.ValidationProfile.PDF_UA_1
            return bool(page.validate_pdf_bytes(data, profile=profile).is_compliant)
        except page.PageError:  # a structure without end is more than it takes
            return False

    theirs = {name: passes(data) for name, data in files.items()}
    assert theirs["good file"]
    parted = {name for name, passed in ours.items() if passed != theirs[name]}
    assert parted == set(MORE_THAN_PAGE)
    assert all(theirs[name] for name in parted)


def test_verapdf_agrees(files: dict[str, bytes], ours: dict[str, bool]) -> None:
    rules = verapdf.verdicts(files, "ua1")
    theirs = {name: not failed for name, failed in rules.items()}
    assert theirs["good file"]
    parted = {name for name, passed in ours.items() if passed != theirs[name]}
    assert parted == set(MORE_THAN_VERAPDF)
    assert all(theirs[name] for name in parted)
    # What both find, both find for the same clause of the standard.
    for name, mutant in MUTANTS.items():
        clause = CONDITIONS[mutant.code].clause
        if not theirs[name] and clause:
            assert clause in {rule.partition("-")[0] for rule in rules[name]}, name


def test_verapdf_agrees_for_the_archive(files: dict[str, bytes]) -> None:
    rules = verapdf.verdicts(files, "3a")
    assert rules["good file"] == ()
    inspected = {name: inspect_pdf(data) for name, data in files.items()}
    refused = {name for name, found in inspected.items() if not found.passes("PDF/A-3a")}
    theirs = {name for name, failed in rules.items() if failed}
    assert refused <= theirs
    # Most of what the archive asks for PDF/UA-1 asks too. A claim to both needs both to hold.
    claimed = {name for name in theirs if inspected[name].passes("PDF/UA-1", "PDF/A-3a")}
    assert claimed == set(ARCHIVE_ONLY)
