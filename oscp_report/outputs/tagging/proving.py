"""The last step: the claim is made, and stands only if the file that carries it passes."""

from __future__ import annotations

from collections.abc import Iterable

from oscp_report.inspection import inspect_pdf
from oscp_report.inspection.registry import Standard
from oscp_report.outputs.frames import NO_CHARACTER
from oscp_report.outputs.tagging.declaration import declare
from oscp_report.outputs.tagging.nodes import TaggingError
from oscp_report.provenance.enclosure import Enclosure

CLAIMED: tuple[Standard, ...] = ("PDF/UA-1", "PDF/A-3a")


def get_ready() -> None:
    """Import what the proof needs, while there is nothing else to do."""
    import pikepdf  # noqa: F401


def finished(pdf: bytes, warnings: Iterable[str], enclosure: Enclosure | None = None) -> bytes:
    """The repaired PDF with its claim, unless a warning says that it lacks a character.

    Such a one makes no claim; who asked for it knows where in the year's file the character is.

    Raises:
        TaggingError: as ``proved``.
    """
    if any(warning.startswith(NO_CHARACTER) for warning in warnings):
        return pdf
    return proved(pdf, enclosure)


def proved(pdf: bytes, enclosure: Enclosure | None = None) -> bytes:
    """The repaired PDF with its claim, which our own inspection of that very file bears out.

    ``enclosure`` is what the file carries.

    Raises:
        TaggingError: it does not, named with the first condition, the page and the text.
    """
    claimed = declare(pdf, enclosure)
    for outcome in inspect_pdf(claimed).failed(*CLAIMED):
        condition, finding = outcome.condition, outcome.findings[0]
        where = f"page {finding.page}: " if finding.page else ""
        text = f" (at `{finding.text}`)" if finding.text else ""
        raise TaggingError(
            f"the PDF would not be accessible: {condition.code}, {where}{finding.message}{text}",
            fix=finding.fix,
        )
    return claimed
