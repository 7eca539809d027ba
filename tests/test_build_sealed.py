"""A build reads its workspace and the program, writes its output, and speaks to no network."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Desk

Program = Callable[[str], str]

linux = pytest.mark.skipif(sys.platform != "linux", reason="asks the Linux kernel")

# One line of strace's log: a call, its arguments, what it gave.
CALL = re.compile(r"(?m)^(?P<name>\w+)\((?P<arguments>.*)\) += (?!-1 E)")
PATH = re.compile(r'"((?:[^"\\]|\\.)*)"')
OPENING = re.compile("creat|open(at2?)?")
CHANGING = re.compile(
    "creat|[fl]?(mkdir|rename|unlink|rmdir|link|symlink|chmod|chown|mknod|truncate|utime|setxattr).*"
)
NETWORK = {"socket", "socketpair", "connect", "bind", "sendto", "sendmsg", "sendmmsg", "recvfrom"}
FOREIGN = ("/usr/share/fonts", "/usr/local/share/fonts", "/etc/fonts", "/var/cache/fontconfig")


def calls(log: str) -> Iterator[tuple[str, str]]:
    """The calls that did not fail, by name, with their arguments."""
    for match in CALL.finditer(log):
        yield match["name"], match["arguments"]


def opened(log: str) -> set[str]:
    """Every path that was opened, to read or to write."""
    return {path for name, text in calls(log) if OPENING.fullmatch(name) for path in paths_in(text)}


def written(log: str) -> set[str]:
    """Every path that was opened for writing, made, renamed, deleted or changed otherwise."""
    found = set[str]()
    for name, text in calls(log):
        for_writing = OPENING.fullmatch(name) and re.search("O_WRONLY|O_RDWR|O_CREAT", text)
        if for_writing or CHANGING.fullmatch(name):
            found.update(paths_in(text))
    return found


def paths_in(text: str) -> list[str]:
    return PATH.findall(text)


@linux
def test_a_build_asks_the_system_for_nothing_else(
    built: Desk, tmp_path: Path, program: Program
) -> None:
    built.entitle("Another title")
    logs = tmp_path / "calls"
    logs.mkdir()
    options = ("--follow-forks", "--output-separately", "--string-limit=9999")
    what = ("--trace=%network,%file", f"--output={logs / 'process'}")
    done = built.run(
        "build",
        built.year,
        under=(program("strace"), *options, *what),
        env={"PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.returncode == 0, done.stderr
    log = "".join(path.read_text("utf-8") for path in logs.iterdir())

    paths = opened(log)
    templates = built.checkout / "templates"
    font = templates / "fonts" / "LiberationSans-Regular.ttf"
    assert {str(built.year_file), str(templates / "report.html"), str(font)} <= paths
    home = str(built.temporary)
    assert not [path for path in paths if path.startswith((*FOREIGN, home))]

    changed = written(log) - {"/dev/null", "/dev/tty"}
    assert any(path.endswith(".pdf") for path in changed)
    assert not [path for path in changed if not path.startswith(f"{built.build_folder}/")]

    assert not NETWORK & {name for name, _ in calls(log)}


@linux
def test_a_build_needs_no_network(desk: Desk, program: Program) -> None:
    alone = (program("unshare"), "--net", *(() if os.geteuid() == 0 else ("--map-root-user",)))
    done = desk.run("build", desk.year, under=alone)
    assert done.returncode == 0, done.stderr
    assert desk.edition() == "Safer together"


PAGE = '{% extends "shipped/report.html" %}\n{% block footer %}BODY{% endblock %}\n'


@pytest.mark.parametrize(
    ("name", "content", "address"),
    [
        pytest.param(
            "report.html",
            PAGE.replace("BODY", '<img src="http://127.0.0.1:9/x.png" alt="A map">'),
            "http://127.0.0.1:9/x.png",
            id="picture",
        ),
        pytest.param(
            "report.html",
            PAGE.replace("BODY", '<link rel="stylesheet" href="https://example.org/x.css">'),
            "https://example.org/x.css",
            id="style sheet",
        ),
        pytest.param(
            "css/print.css",
            "main { background: url(file:///etc/passwd) }",
            "file:///etc/passwd",
            id="file",
        ),
        pytest.param(
            "css/tokens.css",
            "@font-face { font-family: Own; src: url(//example.org/own.ttf) }",
            "//example.org/own.ttf",
            id="font",
        ),
    ],
)
@pytest.mark.parametrize("form", ["html", "pdf"])
def test_a_template_that_asks_for_a_foreign_file_is_refused(
    built: Desk, name: str, content: str, address: str, form: str
) -> None:
    before = built.files()
    write_template(built, name, content)
    fact, fix = built.refusal("--format", form)
    assert fact == f"the web page would fetch `{address}`"
    assert fix.startswith("take it out of your templates")
    assert built.files() == before
    assert built.leftovers() == []


def test_the_pdf_may_not_read_the_workspaces_own_data(built: Desk) -> None:
    before, address = built.files(), "../../data/2020-21.yaml"
    write_template(built, "css/print.css", f"main {{ background: url({address}) }}")
    fact, fix = built.refusal()
    assert fact == (
        f"the PDF asks for a file it may not read: `{address}` is not a file of the templates"
    )
    assert fix.startswith("put the file into `templates/`")
    assert built.files() == before
    assert built.leftovers() == []


def write_template(desk: Desk, name: str, content: str) -> None:
    path = desk.root / "templates" / name
    path.parent.mkdir(parents=True)
    path.write_text(content, "utf-8")
