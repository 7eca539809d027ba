"""Mutants whose fault is in the structure: headings, tables, lists, pictures, notes."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Name, String

from tests.inspection.mutants import Desk, mutant


def halves(desk: Desk, kind: str) -> list[Any]:
    """Put two elements of a type in the place of the paragraph that goes on over the page.

    Each gets the mark of one page, in the type's innermost part.
    """
    document = desk.one("Document")
    kids = list(document.K)
    paragraph = next(each for each in desk.all("P") if len(each.K) == 2 and "/S" not in each.K[1])
    at = [kid.objgen for kid in kids].index(paragraph.objgen)
    made = []
    for number, mark in enumerate(list(paragraph.K), 1):
        outer = desk.put(document, kind)
        inner = outer
        for part in {"L": ("LI", "LBody"), "Table": ("TR", "TD")}.get(kind, ()):
            inner = desk.put(inner, part)
        inner.K.append(mark)
        desk.owners(number)[int(mark.MCID)] = inner
        made.append(outer)
    document.K = Array([*kids[:at], *made, *kids[at + 1 :]])
    return made


@mutant("INS207")
def divided_paragraph(desk: Desk) -> None:
    halves(desk, "P")


@mutant("INS207")
def divided_list(desk: Desk) -> None:
    halves(desk, "L")


@mutant("INS207", "INS327")
def divided_table(desk: Desk) -> None:
    halves(desk, "Table")


@mutant("INS301")
def unknown_type(desk: Desk) -> None:
    desk.remake("Note", "Anmerkung")


@mutant("INS302")
def types_in_a_circle(desk: Desk) -> None:
    desk.remake("Note", "Anmerkung")
    desk.tree.RoleMap = Dictionary(Anmerkung=Name.Hinweis, Hinweis=Name.Anmerkung)


@mutant("INS303")
def known_type_means_another(desk: Desk) -> None:
    desk.tree.RoleMap = Dictionary(Note=Name.P)


@mutant("INS304")
def parent_not_named(desk: Desk) -> None:
    del desk.one("Note").P


@mutant("INS311")
def begins_with_level_2(desk: Desk) -> None:
    desk.remake("H1", "H2")


@mutant("INS312")
def level_skipped(desk: Desk) -> None:
    desk.remake("H2", "H3")


@mutant("INS313")
def two_headings_without_a_level(desk: Desk) -> None:
    desk.remake("H1", "H")
    desk.remake("H2", "H")


@mutant("INS314")
def heading_without_a_level(desk: Desk) -> None:
    desk.remake("H2", "H")


@mutant("INS321")
def paragraph_in_a_row(desk: Desk) -> None:
    desk.put(desk.one("TR", 3), "P")


@mutant("INS321", "INS325", "INS328")
def cell_without_a_row(desk: Desk) -> None:
    desk.move(desk.one("TD"), desk.one("TBody"))


@mutant("INS321")
def row_outside_a_table(desk: Desk) -> None:
    desk.put(desk.one("Document"), "TR")


@mutant("INS322")
def two_heads(desk: Desk) -> None:
    table, rows = desk.one("Table"), desk.all("TR")
    second = desk.put(table, "THead", at=2)
    desk.move(rows[2], second)


@mutant("INS322")
def head_without_a_body(desk: Desk) -> None:
    table = desk.one("Table")
    for row in desk.all("TR")[2:]:
        desk.move(row, table)
    table.K = Array([kid for kid in table.K if Name.TBody != kid.S])


@mutant("INS323")
def caption_among_rows(desk: Desk) -> None:
    table = desk.one("Table")
    caption, head, body = table.K
    table.K = Array([head, caption, body])


@mutant("INS323")
def two_captions(desk: Desk) -> None:
    desk.put(desk.one("Table"), "Caption", at=0)


@mutant("INS324")
def cells_that_overlap(desk: Desk) -> None:
    for cell in desk.all("TD"):
        del cell.A
    desk.one("TH", 3).A.RowSpan = 2
    desk.one("TD").A = Dictionary(O=Name.Table, ColSpan=2)


@mutant("INS325")
def cell_missing(desk: Desk) -> None:
    row = desk.one("TR", 3)
    mcid = desk.mark_of(row.K[2])
    row.K = Array(list(row.K)[:2])
    desk.owners()[mcid] = None
    desk.edit(f"/TD <</MCID {mcid}>> BDC", "/Artifact BMC")


@mutant("INS325")
def cell_below_the_last_row(desk: Desk) -> None:
    desk.one("TD", 3).A.RowSpan = 2


@mutant("INS326")
def header_that_is_not_there(desk: Desk) -> None:
    desk.one("TD").A.Headers[2] = String("gone")


@mutant("INS325")
def cell_of_no_columns(desk: Desk) -> None:
    desk.one("TH", 3).A.ColSpan = 0


@mutant("INS326", "INS328")
def only_header_is_not_there(desk: Desk) -> None:
    for cell in desk.all("TH"):
        del cell.A.Scope
    desk.one("TD").A.Headers = Array([String("gone")])


@mutant("INS326")
def headers_of_nothing(desk: Desk) -> None:
    for cell in desk.all("TD"):
        del cell.A
    for cell in desk.all("TH"):
        del cell.A.Scope


@mutant("INS326")
def scope_among_attributes_of_another_kind(desk: Desk) -> None:
    for cell in desk.all("TD"):
        del cell.A
    for cell in desk.all("TH"):
        other = Dictionary(O=Name.Layout, Scope=cell.A.Scope)
        del cell.A.Scope
        cell.A = Array([cell.A, other])


@mutant("INS327")
def table_without_headers(desk: Desk) -> None:
    for cell in desk.all("TD"):
        del cell.A
    for cell in desk.all("TH"):
        cell.S = Name.TD
        del cell.A.Scope


@mutant("INS328")
def header_of_another_column(desk: Desk) -> None:
    desk.one("TD").A.Headers[2] = String("now")


@mutant("INS328")
def header_of_the_column_missing(desk: Desk) -> None:
    desk.one("TD").A.Headers = Array([String("Spring")])


@mutant("INS328")
def header_of_another_row(desk: Desk) -> None:
    desk.one("TD").A.Headers[0] = String("Summer")


@mutant("INS331")
def paragraph_in_an_item(desk: Desk) -> None:
    desk.remake("LBody", "P", 1)


@mutant("INS331")
def item_without_a_list(desk: Desk) -> None:
    desk.put(desk.one("Document"), "LI")


@mutant("INS331")
def paragraph_in_a_list(desk: Desk) -> None:
    desk.put(desk.one("L"), "P")


@mutant("INS332")
def paragraph_in_the_contents(desk: Desk) -> None:
    desk.remake("TOCI", "P")


@mutant("INS332")
def entry_outside_the_contents(desk: Desk) -> None:
    desk.remake("TOC", "Div")


@mutant("INS333")
def list_beside_its_item(desk: Desk) -> None:
    desk.move(desk.one("L", 1), desk.one("L"))


@mutant("INS334")
def numbers_not_said(desk: Desk) -> None:
    del desk.one("L").A


@mutant("INS341")
def picture_without_words(desk: Desk) -> None:
    del desk.one("Figure").Alt


@mutant("INS341")
def picture_with_empty_words(desk: Desk) -> None:
    desk.one("Figure").Alt = String("")


@mutant("INS342")
def formula_without_words(desk: Desk) -> None:
    del desk.one("Formula").Alt


@mutant("INS343")
def box_over_the_edge(desk: Desk) -> None:
    desk.one("Figure").A.BBox = Array([60, 900, 160, 960])


@mutant("INS343")
def box_elsewhere(desk: Desk) -> None:
    desk.one("Figure").A.BBox = Array([60, 700, 160, 760])


@mutant("INS351")
def note_without_a_name(desk: Desk) -> None:
    del desk.one("Note").ID


@mutant("INS352")
def notes_of_one_name(desk: Desk) -> None:
    desk.put(desk.one("Document"), "Note", ID=String("note-1"))
