"""What a page knew of its elements and WeasyPrint's PDF does not say.

A PDF of WeasyPrint 70.0 has one structure element for every piece of an element that a line or a
page's end cut off, and none of them says which element it is of. Its language, the scope of a
header cell and the style of a list's numbers are not written at all. The one place where boxes and
structure elements meet is a private function, so it is watched, and the version is checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

WEASYPRINT = "70.0"
"""The version whose tagging was read, and which ``repairing`` has been tried on."""

VARIANT = "pdf/a-3a"
"""What is made: PDF 1.7 to be kept for ever, tagged, which may carry files of any kind."""

UNFINISHED = {"pdf_identifier": False, "uncompressed_pdf": True}
"""The file that ``repairing`` saves is packed and has an identifier. WeasyPrint would write every
object a second time for one, and pack what is unpacked right away."""

DECORATIVE = ("presentation", "none")
"""The values of ``role`` that say in so many words that a picture says nothing."""

BLOCKS = ("blockquote", "br", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "p", "td", "th")
"""Elements whose text does not run on into what is beside them."""

CALL, MARKER = "::footnote-call", "::footnote-marker"
"""What CSS puts in a footnote's place, and before the footnote, with its number."""

NO_ELEMENT = -1


@dataclass(frozen=True, slots=True)
class Source:
    """An element of the page.

    ``tag`` is its name without a namespace. ``lang`` is its own attribute, not one above it.
    ``marker`` is the ``list-style-type`` of a list item. ``words`` is a link's text, with the
    alternative texts of the pictures in it.
    """

    tag: str
    lang: str = ""
    scope: str = ""
    marker: str = ""
    words: str = ""
    is_decorative: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A box that became a structure element: the whole of an element, or a piece.

    ``source`` is the element's place among ``StructureFacts.sources``, or ``NO_ELEMENT``. ``name``
    is its tag, with the pseudo-element (``li::marker``). ``order`` counts boxes as they are read.
    ``is_repeated`` is true of what a style sheet puts on every page (``position: fixed``), and
    ``is_picture`` of a picture that it adds (``content: url(...)``).
    """

    source: int
    name: str
    order: int
    is_inline: bool = False
    is_repeated: bool = False
    is_picture: bool = False


@dataclass(frozen=True, slots=True)
class StructureFacts:
    """What ``repair`` has to know of one PDF.

    ``parts`` goes by the object numbers of structure elements. ``margins`` says for the marked
    content in a page's margins, by the page's index and the content's number, at which edge it
    stands: ``top``, ``bottom``, ``left`` or ``right``.
    """

    sources: tuple[Source, ...] = ()
    parts: Mapping[int, Part] = field(default_factory=dict)
    margins: Mapping[tuple[int, int], str] = field(default_factory=dict)


def footnotes_of(parts: Mapping[int, Part]) -> frozenset[int]:
    """The elements, by their places among the sources, that a style sheet makes footnotes of."""
    return frozenset(part.source for part in parts.values() if part.name.endswith(CALL))


def note_role(part: Part) -> str:
    """What a part of a footnote is."""
    if part.name.endswith(CALL):
        return "Reference"
    return "Lbl" if part.name.endswith(MARKER) else "Note"


class Recorder:
    """Collects the facts while WeasyPrint builds its structure."""

    def __init__(self) -> None:
        self._elements: dict[Any, int] = {}  # the element itself is the key, so that it lives
        self._sources: list[Source] = []
        self._parts: dict[int, Part] = {}
        self._margins: dict[tuple[int, int], str] = {}
        self._boxes = 0

    def facts(self) -> StructureFacts:
        """What has been seen so far."""
        return StructureFacts(tuple(self._sources), self._parts, self._margins)

    def next_order(self) -> int:
        """The number of the next box."""
        self._boxes += 1
        return self._boxes

    def see(self, number: int, box: Any, order: int, *, is_inline: bool, is_replaced: bool) -> None:
        """Keep whose structure element it is; a wrapper's call comes later, and changes nothing."""
        if number not in self._parts:
            tag = box.element_tag or ""
            is_repeated = box.style["position"] == "fixed"
            is_picture = is_replaced and "::" in tag
            self._parts[number] = Part(
                self._source(box), tag, order, is_inline, is_repeated, is_picture
            )

    def see_margin(self, page: int, numbers: Iterator[int], keyword: str) -> None:
        """Keep the edge that marked content of a margin box stands at."""
        edge = keyword.removeprefix("@").partition("-")[0]
        self._margins.update(((page, number), edge) for number in numbers)

    def _source(self, box: Any) -> int:
        if box.element is None:
            return NO_ELEMENT
        known = self._elements.setdefault(box.element, len(self._sources))
        if known == len(self._sources):
            self._sources.append(source_of(box.element, box.style))
        return known


def source_of(element: Any, style: Any) -> Source:
    """The facts of one element, an ``xml.etree`` one, with its computed style."""
    tag = local_name(element.tag)
    marker = style["list_style_type"] if tag == "li" else ""
    return Source(
        tag=tag,
        lang=element.get("lang") or element.get("{http://www.w3.org/XML/1998/namespace}lang") or "",
        scope=element.get("scope", "").lower() if tag == "th" else "",
        marker=marker if isinstance(marker, str) else "",
        words=" ".join("".join(words_of(element)).split()) if tag == "a" else "",
        is_decorative=element.get("role") in DECORATIVE,
    )


def local_name(tag: object) -> str:
    """An element's name without its namespace; empty for a comment."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def words_of(element: Any) -> Iterator[str]:
    """The text below an element, a picture's being its alternative text."""
    tag = local_name(element.tag)
    if tag == "svg":
        titles = (child.text for child in element if local_name(child.tag) == "title")
        yield next(titles, None) or ""
        return
    if tag == "img":
        yield element.get("alt", "")
    if tag in BLOCKS:
        yield " "
    if tag:
        yield element.text or ""
    for child in element:
        yield from words_of(child)
        yield child.tail or ""
    if tag in BLOCKS:
        yield " "


def written(
    weasyprint: Any, document: Any, finisher: Callable[[Any, Any], None]
) -> tuple[bytes, StructureFacts]:
    """The PDF of a document that was rendered as ``VARIANT``, and its facts.

    Raises:
        RuntimeError: as ``recording``.
    """
    with recording(weasyprint) as recorder:
        pdf: bytes = document.write_pdf(finisher=finisher, pdf_variant=VARIANT, **UNFINISHED)
    return pdf, recorder.facts()


@contextmanager
def recording(weasyprint: Any) -> Iterator[Recorder]:
    """Write down the facts of the PDF that is written meanwhile. ``weasyprint`` is the package.

    Raises:
        RuntimeError: it is of another version than the one whose tagging is known.
    """
    if weasyprint.__version__ != WEASYPRINT:
        raise RuntimeError(f"tagging is made for WeasyPrint {WEASYPRINT}")
    tags = weasyprint.pdf.tags
    boxes, build = tags.boxes, tags._build_box_tree
    recorder = Recorder()

    def watched(
        box: Any, parent: Any, pdf: Any, page: int, numbers: dict[int, Any], *more: Any
    ) -> Iterator[Any]:
        order, is_margin = recorder.next_order(), isinstance(box, boxes.MarginBox)
        before = set(numbers) if is_margin else set()
        for element in build(box, parent, pdf, page, numbers, *more):
            real = getattr(box, "_box", box)
            is_inline = isinstance(real, boxes.InlineLevelBox)
            is_replaced = isinstance(real, boxes.ReplacedBox)
            recorder.see(element.number, box, order, is_inline=is_inline, is_replaced=is_replaced)
            yield element
        if is_margin:
            recorder.see_margin(page, (n for n in numbers if n not in before), box.at_keyword)

    tags._build_box_tree = watched
    try:
        yield recorder
    finally:
        tags._build_box_tree = build
