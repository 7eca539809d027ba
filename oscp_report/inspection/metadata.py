"""The description of a PDF in XMP, read with care: it is XML that anybody may have written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from oscp_report.inspection.objects import unpacked

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element as Node

LONGEST = 4 * 2**20
"""Bytes of metadata that are read. A report has some four thousand."""

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
PDFUA_ID = "{http://www.aiim.org/pdfua/ns/id/}"
PDFA_ID = "{http://www.aiim.org/pdfa/ns/id/}"
PDFA_SCHEMA = "{http://www.aiim.org/pdfa/ns/schema#}"
PDFA_PROPERTY = "{http://www.aiim.org/pdfa/ns/property#}"
PDFA_EXTENSION = "{http://www.aiim.org/pdfa/ns/extension/}"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the metadata says. ``present`` is whether there is any; ``fault`` why it says nothing.

    ``values`` holds the texts of each property by its full name, ``{namespace}name``.
    ``described`` holds the property names that extension schemas describe, by namespace.
    """

    present: bool = False
    fault: str = ""
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    described: dict[str, frozenset[str]] = field(default_factory=dict)

    def first(self, name: str) -> str:
        """The first text of a property that is not empty, or ''."""
        return next((found for found in self.values.get(name, ()) if found.strip()), "").strip()


def read_metadata(stream: Any) -> Metadata:
    """The metadata of a file, from the stream that holds it."""
    if stream is None:
        return Metadata()
    data = unpacked(stream)
    if data is None or len(data) > LONGEST:
        return Metadata(present=True, fault="cannot be unpacked, or is too large")
    return parsed(data)


def parsed(data: bytes) -> Metadata:
    """The metadata in an XMP packet."""
    from xml.etree import ElementTree

    try:
        packet = _decoded(data)
        if "<!DOCTYPE" in packet or "<!ENTITY" in packet:
            return Metadata(present=True, fault="defines entities, which no metadata may")
        # The parser fetches nothing, and a file that defines entities was refused.
        root = ElementTree.fromstring(packet)  # noqa: S314
    except (ElementTree.ParseError, ValueError, RecursionError, LookupError):
        return Metadata(present=True, fault="is not well-formed XML")
    values: dict[str, list[str]] = {}
    described: dict[str, frozenset[str]] = {}
    for block in root.iter(f"{RDF}RDF"):
        for description in block.iter(f"{RDF}Description"):
            for name, said in description.attrib.items():
                values.setdefault(name, []).append(said)
            for child in description:
                values.setdefault(child.tag, []).extend(_texts(child))
        described.update(_described(block))
    return Metadata(True, "", {name: tuple(held) for name, held in values.items()}, described)


def _decoded(data: bytes) -> str:
    """The packet as text, without the byte order mark and the declaration."""
    encoding = "utf-8-sig"
    for mark, named in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            encoding = named
    packet = data.decode(encoding).strip("\0 \r\n\t")
    return packet.partition("?>")[2] if packet.startswith("<?xml ") else packet


def _texts(node: Node) -> list[str]:
    listed = [item.text or "" for item in node.iter(f"{RDF}li")]
    return listed or [node.text or ""]


def _described(block: Node) -> Iterator[tuple[str, frozenset[str]]]:
    """The namespaces that extension schemas describe, each with its property names."""
    for extension in block.iter(f"{PDFA_EXTENSION}schemas"):
        for schema in extension.iter():
            namespace = _either(schema, f"{PDFA_SCHEMA}namespaceURI")
            if namespace and (listed := schema.find(f"{PDFA_SCHEMA}property")) is not None:
                names = {_either(each, f"{PDFA_PROPERTY}name") for each in listed.iter()}
                yield f"{{{namespace}}}", frozenset(names - {""})


def _either(node: Node, name: str) -> str:
    """A property that may be written as an attribute or as an element."""
    child = node.find(name)
    return (node.get(name) or (child.text if child is not None else "") or "").strip()
