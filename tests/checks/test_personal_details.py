"""What looks like a personal detail, and the many numbers of a report that do not."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

DESK = "text: Partners share a desk."


@pytest.fixture
def details(check: Callable[..., Any]) -> Callable[[str], list[tuple[str, str]]]:
    """What the rule finds in a paragraph: the words, and what they look like."""

    def run(text: str) -> list[tuple[str, str]]:
        checked = check({DESK: f"text: {json.dumps(text, ensure_ascii=False)}"})
        assert checked.faults == ()
        return [
            (found.about, found.message.partition(" looks like ")[2])
            for found in checked.of("DAT102")
        ]

    return run


PHONE, POSTCODE, CRIME = "a telephone number", "a postcode", "a crime reference"
INSURANCE, MAIL = "a National Insurance number", "a private e-mail address"


@pytest.mark.parametrize(
    ("text", "what", "kind"),
    [
        ("Ring 01632 960123.", "01632 960123", PHONE),
        ("Ring (01632) 960 123.", "(01632) 960 123", PHONE),
        ("Ring 01632960123 now", "01632960123", PHONE),
        ("Ring 020 7946 0958.", "020 7946 0958", PHONE),
        ("Ring 0161 496 0123.", "0161 496 0123", PHONE),
        ("Ring 07700 900123.", "07700 900123", PHONE),
        ("Ring 07700-900-123.", "07700-900-123", PHONE),
        ("Ring 07700 900\n123.", "07700 900 123", PHONE),
        ("Ring +44 7700 900123.", "+44 7700 900123", PHONE),
        ("Ring +44 (0)20 7946 0958.", "+44 (0)20 7946 0958", PHONE),
        ("He lives at OX1 1BX.", "OX1 1BX", POSTCODE),
        ("He lives at SW1A 1AA, London.", "SW1A 1AA", POSTCODE),
        ("He lives at M1 1AE", "M1 1AE", POSTCODE),
        ("He lives at W1T4JY.", "W1T4JY", POSTCODE),
        ("Occurrence 43190123456 was closed.", "43190123456", CRIME),
        ("Reference CR/012345/19.", "CR/012345/19", CRIME),
        ("It is 1234567/19.", "1234567/19", CRIME),
        ("See URN 1234 of 12/05/19.", "URN 1234", CRIME),
        ("See CAD 1234/12MAR19.", "CAD 1234/12MAR19", CRIME),
        (
            "The crime reference number is 42/1234/19.",
            "crime reference number is 42/1234/19",
            CRIME,
        ),
        ("See incident no. 20190315-0042.", "incident no. 20190315-0042", CRIME),
        ("Her number is AB 12 34 56 C.", "AB 12 34 56 C", INSURANCE),
        ("Her number is AB123456C.", "AB123456C", INSURANCE),
        ("Write to jo.smith@gmail.com.", "jo.smith@gmail.com", MAIL),
        ("Write to jo-smith+x@btinternet.com now", "jo-smith+x@btinternet.com", MAIL),
        ("Write to [Jo](mailto:jo@hotmail.co.uk).", "jo@hotmail.co.uk", MAIL),
        ("Write to <jo@Yahoo.co.uk>.", "jo@Yahoo.co.uk", MAIL),
    ],
)
def test_a_detail_is_found(
    details: Callable[[str], list[tuple[str, str]]], text: str, what: str, kind: str
) -> None:
    assert details(text) == [(what, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "In 2018-19, 2019/20 and 2020–21 we held 12,345 and 1,234,567 of them.",
        "On 01/02/2019, 2019-03-01, 12 July 2019 and 01.02.2019 at 10.30.",
        "It cost £1,200, £43190123456, £0.07 or 0.12345678901 of it.",
        "Ring 999, 101, 111, 0800 555 111, 0808 2000 247 or 0300 123 1234.",
        "The A40, M25, B4495, the SW1 road, OX4 and OX4 streets, CO2 and PM10.",
        "Flats 12 to 14, 1-3 High Street, rooms 01 02 03 and 0 to 10.",
        "The PSPO, MAPPA 2, G7, Q3 2019-20, H1 and Year 11 pupils.",
        "A 4x4, a 12-year-old, 3rd, 2nd and 1ST place, the E1 1st team.",
        "Write to team@merrow.gov.uk, jo@thamesvalley.police.uk or jo@outlookers.org.",
        "Crime references are not printed; crime number and incident number neither.",
        "Of 43 crimes 190 were closed, and 12345678 bytes kept.",
        "Section 1/23 and 5/12 of them, 24/7 and 50/50.",
        "The URN of each case is kept, and each CAD log.",
        "See https://example.org/43190123456/OX11BX and `07700 900123`.",
        "ISBN 978-0-19-853453-1 and charity 1234567.",
        "Grants of 43190 and 123456.",
        "{locks} homes, {spoken:words} people.",
    ],
)
def test_an_innocent_number(details: Callable[[str], list[tuple[str, str]]], text: str) -> None:
    assert details(text) == []


def test_whom_to_ask_may_be_told(check: Callable[..., Any]) -> None:
    number = "07700 900123"
    contact = {"Telephone: 01632 960123": f"Telephone: {number}\n    e-mail: jo@gmail.com"}
    cover = {"  - To: Council": f"  - Contact officer: A. Officer, {number}"}
    assert check({**contact, **cover}).of("DAT102") == []
    elsewhere = {"  - To: Council": f"  - To: Council, {number}"}
    assert [found.about for found in check(elsewhere).of("DAT102")] == [number]


def test_what_is_said_of_a_figure_is_looked_at(check: Callable[..., Any]) -> None:
    note = {"    value: 107\n": "    value: 107\n    note: See 43200123456.\n"}
    assert [found.about for found in check(note).of("DAT102")] == ["43200123456"]


def test_without_a_threshold_no_count_is_too_small(check: Callable[..., Any]) -> None:
    small = {"    value: 107\n": "    value: 1\n"}
    assert check(small).of("DAT101") == []
    threshold = {"council: Merrow Council": "disclosure_threshold: 2\ncouncil: Merrow Council"}
    assert [found.about for found in check(small, threshold).of("DAT101")] == ["locks"]
