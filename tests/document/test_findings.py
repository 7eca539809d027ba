"""What a chart is said to show: no more than its figures allow."""

from __future__ import annotations

from typing import Any

import pytest

from oscp_report.comparison.figures import points
from oscp_report.document.findings import finding
from oscp_report.reading.loading import load_report
from oscp_report.year import Year

Said = float | dict[str, Any] | None

REPORT = """\
year: {year}
cover: [{{To: Council}}]
priorities: {{lead: L, items: [{{id: a, title: A}}]}}
achievements: {{heading: H, themes: [T]}}
figures: {{n: {figure}}}
"""


def said(*values: Said, unit: str = "count", better: str = "neither") -> str:
    """The finding of reports from 2010-11 on that give these values; None: no such report."""
    reports = []
    for start, value in enumerate(values, 2010):
        if value is None:
            continue
        fields = value if isinstance(value, dict) else {"value": value}
        figure = {"label": "Needles", "unit": unit, "better": better, **fields}
        text = REPORT.format(year=Year(start), figure=figure)
        loaded = load_report(text.encode(), "f", Year(start))
        assert loaded.value is not None
        assert loaded.diagnostics == ()
        reports.append(loaded.value)
    year = reports[-1].year
    return finding("Needles", points("n", reports), year)


ANNOUNCED = {"value": 70, "provisional": "yes"}
SECRET = {"no_value": "confidential"}
BREAK = {"value": 300, "break": "Another form."}


@pytest.mark.parametrize(
    ("values", "unit", "expected"),
    [
        ((100, 80, 70), "count", "fell by 12.5 per cent on 2011-12, the lowest of three years."),
        ((100, 80, 90), "count", "rose by 12.5 per cent on 2011-12."),
        ((100, 80, 120), "count", "rose by 50.0 per cent on 2011-12, the highest of three years."),
        ((70, 80, 70), "count", "fell by 12.5 per cent on 2011-12."),
        ((80, 70), "count", "fell by 12.5 per cent on 2010-11."),
        ((7, 9, 4), "count", "fell by 5 on 2011-12, the lowest of three years."),
        ((90, 90, 90), "count", "stayed at 90, the same as in 2011-12."),
        ((100_000, 99_999), "count", "fell by 1 on 2010-11."),
        ((10, 12.5, 14), "percent", "rose by 1.5 percentage points on 2011-12, the highest of"),
        ((40, 30.5), "pounds", "fell by £9.5 on 2010-11."),
        ((100, None, 80), "count", "fell by 20.0 per cent on 2010-11, the last year before it"),
        ((100, 90, None, 80), "count", "fell by 11.1 per cent on 2011-12, the last year before it"),
        ((100, 80, ANNOUNCED), "count", "three years; the value for 2012-13 is provisional."),
        ((ANNOUNCED, ANNOUNCED), "count", "stayed at 70, the same as in 2010-11; the values for "
         "2010-11 and 2011-12 are provisional."),
        ((100, BREAK, 200, 150), "count", "the lowest of the three years that can be compared."),
        (({"value": 9, "of": 15}, {"value": 8, "of": 15}, {"value": 5, "of": 15}), "rank",
         "moved 3 places higher on 2011-12, to 5 of 15."),
        ((-4, -6, -9), "count", "fell by 3 on 2011-12, the lowest of three years."),
    ],
)  # fmt: skip
def test_a_change(values: tuple[Said, ...], unit: str, expected: str) -> None:
    found = said(*values, unit=unit)
    assert found.startswith("Needles ")
    assert expected in found


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((100, 80, BREAK), "Needles: 300 in 2012-13, which cannot be compared with 2011-12: there "
         "is a break in the series in 2012-13: Another form."),
        ((100, {"value": 80, "definition": "Sharps"}), "cannot be compared with 2010-11: what is "
         "counted has changed."),
        ((100, {"value": 80, "unit": "pounds"}), "cannot be compared with 2010-11: it was measured "
         "as a count and is now pounds."),
        ((100, 90, SECRET), "Needles: the value for 2012-13 is confidential."),
        ((100, 90, {"value": ""}), "Needles: the value for 2012-13 is not given yet."),
        ((80,), "Needles: 80 in 2010-11; there is no earlier value."),
        (({"no_value": "not-available"}, 80), "Needles: 80 in 2011-12; there is no earlier value."),
        ((100, {"no_value": "not-available", "break": "Lost"}, 80), "which cannot be compared with "
         "2010-11: there is a break in the series in 2011-12: Lost."),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_not(values: tuple[Said, ...], expected: str) -> None:
    found = said(*values)
    assert expected in found
    assert not any(word in found for word in (" rose ", " fell ", "lowest", "highest"))
