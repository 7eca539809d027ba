"""Rules about words for readers: links that say where they lead, no shouting, no slanting.

What they look for is in the Government's guidance on publishing accessible documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from oscp_report.checks.passages import formatted, markup_of, words_of
from oscp_report.checks.registry import Finding, Subject, rule
from oscp_report.wording import quoted, snippet

_LINK = re.compile(r"(?<!!)\[(?P<words>[^\[\]]*)\]\(")
_ADDRESS_ALONE = re.compile(r"<(?P<words>https?://[^<>\s]*)>", re.IGNORECASE)
_ADDRESS = re.compile(r"\s*(?:https?://|www\.)\S+\s*", re.IGNORECASE)
_SAYS_NOTHING = frozenset(
    "here|click here|click|this|this link|link|this page|page|more|read more|find out more|"
    "learn more|see more|details|more details|more information|further information|download|"
    "website|web site|this website".split("|")
)
_SHOUTED = re.compile(r"(?<![\w’'-])[A-Z]{2,}(?:[ \n]+[A-Z]{2,}){2,}(?![\w’'-])")
_SLANTED = (
    re.compile(r"(?<![*\w])\*(?![*\s])(?P<words>[^*\n]+?)(?<![\s*])\*(?!\*)"),
    re.compile(r"(?<![_\w])_(?![_\s])(?P<words>[^_\n]+?)(?<![\s_])_(?![_\w])"),
)


@rule("PRO109", "warning")
def link_that_says_nothing(subject: Subject) -> Iterator[Finding]:
    """Link whose words do not say where it leads.

    ## What it does
    Finds links on "click here", "here", "this link", "read more" and the like.

    ## Why it matters
    A screen reader can list the links of a page by themselves: five of them are then called
    "here". On paper, nothing can be clicked.

    ## How to fix it
    Put the link on the name of what it leads to.

    ```yaml
    - For the strategy click [here](https://www.example.org/strategy).   # warned about
    - See the [strategy for 2019](https://www.example.org/strategy).     # not
    ```
    """
    for passage in formatted(subject):
        for match in _LINK.finditer(markup_of(passage.text.value)):
            words = " ".join(match["words"].split())
            if words.strip(" .!»>→").casefold() in _SAYS_NOTHING:
                yield Finding(
                    passage.at(*match.span("words")),
                    f"the link {quoted(words)} does not say where it leads",
                    fix="put the link on the name of what it leads to",
                    about=words,
                )


@rule("PRO110", "warning")
def link_that_is_an_address(subject: Subject) -> Iterator[Finding]:
    """Link whose words are its address.

    ## What it does
    Finds `<https://...>`, and links whose words are a web address.

    ## Why it matters
    A screen reader spells it out, character by character; nobody learns what is there.

    ## How to fix it
    Put the link on the name of what it leads to: `[the strategy](https://...)`.
    """
    for passage in formatted(subject):
        text = markup_of(passage.text.value)
        links = (match for match in _LINK.finditer(text) if _ADDRESS.fullmatch(match["words"]))
        for match in (*links, *_ADDRESS_ALONE.finditer(text)):
            yield Finding(
                passage.at(*match.span("words")),
                f"the words of the link are its address, {quoted(match['words'])}",
                fix="put the link on the name of what it leads to: `[the strategy](https://...)`",
                about=match["words"],
            )


@rule("PRO111", "warning")
def words_in_capitals(subject: Subject) -> Iterator[Finding]:
    """Words in capitals, three or more running.

    ## What it does
    Finds three or more words running that are all capitals. Single abbreviations are left alone.

    ## Why it matters
    Capitals have no outline to know a word by, so they are read slowly, and some screen readers
    spell them.

    ## How to fix it
    Write the words in small letters. Where weight is meant, `**bold**` gives it.
    """
    for passage in formatted(subject):
        for match in _SHOUTED.finditer(words_of(passage.text.value)):
            yield Finding(
                passage.at(*match.span()),
                f"{quoted(match[0])} is in capitals",
                fix="write it in small letters; for weight, `**bold**`",
                about=snippet(match[0]),
            )


@rule("PRO112", "warning")
def words_in_italics(subject: Subject) -> Iterator[Finding]:
    """Words in italics.

    ## What it does
    Finds `*words*` and `_words_`, which are printed slanted.

    ## Why it matters
    Slanted letters run into each other for readers with dyslexia or low sight, and a screen reader
    says nothing of them.

    ## How to fix it
    Take the marks out. Where weight is meant, `**bold**` gives it; a title can stand in quotation
    marks.
    """
    for passage in formatted(subject):
        text = words_of(passage.text.value)
        for pattern in _SLANTED:
            for match in pattern.finditer(text):
                yield Finding(
                    passage.at(*match.span("words")),
                    f"{quoted(match['words'])} is in italics",
                    fix="take the marks out; for weight, `**bold**`",
                    about=snippet(match["words"]),
                )
