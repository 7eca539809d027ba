"""PDFs that carry files, whatever they are named and however they are packed, made by hand."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

Change = Callable[[Pdf], None]


def blank(*changes: Change, **saving: Any) -> bytes:
    """A PDF of one empty page, changed."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        for change in changes:
            change(pdf)
        out = io.BytesIO()
        pdf.save(out, **saving)
        return out.getvalue()


def stream(pdf: Pdf, data: bytes, **keys: Any) -> Any:
    """A stream as it is given, whatever it says of itself."""
    made = pdf.make_stream(data)
    for key, value in keys.items():
        made[f"/{key}"] = value
    return pdf.make_indirect(made)


def filespec(pdf: Pdf, name: str, data: Any, other: str | None = None) -> Any:
    """A file in a PDF, by its two names."""
    held = data if isinstance(data, pikepdf.Stream) else stream(pdf, data)
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String(other if other is not None else name),
            UF=String(name),
            EF=Dictionary(F=held, UF=held),
        )
    )


def lists(pdf: Pdf, *pairs: tuple[str, Any]) -> None:
    """Name files in the document's list of them."""
    names = [each for key, held in pairs for each in (String(key), held)]
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array(names)))


def carrying(*files: tuple[str, bytes]) -> bytes:
    """A PDF that carries these files."""
    return blank(lambda pdf: lists(pdf, *((n, filespec(pdf, n, data)) for n, data in files)))
