"""The web page and the PDF lead to each other, and both carry the language of each part."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest

from tests.page import parsed

if TYPE_CHECKING:
    from tests.conftest import Desk

ADDRESS = "https://www.merrow.example/reports/2020-21/mstp-annual-review-2020-21.html"
INVITATION = "This report as a web page"


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory, make_desk: Callable[[Path], Desk]) -> Desk:
    """A report whose partnership has a website, with two passages in Welsh."""
    desk = make_desk(tmp_path_factory.mktemp("linked") / "desk")
    partnership = desk.root / "data" / "partnership.yaml"
    told = "website: https://www.merrow.example/reports/\n"
    partnership.write_text(partnership.read_text("utf-8") + told, "utf-8")
    desk.replace("met every month.", "met every month, as {lang:cy|Diogelwch Ynghyd}.")
    desk.replace("(MSTP)", "(MSTP, [{lang:cy|y cynllun}](https://merrow.example/cy))")
    desk.build()
    return desk


def printed(program: Callable[[str], str], desk: Desk) -> str:
    (pdf,) = desk.folder.glob("*.pdf")
    command = [program("pdftotext"), str(pdf), "-"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    return " ".join(done.stdout.split())


def test_the_page_names_its_address_and_the_size_of_its_pdf(linked: Desk) -> None:
    page = linked.html()
    (pdf,) = linked.folder.glob("*.pdf")
    assert f'<meta property="og:url" content="{ADDRESS}">' in page
    (link,) = (a for a in parsed(page).iter("a") if a.get("type") == "application/pdf")
    pages = len(linked.pdf().pages)
    size = f"{pages} page{'s' if pages > 1 else ''}, {round(pdf.stat().st_size / 1000)} KB"
    assert (link.get("href"), "".join(link.itertext())) == (
        pdf.name,
        f"This report as a PDF ({size})",
    )


def test_the_pdf_leads_to_its_page(program: Callable[[str], str], linked: Desk) -> None:
    pdf = linked.pdf()
    links = [
        annotation
        for page in pdf.pages
        for annotation in page.get("/Annots", [])
        if str(annotation.get("/A", {}).get("/URI", "")) == ADDRESS
    ]
    assert [INVITATION in str(link.Contents) for link in links] == [True]
    text = printed(program, linked).replace("-", "")  # at the end of a line it drops them
    assert text.count(f"{INVITATION}: {ADDRESS}".replace("-", "")) == 1
    assert "This report as a PDF" not in text


def test_where_there_is_no_website_the_pdf_leads_nowhere(
    program: Callable[[str], str], built_once: Desk
) -> None:
    assert INVITATION not in printed(program, built_once)
    assert "og:url" not in built_once.html()


def test_a_draft_has_no_address_yet(desk: Desk) -> None:
    partnership = desk.root / "data" / "partnership.yaml"
    told = "website: https://www.merrow.example/reports\n"
    partnership.write_text(partnership.read_text("utf-8") + told, "utf-8")
    desk.replace("status: final", "status: draft")
    desk.build("--format", "html")
    assert "merrow.example" not in desk.html()


def test_the_pdf_is_the_same_whether_or_not_there_is_a_page(built: Desk) -> None:
    before = {name: data for name, data in built.files().items() if name.endswith(".pdf")}
    built.build("--force", "--format", "pdf")
    assert {name: data for name, data in built.files().items() if name in before} == before


def test_words_in_another_language_are_marked_in_both(linked: Desk) -> None:
    spans = re.findall('<span lang="cy">(.*?)</span>', linked.html())
    assert spans == ["y cynllun", "Diogelwch Ynghyd"]
    pdf = linked.pdf()
    found = (each for each in pdf.objects if isinstance(each, pikepdf.Dictionary))
    languages = [str(part.Lang) for part in found if "/S" in part and "/Lang" in part]
    assert languages.count("cy") == 2
