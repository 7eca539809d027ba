"""What a PDF carries besides its pages: its sources and figures, and what it says of itself."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from oscp_report.outputs.tagging.nodes import TaggingError
from oscp_report.provenance.enclosure import About, Enclosed


def introduce(metadata: Any, about: About) -> None:
    """Let WeasyPrint's metadata say what the PDF is. It writes both places: Info and XMP.

    The title stays the page's.
    """
    metadata.authors = [about.author]
    metadata.description = about.subject
    metadata.keywords = list(about.keywords)
    metadata.generator = about.program


def described(about: About) -> bytes:
    """What XMP says besides: of which digest it is and, where it is known, of which meeting.

    Both are properties of Dublin Core, which PDF/A knows: the date "associated with an event in the
    lifecycle of the resource" is that of the meeting to which the report goes.
    """
    meeting = f"<dc:date><rdf:Seq><rdf:li>{escape(about.meeting)}</rdf:li></rdf:Seq></dc:date>"
    return (
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:identifier>{escape(about.identifier)}</dc:identifier>"
        f"{meeting if about.meeting else ''}</rdf:Description>"
    ).encode()


def put_in(pdf: Any, files: Iterable[Enclosed]) -> None:
    """Embed files in an open ``pikepdf.Pdf``, each of them associated with the whole document.

    Raises:
        TaggingError: it carries a file of such a name already.
    """
    import pikepdf

    associated = list(pdf.Root.get("/AF", []))
    for each in files:
        if each.name in pdf.attachments:
            raise TaggingError(
                f"the templates attach a file named `{each.name}` as well",
                fix="give the file in your templates another name",
            )
        day = f"D:{each.day.replace('-', '')}000000Z"
        filespec = pikepdf.AttachedFileSpec(
            pdf,
            each.data,
            filename=each.name,
            description=each.description,
            mime_type=each.kind,
            creation_date=day,
            mod_date=day,
        )
        filespec.relationship = pikepdf.Name(f"/{each.relationship}")
        pdf.attachments[each.name] = filespec
        associated.append(pdf.attachments[each.name].obj)
    pdf.Root.AF = pikepdf.Array(associated)
