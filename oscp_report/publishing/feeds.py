"""The Atom feed and the sitemap: dated by meetings and corrections, never by a clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from oscp_report.document.views import file_name
from oscp_report.model import Partnership
from oscp_report.publishing.volumes import Volume

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of the feed; ``name`` tells it from all others, for ever."""

    name: str
    title: str
    day: date
    address: str
    summary: str


def feed(volumes: Sequence[Volume], partnership: Partnership) -> bytes:
    """The feed: an entry a year and a correction, newest first.

    Without a website its links are relative to the feed's own address, wherever that is, and it
    does not say where that is.
    """
    base = _base(partnership)
    root = Element("feed", {"xmlns": ATOM, "xml:lang": partnership.language})
    title = f"{partnership.name}: {partnership.report_name} and corrections"
    entries = sorted(_entries(volumes), key=lambda entry: (entry.day, entry.name), reverse=True)
    _text(root, "title", title)
    _text(root, "id", f"{base}feed.xml" if base else _id(partnership, "feed"))
    _text(root, "updated", _moment(entries[0].day if entries else date(1970, 1, 1)))
    if base:
        SubElement(root, "link", {"rel": "self", "href": f"{base}feed.xml"})
    SubElement(root, "link", {"rel": "alternate", "href": f"{base}index.html"})
    _text(SubElement(root, "author"), "name", str(partnership.name))
    for entry in entries:
        element = SubElement(root, "entry")
        _text(element, "title", entry.title)
        _text(element, "id", _id(partnership, entry.name))
        _text(element, "updated", _moment(entry.day))
        _text(element, "published", _moment(entry.day))
        SubElement(element, "link", {"rel": "alternate", "href": f"{base}{entry.address}"})
        _text(element, "summary", entry.summary)
    return _written(root)


def _entries(volumes: Iterable[Volume]) -> Iterator[_Entry]:
    for volume in volumes:
        if volume.is_draft:
            continue
        year, address = volume.year, volume.address
        titles = map(volume.named, volume.report.priorities.items)
        summary = f"The priorities were: {'; '.join(titles)}."
        title = f"{volume.subject}: {volume.title}"
        yield _Entry(f"{year}", title, volume.published_on, address, summary)
        days: dict[date, int] = {}
        for correction in volume.report.corrections:
            day = correction.date
            days[day] = days.get(day, 0) + 1  # so that one added later does not rename another
            name = f"{year}/correction/{day.isoformat()}/{days[day]}"
            said = f"{volume.plain(correction.what)} {volume.plain(correction.why)}"
            yield _Entry(name, f"Correction to {volume.subject}", day, address, said)


def _id(partnership: Partnership, name: str) -> str:
    """What an entry is called for ever: a tag URI (RFC 4151) of the website, or else a UUID.

    A tag takes a year in which the website was the partnership's own: that of the report. It stays
    when the partnership is renamed and keeps its reports' addresses.
    """
    host = urlsplit(partnership.website).hostname
    if host is None:
        return uuid5(NAMESPACE_URL, f"{partnership.name}\n{name}").urn
    held = int(name[:4]) + 1
    return f"tag:{host},{held}:{file_name(partnership)}/{name}"


def sitemap(paths: Iterable[tuple[str, date]], partnership: Partnership) -> bytes:
    """The sitemap: addresses from the head of the site, each with the day of its last change.

    It takes absolute addresses: without a website there is none.
    """
    root = Element("urlset", {"xmlns": SITEMAP})
    for path, day in paths:
        url = SubElement(root, "url")
        _text(url, "loc", f"{_base(partnership)}{path}")
        _text(url, "lastmod", day.isoformat())
    return _written(root)


def _base(partnership: Partnership) -> str:
    folder = partnership.website.removesuffix("/")
    return f"{folder}/" if folder else ""


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text


def _written(root: Element) -> bytes:
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"
