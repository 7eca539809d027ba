"""A folder that is kept as it should be: what is written, what is left, what is removed."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscp_report.errors import ReportError
from oscp_report.outputs import trees
from oscp_report.outputs.trees import LIST_NAME, Changes, keep_tree, kept_files

FILES = {"index.html": b"front", "2018-19/index.html": b"year", "data/figures.csv": b"id\r\n"}

names = st.sampled_from(["a", "b", "c/a", "c/b", "c/d/e"])
trees_of_files = st.dictionaries(names, st.sampled_from([b"", b"x", b"y"]))


def held(folder: Path) -> dict[str, bytes]:
    """What lies in a folder, less the list."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    assert found.pop(LIST_NAME)
    return found


def test_a_new_folder_holds_what_it_should(tmp_path: Path) -> None:
    changes = keep_tree(tmp_path / "site", FILES)
    assert held(tmp_path / "site") == FILES
    assert changes == Changes(new=("2018-19/index.html", "data/figures.csv", "index.html"))


def test_what_is_as_it_should_be_is_not_touched(tmp_path: Path) -> None:
    keep_tree(tmp_path, FILES)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    changes = keep_tree(tmp_path, FILES)
    assert changes.touched == 0
    assert sorted(changes.same) == sorted(FILES)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_what_was_changed_by_hand_is_put_right(tmp_path: Path) -> None:
    keep_tree(tmp_path, FILES)
    (tmp_path / "index.html").write_bytes(b"by hand")
    (tmp_path / "data/figures.csv").unlink()
    changes = keep_tree(tmp_path, FILES)
    assert (changes.changed, changes.new) == (("index.html",), ("data/figures.csv",))
    assert held(tmp_path) == FILES


def test_what_is_gone_is_removed_and_what_is_not_ours_stays(tmp_path: Path) -> None:
    keep_tree(tmp_path, FILES)
    (tmp_path / "2018-19/logo.png").write_bytes(b"theirs")
    changes = keep_tree(tmp_path, {"index.html": b"front"})
    assert changes.removed == ("2018-19/index.html", "data/figures.csv")
    assert held(tmp_path) == {"index.html": b"front", "2018-19/logo.png": b"theirs"}
    assert not (tmp_path / "data").exists()


@given(trees_of_files, trees_of_files)
def test_whatever_was_there_it_ends_as_it_should(
    first: dict[str, bytes], second: dict[str, bytes]
) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as name:
        folder = Path(name)
        keep_tree(folder, first)
        changes = keep_tree(folder, second)
        assert held(folder) == second
        assert set(changes.new) == second.keys() - first.keys()
        assert set(changes.removed) == first.keys() - second.keys()


@pytest.mark.parametrize(
    "listed",
    [
        b"",
        b"{",
        b"{}",
        b"[1]",
        b"1",
        *(b'{"%b": ""}' % at for at in (b"../kept.txt", b"/kept.txt", b"a//kept")),
    ],
)
def test_a_list_that_is_torn_or_leads_elsewhere_removes_nothing(
    tmp_path: Path, listed: bytes
) -> None:
    (tmp_path / "kept.txt").write_text("kept")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / LIST_NAME).write_bytes(listed)
    assert keep_tree(tmp_path / "site", FILES).removed == ()
    assert (tmp_path / "kept.txt").read_text() == "kept"


def test_stopped_at_any_file_the_next_run_knows_its_files_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = {"index.html": b"old", "gone.html": b"gone", "x/y.html": b"y"}
    new = {"index.html": b"new", "z/first.html": b"1", "z/second.html": b"2"}
    write, stopped = trees._write, 0
    for limit in range(6):
        folder = tmp_path / str(limit)
        keep_tree(folder, old)
        left = [limit]

        def fails(path: Path, data: bytes, left: list[int] = left) -> None:
            if not left[0]:
                raise KeyboardInterrupt
            left[0] -= 1
            write(path, data)

        monkeypatch.setattr(trees, "_write", fails)
        try:
            keep_tree(folder, new)
        except KeyboardInterrupt:
            stopped += 1
        monkeypatch.setattr(trees, "_write", write)
        assert all(held(folder).get(name, b"old") in (b"old", b"new") for name in ["index.html"])
        keep_tree(folder, {"index.html": b"last"})
        assert held(folder) == {"index.html": b"last"}
    assert stopped == 5


@pytest.mark.skipif(sys.platform == "win32", reason="making a link takes a right on Windows")
def test_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "outside.txt").write_text("kept")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").symlink_to(tmp_path / "outside.txt")
    with pytest.raises(ReportError, match="is a link to another place"):
        keep_tree(tmp_path / "site", FILES)
    assert (tmp_path / "outside.txt").read_text() == "kept"


@pytest.mark.skipif(sys.platform == "win32", reason="making a link takes a right on Windows")
@pytest.mark.parametrize("files", [FILES, {"index.html": b"front"}], ids=["write", "remove"])
@pytest.mark.parametrize("linked", ["2018-19", "differences/old"])
def test_a_linked_folder_is_refused_before_anything_is_touched(
    tmp_path: Path, files: dict[str, bytes], linked: str
) -> None:
    site, outside = tmp_path / "site", tmp_path / "outside"
    deeper = {**FILES, "differences/old/index.html": b"deep"}
    keep_tree(site, deeper, {f"{linked}/index.html": "1"})
    (site / linked).rename(outside)
    (site / linked).symlink_to(outside, target_is_directory=True)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    kept = {**files, **({} if len(files) == 1 else {f"{linked}/index.html": b"new"})}
    with pytest.raises(ReportError, match=r"is a link to another place") as refused:
        keep_tree(site, {**kept, "index.html": b"other"})
    assert str(site / linked) in str(refused.value)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    with pytest.raises(ReportError, match="is a link to another place"):
        kept_files(site, {f"{linked}/index.html": "1"})


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "2018-19").write_text("a file where a folder is needed")
    with pytest.raises(ReportError, match=r"2018-19.*was not written"):
        keep_tree(tmp_path, FILES)


def test_the_list_names_every_file_once(tmp_path: Path) -> None:
    keep_tree(tmp_path, FILES)
    assert [*json.loads((tmp_path / LIST_NAME).read_bytes())] == sorted(FILES)


def test_what_was_made_from_the_same_and_stands_as_it_was_written_is_kept(tmp_path: Path) -> None:
    made = {"index.html": "1", "data/figures.csv": "2"}
    keep_tree(tmp_path, FILES, made)
    assert kept_files(tmp_path, made) == {name: FILES[name] for name in made}
    assert kept_files(tmp_path, {**made, "index.html": "3"}).keys() == {"data/figures.csv"}
    (tmp_path / "index.html").write_bytes(b"by hand")
    (tmp_path / "data/figures.csv").unlink()
    assert kept_files(tmp_path, made) == {}


def test_what_was_written_without_a_digest_is_not_kept(tmp_path: Path) -> None:
    keep_tree(tmp_path, FILES, {"index.html": "1"})
    assert kept_files(tmp_path, dict.fromkeys(FILES, "1")).keys() == {"index.html"}
    keep_tree(tmp_path, FILES)
    assert kept_files(tmp_path, dict.fromkeys(FILES, "1")) == {}
    assert kept_files(tmp_path, dict.fromkeys(FILES, "")) == {}
