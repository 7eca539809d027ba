"""Rules about Markdown: links that lead somewhere, and marks that would be printed as typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from oscp_report.checks.passages import formatted, markup_of
from oscp_report.checks.registry import Finding, Subject, rule
from oscp_report.references import LINK_STARTS
from oscp_report.wording import quoted

_IMAGE = re.compile(r"!\[[^\[\]]*\](?=[(\[])")
_LINK = re.compile(
    r"\]\(\s*<?(?P<inline>[^\s<>()]*)"
    r"|<(?P<auto>[A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*)>",
    re.MULTILINE,
)
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|<!--")
_BULLET = re.compile(r"(?:\A|(?<=[:;.,]\s)|(?<=\n))[•‣▪●◦\uf0b7](?=\s)")
_HEADING = re.compile(r"^ {0,3}(#{1,6}[ \t][^\n]*|={3,}[ \t]*$|-{3,}[ \t]*$)", re.MULTILINE)


@rule("PRO104", "error")
def link_that_leads_nowhere(subject: Subject) -> Iterator[Finding]:
    """Link whose address is not kept.

    ## What it does
    Finds links in Markdown whose address does not begin with `https://`, `http://`, `mailto:` or
    `tel:`: those to a file, to a place on the page, to a script, to nothing.

    ## Why it matters
    The address would be dropped, or lead nowhere once the report is on the Council's site; the
    words would be printed as if nothing had been meant.

    ## How to fix it
    Give the whole address. Refer to a paragraph by its id, as in `{para:hate-crime-plan}`.

    ```yaml
    - See [the map](map.pdf).                        # an error
    - See [the map](https://www.oxford.gov.uk/map).  # not
    ```
    """
    for passage in formatted(subject):
        text = markup_of(passage.text.value)
        images = {match.end() - 1 for match in _IMAGE.finditer(text)}
        for match in _LINK.finditer(text):
            if match.start() in images:
                continue
            kind = match.lastgroup or "inline"
            address = match[kind]
            if not address.casefold().startswith(LINK_STARTS):
                place = match.span(kind) if address else match.span()
                yield Finding(
                    passage.at(*place),
                    f"{quoted(address) if address else 'an empty address'} leads nowhere",
                    fix="write the whole address, from `https://` on; for a paragraph `{para:id}`",
                    about=address,
                )


@rule("PRO105", "error")
def image_in_text(subject: Subject) -> Iterator[Finding]:
    """Picture in a text.

    ## What it does
    Finds pictures written in Markdown, `![words](file)`.

    ## Why it matters
    A text holds words only: the picture would be left out, and what stands for it printed.

    ## How to fix it
    Take it out, say in words what it shows, and add it to `appendices:` as a file if it is
    needed.
    """
    for passage in formatted(subject):
        for match in _IMAGE.finditer(markup_of(passage.text.value)):
            yield Finding(
                passage.at(*match.span()),
                f"{quoted(match[0])} is a picture, and a text can hold none",
                fix="say in words what it shows, or add it as an appendix",
                about=match[0],
            )


@rule("PRO106", "warning")
def html_in_text(subject: Subject) -> Iterator[Finding]:
    """HTML in a text.

    ## What it does
    Finds tags such as `<b>` or `<br>` in texts.

    ## Why it matters
    They are printed as they were typed.

    ## How to fix it
    Write `**words**` for emphasis, and a new list item for a new line. A tag that is meant to be
    seen is put in backticks.
    """
    for passage in formatted(subject):
        for match in _TAG.finditer(markup_of(passage.text.value)):
            yield Finding(
                passage.at(*match.span()),
                f"{quoted(match[0])} is printed as it was typed",
                fix="take it out; `**words**` gives emphasis",
                about=" ".join(match[0].split()),
            )


@rule("PRO107", "warning")
def heading_in_text(subject: Subject) -> Iterator[Finding]:
    """Heading in a text.

    ## What it does
    Finds lines that begin with `#`, or consist of `===` or `---`, as headings and rules do in
    Markdown.

    ## Why it matters
    They are printed as they were typed: a paragraph has no headings of its own.

    ## How to fix it
    Begin a section with a `heading:` in the file, or take the marks out.
    """
    for passage in formatted(subject):
        for match in _HEADING.finditer(markup_of(passage.text.value)):
            yield Finding(
                passage.at(*match.span(1)),
                f"{quoted(match[1])} is printed as it was typed",
                fix="take the marks out, or begin a section with `heading:`",
                about=" ".join(match[1].split()),
            )


@rule("PRO108", "warning")
def bullet_in_text(subject: Subject) -> Iterator[Finding]:
    """Bullet in a text.

    ## What it does
    Finds bullets such as `•` at the start of a text, of a line or of a clause.

    ## Why it matters
    They are printed as they were typed, one after the other on the same line.

    ## How to fix it
    Write the items as a list below the text.

    ```yaml
    - text: "Activities included:"
      items:
        - Hate crime awareness week
        - The Victim First service
    ```
    """
    for passage in formatted(subject):
        match = _BULLET.search(markup_of(passage.text.value))
        if match:
            yield Finding(
                passage.at(*match.span()),
                f"`{match[0]}` is printed as it was typed",
                fix="write what follows as a list under `items:`",
                about=match[0],
            )
