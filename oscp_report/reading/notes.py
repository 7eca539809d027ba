"""What is found while a file is read, and needs no repair: limits, YAML's extras, fields' names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NoReturn

from oscp_report.diagnostics import Diagnostic, Location, Rule
from oscp_report.reading.faults import TEXT_TOO_LONG, TOO_BIG, UNREADABLE
from oscp_report.reading.features import (
    ANCHOR,
    FIELD_NAME,
    MERGE,
    REPEATED_FIELD,
    SECOND_DOCUMENT,
    TAG,
)
from oscp_report.reading.nodes import Node, Scalar
from oscp_report.reading.spacing import ODD_SPACE
from oscp_report.reading.typed import FORBIDDEN, NO_WIDTH, ODD_SPACES, STAND_IN, Page, shown

if TYPE_CHECKING:
    from oscp_report.reading.stops import Trap

MOST_DEEP = 40
MOST_NODES = 100_000
LONGEST_TEXT = 20_000
MOST_FINDINGS = 500
STOPPED_FIX = "put those right, then run the check again"

Place = tuple[int, int]

_PROPERTY = re.compile(r"[&!*]\S*")
_RIGHT_FILE = "check that it is the right file"


class Halt(Exception):
    """The file is beyond the limits; reading on would serve nobody."""


class Notes:
    """The findings of one reading. ``halted`` says that it was broken off.

    Lines and columns count from 0, in the page's working lines.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.findings: list[Diagnostic] = []
        self.halted = False

    def find(self, rule: Rule, place: Location, message: str, fix: str) -> None:
        """Note one finding.

        Raises:
            Halt: there are too many.
        """
        self.findings.append(rule.at(place, message, fix=fix))
        if len(self.findings) == MOST_FINDINGS:
            message = f"reading stopped here, after {MOST_FINDINGS} mistakes"
            self._halt(UNREADABLE, place, message, STOPPED_FIX)

    def _halt(self, rule: Rule, place: Location, message: str, fix: str) -> NoReturn:
        self.findings.append(rule.at(place, message, fix=fix))
        self.halted = True
        raise Halt

    def report(self, trap: Trap) -> Location:
        """Note a trap, and say where it is."""
        place = self.page.location(trap.line, trap.column, trap.length)
        self.find(trap.rule, place, trap.message, trap.fix)
        return place

    def count(self, nodes: int, depth: int, at: Place) -> None:
        """Hold the limits.

        Raises:
            Halt: one is passed.
        """
        if nodes > MOST_NODES:
            message = f"the file holds more than {MOST_NODES:,} texts, lists and groups of fields"
            self._halt(TOO_BIG, self.page.location(*at), message, _RIGHT_FILE)
        if depth > MOST_DEEP:
            message = f"lists and groups of fields are more than {MOST_DEEP} deep here"
            self._halt(TOO_BIG, self.page.location(*at), message, _RIGHT_FILE)

    def cut(self, value: str, place: Location) -> str:
        """A text, cut off where it passes the limit."""
        if len(value) > LONGEST_TEXT:
            message = f"the text that starts here has {len(value):,} characters, more than 20,000"
            self.find(TEXT_TOO_LONG, place, message, "cut it into paragraphs, each a list item")
        return value[:LONGEST_TEXT]

    def second_document(self, at: Place) -> None:
        """A line that starts another document."""
        message = "a second document starts here"
        fix = "delete the line with `---`, or the `...` above it"
        self.find(SECOND_DOCUMENT, self.page.location(*at, 3), message, fix)

    def alias(self, start: Place, end: Place, *, within: bool) -> Location:
        """An alias; ``within`` says that it stands inside brackets."""
        place = self.page.location(*start, end[1] - start[1])
        name = shown(self.page.working[start[0]][start[1] : end[1]])
        message = f"`{name}` is an alias to YAML, not text"
        self.find(ANCHOR, place, message, self._plainly(start, within=within))
        return place

    def properties(
        self, start: Place, anchor: str | None, tag: str | None, *, within: bool
    ) -> None:
        """An anchor or a tag before a text, a list or a group of fields."""
        found = _PROPERTY.match(self.page.working[start[0]], start[1])
        place = self.page.location(*start, len(found[0]) if found else 1)
        fix = self._plainly(start, within=within)
        if anchor is not None:
            self.find(ANCHOR, place, f"`&{shown(anchor)}` is an anchor to YAML, not text", fix)
        if tag is not None:
            typed = shown(found[0]) if found and anchor is None else "!"
            self.find(TAG, place, f"`{typed}` is a tag to YAML, not text", fix)

    def _plainly(self, start: Place, *, within: bool) -> str:
        """The fix for a sign that stands before a text, and may be part of it."""
        line, lines = start[0], self.page.working
        if within or " " not in lines[line][start[1] :].strip():
            return "put quotes around it if it is text; otherwise delete it"
        from oscp_report.reading.traps import quoted_value

        fix, _ = quoted_value(lines, start, 0)
        return f"delete it; or, if it is text, {fix}"

    def name(self, node: Node, start: Place, names: Mapping[str, Location]) -> str | None:
        """The name of a field that comes after those in ``names``; None if it is left out."""
        place = node.location
        if not isinstance(node, Scalar) or (node.plain and not node.value):
            what = "has no name" if isinstance(node, Scalar) else "is named by something not text"
            fix = "give it a name; if it is text, put it in quotes"
            self.find(FIELD_NAME, place, f"the field {what}", fix)
            return None
        name = self._visible(node)
        if self.page.working[start[0]][: start[1]].endswith("? "):
            message = f"`?` before `{shown(name)}` has a meaning of its own in YAML"
            self.find(FIELD_NAME, place, message, "put the text in quotes, or delete the `?`")
        if name == "<<" and node.plain:
            message = "`<<` copies fields from elsewhere, which a report may not do"
            self.find(MERGE, place, message, "write the fields out here")
            return None
        if name in names:
            message = f"`{shown(name)}` is given twice, first on line {names[name].line}"
            self.find(REPEATED_FIELD, place, message, "delete one of the two, or rename it")
            return None
        return name

    def _visible(self, key: Scalar) -> str:
        """A field's name without what nobody can see in it."""
        if key.value.isascii():
            return key.value
        if FORBIDDEN.search(key.source):
            return key.value.replace(STAND_IN, "")
        name = "".join(each for each in key.value if each not in NO_WIDTH)
        name = name.strip("".join(ODD_SPACES))
        if name != key.value:
            message = f"the name of the field `{shown(name)}` holds an invisible space"
            self.find(ODD_SPACE, key.location, message, "type the name again")
        return name
