"""The appendix of figures, read from the page: its table, its notes, its charts, its shorthand."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from oscp_report.document.rendering import render_report
from oscp_report.document.series import MOST_IN_A_CHART
from oscp_report.document.views import view_report
from oscp_report.document.year_on_year import COLUMN_SHARES
from oscp_report.model import Report
from oscp_report.outputs.pdf import Press
from tests import years
from tests.drawn import bars_of
from tests.page import parsed
from tests.small_reports import report as small_report

SHIPPED = Path(__file__).parents[2] / "templates"
HISTORY = years.history()


def page(listed: Any = "all", history: tuple[Report, ...] = HISTORY, **changes: Any) -> Any:
    """The page of the last year, as parsed."""
    text = years.text_of(years.THIS, listed=listed, **changes)
    view = view_report(years.loaded(text, years.THIS), years.partnership(), history)
    return without_namespaces(parsed(render_report(view, [SHIPPED])))


def without_namespaces(root: Any) -> Any:
    """Those of a drawing have one."""
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def section(root: Any) -> Any:
    (found,) = root.findall(".//section[@aria-labelledby='figures_1']")
    return found


def table(root: Any) -> dict[str, list[str]]:
    """The cells of the rows of the main table, by figure; the note's number is left out."""
    (found,) = section(root).findall(".//table[@class='grid grid--figures']")
    rows = [[words(cell) for cell in row] for row in found.iter("tr")]
    assert rows[0] == [
        "Figure", years.THIS, years.BEFORE, "Change", "Better or worse", "Source",
    ]  # fmt: skip
    return {re.sub(r" \[note.*", "", row[0]): row[1:] for row in rows[1:]}


def charts(root: Any) -> dict[str, Any]:
    found = section(root).findall("div[@class='chart']")
    return {words(chart.find("h3")): chart for chart in found}


@pytest.fixture(scope="module")
def whole() -> Any:
    return page()


def test_the_table(whole: Any) -> None:
    council = "Merrow Council"
    assert table(whole) == {
        "Burglaries of homes & sheds": ["684", "741 [r]", "down 7.7 per cent", "better", council],
        "Needles collected": ["6,801", "7,292", "down 6.7 per cent", "better", council],
        "Residents who feel safe (per cent)": ["66.5", "66.5", "unchanged", "the same", council],
        "Violence (per 1,000)": ["25.1", "24.6", "up 2.0 per cent", "worse", council],
        "Grant spent": ["£49,800 [p]", "£51,250", "down 2.8 per cent", "not judged", council],
        "Place among our peers": ["5 of 15", "7 of 15", "2 places higher", "better", council],
        "Change in wardens": ["4", "1", "up 3", "better", council],
        "Calls to the helpline (Q3 2019-20)": [
            "142", "130", "up 9.2 per cent", "not judged", council,
        ],
        "Victims of slavery referred": [
            "[c]", "[c]", "not comparable", "cannot be said", council,
        ],
        "Taxi drivers trained": ["48", "[x]", "new", "cannot be said", council],
        "Visits to schools": ["45 [b]", "30", "not comparable", "cannot be said", council],
    }  # fmt: skip


def test_the_notes_are_tied_to_their_figures(whole: Any) -> None:
    notes = {item.get("id"): words(item) for item in section(whole).findall("ol/li")}
    assert list(notes.values()) == [
        "Burglaries of homes & sheds. [r] Revised for 2018-19: Eight came late.",
        "Violence. [b] Break in the series in 2017-18: Stalking is counted otherwise.",
        "Taxi drivers trained. What is counted: Drivers who came to the whole course. Note: so "
        "far.",
        "Visits to schools. [b] Break in the series in 2019-20: Now by pupil.",
    ]
    links = section(whole).findall(".//th/a")
    assert [link.get("href")[1:] for link in links] == list(notes)
    assert [words(link) for link in links] == ["note 1", "note 2", "note 3", "note 4"]


def test_the_shorthand_is_explained_if_it_is_used(whole: Any) -> None:
    explained = [words(p) for p in section(whole).findall("p")]
    assert explained == [
        "Shorthand: [b] break in the series; [c] confidential; [p] provisional; [r] revised; "
        "[x] not available."
    ]
    assert section(page(["calls"])).findall("p") == []
    assert [words(p) for p in section(page(["grant"])).findall("p")] == [
        "Shorthand: [p] provisional."
    ]


def test_the_years_side_by_side_are_those_of_the_files(whole: Any) -> None:
    (found,) = section(whole).findall(".//table[@class='grid grid--years']")
    rows = [[words(cell) for cell in row] for row in found.iter("tr")]
    assert rows[0] == ["Figure", *years.YEARS]
    values = {row[0]: row[1:] for row in rows[1:]}
    # A period of this year's would be wrong for the others: it stands beside the chart.
    assert list(values) == [label.partition(" (Q3 ")[0] for label in charts(whole)]
    assert values["Needles collected"] == ["[x]", "7,010", "[x]", "6,950", "7,292", "6,801"]
    assert values["Victims of slavery referred"] == ["6", "[c]", "8", "7", "[c]", "[c]"]
    assert values["Violence (per 1,000)"][3] == "21.98 [b]"
    assert values["Burglaries of homes & sheds"][4] == "741 [r]"


def test_a_chart_has_the_finding_the_values_and_marks_in_proportion(whole: Any) -> None:
    """Measured in the drawing, against the numbers that were typed into the files."""
    found = charts(whole)
    names = [name for name in years.FIGURES if name not in ("taxis", "visits")]
    assert len(found) == len(names)
    for name, chart in zip(names, found.values(), strict=True):
        typed = [years.figure(name, index) for index in range(len(years.YEARS))]
        values = [
            Decimal(str(fields["value"])) if fields and "value" in fields else None
            for fields in typed
        ]
        if name == "burglaries":
            values[-2] = Decimal(741)  # restated by the last report
        while values[0] is None:
            values.pop(0)
        widths = [bar.width for bar in bars_of(chart)]
        drawn = [abs(value) for value in values if value]
        scale = max(widths) / max(drawn)
        assert len(widths) == len(drawn)
        for width, value in zip(widths, drawn, strict=True):
            assert abs(width - value * scale) <= Decimal("0.02")
        shown = [words(text) for text in chart.find("svg").findall("text")]
        assert set(years.YEARS[-len(values) :]) <= set(shown)
        svg = chart.find("svg")
        assert svg.get("role") == "img"
        assert svg[0].tag == "title", "the renderer takes a first child alone as alternative text"
        alternative, finding = words(svg[0]), words(chart.find("p"))
        assert alternative.startswith(f"Bar chart. {finding} {years.YEARS[-len(values)]}: ")
        assert alternative.count(": ") >= len(values)


def test_the_findings_agree_with_the_files(whole: Any) -> None:
    found = {name: words(chart.find("p")) for name, chart in charts(whole).items()}
    fall = (Decimal(741) - 684) / 741 * 100
    assert found["Burglaries of homes & sheds"] == (
        f"Burglaries of homes & sheds fell by {fall:.1f} per cent on 2018-19, the lowest of six "
        "years."
    )
    assert found["Residents who feel safe (per cent)"] == (
        "Residents who feel safe stayed at 66.5 per cent, the same as in 2018-19."
    )
    assert "the three years that can be compared" in found["Violence (per 1,000)"]
    assert found["Victims of slavery referred"].endswith("the value for 2019-20 is confidential.")


def test_a_break_is_drawn_and_labelled_and_a_provisional_value_is_hatched(whole: Any) -> None:
    found = charts(whole)
    dashed = {
        name: [words(text) for text in chart.findall(".//text[@class='chart__reason']")]
        for name, chart in found.items()
    }
    assert {name: labels for name, labels in dashed.items() if labels} == {
        "Violence (per 1,000)": ["[b] break in the series"]
    }
    hatched = [name for name, chart in found.items() if chart.find(".//pattern") is not None]
    assert hatched == ["Grant spent"]
    pattern = found["Grant spent"].find(".//pattern").get("id")
    assert bars_of(found["Grant spent"])[-1].fill == f"url(#{pattern})"
    kinds = [bar.kind for bar in bars_of(found["Needles collected"])]
    assert kinds == ["earlier", "earlier", "earlier", "this"]


def test_a_gap_is_a_gap(whole: Any) -> None:
    chart = charts(whole)["Needles collected"]
    texts = [words(text) for text in chart.find("svg").findall("text")]
    assert texts[texts.index("2016-17") + 1] == "[x]"
    assert "2016-17: not available; 2017-18: 6,950" in words(chart.find("svg/title"))


def test_what_a_draft_waits_for_is_to_come() -> None:
    waiting = {**(years.figure("burglaries", 4) or {}), "value": ""}
    root = page(burglaries=waiting)
    row = table(root)["Burglaries of homes & sheds"]
    assert row[:4] == ["[to come]", "749", "[to come]", "[to come]"]
    chart = charts(root)["Burglaries of homes & sheds"]
    assert words(chart.find("p")).endswith("the value for 2019-20 is not given yet.")
    final = page(burglaries=waiting, status="final")
    assert table(final)["Burglaries of homes & sheds"][0] == "[x]"


def test_the_figures_that_are_listed_in_the_order_of_the_file() -> None:
    root = page(["calls", "burglaries", "no-such-figure"])
    assert list(table(root)) == [
        "Burglaries of homes & sheds", "Calls to the helpline (Q3 2019-20)",
    ]  # fmt: skip
    assert len(charts(root)) == 2


def test_without_the_appendix_there_is_nothing_of_it(whole: Any) -> None:
    root = page(None)
    assert [e for e in root.iter() if str(e.get("class", "")).startswith(("chart", "grid"))] == []
    assert [words(a) for a in root.findall(".//nav//a")] == ["Achievements"]
    assert [words(a) for a in whole.findall(".//nav//a")][-1] == "Appendix 1: Figures, year on year"
    assert words(whole.find(".//*[@id='figures_1']")) == "Appendix 1: Figures, year on year"


def small(*told: dict[str, Any]) -> str:
    """The page of the last of some years, each of which says that of its one figure."""
    listed = [{"title": "Appendix 1: Figures", "figures": "all"}]
    reports = [
        small_report(
            f"{start}-{start - 1999}",
            appendices=listed,
            figures={"only": {"label": "Victims satisfied", **said}},
        )
        for start, said in enumerate(told, 2014)
    ]
    return render_report(view_report(reports[-1], years.partnership(), reports[:-1]), [SHIPPED])


def test_values_in_another_unit_are_told_apart_and_parted() -> None:
    """Counts until 2016-17, then shares: a bare number beside shares would be read as one."""
    shares = [{"value": 60 + n, "unit": "percent"} for n in range(3)]
    shares[0]["break"] = "Now a share of those asked."
    root = without_namespaces(parsed(small({"value": 54}, {"value": 50}, *shares)))
    (found,) = section(root).findall(".//table[@class='grid grid--years']")
    assert [words(cell) for cell in found.findall("tbody/tr/*")] == [
        "Victims satisfied (per cent)", "54 (a count)", "50 (a count)", "60 [b]", "61", "62",
    ]  # fmt: skip
    ((_, chart),) = charts(root).items()
    assert [bar.kind for bar in bars_of(chart)] == ["earlier", "earlier", "this"]
    parted = [words(text) for text in chart.findall(".//text[@class='chart__reason']")]
    assert parted == ["[b] break in the series"]
    assert "2014-15: 54 (a count); 2015-16: 50 (a count); 2016-17: 60 per cent" in words(
        chart.find("svg/title")
    )


@pytest.mark.parametrize(
    ("value", "tables", "crowded"),
    [(999_990, [6], 0), (1_234_567, [3, 3], 1), (123_456_789_012_345, [2] * 3, 1)],
)
def test_so_many_years_stand_side_by_side_that_no_number_is_broken(
    value: int, tables: list[int], crowded: int, tmp_path: Path, program: Callable[[str], str]
) -> None:
    html = small(*({"value": value + year, "unit": "pounds"} for year in range(6)))
    root = section(parsed(html))
    found = root.findall(".//table[@class='grid grid--years']")
    assert [len(each.findall("thead/tr/th")) - 1 for each in found] == tables
    assert len(root.findall(".//table[@class='grid grid--figures grid--crowded']")) == crowded
    (tmp_path / "report.pdf").write_bytes(Press([SHIPPED]).draw(html)[0])
    command = [program("pdftotext"), "-layout", "report.pdf", "-"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    shown = re.findall(r"£[\d,]+", done.stdout)
    across = [f"£{value + year:,}" for year in range(6)]
    assert [word for word in across if shown.count(word) < 2] == []
    assert min(shown.count(word) for word in across[-2:]) == 3, "in the table of two years as well"


@pytest.mark.parametrize(
    ("said", "crowded"),
    [
        ({}, False),
        ({"label": "Satisfied " * 20}, False),
        ({"label": "Donaudampfschifffahrt"}, True),
        ({"source": "Oxford Safer Communities Partnership, Annual Review"}, False),
        ({"source": "Telecommunications"}, True),
        ({"source": "https://example.org/statistics"}, False),
    ],
)
def test_columns_keep_their_shares_unless_a_word_is_wider(
    said: dict[str, str], crowded: bool
) -> None:
    root = section(parsed(small({"value": 4, **said}, {"value": 5, **said})))
    assert ("grid--crowded" in root.find(".//table").get("class")) is crowded


def test_the_columns_of_the_styles_are_those_that_words_are_measured_by() -> None:
    shares: dict[str, Decimal] = {}
    for name in ("components", "print"):
        style = (SHIPPED / "css" / f"{name}.css").read_text(encoding="utf-8")
        for selectors, width in re.findall(r"([^{}]+)\{\s*width: ([\d.]+)%", style):
            shares |= {each.strip(): Decimal(width) for each in selectors.split(",")}
    columns = ("first-child", *(f"nth-child({number})" for number in range(2, 6)))
    found = [shares[f".grid--figures th:{column}"] for column in columns]
    assert (*found, 100 - sum(found)) == COLUMN_SHARES


def test_the_first_report_has_nothing_to_compare() -> None:
    root = page(history=())
    rows = table(root)
    assert rows["Calls to the helpline (Q3 2019-20)"] == [
        "142", "[x]", "no value to compare", "cannot be said", "Merrow Council",
    ]  # fmt: skip
    assert rows["Burglaries of homes & sheds"][1] == "741 [r]"
    assert charts(root) == {}


def test_a_long_series_keeps_to_its_last_years() -> None:
    earlier = {f"{year}-{(year + 1) % 100:02}": year for year in range(1990, 2019)}
    long = {**(years.figure("calls", 5) or {}), "period": "2019-20", "earlier": earlier}
    root = page(["calls"], history=(), calls=long)
    (chart,) = charts(root).values()
    assert len(bars_of(chart)) == MOST_IN_A_CHART
    assert words(chart.findall("p")[1]) == "Earlier years are not shown."
    tables = section(root).findall(".//table[@class='grid grid--years']")
    assert [len(found.findall("thead/tr/th")) - 1 for found in tables] == [6, 6]


def test_every_id_is_its_own_in_two_appendices() -> None:
    text = years.text_of(years.THIS).replace(
        '"figures": "all"}]', '"figures": "all"}, {"title": "Appendix 2", "figures": ["grant"]}]'
    )
    view = view_report(years.loaded(text, years.THIS), years.partnership(), HISTORY)
    root = parsed(render_report(view, [SHIPPED]))
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert "figures_2" in ids
    assert len(ids) == len(set(ids))
    assert {a.get("href")[1:] for a in root.findall(".//a")} <= set(ids)
