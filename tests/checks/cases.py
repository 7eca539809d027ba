"""What a case is, and those of the rules about measures, disclosure and the years before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Edits = Mapping[str, str]
NONE: Edits = {}


@dataclass(frozen=True)
class Case:
    """A change that a rule objects to. The place is marked ⟦so⟧; ``good`` it lets stand.

    ``before`` is a change to the file of the year before; without one there is no such year.
    ``years`` are those that have a file, by the calendar year in which they start.
    """

    code: str
    bad: Edits
    message: str
    fix: str
    about: str = ""
    good: Edits = field(default_factory=dict)
    partnership: Edits = field(default_factory=dict)
    before: Edits | None = None
    years: tuple[int, ...] = ()


LOCKS = "  locks:\n"
VALUE = "    value: 107\n"
SPOKEN = "  spoken:\n    label: People spoken to\n    value: 7292\n"
SPOKE = "text: Patrols spoke with {spoken} people."
DESK = "text: Partners share a desk."
GIVEN = 'text: "{locks:words} homes were given locks."'
MAP = '  - title: "Appendix 1: Map"\n    file: map.pdf\n'
NO_SPOKEN = {SPOKE: "text: Patrols spoke with people.", SPOKEN: SPOKEN.replace("7292", "")}
THRESHOLD = {"council: Merrow Council": "disclosure_threshold: 5\ncouncil: Merrow Council"}
RANK = "    value: 107\n    unit: rank\n"
EARLIER = "    value: 107\n    earlier:\n"
NEWS = "Officers went to every school in Merrow and told pupils how to keep a bicycle safe"
METER = "          text: Meters were read."
DRINKING = "      title: Tackling street drinking.\n"
PLAN = "          text: We wrote a plan.\n"

MEASURES = {
    "a figure without a value": Case(
        "FIG104",
        {"  spoken:\n": "  ⟦spoken⟧:\n", "value: 7292": "owner: Merrow\n      Police"},
        "figure `spoken` has no value yet, which Merrow Police has to supply",
        "give it its `value:`, or say why there is none with `no_value:`",
        "spoken",
        good={"value: 7292": "no_value: not-available"},
    ),
    "a figure with an empty value": Case(
        "FIG104",
        {"  spoken:\n": "  ⟦spoken⟧:\n", "value: 7292": "value:"},
        "figure `spoken` has no value yet",
        "give it its `value:`, or say why there is none with `no_value:`",
        "spoken",
        good={"value: 7292": "value: 0"},
    ),
    "a value beside the reason why there is none": Case(
        "FIG105",
        {LOCKS: "  ⟦locks⟧:\n", VALUE: f"{VALUE}    no_value: confidential\n"},
        "figure `locks` has a value, and says that it is confidential",
        "take `value:` or `no_value:` out",
        "locks",
        good={VALUE: "    no_value: confidential\n"},
    ),
    "an earlier value beside the reason why there is none": Case(
        "FIG105",
        {VALUE: f"{EARLIER}      ⟦2018-19⟧: {{value: 1, no_value: not-available}}\n"},
        "figure `locks`, 2018-19, has a value, and says that it is not available",
        "take `value:` or `no_value:` out",
        "locks",
        good={VALUE: f"{EARLIER}      2018-19: {{no_value: not-available}}\n"},
    ),
    "a rank of how many": Case(
        "FIG106",
        {LOCKS: "  ⟦locks⟧:\n", VALUE: RANK},
        "figure `locks` is a rank that does not say of how many",
        "add `of:` with the number that were ranked",
        "locks",
        good={VALUE: f"{RANK}    of: 107\n"},
    ),
    "a rank of fewer": Case(
        "FIG106",
        {LOCKS: "  ⟦locks⟧:\n", VALUE: f"{RANK}    of: 106\n"},
        "figure `locks` is 107 of only 106",
        "correct `value:` or `of:`",
        "locks",
    ),
    "a count of how many": Case(
        "FIG106",
        {LOCKS: "  ⟦locks⟧:\n", VALUE: f"{VALUE}    of: 200\n"},
        "figure `locks` has `of`, and is no rank",
        "take `of:` out, or write `unit: rank`",
        "locks",
    ),
    "a count with decimals": Case(
        "FIG107",
        {LOCKS: "  ⟦locks⟧:\n", VALUE: "    value: 107.5\n"},
        "figure `locks` is a count, and 107.5 cannot be one",
        "correct the number, or give its `unit:`",
        "locks",
        good={VALUE: "    value: 107.0\n"},
    ),
    "a count below nought": Case(
        "FIG107",
        {VALUE: f"{EARLIER}      ⟦2018-19⟧: -1\n"},
        "figure `locks`, 2018-19, is a count, and −1 cannot be one",
        "correct the number, or give its `unit:`",
        "locks",
        good={VALUE: f"    unit: pounds\n{EARLIER}      2018-19: -1.5\n"},
    ),
    "the rank nought": Case(
        "FIG107",
        {LOCKS: "  ⟦locks⟧:\n", VALUE: "    value: 0\n    unit: rank\n    of: 5\n"},
        "figure `locks` is a rank, and 0 cannot be one",
        "correct the number, or give its `unit:`",
        "locks",
        good={VALUE: "    value: 0\n"},
    ),
    "an earlier year that is the report's own": Case(
        "FIG108",
        {VALUE: f"{EARLIER}      ⟦2020-21⟧: 100\n"},
        "figure `locks` gives 2020-21 as an earlier year than 2020-21",
        "correct the year; the value of the report's own year is `value:`",
        "locks",
        good={VALUE: f"{EARLIER}      2019-20: 100\n"},
    ),
    "a figure that is not confirmed": Case(
        "FIG109",
        {
            "  burglary-fall:\n": "  ⟦burglary-fall⟧:\n",
            VALUE: f"{VALUE}    confirmed: {{by: A. Smith, on: 2 May 2021}}\n",
            "value: 7292": "value: 7292\n    confirmed: {by: A. Smith, on: 2 May 2021}",
        },
        "figure `burglary-fall` is not confirmed, as others of this final report are",
        "add `confirmed:` with who confirmed it and when; until then `status: draft`",
        "burglary-fall",
        good={
            "status: final": "status: draft",
            VALUE: f"{VALUE}    confirmed: {{by: A. Smith, on: 2 May 2021}}\n",
        },
    ),
    "an appendix of an unknown figure": Case(
        "COV109",
        {MAP: "  - title: Figures\n    figures: [spoken, ⟦loks⟧]\n"},
        "there is no figure `loks` to print in this appendix",
        "did you mean `locks`?",
        "loks",
        good={MAP: "  - title: Figures\n    figures: [spoken, locks]\n"},
    ),
    "an appendix that is a file and figures": Case(
        "COV110",
        {MAP: "  - title: All\n    file: ⟦map.pdf⟧\n    figures: all\n"},
        "the appendix `All` has a file, and figures as well",
        "make two appendices of it, or take `file:` or `figures:` out",
        "All",
        good={MAP: "  - title: All\n    figures: all\n"},
    ),
    "a figure that is in no appendix either": Case(
        "FIG101",
        {
            GIVEN: "text: Homes were given locks.",
            LOCKS: "  ⟦locks⟧:\n",
            MAP: "  - title: Figures\n    figures: [spoken]\n",
        },
        "figure `locks` is not used in the text",
        "write `{locks}` where it is reported, or take the figure out",
        "locks",
        good={
            GIVEN: "text: Homes were given locks.",
            MAP: "  - title: Figures\n    figures: [locks]\n",
        },
    ),
    "a figure that an appendix of some does not print": Case(
        "FIG101",
        {
            GIVEN: "text: Homes were given locks.",
            LOCKS: "  ⟦locks⟧:\n",
            MAP: "  - title: Map\n    file: map.pdf\n  - title: Figures\n    figures: [spoken]\n",
        },
        "figure `locks` is not used in the text",
        "write `{locks}` where it is reported, or take the figure out",
        "locks",
        good={
            GIVEN: "text: Homes were given locks.",
            MAP: "  - title: Figures\n    figures: all\n",
        },
    ),
    "a small count": Case(
        "DAT101",
        {LOCKS: "  ⟦locks⟧:\n", VALUE: "    value: 4\n"},
        "figure `locks` is 4, and fewer than 5 may tell who is meant",
        "write `no_value: confidential` in place of the value, or accept this",
        "locks",
        good={VALUE: "    value: 5\n", "value: 7292": "value: 0"},
        partnership=THRESHOLD,
    ),
    "a small count of an earlier year": Case(
        "DAT101",
        {VALUE: f"{EARLIER}      ⟦2018-19⟧: 1\n"},
        "figure `locks`, 2018-19, is 1, and fewer than 5 may tell who is meant",
        "write `no_value: confidential` in place of the value, or accept this",
        "locks 2018-19",
        good={VALUE: "    value: 1\n    unit: pounds\n"},
        partnership=THRESHOLD,
    ),
    "a telephone number": Case(
        "DAT102",
        {DESK: "text: Partners share a desk, ⟦07700 900123⟧."},
        "`07700 900123` looks like a telephone number",
        "take it out, or move it to `contacts:`; accept it where it is for the public",
        "07700 900123",
        good={DESK: "text: Partners share a desk, 0800 555 111."},
    ),
    "a private address in a source": Case(
        "DAT102",
        {"source: Merrow Council": "source: ⟦jo.smith@gmail.com⟧"},
        "`jo.smith@gmail.com` looks like a private e-mail address",
        "take it out, or move it to `contacts:`; accept it where it is for the public",
        "jo.smith@gmail.com",
        good={"source: Merrow Council": "source: jo.smith@merrow.gov.uk"},
    ),
    "a form of what is printed of two years": Case(
        "REF104",
        {SPOKE: "text: Patrols spoke with {spoken} people, ⟦{spoken.chnage}⟧."},
        "nothing is known of a figure as `.chnage`",
        "write `{spoken.change}`",
        "spoken",
        good={SPOKE: "text: Patrols spoke with {spoken} people, {spoken.change}."},
        before=NONE,
    ),
    "an aspect like no other": Case(
        "REF104",
        {SPOKE: "text: Patrols spoke with {spoken} people, ⟦{spoken.xylophone}⟧."},
        "nothing is known of a figure as `.xylophone`",
        "write one of `.previous`, `.change`, `.trend`",
        "spoken",
    ),
    "last year's value in words": Case(
        "REF104",
        {SPOKE: "text: Patrols spoke with {spoken} people, before ⟦{spoken.previous:words}⟧."},
        "`.previous` has no form `words`",
        "write `{spoken.previous}`",
        "spoken",
        before=NONE,
    ),
    "a rank in words": Case(
        "REF105",
        {GIVEN: 'text: "⟦{locks:words}⟧."', VALUE: f"{RANK}    of: 200\n"},
        "figure `locks`, 107 of 200, cannot be written in words",
        "write `{locks}` for digits",
        "locks",
        good={VALUE: "    value: 107\n    unit: percentage-points\n"},
    ),
    "a reference to a figure without a number": Case(
        "REF107",
        {SPOKE: "text: Patrols spoke with ⟦{spoken}⟧ people.", "value: 7292": "value:"},
        "figure `spoken` has no value to print",
        "give it its `value:`, or reword the text so that it needs none",
        "spoken",
        good={"status: final": "status: draft", "value: 7292": "value:"},
    ),
    "a reference to a figure that says why it has no number": Case(
        "REF107",
        {
            "status: final": "status: draft",
            SPOKE: "text: Patrols spoke with ⟦{spoken}⟧ people.",
            "value: 7292": "no_value: confidential",
        },
        "figure `spoken` has no value to print: it is confidential",
        "give it its `value:`, or reword the text so that it needs none",
        "spoken",
    ),
    "a placeholder for the reason of a break": Case(
        "PRO102",
        {VALUE: f"{VALUE}    break: ⟦TBC⟧\n"},
        "`TBC` stands where something was to be filled in",
        "write what belongs there",
        "TBC",
    ),
    "a placeholder for the reason of an earlier revision": Case(
        "PRO102",
        {VALUE: f"{EARLIER}      2018-19: {{value: 100, revised: ⟦TODO⟧}}\n"},
        "`TODO` stands where something was to be filled in",
        "write what belongs there",
        "TODO",
    ),
    "a placeholder in a table": Case(
        "PRO102",
        {
            DESK: f"{DESK}\n        table:\n          caption: Desks\n"
            "          columns: [Area, Desks]\n          rows:\n            - [North, ⟦TBC⟧]"
        },
        "`TBC` stands where something was to be filled in",
        "write what belongs there",
        "TBC",
    ),
    "a placeholder in a correction": Case(
        "PRO102",
        {
            "cover:\n": "corrections:\n  - date: 3 August 2021\n    what: A number.\n"
            "    why: ⟦TBC⟧\ncover:\n"
        },
        "`TBC` stands where something was to be filled in",
        "write what belongs there",
        "TBC",
    ),
}

YEARS = {
    "a change since a year that is not there": Case(
        "REF108",
        {SPOKE: "text: Patrols spoke with {spoken} people, ⟦{spoken.change}⟧."},
        "`{spoken.change}` cannot be printed: there is no figure of the year before",
        "reword the text without it, or give what is missing",
        "spoken",
        good={
            SPOKE: "text: Patrols spoke with {spoken} people, {spoken.change}.",
            "value: 7292": "value: 7292\n    earlier: {2019-20: 8000}",
        },
    ),
    "a change of a value that a final report does not have": Case(
        "REF108",
        {
            SPOKE: "text: Patrols spoke with people, ⟦{spoken.change}⟧.",
            SPOKEN: SPOKEN.replace("7292", ""),
        },
        "`{spoken.change}` cannot be printed: the value for 2020-21 is not given yet",
        "reword the text without it, or give what is missing",
        "spoken",
        good={
            SPOKE: "text: Patrols spoke with people, {spoken.change}.",
            SPOKEN: SPOKEN.replace("7292", ""),
            "status: final": "status: draft",
        },
        before=NONE,
    ),
    "a paragraph of a report without numbers": Case(
        "REF109",
        {
            "status: final\n": "status: final\nnumbering: none\n",
            "plan in {para:plan} on": "plan in ⟦{para:plan}⟧ on",
        },
        "`{para:plan}` has no number to print: this report does not number its paragraphs",
        "name the paragraph in words, or write `numbering: running`",
        "plan",
        good={"status: final\n": "status: final\nnumbering: by-section\n"},
    ),
    "a change across a break": Case(
        "REF108",
        {
            SPOKE: "text: Patrols spoke with {spoken} people, ⟦{spoken.change}⟧.",
            "value: 7292": "value: 7292\n    break: Dogs are not counted any more.",
        },
        "`{spoken.change}` cannot be printed: there is a break in the series in 2020-21: "
        "Dogs are not counted any more",
        "reword the text without it, or give what is missing",
        "spoken",
        good={SPOKE: "text: Patrols spoke with {spoken} people, before {spoken.previous}."},
        before=NONE,
    ),
    "a trend of two years": Case(
        "REF108",
        {SPOKE: "text: Patrols spoke with {spoken} people, ⟦{spoken.trend}⟧."},
        "`{spoken.trend}` cannot be printed: fewer than three years running can be compared",
        "reword the text without it, or give what is missing",
        "spoken",
        good={
            SPOKE: "text: Patrols spoke with {spoken} people, {spoken.trend}.",
            "value: 7292": "value: 7292\n    earlier: {2018-19: 8000}",
        },
        before=NONE,
    ),
    "a value restated": Case(
        "YRS101",
        {VALUE: f"{EARLIER}      ⟦2019-20⟧: 101\n"},
        "figure `locks` has 101 for 2019-20, and data/2019-20.yaml, line 38, published 100",
        "correct it, or say under `revised:` why it was restated",
        "locks 2019-20",
        good={VALUE: f"{EARLIER}      2019-20: {{value: 101, revised: One was found.}}\n"},
        before=NONE,
    ),
    "a value that is no longer given": Case(
        "YRS101",
        {VALUE: f"{EARLIER}      ⟦2019-20⟧: {{no_value: confidential}}\n"},
        "figure `locks` has no value for 2019-20, and data/2019-20.yaml, line 38, published 100",
        "correct it, or say under `revised:` why it was restated",
        "locks 2019-20",
        good={VALUE: f"{EARLIER}      2019-20: 100.0\n"},
        before=NONE,
    ),
    "a value of the year before last, restated": Case(
        "YRS101",
        {VALUE: f"{EARLIER}      ⟦2018-19⟧: 95\n"},
        "figure `locks` has 95 for 2018-19, and data/2019-20.yaml, line 42, published 90",
        "correct it, or say under `revised:` why it was restated",
        "locks 2018-19",
        good={VALUE: f"{EARLIER}      2018-19: 90\n"},
        before={"value: 100\n": "value: 100\n    earlier:\n      2018-19: 90\n"},
    ),
    "a figure that is gone": Case(
        "YRS102",
        {
            "  burglary-fall:\n": "  ⟦burglary-fall⟧:\n",
            LOCKS: "  locks-given:\n",
            GIVEN: 'text: "{locks-given} homes."',
        },
        "figure `locks` of data/2019-20.yaml, line 38, is no longer reported",
        "report it again, or accept this and say why it was dropped",
        "locks",
        good={VALUE: "    no_value: not-available\n"},
        before=NONE,
    ),
    "a figure in another unit": Case(
        "YRS103",
        {LOCKS: "  ⟦locks⟧:\n", VALUE: f"{VALUE}    unit: pounds\n"},
        "figure `locks` is given in `pounds`, and in `count` in data/2019-20.yaml, line 38",
        "write it as it was, or say under `break:` what has changed",
        "locks",
        good={VALUE: f"{VALUE}    unit: pounds\n    break: We now know what they cost.\n"},
        before=NONE,
    ),
    "a figure with another definition": Case(
        "YRS103",
        {VALUE: f"{VALUE}    definition: ⟦Flats and houses.⟧\n"},
        "figure `locks` has another definition than in data/2019-20.yaml, line 38",
        "write it as it was, or say under `break:` what has changed",
        "locks",
        good={VALUE: f"{VALUE}    definition: houses\n"},
        before={"value: 100\n": "value: 100\n    definition: Houses.\n"},
    ),
    "a figure of another part of the year": Case(
        "YRS103",
        {VALUE: f"{VALUE}    period: ⟦Q3 2020-21⟧\n"},
        "figure `locks` covers another part of the year than in data/2019-20.yaml, line 38",
        "write it as it was, or say under `break:` what has changed",
        "locks",
        good={VALUE: f"{VALUE}    period: Q4 2020-21\n"},
        before={"value: 100\n": "value: 100\n    period: fourth quarter of 2019-20\n"},
    ),
    "a figure of another part of the year, in words": Case(
        "YRS103",
        {VALUE: f"{VALUE}    period: ⟦the summer of 2020⟧\n"},
        "figure `locks` covers another part of the year than in data/2019-20.yaml, line 38",
        "write it as it was, or say under `break:` what has changed",
        "locks",
        good={VALUE: f"{VALUE}    period: the winter of 2020-21\n"},
        before={"value: 100\n": "value: 100\n    period: the winter of 2019-20\n"},
    ),
    "a period left standing": Case(
        "YRS104",
        {VALUE: f"{VALUE}    period: ⟦calendar year 2019⟧\n"},
        "figure `locks` covers the same days as in data/2019-20.yaml, line 38",
        "write the period of this year's number",
        "locks",
        good={VALUE: f"{VALUE}    period: calendar year 2020\n"},
        before={"value: 100\n": "value: 100\n    period: '2019'\n"},
    ),
    "a year without a file": Case(
        "YRS105",
        {"year: 2020-21\nstatus": "year: ⟦2020-21⟧\nstatus"},
        "there is no file for 2017-18 to 2018-19, between 2016-17 and 2019-20",
        "put it beside the others, or accept this where there was no report",
        "2017-18",
        before=NONE,
        years=(2015, 2016, 2019, 2020, 2022),
    ),
    "a year that cannot be read": Case(
        "YRS105",
        {"year: 2020-21\nstatus": "year: ⟦2020-21⟧\nstatus"},
        "data/2019-20.yaml cannot be read, and nothing is compared with it",
        "run `oscp-report check 2019-20`, and mend what it finds",
        "2019-20",
        years=(2019, 2020),
    ),
    "a final report after a draft": Case(
        "YRS108",
        {"year: 2020-21\nstatus: final": "year: 2020-21\nstatus: ⟦final⟧"},
        "data/2019-20.yaml is a draft, and would be published in the PDF of this report",
        "set `status: final` in data/2019-20.yaml, or `status: draft` here",
        "2019-20",
        good={"status: final": "status: draft"},
        before={"status: final": "status: draft"},
    ),
    "a paragraph left standing": Case(
        "YRS106",
        {PLAN: f"          text: {NEWS}.\n", "        - id: plan": "        - ⟦id⟧: plan"},
        "this paragraph is the same as in data/2019-20.yaml, line 20",
        "say what is new; where every word still holds, accept this",
        "plan",
        good={PLAN: f"          text: {NEWS} and where to leave it at night.\n"},
        before={METER: f"          text: {NEWS}."},
    ),
    "a paragraph nearly left standing": Case(
        "YRS106",
        {"      - There are none.": f"      - ⟦In 2020-21 {NEWS}.⟧"},
        "this paragraph is nearly the same as in data/2019-20.yaml, line 20",
        "say what is new; where every word still holds, "
        "give it an `id`, and accept this by that id",
        good={"      - There are none.": f"      - We spoke with {{spoken}} people; {NEWS}."},
        before={METER: f"          text: In 2019-20 {NEWS}."},
    ),
    "a priority that was not taken up": Case(
        "PRI105",
        {"  year: 2020-21\n  lead": "  ⟦year⟧: 2020-21\n  lead"},
        "the priority `drugs` is not taken up, which data/2019-20.yaml, line 30, announced",
        "add it under its id, or accept this and say why it was dropped",
        "drugs",
        good={DRINKING: f"{DRINKING}    - id: drugs\n      title: Fewer drugs.\n"},
        before={DRINKING: f"{DRINKING}    - id: drugs\n      title: Fewer drugs.\n"},
    ),
    "an announced priority with no theme": Case(
        "PRI101",
        {
            "    - priority: street-drinking\n      text": "    - priority: burglary\n      text",
            "- id: street-drinking": "- ⟦id⟧: street-drinking",
        },
        "no theme reports on the priority `street-drinking`, "
        "which the report for 2019-20 announced",
        "add a theme with `priority: street-drinking`",
        "street-drinking",
        before=NONE,
    ),
    "a word that contradicts the figures": Case(
        "YRS107",
        {SPOKE: "text: Patrols spoke with {spoken} people, a ⟦rise⟧ on last year."},
        "`rise` says the opposite of the figures: `spoken` fell from 8,000 in 2019-20 to 7,292, "
        "down 8.9 per cent",
        "write `{spoken.change}` in its place, or correct the word or the figure",
        "spoken",
        good={SPOKE: "text: Patrols spoke with {spoken} people, a fall on last year."},
        before=NONE,
    ),
}
