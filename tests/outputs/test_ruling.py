"""The lines of tables: whole where they go on alike, in pieces where they do not."""

from __future__ import annotations

import io

import pikepdf
import pytest

from oscp_report.outputs import ruling
from oscp_report.outputs.pdf import Press
from oscp_report.outputs.ruling import Line, whole

HEAD = "<!doctype html><html lang='en-GB'><title>T</title><h1>One</h1>"
STYLE = "<style>table { border-collapse: collapse } td { border-bottom: 1pt solid #123456 }"


def line(x1: float, x2: float, y: float = 9, style: str = "solid", color: str = "black") -> Line:
    return (x1, y, x2, y, 1, style, color)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], []),
        ([line(0, 5), line(5, 9), line(9, 20)], [line(0, 20)]),
        ([line(0, 5), line(6, 9)], [line(0, 5), line(6, 9)]),
        ([line(0, 5), line(5, 9, y=10)], [line(0, 5), line(5, 9, y=10)]),
        ([line(0, 5), line(5, 9, color="red")], [line(0, 5), line(5, 9, color="red")]),
        ([line(0, 5, style="dashed"), line(5, 9, style="dashed")],) * 2,
        ([(5, 0, 5, 9, 1, "solid", "black"), (5, 9, 5, 20, 1, "solid", "black")],) * 2,
        ([line(0, 5), (5, 9, 5, 20, 1, "solid", "black")],) * 2,
        ([(5, 9, 5, 20, 1, "solid", "black"), line(5, 9, y=20)],) * 2,
    ],
)
def test_neighbours_that_go_on_alike_are_one(lines: list[Line], expected: list[Line]) -> None:
    assert whole(lines) == expected


def drawn(style: str, rows: str) -> list[tuple[float, ...]]:
    """From where to where the lines go on a page with a table."""
    pdf = Press([]).draw(f"{HEAD}{STYLE}{style}</style><table>{rows}</table>")[0]
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        instructions = pikepdf.parse_content_stream(opened.pages[0], "m l")
        points = [[float(each) for each in point.operands] for point in instructions]
    return [(*start, *end) for start, end in zip(points[::2], points[1::2], strict=True)]


@pytest.mark.parametrize(
    ("style", "pieces"),
    [("", 1), ("td + td { border-color: #654321 }", 2), ("td { border-bottom-style: dashed }", 3)],
)
def test_a_row_has_one_line(style: str, pieces: int) -> None:
    found = drawn(style, "<tr><td>1<td>2<td>3" * 2)
    assert len(found) == 2 * pieces
    assert len({y for _, y, _, _ in found}) == 2


def test_the_lines_end_where_they_did(monkeypatch: pytest.MonkeyPatch) -> None:
    row = "<tr><td>1<td>two<td>3"
    (in_one,) = drawn("", row)
    monkeypatch.setattr(ruling, "whole", list)
    first, _, last = drawn("", row)
    assert in_one == (*first[:2], *last[2:])
