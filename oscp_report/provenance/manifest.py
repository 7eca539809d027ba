"""The list that a PDF carries of what it was made from and with, by name, version and digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from oscp_report import __version__
from oscp_report.year import Year

NAME = "provenance.json"
LIBRARIES = ("jinja2", "markdown", "nh3", "pikepdf", "pydyf", "weasyprint")
"""What has a hand in every PDF. The system's own (Pango, HarfBuzz) are left out: two versions of
them mostly give the same bytes, and naming them would make the same bytes impossible."""

_FORMAT = "oscp-report provenance 1"
_LARGEST = 4_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a PDF was made from.

    ``inputs`` gives the SHA-256, in hex, of every file by its path in the workspace: those of
    ``data/``, which the PDF carries, and those of the workspace's own ``templates/``, which it does
    not. ``shipped`` is the digest of the program's own templates, ``versions`` names the program
    and the libraries.
    """

    year: Year
    inputs: Mapping[str, str]
    shipped: str
    versions: Mapping[str, str]

    @property
    def identifier(self) -> str:
        """One digest for all the inputs: the SHA-256 of their list."""
        listed = json.dumps(dict(self.inputs), sort_keys=True, ensure_ascii=True)
        return f"sha256:{hashlib.sha256(listed.encode()).hexdigest()}"

    @property
    def templates(self) -> dict[str, str]:
        """Of the inputs the workspace's own templates."""
        return {n: value for n, value in self.inputs.items() if n.startswith("templates/")}

    def to_bytes(self) -> bytes:
        """JSON, its fields in order, the same for the same inputs."""
        content = {
            "format": _FORMAT,
            "year": str(self.year),
            "identifier": self.identifier,
            "inputs": dict(self.inputs),
            "shipped templates": self.shipped,
            "versions": dict(self.versions),
        }
        return (json.dumps(content, indent=1, sort_keys=True) + "\n").encode("ascii")

    @classmethod
    def from_bytes(cls, data: bytes) -> Manifest | None:
        """The list that these bytes hold; None for anything that ``to_bytes`` does not write."""
        try:
            content = json.loads(data.decode("ascii")) if len(data) <= _LARGEST else None
            year = Year.parse(content["year"]) if isinstance(content, dict) else None
        except (ValueError, RecursionError, KeyError, TypeError):
            return None
        if not isinstance(content, dict) or year is None or content.get("format") != _FORMAT:
            return None
        inputs, versions = content.get("inputs"), content.get("versions")
        shipped = content.get("shipped templates")
        if not (_is_plain(inputs) and _is_plain(versions) and isinstance(shipped, str)):
            return None
        return cls(year, dict(inputs or {}), shipped, dict(versions or {}))


def _is_plain(found: object) -> bool:
    return isinstance(found, dict) and all(isinstance(value, str) for value in found.values())


@cache
def versions() -> dict[str, str]:
    """The program's version, and those of its libraries."""
    from importlib.metadata import version

    return {"oscp-report": __version__, **{name: version(name) for name in LIBRARIES}}
