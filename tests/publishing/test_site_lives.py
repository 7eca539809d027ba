"""A figure's and a priority's life over the years, as tables of what is told of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import pytest

from oscp_report.comparison.reports import compare
from oscp_report.document.prose import prose_of
from oscp_report.printed import paragraphs_of
from oscp_report.publishing.differences import compared
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


def test_a_figure_is_shown_with_all_its_years() -> None:
    reports = [
        small_report(year, figures={"kept": counted(f"Kept {place}", place + 1)})
        for place, year in enumerate(YEARS)
    ]
    part = figures_of(*reports)["kept"]
    assert (part.label, part.source, part.latest) == ("Kept 3", "Police", "4 in 2020-21")
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
    assert found["gone"].no_longer == (
        "It is no longer reported: the last report that has it is that for 2018-19."
    )
    assert found["x"].no_longer == ""


@pytest.mark.parametrize(
    ("fields", "status", "latest", "remarks"),
    [
        ({"value": 7}, "final", "7 in 2018-19", ()),
        ({"no_value": "confidential"}, "final", "confidential in 2018-19", ("[c] Confidential.",)),
        ({}, "draft", "not given yet in 2018-19", ()),
    ],
)
def test_the_latest_value_is_told_in_words(
    fields: dict[str, Any], status: str, latest: str, remarks: tuple[str, ...]
) -> None:
    part = figures_of(small_report(status=status, figures={"x": {"label": "X", **fields}}))["x"]
    assert part.latest == latest
    assert part.rows[0].remarks == remarks


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
            "Not answered in the report.",
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
    assert found["burglary"].status == "A priority of 2020-21. Not announced for the year after."
    assert found["hate"].status == "Last a priority in 2019-20. Announced for 2021-22."


def test_what_was_announced_and_not_taken_up() -> None:
    found = traced(
        year("2017-18", BURGLARY, {**BURGLARY, **HATE}, "burglary"),
        year("2018-19", BURGLARY, BURGLARY, "burglary"),
    )
    assert steps(found["hate"]) == {
        "2018-19": [
            "Announced in the report for 2017-18: “Tackling hate”.",
            "Not taken up as a priority of the year.",
            "Not answered in the report.",
        ]
    }
    assert found["hate"].status == "Announced for 2018-19, and never taken up."


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
    assert steps(found["hate"])["2018-19"] == [
        "Announced in the report for 2017-18: “Tackling hate”."
    ]
