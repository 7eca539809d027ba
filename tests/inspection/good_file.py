"""A small, complete, accessible PDF, made by hand: two pages with one of each thing in a report."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import ImageCms

FONT = Path(__file__).resolve().parents[2] / "templates" / "fonts" / "LiberationSans-Regular.ttf"
CHARACTERS = "".join(map(chr, range(32, 127))) + "•â"
WIDTH, HEIGHT = 595, 842

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<rdf:Description rdf:about="">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Safer together</rdf:li></rdf:Alt></dc:title>
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>part of PDF/UA</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


@cache
def font_parts() -> tuple[bytes, dict[str, int], list[int], int]:
    """The font with the glyphs in use, each character's glyph, the widths, the highest point."""
    options = subset.Options(retain_gids=True, hinting=False, notdef_outline=True)
    options.drop_tables += ["FFTM", "GSUB", "GPOS", "GDEF", "kern", "name"]
    cutter, kept = subset.Subsetter(options), io.BytesIO()
    with TTFont(FONT) as font:
        names, units = font.getBestCmap(), font["head"].unitsPerEm
        widths = [round(font["hmtx"][each][0] * 1000 / units) for each in font.getGlyphOrder()]
        glyphs = {sign: font.getGlyphID(names[ord(sign)]) for sign in CHARACTERS}
        cutter.populate(unicodes=map(ord, CHARACTERS))
        cutter.subset(font)
        font.save(kept)
        return kept.getvalue(), glyphs, widths[: max(glyphs.values()) + 1], font["hhea"].ascent


def coded(text: str) -> str:
    """A text as the page's font has it, in hexadecimal."""
    glyphs = font_parts()[1]
    return "".join(f"{glyphs[sign]:04X}" for sign in text)


def to_unicode(glyphs: dict[str, int]) -> bytes:
    lines = [f"<{glyph:04X}> <{ord(sign):04X}>" for sign, glyph in sorted(glyphs.items())]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CMapName /Made def /CMapType 2 def",
            "1 begincodespacerange <0000> <FFFF> endcodespacerange",
            f"{len(lines)} beginbfchar",
            *lines,
            "endbfchar endcmap CMapName currentdict /CMap defineresource pop end end",
        ]
    ).encode()


@dataclass
class Draft:
    """A PDF in the making. Texts go on ``page`` from the top; each gets a mark and an element."""

    pdf: Pdf = field(default_factory=pikepdf.new)
    drawn: list[list[str]] = field(default_factory=list)
    owners: list[list[Any]] = field(default_factory=list)
    annotations: list[tuple[Any, Any]] = field(default_factory=list)
    y: float = 0.0

    def __post_init__(self) -> None:
        self.font = self._font()
        self.root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array()))
        self.document = self.element(self.root, "Document")

    def _font(self) -> Any:
        data, glyphs, widths, ascent = font_parts()
        made = self.pdf.make_indirect
        program = self.pdf.make_stream(data, Length1=len(data))
        descriptor = Dictionary(
            Type=Name.FontDescriptor, FontName=Name("/ABCDEF+LiberationSans"), Flags=4,
            FontBBox=[-544, -303, 1302, 980], ItalicAngle=0, Ascent=ascent, Descent=-212,
            CapHeight=729, StemV=80, FontFile2=made(program),
        )  # fmt: skip
        system = Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0)
        inner = Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/ABCDEF+LiberationSans"),
            CIDSystemInfo=system, FontDescriptor=made(descriptor), CIDToGIDMap=Name.Identity,
            W=Array([0, Array(widths)]),
        )  # fmt: skip
        return made(
            Dictionary(
                Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/ABCDEF+LiberationSans"),
                Encoding=Name("/Identity-H"), DescendantFonts=Array([made(inner)]),
                ToUnicode=self.pdf.make_stream(to_unicode(glyphs)),
            )
        )  # fmt: skip

    @property
    def page(self) -> Any:
        return self.pdf.pages[-1].obj

    def new_page(self) -> None:
        number = len(self.drawn)
        self.drawn.append([])
        self.owners.append([])
        page = Dictionary(
            Type=Name.Page, MediaBox=[0, 0, WIDTH, HEIGHT], Tabs=Name.S, StructParents=number,
            Resources=Dictionary(Font=Dictionary(F1=self.font)), Annots=Array(),
        )  # fmt: skip
        self.pdf.pages.append(pikepdf.Page(self.pdf.make_indirect(page)))
        self.y = HEIGHT - 90
        for text, height in (("Merrow Safer Together", HEIGHT - 40), (f"Page {number + 1}", 40)):
            kind = "Header" if height > 100 else "Footer"
            self.draw(f"/Artifact <</Type /Pagination /Subtype /{kind}>> BDC")
            self.write(text, 60, height)
            self.draw("EMC")

    def draw(self, instructions: str) -> None:
        self.drawn[-1].append(instructions)

    def write(self, text: str, x: float, y: float) -> None:
        self.draw(f"BT /F1 11 Tf {x} {y} Td <{coded(text)}> Tj ET")

    def element(self, parent: Any, kind: str, **more: Any) -> Any:
        made = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), P=parent, K=Array(), **more)
        )
        parent.K.append(made)
        return made

    def mark(self, element: Any, tag: str = "") -> None:
        """Begin a mark on the page that belongs to an element; ``EMC`` ends it."""
        mcid = len(self.owners[-1])
        self.owners[-1].append(element)
        element.K.append(Dictionary(Type=Name.MCR, Pg=self.page, MCID=mcid))
        self.draw(f"/{tag or str(element.S)[1:]} <</MCID {mcid}>> BDC")

    def text(self, element: Any, text: str, x: float = 60) -> Any:
        """Write a line that belongs to an element."""
        self.mark(element)
        self.write(text, x, self.y)
        self.draw("EMC")
        self.y -= 22
        return element

    def annotation(self, element: Any, kind: str, **more: Any) -> Any:
        """Lay something on the page that belongs to an element."""
        key = 100 + len(self.annotations)
        made = self.pdf.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name(f"/{kind}"), F=4, StructParent=key,
                Rect=[60, self.y, 200, self.y + 14], P=self.page, **more,
            )
        )  # fmt: skip
        self.page.Annots.append(made)
        self.annotations.append((key, element))
        element.K.append(Dictionary(Type=Name.OBJR, Obj=made, Pg=self.page))
        return made

    def appearance(self) -> Any:
        form = self.pdf.make_stream(b"0 0 140 14 re f")
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 140, 14])
        return Dictionary(N=form)

    def finish(self) -> Pdf:
        """Write the contents and the tree that leads from them to the elements."""
        numbers: list[Any] = []
        for number, (page, drawn) in enumerate(zip(self.pdf.pages, self.drawn, strict=True)):
            page.obj.Contents = self.pdf.make_stream("\n".join(drawn).encode())
            numbers += [number, self.pdf.make_indirect(Array(self.owners[number]))]
        for key, element in self.annotations:
            numbers += [key, element]
        self.root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=Array(numbers)))
        self.root.ParentTreeNextKey = 100 + len(self.annotations)
        catalogue(self.pdf, self.root)
        return self.pdf


def catalogue(pdf: Pdf, root: Any) -> None:
    """What stands at the top of the file: the declarations, the colours, an attachment."""
    top = pdf.Root
    top.StructTreeRoot, top.Lang = root, String("en-GB")
    top.MarkInfo = Dictionary(Marked=True)
    top.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    metadata = pdf.make_stream(XMP.encode())
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
    top.Metadata = metadata
    profile = pdf.make_stream(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile.N = 3
    intent = Dictionary(
        Type=Name.OutputIntent, S=Name.GTS_PDFA1, OutputConditionIdentifier=String("sRGB"),
        DestOutputProfile=profile,
    )  # fmt: skip
    top.OutputIntents = Array([intent])
    data = pdf.make_stream(b"year: 2020-21\n")
    data.Type, data.Subtype = Name.EmbeddedFile, Name("/application/yaml")
    data.Params = Dictionary(ModDate=String("D:20210719000000Z"), Size=14)
    attached = pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec, F=String("year.yaml"), UF=String("year.yaml"),
            AFRelationship=Name.Source, EF=Dictionary(F=data, UF=data),
        )
    )  # fmt: skip
    top.AF = Array([attached])
    named = Dictionary(Names=Array([String("year.yaml"), attached]))
    top.Names = Dictionary(EmbeddedFiles=named)


def first_page(draft: Draft) -> Any:
    """A heading, links, a contents list, lists; the paragraph that goes on over the page."""
    document = draft.document
    draft.new_page()
    draft.text(draft.element(document, "H1"), "Safer together")
    contents = draft.element(document, "TOC")
    draft.text(draft.element(contents, "TOCI"), "What we did")
    paragraph = draft.text(draft.element(document, "P"), "The partnership met every month.")
    draft.text(draft.element(paragraph, "Span", Lang=String("cy")), "Croeso i bawb.")
    link = draft.element(paragraph, "Link")
    address = Dictionary(S=Name.URI, URI=String("https://example.org/plan"))
    words = String("the plan, https://example.org/plan")
    draft.annotation(link, "Link", A=address, Contents=words, Border=[0, 0, 0])
    draft.text(link, "the plan")
    draft.text(draft.element(document, "H2"), "What we did")
    listed = draft.element(document, "L", A=Dictionary(O=Name.List, ListNumbering=Name.Decimal))
    item = draft.element(listed, "LI")
    draft.text(draft.element(item, "Lbl"), "1.")
    body = draft.text(draft.element(item, "LBody"), "Locks for 107 homes, of which:", 80)
    letters = Dictionary(O=Name.List, ListNumbering=Name.LowerAlpha)
    inner = draft.element(body, "L", A=letters)
    for label, text in (("a.", "flats;"), ("b.", "houses.")):
        item = draft.element(inner, "LI")
        draft.text(draft.element(item, "Lbl"), label, 80)
        draft.text(draft.element(item, "LBody"), text, 100)
    item = draft.element(listed, "LI")
    draft.text(draft.element(item, "Lbl"), "2.")
    draft.text(draft.element(item, "LBody"), "Visits to every school.", 80)
    return draft.text(draft.element(document, "P"), "Burglary fell by half in the year, which")


def header(draft: Draft, row: Any, name: str, text: str, scope: str, **more: Any) -> None:
    attributes = Dictionary(O=Name.Table, Scope=Name(f"/{scope}"), **more)
    cell = draft.element(row, "TH", ID=String(name), A=attributes)
    draft.text(cell, text)


def table(draft: Draft) -> None:
    """A table with spans, whose cells name their headers."""
    made = draft.element(draft.document, "Table")
    draft.text(draft.element(made, "Caption"), "Calls by quarter")
    head, body = draft.element(made, "THead"), draft.element(made, "TBody")
    row = draft.element(head, "TR")
    header(draft, row, "quarter", "Quarter", "Column", RowSpan=2)
    header(draft, row, "calls", "Calls", "Column", ColSpan=2)
    row = draft.element(head, "TR")
    header(draft, row, "before", "2019-20", "Column")
    header(draft, row, "now", "2020-21", "Column")
    for quarter, counts in (("Spring", ("12", "14")), ("Summer", ("9", "7"))):
        row = draft.element(body, "TR")
        header(draft, row, quarter, quarter, "Row")
        for column, count in zip(("before", "now"), counts, strict=True):
            named = Array([String(quarter), String("calls"), String(column)])
            attributes = Dictionary(O=Name.Table, Headers=named)
            draft.text(draft.element(row, "TD", A=attributes), count)


def second_page(draft: Draft, paragraph: Any) -> None:
    """The end of the paragraph, a table, a chart, a formula, a note, a field, a comment."""
    document = draft.document
    draft.new_page()
    draft.text(paragraph, "is the lowest since the count began.")
    table(draft)
    box = Dictionary(O=Name.Layout, BBox=Array([60, draft.y - 60, 160, draft.y]))
    chart = draft.element(document, "Figure", Alt=String("Calls fell from 12 to 9."), A=box)
    form = draft.pdf.make_stream(b"0.2 0.4 0.6 rg 0 0 100 60 re f")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 100, 60])
    draft.page.Resources.XObject = Dictionary(X1=draft.pdf.make_indirect(form))
    draft.mark(chart)
    draft.draw(f"q 1 0 0 1 60 {draft.y - 60} cm /X1 Do Q EMC")
    draft.y -= 90
    draft.text(
        draft.element(document, "Formula", Alt=String("rate is calls over homes")), "r = c/h"
    )
    draft.text(draft.element(document, "Note", ID=String("note-1")), "1 To 31 March.")
    field = draft.element(document, "Form")
    widget = draft.annotation(
        field, "Widget", FT=Name.Tx, T=String("comment"), TU=String("Your comment"),
        AP=draft.appearance(), DA=String("/F1 11 Tf"),
    )  # fmt: skip
    fonts = Dictionary(Font=Dictionary(F1=draft.font))
    draft.pdf.Root.AcroForm = Dictionary(Fields=Array([widget]), DR=fonts)
    draft.y -= 20
    stamp = draft.element(document, "Annot")
    said = String("Adopted by Council")
    draft.annotation(stamp, "Stamp", Contents=said, AP=draft.appearance(), Name=Name.Approved)


def bookmarks(draft: Draft) -> None:
    made = draft.pdf.make_indirect
    outlines = made(Dictionary(Type=Name.Outlines, Count=2))
    both = [
        made(Dictionary(Title=String(title), Parent=outlines, Dest=Array([page.obj, Name.Fit])))
        for title, page in zip(("Safer together", "What we did"), draft.pdf.pages, strict=True)
    ]
    both[0].Next, both[1].Prev = both[1], both[0]
    outlines.First, outlines.Last = both
    draft.pdf.Root.Outlines = outlines


def saved(pdf: Pdf, **options: Any) -> bytes:
    """A PDF as bytes, the same for the same PDF."""
    settings = {"force_version": "1.7", "deterministic_id": True, **options}
    kept = io.BytesIO()
    pdf.save(kept, fix_metadata_version=False, **settings)
    return kept.getvalue()


@cache
def good_file() -> bytes:
    """The file: two pages, every construct of a report, nothing at fault."""
    draft = Draft()
    paragraph = first_page(draft)
    second_page(draft, paragraph)
    bookmarks(draft)
    return saved(draft.finish())
