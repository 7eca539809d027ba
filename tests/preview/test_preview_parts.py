"""The preview's parts by themselves: marks, places, differences, files to follow, what is kept."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from oscp_report.checking import check_year
from oscp_report.comparison.texts import words_changed
from oscp_report.diagnostics import Location
from oscp_report.document.rendering import BrokenTemplate, render_report
from oscp_report.document.views import view_report
from oscp_report.errors import ReportError
from oscp_report.outputs.renderer import PdfResult, Renderer, RenderError
from oscp_report.preview import editions
from oscp_report.preview.board import Board
from oscp_report.preview.differing import differing
from oscp_report.preview.drawing import Drawer, Drawn
from oscp_report.preview.lines import lines_then
from oscp_report.preview.marking import marked, with_gone, words_of
from oscp_report.preview.pages import Pages
from oscp_report.preview.places import Finder, link_to, places_of
from oscp_report.preview.reading import Page, Problem, Reading, Source, errors_first, read
from oscp_report.preview.shelf import Answer, Shelf
from oscp_report.preview.telling import Teller
from oscp_report.preview.watching import (
    NETWORK,
    follow,
    mounted_linux,
    mounted_mac,
    type_of,
)
from oscp_report.workspace import Workspace
from oscp_report.year import Year
from tests.preview.conftest import make_example, make_workspace

YEAR = Year(2018)

MARKED = {
    "a word": ("one two", "one <b>three</b>", "one <b>[−two−] [+three+]</b>"),
    "no change": ("one two", "one <em>two</em>", "one <em>two</em>"),
    "words at the end": ("one two three", "one", "one [−two three−]"),
    "all of it": ("", "one <i>two</i> three", "[+one <i>two</i> three+]"),
    "within a word": ("fell 7,292", "fell <b>6</b>,801", "fell <b>[−7,292−] [+6</b>,801+]"),
    "entities": ("a < b", "a &lt; c &amp; d", "a &lt; [−b−] [+c &amp; d+]"),
    "what was taken out is escaped": ("a <script>", "a", "a [−&lt;script&gt;−]"),
    "blocks end a word": ("one two", "<p>one</p><p>four</p>", "<p>one</p><p>[−two−] [+four+]</p>"),
}


@pytest.mark.parametrize(("old", "html", "expected"), MARKED.values(), ids=MARKED)
def test_changed_words_are_marked(old: str, html: str, expected: str) -> None:
    found = marked(html, words_changed(old, words_of(html)))
    assert re.sub("</?(?:ins|del)[^>]*>", "", found) == expected
    assert found.count("<ins") == found.count("</ins>")


WORDS = st.lists(st.sampled_from("one two three four 7,292 & < - [+x+]".split()), max_size=12)


@given(WORDS, WORDS, st.sampled_from(["{}", "<p>{}</p>", "<ul><li>{}</li></ul>", "<b>{}</b>"]))
def test_marks_can_be_taken_out_again(old: list[str], new: list[str], around: str) -> None:
    half = len(new) // 2
    first, second = (str(escape(" ".join(part))) for part in (new[:half], new[half:]))
    html = around.format(f"{first} <em>{second}</em>")
    found = marked(html, words_changed(" ".join(old), words_of(html)))
    without = re.sub(r"<del[^>]*>.*?</del>", "", found)
    after = re.sub(
        r"<ins class=\"put-in\">(?:\[\+(?!x\+\]))?|(?:(?<!\[\+x)\+\])?</ins>", "", without
    )
    assert "<ins" not in after
    before = [unescape(word) for word in re.findall(r"<del[^>]*>\[−(.*?)−\]</del>", found)]
    assert sum(len(text.split()) for text in before) <= len(old)
    # No element crosses another.
    stack: list[str] = []
    for end, tag in re.findall(r"<(/?)([a-z]+)", found):
        if end:
            assert stack.pop() == tag
        else:
            stack.append(tag)
    assert stack == []


def test_what_is_gone_is_escaped_and_its_element_is_not() -> None:
    found = with_gone(Markup("a <b>text</b>"), "a <b> c")
    assert found.startswith('a <b>text</b><br><del class="taken-out')
    assert "[−a &lt;b&gt; c−]</del>" in found


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(make_workspace(tmp_path / "desk"))


def source_of(workspace: Workspace) -> Source:
    found = read(workspace, YEAR, Pages(workspace))
    assert found.page, found.problem
    return found.page.source


def change(workspace: Workspace, old: str, new: str) -> None:
    path = workspace.root / "data" / "2018-19.yaml"
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def test_the_page_less_its_marks_is_the_built_one(workspace: Workspace) -> None:
    source = source_of(workspace)
    pages = Pages(workspace)
    built = render_report(
        view_report(source.report, source.partnership, source.history, has_pdf=True),
        workspace.templates,
    )
    assert pages.render(source.plain_view()) == built
    assert "data-figure" not in built
    page = pages.render(source.view())
    assert page.count("<span data-figure=") >= 9
    assert re.sub(r'<span data-figure="[^"]*">([^<]*)</span>', r"\1", page) == built


def test_kept_templates_are_read_anew_when_told(workspace: Workspace) -> None:
    source = source_of(workspace)
    pages = Pages(workspace)
    first = pages.render(source.view())
    (workspace.root / "templates").mkdir()
    own = workspace.root / "templates" / "report.html"
    own.write_text("{% extends 'shipped/report.html' %}{% block contacts %}Here{% endblock %}")
    pages.forget()
    assert "Here" in pages.render(source.view())
    own.write_text("{{ nothing }}")
    pages.forget()
    with pytest.raises(BrokenTemplate, match=r"templates/report\.html:1"):
        pages.render(source.view())
    own.unlink()
    pages.forget()
    assert pages.render(source.view()) == first


def test_every_paragraph_row_and_figure_has_a_place(workspace: Workspace) -> None:
    source = source_of(workspace)
    view = source.view()
    places = places_of(source.report, view)
    page = Pages(workspace).render(view)
    anchors = set(re.findall(r'<li id="([^"]*)"', page))
    selectors = {place.selector for place in places}
    assert len(anchors) > 40
    assert {f'[id="{anchor}"]' for anchor in anchors} <= selectors
    assert {f'[data-figure="{name}"]' for name in source.report.figures} <= selectors
    rows = [place for place in places if place.selector.startswith(".rows--cover")]
    assert [place.index for place in rows] == list(range(len(view.cover)))
    assert all(place.at.line > 1 for place in places)


def test_what_stands_around_the_paragraphs_has_a_place(tmp_path: Path) -> None:
    workspace = Workspace(make_example(tmp_path / "desk"))
    parts: dict[str, int] = {}
    rows = 0
    for start in (2021, 2024):
        page = read(workspace, Year(start), Pages(workspace)).page
        assert page
        rows += sum(len(each.rows) for one in page.view.year_on_year for each in one.tables)
        for place in page.places:
            kind = re.sub(r"[_0-9]+|\[aria.*?\] ", "", place.selector)
            line = workspace.read(place.at.file).decode().splitlines()[place.at.line - 1]
            parts[kind] = parts.get(kind, 0) + 1
            if kind == ".corrections > p":
                assert "needles and syringes collected is 5,410" in line
            if kind == ".grid--answers > tbody > tr":
                assert (place.at.file, "title:" in line) == (f"data/{Year(start - 1)}.yaml", True)
    assert parts[".corrections > p"] == 1
    assert parts[".grid--answers > tbody > tr"] >= 4
    assert parts[".grid--years > tbody > tr"] == rows > 40
    assert parts['[id="figuresnote"]'] > 3


FOUND: dict[str, tuple[str, str]] = {
    "a paragraph": ("was established in 1998", "Paragraph 1"),
    "an item": ("Hate crime awareness week", "Paragraph 5b(i)"),
    "a figure": ("label: Needles and syringes collected", "Figure “Needles"),
    "a cover row": ("- Date:", "Cover row “Date”"),
    "what is not printed": ("status: final", ""),
    "an acceptance": ("rule: PRO101", ""),
}


@pytest.mark.parametrize(("words", "what"), FOUND.values(), ids=FOUND)
def test_a_finding_leads_to_its_part_of_the_page(
    workspace: Workspace, words: str, what: str
) -> None:
    source = source_of(workspace)
    places = places_of(source.report, source.view())
    lines = workspace.read("data/2018-19.yaml").decode().splitlines()
    (line,) = (n for n, text in enumerate(lines, 1) if words in text)
    number = Finder(source.report, places).find(Location("data/2018-19.yaml", line, 5))
    assert (places[number].what if number is not None else "").startswith(what)
    assert (number is None) == (what == "")


def test_a_finding_in_another_file_leads_nowhere(workspace: Workspace) -> None:
    source = source_of(workspace)
    finder = Finder(source.report, places_of(source.report, source.view()))
    assert finder.find(Location("data/partnership.yaml", 9, 1)) is None


def test_a_link_names_the_whole_path() -> None:
    link = link_to(Path("/home/a b/desk"), Location("data/2018-19.yaml", 12, 5))
    assert re.fullmatch(r"vscode://file/(?:[A-Z]:/)?home/a%20b/desk/data/2018-19\.yaml:12:5", link)


def test_errors_come_first_and_what_was_accepted_last(workspace: Workspace) -> None:
    found = check_year(workspace, YEAR).diagnostics
    error = replace(found[0], severity="error", because="")
    warning = replace(found[0], severity="warning", because="")
    ordered = errors_first([*found, warning, error])
    assert ordered[:2] == (error, warning)
    assert all(each.because for each in ordered[2:])


ITEM = "            - Police have an"
DIFFERENCES: dict[str, tuple[str, str, str, str]] = {
    "a word": (
        "was established",
        "was founded",
        '<ins class="put-in">[+founded+]</ins>',
        "1 text changed",
    ),
    "a row": (
        "- Date: 22 July 2019",
        "- Date: 23 July 2019",
        '[−22−]</del> <ins class="put-in">[+23+]',
        "1 text changed",
    ),
    "a heading": (
        "heading: Introduction and background",
        "heading: Introduction",
        "[−and background−]",
        "1 text changed",
    ),
    "a paragraph put in": (
        "  paragraphs:\n    - ",
        "  paragraphs:\n    - A new one.\n    - ",
        "[+A new one.+]",
        "1 text put in",
    ),
    "an item put in": (
        ITEM,
        f"            - Something else entirely\n{ITEM}",
        "[+Something else entirely+]",
        "1 text put in",
    ),
}


@pytest.mark.parametrize(("old", "new", "expected", "told"), DIFFERENCES.values(), ids=DIFFERENCES)
def test_a_difference_is_marked_where_it_stands(
    workspace: Workspace, old: str, new: str, expected: str, told: str
) -> None:
    before = source_of(workspace)
    change(workspace, old, new)
    after = source_of(workspace)
    pages = Pages(workspace)

    def between(one: Source, other: Source) -> tuple[str, str]:
        versions = (one.report, other.view_of(one.report)), (other.report, other.view())
        found = differing(*versions, other.history)
        return pages.render(found.view), found.told

    html, said = between(before, after)
    assert expected in html
    assert said == told
    # And back: what was put in was taken out.
    html, said = between(after, before)
    mirrored = told.replace("put in", "taken out")
    assert said == mirrored


def test_no_difference_is_no_mark(workspace: Workspace) -> None:
    source = source_of(workspace)
    version = source.report, source.view()
    found = differing(version, version, source.history)
    assert found.told == "no words changed"
    assert found.view == source.view()


def test_the_published_version_may_be_the_pdf_in_build(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(workspace.root / ".git", ignore_errors=True)
    with pytest.raises(ReportError, match="no version was published"):
        editions.published(workspace, YEAR)
    folder = workspace.output(YEAR)
    folder.mkdir(parents=True)
    (folder / "report.pdf").write_bytes(b"%PDF-")
    carried = {"2018-19.yaml": workspace.read("data/2018-19.yaml")}
    monkeypatch.setattr("oscp_report.provenance.extracting.extract", lambda pdf: carried)
    assert "the PDF in `build/2018-19/`" in editions.published(workspace, YEAR).name
    carried["2018-19.yaml"] = carried["2018-19.yaml"].replace(b"status: final", b"status: draft")
    with pytest.raises(ReportError, match="no version was published"):
        editions.published(workspace, YEAR)


def test_a_year_is_compared_with_the_last_one_there_is(workspace: Workspace) -> None:
    with pytest.raises(ReportError, match="no report of a year before 2018-19"):
        editions.last_year(workspace, YEAR)
    text = workspace.read("data/2018-19.yaml").decode().replace("year: 2018-19", "year: 2016-17", 1)
    (workspace.root / "data" / "2016-17.yaml").write_text(text, "utf-8")
    assert editions.last_year(workspace, YEAR).name == "the report for 2016-17"


def test_a_file_that_cannot_be_read_is_tried_again(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(self: Path) -> bytes:
        raise PermissionError(13, "The process cannot access the file", str(self))

    monkeypatch.setattr(Path, "read_bytes", held)
    found = read(workspace, YEAR, Pages(workspace))
    assert found.is_passing
    assert found.problem
    assert "cannot be read: The process cannot access the file" in found.problem.message


def test_a_fault_of_the_program_ends_no_preview(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("oscp_report.preview.reading.view_report", fails)
    found = read(workspace, YEAR, Pages(workspace))
    assert found.problem
    assert "ZeroDivisionError" in found.problem.message


# The state


def board_of(workspace: Workspace, told: list[str]) -> Board:
    return Board(workspace.root, YEAR, Shelf(), told.append, lambda page: {})


def test_the_same_page_is_told_once(workspace: Workspace) -> None:
    told: list[str] = []
    board = board_of(workspace, told)
    for _ in range(3):
        found = read(workspace, YEAR, Pages(workspace))
        assert found.page
        board.show(found.page)
        board.find(found.findings(), found.lines)
    assert len(told) == 2  # the page, and what was found
    assert {'"page": "1"' in each for each in told} == {True}


def shown(workspace: Workspace, board: Board) -> Page:
    """The page of the file as it is, shown on a board."""
    page = read(workspace, YEAR, Pages(workspace)).page
    assert page
    board.show(page)
    return page


def test_a_finding_leads_to_its_part_of_the_page_before(workspace: Workspace) -> None:
    """The file is broken, so that the page stays; its lines are those of the file before."""
    told: list[str] = []
    board = board_of(workspace, told)
    page = shown(workspace, board)
    change(workspace, "year: 2018-19\n", "# A remark.\n" * 40 + "year: 2018-19\n")
    change(workspace, "was established in 1998", "was {founded} in 1998")
    found = read(workspace, YEAR, Pages(workspace))
    assert found.problem
    board.refuse(found.problem, found.findings(), found.lines)
    state = json.loads(told[-1])
    (error,) = (one for one in state["findings"] if one["kind"] == "error")
    assert state["isOld"]
    assert page.places[error["place"]].what == "Paragraph 1"


def test_what_a_build_refuses_is_told(workspace: Workspace) -> None:
    told: list[str] = []
    board = board_of(workspace, told)
    found = read(workspace, YEAR, Pages(workspace))
    assert found.page
    board.show(found.page)
    board.find(found.findings(), found.lines)
    assert json.loads(told[-1])["refused"] == ""
    error = replace(found.findings()[0], severity="error", because="")
    board.find([*found.findings(), error], found.lines)
    assert json.loads(told[-1])["refused"] == "1 error, listed under “What was found”"
    board.refuse(Problem("it is broken"), None, {})
    assert json.loads(told[-1])["refused"] == ""
    # Mended: not until the rules have been asked can it be refused again.
    board.show(found.page)
    assert json.loads(told[-1])["refused"] == ""


LINES: dict[str, tuple[str, str, dict[int, int]]] = {
    "the same": ("abc", "abc", {1: 1, 2: 2, 3: 3}),
    "put in": ("axbc", "abc", {1: 1, 3: 2, 4: 3}),
    "taken out": ("ac", "abc", {1: 1, 2: 3}),
    "changed in place": ("axc", "abc", {1: 1, 2: 2, 3: 3}),
    "changed into more": ("axyc", "abc", {1: 1, 4: 3}),
    "two places": ("xabyc", "abzc", {2: 1, 3: 2, 4: 3, 5: 4}),
    "twice the same": ("aaa", "aa", {1: 1, 2: 2}),
    "nothing before": ("ab", "", {}),
    "nothing now": ("", "ab", {}),
}


@pytest.mark.parametrize(("now", "then", "expected"), LINES.values(), ids=LINES)
def test_lines_are_found_in_the_version_before(
    now: str, then: str, expected: dict[int, int]
) -> None:
    assert lines_then(now, then) == expected


@given(st.text("abc"), st.text("abc"))
def test_a_line_is_one_line_before(now: str, then: str) -> None:
    found = lines_then(now, then)
    assert len(set(found.values())) == len(found)
    assert set(found) <= set(range(1, len(now) + 1))
    assert set(found.values()) <= set(range(1, len(then) + 1))
    assert list(dict(sorted(found.items())).values()) == sorted(found.values())


def test_a_shelf_keeps_two_of_each_group() -> None:
    shelf = Shelf()
    shelf.put("shell", {"": Answer.of(b"shell", "text/html")}, kept=1)
    for number in range(500):
        shelf.put("page", {f"page-{number}": Answer.of(b"page", "text/html")})
    assert len(shelf) == 3
    assert shelf.find("page-499")
    assert shelf.find("page-498")
    assert shelf.find("page-497") is None


def test_an_answer_that_is_not_kept_is_made_at_every_asking() -> None:
    made: list[int] = []

    def make() -> bytes:
        made.append(1)
        return str(len(made)).encode()

    answer = Answer(make, "text/plain", is_kept=False)
    assert [answer.body() for _ in range(3)] == [b"1", b"2", b"3"]
    assert not answer.is_made


def test_a_difference_is_worked_out_at_every_asking(workspace: Workspace) -> None:
    """A commit, or a build, may have made another other side of it, and the page the same."""
    asked: list[int] = []

    def make() -> bytes:
        asked.append(1)
        return b""

    shelf = Shelf()
    board = Board(workspace.root, YEAR, shelf, lambda state: None, lambda page: {"last": make})
    shown(workspace, board)
    for _ in range(2):
        answer = shelf.find("last-1.json")
        assert answer
        answer.body()
    assert len(asked) == 2


def test_another_file_is_told_of_though_the_page_is_the_same(workspace: Workspace) -> None:
    told: list[str] = []
    board = board_of(workspace, told)
    page = shown(workspace, board)
    board.turn()
    board.show(page)
    states = [json.loads(each) for each in told]
    assert [(each["page"], each["turn"]) for each in states] == [("1", 0), ("1", 1)]


def test_an_answer_is_made_once_and_only_if_asked_for() -> None:
    made: list[int] = []

    def make() -> bytes:
        made.append(1)
        return b"made"

    answer = Answer(make, "text/plain")
    assert made == []
    assert not answer.is_made
    assert {answer.body() for _ in range(3)} == {b"made"}
    assert made == [1]


def test_whoever_comes_late_is_told_the_last_state_only() -> None:
    async def listen() -> list[str]:
        teller = Teller()
        for number in range(5):
            teller.tell(str(number))
        found = []
        async for event in teller.events():
            found.append(event)
            if event == "data: 4\n\n":
                teller.tell("5")
                teller.tell("6")
            if event == "data: 6\n\n":
                teller.end()
        return found

    assert asyncio.run(listen()) == ["retry: 500\n\n", "data: 4\n\n", "data: 6\n\n"]


# The PDF


class FakeRenderer:
    """Draws for as long as it is told to."""

    def __init__(self) -> None:
        self.started = threading.Semaphore(0)
        self.may_end = threading.Semaphore(0)
        self.drawn: list[str] = []
        self.starts = 0
        self.fails = False
        self.failures = 0

    def __enter__(self) -> FakeRenderer:
        self.starts += 1
        return self

    def __exit__(self, *_: object) -> None:
        self.may_end.release()

    def render(self, job: object) -> PdfResult:
        self.drawn.append(str(job))
        self.started.release()
        self.may_end.acquire(timeout=10)
        self.failures -= 1
        if self.fails or self.failures >= 0:
            raise RenderError("the PDF took longer than 60 seconds", fix="shorten it")
        return PdfResult(str(job).encode(), 1, ())


@pytest.fixture
def drawer(
    monkeypatch: pytest.MonkeyPatch, workspace: Workspace
) -> tuple[Drawer, FakeRenderer, list[Drawn], Callable[[str], Source]]:
    renderer, told = FakeRenderer(), list[Drawn]()
    monkeypatch.setattr(Renderer, "start", lambda *_: renderer)
    monkeypatch.setattr(Drawer, "_job", lambda self, source: source.lines["name"][0])
    real = source_of(workspace)

    def named(name: str) -> Source:
        return replace(real, lines={**real.lines, "name": [name]})

    made = Drawer(workspace, Pages(workspace), lambda: None, told.append)
    made.start()
    return made, renderer, told, named


def test_the_newest_wins_and_an_outdated_pdf_is_dropped(
    drawer: tuple[Drawer, FakeRenderer, list[Drawn], Callable[[str], Source]],
) -> None:
    draws, renderer, told, named = drawer
    draws.draw(named("first"))
    renderer.started.acquire(timeout=10)
    for name in ("second", "third", "last"):
        draws.draw(named(name))
    renderer.may_end.release()
    renderer.started.acquire(timeout=10)
    renderer.may_end.release()
    wait(lambda: told)
    draws.end()
    assert renderer.drawn == ["first", "last"]
    assert [found.pdf for found in told] == [b"last"]


def test_a_renderer_that_failed_is_started_again(
    drawer: tuple[Drawer, FakeRenderer, list[Drawn], Callable[[str], Source]],
) -> None:
    draws, renderer, told, named = drawer
    renderer.fails = True
    renderer.may_end.release()
    draws.draw(named("first"))
    wait(lambda: told)
    assert told[0].problem
    assert (told[0].problem.message, told[0].pdf) == ("the PDF took longer than 60 seconds", b"")
    renderer.fails = False
    draws.draw(named("second"))
    renderer.started.acquire(timeout=10)
    renderer.may_end.release(5)
    wait(lambda: len(told) == 2)
    draws.end()
    assert told[1].pdf == b"second"
    assert renderer.drawn == ["first", "first", "second"]
    assert renderer.starts == 3


def test_a_renderer_that_ended_while_idle_is_replaced_at_once(
    drawer: tuple[Drawer, FakeRenderer, list[Drawn], Callable[[str], Source]],
) -> None:
    draws, renderer, told, named = drawer
    renderer.failures = 1
    renderer.may_end.release(2)
    draws.draw(named("first"))
    wait(lambda: told)
    draws.end()
    assert (told[0].problem, told[0].pdf) == (None, b"first")
    assert renderer.drawn == ["first", "first"]
    assert renderer.starts == 2


def test_what_fails_slowly_is_not_tried_twice(
    drawer: tuple[Drawer, FakeRenderer, list[Drawn], Callable[[str], Source]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("oscp_report.preview.drawing.QUICK", 0.0)
    draws, renderer, told, named = drawer
    renderer.failures = 1
    renderer.may_end.release()
    draws.draw(named("first"))
    wait(lambda: told)
    draws.end()
    assert told[0].problem
    assert renderer.drawn == ["first"]


def wait(holds: Callable[[], object]) -> None:
    for _ in range(1000):
        if holds():
            return
        time.sleep(0.01)
    raise AssertionError("never came true")


# Following files


@pytest.mark.parametrize("polls", [None, True], ids=["told", "polled"])
def test_saves_renames_new_and_deleted_files_are_noticed(
    tmp_path: Path, polls: bool | None
) -> None:
    data, templates = tmp_path / "data", tmp_path / "templates"
    data.mkdir()
    (data / "a.yaml").write_text("a")
    seen: list[Path] = []
    stop = threading.Event()

    def changed(paths: Sequence[Path]) -> None:
        seen.extend(paths)

    thread = threading.Thread(
        target=follow, args=([data, templates], changed, stop), kwargs={"polls": polls}
    )
    thread.start()
    try:
        time.sleep(0.5)
        (data / "a.yaml").write_text("changed here")
        wait(lambda: data / "a.yaml" in seen)
        seen.clear()
        (tmp_path / "beside").write_text("changed once more")
        (tmp_path / "beside").replace(data / "a.yaml")
        wait(lambda: data / "a.yaml" in seen)
        seen.clear()
        (data / "appendix.pdf").write_text("new")
        wait(lambda: data / "appendix.pdf" in seen)
        seen.clear()
        (data / "appendix.pdf").unlink()
        wait(lambda: data / "appendix.pdf" in seen)
        seen.clear()
        templates.mkdir()  # a folder that was not there when it began
        wait(lambda: templates in seen)
        seen.clear()
        time.sleep(0.3)
        (templates / "report.html").write_text("new")
        wait(lambda: templates / "report.html" in seen)
        seen.clear()
        data.rename(tmp_path / "moved")
        data.mkdir()  # another folder of the name, as after a checkout of git's
        (data / "a.yaml").write_text("of the other folder")
        wait(lambda: seen)
        time.sleep(1.5)
        seen.clear()
        (data / "a.yaml").write_text("and followed there")
        wait(lambda: data / "a.yaml" in seen)
    finally:
        stop.set()
        thread.join(10)
    assert not thread.is_alive()


MOUNTS = r"""22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
31 22 0:26 / /home/officer/Team\040drive rw - cifs //server/share rw
32 31 8:2 / /home/officer/Team\040drive/local rw - ext4 /dev/sdb1 rw
33 22 0:27 / /mnt/ssh rw - fuse.sshfs host:/ rw
34 22 0:28 / /mnt/nfs rw shared:2 master:1 - nfs4 host:/export rw
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/home/officer/reports", False),
        ("/home/officer/Team drive/reports", True),
        ("/home/officer/Team drive/local/reports", False),
        ("/home/officer/Team drives", False),
        ("/mnt/ssh/a", True),
        ("/mnt/nfs", True),
    ],
)
def test_a_network_drive_is_known_by_its_mount(path: str, expected: bool) -> None:
    kind = type_of(Path(path), mounted_linux(MOUNTS))
    assert bool(NETWORK.fullmatch(kind)) == expected


def test_a_network_drive_of_macos_is_known() -> None:
    listed = (
        "/dev/disk3s1s1 on / (apfs, sealed, local, read-only)\n"
        "//officer@server/Share on /Volumes/Team (EU) drive (smbfs, nodev, nosuid)\n"
    )
    mounted = dict(mounted_mac(listed))
    assert mounted == {"/": "apfs", "/Volumes/Team (EU) drive": "smbfs"}


def test_a_reading_without_a_page_has_no_findings() -> None:
    assert Reading().findings() == ()
