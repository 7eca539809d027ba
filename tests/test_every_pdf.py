"""Every PDF of the real report and of the demonstration, as built: both standards, four judges."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from oscp_report.cli import cli
from oscp_report.inspection import inspect_pdf
from tests import page_validation, verapdf

if TYPE_CHECKING:
    from tests.conftest import Desk

YEARS = ["2018-19", "2019-20", "2020-21", "2021-22", "2022-23", "2023-24", "2024-25", "draft"]


@pytest.fixture(scope="module")
def pdfs(
    tmp_path_factory: pytest.TempPathFactory, checkout: Path, example_built: Desk
) -> dict[str, Path]:
    """The built PDFs by year; ``draft`` is the repository's own for 2019-20."""
    real = tmp_path_factory.mktemp("real")
    shutil.copytree(checkout / "data", real / "data")
    done = CliRunner().invoke(cli, ["-C", str(real), "build", "--all"])
    assert done.exit_code == 0, done.output
    found = {}
    for root in (example_built.root, real):
        for path in sorted((root / "build").glob("*/*.pdf")):
            is_draft = (root, path.parent.name) == (real, "2019-20")
            found["draft" if is_draft else path.parent.name] = path
    assert sorted(found) == YEARS
    return found


@pytest.mark.parametrize("year", YEARS)
def test_page_validation_finds_nothing(year: str, pdfs: dict[str, Path]) -> None:
    page_validation.require()
    assert page_validation.failures(pdfs[year]) == []


@pytest.mark.parametrize("year", YEARS)
def test_qpdf_finds_nothing(
    year: str, pdfs: dict[str, Path], program: Callable[[str], str]
) -> None:
    done = subprocess.run(
        [program("qpdf"), "--check", pdfs[year]], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No syntax or stream encoding errors found" in done.stdout


@pytest.mark.parametrize("year", YEARS)
def test_our_own_inspection_finds_nothing(year: str, pdfs: dict[str, Path]) -> None:
    inspection = inspect_pdf(pdfs[year].read_bytes())
    assert [outcome.condition.code for outcome in inspection.failed()] == []
    assert sum(outcome.verdict == "passed" for outcome in inspection.outcomes) > 30


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_the_referee_passes_all(profile: verapdf.Profile, pdfs: dict[str, Path]) -> None:
    verapdf.require()
    verdicts = verapdf.verdicts({year: path.read_bytes() for year, path in pdfs.items()}, profile)
    assert verdicts == dict.fromkeys(YEARS, ())
