"""Every year as a site, through the real command: what is built and written, where links go."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import unquote, urldefrag, urljoin
from urllib.request import urlopen

import pytest

from oscp_report.outputs.stamp import digest_tree
from oscp_report.workspace import Workspace
from tests.conftest import CORRECTED

if TYPE_CHECKING:
    from tests.conftest import Desk

YEARS = ["2019-20", "2020-21", "2021-22", "2022-23", "2023-24", "2024-25"]


@pytest.fixture
def made(site_built: Desk, tmp_path: Path) -> Desk:
    """A copy of the example with its site, for tests that change something."""
    shutil.copytree(site_built.root, tmp_path / "desk")
    return replace(site_built, root=tmp_path / "desk")


def site_of(desk: Desk) -> Path:
    return desk.build_folder / "site"


def edit(desk: Desk, year: str, old: str, new: str) -> None:
    path = desk.root / "data" / f"{year}.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_two_jobs_make_the_same_bytes_as_one(site_built: Desk, made: Desk) -> None:
    """Everything is built anew by two; what one has made is kept beside."""
    shutil.rmtree(made.build_folder)
    done = made.run("site", "--jobs", "2")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(": wrote ecsp-") == len(YEARS)
    found = digest_tree(site_of(made))
    assert found == digest_tree(site_of(site_built))
    assert len(found) > 40


def test_it_holds_the_very_files_that_a_build_writes(site_built: Desk) -> None:
    for year in YEARS:
        built = {
            path.name: path.read_bytes() for path in (site_built.build_folder / year).glob("e*")
        }
        assert len(built) == 2
        there = site_of(site_built) / year
        assert {name: (there / name).read_bytes() for name in built} == built
        source = site_built.root / "data" / f"{year}.yaml"
        assert (there / f"{year}.yaml").read_bytes() == source.read_bytes()


def test_a_second_run_touches_nothing_and_says_so(made: Desk) -> None:
    before = {path: path.stat().st_mtime_ns for path in made.build_folder.rglob("*")}
    done = made.run("site")
    assert re.search(
        r"site: unchanged, \d+ files of 6 years in \S*site$", done.stdout.strip(), re.M
    )
    assert "wrote" not in done.stdout
    assert {path: path.stat().st_mtime_ns for path in made.build_folder.rglob("*")} == before


def test_one_change_touches_what_depends_on_it(made: Desk) -> None:
    """Years after the one that was changed may look back on it; none before it does."""
    before = digest_tree(site_of(made))
    stamps = {year: (made.build_folder / year / ".build.json").read_bytes() for year in YEARS}
    edit(made, "2023-24", "  paragraphs:\n", "  paragraphs:\n    - The year was a leap year.\n")
    assert made.run("site").returncode == 0
    after = digest_tree(site_of(made))
    touched = {name for name in after if after[name] != before.get(name)}
    again = {
        year
        for year in YEARS
        if (made.build_folder / year / ".build.json").read_bytes() != stamps[year]
    }
    assert again == {"2023-24", "2024-25"}
    assert {name.partition("/")[0] for name in touched if name[0] == "2"} == again
    pages = {name for name in touched if name.startswith("differences/")}
    assert pages == {"differences/2022-23-to-2023-24.html", "differences/2023-24-to-2024-25.html"}
    assert "search-index.js" in touched
    shutil.rmtree(site_of(made))
    assert made.run("site").returncode == 0
    assert digest_tree(site_of(made)) == after, "what was kept is what would be made"


def test_another_template_makes_pages_anew(made: Desk) -> None:
    workspace = Workspace(made.root)
    before = workspace.made_with()
    assert workspace.made_with() == before
    (made.root / "templates/site").mkdir(parents=True, exist_ok=True)
    (made.root / "templates/site/difference.html").write_text("{% extends 'site/base.html' %}")
    assert workspace.made_with() != before


def test_a_new_year_leaves_the_others_as_they_are(made: Desk) -> None:
    before = {year: (made.build_folder / year).stat().st_mtime_ns for year in YEARS[:-1]}
    shutil.rmtree(made.build_folder / YEARS[-1])
    text = (made.root / "data" / f"{YEARS[-1]}.yaml").read_text("utf-8")
    (made.root / "data" / f"{YEARS[-1]}.yaml").unlink()
    assert made.run("site").returncode == 0
    assert not (site_of(made) / YEARS[-1]).exists()
    (made.root / "data" / f"{YEARS[-1]}.yaml").write_text(text, "utf-8")
    assert made.run("site").returncode == 0
    assert {year: (made.build_folder / year).stat().st_mtime_ns for year in before} == before


def test_a_draft_is_left_out_unless_it_is_asked_for(made: Desk) -> None:
    edit(made, YEARS[-1], "status: final", "status: draft")
    done = made.run("site")
    assert "left out, since it is a draft: 2024-25" in done.stdout
    front = (site_of(made) / "index.html").read_text("utf-8")
    assert "2024-25" not in re.sub(r"for 2024-25", "", front).replace("2024-25 are", "")
    assert not (site_of(made) / YEARS[-1]).exists()
    assert made.run("site", "--drafts").returncode == 0
    assert (site_of(made) / YEARS[-1]).exists()
    assert "raft" in (site_of(made) / "index.html").read_text("utf-8")


def test_a_draft_between_two_years_stops_the_later_one(made: Desk) -> None:
    """Its file would travel in the later one's PDF, and its numbers stand beside."""
    edit(made, "2021-22", "status: final", "status: draft")
    before = digest_tree(site_of(made))
    done = made.run("site")
    assert done.returncode == 1
    assert "data/2021-22.yaml is a draft, and would be published in the PDF" in done.stderr
    assert "site: nothing was written, because of 2022-23" in done.stderr
    assert digest_tree(site_of(made)) == before


def test_a_new_name_does_not_move_the_reports(made: Desk) -> None:
    before = {path for path in digest_tree(site_of(made)) if path[0] == "2"}
    partnership = made.root / "data" / "partnership.yaml"
    text = partnership.read_text("utf-8")
    kept = text.replace("short_name: ECSP", "short_name: ECSX", 1)
    renamed = kept.replace("file_name: ecsp-annual-review\n", "", 1)
    assert len({text, kept, renamed}) == 3
    partnership.write_text(renamed, "utf-8")
    done = made.run("site")
    assert done.returncode == 2
    assert "`ecsp-annual-review-…` would be called `ecsx-annual-review-…`" in done.stderr
    assert done.stdout == "", "no year was built for nothing"
    assert {path for path in digest_tree(site_of(made)) if path[0] == "2"} == before
    assert "`file_name: ecsp-annual-review`" in done.stderr
    partnership.write_text(kept, "utf-8")
    assert made.run("site").returncode == 0
    assert {path for path in digest_tree(site_of(made)) if path[0] == "2"} == before


def test_where_all_are_drafts_it_says_what_to_do(desk: Desk) -> None:
    desk.replace("status: final", "status: draft")
    done = desk.run("site")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "oscp-report: no year is published: all are drafts",
        "  fix: set `status: final` in one, or give `--drafts` to see what the site would be",
    ]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_error_stops_it_before_anything_is_written(made: Desk, jobs: str) -> None:
    before = digest_tree(site_of(made))
    for year in YEARS:  # so many that a second process is worth it
        said = "See {no-such-figure}" if year == "2020-21" else "The year was long"
        edit(made, year, "  paragraphs:\n", f"  paragraphs:\n    - {said}.\n")
    done = made.run("site", "--jobs", jobs)
    assert done.returncode == 1
    assert "data/2020-21.yaml:" in done.stderr
    assert "no-such-figure" in done.stderr
    assert "site: nothing was written, because of 2020-21" in done.stderr
    assert digest_tree(site_of(made)) == before


def test_a_file_that_is_missing_stops_every_job(made: Desk) -> None:
    for year in YEARS[:2]:
        edit(made, year, "  paragraphs:\n", "  paragraphs:\n    - The year was long.\n")
    templates = made.root / "templates" / "report.html"
    templates.parent.mkdir()
    templates.write_text("{% extends 'no-such.html' %}")
    done = made.run("site", "--jobs", "2")
    assert done.returncode == 2
    assert "no-such.html" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_version_that_was_replaced_is_kept_and_marked(made: Desk) -> None:
    corrected, day = CORRECTED
    year, name = site_of(made) / corrected, f"superseded/{day}/report.pdf"
    assert (year / name).read_bytes() == b"%PDF-1.7 as it was"
    page = (year / "index.html").read_text("utf-8")
    assert f'{name}"' in page
    assert "Superseded versions" in page
    shutil.rmtree(made.root / "data" / "superseded")
    done = made.run("site")
    assert not (year / name).exists()
    assert f"{corrected}: has a correction, and the version before it is not kept" in done.stdout
    assert f"{corrected}: wrote" not in done.stdout  # its report is as it was


@pytest.mark.parametrize(
    ("made_there", "expected"),
    [
        (f"{CORRECTED[0]}/old", f"`data/superseded/{CORRECTED[0]}/old` is not named by a date"),
        (f"{CORRECTED[0]}/2023-01-05", f"`data/superseded/{CORRECTED[0]}/2023-01-05` is empty"),
        (f"{'/'.join(CORRECTED)}/sub", f"`data/superseded/{'/'.join(CORRECTED)}` holds a folder"),
        ("2001-02/2003-01-05", "`data/superseded/2001-02` is of no year that has a report"),
    ],
)
def test_a_folder_of_superseded_versions_that_is_none_is_told(
    made: Desk, made_there: str, expected: str
) -> None:
    (made.root / "data" / "superseded" / made_there).mkdir(parents=True)
    done = made.run("site")
    assert done.returncode == 2
    assert expected in done.stderr


def test_a_template_of_the_site_alone_builds_no_report_again(made: Desk) -> None:
    own = made.root / "templates" / "site" / "404.html"
    own.parent.mkdir(parents=True)
    own.write_text("{% extends 'shipped/site/404.html' %}{% block title %}Gone{% endblock %}")
    done = made.run("site")
    assert done.returncode == 0, done.stderr
    assert ": wrote ecsp-" not in done.stdout


class Links(HTMLParser):
    """The addresses that a page leads to or loads, and the places in it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src") and value is not None:
                self.found.append(value)
            if name == "id" and value:
                self.ids.add(value)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder behind a web server, below a path of the server's."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *arguments: object) -> None:
            pass

    (folder.parent / "council" / "safety").parent.mkdir(parents=True)
    shutil.copytree(folder, folder.parent / "council" / "safety")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder.parent)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/council/safety/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("where", ["folder", "subpath"])
def test_every_link_resolves(made: Desk, where: str) -> None:
    """From the front page to every file of the site, and to the place in a page that is named."""
    site = site_of(made)
    if where == "folder":
        crawl(site.as_uri() + "/", site)
        return
    with served(site) as start:
        crawl(start, site)


def crawl(start: str, site: Path) -> None:
    waiting, pages, seen = [f"{start}index.html"], dict[str, Links](), set[str]()
    asked = list[tuple[str, str]]()
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        try:
            with urlopen(address) as answer:  # noqa: S310  # only what is below `start` comes here
                data = answer.read()
        except (HTTPError, OSError) as error:
            raise AssertionError(f"{address}: {error}") from error
        if not address.endswith(".html"):
            continue
        pages[address] = links = Links(data.decode("utf-8"))
        for link in links.found:
            whole, place = urldefrag(urljoin(address, link))
            if whole.startswith(start):
                asked.append((whole, unquote(place)))
                waiting.append(whole)
            else:
                assert re.match(r"https?://|mailto:|tel:", link), (address, link)
    for whole, place in asked:
        if place and whole in pages:
            assert place in pages[whole].ids, f"{whole} has no place {place}"
    reached = {unquote(address).removeprefix(unquote(start)) for address in seen}
    whole_site = set(digest_tree(site))
    # What no page leads to: the page for what is not found, and what crawlers ask for by name.
    assert whole_site - reached <= {"404.html", "sitemap.xml"}
    assert len(pages) > 20


def test_the_data_are_what_their_description_says(site_built: Desk) -> None:
    from frictionless import Package

    folder = site_of(site_built) / "data"
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.to_summary()
    assert {task.name: task.stats["rows"] for task in report.tasks}.keys() == {
        "figures-csv", "figures-json",
    }  # fmt: skip
    assert len({task.stats["rows"] for task in report.tasks}) == 1
