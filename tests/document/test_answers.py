"""We said, we did: what the last report announced, in its words, and where this one answers it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from oscp_report.document.rendering import render_report
from oscp_report.document.views import view_report
from oscp_report.model import Report
from tests import years
from tests.page import parsed

SHIPPED = Path(__file__).parents[2] / "templates"
HISTORY = years.history()


def page(more: str = "answers: yes\n", history: tuple[Report, ...] = HISTORY) -> Any:
    text = years.text_of(years.THIS, listed=None, more=more)
    view = view_report(years.loaded(text, years.THIS), years.partnership(), history)
    return parsed(render_report(view, [SHIPPED]))


def words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def rows(root: Any) -> list[list[str]]:
    (found,) = root.findall(".//table[@class='grid grid--answers']")
    return [[words(cell) for cell in row] for row in found.findall("tbody/tr")]


def test_each_priority_that_was_announced_and_the_paragraphs_that_answer_it() -> None:
    root = page()
    assert rows(root) == [
        ["Reducing burglary <of> homes & shops", "Paragraphs 2 and 4"],
        ["Tackling drugs by: work with schools support for users", "Paragraph 3"],
        ["Tackling slavery", "This report does not answer it."],
        ["Tackling hate", "This report does not answer it."],
    ]
    links = [a.get("href")[1:] for a in root.findall(".//table[@class='grid grid--answers']//a")]
    assert [words(root.find(f".//*[@id='{link}']/span")) for link in links] == [
        "Burglary was reduced.", "Burglars were caught.", "Needles were collected.",
    ]  # fmt: skip


def test_a_paragraph_that_is_still_to_be_written_is_no_answer() -> None:
    text = years.text_of(years.THIS, listed=None, more="answers: yes\n")
    assert text.count("Needles were collected.") == 1
    text = text.replace("Needles were collected.", "TODO what was done")
    view = view_report(years.loaded(text, years.THIS), years.partnership(), HISTORY)
    assert rows(parsed(render_report(view, [SHIPPED])))[1][1] == (
        "Paragraph 3 (still to be written)"
    )


def test_it_stands_before_the_achievements_and_in_the_contents() -> None:
    root = page()
    assert [words(h2) for h2 in root.findall(".//main//h2")] == ["We said, we did", "Achievements"]
    contents = root.findall(".//nav//a")
    assert [words(a) for a in contents] == ["We said, we did", "Achievements"]
    assert contents[0].get("href") == "#we_said_we_did"
    assert words(root.find(".//*[@id='we_said_we_did']")) == "We said, we did"


@pytest.mark.parametrize(
    ("more", "history"),
    [
        pytest.param("", HISTORY, id="not asked for"),
        pytest.param("answers: yes\n", (), id="no report of last year"),
        pytest.param("answers: yes\n", HISTORY[:-1], id="only older reports"),
    ],
)
def test_there_is_no_section(more: str, history: tuple[Report, ...]) -> None:
    root = page(more, history)
    assert [words(h2) for h2 in root.findall(".//main//h2")] == ["Achievements"]


def test_paragraphs_without_numbers_are_named_by_their_words() -> None:
    root = page("answers: yes\nnumbering: none\n")
    assert rows(root)[0][1] == "Paragraphs “Burglary was reduced.” and “Burglars were caught.”"


def test_a_reference_in_last_year_s_words_is_to_last_year_s_figure() -> None:
    before = years.text_of(years.BEFORE)
    said = before.replace("Tackling hate.", '"Tackling the {calls} calls."').replace(
        "Tackling slavery; and", '"Tackling {no-such-figure}."'
    )
    last = years.loaded(said, years.BEFORE)
    found = rows(page(history=(*HISTORY[:-1], last)))
    assert [row[0] for row in found[2:]] == ["Tackling {no-such-figure}", "Tackling the 130 calls"]
