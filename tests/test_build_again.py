"""Building again: nothing if nothing has changed, all of it if something has, and many at once."""

from __future__ import annotations

import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Desk

MakeDesk = Callable[[Path], "Desk"]

NAMES = (".build.json", "mstp-annual-review-2020-21.html", "mstp-annual-review-2020-21.pdf")
STAMP, HTML, PDF = NAMES
BUILDS = 6


def traces(desk: Desk) -> dict[str, tuple[int, int, int]]:
    """What would show that a file, or its folder, was written or replaced."""
    places = [desk.build_folder, desk.folder, *desk.folder.iterdir()]
    found = {str(place): place.stat() for place in places}
    return {name: (s.st_ino, s.st_mtime_ns, s.st_ctime_ns) for name, s in found.items()}


def test_a_second_build_touches_nothing_and_says_so(built: Desk) -> None:
    before = traces(built)
    again = built.build()
    assert f"{built.year}: unchanged, nothing to build: {HTML} (" in again
    assert "1 page" in again
    assert "no warnings" in again
    assert traces(built) == before


def test_a_forced_build_writes_all_anew_with_the_same_bytes(built: Desk) -> None:
    files, before = built.files(), traces(built)
    assert f"{built.year}: wrote {HTML} (" in built.build("--force")
    assert built.files() == files
    after = traces(built)
    assert [name for name in before if after[name] == before[name]] == []


def change_the_year(desk: Desk) -> None:
    desk.entitle("Another title")


def comment_on_the_year(desk: Desk) -> None:
    desk.replace("status: final", "status: final  # as agreed")


def change_the_partnership(desk: Desk) -> None:
    path = desk.root / "data" / "partnership.yaml"
    path.write_text(path.read_text("utf-8").replace("Merrow Council", "Merrow City Council"))


def add_a_template(desk: Desk) -> None:
    shutil.copytree(desk.checkout / "templates" / "css", desk.root / "templates" / "css")


def change_a_template(desk: Desk) -> None:
    path = desk.root / "templates" / "css" / "tokens.css"
    path.write_text(path.read_text("utf-8").replace("#1d3c5a", "#123456"), "utf-8")


def remove_the_templates(desk: Desk) -> None:
    shutil.rmtree(desk.root / "templates")


def delete_the_page(desk: Desk) -> None:
    (desk.folder / HTML).unlink()


def delete_the_stamp(desk: Desk) -> None:
    (desk.folder / STAMP).unlink()


def tear_the_stamp(desk: Desk) -> None:
    stamp = (desk.folder / STAMP).read_bytes()
    (desk.folder / STAMP).write_bytes(stamp[: len(stamp) // 2])


def delete_the_folder(desk: Desk) -> None:
    shutil.rmtree(desk.folder)


CHANGES = (
    change_the_year, comment_on_the_year, change_the_partnership, add_a_template,
    change_a_template, remove_the_templates, delete_the_page, delete_the_stamp, tear_the_stamp,
    delete_the_folder,
)  # fmt: skip


def test_every_change_is_noticed_once(desk: Desk) -> None:
    """With the page alone, which is quick: what is noticed does not depend on the format."""
    html = ("--format", "html")
    desk.build(*html)
    for change in CHANGES:
        change(desk)
        assert "wrote" in desk.build(*html), change.__name__
        assert sorted(desk.files()) == [STAMP, HTML]
        desk.edition()
        assert "unchanged" in desk.build(*html), change.__name__


def test_an_appendix_that_comes_and_goes_is_noticed(desk: Desk) -> None:
    html = ("--format", "html")
    listed = 'appendices:\n  - title: "Appendix 1: Map"\n    file: map.pdf\n'
    desk.replace("appendices: None\n", listed)
    desk.replace("status: final", "status: draft")
    desk.run("build", desk.year, *html)
    appendix = desk.root / "data" / "map.pdf"
    appendix.write_bytes(b"%PDF-1.7")
    assert "wrote" in desk.build(*html)
    assert "unchanged" in desk.build(*html)
    appendix.unlink()
    done = desk.run("build", desk.year, *html)
    assert "unchanged" not in done.stdout
    assert "`map.pdf`" in done.stderr


def test_an_output_changed_by_hand_is_kept_aside_and_built_again(desk: Desk) -> None:
    html = ("--format", "html")
    desk.build(*html)
    built = (desk.folder / HTML).read_bytes()
    (desk.folder / HTML).write_bytes(b"signed")
    kept = HTML.replace(".html", " (kept).html")
    assert f"is now {kept}" in desk.build(*html)
    assert (desk.folder / HTML).read_bytes() == built
    assert (desk.folder / kept).read_bytes() == b"signed"
    assert "unchanged" in desk.build(*html)


def test_one_format_after_the_other_never_makes_a_mixed_pair(desk: Desk) -> None:
    """A format alone takes the place of all that was there, unless that is what it would be."""
    steps = [
        ("one", ("html",), [HTML], "wrote"),
        ("one", ("pdf",), [PDF], "wrote"),
        ("one", ("html", "pdf"), [HTML, PDF], "wrote"),
        ("one", ("pdf",), [HTML, PDF], "unchanged"),
        ("one", ("html",), [HTML, PDF], "unchanged"),
        ("two", ("html",), [HTML], "wrote"),
        ("two", ("html", "pdf"), [HTML, PDF], "wrote"),
        ("three", ("pdf",), [PDF], "wrote"),
    ]
    for title, formats, names, said in steps:
        desk.entitle(title)
        line = desk.build(*(word for name in formats for word in ("--format", name)))
        assert said in line
        assert sorted(desk.files()) == [STAMP, *names]
        assert desk.edition() == title


def read_at_one_moment(folder: Path) -> dict[str, bytes] | None:
    """All files of one folder, whatever takes its place meanwhile; None where it is going."""
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        return None
    opened = Path(f"/proc/self/fd/{handle}")
    try:
        files = {path.name: path.read_bytes() for path in opened.iterdir()}
        # Once its place is taken, a folder's files are deleted one by one.
        return files if opened.samefile(folder) else None
    except FileNotFoundError:
        return None
    finally:
        os.close(handle)


@contextmanager
def reading(desk: Desk, folder: Path, seen: set[str], mixed: list[str]) -> Iterator[None]:
    """Read the folder over and over, and note the editions and whatever is not whole."""
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            if files := read_at_one_moment(folder):
                try:
                    seen.add(desk.edition(files))
                except AssertionError as error:
                    mixed.append(str(error))

    thread = threading.Thread(target=read)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


@pytest.mark.skipif(sys.platform != "linux", reason="reads through a folder held open")
def test_builds_at_once_into_one_folder(tmp_path: Path, make_desk: MakeDesk) -> None:
    """Each from a workspace of its own, so that it shows whose files are there."""
    titles = [f"edition {number}" for number in range(BUILDS)]
    desks = [make_desk(tmp_path / title) for title in titles]
    output = tmp_path / "shared"
    for desk, title in zip(desks, titles, strict=True):
        desk.entitle(title)
    seen, mixed = set[str](), list[str]()
    first = desks[0]
    with reading(first, output / first.year, seen, mixed):
        at_once = [desk.start("build", desk.year, "--output", str(output)) for desk in desks]
        said = [process.communicate(timeout=100) for process in at_once]
    assert [process.returncode for process in at_once] == [0] * BUILDS, said
    assert mixed == []
    assert seen <= set(titles)
    assert first.edition(read_at_one_moment(output / first.year)) in titles
    assert [path.name for path in output.iterdir()] == [first.year]


def test_builds_of_all_years_at_once_in_one_workspace(desk: Desk) -> None:
    later = desk.year_file.read_text("utf-8")
    changes = {"2021-22": "2022-23", "2020-21": "2021-22", "19 July 2021": "18 July 2022"}
    for old, new in changes.items():
        later = later.replace(old, new)
    (desk.root / "data" / "2021-22.yaml").write_text(later, "utf-8")
    at_once = [desk.start("build", "--all", "--force") for _ in range(3)]
    said = [process.communicate(timeout=100) for process in at_once]
    assert [process.returncode for process in at_once] == [0] * 3, said
    assert sorted(path.name for path in desk.build_folder.iterdir()) == ["2020-21", "2021-22"]
    assert desk.edition() == replace(desk, year="2021-22").edition() == "Safer together"
