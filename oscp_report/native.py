"""The operating system's libraries that a PDF needs: which are missing, and what installs them.

Standard library only, and nothing of ours: the set-up runs this file by itself (``python -I
oscp_report/native.py``) with the system's Python, before anything is installed.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

CLEAN, COULD_NOT_RUN = 0, 2  # as in errors.py, which a file run by itself cannot import


@dataclass(frozen=True, slots=True)
class Library:
    """A shared library, by the file name it has on each system.

    ``needed`` is False where a PDF can be made without it.
    """

    name: str
    linux: str
    macos: str
    windows: str
    needed: bool = True

    def file_name(self, platform: str) -> str:
        """The name to open it by on a platform, one of the values of ``sys.platform``."""
        return {"darwin": self.macos, "win32": self.windows}.get(platform, self.linux)


# What WeasyPrint 70 opens as it is imported (its module weasyprint.text.ffi).
LIBRARIES = (
    Library("GLib", "libgobject-2.0.so.0", "libgobject-2.0.dylib", "libgobject-2.0-0.dll"),
    Library("Pango", "libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    Library("HarfBuzz", "libharfbuzz.so.0", "libharfbuzz.dylib", "libharfbuzz-0.dll"),
    Library("Fontconfig", "libfontconfig.so.1", "libfontconfig.dylib", "libfontconfig-1.dll"),
    Library("PangoFT2", "libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
    Library(
        "HarfBuzz-Subset",
        "libharfbuzz-subset.so.0",
        "libharfbuzz-subset.dylib",
        "libharfbuzz-subset-0.dll",
        needed=False,
    ),
)


@dataclass(frozen=True, slots=True)
class Manager:
    """A package manager, and the packages that bring every library above.

    ``verb`` installs; with ``options`` it asks no question. ``refresh`` fetches the list of
    packages first, which a new machine does not have.
    """

    program: str
    packages: tuple[str, ...]
    verb: str = "install"
    options: tuple[str, ...] = ()
    refresh: tuple[str, ...] = ()
    as_root: bool = True


# WeasyPrint's own list of packages for each system, less what those packages bring with them.
MANAGERS = (
    Manager(
        "apt-get",
        ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
        options=("--yes", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120"),
        refresh=("update",),
    ),
    Manager("dnf", ("pango", "harfbuzz"), options=("--assumeyes",)),
    Manager(
        "apk",
        ("so:libpango-1.0.so.0", "so:libpangoft2-1.0.so.0", "so:libharfbuzz-subset.so.0"),
        verb="add",
        refresh=("update",),
    ),
    Manager("pacman", ("pango", "harfbuzz"), verb="-S", options=("--needed", "--noconfirm")),
    Manager("zypper", ("libpango-1_0-0", "libharfbuzz-subset0"), options=("--no-confirm",)),
    Manager("brew", ("pango",), as_root=False),
)

WINDOWS_ADVICE = (
    "install MSYS2 from https://www.msys2.org and type in its window: "
    "pacman -S mingw-w64-ucrt-x86_64-pango"
)
WINDOWS_FOLDERS = (
    r"C:\msys64\ucrt64\bin;C:\msys64\mingw64\bin;C:\Program Files\GTK3-Runtime Win64\bin"
)


def open_library(file_name: str) -> None:
    """Open a library where WeasyPrint would look for it.

    Raises:
        OSError: it is not there, or this Python cannot open it.
    """
    if sys.platform == "win32":
        for folder in os.environ.get("WEASYPRINT_DLL_DIRECTORIES", WINDOWS_FOLDERS).split(";"):
            if Path(folder).is_dir():
                os.add_dll_directory(folder)
    try:
        ctypes.CDLL(file_name)
    except OSError:
        if sys.platform != "darwin":
            raise
        # Homebrew's Python knows Homebrew's folder, but only find_library looks in it.
        found = ctypes.util.find_library(file_name.removeprefix("lib").removesuffix(".dylib"))
        if found is None:
            raise
        ctypes.CDLL(found)


def missing_libraries(
    open_library: Callable[[str], object] = open_library, platform: str = sys.platform
) -> tuple[Library, ...]:
    """The libraries that cannot be opened, in the order of ``LIBRARIES``."""

    def is_missing(library: Library) -> bool:
        try:
            open_library(library.file_name(platform))
        except OSError:
            return True
        return False

    return tuple(filter(is_missing, LIBRARIES))


def find_manager(
    which: Callable[[str], str | None] = shutil.which, platform: str = sys.platform
) -> Manager | None:
    """This system's package manager, or None where it has none we know (Windows never has)."""
    if platform == "win32":
        return None
    return next((manager for manager in MANAGERS if which(manager.program)), None)


def is_root() -> bool:
    """Whether this process may install packages as it is."""
    return sys.platform != "win32" and os.geteuid() == 0


def advice(
    manager: Manager | None,
    packages: Sequence[str] = (),
    *,
    root: bool = False,
    platform: str = sys.platform,
) -> str:
    """What a person can do to install the packages, with the one command to type.

    ``packages`` are the manager's own where none are given.
    """
    if platform == "win32":
        return WINDOWS_ADVICE
    if manager is None:
        return "install Pango and HarfBuzz with the system's package manager"
    sudo = "sudo " if manager.as_root and not root else ""
    return f"type: {sudo}{manager.program} {manager.verb} {' '.join(packages or manager.packages)}"


def venv_package(manager: Manager | None) -> str:
    """The package that lets this Python make a virtual environment: Debian keeps it apart."""
    if manager is None or manager.program != "apt-get":
        return ""
    return f"python{sys.version_info.major}.{sys.version_info.minor}-venv"


def can_make_venv() -> bool:
    """Whether this Python can make a virtual environment with pip in it."""
    return importlib.util.find_spec("ensurepip") is not None


def rights(manager: Manager) -> tuple[str, ...] | None:
    """The words to put before the manager's command, or None where we may not install."""
    if manager.as_root != is_root():
        # Homebrew refuses to be run by root; the others need root, which sudo may give unasked.
        if not manager.as_root or not shutil.which("sudo"):
            return None
        asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
        return ("sudo", "-n") if asked.returncode == 0 else None
    return ()


def install(manager: Manager, prefix: Sequence[str], packages: Sequence[str]) -> str:
    """Install packages without a question. Returns what the manager said."""
    commands = [[manager.program, *manager.refresh]] if manager.refresh else []
    commands.append([manager.program, manager.verb, *manager.options, *packages])
    said = ""
    for command in commands:
        done = subprocess.run(
            [*prefix, *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
            check=False,
        )
        said += done.stdout
    return said


def main() -> int:
    """Install what is missing where that needs no password; otherwise say what to type.

    Returns:
        0 when a report can be set up and built here, 2 when not.
    """
    missing, venv = missing_libraries(), can_make_venv()
    if venv and not missing:
        return CLEAN
    manager = find_manager()
    packages = [*(manager.packages if manager and missing else ())]
    if not venv and venv_package(manager):
        packages.append(venv_package(manager))
    prefix = rights(manager) if manager and packages else None
    said = ""
    if manager and prefix is not None:
        what = [*(["Pango"] if missing else []), *([] if venv else ["Python's venv"])]
        say(f"installing {' and '.join(what)} with {manager.program}: {' '.join(packages)}")
        said = install(manager, prefix, packages)
        importlib.invalidate_caches()
        missing, venv = missing_libraries(), can_make_venv()
    if packages or missing:
        fix = advice(manager, packages, root=is_root())
    else:
        fix = "use a Python that has it: make PYTHON=/path/to/python3"
    return verdict(missing, venv=venv, said=said, fix=fix)


def verdict(missing: Sequence[Library], *, venv: bool, said: str, fix: str) -> int:
    """Say what still stands in the way and how to mend it. Returns the exit code."""
    names = [f"`{library.name}`" for library in missing if library.needed]
    if not venv:
        names.append("Python's `ensurepip`")
    if not names:
        return CLEAN
    if said:
        say(said.rstrip())
    say(f"error: the set-up needs {', '.join(names)}\n  fix: {fix}")
    return COULD_NOT_RUN


def say(text: str) -> None:
    """Show a line at once, where findings and progress go."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
