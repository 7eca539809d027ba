"""The claim in the file that it is PDF/UA-1, made last: whoever calls this has checked it."""

from __future__ import annotations

from io import BytesIO

from oscp_report.outputs.tagging import enclosures
from oscp_report.provenance.enclosure import Enclosure

# PDF/A-3 lets metadata say what it does not know only if it says there what that means
# (ISO 19005-3, 6.6.2.3.2).
CLAIM = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>The part of ISO 14289 that the file conforms to\
</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property>\
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""

END = b"</rdf:RDF>"


def declare(pdf: bytes, enclosure: Enclosure | None = None) -> bytes:
    """The PDF with the claim in its metadata, and with what it is to carry.

    Raises:
        TaggingError: it is to carry two files of one name.
        ValueError: it has no metadata to put it in, or claims that already.
    """
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as opened:
        metadata = opened.Root.get("/Metadata")
        packet = metadata.read_bytes() if metadata is not None else b""
        if packet.count(END) != 1 or b"pdfuaid" in packet:
            raise ValueError("the metadata has no one place for the claim")
        words = CLAIM
        if enclosure:
            enclosures.put_in(opened, enclosure.files)
            words += enclosures.described(enclosure.about)
        opened.Root.Metadata.write(packet.replace(END, words + END))
        return saved(opened)


def saved(pdf: object) -> bytes:
    """The bytes of an open ``pikepdf.Pdf``, the same on every run."""
    import pikepdf

    assert isinstance(pdf, pikepdf.Pdf)
    out = BytesIO()
    pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()
