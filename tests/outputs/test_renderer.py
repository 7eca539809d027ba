"""The PDF from the parent's side: what is in it, what it may not depend on, what ends the child."""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from oscp_report.outputs.renderer import PdfJob, PdfResult, Renderer, RenderError, environment


def page(body: str, style: str = "") -> str:
    return (
        '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Safer – 2018</title>'
        f'<meta name="author" content="Oxford City Council"><style>{style}</style></head>'
        f"<body>{body}</body></html>"
    )


FOOTER = "@page { size: A4; @bottom-center { content: 'Page ' counter(page) } }"
TWO_PAGES = page(
    "<h1>One</h1><p>Ámbito £5 – “six”</p><h2 style='break-before: page'>Two</h2>"
    "<ol><li>a <em>b</em> <strong>c <em>d</em></strong></li></ol>"
    "<p>A <a href='https://example.org/x'>link</a> and "
    "<a href='mailto:a@example.org'>another</a></p>",
    FOOTER,
)


@pytest.fixture(scope="module")
def templates(checkout: Path) -> Path:
    return checkout / "templates"


@pytest.fixture(scope="module")
def renderer(templates: Path) -> Iterator[Renderer]:
    """One child for all tests that leave it alive."""
    with Renderer.start([templates]) as renderer:
        yield renderer


@pytest.fixture(scope="module")
def two_pages(renderer: Renderer) -> PdfResult:
    job = PdfJob(TWO_PAGES, css=("p { color: #123456 }",), first_page=7, page_label_prefix="DRAFT ")
    return renderer.render(job)


@pytest.fixture(scope="module")
def opened(two_pages: PdfResult) -> Any:
    if os.environ.get("CI") != "true":
        pytest.importorskip("pikepdf", reason="`pikepdf` is not installed")
    import pikepdf

    return pikepdf.open(io.BytesIO(two_pages.pdf))


def test_the_pages_are_counted_and_nothing_is_complained_of(two_pages: PdfResult) -> None:
    assert (two_pages.pages, two_pages.warnings) == (2, ())
    assert two_pages.pdf.startswith(b"%PDF-1.7")


def test_the_catalog_names_and_tags_the_report(opened: Any) -> None:
    assert str(opened.Root.Lang) == "en-GB"
    assert opened.Root.ViewerPreferences.DisplayDocTitle
    assert opened.Root.MarkInfo.Marked
    assert "/StructTreeRoot" in opened.Root
    assert str(opened.docinfo.Title) == "Safer – 2018"
    assert str(opened.docinfo.Author) == "Oxford City Council"
    assert not {"/CreationDate", "/ModDate"} & set(opened.docinfo.keys())


def test_the_headings_are_bookmarks(opened: Any) -> None:
    with opened.open_outline() as outline:
        assert [(top.title, [sub.title for sub in top.children]) for top in outline.root] == [
            ("One", ["Two"])
        ]


def test_a_viewer_shows_the_printed_page_numbers(opened: Any) -> None:
    assert [page.label for page in opened.pages] == ["DRAFT 7", "DRAFT 8"]


def test_the_printed_page_numbers_start_where_they_are_told(
    two_pages: PdfResult, program: Callable[[str], str]
) -> None:
    assert re.findall(r"Page \d+", text_of(two_pages.pdf, program)) == ["Page 7", "Page 8"]


def test_a_link_leads_where_the_page_says(opened: Any) -> None:
    links = [str(note.A.URI) for page in opened.pages for note in page.get("/Annots", [])]
    assert links == ["https://example.org/x", "mailto:a@example.org"]


@pytest.mark.parametrize("address", ["annex.pdf", "../annex.pdf", "file:///etc/passwd", "//a/b"])
def test_a_link_that_only_this_machine_could_follow_is_refused(
    renderer: Renderer, address: str
) -> None:
    with pytest.raises(RenderError, match=re.escape(f"leads to `{address}`")) as caught:
        renderer.render(PdfJob(page(f"<p><a href='{address}'>an annex</a></p>")))
    assert "`https://`" in caught.value.fix


def test_all_four_shipped_fonts_are_used_and_embedded(opened: Any) -> None:
    found = {}
    for font in (font for page in opened.pages for font in page.Resources.Font.values()):
        for descendant in font.DescendantFonts:
            descriptor = descendant.FontDescriptor
            found[str(descriptor.FontName).partition("+")[2]] = "/FontFile2" in descriptor
    assert found == {
        "Liberation-Sans": True,
        "Liberation-Sans-Bold": True,
        "Liberation-Sans-Italic": True,
        "Liberation-Sans-Bold-Italic": True,
    }


def test_a_job_sees_nothing_of_the_one_before(
    renderer: Renderer, two_pages: PdfResult, templates: Path
) -> None:
    bold = "@font-face { font-family: 'Own'; src: url(fonts/LiberationSans-Bold.ttf) }"
    own = PdfJob(page("<p style='font-family: Own'>One ☃</p>", bold))
    first = renderer.render(own)
    again = renderer.render(
        PdfJob(TWO_PAGES, ("p { color: #123456 }",), first_page=7, page_label_prefix="DRAFT ")
    )
    assert again == two_pages
    assert renderer.render(own) == first
    assert first.warnings == ("no font has the character `☃` (U+2603 SNOWMAN)",)
    with Renderer.start([templates]) as another:
        assert another.render(own) == first


def test_a_font_of_the_templates_can_be_named(renderer: Renderer) -> None:
    style = "@font-face { font-family: 'Own'; src: url(FILE) } p { font-family: 'Own' }"
    regular = renderer.render(PdfJob(page("<p>One</p>")))
    bold = style.replace("FILE", "fonts/LiberationSans-Bold.ttf")
    assert renderer.render(PdfJob(page("<p>One</p>", bold))).pdf != regular.pdf
    in_css = renderer.render(PdfJob(page("<p>One</p>"), css=(bold,)))
    assert in_css.pdf != regular.pdf


def test_what_weasyprint_warns_of_comes_back_in_order(renderer: Renderer) -> None:
    style = "p { colour: red } p { width: -1px; } @media (max-width: 9rem) { p { color: red } }"
    warnings = renderer.render(PdfJob(page("<p>One \ue000</p>", style))).warnings
    assert [
        bool(re.search(wanted, warning))
        for wanted, warning in zip(
            ["colour", "width", "max-width", "@media", r"U\+E000"], warnings, strict=True
        )
    ] == [True] * 5, warnings


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<img src='http://127.0.0.1:9/x.png' alt='x'>", id="http"),
        pytest.param("<img src='file:///etc/hostname' alt='x'>", id="file"),
        pytest.param("<img src='../secret.png' alt='x'>", id="parent"),
        pytest.param("<img src='missing.png' alt='x'>", id="missing"),
        pytest.param("<link rel='stylesheet' href='https://127.0.0.1:9/x.css'>", id="style sheet"),
        pytest.param("<link rel='attachment' href='file:///etc/hostname'>", id="attachment"),
        pytest.param("<style>@import url(https://127.0.0.1:9/x.css)</style>", id="import"),
        pytest.param(
            "<style>@font-face { font-family: a; src: url(file:///etc/hostname) }</style>",
            id="font",
        ),
        pytest.param("<p style='background: url(//127.0.0.1:9/x.png)'>x</p>", id="background"),
        pytest.param(
            "<svg><image href='http://127.0.0.1:9/x.png' width='9' height='9'/></svg>", id="svg"
        ),
        pytest.param("<base href='http://127.0.0.1:9/'><img src='x.png' alt='x'>", id="base"),
    ],
)
def test_nothing_outside_the_templates_is_read(renderer: Renderer, body: str) -> None:
    with pytest.raises(RenderError, match="asks for a file it may not read: `") as caught:
        renderer.render(PdfJob(page(body, "p { colour: red }")))
    assert caught.value.fix
    after = renderer.render(PdfJob(page("<p>One</p>")))  # the child lives on
    assert (after.pages, after.warnings) == (1, ())


def test_a_picture_in_the_page_itself_needs_no_file(renderer: Renderer) -> None:
    picture = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>"
    assert renderer.render(PdfJob(page(f'<img alt="x" src="{picture}">'))).warnings == ()


def test_what_weasyprint_cannot_draw_is_an_error_and_the_child_lives_on(
    renderer: Renderer,
) -> None:
    with pytest.raises(RenderError, match="could not be drawn: RecursionError"):
        renderer.render(PdfJob(page("<div>" * 3000)))
    assert renderer.render(PdfJob(page("<p>One</p>"))).pages == 1


def fresh(templates: Path, job: PdfJob) -> PdfResult:
    with Renderer.start([templates]) as renderer:
        return renderer.render(job)


def test_the_bytes_do_not_depend_on_the_machine(
    templates: Path, tmp_path: Path, two_pages: PdfResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No environment, folder or font of the machine reaches the PDF, and nothing is written."""
    job = PdfJob(TWO_PAGES, ("p { color: #123456 }",), first_page=7, page_label_prefix="DRAFT ")
    snowman = PdfJob(page("<p>One ☃</p>"))
    before = fresh(templates, snowman)
    home, temporary = tmp_path / "home", tmp_path / "temporary"
    for folder in (home / ".fonts", home / "fonts"):
        folder.mkdir(parents=True)
        add_glyph(templates / "fonts" / "LiberationSans-Bold.ttf", folder / "a.ttf", "☃")
    temporary.mkdir()
    files = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home))
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(temporary))
    monkeypatch.setenv("FONTCONFIG_PATH", str(home))
    monkeypatch.setenv("FREETYPE_PROPERTIES", "truetype:interpreter-version=35")
    monkeypatch.setenv("PANGO_LANGUAGE", "ja")
    monkeypatch.setenv("LANG", "tr_TR.UTF-8")
    monkeypatch.setenv("LC_ALL", "tr_TR.UTF-8")
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    monkeypatch.setenv("PYTHONHASHSEED", "4242")
    monkeypatch.setenv("PYTHONTRACEMALLOC", "-1")  # no Python starts with that
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "99")
    monkeypatch.chdir(temporary)
    assert fresh(templates, job) == two_pages
    assert fresh(templates, snowman) == before
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == files


def add_glyph(source: Path, target: Path, character: str) -> None:
    """A font that has one more character."""
    from fontTools.ttLib import TTFont

    font = TTFont(source)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[ord(character)] = "A"
    font.save(target)


def test_a_named_font_leaves_nothing_behind(
    templates: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """WeasyPrint copies such a font into the folder for temporary files."""
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(tmp_path))
    style = "@font-face { font-family: 'Own'; src: url(fonts/LiberationSans-Bold.ttf) }"
    with Renderer.start([templates]) as renderer:
        for text in ("One", "Two"):
            renderer.render(PdfJob(page(f"<p style='font-family: Own'>{text}</p>", style)))
    assert list(tmp_path.iterdir()) == []


# WeasyPrint as it imports itself, in the child's surroundings.
PLAIN = """
import sys
import weasyprint
from pathlib import Path
from oscp_report.outputs.pdf import Press
from oscp_report.outputs.tagging.proving import finished
assert "fontTools.subset" in sys.modules, "the import was not plain"
pdf, pages, warnings = Press([Path(sys.argv[1])]).draw(sys.stdin.buffer.read().decode())
sys.stdout.buffer.write(finished(pdf, warnings))
"""


def test_the_quick_import_changes_no_byte(
    renderer: Renderer, checkout: Path, templates: Path
) -> None:
    paths = [str(checkout), os.environ.get("PYTHONPATH", "")]
    surroundings = environment(os.environ | {"PYTHONPATH": os.pathsep.join(paths)})
    done = subprocess.run(
        [sys.executable, "-c", PLAIN, str(templates)],
        input=TWO_PAGES.encode(),
        capture_output=True,
        cwd=templates / "fonts",
        env=surroundings | {"FONTCONFIG_FILE": str(templates / "fonts" / "fonts.conf")},
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout == renderer.render(PdfJob(TWO_PAGES)).pdf


# One line of CSS each.
ENDLESS = page("<p>" + "word " * 3000 + "</p>", "@page { size: 10mm } p { font-size: 200px }")
GREEDY = page("<div style='display: grid; grid-template-columns: repeat(100000000, 1px)'>x</div>")


def test_a_page_that_takes_too_long_is_ended(templates: Path) -> None:
    started = time.monotonic()
    with Renderer.start([templates], seconds=1.5) as renderer:
        with pytest.raises(RenderError, match=r"took longer than 1\.5 seconds") as caught:
            renderer.render(PdfJob(ENDLESS))
        assert caught.value.fix
        with pytest.raises(RenderError):
            renderer.render(PdfJob(TWO_PAGES))
    assert 1.5 <= time.monotonic() - started < 20, "left alone it takes 30"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the address space")
def test_a_page_that_takes_too_much_memory_is_ended(templates: Path) -> None:
    with (
        Renderer.start([templates], mebibytes=400) as renderer,
        pytest.raises(RenderError, match="needed more than 400 MiB"),
    ):
        renderer.render(PdfJob(GREEDY))


def test_neither_starting_nor_leaving_waits_for_the_child(templates: Path) -> None:
    started = time.monotonic()
    assert fresh(templates, PdfJob(page("<p>One</p>"))).pages == 1
    whole = time.monotonic() - started
    started = time.monotonic()
    with Renderer.start([templates]) as renderer:
        pid = renderer.pid
    assert time.monotonic() - started < whole
    assert not is_running(pid)


def test_a_child_that_ends_by_itself_is_an_error(templates: Path) -> None:
    with Renderer.start([templates]) as renderer:
        renderer.render(PdfJob(page("<p>One</p>")))
        os.kill(renderer.pid, signal.SIGTERM)
        with pytest.raises(RenderError, match="ended unexpectedly: exit code") as caught:
            renderer.render(PdfJob(TWO_PAGES))
    assert caught.value.fix == "run `oscp-report doctor`"


PARENT = """
import sys
from pathlib import Path
from oscp_report.outputs.renderer import PdfJob, Renderer
with Renderer.start([Path(sys.argv[1])]) as renderer:
    print(renderer.pid, flush=True)
    renderer.render(PdfJob(sys.stdin.read()))
"""


@pytest.mark.parametrize("wait", [0.0, 1.0], ids=["while it imports", "while it draws"])
def test_a_child_whose_parent_is_killed_ends_by_itself(
    checkout: Path, templates: Path, wait: float
) -> None:
    path = os.pathsep.join([str(checkout), os.environ.get("PYTHONPATH", "")])
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, str(templates)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": path},
    ) as parent:
        assert parent.stdin
        assert parent.stdout
        parent.stdin.write(ENDLESS.encode())
        parent.stdin.close()
        pid = int(parent.stdout.readline())
        time.sleep(wait)
        assert is_running(pid), "it must be ended by its parent's death, not before"
        parent.kill()
    deadline = time.monotonic() + 20
    while is_running(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_running(pid)


def is_running(pid: int) -> bool:
    """Whether a process runs; one that has ended and that nobody has asked after does not."""
    if sys.platform == "win32":
        listed = subprocess.run(
            ["tasklist", "/FI", f"PID eq {pid}"], capture_output=True, check=True
        )
        return str(pid).encode() in listed.stdout
    status = Path(f"/proc/{pid}/stat")
    if status.parent.parent.joinpath("self").exists():
        return status.exists() and status.read_text().rpartition(")")[2].split()[0] not in "ZX"
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


@pytest.mark.parametrize(
    ("weasyprint", "message"),
    [
        pytest.param(
            "print('a long explanation', flush=True)\n"
            "raise OSError(\"cannot load library 'libpango-1.0-0': cannot open it\")",
            "could not start the PDF renderer: the library `libpango-1.0-0` is missing",
            id="a library is missing",
        ),
        pytest.param(
            "raise ModuleNotFoundError(\"No module named 'weasyprint'\")",
            "could not start the PDF renderer: No module named 'weasyprint'",
            id="WeasyPrint is missing",
        ),
        pytest.param(
            "import sys; sys.exit('out of luck')",
            "the PDF renderer ended unexpectedly: SystemExit: out of luck",
            id="something else",
        ),
    ],
)
def test_a_child_that_cannot_start_says_why(
    templates: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    weasyprint: str,
    message: str,
) -> None:
    (tmp_path / "weasyprint.py").write_text(weasyprint)
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    monkeypatch.setenv("PYTHONPATH", path)
    with Renderer.start([templates]) as renderer, pytest.raises(RenderError) as caught:
        renderer.render(PdfJob(TWO_PAGES))
    assert (str(caught.value), caught.value.fix) == (message, "run `oscp-report doctor`")


def test_templates_without_fonts_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match=r"no `fonts/fonts\.conf` in the templates"):
        Renderer.start([tmp_path])


def test_no_module_is_imported_by_accident(
    templates: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither from the folder a command is given in, nor from the one the child starts in."""
    shutil.copytree(templates / "fonts", tmp_path / "own" / "fonts")
    for folder in (tmp_path, tmp_path / "own" / "fonts"):
        for name in ("weasyprint", "json", "pydyf"):
            (folder / f"{name}.py").write_text("raise SystemExit('imported by accident')")
    other = tmp_path / "other"
    other.mkdir()
    (other / "oscp_report.py").write_text("raise SystemExit('another copy of the program')")
    paths = [str(other), environment(os.environ).get("PYTHONPATH", "")]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, paths)))
    monkeypatch.chdir(tmp_path)
    assert fresh(tmp_path / "own", PdfJob(page("<p>One</p>"))).pages == 1


def test_the_templates_of_the_workspace_come_first(templates: Path, tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    font = "LiberationSans-Bold.ttf"
    shutil.copy(templates / "fonts" / "LiberationSans-Italic.ttf", tmp_path / "fonts" / font)
    style = f"@font-face {{ font-family: Own; src: url(fonts/{font}) }} p {{ font-family: Own }}"
    job = PdfJob(page("<p>One</p>", style))
    with Renderer.start([tmp_path, templates]) as renderer:
        own = renderer.render(job)
    assert own.warnings == ()
    assert own.pdf != fresh(templates, job).pdf


def test_the_environment_keeps_what_finds_libraries_and_drops_what_changes_the_look(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    given = {
        "PATH": "/bin",
        "LD_LIBRARY_PATH": "/nix/lib",
        "PYTHONPATH": f"here{os.pathsep}{os.pathsep}{tmp_path}",
        "PYTHONOPTIMIZE": "2",
        "FONTCONFIG_PATH": "/etc",
        "FC_DEBUG": "1",
        "PANGO_LANGUAGE": "ja",
        "TZ": "Asia/Tokyo",
    }
    assert environment(given) == {
        "PATH": "/bin",
        "LD_LIBRARY_PATH": "/nix/lib",
        "PYTHONPATH": os.pathsep.join([str(tmp_path / "here"), str(tmp_path)]),
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": "0",
        "TZ": "UTC",
    }


def text_of(pdf: bytes, program: Callable[[str], str]) -> str:
    done = subprocess.run(
        [program("pdftotext"), "-", "-"], input=pdf, capture_output=True, check=True
    )
    return done.stdout.decode()
