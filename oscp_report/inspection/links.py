"""Conditions on links and bookmarks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from oscp_report.inspection.excerpts import shown
from oscp_report.inspection.objects import (
    Identity,
    identity,
    is_array,
    items,
    name,
    raw_bytes,
    text,
    tree_items,
    value,
    whole,
)
from oscp_report.inspection.registry import Finding, condition
from oscp_report.inspection.structure import headings
from oscp_report.inspection.subject import Annotation, Subject

SCHEMES = ("https", "http", "mailto", "tel")
"""What a link may begin with; all else leads nowhere, or somewhere on the maker's own machine."""
MOST_BOOKMARKS = 20_000

_BARE = re.compile(r"(?:(?:https?|ftp|file)://|www\.|mailto:|tel:)\S*|#\S*", re.IGNORECASE)
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")


def _links(subject: Subject) -> list[Annotation]:
    return [each for each in subject.annotations if each.kind == "Link" and not each.hidden]


def _has_links(subject: Subject) -> bool:
    return bool(_links(subject))


def _has_tagged_links(subject: Subject) -> bool:
    return bool(subject.tree.of("Link"))


def _said(subject: Subject, link: Annotation) -> str:
    """The words of a link, or its description."""
    words = subject.shown(link.holder) if link.holder and link.holder.role == "Link" else ""
    return words or shown(link.description)


def _address(link: Annotation) -> str | None:
    """The address that a link leads to; None for a place in the document."""
    held = value(link.raw, "A")
    if name(value(held, "S")) == "URI":
        return raw_bytes(value(held, "URI")).decode("utf-8", "replace").strip()
    if name(value(held, "S")) in ("Launch", "GoToR", "ImportData", "SubmitForm"):
        file = value(held, "F")
        return f"file:{text(file) or text(value(file, 'UF')) or text(value(file, 'F')) or ''}"
    if name(value(held, "S")) == "JavaScript":
        return "javascript:"
    return None


@condition("INS411", "PDF/UA-1", "28-011", clause="7.18.5", applies=_has_links)
def link_tagged(subject: Subject) -> Iterator[Finding]:
    """Every link is tagged as a link.

    ## Why it matters
    A listener hears the words and does not learn that they lead somewhere.

    ## How to fix it
    Tag the words together with the link as a link (Link).
    """
    for link in _links(subject):
        if link.holder is None or link.holder.role != "Link":
            yield Finding(link.page.number, _said(subject, link), "this link is not tagged as one")


@condition("INS412", "PDF/UA-1", "28-012", clause="7.18.5", applies=_has_links)
def link_described(subject: Subject) -> Iterator[Finding]:
    """Every link has a description.

    ## Why it matters
    A reader that lists the links of a page shows their descriptions.

    ## How to fix it
    Give the link a description: its words, and where it leads.
    """
    for link in _links(subject):
        if not link.description:
            yield Finding(link.page.number, _said(subject, link), "this link has no description")


@condition("INS413", "good practice", applies=_has_tagged_links)
def no_link_in_link(subject: Subject) -> Iterator[Finding]:
    """No link stands inside another.

    ## Why it matters
    A listener hears two links, and the keyboard stops twice, for one.

    ## How to fix it
    Make one link of the two.
    """
    for element in subject.tree.of("Link"):
        if element.within("Link"):
            yield Finding(
                subject.page_of(element), subject.shown(element), "this link is inside another link"
            )


@condition("INS414", "good practice", applies=_has_links)
def link_in_words(subject: Subject) -> Iterator[Finding]:
    """A link's description is in words, not a bare address.

    ## Why it matters
    A listener hears "h t t p s colon slash slash", or the name of an anchor, and no sense.

    ## How to fix it
    Describe the link by its words; the address may follow them.
    """
    for link in _links(subject):
        said = link.description
        if said and (_BARE.fullmatch(said) or said == _address(link) or said in _targets(link)):
            yield Finding(link.page.number, said, "this link is described by an address, not words")


def _targets(link: Annotation) -> tuple[str, ...]:
    """The name of the place that a link leads to, however it is written."""
    held = [value(link.raw, "Dest"), value(link.raw, "A", "D")]
    return tuple(found for each in held if (found := text(each) or name(each)))


@condition("INS415", "good practice", applies=_has_links)
def link_leads_out(subject: Subject) -> Iterator[Finding]:
    """Every link leads to a place in the document, the web, an e-mail address or a telephone.

    ## Why it matters
    A link to a file of the maker's own machine leads nowhere, and tells the world its folders.

    ## How to fix it
    Use a full address that begins with https://, or a place in the document.
    """
    for link in _links(subject):
        address = _address(link)
        if address is not None:
            scheme = _SCHEME.match(address)
            if not scheme or scheme[1].lower() not in SCHEMES:
                said = f"this link leads to `{shown(address)}`"
                yield Finding(link.page.number, _said(subject, link), said)


@condition(
    "INS416", "good practice", clause="7.17", applies=lambda subject: bool(headings(subject))
)
def bookmarks(subject: Subject) -> Iterator[Finding]:
    """A document with headings has bookmarks, and each leads to a page.

    ## Why it matters
    Bookmarks are the way through a long document for those who do not scroll.

    ## How to fix it
    Switch on bookmarks made from the headings.
    """
    found = list(_bookmarks(subject))
    if not found and len(subject.pages) > 1:
        yield Finding(None, "", "the document has headings and no bookmarks")
    pages = {identity(page.raw) for page in subject.pages}
    named = _named_places(subject)
    for bookmark in found:
        if bookmark is None:
            yield Finding(None, "", "the bookmarks lead back to themselves")
            continue
        title = text(value(bookmark, "Title")) or ""
        if not title.strip():
            yield Finding(None, "", "a bookmark has no words")
        elif not _leads(bookmark, pages, named):
            yield Finding(None, title, "this bookmark leads nowhere")


def _bookmarks(subject: Subject) -> Iterator[Any]:
    """Every bookmark, once; None in the place of one that came before."""
    waiting = [value(subject.root, "Outlines", "First")]
    seen: set[Identity] = set()
    while waiting and len(seen) < MOST_BOOKMARKS:
        bookmark = waiting.pop()
        if identity(bookmark) in seen:
            yield None
        elif bookmark is not None:
            seen.add(identity(bookmark))
            yield bookmark
            waiting += [value(bookmark, "Next"), value(bookmark, "First")]


def _named_places(subject: Subject) -> set[str]:
    """The names of places in the document."""
    listed = tree_items(value(subject.root, "Names", "Dests"), "Names")
    return {found for key, _ in listed if (found := text(key))}


def _leads(bookmark: Any, pages: set[Identity], named: set[str]) -> bool:
    place = value(bookmark, "Dest")
    if place is None:
        action = value(bookmark, "A")
        if name(value(action, "S")) == "URI":
            return True
        place = value(action, "D")
    if is_array(place):
        first = next(iter(items(place)), None)
        return identity(first) in pages or whole(first) is not None
    # Names of PDF 1.1 stand in a dictionary of their own and are taken at their word.
    return bool(name(place)) or text(place) in named
