"""The figures in a PDF as a table: one row a figure and year, with the appendix's own values."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from io import StringIO

import pytest

from oscp_report.comparison.figures import points
from oscp_report.document.numbering import by_id, number_report
from oscp_report.document.prose import Prose
from oscp_report.document.year_on_year import view_year_on_year
from oscp_report.model import Report
from oscp_report.provenance.figures import COLUMNS, as_csv
from tests import years
from tests.small_reports import report as small_report

Rows = dict[tuple[str, str], Mapping[str, str]]


def read(data: bytes) -> list[dict[str, str]]:
    assert not data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(data.decode(), newline=""), strict=True))


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    return [*years.history(), years.loaded(years.text_of(years.THIS), years.THIS)]


@pytest.fixture(scope="module")
def rows(reports: list[Report]) -> Rows:
    *history, report = reports
    return {(row["id"], row["year"]): row for row in read(as_csv(report, history))}


def test_there_is_a_row_for_each_figure_and_year(reports: list[Report], rows: Rows) -> None:
    report = reports[-1]
    assert list(rows) == [
        (name, str(point.year)) for name in report.figures for point in points(name, reports)
    ]
    assert len(rows) > 50
    assert all(tuple(row) == COLUMNS for row in rows.values())


def test_the_values_are_those_of_the_appendix(reports: list[Report], rows: Rows) -> None:
    *history, report = reports
    prose = Prose(report, history, by_id(number_report(report)), {})
    (appendix,) = view_year_on_year(report, history, prose)
    assert len(appendix.rows) == len(report.figures)
    for view, figure in zip(appendix.rows, report.figures.values(), strict=True):
        row = rows[figure.id, str(report.year)]
        printed = re.sub(r" of .*|\[[a-z]\]|[^0-9.-]", "", view.this_year.replace("−", "-"))
        assert printed == row["value"], view
        marks = re.findall(r"\[([a-z])\]", view.this_year)
        assert marks == row["shorthand"].split()


@pytest.mark.parametrize(
    ("figure", "year", "expected"),
    [
        ("burglaries", years.THIS, {"value": "684", "unit": "count", "better": "lower",
                                    "label": "Burglaries of homes & sheds"}),
        # Restated by the last report, which says why.
        ("burglaries", years.BEFORE, {"value": "741", "shorthand": "r",
                                      "reason": "Eight came late"}),
        ("victims", years.THIS, {"value": "", "shorthand": "c"}),
        ("violence", "2017-18", {"value": "21.98", "shorthand": "b",
                                 "reason": "Stalking is counted otherwise"}),
        ("place", years.THIS, {"value": "5", "unit": "rank", "of": "15"}),
        ("grant", years.THIS, {"value": "49800", "shorthand": "p"}),
        ("wardens", "2015-16", {"value": "-1"}),
        ("safe", years.THIS, {"value": "66.5", "from": "2019-04-01", "to": "2020-03-31",
                              "period": "2019-20"}),
        ("calls", years.THIS, {"period": "Q3 2019-20", "from": "2019-10-01", "to": "2019-12-31"}),
        ("calls", "2016-17", {"period": "Q3 2016-17", "from": "2016-10-01", "to": "2016-12-31"}),
        ("taxis", years.THIS, {"definition": "Drivers who came to the whole course",
                               "source": "Merrow Council"}),
    ],
)  # fmt: skip
def test_a_row_says_what_is_known(
    rows: Rows, figure: str, year: str, expected: Mapping[str, str]
) -> None:
    row = rows[figure, year]
    assert {name: row[name] for name in expected} == expected


def test_a_text_with_commas_quotes_and_line_ends_stays_one_field() -> None:
    figure = {"label": 'Homes, "old" and\nnew', "value": 1234567, "period": "since April 2017"}
    data = as_csv(small_report(figures={"locks": figure}))
    (row,) = read(data)
    assert row["label"] == 'Homes, "old" and new'
    assert (row["value"], row["period"], row["from"], row["to"]) == (
        "1234567", "since April 2017", "2017-04-01", "",
    )  # fmt: skip
    assert data.count(b"\r\n") == data.count(b"\n") == 2


def test_a_report_without_figures_gives_the_heads_alone() -> None:
    assert as_csv(small_report(figures=None)) == (",".join(COLUMNS) + "\r\n").encode()
