"""Pages that no structure can make good are refused, with what to do about it."""

from __future__ import annotations

import pytest

from oscp_report.outputs.tagging.nodes import TaggingError
from oscp_report.outputs.tagging.proving import proved
from tests.outputs.tagging.documents import PICTURE, SVG, Page
from tests.outputs.tagging.press import PressProcess

RUNNING_LINK = "@page { @top-left { content: element(head) } } div { position: running(head) }"


@pytest.mark.parametrize(
    ("body", "style", "refused", "fix"),
    [
        pytest.param(
            f'<img src="{PICTURE}">', "", "a picture on page 1 has no words", "`<img>` an `alt`",
            id="a picture without alt",
        ),
        pytest.param(
            f'<img alt="" src="{PICTURE}">', "", "a picture on page 1", '`role="presentation"`',
            id="an empty alt is not so many words",
        ),
        pytest.param(
            f'<p style="break-before: page">{SVG} aria-label="no"><rect width="9" height="9"/>',
            "", "a picture on page 2", "`<title>` as its first child",
            id="a chart without title",
        ),
        pytest.param(
            "<a href='javascript:alert(1)'>x</a>", "", "leads to `javascript:alert(1)`", "`https://`",
            id="a script",
        ),
        pytest.param(
            "<a href='file:///home/a/annex.pdf'>x</a>", "", "`file:///home/a/annex.pdf`", "`tel:`",
            id="a file of this machine",
        ),
        pytest.param(
            "<a href='annex.pdf'>x</a>", "", "`annex.pdf`", "`mailto:`", id="a file beside the page"
        ),
        pytest.param(
            f"<a href='ftp://{'x' * 99}'>x</a>", "", "xxx...`", "begin", id="a long address"
        ),
        pytest.param(
            f"<a href='https://example.org'><img alt='' role='none' src=\"{PICTURE}\"></a>", "",
            "a link on page 1 has no words", "write the words",
            id="a link without words",
        ),
        pytest.param(
            "<div>see <a href='https://example.org'>x</a></div><p>text</p>", RUNNING_LINK,
            "a link is in a margin of page 1", "running header",
            id="a link in a running header",
        ),
        pytest.param(
            "<p>seen <span style='opacity: 0.5; display: inline-block'>text</span></p>", "",
            "1 pieces of text on page 1 are drawn with `opacity`", "colour",
            id="opacity",
        ),
        pytest.param(
            "<h2><em> </em></h2>", "", "a heading on page 1 has no words", "the empty `<h2>`",
            id="a heading without words",
        ),
        pytest.param(
            f'<h2><img alt="" role="none" src="{PICTURE}"></h2>', "",
            "a heading on page 1 has no words", "the empty `<h2>`",
            id="a heading of mere decoration",
        ),
        pytest.param(
            "<p style='break-before: page'>a</p><h3>deep</h3>", "",
            "INS312, page 2: a heading of level 3 follows one of level 1 (at `deep`)", "next level",
            id="a level left out",
        ),
        pytest.param(
            "<table><tr><th>a<th>b<tr><td>one</table>", "",
            "INS325, page 1: this row has fewer columns than others of its table (at `one`)",
            "Add the missing cells",
            id="a row that is too short",
        ),
        pytest.param(
            "<table><tr><th>a<td rowspan='2'>b<tr><td>1<td>2</table>", "",
            "INS325, page 1: this row has fewer", "correct the spans",
            id="a cell that leaves a gap",
        ),
        pytest.param(
            "<table><tr><td>a<td rowspan='2'>b<tr><td colspan='2'>c</table>", "",
            "INS324, page 1: this cell claims the place of another (at `c`)", "spans",
            id="cells in one place",
        ),
        pytest.param(
            "<table><thead><tr><th>a</thead></table>", "",
            "INS322, page 1: this table has a head and no body (at `a`)", "in a body",
            id="a table of headers alone",
        ),
        pytest.param(
            "<table><tfoot><tr><td>f<tfoot><tr><td>g<tbody><tr><td>1</table>", "",
            "INS322, page 1: this table has more than one foot", "Join",
            id="a table with two feet",
        ),
        pytest.param(
            "<table><caption>a</caption><caption>b</caption><tr><th>c</table>", "",
            "INS323, page 1: this table has more than one caption", "Make one caption",
            id="a table with two captions",
        ),
        pytest.param(
            "<p lang='in Welsh'>dydd</p>", "", "`in Welsh` is no code of a language (at `dydd`)",
            "`cy` for Welsh",
            id="a language in words",
        ),
        pytest.param(
            "<li>stray", "", "INS331, page 1: this list item stands in no list (at `• stray`)",
            "list", id="an item without a list",
        ),
    ],
)  # fmt: skip
def test_a_page_is_refused(
    press: PressProcess, body: str, style: str, refused: str, fix: str
) -> None:
    drawn = press.draw(Page(body, style=style).whole())
    assert refused in drawn.refused
    assert fix in drawn.fix
    assert drawn.declared == b""


@pytest.mark.parametrize(
    ("html", "refused", "fix"),
    [
        pytest.param(
            "<html lang='en'><h1>a</h1>", "INS109, the document has no title", "Give", id="no title"
        ),
        pytest.param(
            "<html lang='en'><title> </title><h1>a</h1>", "INS109", "title", id="an empty title"
        ),
        pytest.param(
            "<title>t</title><h1>a</h1>", "INS361, the document does not say which language",
            "`en-GB`", id="no language",
        ),
        pytest.param(
            "<html lang='en'><title>t</title><h2>one</h2>",
            "INS311, page 1: the first heading is of level 2 (at `one`)", "level 1",
            id="no heading of the first level",
        ),
    ],
)  # fmt: skip
def test_a_document_is_refused(press: PressProcess, html: str, refused: str, fix: str) -> None:
    drawn = press.draw(f"<!doctype html>{html}")
    assert refused in drawn.refused
    assert fix in drawn.fix


@pytest.mark.parametrize(
    ("sign", "shown"),
    [
        ("\u4e2d", "`\u4e2d` (U+4E2D)"),
        ("\U0001f600", "`\U0001f600` (U+1F600)"),
        ("\ue000", "U+E000"),
        ("\u2028", "U+2028"),
    ],
)
def test_no_claim_is_made_where_a_character_is_missing(
    press: PressProcess, sign: str, shown: str
) -> None:
    before = "<p style='break-after: page'>before</p>"
    drawn = press.draw(Page(f"{before}<p>a {sign} b</p>").whole())
    # The build refuses it with the place in the year's file.
    assert drawn.declared == drawn.repaired
    with pytest.raises(TaggingError) as refused:
        proved(drawn.repaired)
    font = "font `Liberation-Sans`"
    assert f"INS506, page 2: {font} has no drawing for {shown}, and shows" in str(refused.value)
    assert refused.value.fix == "Use a font that has the character, or another character"


def test_the_next_page_is_drawn_all_the_same(press: PressProcess) -> None:
    assert press.draw(Page(f'<img src="{PICTURE}">').whole()).refused
    assert press.draw(Page("<p>text</p>").whole()).declared
