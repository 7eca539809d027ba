"""Mutants whose fault is in the file as a whole, its marks, fonts, or what lies on its pages."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Encryption, Name, Permissions, String

from tests.inspection.good_file import coded
from tests.inspection.mutants import Desk, mutant

TEXT = f"BT /F1 11 Tf 300 300 Td <{coded('Stray')}> Tj ET"


@mutant("INS101")
def element_inside_itself(desk: Desk) -> None:
    desk.one("L").K.append(desk.one("L"))


@mutant("INS101")
def mark_claimed_twice(desk: Desk) -> None:
    desk.one("H2").K.append(Dictionary(Type=Name.MCR, Pg=desk.page(1), MCID=0))


@mutant("INS101", "INS108", "INS109", "INS601")
def metadata_that_is_no_xml(desk: Desk) -> None:
    desk.describe("</rdf:RDF>", "</rdf:RDG>")


@mutant("INS103")
def version_2_0(desk: Desk) -> None:
    desk.options["force_version"] = "2.0"


@mutant("INS104", "INS203", "INS401", "INS406", "INS411")
def no_structure(desk: Desk) -> None:
    del desk.root.StructTreeRoot


@mutant("INS105")
def not_said_to_be_tagged(desk: Desk) -> None:
    del desk.root.MarkInfo


@mutant("INS106")
def suspects(desk: Desk) -> None:
    desk.root.MarkInfo.Suspects = True


@mutant("INS107", "INS108", "INS109", "INS601")
def no_metadata(desk: Desk) -> None:
    del desk.root.Metadata


@mutant("INS108")
def part_2_declared(desk: Desk) -> None:
    desk.describe("<pdfuaid:part>1<", "<pdfuaid:part>2<")


@mutant("INS108")
def nothing_declared(desk: Desk) -> None:
    desk.describe("<pdfuaid:part>1</pdfuaid:part>", "")


@mutant("INS109")
def no_title(desk: Desk) -> None:
    desk.describe("dc:title>", "dc:subject>")


@mutant("INS109")
def empty_title(desk: Desk) -> None:
    desk.describe("Safer together", " ")


@mutant("INS110")
def no_viewer_preferences(desk: Desk) -> None:
    del desk.root.ViewerPreferences


@mutant("INS110")
def file_name_shown(desk: Desk) -> None:
    desk.root.ViewerPreferences.DisplayDocTitle = False


@mutant("INS111")
def screen_readers_shut_out(desk: Desk) -> None:
    permitted = Permissions(accessibility=False, extract=False)
    desk.options["encryption"] = Encryption(
        owner="owner", user="", R=3, allow=permitted, aes=False, metadata=False
    )
    desk.options["deterministic_id"] = False


@mutant("INS112")
def dynamic_form(desk: Desk) -> None:
    said = b"<config xmlns='http://www.xfa.org/schema/xci/3.0/'><acrobat><acrobat7><dynamicRender>required</dynamicRender></acrobat7></acrobat></config>"
    desk.root.AcroForm.XFA = Array([String("config"), desk.pdf.make_stream(said)])


def layered(desk: Desk) -> Any:
    layer = desk.pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Layer")))
    settings = Dictionary(Name=String("Usual"), Order=Array([layer]))
    desk.root.OCProperties = Dictionary(OCGs=Array([layer]), D=settings)
    return desk.root.OCProperties.D


@mutant("INS113")
def layers_without_a_name(desk: Desk) -> None:
    del layered(desk)["/Name"]


@mutant("INS113")
def layers_that_switch_themselves(desk: Desk) -> None:
    event = Dictionary(Event=Name.View, Category=Array([Name.View]), OCGs=Array())
    layered(desk).AS = Array([event])


@mutant("INS114")
def attachment_with_half_a_name(desk: Desk) -> None:
    del desk.root.AF[0].UF


@mutant("INS115")
def page_from_another_file(desk: Desk) -> None:
    other = Dictionary(Type=Name.Filespec, F=String("other.pdf"), UF=String("other.pdf"))
    desk.page().Resources.XObject.X1.Ref = Dictionary(F=other, Page=0)


@mutant("INS116")
def tagged_form_drawn_twice(desk: Desk) -> None:
    form = desk.page().Resources.XObject.X1
    form.StructParents = 50
    form.write(b"/P <</MCID 0>> BDC 0 0 100 60 re f EMC")
    figure = desk.one("Figure")
    mcid = desk.mark_of(figure)
    figure.K = Array([Dictionary(Type=Name.MCR, Pg=desk.page(), Stm=form, MCID=0)])
    desk.owners()[mcid] = None
    # Numbers go up in a number tree.
    nums = list(desk.tree.ParentTree.Nums)
    owners = desk.pdf.make_indirect(Array([figure]))
    desk.tree.ParentTree.Nums = Array([*nums[:4], 50, owners, *nums[4:]])
    desk.edit(f"/Figure <</MCID {mcid}>> BDC", "")
    desk.edit("/X1 Do Q EMC", "/X1 Do /X1 Do Q")


@mutant("INS201")
def decoration_in_content(desk: Desk) -> None:
    desk.edit("/X1 Do", "/Artifact BMC /X1 Do EMC")


@mutant("INS202")
def content_in_decoration(desk: Desk) -> None:
    mcid = desk.mark_of(desk.one("Figure"))
    desk.edit(f"/Figure <</MCID {mcid}>> BDC", f"/Artifact BMC /Figure <</MCID {mcid}>> BDC")
    desk.edit("/X1 Do Q EMC", "/X1 Do Q EMC EMC")


@mutant("INS203")
def text_without_a_mark(desk: Desk) -> None:
    desk.draw(TEXT)


@mutant("INS203")
def line_without_a_mark(desk: Desk) -> None:
    desk.draw("10 10 m 100 10 l S")


@mutant("INS203")
def form_without_a_mark(desk: Desk) -> None:
    xobjects = desk.page().Resources.XObject
    xobjects.X2 = desk.pdf.make_stream(xobjects.X1.read_bytes())
    xobjects.X2.Subtype, xobjects.X2.BBox = Name.Form, xobjects.X1.BBox
    desk.draw("q /X2 Do Q")


@mutant("INS203")
def form_again_without_a_mark(desk: Desk) -> None:
    desk.draw("q /X1 Do Q")


@mutant("INS203")
def mark_that_leads_nowhere(desk: Desk) -> None:
    desk.draw(f"/P <</MCID 99>> BDC {TEXT} EMC")


@mutant("INS203")
def mark_in_a_form_of_no_number(desk: Desk) -> None:
    desk.page().Resources.XObject.X1.write(b"/P <</MCID 0>> BDC 0 0 100 60 re f EMC")
    mcid = desk.mark_of(desk.one("Figure"))
    desk.edit(f"/Figure <</MCID {mcid}>> BDC", "/Span BMC")


@mutant("INS204")
def mark_left_open(desk: Desk) -> None:
    desk.draw("/Artifact BMC 10 10 m 100 10 l S")


@mutant("INS204")
def mark_ended_in_a_form(desk: Desk) -> None:
    desk.page().Resources.XObject.X1.write(b"0 0 100 60 re f EMC")


@mutant("INS205")
def out_of_the_structure(desk: Desk) -> None:
    document, formula = desk.one("Document"), desk.one("Formula")
    document.K = Array([kid for kid in document.K if kid.objgen != formula.objgen])


@mutant("INS206")
def running_header_read_out(desk: Desk) -> None:
    for number in (1, 2):
        mcid = len(desk.owners(number))
        header = desk.put(desk.one("Document"), "P", at=0 if number == 1 else None)
        desk.owners(number).append(header)
        header.K.append(Dictionary(Type=Name.MCR, Pg=desk.page(number), MCID=mcid))
        old = "/Artifact <</Type /Pagination /Subtype /Header>> BDC"
        desk.edit(old, f"/P <</MCID {mcid}>> BDC", number)


@mutant("INS361")
def no_language(desk: Desk) -> None:
    del desk.root.Lang


@mutant("INS362")
def language_in_words(desk: Desk) -> None:
    desk.root.Lang = String("British English")


@mutant("INS362")
def language_of_a_part_in_words(desk: Desk) -> None:
    desk.one("Span").Lang = String("Welsh (UK)")


@mutant("INS362")
def language_of_a_mark_in_words(desk: Desk) -> None:
    desk.edit("/Figure <<", "/Figure <</Lang (Welsh speech) ")


@mutant("INS401")
def comment_in_a_group(desk: Desk) -> None:
    desk.remake("Annot", "Div")


@mutant("INS402")
def comment_without_words(desk: Desk) -> None:
    del desk.annotation("Stamp").Contents


@mutant("INS403")
def field_without_words(desk: Desk) -> None:
    del desk.annotation("Widget").TU


@mutant("INS404", "INS401", "INS402")
def trap_network(desk: Desk) -> None:
    made = Dictionary(Type=Name.Annot, Subtype=Name.TrapNet, Rect=[60, 60, 90, 90], F=4)
    desk.page().Annots.append(desk.pdf.make_indirect(made))


@mutant("INS405")
def no_tab_order(desk: Desk) -> None:
    del desk.page().Tabs


@mutant("INS405")
def tab_order_by_rows(desk: Desk) -> None:
    desk.page().Tabs = Name.R


@mutant("INS406")
def field_in_a_group(desk: Desk) -> None:
    desk.remake("Form", "Div")


@mutant("INS408")
def field_of_nothing(desk: Desk) -> None:
    desk.put(desk.one("Document"), "Form")


@mutant("INS407")
def printers_mark_tagged(desk: Desk) -> None:
    made = desk.pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.PrinterMark, Rect=[60, 60, 90, 90], F=4,
            StructParent=200, Contents=String("Mark"),
        )
    )  # fmt: skip
    desk.page().Annots.append(made)
    element = desk.put(desk.one("Document"), "Annot")
    element.K.append(Dictionary(Type=Name.OBJR, Obj=made, Pg=desk.page()))
    desk.tree.ParentTree.Nums.extend([200, element])


@mutant("INS411")
def link_that_is_a_run_of_text(desk: Desk) -> None:
    desk.remake("Link", "Span")


@mutant("INS411")
def link_that_no_element_holds(desk: Desk) -> None:
    del desk.annotation("Link").StructParent


@mutant("INS412")
def link_without_a_description(desk: Desk) -> None:
    del desk.annotation("Link").Contents


@mutant("INS413")
def link_in_a_link(desk: Desk) -> None:
    desk.one("Link").P.S = Name.Link


@mutant("INS414")
def link_described_by_its_address(desk: Desk) -> None:
    desk.annotation("Link").Contents = String("https://example.org/plan")


@mutant("INS414")
def link_described_by_its_anchor(desk: Desk) -> None:
    link = desk.annotation("Link")
    del link.A
    link.Dest, link.Contents = String("s2"), String("s2")


@mutant("INS415")
def link_to_a_file(desk: Desk) -> None:
    desk.annotation("Link").A.URI = String("file:///home/officer/plan.pdf")


@mutant("INS415")
def link_to_a_program(desk: Desk) -> None:
    desk.annotation("Link").A = Dictionary(S=Name.Launch, F=String("plan.exe"))


@mutant("INS416")
def no_bookmarks(desk: Desk) -> None:
    del desk.root.Outlines


@mutant("INS416")
def bookmark_that_leads_nowhere(desk: Desk) -> None:
    desk.root.Outlines.First.Dest = String("gone")


@mutant("INS501")
def glyphs_not_mapped(desk: Desk) -> None:
    del desk.font.DescendantFonts[0].CIDToGIDMap


@mutant("INS502")
def unknown_table_of_codes(desk: Desk) -> None:
    desk.font.Encoding = Name("/Made-H")


@mutant("INS503")
def font_not_embedded(desk: Desk) -> None:
    del desk.font.DescendantFonts[0].FontDescriptor.FontFile2


@mutant("INS504")
def no_characters(desk: Desk) -> None:
    del desk.font.ToUnicode


@mutant("INS504")
def one_character_unknown(desk: Desk) -> None:
    said = desk.font.ToUnicode.read_bytes().decode()
    line = f"<{coded('e')}> <0065>"
    assert line in said
    desk.font.ToUnicode = desk.pdf.make_stream(said.replace(line, "").encode())


@mutant("INS505")
def character_that_is_none(desk: Desk) -> None:
    said = desk.font.ToUnicode.read_bytes().decode()
    line = f"<{coded('e')}> <0065>"
    desk.font.ToUnicode = desk.pdf.make_stream(said.replace(line, line[:7] + "<FEFF>").encode())


@mutant("INS505")
def character_nought(desk: Desk) -> None:
    said = desk.font.ToUnicode.read_bytes().decode()
    line = f"<{coded('e')}> <0065>"
    desk.font.ToUnicode = desk.pdf.make_stream(said.replace(line, line[:7] + "<0000>").encode())


@mutant("INS506")
def missing_glyph(desk: Desk) -> None:
    said = desk.font.ToUnicode.read_bytes().decode()
    line = f"<{coded('e')}> <0065>"
    desk.font.ToUnicode = desk.pdf.make_stream(said.replace(line, f"{line} <0000> <25A1>").encode())
    desk.edit(f"<{coded('12')}>", "<0000>")


@mutant("INS506")
def glyph_past_the_last(desk: Desk) -> None:
    said = desk.font.ToUnicode.read_bytes().decode()
    line = f"<{coded('e')}> <0065>"
    desk.font.ToUnicode = desk.pdf.make_stream(said.replace(line, f"{line} <F000> <4E2D>").encode())
    desk.edit(f"<{coded('12')}>", "<F000>")


@mutant("INS506")
def code_that_a_table_gives_no_glyph(desk: Desk) -> None:
    said = desk.font.ToUnicode.read_bytes().decode()
    line = f"<{coded('e')}> <0065>"
    desk.font.ToUnicode = desk.pdf.make_stream(said.replace(line, f"{line} <F000> <4E2D>").encode())
    desk.font.Encoding = desk.pdf.make_stream(
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        b"/CIDSystemInfo 3 dict dup begin /Registry (Adobe) def /Ordering (Identity) def\n"
        b"/Supplement 0 def end def /CMapName /Made def /CMapType 1 def\n"
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        b"1 begincidrange <0000> <EFFF> 0 endcidrange 1 begincidchar <F000> 0 endcidchar\n"
        b"endcmap CMapName currentdict /CMap defineresource pop end end",
        Type=Name.CMap,
        CMapName=Name("/Made"),
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
    )
    desk.edit(f"<{coded('12')}>", "<F000>")


@mutant("INS601")
def no_archive_declared(desk: Desk) -> None:
    desk.describe("<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>", "")


@mutant("INS601")
def another_level_declared(desk: Desk) -> None:
    desk.describe("<pdfaid:conformance>A<", "<pdfaid:conformance>B<")


@mutant("INS602")
def no_colour_profile(desk: Desk) -> None:
    del desk.root.OutputIntents


@mutant("INS603")
def declaration_not_described(desk: Desk) -> None:
    desk.describe("<pdfaProperty:name>part<", "<pdfaProperty:name>other<")
