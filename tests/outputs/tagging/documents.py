"""Pages that put the tagging to the test, each with what its structure must have.

The words of a page are numbered, so that the order of a text shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

RUNNING = """\
@page { size: A5; margin: 20mm; @top-left { content: "Running head"; border-bottom: 1px solid }
@top-right { content: "DRAFT" } @bottom-center { content: "Page " counter(page) } }
body { font: 11pt "Liberation Sans" }"""
LINK = '<a href="https://example.org/plan?a=1&amp;b=2">'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="60" viewBox="0 0 120 60"'
CHART = (
    f'{SVG}><title>Burglary fell</title><rect x="5" y="5" width="40" height="50" fill="#246"/>'
    '<text x="60" y="30" font-size="10">Seen</text></svg>'
)
PICTURE = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='20' height='20'%3E"
    "%3Ccircle cx='10' cy='10' r='8'/%3E%3C/svg%3E"
)


def words(first: int, count: int) -> str:
    """As many words, numbered."""
    return " ".join(f"word{number}" for number in range(first, first + count))


def items(count: int, length: int) -> str:
    """List items, each with as many words."""
    return "".join(f"<li>{words(1000 * n, length)}</li>" for n in range(count))


def rows(count: int, length: int = 8) -> str:
    """Table rows of a header and two cells."""
    return "".join(
        f"<tr><th scope='row'>Row {n}</th><td>{words(1000 * n, length)}</td><td>{n}</td></tr>"
        for n in range(count)
    )


@dataclass(frozen=True)
class Page:
    """A page: ``counts`` says how many of an element its structure has, ``pages`` how many pages.

    ``text`` is what the structure says, where that is more than the page's own text.
    """

    body: str
    counts: Mapping[str, int] = field(default_factory=dict)
    pages: int = 1
    style: str = RUNNING
    text: str = ""
    html: str = ""

    def whole(self) -> str:
        """The page as HTML."""
        return self.html or (
            '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Report</title>'
            f"<style>{self.style}</style></head><body><h1>Report</h1>{self.body}</body></html>"
        )


HEAD = "<thead><tr><th>Name</th><th>Words</th><th>Count</th></tr></thead>"

PAGES: dict[str, Page] = {
    "paragraphs": Page(
        f"<p>{words(1, 60)}</p><p>One <strong>two <em>three</em></strong><br>four <code>5</code>",
        {"P": 2, "Span": 0, "NonStruct": 0},
    ),
    "text right in a division": Page(
        "<div>before<p>inside</p>after</div><section>alone</section>", {"P": 4, "Div": 1, "Sect": 1}
    ),
    "footnotes": Page(
        f"<style>i {{ float: footnote }}</style><p>One<i>note {LINK}there</a></i> two.</p>"
        "<ul><li>three<i>in a list</i></ul><table><tr><th>head<td>cell<i>in a table</i></table>"
        f"<p>four<i>{words(1, 300)}</i> five<i>last</i></p>",
        {"P": 2, "Note": 5, "Reference": 5, "Link": 1},
        pages=2,
        text="Report One 1 note there two. three 2 in a list head cell 3 in a table four 4 "
        f"{words(1, 300)} five 5 last",
    ),
    "quotations": Page(
        f"<blockquote>Said {LINK}there</a></blockquote><blockquote><p>One</p><ul><li>two</ul>"
        f"</blockquote><ul><li><blockquote><p>{words(1, 400)}</p></blockquote></ul>",
        {"BlockQuote": 3, "P": 3, "L": 2},
        3,
    ),
    "headings": Page("<h2>A <em>b</em></h2><h3>C</h3><h2>D</h2>", {"H1": 1, "H2": 2, "H3": 1}),
    "lists": Page(
        "<ul><li>tight<li><p>loose</p><p>two</p><li><div>division</div>"
        "<li><table><tr><th>a<td>b</table></ul><ol style='list-style-type: lower-roman'><li>i</ol>"
        "<ol type='A'><li>a</ol>",
        {"L": 3, "LI": 6, "Lbl": 6, "LBody": 6},
    ),
    "lists within items": Page(
        "<ol><li>one<ul><li>deep<ol style='list-style-type: lower-alpha'><li>deepest<li><p>b</p>"
        "</ol>after</ul>tail<li><p>two</p><ul><li>x</ul><p>end</p></ol>",
        {"L": 4, "LI": 6, "Lbl": 6, "LBody": 6},
    ),
    "numbers within the text": Page(
        "<ul style='list-style-position: inside'><li>tight<li><p>loose</p><li>a<ul><li>b</ul></ul>",
        {"L": 2, "LI": 4, "Lbl": 4, "LBody": 4},
    ),
    "a list without numbers": Page(
        "<ul style='list-style: none'><li>one<li><p>two</p><ul><li>deep</ul></ul>",
        {"L": 2, "LI": 3, "Lbl": 1, "LBody": 3},
    ),
    "a list within a list and no item": Page(
        "<ul><ul><li>one</ul><ul><li>or</ul><li>two</ul><ul>text<li>three</ul>",
        {"L": 4, "LI": 7, "LBody": 7},
    ),
    "a paragraph over seven pages": Page(f"<p>{words(1, 1500)}</p>", {"P": 1, "Document": 1}, 7),
    "a heading over two pages": Page(
        f"<div style='height: 140mm'></div><h2>{words(1, 60)}</h2>",
        {"H2": 1, "Div": 0},
        2,
        RUNNING + "h2 { break-inside: auto; break-before: avoid; orphans: 1; widows: 1 }",
    ),
    "a list over three pages": Page(
        f"<ul>{items(6, 75)}</ul>", {"L": 1, "LI": 6, "Lbl": 6, "LBody": 6, "P": 0}, 3
    ),
    "lists within items over pages": Page(
        f"<ol>{items(2, 60)}<li>three<ul>{items(3, 100)}</ul>after<li>four<ol>{items(2, 80)}</ol>"
        f"</ol>",
        {"L": 3, "LI": 9, "Lbl": 9, "LBody": 9, "P": 0},
        4,
    ),
    "numbered paragraphs with parts over pages": Page(
        "<section><h2>Section</h2><ol>"
        + "".join(
            f"<li><p>{words(1, 90)}</p><ol type='a'>{items(2, 40)}</ol><p>{words(1, 30)}</p></li>"
            for _ in range(4)
        )
        + "</ol></section>",
        {"Sect": 1, "L": 5, "LI": 12, "LBody": 12, "P": 8},
        5,
    ),
    "sections over pages": Page(
        f"<main><section><div><p>{words(1, 300)}</p><p>{words(400, 200)}</p></div></section>"
        f"<section>{words(700, 300)}</section></main>",
        {"Part": 1, "Sect": 2, "Div": 1, "P": 3},
        4,
    ),
    "a table": Page(
        f"<table><caption>Counts</caption>{HEAD}<tbody>{rows(3)}</tbody>"
        "<tfoot><tr><td>All<td>words<td>3</table>",
        {"Table": 1, "Caption": 1, "THead": 1, "TBody": 1, "TFoot": 1, "TR": 5, "TH": 6},
    ),
    "a table of labels": Page(
        "<table><tr><th scope='row'>To<td>Council<tr><th scope='row'>Title<td><h2>Plan</h2>"
        "<tr><th scope='row'>Recommendations<td>That:<ol type='a'><li>one<li>two</ol></table>",
        {"Table": 1, "TH": 3, "TD": 3, "H2": 1, "L": 1},
    ),
    "a table with spans": Page(
        "<table><thead><tr><th rowspan='2'>Area<th colspan='2'>Year<tr><th>2018<th>2019</thead>"
        "<tbody><tr><th rowspan='2' scope='row'>North<td>1<td>2<tr><td colspan='2'>3"
        "<tr><th scope='row'>South<td rowspan='0'>4<td>5</table>",
        {"Table": 1, "TR": 5, "TH": 6, "TD": 5},
    ),
    "a table over five pages": Page(
        f"<table>{HEAD}<tbody>{rows(50)}</tbody><tfoot><tr><td>All<td>rows<td>50</table>",
        {"Table": 1, "THead": 1, "TBody": 1, "TFoot": 1, "TR": 52, "TH": 53},
        5,
    ),
    "rows that a page cuts": Page(
        f"<table>{HEAD}<tbody>{rows(3, 250)}</tbody></table>",
        {"Table": 1, "THead": 1, "TBody": 1, "TR": 4, "TH": 6, "TD": 6},
        6,
    ),
    "a cell that spans rows over pages": Page(
        "<table style='width: 100%'><tr><th rowspan='30'>Spans"
        + "".join(f"{'<tr>' if n else ''}<td>{words(100 * n, 12)}" for n in range(30))
        + "</table>",
        {"Table": 1, "TBody": 1, "TR": 30, "TH": 1, "TD": 30},
        3,
    ),
    "links in the heading rows of a table over pages": Page(
        f"<table><thead><tr><th>{LINK}Name</a><th>B<th>C</thead><tbody>{rows(40)}</table>",
        {"Table": 1, "THead": 1, "Link": 1},
        3,
    ),
    "a table within a table": Page(
        "<table><tr><th scope='row'>Outer<td><table><tr><th>a<th>b<tr><td>1<td>2</table></table>",
        {"Table": 2, "TR": 3},
    ),
    "links": Page(
        f"<p>{LINK}plain</a> {LINK}a <strong>strong <em>one</em></strong> here</a> "
        f"<strong>{LINK}within</a></strong> <a href='#there'>inside</a> "
        "<a href='mailto:a@example.org'>a@example.org</a> <a href='tel:01632960123'>call</a> "
        "<a href='https://example.org'>https://example.org/</a>"
        f"<h2 id='there'>{LINK}heading</a></h2><ul><li>{LINK}item</a><li><p>{LINK}loose</a></ul>"
        f"<table><tr><th>{LINK}header</a><td>{LINK}cell</a></table>"
        f"<blockquote>{LINK}quoted</a></blockquote>",
        {"Link": 13},
    ),
    "a link over lines and pages": Page(
        f"<p>{words(1, 200)} {LINK}{words(300, 200)}</a> end</p>", {"P": 1, "Link": 1}, 2
    ),
    "links that are blocks": Page(
        "<a href='#x' style='display: block'>block</a><a href='#x' style='display: inline-block'>"
        "<span>inline block</span></a><a id='x' href='#x' style='display: block'>one<p>two</p></a>",
        {"Link": 3},
    ),
    "links with pictures": Page(
        f"<p>{LINK}<img alt='Plan' src=\"{PICTURE}\"></a> {LINK}{CHART}</a> {LINK}See <img "
        f"alt='it' src=\"{PICTURE}\"></a></p>",
        {"Link": 3, "Figure": 3},
    ),
    "links with something after them": Page(
        f"<p>{LINK}go</a> on</p>",
        {"Link": 1},
        1,
        RUNNING + "a::after { content: ' (out)' }",
        text="Reportgo (out) on",
    ),
    "charts": Page(
        f"{CHART}<p>In {CHART} a line</p><div style='text-align: right'>{CHART}</div>"
        f"<div style='display: flex'>{CHART}<p>beside</p></div>",
        {"Figure": 4},
    ),
    "pictures with captions": Page(
        f"<figure>{CHART}<figcaption>Below</figcaption></figure>"
        f"<figure><figcaption>Above</figcaption><img alt='It' src=\"{PICTURE}\"></figure>"
        "<figure><table><tr><th>a<td>b</table><figcaption>Of a table</figcaption></figure>",
        {"Figure": 2, "Caption": 3, "Table": 1},
    ),
    "decoration": Page(
        f"<p>a <img alt='' role='presentation' src=\"{PICTURE}\"> b</p>"
        f"{SVG} role='none'><rect width='9' height='9'/></svg><p>end</p>",
        {"Figure": 0},
    ),
    "languages": Page(
        f"<p>A <span lang='cy'>yn Gymraeg</span> and <em lang='fr'>en {LINK}français</a></em></p>"
        "<p lang='cy'>Paragraff</p><ul><li lang='cy'>eitem</ul><blockquote lang='cy'>dyfyniad"
        "</blockquote><table><tr><th>a<td lang='cy'>cell</table>"
        f"<div lang='cy'><p>{words(1, 300)}</p></div>",
        {"Span": 2},
        2,
    ),
    "boxes beside each other": Page(
        "<div style='display: flex'><p>one</p><p>two</p></div><div style='display: grid; "
        "grid-template-columns: 1fr 1fr'><p>three</p><p>four</p></div><p style='float: left; width:"
        f" 40mm'>{words(1, 30)}</p><p>{words(50, 80)}</p>",
        {"P": 6, "Div": 2},
    ),
    "columns": Page(
        f"<div style='columns: 2'><p>{words(1, 120)}</p><ul>{items(4, 40)}</ul></div>",
        {"P": 1, "Div": 1, "L": 1, "LI": 4},
        2,
    ),
    "what is fixed on every page": Page(
        f"<p style='position: fixed; top: 0'>Fixed {LINK}there</a></p><p>{words(1, 500)}</p>",
        {"P": 2, "Link": 1},
        3,
    ),
    "looks": Page(
        "<hr><p style='border: 1px solid; background: linear-gradient(red, blue)'>in a box</p>"
        "<p style='transform: rotate(1deg); position: relative'>turned</p><div style='box-shadow: "
        "1px 1px 2px black; border-radius: 2mm'>soft</div><p>é ﬁ £ – “q” Łódź</p>",
        {"P": 4},
    ),
}
