"""Parts of the inspection by themselves: characters, metadata, tables, what belongs together."""

from __future__ import annotations

from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, String

from oscp_report.inspection import inspect_pdf
from oscp_report.inspection.fontmaps import MOST_MAPPED, read_cmap
from oscp_report.inspection.glyphs import MOST_CODES, glyph_count, read_cids
from oscp_report.inspection.grid import grid_of
from oscp_report.inspection.lists import NUMBERED
from oscp_report.inspection.metadata import DUBLIN_CORE, PDFUA_ID, parsed
from oscp_report.inspection.tree import read_tree, standard_type
from tests.inspection.faults_of_structure import halves
from tests.inspection.good_file import XMP, coded
from tests.inspection.mutants import Desk
from tests.inspection.variants import VARIANTS, made


@pytest.mark.parametrize("name", VARIANTS)
def test_what_is_sound_is_left_alone(name: str) -> None:
    found = inspect_pdf(made(VARIANTS[name])).failed()
    assert [(each.condition.code, each.findings[0].message) for each in found] == []


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"2 beginbfchar <0001> <0041> <02> <00660069> endbfchar", {1: "A", 2: "fi"}),
        (b"beginbfchar\n<0001>\n<D83D DE00>\nendbfchar", {1: "😀"}),
        (b"beginbfrange <01> <03> <0041> endbfrange", {1: "A", 2: "B", 3: "C"}),
        (b"beginbfrange <01> <02> [<0041> <00420043>] endbfrange", {1: "A", 2: "BC"}),
        (b"beginbfrange <05> <06> [<0041>] <07> <07> <0042> endbfrange", {5: "A", 7: "B"}),
        (b"beginbfrange <01> <02> <DBFFDFFF> endbfrange", {1: "\U0010ffff"}),
        (b"beginbfrange <01> endbfrange beginbfchar <01> endbfchar", {}),
        (b"beginbfchar <01> <0041>", {}),
        (b"", {}),
    ],
)
def test_codes_become_characters(data: bytes, expected: dict[int, str]) -> None:
    assert read_cmap(data) == expected


def test_a_table_of_codes_has_an_end() -> None:
    endless = b"beginbfrange <00000000> <FFFFFFFF> <0020> endbfrange"
    assert len(read_cmap(endless * 20)) <= 2 * MOST_MAPPED + 1


@pytest.mark.parametrize(
    ("data", "title", "part"),
    [
        (XMP.encode(), "Safer together", "1"),
        (XMP.partition("?>")[2].encode("utf-16"), "Safer together", "1"),
        (b"\xef\xbb\xbf" + XMP.encode() + b"\0\0 \n", "Safer together", "1"),
        (XMP.replace("Safer together", "").encode(), "", "1"),
        (XMP.replace("pdfuaid:part>", "pdfuaid:corr>").encode(), "Safer together", ""),
    ],
    ids=["as written", "UTF-16", "padded", "empty title", "another property"],
)
def test_metadata_says_what_it_says(data: bytes, title: str, part: str) -> None:
    found = parsed(data)
    assert found.fault == ""
    assert found.first(f"{DUBLIN_CORE}title") == title
    assert found.first(f"{PDFUA_ID}part") == part
    assert found.described[PDFUA_ID] == {"part"}


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "is not well-formed XML"),
        (b"\xff\xfe\x00", "is not well-formed XML"),
        (b"<a>\xff</a>", "is not well-formed XML"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "defines entities, which no metadata may"),
    ],
)
def test_metadata_that_says_nothing_says_why(data: bytes, fault: str) -> None:
    assert (parsed(data).present, parsed(data).fault) == (True, fault)


def cell(text: str) -> Dictionary:
    """``TD``, ``TH 2x1`` (two rows, one column)."""
    kind, _, spans = text.partition(" ")
    rows, _, columns = (spans or "1x1").partition("x")
    held = Dictionary(O=Name.Table, RowSpan=int(rows), ColSpan=int(columns))
    return Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), A=held)


def table(*rows: list[str]) -> Dictionary:
    made_rows = [Dictionary(S=Name.TR, K=Array([cell(each) for each in row])) for row in rows]
    return Dictionary(K=Dictionary(S=Name.Table, K=Array(made_rows)))


@pytest.mark.parametrize(
    ("rows", "places", "width", "ragged"),
    [
        ([["TH", "TD"], ["TH", "TD"]], "00 01 10 11", 2, 0),
        ([["TH 2x1", "TH 1x2"], ["TD", "TD"]], "00 01 11 12", 3, 0),
        ([["TD", "TD 2x2"], ["TD"], ["TD", "TD", "TD"]], "00 01 10 20 21 22", 3, 0),
        ([["TD", "TD"], ["TD"]], "00 01 10", 2, 1),
        ([["TD 2x1", "TD"], []], "00 01", 2, 1),
        ([[]], "", 0, 0),
    ],
)
def test_cells_stand_where_a_browser_puts_them(
    rows: list[list[str]], places: str, width: int, ragged: int
) -> None:
    tree = read_tree(table(*rows))
    grid = grid_of(tree, tree.elements[0])
    assert " ".join(f"{each.row}{each.column}" for each in grid.cells) == places
    assert (grid.width, len(grid.ragged), grid.overlapping) == (width, ragged, [])


@pytest.mark.parametrize(
    ("written", "expected"),
    [("P", "P"), ("Text", "P"), ("Absatz", "P"), ("Ring", ""), ("Lost", ""), ("", "")],
)
def test_a_type_stands_for_a_known_one(written: str, expected: str) -> None:
    roles = {"Text": "P", "Absatz": "Text", "Ring": "Gnir", "Gnir": "Ring", "Lost": "Gone"}
    assert standard_type(written, roles) == expected


@pytest.mark.parametrize(
    ("before", "after", "divided"),
    [
        ("Burglary fell by", "half in the year.", True),
        ("The partnership met at the Town Hall, as the council had asked, and", "Merrow", True),
        ("It ends here.", "and then it goes on.", False),
        ("It asks:", "what was done?", False),
        ("To: Council", "Date: 22 July", False),
        ("The first of these is", "a. flats;", False),
        ("", "half in the year.", False),
    ],
)
def test_a_paragraph_that_breaks_off_is_divided(before: str, after: str, divided: bool) -> None:
    def change(desk: Desk) -> None:
        desk.edit(coded("Burglary fell by half in the year, which"), coded(before), 1)
        desk.edit(coded("is the lowest since the count began."), coded(after), 2)
        halves(desk, "P")

    codes = [each.condition.code for each in inspect_pdf(made(change)).failed()]
    assert codes == (["INS207"] if divided else [])


@pytest.mark.parametrize(
    ("labels", "divided"),
    [(("3.", "4."), True), (("3.", "1."), False), (("•", "•"), True), (("b.", "a."), False)],
)
def test_a_list_that_goes_on_counting_is_divided(labels: tuple[str, str], divided: bool) -> None:
    def change(desk: Desk) -> None:
        lists: list[Any] = halves(desk, "L")
        for listed, page in zip(lists, (1, 2), strict=True):
            listed.A = Dictionary(O=Name.List, ListNumbering=Name.Decimal)
            item = listed.K[0]
            label = desk.put(item, "Lbl", at=0)
            drawn = f"BT /F1 11 Tf 30 60 Td <{coded(labels[page - 1])}> Tj ET"
            mcid = len(desk.owners(page))
            desk.owners(page).append(label)
            label.K.append(Dictionary(Type=Name.MCR, Pg=desk.page(page), MCID=mcid))
            desk.draw(f"/Lbl <</MCID {mcid}>> BDC {drawn} EMC", page)

    codes = [each.condition.code for each in inspect_pdf(made(change)).failed()]
    assert codes == (["INS207"] if divided else [])


@pytest.mark.parametrize("label", ["1.", "12)", "(a)", "iv.", "B", "[3]"])
def test_a_label_is_a_number(label: str) -> None:
    assert NUMBERED.fullmatch(label)


@pytest.mark.parametrize("label", ["•", "◦", "–", "", "Note", "12 13"])
def test_a_label_is_no_number(label: str) -> None:
    assert not NUMBERED.fullmatch(label)


@pytest.mark.parametrize(
    ("uri", "found"),
    [
        ("https://example.org/", False),
        ("HTTP://example.org/", False),
        ("mailto:a@example.org", False),
        ("tel:+441632960123", False),
        ("annex.pdf", True),
        ("file:///home/a.pdf", True),
        ("javascript:alert(1)", True),
        ("", True),
        ("//example.org", True),
    ],
)
def test_a_link_leads_to_the_web_or_is_found(uri: str, found: bool) -> None:
    def change(desk: Desk) -> None:
        desk.annotation("Link").A.URI = String(uri)

    codes = [each.condition.code for each in inspect_pdf(made(change)).failed()]
    assert codes == (["INS415"] if found else [])


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"1 begincidchar <0041> 7 endcidchar", {0x41: 7}),
        (b"1 begincidrange <0041> <0043> 7 endcidrange", {0x41: 7, 0x42: 8, 0x43: 9}),
        (b"2 begincidchar <41> 7 <42> 0 endcidchar junk <43> 9", {0x41: 7, 0x42: 0}),
        (b"1 begincidrange <0043> <0041> 7 endcidrange", {}),
        (b"1 begincidchar <0041> endcidchar", {}),
        (b"", {}),
    ],
    ids=["a code", "a range", "bytes", "a range that goes back", "half a line", "nothing"],
)
def test_codes_become_glyphs(data: bytes, expected: dict[int, int]) -> None:
    assert read_cids(data) == expected


def test_a_table_of_glyphs_has_an_end() -> None:
    said = b"1 begincidrange <00000000> <FFFFFFFF> 0 endcidrange " * 9
    assert len(read_cids(said)) <= 2 * MOST_CODES


@pytest.mark.parametrize(
    "data",
    [b"", b"\0", b"\0\1\0\0\xff\xff" + bytes(40), b"OTTO" * 99],
    ids=["nothing", "one byte", "no tables", "no font"],
)
def test_what_is_no_font_has_no_count_of_glyphs(data: bytes) -> None:
    assert glyph_count(data) is None
