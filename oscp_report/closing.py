"""The line that ends a command: what was written, how large, what is left, how long it took."""

from __future__ import annotations

import os
from pathlib import Path

from oscp_report.checking import Checked
from oscp_report.listing import counted, in_bytes, tally
from oscp_report.pipeline import Built


def of_build(built: Built, start: Path) -> str:
    """One line for a year's build; paths are relative to ``start`` where it holds them."""
    took = f"{built.seconds:.1f} s"
    warnings = counted(built.warnings, "warning")
    if not built.files:
        errors = counted(built.errors, "error")
        return f"{built.year}: nothing was written ({errors}, {warnings}, {took})"
    names = " and ".join(_file(built, name) for name in sorted(built.files))
    place = _relative(built.folder, start)
    if built.unchanged:
        return f"{built.year}: unchanged, nothing to build: {names} in {place} ({warnings}, {took})"
    kept = "".join(f"; the copy you had changed is now {name}" for name in built.kept)
    return f"{built.year}: wrote {names} in {place} ({warnings}, {took}){kept}"


def of_check(checked: Checked) -> str:
    """One line for a year's check."""
    return f"{checked.year}: {tally(checked.diagnostics)}"


def _file(built: Built, name: str) -> str:
    size = in_bytes(built.files[name])
    pages = f"{counted(built.pages, 'page')}, " if name.endswith(".pdf") else ""
    return f"{name} ({pages}{size})"


def _relative(path: Path, start: Path) -> str:
    return os.path.relpath(path, start) if path.is_relative_to(start) else str(path)
