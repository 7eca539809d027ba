"""Mutants of the good file: one fault each, made with pikepdf, and the condition meant for it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from tests.inspection.good_file import good_file, saved

Change = Callable[["Desk"], None]


@dataclass
class Desk:
    """The good file, opened, and how it will be saved."""

    pdf: Pdf
    options: dict[str, Any]

    @property
    def root(self) -> Any:
        return self.pdf.Root

    @property
    def tree(self) -> Any:
        return self.root.StructTreeRoot

    def all(self, kind: str) -> list[Any]:
        """The elements of a type, in reading order."""
        found, waiting = [], [self.tree]
        while waiting:
            element = waiting.pop()
            if element.get("/S") == Name(f"/{kind}"):
                found.append(element)
            kids = element.get("/K", [])
            waiting += reversed([kid for kid in kids if "/S" in kid])
        return found

    def one(self, kind: str, at: int = 0) -> Any:
        return self.all(kind)[at]

    def remake(self, kind: str, into: str, at: int = 0) -> None:
        """Give an element another type."""
        self.one(kind, at).S = Name(f"/{into}")

    def page(self, number: int = 2) -> Any:
        return self.pdf.pages[number - 1].obj

    def edit(self, old: str, new: str, number: int = 2) -> None:
        """Change the first place on a page that says ``old``."""
        page = self.page(number)
        drawn = page.Contents.read_bytes().decode()
        assert old in drawn
        page.Contents = self.pdf.make_stream(drawn.replace(old, new, 1).encode())

    def draw(self, instructions: str, number: int = 2) -> None:
        """Add instructions at the end of a page."""
        page = self.page(number)
        drawn = page.Contents.read_bytes() + b"\n" + instructions.encode()
        page.Contents = self.pdf.make_stream(drawn)

    def describe(self, old: str, new: str) -> None:
        """Change the metadata."""
        said = self.root.Metadata.read_bytes().decode()
        assert old in said
        self.root.Metadata.write(said.replace(old, new).encode())

    def annotation(self, kind: str) -> Any:
        return next(
            each
            for page in self.pdf.pages
            for each in page.obj.Annots
            if each.Subtype == Name(f"/{kind}")
        )

    def put(self, parent: Any, kind: str, at: int | None = None, **more: Any) -> Any:
        """Put a new element without content into another."""
        made = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), P=parent, K=Array(), **more)
        )
        kids = list(parent.K)
        kids.insert(len(kids) if at is None else at, made)
        parent.K = Array(kids)
        return made

    def owners(self, number: int = 2) -> Any:
        return self.tree.ParentTree.Nums[2 * number - 1]

    def mark_of(self, element: Any) -> int:
        """The number of the first mark of an element."""
        return int(next(kid for kid in element.K if "/MCID" in kid).MCID)

    def move(self, element: Any, into: Any) -> None:
        """Move an element to the end of another."""
        own = element.objgen
        element.P.K = Array([kid for kid in element.P.K if kid.objgen != own])
        element.P = into
        into.K.append(element)

    @property
    def font(self) -> Any:
        return self.page().Resources.Font.F1


@dataclass(frozen=True)
class Mutant:
    """A fault, the condition that must find it, and those that cannot but find it too."""

    name: str
    code: str
    change: Change
    also: frozenset[str]

    def made(self) -> bytes:
        with pikepdf.open(io.BytesIO(good_file())) as pdf:
            desk = Desk(pdf, {})
            self.change(desk)
            return saved(pdf, **desk.options)


MUTANTS: dict[str, Mutant] = {}


def mutant(code: str, *also: str) -> Callable[[Change], Change]:
    def register(change: Change) -> Change:
        name = change.__name__.replace("_", " ").strip()
        assert name not in MUTANTS
        MUTANTS[name] = Mutant(name, code, change, frozenset(also))
        return change

    return register
