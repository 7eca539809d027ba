"""The search in a real browser, opened from a folder, as a reader without a server has it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from oscp_report.publishing import site_files
from tests.publishing import archives
from tests.small_reports import report as small_report

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("the site")
    return archives.written(place, archives.whole(archives.example(), archives.example_site()))


@pytest.fixture
def page(browser: Browser, folder: Path) -> Iterator[Page]:
    context = browser.new_context(offline=True, viewport={"width": 1000, "height": 900})
    found = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    found.on("console", lambda message: said.append(message.text))
    found.on("pageerror", lambda error: said.append(str(error)))
    found.on("request", lambda request: asked.append(request.url))
    found.goto((folder / "search.html").as_uri())
    yield found
    assert said == []
    assert {url for url in asked if not url.startswith(folder.as_uri())} == set()
    context.close()


def search(page: Page, words: str) -> str:
    """Look for words; what is announced."""
    page.fill("#search_words", words)
    page.press("#search_words", "Enter")
    return page.inner_text("[role=status]")


def test_it_finds_marks_and_announces(page: Page) -> None:
    told = search(page, "lit Station")
    assert told == "1 place found for “lit Station”, newest year first."
    (link,) = page.query_selector_all("#search_results a")
    assert link.inner_text() == "2024-25, paragraph 10a: Achievements for 2024-25"
    assert [m.inner_text() for m in page.query_selector_all("mark")] == ["station", "lit"]
    link.click()
    page.wait_for_url("**/2024-25/ecsp-annual-review-2024-25.html#path")
    assert "was lit in November 2024" in page.inner_text("#path")
    page.go_back()
    assert page.input_value("#search_words") == "lit Station"
    page.wait_for_selector("#search_results a")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("zyzzyva", "Nothing found for “zyzzyva”."),
        ("a", "Type two letters or more."),
        ("  ", ""),
        ("residents' survey", "newest year first."),
        ("RESIDENTS’", "newest year first."),
        (".*", "Nothing found for “.*”."),
        ("<b>x</b>", "Nothing found for “<b>x</b>”."),
        ("idents", "Nothing found for “idents”."),
        ("3.18", "newest year first."),
    ],
)
def test_what_is_announced(page: Page, words: str, expected: str) -> None:
    assert expected in search(page, words)
    found = page.locator("#search_results li").count()
    assert bool(found) == ("newest" in expected)


def results(page: Page) -> list[str]:
    return page.locator("#search_results > li").all_inner_texts()


def test_a_heading_counts_as_words_of_its_paragraphs(page: Page) -> None:
    assert "newest year first." in search(page, "legal")
    found = results(page)
    assert len(found) >= 4
    assert all("legal" in each.casefold() for each in found)
    assert any("Implications: Legal" in each for each in found)
    heads = page.locator("#search_results a mark").all_inner_texts()
    assert set(heads) == {"Legal"}, "what was found in the heading is marked there"
    # One word of the heading and one of the text, which begins with its own first words.
    search(page, "legal duty")
    assert any("Implications: Legal" in each for each in results(page))
    search(page, "finance legal")
    assert not any("Implications: Legal" in each for each in results(page))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Arkwell", "Report of"),
        ("Title Safer Exampleton", "Title of Report"),
        ("portfolio holder", "Portfolio holder"),
        ("nerys.quillan@example.org", "e-mail"),
        ("01632 960127", "Telephone"),
    ],
)
def test_the_cover_and_the_contacts_are_searched(page: Page, words: str, found: str) -> None:
    search(page, words)
    assert any(found in each for each in results(page)), words


@pytest.mark.parametrize(
    ("one", "other"), [('"', '"'), ("“", "”"), ("'", "'"), ("‘", "’")], ids=list("\"“'‘")
)
def test_words_in_quotation_marks_are_found_as_they_follow_each_other(
    page: Page, one: str, other: str
) -> None:
    search(page, "station path")
    loose = results(page)
    assert "newest" in search(page, f"{one}the path from the station{other}")
    assert 0 < len(results(page)) <= len(loose)
    assert "the path from the station" in page.inner_text("#search_results mark").casefold()
    assert "Nothing found" in search(page, f"{one}station the path from{other}")
    assert "newest" in search(page, f"{one}legal{other}")
    assert "newest" in search(page, f"{one}the path"), "a mark that is not closed yet"


def test_it_searches_while_one_types_and_shows_more(page: Page) -> None:
    page.locator("#search_words").press_sequentially("the")
    page.wait_for_selector("[role=status]:not(:empty)")
    assert "The first 30 are shown." in page.inner_text("[role=status]")
    assert page.locator("#search_results > li").count() == 30
    page.click("#search_more")
    assert page.locator("#search_results > li").count() == 60
    assert page.evaluate(
        "document.activeElement.closest('li') === "
        "document.querySelectorAll('#search_results > li')[30]"
    )
    assert "60 of " in page.inner_text("[role=status]")
    labels = page.locator("#search_results a").all_inner_texts()
    years = [label[:7] for label in labels]
    assert years == sorted(years, reverse=True)
    search(page, "")
    assert page.locator("#search_results > li").count() == 0
    assert page.is_hidden("#search_more")


def test_words_in_the_address_are_looked_for(page: Page, folder: Path) -> None:
    page.goto("about:blank")
    page.goto((folder / "search.html").as_uri() + "#q=fraud")
    assert "found for “fraud”" in page.inner_text("[role=status]")


def test_it_works_with_the_keyboard_alone(page: Page) -> None:
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "search_words":
            break
    page.keyboard.type("fraud")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")  # the button
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#search_results') !== null")


def test_without_a_script_the_page_lists_all_headings(browser: Browser, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "search.html").as_uri())
    assert page.is_hidden("#search_form")
    assert "press Ctrl and F together" in page.inner_text("main")
    page.click("main >> text=Achievements for 2024-25")
    assert page.url.endswith("/2024-25/ecsp-annual-review-2024-25.html#centre")
    context.close()


def test_texts_are_put_in_as_texts(browser: Browser, tmp_path: Path) -> None:
    attack = "<img src=x onerror=\"document.title='taken'\"> harmless"
    found = archives.archive(
        [small_report(introduction={"heading": attack, "paragraphs": [attack]})]
    )
    archives.written(tmp_path, site_files(found, archives.TEMPLATES))
    page = browser.new_page()
    page.goto((tmp_path / "search.html").as_uri())
    assert search(page, "harmless").startswith("4 places found")  # all below that heading
    assert "onerror" in page.inner_text("#search_results")
    assert page.locator("img").count() == 0
    assert page.title().startswith("Search")
    page.close()


def test_no_page_scrolls_sideways_on_a_phone(browser: Browser, folder: Path) -> None:
    context = browser.new_context(offline=True, viewport={"width": 320, "height": 640})
    page = context.new_page()
    paths = [path for path in archives.example_site() if path.endswith(".html")]
    assert len(paths) == 17
    wide = {}
    for path in paths:
        page.goto((folder / path).as_uri())
        wide[path] = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
    assert {path: width for path, width in wide.items() if width} == {}
    page.goto((folder / "figures.html").as_uri())
    assert page.evaluate(
        "[...document.querySelectorAll('.wide')].some("
        "(table) => table.scrollWidth > table.clientWidth)"
    ), "tables scroll"
    context.close()
