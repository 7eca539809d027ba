"""The accessibility statement below a page, made from the report's own contact."""

from __future__ import annotations

from oscp_report.document.rendering import render_report
from oscp_report.document.views import view_report
from oscp_report.reading.loading import load_partnership, load_report
from oscp_report.workspace import shipped_templates
from oscp_report.year import Year
from tests.page import parsed

PARTNERSHIP = b"name: Merrow <Safer> Together\nshort_name: MST\ncouncil: Merrow Council\n"
YEAR = """\
year: 2018-19
cover: [{To: Council}]
priorities: {lead: L, items: [{id: a, title: A}]}
achievements: {heading: H, themes: [T]}
"""
CONTACTS = """\
contacts:
  - Report author: A. Officer
    e-mail: a@example.org
  - Report author: B. Officer
"""


def page(year: str) -> str:
    report = load_report(year.encode(), "y", Year(2018)).value
    partnership = load_partnership(PARTNERSHIP, "p").value
    assert report
    assert partnership
    return render_report(view_report(report, partnership), [shipped_templates()])


def test_it_names_the_first_contact_and_stands_in_the_contents() -> None:
    root = parsed(page(YEAR + CONTACTS))
    (section,) = root.findall(".//footer/section[@class='accessibility']")
    words = " ".join("".join(section.itertext()).split())
    assert words.startswith("Accessibility of this page Merrow <Safer> Together wants everybody")
    assert [" ".join("".join(item.itertext()).split()) for item in section.iter("li")] == [
        "Report author: A. Officer",
        "e-mail: a@example.org",
    ]
    (link,) = (a for a in root.findall(".//nav//a") if a.get("href") == "#the_accessibility")
    assert section.find("h2").get("id") == "the_accessibility"
    assert link.text == "Accessibility of this page"


def test_without_a_contact_there_is_nobody_to_promise_anything() -> None:
    assert "the_accessibility" not in page(YEAR)
