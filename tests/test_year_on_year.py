"""Several years in print: the appendix in the built page and PDF, looked at as a reader does."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image, ImageStat

from tests import years
from tests.drawn import bars_of
from tests.page import parsed
from tests.test_browser import chromium, measure

if TYPE_CHECKING:
    from tests.conftest import Desk

Program = Callable[[str], str]
Grey = Callable[[str, Path], Image.Image]

MORE = """\
answers: yes
corrections:
  - {date: 3 August 2020, what: The number of needles was 6810, why: Digits were transposed}
"""
HEAD = "Appendix 1: Figures, year on year Shorthand: [b] break in the series;"
SCALE = 2  # pixels to a unit of the drawing


@pytest.fixture(scope="module")
def six(tmp_path_factory: pytest.TempPathFactory, checkout: Path) -> Desk:
    """The last of six invented years, built as a draft."""
    from tests.conftest import Desk

    desk = Desk(tmp_path_factory.mktemp("years") / "desk", checkout, years.THIS)
    (desk.root / "data").mkdir(parents=True)
    (desk.root / "data" / "partnership.yaml").write_text(years.PARTNERSHIP, "utf-8")
    for year in years.YEARS:
        more = MORE if year == years.THIS else ""
        path = desk.root / "data" / f"{year}.yaml"
        path.write_text(years.text_of(year, more=more), "utf-8")
    desk.build()
    return desk


def words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def drawings(page: str) -> list[tuple[str, Any]]:
    """The charts of a page, as they stand in it and as parsed."""
    found = re.findall("<svg.*?</svg>", page, re.DOTALL)
    assert len(found) == 9
    parts = [parsed(text).find("body")[0] for text in found]
    for part in parts:
        for element in part.iter():
            element.tag = element.tag.rpartition("}")[2]
    return list(zip(found, parts, strict=True))


def text_of(pdf: Path, program: Program) -> list[str]:
    """The text of each page, on one line."""
    command = [program("pdftotext"), "-raw", str(pdf), "-"]
    text = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    return [" ".join(page.split()) for page in text.split("\f")[:-1]]


def pages_of(desk: Desk, program: Program) -> list[str]:
    (pdf,) = desk.folder.glob("*.pdf")
    return text_of(pdf, program)


def test_the_appendix_has_a_page_of_its_own(six: Desk, program: Program) -> None:
    pages = pages_of(six, program)
    (page,) = (page for page in pages if HEAD in page)
    assert page.startswith(HEAD)


def test_a_chart_stays_with_its_heading_and_its_finding(
    six: Desk, program: Program, tmp_path: Path
) -> None:
    """Wherever on a page it falls."""
    from oscp_report.outputs.pdf import Press

    press = Press([])
    charts = parsed(six.html()).findall(".//div[@class='chart']")
    first = '<div class="chart">'
    for lines in (0, 4, 8, 12, 16):
        above = f"<p>{'Above<br>' * lines}</p>"
        data, _, _ = press.draw(six.html().replace(first, above + first, 1))
        (tmp_path / "moved.pdf").write_bytes(data)
        pages = text_of(tmp_path / "moved.pdf", program)
        for chart in charts:
            texts = [words(element) for element in chart.iter() if element.tag.endswith("}text")]
            heading, finding = words(chart.find("h3")), words(chart.find("p"))
            (page,) = (page for page in pages if finding in page)
            assert f"{heading} {finding}" in page, lines
            assert all(text in page[page.index(finding) :] for text in texts), (lines, finding)


def test_what_a_screen_reader_says_of_a_chart(six: Desk) -> None:
    titles = [words(chart.find("title")) for _, chart in drawings(six.html())]
    with six.pdf() as pdf:
        said = list(alternatives(pdf.Root.StructTreeRoot))
    assert said == titles
    assert len(set(said)) == len(said)


def alternatives(node: Any) -> Any:
    """The alternative texts of the figures below a node of the structure tree, in order."""
    import pikepdf

    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from alternatives(kid)
    elif isinstance(node, pikepdf.Dictionary):
        if node.get("/S") == "/Figure":
            yield str(node["/Alt"])
        elif "/K" in node:
            yield from alternatives(node.K)


def test_the_notice_and_the_answers_are_in_the_pdf_in_their_order(
    six: Desk, program: Program
) -> None:
    text = " ".join(pages_of(six, program))
    parts = [
        "Draft: this report is not final",
        "Correction, 3 August 2020: The number of needles was 6810. Digits were transposed.",
        "Safer together",
        "We said, we did What we said in 2018-19 that we would do",
        "Tackling drugs by: • work with schools • support for users Paragraph 3",
        "Tackling slavery This report does not answer it.",
        "Achievements 2. Burglary was reduced.",
        HEAD,
    ]
    places = [text.find(part) for part in parts]
    assert -1 not in places, dict(zip(parts, places, strict=True))
    assert places == sorted(places)


def luminance(grey: float) -> float:
    value = grey / 255
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def contrast(one: float, other: float) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def in_a_browser(program: Program, styles: str, *arguments: str) -> Grey:
    def take(svg: str, folder: Path) -> Image.Image:
        page = folder / "chart.html"
        around = "body { margin: 0 } .chart__drawing { width: 600px; max-width: none; margin: 0 }"
        page.write_text(f"<!doctype html>{styles}<style>{around}</style>{svg}", "utf-8")
        shot = folder / "chart.png"
        chromium(
            program, folder, page, f"--screenshot={shot}", "--window-size=600,700",
            "--hide-scrollbars", *arguments,
        )  # fmt: skip
        return Image.open(shot).convert("L")

    return take


def on_paper(program: Program) -> Grey:
    def take(svg: str, folder: Path) -> Image.Image:
        from oscp_report.outputs.pdf import Press

        css = "@page { size: 600px 700px; margin: 0 } body { margin: 0 } svg { width: 600px }"
        head = f"<!doctype html><html lang=en-GB><title>Chart</title><style>{css}</style>"
        data, _, warnings = Press([]).draw(head + svg)
        assert warnings == []
        (folder / "chart.pdf").write_bytes(data)
        command = [program("pdftoppm"), "-gray", "-r", "96", "chart.pdf", "chart"]
        subprocess.run(command, cwd=folder, check=True)
        (picture,) = folder.glob("chart*.pgm")
        return Image.open(picture).convert("L")

    return take


@pytest.mark.parametrize("medium", ["light", "dark", "paper"])
@pytest.mark.parametrize("name", ["Burglaries", "Grant"])
def test_bars_are_told_apart_without_colour(
    program: Program, tmp_path: Path, six: Desk, medium: str, name: str
) -> None:
    styles = "".join(re.findall("<style.*?</style>", six.html(), re.DOTALL))
    dark = ("--force-dark-mode",) if medium == "dark" else ()
    take = on_paper(program) if medium == "paper" else in_a_browser(program, styles, *dark)
    svg, chart = next(pair for pair in drawings(six.html()) if name in words(pair[1].find("title")))
    picture = take(svg, tmp_path)
    behind = picture.getpixel((599, 1))
    assert isinstance(behind, int)
    assert (behind < 60) == (medium == "dark")
    seen = {}
    for bar in bars_of(chart):
        kind = bar.kind
        x, y, width, height = (float(n) * SCALE for n in (bar.x, bar.y, bar.width, bar.height))
        inside = (int(x) + 4, int(y) + 4, int(x + width) - 4, int(y + height) - 4)
        stat = ImageStat.Stat(picture.crop(inside))
        seen[kind] = stat.mean[0]
        if kind == "provisional":
            assert stat.stddev[0] > 40, "not hatched"
        else:
            assert stat.stddev[0] < 3, "not a plain bar"
            assert contrast(stat.mean[0], behind) >= 3
    assert len(seen) == 2
    if "this" in seen:
        assert contrast(seen["this"], seen["earlier"]) >= 3


def test_every_bar_has_its_year_and_its_value_beside_it(six: Desk) -> None:
    for _, chart in drawings(six.html()):
        texts = [text for text in chart.iter("text") if text.get("class") is None]
        for bar in bars_of(chart):
            top, bottom = bar.y, bar.y + bar.height
            beside = [text for text in texts if top < Decimal(text.get("y")) <= bottom]
            year, label = sorted(beside, key=lambda text: Decimal(text.get("x", "0")))
            assert words(year) in years.YEARS
            end = bar.x + bar.width
            assert 0 < Decimal(label.get("x")) - end <= 6 or "−" in words(label)


def test_the_page_fits_a_phone_and_can_be_read_in_the_light_and_in_the_dark(
    program: Program, tmp_path: Path, six: Desk
) -> None:
    for name, arguments in (("light", ()), ("dark", ("--force-dark-mode",))):
        said = measure(program, tmp_path / name, {"six": six.html()}, *arguments)
        for found in said.values():
            assert found["needed"] <= found["shown"]
            assert found["faint"] == []
            assert found["fetched"] == []
        assert said["six 320"]["scrolling"] == 2, "the two wide tables scroll by themselves"
