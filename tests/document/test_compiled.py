"""Compiled templates: kept for the next run, never in the way of this one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment

from oscp_report.document import compiled
from oscp_report.document.rendering import BrokenTemplate, Templates

Compilations = list[str]


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where compiled templates go: the program seems to lie beside the templates of a test."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "cache"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(compiled, "_PROGRAM", tmp_path / "program")
    return tmp_path / "cache"


@pytest.fixture
def compilations(monkeypatch: pytest.MonkeyPatch) -> Compilations:
    """The names of the templates that were compiled."""
    names, compile_template = Compilations(), Environment.compile

    def counted(self: Environment, source: Any, name: Any = None, *rest: Any) -> Any:
        names.append(name)
        return compile_template(self, source, name, *rest)

    monkeypatch.setattr(Environment, "compile", counted)
    return names


def shipped(tmp_path: Path, text: str = "two: {{ 1 + 1 }}") -> Path:
    folder = tmp_path / "program" / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "page.html").write_text(text)
    return folder


def page(*folders: Path) -> str:
    return Templates(folders).page("page.html", styles=()).strip()


def files(folder: Path) -> list[Path]:
    return list(folder.rglob("template-*.cache"))


def test_a_template_is_compiled_once_for_all_runs(
    tmp_path: Path, kept: Path, compilations: Compilations
) -> None:
    assert page(shipped(tmp_path)) == "two: 2"
    assert len(files(kept)) == 1
    assert page(shipped(tmp_path)) == "two: 2"
    assert compilations == ["page.html"]


def test_one_that_was_changed_is_compiled_anew(
    tmp_path: Path, kept: Path, compilations: Compilations
) -> None:
    assert page(shipped(tmp_path)) == "two: 2"
    assert page(shipped(tmp_path, "six: {{ 3 + 3 }}")) == "six: 6"
    assert (len(compilations), len(files(kept))) == (2, 1)


def test_another_program_or_jinja_compiles_anew(
    tmp_path: Path, kept: Path, compilations: Compilations, monkeypatch: pytest.MonkeyPatch
) -> None:
    page(shipped(tmp_path))
    monkeypatch.setattr(compiled, "version", lambda name: f"another {name}")
    page(shipped(tmp_path))
    assert len(compilations) == 2
    one, other = (compiled.Compiled(made_by).get_source_checksum("x") for made_by in "ab")
    assert one != other


def test_what_a_workspace_has_of_its_own_is_not_kept(
    tmp_path: Path, kept: Path, compilations: Compilations
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "page.html").write_text("own: {% include 'shipped/page.html' %}")
    for _ in range(2):
        assert page(own, shipped(tmp_path)) == "own: two: 2"
    assert compilations == ["page.html"] * 3, "own, shipped, own again"
    assert len(files(kept)) == 1


def torn(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def foreign(file: Path) -> None:
    file.write_bytes(b"no bytecode")


def cut_in_its_head(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:20])


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("harm", [torn, foreign, cut_in_its_head, a_folder])
def test_a_file_that_is_none_does_no_harm(
    tmp_path: Path, kept: Path, compilations: Compilations, harm: Any
) -> None:
    page(shipped(tmp_path))
    harm(files(kept)[0])
    assert page(shipped(tmp_path)) == "two: 2"
    assert len(compilations) == 2


def test_where_nothing_can_be_written_it_is_compiled_each_time(
    tmp_path: Path, kept: Path, compilations: Compilations
) -> None:
    kept.write_text("a file where a folder is needed")
    for _ in range(2):
        assert page(shipped(tmp_path)) == "two: 2"
    assert len(compilations) == 2


def test_where_python_keeps_no_bytecode_none_is_kept(
    tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert page(shipped(tmp_path)) == "two: 2"
    assert not files(kept)


def test_a_kept_template_that_fails_is_named_with_its_line(tmp_path: Path, kept: Path) -> None:
    folder = shipped(tmp_path, "one\n{{ nothing.at_all }}")
    for _ in range(2):
        with pytest.raises(BrokenTemplate, match=r"templates/page\.html:2"):
            page(folder)
    assert len(files(kept)) == 1
