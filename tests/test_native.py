"""The operating system's libraries: found, named, and installed without a question where we may."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from oscp_report import errors, native
from oscp_report.native import LIBRARIES, MANAGERS, WINDOWS_ADVICE, Library, Manager, find_manager

BY_PROGRAM = {manager.program: manager for manager in MANAGERS}
APT = BY_PROGRAM["apt-get"]


def opener(*absent: str) -> Callable[[str], None]:
    """Opens every library but those whose file name holds one of the words."""

    def open_library(file_name: str) -> None:
        if any(word in file_name for word in absent):
            raise OSError(f"{file_name}: cannot open shared object file")

    return open_library


def only(*programs: str) -> Callable[[str], str | None]:
    """A ``shutil.which`` that knows just these programs."""
    return lambda name: f"/usr/bin/{name}" if name in programs else None


class Machine:
    """A stand-in for the system: what it lacks, and the commands it was given."""

    def __init__(self) -> None:
        self.missing: tuple[Library, ...] = ()
        self.venv = True
        self.programs: tuple[str, ...] = ("apt-get",)
        self.root = True
        self.works = True
        self.commands: list[list[str]] = []

    def run(self, command: Sequence[str], **options: object) -> subprocess.CompletedProcess[str]:
        self.commands.append(list(command))
        if list(command[:3]) == ["sudo", "-n", "true"]:
            return subprocess.CompletedProcess(command, 0 if self.works else 1)
        if self.works and "install" in command:
            self.missing, self.venv = (), True
        return subprocess.CompletedProcess(command, 0, stdout="E: no network\n")


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    stand_in = Machine()
    monkeypatch.setattr(native, "missing_libraries", lambda: stand_in.missing)
    monkeypatch.setattr(native, "can_make_venv", lambda: stand_in.venv)
    monkeypatch.setattr(native, "is_root", lambda: stand_in.root)
    monkeypatch.setattr(native, "find_manager", lambda: find(*stand_in.programs))
    monkeypatch.setattr(shutil, "which", lambda name: only(*stand_in.programs)(name))
    monkeypatch.setattr(subprocess, "run", stand_in.run)
    return stand_in


def find(*programs: str, platform: str = "linux") -> Manager | None:
    return find_manager(only(*programs), platform)


def test_nothing_is_missing_where_every_library_opens() -> None:
    assert native.missing_libraries(opener()) == ()


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_a_library_that_does_not_open_is_named(platform: str) -> None:
    missing = native.missing_libraries(opener("pangoft2", "subset"), platform)
    assert [library.name for library in missing] == ["PangoFT2", "HarfBuzz-Subset"]


@pytest.mark.parametrize(
    ("platform", "ending"), [("linux", ".so.0"), ("darwin", ".dylib"), ("win32", "-0.dll")]
)
def test_each_system_has_its_own_file_names(platform: str, ending: str) -> None:
    asked: list[str] = []
    native.missing_libraries(asked.append, platform)
    assert len(asked) == len(LIBRARIES) == len(set(asked))
    assert sum(name.endswith(ending) for name in asked) >= 5


def test_a_library_that_is_not_there_is_an_error() -> None:
    with pytest.raises(OSError, match="no-such-library"):
        native.open_library("libno-such-library.so.0")


@pytest.mark.parametrize(
    ("programs", "expected"),
    [
        (("apt-get",), "apt-get"),
        (("dnf", "brew"), "dnf"),
        (("brew",), "brew"),
        ((), None),
    ],
    ids=["debian", "a system's own before Homebrew", "macos", "none known"],
)
def test_the_package_manager_is_the_first_present(
    programs: tuple[str, ...], expected: str | None
) -> None:
    found = find(*programs)
    assert (found.program if found else None) == expected


def test_windows_has_no_package_manager_even_with_pacman_on_its_path() -> None:
    assert find("pacman", platform="win32") is None


@pytest.mark.parametrize(
    ("program", "root", "expected"),
    [
        (
            "apt-get",
            False,
            "type: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        ),
        (
            "apt-get",
            True,
            "type: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        ),
        ("dnf", False, "type: sudo dnf install pango harfbuzz"),
        ("pacman", False, "type: sudo pacman -S pango harfbuzz"),
        ("zypper", False, "type: sudo zypper install libpango-1_0-0 libharfbuzz-subset0"),
        ("brew", False, "type: brew install pango"),
    ],
)
def test_advice_is_one_command_to_type(program: str, root: bool, expected: str) -> None:
    assert native.advice(BY_PROGRAM[program], root=root, platform="linux") == expected


def test_advice_without_a_package_manager() -> None:
    assert native.advice(None, platform="win32") == WINDOWS_ADVICE
    assert "Pango" in native.advice(None, platform="linux")


def test_a_machine_with_everything_is_left_alone(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert native.main() == native.CLEAN
    assert machine.commands == []
    assert capsys.readouterr() == ("", "")


def test_root_installs_after_saying_so_in_one_line(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.missing = LIBRARIES
    assert native.main() == native.CLEAN
    assert machine.commands[0] == ["apt-get", "update"]
    assert machine.commands[1][:2] == ["apt-get", "install"]
    assert machine.commands[1][-3:] == list(APT.packages)
    assert capsys.readouterr().err == (
        "installing Pango with apt-get: libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0\n"
    )


def test_sudo_installs_where_it_asks_no_password(machine: Machine) -> None:
    machine.missing, machine.root, machine.programs = LIBRARIES, False, ("sudo", "apt-get")
    assert native.main() == native.CLEAN
    assert machine.commands[1][:3] == ["sudo", "-n", "apt-get"]


@pytest.mark.parametrize(
    ("programs", "root"),
    [(("apt-get",), False), (("sudo", "apt-get"), False), (("brew",), True), ((), True)],
    ids=["no sudo", "sudo wants a password", "Homebrew as root", "no package manager"],
)
def test_where_we_may_not_install_the_command_is_shown(
    machine: Machine,
    capsys: pytest.CaptureFixture[str],
    programs: tuple[str, ...],
    root: bool,
) -> None:
    machine.missing, machine.programs, machine.root = LIBRARIES, programs, root
    machine.works = False
    assert native.main() == native.COULD_NOT_RUN
    assert not [command for command in machine.commands if "install" in command]
    error, fix = capsys.readouterr().err.splitlines()
    assert error == (
        "error: the set-up needs `GLib`, `Pango`, `HarfBuzz`, `Fontconfig`, `PangoFT2`"
    )
    assert fix == f"  fix: {native.advice(find(*programs), root=root)}"


def test_a_failed_installation_shows_what_the_manager_said(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.missing, machine.works = LIBRARIES, False
    assert native.main() == native.COULD_NOT_RUN
    shown = capsys.readouterr().err
    assert "E: no network\nerror: the set-up needs `GLib`" in shown


def test_a_library_that_is_only_wanted_stops_nothing(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.missing, machine.root = LIBRARIES[-1:], False
    assert native.main() == native.CLEAN
    assert capsys.readouterr().err == ""


def test_debian_keeps_venv_apart(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    machine.venv = False
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    assert native.main() == native.CLEAN
    assert machine.commands[1][-1] == package
    assert capsys.readouterr().err == f"installing Python's venv with apt-get: {package}\n"


def test_no_venv_and_no_package_for_it(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.venv, machine.programs = False, ("dnf",)
    assert native.main() == native.COULD_NOT_RUN
    assert machine.commands == []
    assert capsys.readouterr().err == (
        "error: the set-up needs Python's `ensurepip`\n"
        "  fix: use a Python that has it: make PYTHON=/path/to/python3\n"
    )


def test_the_file_runs_by_itself_on_an_isolated_python() -> None:
    source = Path(native.__file__)
    imported = {
        name.partition(".")[0]
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert {"ctypes", "subprocess"} <= imported <= set(sys.stdlib_module_names)
    script = f"import runpy; vars = runpy.run_path({str(source)!r}); print(len(vars['LIBRARIES']))"
    done = subprocess.run(
        [sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == str(len(LIBRARIES))


def test_the_exit_codes_are_the_program_s_own() -> None:
    assert (native.CLEAN, native.COULD_NOT_RUN) == (errors.CLEAN, errors.COULD_NOT_RUN)
