"""Values from a spreadsheet into a year's file: what would change, and which rows are no use."""

from __future__ import annotations

import codecs
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from oscp_report.authoring.fields import CannotChange, Edit, Page, Record, applied, overlap
from oscp_report.authoring.judging import impossible
from oscp_report.authoring.rows import Row
from oscp_report.authoring.values import NO_VALUE, Unfit, number_text, same
from oscp_report.diagnostics import Diagnostic
from oscp_report.reading.source import Mapping, Node, Scalar, Sequence, parse
from oscp_report.wording import nearest, snippet


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a figure that gets another text; ``old`` or ``new`` is empty for none."""

    figure: str
    label: str
    field: str
    old: str
    new: str
    row: Row


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that is left out, and why."""

    row: Row
    message: str
    fix: str


@dataclass(frozen=True, slots=True)
class Filling:
    """What a spreadsheet would change in a year's file.

    Rows with a problem change nothing; the others are offered all the same. ``diagnostics`` say
    why a file cannot be read, where it cannot: then there are neither changes nor problems.
    """

    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    data: bytes = b""
    edits: tuple[Edit, ...] = field(default=(), repr=False)

    def apply(self) -> bytes:
        """The file with the changes made, and every other byte as it was.

        Raises:
            RuntimeError: the result would say something else; a fault in this program.
        """
        if not self.edits:
            return self.data
        mark, text = _without_mark(self.data)
        result = mark + applied(self.edits, text).encode()
        wanted = _flat(parse(self.data, "").root)
        new = {f"/figures/{each.figure}/{each.field}": each.new for each in self.changes}
        # With a field goes what stands in it: a confirmation's two.
        left = (p for p in wanted if not {p, p.rpartition("/")[0]} & new.keys())
        wanted = {path: wanted[path] for path in left}
        wanted |= {path: text for path, text in new.items() if text}
        again = parse(result, "")
        if again.diagnostics or _flat(again.root) != wanted:
            raise RuntimeError("the file, filled in, would not hold what was shown")
        return result


@dataclass(frozen=True, slots=True)
class _Figures:
    """The figures of a file: by id, and their ids by what a row may call them."""

    page: Page
    nodes: dict[str, Node]
    labels: dict[str, str]
    named: dict[str, set[str]]


_Filled: TypeAlias = "tuple[list[Change], list[Edit]]"
"""What one row changes in its figure."""


def fill(data: bytes, file: str, rows: Iterable[Row]) -> Filling:
    """Find the figure of each row, by its id or its label, and what would change in it.

    A confirmation goes with the value that was confirmed.

    Args:
        data: the content of the year's file.
        file: its name, for places.
        rows: those of a spreadsheet.
    """
    parsed = parse(data, file)
    if parsed.diagnostics:
        return Filling(diagnostics=parsed.diagnostics, data=data)
    figures = _figures(parsed.root, Page(_without_mark(data)[1]))
    problems: list[Problem] = []
    found: dict[str, list[Row]] = defaultdict(list)
    order: list[Row] = []
    for row in rows:
        order.append(row)
        try:
            found[_figure_of(row, figures)].append(row)
        except Unfit as unfit:
            problems.append(Problem(row, str(unfit), unfit.fix))
    filled: dict[str, _Filled] = {}
    for name, those in found.items():
        if len(those) > 1:
            problems += _repeated(name, those)
            continue
        try:
            filled[name] = _of_row(those[0], name, figures)
        except Unfit as unfit:
            problems.append(Problem(those[0], str(unfit), unfit.fix))
        except CannotChange as field_name:
            message = f"`{field_name}` of `{name}` cannot be changed without losing part of it"
            problems.append(Problem(those[0], message, "change it by hand"))
    for name, why in impossible(_filling(data, filled).apply()).items():
        if filled.pop(name, None) is not None:
            problems.append(Problem(found[name][0], why.message, why.fix))
    problems.sort(key=lambda problem: order.index(problem.row))
    return _filling(data, filled, problems)


def _filling(data: bytes, filled: dict[str, _Filled], problems: Iterable[Problem] = ()) -> Filling:
    changes = tuple(change for each, _ in filled.values() for change in each)
    edits = tuple(edit for _, each in filled.values() for edit in each)
    return Filling(changes, tuple(problems), (), data, edits)


def _repeated(name: str, rows: list[Row]) -> Iterator[Problem]:
    for row in rows:
        others = " and ".join(f"`{other.place}`" for other in rows if other is not row)
        fix = f"take out the row that is not meant; the other is {others}"
        yield Problem(row, f"`{name}` has {len(rows)} rows", fix)


def _without_mark(data: bytes) -> tuple[bytes, str]:
    """A file's byte order mark, and its text."""
    text = data.removeprefix(codecs.BOM_UTF8)
    return data[: len(data) - len(text)], text.decode()


def _key(name: str) -> str:
    return "".join(name.split()).casefold()


def _figures(root: Node | None, page: Page) -> _Figures:
    entries = root.entries if isinstance(root, Mapping) else ()
    group = next((entry.value for entry in entries if entry.key.value == "figures"), None)
    nodes: dict[str, Node] = {}
    labels: dict[str, str] = {}
    named: dict[str, set[str]] = defaultdict(set)
    for entry in group.entries if isinstance(group, Mapping) else ():
        name = entry.key.value
        nodes[name] = entry.value
        labels[name] = name
        named[_key(name)].add(name)
        for part in entry.value.entries if isinstance(entry.value, Mapping) else ():
            if part.key.value == "label" and isinstance(part.value, Scalar):
                labels[name] = " ".join(part.value.value.split())
                named[_key(labels[name])].add(name)
    return _Figures(page, nodes, labels, dict(named))


def _figure_of(row: Row, figures: _Figures) -> str:
    """The id of a row's figure."""
    if not row.names:
        raise Unfit("the row names no figure", "write its label or its id in it")
    called = snippet(row.names[0], 60)
    meant = {name for each in row.names for name in figures.named.get(_key(each), ())}
    if len(meant) > 1:
        ids = " and ".join(f"`{name}`" for name in sorted(meant))
        raise Unfit(f"`{called}` may be {ids}", "give the id of the one that is meant")
    if not meant:
        raise Unfit(f"no figure is called `{called}`", _did_you_mean(row, figures))
    if not row.value:
        fix = "write the value, or `[x]` if there is none to come"
        raise Unfit(f"`{called}` has no value, and is left as it is", fix)
    return meant.pop()


def _did_you_mean(row: Row, figures: _Figures) -> str:
    known = {name.lower(): name for name in figures.labels}
    known |= {label.lower(): label for label in figures.labels.values()}
    near = next(filter(None, (nearest(" ".join(name.split()), known) for name in row.names)), "")
    if near:
        return f"did you mean `{known[near]}`?"
    return "add it to the file's `figures` first, or take the row out"


def _of_row(row: Row, name: str, figures: _Figures) -> _Filled:
    """What a row changes in its figure."""
    node = figures.nodes[name]
    if not isinstance(node, Mapping) or not node.entries:
        raise Unfit(f"`{name}` has no fields in the file yet", "write its `label` first")
    record = Record(figures.page, node)
    given = NO_VALUE.get(row.value.lower())
    given_text = given or number_text(row, name, record.text("unit") or "count")
    texts, edits, gone = _value(record, given_text, is_word=given is not None)
    if texts and (confirmed := record.words("confirmed")):
        texts["confirmed"] = confirmed, ""
        edits += record.remove("confirmed")
    for field_name, text in (("source", row.source), ("as_at", row.as_at), ("note", row.note)):
        old = record.text(field_name) or ""
        if text and not same(field_name, old, text):
            texts[field_name] = old, text
            edits += record.set(field_name, text, gone=gone)
    if overlap(edits):
        raise CannotChange(next(iter(texts)))
    label = figures.labels[name]
    return [Change(name, label, its, *both, row) for its, both in texts.items()], edits


def _value(
    record: Record, text: str, *, is_word: bool
) -> tuple[dict[str, tuple[str, str]], list[Edit], str]:
    """Give a figure its value, or the word for why it has none; the other of the two goes.

    Returns:
        What changes, the edits for it, and which field's line is taken out, if one is.
    """
    mine, other = ("no_value", "value") if is_word else ("value", "no_value")
    old, old_other = record.text(mine), record.text(other)
    texts = {}
    if not same(mine, old or "", text):
        texts[mine] = old or "", text
    if old_other:
        texts[other] = old_other, ""
    if old is None and old_other is not None:
        return texts, record.rename(other, mine, text), ""
    gone = other if old_other else ""
    edits = record.set(mine, text, gone=gone) if mine in texts else []
    return texts, edits + (record.remove(other) if gone else []), gone


def _flat(node: Node | None, path: str = "") -> dict[str, str]:
    """The texts of a file by their paths."""
    match node:
        case Mapping():
            parts = ((entry.key.value, entry.value) for entry in node.entries)
        case Sequence():
            parts = ((str(at), item) for at, item in enumerate(node.items))
        case Scalar(value=value):
            return {path: value} if value else {}
        case None:
            return {}
    return {
        key: text for name, part in parts for key, text in _flat(part, f"{path}/{name}").items()
    }
