"""Findings about a file: where, which rule, what is wrong, how to mend it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a source file.

    ``line`` and ``column`` count from 1, in characters. ``length`` is how many characters of that
    line the finding is about; it draws the caret line and never tells two places apart.
    """

    file: str
    line: int
    column: int
    length: int = field(default=1, compare=False)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One finding. Sorts by place, then code.

    ``about`` names what the finding concerns (an id, an abbreviation), so that an officer can
    accept it by name. ``because`` is the reason an officer gave for accepting it.
    """

    location: Location
    code: str
    message: str
    fix: str = ""
    severity: Severity = "error"
    about: str = ""
    because: str = ""

    def accepted(self, because: str) -> Diagnostic:
        """This finding, looked at and accepted for the reason given."""
        return replace(self, because=because)


@dataclass(frozen=True, slots=True)
class Rule:
    """A check with a code.

    ``explanation`` is Markdown: a first line that names the fault, then the headings in
    ``HEADINGS``. The same text serves ``explain``, the README and the tests.
    """

    code: str
    name: str
    severity: Severity
    explanation: str

    def at(self, location: Location, message: str, *, fix: str, about: str = "") -> Diagnostic:
        """A finding of this rule at a place."""
        return Diagnostic(location, self.code, message, fix, self.severity, about)

    @property
    def summary(self) -> str:
        """The explanation's first line, without its full stop."""
        return self.explanation.partition("\n")[0].rstrip(".")


HEADINGS = ("## What it does", "## Why it matters", "## How to fix it")
