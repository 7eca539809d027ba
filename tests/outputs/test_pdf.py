"""What the PDF's child process does, piece by piece. The whole is tested in test_renderer.py."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from oscp_report.outputs.assets import find_asset
from oscp_report.outputs.pdf import Deferred, Messages, readable


@pytest.fixture
def roots(tmp_path: Path) -> list[Path]:
    own, shipped = tmp_path / "own", tmp_path / "shipped"
    for root in (own, shipped):
        (root / "fonts").mkdir(parents=True)
        (root / "fonts" / "both.ttf").write_text(root.name)
    (shipped / "fonts" / "shipped only.ttf").touch()
    (tmp_path / "secret").touch()
    return [own, shipped]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param("fonts/both.ttf", "own/fonts/both.ttf", id="the first root wins"),
        pytest.param(
            "fonts/shipped%20only.ttf", "shipped/fonts/shipped only.ttf", id="the next root is seen"
        ),
    ],
)
def test_an_asset_is_found(roots: list[Path], tmp_path: Path, url: str, expected: str) -> None:
    assert find_asset(url, roots) == (tmp_path / expected).resolve()


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/fonts/both.ttf",
        "https://example.org/x.png",
        "ftp://example.org/x",
        "file:///etc/passwd",
        "FILE:/etc/passwd",
        "data:text/html,x",
        "//example.org/x.png",
        "/etc/passwd",
        "../secret",
        "fonts/../../secret",
        "fonts/%2e%2e/%2e%2e/secret",
        "%2Fetc/passwd",
        "./fonts/both.ttf",
        "fonts//both.ttf",
        r"..\secret",
        r"C:\Windows\win.ini",
        "C:/Windows/win.ini",
        "fonts/both.ttf%00.png",
        "fonts",
        "fonts/",
        "missing.ttf",
        "",
    ],
)
def test_anything_else_is_refused(roots: list[Path], url: str) -> None:
    with pytest.raises(ValueError, match=r"templates|null"):
        find_asset(url, roots)


def test_a_link_out_of_the_root_is_refused(roots: list[Path], tmp_path: Path) -> None:
    try:
        (roots[0] / "fonts" / "link.ttf").symlink_to(tmp_path / "secret")
    except OSError:
        pytest.skip("this account may not make symbolic links")
    with pytest.raises(ValueError, match="leads out of the templates"):
        find_asset("fonts/link.ttf", roots)


def test_a_long_address_is_shortened_in_the_message(roots: list[Path]) -> None:
    with pytest.raises(ValueError, match="not a file") as caught:
        find_asset("data:text/html," + "x" * 10_000, roots)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ('.notdef glyph for "☃" (U+2603)', "no font has the character `☃` (U+2603 SNOWMAN)"),
        ('.notdef glyph for "\ue000" (U+E000)', "no font has the character (U+E000)"),
        (
            '.notdef glyph for "😀" (U+1F600)',
            "no font has the character `😀` (U+1F600 GRINNING FACE)",
        ),
        ("Ignored `gap: 1px` at 3:4", "Ignored `gap: 1px` at 3:4"),
    ],
)
def test_a_missing_character_is_named(message: str, expected: str) -> None:
    assert readable(message) == expected


def test_warnings_and_worse_are_kept_in_order() -> None:
    messages = Messages()
    logger = logging.Logger("weasyprint")
    logger.addHandler(messages)
    for level in (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR):
        logger.log(level, "%s", logging.getLevelName(level))
    assert messages.take() == ["WARNING", "ERROR"]
    assert messages.take() == []


def test_a_deferred_module_is_imported_by_the_first_call() -> None:
    stand_in = Deferred("textwrap")
    assert stand_in.dedent("  text") == "text"
    assert not hasattr(stand_in, "__path__")


# Run alone, since WeasyPrint can be imported once only.
IMPORT = """
import ctypes.util, sys
find_library = ctypes.util.find_library
from oscp_report.outputs.pdf import quick_import
assert "weasyprint" not in sys.modules, "oscp_report.outputs.pdf imports WeasyPrint by itself"
with quick_import():
    import weasyprint
assert ctypes.util.find_library is find_library
names = ("fontTools.subset", "fontTools.varLib.instancer")
assert not any(name in sys.modules for name in names), names
from io import BytesIO
from pathlib import Path
from weasyprint.pdf import fonts
font = fonts.TTFont(BytesIO(Path(sys.argv[1]).read_bytes()))
# What was deferred is there when it is called: fontTools' own class, fontTools' own complaint.
assert type(fonts.subset.Options(hinting=True)).__module__ == "fontTools.subset"
try:
    fonts.instantiateVariableFont(font, {})
except ValueError as error:
    print("fvar" in str(error))
"""


def test_what_the_import_leaves_out_is_there_when_it_is_needed(checkout: Path) -> None:
    font = checkout / "templates" / "fonts" / "LiberationSans-Regular.ttf"
    path = os.pathsep.join([str(checkout), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-c", IMPORT, str(font)],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": path},
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "True"), done.stderr
