"""A year's files are one set: whole before, whole after, whatever happens in between."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from oscp_report.errors import COULD_NOT_RUN
from oscp_report.outputs import filesystem, publishing
from oscp_report.outputs.filesystem import LOCK_NAME, Busy, locked
from oscp_report.outputs.publishing import PublishError, check_folder, publish, sweep
from oscp_report.outputs.stamp import STAMP_NAME, Stamp, digest

if sys.platform != "win32":
    import fcntl

posix = pytest.mark.skipif(sys.platform == "win32", reason="forks, signals and modes are POSIX")
as_root = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="only root on Linux may mount a disk"
)
NAMES = ("report.html", "report.pdf")
WAYS = ("exchange", "aside", "piecemeal")
NOTE = b"signed by the chair"


def a_set(token: str, size: int = 1, names: tuple[str, ...] = NAMES) -> dict[str, bytes]:
    files = {name: f"<{token}>".encode() * size for name in names}
    return {**files, STAMP_NAME: Stamp.of({"year.yaml": digest(b"")}, files, {}).to_bytes()}


def token_in(data: bytes) -> str:
    return data[1 : data.index(b">")].decode()


OLD = a_set("old", names=(*NAMES, "annex.csv"))


def whole(folder: Path) -> str:
    """The token of the one whole set in the folder; fails on a mix or a torn file."""
    stamp = Stamp.read(folder / STAMP_NAME)
    assert stamp, "no stamp, or a torn one"
    found = {name: (folder / name).read_bytes() for name in stamp.outputs}
    assert {name: digest(data) for name, data in found.items()} == stamp.outputs, "a torn file"
    (token,) = {token_in(data) for data in found.values()}
    return token


def tree(folder: Path) -> dict[str, bytes | None]:
    """Every name below a folder: the bytes of a file, the target of a link, None for a folder."""
    found: dict[str, bytes | None] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = b"link to " + os.fsencode(os.readlink(path))
        else:
            found[name] = None if path.is_dir() else path.read_bytes()
    return found


def refuse_exchange(_one: Path, _two: Path) -> bool:
    return False


def take_way(monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    """Switch folders as another system would: no exchange, or no renaming of old folders."""
    if way == "exchange":
        if sys.platform == "win32":
            pytest.skip("Windows has no step that exchanges two folders")
        return
    monkeypatch.setattr(publishing, "exchange", refuse_exchange)
    if way == "piecemeal":
        rename = os.rename

        def refuse_old_folders(source: Path, target: Path) -> None:
            if str(target).endswith(".old"):
                raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), str(source))
            rename(source, target)

        monkeypatch.setattr(os, "rename", refuse_old_folders)


def in_child(work: Callable[[], object], *, user: int | None = None) -> str:
    """Run in a forked process, as another user if asked; what it returned, as text."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if user is not None:
                os.setgroups([])
                os.setgid(user)
                os.setuid(user)
            os.write(writer, str(work()).encode())
        except BaseException:
            os.write(writer, traceback.format_exc().encode()[-4000:])
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        text = pipe.read().decode()
    os.waitpid(child, 0)
    return text


def refusal(work: Callable[[], object]) -> str:
    with pytest.raises(PublishError) as caught:
        work()
    assert caught.value.exit_code == COULD_NOT_RUN
    return f"{caught.value}\n{caught.value.fix}"


@pytest.fixture
def year(tmp_path: Path) -> Path:
    return tmp_path / "build" / "2018-19"


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may reach, which pytest's own is not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)


# Plain publishing


@pytest.mark.parametrize("way", WAYS)
def test_a_set_replaces_the_one_before(
    year: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    take_way(monkeypatch, way)
    for token in ("a", "b", "c"):
        assert publish(year, a_set(token)) == ()
        assert tree(year) == a_set(token)
        assert os.listdir(year.parent) == ["2018-19"]


@pytest.mark.parametrize("linked", [False, pytest.param(True, marks=posix)], ids=["", "linked"])
def test_an_output_that_is_no_longer_made_goes(year: Path, linked: bool) -> None:
    publish(year, OLD)
    if linked:
        (year / "annex.csv").unlink()
        (year / "annex.csv").symlink_to("nowhere")
    publish(year, a_set("b"))
    assert tree(year) == a_set("b")


def test_a_relative_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    publish(Path("build/2018-19"), a_set("a"))
    publish(Path("2018-19"), a_set("b"))
    assert sorted(os.listdir()) == ["2018-19", "build"]
    assert whole(tmp_path / "2018-19") == "b"
    (tmp_path / "2019-20").write_bytes(b"")
    text = refusal(lambda: publish(Path("2019-20"), a_set("a")))
    assert text.startswith("`2019-20` is a file")


@pytest.mark.parametrize("bad", [{}, {"a.pdf": b"1"}, {**a_set("a"), "report.pdf": b"other"}])
def test_files_that_their_stamp_does_not_list_are_a_mistake_of_ours(
    year: Path, bad: dict[str, bytes]
) -> None:
    with pytest.raises(ValueError, match=r"\.build\.json must list"):
        publish(year, bad)
    assert not year.parent.exists()


@posix
@pytest.mark.parametrize("umask", [0o022, 0o002, 0o077], ids=oct)
def test_modes_follow_the_umask(year: Path, umask: int) -> None:
    def modes() -> list[str]:
        os.umask(umask)
        publish(year, a_set("a"))
        paths = [year.parent, year, *year.iterdir()]
        return sorted({oct(stat.S_IMODE(path.stat().st_mode)) for path in paths})

    assert in_child(modes) == str(sorted({oct(0o777 & ~umask), oct(0o666 & ~umask)}))


# Strangers


@pytest.mark.parametrize("way", WAYS)
def test_strangers_survive(year: Path, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    publish(year, a_set("a"))
    take_way(monkeypatch, way)
    strangers = {"note.txt": NOTE, "signed": None, "signed/copy.pdf": b"%PDF", ".hidden": b""}
    (year / "signed").mkdir()
    for name, data in strangers.items():
        if data is not None:
            (year / name).write_bytes(data)
    for token in ("b", "c"):
        assert publish(year, a_set(token)) == ()
        assert tree(year) == {**a_set(token), **strangers}
        assert os.listdir(year.parent) == ["2018-19"]


def test_an_output_changed_by_hand_is_kept_under_a_free_name(year: Path) -> None:
    publish(year, a_set("a"))
    for token, kept in (("b", "report (kept).pdf"), ("c", "report (kept 2).pdf")):
        (year / "report.pdf").write_bytes(NOTE + token.encode())
        assert publish(year, a_set(token)) == (kept,)
        assert whole(year) == token
    assert (year / "report (kept).pdf").read_bytes() == NOTE + b"b"
    assert (year / "report (kept 2).pdf").read_bytes() == NOTE + b"c"


def test_a_folder_under_an_output_name_is_kept(year: Path) -> None:
    (year / "report.pdf").mkdir(parents=True)
    (year / "report.pdf" / "note.txt").write_bytes(NOTE)
    assert publish(year, a_set("a")) == ("report (kept).pdf",)
    assert (year / "report (kept).pdf" / "note.txt").read_bytes() == NOTE
    assert whole(year) == "a"


def test_a_strangers_name_that_the_program_now_needs(year: Path) -> None:
    files = {"report.html": b"<a>"}
    publish(year, {**files, STAMP_NAME: Stamp.of({}, files, {}).to_bytes()})
    (year / "report.pdf").write_bytes(NOTE)
    assert publish(year, a_set("b")) == ("report (kept).pdf",)
    assert (year / "report (kept).pdf").read_bytes() == NOTE


@pytest.mark.parametrize("stamp", [None, b"", b"{}", b"torn"])
def test_without_a_stamp_the_programs_names_win(year: Path, stamp: bytes | None) -> None:
    year.mkdir(parents=True)
    (year / "report.pdf").write_bytes(b"from a version that wrote no stamp")
    (year / "note.txt").write_bytes(NOTE)
    if stamp is not None:
        (year / STAMP_NAME).write_bytes(stamp)
    assert publish(year, a_set("a")) == ()
    assert tree(year) == {**a_set("a"), "note.txt": NOTE}


# Links and files in the way


@posix
@pytest.mark.parametrize("place", ["build", "build/2018-19"])
@pytest.mark.parametrize("dangling", [False, True], ids=["", "dangling"])
def test_a_link_is_refused_and_its_target_untouched(
    tmp_path: Path, place: str, dangling: bool
) -> None:
    target = tmp_path / "elsewhere"
    if not dangling:
        target.mkdir()
        (target / "report.pdf").write_bytes(NOTE)
    before = tree(tmp_path)
    (tmp_path / place).parent.mkdir(exist_ok=True)
    (tmp_path / place).symlink_to(target, target_is_directory=True)
    text = refusal(lambda: publish(tmp_path / "build" / "2018-19", a_set("a")))
    assert f"`{tmp_path / place}` is a link to another place" in text
    sweep(tmp_path / "build")
    after = tree(tmp_path)
    assert {name: after[name] for name in before} == before
    assert after[place] == b"link to " + os.fsencode(target)
    assert set(after) - set(before) <= {"build", place}


@pytest.mark.parametrize("place", ["build", "build/2018-19"])
def test_a_file_in_the_way_is_refused(tmp_path: Path, place: str) -> None:
    (tmp_path / place).parent.mkdir(exist_ok=True)
    (tmp_path / place).write_bytes(NOTE)
    text = refusal(lambda: publish(tmp_path / "build" / "2018-19", a_set("a")))
    assert f"`{tmp_path / place}` is a file, and a folder is needed there" in text
    assert (tmp_path / place).read_bytes() == NOTE


@posix
def test_a_link_that_appears_while_waiting_is_refused(year: Path, tmp_path: Path) -> None:
    publish(year, a_set("a"))
    outcome: list[str] = []
    with locked(year.parent, 0):
        waiting = threading.Thread(
            target=lambda: outcome.append(refusal(lambda: publish(year, a_set("b"))))
        )
        waiting.start()
        time.sleep(0.1)
        year.rename(tmp_path / "elsewhere")
        year.symlink_to(tmp_path / "elsewhere")
    waiting.join()
    assert "is a link to another place" in outcome[0]
    assert whole(tmp_path / "elsewhere") == "a"


@posix
@pytest.mark.parametrize("name", ["report.pdf", STAMP_NAME, "mine.pdf"])
def test_a_linked_file_is_replaced_as_a_name(year: Path, tmp_path: Path, name: str) -> None:
    publish(year, a_set("a"))
    target = tmp_path / "precious.pdf"
    target.write_bytes(NOTE)
    (year / name).unlink(missing_ok=True)
    (year / name).symlink_to(target)
    assert publish(year, a_set("b")) == ()
    assert target.read_bytes() == NOTE
    assert whole(year) == "b"
    links = [path.name for path in year.iterdir() if path.is_symlink()]
    assert links == (["mine.pdf"] if name == "mine.pdf" else [])


# Full disks, missing rights


@posix
def test_a_file_size_limit(year: Path) -> None:
    import resource

    publish(year, a_set("a"))

    def limited() -> str:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        return refusal(lambda: publish(year, a_set("b", 500)))

    assert in_child(limited) == (
        f"`{year}` was not written: a file is larger than this disk or account allows\n"
        "build on another disk, or ask whoever looks after this computer; "
        "the earlier report is untouched"
    )
    assert whole(year) == "a"
    assert os.listdir(year.parent) == ["2018-19"]


@contextmanager
def mounted(kind: str, options: str, place: Path) -> Iterator[None]:
    place.mkdir(exist_ok=True)
    command = ["mount", "-t", kind, "-o", options, kind, str(place)]
    if subprocess.run(command, capture_output=True).returncode:
        pytest.skip(f"this system does not let root mount {kind}")
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], check=True)


@as_root
def test_a_full_disk(tmp_path: Path) -> None:
    year = tmp_path / "disk" / "2018-19"
    with mounted("tmpfs", "size=64k", tmp_path / "disk"):
        publish(year, a_set("a"))
        text = refusal(lambda: publish(year, a_set("b", 20_000)))
        assert text == (
            f"`{year}` was not written: the disk is full\n"
            "free some space and build again; the earlier report is untouched"
        )
        assert whole(year) == "a"
        assert os.listdir(year.parent) == ["2018-19"]
        first = refusal(lambda: publish(year.with_name("2019-20"), a_set("b", 20_000)))
        assert first.endswith("build again; nothing was written")
        assert os.listdir(year.parent) == ["2018-19"]


@as_root
def test_a_folder_from_a_container_image(tmp_path: Path) -> None:
    """An overlay refuses to rename a folder of its lower layer, and to exchange it."""
    layers = {name: tmp_path / name for name in ("lower", "upper", "work")}
    for layer in layers.values():
        layer.mkdir()
    publish(layers["lower"] / "build" / "2018-19", a_set("a"))
    (layers["lower"] / "build" / "2018-19" / "note.txt").write_bytes(NOTE)
    options = "lowerdir={lower},upperdir={upper},workdir={work}".format(**layers)
    with mounted("overlay", options, tmp_path / "merged"):
        year = tmp_path / "merged" / "build" / "2018-19"
        for token in ("b", "c"):
            publish(year, a_set(token))
            assert tree(year) == {**a_set(token), "note.txt": NOTE}
            assert os.listdir(year.parent) == ["2018-19"]


@posix
@pytest.mark.parametrize("place", ["build", "build/2018-19"])
def test_a_read_only_folder(open_folder: Path, place: str) -> None:
    year = open_folder / "build" / "2018-19"
    nobody = 65534 if os.geteuid() == 0 else None

    def attempt() -> str:
        publish(year, a_set("a"))
        (open_folder / place).chmod(0o555)
        try:
            return refusal(lambda: publish(year, a_set("b")))
        finally:
            (open_folder / place).chmod(0o755)

    assert in_child(attempt, user=nobody) == (
        f"`{year}` was not written: it is read-only or belongs to someone else\n"
        "make the folder writable, or build in a folder of your own; "
        "the earlier report is untouched"
    )
    assert whole(year) == "a"
    assert os.listdir(year.parent) == ["2018-19"]


@posix
@pytest.mark.parametrize("name", ["2" * 240, "2" * 300], ids=["ours is", "already is"])
def test_a_name_too_long(tmp_path: Path, name: str) -> None:
    text = refusal(lambda: publish(tmp_path / "build" / name, a_set("a")))
    assert "the name is too long\nuse a folder with a shorter name; nothing was written" in text
    assert os.listdir(tmp_path) == []


def test_a_missing_workspace(tmp_path: Path) -> None:
    text = refusal(lambda: publish(tmp_path / "gone" / "build" / "2018-19", a_set("a")))
    assert "a folder it needs is missing" in text
    assert os.listdir(tmp_path) == []


# A file held open, as Windows tells it


def held_error(path: Path, winerror: int) -> PermissionError:
    error = PermissionError(errno.EACCES, "in use", str(path))
    error.winerror = winerror  # type: ignore[attr-defined]  # other systems lack the attribute
    return error


def hold(
    monkeypatch: pytest.MonkeyPatch, year: Path, file: str, winerror: int, times: int = 10**6
) -> list[float]:
    """Refuse to rename the folder, and the file, as if a viewer held the file open."""
    rename, left, pauses = os.rename, [times], list[float]()

    def refusing(source: Path, target: Path) -> None:
        if Path(source) in (year, year / file) and left[0] > 0:
            left[0] -= 1
            raise held_error(Path(source), 32 if Path(source) == year / file else winerror)
        rename(source, target)

    monkeypatch.setattr(publishing, "exchange", refuse_exchange)
    monkeypatch.setattr(os, "rename", refusing)
    monkeypatch.setattr(time, "sleep", pauses.append)
    return pauses


@pytest.mark.parametrize("winerror", [5, 32])
def test_a_file_held_by_a_viewer_is_named(
    year: Path, monkeypatch: pytest.MonkeyPatch, winerror: int
) -> None:
    publish(year, a_set("a"))
    pauses = hold(monkeypatch, year, "report.pdf", winerror)
    assert refusal(lambda: publish(year, a_set("b"))) == (
        f"`report.pdf` in `{year}` is open in another program\n"
        "close `report.pdf` in your PDF viewer or Word and build again; "
        "the earlier report is untouched"
    )
    assert sum(pauses) == pytest.approx(1)
    assert whole(year) == "a"
    assert os.listdir(year.parent) == ["2018-19"]


def test_a_held_folder_with_no_file_to_name(year: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(year, a_set("a"))
    hold(monkeypatch, year, "no such file", 5)
    text = refusal(lambda: publish(year, a_set("b")))
    assert f"`{year}` is in use by another program\nclose every window" in text
    assert whole(year) == "a"


def test_a_virus_scanner_lets_go_again(year: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(year, a_set("a"))
    pauses = hold(monkeypatch, year, "report.pdf", 32, times=2)
    publish(year, a_set("b"))
    assert len(pauses) == 2
    assert whole(year) == "b"


def test_access_denied_elsewhere_is_not_blamed_on_a_viewer(
    year: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(year, a_set("a"))
    mkdir = os.mkdir

    def denied(path: Path, *mode: int) -> None:
        if str(path).endswith(".part"):
            raise held_error(Path(path), 5)
        mkdir(path, *mode)

    monkeypatch.setattr(os, "mkdir", denied)
    assert "it is read-only or belongs to someone else" in refusal(
        lambda: publish(year, a_set("b"))
    )


# The lock


def test_the_second_build_waits_for_the_first(year: Path) -> None:
    publish(year, a_set("a"))
    waiting = threading.Thread(target=lambda: publish(year, a_set("b")))
    with locked(year.parent, 0):
        waiting.start()
        time.sleep(0.15)
        assert whole(year) == "a"
        assert waiting.is_alive()
    waiting.join(10)
    assert not waiting.is_alive()
    assert whole(year) == "b"


def test_waiting_ends(year: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(year, a_set("a"))
    monkeypatch.setattr(publishing, "PATIENCE", 0.1)
    with locked(year.parent, 0):
        assert refusal(lambda: publish(year, a_set("b"))) == (
            f"another build is still writing to `{year.parent}`\n"
            "wait until it has ended, or close it, and build again; the earlier report is untouched"
        )
    assert whole(year) == "a"


def no_folder_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """As NFS has it: only what is open for writing can be locked."""
    flock = fcntl.flock

    def refusing(handle: int, operation: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        flock(handle, operation)

    monkeypatch.setattr(fcntl, "flock", refusing)


def hold_lock_until_killed(folder: Path) -> int:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        with locked(folder, 0):
            os.write(writer, b"!")
            signal.pause()
        os._exit(0)
    os.read(reader, 1)
    os.close(reader)
    os.close(writer)
    return child


@posix
@pytest.mark.parametrize("network", [False, True], ids=["local", "NFS"])
def test_the_lock_frees_itself_when_its_holder_is_killed(
    year: Path, monkeypatch: pytest.MonkeyPatch, network: bool
) -> None:
    if network:
        no_folder_locks(monkeypatch)
    publish(year, a_set("a"))
    assert os.listdir(year.parent) == ["2018-19"]
    holder = hold_lock_until_killed(year.parent)
    with pytest.raises(Busy), locked(year.parent, 0):
        pass
    os.kill(holder, signal.SIGKILL)
    os.waitpid(holder, 0)
    assert (LOCK_NAME in os.listdir(year.parent)) == network
    sweep(year.parent)
    assert os.listdir(year.parent) == ["2018-19"]
    publish(year, a_set("b"))
    assert tree(year.parent) == {"2018-19": None} | {
        f"2018-19/{name}": data for name, data in a_set("b").items()
    }


@posix
def test_a_lock_on_a_folder_that_was_made_anew_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flock, swapped = fcntl.flock, list[Path]()

    def swap_first(handle: int, operation: int) -> None:
        if not swapped:
            swapped.append((tmp_path / "build").rename(tmp_path / "moved"))
            (tmp_path / "build").mkdir()
        flock(handle, operation)

    monkeypatch.setattr(fcntl, "flock", swap_first)
    with locked(tmp_path / "build", 5):
        monkeypatch.undo()
        with pytest.raises(Busy), locked(tmp_path / "build", 0):
            pass


@posix
def test_a_linked_folder_is_not_locked(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "build").symlink_to("real")
    with pytest.raises(OSError, match="build"), locked(tmp_path / "build", 0):
        pass


@posix
def test_a_lock_that_fails_otherwise_says_so(year: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(handle: int, operation: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(fcntl, "flock", failing)
    assert "the disk reports a fault" in refusal(lambda: publish(year, a_set("a")))


# Sweeping


def leave(parent: Path, name: str, files: dict[str, bytes]) -> Path:
    folder = parent / name
    folder.mkdir(parents=True)
    for file, data in files.items():
        (folder / file).write_bytes(data)
    return folder


def test_sweeping_clears_every_year_and_gives_back_what_is_not_ours(year: Path) -> None:
    publish(year, a_set("a"))
    parent = year.parent
    leave(parent, ".2018-19.0123456789ab.part", {"annex.csv": b"<to", STAMP_NAME: b"{"})
    leave(parent, ".2018-19.0123456789ac.new", a_set("b"))
    leave(parent, ".2017-18.0123456789ab.new", {**a_set("o"), "note.txt": NOTE})
    leave(parent, ".2016-17.0123456789ab.old", {**a_set("p"), "note.txt": NOTE})
    leave(parent, ".2016-17.0123456789aa.new", {**a_set("q"), "minutes.txt": NOTE})
    sweep(parent)
    assert sorted(os.listdir(parent)) == ["2016-17", "2017-18", "2018-19"]
    assert tree(year) == a_set("a")
    assert tree(parent / "2017-18") == {"note.txt": NOTE}
    assert tree(parent / "2016-17") == {**a_set("p"), "note.txt": NOTE, "minutes.txt": NOTE}


def test_sweeping_puts_back_what_was_being_set_aside_one_by_one(year: Path) -> None:
    leave(year.parent, year.name, {"report.pdf": OLD["report.pdf"], "note.txt": NOTE})
    aside = {name: data for name, data in OLD.items() if name != "report.pdf"}
    leave(year.parent, ".2018-19.0123456789ab.old", aside)

    def check(count: int, name: str, call: Callable[[], object]) -> object:
        result = call()
        assert not (year / STAMP_NAME).exists() or whole(year) == "old"
        return result

    with at_every_call(check):
        sweep(year.parent)
    assert tree(year) == {**OLD, "note.txt": NOTE}
    assert os.listdir(year.parent) == ["2018-19"]


def test_sweeping_overwrites_no_stranger(year: Path) -> None:
    publish(year, a_set("a"))
    (year / "note.txt").write_bytes(b"newer")
    leave(
        year.parent,
        ".2018-19.0123456789ab.old",
        {**a_set("o"), "note.txt": NOTE, "report.pdf": b"signed"},
    )
    sweep(year.parent)
    assert tree(year) == {
        **a_set("a"),
        "note.txt": b"newer",
        "note (kept).txt": NOTE,
        "report (kept).pdf": b"signed",
    }


def test_sweeping_leaves_what_only_looks_like_ours(year: Path, tmp_path: Path) -> None:
    publish(year, a_set("a"))
    lookalikes = {
        ".2018-19.notes.new",
        ".2018-19.0123456789ab.new.bak",
        ".2018-19.0123456789AB.old",
    }
    for name in lookalikes:
        leave(year.parent, name, {"note.txt": NOTE})
    (year.parent / ".2018-19.0123456789ab.part").write_bytes(NOTE)
    if sys.platform != "win32":
        precious = leave(tmp_path, "precious", {"note.txt": NOTE})
        (year.parent / ".2018-19.0123456789ac.part").symlink_to(precious)
    before = tree(tmp_path)
    sweep(year.parent)
    publish(year, a_set("a"))
    assert tree(tmp_path) == before


@posix
def test_sweeping_gives_nothing_back_through_a_link(year: Path, tmp_path: Path) -> None:
    elsewhere = leave(tmp_path, "elsewhere", {})
    left = leave(year.parent, ".2018-19.0123456789ab.new", {**a_set("o"), "note.txt": NOTE})
    year.symlink_to(elsewhere)
    sweep(year.parent)
    assert tree(elsewhere) == {}
    assert (left / "note.txt").read_bytes() == NOTE


def test_sweeping_waits_for_nobody(year: Path) -> None:
    publish(year, a_set("a"))
    left = leave(year.parent, ".2018-19.0123456789ab.part", {"report.html": b"<to"})
    with locked(year.parent, 0):
        sweep(year.parent)
        assert left.exists()
    sweep(year.parent)
    assert not left.exists()


def test_sweeping_a_clean_or_missing_folder_takes_no_lock(
    year: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(folder: Path, patience: float) -> None:
        raise AssertionError("took the lock")

    sweep(year.parent)
    publish(year, a_set("a"))
    monkeypatch.setattr(publishing, "locked", forbidden)
    sweep(year.parent)
    assert not (year.parent.parent / "missing").exists()


# Faults and kills at every call


CALLS = ("mkdir", "open", "write", "fsync", "rename", "unlink", "rmdir", "scandir", "listdir")


@contextmanager
def at_every_call(act: Callable[[int, str, Callable[[], object]], object]) -> Iterator[None]:
    """Hand each call that touches the disk, numbered from 1, to ``act`` instead of making it."""
    count = 0

    def wrapped(name: str, call: Callable[..., object]) -> Callable[..., object]:
        def wrapper(*arguments: object, **named: object) -> object:
            nonlocal count
            count += 1
            return act(count, name, lambda: call(*arguments, **named))

        return wrapper

    with pytest.MonkeyPatch.context() as patch:
        for name in CALLS:
            patch.setattr(os, name, wrapped(name, getattr(os, name)))
        patch.setattr(publishing, "exchange", wrapped("exchange", vars(publishing)["exchange"]))
        yield


def prepare(year: Path, *, killed_before: bool = False) -> dict[str, bytes | None]:
    """An old set with strangers in it, some of them perhaps in a leftover; what must survive."""
    publish(year, OLD)
    strangers = {"note.txt": NOTE, "signed": None, "signed/copy.pdf": b"%PDF"}
    (year / "signed").mkdir()
    (year / "signed" / "copy.pdf").write_bytes(b"%PDF")
    (year / "note.txt").write_bytes(NOTE)
    if killed_before:
        name = ".2018-19.0123456789ab.new"
        leave(year.parent, name, {**a_set("older"), "minutes.txt": NOTE})
        strangers["minutes.txt"] = NOTE
    return strangers


@posix
def test_all_is_flushed_before_the_switch_and_the_switch_before_the_old_set_goes(
    year: Path,
) -> None:
    prepare(year)
    made: list[str] = []

    def note(count: int, name: str, call: Callable[[], object]) -> object:
        made.append(name)
        return call()

    with at_every_call(note):
        publish(year, a_set("new"))
    switch = made.index("exchange")
    assert made[:switch].count("fsync") == len(NAMES) + 2  # each file, the stamp, their folder
    after = made[switch + 1 :]
    assert after.count("rename") == 2
    flushed = after.index("fsync")
    assert after.index("rename") < flushed < after.index("unlink")
    assert after.count("fsync") == 2  # the folder that took the strangers, and its parent


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO], ids=["ENOSPC", "EIO"])
def test_a_failure_at_any_call_leaves_one_whole_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str, code: int
) -> None:
    take_way(monkeypatch, way)
    failures = 0
    for number in range(1, 200):
        year = tmp_path / str(number) / "2018-19"
        year.parent.mkdir()
        strangers = prepare(year)
        identity = os.lstat(year).st_ino
        last, refused = 0, list[PublishError]()

        def fail(count: int, name: str, call: Callable[[], object], number: int = number) -> object:
            nonlocal last
            last = count
            if count == number:
                raise OSError(code, os.strerror(code))
            return call()

        try:
            with at_every_call(fail):
                publish(year, a_set("new"))
        except PublishError as error:
            refused.append(error)
        for problem in refused:
            failures += 1
            assert f"`{year}` was not written" in str(problem)
            untouched = os.lstat(year).st_ino == identity
            assert problem.fix.endswith("the earlier report is untouched") == untouched
        expected = OLD if refused else a_set("new")
        assert tree(year) == {**expected, **strangers}, f"call {number}"
        assert os.listdir(year.parent) == ["2018-19"], f"call {number}"
        if last < number:
            break
    else:
        pytest.fail("publishing never came to its end")
    assert failures > 10


@pytest.mark.parametrize("way", WAYS)
def test_ctrl_c_at_any_call_leaves_one_whole_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    take_way(monkeypatch, way)
    interrupted = 0
    for number in range(1, 200):
        year = tmp_path / str(number) / "2018-19"
        year.parent.mkdir()
        strangers = prepare(year)

        def interrupt(
            count: int, name: str, call: Callable[[], object], number: int = number
        ) -> object:
            if count == number:
                raise KeyboardInterrupt
            return call()

        try:
            with at_every_call(interrupt):
                publish(year, a_set("new"))
        except KeyboardInterrupt:
            interrupted += 1
        else:
            break
        whole_set = {"old": OLD, "new": a_set("new")}[whole(year)]
        assert tree(year) == {**whole_set, **strangers}, f"call {number}"
        if whole(year) == "old":
            assert os.listdir(year.parent) == ["2018-19"], f"call {number}"
        sweep(year.parent)
        assert os.listdir(year.parent) == ["2018-19"], f"call {number}"
    assert interrupted > 10


@pytest.mark.parametrize("way", WAYS)
def test_a_disk_that_stays_broken_from_any_call_on_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """Here undoing fails too. What stays is mended by the next publish."""
    take_way(monkeypatch, way)
    for number in range(1, 200):
        year = tmp_path / str(number) / "2018-19"
        year.parent.mkdir()
        strangers = prepare(year, killed_before=True)
        last = 0

        def fail(count: int, name: str, call: Callable[[], object], number: int = number) -> object:
            nonlocal last
            last = count
            if count >= number:
                raise OSError(errno.EROFS, os.strerror(errno.EROFS))
            return call()

        with suppress(PublishError), at_every_call(fail):
            publish(year, a_set("new"))
        if way == "exchange":
            assert whole(year) in ("old", "new")
        publish(year, a_set("next"))
        assert tree(year) == {**a_set("next"), **strangers}, f"from call {number}"
        assert os.listdir(year.parent) == ["2018-19"], f"from call {number}"
        if last < number:
            break
    else:
        pytest.fail("publishing never came to its end")
    assert last > 10


@posix
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_kill_at_any_call_leaves_one_whole_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str, moment: str
) -> None:
    take_way(monkeypatch, way)
    leftovers = 0
    for number in range(1, 200):
        year = tmp_path / str(number) / "2018-19"
        year.parent.mkdir()
        strangers = prepare(year, killed_before=True)

        def kill(count: int, name: str, call: Callable[[], object], number: int = number) -> object:
            if count == number and moment == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            try:
                return call()
            finally:
                if count == number:
                    os.kill(os.getpid(), signal.SIGKILL)

        def build(
            year: Path = year, kill: Callable[[int, str, Callable[[], object]], object] = kill
        ) -> str:
            with at_every_call(kill):
                publish(year, a_set("new"))
            return "done"

        ended = in_child(build)
        leftovers += len(os.listdir(year.parent)) > 1
        if way == "exchange" or (way == "aside" and year.exists()):
            assert whole(year) in ("old", "new"), f"call {number}"
        elif (year / STAMP_NAME).exists():
            assert whole(year), f"call {number}: part of a set passes for a whole one"
        sweep(year.parent)
        assert os.listdir(year.parent) == ["2018-19"], f"call {number}"
        whole_set = {"old": OLD, "new": a_set("new")}[whole(year)]
        assert tree(year) == {**whole_set, **strangers}, f"call {number}"
        publish(year, a_set("next"))
        assert tree(year) == {**a_set("next"), **strangers}, f"call {number}"
        if ended:
            assert ended == "done"
            break
    else:
        pytest.fail("publishing never came to its end")
    assert leftovers > 10


@posix
def test_two_hundred_kills_at_random(year: Path) -> None:
    chance = random.Random(2018)
    publish(year, a_set("first"))
    (year / "note.txt").write_bytes(NOTE)
    seen, leftovers = set(), 0
    for number in range(200):
        child = os.fork()
        if child == 0:
            for turn in range(10**6):
                publish(year, a_set(f"{number}-{turn}", 50))
            os._exit(0)
        time.sleep(chance.uniform(0.001, 0.012))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        seen.add(whole(year))
        leftovers += len(os.listdir(year.parent)) > 1
        publish(year, a_set(f"after-{number}"))
        assert os.listdir(year.parent) == ["2018-19"]
        assert tree(year) == {**a_set(f"after-{number}"), "note.txt": NOTE}
    assert len(seen) > 100, "the builds were killed before they wrote anything"
    assert leftovers > 20, "the builds were hardly ever killed while they wrote"


@posix
def test_eight_builds_at_once_and_an_observer(year: Path) -> None:
    publish(year, a_set("first", 2_000))
    children = []
    for number in range(8):
        if (child := os.fork()) == 0:
            status = 1
            with suppress(BaseException):
                for turn in range(12):
                    publish(year, a_set(f"{number}-{turn}", 2_000))
                status = 0
            os._exit(status)
        children.append(child)
    seen = set()
    while children:
        handle = os.open(year, os.O_RDONLY)  # fails if the folder is ever absent
        with suppress(FileNotFoundError):  # this set was replaced, and deleted as we read it
            first, second = (read_at(handle, name) for name in NAMES)
            assert first == second, "a mix, or a torn file"
            assert first == a_set(token_in(first), 2_000)[NAMES[0]]
            seen.add(token_in(first))
        os.close(handle)
        ended, status = os.waitpid(-1, os.WNOHANG)
        if ended:
            assert status == 0
            children.remove(ended)
    assert len(seen) > 10
    assert whole(year).endswith("-11")
    assert os.listdir(year.parent) == ["2018-19"]


def read_at(folder: int, name: str) -> bytes:
    with os.fdopen(os.open(name, os.O_RDONLY, dir_fd=folder), "rb") as file:
        return file.read()


# The exchange itself


@posix
def test_exchange_swaps_two_folders(tmp_path: Path) -> None:
    one, two = leave(tmp_path, "one", {"a": b"1"}), leave(tmp_path, "two", {"b": b"2"})
    if not filesystem.exchange(one, two):
        pytest.skip("this disk cannot exchange two folders")
    assert (tree(one), tree(two)) == ({"b": b"2"}, {"a": b"1"})
    with pytest.raises(FileNotFoundError):
        filesystem.exchange(one, tmp_path / "missing")


@posix
@pytest.mark.parametrize("code", [errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM])
def test_exchange_says_when_it_is_unknown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    import ctypes

    class Library:
        def __init__(self, *_: object, **__: object) -> None: ...

        def renameat2(self, *_: object) -> int:
            return -1

        renamex_np = renameat2

    monkeypatch.setattr(ctypes, "get_errno", lambda: code)
    monkeypatch.setattr(ctypes, "CDLL", Library)
    assert filesystem.exchange(tmp_path, tmp_path) is False
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: object())
    assert filesystem.exchange(tmp_path, tmp_path) is False


def test_a_folder_that_may_be_written_passes_the_check(year: Path) -> None:
    check_folder(year)
    assert not year.parent.exists()
    publish(year, a_set("a"))
    check_folder(year)
