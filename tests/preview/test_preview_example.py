"""The preview of the six-year example in a real browser: what an officer does in an afternoon."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.preview.conftest import make_example
from tests.preview.running import PATIENT, Running, running
from tests.preview.screens import Screen

if TYPE_CHECKING:
    from playwright.sync_api import Browser

YEAR, BEFORE, SHARED = "2024-25", "2023-24.yaml", "partnership.yaml"
LINE_53 = "    - This review covers the year to 31 March 2025, unless a figure says otherwise.\n"
BURGLARY = "[id=burglary] > .text"
GONE = "del.taken-out--whole"
NARROW = {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A preview of the example's last year: leave the files as they were."""
    with running(make_example(tmp_path_factory.mktemp("example") / "desk"), year=YEAR) as found:
        yield found


@pytest.fixture
def screen(new_tab: Callable[..., Screen]) -> Iterator[Screen]:
    """A tab on the report; all files are put back afterwards."""
    found = new_tab()
    found.year = YEAR
    root, original = found.preview.root, found.preview.html()
    files = {path: path.read_bytes() for path in (root / "data").glob("*.*")}
    yield found
    shutil.rmtree(root / "templates", ignore_errors=True)
    for path, data in files.items():
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)
    found.preview.wait(lambda state: not state["problem"] and not state["refused"])
    for _ in range(int(PATIENT * 20)):
        if found.preview.html() == original:
            return
        found.page.wait_for_timeout(50)
    raise AssertionError("the page did not come back")


def replace_in(screen: Screen, name: str, old: str, new: str) -> None:
    path = screen.preview.root / "data" / name
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    path.write_text(text.replace(old, new), "utf-8")


def chosen(screen: Screen) -> str:
    found = screen.report.locator("[data-chosen]")
    return found.inner_text() if found.count() else ""


def drawn(screen: Screen, besides: str = "") -> str:
    """The name of the PDF once it is there; on a busy machine a long one takes many seconds."""
    for _ in range(int(PATIENT * 4)):
        pdf = screen.preview.wait(lambda state: True)["pdf"]
        if pdf["state"] in ("ready", "failed") and (pdf["name"] != besides or pdf["problem"]):
            return str(pdf["name"])
        screen.page.wait_for_timeout(1000)
    raise AssertionError("no PDF was drawn")


def commit(screen: Screen, git: str) -> None:
    own = ["-c", "user.name=A. Officer", "-c", "user.email=officer@example.org"]
    words = [git, *own, "commit", "-qam", "Another"]
    subprocess.run(words, cwd=screen.preview.root, check=True)


# The difference


@pytest.mark.parametrize("line", [LINE_53, "  - Agenda item: 12\n"], ids=["paragraph", "row"])
def test_a_text_taken_out_whole_is_shown_as_one(
    screen: Screen, program: Callable[[str], str], line: str
) -> None:
    program("git")
    screen.page.select_option("#difference", "last-commit")
    screen.says("#compared_told", "no words changed")
    screen.replace(line, "")
    gone = screen.report.locator(GONE)
    gone.wait_for()
    assert gone.inner_text().startswith("[−")
    assert "<del" not in screen.report.locator("main").inner_text()
    screen.page.get_by_role("button", name="Next change").click()
    assert re.match(r"Change 1 of \d", screen.text("#news"))


def test_last_years_report_is_compared_and_its_saves_show(screen: Screen) -> None:
    screen.page.select_option("#difference", "last-year")
    screen.says("#compared_told", "Compared with the report for 2023-24: ")
    text = screen.report.locator("body").inner_text()
    assert "<del" not in text
    assert "<br>" not in text
    assert screen.report.locator(GONE).count() > 1
    assert "Monsters" not in text
    path = screen.preview.root / "data" / BEFORE
    words = path.read_text("utf-8")
    assert "- Agenda item: " in words
    path.write_text(words.replace("- Agenda item: ", "- Agenda item: Monsters ", 1), "utf-8")
    screen.report.locator("del.taken-out", has_text="Monsters").wait_for()


def test_a_commit_makes_another_last_commit(screen: Screen, program: Callable[[str], str]) -> None:
    git = program("git")
    page = screen.page
    screen.replace("unless a figure says otherwise", "unless a figure tells otherwise")
    page.select_option("#difference", "last-commit")
    put_in = screen.report.locator("ins.put-in")
    put_in.wait_for()
    commit(screen, git)
    try:
        page.select_option("#difference", "")
        page.locator("#compared").wait_for(state="hidden")
        page.select_option("#difference", "last-commit")
        screen.says("#compared_told", "no words changed")
        assert put_in.count() == 0
        subprocess.run([git, "reset", "-q", "HEAD~1"], cwd=screen.preview.root, check=True)
        page.reload()
        page.wait_for_selector("body[data-page]")
        page.select_option("#difference", "")
        page.select_option("#difference", "last-commit")
        put_in.wait_for()
        commit(screen, git)
        # As when the terminal had the keyboard meanwhile.
        page.evaluate("document.hasFocus = () => false; dispatchEvent(new Event('blur'))")
        page.wait_for_timeout(50)
        page.evaluate("delete document.hasFocus; dispatchEvent(new Event('focus'))")
        screen.says("#compared_told", "no words changed")
    finally:
        subprocess.run([git, "reset", "-q", "HEAD~1"], cwd=screen.preview.root, check=True)


# The part of the page that was chosen


@pytest.mark.parametrize(
    ("selector", "words"),
    {
        "with an id": (BURGLARY, "The rate of burglary fell"),
        "without": ("li > .text:has-text('Among similar towns')", "Among similar towns"),
        "a row": (".rows--summary tr:nth-child(4) td", "Osric Tamblyn"),
        "a figure": ("[id=burglary] [data-figure=burglary-rate]", ""),
    }.values(),
    ids=["with an id", "without", "a row", "a figure"],
)
def test_what_was_chosen_stays_so_over_a_line_put_in_above(
    screen: Screen, selector: str, words: str
) -> None:
    target = screen.report.locator(selector).first
    words = words or target.inner_text()
    target.click()
    before = screen.text("#place")
    assert words in chosen(screen)
    screen.replace(LINE_53, f"    - A new one here.\n{LINE_53}")
    screen.replace("  - Agenda item: 12\n", "  - Agenda item: 12\n  - Agenda time: noon\n")
    screen.shows("A new one here.")
    screen.shows("Agenda time")
    screen.waits(f"document.querySelector('#place').innerText !== {json.dumps(before)}")
    assert words in chosen(screen)
    link = screen.page.locator("#place a").first.get_attribute("href") or ""
    line = int(link.split(":")[-2])
    shown = "".join(screen.file.read_text("utf-8").splitlines(keepends=True)[line - 2 : line + 2])
    assert words.split(" fell")[0] in shown or "burglary-rate:" in shown


def test_what_was_chosen_and_then_changed_stays_so(screen: Screen) -> None:
    screen.report.locator("[id=paragraph_2] > .text").click()
    screen.replace("unless a figure says otherwise", "unless a figure tells otherwise")
    screen.shows("tells otherwise")
    assert "tells otherwise" in chosen(screen)
    assert screen.text("#place").startswith("Paragraph 2")


def test_what_was_chosen_and_is_gone_is_chosen_no_more(screen: Screen) -> None:
    screen.report.locator("[id=paragraph_2] > .text").click()
    screen.replace(LINE_53, "")
    screen.lacks("This review covers the year")
    screen.says("#place", "Click a paragraph")
    assert chosen(screen) == ""


def test_on_an_old_page_a_finding_leads_to_its_paragraph(screen: Screen) -> None:
    screen.replace(LINE_53, f"    - A new one here.\n    - A second one.\n{LINE_53}")
    screen.shows("A second one.")
    screen.replace("    - A new one here.\n    - A second one.\n", "    # One.\n" * 9)
    text = screen.file.read_text("utf-8")
    screen.file.write_text(text.replace("The rate of burglary fell to {burg", "It fell to {brg"))
    screen.waits("!document.querySelector('#problem').hidden")
    found = screen.page.locator("#findings > li", has_text="brglary").first
    found.get_by_role("button", name="Show it in the page").click()
    assert screen.report.locator("[id=burglary][data-chosen]").count() == 1
    assert "The page is old, and this is the line in the file as it was then" in screen.text(
        "#place"
    )


def test_on_a_narrow_screen_the_place_is_brought_into_view(new_tab: Callable[..., Screen]) -> None:
    screen = new_tab(viewport=NARROW)
    screen.report.locator("[id=who] > .text").click()
    heading = screen.page.locator("#place strong")
    assert heading.inner_text() == "Paragraph 1"
    box = heading.bounding_box()
    assert box
    assert 0 <= box["y"] < NARROW["height"] - box["height"]


# What is told of a page


def test_a_problem_without_a_finding_is_not_contradicted(screen: Screen) -> None:
    folder = screen.preview.root / "templates"
    folder.mkdir()
    own = folder / "report.html"
    own.write_text("{% nonsense %}")
    screen.waits("!document.querySelector('#problem').hidden")
    assert "Nothing" not in screen.text("#tally")
    assert "cannot be built" in screen.text("#tally")
    # Mended in place.
    own.write_text(
        '{% extends "shipped/report.html" %}{% block contacts %}Made here.{% endblock %}'
    )
    screen.shows("Made here.")
    screen.says("#tally", "Nothing: no errors")
    assert screen.page.locator("#problem").is_hidden()
    shutil.rmtree(folder)
    screen.lacks("Made here.")
    screen.file.rename(screen.file.with_suffix(".aside"))
    try:
        screen.waits("!document.querySelector('#problem').hidden")
        assert "Nothing" not in screen.text("#tally")
    finally:
        screen.file.with_suffix(".aside").rename(screen.file)


def test_what_a_build_refuses_says_so(screen: Screen) -> None:
    assert screen.page.locator("#refused").is_hidden()
    screen.replace("- Key decision: No\n", "- Key decision: No\n  - Contact officer: TBC\n")
    screen.shows("Contact officer")
    screen.waits("!document.querySelector('#refused').hidden")
    done = subprocess.run(
        [sys.executable, "-m", "oscp_report", "-C", str(screen.preview.root), "build", YEAR],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert "oscp-report build would write nothing: 1 error, listed under" in screen.text("#refused")


def test_the_pdf_of_an_old_page_is_old(screen: Screen) -> None:
    drawn(screen)
    screen.page.check("input[value=both]")
    screen.page.locator("#pdf_stage iframe").wait_for()
    assert screen.page.locator("#pdf_old").is_hidden()
    screen.replace("status: final", "status: finished")
    screen.waits("!document.querySelector('#problem').hidden")
    assert screen.page.locator("#pdf_heading").inner_text().startswith("PDF (old)")


def test_begun_on_a_broken_file_no_page_is_called_old(tmp_path: Path, browser: Browser) -> None:
    root = make_example(tmp_path / "desk")
    file = root / "data" / f"{YEAR}.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("status: final", "status: finished"), "utf-8")
    with running(root, year=YEAR) as found:
        page = browser.new_page()
        page.goto(found.address)
        page.locator("#problem").wait_for()
        assert page.title() == f"No page yet: Preview {YEAR}"
        assert page.locator("#problem_old").is_hidden()
        file.write_text(text, "utf-8")
        page.wait_for_selector("body[data-page]")
        assert page.title() == f"Preview {YEAR}"
        page.close()


def test_the_partnerships_file_shows(screen: Screen) -> None:
    replace_in(screen, SHARED, "- To: Council", "- To: Cabinet")
    screen.report.locator(".rows--cover", has_text="Cabinet").wait_for()


def test_an_appendix_shows(screen: Screen) -> None:
    file = screen.preview.root / "data" / f"{YEAR}-equality-assessment.txt"
    words = file.read_bytes()
    file.unlink()
    screen.says("#findings", file.name)
    file.write_bytes(words)
    screen.says("#tally", "Nothing: no errors")


# The place that is read


@pytest.mark.parametrize("save", [False, True], ids=["", "with a save"])
def test_looking_at_the_pdf_keeps_the_place(screen: Screen, save: bool) -> None:
    there = screen.report.locator("[id=burglary]")
    there.evaluate("each => each.scrollIntoView()")
    before = screen.top(there)
    screen.page.check("input[value=pdf]")
    assert screen.page.locator("#page_pane").is_hidden()
    if save:
        screen.replace(LINE_53, f"    - {'A new one here. ' * 40}\n{LINE_53}")
        screen.shows("A new one here.")
    screen.page.wait_for_timeout(100)
    screen.page.check("input[value=page]")
    screen.page.wait_for_timeout(100)
    assert abs(screen.top(there) - before) < 2


def test_another_look_keeps_the_top(screen: Screen) -> None:
    scrolled = "each => each.ownerDocument.defaultView.scrollY"
    body = screen.report.locator("body")
    for look in ("print", "screen", "phone", "screen"):
        screen.page.check(f"input[value={look}]")
        screen.page.wait_for_timeout(100)
        assert body.evaluate(scrolled) == 0, look


@pytest.mark.skipif(sys.platform != "linux", reason="the children of a process are listed in /proc")
def test_a_renderer_killed_while_idle_is_replaced(preview: Running, screen: Screen) -> None:
    first = drawn(screen)
    listed = Path(f"/proc/{preview.process.pid}/task")
    children = [
        int(child) for task in listed.iterdir() for child in (task / "children").read_text().split()
    ]
    assert children
    for child in children:
        os.kill(child, signal.SIGKILL)
    screen.replace("unless a figure says otherwise", "unless a figure tells otherwise")
    assert drawn(screen, besides=first) != first
