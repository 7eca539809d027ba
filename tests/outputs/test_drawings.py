"""The text in drawings: laid out whole, unless the drawing places its letters."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from oscp_report.outputs.drawings import Whole
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
