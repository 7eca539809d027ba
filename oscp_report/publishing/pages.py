"""The frame of every page of the site, and views to pages through the templates."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from oscp_report.document import rendering
from oscp_report.document.rendering import Templates
from oscp_report.document.series import unbroken

STYLES = (*rendering.STYLES, "site/site.css")
SCRIPT = "site/search.js"


@dataclass(frozen=True, slots=True)
class SiteView:
    """What every page of a site shows.

    ``about`` tells what the site is, ``period`` its first day and its last, as ISO 8601 writes
    them.
    """

    language: str
    name: str
    council: str
    about: str
    notice: str
    period: str


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link, its address relative to the page; without one it is the page itself."""

    label: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class PageView:
    """One page of the site.

    ``root`` is the way to the head of the site; ``part`` the entry of the navigation that it
    belongs to; ``above`` the pages between the front page and this one; ``web_address`` its own,
    or empty.
    """

    title: str
    root: str = ""
    part: str = ""
    above: tuple[LinkView, ...] = ()
    web_address: str = ""
    is_draft: bool = False


@dataclass(frozen=True, slots=True)
class _About:
    """What ``components/metadata.html`` asks of a report, told of a page."""

    page_title: str
    subject: str
    name: str
    council: str
    language: str
    web_address: str
    period: str
    draft_notice: str


class Pages:
    """Renders the pages of one site.

    ``templates`` are the folders to look in, the workspace's own first and the shipped one last.

    Raises:
        BrokenTemplate: a template or a style sheet is missing, or is none.
    """

    def __init__(self, site: SiteView, templates: Sequence[Path]) -> None:
        self._site = site
        self._templates = Templates(templates)
        self._script = self._templates.source(SCRIPT)

    def page(self, name: str, page: PageView, **views: object) -> bytes:
        """A page from the template ``site/NAME.html`` and its own views.

        A template may call ``unbroken(text)`` for a text no year of which is broken in two.

        Raises:
            BrokenTemplate: the template is missing, is none, or fails.
        """
        site = self._site
        about = _About(
            page_title=page.title,
            subject=site.about,
            name=site.name,
            council=site.council,
            language=site.language,
            web_address=page.web_address,
            period=site.period,
            draft_notice="draft" if page.is_draft else "",
        )
        text = self._templates.page(
            f"site/{name}.html",
            STYLES,
            site=site,
            page=page,
            report=about,
            unbroken=unbroken,
            **views,
        )
        return text.encode()

    def search_page(self, page: PageView, **views: object) -> bytes:
        """The search's page: the one with a script, allowed by its hash, and a file of its own.

        A page that was opened from a folder has no origin, so that ``'self'`` alone would not do.
        """
        found = self.page("search", page, script=self._script, **views)
        own = b64encode(sha256(self._script.encode()).digest()).decode()
        before = "default-src 'none';"
        after = f"{before} script-src 'sha256-{own}' 'self' file:;"
        return found.replace(before.encode(), after.encode(), 1)
