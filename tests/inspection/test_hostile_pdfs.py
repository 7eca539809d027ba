"""Whatever a file holds, the inspection ends soon, with findings and without a traceback."""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf, String

from oscp_report.inspection import Inspection, as_json, as_text, inspect_pdf
from tests.inspection.good_file import XMP, good_file, saved


def looked_at(data: bytes) -> Inspection:
    """The inspection, whose words and JSON must be sound whatever the file holds."""
    found = inspect_pdf(data)
    assert json.loads(as_json(found))["pages"] == found.pages
    assert as_text(found).isprintable() or "\n" in as_text(found)
    assert "\x1b" not in as_text(found)
    return found


def failed(data: bytes) -> set[str]:
    return {outcome.condition.code for outcome in looked_at(data).failed()}


def first_message(data: bytes) -> str:
    return looked_at(data).failed()[0].findings[0].message


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is no PDF and cannot be opened"),
        (b"PK\x03\x04 a Word file", "the file is no PDF and cannot be opened"),
        (b"%PDF-1.7\n", "the file is damaged and cannot be opened"),
        (b"%PDF-1.7\n" + b"[" * 100_000, "the file is damaged and cannot be opened"),
        (good_file()[:2_000], "the file is damaged and cannot be opened"),
    ],
    ids=["empty", "another kind", "a first line", "brackets", "cut off"],
)
def test_what_cannot_be_opened_is_one_finding(data: bytes, message: str) -> None:
    found = looked_at(data)
    assert [outcome.condition.code for outcome in found.failed()] == ["INS101"]
    assert first_message(data) == message
    assert {each.verdict for each in found.outcomes[1:]} == {"not applicable"}


def test_a_password_is_said_to_be_wanted() -> None:
    with pikepdf.open(io.BytesIO(good_file())) as pdf:
        wanted = pikepdf.Encryption(owner="o", user="u")
        locked = saved(pdf, encryption=wanted, deterministic_id=False, force_version="2.0")
    assert first_message(locked) == "the file opens with a password only"


def test_a_damaged_file_is_mended_looked_at_and_reported() -> None:
    data = good_file()
    table = data.rindex(b"startxref")
    assert failed(data[:table] + b"startxref\n7\n%%EOF") == {"INS102"}


Change = Callable[[Pdf], None]


def changed(change: Change) -> bytes:
    with pikepdf.open(io.BytesIO(good_file())) as pdf:
        change(pdf)
        return saved(pdf)


def form(pdf: Pdf, drawn: bytes) -> Any:
    made = pdf.make_stream(drawn)
    made.Type, made.Subtype, made.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    return made


def pages_that_hold_themselves(pdf: Pdf) -> None:
    pdf.Root.Pages.Kids.append(pdf.Root.Pages)


def page_that_is_a_number(pdf: Pdf) -> None:
    pdf.Root.Pages.Kids[0] = 7


def bookmarks_in_a_circle(pdf: Pdf) -> None:
    first = pdf.Root.Outlines.First
    first.Next.Next = first
    first.First = first


def number_tree_in_a_circle(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.ParentTree.Kids = Array([pdf.Root.StructTreeRoot.ParentTree] * 9)


def structure_without_end(pdf: Pdf) -> None:
    element = pdf.Root.StructTreeRoot.K[0]
    for _ in range(5_000):
        deeper = pdf.make_indirect(Dictionary(S=Name.Div, P=element))
        element.K = Array([deeper])
        element = deeper


def structure_of_every_width(pdf: Pdf) -> None:
    document = pdf.Root.StructTreeRoot.K[0]
    document.K = Array([Dictionary(S=Name.P, P=document, K=4) for _ in range(20_000)])


def cell_of_a_thousand_million_rows(pdf: Pdf) -> None:
    for found in pdf.objects:
        if isinstance(found, Dictionary) and found.get("/S") == Name.TD:
            found.A.RowSpan, found.A.ColSpan = 10**9, 10**9


def form_that_draws_itself(pdf: Pdf) -> None:
    drawn = form(pdf, b"/X1 Do /X1 Do")
    drawn.Resources = Dictionary(XObject=Dictionary(X1=drawn))
    pdf.pages[1].Resources.XObject.X1 = drawn


def forms_that_draw_two_each(pdf: Pdf) -> None:
    inner = form(pdf, b"0 0 9 9 re f")
    for _ in range(40):
        drawn = b"/Span BMC /X1 Do EMC /Artifact BMC /X1 Do EMC"
        outer = form(pdf, drawn)
        outer.Resources = Dictionary(XObject=Dictionary(X1=inner))
        inner = outer
    pdf.pages[1].Resources.XObject.X1 = inner


def much_of_nothing() -> bytes:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 2**20) for _ in range(256))
    return packed + packer.flush()


def page_of_gigabytes(pdf: Pdf) -> None:
    drawn = pdf.make_stream(b"")
    drawn.write(much_of_nothing(), filter=Name.FlateDecode)
    pdf.pages[0].obj.Contents = Array([drawn] * 50)


def page_of_many_streams(pdf: Pdf) -> None:
    drawn = pdf.make_stream(b"0 0 m 9 9 l S\n" * 20_000)
    pdf.pages[0].obj.Contents = Array([drawn] * 2_000)


def marks_never_closed(pdf: Pdf) -> None:
    pdf.pages[0].obj.Contents = pdf.make_stream(b"/P BMC q " * 40_000)


def content_that_is_none(pdf: Pdf) -> None:
    pdf.pages[0].obj.Contents = pdf.make_stream(b"(((( << [ Tj BT ]] 9 9 9 > BI ID" + b"\x80" * 99)


def described(old: str, new: str) -> Change:
    def change(pdf: Pdf) -> None:
        pdf.Root.Metadata.write(XMP.replace(old, new).encode())

    return change


def code_range_without_end(pdf: Pdf) -> None:
    said = b"1 beginbfrange <00000000> <FFFFFFFF> <0020> endbfrange"
    pdf.pages[0].Resources.Font.F1.ToUnicode = pdf.make_stream(said * 50)


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (pages_that_hold_themselves, "INS101"),
        (page_that_is_a_number, "INS102"),
        (bookmarks_in_a_circle, "INS416"),
        (number_tree_in_a_circle, ""),
        (structure_without_end, "INS101"),
        (structure_of_every_width, "INS101"),
        (cell_of_a_thousand_million_rows, "INS324"),
        (form_that_draws_itself, ""),
        (forms_that_draw_two_each, "INS201"),
        (page_of_gigabytes, "INS101"),
        (page_of_many_streams, "INS101"),
        (marks_never_closed, "INS204"),
        (content_that_is_none, "INS101"),
        (described("<x:xmpmeta", LAUGHS + "<x:xmpmeta"), "INS101"),
        (described("<dc:title>", "<dc:title>" * 50_000), "INS101"),
        (described("<dc:title>", "<dc:b>" * 50_000 + "</dc:b>" * 50_000 + "<dc:title>"), ""),
        (code_range_without_end, ""),
    ],
    ids=lambda given: getattr(given, "__name__", given),
)
@pytest.mark.timeout(20)
def test_a_trap_is_walked_round(change: Change, code: str) -> None:
    found = failed(changed(change))
    assert code in found or not code


@settings(max_examples=50)
@given(cut=st.integers(0, len(good_file())))
def test_a_file_that_was_cut_off_is_looked_at(cut: int) -> None:
    looked_at(good_file()[:cut])


@settings(max_examples=50)
@given(
    places=st.lists(st.integers(0, len(good_file()) - 1), min_size=1, max_size=20),
    byte=st.integers(0, 255),
)
def test_a_file_with_wrong_bytes_is_looked_at(places: list[int], byte: int) -> None:
    data = bytearray(good_file())
    for place in places:
        data[place] = byte
    looked_at(bytes(data))


ODD: list[Callable[[Pdf], Any]] = [
    lambda pdf: 0,
    lambda pdf: -1,
    lambda pdf: 10**12,
    lambda pdf: True,
    lambda pdf: Name("/\x80\x1b[31m"),
    lambda pdf: String(b"\xfe\xff\xd8\x00"),
    lambda pdf: String("\x1b]0;owned\x07\u202e"),
    lambda pdf: Array(),
    lambda pdf: Array([Array([Array([1, Name.A, String("b")])])] * 3),
    lambda pdf: Dictionary(),
    lambda pdf: pdf.Root,
    lambda pdf: pdf.Root.StructTreeRoot,
    lambda pdf: pdf.pages[0].obj,
    lambda pdf: pdf.make_stream(b"\x00\xff BT ET"),
]


@settings(max_examples=60)
@given(
    changes=st.lists(st.tuples(st.integers(0), st.integers(0), st.sampled_from(ODD)), max_size=3)
)
def test_a_file_with_objects_of_the_wrong_kind_is_looked_at(
    changes: list[tuple[int, int, Callable[[Pdf], Any]]],
) -> None:
    with pikepdf.open(io.BytesIO(good_file())) as pdf:
        held = [
            each
            for each in pdf.objects
            if isinstance(each, Dictionary | pikepdf.Stream) and list(each.keys())
        ]
        for which, key, odd in changes:
            holder = held[which % len(held)]
            keys = [key for key in list(holder.keys()) if key != "/Length"]
            if keys:
                try:
                    holder[keys[key % len(keys)]] = odd(pdf)
                except (AttributeError, KeyError, ValueError, pikepdf.PdfError):
                    return  # what the odd thing is made from is gone already
        try:
            data = saved(pdf)
        except Exception:  # qpdf writes no file without pages
            return
    looked_at(data)
