"""An officer's text to safe HTML: references written out, Markdown formatted, the result cleaned.

The one place from which text reaches a reader as markup.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from operator import attrgetter
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.blockprocessors import OListProcessor
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import LINK_RE, InlineProcessor, LinkInlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from markupsafe import Markup

from oscp_report.comparison.sentences import written_figure
from oscp_report.document.numbering import Numbered, by_id
from oscp_report.model import Report, Text
from oscp_report.references import LINK_STARTS, Foreign, Reference, StrayBrace, references, split
from oscp_report.wording import one_line

SCHEMES = (*LINK_STARTS, "#")
"""What a link may begin with, those to a paragraph among them; all else loses its address."""

YEAR_IN_TEXT = "(?<![0-9])[0-9]{4}[-/\u2013][0-9]{2}(?![-/\u2013]?[0-9])"

WIDE = '<div class="wide" role="group" aria-label="Table" tabindex="0">'
"""What a table scrolls in on a phone, by finger or by keyboard, so that the page need not."""

WIDEST_TABLE = 44
"""Characters that the columns of a table can take in all and still fit on paper, at 12 point two
levels in: the longest word of each, and two for the space beside it. A wider one is set smaller."""

_TAGS = {
    "a", "blockquote", "br", "code", "em", "li", "ol", "p", "span", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href"},
    "th": {"scope", "class"},
    "td": {"class"},
    "span": {"class", "lang"},
    "table": {"class"},
}
# A passage in another language on its way through Markdown: its tag and its words between
# characters that stand for nothing (Unicode 23.7). What an author typed is never taken for it.
_FOREIGN = "\ufdd0{language}\ufdd1{words}\ufdd2"
_FOREIGN_IN_TEXT = "\ufdd0([A-Za-z0-9-]+)\ufdd1([^\ufdd0-\ufdd2]*)\ufdd2"
_FOREIGN_LEFT_OVER = re.compile("\ufdd0[^\ufdd0-\ufdd2]*\ufdd1|[\ufdd0-\ufdd2]")  # within code
# A figure on its way, where figures are marked: its place among the report's figures, its value.
_FIGURE = "\ufdd3{number}\ufdd4{written}\ufdd5"
_FIGURE_MARKS = re.compile("<[^>]*>|\ufdd3([0-9]+)\ufdd4|\ufdd5")
_ANY_FIGURE_MARK = re.compile("\ufdd3[0-9]+\ufdd4|\ufdd5")
_BRACKET = re.compile(r"[\[\]]")

# What Markdown would do that a paragraph of a report must not: pass HTML through, make headings,
# rules and code blocks of a line that merely looks like one, load pictures, take a line such as
# "[1]: Oxford" out of the text as the address of a link.
_NOT_WANTED = {
    "preprocessors": ("html_block",),
    "parser.blockprocessors": ("hashheader", "setextheader", "hr", "code", "reference"),
    "inlinePatterns": (
        "html", "image_link", "image_reference", "short_image_ref", "reference", "short_reference",
    ),
}  # fmt: skip
_NOT_IN_A_LINE = {"parser.blockprocessors": ("table", "indent", "olist", "ulist", "quote")}


class _Link(LinkInlineProcessor):
    """Markdown's link, which goes from bracket to bracket, not through every character."""

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:  # noqa: N802  # its name
        depth = 1
        for bracket in _BRACKET.finditer(data, index):
            depth += 1 if bracket[0] == "[" else -1
            if depth == 0:
                return data[index : bracket.start()], bracket.end(), True
        return "", index, False


class _OrderedList(OListProcessor):
    """Markdown's numbered list if it begins at 1: it would print "2018. It was" as "1. It was"."""

    def test(self, parent: Element, block: str) -> bool:
        before = self.lastChild(parent)
        goes_on = before is not None and before.tag in self.SIBLING_TAGS
        return super().test(parent, block) and (goes_on or block.lstrip().startswith("1."))


class _Year(InlineProcessor):
    """A year is not broken at its hyphen at the end of a line."""

    ANCESTOR_EXCLUDES = ("a",)  # in a PDF, an element within a link becomes a link of its own

    def handleMatch(  # type: ignore[override]  # the stubs' own signature  # noqa: N802  # its name
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        span = Element("span", {"class": "year"})
        span.text = AtomicString(m[0])
        return span, m.start(), m.end()


class _Foreign(InlineProcessor):
    """Words in another language, which a screen reader then reads in that language's voice."""

    def handleMatch(  # type: ignore[override]  # the stubs' own signature  # noqa: N802  # its name
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        span = Element("span", {"lang": m[1]})
        span.text = m[2]
        return span, m.start(), m.end()


class _Tables(Treeprocessor):
    """Column heads say so; what a style sheet needs to know is a class, never an inline style."""

    def run(self, root: Element) -> None:
        for table in root.iter("table"):
            if _narrowest(table) > WIDEST_TABLE:
                table.set("class", "dense")
        for cell in (*root.iter("th"), *root.iter("td")):
            align = cell.attrib.pop("style", "").removeprefix("text-align: ").rstrip(";")
            if align:
                cell.set("class", f"align-{align}")
            if cell.tag == "th":
                cell.set("scope", "col")


def _narrowest(table: Element) -> int:
    """How many characters a table takes that breaks no word."""
    rows = [list(row) for row in table.iter("tr")]
    words = [
        ["".join(cell.itertext()).split() for cell in column] for column in zip(*rows, strict=True)
    ]
    return sum(
        2 + max((len(word) for cell in column for word in cell), default=0) for column in words
    )


def _make_markdown(*, blocks: bool) -> Markdown:
    markdown = Markdown(extensions=[TableExtension()], output_format="html")
    for not_wanted in (_NOT_WANTED, {} if blocks else _NOT_IN_A_LINE):
        for path, names in not_wanted.items():
            registry = attrgetter(path)(markdown)
            for name in names:
                registry.deregister(name)
    if blocks:
        ordered = _OrderedList(markdown.parser)
        markdown.parser.blockprocessors.register(ordered, "olist", 40)
    markdown.inlinePatterns.register(_Link(LINK_RE, markdown), "link", 160)
    markdown.inlinePatterns.register(_Year(YEAR_IN_TEXT, markdown), "year", 5)
    markdown.inlinePatterns.register(_Foreign(_FOREIGN_IN_TEXT, markdown), "foreign", 170)
    markdown.treeprocessors.register(_Tables(markdown), "tables", 5)
    return markdown


class Prose:
    """Formats the texts of one report, whose figures and numbered paragraphs it knows."""

    def __init__(
        self,
        report: Report,
        history: Sequence[Report],
        paragraphs: Mapping[str, Numbered],
        priorities: Mapping[str, Text],
        *,
        marks_figures: bool = False,
    ) -> None:
        self._report = report
        self._numbers = {name: n for n, name in enumerate(report.figures)} if marks_figures else {}
        self._years = (*history, report)
        self._paragraphs = paragraphs
        self._priorities = priorities
        self._blocks = _make_markdown(blocks=True)
        self._line = _make_markdown(blocks=False)

    def html(self, text: Text) -> Markup:
        """The text as HTML; a single paragraph without its ``<p>``.

        Raises:
            KeyError: a reference names nothing that is there. The rules find that first.
        """
        return self._marked(_formatted(self._blocks, self.written_out(text.value)))

    def line(self, text: Text) -> Markup:
        """A heading or a title as HTML: emphasis and links, but neither lists nor paragraphs.

        Raises:
            KeyError: as for ``html``.
        """
        line = one_line(self.written_out(text.value))
        return self._marked(_formatted(self._line, line))

    def written_out(self, text: str) -> str:
        """The text with every reference replaced by what it stands for, still Markdown."""
        return "".join(
            piece if isinstance(piece, str) else self._reference(piece) for piece in split(text)
        )

    def _reference(self, piece: Reference | StrayBrace | Foreign) -> str:
        if isinstance(piece, StrayBrace):
            return piece.raw
        if isinstance(piece, Foreign):
            return _FOREIGN.format(language=piece.language, words=piece.words)
        if piece.kind == "para":
            paragraph = self._paragraphs[piece.target]
            return f"[{paragraph.label}](#{paragraph.anchor})"
        if piece.kind == "priority":
            return self._priority(piece.target)
        written = self._figure(piece)
        number = self._numbers.get(piece.target)
        return written if number is None else _FIGURE.format(number=number, written=written)

    def _figure(self, piece: Reference) -> str:
        figure = self._report.figures[piece.target]
        is_to_come = figure.is_missing and self._report.status == "draft"
        if figure.value is None and not is_to_come and piece.aspect != "previous":
            raise KeyError(piece.target)
        return written_figure(piece, self._years)

    def _marked(self, html: Markup) -> Markup:
        """The text with each figure that was marked on its way in an element that names it."""
        if not self._numbers:
            return html
        names = list(self._numbers)

        def element(found: re.Match[str]) -> str:
            if found[1]:
                return f'<span data-figure="{names[int(found[1])]}">'
            return "</span>" if found[0] == "\ufdd5" else _ANY_FIGURE_MARK.sub("", found[0])

        # An id holds letters, digits and hyphens, and all else was cleaned before.
        return Markup(_FIGURE_MARKS.sub(element, html))  # noqa: S704

    def _priority(self, target: str) -> str:
        """A priority's words as part of another text, without the stop or semicolon at their end.

        Raises:
            KeyError: there is none, or it refers to a priority itself, which could go on for ever.
        """
        title = self._priorities[target].value
        if any(found.kind == "priority" for found in references(title)):
            raise KeyError(target)
        return self.written_out(title).rstrip(" \n;.,")


def prose_of(
    report: Report,
    history: Sequence[Report],
    numbered: tuple[tuple[Numbered, ...], ...],
    *,
    marks_figures: bool = False,
) -> Prose:
    """What formats a report's texts; ``history`` are earlier years, ``numbered`` its paragraphs.

    ``marks_figures`` puts each figure into a ``span`` whose ``data-figure`` is its id.
    """
    titles = {priority.id: priority.title for priority in report.priorities.items}
    return Prose(report, history, by_id(numbered), titles, marks_figures=marks_figures)


def _formatted(markdown: Markdown, text: str) -> Markup:
    clean = nh3.clean(
        markdown.reset().convert(text),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_allowed,
        link_rel=None,
        url_schemes={start.partition(":")[0] for start in LINK_STARTS},
    ).strip()
    if clean.startswith("<p>") and clean.endswith("</p>") and clean.count("<p>") == 1:
        clean = clean.removeprefix("<p>").removesuffix("</p>").strip()
    clean = _FOREIGN_LEFT_OVER.sub("", clean)
    # No text can hold these tags, so each is one that Markdown made.
    clean = clean.replace("<table", f"{WIDE}<table").replace("</table>", "</table></div>")
    return Markup(clean)  # noqa: S704  # cleaned just above


def _allowed(tag: str, attribute: str, value: str) -> str | None:
    # nh3 lets `title` and `lang` pass on every tag, whatever it is told.
    if attribute not in _ATTRIBUTES.get(tag, ()):
        return None
    return value if attribute != "href" or value.lower().startswith(SCHEMES) else None
