"""What a PDF's structure says, read by other means than those that wrote it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

UNSEEN = {"skip-link", "masthead", "contents", "abbreviations", "accessibility"}
VOID = {"br", "hr", "img", "meta", "link", "input"}


def elements(element: Any) -> Iterator[Any]:
    """The structure elements below one, as they are read; ``pikepdf`` dictionaries."""
    import pikepdf

    for kid in kids_of(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def kids_of(element: Any) -> list[Any]:
    """What is right below a structure element."""
    import pikepdf

    kids = element.get("/K", pikepdf.Array())
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def attribute(element: Any, owner: str, name: str) -> Any:
    """An attribute of a structure element, or None."""
    import pikepdf

    given = element.get("/A", pikepdf.Array())
    for attributes in given if isinstance(given, pikepdf.Array) else [given]:
        if owner == attributes.O and name in attributes:
            return attributes[name]
    return None


def texts_of_page(page: Any) -> dict[int, str]:
    """The text of each marked content of a page, by its number."""
    import pikepdf

    fonts = {name: characters(font) for name, font in page.Resources.Font.items()}
    texts: dict[int, str] = {}
    font: dict[bytes, str] = {}
    at: list[Any] = []
    for instruction in pikepdf.parse_content_stream(page):
        operands = instruction.operands
        match str(instruction.operator):
            case "BDC":
                at.append(operands[1].get("/MCID"))
            case "BMC":
                at.append(None)
            case "EMC":
                at.pop()
            case "Tf":
                font = fonts[str(operands[0])]
            case "TJ":
                pieces = (bytes(each) for each in operands[0] if isinstance(each, pikepdf.String))
                glyphs = b"".join(pieces)
                text = "".join(font[glyphs[n : n + 2]] for n in range(0, len(glyphs), 2))
                number = at[-1] if at else None
                if number is not None:
                    texts[int(number)] = texts.get(int(number), "") + text
    return texts


def characters(font: Any) -> dict[bytes, str]:
    """What each glyph of a font stands for, by its ToUnicode table of single glyphs."""
    pairs = re.findall(rb"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>", font.ToUnicode.read_bytes())
    return {
        bytes.fromhex(glyph.decode()): bytes.fromhex(text.decode()).decode("utf-16-be")
        for glyph, text in pairs
    }


def text_of_structure(pdf: Any) -> tuple[str, list[str]]:
    """The text below the structure as it is read, without spaces, and the labels of lists."""
    pages = {page.objgen: texts_of_page(page) for page in pdf.pages}
    text, labels = list[str](), list[str]()

    def read(element: Any, into: list[str]) -> None:
        for kid in kids_of(element):
            if isinstance(kid, int):
                into.append(pages[element.Pg.objgen].get(kid, ""))
            elif "/MCID" in kid:
                into.append(pages[kid.Pg.objgen].get(int(kid.MCID), ""))
            elif kid.get("/S") == "/Lbl":
                label: list[str] = []
                read(kid, label)
                labels.append("".join(label))
            elif "/S" in kid:
                read(kid, into)

    read(pdf.Root.StructTreeRoot, text)
    return bare("".join(text)), labels


def text_by_poppler(pdfinfo: str, path: Path) -> str:
    """All text below the structure as poppler reads it, which takes seconds, without spaces."""
    done = subprocess.run(
        [pdfinfo, "-struct-text", str(path)], capture_output=True, encoding="utf-8", check=True
    )
    return bare("".join(re.findall(r'^ *"(.*)"$', done.stdout, re.MULTILINE)))


def bare(text: str) -> str:
    """A text without the spaces, which the end of a line may take away."""
    return "".join(text.split())


class _Text(HTMLParser):
    """Collects the text that is drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        names = set((dict(attrs).get("class") or "").split())
        unseen = tag in {"head", "title"} or bool(names & UNSEEN)
        self._open.append((tag, unseen or (bool(self._open) and self._open[-1][1])))

    def handle_endtag(self, tag: str) -> None:
        while tag in (name for name, _ in self._open):
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if not (self._open and self._open[-1][1]):
            self.found.append(data)


def text_of_page(html: str) -> str:
    """The text of a page in its own order, without spaces and without what is not printed."""
    reader = _Text()
    reader.feed(html)
    reader.close()
    return bare("".join(reader.found))


def link_targets(pdf: Any) -> list[list[str]]:
    """Where the links of each page lead, with where they are on it."""
    return [
        [
            f"{note.get('/Dest', '')}{note.A.URI if '/A' in note else ''} at {list(note.Rect)}"
            for note in page.get("/Annots", [])
        ]
        for page in pdf.pages
    ]
