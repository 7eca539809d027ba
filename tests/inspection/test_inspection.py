"""What an inspection says, in text and in JSON, and how conditions explain themselves."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name, String

from oscp_report.inspection import CONDITIONS, as_json, as_text, inspect_pdf, tally
from oscp_report.inspection.excerpts import shown
from oscp_report.inspection.inspecting import MOST_FINDINGS
from oscp_report.inspection.objects import LIMITS
from oscp_report.inspection.registry import HEADINGS, Condition, condition
from oscp_report.inspection.showing import MOST_SHOWN
from tests.inspection.good_file import good_file, saved
from tests.inspection.mutants import MUTANTS


def test_the_text_says_what_where_and_how_to_mend_it() -> None:
    data = MUTANTS["text without a mark"].made()
    lines = as_text(inspect_pdf(data)).splitlines()
    assert lines[:4] == [
        "failed: INS203 Everything on a page is tagged, or marked as decoration "
        "(PDF/UA-1 7.1, Matterhorn 01-005)",
        "  page 2: this text is neither tagged nor marked as decoration: “Stray”",
        "  fix: Tag the text or picture, or mark it as decoration (artifact)",
        "",
    ]
    assert lines[4] == "passed:"
    assert lines[-1] == "2 pages: 1 failed, 70 passed, 2 not applicable"


def test_a_finding_names_the_page_and_the_text_concerned() -> None:
    found = inspect_pdf(MUTANTS["header of another column"].made()).failed()[0].findings[0]
    assert (found.page, found.text) == (2, "12")
    assert found.message == "this cell is under the wrong header, `2020-21`"


def test_json_holds_every_condition() -> None:
    held = json.loads(as_json(inspect_pdf(MUTANTS["no title"].made())))
    assert held["pages"] == 2
    assert held["passes"] == {"PDF/UA-1": False, "PDF/A-3a": True, "good practice": True}
    assert [each["code"] for each in held["conditions"]] == sorted(CONDITIONS)
    (failed,) = (each for each in held["conditions"] if each["verdict"] == "failed")
    assert failed == {
        "code": "INS109",
        "name": "title",
        "summary": "The document has a title",
        "standard": "PDF/UA-1",
        "clause": "7.1",
        "matterhorn": ["06-003"],
        "verdict": "failed",
        "findings": [
            {
                "page": None,
                "text": "",
                "message": "the document has no title",
                "fix": "Give the document a title in its properties",
            }
        ],
    }


def test_a_fault_everywhere_is_shown_some_times_and_counted() -> None:
    with pikepdf.open(io.BytesIO(good_file())) as pdf:
        document = pdf.Root.StructTreeRoot.K[0]
        for _ in range(MOST_FINDINGS + 50):
            note = Dictionary(Type=Name.StructElem, S=Name.Note, P=document)
            document.K.append(pdf.make_indirect(note))
        found = inspect_pdf(saved(pdf))
    (outcome,) = found.failed()
    assert len(outcome.findings) == MOST_FINDINGS
    assert f"  and {MOST_FINDINGS - MOST_SHOWN} more" in as_text(found).splitlines()
    assert as_text(found).count("  fix: ") == 1


def test_texts_of_a_file_cannot_command_a_terminal() -> None:
    with pikepdf.open(io.BytesIO(good_file())) as pdf:
        pdf.Root.Lang = String("\x1b]0;owned\x07\u202een")
        said = as_text(inspect_pdf(saved(pdf)))
    assert "`]0;owned en` is no code of a language" in said
    assert shown("a\nb\x00c" + "d" * 100) == "a b c" + "d" * 54 + "…"


def test_the_limits_of_qpdf_hold_only_while_a_file_is_looked_at() -> None:
    before = pikepdf.settings.get_qpdf_limits()
    assert before["flate_max_memory"] != LIMITS["flate_max_memory"]
    inspect_pdf(good_file())
    inspect_pdf(b"no PDF")
    assert pikepdf.settings.get_qpdf_limits() == before


def test_the_same_file_gets_the_same_words() -> None:
    data = MUTANTS["no structure"].made()
    assert as_json(inspect_pdf(data)) == as_json(inspect_pdf(data))


def test_the_tally_of_what_is_no_pdf() -> None:
    assert (
        tally(inspect_pdf(b""))
        == f"no pages: 1 failed, 0 passed, {len(CONDITIONS) - 1} not applicable"
    )


@pytest.mark.parametrize("found", CONDITIONS.values(), ids=CONDITIONS)
def test_a_condition_explains_itself(found: Condition) -> None:
    places = [found.explanation.index(heading) for heading in HEADINGS]
    assert places == sorted(places)
    assert 10 < len(found.summary) < 100
    assert found.summary[0].isupper()
    assert found.explanation.partition("\n")[0].endswith(".")
    assert 10 < len(found.fix) < 120
    assert found.clause or not found.matterhorn
    assert all(len(number) == 6 and number[2] == "-" for number in found.matterhorn)


def test_a_code_is_given_once() -> None:
    with pytest.raises(ValueError, match="condition INS101 is defined twice"):
        condition("INS101", "PDF/UA-1")(lambda subject: iter(()))


def test_the_conditions_are_listed_without_pikepdf(checkout: Path) -> None:
    script = "import sys, oscp_report.inspection; print('pikepdf' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=checkout, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
