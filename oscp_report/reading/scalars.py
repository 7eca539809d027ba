"""The shapes of texts, and of what a text can stand for: a number, a year, an id, a word."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from oscp_report.days import read_date
from oscp_report.diagnostics import Location, Rule
from oscp_report.model import Text
from oscp_report.reading import fields
from oscp_report.reading.shapes import Faults, Mapped, Schema, kind, nothing_in, swallowed_colon
from oscp_report.reading.source import Node, Scalar
from oscp_report.reading.weight import weigh
from oscp_report.wording import listed, snippet
from oscp_report.year import Year

T = TypeVar("T")

LONGEST_ID = 60
"""Characters. An id is typed in references and is part of a link."""

SOMETHING: Schema = {"pattern": r"\S"}
"""A text that is more than white space."""

_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
# Up to 15 digits and 6 decimals, so that no number is beyond what is exact anywhere.
_NUMBER = re.compile(r"[-−]?(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15})(?:\.[0-9]{1,6})?")
_WHOLE = re.compile("[0-9]{1,9}")
_LANGUAGE = re.compile("[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")

_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_WEBSITE = re.compile(rf"https://{_LABEL}(?:\.{_LABEL})+(?:/[A-Za-z0-9._~-]+)*/?")

_FLAGS = {"no": False, "yes": True, "false": False, "true": True}

LONGEST_ADDRESS = 300
LONGEST_SHOWN = 160
"""Characters of a text that a fix shows: what it shows is copied, so most texts are shown whole."""


@dataclass(frozen=True, slots=True)
class TextShape:
    """Text, as typed, of at most ``longest`` characters; the reader of YAML has its own bound."""

    longest: int | None = None

    def read(self, node: Node, faults: Faults) -> Text:
        if nothing_in(node, faults):
            return self.blank(node.location)
        if not isinstance(node, Scalar):
            return self._not_text(node, faults)
        length = len(node.value)
        if self.longest is not None and length > self.longest:
            message = f"this text has {length:,} characters, more than {self.longest:,}"
            faults.add(fields.TOO_LONG, node.location, message, fix="shorten it")
        weigh(node.value, node.location, faults)
        return Text(node.value, node.location, node.source)

    def _not_text(self, node: Node, faults: Faults) -> Text:
        if halves := swallowed_colon(node):
            key, value = halves
            whole = f"{key.value}: {value.value}"
            message = (
                f"YAML takes `{snippet(key.value)}` for a field, because of the colon after it"
            )
            from oscp_report.reading.stops import in_quotes

            fix = f"put the text in quotes: `{in_quotes(snippet(whole, LONGEST_SHOWN))}`"
            faults.add(fields.COLON_IN_TEXT, key.location, message, fix=fix)
            return Text(whole, key.location)
        message = f"text belongs here, not {kind(node)}"
        faults.add(fields.WRONG_KIND, node.location, message, fix="write it as one text")
        return self.blank(node.location)

    def blank(self, at: Location) -> Text:
        return Text("", at)

    def schema(self) -> Schema:
        # Editors type a bare 2019 or true before the schema sees it; the program reads text.
        described: Schema = {"type": ["string", "number", "boolean"], **SOMETHING}
        return described | ({} if self.longest is None else {"maxLength": self.longest})


@dataclass(frozen=True, slots=True)
class Converted(Generic[T]):
    """A text that stands for something else: a number, a year, an id, one of a few words.

    ``convert`` raises ValueError for a text that does not; ``expected`` completes the message
    "`abc` is not ...".
    """

    convert: Callable[[str], T]
    rule: Rule
    expected: str
    fix: str
    otherwise: T
    described: Schema = field(default_factory=dict)
    may_be_empty: bool = False

    def read(self, node: Node, faults: Faults) -> T:
        if self.may_be_empty and isinstance(node, Scalar) and not node.value.strip():
            return self.otherwise
        if nothing_in(node, faults):
            return self.otherwise
        if not isinstance(node, Scalar):
            message = f"{self.expected} belongs here, not {kind(node)}"
            faults.add(fields.WRONG_KIND, node.location, message, fix=self.fix)
            return self.otherwise
        try:
            return self.convert(node.value.strip())
        except ValueError:
            message = f"`{snippet(node.value)}` is not {self.expected}"
            faults.add(self.rule, node.location, message, fix=self.fix)
            return self.otherwise

    def blank(self, at: Location) -> T:
        return self.otherwise

    def schema(self) -> Schema:
        return dict(self.described)


def _matching(pattern: re.Pattern[str], text: str, longest: int | None = None) -> str:
    if not pattern.fullmatch(text) or (longest is not None and len(text) > longest):
        raise ValueError(text)
    return text


def _whole(pattern: re.Pattern[str] | str) -> str:
    """A pattern that has to match all of a text, as JSON Schema writes it."""
    return f"^(?:{pattern if isinstance(pattern, str) else pattern.pattern})$"


def _to_number(text: str) -> Decimal:
    return Decimal(_matching(_NUMBER, text).replace(",", "").replace("−", "-"))


def number(
    fix: str = "write digits only: the unit goes into `unit`, words into `note`",
) -> Converted[Decimal | None]:
    """A number, thousands separators allowed; nothing, where it is not known yet."""
    described: Schema = {
        "type": ["number", "string", "null"],
        "pattern": _whole(_NUMBER),
        "exclusiveMinimum": -(10**15),
        "exclusiveMaximum": 10**15,
    }
    expected = "a number"
    return Converted(
        _to_number, fields.NOT_A_NUMBER, expected, fix, None, described, may_be_empty=True
    )


def whole_number(smallest: int, largest: int) -> Converted[int]:
    """A whole number within bounds; ``smallest`` where there is none."""

    def convert(text: str) -> int:
        if not smallest <= int(_matching(_WHOLE, text)) <= largest:
            raise ValueError(text)
        return int(text)

    expected = f"a whole number from {smallest} to {largest}"
    fix = "write the number in digits"
    # The bounds are for what an editor takes for a number, the pattern for what stands in quotes.
    described: Schema = {
        "type": ["integer", "string"],
        "minimum": smallest,
        "maximum": largest,
        "pattern": _whole(_WHOLE),
    }
    return Converted(convert, fields.NOT_A_NUMBER, expected, fix, smallest, described)


def flag() -> Mapped[bool]:
    """Yes or no."""
    return Mapped(choice(*_FLAGS), lambda word: _FLAGS[word])


def day() -> Converted[date | None]:
    """A day, written as officers write it."""

    def convert(text: str) -> date:
        return read_date(text).date

    fix = "write the day, the month and the year, such as 22 July 2019"
    described: Schema = {"type": "string", **SOMETHING}
    return Converted(convert, fields.NOT_A_DAY, "a date", fix, None, described)


def year() -> Converted[Year | None]:
    """A financial year."""
    described: Schema = {"type": "string", "pattern": "^(?:19|2[0-9])[0-9]{2}[-/–][0-9]{2}$"}
    fix = "write the two years it spans, such as 2018-19"
    return Converted(Year.parse, fields.NOT_A_YEAR, "a financial year", fix, None, described)


def identifier() -> Converted[str]:
    """An id: small letters, digits and hyphens."""
    fix = f"use small letters, digits and hyphens, beginning with a letter, at most {LONGEST_ID}"
    described: Schema = {"type": "string", "pattern": _whole(_ID), "maxLength": LONGEST_ID}
    return Converted(
        lambda text: _matching(_ID, text, LONGEST_ID), fields.BAD_ID, "an id", fix, "", described
    )


def language() -> Converted[str]:
    """A language tag of the form that BCP 47 gives most languages; British English without one."""
    fix = "write `en-GB` for English, `cy` for Welsh"
    described: Schema = {"type": "string", "pattern": _whole(_LANGUAGE)}
    return Converted(
        lambda text: _matching(_LANGUAGE, text),
        fields.NOT_A_LANGUAGE,
        "a language tag",
        fix,
        "en-GB",
        described,
    )


def web_folder() -> Converted[str]:
    """The https address of a folder of a website; empty without one."""
    example = "https://www.example.org/reports"
    described: Schema = {"type": "string", "pattern": _whole(_WEBSITE)}
    return Converted(
        lambda text: _matching(_WEBSITE, text, LONGEST_ADDRESS),
        fields.NOT_AN_ADDRESS,
        "the https address of a folder",
        f"write it like `{example}`",
        "",
        {**described, "maxLength": LONGEST_ADDRESS},
    )


def choice(*words: str) -> Converted[str]:
    """One of a few words; the first where there is none."""

    def convert(text: str) -> str:
        if text not in words:
            raise ValueError(text)
        return text

    choice = listed([f"`{word}`" for word in words], "or")
    described: Schema = {"type": "string", "enum": list(words)}
    return Converted(
        convert, fields.NOT_A_CHOICE, f"one of {choice}", f"write {choice}", words[0], described
    )
