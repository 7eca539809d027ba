"""Which headers a cell has, on grids drawn here: by HTML's rules, whatever spans what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from oscp_report.outputs.tagging.facts import Part, Source
from oscp_report.outputs.tagging.nodes import DOCUMENT, Content, Node
from oscp_report.outputs.tagging.tables import associate
from tests.outputs.tagging.documents import PAGES
from tests.outputs.tagging.structure import attribute, elements


def element(role: str, *kids: Node, source: Source | None = None) -> Node:
    return Node(role, Part(0, "", 0), 0, source or Source(""), list(kids))


def cell(text: str) -> Node:
    """A cell as ``name`` for data or ``=name`` for a header; ``/2`` columns, ``*2`` rows, ``@row``.

    A name of ``_`` is an empty cell.
    """
    text, _, scope = text.partition("@")
    text, _, height = text.partition("*")
    text, _, width = text.partition("/")
    role = "TH" if text.startswith("=") else "TD"
    node = element(role, source=Source("", scope=scope, words=text.removeprefix("=")))
    if node.source.words != "_":
        node.kids = [Content(0, 0, 0)]
    for name, count in (("/ColSpan", width), ("/RowSpan", height)):
        if count:
            node.attributes.setdefault("Table", {})[name] = int(count)
    return node


def table(*groups: str) -> Node:
    """A table of groups of rows, with a cell for each word and a row for each line."""
    made = (
        element("TBody", *(element("TR", *map(cell, row.split())) for row in group.splitlines()))
        for group in groups
    )
    return element("Table", *made)


def test_elements_are_walked_as_they_are_read() -> None:
    walked = list(table("=A 1\n=B 2", "=C 3").walk())
    row = ["TR", "TH", "TD"]
    assert [node.role for node in walked] == ["Table", "TBody", *row, *row, "TBody", *row]
    assert "".join(node.source.words for node in walked) == "A1B2C3"


def headers(*groups: str) -> dict[str, str]:
    """The names of each cell's headers, by its own name."""
    made = table(*groups)
    associate(Node("Document", DOCUMENT, 0, kids=[made]))
    cells = [node for node in made.walk() if node.role in ("TH", "TD")]
    names = {node.id: node.source.words for node in cells if node.id}
    return {
        node.source.words: " ".join(
            names[each] for each in node.attributes.get("Table", {}).get("/Headers", [])
        )
        for node in cells
    }


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        pytest.param(
            ["=A =B\n1 2", "3 4"],
            {"A": "", "B": "", "1": "A", "2": "B", "3": "A", "4": "B"},
            id="columns",
        ),
        pytest.param(
            ["=A@row 1 2\n=B@row 3 4"],
            {"A": "", "1": "A", "2": "A", "B": "", "3": "B", "4": "B"},
            id="rows",
        ),
        pytest.param(
            ["=_ =A =B", "=x 1 2\n=y 3 4"],
            {"_": "", "A": "", "B": "", "x": "", "1": "x A", "2": "x B", "y": "", "3": "y A",
             "4": "y B"},
            id="an empty corner is no header",
        ),
        pytest.param(
            ["=S*2 =Y/2\n=a =b", "1 2 3"],
            {"S": "", "Y": "", "a": "Y", "b": "Y", "1": "S", "2": "a Y", "3": "b Y"},
            id="two rows of headers, one of them in both",
        ),
        pytest.param(
            ["=h =k =l", "=A*2@row =p@row 1\n=q@row 2"],
            {"h": "", "k": "", "l": "", "A": "h", "p": "A k", "1": "p A l", "q": "A k",
             "2": "q A l"},
            id="a row header over two rows",
        ),
        pytest.param(
            ["=a =b =c", "1/2 2\n3 4*2 5\n6 7"],
            {"a": "", "b": "", "c": "", "1": "a b", "2": "c", "3": "a", "4": "b", "5": "c",
             "6": "a", "7": "c"},
            id="cells that span",
        ),
        pytest.param(
            ["=a =b\n1 2\n=c =d\n3 4"],
            {"a": "", "b": "", "1": "a", "2": "b", "c": "", "d": "", "3": "c", "4": "d"},
            id="a second block of headers hides the first",
        ),
        pytest.param(
            ["=a =b", "=G/2@rowgroup\n1 2", "3 4"],
            {"a": "", "b": "", "G": "a b", "1": "a G", "2": "b G", "3": "a", "4": "b"},
            id="a header of a group of rows",
        ),
        pytest.param(
            ["=Y/2@colgroup =Z\n=a =b =c", "1 2 3"],
            {"Y": "", "Z": "", "a": "Y", "b": "Y", "c": "Z", "1": "a Y", "2": "b Y", "3": "c Z"},
            id="a header of a group of columns",
        ),
        pytest.param(
            ["=a =b", "1*9 2\n3", "4 5"],
            {"a": "", "b": "", "1": "a", "2": "b", "3": "b", "4": "a", "5": "b"},
            id="a span ends with its group",
        ),
        pytest.param(["1 2\n3 4"], {"1": "", "2": "", "3": "", "4": ""}, id="no headers"),
    ],
)  # fmt: skip
def test_a_cell_has_its_headers(groups: list[str], expected: dict[str, str]) -> None:
    assert headers(*groups) == expected


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        (["=A =B\n1 2"], "Column Column"),
        (["=A@row 1"], "Row"),
        (["=A 1\n=B 2"], "Row Row"),
        (["=A@col 1"], "Column"),
        (["=A@rowgroup 1"], "Row"),
        (["=A@colgroup 1"], "Column"),
        (["=A 1\n2 3"], "Row"),
    ],
)
def test_a_header_has_a_scope(groups: list[str], expected: str) -> None:
    made = table(*groups)
    associate(made)
    scopes = [node.attributes["Table"]["/Scope"][1:] for node in made.walk() if node.id]
    assert " ".join(scopes) == expected


def test_a_span_of_all_that_is_left_is_counted() -> None:
    made = table("=a =b", "1*0 2\n3\n4")
    associate(made)
    spans = [n.attributes["Table"].get("/RowSpan") for n in made.walk() if n.source.words == "1"]
    assert spans == [3]


def test_the_pdf_names_the_headers_and_finds_them_by_name(tagged: Callable[[str], Any]) -> None:
    with tagged(PAGES["a table with spans"].whole()) as pdf:
        found = {
            str(each.get("/ID", "-")): [str(name) for name in attribute(each, "/Table", "/Headers")]
            for each in elements(pdf.Root.StructTreeRoot)
            if attribute(each, "/Table", "/Headers") is not None and str(each.S) == "/TH"
        }
        year, area = ["table1-row1-column2"], ["table1-row1-column1"]
        assert found == {
            "table1-row2-column2": year,
            "table1-row2-column3": year,
            "table1-row3-column1": area,
            "table1-row5-column1": area,
        }
        names = list(pdf.Root.StructTreeRoot.IDTree.Names)
        by_name = {str(names[n]): names[n + 1] for n in range(0, len(names), 2)}
        assert list(by_name) == sorted(by_name)
        assert {str(each.ID) for each in by_name.values()} == set(by_name)
        assert len(by_name) == PAGES["a table with spans"].counts["TH"]
