"""The site on paper and on a phone: what stays together, and what is not broken."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.page import parsed
from tests.publishing import archives

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BROKEN_YEARS = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (const match of node.data.matchAll(/[0-9]{4}-[0-9]{2}/g)) {
      const range = document.createRange();
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
      if (lines.size > 1) found.push(node.data.trim());
    }
  }
  return found;
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("the site")
    return archives.written(place, archives.whole(archives.example(), archives.example_site()))


@pytest.fixture(scope="module")
def on_paper(
    browser: Browser, folder: Path, program: Callable[[str], str]
) -> Callable[[str], list[list[str]]]:
    """The lines of each page of paper that a web page is printed on."""
    pdftotext = program("pdftotext")

    def printed(name: str) -> list[list[str]]:
        page = browser.new_page()
        page.goto((folder / name).as_uri())
        path = folder.with_name("printed.pdf")
        page.pdf(path=str(path), prefer_css_page_size=True)
        page.close()
        done = subprocess.run(
            [pdftotext, "-layout", str(path), "-"], capture_output=True, check=True
        )
        sheets = done.stdout.decode().split("\f")[:-1]
        return [[" ".join(each.split()) for each in sheet.splitlines() if each] for sheet in sheets]

    return printed


def element(page: Any, tag: str, name: str) -> list[Any]:
    return [each for each in page.iter(tag) if name in each.attrib.get("class", "").split()]


def words(each: Any) -> str:
    return " ".join("".join(each.itertext()).split())


def test_a_figure_stays_on_one_sheet(on_paper: Callable[[str], list[list[str]]]) -> None:
    sheets = [" ".join(lines) for lines in on_paper("figures.html")]
    page = parsed(archives.example_site()["figures.html"].decode())
    figures = element(page, "section", "figure")
    assert len(sheets) > 5
    assert len(figures) > 15
    for figure in figures:
        heading, caption = (words(next(figure.iter(tag))) for tag in ("h2", "caption"))
        sources = [words(each) for each in element(figure, "p", "figure__source")]
        said = [heading, caption, *sources]
        assert any(all(each in sheet for each in said) for sheet in sheets), heading
    assert not any(sheet.startswith("Source") for sheet in sheets)


def test_a_year_of_the_front_page_stays_on_one_sheet(
    on_paper: Callable[[str], list[list[str]]],
) -> None:
    sheets = [" ".join(lines) for lines in on_paper("index.html")]
    page = parsed(archives.example_site()["index.html"].decode())
    cards = element(page, "section", "year-card")
    assert len(sheets) > 2
    assert len(cards) == 6
    for card in cards:
        title = words(next(card.iter("p"))).partition(".")[0]
        (*_, last) = (words(each) for each in card.iter("div"))
        assert any(title in sheet and last in sheet for sheet in sheets), title


def test_the_list_of_priorities_does_not_run_together(
    on_paper: Callable[[str], list[list[str]]],
) -> None:
    lines = [line for sheet in on_paper("priorities.html") for line in sheet]
    own = "safer for women and girls"
    after = [lines[place + 1] for place, line in enumerate(lines) if line.endswith(own)]
    assert after == ["Announced for 2025-26."] * 2, "in the list, and below its own heading"


@pytest.mark.parametrize("name", ["404.html", "index.html", "figures.html"])
def test_links_within_the_site_look_alike_on_paper(
    browser: Browser, folder: Path, name: str
) -> None:
    page = browser.new_page()
    page.goto((folder / name).as_uri())
    page.emulate_media(media="print")
    found = page.eval_on_selector_all(
        "main a", "links => links.map((link) => getComputedStyle(link).textDecorationLine)"
    )
    page.close()
    assert set(found) == {"none"}


def test_no_year_is_broken_on_a_phone(browser: Browser, folder: Path) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640})
    found = {}
    site: Mapping[str, bytes] = archives.example_site()
    for name in (path for path in site if path.endswith(".html")):
        page.goto((folder / name).as_uri())
        found[name] = page.evaluate(BROKEN_YEARS)
    page.close()
    assert [f"{name}: {each}" for name, broken in found.items() for each in broken] == []
