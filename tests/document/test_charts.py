"""Where the marks of a chart stand: in proportion, from nought, within the drawing."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from oscp_report.document.charts import PARTING, ROW, WIDTH, Datum, Drawing, draw
from oscp_report.wording import separated

HUNDREDTH = Decimal("0.01")
# As large and as fine as a year's file may hold.
VALUES = st.decimals(-(10**15) + 1, 10**15 - 1, places=6) | st.decimals(-999, 999, places=1)


def chart(*values: Decimal | int | str | None) -> Drawing:
    return draw([_datum(2010 + index, value) for index, value in enumerate(values)])


def _datum(year: int, value: Decimal | int | str | None, parted: str = "") -> Datum:
    number = None if value is None else Decimal(value)
    label = "[x]" if number is None else f"{separated(number)} [p] [r]"
    return Datum(f"{year}-{(year + 1) % 100:02}", number, label, "earlier", parted)


def lengths(drawing: Drawing) -> list[Decimal]:
    return [Decimal(bar.width) for bar in drawing.bars]


def test_bars_are_in_proportion_and_start_at_nought() -> None:
    drawing = chart(50, 100, 200)
    one, two, three = lengths(drawing)
    assert abs(two - one * 2) <= HUNDREDTH
    assert abs(three - one * 4) <= 2 * HUNDREDTH
    assert {bar.x for bar in drawing.bars} == {drawing.zero}
    assert [bar.kind for bar in drawing.bars] == ["earlier"] * 3


def test_a_value_below_nought_goes_the_other_way_and_has_its_label_on_this() -> None:
    drawing = chart(-10, 20)
    below, above = drawing.bars
    zero = Decimal(drawing.zero)
    assert Decimal(below.x) + Decimal(below.width) == zero == Decimal(above.x)
    assert abs(Decimal(above.width) - Decimal(below.width) * 2) <= HUNDREDTH
    assert Decimal(below.label_x) > zero


def test_nought_and_nothing_have_no_bar() -> None:
    drawing = chart(0, None, 7)
    assert [bar.kind for bar in drawing.bars] == ["none", "none", "earlier"]
    assert [bar.label for bar in drawing.bars[:2]] == ["0 [p] [r]", "[x]"]
    assert chart(0, 0, 0).is_hatched is False


def test_a_parting_takes_room_between_its_rows() -> None:
    plain = draw([_datum(2010, 1), _datum(2011, 2)])
    parted = draw([_datum(2010, 1), _datum(2011, 2, "[b] break in the series")])
    assert Decimal(parted.height) == Decimal(plain.height) + PARTING
    (parting,) = parted.partings
    first, second = (Decimal(bar.y) for bar in parted.bars)
    assert first + ROW - 4 < Decimal(parting.y) < second
    assert 0 < Decimal(parting.x) < WIDTH / 2 + 50


@given(st.lists(st.none() | VALUES, min_size=1, max_size=12))
def test_any_values_stay_in_the_drawing_and_in_proportion(values: list[Decimal | None]) -> None:
    drawing = chart(*values)
    height = Decimal(drawing.height)
    for bar in drawing.bars:
        x, y, width = Decimal(bar.x), Decimal(bar.y), Decimal(bar.width)
        assert 0 <= x <= x + width <= WIDTH
        assert 0 <= y <= y + Decimal(bar.height) <= height
        assert x + width < Decimal(bar.label_x) < WIDTH
    known = [value for value in values if value is not None]
    longest = max((abs(value) for value in known), default=Decimal(0))
    assume(longest)
    full = max(lengths(drawing))
    for value, length in zip(values, lengths(drawing), strict=True):
        assert abs(length - full * abs(value or Decimal(0)) / longest) <= 2 * HUNDREDTH


@given(VALUES, VALUES)
def test_what_is_larger_is_never_shorter(one: Decimal, other: Decimal) -> None:
    first, second = lengths(chart(one, other))
    assert first == second or (first > second) == (abs(one) > abs(other))


@pytest.mark.parametrize("years", [1, 3, 12])
def test_rows_do_not_overlap(years: int) -> None:
    drawing = chart(*range(1, years + 1))
    tops = [Decimal(bar.y) for bar in drawing.bars]
    assert all(later - top == ROW for top, later in pairwise(tops))


def test_the_same_values_give_the_same_drawing() -> None:
    assert chart(3, None, "-2.5") == chart(3, None, "-2.5")
    assert chart(1, 2, 3).bars[0].width.count(".") <= 1
