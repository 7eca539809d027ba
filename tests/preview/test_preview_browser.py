"""The preview in a real browser, as an officer has it open beside the file."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from oscp_report.workspace import shipped_templates
from tests.html.tools import modules
from tests.preview.screens import Screen

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FIRST = "was established in 1998"
LAST = "[id=paragraph_15]"


@pytest.fixture
def screen(new_tab: Callable[..., Screen]) -> Iterator[Screen]:
    """A tab on the report; the file is put back afterwards."""
    found = new_tab()
    original = found.file.read_text("utf-8")
    yield found
    shutil.rmtree(found.preview.root / "templates", ignore_errors=True)
    if not found.file.exists() or found.file.read_text("utf-8") != original:
        found.file.write_text(original, "utf-8")
        found.shows(FIRST)
        found.waits("document.querySelector('#problem').hidden")


def test_a_save_shows(screen: Screen) -> None:
    screen.replace(FIRST, "was founded in 1998")
    screen.shows("was founded in 1998")
    assert screen.text("#news").startswith("Updated at ")


def test_fifty_saves_in_a_row_end_on_the_last(screen: Screen) -> None:
    original = screen.file.read_text("utf-8")
    for number in range(50):
        screen.file.write_text(original.replace(FIRST, f"was established in {3000 + number}"))
    screen.shows("was established in 3049")
    screen.page.wait_for_timeout(300)
    screen.shows("was established in 3049")


def test_a_save_by_rename_shows(screen: Screen) -> None:
    for number in range(3):  # the second is of a file that came by a rename itself
        beside = screen.file.with_name("2018-19.yaml.tmp~")
        text = screen.file.read_text("utf-8")
        beside.write_text(re.sub(r"established in \d+", f"established in {4000 + number}", text))
        beside.replace(screen.file)
        screen.shows(f"established in {4000 + number}")


def test_a_file_that_another_program_holds_open_shows_whole_in_the_end(screen: Screen) -> None:
    text = screen.file.read_text("utf-8").replace(FIRST, "was begun in 1998")
    with screen.file.open("w", encoding="utf-8", newline="") as file:
        for start in range(0, len(text), 4000):
            file.write(text[start : start + 4000])
            file.flush()
            screen.page.wait_for_timeout(60)
        screen.shows("was begun in 1998")


def test_a_template_of_ones_own_shows_and_goes_again(screen: Screen) -> None:
    folder = screen.preview.root / "templates"
    folder.mkdir()
    own = '{% extends "shipped/report.html" %}{% block contacts %}<p>Made here.</p>{% endblock %}'
    (folder / "report.html").write_text(own)
    screen.shows("Made here.")
    (folder / "report.html").write_text("{% nonsense %}")
    screen.waits("!document.querySelector('#problem').hidden")
    screen.says("#problem_message", "templates/report.html:1")
    screen.shows("Made here.")
    shutil.rmtree(folder)
    screen.lacks("Made here.")


def test_a_style_sheet_of_ones_own_shows_without_moving_the_page(screen: Screen) -> None:
    screen.paragraph("paragraph_8").evaluate("each => each.scrollIntoView()")
    before = screen.top(screen.paragraph("paragraph_8"))
    folder = screen.preview.root / "templates" / "css"
    folder.mkdir(parents=True)
    screen_css = (shipped_templates() / "css" / "screen.css").read_text("utf-8")
    (folder / "screen.css").write_text(f"{screen_css}\nh2 {{ color: rgb(1, 2, 3) }}")
    heading = screen.report.locator("main h2").first
    screen.waits(
        """(() => {
          const report = document.querySelector('#stage iframe:not(.is-coming)').contentDocument;
          return getComputedStyle(report.querySelector('main h2')).color === 'rgb(1, 2, 3)';
        })()"""
    )
    assert heading.count() == 1
    assert abs(screen.top(screen.paragraph("paragraph_8")) - before) < 2


def test_a_broken_file_keeps_the_last_page_and_its_mending_shows(screen: Screen) -> None:
    screen.replace("\nstatus: final\n", "\nstatus: finished\n")
    screen.waits("!document.querySelector('#problem').hidden")
    screen.says("#problem_message", "finished is not one of draft or final")
    assert "The page below is old" in screen.text("#problem_old")
    assert screen.text("#page_heading") == "Web page (old)"
    assert screen.page.title().startswith("Old: ")
    screen.shows(FIRST)
    first = screen.page.locator("#findings > li").first
    assert first.inner_text().startswith("Error ")
    link = first.get_by_role("link").get_attribute("href") or ""
    line = screen.file.read_text("utf-8").split("status: finished")[0].count("\n") + 1
    assert re.fullmatch(rf"vscode://file/.*/data/2018-19\.yaml:{line}:\d+", link)
    screen.replace("\nstatus: finished\n", "\nstatus: final\n")
    screen.waits("document.querySelector('#problem').hidden")
    assert screen.text("#page_heading") == "Web page"


def test_a_deleted_file_says_so_and_comes_back(screen: Screen) -> None:
    text = screen.file.read_text("utf-8")
    screen.file.unlink()
    screen.waits("!document.querySelector('#problem').hidden")
    screen.says("#problem_message", "there is no report for 2018-19")
    screen.shows(FIRST)
    screen.file.write_text(text.replace(FIRST, "was revived in 1998"), "utf-8")
    screen.shows("was revived in 1998")


@pytest.mark.parametrize("anchor", ["paragraph_8", "cuckooing"])
def test_the_place_being_read_does_not_move(screen: Screen, anchor: str) -> None:
    there = screen.paragraph(anchor)
    for _ in range(100):  # a page that has only just come goes back to its beginning
        there.evaluate("each => each.scrollIntoView()")
        there.evaluate("each => each.ownerDocument.defaultView.scrollBy(0, -30)")
        if (before := screen.top(there)) < 200:
            break
        screen.page.wait_for_timeout(20)
    assert before < 200, "it was never scrolled to"
    words = there.locator(".text").first.inner_text()
    long = "was established in 1998. " + "More was said here than before. " * 40
    screen.replace(FIRST, long)
    screen.shows("More was said here")
    assert abs(screen.top(there) - before) < 2
    # A paragraph put in above changes the numbers of all below, and moves nothing either.
    screen.replace("  paragraphs:\n    - ", "  paragraphs:\n    - A new paragraph.\n    - ")
    screen.shows("A new paragraph.")
    again = screen.report.locator("li", has_text=words[:60]).last
    assert abs(screen.top(again) - before) < 2


def test_a_click_tells_the_line_and_a_finding_shows_its_paragraph(screen: Screen) -> None:
    lines = screen.file.read_text("utf-8").splitlines()
    for selector, what in {
        "[id=paragraph_1] > .text": "Paragraph 1",
        ".rows--cover tr:nth-child(2) td": "Cover row “Date”",
        ".rows--summary tr:nth-child(2) td": "Summary row “Key decision”",
        "[data-figure=sharps-collected]": "Figure “",
        "main h2#section_1": "Heading “Introduction and background”",
    }.items():
        found = screen.report.locator(selector).first
        found.click()
        assert what in screen.text("#place")
        assert screen.report.locator("[data-chosen]").count() == 1
        link = screen.page.locator("#place a").first
        line = re.search(r":(\d+):\d+$", link.get_attribute("href") or "")
        assert line
        # A text that is folded begins on the line below; a figure is named on the one above.
        words = " ".join(lines[int(line[1]) - 2 : int(line[1]) + 1])
        assert found.inner_text().split()[0] in words or "sharps-collected" in words
    button = screen.page.get_by_role("button", name="Show it in the page").last
    button.click()
    chosen = screen.report.locator("[data-chosen]")
    assert screen.text("#place").startswith("Paragraph")
    assert 0 <= screen.top(chosen) < 900
    assert chosen.evaluate("each => each === each.ownerDocument.activeElement")


def test_everything_is_done_by_keyboard_alone(screen: Screen) -> None:
    page, report = screen.page, screen.report
    focused = "document.activeElement.contentDocument?.activeElement?.dataset.place ?? null"
    page.locator("h1").click()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate(focused) is not None:
            break
    assert page.evaluate(focused) == "0"
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == "3"
    outline = report.locator(":focus").evaluate("each => getComputedStyle(each).outlineWidth")
    assert outline == "3px"
    page.keyboard.press("End")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert "Cover row “Date”" in screen.text("#place")
    assert page.evaluate("document.activeElement.href").startswith("vscode://file/")
    page.keyboard.press("Escape")
    assert page.evaluate(focused) == "1"
    page.locator("input[value=page]").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#pdf_pane").is_visible()
    assert page.locator("#page_pane").is_hidden()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert page.locator("body.look-print").count() == 1
    page.keyboard.press("Tab")
    page.keyboard.type("the last commit")
    screen.waits(
        "!document.querySelector('#compared').hidden || document.querySelector('#page_pane').hidden"
    )
    assert page.locator("#difference").input_value() == "last-commit"


def test_the_keyboard_stays_where_it_was_over_a_save(screen: Screen) -> None:
    there = screen.paragraph("paragraph_1")
    there.click()
    there.focus()
    screen.replace(FIRST, "was founded in 1998")
    screen.shows("was founded in 1998")
    screen.waits("document.querySelector('#news').textContent.startsWith('Updated')")
    assert there.evaluate("each => each === each.ownerDocument.activeElement")


def test_two_tabs_show_the_same(screen: Screen, new_tab: Callable[..., Screen]) -> None:
    second = new_tab()
    screen.replace(FIRST, "was founded in 1998")
    screen.shows("was founded in 1998")
    second.shows("was founded in 1998")


def test_the_difference_is_marked_by_shape(screen: Screen, program: Callable[[str], str]) -> None:
    program("git")
    screen.page.select_option("#difference", "last-commit")
    screen.says("#compared_told", "no words changed")
    screen.replace(FIRST, "was founded in 1998")
    put_in, taken_out = screen.report.locator("ins.put-in"), screen.report.locator("del.taken-out")
    put_in.wait_for()
    assert (put_in.inner_text(), taken_out.inner_text()) == ("[+founded+]", "[−established−]")
    drawn = "each => getComputedStyle(each).textDecorationLine"
    assert put_in.evaluate(drawn) == "underline"
    assert taken_out.evaluate(drawn) == "line-through"
    assert "1 text changed" in screen.text("#compared_told")
    screen.page.get_by_role("button", name="Next change").click()
    assert screen.text("#news").startswith("Change 1 of 2")
    screen.page.select_option("#difference", "published")
    screen.says("#compared_told", "published")
    assert put_in.count() == 1
    screen.page.select_option("#difference", "last-year")
    screen.says("#compared_told", "no report of a year before")
    screen.page.select_option("#difference", "")
    screen.page.locator("#compared").wait_for(state="hidden")
    assert put_in.count() == 0


def test_the_published_version_is_the_last_final_one(
    screen: Screen, program: Callable[[str], str]
) -> None:
    git = program("git")
    root = screen.preview.root
    own = ["-c", "user.name=A. Officer", "-c", "user.email=officer@example.org"]
    screen.replace("\nstatus: final\n", "\nstatus: draft\n")
    screen.replace(FIRST, "was drafted in 1998")
    subprocess.run([git, *own, "commit", "-qam", "A draft"], cwd=root, check=True)
    screen.shows("was drafted in 1998")
    try:
        screen.page.select_option("#difference", "last-commit")
        screen.says("#compared_told", "no words changed")
        screen.page.select_option("#difference", "published")
        screen.report.locator("ins.put-in", has_text="drafted").wait_for()
        assert "final in the commit" in screen.text("#compared_told")
    finally:
        subprocess.run([git, "reset", "-q", "--hard", "HEAD~1"], cwd=root, check=True)


def test_the_looks(screen: Screen) -> None:
    frame = screen.page.locator("#stage iframe")
    screen.page.check("input[value=phone]")
    assert frame.evaluate("each => each.clientWidth") == 320
    overflow = "each => each.ownerDocument.documentElement.scrollWidth"
    assert screen.report.locator("body").evaluate(overflow) <= 320
    screen.page.check("input[value=print]")
    assert frame.evaluate("each => getComputedStyle(each).filter") == "grayscale(1)"
    family = "each => getComputedStyle(each.ownerDocument.documentElement).fontSize"
    assert screen.report.locator("body").evaluate(family) == "16px"  # 12 point
    screen.replace(FIRST, "was founded in 1998")
    screen.shows("was founded in 1998")
    assert screen.report.locator("body").evaluate(family) == "16px"
    screen.page.check("input[value=screen]")
    assert screen.report.locator("body").evaluate(family) == "18px"


def test_the_pdf_has_its_own_pane_and_follows(screen: Screen) -> None:
    screen.page.check("input[value=both]")
    frame = screen.page.locator("#pdf_stage iframe")
    frame.wait_for()
    screen.waits("/^.5 pages, [0-9]+ KB.$/.test(document.querySelector('#pdf_told').textContent)")
    first = frame.get_attribute("src")
    screen.replace(FIRST, "was founded in 1998")
    screen.waits(f"document.querySelector('#pdf_stage iframe').getAttribute('src') !== '{first}'")
    name = screen.page.locator("#pdf_link").get_attribute("href") or ""
    assert screen.preview.get(name)[2].startswith(b"%PDF-")


def test_a_link_in_the_report_opens_elsewhere_or_the_pdf(screen: Screen) -> None:
    screen.report.get_by_role("link", name="This report as a PDF").click()
    assert screen.page.locator("#pdf_pane").is_visible()
    screen.page.check("input[value=page]")
    screen.report.get_by_role("link", name="Introduction and background").click()
    assert screen.preview.address in screen.page.url
    screen.shows(FIRST)


def test_axe_finds_nothing(screen: Screen, browser: Browser) -> None:
    """With errors and both panes, in the contexts in which every page is looked at."""
    axe = (modules() / "axe-core" / "axe.min.js").read_text("utf-8")
    page = screen.page
    screen.replace("{sharps-collected}", "{sharps-colected}")
    screen.waits("!document.querySelector('#problem').hidden")
    page.check("input[value=both]")
    page.evaluate(axe)
    wide, narrow = {"width": 1400, "height": 900}, {"width": 320, "height": 640}
    contexts = {
        "wide": (wide, {"color_scheme": "light"}, True),
        "narrow": (narrow, {"color_scheme": "light"}, False),
        "dark": (wide, {"color_scheme": "dark"}, True),
        "forced": (wide, {"forced_colors": "active", "reduced_motion": "reduce"}, False),
    }
    for name, (size, media, has_colours) in contexts.items():
        page.set_viewport_size(size)  # type: ignore[arg-type]  # Playwright's own words
        page.emulate_media(**media)  # type: ignore[arg-type]  # as above
        overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(overflow) <= 0, name
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        rules = {"color-contrast": {"enabled": has_colours}}
        options = {
            "runOnly": {"type": "tag", "values": tags},
            "rules": rules,
            "iframes": False,
            "resultTypes": ["violations"],
        }
        found = page.evaluate("options => axe.run(document, options)", options)
        told = [(f["id"], [node["html"] for node in f["nodes"]]) for f in found["violations"]]
        assert told == [], name
        assert len(found["passes"]) > 20, name
