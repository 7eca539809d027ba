"""All generated files of a site, from the models of its years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from markupsafe import Markup

from oscp_report.briefing.page import KEY
from oscp_report.document.accessibility import view_accessibility
from oscp_report.model import Partnership
from oscp_report.publishing import data, feeds, search
from oscp_report.publishing.archive import Archive
from oscp_report.publishing.differences import address, compared, told
from oscp_report.publishing.figure_views import FigurePart, shorthand, view_figures
from oscp_report.publishing.figures import Life, lives
from oscp_report.publishing.overviews import draft_notice, neighbours, view_year
from oscp_report.publishing.pages import LinkView, Pages, PageView, SiteView
from oscp_report.publishing.priorities import trace
from oscp_report.publishing.volumes import Volume, volumes_of

UP = "../"
LONGEST_TITLE = 70
"""Characters that a browser's tab and a search engine show of a title."""

YEARS, FIGURES, PRIORITIES, SEARCH = "years", "figures", "priorities", "search"


def site_files(
    archive: Archive, templates: Sequence[Path], kept: Mapping[str, bytes] = MappingProxyType({})
) -> dict[str, bytes]:
    """Every generated file of the site, by its path from the site's head, ``/`` between folders.

    The year's own files (HTML, PDF, source, what was superseded) are not among them, but links
    lead to them. ``templates`` are the folders to look in, the workspace's own first and the
    shipped one last. The same archive gives the same bytes. ``kept`` are pages of an earlier call
    that need not be made again, as ``made_from`` tells.

    Where the partnership has no website there is no ``sitemap.xml``, whose addresses have to be
    absolute; the feed's links are then relative, and the links of ``404.html`` begin at the head
    of the web server.

    Raises:
        BrokenTemplate: a template is missing, is none, or fails.
        ValueError: the archive has no year.
    """
    if not archive.years:
        raise ValueError("an archive has one year at least")
    site = _Site(archive, templates, kept)
    files = dict(site.pages())
    files |= dict(site.data())
    if archive.partnership.website:
        files["sitemap.xml"] = feeds.sitemap(site.addresses(files), archive.partnership)
    return files


class _Site:
    """What all pages are made from, each worked out once."""

    def __init__(
        self, archive: Archive, templates: Sequence[Path], kept: Mapping[str, bytes]
    ) -> None:
        self._kept = kept
        reports = [published.report for published in archive.years]
        self.partnership = archive.partnership
        self.volumes = volumes_of(archive)
        self.lives: tuple[Life, ...] = lives(reports)
        by_year = {volume.year: volume for volume in self.volumes}
        self.figures: tuple[FigurePart, ...] = view_figures(self.lives, by_year)
        self._pages = Pages(_site_view(archive.partnership, self.volumes), templates)

    @property
    def last(self) -> Volume:
        """The last year that is final; the last of all, where all are drafts."""
        final = [volume for volume in self.volumes if not volume.is_draft]
        return (final or self.volumes)[-1]

    def pages(self) -> Iterator[tuple[str, bytes]]:
        """The web pages, and the index of the search."""
        yield "index.html", self._front()
        yield "404.html", self._not_found()
        yield "figures.html", self._figures()
        yield "priorities.html", self._priorities()
        yield "accessibility.html", self._accessibility()
        newest_first = self.volumes[::-1]
        contents = [search.contents(volume) for volume in newest_first]
        page = self._page("Search", part=SEARCH)
        yield "search.html", self._pages.search_page(page, contents=contents)
        yield "search-index.js", search.index(newest_first, self.figures)
        for place in range(len(self.volumes)):
            yield self.volumes[place].address, self._year(place)
        for old, new in pairwise(self.volumes):
            path = address(old, new)
            yield path, self._kept.get(path) or self._difference(old, new)

    def data(self) -> Iterator[tuple[str, bytes]]:
        """What a program reads."""
        table = data.rows(self.lives)
        yield "feed.xml", feeds.feed(self.volumes, self.partnership)
        yield "data/figures.csv", data.as_csv(table)
        yield "data/figures.json", data.as_json(table)
        yield "data/datapackage.json", data.package(self.lives, self.partnership)

    def addresses(self, files: Mapping[str, bytes]) -> Iterator[tuple[str, date]]:
        """The pages that a search engine may show, each with the day of its last change."""
        final = [volume for volume in self.volumes if not volume.is_draft]
        drafts = {volume.address for volume in self.volumes if volume.is_draft}
        days = {volume.address: volume.changed_on for volume in final}
        days |= {
            address(old, new): max(old.changed_on, new.changed_on)
            for old, new in pairwise(self.volumes)
        }
        about_drafts = {
            address(old, new) for old, new in pairwise(self.volumes) if old.is_draft or new.is_draft
        }
        newest = max((volume.changed_on for volume in final), default=self.last.changed_on)
        for path in files:
            is_shown = path.endswith(".html") and path != "404.html"
            if is_shown and path not in drafts | about_drafts:
                yield path, days.get(path, newest)
        for volume in final:
            yield volume.report_address, volume.changed_on

    def _page(self, title: str, part: str = "", path: str = "", *above: LinkView) -> PageView:
        """The frame of a page at ``path``, or at the head of the site where that is empty."""
        names = (self.partnership.name, self.partnership.short_name)
        titles = [f"{title} – {name}" for name in names]
        return PageView(
            title=next((each for each in titles if len(each) <= LONGEST_TITLE), titles[-1]),
            root=UP * path.count("/"),
            part=part,
            above=above,
        )

    def _front(self) -> bytes:
        council = str(self.partnership.council)
        years = [view_year(volume, council, "") for volume in reversed(self.volumes)]
        page = self._page(self.partnership.report_name, part=YEARS)
        return self._pages.page("index", page, years=years, heading=self._heading())

    def _heading(self) -> str:
        first, last = self.volumes[0].year, self.volumes[-1].year
        years = f"{first}" if first == last else f"{first} to {last}"
        return f"{self.partnership.report_name}, {years}"

    def _year(self, place: int) -> bytes:
        volume = self.volumes[place]
        view = view_year(volume, str(self.partnership.council), UP)
        view = replace(view, differences=neighbours(self.volumes, place, UP))
        page = replace(
            self._page(volume.subject, YEARS, volume.address, LinkView("All years", "index.html")),
            is_draft=volume.is_draft,
        )
        before, after = (
            LinkView(self.volumes[at].label, UP + self.volumes[at].address)
            if 0 <= at < len(self.volumes)
            else None
            for at in (place - 1, place + 1)
        )
        return self._pages.page(
            "year", page, year=view, heading=volume.subject, before=before, after=after
        )

    def _difference(self, old: Volume, new: Volume) -> bytes:
        briefing = told(compared(old, new), old, new)
        path = address(old, new)
        page = replace(
            self._page(briefing.title, YEARS, path, LinkView("All years", "index.html")),
            is_draft=old.is_draft or new.is_draft,
        )
        years = [
            (LinkView(each.label, UP + each.address), LinkView("report", UP + each.report_address))
            for each in (old, new)
        ]
        key = Markup(KEY)  # noqa: S704  # the program's own words
        return self._pages.page(
            "difference",
            page,
            briefing=briefing,
            key=key,
            years=years,
            draft_notice=draft_notice([old, new]),
        )

    def _figures(self) -> bytes:
        page = self._page("Figures", part=FIGURES)
        return self._pages.page(
            "figures",
            page,
            figures=self.figures,
            shorthand=shorthand(self.figures),
            draft_notice=draft_notice(self.volumes),
        )

    def _priorities(self) -> bytes:
        page = self._page("Priorities", part=PRIORITIES)
        lives, notice = trace(self.volumes), draft_notice(self.volumes)
        return self._pages.page("priorities", page, priorities=lives, draft_notice=notice)

    def _accessibility(self) -> bytes:
        statement = view_accessibility(self.last.report, self.partnership, self.last.prose)
        contact = [
            (label, self.last.leading(value, ""))
            for label, value in (statement.contact if statement else ())
        ]
        return self._pages.page("accessibility", self._page("Accessibility"), contact=contact)

    def _not_found(self) -> bytes:
        website = self.partnership.website.removesuffix("/")
        page = replace(self._page("Page not found"), root=f"{website}/")
        return self._pages.page("404", page, has_website=bool(website))


def _site_view(partnership: Partnership, volumes: Sequence[Volume]) -> SiteView:
    first, last = volumes[0].year, volumes[-1].year
    return SiteView(
        language=partnership.language,
        name=str(partnership.name),
        council=str(partnership.council),
        about=f"{partnership.report_name}, all years",
        notice=str(partnership.notice or ""),
        period=f"{first.start}-04-01/{last.last_day}",
    )
