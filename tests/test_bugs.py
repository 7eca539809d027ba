"""What an officer is told when the program itself is at fault."""

from __future__ import annotations

import sys

from oscp_report import __version__
from oscp_report.bugs import DEEPEST, describe


def fail(depth: int) -> None:
    if depth:
        fail(depth - 1)
    raise KeyError("no such thing")


def test_a_fault_names_itself_and_its_places_without_a_traceback() -> None:
    try:
        fail(10)
    except KeyError as error:
        told = describe(error)
    lines = told.splitlines()
    assert lines[0] == "oscp-report: the program has a fault; your files are as they were"
    assert lines[1].startswith("  fix: send these lines")
    version = ".".join(map(str, sys.version_info[:3]))
    assert lines[2].startswith(f"  oscp-report {__version__}, Python {version}")
    assert lines[3] == "  KeyError: 'no such thing'"
    assert lines[4].startswith("  at test_bugs.py:")
    assert lines[4].count("test_bugs.py") == DEEPEST
    assert "Traceback" not in told
    assert "/" not in lines[4]


def test_an_error_that_was_never_raised_is_described_as_well() -> None:
    told = describe(ValueError())
    assert "\n  ValueError" in told
    assert told.splitlines()[-1].startswith("  at")
