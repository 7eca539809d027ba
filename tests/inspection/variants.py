"""Variants of the good file that look odd and are sound: no condition may find anything."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.inspection.faults_of_structure import halves
from tests.inspection.good_file import coded, good_file, saved
from tests.inspection.mutants import Change, Desk

VARIANTS: dict[str, Change] = {}


def variant(change: Change) -> Change:
    VARIANTS[change.__name__.replace("_", " ")] = change
    return change


def made(change: Callable[[Desk], None]) -> bytes:
    """The good file, changed."""
    with pikepdf.open(io.BytesIO(good_file())) as pdf:
        desk = Desk(pdf, {})
        change(desk)
        return saved(pdf, **desk.options)


@variant
def kids_without_an_array(desk: Desk) -> None:
    heading = desk.one("H1")
    heading.Pg = desk.page(1)
    heading.K = heading.K[0].MCID


@variant
def number_tree_of_branches(desk: Desk) -> None:
    nums = list(desk.tree.ParentTree.Nums)
    branches = [
        desk.pdf.make_indirect(Dictionary(Nums=Array(part), Limits=Array([part[0], part[-2]])))
        for part in (nums[:2], nums[2:])
    ]
    desk.tree.ParentTree = desk.pdf.make_indirect(Dictionary(Kids=Array(branches)))


@variant
def own_types_that_stand_for_known_ones(desk: Desk) -> None:
    desk.remake("P", "Absatz")
    desk.remake("Note", "Fussnote")
    desk.tree.RoleMap = Dictionary(Absatz=Name.Text, Text=Name.P, Fussnote=Name.Note)


@variant
def levels_that_go_up_by_two(desk: Desk) -> None:
    document = desk.one("Document")
    for level in (3, 4, 2):
        desk.put(document, f"H{level}")


@variant
def headings_without_levels_in_sections(desk: Desk) -> None:
    document = desk.one("Document")
    for heading in desk.all("H1") + desk.all("H2"):
        heading.S = Name.H
        desk.move(heading, desk.put(document, "Sect"))


@variant
def headers_by_scope_alone(desk: Desk) -> None:
    for cell in desk.all("TD"):
        del cell.A


@variant
def headers_by_name_alone(desk: Desk) -> None:
    for cell in desk.all("TH"):
        del cell.A.Scope


@variant
def header_of_a_header(desk: Desk) -> None:
    # The row's header names that of its own column, which stands over no figure.
    for cell in desk.all("TH")[4:]:
        cell.A.Headers = Array([String("quarter")])
    for cell in desk.all("TH")[2:4]:
        cell.A.Headers = Array([String("calls")])
    for cell in desk.all("TD"):
        named = list(cell.A.Headers)
        cell.A.Headers = Array([named[0], named[2]])


@variant
def attributes_by_class(desk: Desk) -> None:
    held = Dictionary(ColumnHead=Dictionary(O=Name.Table, Scope=Name.Column))
    desk.tree.ClassMap = held
    cell = desk.one("TH", 2)
    del cell.A
    cell.C = Name.ColumnHead
    for other in desk.all("TD"):
        del other.A


@variant
def attributes_in_an_array_with_revisions(desk: Desk) -> None:
    cell = desk.one("TH")
    cell.A = Array([Dictionary(O=Name.Layout, Placement=Name.Block), 0, cell.A, 0])


@variant
def caption_last(desk: Desk) -> None:
    table = desk.one("Table")
    caption, head, body = table.K
    table.K = Array([head, body, caption])


@variant
def picture_with_a_text_in_its_place(desk: Desk) -> None:
    figure = desk.one("Figure")
    del figure.Alt
    figure.ActualText = String("Calls fell from 12 to 9.")


@variant
def picture_tagged_within_its_form(desk: Desk) -> None:
    form = desk.page().Resources.XObject.X1
    form.StructParents = 50
    form.write(b"/Figure <</MCID 0>> BDC 0 0 100 60 re f EMC")
    figure = desk.one("Figure")
    mcid = desk.mark_of(figure)
    figure.K = Array([Dictionary(Type=Name.MCR, Pg=desk.page(), Stm=form, MCID=0)])
    desk.owners()[mcid] = None
    nums = list(desk.tree.ParentTree.Nums)
    owners = desk.pdf.make_indirect(Array([figure]))
    desk.tree.ParentTree.Nums = Array([*nums[:4], 50, owners, *nums[4:]])
    desk.edit(f"/Figure <</MCID {mcid}>> BDC", "")
    desk.edit("/X1 Do Q EMC", "/X1 Do Q")


@variant
def decoration_drawn_in_a_form(desk: Desk) -> None:
    desk.draw("/Artifact BMC q /X1 Do Q /Span BMC 0 0 9 9 re f EMC EMC")


@variant
def hidden_comment_and_link(desk: Desk) -> None:
    for kind, rect in (("Text", [60, 60, 90, 90]), ("Link", [-50, -50, -20, -20])):
        hidden = Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=rect, F=6)
        desk.page().Annots.append(desk.pdf.make_indirect(hidden))


@variant
def field_described_by_its_element(desk: Desk) -> None:
    del desk.annotation("Widget").TU
    desk.one("Form").Alt = String("Your comment")


@variant
def languages_by_code(desk: Desk) -> None:
    desk.one("Span").Lang = String("zh-Hant-TW")
    desk.edit("/Figure <<", "/Figure <</Lang (cy) ")


@variant
def metadata_in_attributes(desk: Desk) -> None:
    desk.describe("<pdfuaid:part>1</pdfuaid:part>", "")
    desk.describe(
        '<rdf:Description rdf:about="">', '<rdf:Description rdf:about="" pdfuaid:part="1">'
    )


@variant
def plain_font_without_a_list_of_characters(desk: Desk) -> None:
    descriptor = desk.font.DescendantFonts[0].FontDescriptor
    plain = Dictionary(descriptor)
    plain.Flags = 32
    simple = Dictionary(
        Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name("/ABCDEF+LiberationSans"),
        Encoding=Name.WinAnsiEncoding, FirstChar=65, LastChar=65, Widths=[667],
        FontDescriptor=desk.pdf.make_indirect(plain),
    )  # fmt: skip
    desk.page().Resources.Font.F2 = desk.pdf.make_indirect(simple)
    mcid = desk.mark_of(desk.one("Formula"))
    desk.edit(
        f"/Formula <</MCID {mcid}>> BDC", f"/Formula <</MCID {mcid}>> BDC BT /F2 9 Tf (A) Tj ET"
    )


@variant
def unseen_text_in_a_font_that_is_not_there(desk: Desk) -> None:
    simple = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
    )
    desk.page().Resources.Font.F2 = desk.pdf.make_indirect(simple)
    mcid = desk.mark_of(desk.one("Formula"))
    unseen = "BT 3 Tr /F2 9 Tf (A) Tj ET"
    desk.edit(f"/Formula <</MCID {mcid}>> BDC", f"/Formula <</MCID {mcid}>> BDC {unseen}")


@variant
def next_paragraph_begins_a_page(desk: Desk) -> None:
    desk.edit(coded(", which"), coded("."), 1)
    halves(desk, "P")


@variant
def link_to_a_place_and_to_a_mailbox(desk: Desk) -> None:
    link = desk.annotation("Link")
    link.A = Dictionary(S=Name.URI, URI=String("mailto:officer@example.org"))
    link.Contents = String("Write to the officer")
    desk.root.Outlines.First.Dest = String("top")
    place = Dictionary(D=Array([desk.page(1), Name.Fit]))
    desk.root.Names.Dests = Dictionary(Names=Array([String("top"), place]))
