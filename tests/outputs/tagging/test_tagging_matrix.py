"""Every construct of a page, alone, within others and across pages: whole, allowed, all there."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import page_validation
from tests.outputs.tagging.documents import PAGES, Page
from tests.outputs.tagging.nested import NESTED
from tests.outputs.tagging.press import Drawn
from tests.outputs.tagging.reports import WRITTEN
from tests.outputs.tagging.structure import (
    bare,
    elements,
    link_targets,
    text_of_page,
    text_of_structure,
)

Program = Callable[[str], str]


@pytest.fixture(scope="module")
def validate() -> Callable[[Path], list[str]]:
    """What ``page-validation`` finds wrong in a file."""
    page_validation.require()
    return page_validation.failures


NAMES = [*PAGES, *NESTED, *WRITTEN, "the report of 2018-19", "a draft of it"]


def test_the_matrix_is_large_enough_and_all_of_it_is_tried(matrix: dict[str, Page]) -> None:
    assert len(matrix) >= 66
    assert list(matrix) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_page_becomes_a_pdf_for_everyone(
    name: str,
    matrix: dict[str, Page],
    drawn: Callable[[str], Drawn],
    validate: Callable[[Path], list[str]],
    program: Program,
    tmp_path: Path,
) -> None:
    import pikepdf

    page, made = matrix[name], drawn(name)
    before, after = tmp_path / "before.pdf", tmp_path / "after.pdf"
    before.write_bytes(made.raw)
    after.write_bytes(made.declared)
    assert validate(after) == []
    subprocess.run([program("qpdf"), "--check", str(after)], capture_output=True, check=True)
    with pikepdf.open(after) as pdf:
        found = Counter(str(each.S)[1:] for each in elements(pdf.Root.StructTreeRoot))
        assert {role: found[role] for role in page.counts} == dict(page.counts)
        assert len(pdf.pages) == page.pages
        text, labels = text_of_structure(pdf)
    # A chart's own words are drawn within it, and its title is said for them.
    assert text == bare(page.text) or text == text_of_page(page.whole())
    assert all(label.strip() for label in labels)
    nothing_is_lost(before, after, program)


def nothing_is_lost(before: Path, after: Path, program: Program) -> None:
    """Compare text, link targets and pixels."""
    import pikepdf

    with pikepdf.open(before) as raw, pikepdf.open(after) as fixed:
        assert link_targets(raw) == link_targets(fixed)
    assert printed(program("pdftotext"), before) == printed(program("pdftotext"), after)
    assert pixels(program("pdftoppm"), before) == pixels(program("pdftoppm"), after)


def printed(pdftotext: str, path: Path) -> bytes:
    return subprocess.run([pdftotext, str(path), "-"], capture_output=True, check=True).stdout


def pixels(pdftoppm: str, path: Path) -> list[bytes]:
    subprocess.run([pdftoppm, "-r", "36", str(path), str(path.with_suffix(""))], check=True)
    return [each.read_bytes() for each in sorted(path.parent.glob(f"{path.stem}-*.ppm"))]
