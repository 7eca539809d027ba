"""Every web page that the product makes, before axe-core, html-validate and the W3C's checker.

axe-core runs in Chromium in four contexts: 1280 px, 320 px, dark, and forced colours with reduced
motion. It sees little more than half of what can be wrong (Deque's own study); the README lists
what a person must look at.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.html.tools import HERE, modules

if TYPE_CHECKING:
    from tests.conftest import Desk

pytestmark = pytest.mark.timeout(180)  # npm, Chromium and Java, on a machine that does more besides

FAULTY = """\
<!DOCTYPE html>
<html>
<head><meta charset="utf-8"><title>Faulty</title>
<meta http-equiv="Content-Security-Policy" content="style-src 'none'"></head>
<body><main><h1>Faulty</h1><img src="picture.png"><p style="width: 9px">Text</p>
<p>{"long" * 40}</p><p><font color="#aaaaaa">Faint</font></p></main></body>
</html>
""".replace('{"long" * 40}', "long" * 40)

# What the tools cannot decide, each with what decides it instead.
UNDECIDED = {
    "color-contrast": "axe does not say what is behind a text that scrolls, or a single letter; "
    "contrast.mjs reckons every text's contrast from the styles, and is held to 4.5:1 below",
}
UNFOUNDED = {
    "Inline style violates Content Security Policy": "the W3C's checker reckons no hashes; "
    "Chromium does, and would complain of a style element that the policy does not allow",
    "Inline script violates Content Security Policy": "likewise, of the search's script",
    "Resource violates Content Security Policy (meta tag): external script": "likewise, "
    "of the file beside the page",
}


@pytest.fixture(scope="module")
def pages(
    tmp_path_factory: pytest.TempPathFactory,
    checkout: Path,
    make_desk: Callable[[Path], Desk],
    published: Desk,
    example_built: Desk,
    site_built: Desk,
) -> dict[str, Path]:
    """Each page by a name: a draft, 2018-19, the example's six years, a difference, its site's.

    The last year's is without a PDF.
    """
    modules()
    folder = tmp_path_factory.mktemp("pages")
    (draft,) = published.folder.glob("*.html")
    desk = make_desk(folder / "desk")
    shutil.rmtree(desk.root / "data")
    shutil.copytree(checkout / "data", desk.root / "data")
    assert desk.run("build", "2018-19").returncode == 0
    alone = ("--format", "html", "--output", str(folder))
    assert example_built.run("build", "2024-25", *alone).returncode == 0
    difference = folder / "difference.html"
    told = example_built.run("diff", "2023-24", "2024-25", "--format", "html")
    difference.write_text(told.stdout, "utf-8")
    places = (example_built.build_folder, desk.build_folder, folder)  # the last one without a PDF
    found = {path.parent.name: path for place in places for path in place.glob("*-*/*.html")}
    assert len(found) == 7
    site = site_built.build_folder / "site"
    generated = [path for path in site.rglob("*.html") if not path.name.startswith("ecsp-")]
    assert len(generated) == 17
    of_site = {f"site/{path.relative_to(site).as_posix()}": path for path in generated}
    return {"draft": draft, **found, "difference": difference, **of_site}


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with one of each fault, to see that the tools are not blind."""
    path = tmp_path_factory.mktemp("faulty") / "faulty.html"
    path.write_text(FAULTY, "utf-8")
    return path


def run(*command: str | Path) -> str:
    """What a tool prints; what it exits with only repeats that."""
    done = subprocess.run(
        [*map(str, command)], capture_output=True, encoding="utf-8", timeout=170, check=False
    )
    assert done.returncode in (0, 1), done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout or done.stderr


@pytest.fixture(scope="module")
def looks(
    program: Callable[[str], str], pages: Mapping[str, Path], faulty: Path
) -> dict[tuple[str, str], dict[str, Any]]:
    """What axe-core found and the browser did, by the page's name and the context's."""
    names = {str(path): name for name, path in {**pages, "faulty": faulty}.items()}
    out = run("node", HERE / "axe.mjs", modules(), program("chromium"), *names)
    told = [json.loads(line) for line in out.splitlines()]
    found = {(names[look["file"]], look["context"]): look for look in told}
    assert len(found) == len(told) == len(names) * 4
    return found


def of_pages(
    looks: Mapping[tuple[str, str], dict[str, Any]],
) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    return ((key, look) for key, look in looks.items() if key[0] != "faulty")


def test_axe_finds_nothing(looks: dict[tuple[str, str], dict[str, Any]]) -> None:
    for key, look in of_pages(looks):
        assert look["violations"] == [], key
        assert [each for each in look["incomplete"] if each["rule"] not in UNDECIDED] == [], key
        assert look["passes"] > 12, key
    assert {each["rule"] for each in looks["faulty", "wide"]["violations"]} >= {
        "html-has-lang", "image-alt",
    }  # fmt: skip


def test_every_text_can_be_read(looks: dict[tuple[str, str], dict[str, Any]]) -> None:
    for key, look in of_pages(looks):
        assert look["texts"] > 15, key
        if key[1] != "forced":  # there the colours are the reader's own
            assert look["faint"] == [], key
    assert [html for _, html in looks["faulty", "wide"]["faint"]] == [
        '<font color="#aaaaaa">Faint</font>'
    ]


def test_no_page_scrolls_sideways_or_asks_for_anything(
    looks: dict[tuple[str, str], dict[str, Any]],
) -> None:
    for key, look in of_pages(looks):
        asked = [address.rpartition("/")[2] for address in look["requests"]]
        own = ["search-index.js"] if key[0] == "site/search.html" else []
        assert (look["overflow"], asked, look["complaints"]) == (0, own, []), key
    blemished = looks["faulty", "narrow"]
    assert blemished["overflow"] > 0
    assert [address.rpartition("/")[2] for address in blemished["requests"]] == ["picture.png"]
    assert any("style" in complaint for complaint in blemished["complaints"])


def test_a_screen_reader_hears_the_numbers_of_the_paragraphs(
    looks: dict[tuple[str, str], dict[str, Any]],
) -> None:
    spoken = looks["2018-19", "wide"]["spoken"]
    assert [mark for mark in spoken if mark[0].isdigit()] == [f"{n}." for n in range(1, 12)]
    assert {mark for mark in spoken if not mark[0].isdigit()} == {
        *(f"{letter}." for letter in "abcdef"), "i.", "ii.", "iii.", "iv.", "v.",
    }  # fmt: skip


def test_html_validate_finds_no_error(pages: Mapping[str, Path], faulty: Path) -> None:
    tool = modules() / "html-validate" / "bin" / "html-validate.mjs"
    out = run("node", tool, "--formatter", "json", *pages.values(), faulty)
    found = {Path(file["filePath"]): file["messages"] for file in json.loads(out)}
    assert found.pop(faulty)
    assert {path: said for path, said in found.items() if said} == {}


def test_the_w3c_s_checker_finds_no_error(pages: Mapping[str, Path], faulty: Path) -> None:
    jar = modules() / "vnu-jar" / "build" / "dist" / "vnu.jar"
    java = ("java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss8m", "-jar", jar)
    out = run(*java, "--format", "json", *pages.values(), faulty)
    said = [
        (Path(message["url"]).name, message.get("lastLine"), message["message"])
        for message in json.loads(out)["messages"]
        if not message["message"].startswith(tuple(UNFOUNDED))
    ]
    assert {name for name, _, _ in said} == {"faulty.html"}, said


def test_the_page_leads_to_its_pdf(pages: Mapping[str, Path]) -> None:
    page = pages["2018-19"].read_text("utf-8")
    (pdf,) = pages["2018-19"].parent.glob("*.pdf")
    found = re.search('<a href="([^"]*)" type="application/pdf">(.*?)</a>', page)
    assert found
    assert found[1] == pdf.name
    size = f"{round(pdf.stat().st_size / 1000)} KB"
    assert re.sub("<[^>]*>", "", found[2]) == f"This report as a PDF (5 pages, {size})"
    assert ".pdf" not in pages["2024-25"].read_text("utf-8"), "built without one"
