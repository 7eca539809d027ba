"""YAML text to nodes that know their place: every fault found, nothing converted, nothing expanded.

The parser's events are read one by one and never composed, so that no file can make the reader
recurse or grow: PyYAML's own ``safe_load`` took more than 20 seconds for a merge bomb of 400 bytes,
and its C loader crashed on 100,000 nested brackets. At a syntax error the line is repaired in
memory and reading starts again, so that one run reports all there is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner, ScannerError

from oscp_report.diagnostics import Diagnostic, Location
from oscp_report.reading.faults import EMPTY_FILE, UNREADABLE
from oscp_report.reading.features import DIRECTIVE
from oscp_report.reading.nodes import Entry, Mapping, Node, Scalar, Sequence
from oscp_report.reading.notes import STOPPED_FIX, Halt
from oscp_report.reading.spacing import CONFLICT
from oscp_report.reading.tree import Slip, Tree
from oscp_report.reading.typed import Edit, Page, decode

if TYPE_CHECKING:
    from oscp_report.reading.stops import Stop, Trap

__all__ = ["Entry", "Mapping", "Node", "Parsed", "Scalar", "Sequence", "parse"]

MOST_REPAIRS = 60
MOST_DIRECTIVES = 20
MOST_READ = 4_000_000
"""Characters read in all, over every repair. The C parser reads some 10 million a second."""
COST_OF_EDIT = 100
"""Characters that could be read in the time of one edit."""

_TABS_IN_TEXT = re.compile(r"(?<=[^\s-])[ \t]*\t[ \t]*")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file as it was read.

    ``root`` is None where nothing could be understood, or there is nothing; a diagnostic says so.
    ``lines`` are the file's, without line ends and byte order mark, to show to people: characters
    that may not stand in a report, and could turn a terminal's text round, are U+FFFD in them.
    """

    root: Node | None
    diagnostics: tuple[Diagnostic, ...]
    lines: tuple[str, ...]


class PurePython(Reader, Scanner, Parser):
    """PyYAML's parser in Python, where it was installed without the C one.

    It refuses tabs that the C parser allows between words; it is given spaces instead.
    """

    def __init__(self, text: str) -> None:
        Reader.__init__(self, _TABS_IN_TEXT.sub(lambda tabs: " " * len(tabs[0]), text))
        Scanner.__init__(self)
        Parser.__init__(self)


# The C parser is fifteen times as fast; a PyYAML built from source may lack it.
_make_parser: Callable[[str], Any] = PurePython
with suppress(ImportError):
    from yaml.cyaml import CParser  # type: ignore[attr-defined]  # left out of the stubs' exports

    _make_parser = CParser


def parse(data: bytes, file: str) -> Parsed:
    """Read a file's bytes. Never raises, whatever the bytes.

    Args:
        data: the file's content.
        file: the name that locations give.
    """
    text, found = decode(data, file)
    if text is None:
        return Parsed(None, found, ())
    page = Page(text, file)
    findings = [*found, *page.hidden(), *_directives(page), *_conflicts(page)]
    root = _read(page, findings)
    if root is None and not findings:
        what = "holds only comments" if text.strip() else "is empty"
        fix = "put the text back from git, or copy last year's file"
        findings.append(EMPTY_FILE.at(Location(file, 1, 1), f"the file {what}", fix=fix))
    return Parsed(root, tuple(sorted(set(findings))), page.lines)


def _read(page: Page, findings: list[Diagnostic]) -> Node | None:
    """Read, repair and read again, until the end or until a repair does not help."""
    seen: set[tuple[str, int, int]] = set()
    left = MOST_READ
    while True:
        tree = Tree(page)
        trap, stop = _read_once(tree)
        line = trap.line if trap else stop.line if stop else 0
        left -= sum(map(len, page.working[: line + 1])) + len(page.text) // 10
        if stop:
            # A file without a slip does not pay for the import.
            from oscp_report.reading.traps import explain

            trap = explain(stop)
        slip = (trap.rule.code, trap.line, page.column(trap.line, trap.column)) if trap else None
        over = len(seen) == MOST_REPAIRS or left < 0
        if trap is None or slip is None or slip in seen or over:
            findings += tree.notes.findings
            if stop or trap:
                findings += _give_up(page, stop, line, findings, len(seen), over=over)
            return None if stop or trap else tree.root
        seen.add(slip)
        place = page.location(trap.line, trap.column, trap.length)
        findings.append(trap.rule.at(place, trap.message, fix=trap.fix))
        page.apply(trap.edits)
        left -= COST_OF_EDIT * len(trap.edits)


def _give_up(
    page: Page,
    stop: Stop | None,
    line: int,
    findings: list[Diagnostic],
    repaired: int,
    *,
    over: bool,
) -> list[Diagnostic]:
    """Say the plain truth about a line that cannot be read, unless its mistake is reported."""
    column = stop.column if stop else 0
    while line and (line >= len(page.lines) or not page.working[line].strip()):
        line, column = line - 1, 0
    text = page.working[line]
    column = max(min(column, len(text) - 1), len(text) - len(text.lstrip()))
    place = page.location(line, column, max(1, len(text.rstrip()) - column))
    message = f"line {place.line} cannot be read, nor what is below it"
    fix = "look on it, and on the line above, for a quote, a bracket or an indent that is not right"
    if over:
        message, fix = f"reading stopped here, after {repaired} mistakes", STOPPED_FIX
    elif any(found.location.line == place.line for found in findings):
        return []
    elif stop and stop.flow:
        mark = page.working[stop.flow[0]][stop.flow[1]]
        fix = f"look between the `{mark}` on line {stop.flow[0] + 1} and here"
    elif repaired:
        fix = "put right the mistakes above it first, then run the check again"
    return [UNREADABLE.at(place, message, fix=fix)]


def _read_once(tree: Tree) -> tuple[Trap | None, Stop | None]:
    """Read the page until its end, a slip, or a syntax error."""
    parser = _make_parser("\n".join(tree.page.working))
    try:
        while _take(tree, parser.get_event()):
            pass
    except Halt:
        pass
    except Slip as slip:
        return slip.trap, None
    except yaml.MarkedYAMLError as error:
        mark, context = error.problem_mark or error.context_mark, error.context_mark
        at = (mark.line, mark.column) if mark else (0, 0)
        begun = (context.line, context.column) if context else None
        return None, tree.stop(at, begun, scanning=isinstance(error, ScannerError))
    except (ValueError, OverflowError):
        if not isinstance(parser, PurePython):
            raise
        # The Python parser lets chr()'s own error out, for an escape beyond the last character.
        mark = parser.get_mark()
        return None, tree.stop((mark.line, mark.column), None, scanning=True)
    return None, None


def _take(tree: Tree, event: Any) -> bool:
    """Give one event to the tree; False after the last."""
    kind = type(event)
    at = event.start_mark
    start = at.line, at.column
    if kind is yaml.ScalarEvent:
        if event.anchor is not None or event.tag is not None:
            tree.properties(start, event.anchor, event.tag)
        end = event.end_mark
        tree.scalar(event.value, event.style or "", start, (end.line, end.column))
    elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
        if event.anchor is not None or event.tag is not None:
            tree.properties(start, event.anchor, event.tag)
        mapping = kind is yaml.MappingStartEvent
        tree.start(start, mapping=mapping, flow=bool(event.flow_style))
    elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
        tree.end((event.end_mark.line, event.end_mark.column))
    elif kind is yaml.AliasEvent:
        tree.alias(start, (event.end_mark.line, event.end_mark.column))
    elif kind is yaml.DocumentStartEvent:
        tree.document(start)
    return kind is not yaml.StreamEndEvent


def _directives(page: Page) -> list[Diagnostic]:
    """Lines with ``%`` before the first content; they are left out of what is read."""
    found: list[Diagnostic] = []
    for line, text in enumerate(page.working[:MOST_DIRECTIVES]):
        if text.startswith("%"):
            message = "the line starts with `%`, which YAML takes as an instruction to itself"
            place = page.location(line, 0, len(text))
            found.append(DIRECTIVE.at(place, message, fix="delete the line"))
            page.apply((Edit(line, 0, 1, "#"),))
        elif text.strip() and not text.startswith("#"):
            break
    return found


def _conflicts(page: Page) -> list[Diagnostic]:
    """What git left where it could not join two versions; only the first of them is read."""
    found = []
    first = second = -1
    for line, text in enumerate(page.working):
        if text.startswith("<<<<<<< "):
            first, second = line, -1
        elif first >= 0 > second and text.startswith(("=======", "||||||| ")):
            second = line
        elif second >= 0 and text.startswith(">>>>>>> "):
            message = f"git could not join two versions of these lines, down to line {line + 1}"
            fix = "keep what is right, and delete the lines with `<<<<<<<`, `=======` and `>>>>>>>`"
            place = page.location(first, 0, len(page.working[first]))
            found.append(CONFLICT.at(place, message, fix=fix))
            left_out = (first, *range(second, line + 1))
            page.apply(Edit(n, 0, len(page.working[n]), "") for n in left_out)
            first = second = -1
    return found
