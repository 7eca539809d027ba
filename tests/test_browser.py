"""The built page in a browser: narrow and wide, light and dark, on paper, and with a wide table.

The pages stand in frames of the width in question, each with a script at its end that measures it
and tells the page around it. Chromium prints that page, which keeps what it hears as its title.
A frame of 320 px is also what a window of 1280 px shows at 400 % (WCAG 2.2, 1.4.10).
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable, Mapping
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Desk

Program = Callable[[str], str]

WIDTHS = (320, 1280)
ALONE = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync"
    " --disable-background-networking --disable-component-update --disable-dev-shm-usage"
).split()

MEASURE = r"""
<script>
addEventListener('load', () => {
  const style = (element) => getComputedStyle(element);
  const colour = (text) => text.match(/[\d.]+/g).map(Number);
  const light = (rgb) => {  // relative luminance, WCAG 2.2
    const [r, g, b] = rgb.map((v) => v / 255).map(
      (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (; element; element = element.parentElement) {
      const [r, g, b, alpha = 1] = colour(style(element).backgroundColor);
      if (alpha === 1) return [r, g, b];
      if (alpha > 0) return [NaN, NaN, NaN];  // seen through: not reckoned with here
    }
    return [255, 255, 255];
  };
  const contrast = (element) => {
    const [r, g, b, alpha = 1] = colour(style(element).color);
    const pair = [light([r, g, b]), light(behind(element))].sort((one, two) => two - one);
    return alpha === 1 ? (pair[0] + 0.05) / (pair[1] + 0.05) : NaN;
  };
  const texts = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (walker.currentNode.data.trim() && element.checkVisibility()) texts.add(element);
  }
  const faint = [...texts].map((element) => [contrast(element), element.outerHTML.slice(0, 90)]);
  const root = document.documentElement;
  parent.postMessage({
    name: window.name,
    width: innerWidth,
    shown: root.clientWidth,
    needed: root.scrollWidth,
    page: style(root).backgroundColor,
    texts: texts.size,
    faint: faint.filter(([ratio]) => !(ratio >= 4.5)),
    numbers: [...document.querySelectorAll('.paragraphs--1')].flatMap(
      (list) => [...list.children].map((item, index) => list.start + index)),
    marks: [...document.querySelectorAll('ol ol')].map((list) => style(list).listStyleType),
    scrolling: [...document.querySelectorAll('main *')].filter((element) =>
      element.scrollWidth > element.clientWidth && style(element).overflowX === 'auto').length,
    fetched: performance.getEntriesByType('resource').map((entry) => entry.name),
  }, '*');
});
</script>
"""
AROUND = """<!doctype html><title>Frames</title><script>
const heard = [];
addEventListener('message', (message) => {{
  heard.push(message.data);
  document.title = JSON.stringify(heard);
}});
</script>{frames}"""
FRAME = '<iframe name="{name} {width}" src="{name}.html" width="{width}" height="800"></iframe>'


def chromium(program: Program, folder: Path, page: Path, *arguments: str) -> str:
    profile = folder / "profile"
    done = subprocess.run(
        [program("chromium"), *ALONE, f"--user-data-dir={profile}", *arguments, page.as_uri()],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "HOME": str(folder)},
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def measure(
    program: Program, folder: Path, pages: Mapping[str, str], *arguments: str
) -> dict[str, Any]:
    """What the script says of each page at each width, by ``name width``."""
    folder.mkdir()
    for name, page in pages.items():
        assert page.count("</body>") == 1
        # Its own policy would let neither the script run nor the faulty pages of these tests fetch.
        open_page = re.sub('<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
        measured = open_page.replace("</body>", MEASURE + "</body>")
        (folder / f"{name}.html").write_text(measured, "utf-8")
    names = [(name, width) for name in pages for width in WIDTHS]
    frames = "".join(FRAME.format(name=name, width=width) for name, width in names)
    around = folder / "around.html"
    around.write_text(AROUND.format(frames=frames), "utf-8")
    window = ("--window-size=1400,900", "--virtual-time-budget=5000", "--dump-dom")
    dom = chromium(program, folder, around, *window, *arguments)
    found = re.search("<title>(.*?)</title>", dom)
    assert found, dom
    heard = {said["name"]: said for said in json.loads(unescape(found[1]))}
    assert sorted(heard) == sorted(f"{name} {width}" for name, width in names)
    return heard


COLUMNS = " | ".join(f"Neighbourhood{number}" for number in range(12))
TABLE = f"""|
      This has a table.

      | {COLUMNS} |
      |{"---|" * 12}
      | {COLUMNS} |
"""
LINK = f"<https://example.org/{'never-ending' * 3}?{'neverending' * 9}>"


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory, make_desk: Callable[[Path], Desk]) -> Desk:
    """A report with tables wider than any phone, and with words longer than a line."""
    desk = make_desk(tmp_path_factory.mktemp("wide") / "desk")
    desk.replace("status: final", "status: draft")
    desk.replace("- The plan is in {para:plan}.\n", f"- {TABLE}")
    desk.replace("Recommendation: That Council note the report\n", f"Recommendation: {TABLE}")
    desk.replace("met every month.", f"met at {LINK}.")
    desk.replace("Purpose: To report on the year", f"Purpose: See {LINK}")
    desk.replace("01632 960123", "community.safety.partnership.officer@merrow-council.example.org")
    desk.replace("heading: Achievements", f"heading: {'Achievements' * 9}")
    desk.build("--format", "html")
    return desk


@pytest.fixture(scope="module")
def pages(published: Desk, built_once: Desk, wide: Desk) -> dict[str, str]:
    return {"draft": published.html(), "final": built_once.html(), "wide": wide.html()}


@pytest.fixture(scope="module")
def light(
    program: Program, tmp_path_factory: pytest.TempPathFactory, pages: dict[str, str]
) -> dict[str, Any]:
    return measure(program, tmp_path_factory.mktemp("browser") / "light", pages)


@pytest.fixture(scope="module")
def dark(
    program: Program, tmp_path_factory: pytest.TempPathFactory, pages: dict[str, str]
) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("browser") / "dark"
    return measure(program, folder, pages, "--force-dark-mode")


def test_no_page_scrolls_sideways(light: dict[str, Any]) -> None:
    found = {name: (said["needed"], said["shown"]) for name, said in light.items()}
    assert len(found) == 6
    assert {name: pair for name, pair in found.items() if pair[0] > pair[1]} == {}
    assert [said["width"] for said in light.values()].count(320) == 3
    assert light["wide 320"]["scrolling"], "a wide table has to scroll by itself"


def test_every_text_can_be_read_in_the_light_and_in_the_dark(
    light: dict[str, Any], dark: dict[str, Any]
) -> None:
    for heard in (light, dark):
        assert {name: said["faint"] for name, said in heard.items() if said["faint"]} == {}
        assert heard["draft 1280"]["texts"] > 60
    assert light["draft 320"]["page"] == "rgb(255, 255, 255)"
    (r, g, b) = map(int, re.findall(r"\d+", dark["draft 320"]["page"]))
    assert max(r, g, b) < 50


def test_the_paragraphs_are_numbered_as_published(light: dict[str, Any]) -> None:
    said = light["draft 1280"]
    assert said["numbers"] == list(range(1, 12))
    assert set(said["marks"]) == {"lower-alpha", "lower-roman"}


def test_a_page_asks_for_no_other_file(
    program: Program, tmp_path: Path, light: dict[str, Any], pages: dict[str, str]
) -> None:
    assert {name: said["fetched"] for name, said in light.items() if said["fetched"]} == {}
    picture = '<img src="http://127.0.0.1:9/map.png" alt="A map">'
    asking = pages["final"].replace("</main>", f"{picture}</main>")
    (fetched,) = measure(program, tmp_path / "asking", {"final": asking})["final 320"]["fetched"]
    assert fetched.endswith("/map.png"), "the measure is blind"


def test_a_print_of_the_page_is_the_report_alone(
    program: Program, tmp_path: Path, published: Desk
) -> None:
    (page,) = published.folder.glob("*.html")
    paper = tmp_path / "paper.pdf"
    to_paper = (f"--print-to-pdf={paper}", "--no-pdf-header-footer")
    chromium(program, tmp_path, page, *to_paper)
    command = [program("pdftotext"), "-layout", str(paper), "-"]
    text = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    html = published.html()
    for screen_only in ("Skip to the report", "Annual Review 2018-19, to Oxford City Council"):
        assert screen_only in html
        assert screen_only not in text
    assert not re.search(r"(?m)^\s*Contents$", text)
    assert re.search(r"(?m)^\s*Summary and recommendations$", text)
    numbers = [int(number) for number in re.findall(r"(?m)^ {0,8}(\d+)\. ", text)]
    assert numbers == list(range(1, 12))
