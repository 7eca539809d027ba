"""What the structure says of links, languages, lists and pictures, and what it leaves out."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from oscp_report.outputs.tagging.links import contents
from tests.outputs.tagging.documents import CHART, LINK, PAGES, RUNNING, Page, words
from tests.outputs.tagging.press import PressProcess
from tests.outputs.tagging.structure import attribute, elements, kids_of, text_by_poppler

Tagged = Callable[[str], Any]


def outline(element: Any) -> str:
    """A structure in one line, as ``L(LI(Lbl LBody))``; text and annotations are left out."""
    below = " ".join(outline(kid) for kid in kids_of(element) if not isinstance(kid, int)
                     and "/S" in kid)  # fmt: skip
    role = str(element.S)[1:]
    return f"{role}({below})" if below else role


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("<ul><li>a<li>b</ul>", "L(LI(Lbl LBody) LI(Lbl LBody))", id="a tight list"),
        pytest.param("<ul><li><p>a</ul>", "L(LI(Lbl LBody(P)))", id="a loose list"),
        pytest.param(
            "<ul><li>a<ol><li>b</ol>c<p>d</ul>",
            "L(LI(Lbl LBody(L(LI(Lbl LBody)) P)))",
            id="a list within an item",
        ),
        pytest.param(
            "<ul style='list-style-position: inside'><li><p>a</ul>", "L(LI(Lbl LBody(P)))",
            id="a number within the text",
        ),
        pytest.param(
            f"<figure>{CHART}<figcaption>a</figcaption></figure>", "Div(Figure Caption)",
            id="a caption beside its picture, where it is heard",
        ),
        pytest.param(
            "<figure><figcaption>a</figcaption><table><tr><td>b</table></figure>",
            "Div(Table(Caption TBody(TR(TD))))",
            id="a caption within its table",
        ),
        pytest.param(
            f"<p>{LINK}a <strong>b</strong></a> <em>c</em>", "P(Link)", id="words within a line"
        ),
        pytest.param("<blockquote>a<br>b</blockquote>", "BlockQuote(P)", id="a quotation"),
        pytest.param("<div><hr></div><p>a</p>", "P", id="what holds nothing"),
    ],
)  # fmt: skip
def test_the_elements_are_those_of_the_page(tagged: Tagged, body: str, expected: str) -> None:
    with tagged(Page(body).whole()) as pdf:
        assert outline(pdf.Root.StructTreeRoot.K[0]) == f"Document(H1 {expected})"


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("disc", "Disc"),
        ("circle", "Circle"),
        ("square", "Square"),
        ("decimal", "Decimal"),
        ("lower-alpha", "LowerAlpha"),
        ("upper-latin", "UpperAlpha"),
        ("lower-roman", "LowerRoman"),
        ("upper-roman", "UpperRoman"),
        ("none", "None"),
        ("lower-greek", "None"),
        ("'*'", "None"),
    ],
)
def test_a_list_says_how_it_is_numbered(tagged: Tagged, style: str, expected: str) -> None:
    with tagged(Page(f'<ol style="list-style-type: {style}"><li>a<li>b</ol>').whole()) as pdf:
        (found,) = (each for each in elements(pdf.Root.StructTreeRoot) if each.S == "/L")
        assert attribute(found, "/List", "/ListNumbering") == f"/{expected}"


@pytest.mark.parametrize(
    ("said", "address", "expected"),
    [
        ("4(b)", "", "4(b)"),
        ("the plan", "https://example.org/a", "the plan (https://example.org/a)"),
        ("https://example.org/", "https://example.org", "https://example.org/"),
        ("example.org", "https://example.org/", "example.org"),
        ("a@example.org", "mailto:a@example.org", "a@example.org"),
        ("write to us", "mailto:a@example.org", "write to us (mailto:a@example.org)"),
    ],
)
def test_a_link_is_said_in_words(said: str, address: str, expected: str) -> None:
    assert contents(said, address) == expected


def test_every_annotation_has_its_words_and_its_element(tagged: Tagged) -> None:
    body = (
        f"<p>{LINK}a <b>strong</b>\n link</a> <a href='#here'>4(b)</a> {LINK}{CHART}</a></p>"
        "<a id='here' href='#here' style='display: block'>one<p>two</p></a>"
    )
    with tagged(Page(body, style="a::after { content: ' (out)' }").whole()) as pdf:
        said = [str(note.Contents) for note in pdf.pages[0].Annots]
        address = "(https://example.org/plan?a=1&b=2)"
        assert list(dict.fromkeys(said)) == [
            f"a strong link {address}", "4(b)", f"Burglary fell {address}", "one two"
        ]  # fmt: skip
        numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        parents = {int(numbers[n]): numbers[n + 1] for n in range(0, len(numbers), 2)}
        for note in pdf.pages[0].Annots:
            element = parents[int(note.StructParent)]
            assert element.S == "/Link"
            held = [kid.Obj.objgen for kid in kids_of(element) if not isinstance(kid, int)
                    and kid.get("/Type") == "/OBJR"]  # fmt: skip
            assert note.objgen in held


def test_a_passage_keeps_its_language(tagged: Tagged) -> None:
    with tagged(PAGES["languages"].whole()) as pdf:
        found = [
            f"{str(each.S)[1:]} {each.Lang}"
            for each in elements(pdf.Root.StructTreeRoot)
            if "/Lang" in each
        ]
    assert found == "Span cy,Span fr,P cy,LI cy,BlockQuote cy,TD cy,Div cy".split(",")


def test_a_picture_is_where_its_box_says(tagged: Tagged) -> None:
    style = "@page { size: 200pt 300pt; margin: 30pt } body { margin: 0 } h1 { display: none }"
    svg = CHART.replace('width="120" height="60"', 'width="40pt" height="20pt"')
    with tagged(Page(f"<div style='height: 10pt'></div>{svg}", style=style).whole()) as pdf:
        (figure,) = (each for each in elements(pdf.Root.StructTreeRoot) if each.S == "/Figure")
        box = [Decimal(str(number)) for number in attribute(figure, "/Layout", "/BBox")]
        assert str(figure.Alt) == "Burglary fell"
    assert [box[0], box[2], box[3] - box[1]] == [Decimal(30), Decimal(70), Decimal(20)]
    assert 230 <= box[1] < box[3] <= 260


def test_what_runs_along_is_an_artifact_on_every_page(tagged: Tagged) -> None:
    with tagged(Page(f"<p>{words(1, 500)}</p>", style=RUNNING).whole()) as pdf:
        assert len(pdf.pages) >= 3
        for page in pdf.pages:
            stream = page.Contents.read_bytes()
            kinds = re.findall(rb"/Artifact <<[^>]*/Subtype /(\w+)>> BDC", stream)
            assert sorted(kinds) == [b"Footer", b"Header", b"Header"]


def test_a_repeated_row_of_headers_is_an_artifact(tagged: Tagged) -> None:
    with tagged(PAGES["a table over five pages"].whole()) as pdf:
        found = [len(re.findall(rb"/Artifact <</Type /Pagination>>", page.Contents.read_bytes()))
                 for page in pdf.pages]  # fmt: skip
        # The header rows stay on the first page, the footer rows on the last.
        assert (found[0], set(found[1:-1]), found[-1]) == (3, {6}, 3)


def test_decoration_is_an_artifact_and_nothing_more(tagged: Tagged) -> None:
    with tagged(PAGES["decoration"].whole()) as pdf:
        assert pdf.pages[0].Contents.read_bytes().count(b"/Artifact <</Type /Layout>> BDC") == 2


@pytest.mark.parametrize("name", ["lists within items over pages", "a table"])
def test_poppler_reads_the_same_text(
    press: PressProcess, program: Callable[[str], str], tmp_path: Any, name: str
) -> None:
    from tests.outputs.tagging.structure import text_of_page

    path = tmp_path / "a.pdf"
    body = PAGES[name].whole().replace("<li>", "<li style='list-style: none'>")
    path.write_bytes(press.draw(body).repaired)
    assert text_by_poppler(program("pdfinfo"), path) == text_of_page(body)


def test_the_bytes_are_the_same_on_every_run(press: PressProcess) -> None:
    page = PAGES["a table with spans"].whole()
    assert press.draw(page) == press.draw(page)
