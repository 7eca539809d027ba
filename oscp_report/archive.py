"""Every published year as a site: builds the years that changed, gathers all, and then writes.

Modules are imported where their step comes, so that a command pays for what it uses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from oscp_report.checking import load, load_partnership_of, understood
from oscp_report.errors import ReportError
from oscp_report.pipeline import Builder, BuildOptions, Built
from oscp_report.superseded import refuse_strays, superseded
from oscp_report.workspace import PARTNERSHIP_FILE, Workspace
from oscp_report.year import Year

if TYPE_CHECKING:
    from oscp_report.outputs.trees import Changes
    from oscp_report.publishing import PublishedYear

FOLDER = "site"
"""The folder below ``build/``."""

_WORTH_A_PROCESS = 3
"""Years that a process has to build: one takes as long to start as two or three years to draw."""


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """``jobs`` is how many years are built at a time; with ``drafts`` those are in it as well."""

    drafts: bool = False
    jobs: int = 1


@dataclass(frozen=True, slots=True)
class Site:
    """What came of a site.

    ``changes`` is None where findings stopped a year: nothing was written then. ``left_out`` are
    the years that are drafts. ``unkept`` are years with a correction, of which no earlier version
    was kept.
    """

    folder: Path
    years: tuple[Built, ...]
    left_out: tuple[Year, ...]
    unkept: tuple[Year, ...]
    changes: Changes | None


def build_site(
    workspace: Workspace, options: SiteOptions, tell: Callable[[Built], None] = lambda _: None
) -> Site:
    """Build every published year that changed, and the site of all of them.

    ``tell`` is called with each year that was built or refused.

    Raises:
        ReportError: there is no year to publish, or a file cannot be read or written.
    """
    years = workspace.chosen((), every=True)
    refuse_strays(workspace, years)
    drafts = () if options.drafts else tuple(y for y in years if _is_draft(workspace, y))
    published = [year for year in years if year not in drafts]
    if not published:
        raise ReportError(
            "no year is published: all are drafts",
            fix="set `status: final` in one, or give `--drafts` to see what the site would be",
        )
    folder = workspace.build_folder / FOLDER
    _keep_addresses(workspace, folder, published)
    built = build_years(workspace, published, options.jobs, tell)
    if not all(each.files for each in built):
        return Site(folder, built, drafts, (), None)
    from oscp_report.outputs.trees import keep_tree, kept_files
    from oscp_report.publishing import Archive, made_from, site_files

    gathered = [_gathered(workspace, each) for each in built]
    described = tuple(published for published, _ in gathered)
    archive = Archive(partnership=load_partnership_of(workspace), years=described)
    made = made_from(archive, workspace.made_with())
    files = site_files(archive, workspace.templates, kept_files(folder, made))
    for _, copied in gathered:
        files |= copied
    unkept = tuple(
        each.report.year for each in described if each.report.corrections and not each.superseded
    )
    return Site(folder, built, drafts, unkept, keep_tree(folder, files, made))


def build_years(
    workspace: Workspace, years: Sequence[Year], jobs: int, tell: Callable[[Built], None]
) -> tuple[Built, ...]:
    """Build the years that changed, in processes of which there are at most ``jobs``.

    Raises:
        ReportError: as ``Builder.build``.
    """
    with Builder(workspace, BuildOptions()) as builder:
        done = {year: kept for year in years if (kept := builder.unchanged(year))}
        stale = [year for year in years if year not in done]
        jobs = min(jobs, len(stale) // _WORTH_A_PROCESS)
        if jobs < 2:
            for year in stale:
                tell(built := builder.build(year))
                done[year] = built
            return tuple(done[year] for year in years)
    for built in _at_once(workspace, stale, jobs):
        tell(built)
        done[built.year] = built
    return tuple(done[year] for year in years)


def _at_once(workspace: Workspace, years: Sequence[Year], jobs: int) -> Iterator[Built]:
    """Build the years in processes of their own, each with a renderer that draws one by one."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Spawned: a fork would take over this process's threads and open files in an unknown state.
    spawn = get_context("spawn")
    with ProcessPoolExecutor(jobs, spawn, _start_worker, (workspace,)) as pool:
        try:
            yield from pool.map(_build_in_worker, years)
        finally:
            pool.shutdown(cancel_futures=True)  # after an error the other years need not be built


_worker: list[Builder] = []
"""The builder of a process that does nothing else. Its renderer ends with the process."""


def _start_worker(workspace: Workspace) -> None:
    import gc

    gc.set_threshold(100_000)  # as for the program's own process
    _worker.append(Builder(workspace, BuildOptions()))


def _build_in_worker(year: Year) -> Built:
    return _worker[0].build(year)


def _is_draft(workspace: Workspace, year: Year) -> bool:
    """Whether a year is not published yet. One that cannot be read is built, to say why."""
    report = load(workspace, year).value
    return report is not None and report.status == "draft"


def _keep_addresses(workspace: Workspace, folder: Path, years: Sequence[Year]) -> None:
    """Raises ReportError where a report would be at another address than it was published at."""
    from oscp_report.document.views import file_name

    try:
        now = file_name(load_partnership_of(workspace))
    except ReportError:  # the build of each year tells why
        return
    for year in years:
        published = (folder / str(year)).glob(f"*-{year}.pdf")
        names = {path.stem.removesuffix(f"-{year}") for path in published}
        if names and now not in names:
            before = min(names)
            raise ReportError(
                f"reports that were published as `{before}-…` would be called `{now}-…`, and "
                "links to them lead nowhere",
                fix=f"keep their addresses with `file_name: {before}` in `{PARTNERSHIP_FILE}`; "
                f"or delete `{folder.name}/` in `build/`, if nobody has seen it",
            )


def _gathered(workspace: Workspace, built: Built) -> tuple[PublishedYear, dict[str, bytes]]:
    """A year, and its files as they are: report, source, superseded versions, each read once.

    Raises:
        ReportError: a file cannot be read, or no longer be understood.
    """
    from oscp_report.outputs.stamp import digest
    from oscp_report.publishing import File, PublishedYear, Superseded

    def files_of(found: Mapping[str, bytes]) -> tuple[File, ...]:
        return tuple(File(name=name, size=len(data)) for name, data in found.items())

    name = workspace.year_file(built.year)
    data = workspace.read(name)
    report = understood(data, name, built.year).value
    if report is None:
        raise ReportError(f"`{name}` was changed while the site was made", fix="try again")
    source = {f"{built.year}.yaml": data}
    files = {name: (built.folder / name).read_bytes() for name in built.files} | source
    by_kind = {Path(file.name).suffix: file for file in files_of(files)}
    kept = superseded(workspace, built.year)
    for day, old in kept.items():
        files |= {f"superseded/{day}/{name}": data for name, data in old.items()}
    published = PublishedYear(
        report=report,
        digest=digest(data),
        html=by_kind[".html"],
        pdf=by_kind[".pdf"],
        pages=built.pages,
        source=by_kind[".yaml"],
        superseded=tuple(Superseded(day=day, files=files_of(old)) for day, old in kept.items()),
    )
    return published, {f"{built.year}/{name}": data for name, data in files.items()}
