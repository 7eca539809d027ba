"""PDFs that other programs made, as anybody may bring them: the right verdicts, in words."""

from __future__ import annotations

import io
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from oscp_report.inspection import Inspection, as_text, inspect_pdf
from tests import verapdf
from tests.inspection.good_file import good_file, saved

Program = Callable[[str], str]
SVG = (
    "%3Csvg xmlns='http://www.w3.org/2000/svg' width='20' height='20'%3E"
    "%3Ccircle cx='10' cy='10' r='8'/%3E%3C/svg%3E"
)
HTML = f"""\
<!doctype html><html><head><meta charset="utf-8"></head><body><h1>Report</h1><h3>Too deep</h3>
<p>Text with <a href="https://example.org">a link</a>.</p><ul><li>one</li><li>two</li></ul>
<table><thead><tr><th>Area</th><th>Count</th></tr></thead><tbody><tr><td>North</td><td>1</td></tr>
</tbody></table><p><img width="20" height="20" src="data:image/svg+xml,{SVG}"></p></body></html>
"""
MARKDOWN = """\
# Report

Text with [a link](https://example.org).

- one
- two

| Area  | Count |
|-------|-------|
| North | 1     |
"""

# The same fault has two clauses in veraPDF: a link without a description is also a note without.
SAID_ALREADY = {"7.18.1-2": "7.18.5"}
UNTAGGED = {
    "the document is not tagged",
    "the file does not say that it is tagged",
    "the document has no title",
}


def run(*command: str, folder: Path) -> None:
    home = {"HOME": str(folder), "XDG_CACHE_HOME": str(folder / "cache")}
    subprocess.run(
        command, cwd=folder, env=os.environ | home, capture_output=True, check=True, timeout=100
    )


def by_chromium(program: Program, folder: Path) -> None:
    (folder / "a.html").write_text(HTML, "utf-8")
    flags = "--headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-pdf-header-footer"
    place = [f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={folder / 'a.pdf'}"]
    run(program("chromium"), *flags.split(), *place, (folder / "a.html").as_uri(), folder=folder)


def by_libreoffice(program: Program, folder: Path) -> None:
    (folder / "a.html").write_text(HTML, "utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    export = ["--convert-to", "pdf:writer_web_pdf_Export", "a.html"]
    run(program("soffice"), profile, "--headless", *export, folder=folder)


def by_pandoc(program: Program, folder: Path) -> None:
    (folder / "a.md").write_text(MARKDOWN, "utf-8")
    program("pdflatex")
    run(program("pandoc"), "a.md", "-o", "a.pdf", "--pdf-engine=pdflatex", folder=folder)


def by_weasyprint(_: Program, folder: Path) -> None:
    import weasyprint

    weasyprint.HTML(string=HTML).write_pdf(folder / "a.pdf")


def by_weasyprint_tagged(_: Program, folder: Path) -> None:
    import weasyprint

    weasyprint.HTML(string=HTML).write_pdf(folder / "a.pdf", pdf_variant="pdf/ua-1")


def messages(found: Inspection) -> set[str]:
    return {each.message for outcome in found.failed("PDF/UA-1") for each in outcome.findings}


@pytest.mark.parametrize(
    ("make", "said"),
    [
        pytest.param(
            by_chromium,
            {
                "the document has no title",
                "a heading of level 3 follows one of level 1",
                "this picture has no description",
                "this link has no description",
            },
            id="Chromium",
        ),
        pytest.param(by_libreoffice, UNTAGGED, id="LibreOffice"),
        pytest.param(by_pandoc, UNTAGGED | {"this link is not tagged as one"}, id="pandoc"),
        pytest.param(by_weasyprint, UNTAGGED, id="WeasyPrint"),
        pytest.param(
            by_weasyprint_tagged,
            {
                "the document has no title",
                "a heading of level 3 follows one of level 1",
                "this picture has no description",
                "the document does not say which language it is in",
            },
            id="WeasyPrint, tagged",
        ),
    ],
)
def test_what_the_referee_finds_is_found_in_words(
    make: Callable[[Program, Path], None], said: set[str], program: Program, tmp_path: Path
) -> None:
    make(program, tmp_path)
    data = (tmp_path / "a.pdf").read_bytes()
    found = inspect_pdf(data)
    assert said <= messages(found)
    assert "fix: " in as_text(found)
    # Only those who can ask the referee go on.
    ours = {outcome.condition.clause for outcome in found.failed("PDF/UA-1")}
    theirs = verapdf.verdicts({"it": data}, "ua1")["it"]
    assert {SAID_ALREADY.get(rule, rule.rpartition("-")[0]) for rule in theirs} <= ours


def scanned() -> bytes:
    """A page that a scanner made: a picture, and not a letter."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        grey = pdf.make_stream(
            bytes(64), Type=Name.XObject, Subtype=Name.Image, Width=8, Height=8,
            ColorSpace=Name.DeviceGray, BitsPerComponent=8,
        )  # fmt: skip
        page: Any = pdf.pages[0].obj
        page.Resources = Dictionary(XObject=Dictionary(Im1=grey))
        page.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Im1 Do Q")
        return saved(pdf)


def encrypted(user: str) -> bytes:
    """The good file behind a password; without one for readers it still opens for them."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(good_file())) as pdf:
        pdf.save(made, encryption=pikepdf.Encryption(owner="owner", user=user))
    return made.getvalue()


def with_a_form() -> bytes:
    with pikepdf.open(io.BytesIO(scanned())) as pdf:
        field = Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="name", Rect=[9, 9, 99, 99]
        )
        page: Any = pdf.pages[0].obj
        page.Annots = Array([pdf.make_indirect(field)])
        pdf.Root.AcroForm = Dictionary(Fields=page.Annots)
        return saved(pdf)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(
            scanned(),
            UNTAGGED | {"something drawn here is neither tagged nor marked as decoration"},
            id="a scanned page",
        ),
        pytest.param(encrypted("secret"), {"the file opens with a password only"}, id="locked"),
        pytest.param(encrypted(""), set(), id="locked for writers only"),
        pytest.param(good_file()[:200], {"the file is damaged and cannot be opened"}, id="cut off"),
        pytest.param(
            b"Dear all,\nthe report.\n", {"the file is no PDF and cannot be opened"}, id="a text"
        ),
        pytest.param(b"", {"the file is no PDF and cannot be opened"}, id="nothing"),
        pytest.param(
            b"PK\x03\x04" + bytes(99), {"the file is no PDF and cannot be opened"}, id="a Word file"
        ),
        pytest.param(
            with_a_form(), UNTAGGED | {"this form field is not tagged as one"}, id="a form"
        ),
    ],
)
def test_any_file_gets_a_verdict_in_words(data: bytes, said: set[str]) -> None:
    found = inspect_pdf(data)
    assert messages(found) >= said
    assert not said or all(word in as_text(found) for word in said)
    assert "broken" not in " ".join(messages(found))
