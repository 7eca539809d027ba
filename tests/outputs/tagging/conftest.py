"""One process that draws, for all tests of the tagging that a worker runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from oscp_report.document.rendering import render_report
from oscp_report.document.views import view_report
from oscp_report.reading.loading import load_partnership, load_report
from oscp_report.year import Year
from tests.outputs.tagging.documents import PAGES, Page
from tests.outputs.tagging.nested import NESTED
from tests.outputs.tagging.press import Drawn, PressProcess
from tests.outputs.tagging.reports import WRITTEN


@pytest.fixture(scope="session")
def press(checkout: Path) -> Iterator[PressProcess]:
    """Draws pages with what the product draws with."""
    press = PressProcess(checkout)
    yield press
    press.close()


def real_page(checkout: Path, status: str) -> Page:
    """The report that was published, or a draft of it."""
    year, about = "data/2018-19.yaml", "data/partnership.yaml"
    source = (checkout / year).read_bytes().replace(b"\nstatus: final\n", status.encode())
    report = load_report(source, year, Year(2018)).value
    partnership = load_partnership((checkout / about).read_bytes(), about).value
    assert report
    assert partnership
    html = render_report(view_report(report, partnership), [checkout / "templates"])
    return Page("", {"H1": 1, "H2": 3}, 5, html=html)


@pytest.fixture(scope="session")
def matrix(checkout: Path) -> dict[str, Page]:
    """Every page that becomes a PDF for everyone, by its name."""
    return {
        **PAGES,
        **NESTED,
        **{name: written.page(checkout) for name, written in WRITTEN.items()},
        "the report of 2018-19": real_page(checkout, "\nstatus: final\n"),
        "a draft of it": real_page(checkout, "\nstatus: draft\n"),
    }


@pytest.fixture(scope="session")
def drawn(press: PressProcess, matrix: dict[str, Page]) -> Callable[[str], Drawn]:
    """The PDFs of a page of the matrix, drawn once."""

    @cache
    def draw(name: str) -> Drawn:
        found = press.draw(matrix[name].whole())
        assert found.refused == ""
        return found

    return draw


@pytest.fixture
def tagged(press: PressProcess) -> Callable[[str], Any]:
    """Draws a page and opens the repaired PDF with ``pikepdf``."""
    import pikepdf

    def draw(html: str) -> Any:
        drawn = press.draw(html)
        assert drawn.refused == ""
        return pikepdf.open(BytesIO(drawn.repaired))

    return draw
