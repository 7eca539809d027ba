"""Rows of figures from a spreadsheet that a partner sends: a workbook (.xlsx) or a .csv."""

from __future__ import annotations

from pathlib import Path

from oscp_report.authoring.rows import (
    MOST_COLUMNS,
    MOST_ROWS,
    SAVE_AS,
    Grid,
    Row,
    Table,
    clean,
    header_of,
    no_header,
    table_of,
    too_large,
)
from oscp_report.errors import ReportError

__all__ = ["Row", "Table", "read_rows"]

MOST_BYTES = 5 << 20
_OLD_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an .xls begins, and a workbook with a password: Microsoft's compound file."""


def read_rows(path: Path) -> Table:
    """Read every sheet that is shown and has a header: ``id`` or ``label``, and ``value``.

    ``figure`` or ``indicator`` may stand for either name; ``source``, ``as at`` and ``note`` are
    read as well, in any order, and other columns left alone.

    Raises:
        ReportError: the file is missing, not a spreadsheet, too large, protected by a password, or
            not written so that what it shows can be trusted.
    """
    data = _content(path)
    name = path.name
    if data.startswith(_OLD_FILE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise ReportError(
                f"`{name}` is protected by a password",
                fix="save a copy without the password: File, Info, Protect Workbook",
            )
        raise ReportError(f"`{name}` is a workbook of the old kind (.xls)", fix=SAVE_AS)
    if data.startswith(b"PK"):
        from oscp_report.authoring.workbook import table_of_workbook

        return table_of_workbook(data, name)
    if path.suffix.lower() not in (".csv", ".txt", ".tsv"):
        raise ReportError(f"`{name}` is not a spreadsheet", fix=f"{SAVE_AS}, or as .csv")
    return _table_of_text(data, name)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise ReportError(
            f"there is no file `{path.name}`", fix="check the name, and the folder it is in"
        ) from None
    except PermissionError:
        raise ReportError(
            f"`{path.name}` cannot be opened",
            fix="close it in Excel, and check that it is a file you may read",
        ) from None
    except OSError as error:
        why = (error.strerror or "the system gave no reason").lower()
        raise ReportError(f"`{path.name}` cannot be read: {why}", fix="copy it here") from None
    if len(data) > MOST_BYTES:
        raise too_large(path.name)
    if not data.strip():
        raise ReportError(f"`{path.name}` is empty", fix="ask for the file again")
    return data


def _table_of_text(data: bytes, name: str) -> Table:
    import csv

    text = _decoded(data, name)
    found = None
    for delimiter in ",;\t":
        reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
        rows, start = [], 1
        try:
            for cells in reader:
                rows.append((start, tuple(map(clean, cells[:MOST_COLUMNS]))))
                start = reader.line_num + 1
                if len(rows) > MOST_ROWS:
                    raise too_large(name)
        except csv.Error:
            continue
        grid = Grid(name, lambda row: f"{name}:{row}", tuple(rows))
        if header := header_of(grid):
            return table_of(grid, header)
        found = found or grid
    if found is None:
        raise ReportError(f"`{name}` cannot be read as .csv", fix=SAVE_AS)
    raise no_header([found.place])


def _decoded(data: bytes, name: str) -> str:
    """The text of a .csv as Excel saves it: UTF-8, its "Unicode text", or Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = [] if b"\0" in data else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ReportError(f"`{name}` is not a spreadsheet", fix=f"{SAVE_AS}, or as .csv")
