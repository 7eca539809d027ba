"""The generated site as a whole: its files, its links, its frame, its bytes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

import pytest

from oscp_report.document.rendering import BrokenTemplate
from oscp_report.outputs.html import NotSealed, require_sealed
from oscp_report.publishing import Archive, site_files
from tests.page import parsed
from tests.publishing import archives
from tests.small_reports import report as small_report

YEARS = ("2019-20", "2020-21", "2021-22", "2022-23", "2023-24", "2024-25")
OVERVIEWS = {
    "index.html", "404.html", "figures.html", "priorities.html", "accessibility.html",
    "search.html", "search-index.js", "feed.xml", "sitemap.xml",
    "data/figures.csv", "data/figures.json", "data/datapackage.json",
}  # fmt: skip
HOSTILE = "<script>alert('x')</script> & \"<img src=x onerror=alert(1)>\" {% raise %} ]]>"


@pytest.fixture(scope="module")
def site() -> Mapping[str, bytes]:
    return archives.example_site()


def pages(files: Mapping[str, bytes]) -> dict[str, Any]:
    found = {path: parsed(data.decode()) for path, data in files.items() if path.endswith(".html")}
    assert found, "no page: this would prove nothing"
    return found


def spoken(page: Any) -> str:
    """The words of a page on one line."""
    return " ".join("".join(page.itertext()).split())


def links(page: Any) -> Iterator[str]:
    for element in page.iter():
        for name in ("href", "src"):
            if name in element.attrib:
                yield element.attrib[name]


def dead(files: Mapping[str, bytes], base: str) -> tuple[list[tuple[str, str]], int]:
    """Links of the generated pages within a site at ``base`` that lead nowhere, and how many lead.

    A report's page is only led to.
    """
    found = pages(files)
    anchors = {
        path: {element.attrib["id"] for element in page.iter() if "id" in element.attrib}
        for path, page in found.items()
    }
    bad, seen = [], 0
    for path, page in found.items():
        if "annual-review" in path:
            continue
        for link in links(page):
            whole, anchor = urldefrag(urljoin(base + path, link))
            if not whole.startswith(base):
                continue
            seen += 1
            target = unquote(whole.removeprefix(base))
            if target not in files or (anchor and anchor not in anchors.get(target, ())):
                bad.append((path, link))
    return bad, seen


def test_the_files_are_those_of_the_layout(site: Mapping[str, bytes]) -> None:
    differences = {f"differences/{a}-to-{b}.html" for a, b in pairwise(YEARS)}
    assert set(site) == OVERVIEWS | {f"{year}/index.html" for year in YEARS} | differences


@pytest.mark.parametrize(
    "base",
    ["https://www.example.org/community-safety/", "https://a.example/x/y/", "file:///home/a%20b/"],
)
def test_every_link_leads_somewhere(site: Mapping[str, bytes], base: str) -> None:
    whole = archives.whole(archives.example(), site)
    bad, seen = dead(whole, base)
    assert bad == []
    assert seen > 600


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("index.html", "2020-21/index.html", "2020-21/nothing.html"),
        ("figures.html", 'id="burglary-rate"', 'id="gone"'),
        ("priorities.html", "#town-centre", "#nothing"),
    ],
)
def test_a_dead_link_is_found(site: Mapping[str, bytes], path: str, old: str, new: str) -> None:
    page = site[path].decode()
    assert old in page
    whole = archives.whole(archives.example(), site)
    bad, _ = dead({**whole, path: page.replace(old, new).encode()}, "https://a.example/x/")
    assert bad


def test_the_404_leads_home_from_any_depth(site: Mapping[str, bytes]) -> None:
    found = [link for link in links(parsed(site["404.html"].decode())) if link[0] != "#"]
    assert len(found) > 8
    assert {link for link in found if not link.startswith("https://www.example.org/")} == set()
    bare = site_files(archives.archive(archives.example_reports(), website=""), archives.TEMPLATES)
    found = [link for link in links(parsed(bare["404.html"].decode())) if link[0] != "#"]
    assert {link for link in found if not link.startswith("/")} == set()
    assert "These links lead to the head of this web server" in bare["404.html"].decode()


def test_every_page_has_its_frame(site: Mapping[str, bytes]) -> None:
    titles = set()
    for path, page in pages(site).items():
        elements = list(page.iter())
        tags = [element.tag for element in elements]
        assert page.attrib["lang"] == "en-GB", path
        assert [tags.count(tag) for tag in ("h1", "main", "header", "footer")] == [1] * 4, path
        assert tags.count("nav") >= 2, path
        first_link = next(element for element in elements if element.tag == "a")
        assert first_link.attrib["class"] == "skip-link", path
        target = first_link.attrib["href"].removeprefix("#")
        assert [e.tag for e in elements if e.attrib.get("id") == target] == ["main"], path
        levels = [int(tag[1]) for tag in tags if isinstance(tag, str) and re.match("h[1-6]$", tag)]
        assert all(b - a <= 1 for a, b in pairwise(levels)), path
        titles.add("".join(page.iter("title").__next__().itertext()))
        words = "".join(page.itertext())
        assert "Invented for demonstration. No person, place" in words, path
        is_below = "/" in path
        assert ('aria-label="You are here"' in site[path].decode()) == is_below, path
    assert len(titles) == len(pages(site)), "two pages have one title"


def test_no_page_asks_for_anything_from_elsewhere(site: Mapping[str, bytes]) -> None:
    for path, data in site.items():
        if not path.endswith(".html"):
            continue
        if path == "search.html":
            with pytest.raises(NotSealed):
                require_sealed(data.decode())
        else:
            require_sealed(data.decode())
            assert "script-src" not in data.decode()
        policy = re.search('Policy" content="([^"]*)"', data.decode())
        assert policy
        assert policy[1].startswith("default-src 'none'; "), path
        assert "unsafe" not in policy[1], path


def hostile() -> Archive:
    """Every text that an officer types is an attack."""
    bad = archives.text(HOSTILE)
    item = {"id": "bad", "title": f"{HOSTILE};", "items": [HOSTILE]}
    priorities = {"lead": f"{HOSTILE}:", "items": [item]}
    parts = {
        "cover": [{"To": HOSTILE}, {"Date": "22 July 2019"}, {"Title of Report": HOSTILE}],
        "summary": [{"Recommendations": {"text": HOSTILE, "items": [HOSTILE]}}],
        "introduction": {"heading": HOSTILE, "paragraphs": [HOSTILE, f"{HOSTILE} {{bad}}"]},
        "priorities": priorities,
        "next_priorities": priorities,
        "achievements": {"heading": HOSTILE, "themes": [{"priority": "bad", "text": HOSTILE}]},
        "corrections": [{"date": "3 August 2020", "what": HOSTILE, "why": HOSTILE}],
        "contacts": [{"Report author": HOSTILE}],
        "numbering": "none",
    }
    figure = {
        "label": HOSTILE, "source": HOSTILE, "definition": HOSTILE, "note": HOSTILE,
        "break": HOSTILE, "period": HOSTILE,
    }  # fmt: skip
    years = ("2017-18", "2018-19", "2019-20")
    reports = [
        small_report(year, **parts, figures={"bad": {**figure, "value": 7 + place, "source": year}})
        if place
        else small_report(year, **{**parts, "introduction": None}, figures=None)
        for place, year in enumerate(years)
    ]
    found = archives.archive(reports, name=bad, short_name=bad, council=bad, notice=bad)
    old = archives.replaced(date(2020, 8, 3), HOSTILE.replace("/", ""))
    return replace(found, years=tuple(replace(year, superseded=(old,)) for year in found.years))


def test_no_text_is_taken_for_markup() -> None:
    files = site_files(hostile(), archives.TEMPLATES)
    for path, page in pages(files).items():
        elements = list(page.iter())
        scripts = [element for element in elements if element.tag == "script"]
        assert len(scripts) == (2 if path == "search.html" else 0), path
        assert [e for e in elements if e.tag == "img" or "onerror" in e.attrib] == [], path
        assert "<script>alert('x')</script>" in "".join(page.itertext()), path
        assert re.findall("</?style", files[path].decode()).count("</style") == 4
    assert dead(archives.whole(hostile(), files), "https://a.example/x/")[0] == []
    index = index_of(files)
    assert any(HOSTILE in entry[4] for entry in index["entries"])


def index_of(files: Mapping[str, bytes]) -> dict[str, Any]:
    """What the search's script sets."""
    script = files["search-index.js"].decode()
    start, end = "self.searchIndex = ", ";\n"
    assert script.startswith(start)
    assert script.endswith(end)
    found: dict[str, Any] = json.loads(script.removeprefix(start).removesuffix(end))
    return found


def test_the_index_holds_every_paragraph(site: Mapping[str, bytes]) -> None:
    index = index_of(site)
    assert [label for label, _ in index["pages"]] == [*YEARS[::-1], "Figures"]
    whole = archives.whole(archives.example(), site)
    anchors = {
        path: {element.attrib["id"] for element in page.iter() if "id" in element.attrib}
        for path, page in pages(whole).items()
    }
    entries = index["entries"]
    assert len(entries) > 250
    for page, number, heading, anchor, words in entries:
        assert anchor in anchors[index["pages"][page][1]], (page, anchor)
        assert words.strip() == words != ""
        assert heading
        assert not re.search(r"\*\*|\{|\]\(|<[a-z]", words), words
        assert number == "" or re.fullmatch(r"[0-9.]+[a-z]*(\([a-z]+\))*", number)
    by_place = {(index["pages"][e[0]][0], e[3]): e for e in entries}
    path = by_place["2024-25", "path"]
    assert path[1:3] == ["10a", "Achievements for 2024-25"]
    assert path[4].startswith("The path from the station to the harbour was lit in November 2024.")
    told = by_place["2024-25", "burglary"][4]
    assert (
        "fell to 3.18 per 1,000 homes, down 13.8 per cent, from 3.69 per 1,000 in 2023-24" in told
    )
    assert "Harbour 1,052 106.26" in by_place["2024-25", "by-ward"][4]
    assert by_place["2024-25", "burglary"][2] == "The borough in 2024-25: Crime"
    rows = {(e[2], e[3]): e[4] for e in entries if index["pages"][e[0]][0] == "2024-25"}
    assert "agree the priorities for 2025-26; and" in rows["Recommendations", "the_summary"]
    assert rows["Date", "the_report"] == "Monday 14 July 2025"
    assert rows["Report author", "the_report"] == (
        "Sergeant Cressida Vane; Job title: Partnership Officer, Exampleshire Police; "
        "Telephone: 01632 960155; e-mail: cressida.vane@example.org"
    )
    assert by_place["Figures", "burglary-rate"][2] == "Burglaries in homes"


def test_drafts_are_marked_and_kept_from_feed_and_sitemap(site: Mapping[str, bytes]) -> None:
    *reports, last = archives.example_reports()
    drafted = site_files(
        archives.archive([*reports, replace(last, status="draft")]), archives.TEMPLATES
    )
    year = drafted["2024-25/index.html"].decode()
    assert "<title>DRAFT: " in year
    assert "Draft: this report is not final" in year
    front = drafted["index.html"].decode()
    assert front.count("Draft: this report is not final and may still change.") == 1
    assert "2024-25 (draft)" in drafted["2023-24/index.html"].decode()
    assert "2024-25 (draft)" in drafted["search.html"].decode()
    notice = "Draft: the report for 2024-25 is not final, and may still change."
    shown = {path for path, page in pages(drafted).items() if notice in spoken(page)}
    assert shown == {"figures.html", "priorities.html", "differences/2023-24-to-2024-25.html"}
    assert "3,401 in 2024-25 (draft)" in spoken(pages(drafted)["figures.html"])
    assert "A priority of 2024-25 (draft)." in spoken(pages(drafted)["priorities.html"])
    assert not any(b"raft: the report" in page or b"(draft)" in page for page in site.values())
    for name in ("feed.xml", "sitemap.xml"):
        assert b"2024-25" in site[name]
        assert b"2024-25" not in drafted[name]
        assert b"2023-24" in drafted[name]


def test_several_drafts_are_named_together() -> None:
    reports = [small_report(year, status="draft") for year in ("2017-18", "2018-19")]
    files = site_files(archives.archive(reports), archives.TEMPLATES)
    told = "Draft: the reports for 2017-18 and 2018-19 are not final, and may still change."
    for path in ("figures.html", "priorities.html", "differences/2017-18-to-2018-19.html"):
        assert told in spoken(parsed(files[path].decode())), path


def test_the_parts_of_a_priority_end_without_the_stop_of_their_list() -> None:
    items = ["by day;", {"text": "by night:", "items": ["on **foot**;"]}, "in [shops](#x); and"]
    listed = {"lead": "They were:", "items": [{"id": "theft", "title": "Theft:", "items": items}]}
    report = small_report(priorities=listed, next_priorities=listed)
    files = site_files(archives.archive([report]), archives.TEMPLATES)
    for path in ("index.html", "2018-19/index.html"):
        words = spoken(parsed(files[path].decode()))
        assert "Theft by day by night: on foot in shops" in words, path
        assert ";" not in words[words.index("Theft by day") :][:60], path


def test_corrections_and_superseded_versions_are_told(site: Mapping[str, bytes]) -> None:
    page = site["2021-22/index.html"].decode()
    assert "Correction, 12 September 2022:" in page
    assert "Superseded on 12 September 2022" in page
    assert "Replaced because of a correction: The number of needles and syringes" in page
    assert 'href="../2021-22/superseded/2022-09-12/first%20issue%20%26%20draft.pdf"' in page
    assert page.count(": superseded</li>") == 2
    assert "Corrected on 12 September 2022." in site["index.html"].decode()
    assert "Superseded" not in site["2020-21/index.html"].decode()


def test_the_front_page_has_every_year_newest_first(site: Mapping[str, bytes]) -> None:
    front = parsed(site["index.html"].decode())
    assert ["".join(h.itertext()) for h in front.iter("h2")] == list(YEARS[::-1])
    words = " ".join("".join(front.itertext()).split())
    assert "Report as a web page (52 KB) Report as a PDF (12 pages, 346 KB)" in words
    assert "Making the town centre a place where everybody feels safe at night" in words
    assert "agree the priorities for 2025-26; and" in words
    assert "To Exampleton Borough Council, 14 July 2025." in words


def test_a_difference_is_told_by_signs_and_words(site: Mapping[str, bytes]) -> None:
    page = site["differences/2023-24-to-2024-25.html"].decode()
    assert "<h1>What changed from 2023-24 to 2024-25</h1>" in page
    assert "Burglaries in homes fell from 3.69 per 1,000 to 3.18 per 1,000" in page
    found = parsed(page)
    for tag, sign, words in (("del", "[−", "taken out: "), ("ins", "[+", "put in: ")):
        marked = ["".join(element.itertext()) for element in found.iter(tag)][1:]
        assert len(marked) > 5
        assert {each for each in marked if not each.startswith(sign + words)} == set()
    assert "What may be asked" not in page


def test_a_link_to_a_paragraph_leads_to_the_report() -> None:
    plan = {"text": "The plan.", "id": "plan"}
    found = archives.archive(
        [
            small_report(
                introduction={"heading": "Introduction", "paragraphs": [plan]},
                summary=[{"Recommendation": "That Council note {para:plan}"}],
                corrections=[{"date": "3 August 2019", "what": "See {para:plan}.", "why": "So."}],
            )
        ]
    )
    files = site_files(found, archives.TEMPLATES)
    report = f"2018-19/{found.years[0].html.name}#plan"
    assert files["index.html"].decode().count(f'<a href="{report}">1</a>') == 1
    assert files["2018-19/index.html"].decode().count(f'<a href="../{report}">1</a>') == 2
    assert dead(archives.whole(found, files), "https://a.example/x/")[0] == []


def test_a_workspace_may_have_its_own_template(tmp_path: Path) -> None:
    own = tmp_path / "templates"
    (own / "site").mkdir(parents=True)
    page = '{% extends "shipped/site/404.html" %}{% block main %}<h1>Lost</h1>{% endblock %}'
    (own / "site" / "404.html").write_text(page, "utf-8")
    found = archives.archive([small_report()])
    files = site_files(found, (own, *archives.TEMPLATES))
    assert "<h1>Lost</h1>" in files["404.html"].decode()
    (own / "site" / "404.html").write_text("\n{{ nothing }}", "utf-8")
    with pytest.raises(BrokenTemplate, match=r"templates/site/404\.html:2"):
        site_files(found, (own, *archives.TEMPLATES))
    (own / "site" / "404.html").unlink()
    (own / "site" / "search.js").write_text("'</script>'", "utf-8")
    with pytest.raises(BrokenTemplate, match="script"):
        site_files(found, (own, *archives.TEMPLATES))


def test_an_archive_has_a_year() -> None:
    with pytest.raises(ValueError, match="one year"):
        site_files(archives.archive([]), archives.TEMPLATES)


def test_one_year_is_a_site() -> None:
    files = site_files(archives.archive([small_report()]), archives.TEMPLATES)
    assert {path for path in files if "/" in path and not path.startswith("data/")} == {
        "2018-19/index.html"
    }
    assert dead(archives.whole(archives.archive([small_report()]), files), "file:///s/")[0] == []


DIGEST = """\
from hashlib import sha256
from oscp_report.publishing import site_files
from tests.publishing import archives
files = site_files(archives.example(), archives.TEMPLATES)
print(sha256(repr(files).encode()).hexdigest())
"""


def test_the_bytes_are_the_same_on_every_run() -> None:
    root = Path(__file__).parents[2]
    found = {
        subprocess.run(
            [sys.executable, "-c", DIGEST],
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(root)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Pacific/Apia"))
    }
    assert len(found) == 1
    assert len(found.pop().strip()) == 64


def test_sixty_years_take_seconds_and_hide_nothing() -> None:
    reports = []
    for start in range(1950, 2010):
        year = f"{start}-{(start + 1) % 100:02}"
        figures = {
            f"figure-{n}": {"label": f"Figure {n}", "value": 100 + (start * n) % 37}
            for n in range(10)
        }
        told = f"In {year} {{figure-1}} were counted. They went {{figure-2.trend}}."
        paragraphs = [told if start > 1951 else "The first.", *(f"Part {n}." for n in range(8))]
        introduction = {"heading": "Introduction", "paragraphs": paragraphs}
        reports.append(small_report(year, figures=figures, introduction=introduction))
    begun = time.process_time()
    files = site_files(archives.archive(reports), archives.TEMPLATES)
    assert time.process_time() - begun < 20  # it takes one
    figures_page = parsed(files["figures.html"].decode())
    rows = [len(list(table.iter("tr"))) for table in figures_page.iter("table")]
    assert rows == [61] * 10
    assert files["figures.html"].count(b'<svg class="chart__drawing"') == 10
    trend = next(e for e in index_of(files)["entries"] if e[4].startswith("In 2009-10"))
    assert "up in each of the last 11 years, from 100 in 1998-99 to 122" in trend[4]
