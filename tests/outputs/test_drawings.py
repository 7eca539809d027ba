"""Drawings: charts are held back from the page; text is laid out whole, unless it is placed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from oscp_report.outputs import pdf as drawing
from oscp_report.outputs.drawings import HELD, Whole, hold_back
from oscp_report.outputs.pdf import Press
from oscp_report.outputs.renderer import PdfJob, Renderer

HEAD = "<!doctype html><html lang='en-GB'><title>T</title><body><h1>One</h1>"


@pytest.fixture(scope="module")
def renderer(checkout: Path) -> Iterator[Renderer]:
    with Renderer.start([checkout / "templates"]) as renderer:
        yield renderer


def shown(pdf: bytes) -> int:
    """How many runs of text are drawn, in pages and in the forms that they draw."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        (page,) = opened.pages
        forms: Any = page.Resources.get("/XObject")
        streams = [page] if forms is None else [page, *(form for _, form in forms.items())]
        return sum(len(pikepdf.parse_content_stream(each, "TJ Tj")) for each in streams)


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("<text x='5' y='20'>2018-19</text>", 1),
        ("<text x='90' y='20' text-anchor='end'>2018-19</text>", 1),
        ("<text y='20'>20<tspan x='50'>18</tspan></text>", 2),
        ("<text x='5 15 25' y='20'>abc</text>", 3),
        ("<text x='5' dy='1,2,3' y='20'>abc</text>", 3),
        ("<text y='20' rotate='10'>abc</text>", 3),
        ("<text y='20' textLength='90'>abc</text>", 3),
        ("<g letter-spacing='2'><text y='20'>abc</text></g>", 3),
    ],
)
def test_a_text_is_one_run(renderer: Renderer, text: str, runs: int) -> None:
    plain = renderer.render(PdfJob(HEAD)).pdf
    svg = f"<svg role='img' viewBox='0 0 100 30'><title>x</title>{text}</svg>"
    assert shown(renderer.render(PdfJob(HEAD + svg)).pdf) - shown(plain) == runs


def test_a_whole_text_is_a_text() -> None:
    assert (Whole("abc"), list(Whole("abc")), len(Whole("abc"))) == ("abc", ["abc"], 3)


def test_a_text_is_laid_out_once_for_all_the_drawings_of_a_document(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Drawn each time; one that looks otherwise is another."""
    from weasyprint.text import line_break

    press, laid_out, create = Press([]), list[str](), line_break.create_layout

    def counted(text: str, *rest: Any) -> Any:
        laid_out.append(text)
        return create(text, *rest)

    monkeypatch.setattr(line_break, "create_layout", counted)
    text = "<text y='20'>2018-19</text>"
    looks = "".join(
        f"<g {look}>{text}</g>"
        for look in ("font-weight='bold'", "font-size='9'", "direction='rtl'")
    )
    drawing = "<svg role='img' viewBox='0 0 100 30'><title>x</title>{}</svg>"
    page = HEAD + drawing.format(text * 3) + drawing.format(text + looks)
    for drawn in (1, 2):
        pdf = press.draw(page)[0]
        assert laid_out.count("2018-19") == 4 * drawn, "each document has its own fonts"
        assert shown(pdf) == shown(press.draw(HEAD)[0]) + 7


CHART = '<svg class="chart__drawing" role="img" viewBox="0 0 100 30"><title>x</title>{}</svg>'
BARS = (
    '<rect x="5" y="5" width="40" height="9" fill="#1d3c5a"/><text x="50" y="12">7 &amp; 8</text>'
)


def test_a_chart_is_no_part_of_its_page_and_is_drawn_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from weasyprint.css import StyleFor

    page = HEAD + "<p>Before" + CHART.format(BARS) + "<p>After" + CHART.format(BARS * 2)
    assert hold_back(page).count(HELD) == 2
    styled, style = list[str](), StyleFor.set_computed_styles

    def watched(self: Any, element: Any, *how: Any, **more: Any) -> None:
        styled.append(getattr(element, "tag", ""))
        style(self, element, *how, **more)

    monkeypatch.setattr(StyleFor, "set_computed_styles", watched)
    press = Press([])
    held = press.draw(page)[0]
    assert [tag for tag in styled if tag.endswith("}svg")]
    assert [tag for tag in styled if tag.endswith(("}rect", "}text"))] == []
    monkeypatch.setattr(drawing, "hold_back", lambda page: page)
    assert press.draw(page)[0] == held
    assert [tag for tag in styled if tag.endswith(("}rect", "}text"))]


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("<svg role='img' viewBox='0 0 9 9'><title>x</title></svg>", id="another"),
        pytest.param(CHART.format("<text y='9'>one&nbsp;two</text>"), id="no XML"),
        pytest.param(CHART.format("<svg><text y='9'>in</text></svg>"), id="one in another"),
    ],
)
def test_what_is_no_chart_of_ours_stays_in_the_page(page: str) -> None:
    assert hold_back(page) == page
    assert Press([]).draw(HEAD + page)[2] == []
