"""Taking out what a PDF carries. The PDF may be anybody's, and its names and sizes may be traps."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unicodedata import normalize

from oscp_report.errors import ReportError
from oscp_report.inspection.objects import (
    LONGEST_STREAM,
    identity,
    is_dictionary,
    items,
    limited,
    text,
    tree_items,
    unpacked,
    value,
)
from oscp_report.wording import quoted

MOST_FILES = 500
MOST_BYTES = 2 * LONGEST_STREAM
"""Bytes of all files together, unpacked."""
LONGEST_NAME = 120

_TRUST = "do not trust this PDF: ask whoever sent it for the file by itself"
# What leads to another folder, to a device or to a part of a file, on one system or another.
_FORBIDDEN = re.compile(r'[/\\:*?"<>|]|^[.~\s-]|[.\s]$')
_DEVICE = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])\s*(?:\..*)?"
)


class Unsafe(ReportError):
    """A PDF carries what must not be written to a disk."""


def extract(pdf: bytes) -> Mapping[str, bytes]:
    """The files that a PDF carries, by name, in the order of their names.

    A name is one that every system takes for a plain file in the folder that it is put in.

    Raises:
        ReportError: this is no PDF, it is broken, or it opens with a password only.
        Unsafe: a file's name leads elsewhere or is not the only one, or there are too many files,
            or one that is broken or too large.
    """
    found: dict[str, bytes] = {}
    taken: set[str] = set()
    total = 0
    with opened(pdf) as document:
        for filespec in _filespecs(document):
            name = _name(filespec)
            # Windows and macOS do not tell capital letters, and macOS not how an accent is written.
            if (same := normalize("NFKC", name).casefold()) in taken:
                raise Unsafe(f"the PDF carries two files named {shown(name)}", fix=_TRUST)
            taken.add(same)
            found[name] = _data(filespec, name)
            total += len(found[name])
            if total > MOST_BYTES or len(found) > MOST_FILES:
                raise Unsafe("the PDF carries too many files, or too large ones", fix=_TRUST)
    return dict(sorted(found.items()))


@contextmanager
def opened(pdf: bytes) -> Iterator[Any]:
    """A PDF as ``pikepdf`` opens it, within the limits for a hostile one.

    Raises:
        ReportError: it cannot be opened.
    """
    import pikepdf

    with limited():
        try:
            document = pikepdf.open(io.BytesIO(pdf))
        except pikepdf.PasswordError as error:
            fix = "save it without a password, and try again"
            raise ReportError("the PDF opens with a password only", fix=fix) from error
        except Exception as error:  # pikepdf does not list what it raises on bytes that are no PDF
            is_pdf = pdf[:1024].lstrip().startswith(b"%PDF-")
            message = "the PDF is damaged" if is_pdf else "this is no PDF"
            fix = "get it again from where it is published" if is_pdf else "name a file that is one"
            raise ReportError(message, fix=fix) from error
        with document:
            yield document


def _filespecs(document: Any) -> Iterator[Any]:
    """What the document lists as its files, and what it says is associated with it, once each."""
    try:
        root = document.Root
    except Exception:  # a file without a catalogue
        return
    listed = (held for _, held in tree_items(value(root, "Names", "EmbeddedFiles"), "Names"))
    seen = set()
    for filespec in (*listed, *items(value(root, "AF"))):
        number = identity(filespec)
        if number in seen and number != (0, 0):
            continue
        seen.add(number)
        if is_dictionary(filespec) and value(filespec, "EF") is not None:
            yield filespec


def _name(filespec: Any) -> str:
    name = text(value(filespec, "UF")) or text(value(filespec, "F")) or ""
    if is_plain(name):
        return name
    message = f"the PDF carries a file whose name is not a plain one: {shown(name)}"
    raise Unsafe(message, fix=_TRUST)


def is_plain(name: str) -> bool:
    """Whether a name is that of a plain file, in the folder that it is put in, on every system."""
    return (
        0 < len(name.encode("utf-8", "replace")) <= LONGEST_NAME
        and name.isprintable()
        and not _FORBIDDEN.search(normalize("NFKC", name))
        and not _DEVICE.fullmatch(normalize("NFKC", name).casefold())
    )


def shown(name: str) -> str:
    """The start of a name for a message, without what would make a terminal do something."""
    return quoted(printable(name), 80)


def printable(text: str) -> str:
    """A text out of a PDF with ``?`` for each character that could make a terminal do something."""
    return "".join(c if c.isprintable() else "?" for c in text)


def _data(filespec: Any, name: str) -> bytes:
    streams = (value(filespec, "EF", key) for key in ("UF", "F"))
    data = unpacked(next((stream for stream in streams if stream is not None), None))
    if data is None:
        message = f"the file {shown(name)} in the PDF is damaged or too large"
        raise Unsafe(message, fix="get the PDF again from where it is published")
    return data
