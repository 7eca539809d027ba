"""Rules about passages in another language: that a screen reader knows which."""

from __future__ import annotations

import re
from collections.abc import Iterator

from oscp_report.checks.passages import braces
from oscp_report.checks.registry import Finding, Subject, rule
from oscp_report.references import Foreign

_TAG = re.compile("([a-z]{2,3})(?:-([A-Z]{2}|[0-9]{3}|[A-Z][a-z]{3}))*")
# The two-letter codes of ISO 639-1, which nearly every language that a council writes in has.
_TWO_LETTERS = frozenset(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de
    dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia
    id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo
    lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl
    ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk
    tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    """.split()
)
_SLIPS = {"en-UK": "en-GB", "wl": "cy", "we": "cy", "jp": "ja", "cz": "cs", "gr": "el", "ua": "uk"}


@rule("REF110", "error")
def wrong_language_tag(subject: Subject) -> Iterator[Finding]:
    """Passage in another language whose tag names none.

    ## What it does
    Finds passages such as `{lang:welsh|Diogelwch Cymunedol}` and `{lang:wl|...}`, whose tag is not
    written as BCP 47 writes it or is no language's.

    ## Why it matters
    A screen reader chooses its voice by the tag. With a wrong one it reads Welsh as if it were
    English, which nobody can follow (WCAG 2.2, 3.1.2).

    ## How to fix it
    Write `cy` for Welsh, `pl` for Polish, `ur` for Urdu, `pa` for Punjabi, `en-GB` for British
    English:

    ```yaml
    - "We are also called {lang:cy|Partneriaeth Diogelwch Cymunedol}."
    ```
    """
    for found in braces(subject):
        piece = found.piece
        if isinstance(piece, Foreign) and not _is_language(piece.language):
            meant = _SLIPS.get(piece.language)
            fix = f"did you mean `{meant}`?" if meant else "write `cy` for Welsh, `pl` for Polish"
            message = f"`{piece.language}` is not the tag of a language"
            yield Finding(found.location, message, fix, about=piece.language)


def _is_language(tag: str) -> bool:
    match = _TAG.fullmatch(tag)
    known = match and (len(match[1]) == 3 or match[1] in _TWO_LETTERS)
    return bool(known) and tag not in _SLIPS
