"""A figure's and a priority's life over the years, as tables of what is told of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from markupsafe import Markup

from oscp_report.comparison.reports import compare
from oscp_report.document.prose import prose_of
from oscp_report.printed import paragraphs_of
from oscp_report.publishing.differences import compared
from oscp_report.publishing.differences import told as told_publicly
from oscp_report.publishing.figure_views import FigurePart, shorthand, view_figures
from oscp_report.publishing.figures import lives, remarks
from oscp_report.publishing.priorities import PriorityLife, trace
from oscp_report.publishing.volumes import Volume, volumes_of
from tests.publishing import archives
from tests.small_reports import priorities
from tests.small_reports import report as small_report

YEARS = ("2017-18", "2018-19", "2019-20", "2020-21")
Fields = Mapping[str, Any] | int | None


def told(*said: Fields) -> dict[str, tuple[str, ...]]:
    """What the page tells of each year's value of a figure, given what each file says of it."""
    (life,) = lives([_with(year, fields) for year, fields in zip(YEARS, said, strict=False)])
    found = remarks(life)
    return {str(point.year): found[point.year.start] for point in life.points}


def _with(year: str, fields: Fields) -> Any:
    if fields is None:
        return small_report(year, figures=None)
    given = {"value": fields} if isinstance(fields, int) else fields
    return small_report(year, figures={"locks": {"label": "Homes given locks", **given}})


@pytest.mark.parametrize(
    ("said", "year", "expected"),
    [
        pytest.param((7, 8), "2018-19", (), id="nothing"),
        pytest.param(
            (7, {"value": 8, "break": "Now sheds too."}),
            "2018-19",
            ("[b] Break in the series: Now sheds too.",),
            id="break",
        ),
        pytest.param(
            (7, {"value": 8, "earlier": {"2017-18": {"value": 6, "revised": "One twice"}}}),
            "2017-18",
            ("[r] Revised: One twice.", "It was 7 in the report for 2017-18."),
            id="revised",
        ),
        pytest.param(
            (7, {"value": 8, "earlier": {"2017-18": 6}}, {"value": 9, "earlier": {"2017-18": 5}}),
            "2017-18",
            ("It was 7 in the report for 2017-18.", "It was 6 in the report for 2018-19."),
            id="revised twice",
        ),
        pytest.param(
            (7, {"value": 8, "earlier": {"2017-18": 7}}), "2017-18", (), id="said again"
        ),
        pytest.param(
            ({"no_value": "confidential"}, 8), "2017-18", ("[c] Confidential.",), id="confidential"
        ),
        pytest.param(
            ({"value": 7, "provisional": True}, 8), "2017-18", ("[p] Provisional.",),
            id="provisional",
        ),
        pytest.param(
            (7, {"value": 8, "period": "Q3 2018-19"}),
            "2018-19",
            (
                "Not comparable with 2017-18: the two cover different parts of a year.",
                "It covers: Q3 2018-19.",
            ),
            id="period",
        ),
        pytest.param(
            ({"value": 7, "definition": "Doors."}, {"value": 8, "definition": "Homes."}),
            "2017-18",
            ("What was counted until then: Doors.",),
            id="definition",
        ),
        pytest.param(
            (7, {"value": 8, "note": "so far"}), "2018-19", ("Note: so far.",), id="note"
        ),
    ],
)  # fmt: skip
def test_what_is_told_of_a_value(
    said: Sequence[Fields], year: str, expected: tuple[str, ...]
) -> None:
    assert told(*said)[year] == expected


def test_the_same_reason_is_told_once() -> None:
    since = {"value": 7, "period": "since April 2017"}
    found = told(since, since, since)
    assert "Not comparable with 2017-18" in found["2018-19"][0]
    assert found["2019-20"] == ("It covers: since April 2017.",)


def figures_of(*reports: Any) -> dict[str, FigurePart]:
    volumes = volumes_of(archives.archive(reports))
    by_year = {volume.year: volume for volume in volumes}
    found = view_figures(lives([volume.report for volume in volumes]), by_year)
    return {part.anchor: part for part in found}


def counted(label: str, value: int, source: str = "Police") -> dict[str, Any]:
    return {"label": label, "value": value, "source": source}


def read(html: Markup) -> str:
    return str(html.striptags())


def test_a_figure_is_shown_with_all_its_years() -> None:
    reports = [
        small_report(year, figures={"kept": counted(f"Kept {place}", place + 1)})
        for place, year in enumerate(YEARS)
    ]
    part = figures_of(*reports)["kept"]
    assert (part.label, part.source, read(part.latest)) == ("Kept 3", "Police", "4 in 2020-21")
    assert part.finding.striptags() == "Kept 3 rose by 1 on 2019-20, the highest of four years."
    assert [(row.year, row.value, row.report) for row in part.rows] == [
        (year, str(place + 1), year) for place, year in reversed(list(enumerate(YEARS)))
    ]
    assert part.chart is not None
    assert part.chart.alternative.startswith("Bar chart. Kept 3 rose")
    assert not part.has_remarks


def test_two_years_have_no_chart_and_a_change_of_source_is_told_by_row() -> None:
    part = figures_of(
        small_report("2018-19", figures={"x": counted("X", 1, "Police")}),
        small_report("2019-20", figures={"x": counted("X", 2, "Council")}),
    )["x"]
    assert part.chart is None
    assert part.source == ""
    assert [row.source for row in part.rows] == ["Council", "Police"]


def test_what_is_no_longer_reported_comes_last() -> None:
    found = figures_of(
        small_report("2018-19", figures={"gone": counted("Gone", 1), "x": counted("X", 2)}),
        small_report("2019-20", figures={"new": counted("New", 1), "x": counted("X", 2)}),
    )
    assert list(found) == ["new", "x", "gone"]
    assert read(found["gone"].no_longer) == (
        "It is no longer reported: the last report that has it is that for 2018-19."
    )
    assert found["x"].no_longer == ""


@pytest.mark.parametrize(
    ("fields", "status", "latest", "remarks"),
    [
        ({"value": 7}, "final", "7 in 2018-19", ()),
        ({"no_value": "confidential"}, "final", "confidential in 2018-19", ("[c] Confidential.",)),
        ({}, "draft", "not given yet in 2018-19 (draft)", ()),
    ],
)
def test_the_latest_value_is_told_in_words(
    fields: dict[str, Any], status: str, latest: str, remarks: tuple[str, ...]
) -> None:
    part = figures_of(small_report(status=status, figures={"x": {"label": "X", **fields}}))["x"]
    assert read(part.latest) == latest
    assert part.rows[0].remarks == remarks


def test_a_table_has_every_year_of_its_chart_and_the_shorthand_explains_them() -> None:
    years = ("2015-16", "2016-17", "2018-19", "2020-21")
    found = figures_of(
        *(small_report(year, figures={"x": counted("X", 3)}) for year in years[:3]),
        small_report(years[3], figures={"x": counted("X", 4, "Council")}),
    )
    part = found["x"]
    assert part.chart is not None
    assert [row.year for row in part.rows] == [bar.year for bar in part.chart.drawing.bars][::-1]
    assert [(row.year, row.source, row.report) for row in part.rows if row.value == "[x]"] == [
        ("2019-20", "not given", "no report"), ("2017-18", "not given", "no report"),
    ]  # fmt: skip
    assert {row.address for row in part.rows if row.value == "[x]"} == {""}
    assert shorthand(list(found.values())) == ("[x] not available",)


def test_the_page_of_figures_tells_of_the_years_that_no_report_gives() -> None:
    page = archives.example_site()["figures.html"].decode()
    assert "[x] not available" in page
    start = page.index('<h2 id="test-purchases">')
    table = page[start : page.index("</table>", start)]
    assert '<span class="year">2020-21</span></th>\n<td class="grid__value">[x]</td>' in table
    assert "<td>no report</td>" in table


def test_a_figure_from_a_draft_is_marked_and_its_year_not_broken() -> None:
    figures = {"x": counted("X", 3401)}
    final = figures_of(small_report("2018-19", figures=figures))["x"]
    draft = figures_of(small_report("2018-19", figures=figures, status="draft"))["x"]
    assert final.latest == '3,401 in <span class="year">2018-19</span>'
    assert draft.latest == '3,401 in <span class="year">2018-19</span> (draft)'
    assert (final.draft, draft.draft) == ("", "From the draft for 2018-19.")


def test_only_the_shorthand_that_is_used_is_explained() -> None:
    parts = figures_of(small_report(figures={"x": {"label": "X", "no_value": "confidential"}}))
    assert shorthand(list(parts.values())) == ("[c] confidential",)


def test_the_report_s_own_figures_are_told_as_the_example_has_them() -> None:
    page = archives.example_site()["figures.html"].decode()
    assert "[r] Revised: Two burglaries had been recorded twice." in page
    assert "3.75 per 1,000 in the report for" in page
    assert "Break in the series: Two of the towns became one" in page


# Differences


def far() -> list[Any]:
    """Twelve years whose texts speak of the last year, and of all."""
    found = []
    for start in range(2000, 2012):
        paragraphs = ["We met."]
        if start > 2002:
            paragraphs += ["{x}, {x.change}; {y.previous} before.", "It went {z.trend}."]
        figures = {name: counted(name, 60 + start % 7 * n) for n, name in enumerate("xyz", 1)}
        if start == 2004:
            figures["z"]["break"] = "Counted anew"
            del paragraphs[2:]
        if start == 2005:
            del paragraphs[2:]
        introduction = {"heading": "Introduction", "paragraphs": paragraphs}
        year = f"{start}-{(start + 1) % 100:02}"
        found.append(small_report(year, figures=figures, introduction=introduction))
    return found


@pytest.mark.parametrize("made", [far, archives.example_reports])
def test_a_difference_is_that_which_all_years_would_give(made: Callable[[], list[Any]]) -> None:
    reports = made()
    volumes = volumes_of(archives.archive(reports))
    if made is far:
        assert len(volumes[9].near) == 6, "no more years are looked at than are needed"
    found = [compared(old, new) for old, new in pairwise(volumes)]
    assert len(found) == len(reports) - 1
    for place, comparison in enumerate(found):
        old, new = reports[place : place + 2]
        assert comparison == compare(old, new, reports[:place]), new.year
        prose = prose_of(new, reports[: place + 1], volumes[place + 1].sections)
        for paragraph in paragraphs_of(new):
            words = " ".join(prose.html(paragraph.text).striptags().split())
            assert volumes[place + 1].plain(paragraph.text) == words


def shown(old: Any, new: Any) -> list[str]:
    """What the page of the difference tells of two reports, an item a line."""
    one, other = volumes_of(archives.archive([old, new]))
    briefing = told_publicly(compared(one, other), one, other)
    marks = {"same": "{}", "removed": "[-{}-]", "added": "[+{}+]"}
    return [
        f"{item.head}: {' '.join(marks[run.kind].format(run.text) for run in item.runs)}"
        for section in briefing.sections
        for item in section.items
    ]


def with_papers(name: str, **parts: Any) -> Any:
    return small_report(name, **{"figures": None, **parts})


FIGURES = {"locks": {"label": "Locks", "value": 7}, "vans": {"label": "Vans", "value": 8}}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(
            {"appendices": [{"title": "By month", "file": "2017-18-months.csv"}]},
            {"appendices": [{"title": "By month", "file": "2018-19-months.csv"}]},
            [], id="another file",
        ),
        pytest.param(
            {"figures": FIGURES, "appendices": [{"title": "All", "figures": ["locks"]}]},
            {"figures": FIGURES, "appendices": [{"title": "All (figures)", "figures": "all"}]},
            ["Appendix, changed: All [+(figures)+]"], id="figures of an appendix",
        ),
        pytest.param(
            {"appendices": [{"title": "By ward"}]},
            {"appendices": [{"title": "By ward"}, {"title": "By street", "file": "a.csv"}]},
            ["Appendix, added: [+By street+]"], id="a new appendix",
        ),
        pytest.param(
            {"numbering": "by-section", "answers": True}, {}, [], id="how the file is handled"
        ),
        pytest.param(
            {"background_papers": ["[The plan](https://a.example/1)"]},
            {"background_papers": ["[The plan](https://a.example/2)"]},
            [], id="another address",
        ),
        pytest.param(
            {"background_papers": ["[The long plan](https://a.example/1)"]},
            {"background_papers": ["[The **short** plan](https://a.example/1)"]},
            ["Background papers, changed: The [-long-] [+short+] plan"], id="a link",
        ),
        pytest.param(
            {"corrections": [{"date": "3 August 2018", "what": "It is 7.", "why": "A slip."}]},
            {"corrections": [{"date": "3 August 2019", "what": "It is 8.", "why": "A slip."}]},
            [], id="a correction, which stands on its own year",
        ),
    ],
)  # fmt: skip
def test_a_difference_shows_what_is_read_and_not_how_it_is_typed(
    before: dict[str, Any], after: dict[str, Any], expected: list[str]
) -> None:
    found = shown(with_papers("2017-18", **before), with_papers("2018-19", **after))
    told = ("Appendi", "Background", "Correction", "Numbering", "“We said", "Written")
    assert [line for line in found if line.startswith(told)] == expected


def test_a_difference_shows_a_paragraph_without_its_marks_and_id() -> None:
    def report(name: str, words: str) -> Any:
        paragraphs = [
            {
                "id": "way",
                "text": f"The {words} is [lit](https://a.example) by *night*: {{para:way}}.",
            }
        ]
        introduction = {"heading": "Introduction", "paragraphs": paragraphs}
        return small_report(name, introduction=introduction, numbering="none", figures=None)

    found = shown(report("2017-18", "path"), report("2018-19", "long road"))
    (line,) = (line for line in found if "lit" in line)
    assert line.startswith("Paragraph, changed: The [-path-] [+long road+] is lit by night: ")
    assert "{" not in line


def test_a_priority_in_a_difference_ends_without_the_stop_of_its_list() -> None:
    old, new = ({"theft": f"Less {what} theft;", "fear": "Less fear."} for what in ("", "shop"))
    found = shown(
        with_papers("2017-18", priorities=priorities(old), next_priorities=None),
        with_papers("2018-19", priorities=priorities(new), next_priorities=None),
    )
    assert "Reworded: Less [+shop+] theft" in found


def test_the_example_s_differences_show_nothing_of_the_files() -> None:
    for path, data in archives.example_site().items():
        if path.startswith("differences/"):
            page = data.decode()
            for typed in ("(figures ", "(file ", "by-section", "](http", "Paragraph `", ">printed"):
                assert typed not in page, (path, typed)


# Priorities

BURGLARY, HATE = {"burglary": "Reducing burglary;"}, {"hate": "Tackling hate."}


def year(
    name: str, now: Mapping[str, str], after: Mapping[str, str], *answered: str, text: str = "Done."
) -> Any:
    themes = [{"priority": each, "text": text} for each in answered] or [{"text": "Met."}]
    return small_report(
        name,
        priorities=priorities({**now}),
        next_priorities=priorities({**after}) if after else None,
        achievements={"heading": "Achievements", "themes": themes},
    )


def traced(*reports: Any) -> dict[str, PriorityLife]:
    volumes: tuple[Volume, ...] = volumes_of(archives.archive(reports))
    return {life.anchor: life for life in trace(volumes)}


def steps(life: PriorityLife) -> dict[str, list[str]]:
    """Each year's steps as they are read."""
    return {
        found.year: [
            step.what
            + step.said
            + "".join(place.before + place.label for place in step.places)
            + step.after
            for step in found.steps
        ]
        for found in life.years
    }


def test_a_life_from_its_announcement_to_its_end() -> None:
    reworded = {"hate": "Tackling hate crime."}
    found = traced(
        year("2017-18", BURGLARY, {**BURGLARY, **HATE}, "burglary"),
        year("2018-19", {**BURGLARY, **HATE}, reworded, "burglary", "hate", "hate"),
        year("2019-20", reworded, {}, text="TBC"),
        year("2020-21", BURGLARY, HATE, "burglary"),
    )
    assert list(found) == ["burglary", "hate"]
    assert steps(found["hate"]) == {
        "2021-22": ["Announced in the report for 2020-21: “Tackling hate”."],
        "2020-21": ["Dropped: no longer a priority of the year."],
        "2019-20": [
            "Announced in the report for 2018-19: “Tackling hate crime”.",
            "Taken up again as a priority of the year, in other words, in the report for 2019-20.",
            "Not reported on by a paragraph of its own.",
        ],
        "2018-19": [
            "Announced in the report for 2017-18: “Tackling hate”.",
            "Taken up as a new priority of the year, in the report for 2018-19.",
            "Answered in paragraphs 4 and 5.",
        ],
    }
    assert list(steps(found["burglary"])) == ["2020-21", "2019-20", "2018-19", "2017-18"]
    assert steps(found["burglary"])["2017-18"] == [
        "A priority of the year, in the report for 2017-18: “Reducing burglary”.",
        "Answered in paragraph 3.",
    ]
    assert steps(found["burglary"])["2020-21"][0] == (
        "Taken up again as a priority of the year, in the report for 2020-21."
    )
    assert (
        read(found["burglary"].status) == "A priority of 2020-21. Not announced for the year after."
    )
    assert found["hate"].title == "Tackling hate crime", "as it was called when it was one"
    assert read(found["hate"].status) == (
        "Last a priority in 2019-20. Announced for 2021-22 as “Tackling hate”."
    )


def test_what_was_announced_and_not_taken_up() -> None:
    found = traced(
        year("2017-18", BURGLARY, {**BURGLARY, **HATE}, "burglary"),
        year("2018-19", BURGLARY, BURGLARY, "burglary"),
    )
    assert steps(found["hate"]) == {
        "2018-19": [
            "Announced in the report for 2017-18: “Tackling hate”.",
            "Not taken up as a priority of the year.",
            "Not reported on by a paragraph of its own.",
        ]
    }
    assert read(found["hate"].status) == "Announced for 2018-19, and not taken up."


def test_answered_though_not_taken_up_and_still_to_be_written() -> None:
    found = traced(
        year("2017-18", BURGLARY, {**BURGLARY, **HATE}, "burglary"),
        year("2018-19", BURGLARY, BURGLARY, "hate", "burglary", text="Done."),
    )
    assert steps(found["hate"])["2018-19"][1:] == [
        "Not taken up as a priority of the year.",
        "Answered in paragraph 3.",
    ]
    draft = traced(year("2017-18", BURGLARY, {}, "burglary", text="TBC"))
    assert steps(draft["burglary"])["2017-18"][-1] == (
        "Not yet answered: its paragraph is still to be written."
    )


def test_a_year_between_that_has_no_report() -> None:
    found = traced(year("2017-18", BURGLARY, HATE, "burglary"), year("2019-20", HATE, {}, "hate"))
    assert found["hate"].years[1].year == "2018-19"
    assert found["hate"].years[1].address == ""
    assert steps(found["hate"]) == {
        "2019-20": [
            "A priority of the year, in the report for 2019-20.",
            "Answered in paragraph 3.",
        ],
        "2018-19": [
            "Announced in the report for 2017-18: “Tackling hate”.",
            "Not known: the report for 2018-19 is not published here.",
        ],
    }
    assert steps(found["burglary"])["2019-20"] == ["No longer a priority of the year."]
    assert read(found["burglary"].status) == (
        "A priority of 2017-18, and not of 2019-20. Between them, reports are not published here."
    )


def test_of_a_year_whose_report_is_not_here_nothing_is_claimed() -> None:
    found = traced(
        year("2017-18", BURGLARY, {**BURGLARY, **HATE}, "burglary"),
        year("2019-20", BURGLARY, {}, "burglary"),
    )
    assert read(found["hate"].status) == (
        "Announced for 2018-19, whose report is not published here."
    )
    assert steps(found["hate"])["2018-19"][1:] == [
        "Not known: the report for 2018-19 is not published here."
    ]
    # The last report announces nothing at all.
    assert read(found["burglary"].status) == "A priority of 2019-20."


def test_a_year_s_priority_is_named_by_the_words_it_had_in_that_year() -> None:
    life = traced(year("2017-18", BURGLARY, {"burglary": "Reducing theft."}, "burglary"))[
        "burglary"
    ]
    assert life.title == "Reducing burglary"
    assert read(life.status) == (
        "A priority of 2017-18. Announced for 2018-19 as “Reducing theft”."
    )
    page = archives.example_site()["priorities.html"].decode()
    assert ">Helping older people to recognise fraud</h2>" in page
    assert "Helping people of every age" in page


def test_a_priority_that_a_report_speaks_of_without_a_paragraph_is_not_called_unanswered() -> None:
    page = archives.example_site()["priorities.html"].decode()
    assert "Not answered" not in page
    assert page.count("<strong>Not reported on</strong> by a paragraph of its own.") == 1


def test_what_comes_from_a_draft_is_marked_so() -> None:
    last = replace(year("2018-19", {**BURGLARY, **HATE}, HATE, "burglary", "hate"), status="draft")
    found = traced(year("2017-18", BURGLARY, {**BURGLARY, **HATE}, "burglary"), last)
    assert read(found["hate"].status) == (
        "A priority of 2018-19 (draft). Announced for 2019-20 in the report for 2018-19 (draft)."
    )
    assert steps(found["hate"])["2018-19 (draft)"][1] == (
        "Taken up as a new priority of the year, in the report for 2018-19 (draft)."
    )
    assert read(found["burglary"].status) == (
        "A priority of 2018-19 (draft). Not announced for the year after."
    )


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Supporting people.", "“Supporting people”"),
        ("Making the town centre a place where everybody feels safe at night.",
         "“Making the town centre a place where everybody feels safe …”"),
        ("x" * 70, f"“{'x' * 59}…”"),
    ],
)  # fmt: skip
def test_a_paragraph_without_a_number_is_named_by_its_first_words(text: str, label: str) -> None:
    report = replace(year("2017-18", BURGLARY, {}, "burglary", text=text), numbering="none")
    assert steps(traced(report)["burglary"])["2017-18"][-1] == f"Answered in {label}."
