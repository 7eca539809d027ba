"""More pages that put the tagging to the test: each thing within another, and cut by a page's end.

The words of a page are numbered, so that the order of a text shows.
"""

from __future__ import annotations

from tests.outputs.tagging.documents import (
    CHART,
    HEAD,
    LINK,
    PICTURE,
    RUNNING,
    Page,
    items,
    rows,
    words,
)

TWO_HEADS = "<thead><tr><th rowspan='2'>Area<th colspan='2'>Year<tr><th>2018<th>2019</thead>"
IMAGE = f'<img alt="Plan" src="{PICTURE}">'
TALL = CHART.replace('height="60"', 'height="300"')

NESTED: dict[str, Page] = {
    "a table in a list item over pages": Page(
        f"<ul><li>{words(1, 200)}<table>{HEAD}<tbody>{rows(30)}</table>after</li><li>last</ul>",
        {"L": 1, "LI": 2, "LBody": 2, "Table": 1, "THead": 1, "TR": 31, "TH": 33},
        4,
    ),
    "a table beside a paragraph in a numbered item over pages": Page(
        f"<ol style='position: relative'><li style='position: relative'><p>{words(1, 100)}</p>"
        f"<table>{HEAD}<tbody>{rows(30)}</table></ol>",
        {"L": 1, "LI": 1, "P": 1, "Table": 1, "THead": 1, "TR": 31},
        4,
    ),
    "a list in a cell over pages": Page(
        f"<table style='width: 100%'>{HEAD}<tbody><tr><th scope='row'>a<td><ul>{items(9, 60)}</ul>"
        "<td>after</table>",
        {"Table": 1, "TR": 2, "TD": 2, "L": 1, "LI": 9, "LBody": 9},
        5,
    ),
    "a list in a table in a list": Page(
        f"<ul><li><table><tr><th>h<td><ol>{items(3, 5)}</ol></table></ul>",
        {"L": 2, "LI": 4, "Table": 1},
    ),
    "a list in a quotation over pages": Page(
        f"<blockquote><ol>{items(6, 75)}</ol>after</blockquote>",
        {"BlockQuote": 1, "L": 1, "LI": 6, "P": 1},
        4,
    ),
    "a quotation in a quotation": Page(
        "<blockquote>a<blockquote><p>b</p></blockquote>c</blockquote>", {"BlockQuote": 2, "P": 3}
    ),
    "a quotation over pages": Page(
        f"<blockquote><p>{words(1, 300)}</p><p>{words(301, 200)}</p></blockquote>",
        {"BlockQuote": 1, "P": 2},
        3,
    ),
    "a quotation in a cell": Page(
        "<table><tr><th>h<td><blockquote>b</blockquote></table>", {"Table": 1, "BlockQuote": 1}
    ),
    "a table in a quotation": Page(
        "<blockquote><table><tr><th>h<td>b</table></blockquote>", {"Table": 1, "BlockQuote": 1}
    ),
    "a table in a cell over pages": Page(
        f"<table style='width: 100%'><tr><th scope='row'>Outer<td><table>{HEAD}"
        f"<tbody>{rows(30, 3)}</table><tr><th scope='row'>Next<td>x</table>",
        {"Table": 2, "THead": 1, "TR": 33, "TH": 35},
        2,
    ),
    "links in all that holds words": Page(
        f"<table><caption>{LINK}cap</a> tion</caption><thead><tr><th>{LINK}<em>e</em></a></thead>"
        f"<tbody><tr><td>{LINK}<code>c</code></a></table><ol><li><strong>{LINK}x</a></strong></li>"
        f"<li><em>a {LINK}<strong>b</strong></a></em></ol><h2><em>{LINK}e</a></em> h</h2>",
        {"Link": 6, "Caption": 1, "H2": 1},
    ),
    "a link over a line's end that was meant": Page(f"<p>{LINK}one<br>two</a></p>", {"Link": 1}),
    "links that a page cuts, in an item and a cell": Page(
        f"<ul><li>{words(1, 150)} {LINK}{words(1, 200)}</a></ul>"
        f"<table><tr><th>h<td>{words(1, 100)} {LINK}{words(1, 200)}</a></table>",
        {"Link": 2, "L": 1, "LI": 1, "Table": 1, "TD": 1},
        3,
    ),
    "places to jump to and links from page to page": Page(
        "<p><a id='x'></a>Text. <a>No address.</a> <a href='#y'>On.</a></p>"
        "<p style='break-before: page' id='y'>There. <a href='#x'>Back.</a></p>",
        {"Link": 2, "P": 2},
        2,
    ),
    "a link to a place that is not there": Page("<p><a href='#no'>on</a></p>", {"Link": 0}),
    "emphasis thirty deep": Page(
        f"<p>{'<em>' * 30}x {LINK}y</a>{'</em>' * 30}</p>", {"P": 1, "Link": 1, "Span": 0}
    ),
    "lists twelve deep": Page(f"{'<ul><li>a' * 12}{'</ul>' * 12}", {"L": 12, "LI": 12}),
    "divisions forty deep": Page(f"{'<div>' * 40}x{'</div>' * 40}", {"P": 1}),
    "a caption below its table": Page(
        f"<table style='caption-side: bottom'><caption>Below</caption>{HEAD}"
        f"<tbody>{rows(40, 1)}</table>",
        {"Table": 1, "Caption": 1, "THead": 1, "TR": 41},
        2,
        text="ReportNameWordsCount" + "".join(f"Row{n}word{1000 * n}{n}" for n in range(40))
        + "Below",
    ),
    "a caption above a table over pages": Page(
        f"<table><caption>{words(1, 9)}</caption>{HEAD}<tbody>{rows(40)}</table>",
        {"Table": 1, "Caption": 1, "THead": 1, "TR": 41},
        4,
    ),
    "two rows of headers over pages": Page(
        f"<table>{TWO_HEADS}<tbody>{rows(40)}</table>",
        {"Table": 1, "THead": 1, "TR": 42, "TH": 44},
        3,
    ),
    "groups of rows over pages": Page(
        f"<table>{HEAD}"
        + "".join(
            f"<tbody><tr><th scope='rowgroup' colspan='3'>G{n}</tr>{rows(15)}</tbody>"
            for n in range(4)
        )
        + "</table>",
        {"Table": 1, "THead": 1, "TBody": 4, "TR": 65, "TH": 67},
        5,
    ),
    "headers that span rows over pages": Page(
        f"<table>{HEAD}<tbody>"
        + "".join(
            f"<tr><th scope='row' rowspan='10'>G{n}<td>{words(n, 8)}<td>1"
            + "".join(f"<tr><td>{words(50 * r, 8)}<td>{r}" for r in range(9))
            for n in range(5)
        )
        + "</table>",
        {"Table": 1, "THead": 1, "TBody": 1, "TR": 51, "TH": 8, "TD": 100},
        4,
    ),
    "sums with spans over pages": Page(
        f"<table>{HEAD}<tbody>{rows(40)}</tbody><tfoot><tr><td colspan='2'>sum<td>9"
        "<tr><th>x<td colspan='2'>y</table>",
        {"Table": 1, "TFoot": 1, "TR": 43},
        4,
    ),
    "cells with paragraphs over pages": Page(
        f"<table style='width: 100%'><tr><th scope='row'>h<td><p>{words(1, 150)}</p>"
        f"<p>{words(200, 150)}</p><p>{words(400, 100)}</p><td><p>{words(600, 200)}</p></table>",
        {"Table": 1, "TR": 1, "TD": 2, "P": 4},
        5,
    ),
    "borders that cells share over pages": Page(
        "<table style='border-collapse: collapse; border: 1px solid'>"
        f"{HEAD}<tbody>{rows(40)}</table>",
        {"Table": 1, "THead": 1, "TR": 41},
        4,
    ),
    "cells without words": Page(
        "<table><thead><tr><th><th>A<th>B</thead><tbody><tr><th>r<td><td>2<tr><th>s<td>3<td>"
        "</table><table><tr><th>a<th>b<tr><td><td></table><table></table>",
        {"Table": 2, "TR": 5, "TH": 7, "TD": 6},
    ),
    "items and lists without words": Page(
        "<ul><li><li>x<li></ul><p></p><p><strong></strong></p><ul></ul>", {"L": 1, "LI": 3, "P": 0}
    ),
    "tables beside each other": Page(
        f"<div style='display: flex'><table>{HEAD}<tbody>{rows(3)}</table><table><tr><th>a<td>b"
        f"</table></div><div style='columns: 2'><table>{HEAD}<tbody>{rows(12, 2)}</table></div>",
        {"Table": 3, "Div": 2},
        1,
    ),
    "headings within other things": Page(
        "<ul><li><h2>a</h2>b</ul><blockquote><h2>c</h2></blockquote><table><tr><th><h2>x</h2><td>d"
        "</table>",
        {"H2": 3, "LI": 1, "TH": 1},
    ),
    "headings in items over pages": Page(
        f"<ol><li><h2>A</h2><p>{words(1, 300)}</p><li><h2>B</h2><p>{words(1, 300)}</p></ol>",
        {"L": 1, "LI": 2, "H2": 2, "P": 2},
        4,
    ),
    "a picture with its caption over pages": Page(
        f"<p>{words(1, 180)}</p><figure>{TALL}<figcaption>{words(1, 60)}</figcaption></figure>",
        {"Figure": 1, "Caption": 1, "P": 1},
        2,
    ),
    "pictures within other things": Page(
        f"<ul><li>{CHART}<li><figure>{CHART}<figcaption>c</figcaption></figure></ul><table><tr>"
        f"<th>h<td>{CHART}</table><h2>{CHART} h</h2><blockquote>{CHART}</blockquote>"
        f"<div style='float: right'>{CHART}</div><p>{IMAGE} {IMAGE}</p>",
        {"Figure": 8, "H2": 1, "Caption": 1},
    ),
    "pictures that a style sheet adds": Page(
        "<p class='b'>text</p><ul><li>a<li>b</ul>",
        {"Figure": 0, "P": 1, "LI": 2, "Lbl": 0},
        1,
        f"{RUNNING} .b::before {{ content: url(\"{PICTURE}\") }}"
        f"ul {{ list-style-image: url(\"{PICTURE}\") }}"
        f"@page {{ @left-middle {{ content: url(\"{PICTURE}\") }} }}",
    ),
    "numbers that a style sheet counts": Page(
        "<ol style='list-style: none'><li class='c'>a<li class='c'>b</ol><h2 class='c'>h</h2>"
        "<p class='q'>t</p><p><a class='t' href='#e'>Go</a></p><p id='e'>e</p>",
        {"LI": 2, "H2": 1, "P": 3, "Link": 1},
        1,
        f"{RUNNING} .c::before {{ content: counter(x) '. '; counter-increment: x }}"
        ".q::before { content: open-quote } .q::after { content: close-quote }"
        ".t::after { content: ' p. ' target-counter(attr(href), page) }",
        text="Report1.a1.b1.h“t”Gop.1e",
    ),
    "a heading that runs along": Page(
        f"<div style='position: running(head)'>Head <em>x</em></div><p>{words(1, 300)}</p>",
        {"P": 1, "Div": 0},
        2,
        RUNNING.replace('"Running head"', "element(head)"),
        text=f"Report{words(1, 300)}",
    ),
    "an empty page and pages of other shapes": Page(
        "<p>a</p><h2 style='break-before: right'>b</h2><div style='page: wide'>"
        f"<table>{HEAD}<tbody>{rows(30)}</table></div><p>c</p>",
        {"H2": 1, "Table": 1, "THead": 1, "P": 2},
        7,
        f"{RUNNING} @page wide {{ size: A5 landscape }}",
    ),
    "words of every kind": Page(
        "<p><abbr title='x'>AB</abbr> H<sub>2</sub>O<sup>2</sup> <del>d</del><ins>i</ins> "
        "<small>s</small><mark>m</mark><time>t</time>lo<wbr>ng <kbd>k</kbd> <u>u</u> <s>s</s> "
        "<cite>c</cite> <dfn>d</dfn></p><pre>a\n  b\n\nc</pre><address>ad</address>"
        "<dl><dt>term<dd>said<dd><p>two</p></dl><details open><summary>s</summary><p>x</p>"
        "</details><article><header>h</header><nav>n</nav><aside>a</aside><footer>f</footer>"
        "</article>",
        {"L": 1, "LI": 3, "Art": 1},
    ),
    "signs of every kind": Page(
        "<p>a\u00a0b\u2011c \u2026 \u00bd \u20ac \u00a3 office affine e\u0301 \u0174\u0177 \u2013 "
        "\u201cq\u201d</p><p style='overflow-wrap: anywhere'>" + "x" * 900 + "</p>"
        "<h2 style='text-transform: uppercase'>shout</h2>",
        {"P": 2, "H2": 1},
        1,
        text="Reportab\u2011c\u2026\u00bd\u20ac\u00a3officeaffinee\u0301\u0174\u0177\u2013"
        "\u201cq\u201d" + "x" * 900 + "SHOUT",
    ),
    "boxes beside each other over pages": Page(
        "<div style='display: grid; grid-template-columns: 1fr 1fr'>"
        f"<p>{words(1, 200)}</p><p>{words(300, 200)}</p><ul>{items(2, 20)}</ul></div>"
        f"<div style='display: flex'><p>{words(600, 200)}</p><ul>{items(3, 60)}</ul></div>",
        {"P": 3, "L": 2, "LI": 5, "Div": 2},
        6,
    ),
    "what stands where it is put": Page(
        f"<div style='position: relative'><p>{words(1, 300)}</p><div style='position: absolute; "
        f"top: 0; right: 0'>put {LINK}there</a></div></div>",
        {"P": 2, "Link": 1},
        2,
    ),
}  # fmt: skip
