"""How things are written: numbers with their units or in words, names in messages. No locale."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Literal, get_args

Unit = Literal["count", "percent", "percentage-points", "pounds", "rate-per-1000", "rank", "ratio"]
UNITS: tuple[Unit, ...] = get_args(Unit)

LARGEST_IN_WORDS = 999_999
_MOST_COUNTED_IN_WORDS = 9
"""Years are counted in words up to nine, as the Government's style guide has it."""

_SMALL = (
    "nought one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()

_PLACEHOLDER = re.compile(
    r"\b(?:TODO|FIXME|XXX+)\b"
    r"|\b(?i:TBC|TBA|TBD)\b"
    r"|\b(?i:to\s+be\s+confirmed)\b"
    r"|\[(?i:\s*insert\b|(?:name|number|date|figure)\](?!\())"
    r"|\b(?i:lorem\s+ipsum)\b"
    r"|\?\?\?+"
)

# How a priority ends depends on where it stands in the list.
_ENDING = re.compile(r"(?:[\s;,.:]|\band)*$")


def separated(value: Decimal) -> str:
    """A number with thousands separators and the decimals it was given: ``7,292``, ``−0.50``."""
    # Nought has no sign, however it was typed.
    return f"{value or abs(value):,f}".replace("-", "−")


def written(value: Decimal, unit: Unit, of: int | None = None) -> str:
    """A value as a report prints it, with its unit: ``7,292``, ``12.5 per cent``, ``£1,200``.

    ``of`` is how many are ranked: ``3 of 15``.
    """
    number = separated(value)
    match unit:
        case "count":
            return number
        case "percent":
            return f"{number} per cent"
        case "percentage-points":
            return f"{number} percentage point{'' if abs(value) == 1 else 's'}"
        case "pounds":
            return f"−£{number[1:]}" if number.startswith("−") else f"£{number}"
        case "rate-per-1000":
            return f"{number} per 1,000"
        case "rank":
            return number if of is None else f"{number} of {of:,}"
        case "ratio":
            return f"{number} to 1"


def written_in_words(number: int, unit: Unit) -> str:
    """A whole number in words, with its unit: ``thirty``, ``twelve per cent``, ``one pound``.

    Raises:
        ValueError: as for ``in_words``; a rank and a ratio are not written in words.
    """
    if unit in ("rank", "ratio"):
        raise ValueError(f"a {unit} is not written in words")
    words = in_words(number)
    match unit:
        case "count":
            return words
        case "percent":
            return f"{words} per cent"
        case "percentage-points":
            return f"{words} percentage point{'' if number == 1 else 's'}"
        case "pounds":
            return f"{words} pound{'' if number == 1 else 's'}"
        case _:
            return f"{words} per 1,000"


def in_words(number: int) -> str:
    """A whole number in British words: ``one hundred and seven``.

    Raises:
        ValueError: the number is negative or over ``LARGEST_IN_WORDS``.
    """
    if not 0 <= number <= LARGEST_IN_WORDS:
        raise ValueError(f"{number} cannot be written in words")
    if number >= 1000:
        thousands, rest = divmod(number, 1000)
        joint = " and " if 0 < rest < 100 else ", "
        return f"{in_words(thousands)} thousand" + (joint + in_words(rest) if rest else "")
    if number >= 100:
        hundreds, rest = divmod(number, 100)
        return f"{_SMALL[hundreds]} hundred" + (f" and {in_words(rest)}" if rest else "")
    if number >= 20:
        tens, rest = divmod(number, 10)
        return _TENS[tens - 2] + (f"-{_SMALL[rest]}" if rest else "")
    return _SMALL[number]


def count_in_words(number: int) -> str:
    """How many years, in a sentence: ``four``, ``10``."""
    return in_words(number) if number <= _MOST_COUNTED_IN_WORDS else str(number)


def one_line(text: object) -> str:
    """A text without its line ends, each run of spaces as one; empty for ``None``."""
    return "" if text is None else " ".join(str(text).split())


def snippet(text: str, length: int = 40) -> str:
    """The start of a text, on one line, for a message."""
    line = one_line(text)
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def quoted(text: str, length: int = 40) -> str:
    """The start of a text in backticks, on one line, for a message."""
    return f"`{snippet(text, length)}`"


def placeholders(text: str) -> Iterator[re.Match[str]]:
    """What stands in a text for words that are still to be written: ``TODO``, ``[insert``."""
    return _PLACEHOLDER.finditer(text)


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name, of small letters, that a misspelled one is nearest to, or nothing."""
    from difflib import get_close_matches  # a file without a mistake does not pay for it

    return next(iter(get_close_matches(name.lower(), list(known), n=1, cutoff=0.7)), "")


def without_ending(words: str) -> str:
    """A priority's words, or a part's, without what ends them in a list: ``; and``."""
    return _ENDING.sub("", words)


def listed(words: Sequence[str], joint: str = "and") -> str:
    """One or more words as a sentence lists them: ``a, b and c``."""
    before, last = words[:-1], words[-1]
    return f"{', '.join(before)} {joint} {last}" if before else last
