"""The parts around the structure: the claim, the attachments, and the watch on WeasyPrint."""

from __future__ import annotations

from io import BytesIO
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest

from oscp_report.outputs.tagging.attachments import settle
from oscp_report.outputs.tagging.declaration import declare, saved
from oscp_report.outputs.tagging.facts import recording, source_of
from oscp_report.outputs.tagging.repairing import repair
from tests.outputs.tagging.documents import Page
from tests.outputs.tagging.press import PressProcess

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


def packet(pdf: bytes) -> bytes:
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as opened:
        metadata: bytes = opened.Root.Metadata.read_raw_bytes()
        return metadata


def parsed(xml: str | bytes) -> ElementTree.Element:
    return ElementTree.fromstring(xml)  # noqa: S314  # these tests wrote it


def test_the_claim_is_made_in_the_metadata_that_is_there(press: PressProcess) -> None:
    drawn = press.draw(Page("<p>text</p>").whole())
    assert b"pdfuaid" not in packet(drawn.repaired)
    (rdf,) = parsed(packet(drawn.declared))
    assert rdf.tag == f"{RDF}RDF"
    assert rdf.findtext(".//{http://www.aiim.org/pdfua/ns/id/}part") == "1"
    prefixes = [each.text for each in rdf.iter("{http://www.aiim.org/pdfa/ns/schema#}prefix")]
    assert prefixes == ["pdfuaid"]
    (part, *_) = rdf
    assert part.get("{http://www.aiim.org/pdfa/ns/id/}conformance") == "A"


def test_the_claim_changes_nothing_else(press: PressProcess) -> None:
    import pikepdf

    drawn = press.draw(Page("<p>text</p>").whole())
    with pikepdf.open(BytesIO(drawn.repaired)) as before, \
            pikepdf.open(BytesIO(drawn.declared)) as after:  # fmt: skip
        assert len(before.objects) == len(after.objects)
        before.Root.Metadata.write(after.Root.Metadata.read_bytes())
        assert saved(before) == drawn.declared


def test_the_claim_is_made_once(press: PressProcess) -> None:
    drawn = press.draw(Page("<p>text</p>").whole())
    assert declare(drawn.repaired) == drawn.declared
    with pytest.raises(ValueError, match="no one place"):
        declare(drawn.declared)


def test_an_attachment_is_named_once_and_by_its_kind() -> None:
    import pikepdf

    with pikepdf.new() as pdf:
        filespecs = []
        for name in ("2018-19.YAML", "figures.csv", "notes.bin"):
            data = pdf.make_stream(b"x", Type=pikepdf.Name.EmbeddedFile)
            data.Subtype = pikepdf.Name("/application/octet-stream")
            filespec = pikepdf.Dictionary(UF=pikepdf.String(name), EF=pikepdf.Dictionary(F=data))
            filespecs.append(pdf.make_indirect(filespec))
        pdf.Root.AF = pikepdf.Array([*filespecs, *filespecs])
        settle(pdf)
        assert [str(each.UF) for each in pdf.Root.AF] == [str(each.UF) for each in filespecs]
        assert [str(each.EF.F.Subtype) for each in pdf.Root.AF] == [
            "/application/yaml", "/text/csv", "/application/octet-stream"
        ]  # fmt: skip


def test_another_weasyprint_is_refused() -> None:
    other: Any = SimpleNamespace(__version__="70.1")
    with pytest.raises(RuntimeError, match=r"WeasyPrint 70\.0"), recording(other):
        pass


def test_what_was_watched_is_put_back() -> None:
    def build(*_: object) -> None:
        raise AssertionError

    tags: Any = SimpleNamespace(_build_box_tree=build, boxes=None)
    package: Any = SimpleNamespace(__version__="70.0", pdf=SimpleNamespace(tags=tags))

    def fail() -> None:
        with recording(package):
            assert tags._build_box_tree is not build
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert tags._build_box_tree is build


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<a>one <b>two</b>\n three</a>", "one two three"),
        ("<a><img alt='Plan'/> here</a>", "Plan here"),
        ("<a><svg xmlns='http://www.w3.org/2000/svg'><title>Rise</title><text>9</text></svg></a>",
         "Rise"),
        ("<a>one<p>two</p>three<br/>four</a>", "one two three four"),
        ("<a><!-- no -->w<i>or</i>d</a>", "word"),
    ],
)  # fmt: skip
def test_the_words_of_a_link(html: str, expected: str) -> None:
    assert source_of(parsed(html), {}).words == expected


def test_the_facts_of_another_pdf_are_not_taken(press: PressProcess) -> None:
    from oscp_report.outputs.tagging.facts import StructureFacts

    with pytest.raises(AssertionError, match="another PDF"):
        repair(press.draw(Page("<p>text</p>").whole()).raw, StructureFacts())
