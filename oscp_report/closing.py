"""The line that ends a command: what was written, how large, what is left, how long it took."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from oscp_report.checking import Checked
from oscp_report.listing import counted, in_bytes, tally
from oscp_report.pipeline import Built

if TYPE_CHECKING:
    from oscp_report.archive import Site


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


def of_site(site: Site, start: Path) -> Iterator[str]:
    """The lines that end a site: what is left to do, and what was written."""
    for year in site.unkept:
        yield (
            f"{year}: has a correction, and the version before it is not kept; "
            f"put its PDF into data/superseded/{year}/ in a folder named by the correction's date"
        )
    if site.left_out:
        drafts = ", ".join(map(str, site.left_out))
        yield f"left out, since {_are(site.left_out, 'it is a draft', 'they are drafts')}: {drafts}"
    changes = site.changes
    if changes is None:
        stopped = [each.year for each in site.years if not each.files]
        yield f"site: nothing was written, because of {', '.join(map(str, stopped))}"
        return
    place = _relative(site.folder, start)
    files = counted(len(changes.new) + len(changes.changed) + len(changes.same), "file")
    of_years = counted(len(site.years), "year")
    if not changes.touched:
        yield f"site: unchanged, {files} of {of_years} in {place}"
        return
    parts = {"new": changes.new, "changed": changes.changed, "removed": changes.removed}
    told = ", ".join(f"{len(names)} {word}" for word, names in parts.items() if names)
    yield f"site: wrote {place}: {files} of {of_years} ({told}); begin at {place}/index.html"


def _are(found: Sequence[object], one: str, several: str) -> str:
    return one if len(found) == 1 else several


def _file(built: Built, name: str) -> str:
    size = in_bytes(built.files[name])
    pages = f"{counted(built.pages, 'page')}, " if name.endswith(".pdf") else ""
    return f"{name} ({pages}{size})"


def _relative(path: Path, start: Path) -> str:
    return os.path.relpath(path, start) if path.is_relative_to(start) else str(path)
