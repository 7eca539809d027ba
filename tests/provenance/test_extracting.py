"""Taking files out of a PDF: the very bytes of honest ones, and nothing of the others."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Encryption, Name, Pdf

from oscp_report.errors import ReportError
from oscp_report.provenance import extracting
from oscp_report.provenance.extracting import Unsafe, extract, is_plain
from tests.provenance.attached import blank, carrying, filespec, lists, stream


@given(
    st.dictionaries(
        st.from_regex("[a-z0-9][a-z0-9 é-]{0,20}[.](?:yaml|csv)", fullmatch=True).filter(is_plain),
        st.binary(max_size=300),
        max_size=4,
    )
)
@settings(max_examples=60)
def test_what_was_put_in_comes_out(files: dict[str, bytes]) -> None:
    unique = {name.casefold(): (name, data) for name, data in files.items()}
    assert extract(carrying(*unique.values())) == dict(sorted(unique.values()))


@pytest.mark.parametrize(
    "name",
    [
        "2018-19.yaml",
        "Appendix 1 (final).pdf",
        "crynodeb blynyddol – ŷ.yaml",
        "console.txt",
        "com.yaml",
        "a..b",
        "x" * 116 + ".csv",
    ],
)
def test_a_plain_name_is_one(name: str) -> None:
    assert extract(carrying((name, b"data"))) == {name: b"data"}


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("", id="none"),
        pytest.param("../evil", id="the folder above"),
        pytest.param("..", id="only that"),
        pytest.param("data/2018-19.yaml", id="a folder"),
        pytest.param("/etc/passwd", id="from the root"),
        pytest.param("~/.bashrc", id="somebody's home"),
        pytest.param("~root", id="a home"),
        pytest.param(r"..\evil", id="a folder of Windows"),
        pytest.param(r"C:\Windows\win.ini", id="a drive"),
        pytest.param("C:evil", id="a folder of a drive"),
        pytest.param(r"\\server\share", id="another computer"),
        pytest.param("a.yaml:evil", id="a stream of a file"),
        pytest.param("NUL", id="a device"),
        pytest.param("nul.yaml", id="a device with an ending"),
        pytest.param("Com1.csv", id="a port"),
        pytest.param("COM¹", id="a port in a high digit"),
        pytest.param("lpt9 .txt", id="a printer"),
        pytest.param("CONOUT$", id="the screen"),
        pytest.param(".gitattributes", id="hidden"),
        pytest.param("a.yaml.", id="a full stop that Windows drops"),
        pytest.param("a.yaml ", id="a space that Windows drops"),
        pytest.param("-rf", id="an option"),
        pytest.param("a\0b", id="a nought"),
        pytest.param("a\nb", id="a line end"),
        pytest.param("\x1b[2Jx", id="what clears a screen"),
        pytest.param("gpj.\u202eexe", id="read from right to left"),
        pytest.param("a\u200bb", id="a space that is not seen"),
        pytest.param("․․／evil", id="look-alikes that some systems make plain"),
        pytest.param("a|b", id="a pipe"),
        pytest.param("x" * 200, id="too long"),
        pytest.param("ŵ" * 100, id="too long in bytes"),
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(Unsafe, match="name is not a plain one") as caught:
        extract(carrying((name, b"data")))
    assert caught.value.fix
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    ("first", "second"),
    [("a.yaml", "a.yaml"), ("a.yaml", "A.YAML"), ("é", "e\u0301"), ("ﬁ", "fi"), ("ß", "ss")],
)
def test_two_of_one_name_are_refused(first: str, second: str) -> None:
    with pytest.raises(Unsafe, match="two files named"):
        extract(carrying((first, b"1"), (second, b"2")))


def test_one_that_is_listed_twice_is_one() -> None:
    def change(pdf: Pdf) -> None:
        one = filespec(pdf, "a.csv", b"1")
        lists(pdf, ("a.csv", one))
        pdf.Root.AF = Array([one, one])

    assert extract(blank(change)) == {"a.csv": b"1"}


def test_one_that_is_only_associated_is_found() -> None:
    def change(pdf: Pdf) -> None:
        pdf.Root.AF = Array([filespec(pdf, "a.csv", b"1")])

    assert extract(blank(change)) == {"a.csv": b"1"}


def test_one_that_is_listed_and_another_of_its_name_that_is_associated_are_refused() -> None:
    def change(pdf: Pdf) -> None:
        lists(pdf, ("a.csv", filespec(pdf, "a.csv", b"1")))
        pdf.Root.AF = Array([filespec(pdf, "a.csv", b"2")])

    with pytest.raises(Unsafe, match="two files"):
        extract(blank(change))


def packed(pdf: Pdf, data: bytes, *filters: str) -> Any:
    return stream(pdf, data, Filter=Array([Name(f"/{each}") for each in filters]))


def gigabyte(pdf: Pdf) -> Any:
    """A megabyte that is one of them when it is unpacked."""
    packer = zlib.compressobj(9)
    parts = [packer.compress(bytes(2**20)) for _ in range(1024)] + [packer.flush()]
    return packed(pdf, b"".join(parts), "FlateDecode")


def of_forty(pdf: Pdf) -> Any:
    return packed(pdf, zlib.compress(bytes(40 * 2**20)), "FlateDecode")


DAMAGED: dict[str, Callable[[Pdf], Any]] = {
    "a gigabyte of noughts": gigabyte,
    "one packed in itself": lambda pdf: packed(
        pdf, zlib.compress(zlib.compress(bytes(40 * 2**20))), "FlateDecode", "FlateDecode"
    ),
    "packed too often": lambda pdf: packed(pdf, b"x", *["FlateDecode"] * 9),
    "packed with LZW, which has no limit": lambda pdf: packed(pdf, bytes(2**19), "LZWDecode"),
    "of forty mebibytes": of_forty,
    "not packed as it says": lambda pdf: packed(pdf, b"no such thing", "FlateDecode"),
    "of a kind nobody knows": lambda pdf: packed(pdf, b"x", "Rot13Decode"),
    "no stream": lambda pdf: pdf.make_indirect(Dictionary()),
}


@pytest.mark.parametrize("make", DAMAGED.values(), ids=DAMAGED)
def test_a_file_that_is_damaged_or_a_trap_is_refused(make: Callable[[Pdf], Any]) -> None:
    def change(pdf: Pdf) -> None:
        held = make(pdf)
        one = filespec(pdf, "a.yaml", b"")
        one.EF = Dictionary(F=held, UF=held)
        lists(pdf, ("a.yaml", one))

    with pytest.raises(Unsafe, match="damaged or too large"):
        extract(blank(change, compress_streams=False))


@pytest.mark.parametrize(
    ("limit", "value", "count", "size"),
    [("MOST_FILES", 3, 4, 1), ("MOST_BYTES", 1000, 2, 501)],
)
def test_too_many_or_too_large_together(
    monkeypatch: pytest.MonkeyPatch, limit: str, value: int, count: int, size: int
) -> None:
    allowed = carrying(*((f"{n}.csv", bytes(size)) for n in range(count - 1)))
    too_much = carrying(*((f"{n}.csv", bytes(size)) for n in range(count)))
    monkeypatch.setattr(extracting, limit, value)
    assert len(extract(allowed)) == count - 1
    with pytest.raises(Unsafe, match="too many files"):
        extract(too_much)


def ring(pdf: Pdf) -> None:
    node = pdf.make_indirect(Dictionary(Names=Array([])))
    node.Kids = Array([node, node])
    pdf.Root.Names = Dictionary(EmbeddedFiles=node)


NOTHING: dict[str, Callable[[Pdf], None]] = {
    "no list": lambda pdf: None,
    "a list that runs in a circle": ring,
    "a list that is none": lambda pdf: setattr(pdf.Root, "Names", Name.Nowhere),
    "files that are none": lambda pdf: lists(pdf, ("a", Array([])), ("b", Name.No)),
    "a file elsewhere": lambda pdf: lists(pdf, ("a", Dictionary(UF="http://example.org/a"))),
}


@pytest.mark.parametrize("change", NOTHING.values(), ids=NOTHING)
def test_a_pdf_that_carries_nothing(change: Callable[[Pdf], None]) -> None:
    assert extract(blank(change)) == {}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(b"", "no PDF", id="empty"),
        pytest.param(b"<html>", "no PDF", id="a web page"),
        pytest.param(b"%PDF-1.7\nno more", "damaged", id="cut off"),
        pytest.param(
            blank(encryption=Encryption(user="u", owner="o")), "password", id="with a password"
        ),
    ],
)
def test_what_cannot_be_opened_says_what_to_do(data: bytes, said: str) -> None:
    with pytest.raises(ReportError, match=said) as caught:
        extract(data)
    assert caught.value.fix


GOOD = carrying(("2018-19.yaml", b"year: 2018-19\n" * 20), ("a.csv", b"a,b\r\n"))


@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), max_size=20))
@settings(max_examples=150)
def test_any_other_bytes_give_plain_names_or_an_error(places: list[tuple[int, int]]) -> None:
    data = bytearray(GOOD)
    for place, byte in places:
        data[place] = byte
    try:
        found = extract(bytes(data))
    except ReportError:
        return
    assert all(map(is_plain, found))
