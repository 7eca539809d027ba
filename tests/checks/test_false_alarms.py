"""Innocent texts that a rule about prose must let stand, and guilty ones beside them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from oscp_report.checks.prose import sentences

DESK = "text: Partners share a desk."
FIGURES = {
    "  spoken:\n    label: People spoken to\n    value: 7292": (
        "  one:\n    label: One\n    value: 1\n    source: S\n"
        "  two:\n    label: Two\n    value: 2\n    source: S\n"
        "  grant:\n    label: Grant\n    value: 1200\n    unit: pounds\n    source: S\n"
        "  rate:\n    label: Rate\n    value: 4.5\n    unit: rate-per-1000\n    source: S\n"
        "  change:\n    label: Change\n    value: -30\n    source: S\n"
        "  dozen:\n    label: Dozen\n    value: 12\n    source: S\n"
        "  year:\n    label: Year\n    value: 2019\n    source: S\n"
        "  spoken:\n    label: People spoken to\n    value: 7292"
    )
}


@pytest.fixture
def says(check: Callable[..., Any]) -> Callable[[str, str], list[str]]:
    """What a rule says a paragraph of this text is about."""

    def run(code: str, text: str) -> list[str]:
        checked = check({DESK: f"text: {json.dumps(text, ensure_ascii=False)}", **FIGURES})
        assert checked.faults == ()
        return [found.about for found in checked.of(code)]

    return run


@pytest.mark.parametrize(
    "text",
    [
        "In 2018-19, 2018/19, 2018–19 and 2019 it went on.",
        "On 12 July 2019, 12th July, July 12 and 12/07/2019 we met at 12.30pm and 2 pm.",
        "The 4P’s, a 12-year-old, two of them, the 2nd, B12 and 12a.",
        "Ring 01865 252283 12 or 01632 960 12.",
        "1. The first.",
        "(12) The twelfth; (1) the first, (2) the second.",
        "See section 12, sections 2, paragraph 2, Appendix 1, page 12, Table 2, tier 2, aged 12.",
        "It took 12 months, 2 years, 12 weeks, 2 hours and cost 2 million.",
        "A share of 12% or 12 per cent, £12, 7,292.5 and 17,292 or 7,2920.",
        "It fell by 30, to 12.5 and 2.12.",
        "See https://example.org/12/7292 and [there](https://example.org/?page=12).",
        "`7292` stands for {spoken}.",
        "A ratio of 12:1 and 1/2.",
        "It is number 0012 of them, and 007292.",
    ],
)
def test_a_number_that_is_no_figure(says: Callable[[str, str], list[str]], text: str) -> None:
    assert says("FIG103", text) == []


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("There were 7292 of them.", ["spoken"]),
        ("There were (7,292) of them, and 12 in all.", ["spoken", "dozen"]),
        ("There were 12.", ["dozen"]),
        ("It cost £1,200 and £1200.00, or 1,200 euros.", ["grant", "grant"]),
        ("A rate of 4.5 per 1,000 and 4.5.", ["rate"]),
        ("A fall of 12.5% or 12.5 per cent.", ["burglary-fall", "burglary-fall"]),
        ("A change of -30 and −30.", ["change", "change"]),
        ("In 2018 we met 12 people in 2,019 houses.", ["dozen", "year"]),
    ],
)
def test_a_number_that_is_a_figure(
    says: Callable[[str, str], list[str]], text: str, about: list[str]
) -> None:
    assert says("FIG103", text) == about


@pytest.mark.parametrize(
    "text",
    [
        "The NHS and the UK have CCTV, MPs and PDFs.",
        "World War II, Part IV, Henry VIII and XXIX more.",
        "A 4P’s approach, a C in A, and I.",
        "It is 12 KM by 3 MB from OX4 1EN or OX1 and CO2.",
        "You MUST NOT do so. DO NOT ENTER HERE.",
        "SAFER STREETS",
        "County Drug Line (CDL) and CDL’s, CDLs, CDL.",
        "Organised Crime Groups (“OCG’s”) and [OCG].",
        "the *Multi-Agency Drug Exploitation* (**MADE**) group",
        "Anti-social behaviour (known as ASB) and ASB.",
        "Black, Asian, Minority Ethnic and Refugee (BAMER) people",
        "Office of the Police and Crime Commissioner (OPCC)",
        "NRM (National Referral Mechanism) and the NRM.",
        "MAPPA – arrangements to protect the public",
        "**CLEAR** - high visibility patrols",
        "Anti-social behaviour and environment (AS&E) and AS&E.",
        "Memorandum of Understanding (MoU)",
        "The MSTP met. {locks:words} of https://example.org/ABC and [it](https://example.org/XYZ).",
        "`ABC`, McDonald, LinkedIn, iPhone, eBay and Ph.D.",
        "TBC and TODO are reported as what they are.",
    ],
)
def test_an_abbreviation_that_everybody_knows_or_is_told(
    says: Callable[[str, str], list[str]], text: str
) -> None:
    assert says("ABB101", text) == says("ABB102", text) == []


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("The MARAC met. MARACs meet.", ["MARAC"]),
        ("Officers from the team (ASBIT) attended.", ["ASBIT"]),
        ("The ASBIT (see paragraph 3) attended.", ["ASBIT"]),
        ("OCG’s and DfE and A&EX", ["OCG", "DfE", "A&EX"]),
        ("partners (TVP and CSP)", ["TVP", "CSP"]),
        ("TVP-led, COVID-19, PSPO/DPPO", ["TVP", "PSPO", "DPPO"]),
    ],
)
def test_an_abbreviation_that_nobody_is_told(
    says: Callable[[str, str], list[str]], text: str, about: list[str]
) -> None:
    assert says("ABB101", text) == about


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("PRO102", "The todo list, Xxxy, [inserted], who??, [name](https://example.org) and tbcs."),
        ("PRO102", "Two areas are to be added. LoremIpsum. It is yet to be agreed."),
        ("PRO103", "He had had that that had had."),
        ("PRO103", "New York, New York. Baden Baden. It was, was it? Yes. Yes."),
        ("PRO103", "partner’s s and well-known known, 10 10 20 20"),
        ("PRO103", "the `the the` {locks} {locks} other"),
        (
            "PRO103",
            "see `see see` see {para:plan} see https://example.org see [it](https://x.uk) it",
        ),
        ("PRO104", 'See [a](https://x.uk), [b](MAILTO:a@x.uk "t"), <https://x.uk>, <a@x.uk>.'),
        ("PRO104", "See [a] (b), `[a](b)`, \\[a\\](b), [a]: b, a[1] and 5 < 6."),
        ("PRO104", "[![picture](x.png)](https://x.uk)"),
        ("PRO105", "Look! [Here](https://x.uk) and !important."),
        ("PRO106", "1 < 2, a<b, <3, x > y, <https://x.uk> <a@x.uk> and `<b>`."),
        ("PRO107", "#1 and # 2 and\n#3 -- 4\n- - -\na --- b"),
    ],
)
def test_prose_that_is_innocent(
    says: Callable[[str, str], list[str]], code: str, text: str
) -> None:
    assert says(code, text) == []


@pytest.mark.parametrize(
    ("code", "text", "about"),
    [
        ("PRO102", "XXX, XXXX, TBC, tbc, Tbd, TO BE\nconfirmed, [Insert name], [name], a???", 9),
        ("PRO103", "It is is so. to  to. And and so.", 3),
        ("PRO104", "[a](b) [c](#d) [e](ftp://f) [g](<data:h>) <file:///i> [j](java script:k)", 6),
        ("PRO104", "[a]({locks}) [b](//x.uk) [c](https:x) [d](HTTP//x)", 4),
        ("PRO105", "![a](b) ![][c]", 2),
        ("PRO106", "<b>bold</b> <br/> <!-- c --> <a href='x'\ntitle=y>", 5),
        ("PRO107", "a\n# b\n   ### c ##\nd\n===\ne\n---", 4),
    ],
)
def test_prose_that_is_guilty(
    says: Callable[[str, str], list[str]], code: str, text: str, about: int
) -> None:
    assert len(says(code, text)) == about


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("It is e.g. Cllr. J. R. Smith’s, i.e. No. 5. So.", 2),
        ("It rose by 3.5 per cent. St. Ebbe’s, Mr. Fox, etc. and so on.", 2),
        ("He said “stop.” She did (at last.) Then, **really.** 12 went.", 4),
        ("It ended at 5 p.m. They left.", 2),
        ("Three... dots. {locks} were given. £12 was spent.", 3),
        ("A line\nbroken. Here\n\nA paragraph without a point\n\nAnother", 4),
        ("These:\n- one\n- two\n\n1. three\n2) four", 5),
        ("| a | b |\n| c | d |", 4),
        ("", 0),
        (" . ", 1),
    ],
)
def test_sentences(text: str, expected: list[str] | int) -> None:
    found = [text[start:end].strip() for start, end in sentences(text)]
    found = [sentence for sentence in found if sentence.strip("| \n")]
    assert (found if isinstance(expected, list) else len(found)) == expected
    # Nothing is lost between them.
    assert [word for one in found for word in one.split()] or not text.strip("| \n.")


def test_a_list_in_one_sentence_counts(says: Callable[[str, str], list[str]]) -> None:
    words = ", ".join(["partner"] * 41)
    assert says("PRO101", f"They are: {words}; and none else.") == ["desk"]
    assert says("PRO101", f"They are: {' – '.join(['partner'] * 38)}.") == []
