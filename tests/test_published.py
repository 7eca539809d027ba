"""The report for 2018-19, built, is the published report: its words, its order, its numbers."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from oscp_report.document.rendering import render_report
from oscp_report.document.views import view_report
from oscp_report.model import Partnership, Report, Row, Text
from oscp_report.outputs.renderer import PdfJob, Renderer, RenderError
from oscp_report.printed import paragraphs_of, sections_of
from oscp_report.reading.loading import load_partnership, load_report
from oscp_report.year import Year
from tests.fidelity import WORDS, differences, published, words, words_of_html, words_of_pdf


@pytest.fixture(scope="module")
def real(checkout: Path) -> tuple[Report, Partnership]:
    year, about = "data/2018-19.yaml", "data/partnership.yaml"
    report = load_report((checkout / year).read_bytes(), year, Year(2018))
    partnership = load_partnership((checkout / about).read_bytes(), about)
    assert (report.diagnostics, partnership.diagnostics) == ((), ())
    assert report.value is not None
    assert partnership.value is not None
    return report.value, partnership.value


Render = Callable[[Report], str]


@pytest.fixture(scope="module")
def render(real: tuple[Report, Partnership], checkout: Path) -> Render:
    return lambda report: render_report(view_report(report, real[1]), [checkout / "templates"])


def test_the_page_says_what_was_published(real: tuple[Report, Partnership], render: Render) -> None:
    built = words_of_html(render(real[0]))
    assert differences(published(), built) == []
    assert len(built) == WORDS


def test_the_pdf_says_what_was_published(
    real: tuple[Report, Partnership],
    render: Render,
    checkout: Path,
    program: Callable[[str], str],
    tmp_path: Path,
) -> None:
    pdftotext, path = program("pdftotext"), tmp_path / "report.pdf"
    job = PdfJob(render(real[0]), first_page=real[0].first_page)
    try:
        with Renderer.start([checkout / "templates"]) as renderer:
            result = renderer.render(job)
    except RenderError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"no PDF can be drawn here: {error}")
    path.write_bytes(result.pdf)
    built = words_of_pdf(path, pdftotext)
    assert differences(published(), built) == []
    assert len(built) == WORDS


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("7,292", "7,229"),
        ("communities’ feelings", "community’s feelings"),
        ("attended 833 locations", "attended locations"),
        ("Key decision:", "Key decision"),
        ("hospitable - environment", "hospitable environment"),
        ('start="4"', 'start="5"'),
        ("<h2", "<p>more</p><h2"),
    ],
)
def test_a_difference_is_seen(
    real: tuple[Report, Partnership], render: Render, old: str, new: str
) -> None:
    page = render(real[0])
    main = page.index("<main")
    assert old in page[main:]
    changed = page[:main] + page[main:].replace(old, new)
    assert differences(published(), words_of_html(changed))


def texts_of(report: Report) -> Iterator[Text]:
    """Everything that a year's file prints."""
    rows: list[Row] = [*report.cover, *report.summary, *(r for c in report.contacts for r in c)]
    for row in rows:
        yield row.label
        yield from (each.text for each in row.value.walk())
    yield from (section.heading for section in sections_of(report))
    yield from (paragraph.text for paragraph in paragraphs_of(report))
    for rest in (report.appendices, report.background_papers):
        assert isinstance(rest, Text), "texts of another kind are looked at here too"
        yield rest


TYPED_NUMBERS = {
    "22": "the day of the meeting",
    "2019": "the year of the meeting",
    "2018-19": "the year reported on",
    "2019-20": "the year after",
    "1998": "when the partnership was set up, and in the name of an Act",
    "2018": "when something happened",
    "4P's": "a name",
    "01865": "a telephone number",
    "252283": "a telephone number",
}


def test_no_number_is_typed_but_names_and_dates(real: tuple[Report, Partnership]) -> None:
    texts = list(texts_of(real[0]))
    assert len(texts) > 60
    found = {
        word.strip(".,;:()")
        for text in texts
        for word in re.sub(r"\{[^{}]*\}", "", text.value).replace("’", "'").split()
        if any(map(str.isdigit, word))
    }
    assert found == set(TYPED_NUMBERS)


PRINTED = {
    "multi-agency-operations": "Excluding the daily patrols, {} multi-agency operations",
    "sharps-locations": "attended {} locations",
    "sharps-collected": "picked up {} needles and syringes",
    "sanctuary-people": "In 2018-19, {} people received improved security",
    "call-backs": "provide reassurance ({} so far)",
    "further-areas": "A further {} smaller neighbourhood areas",
    "notices-seeking-possession": "obtained {} Notices Seeking Possession",
    "closure-orders": "Possession, {} Closure Orders",
    "injunctions": "Orders and {} Injunctions",
}


def test_every_figure_is_looked_at(real: tuple[Report, Partnership]) -> None:
    assert set(PRINTED) == set(real[0].figures)


@pytest.mark.parametrize("name", PRINTED)
def test_a_figure_is_printed_where_it_was_published(
    real: tuple[Report, Partnership], render: Render, name: str
) -> None:
    report = real[0]
    figure = report.figures[name]

    def says(value: Decimal) -> str:
        return " ".join(words(PRINTED[name].format(f"{value:,}")))

    assert figure.value is not None
    assert says(figure.value) in " ".join(published())
    other = Decimal(987654)
    figures = {**report.figures, name: replace(figure, value=other)}
    changed = " ".join(words_of_html(render(replace(report, figures=figures))))
    assert says(other) in changed
    assert changed.count("987,654") == 1
