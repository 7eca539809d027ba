"""The workspace: the folder with ``data/``, ``templates/`` and ``build/``. Only this knows them."""

from __future__ import annotations

import sys
from codecs import BOM_UTF8
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from oscp_report import __version__
from oscp_report.errors import ReportError
from oscp_report.wording import nearest
from oscp_report.year import Year

if TYPE_CHECKING:
    from oscp_report.model import Partnership, Report
    from oscp_report.provenance.enclosure import Enclosure

PARTNERSHIP_FILE = "data/partnership.yaml"
SUPERSEDED = "superseded"
PACKAGE = Path(__file__).resolve().parent


class NoWorkspace(ReportError):
    """There is no workspace here."""


class MissingYear(ReportError):
    """There is no file for the year asked for."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the years of a workspace have in common, looked at once for all that are built.

    ``names`` are those of the files in ``data/``, relative to it; ``templates`` are the workspace's
    own for reports, by path, with their digests.
    """

    years: tuple[Year, ...]
    names: tuple[str, ...]
    templates: Mapping[str, str]

    def inputs(self, year: Year, contents: Mapping[str, bytes]) -> dict[str, str]:
        """What a year's outputs are made from, by name, with digests; the program left aside.

        ``contents`` are the files that were read, so that what is weighed is what was used.
        """
        from oscp_report.outputs.stamp import digest

        read = {name: digest(data) for name, data in contents.items()}
        # Rules ask which years came before and whether an appendix is there: names count as well.
        later = {f"{known}.yaml" for known in self.years if known > year}
        names = "\n".join(name for name in self.names if name not in later).encode()
        templates = {f"templates/{path}": value for path, value in self.templates.items()}
        return {**read, **templates, "data/": digest(names)}


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder that holds a partnership's years."""

    root: Path

    @classmethod
    def find(cls, start: Path) -> Workspace:
        """The workspace that ``start`` is in: itself or the nearest folder above it.

        Raises:
            NoWorkspace: no folder on the way up holds ``data/partnership.yaml``.
        """
        for folder in (start, *start.parents):
            if (folder / PARTNERSHIP_FILE).is_file():
                return cls(folder)
        raise NoWorkspace(
            f"there is no `{PARTNERSHIP_FILE}` in `{start}` or above it",
            fix="go to the folder of your reports, or make one with `oscp-report init FOLDER`",
        )

    def years(self) -> tuple[Year, ...]:
        """The years that have a file, oldest first. Files with other names are left alone."""
        found = []
        for path in (self.root / "data").glob("*.yaml"):
            try:
                found.append(Year.parse(path.stem))
            except ValueError:
                continue
        return tuple(sorted(found))

    def chosen(self, named: Sequence[Year], *, every: bool) -> tuple[Year, ...]:
        """The years to work on: those named, every one, or else the latest.

        Raises:
            MissingYear: there is none at all, or a year that was named has no file.
        """
        years = self.years()
        if not years:
            raise MissingYear("data/ has no report", fix="write one, such as `data/2018-19.yaml`")
        for year in named:
            self.year_file(year)
        return years if every else tuple(dict.fromkeys(named)) or years[-1:]

    def year_file(self, year: Year) -> str:
        """A year's file, relative to the root, as messages name it.

        Raises:
            MissingYear: the year has none; the message names those that do.
        """
        name = f"data/{year}.yaml"
        if not (self.root / name).is_file():
            years = [str(known) for known in self.years()]
            near = nearest(str(year), years)
            there = f"data/ has {', '.join(years)}" if years else "data/ has none"
            fix = f"did you mean {near}?" if near else f"write `{name}`"
            raise MissingYear(f"there is no report for {year}; {there}", fix=fix)
        return name

    def read(self, name: str) -> bytes:
        """The bytes of one of the workspace's files.

        Raises:
            ReportError: the file cannot be read.
        """
        try:
            return (self.root / name).read_bytes()
        except OSError as error:
            raise ReportError(
                f"`{name}` cannot be read: {error.strerror}", fix="close it elsewhere and try again"
            ) from error

    def has_data_file(self, name: str) -> bool:
        """Whether ``data/`` holds a file of this name, which may not lead out of it."""
        data = (self.root / "data").resolve()
        path = (data / name).resolve()
        return path.is_relative_to(data) and path.is_file()

    def surroundings(self) -> Surroundings:
        """What every year is made from besides the files of years, as it is now."""
        beside = (name for name in self.data_files() if not name.startswith(f"{SUPERSEDED}/"))
        of_reports = {
            path: held for path, held in self._own_templates().items() if _is_of_reports(path)
        }
        return Surroundings(self.years(), tuple(beside), of_reports)

    def made_with(self) -> str:
        """The program and the workspace's own templates, in one digest."""
        from oscp_report.outputs.stamp import digest

        return digest(repr((self._own_templates(), program_inputs())).encode())

    def _own_templates(self) -> dict[str, str]:
        from oscp_report.outputs.stamp import digest_tree

        return digest_tree(self.root / "templates")

    def enclosure(
        self,
        report: Report,
        partnership: Partnership,
        history: Sequence[Report],
        contents: Mapping[str, bytes],
    ) -> Enclosure:
        """What the PDF of a report carries; ``contents`` are the files that were read, by name."""
        from oscp_report.outputs.stamp import digest, digest_tree
        from oscp_report.provenance.enclosing import enclose
        from oscp_report.provenance.manifest import Manifest, versions

        years = (report, *history)
        names = (PARTNERSHIP_FILE, *(self.year_file(each.year) for each in years))
        sources = {name: plain_text(contents[name]) for name in names}
        inputs = {name: digest(data) for name, data in sources.items()}
        own = self._own_templates()
        inputs |= {f"templates/{path}": d for path, d in own.items() if _is_of_reports(path)}
        shipped = digest_tree(shipped_templates(), "*.html", "*.css")
        of_reports = {n: d for n, d in shipped.items() if _is_of_reports(n)}
        made = Manifest(report.year, inputs, digest(repr(of_reports).encode()), versions())
        return enclose(report, partnership, history, sources, made)

    def data_files(self) -> list[str]:
        """The names of all files below ``data/``, sorted, relative to it."""
        data = self.root / "data"
        return sorted(p.relative_to(data).as_posix() for p in data.rglob("*") if p.is_file())

    @property
    def templates(self) -> tuple[Path, ...]:
        """Where templates are looked for: the workspace's own folder, then the one shipped."""
        own = self.root / "templates"
        return (own, shipped_templates()) if own.is_dir() else (shipped_templates(),)

    def built_files(self, year: Year) -> list[str]:
        """The names of what was built of a year; none where it was not built."""
        folder = self.output(year)
        return sorted(p.name for p in folder.glob("*.*") if not p.name.startswith("."))

    def stale_schemas(self, schemas: Mapping[str, bytes]) -> dict[str, bytes]:
        """Of these JSON Schemas those that the workspace lacks or has otherwise, by path."""
        wanted = {f"data/schema/{name}": content for name, content in schemas.items()}
        return {path: content for path, content in wanted.items() if not self._holds(path, content)}

    def _holds(self, name: str, content: bytes) -> bool:
        path = self.root / name
        return path.is_file() and plain_text(path.read_bytes()) == content

    def write_schema(self, name: str, content: bytes) -> None:
        """Write one of ``stale_schemas``.

        Raises:
            ReportError: it cannot be written.
        """
        path = self.root / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            fix = "close it elsewhere, or ask for the right to write there"
            raise ReportError(f"`{name}` cannot be written: {error.strerror}", fix=fix) from error

    def output(self, year: Year, parent: Path | None = None) -> Path:
        """The folder that a year's files are written to: ``build/2018-19``."""
        return (parent or self.build_folder) / str(year)

    @property
    def build_folder(self) -> Path:
        """The folder that all that is made goes into."""
        return self.root / "build"


def plain_text(data: bytes) -> bytes:
    """A text file without what Windows adds: the mark at its beginning, and half of a line's end.

    So every machine makes the same PDF of it, and finds it the same file.
    """
    return data.removeprefix(BOM_UTF8).replace(b"\r\n", b"\n")


def _is_of_reports(template: str) -> bool:
    """Whether a template, by its path, may be one that a report is made from."""
    return not template.startswith(("preview/", "site/"))


def shipped_templates() -> Path:
    """The templates that came with the program: inside the package, or beside it in a checkout."""
    inside = PACKAGE / "templates"
    return inside if inside.is_dir() else PACKAGE.parent / "templates"


@cache
def program_inputs() -> dict[str, str]:
    """The program as an input: its files and templates, and the versions of what it runs on.

    In a checkout a template can change while the version stays.
    """
    from importlib.metadata import version

    from oscp_report.outputs.stamp import digest, digest_tree

    def whole(root: Path) -> str:
        return digest(repr(digest_tree(root)).encode())

    versions = [f"{name} {version(name)}" for name in ("jinja2", "markdown", "nh3", "weasyprint")]
    return {
        "program": whole(PACKAGE),
        "shipped templates": whole(shipped_templates()),
        "versions": digest("\n".join([__version__, sys.version, *versions]).encode()),
    }
