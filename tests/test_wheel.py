"""The wheel, installed elsewhere, carries all it needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def installed(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel of this checkout was unpacked as pip unpacks it."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-cache-dir"]
    offline = ["--no-index", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "wheel", *offline, "-w", folder / "dist", checkout], check=True)
    (wheel,) = (folder / "dist").glob("oscp_report-*.whl")
    target = folder / "site"
    subprocess.run([*pip, "install", *offline[:2], "--target", target, wheel], check=True)
    return target


def run(installed: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the installed program; PYTHONPATH comes before the checkout's editable install."""
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, "-P", "-m", "oscp_report", *words]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_it_is_the_wheel_that_runs(installed: Path, tmp_path: Path) -> None:
    code = "import oscp_report.workspace as w; print(w.shipped_templates())"
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    shown = subprocess.check_output(
        [sys.executable, "-P", "-c", code], cwd=tmp_path, env=environment, text=True
    )
    assert Path(shown.strip()) == installed / "oscp_report" / "templates"


def test_init_makes_a_workspace_that_builds_at_once(installed: Path, tmp_path: Path) -> None:
    made = run(installed, tmp_path, "init", "ours", "--year", "2024-25")
    assert (made.returncode, made.stderr) == (0, "")
    done = run(installed, tmp_path / "ours", "build", "--strict")
    assert (done.returncode, done.stderr) == (0, "")
    files = {path.name: path for path in (tmp_path / "ours/build/2024-25").iterdir()}
    assert set(files) == {
        ".build.json",
        "ecsp-annual-review-2024-25.html",
        "ecsp-annual-review-2024-25.pdf",
    }
    assert files["ecsp-annual-review-2024-25.pdf"].read_bytes().startswith(b"%PDF-")


def test_the_fonts_come_with_their_licence(installed: Path) -> None:
    fonts = installed / "oscp_report/templates/fonts"
    assert len(list(fonts.glob("LiberationSans-*.ttf"))) == 4
    assert "SIL OPEN FONT LICENSE" in (fonts / "LICENSE.txt").read_text(encoding="utf-8").upper()
