"""A view to HTML: the whole page, a workspace's own templates, and templates that are broken."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest
import tinycss2  # type: ignore[import-untyped]  # WeasyPrint's, which has no annotations
from hypothesis import given, settings
from hypothesis import strategies as st

from oscp_report.document.rendering import STYLES, BrokenTemplate, render_report, with_pdf_size
from oscp_report.document.views import ReportView, view_report
from oscp_report.reading.loading import load_partnership, load_report
from oscp_report.year import Year
from tests.page import parsed

PARTNERSHIP = """\
name: Merrow Safer Together Partnership
short_name: MSTP
council: Merrow & District Council
cover:
  - To: Council
"""
SMALL = """\
year: 2018-19
cover:
  - To: Council
priorities: {lead: L, items: [{id: a, title: A}]}
achievements: {heading: H, themes: [T]}
"""
# One of each thing that a report can hold.
WHOLE = """\
year: 2018-19
status: draft
cover:
  - Title of Report: Safer *together*
summary:
  - Recommendations:
      text: "That Council:"
      items:
        - note the report;
        - text: "ask officers to:"
          items: [publish it]
appendices:
  - "Appendix 1: Map"
  - "Appendix 2: Plan"
introduction:
  heading: Introduction
  paragraphs:
    - "The <b>Act</b> & “we”."
priorities:
  lead: "They were:"
  items:
    - id: streets
      title: Safer streets
sections_before:
  - heading: Consultation
    id: consultation
    paragraphs:
      - |
        One.

        - two

        | Year    |
        |:--------|
        | 2018-19 |
achievements:
  heading: Achievements
  themes:
    - priority: streets
      text: "What was done:"
      achievements:
        - id: plan
          text: "A plan with {calls} calls:"
          items: ["see [the site](https://merrow.example)", "as in {para:plan}"]
next_priorities:
  year: 2019-20
  lead: "They are:"
  items:
    - id: streets
      title: Safer streets
sections_after:
  - heading: Risks
    paragraphs: [None.]
figures:
  calls: {label: Calls, value: 1234, source: Merrow Council}
contacts:
  - {Report author: A. Officer}
  - {Report author: B. Officer}
background_papers: [One, Two]
"""


@pytest.fixture(scope="session")
def shipped(checkout: Path) -> Path:
    return checkout / "templates"


@pytest.fixture
def own(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    """A workspace's own templates, by name."""

    def make(files: dict[str, str]) -> Path:
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8")
        return tmp_path

    return make


def view(year: str = SMALL) -> ReportView:
    report = load_report(year.encode(), "data/2018-19.yaml", Year(2018))
    partnership = load_partnership(PARTNERSHIP.encode(), "data/partnership.yaml")
    assert (report.diagnostics, partnership.diagnostics) == ((), ())
    assert report.value is not None
    assert partnership.value is not None
    return view_report(report.value, partnership.value)


def test_the_whole_page(
    own: Callable[[dict[str, str]], Path], shipped: Path, checkout: Path
) -> None:
    plain = own({f"css/{name}.css": f"/* {name} */\n" for name in STYLES})
    page = render_report(view(WHOLE), [plain, shipped])
    body = [line for line in page[page.index("<body") :].splitlines() if line]
    golden = (checkout / "tests" / "document" / "whole.html").read_text("utf-8")
    assert body == golden.splitlines()
    assert len(body) < 170


def test_the_head_of_a_page(shipped: Path) -> None:
    page = render_report(view(WHOLE), [shipped])
    assert page.startswith('<!DOCTYPE html>\n<html lang="en-GB" itemscope')
    assert '\n<head>\n<meta charset="utf-8">\n' in page
    assert page.endswith("</html>\n")
    head = parsed(page).find("head")
    assert head.find("title").text == "DRAFT: Safer together, 2018-19"
    named = [meta for meta in head.iter("meta") if meta.get("name")]
    assert {meta.get("name"): meta.get("content") for meta in named} == {
        "viewport": "width=device-width, initial-scale=1",
        "author": "Merrow Safer Together Partnership",
        "description": "Annual Review 2018-19: Merrow Safer Together Partnership to Merrow & "
        "District Council",
        "color-scheme": "light dark",
    }
    shared = {meta.get("property"): meta.get("content") for meta in head.iter("meta")}
    assert shared["og:title"] == "DRAFT: Safer together, 2018-19"
    assert shared["og:locale"] == "en_GB"
    assert "og:url" not in shared, "where it is published is not known"
    told = {meta.get("itemprop"): meta.get("content") for meta in head.iter("meta")}
    assert told["temporalCoverage"] == "2018-04-01/2019-03-31"
    assert told["creativeWorkStatus"] == "Draft"
    assert [style.get("media") for style in head.iter("style")] == [None, "screen", "print"]


def policy_of(page: str) -> dict[str, str]:
    """The content security policy, by directive."""
    (meta,) = (m for m in parsed(page).iter("meta") if m.get("http-equiv"))
    return dict(directive.strip().split(" ", 1) for directive in meta.get("content").split(";"))


def hashes_of(page: str) -> str:
    found = (style.text for style in parsed(page).iter("style"))
    return " ".join(f"'sha256-{b64encode(sha256(t.encode()).digest()).decode()}'" for t in found)


def test_the_policy_of_a_page_lets_in_its_own_style_alone(
    own: Callable[[dict[str, str]], Path], shipped: Path
) -> None:
    page = render_report(view(WHOLE), [shipped])
    assert policy_of(page) == {
        "default-src": "'none'", "style-src": hashes_of(page), "img-src": "data:",
        "font-src": "data:", "base-uri": "'none'", "form-action": "'none'",
    }  # fmt: skip
    styled = '{% block contacts %}<p style="color: red">x</p>{% endblock %}'
    page = render_report(view(WHOLE), [own({"report.html": EXTENDS + styled}), shipped])
    assert policy_of(page)["style-src-attr"] == "'unsafe-inline'"


@pytest.mark.parametrize("notice", ["Plain, it is.", '</style>\\"; } x', "naïve \\ <!-- é"])
def test_a_notice_stands_at_the_head_of_every_sheet(shipped: Path, notice: str) -> None:
    page = render_report(replace(view(), notice=notice), [shipped])
    *_, style = parsed(page).iter("style")
    rules = tinycss2.parse_stylesheet(style.text, skip_comments=True, skip_whitespace=True)
    blocks = (block for block in rules[-1].content if block.type == "{} block")
    said = (token.value for block in blocks for token in block.content if token.type == "string")
    assert rules[-1].at_keyword == "page"
    assert list(said) == [notice]


def test_a_page_with_a_pdf_leads_to_it_and_the_pdf_to_the_page(shipped: Path) -> None:
    has_both = replace(view(), pdf_name="a.pdf", web_address="https://merrow.example/a.html")
    page = render_report(has_both, [shipped])
    assert 'href="a.pdf"' in page
    assert '<a href="https://merrow.example/a.html">' in page
    assert "This report as a PDF (2 pages, 9 KB)" in re.sub(
        "<[^>]*>", "", with_pdf_size(page, "2 pages, 9 KB")
    )
    neither = render_report(view(), [shipped])
    assert "a PDF" not in neither
    assert with_pdf_size(neither, "2 pages, 9 KB") == neither


class Balanced(HTMLParser):
    """Fails on a tag that is not closed where it ought to be."""

    VOID = frozenset({"meta", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: Counter[str] = Counter()
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen[tag] += 1
        values = dict(attrs)
        assert len(values) == len(attrs), f"an attribute twice in <{tag}>"
        self.ids += filter(None, [values.get("id")])
        self.links += filter(None, [values.get("href")])
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    @classmethod
    def read(cls, page: str) -> Balanced:
        parser = cls()
        parser.feed(page)
        parser.close()
        assert parser.open == []
        return parser


def test_the_whole_page_is_well_formed(shipped: Path) -> None:
    page = Balanced.read(render_report(view(WHOLE), [shipped]))
    assert page.seen["h1"] == 1
    assert page.seen["style"] == 3
    assert page.seen["script"] == page.seen["img"] == page.seen["link"] == 0
    assert len(page.ids) == len(set(page.ids))
    here = {link.removeprefix("#") for link in page.links if link.startswith("#")}
    assert here <= set(page.ids)
    assert "plan" in here


def test_the_same_report_gives_the_same_page(shipped: Path) -> None:
    assert render_report(view(WHOLE), [shipped]) == render_report(view(WHOLE), [shipped])


def test_the_report_s_title_is_its_one_heading_of_level_one(shipped: Path) -> None:
    title = "  - Title of Report: Safer *together*\n"
    for year, expected in (
        (WHOLE, "Safer together"),
        (WHOLE.replace(title, "  - Ward: All\n"),
         "Merrow Safer Together Partnership Annual Review 2018-19"),
        (WHOLE.replace(title, f"{title}  - Title of Committee: C\n"), "Safer together"),
    ):  # fmt: skip
        page = parsed(render_report(view(year), [shipped]))
        headings = ["".join(h1.itertext()) for h1 in page.iter("h1")]
        assert headings == [expected]
        assert headings == ["".join(h1.itertext()) for h1 in page.find("body/main").iter("h1")]


NASTY = st.sampled_from(
    [
        "report", "summary", "contents-heading", "the-report", "section-1", "section-2", "main",
        "paragraph-1", "paragraph-2-a", "a", "b", "body", "x",
    ]
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(NASTY, min_size=7, max_size=7))
def test_every_id_of_a_page_is_its_own(ids: list[str]) -> None:
    a, b, c, d, e, f, g = ids
    year = f"""\
year: 2018-19
cover: [{{To: {{text: Council, id: {a}}}}}]
summary: [{{Key decision: No}}]
introduction: {{heading: One, id: {b}, paragraphs: [{{text: P, id: {c}}}, Q]}}
priorities: {{lead: L, id: {d}, items: [{{id: {e}, title: A}}]}}
achievements: {{heading: H, themes: [{{text: T, id: {f}}}]}}
next_priorities: {{lead: L, items: [{{id: {e}, title: A}}]}}
sections_after: [{{heading: Two, id: {g}, paragraphs: [P]}}]
"""
    shipped = Path(__file__).parents[2] / "templates"
    page = Balanced.read(render_report(view(year), [shipped]))
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links} <= set(page.ids)
    assert {b, g} <= set(page.ids), "an id that a section was given is its own"


def test_what_was_typed_is_escaped_everywhere(shipped: Path) -> None:
    evil = "<script>alert('x')</script>\\\"&amp;{{{{7*7}}}}"
    quoted = f'"{evil}"'
    report = load_report(
        WHOLE.replace("Safer *together*", quoted)
        .replace("Introduction", quoted)
        .replace("A. Officer", quoted)
        .replace("Appendix 1: Map", evil)
        .replace("Recommendations:", f"{quoted}:")
        .encode(),
        "f",
        Year(2018),
    )
    partnership = load_partnership(
        f"name: {quoted}\nshort_name: {quoted}\ncouncil: {quoted}\n"
        f"labels: {{summary: {quoted}}}\nreport_name: {quoted}\n".encode(),
        "p",
    )
    assert report.value is not None
    assert partnership.value is not None
    page = render_report(view_report(report.value, partnership.value), [shipped])
    assert page.count("alert(") >= 10
    assert "<script" not in page
    assert "{{7*7}}" in page
    assert Balanced.read(page).seen["script"] == 0


def test_a_block_of_the_report_may_be_replaced(
    own: Callable[[dict[str, str]], Path], shipped: Path
) -> None:
    templates = own(
        {
            "report.html": '{% extends "shipped/report.html" %}\n'
            "{% block contacts %}<p>Ask {{ report.name }}.</p>{% endblock %}\n"
        }
    )
    page = render_report(view(WHOLE), [templates, shipped])
    assert "<p>Ask Merrow Safer Together Partnership.</p>" in page
    assert "A. Officer" not in page[: page.index("</main>")]
    assert "Achievements" in page


def test_a_style_sheet_and_a_component_of_the_workspace_win(
    own: Callable[[dict[str, str]], Path], shipped: Path
) -> None:
    templates = own(
        {
            "css/print.css": "@page { size: A5 }\n",
            "components/rows.html": "{% macro rows(views, name) %}<p>rows</p>{% endmacro %}"
            "{% macro papers(view, name) %}<p>papers</p>{% endmacro %}",
        }
    )
    page = render_report(view(WHOLE), [templates, shipped])
    assert '<style media="print">\n@page { size: A5 }' in page
    assert policy_of(page)["style-src"] == hashes_of(page)
    assert "<p>rows</p>" in page
    assert (shipped / "css" / "screen.css").read_text("utf-8").strip() in page
    assert (shipped / "css" / "print.css").read_text("utf-8").strip() not in page


EXTENDS = '{% extends "shipped/report.html" %}\n'


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param(
            {"report.html": EXTENDS + "{% block cover %}\n{{ report.coverr }}{% endblock %}"},
            "templates/report.html:3: '.*ReportView object' has no attribute 'coverr'",
            id="a missing name",
        ),
        pytest.param(
            {"report.html": "{{ repor.cover }}"},
            "templates/report.html:1: 'repor' is undefined",
            id="an unknown name",
        ),
        pytest.param(
            {"components/rows.html": "{% macro rows(v, n) %}\n\n{{ v.x }}{% endmacro %}"
             "{% macro papers(v, n) %}{% endmacro %}"},
            "templates/components/rows.html:3: 'tuple object' has no attribute 'x'",
            id="in a component",
        ),
        pytest.param(
            {"report.html": "a\n{% if %}"},
            "templates/report.html:2: Expected an expression, got 'end of statement block'",
            id="no template",
        ),
        pytest.param(
            {"report.html": '{% extends "base.html" %}{% include "none.html" %}', "base.html":
             '{% include "none.html" %}'},
            "there is no template `none.html`",
            id="a template that is not there",
        ),
        pytest.param(
            {"report.html": "\n{{ 1 / 0 }}"},
            "templates/report.html:2: ZeroDivisionError: division by zero",
            id="arithmetic",
        ),
        pytest.param(
            {"report.html": "{{ report.cover[99] }}"},
            "templates/report.html:1: .*has no element 99",
            id="an item that is not there",
        ),
        pytest.param(
            {"report.html": '{% include "report.html" %}'},
            "templates/report.html:1: RecursionError: ",
            id="a template within itself",
        ),
        pytest.param(
            {"report.html": "{% for n in range(10**9) %}x{% endfor %}"},
            "templates/report.html:1: OverflowError: ",
            id="without end",
        ),
        pytest.param(
            {"css/print.css": "p { content: '</STYLE>' }"},
            "templates/css/print.css holds `</style`",
            id="a style sheet that ends its element",
        ),
    ],
)  # fmt: skip
def test_a_broken_template_is_named(
    own: Callable[[dict[str, str]], Path], shipped: Path, files: dict[str, str], message: str
) -> None:
    with pytest.raises(BrokenTemplate, match=message) as raised:
        render_report(view(), [own(files), shipped])
    assert raised.value.fix
    assert raised.value.exit_code == 2
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("name", ["report.html", "css/screen.css"])
def test_a_template_saved_in_another_encoding(
    own: Callable[[dict[str, str]], Path], shipped: Path, name: str
) -> None:
    templates = own({name: ""})
    (templates / name).write_bytes("/* £ */".encode("cp1252"))
    with pytest.raises(BrokenTemplate, match="is not saved as UTF-8"):
        render_report(view(), [templates, shipped])


@pytest.mark.parametrize(
    "trick",
    [
        "{{ report.__class__ }}",
        "{{ report.__class__.__mro__[1].__subclasses__() }}",
        "{{ ''.__class__ }}",
        "{{ styles.__init__.__globals__ }}",
        "{{ styles.update(print='') }}",
        "{{ styles.clear() }}",
        "{{ self.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ '{0.__class__}'.format(report) }}",
        "{{ report|attr('__class__') }}",
        "{{ [report]|map(attribute='__class__')|first }}",
    ],
)
def test_a_template_reaches_nothing_but_the_view(
    own: Callable[[dict[str, str]], Path], shipped: Path, trick: str
) -> None:
    templates = own({"report.html": trick})
    with pytest.raises(BrokenTemplate, match=r"unsafe|not safely|undefined|no attribute|access to"):
        render_report(view(), [templates, shipped])


def test_markup_is_never_made_by_a_template(checkout: Path) -> None:
    templates = sorted((checkout / "templates").rglob("*.html"))
    assert len(templates) >= 4
    for path in templates:
        text = path.read_text("utf-8")
        if path.name == "search.html":  # the one page with scripts: its own, allowed by their names
            text = re.sub(
                r"<script( src=\"search-index.js\")?>(\{\{ script \}\})?</script>", "", text
            )
        assert not re.search(r"\|\s*safe|autoescape|<script|\son[a-z]+=|style=", text), path
