"""How numbers are written: separators, units, words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscp_report.wording import (
    LARGEST_IN_WORDS,
    UNITS,
    Unit,
    in_words,
    listed,
    separated,
    without_ending,
    written,
    written_in_words,
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0", "0"),
        ("-0", "0"),
        ("-0.00", "0.00"),
        ("7", "7"),
        ("999", "999"),
        ("1000", "1,000"),
        ("7292", "7,292"),
        ("1234567", "1,234,567"),
        ("-5", "−5"),
        ("-1234.50", "−1,234.50"),
        ("12.5", "12.5"),
        ("12.50", "12.50"),
        ("0.000001", "0.000001"),
        ("1E+3", "1,000"),
        ("999999999999999.123456", "999,999,999,999,999.123456"),
    ],
)
def test_separators(value: str, expected: str) -> None:
    assert separated(Decimal(value)) == expected


@pytest.mark.parametrize(
    ("value", "unit", "expected", "in_full"),
    [
        ("1200", "count", "1,200", "one thousand, two hundred"),
        ("12", "percent", "12 per cent", "twelve per cent"),
        ("3", "percentage-points", "3 percentage points", "three percentage points"),
        ("1", "percentage-points", "1 percentage point", "one percentage point"),
        ("1200", "pounds", "£1,200", "one thousand, two hundred pounds"),
        ("1", "pounds", "£1", "one pound"),
        ("8", "rate-per-1000", "8 per 1,000", "eight per 1,000"),
    ],
)
def test_a_value_with_its_unit(value: str, unit: Unit, expected: str, in_full: str) -> None:
    assert written(Decimal(value), unit) == expected
    assert written_in_words(int(value), unit) == in_full


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("-1200", "pounds", "−£1,200"),
        ("1234.50", "pounds", "£1,234.50"),
        ("-0.5", "percent", "−0.5 per cent"),
        ("-1", "percentage-points", "−1 percentage point"),
        ("1.0", "percentage-points", "1.0 percentage point"),
        ("0.5", "percentage-points", "0.5 percentage points"),
        ("82.4", "rate-per-1000", "82.4 per 1,000"),
    ],
)
def test_a_value_below_nought_or_with_decimals(value: str, unit: Unit, expected: str) -> None:
    assert written(Decimal(value), unit) == expected


@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_is_written(unit: Unit) -> None:
    assert "7,292" in written(Decimal(7292), unit)
    if unit in ("rank", "ratio"):
        with pytest.raises(ValueError, match=f"a {unit} is not written in words"):
            written_in_words(7, unit)
    else:
        assert written_in_words(7, unit).startswith("seven")


def test_a_rank_is_one_of_so_many() -> None:
    assert written(Decimal(3), "rank", 15) == "3 of 15"
    assert written(Decimal(3), "rank") == "3"
    assert written(Decimal("3.2"), "ratio") == "3.2 to 1"


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "nought"),
        (1, "one"),
        (13, "thirteen"),
        (20, "twenty"),
        (21, "twenty-one"),
        (99, "ninety-nine"),
        (100, "one hundred"),
        (107, "one hundred and seven"),
        (999, "nine hundred and ninety-nine"),
        (1000, "one thousand"),
        (1001, "one thousand and one"),
        (1100, "one thousand, one hundred"),
        (7292, "seven thousand, two hundred and ninety-two"),
        (40_000, "forty thousand"),
        (100_001, "one hundred thousand and one"),
        (
            999_999,
            "nine hundred and ninety-nine thousand, nine hundred and ninety-nine",
        ),
    ],
)
def test_words(number: int, expected: str) -> None:
    assert in_words(number) == expected


@pytest.mark.parametrize("number", [-1, LARGEST_IN_WORDS + 1])
def test_a_number_that_is_not_written_in_words(number: int) -> None:
    with pytest.raises(ValueError, match="cannot be written in words"):
        in_words(number)


NAMES = {
    name: value
    for value, name in enumerate(
        "nought one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
} | {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip


def understood(words: str) -> int:
    """The number that a reader adds up, word by word."""
    total = part = 0
    for word in words.replace(",", "").replace("-", " ").split():
        if word == "thousand":
            total, part = part * 1000, 0
        elif word == "hundred":
            part *= 100
        elif word != "and":
            part += NAMES[word]
    return total + part


@given(st.integers(0, LARGEST_IN_WORDS))
def test_words_are_understood_as_the_number(number: int) -> None:
    words = in_words(number)
    assert understood(words) == number
    # "And" stands before the tens and ones of each three digits, wherever more comes before them.
    thousands, rest = divmod(number, 1000)
    expected = sum(part > 100 and part % 100 > 0 for part in (thousands, rest))
    assert words.split().count("and") == expected + (thousands > 0 and 0 < rest < 100)
    assert words.count(",") == (thousands > 0 and rest >= 100)


@given(st.decimals(-(10**12), 10**12, places=3), st.sampled_from(UNITS))
def test_a_written_value_is_the_value(value: Decimal, unit: Unit) -> None:
    digits = written(value, unit).replace(",", "").replace("£", "").replace("−", "-").split()[0]
    assert Decimal(digits) == value


@pytest.mark.parametrize(
    ("words", "expected"), [(["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")]
)
def test_a_list_in_a_sentence(words: list[str], expected: str) -> None:
    assert listed(words, "or") == expected
    assert listed(words) == expected.replace(" or ", " and ")


@pytest.mark.parametrize(
    "words",
    [
        "Burglary in Thailand",
        "Burglary in Thailand;",
        "Burglary in Thailand; and",
        "Burglary in Thailand, and",
        "Burglary in Thailand and",
        "Burglary in Thailand. ",
        "Burglary in Thailand:",
    ],
)
def test_words_without_what_ends_them_in_a_list(words: str) -> None:
    assert without_ending(words) == "Burglary in Thailand"
