"""Text to HTML: what is formatted, what is shown as it was typed, that nothing else gets out."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from decimal import Decimal
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oscp_report.diagnostics import Location
from oscp_report.document.numbering import Numbered
from oscp_report.document.prose import SCHEMES, Prose
from oscp_report.model import Achievements, Figure, Paragraph, Priorities, Report, Text
from oscp_report.reading.shapes import Faults
from oscp_report.reading.weight import MOST_MARKS, weigh
from oscp_report.wording import Unit
from oscp_report.year import Year
from tests import page

HERE = Location("f", 1, 1)
LONGEST_TEXT = 20_000
TAGS = {
    "a", "blockquote", "br", "code", "em", "li", "ol", "p", "span", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
SCROLLS = {"class": "wide", "role": "group", "aria-label": "Table", "tabindex": "0"}
CLASSES = {"year", "dense", "align-left", "align-center", "align-right"}


def text(value: str) -> Text:
    return Text(value, HERE)


def figure(id: str, value: str | None, unit: Unit = "count") -> Figure:
    number = None if value is None else Decimal(value)
    return Figure(id=id, label=text(id), value=number, unit=unit, location=HERE)


FIGURES = [
    figure("sharps", "7292"), figure("rate", "12.5", "percent"), figure("cost", "-1200", "pounds"),
    figure("homes", "107"), figure("share", "12", "percent"), figure("open", None),
]  # fmt: skip
PRIORITIES = {
    "streets": text("Safer **streets**;"),
    "counted": text("Take {homes} homes in {para:plan} on, "),
    "circle": text("As {priority:circle}"),
}


@pytest.fixture(scope="module")
def prose() -> Prose:
    plan = Numbered(Paragraph(text=text("t"), location=HERE), 2, "8b(ii)", "plan", ())
    report = Report(
        year=Year(2020),
        status="final",
        cover=(),
        priorities=Priorities(lead=text("L"), items=(), location=HERE),
        achievements=Achievements(heading=text("A"), themes=(), location=HERE),
        figures={each.id: each for each in FIGURES},
        location=HERE,
    )
    return Prose(report, (), {"plan": plan}, PRIORITIES)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("plain", "plain"),
        ("  plain  ", "plain"),
        ("*one* _two_ **three**", "<em>one</em> <em>two</em> <strong>three</strong>"),
        ("***both***", "<strong><em>both</em></strong>"),
        ("a_long_name and 2*3*4", "a_long_name and 2<em>3</em>4"),
        ("`code <b>`", "<code>code &lt;b&gt;</code>"),
        ("one\n\ntwo", "<p>one</p>\n<p>two</p>"),
        ("[a [b] c](#d)", '<a href="#d">a [b] c</a>'),
        ("[a [b](#d)", '[a <a href="#d">b</a>'),
        ("one  \ntwo", "one<br>\ntwo"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("1. one\n2. two", "<ol>\n<li>one</li>\n<li>two</li>\n</ol>"),
        ("1. one\n\n2. two", "<ol>\n<li>\n<p>one</p>\n</li>\n<li>\n<p>two</p>\n</li>\n</ol>"),
        ("one:\n\n- two", "<p>one:</p>\n<ul>\n<li>two</li>\n</ul>"),
        ("- one\n\nlast", "<ul>\n<li>one</li>\n</ul>\n<p>last</p>"),
        ("one\n\n> two", "<p>one</p>\n<blockquote>\n<p>two</p>\n</blockquote>"),
        ("> one\n\ntwo", "<blockquote>\n<p>one</p>\n</blockquote>\n<p>two</p>"),
        (r"\*not\* \_so\_ \[x\]", "*not* _so_ [x]"),
        ("“quotes” – dashes’", "“quotes” – dashes’"),
        ("A&E, AT&T; 3 < 4 > 2", "A&amp;E, AT&amp;T; 3 &lt; 4 &gt; 2"),
        ("&amp; &lt; &pound;5 &#65; &nope;", "&amp; &lt; £5 A &amp;nope;"),
        ("£5, 50%, 1/2", "£5, 50%, 1/2"),
        ("", ""),
    ],
)
def test_markdown(prose: Prose, typed: str, expected: str) -> None:
    assert prose.html(text(typed)) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "# Not a heading", "#1 priority", "Not a heading\n===", "Not a heading\n---", "---", "***",
        "2018. It was a good year", "7. a list that begins at seven", "[1]: Oxford",
        "[the plan]: https://oxford.gov.uk", "[words] in brackets", "[words][1] in brackets",
        "![a picture](https://oxford.gov.uk/a.png)", "![a picture][1]", "5 * 3 * 2", "+44 1865",
        "<script>alert(1)</script>", "<b>bold</b>", "<!-- a comment -->", "<a onclick='x()'>a</a>",
        "<img src=x onerror=alert(1)>", "<br>", "<br/>", "</p><p>", "<div>\n\n# a\n\n</div>",
        "<style>p{}</style>", "<?php echo 1 ?>", "<![CDATA[x]]>", "<!doctype html>",
        "<p markdown=1>",
        "<svg/onload=alert(1)>", "<a href=javascript:alert(1)>x</a>", "<iframe src=//evil>",
        "{: onclick=alert(1) }", "*[HTML]: x", "[^1]: note", "[toc]", "a | b", "`one", "a -- b",
    ],
)  # fmt: skip
def test_what_is_shown_as_it_was_typed(prose: Prose, typed: str) -> None:
    root = parsed(prose.html(text(typed)))
    assert " ".join("".join(root.itertext()).split()) == " ".join(typed.split())
    assert {each.tag for each in root.iter()} <= {"div", "p", "em"}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("a {lang:cy|dau *air*}.", 'a <span lang="cy">dau <em>air</em></span>.'),
        ("**{lang:cy|gair}**", '<strong><span lang="cy">gair</span></strong>'),
        ("[{lang:cy|gair}](#a)", '<a href="#a"><span lang="cy">gair</span></a>'),
        ("{lang:zh-Hant|2018-19 <b>}", '<span lang="zh-Hant"><span class="year">2018-19</span>'
         " &lt;b&gt;</span>"),
        ("`{lang:cy|gair}`", "<code>gair</code>"),
        ("{{lang:cy|gair}", "{lang:cy|gair}"),
        ('<span lang="cy">x</span>', '&lt;span lang="cy"&gt;x&lt;/span&gt;'),
        ('{lang:c"y|x}', "x"),
        ("- {lang:cy|un\n  dau}", '<ul>\n<li><span lang="cy">un\n  dau</span></li>\n</ul>'),
    ],
)  # fmt: skip
def test_words_in_another_language(prose: Prose, typed: str, expected: str) -> None:
    assert prose.html(text(typed)) == expected
    if "\n" not in typed:
        assert prose.line(text(typed)) == expected


def test_an_indented_line_is_no_code(prose: Prose) -> None:
    assert prose.html(text("one\n\n    two <b>")) == "<p>one</p>\n<p>two &lt;b&gt;</p>"


@pytest.mark.parametrize(
    "address",
    [
        "https://www.oxford.gov.uk/a?b=1&c=2#d", "http://oxford.gov.uk", "HTTPS://OXFORD.GOV.UK",
        "mailto:a.officer@oxford.gov.uk", "tel:01865252283", "#streetwise",
    ],
)  # fmt: skip
def test_a_link_that_leads_somewhere(prose: Prose, address: str) -> None:
    (link,) = parsed(prose.html(text(f"See [the page]({address})."))).iter("a")
    assert link.attrib == {"href": address}
    assert link.text == "the page"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)",
        "java\tscript:alert(1)",
        "javascript&#58;alert(1)", "&#106;avascript:alert(1)", "javascript&colon;alert(1)",
        "\x01javascript:alert(1)", "vbscript:x", "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd", "ftp://oxford.gov.uk", "//evil.example", "/etc/passwd", "../../x",
        "map.pdf", "?q=1", "https:evil.example", "https:/evil.example", "\\\\evil\\share", "",
        "blob:https://x/1", "about:blank", "x:y", "http//x", "www.oxford.gov.uk",
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["[words]({})", "[words](<{}>)", '[words]({} "title")', "<{}>"])
def test_a_link_that_may_not_be(prose: Prose, address: str, form: str) -> None:
    root = parsed(prose.html(text(form.format(address))))
    assert [link.attrib for link in root.iter("a") if link.attrib] == []


def test_a_link_has_no_title_and_no_picture(prose: Prose) -> None:
    html = prose.html(text('[a ![b](https://c/d.png)](https://e.example "a title")'))
    assert {each.tag for each in parsed(html).iter()} <= {"div", "a"}
    assert "title=" not in html


def test_addresses_between_angle_brackets_are_links(prose: Prose) -> None:
    html = prose.html(text("<https://oxford.gov.uk/2018-19> <a.officer@oxford.gov.uk>"))
    assert html == (
        '<a href="https://oxford.gov.uk/2018-19">https://oxford.gov.uk/2018-19</a> '
        '<a href="mailto:a.officer@oxford.gov.uk">a.officer@oxford.gov.uk</a>'
    )


def test_the_program_s_schemes() -> None:
    assert SCHEMES == ("https://", "http://", "mailto:", "tel:", "#")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("{sharps} sharps", "7,292 sharps"),
        ("**{sharps}**", "<strong>7,292</strong>"),
        ("{rate}", "12.5 per cent"),
        ("{cost}", "−£1,200"),
        ("{homes:words}", "one hundred and seven"),
        ("{share:words}", "twelve per cent"),
        ("see {para:plan}.", 'see <a href="#plan">8b(ii)</a>.'),
        ("we {priority:streets} too", "we Safer <strong>streets</strong> too"),
        ("{priority:counted}.", 'Take 107 homes in <a href="#plan">8b(ii)</a> on.'),
        ("{{sharps} and {{", "{sharps} and {"),
        ("{Not One} {", "{Not One} {"),
    ],
)
def test_references(prose: Prose, typed: str, expected: str) -> None:
    assert prose.html(text(typed)) == expected


@pytest.mark.parametrize(
    "typed", ["{none}", "{open}", "{para:none}", "{priority:none}", "{priority:circle}"]
)
def test_a_reference_to_nothing(prose: Prose, typed: str) -> None:
    with pytest.raises(KeyError):
        prose.html(text(typed))


def test_a_table(prose: Prose) -> None:
    typed = "| Year | Sharps | Note |\n|:-----|-------:|:----:|\n| 2018 | 7,292 | **so far** |"
    root = parsed(prose.html(text(typed)))
    heads, cells = list(root.iter("th")), list(root.iter("td"))
    assert [cell.attrib for cell in heads] == [
        {"class": "align-left", "scope": "col"},
        {"class": "align-right", "scope": "col"},
        {"class": "align-center", "scope": "col"},
    ]
    assert [cell.attrib for cell in cells] == [
        {"class": "align-left"}, {"class": "align-right"}, {"class": "align-center"},
    ]  # fmt: skip
    assert ["".join(cell.itertext()) for cell in (*heads, *cells)] == [
        "Year", "Sharps", "Note", "2018", "7,292", "so far",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["a b", "x" * 39], {}),  # the longest words, and two a column
        (["a bb", "x" * 39], {"class": "dense"}),
        (["a"] * 14, {}),
        (["a"] * 15, {"class": "dense"}),
    ],
)
def test_a_table_too_wide_for_paper(
    prose: Prose, cells: list[str], expected: dict[str, str]
) -> None:
    heads = "a|" * len(cells)
    typed = f"|{heads}\n|{'--|' * len(cells)}\n|{'|'.join(cells)}|"
    root = parsed(prose.html(text(typed)))
    assert [table.attrib for table in root.iter("table")] == [expected]
    assert [dict(div.attrib) for div in root.iter("div") if div is not root] == [SCROLLS]


def test_a_table_without_alignment(prose: Prose) -> None:
    root = parsed(prose.html(text("a | b\n--|--\n1 | 2")))
    assert [cell.attrib for cell in root.iter("th")] == [{"scope": "col"}] * 2
    assert [cell.attrib for cell in root.iter("td")] == [{}, {}]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("In 2018-19 we", ["2018-19"]),
        ("2018/19, 2018–19", ["2018/19", "2018–19"]),
        ("**2018-19**", ["2018-19"]),
        ("12018-19 2018-190 2018-19-20 22-07-2019", []),
        ("[the plan](https://x.example/2018-19)", []),
        ("[the plan for 2018-19](https://x.example/)", []),
        ("`2018-19`", []),
    ],
)
def test_years_stay_on_one_line(prose: Prose, typed: str, expected: list[str]) -> None:
    root = parsed(prose.html(text(typed)))
    spans = list(root.iter("span"))
    assert [span.text for span in spans] == expected
    assert all(span.attrib == {"class": "year"} for span in spans)
    if "x.example" in typed:
        (link,) = root.iter("a")
        assert link.attrib["href"].startswith("https://x.example/")
        assert len(link) == 0, "an element within a link becomes a link of its own in a PDF"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Introduction *and* background", "Introduction <em>and</em> background"),
        ("1. Introduction", "1. Introduction"),
        ("- Introduction", "- Introduction"),
        ("> Introduction", "&gt; Introduction"),
        ("One\n\ntwo", "One two"),
        ("a | b\n--|--\n1 | 2", "a | b --|-- 1 | 2"),
        ("{sharps} sharps", "7,292 sharps"),
        ("[a](https://b.example)", '<a href="https://b.example">a</a>'),
        ("<b>", "&lt;b&gt;"),
    ],
)
def test_a_heading_is_one_line(prose: Prose, typed: str, expected: str) -> None:
    assert prose.line(text(typed)) == expected


def test_one_text_leaves_nothing_for_the_next(prose: Prose) -> None:
    prose.html(text("[a]: https://a.example\n\n[^1]: note\n\n<b>"))
    assert prose.html(text("[a] [a][a] [^1]")) == "[a] [a][a] [^1]"


def parsed(html: str) -> Element:
    """The HTML as a browser takes it, within a div."""
    document = page.parsed(f"<!doctype html><div>{html}</div>")
    div = document.find("body/div")
    assert isinstance(div, Element)
    assert len(document.find("body")) == 1, "something broke out of the element it stands in"
    assert not (div.tail or "").strip()
    return div


def breaches(root: Element) -> Iterator[str]:
    """What a report's HTML may not hold."""
    for each in root.iter():
        if each.tag == "div" and each.attrib == SCROLLS:
            continue
        if each is not root and each.tag not in TAGS:
            yield f"<{each.tag}>"
        for name, value in each.attrib.items():
            allowed = {
                "href": value.lower().startswith(SCHEMES),
                "scope": value == "col" and each.tag == "th",
                "class": value in CLASSES,
                "lang": each.tag == "span" and re.fullmatch("[A-Za-z0-9-]+", value) is not None,
            }
            if not allowed.get(name, False):
                yield f"{name}={value}"


def test_a_breach_is_seen() -> None:
    bad = '<b>x</b><a href="javascript:x">y</a><p style="a">z</p><span class="note">n</span>'
    assert list(breaches(parsed(bad))) == [
        "<b>", "href=javascript:x", "style=a", "class=note",
    ]  # fmt: skip
    with pytest.raises(AssertionError, match="broke out"):
        parsed("</div><p>out</p>")


PIECES = st.sampled_from(
    [
        *"[]()<>*_`!&\\|-+#:=~{}\"'\n \t/.,0189aé–\x02\x03", "1. ", "- ", "> ", "    ", "\n\n",
        "**", "```", "![", "](", "<a ", "<b>", "</p>", "</div>", "<!--", "-->", "<script>",
        "javascript:",
        "https://x.example", "<https://x.example>", "a@b.example", "[a](https://b.example)",
        "&amp;", "&#58;", "2018-19", "|-|-|\n", "|a|b|\n", "onclick=", "style=", "[a]: b",
        "klzzwxh:0000",
        "wzxhzdk:0", "\x02klzzwxh:0\x03", "\x02amp\x03", "{{", "{sharps}", "{para:plan}",
        "{lang:cy|", "{lang:cy|gair}", "\ufdd0", "\ufdd1", "\ufdd2",
    ]
)  # fmt: skip
ANY_TEXT = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=30).map("".join))


@settings(max_examples=400)
@given(ANY_TEXT)
def test_any_text_gives_html_that_a_report_may_hold(prose: Prose, typed: str) -> None:
    try:
        forms = prose.html(text(typed)), prose.line(text(typed))
    except KeyError:
        return
    for html in forms:
        root = parsed(html)
        assert list(breaches(root)) == []
    assert not {"p", "ul", "ol", "table", "blockquote"} & {each.tag for each in root.iter()}
    letters = re.findall("[a-zé]", re.sub(r"{[^{}\n]*}", "", typed.partition("<")[0]))
    if not set("[]&\\{}\x02\x03") & set(typed):
        shown = "".join(parsed(forms[0]).itertext())
        assert re.findall("[a-zé]", shown)[: len(letters)] == letters, "a word was lost"


def repeated(unit: str, between: str = "") -> str:
    """As much of it as a text may hold."""
    long = (unit + between) * (LONGEST_TEXT // len(unit + between))
    while True:
        faults = Faults()
        weigh(long, HERE, faults)
        if not faults.found:
            return long
        long = long[: len(long) * 9 // 10]


HEAVY = [
    "{lang:cy|", "{lang:cy|a} ",
    "[", "[[", "![", "](", "[a](", "[a](<", "[](", "[a][", "*", "**", "*a ", "_", "__a ", "***a",
    "`", "``a ", "<", "<a ", "<!--", "<a href='", "&", "&#", "\\", "\\*", ">", "> ", "- ", "1. ",
    "- a\n", "- a\n\n", "    - a\n", "\t- a\n", "a\n\n", "|", "|a|b|\n", "|a|b|\n|-|-|\n", "a  \n",
    "{priority:streets} ", "{para:plan} ", "2018-19 ", "{", "http://", "<http://a", "a@b", "\x02",
    "[a]: b\n", "\"'", "=", "#",
]  # fmt: skip


@pytest.mark.parametrize("unit", HEAVY)
def test_no_text_within_the_bounds_hangs_or_fails(prose: Prose, unit: str) -> None:
    spread = LONGEST_TEXT // MOST_MARKS - len(unit)
    for between in ("", "a" * max(spread, 0), " " * max(spread, 0)):
        heavy = text(repeated(unit, between))
        started = time.process_time()
        assert list(breaches(parsed(prose.html(heavy)))) == []
        # Some 0.2 s on a machine of 2026; without the bounds it would be minutes, or an exception.
        assert time.process_time() - started < 5


def test_lists_as_deep_as_may_be_do_not_depend_on_who_calls(prose: Prose) -> None:
    deep = text(repeated(">") + " a")

    def called(depth: int) -> str:
        return prose.html(deep) if depth == 0 else called(depth - 1)

    assert called(0) == called(500)
