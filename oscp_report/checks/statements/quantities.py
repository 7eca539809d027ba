"""How much a sentence says that something changed: `by 12 per cent`, `a third`, `491 more`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from oscp_report.wording import in_words

Kind = Literal["percent", "points", "number"]
Hedge = Literal["", "about", "over", "under"]

_ABOUT = r"about|around|some|roughly|approximately|approx\.?|an?\s+estimated|nearly\s+or|circa"
_OVER = r"over|more\s+than|at\s+least|upwards\s+of|just\s+over|well\s+over|in\s+excess\s+of"
_UNDER = r"nearly|almost|under|just\s+under|less\s+than|up\s+to|not\s+quite|close\s+to"
_HEDGES = rf"(?:(?P<about>{_ABOUT})|(?P<over>{_OVER})|(?P<under>{_UNDER})|only|just|exactly)"

_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "|".join(in_words(number) for number in range(10, 20))
_IN_WORDS = rf"(?:(?:{_TENS})(?:-(?:{_ONES}))?|{_TEENS}|(?:a|one)\s+hundred|{_ONES})"
_DIGITS = r"(?<![\w.,/–-])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d/]|[-–]\d)"
_FRACTIONS: Mapping[str, tuple[int | Decimal, int | Decimal]] = {
    "half": (50, 4), "third": (Decimal("33.3"), 3), "quarter": (25, 3), "fifth": (20, 3),
    "tenth": (10, 2), "two-thirds": (Decimal("66.7"), 3), "three-quarters": (75, 4),
}  # fmt: skip
"""What is meant by each, in per cent, and by how much that may differ."""
_AMOUNT = (
    rf"(?:(?P<fraction>two[\s-]thirds|three[\s-]quarters|(?:(?:an?|one)\s+)?(?:half|third|quarter|fifth"
    rf"|tenth))|(?P<pounds>£)?(?:(?P<digits>{_DIGITS})|(?P<words>\b{_IN_WORDS}\b))"
    r"(?:\s*(?P<percent>%|per\s?cent\b)|\s+(?P<points>(?:percentage\s+)?points?\b))?)"
)
_BEFORE = re.compile(rf"(?:\b{_HEDGES}\s+)?\b(?:by\s+)?{_AMOUNT}\s+$", re.IGNORECASE)
_AFTER = re.compile(rf"\s+(?:(?:by|of)\s+)?(?:{_HEDGES}\s+)*{_AMOUNT}", re.IGNORECASE)
_BASE = re.compile(
    r"\b(?:from|on|than|against|(?:compared|contrasted)\s+(?:with|to))\s+"
    rf"(?:(?:the|a\s+total\s+of)\s+)?(?:{_HEDGES}\s+)?£?(?P<digits>{_DIGITS})(?!\s*(?:%|per\s?cent))"
    r"(?P<rest>[^,;:.()]{0,40})",
    re.IGNORECASE,
)
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_ENOUGH = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity that a text gives, from ``start`` to ``end``.

    ``margin`` is by how much what is meant may differ from it: half of its last decimal.
    """

    value: Decimal
    kind: Kind
    start: int
    end: int
    margin: Decimal = Decimal(0)
    hedge: Hedge = ""
    rest: str = ""

    def is_near(self, true: Decimal) -> bool:
        """Whether a reader who knows the true quantity would let this one stand."""
        value, margin = self.value, self.margin
        if self.hedge == "about":
            return abs(true - value) <= max(value / 10, margin * 2, Decimal(1))
        if self.hedge == "over":
            return value - margin <= true <= value * Decimal("1.5") + 1
        if self.hedge == "under":
            return value * Decimal("0.75") - 1 <= true <= value + margin
        return abs(true - value) <= margin


def quantity_before(text: str, end: int) -> Quantity | None:
    """The quantity that ends where a word begins: of `12 per cent more`, the first three words."""
    match = _BEFORE.search(text, max(0, end - 50), end)
    return _quantity(match) if match else None


def quantity_after(text: str, start: int) -> Quantity | None:
    """The quantity after a word: of `rose by 12 per cent`, the last three words."""
    match = _AFTER.match(text, start)
    return _quantity(match) if match else None


def base_after(text: str, start: int, end: int) -> Quantity | None:
    """The value that something is said to have had before: of `up from 6,801 last year`, 6,801."""
    match = _BASE.search(text, start, end)
    if match is None or _YEAR.fullmatch(match["digits"]):
        return None
    value = Decimal(match["digits"].replace(",", ""))
    margin = _margin(value) if "." in match["digits"] else Decimal(0)
    start, end = match.span("digits")
    return Quantity(value, "number", start, end, margin, _hedge(match), match["rest"])


def _quantity(match: re.Match[str]) -> Quantity | None:
    start = min(match.start(group) for group in _GROUPS if match.start(group) >= 0)
    where = start, match.end()
    if match["fraction"]:
        name = "-".join(match["fraction"].casefold().split())
        value, margin = _FRACTIONS[re.sub("^(?:an?|one)-", "", name)]
        return Quantity(Decimal(value), "percent", *where, Decimal(margin), _hedge(match))
    if match["digits"]:
        if _YEAR.fullmatch(match["digits"]) and not match["percent"]:
            return None
        value = Decimal(match["digits"].replace(",", ""))
    else:
        value = Decimal(_number(match["words"]))
    kind: Kind = "percent" if match["percent"] else "points" if match["points"] else "number"
    margin = (
        Decimal(0) if kind == "number" and value == value.to_integral_value() else _margin(value)
    )
    return Quantity(value, kind, *where, margin, _hedge(match))


_GROUPS = ("fraction", "pounds", "digits", "words")


def _margin(value: Decimal) -> Decimal:
    """Half of the last decimal that was given, and what the rounding of the other side takes."""
    exponent = value.as_tuple().exponent
    return Decimal(5).scaleb(int(exponent) - 1) + _ENOUGH


def _hedge(match: re.Match[str]) -> Hedge:
    hedges: tuple[Hedge, ...] = ("about", "over", "under")
    return next((hedge for hedge in hedges if match[hedge]), "")


def _number(words: str) -> int:
    words = " ".join(words.casefold().split())
    if words.endswith("hundred"):
        return 100
    return next(number for number in range(100) if in_words(number) == words)
