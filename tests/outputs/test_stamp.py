"""The record that lets an unchanged build do nothing, and never the wrong thing."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscp_report.errors import COULD_NOT_RUN, ReportError
from oscp_report.outputs import stamp as module
from oscp_report.outputs.stamp import STAMP_NAME, InputsOf, Stamp, digest, digest_tree, is_current

posix = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are POSIX")
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
FILES = {"report.html": b"<p>", "report.pdf": b"%PDF"}
INPUTS = {"data/2018-19.yaml": digest(b"year: 2018-19"), "program": digest(b"1.0")}

digests = st.binary(max_size=4).map(digest)
# Any text at all, lone surrogates among it: a file name may hold what UTF-8 cannot.
texts = st.text(st.characters(codec=None), max_size=20)
names = texts.filter(lambda name: name not in ("", ".", "..", STAMP_NAME)).filter(
    lambda name: not set(name) & set("/\\:\0")
)
stamps = st.builds(
    Stamp,
    st.dictionaries(texts, digests, max_size=4),
    st.dictionaries(names, digests, max_size=4),
    st.dictionaries(texts, texts | st.integers(), max_size=4),
)


def now(inputs: Mapping[str, str]) -> InputsOf:
    """Inputs that are these, whatever the build was made from."""
    return lambda names: inputs


def built(folder: Path) -> Stamp:
    stamp = Stamp.of(INPUTS, FILES, {"pages": 4})
    folder.mkdir()
    for name, data in {**FILES, STAMP_NAME: stamp.to_bytes()}.items():
        (folder / name).write_bytes(data)
    return stamp


def test_digest() -> None:
    assert digest(b"") == EMPTY


# The record


def test_the_bytes_are_canonical() -> None:
    one = Stamp({"b": EMPTY, "a": EMPTY}, {"r.pdf": EMPTY}, {"pages": 4, "note": "Sgwâr"})
    two = Stamp({"a": EMPTY, "b": EMPTY}, {"r.pdf": EMPTY}, {"note": "Sgwâr", "pages": 4})
    assert one.to_bytes() == two.to_bytes()
    assert one.to_bytes().endswith(b"\n}\n")
    assert list(json.loads(one.to_bytes())) == ["format", "inputs", "notes", "outputs"]


@given(stamps)
def test_what_was_written_is_read(stamp: Stamp) -> None:
    assert Stamp.from_bytes(stamp.to_bytes()) == stamp


@given(stamps, st.data())
def test_a_torn_record_is_none(stamp: Stamp, data: st.DataObject) -> None:
    whole = stamp.to_bytes()
    length = data.draw(st.integers(0, len(whole) - 2))  # without the newline it is whole
    assert Stamp.from_bytes(whole[:length]) is None


@given(st.binary())
def test_foreign_bytes_never_raise(data: bytes) -> None:
    assert Stamp.from_bytes(data) is None


def record(**changes: object) -> bytes:
    content: dict[str, object] = json.loads(Stamp.of(INPUTS, FILES, {"pages": 4}).to_bytes())
    return json.dumps(content | changes).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"format": ' + b"9" * 5_000 + b"}",
        record(format="oscp-report build 0"),
        record(format=["oscp-report build 1"]),
        record(inputs=[]),
        record(inputs={"a": 1}),
        record(inputs={"a": EMPTY.upper()}),
        record(outputs={"r.pdf": EMPTY[1:]}),
        record(outputs={"r.pdf": EMPTY[1:] + "٣"}),
        record(outputs={"../r.pdf": EMPTY}),
        record(outputs={"a/r.pdf": EMPTY}),
        record(outputs={"C:r.pdf": EMPTY}),
        record(outputs={"..": EMPTY}),
        record(outputs={STAMP_NAME: EMPTY}),
        record(notes=None),
        record(notes={"pages": 1.5}),
        record(notes={"pages": None}),
        record(notes={"pages": [4]}),
    ],
)
def test_a_record_we_did_not_write_is_none(data: bytes, tmp_path: Path) -> None:
    assert Stamp.from_bytes(record()) is not None
    assert Stamp.from_bytes(data) is None
    (tmp_path / STAMP_NAME).write_bytes(data)
    assert Stamp.read(tmp_path / STAMP_NAME) is None


def test_reading_what_is_no_file(tmp_path: Path) -> None:
    assert Stamp.read(tmp_path / "missing") is None
    assert Stamp.read(tmp_path) is None
    assert Stamp.read(tmp_path / "file\0name") is None


@posix
def test_reading_neither_waits_for_a_pipe_nor_follows_a_link(tmp_path: Path) -> None:
    built(tmp_path / "2018-19")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "2018-19" / STAMP_NAME)
    assert Stamp.read(tmp_path / "pipe") is None
    assert Stamp.read(tmp_path / "link") is None


def test_reading_a_huge_file(tmp_path: Path) -> None:
    with open(tmp_path / STAMP_NAME, "wb") as file:
        file.truncate(10**12)
    assert Stamp.read(tmp_path / STAMP_NAME) is None


# Whether a build would change anything


def test_an_unchanged_build_is_current(tmp_path: Path) -> None:
    stamp = built(tmp_path / "2018-19")
    assert is_current(tmp_path / "2018-19", now(INPUTS)) == stamp
    (tmp_path / "2018-19" / "note.txt").write_bytes(b"a stranger changes nothing")
    assert is_current(tmp_path / "2018-19", now(dict(reversed(INPUTS.items())))) == stamp


@pytest.mark.parametrize(
    "inputs",
    [
        {},
        {**INPUTS, "templates/new.css": EMPTY},
        {**INPUTS, "program": EMPTY},
        {name: value for name, value in INPUTS.items() if name != "program"},
    ],
    ids=["none", "one more", "one changed", "one fewer"],
)
def test_other_inputs_are_not_current(tmp_path: Path, inputs: dict[str, str]) -> None:
    built(tmp_path / "2018-19")
    assert is_current(tmp_path / "2018-19", now(inputs)) is None


@pytest.mark.parametrize("name", [*FILES, STAMP_NAME])
@pytest.mark.parametrize("damage", ["deleted", "changed", "emptied", "folder", "link"])
def test_a_damaged_set_is_not_current(tmp_path: Path, name: str, damage: str) -> None:
    built(tmp_path / "2018-19")
    path = tmp_path / "2018-19" / name
    same = path.read_bytes()
    path.unlink()
    if damage == "changed":
        path.write_bytes(same[:-1] + b"?")
    elif damage == "emptied":
        path.write_bytes(b"")
    elif damage == "folder":
        path.mkdir()
    elif damage == "link":
        if sys.platform == "win32":
            pytest.skip("links are POSIX")
        (tmp_path / "same").write_bytes(same)
        path.symlink_to(tmp_path / "same")
    assert is_current(tmp_path / "2018-19", now(INPUTS)) is None


@posix
def test_a_linked_folder_is_not_current(tmp_path: Path) -> None:
    built(tmp_path / "elsewhere")
    (tmp_path / "2018-19").symlink_to(tmp_path / "elsewhere")
    assert is_current(tmp_path / "elsewhere", now(INPUTS))
    assert is_current(tmp_path / "2018-19", now(INPUTS)) is None


def test_a_missing_folder_and_a_stamp_of_nothing_are_not_current(tmp_path: Path) -> None:
    assert is_current(tmp_path / "2018-19", now(INPUTS)) is None
    (tmp_path / STAMP_NAME).write_bytes(Stamp.of(INPUTS, {}, {}).to_bytes())
    assert is_current(tmp_path, now(INPUTS)) is None


# Trees of inputs


def plant(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(name.encode())


def test_a_tree_is_every_file_in_order(tmp_path: Path) -> None:
    plant(tmp_path, "b.css", "fonts/Deep/x.ttf", "a.html", "fonts/a.ttf")
    found = digest_tree(tmp_path)
    assert list(found) == ["a.html", "b.css", "fonts/Deep/x.ttf", "fonts/a.ttf"]
    assert all(found[name] == digest(name.encode()) for name in found)


def test_a_tree_by_patterns(tmp_path: Path) -> None:
    plant(tmp_path, "2018-19.yaml", "2019-20.yml", "schema/year.json", "notes.txt", "YAML")
    assert list(digest_tree(tmp_path, "*.yaml", "*.yml")) == ["2018-19.yaml", "2019-20.yml"]


@pytest.mark.parametrize(
    "name",
    ["__pycache__/a.pyc", "a/__pycache__/b.pyc", ".a.html.swp", ".git/config", "a.html~",
     "~$report.docx", "a.html.tmp"],
)  # fmt: skip
def test_what_an_editor_keeps_for_itself_is_no_input(tmp_path: Path, name: str) -> None:
    plant(tmp_path, "a.html", name)
    assert list(digest_tree(tmp_path)) == ["a.html"]


def test_a_missing_root_is_empty(tmp_path: Path) -> None:
    assert digest_tree(tmp_path / "templates") == {}


@posix
def test_links_in_a_tree(tmp_path: Path) -> None:
    root = tmp_path / "templates"
    plant(root, "a.html", "sub/b.html")
    plant(tmp_path, "outside.html")
    links = {
        "inside.html": "a.html",
        "outside.html": "../outside.html",
        "loop": ".",
        "dangling": "nowhere",
        "itself": "itself",
    }
    for name, target in links.items():
        (root / name).symlink_to(target)
    found = digest_tree(root)
    assert sorted(found) == sorted(["a.html", "sub/b.html", *links])
    assert found["inside.html"] == found["a.html"]
    outside = found["outside.html"]
    (tmp_path / "outside.html").write_bytes(b"changed, but never read by the program")
    assert digest_tree(root)["outside.html"] == outside != digest(b"outside.html")
    (root / "loop").unlink()
    (root / "loop").symlink_to("sub")
    assert digest_tree(root)["loop"] != found["loop"]


@posix
def test_a_linked_root_is_read(tmp_path: Path) -> None:
    plant(tmp_path / "real", "a.html")
    (tmp_path / "real" / "b.html").symlink_to("a.html")
    (tmp_path / "templates").symlink_to("real")
    assert digest_tree(tmp_path / "templates") == digest_tree(tmp_path / "real")


@posix
def test_a_pipe_in_a_tree_is_left_alone(tmp_path: Path) -> None:
    plant(tmp_path, "a.html")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "to the pipe").symlink_to("pipe")
    assert list(digest_tree(tmp_path)) == ["a.html", "to the pipe"]


def test_what_cannot_be_read_counts_as_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(tmp_path, "a.html", "sub/b.html")
    readable = digest_tree(tmp_path)
    scandir = os.scandir

    def refusing(folder: Path) -> object:
        if Path(folder).name == "sub":
            raise PermissionError
        return scandir(folder)

    def refuse(path: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(os, "scandir", refusing)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    unreadable = digest_tree(tmp_path)
    assert list(unreadable) == ["a.html", "sub/."]
    assert readable["a.html"] not in unreadable.values()


@pytest.mark.parametrize(("limit", "value"), [("_MOST_FILES", 1), ("_MOST_BYTES", 11)])
def test_a_tree_is_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    plant(tmp_path / "templates", "a.html", "b.html")
    monkeypatch.setattr(module, limit, value + 1)
    assert len(digest_tree(tmp_path / "templates")) == 2
    monkeypatch.setattr(module, limit, value)
    with pytest.raises(ReportError, match="`templates` holds too many or too large") as caught:
        digest_tree(tmp_path / "templates")
    assert caught.value.exit_code == COULD_NOT_RUN
    assert caught.value.fix == "move what is not part of the report out of `templates`"
