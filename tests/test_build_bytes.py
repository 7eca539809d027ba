"""The same files give the same bytes, page, PDF and stamp, whatever the machine is set to."""

from __future__ import annotations

import io
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest

from oscp_report.starting import start_example

if TYPE_CHECKING:
    from tests.conftest import Desk

MakeDesk = Callable[[Path], "Desk"]

ELSEWHERE = "Bücher & Söhne – été 2021"  # a folder as people call them
UMASK = ("sh", "-c", 'umask 077 && exec "$@"', "sh")


@pytest.fixture(scope="module")
def expected(built_once: Desk) -> dict[str, bytes]:
    """What the desk's report gives in a plain folder, with the machine as it is."""
    files = built_once.files()
    assert sorted(name.rpartition(".")[2] for name in files) == ["html", "json", "pdf"]
    return files


def test_another_folder_and_the_workspace_found_from_below_it(
    tmp_path: Path, make_desk: MakeDesk, expected: dict[str, bytes]
) -> None:
    desk = make_desk(tmp_path / ELSEWHERE / "desk")
    inside = desk.root / "data"
    done = desk.run("-C", ".", "build", desk.year, cwd=inside)
    assert done.returncode == 0, done.stderr
    assert desk.files() == expected


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param(
            {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8"}, id="one"
        ),
        pytest.param(
            {"PYTHONHASHSEED": "2", "TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8"}, id="another"
        ),
        # The C locale as it was before Python learned to read it as UTF-8.
        pytest.param(
            {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, id="ASCII alone"
        ),
        pytest.param(
            {
                "FONTCONFIG_FILE": "/nowhere/fonts.conf",
                "FONTCONFIG_PATH": "/nowhere",
                "FC_LANG": "ar",
                "PANGO_LANGUAGE": "ar",
                "SOURCE_DATE_EPOCH": "1234567890",
                "PYTHONOPTIMIZE": "2",
            },
            id="no fonts of the system",
        ),
    ],
)
def test_another_environment(
    tmp_path: Path, make_desk: MakeDesk, expected: dict[str, bytes], settings: dict[str, str]
) -> None:
    desk = make_desk(tmp_path / ELSEWHERE)  # its home and its folder for temporary files as well
    desk.build(env=settings)
    assert desk.files() == expected


@pytest.mark.skipif(sys.platform == "win32", reason="a umask is POSIX")
def test_another_umask(desk: Desk, expected: dict[str, bytes]) -> None:
    done = desk.run("build", desk.year, under=UMASK)
    assert done.returncode == 0, done.stderr
    assert desk.files() == expected


def test_the_report_for_2018_19_from_another_machine_as_it_were(
    tmp_path: Path, published: Desk
) -> None:
    root = tmp_path / ELSEWHERE / "desk"
    shutil.copytree(published.root / "data", root / "data")
    desk = type(published)(root, published.checkout, published.year)
    desk.build(env={"PYTHONHASHSEED": "3", "TZ": "Asia/Kathmandu", "LC_ALL": "C"})
    assert desk.files() == published.files()


# Everything at once that a machine may be set to otherwise.
OTHERWISE = {
    "PYTHONHASHSEED": "4",
    "TZ": "Pacific/Chatham",
    "LC_ALL": "tr_TR.UTF-8",
    "SOURCE_DATE_EPOCH": "1234567890",
}


def test_a_report_with_charts_and_five_years_before_it(tmp_path: Path, example_built: Desk) -> None:
    """Built alone, and among all the years."""
    other = replace(example_built, root=tmp_path / ELSEWHERE / "desk")
    start_example(other.root)
    done = other.run(
        "build",
        other.year,
        env=OTHERWISE,
        cwd=other.root / "data",
        under=UMASK if sys.platform != "win32" else (),
    )
    assert done.returncode == 0, done.stderr
    assert other.files() == example_built.files()


def blocks_of(text: str) -> list[str]:
    """The top fields of a YAML file, each with all that belongs to it."""
    return re.split(r"(?m)^(?=\w)", text)


def reports(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files for readers. The stamp knows the file itself, so that it differs."""
    return {name: bare(data) for name, data in files.items() if not name.startswith(".")}


def bare(data: bytes) -> bytes:
    """A PDF without its sources and their digest, which differ as well; a page without its size."""
    if not data.startswith(b"%PDF-"):
        return re.sub(rb'(?<=class="pdf-size">)[^<]*', b"", data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.Root.AF) >= 3
        del pdf.Root.AF, pdf.Root.Names.EmbeddedFiles
        packet = pdf.Root.Metadata.read_bytes()
        words, count = re.subn(rb"<dc:identifier>sha256:[0-9a-f]{64}<", b"<", packet)
        assert count == 1
        pdf.Root.Metadata.write(words)
        out = io.BytesIO()
        pdf.save(out, static_id=True)
        return out.getvalue()


def last_field_first(text: str) -> str:
    comment, *blocks = blocks_of(text)
    return comment + "".join(reversed(blocks))


def figures_first(text: str) -> str:
    comment, *blocks = blocks_of(text)
    return comment + "".join(sorted(blocks, key=lambda block: not block.startswith("figures:")))


def fields_of_an_item_turned_round(text: str) -> str:
    pattern = r"(?m)^( +)- (id: plan)\n +(text: .*)\n"
    changed, count = re.subn(pattern, r"\1- \3\n\1  \2\n", text)
    assert count == 1
    return changed


def commented(text: str) -> str:
    return re.sub("(?m)^( *)(.+)$", r"\1# why\n\1\2  # so\n", text)


@pytest.mark.parametrize(
    "change", [last_field_first, figures_first, fields_of_an_item_turned_round, commented]
)
def test_order_without_a_meaning_and_comments_change_nothing(
    desk: Desk, expected: dict[str, bytes], change: Callable[[str], str]
) -> None:
    before = desk.year_file.read_text("utf-8")
    after = change(before)
    assert after != before
    desk.year_file.write_text(after, "utf-8")
    desk.build()
    assert reports(desk.files()) == reports(expected)
