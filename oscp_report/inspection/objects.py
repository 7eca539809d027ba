"""Reading the objects of a PDF that anybody may have made: wrong types and absences become None.

Nothing here raises on any object, and nothing follows a reference more often than it was asked to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from typing import Any

MOST_ITEMS = 200_000
"""Items of one array, or entries of one dictionary, that are looked at."""
LONGEST_STREAM = 32 * 2**20
"""Bytes of one stream, unpacked. A megabyte of Flate can hold a gigabyte of spaces."""
LONGEST_LZW = 2**18
"""Bytes of one stream packed with LZW, which has no limit in qpdf and grows up to 2,500 times."""

_TOKEN = re.compile(rb"\((?:[^\\()]|\\.)*\)|<[0-9A-Fa-f]*>|[^\s\[\]()<>]+", re.DOTALL)
"""A string or a number as qpdf writes it out."""

Identity = tuple[int, int]
"""The object's number and generation: ``(0, 0)`` for one that stands inside another."""

LIMITS = {
    "doc_max_warnings": 1_000,
    "parser_max_container_size": 1_000_000,
    "max_stream_filters": 4,
    "flate_max_memory": LONGEST_STREAM,
    "png_max_memory": LONGEST_STREAM,
    "run_length_max_memory": LONGEST_STREAM,
    "tiff_max_memory": LONGEST_STREAM,
}
"""What qpdf may use up for one object; its own defaults for most of these are endless."""


@contextmanager
def limited() -> Iterator[None]:
    """Keep qpdf within ``LIMITS``, which hold for the whole process, for as long as this lasts."""
    from pikepdf import settings

    before = settings.set_qpdf_limits(**LIMITS)  # type: ignore[arg-type]  # all are numbers
    try:
        yield
    finally:
        settings.set_qpdf_limits(**before)  # type: ignore[arg-type]  # what it returned itself


def value(holder: Any, *keys: str) -> Any:
    """What stands in a dictionary or a stream under a key, and under the next key in that."""
    for key in keys:
        if holder is None:
            return None
        try:
            holder = holder.get(f"/{key}")
        except Exception:  # no dictionary; or a broken one, which fails in ways that nobody lists
            return None
    return holder


def first(holders: Iterable[Any], key: str) -> Any:
    """What stands under a key in the first of some dictionaries that has it."""
    held = (value(holder, key) for holder in holders)
    return next((found for found in held if found is not None), None)


def is_dictionary(found: Any) -> bool:
    """Whether an object is a dictionary that is no stream."""
    import pikepdf

    return isinstance(found, pikepdf.Dictionary)


def is_stream(found: Any) -> bool:
    """Whether an object is a stream."""
    import pikepdf

    return isinstance(found, pikepdf.Stream)


def is_array(found: Any) -> bool:
    """Whether an object is an array."""
    import pikepdf

    return isinstance(found, pikepdf.Array)


def name(found: Any) -> str:
    """A name without its slash, or nothing."""
    import pikepdf

    try:
        return str(found)[1:] if isinstance(found, pikepdf.Name) else ""
    except Exception:  # a name need not be UTF-8
        return "?"


def text(found: Any) -> str | None:
    """A text string, or None."""
    import pikepdf

    try:
        return str(found) if isinstance(found, pikepdf.String) else None
    except Exception:  # a string that says that it is UTF-16 and is not
        return ""


def raw_bytes(found: Any) -> bytes:
    """The bytes of a string, or none."""
    import pikepdf

    return bytes(found) if isinstance(found, pikepdf.String) else b""


def shown_parts(found: Any) -> list[bytes | float]:
    """The strings of what a text operator shows, and the gaps between them.

    A line of text is a hundred strings of a letter each. Written out and read here, the array costs
    one step into pikepdf in place of two hundred.
    """
    try:
        tokens = _TOKEN.findall(found.unparse())
    except Exception:  # no object of a file, or one in it that cannot be read
        return []
    return [_part(token) for token in islice(tokens, MOST_ITEMS)]


@lru_cache(maxsize=1 << 14)
def _part(token: bytes) -> bytes | float:
    import pikepdf

    if token[:1] in b"(<":
        return raw_bytes(pikepdf.Object.parse(token))
    return number(token) or 0.0


def number(found: Any) -> float | None:
    """A number, or None."""
    if isinstance(found, bool) or found is None:
        return None
    try:
        return float(found)
    except (TypeError, ValueError, OverflowError):
        return None


def whole(found: Any) -> int | None:
    """A whole number, or None."""
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def items(found: Any) -> list[Any]:
    """The items of an array; of anything else none."""
    if not is_array(found):
        return []
    try:
        return list(islice(found, MOST_ITEMS))
    except Exception:  # an item of it that cannot be read
        return []


def one_or_more(found: Any) -> list[Any]:
    """The items of an array, or the one thing that stands in its place."""
    if found is None:
        return []
    return items(found) if is_array(found) else [found]


def entries(found: Any) -> list[tuple[str, Any]]:
    """The keys of a dictionary or stream, without the slash, each with what stands there."""
    if not (is_dictionary(found) or is_stream(found)):
        return []
    try:
        keys = [str(key)[1:] for key in islice(found.keys(), MOST_ITEMS)]
    except Exception:  # a key that is not UTF-8
        return []
    return [(key, value(found, key)) for key in keys]


def identity(found: Any) -> Identity:
    """The number and generation of an object; ``(0, 0)`` for one inside another, or no object."""
    objgen = getattr(found, "objgen", (0, 0))
    return (int(objgen[0]), int(objgen[1]))


def unpacked(stream: Any) -> bytes | None:
    """What a stream holds; None if it cannot be unpacked, or is too large."""
    if not is_stream(stream):
        return None
    try:
        filters = {name(item) for item in one_or_more(value(stream, "Filter"))}
        grows = not filters.isdisjoint({"LZWDecode", "LZW"})
        if grows and len(stream.read_raw_bytes()) > LONGEST_LZW:
            return None
        found = bytes(stream.read_bytes())
    except Exception:  # damaged, encrypted, or of a kind that qpdf does not unpack
        return None
    return found if len(found) <= LONGEST_STREAM else None


def tree_items(root: Any, leaf: str) -> Iterator[tuple[Any, Any]]:
    """The pairs of a number tree (``leaf`` is ``Nums``) or of a name tree (``Names``).

    A tree that runs in a circle is walked once.
    """
    waiting, seen, count = [root], set(), 0
    while waiting and count < MOST_ITEMS:
        node = waiting.pop()
        count += 1
        if (number := identity(node)) != (0, 0):
            if number in seen:
                continue
            seen.add(number)
        pairs = items(value(node, leaf))
        count += len(pairs)
        yield from zip(pairs[::2], pairs[1::2], strict=False)
        waiting += reversed(items(value(node, "Kids")))
