"""The register of conditions: what a PDF must be, one small function each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from inspect import cleandoc
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from oscp_report.inspection.subject import Subject

Standard = Literal["PDF/UA-1", "PDF/A-3a", "good practice"]
"""What asks for a condition. Good practice: no validator looks at it, a reader notices."""

HEADINGS = ("## Why it matters", "## How to fix it")


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a condition is not met.

    ``page`` counts from 1; None where the finding is about the whole file. ``text`` is the start
    of the text concerned, or nothing.
    """

    page: int | None
    text: str
    message: str
    fix: str = ""


Check = Callable[["Subject"], Iterator[Finding]]
Applies = Callable[["Subject"], bool]


@dataclass(frozen=True, slots=True)
class Condition:
    """What a PDF must be.

    ``clause`` is where the standard asks for it: in ISO 14289-1 for PDF/UA-1 and good practice, in
    ISO 19005-3 for PDF/A-3a; '' where it is in neither. ``matterhorn`` holds the numbers of the
    failure conditions in the Matterhorn Protocol 1.1, by which other programs know it.
    ``explanation`` is Markdown: a first line that says what must hold, then ``HEADINGS``.
    """

    code: str
    name: str
    standard: Standard
    clause: str
    matterhorn: tuple[str, ...]
    explanation: str
    check: Check
    applies: Applies

    @property
    def summary(self) -> str:
        """What must hold, in one line without a full stop."""
        return self.explanation.partition("\n")[0].rstrip(".")

    @property
    def fix(self) -> str:
        """How to fix it, in one line without a full stop."""
        return " ".join(self.explanation.partition(HEADINGS[1])[2].split()).rstrip(".")


CONDITIONS: dict[str, Condition] = {}


def always(_: Subject) -> bool:
    """For a condition that every file has to meet."""
    return True


def condition(
    code: str, standard: Standard, *matterhorn: str, clause: str = "", applies: Applies = always
) -> Callable[[Check], Check]:
    """Register a check under a code. Its docstring is the condition's explanation."""

    def register(check: Check) -> Check:
        if code in CONDITIONS:
            raise ValueError(f"condition {code} is defined twice")
        name, explained = check.__name__.replace("_", "-"), cleandoc(check.__doc__ or "")
        CONDITIONS[code] = Condition(
            code, name, standard, clause, matterhorn, explained, check, applies
        )
        return check

    return register
