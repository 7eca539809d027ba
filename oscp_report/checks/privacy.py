"""Rules that keep from print what might tell of a person: small counts, numbers, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from oscp_report.checks.passages import FORMATTED_FIELDS, Passage, passages, words_of
from oscp_report.checks.registry import Finding, Subject, rule
from oscp_report.diagnostics import Location
from oscp_report.model import Measure
from oscp_report.wording import quoted

# A number of 10 digits after its nought; 03 and 08 are services, never somebody's own.
_PHONE = (
    r"(?<![\w£.,/:+-])(?:\+44[\s-]?(?:\(0\)[\s-]?)?|\(?0)(?:"
    r"7\d{3}\)?[\s-]?\d{3}[\s-]?\d{3}|2\d\)?[\s-]?\d{4}[\s-]?\d{4}"
    r"|1\d{3}\)?[\s-]?\d{3}[\s-]?\d{3}|1\d{3}\)?[\s-]\d{5}|1\d{2}\)?[\s-]\d{3}[\s-]?\d{4}"
    r"|1\d{4}\)?[\s-]\d{4,5}"
    r")(?![\w/-]|[.,]\d)"
)
# The outward codes that Royal Mail uses, then the inward one, which has none of C I K M O V.
_POSTCODE = (
    r"(?<![\w/-])(?:[A-PR-UWYZ](?:\d\d?|[A-HK-Y]\d\d?|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRVWXY])"
    r" ?\d[ABD-HJLNP-UW-Z]{2})(?![\w-])"
)
# Eleven digits: the force, the year, the number. Others are words or marks before a number.
_CRIME = (
    r"(?<![\w£.,/-])\d{2}[012]\d{8}(?![\w/]|[.,]\d)"
    r"|(?<![\w/])[A-Z]{2,3}/\d{4,7}/\d{2}(?!\w)|(?<![\w/,.])\d{6,7}/\d{2}(?![\w/])"
    r"|\b(?:URN|CAD|CRN)(?:\s+(?:no\.?|number|ref\.?|reference))?[\s:]+[A-Z]*\d[\w/-]*"
    r"|\b(?i:crime|occurrence|incident|log)\s+(?i:reference|ref\.?|number|no\.?)"
    r"(?:\s+(?i:number|no\.?))?[\s:]+(?:(?i:is|was)\s+)?(?:[A-Z]+[ /]?)?\d[\w/-]{3,}"
)
_INSURANCE = (
    r"(?<!\w)(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]"
    r"(?!\w)"
)
_PROVIDERS = (
    "gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|rocketmail|icloud|me|mac|aol|"
    "btinternet|btopenworld|virginmedia|virgin|ntlworld|blueyonder|talktalk|tiscali|sky|"
    "proton|protonmail|pm|gmx|mail|fastmail|zoho|hey|orange|o2|plus"
)
_MAIL = (
    rf"(?<![\w.+%-])[\w.+%'-]{{1,64}}@(?i:{_PROVIDERS})\.(?i:com|co\.uk|net|org|me|uk|fr|de|ie)\b"
)

_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (what, re.compile(pattern, re.ASCII))
    for what, pattern in (
        ("a telephone number", _PHONE),
        ("a crime reference", _CRIME),
        ("a National Insurance number", _INSURANCE),
        ("a postcode", _POSTCODE),
    )
)
_PRIVATE_MAIL = re.compile(_MAIL, re.ASCII)
_WORTH_A_LOOK = re.compile("[0-9]{2}|[0-9] ?[A-Z]{2}|@", re.ASCII)


@rule("DAT101", "warning", needs=("figures", "disclosure_threshold"))
def count_that_may_tell_who(subject: Subject) -> Iterator[Finding]:
    """Count so small that it may tell who is meant.

    ## What it does
    Finds counts from 1 to below the `disclosure_threshold:` of the partnership's file, those of
    earlier years among them. Nought and other units are left alone; without a threshold, so is
    everything.

    ## Why it matters
    Where two people of a village were helped, the village knows which two.

    ## How to fix it
    Leave the number out of the file, and say that it is confidential; the report prints `[c]`.
    Where it counts no people, or they cannot be told, accept the warning with the reason.

    ```yaml
    closure-orders:
      label: Closure Orders obtained
      no_value: confidential
    ```
    """
    threshold = subject.partnership.disclosure_threshold
    if threshold is None:
        return
    for about, named, measure, location in _counts(subject):
        if measure.value is not None and 0 < measure.value < threshold:
            yield Finding(
                location,
                f"{named} is {measure.written('count')}, and fewer than {threshold} may tell who "
                "is meant",
                fix="write `no_value: confidential` in place of the value, or accept this",
                about=about,
            )


def _counts(subject: Subject) -> Iterator[tuple[str, str, Measure, Location]]:
    """The values that are counts, with what each is accepted by and called."""
    for figure in subject.report.figures.values():
        if figure.unit == "count":
            named = f"figure `{figure.id}`"
            yield figure.id, named, figure, figure.location
            for year, measure in figure.earlier.items():
                yield f"{figure.id} {year}", f"{named}, {year},", measure, measure.location


@rule("DAT102", "warning", needs=FORMATTED_FIELDS)
def personal_detail(subject: Subject) -> Iterator[Finding]:
    """Something that looks like a personal detail.

    ## What it does
    Finds what looks like a telephone number, a postcode, a crime or occurrence reference, a
    National Insurance number or a private e-mail address, in every text but the contacts.
    Numbers that begin with 03 or 08 belong to services, and are left alone.

    ## Why it matters
    What was copied from a case file tells of somebody who never agreed to it, and once it is
    published it cannot be called back.

    ## How to fix it
    Take it out. A colleague's number belongs under `contacts:`. Where the public is meant to
    have it, accept the warning and say so.
    """
    for passage in passages(subject):
        if passage.part == "contact" or not _WORTH_A_LOOK.search(passage.text.value):
            continue
        for what, match in _details(passage):
            yield Finding(
                passage.at(*match.span()),
                f"{quoted(match[0])} looks like {what}",
                fix="take it out, or move it to `contacts:`; accept it where it is for the public",
                about=" ".join(match[0].split()),
            )


def _details(passage: Passage) -> Iterator[tuple[str, re.Match[str]]]:
    """What looks personal in a passage; of two that overlap, the first kind."""
    text = words_of(passage.text.value)
    taken: list[tuple[int, int]] = []
    for what, pattern in _KINDS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if not any(start < last and first < end for first, last in taken):
                taken.append((start, end))
                yield what, match
    # An address stands as the target of a link as well.
    for match in _PRIVATE_MAIL.finditer(passage.text.value):
        yield "a private e-mail address", match
