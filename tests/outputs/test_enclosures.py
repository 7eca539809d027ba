"""What a PDF is to carry: on its way to the renderer, and where drawing goes wrong meanwhile."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscp_report.outputs.renderer import PdfJob, Renderer, RenderError
from oscp_report.provenance.enclosure import About, Enclosed, Enclosure
from oscp_report.provenance.extracting import extract

ABOUT = About(
    author="Us & them <us>",
    subject="A report",
    keywords=("safe", "together"),
    program="oscp-report 1",
    identifier="sha256:0",
)
HEAD = "<!doctype html><html lang='en-GB'><title>T</title>"


def enclosed(name: str, data: bytes) -> Enclosed:
    return Enclosed(
        name=name,
        data=data,
        kind="text/csv",
        relationship="Data",
        description="Figures",
        day="2019-04-01",
    )


@given(st.builds(About))
def test_it_arrives_as_it_was_sent(sent: About) -> None:
    assert About.from_header(json.loads(json.dumps(asdict(sent)))) == sent


@pytest.fixture(scope="module")
def renderer(checkout: Path) -> Iterator[Renderer]:
    with Renderer.start([checkout / "templates"]) as renderer:
        yield renderer


def test_each_job_has_its_own_even_after_one_that_failed(renderer: Renderer) -> None:
    def job(body: str, data: bytes) -> PdfJob:
        carried = Enclosure(ABOUT, (enclosed("a.csv", data),))
        return PdfJob(f"{HEAD}<body>{body}", enclose=lambda: carried)

    assert extract(renderer.render(job("<p>One", b"1")).pdf) == {"a.csv": b"1"}
    for body in ("<img alt='x' src='no-such.png'>", "<a href='x'>y</a>"):
        with pytest.raises(RenderError):
            renderer.render(job(body, b"lost"))
    assert extract(renderer.render(PdfJob(f"{HEAD}<p>Two")).pdf) == {}
    assert extract(renderer.render(job("<p>Three", b"3")).pdf) == {"a.csv": b"3"}


def test_what_it_says_of_itself_is_escaped(renderer: Renderer) -> None:
    job = PdfJob(f"{HEAD}<p>One", enclose=lambda: Enclosure(ABOUT, ()))
    with pikepdf.open(io.BytesIO(renderer.render(job).pdf)) as pdf:
        assert str(pdf.docinfo.Author) == ABOUT.author
        assert b"<rdf:li>Us &amp; them &lt;us&gt;</rdf:li>" in pdf.Root.Metadata.read_bytes()
        assert b"dc:date" not in pdf.Root.Metadata.read_bytes()


def test_two_files_of_one_name_are_a_fault(renderer: Renderer) -> None:
    files = (enclosed("a.csv", b"1"), enclosed("a.csv", b"2"))
    with pytest.raises(RenderError, match="attach a file named `a"):
        renderer.render(PdfJob(f"{HEAD}<p>One", enclose=lambda: Enclosure(ABOUT, files)))
