"""Every rule with a text it objects to, at the marked place, and a near one that it lets stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from oscp_report.checks import CHECK_RULES, RULES, TOPICS
from oscp_report.checks.registry import MOST_FINDINGS, rule
from oscp_report.diagnostics import HEADINGS
from tests.checks.cases import MEASURES, NONE, YEARS, Case, Edits

SEE = 'text: "It follows the plan in {para:plan} on {priority:burglary}."'
LOCKS = 'text: "{locks:words} homes were given locks."'
SPOKE = "text: Patrols spoke with {spoken} people."
FELL = "text: Burglary fell by {burglary-fall}."
DESK = "text: Partners share a desk."
DATE = "Date: Monday 19 July 2021"
ON_BURGLARY = "    - priority: burglary\n"
ON_DRINKING = "    - priority: street-drinking\n"
PURPOSE = "  - Purpose: To report on the year"
PAPERS = "background_papers: None\n"
LONG = " ".join(["word"] * 38)


CASES = {
    "a figure that no text uses": Case(
        "FIG101",
        {LOCKS: "text: Homes were given locks.", "  locks:\n": "  ⟦locks⟧:\n"},
        "figure `locks` is not used in the text",
        "write `{locks}` where it is reported, or take the figure out",
        "locks",
        good={LOCKS: "text: Homes were given {locks} locks."},
    ),
    "a figure without a source": Case(
        "FIG102",
        {
            "  burglary-fall:\n": "  ⟦burglary-fall⟧:\n",
            "    unit: percent\n    source: Merrow Police\n": "    unit: percent\n",
        },
        "figure `burglary-fall` has no source",
        "add `source:` with the name of the return or dataset",
        "burglary-fall",
    ),
    "a number typed by hand": Case(
        "FIG103",
        {SPOKE: "text: Patrols spoke with {spoken} people, ⟦7,292⟧ in all."},
        "`7,292` is typed by hand, and figure `spoken` is 7,292",
        "write `{spoken}` in its place, so that the two cannot disagree",
        "spoken",
        good={SPOKE: "text: Patrols spoke with {spoken} people, 7,293 with their dogs."},
    ),
    "a number typed by hand, in its unit": Case(
        "FIG103",
        {SPOKE: "text: Patrols spoke with {spoken} people, ⟦12.50⟧ per cent more."},
        "`12.50` is typed by hand, and figure `burglary-fall` is 12.50 per cent",
        "write `{burglary-fall}` in its place, so that the two cannot disagree",
        "burglary-fall",
        good={SPOKE: "text: Patrols spoke with {spoken} people, 12.50 miles on."},
    ),
    "an unknown figure": Case(
        "REF101",
        {DESK: "text: Partners share ⟦{spokn}⟧ desks."},
        "there is no figure `spokn`",
        "did you mean `{spoken}`?",
        "spokn",
        good={DESK: "text: Partners share {spoken} desks."},
    ),
    "a paragraph referred to as a figure": Case(
        "REF101",
        {DESK: "text: Partners share a desk, see ⟦{plan}⟧."},
        "there is no figure `plan`",
        "did you mean `{para:plan}`?",
        "plan",
        good={DESK: "text: Partners share a desk, see {para:plan}."},
    ),
    "a misspelled kind of reference": Case(
        "REF101",
        {DESK: "text: Partners share a desk, see ⟦{par:plan}⟧."},
        "there is no figure `par`",
        "did you mean `{para:plan}`?",
        "par",
    ),
    "an unknown figure like no other": Case(
        "REF101",
        {DESK: "text: Partners share ⟦{xylophones}⟧."},
        "there is no figure `xylophones`",
        "add `xylophones:` under `figures:`, or correct the reference",
        "xylophones",
    ),
    "an unknown paragraph": Case(
        "REF102",
        {DESK: "text: Partners share a desk, see ⟦{para:plam}⟧."},
        "there is no numbered paragraph `plam`",
        "did you mean `{para:plan}`?",
        "plam",
        good={DESK: "text: See {para:burglary}, {para:burglary-theme} or {para:fraud}"},
    ),
    "a section referred to as a paragraph": Case(
        "REF102",
        {DESK: "text: Partners share a desk, see ⟦{para:finance}⟧."},
        "there is no numbered paragraph `finance`",
        "that is a section, which has no number: give one of its paragraphs an `id`",
        "finance",
    ),
    "a figure referred to as a paragraph": Case(
        "REF102",
        {DESK: "text: Partners share a desk, see ⟦{para:spoken}⟧."},
        "there is no numbered paragraph `spoken`",
        "that is a figure: write `{spoken}`",
        "spoken",
    ),
    "an unknown paragraph like no other": Case(
        "REF102",
        {DESK: "text: Partners share a desk, see ⟦{para:xylophones}⟧."},
        "there is no numbered paragraph `xylophones`",
        "give the paragraph that is meant `id: xylophones`",
        "xylophones",
    ),
    "an unknown priority in a reference": Case(
        "REF103",
        {DESK: "text: Partners worked on ⟦{priority:burglery}⟧."},
        "there is no priority `burglery`",
        "did you mean `{priority:burglary}`?",
        "burglery",
        good={DESK: "text: Partners worked on {priority:street-drinking}."},
    ),
    "a priority of next year in a reference": Case(
        "REF103",
        {DESK: "text: Partners worked on ⟦{priority:fraud}⟧."},
        "there is no priority `fraud`",
        "it is one of next year's: write `{para:fraud}` for its number",
        "fraud",
    ),
    "an unknown priority like no other": Case(
        "REF103",
        {DESK: "text: Partners worked on ⟦{priority:xylophones}⟧."},
        "there is no priority `xylophones`",
        "use the id of one of the `priorities:`",
        "xylophones",
    ),
    "an unknown form": Case(
        "REF104",
        {LOCKS: 'text: "⟦{locks:wrods}⟧ homes were given locks."'},
        "a figure has no form `wrods`",
        "write `{locks:words}`, or `{locks}` for digits",
        "locks",
        good={LOCKS: 'text: "{locks} homes were given locks."'},
    ),
    "a fraction in words": Case(
        "REF105",
        {FELL: "text: Burglary fell by ⟦{burglary-fall:words}⟧."},
        "figure `burglary-fall`, 12.5 per cent, cannot be written in words",
        "write `{burglary-fall}` for digits",
        "burglary-fall",
        good={FELL: "text: Burglary fell by {burglary-fall:words}.", "value: 12.5": "value: 12.0"},
    ),
    "a number below nought in words": Case(
        "REF105",
        {LOCKS: 'text: "⟦{locks:words}⟧ homes were given locks."', "value: 107": "value: -1"},
        "figure `locks`, −1, cannot be written in words",
        "write `{locks}` for digits",
        "locks",
        good={"value: 107": "value: 0"},
    ),
    "a number too large for words": Case(
        "REF105",
        {LOCKS: 'text: "⟦{locks:words}⟧ homes were given locks."', "value: 107": "value: 1000000"},
        "figure `locks`, 1,000,000, cannot be written in words",
        "write `{locks}` for digits",
        "locks",
        good={"value: 107": "value: 999999"},
    ),
    "a stray pair of braces": Case(
        "REF106",
        {DESK: "text: Partners share a desk⟦{}⟧."},
        "`{}` is not a reference",
        "for a brace that is printed, write `{{`",
        "{}",
        good={DESK: "text: Partners share a desk {{}."},
    ),
    "a reference with capitals": Case(
        "REF106",
        {DESK: "text: Partners share ⟦{Burglary Fall}⟧."},
        "`{Burglary Fall}` is not a reference",
        "did you mean `{burglary-fall}`? for a brace that is printed, write `{{`",
        "{Burglary Fall}",
    ),
    "a reference to a paragraph with capitals": Case(
        "REF106",
        {DESK: "text: Partners share {{ ⟦{para:Plan}⟧."},
        "`{para:Plan}` is not a reference",
        "did you mean `{para:plan}`? for a brace that is printed, write `{{`",
        "{para:Plan}",
    ),
    "a brace that does not end": Case(
        "REF106",
        {DESK: "text: Partners share {spoken} ⟦{⟧spoken desks."},
        "this brace opens a reference that does not end",
        "for a brace that is printed, write `{{`",
        "{",
    ),
    "a language that is none": Case(
        "REF110",
        {DESK: "text: Partners share a ⟦{lang:wl|desg}⟧."},
        "`wl` is not the tag of a language",
        "did you mean `cy`?",
        "wl",
        good={DESK: "text: Partners share a {lang:cy|desg}."},
    ),
    "a language in words": Case(
        "REF110",
        {DESK: "text: Partners share a ⟦{lang:Welsh|desg}⟧."},
        "`Welsh` is not the tag of a language",
        "write `cy` for Welsh, `pl` for Polish",
        "Welsh",
        good={DESK: "text: Partners share a {lang:zh-Hant|x}, a {lang:gsw|y}."},
    ),
    "a priority with no theme": Case(
        "PRI101",
        {
            f"{ON_DRINKING}      text": f"{ON_BURGLARY}      text",
            "- id: street-drinking": "- ⟦id⟧: street-drinking",
        },
        "no theme reports on the priority `street-drinking`",
        "add a theme with `priority: street-drinking`",
        "street-drinking",
        good={ON_DRINKING: "    - priority: street-drinkin\n"},
    ),
    "a theme on an unknown priority": Case(
        "PRI102",
        {ON_DRINKING: "    - priority: ⟦street-drinkin⟧\n"},
        "there is no priority `street-drinkin`",
        "did you mean `street-drinking`?",
        "street-drinkin",
    ),
    "a theme on a priority of next year": Case(
        "PRI102",
        {ON_DRINKING: "    - priority: ⟦fraud⟧\n"},
        "there is no priority `fraud`",
        "it is one of next year's: leave `priority:` out, or name one of this year's",
        "fraud",
    ),
    "a theme on a priority like no other": Case(
        "PRI102",
        {ON_DRINKING: "    - priority: ⟦xylophones⟧\n"},
        "there is no priority `xylophones`",
        "use the id of one of the `priorities:`",
        "xylophones",
    ),
    "a theme that answers no priority": Case(
        "PRI103",
        {f"{ON_BURGLARY}      id: burglary-theme": "    - ⟦id⟧: burglary-theme"},
        "the theme `burglary-theme` answers no priority",
        "add `priority:`; where there is none, accept this",
        "burglary-theme",
    ),
    "a theme without an id that answers no priority": Case(
        "PRI103",
        {f"{ON_DRINKING}      text: Pat": "    - ⟦text⟧: Pat"},
        "the theme `Patrols spoke with {spoken} people.` answers no priority",
        "add `priority:`; where there is none, give it an `id`, and accept this by that id",
    ),
    "next year's priorities for the year after": Case(
        "PRI104",
        {"next_priorities:\n  year: 2021-22": "next_priorities:\n  ⟦year⟧: 2020-21"},
        "next year's priorities are for 2020-21, but this report is for 2020-21",
        "write `year: 2021-22`, and see whether they are the right ones",
        "2020-21",
        good={
            "next_priorities:\n  year: 2021-22": "next_priorities:\n  year: 2020-21",
            "status: final": "status: draft",
        },
    ),
    "this year's priorities for another year": Case(
        "PRI104",
        {"  year: 2020-21\n": "  ⟦year⟧: 2019-20\n"},
        "the priorities are for 2019-20, but this report is for 2020-21",
        "write `year: 2020-21`, and see whether they are the right ones",
        "2019-20",
        good={"  year: 2020-21\n": ""},
    ),
    "an id used twice": Case(
        "IDS101",
        {"            - id: locks\n": "            - ⟦id⟧: desk\n"},
        "the id `desk` is used twice, first at data/2020-21.yaml:35:9",
        "give one of the two another id",
        "desk",
    ),
    "a theme with the id of its priority": Case(
        "IDS101",
        {
            "    - priority: burglary": "    - ⟦priority⟧: burglary",
            "id: burglary-theme": "id: burglary",
        },
        "the id `burglary` is used twice, first at data/2020-21.yaml:28:7",
        "give one of the two another id",
        "burglary",
    ),
    "two of next year's priorities with one id": Case(
        "IDS101",
        {"    - id: fraud": "    - ⟦id⟧: burglary"},
        "the id `burglary` is used twice, first at data/2020-21.yaml:55:7",
        "give one of the two another id",
        "burglary",
    ),
    "a priority of next year with the id of a section": Case(
        "IDS101",
        {"    - id: fraud": "    - ⟦id⟧: finance"},
        "the id `finance` is used twice, first at data/2020-21.yaml:60:5",
        "give one of the two another id",
        "finance",
        good={"    - id: fraud": "    - id: street-drinking"},
    ),
    "a row with the id of a paragraph": Case(
        "IDS101",
        {
            PURPOSE: "  - Purpose:\n      id: desk\n      text: To report",
            "      - text: Partners": "      - ⟦text⟧: Partners",
        },
        "the id `desk` is used twice, first at data/2020-21.yaml:10:7",
        "give one of the two another id",
        "desk",
    ),
    "no date": Case(
        "COV101",
        {"  - To: Council\n  - Date: Monday 19 July 2021\n": "  ⟦-⟧ To: Council\n"},
        "the cover has no date",
        "add a row such as `- Date: 22 July 2019`",
        "date",
        good={DATE: "date of Meeting: 19 July 2021"},
    ),
    "a month misspelled": Case(
        "COV102",
        {DATE: "Date: ⟦19 Jully 2021⟧"},
        "`19 Jully 2021` is not a date",
        "did you mean July?",
        "date",
        good={DATE: "Date: To be confirmed"},
    ),
    "a day that does not exist": Case(
        "COV102",
        {DATE: "Meeting date: ⟦31 June 2021⟧"},
        "`31 June 2021` is not a date: June 2021 has 30 days",
        "write the day of the meeting as `22 July 2019`",
        "date",
        good={DATE: "Meeting date: 30 June 2021"},
    ),
    "the wrong weekday": Case(
        "COV103",
        {DATE: "Date: ⟦Tuesday⟧ 19 July 2021"},
        "19 July 2021 is a Monday, not a Tuesday",
        "write Monday, or correct the date",
        "date",
    ),
    "a meeting before the year ended": Case(
        "COV104",
        {DATE: "Date: ⟦31 March 2021⟧"},
        "the meeting is before 31 March 2021, when 2020-21 ends",
        "correct the date, or accept this and say what the figures cover",
        "date",
        good={DATE: "Date: 1 April 2021"},
    ),
    "no recommendation": Case(
        "COV105",
        {
            "  - Purpose: To report on the year\n": "  ⟦-⟧ Purpose: To report on the year\n",
            "  - Recommendation: That Council note the report\n": "",
        },
        "the report has no recommendation",
        "add a row such as `- Recommendation: That Council note the report`",
        "recommendation",
        good={
            "  - Recommendation: T": "  - To: T",
            "heading: Implications": "heading: Recommended",
        },
    ),
    "no contact": Case(
        "COV106",
        {
            "year: 2020-21\nstatus": "⟦year⟧: 2020-21\nstatus",
            "contacts:\n  - Report author: A. Officer\n    Telephone: 01632 960123\n": "",
        },
        "the report names no contact",
        "add `contacts:` with the report's author and how to reach them",
        "contacts",
        good={
            "contacts:\n  - Report author: A. Officer\n    Telephone: 01632 960123\n": "",
            "  - To: Council": "  - Contact officer: A. Officer",
        },
    ),
    "an appendix that is not there": Case(
        "COV107",
        {"file: map.pdf": "file: ⟦Map.pdf⟧"},
        "there is no file `Map.pdf` beside the year's file",
        "put it there, or correct its name",
        "Map.pdf",
        good={"file: map.pdf": "file: maps/a.pdf"},
    ),
    "an appendix in another folder": Case(
        "COV108",
        {"file: map.pdf": "file: ⟦../map.pdf⟧"},
        "the file `../map.pdf` is not named as one in the folder of the year's file",
        "copy it beside the year's file and write its name alone",
        "../map.pdf",
        good={"file: map.pdf": "file: maps/..a.pdf"},
    ),
    "a long sentence": Case(
        "PRO101",
        {DESK: f"text: Short. ⟦The long one⟧ {LONG}."},
        "the sentence `The long one …` has 41 words",
        "split it: 40 words are the most",
        "desk",
        good={DESK: f"text: Short. Long one {LONG}. Short."},
    ),
    "a long sentence over two lines without an id": Case(
        "PRO101",
        {"      - There are none.": f"      - ⟦There\n        are⟧ now {LONG}."},
        "the sentence `There are now …` has 41 words",
        "split it: 40 words are the most, or give its paragraph an `id` to accept it by",
    ),
    "a placeholder in a paragraph": Case(
        "PRO102",
        {DESK: "text: Partners share ⟦XXX⟧."},
        "`XXX` stands where something was to be filled in",
        "write what belongs there",
        "XXX",
        good={DESK: "text: Partners share a todo list, and an xxx."},
    ),
    "a placeholder in the source of a figure": Case(
        "PRO102",
        {"source: Merrow Council": "source: Merrow Council (⟦to be confirmed⟧)"},
        "`to be confirmed` stands where something was to be filled in",
        "write what belongs there",
        "to be confirmed",
    ),
    "a placeholder in a label": Case(
        "PRO102",
        {"- Purpose: To": '- "Purpose ⟦???⟧": To'},
        "`???` stands where something was to be filled in",
        "write what belongs there",
        "???",
    ),
    "a placeholder in the partnership's file": Case(
        "PRO102",
        NONE,
        "`[insert` stands where something was to be filled in",
        "write what belongs there",
        "[insert",
        partnership={"council: Merrow Council": 'council: "⟦[insert⟧ council]"'},
    ),
    "a word typed twice": Case(
        "PRO103",
        {DESK: "text: Partners share ⟦the the⟧ desk."},
        "`the the` has the same word twice",
        "take one `the` out",
        "the the",
        good={DESK: "text: Partners share what they had had. That that is so, so be it."},
    ),
    "a word typed twice over the end of a line": Case(
        "PRO103",
        {DESK: "text: >-\n          Theirs is ⟦The⟧\n          the desk."},
        "`The the` has the same word twice",
        "take one `the` out",
        "the the",
    ),
    "a link to a file": Case(
        "PRO104",
        {DESK: "text: Partners share [a map](⟦map.pdf⟧)."},
        "`map.pdf` leads nowhere",
        "write the whole address, from `https://` on; for a paragraph `{para:id}`",
        "map.pdf",
        good={DESK: "text: Partners share [a map](HTTPS://example.org/map.pdf)."},
    ),
    "an autolink with a scheme that is not kept": Case(
        "PRO104",
        {DESK: "text: Partners share <⟦javascript:alert(1)⟧>."},
        "`javascript:alert(1)` leads nowhere",
        "write the whole address, from `https://` on; for a paragraph `{para:id}`",
        "javascript:alert(1)",
        good={DESK: "text: Partners share <https://example.org> and <a@example.org>."},
    ),
    "a link to nothing": Case(
        "PRO104",
        {DESK: "text: Partners share [a map⟦](⟧)."},
        "an empty address leads nowhere",
        "write the whole address, from `https://` on; for a paragraph `{para:id}`",
        good={DESK: "text: Partners share [a map](tel:01632960123)."},
    ),
    "a picture": Case(
        "PRO105",
        {DESK: "text: Partners share ⟦![a map]⟧(https://example.org/map.png)."},
        "`![a map]` is a picture, and a text can hold none",
        "say in words what it shows, or add it as an appendix",
        "![a map]",
        good={DESK: "text: Partners share a map! [Look](https://example.org/)"},
    ),
    "a tag": Case(
        "PRO106",
        {DESK: "text: Partners share ⟦<b class=x>⟧a desk."},
        "`<b class=x>` is printed as it was typed",
        "take it out; `**words**` gives emphasis",
        "<b class=x>",
        good={DESK: "text: Partners (<5, 3 < 4 and 6> 5) share `<b>`."},
    ),
    "a heading": Case(
        "PRO107",
        {DESK: "text: |-\n          Partners\n          ⟦## share⟧\n          a desk."},
        "`## share` is printed as it was typed",
        "take the marks out, or begin a section with `heading:`",
        "## share",
        good={DESK: 'text: "#1 of the list is a desk # or so -- for #partners"'},
    ),
    "a list with bullets": Case(
        "PRO108",
        {DESK: "text: >-\n          Partners share:\n          ⟦•⟧ a desk\n          • a chair"},
        "`•` is printed as it was typed",
        "write what follows as a list under `items:`",
        "•",
        good={DESK: "text: Partners share a desk – a large one • and `•`."},
    ),
    "a link on a word that says nothing": Case(
        "PRO109",
        {DESK: "text: For the desk click [⟦here⟧](https://example.org/desk)."},
        "the link `here` does not say where it leads",
        "put the link on the name of what it leads to",
        "here",
        good={DESK: "text: See [the desk here](https://example.org/desk)."},
    ),
    "a link on its address": Case(
        "PRO110",
        {DESK: "text: See [⟦https://example.org/desk⟧](https://example.org/desk)."},
        "the words of the link are its address, `https://example.org/desk`",
        "put the link on the name of what it leads to: `[the strategy](https://...)`",
        "https://example.org/desk",
        good={DESK: "text: Write to [desk@example.org](mailto:desk@example.org)."},
    ),
    "an address in angle brackets": Case(
        "PRO110",
        {DESK: 'text: "See <⟦https://example.org/desk⟧>."'},
        "the words of the link are its address, `https://example.org/desk`",
        "put the link on the name of what it leads to: `[the strategy](https://...)`",
        "https://example.org/desk",
        good={DESK: 'text: "Write to <mailto:desk@example.org>, or `<https://example.org>`."'},
    ),
    "words in capitals": Case(
        "PRO111",
        {DESK: "text: Partners ⟦MUST NOT SHARE⟧ a desk."},
        "`MUST NOT SHARE` is in capitals",
        "write it in small letters; for weight, `**bold**`",
        "MUST NOT SHARE",
        good={DESK: "text: Partners (CSB, CSB and CSB) share a CSB CSB desk."},
    ),
    "words in italics": Case(
        "PRO112",
        {DESK: 'text: "Partners *⟦really do⟧* share a desk."'},
        "`really do` is in italics",
        "take the marks out; for weight, `**bold**`",
        "really do",
        good={DESK: 'text: "Partners **really do** share 2 * 3 * 4 desks, snake_case_desks too."'},
    ),
    "words in italics, with underscores": Case(
        "PRO112",
        {DESK: "text: Partners _⟦share⟧_ a desk."},
        "`share` is in italics",
        "take the marks out; for weight, `**bold**`",
        "share",
        good={DESK: "text: Partners `_share_` a desk."},
    ),
    "an abbreviation never explained": Case(
        "ABB101",
        {DESK: "text: Partners share ⟦MARAC⟧ desks. MARACs meet."},
        "`MARAC` is never explained",
        "write the long form first, and `(MARAC)` after it",
        "MARAC",
        good={DESK: "text: Multi-Agency Risk Assessment Conferences (MARACs). A MARAC’s desk."},
    ),
    "an abbreviation in a label": Case(
        "ABB101",
        {"- Purpose: To": "- ⟦PSPO⟧ proposed: To"},
        "`PSPO` is never explained",
        "write the long form first, and `(PSPO)` after it",
        "PSPO",
        partnership={"  MSTP: M": "  OCG: Organised Crime Group\n  MSTP: M"},
    ),
    "an abbreviation used before it is explained": Case(
        "ABB102",
        {DESK: "text: The ⟦CSP⟧ shares. The Community Safety Partnership (CSP) did so."},
        "`CSP` is used before it is explained",
        "move the explanation here from line 35",
        "CSP",
        good={
            DESK: "text: The Community Safety Partnership (CSP) shares.",
            "To report on the year": "To report on the CSP",
        },
    ),
    "an acceptance of nothing": Case(
        "ACC101",
        {PAPERS: f"{PAPERS}accepted:\n  - ⟦rule⟧: PRI101\n    about: burglary\n    because: So.\n"},
        "there is no warning PRI101 about `burglary` to accept",
        "take this acceptance out, or correct its `rule` and `about`",
        "burglary",
    ),
    "an open warning in a final report": Case(
        "ACC102",
        {"status: final": "status: ⟦final⟧", DESK: "text: Partners share the the desk."},
        "a final report cannot have one open warning",
        "mend each, or accept it with a reason under `accepted:`; until then `status: draft`",
        good={"status: final": "status: draft", DESK: "text: Partners share the the desk."},
    ),
    **MEASURES,
    **YEARS,
}


@pytest.mark.parametrize("before", [None, NONE], ids=["one year", "two years"])
def test_the_base_is_clean(before: Edits | None, check: Callable[..., Any]) -> None:
    checked = check(before=before)
    assert checked.faults == ()
    assert checked.found == []


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_bad_text_is_found_at_its_place(case: Case, check: Callable[..., Any]) -> None:
    checked = check(case.bad, case.partnership, case.before, case.years)
    assert checked.faults == ()
    (found,) = checked.of(case.code)
    (marked,) = checked.marked
    assert (found.location, found.location.length) == (marked, marked.length)
    assert (found.message, found.fix, found.about) == (case.message, case.fix, case.about)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_near_text_is_let_stand(case: Case, check: Callable[..., Any]) -> None:
    partnership = case.partnership if case.code.startswith("DAT") else {}
    checked = check(case.good, partnership, case.before)
    assert checked.faults == ()
    assert checked.of(case.code) == []


def test_a_figure_without_a_number_is_reported_once(check: Callable[..., Any]) -> None:
    checked = check({"value: 107": "value: about a hundred"})
    assert [fault.code for fault in checked.faults] == ["FLD005"]
    assert checked.found == []


def test_every_rule_has_its_cases() -> None:
    codes = {rule.code for rule in CHECK_RULES}
    assert len(codes) > 20
    assert len(codes) == len(CHECK_RULES)
    assert {case.code for case in CASES.values()} == codes
    assert len(TOPICS) == len({registered.check.__module__ for registered in RULES.values()})


@pytest.mark.parametrize("code", sorted({rule.code for rule in CHECK_RULES}))
def test_every_rule_is_explained(code: str) -> None:
    (explained,) = (rule for rule in CHECK_RULES if rule.code == code)
    places = [explained.explanation.index(heading) for heading in HEADINGS]
    assert places == sorted(places)
    first = explained.explanation.splitlines()[0]
    assert first.endswith(".")
    assert not explained.summary.endswith(".")
    assert explained.name == explained.name.lower().replace("_", "-")
    assert explained.explanation.count("```") % 2 == 0


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_words_are_one_clause(case: Case) -> None:
    assert not case.message.endswith((".", "!"))
    assert not case.fix.endswith(".")


def test_a_code_belongs_to_one_rule() -> None:
    with pytest.raises(ValueError, match="FIG102 is defined twice"):
        rule("FIG102", "warning")(lambda subject: iter(()))
    assert RULES["FIG102"].rule.name == "figure-without-source"


@pytest.mark.parametrize(
    ("edits", "code"),
    [
        ({DESK: "text: Partners share {par:plan}."}, "REF101"),
        ({DESK: "text: Partners share ![a map](map.png)."}, "PRO105"),
        ({DESK: "text: Partners share <javascript:x>."}, "PRO104"),
        ({DATE: "Date: TBC"}, "PRO102"),
        ({DATE: "Date: Munday 31 June 2021"}, "COV102"),
        ({ON_DRINKING: "    - priority: street-drinkin\n"}, "PRI102"),
        ({"file: map.pdf": "file: ../map.pdf"}, "COV108"),
    ],
)
def test_one_slip_is_one_finding(edits: Edits, code: str, check: Callable[..., Any]) -> None:
    checked = check({**edits, "status: final": "status: draft"})
    assert [found.code for found in checked.found] == [code]


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("/etc/passwd", "COV108"),
        ("~/map.pdf", "COV108"),
        ("C:map.pdf", "COV108"),
        ("c:/map.pdf", "COV108"),
        ("..", "COV108"),
        ("maps/../map.pdf", "COV108"),
        ("maps/..", "COV108"),
        ("maps\\\\a.pdf", "COV108"),
        ("maps/b.pdf", "COV107"),
        ("https://example.org/map.pdf", "COV107"),
        ("..map.pdf", "COV107"),
        ("map..pdf", "COV107"),
    ],
)
def test_the_file_of_an_appendix(file: str, code: str, check: Callable[..., Any]) -> None:
    checked = check({"file: map.pdf": f'file: "{file}"'})
    assert [found.code for found in checked.found] == [code]


def test_the_cover_takes_what_it_lacks_from_the_partnership(check: Callable[..., Any]) -> None:
    partnership = {"  - To: Council": "  - Date: ⟦31 June 2021⟧"}
    assert check({}, partnership).found == []
    checked = check({f"  - {DATE}\n": ""}, partnership)
    (found,) = checked.found
    assert (found.code, [found.location]) == ("COV102", checked.marked)
    assert found.location.file == "data/partnership.yaml"


def test_a_rule_stops_at_a_number_that_nobody_mends_at_a_time(check: Callable[..., Any]) -> None:
    checked = check({DESK: f"text: {'TBC ' * (MOST_FINDINGS + 1)}"})
    assert len(checked.of("PRO102")) == MOST_FINDINGS


def test_only_rules_whose_fields_were_read_run(check: Callable[..., Any]) -> None:
    checked = check({"  burglary-fall:\n": "  Burglary Fall:\n"})
    assert [fault.code for fault in checked.faults] == ["FLD008"]
    assert checked.found == []
