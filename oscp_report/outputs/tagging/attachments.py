"""What is embedded in the PDF: named once, and of the kind that it is."""

from __future__ import annotations

from typing import Any

KINDS = {
    ".csv": "/text/csv",
    ".json": "/application/json",
    ".yaml": "/application/yaml",
    ".yml": "/application/yaml",
}
"""Media types, so that they do not hang on what a machine knows (RFC 4180, 8259, 9512)."""


def settle(pdf: Any) -> None:
    """Name each attachment once, and give it its media type."""
    import pikepdf

    once = {filespec.objgen: filespec for filespec in pdf.Root.get("/AF", [])}
    if not once:
        return
    pdf.Root.AF = pikepdf.Array(once.values())
    for filespec in once.values():
        name = str(filespec.get("/UF", filespec.get("/F", ""))).lower()
        kind = next((kind for ending, kind in KINDS.items() if name.endswith(ending)), None)
        if kind:
            filespec.EF.F.Subtype = pikepdf.Name(kind)
