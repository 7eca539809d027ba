"""What ``page-validation`` says of a PDF, for both of the standards that ours claim."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

LENGTH = "PDFA3A-STREAM-LENGTH-001"


def require() -> None:
    """Skip where it is not installed; with ``CI=true``, its import fails in ``failures``."""
    if os.environ.get("CI") != "true":
        pytest.importorskip("page", reason="`page-validation` is not installed")


def failures(path: Path) -> list[str]:
    """What it finds wrong, for PDF/UA-1 and PDF/A-3a."""
    import page

    profiles = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A)
    reports = [page.validate_pdf(str(path), profile=profile) for profile in profiles]
    found = (str(failure) for report in reports for failure in report.failures)
    # It takes a carriage return that ends a stream's data for a part of the line's end, and says
    # that the length is wrong. veraPDF does not.
    has_return = b"\r\nendstream" in path.read_bytes()
    return [each for each in found if not (has_return and LENGTH in each)]
