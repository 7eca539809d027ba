"""The feed and the sitemap: well formed, dated by the data, addressed as the website is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from oscp_report.publishing import site_files
from oscp_report.publishing.feeds import ATOM, SITEMAP
from tests.publishing import archives
from tests.small_reports import report as small_report

A, S = f"{{{ATOM}}}", f"{{{SITEMAP}}}"
BASE = "https://www.example.org/community-safety/"


def tree(data: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(data)  # noqa: S314  # what the program has just written


def entries(files: Mapping[str, bytes]) -> list[dict[str, str]]:
    """Each entry's title, id, dates, summary and address."""
    root = tree(files["feed.xml"])
    found = []
    for entry in root.findall(f"{A}entry"):
        texts = {child.tag.removeprefix(A): child.text or "" for child in entry}
        (link,) = entry.findall(f"{A}link")
        assert link.attrib["rel"] == "alternate"
        found.append({**texts, "link": link.attrib["href"]})
    return found


def test_the_feed_has_an_entry_a_year_and_a_correction() -> None:
    found = entries(archives.example_site())
    assert [(each["updated"][:10], each["link"].removeprefix(BASE)) for each in found] == [
        ("2025-07-14", "2024-25/index.html"),
        ("2024-07-15", "2023-24/index.html"),
        ("2023-07-17", "2022-23/index.html"),
        ("2022-09-12", "2021-22/index.html"),
        ("2022-07-18", "2021-22/index.html"),
        ("2021-07-19", "2020-21/index.html"),
        ("2020-07-20", "2019-20/index.html"),
    ]
    assert found[3]["title"] == "Correction to Annual Review 2021-22"
    assert found[3]["summary"].startswith("The number of needles and syringes collected is 5,410.")
    year = "tag:www.example.org,2022:ecsp-annual-review/2021-22"
    assert found[3]["id"] == f"{year}/correction/2022-09-12/1"
    assert found[4]["id"] == year
    for entry in found:
        assert datetime.fromisoformat(entry["updated"]).tzinfo
        assert entry["published"] == entry["updated"]


def test_an_entry_is_called_the_same_when_the_partnership_is_renamed() -> None:
    def ids(**changes: Any) -> list[str]:
        found = archives.archive([small_report()], **changes)
        return [each["id"] for each in entries(site_files(found, archives.TEMPLATES))]

    renamed = replace(archives.example_partnership().short_name, value="ESP")
    assert ids(short_name=renamed, file_name="") != ids()
    assert ids(short_name=renamed) == ids() == ids(file_name="") != []


def test_the_feed_is_what_readers_ask_for() -> None:
    root = tree(archives.example_site()["feed.xml"])
    assert root.tag == f"{A}feed"
    assert [child.tag.removeprefix(A) for child in root][:3] == ["title", "id", "updated"]
    links = {link.attrib["rel"]: link.attrib["href"] for link in root.findall(f"{A}link")}
    assert links == {"self": f"{BASE}feed.xml", "alternate": f"{BASE}index.html"}
    assert root.findtext(f"{A}updated") == "2025-07-14T00:00:00Z"
    assert root.findtext(f"{A}author/{A}name", "").startswith("Exampleton Community Safety")
    ids = [element.text for element in root.iter(f"{A}id")]
    assert len(ids) == len(set(ids)) == 8


CORRECTIONS = [
    {"date": "3 August 2019", "what": "One.", "why": "A."},
    {"date": "3 August 2019", "what": "Two.", "why": "B."},
    {"date": "1 May 2020", "what": "Three.", "why": "C."},
]


@pytest.mark.parametrize("website", ["", "https://merrow.example/reports/"])
def test_ids_stay_when_a_year_and_a_correction_come_to_it(website: str) -> None:
    def ids(corrections: list[Any], *more: str) -> list[str]:
        reports = [
            small_report("2018-19", corrections=corrections or None),
            *map(small_report, more),
        ]
        found = archives.archive(reports, website=website)
        return [each["id"] for each in entries(site_files(found, archives.TEMPLATES))]

    before = ids(CORRECTIONS[:1])
    after = ids(CORRECTIONS, "2019-20")
    assert len(before) == 2
    assert len(set(after)) == len(after) == 5
    assert set(before) < set(after)
    start = "tag:merrow.example,2019:" if website else "urn:uuid:"
    assert all(each.startswith(start) for each in before)


def test_without_a_website_nothing_lies() -> None:
    files = site_files(archives.archive([small_report()], website=""), archives.TEMPLATES)
    assert "sitemap.xml" not in files
    root = tree(files["feed.xml"])
    links = [(link.attrib["rel"], link.attrib["href"]) for link in root.iter(f"{A}link")]
    assert links == [("alternate", "index.html"), ("alternate", "2018-19/index.html")]
    assert b"http" not in files["feed.xml"].replace(ATOM.encode(), b"")


def test_a_report_without_a_date_is_dated_by_the_end_of_its_year() -> None:
    found = small_report(cover=[{"To": "Council"}])
    (entry,) = entries(site_files(archives.archive([found]), archives.TEMPLATES))
    assert entry["updated"] == "2019-03-31T00:00:00Z"


def test_a_feed_of_drafts_alone_is_empty() -> None:
    found = archives.archive([small_report(status="draft")])
    files = site_files(found, archives.TEMPLATES)
    assert entries(files) == []
    assert b"2018-19" not in files["feed.xml"]
    assert b"2018-19" not in files["sitemap.xml"]


def test_the_sitemap_names_every_page_that_may_be_found() -> None:
    site = archives.example_site()
    root = tree(site["sitemap.xml"])
    days = {u.findtext(f"{S}loc", ""): u.findtext(f"{S}lastmod") for u in root.findall(f"{S}url")}
    assert all(urlsplit(address).scheme == "https" for address in days)
    named = {address.removeprefix(BASE) for address in days}
    shown = {path for path in site if path.endswith(".html") and path != "404.html"}
    reports = {f"{y}/ecsp-annual-review-{y}.html" for y in archives.example_yaml()}
    assert named == shown | reports
    assert days[f"{BASE}2021-22/index.html"] == "2022-09-12"
    assert days[f"{BASE}2020-21/index.html"] == "2021-07-19"
    assert days[f"{BASE}differences/2020-21-to-2021-22.html"] == "2022-09-12"
    assert days[f"{BASE}index.html"] == "2025-07-14"
