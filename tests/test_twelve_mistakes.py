"""One run shows every mistake of a file, whatever its kind: none hides another."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from shutil import copytree

from tests.broken import YEAR, broken, open_findings

TOLD = Path(__file__).parent / "fixtures" / "twelve-mistakes.txt"


def test_twelve_mistakes_are_shown_in_one_run_in_the_order_of_the_file(
    checkout: Path, tmp_path: Path
) -> None:
    variant = broken(TOLD.read_text(encoding="utf-8"), checkout)
    copytree(checkout / "data", tmp_path / "data")
    (tmp_path / variant.file).write_bytes(variant.content)
    done = subprocess.run(
        [sys.executable, "-m", "oscp_report", "check", YEAR],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(checkout), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    found, closing = open_findings(done.stderr)
    assert found == variant.findings
    assert (done.returncode, done.stdout) == (1, "")
    assert closing.startswith(f"{YEAR}: 12 errors, no warnings")

    places = re.findall(r"^data/[^:]+:([0-9]+):[0-9]+: error ([A-Z]{3})([0-9]{3})", found, re.M)
    lines = [int(line) for line, *_ in places]
    assert lines == sorted(set(lines))
    assert len({kind + number for _, kind, number in places}) == 12
    assert {kind for _, kind, _ in places} == {"COV", "FLD", "PRI", "PRO", "REF", "YAM"}
