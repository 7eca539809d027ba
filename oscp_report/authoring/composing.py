"""A new file in data/, written out with comments beside and above what it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import TypeAlias

from oscp_report.authoring.shaping import shaped
from oscp_report.authoring.styles import WIDTH, inline, written
from oscp_report.wording import one_line

Value: TypeAlias = "str | Noted | Sequence[Value] | Mapping[str, Value] | None"
"""A text, a list, or fields by name; None is a field left empty."""

INDENT = 2


@dataclass(frozen=True, slots=True)
class Noted:
    """A value with comments: each of ``above`` begins a line of its own, ``beside`` follows it."""

    value: Value
    above: tuple[str, ...] = ()
    beside: str = ""


def composed(head: Sequence[str], fields: Mapping[str, Value], file: str) -> bytes:
    """A file with comments at its head, in its canonical shape.

    Raises:
        RuntimeError: what was written cannot be read; a fault in this program.
    """
    lines = [*(f"# {line}".rstrip() for line in head), ""]
    for name, value in fields.items():
        lines += _field(name, value, 0)
    result = shaped("\n".join((*lines, "")).encode(), file)
    if result.diagnostics:
        raise RuntimeError(f"{file}, as it was written, cannot be read: {result.diagnostics[:1]}")
    return result.data


def _field(name: str, value: Value, indent: int) -> list[str]:
    return _part(f"{inline(name)}:", value, indent)


def _part(lead: str, value: Value, indent: int) -> list[str]:
    """A field or a list item, ``indent`` spaces in, with its comments."""
    noted = value if isinstance(value, Noted) else Noted(value)
    while isinstance(noted.value, Noted):
        inner = noted.value
        noted = Noted(inner.value, (*noted.above, *inner.above), noted.beside or inner.beside)
    pad = " " * indent
    remarks = [line for note in noted.above for line in _remark(note, indent)]
    own = _value(noted.value, pad + lead, indent + INDENT)
    if noted.beside:
        own[0] += f"  # {one_line(noted.beside)}"
    return [*remarks, *own]


def _value(value: Value, lead: str, indent: int) -> list[str]:
    if value is None:
        return [lead]
    if isinstance(value, str):
        return written(value, lead, indent)
    assert not isinstance(value, Noted), "its comments would be lost"
    lines = [lead]
    if isinstance(value, Mapping):
        for name, inner in value.items():
            lines += _field(name, inner, indent)
    else:
        for item in value:
            lines += _part("-", _lifted(item), indent)
    return lines


def _lifted(item: Value) -> Value:
    """A list item with the comments above its first field above itself."""
    if not isinstance(item, Mapping) or not item:
        return item
    name, first = next(iter(item.items()))
    if not isinstance(first, Noted):
        return item
    return Noted({**item, name: Noted(first.value, beside=first.beside)}, first.above)


def _remark(note: str, indent: int) -> list[str]:
    pad = f"{' ' * indent}# "
    width = max(WIDTH - len(pad), WIDTH // 2)
    return [
        pad + line
        for line in wrap(one_line(note), width, break_long_words=False, break_on_hyphens=False)
    ]
