"""The rule that reads what a text says of the figures: what it must find, and must let stand."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from oscp_report.checks import RULES, Subject
from oscp_report.checks.registry import Finding
from oscp_report.diagnostics import Location
from oscp_report.model import Achievements, Figure, Partnership, Priorities, Report, Text, Theme
from oscp_report.reading.loading import load_partnership, load_report
from oscp_report.wording import Unit
from oscp_report.year import Year

YEAR, LAST = Year(2020), Year(2019)
HERE = Location("data/2020-21.yaml", 1, 1)
FIGURES: dict[str, tuple[str, str, str, Unit]] = {
    "needles": ("Needles and syringes collected", "7292", "6801", "count"),
    "operations": ("Multi-agency operations", "24", "30", "count"),
    "homes": ("Homes given locks", "100", "107", "count"),
    "burglary": ("Recorded burglary", "640", "588", "count"),
    "calls": ("Calls to the helpline", "410", "410", "count"),
    "safe": ("Residents who feel safe after dark", "61", "64.5", "percent"),
    "grants": ("Grants paid to community groups", "12000", "24500", "pounds"),
    "orders": ("Closure Orders obtained", "8", "4", "count"),
    "referrals": ("Referrals to the outreach team", "200", "310", "count"),
}
LOWER = ("needles", "burglary")


def text(value: str) -> Text:
    return Text(value, HERE, value)


def report(said: str, column: int, year: Year) -> Report:
    figures = {
        name: Figure(
            id=name,
            label=text(label),
            value=Decimal((before, after)[column]),
            unit=unit,
            better="lower" if name in LOWER else "neither",
            location=HERE,
        )
        for name, (label, before, after, unit) in FIGURES.items()
    }
    theme = Theme(text=text(said), location=HERE)
    return Report(
        year=year,
        cover=(),
        priorities=Priorities(lead=text("These:"), items=(), location=HERE),
        achievements=Achievements(heading=text("Done"), themes=(theme,), location=HERE),
        figures=figures,
        location=HERE,
    )


PARTNERSHIP = Partnership(
    name=text("Merrow Safer Together Partnership"),
    short_name=text("MSTP"),
    council=text("Merrow Council"),
    location=HERE,
)


def found(said: str, this: Report | None = None) -> list[Finding]:
    before = report("Nothing.", 0, LAST)
    this = this or report(said, 1, YEAR)
    subject = Subject(this, PARTNERSHIP, lambda name: False, (before,), (LAST, YEAR))
    return list(RULES["YRS107"].check(subject))


# What is said, of which figure, and the words that contradict it.
PLANTED = [
    ("Needles and syringes collected rose this year, to {needles}.", "needles", "rose"),
    ("We collected {needles} needles and syringes, a rise on last year.", "needles", "rise"),
    (
        "The number of needles and syringes collected increased by 6.7 per cent to {needles}.",
        "needles",
        "increased",
    ),
    ("{needles} needles were picked up from parks, up on the year before.", "needles", "up"),
    ("{needles} needles were picked up (up from 7,292 last year).", "needles", "up"),
    (
        "The team collected {needles} needles, 12 per cent fewer than last year.",
        "needles",
        "12 per cent",
    ),
    ("Collections fell by 12% to {needles}.", "needles", "12%"),
    ("Collections fell from 7,500 last year to {needles}.", "needles", "7,500"),
    (
        "More needles were collected than last year ({needles}).",
        "needles",
        "More needles were collected than",
    ),
    (
        "We carried out {operations} multi-agency operations, fewer than in 2019-20.",
        "operations",
        "fewer than",
    ),
    ("Multi-agency operations fell to {operations}.", "operations", "fell"),
    (
        "There was a fall in the number of multi-agency operations, with {operations} carried out.",
        "operations",
        "fall",
    ),
    ("The number of operations halved, to {operations}.", "operations", "halved"),
    ("Operations remained steady, with {operations} in the year.", "operations", "remained steady"),
    (
        "{homes} homes were given locks, the same number as last year.",
        "homes",
        "the same number as",
    ),
    ("{homes} homes were given locks, unchanged from last year.", "homes", "unchanged from"),
    ("Locks were fitted in {homes} homes, down 7 per cent.", "homes", "down"),
    ("Recorded burglary rose again, to {burglary}.", "burglary", "rose"),
    ("Recorded burglary was up by 8 per cent.", "burglary", "up"),
    ("Recorded burglary increased.", "burglary", "increased"),
    ("Recorded burglary doubled over the year.", "burglary", "doubled"),
    ("Recorded burglary fell by a third.", "burglary", "a third"),
    ("Recorded burglary fell from 700 in 2019-20 to {burglary}.", "burglary", "700"),
    (
        "There were {burglary} recorded burglaries, 100 fewer than the year before.",
        "burglary",
        "100",
    ),
    ("Calls to the helpline increased to {calls}.", "calls", "increased"),
    ("The helpline took {calls} calls, 12 more than in the previous year.", "calls", "more than"),
    (
        "{safe} of residents said that they feel safe after dark, down from last year.",
        "safe",
        "down",
    ),
    ("The share of residents who feel safe after dark dropped to {safe}.", "safe", "dropped"),
    (
        "Residents who feel safe after dark rose by 10 percentage points to {safe}.",
        "safe",
        "10 percentage points",
    ),
    ("Grants paid to community groups fell to {grants}.", "grants", "fell"),
    (
        "We paid {grants} in grants to community groups, three times as many as last year.",
        "grants",
        "three times as many as",
    ),
    ("Closure Orders obtained rose from 8 to {orders}.", "orders", "rose"),
    (
        "The team obtained {orders} Closure Orders – twice as many as last year.",
        "orders",
        "twice as many as",
    ),
    ("Referrals to the outreach team more than doubled, to {referrals}.", "referrals", "doubled"),
    (
        "The outreach team had {referrals} referrals, a drop of 55 per cent on 2019-20.",
        "referrals",
        "drop",
    ),
    (
        "The outreach team took {referrals} referrals, compared with 250 last year.",
        "referrals",
        "250",
    ),
    (
        "In 2020-21 the number of referrals to the outreach team went down.",
        "referrals",
        "went down",
    ),
    (
        "Despite a rise in demand, {referrals} people were referred, fewer than last year.",
        "referrals",
        "fewer than",
    ),
    (
        "We are pleased that needles and syringes collected have gone up to {needles}.",
        "needles",
        "gone up",
    ),
    ("Recorded burglary did not fall in 2020-21.", "burglary", "fall"),
    (
        "We saw an increase in recorded burglary, from {burglary.previous} to {burglary}.",
        "burglary",
        "increase",
    ),
    (
        "{burglary} burglaries were recorded, which is an increase of 8 per cent.",
        "burglary",
        "increase",
    ),
    ("Burglaries climbed to {burglary}.", "burglary", "climbed"),
    (
        "The {needles} needles and syringes collected represent a 6.7 per cent increase.",
        "needles",
        "increase",
    ),
    ("The number of Closure Orders was unchanged at {orders}.", "orders", "was unchanged"),
    ("Numbers rose again, with {needles} needles collected.", "needles", "rose"),
    (
        "This year saw a sharp rise in needles and syringes collected, to {needles}.",
        "needles",
        "rise",
    ),
    ("Recorded burglary has worsened.", "burglary", "worsened"),
    (
        "There were {burglary} burglaries in 2020-21, an increase of 52 on the previous year.",
        "burglary",
        "increase",
    ),
    (
        "Fewer homes were given locks than in 2019-20: {homes}.",
        "homes",
        "Fewer homes were given locks than",
    ),
    ("Recorded burglary rose by {burglary.change}.", "burglary", "rose"),
    (
        "{operations} operations took place; the number has fallen since last year.",
        "operations",
        "fallen",
    ),
    ("Thanks to the team, burglary is down 15 per cent, to {burglary}.", "burglary", "15 per cent"),
    ("This represents a rise from 7,292 to {needles} needles and syringes.", "needles", "rise"),
    (
        "Officers recorded {burglary} burglaries, an 8 per cent increase on 2019-20.",
        "burglary",
        "increase",
    ),
    ("Recorded burglary has gone up by 52.", "burglary", "gone up"),
    (
        "The level of recorded burglary remained unchanged at {burglary}.",
        "burglary",
        "remained unchanged",
    ),
    (
        "We dealt with {burglary} burglaries compared to 600 in the previous year.",
        "burglary",
        "600",
    ),
    ("Needle finds grew to {needles}, the highest for some time.", "needles", "grew"),
    (
        "The total number of needles and syringes collected stood at {needles}, up 491.",
        "needles",
        "up",
    ),
    ("{homes} homes received locks; this is a fall of 7 per cent.", "homes", "fall"),
    ("{homes} homes were given locks (2019-20: 100), a decrease of 7.", "homes", "decrease"),
    (
        "Happily, fewer residents feel safe after dark than last year.",
        "safe",
        "fewer residents feel safe after dark than",
    ),
    ("The proportion of residents who feel safe after dark is down, at {safe}.", "safe", "down"),
    (
        "Residents feel less safe: {safe} feel safe after dark, a drop of 3.5 percentage points.",
        "safe",
        "drop",
    ),
    (
        "There were {operations} operations in all, a decline on the previous year.",
        "operations",
        "decline",
    ),
    (
        "The number of multi-agency operations was cut to {operations}, a reduction of a quarter.",
        "operations",
        "reduction",
    ),
    (
        "A total of {operations} multi-agency operations took place, which was fewer than "
        "last year.",
        "operations",
        "fewer than",
    ),
    ("Our grants to community groups shrank to {grants}.", "grants", "shrank"),
    ("Grants paid stayed level at {grants}.", "grants", "stayed level"),
    ("Grants paid to community groups almost trebled, to {grants}.", "grants", "trebled"),
    ("Use of Closure Orders increased, with {orders} obtained.", "orders", "increased"),
    (
        "We obtained {orders} Closure Orders, double the number in 2019-20.",
        "orders",
        "double the number in",
    ),
    ("We obtained {orders} Closure Orders, up from 2 last year.", "orders", "2"),
    (
        "The outreach team received {referrals} referrals, 20 per cent up on last year.",
        "referrals",
        "20 per cent",
    ),
    ("Referrals rose by 20 per cent, from 200 to {referrals}.", "referrals", "20 per cent"),
    ("Referrals to the outreach team have declined sharply.", "referrals", "declined"),
    (
        "Burglary reached {burglary}, an increase of over 50 on the year before.",
        "burglary",
        "increase",
    ),
    ("In 2020-21 recorded burglary climbed by 8.1 per cent.", "burglary", "climbed"),
    ("There has been a steady increase in recorded burglary.", "burglary", "increase"),
    ("The helpline took {calls} calls – a fall of 10 per cent.", "calls", "fall"),
    (
        "Calls to the helpline were slightly lower than last year, at {calls}.",
        "calls",
        "lower than",
    ),
    ("Calls to the helpline doubled.", "calls", "doubled"),
    (
        "{needles} needles and syringes were collected, which is more than in the previous year.",
        "needles",
        "more than",
    ),
    (
        "{needles} needles and syringes were collected, higher than the 6,500 in 2019-20.",
        "needles",
        "higher than",
    ),
    (
        "{needles} needles and syringes, twelve per cent fewer than in 2019-20, were collected.",
        "needles",
        "twelve per cent",
    ),
    (
        "The downward trend was reversed: needles and syringes collected rose to {needles}.",
        "needles",
        "rose",
    ),
    ("Burglary has continued to rise, with {burglary} recorded.", "burglary", "rise"),
    ("The figure for recorded burglary went up.", "burglary", "went up"),
    ("Recorded burglary is up again.", "burglary", "up"),
    ("The number of homes given locks was the same as last year.", "homes", "the same as"),
    (
        "Needles and syringes collected increased from {needles.previous} to {needles}.",
        "needles",
        "increased",
    ),
    (
        "Recorded burglary, at {burglary}, was higher than in the previous year.",
        "burglary",
        "higher than",
    ),
    (
        "Sadly, the number of burglaries recorded in Merrow has risen to {burglary}.",
        "burglary",
        "risen",
    ),
    ("The number of burglaries has risen.", "burglary", "risen"),
    (
        "Burglary rose by 8.1 per cent in Merrow over the year, with {burglary} recorded.",
        "burglary",
        "rose",
    ),
    (
        "{burglary} burglaries were reported to the police, an increase on the "
        "{burglary.previous} of the year before.",
        "burglary",
        "increase",
    ),
    (
        "{burglary} burglaries were reported to the police, up from {burglary.previous}.",
        "burglary",
        "up",
    ),
    ("Recorded burglary has fallen by almost a quarter since last year.", "burglary", "a quarter"),
    (
        "We are proud that recorded burglary has fallen by 30 per cent, to {burglary}.",
        "burglary",
        "30 per cent",
    ),
    ("It is disappointing that homes given locks fell to {homes}.", "homes", "fell"),
    ("In all, {homes} homes were given locks, 20 more than the year before.", "homes", "20"),
    ("The number of homes given locks increased by 20.", "homes", "20"),
    ("{homes} homes were given locks this year, 15% more than last.", "homes", "15%"),
    (
        "{homes} homes were given locks this year, 15 per cent higher than in 2019-20.",
        "homes",
        "15 per cent",
    ),
    (
        "The year saw {operations} multi-agency operations, a reduction from 24.",
        "operations",
        "reduction",
    ),
    (
        "The year saw {operations} multi-agency operations, down 20 per cent on 2019-20.",
        "operations",
        "down",
    ),
    ("Multi-agency operations doubled, to {operations}.", "operations", "doubled"),
    ("The number of calls to the helpline went up slightly.", "calls", "went up"),
    ("Calls to the helpline have dropped by 5 per cent.", "calls", "dropped"),
    ("Closure Orders obtained remained stable.", "orders", "remained stable"),
    ("Closure Orders, of which {orders} were obtained, increased.", "orders", "increased"),
    ("Closure orders rose to {orders}, while referrals fell to {referrals}.", "orders", "rose"),
    ("Referrals (up 12 per cent) reached {referrals}.", "referrals", "12 per cent"),
    ("Only {referrals} people were referred, fewer than in 2019-20.", "referrals", "fewer than"),
    (
        "Grants to the value of {grants} were paid, less than in the previous year.",
        "grants",
        "less than",
    ),
    ("Grants worth {grants} were paid, an increase of a half.", "grants", "a half"),
    ("The proportion who feel safe after dark fell to {safe}.", "safe", "fell"),
    (
        "{safe} of residents feel safe after dark, two percentage points more than last year.",
        "safe",
        "two percentage points",
    ),
    (
        "{needles} needles and syringes were found, an increase of 12% compared with the "
        "previous year.",
        "needles",
        "increase",
    ),
    (
        "{needles} needles and syringes were found. The total collected was up, at "
        "{needles}, by 12%.",
        "needles",
        "up",
    ),
    (
        "Police recorded {burglary} burglaries during the year, up 9 per cent.",
        "burglary",
        "up",
    ),
    (
        "Burglary recorded by the police increased by a tenth, to {burglary}.",
        "burglary",
        "increased",
    ),
    (
        "The year ended with {burglary} burglaries, more than the {burglary.previous} of 2019-20.",
        "burglary",
        "more than",
    ),
    (
        "Street cleaners picked up {needles} needles and syringes, a slight increase on 2019-20.",
        "needles",
        "increase",
    ),
    (
        "Our street cleaners picked up more needles than in the previous year, {needles} in all.",
        "needles",
        "more needles than",
    ),
    (
        "Compared with last year, needles and syringes collected rose by 491 to {needles}.",
        "needles",
        "rose",
    ),
    (
        "Needles and syringes collected rose compared with last year.",
        "needles",
        "rose",
    ),
    (
        "As a result, recorded burglary rose to {burglary}.",
        "burglary",
        "rose",
    ),
    (
        "Following a review of patrols, recorded burglary increased to {burglary}.",
        "burglary",
        "increased",
    ),
    (
        "With the help of volunteers, locks were given to {homes} homes, ten fewer than last year.",
        "homes",
        "fewer than",
    ),
    (
        "The number of homes given locks fell slightly, from 107 to {homes}.",
        "homes",
        "107",
    ),
    (
        "{homes} homes were given locks: seven fewer than last year.",
        "homes",
        "fewer than",
    ),
    (
        "Volunteers gave locks to {homes} homes - down from 120 last year.",
        "homes",
        "120",
    ),
    (
        "Fewer multi-agency operations were held than last year.",
        "operations",
        "Fewer multi-agency operations were held than",
    ),
    (
        "{operations} multi-agency operations (24 last year) were held, a fall of a quarter.",
        "operations",
        "fall",
    ),
    (
        "The helpline took {calls} calls, up by a tenth.",
        "calls",
        "up",
    ),
    (
        "Calls to the helpline rose sharply this year.",
        "calls",
        "rose",
    ),
    (
        "Calls to the helpline (up 5 per cent to {calls}) were mostly about noise.",
        "calls",
        "up",
    ),
    (
        "The number of Closure Orders doubled to {orders}.",
        "orders",
        "doubled",
    ),
    (
        "Referrals to the outreach team were stable at {referrals}.",
        "referrals",
        "were stable",
    ),
    (
        "Referrals to the outreach team increased by 10 per cent to {referrals}.",
        "referrals",
        "10 per cent",
    ),
    (
        "{safe} of residents feel safe after dark, which is lower than last year.",
        "safe",
        "lower than",
    ),
    (
        "{safe} of residents feel safe after dark, a fall of 3.5 percentage points.",
        "safe",
        "fall",
    ),
    (
        "Grants paid to community groups rose by half, to {grants}.",
        "grants",
        "half",
    ),
    (
        "Grants paid to community groups were halved, to {grants}.",
        "grants",
        "halved",
    ),
    (
        "Recorded burglary rose from {burglary.previous} in 2019 to {burglary} in 2020.",
        "burglary",
        "rose",
    ),
    (
        "Police recorded slightly more burglaries, {burglary} against {burglary.previous}.",
        "burglary",
        "more burglaries, against",
    ),
]

TRUE = [
    "Recorded burglary fell from {burglary.previous} in 2019 to {burglary} in 2020.",
    "Police recorded slightly fewer burglaries, {burglary} against {burglary.previous}.",
    "More young people were trained against burglary, and {burglary} were recorded.",
    "Police recorded {burglary} burglaries during the year, down 8 per cent, and "
    "solved more of them than last year.",
    "Compared with last year, needles and syringes collected fell by 491 to {needles}.",
    "As a result, recorded burglary fell to {burglary}, although theft rose by a tenth.",
    "{homes} homes were given locks: seven more than last year.",
    "{operations} multi-agency operations (24 last year) were held, a rise of a quarter.",
    "Calls to the helpline (unchanged at {calls}) were mostly about noise, which rose.",
    "Referrals to the outreach team increased by 55 per cent to {referrals}, and "
    "waiting times fell by a day.",
    "Fewer burglaries were recorded than last year, and more homes were given locks.",
    "The outreach team grew from four to six workers and took {referrals} referrals.",
    "The outreach team grew, and took more referrals than last year.",
    "Increased funding, up 12 per cent, paid {grants} in grants.",
    "{needles} needles and syringes were collected by two more teams than last year.",
    "The partnership met more often than last year and paid {grants} in grants.",
    "Grants of {grants} went to 30 groups, five fewer than last year.",
    "Satisfaction with the helpline, which took {calls} calls, rose to 90 per cent.",
    "The helpline, open longer than last year, took {calls} calls.",
    "Residents told us burglary was up; in fact it fell to {burglary}.",
    "Nobody wishes multi-agency operations to come down to {operations}.",
    "Multi-agency operations may have fallen to {operations} by now.",
    "Multi-agency operations would have fallen to {operations}.",
    "It is likely that multi-agency operations fell to {operations}.",
    "Needles and syringes collected fell this year, to {needles}.",
    "We collected {needles} needles and syringes, a fall on last year.",
    "We collected {needles} needles and syringes, a fall of 6.7 per cent on last year.",
    "We collected {needles} needles and syringes, a fall of about 7 per cent.",
    "Recorded burglary did not rise in 2020-21.",
    "Recorded burglary fell from 9,000 two years ago to {burglary}.",
    "Despite a rise in calls, {burglary} burglaries were recorded.",
    "Despite a rise in reports of begging, needles and syringes collected fell to {needles}.",
    "Calls about begging rose, and {needles} needles were collected.",
    "Recorded burglary rose in Northgate but fell overall, to {burglary}.",
    "Recorded burglary rose in the first quarter, and then fell to {burglary}.",
    "Burglary of sheds rose, while recorded burglary fell to {burglary}.",
    "After a rise last year, recorded burglary fell by 8 per cent to {burglary}.",
    "Recorded burglary, which rose in 2019-20, fell to {burglary}.",
    "We aim to increase the number of homes given locks from {homes}.",
    "Patrols were increased, and {burglary} burglaries were recorded.",
    "Patrols were increased to tackle burglary, which fell to {burglary}.",
    "We increased support to {homes} homes and reduced the risk of burglary.",
    "{homes} homes were given locks to reduce burglary.",
    "Rather than rising, burglary fell to {burglary}.",
    "Burglary is expected to rise, though {burglary} were recorded.",
    "Residents told us that burglary had risen; {burglary} were recorded.",
    "{homes} homes were given locks, 7 more than last year.",
    "{homes} homes were given locks, up 7 per cent.",
    "{operations} operations were held, a quarter more than last year.",
    "{operations} operations were held, up from 24.",
    "{operations} operations were held, up from {operations.previous}.",
    "The number of operations rose by a quarter to {operations}.",
    "Calls to the helpline were unchanged at {calls}.",
    "Calls to the helpline remained steady, with {calls} in the year.",
    "{safe} of residents feel safe after dark, up 3.5 percentage points.",
    "{safe} of residents feel safe after dark, up from 61 per cent last year.",
    "The share of residents who feel safe after dark rose by almost 4 points to {safe}.",
    "Grants more than doubled, to {grants}.",
    "Grants paid to community groups doubled to {grants}.",
    "Closure Orders halved to {orders}.",
    "The team obtained {orders} Closure Orders, half as many as last year.",
    "Referrals to the outreach team rose by more than half, to {referrals}.",
    "{referrals} people were referred, 110 more than the year before.",
    "The fall in burglary to {burglary} reflects a rise in patrols.",
    "With fewer officers on duty than last year, the team obtained {orders} Closure Orders.",
    "{needles} needles were picked up, fewer than last year, in more places than last year.",
    "{homes} homes were given locks by more volunteers than last year.",
    "Demand is rising: {referrals} people were referred.",
    "More than {homes} homes were given locks, and demand grew.",
    "The team set up {operations} operations and picked up {needles} needles.",
    "{needles} needles were collected, down from a peak of 9,000 in 2014-15.",
    "Nationally, burglary rose; here {burglary} were recorded, a fall of 8 per cent.",
    "Over the last five years burglary has risen, to {burglary}.",
    "In April burglary rose, with {burglary} recorded over the whole year.",
    "No rise in burglary was seen: {burglary} were recorded.",
    "Fear of burglary increased, although only {burglary} were recorded.",
    "{needles} needles were collected because complaints increased.",
    "The cost of collecting {needles} needles rose.",
    "Complaints about needles and syringes rose to 40.",
    "The increase in complaints led us to collect {needles} needles.",
    "Officers fell ill, and {operations} operations were held.",
    "{homes} homes were given locks, a response to the rise in burglary in 2019-20.",
    "The drop-in centre gave {homes} homes locks.",
    "{needles} needles were collected and {homes} homes were given locks, up on last year.",
    "Increased patrols led to {operations} operations.",
    "Recorded burglary fell to {burglary}, having risen the year before.",
    "Recorded burglary fell slightly, and complaints of noise rose by 12 per cent.",
    "Referrals rose sharply, from 200 to {referrals}, as more schools took part.",
    "Of {referrals} people referred, more were young than last year.",
    "Recorded burglary continued to fall, to {burglary}.",
    "If burglary rises above {burglary}, the plan will be reviewed.",
    "Recorded burglary was broadly unchanged in the city centre, at 40 of {burglary}.",
    "{burglary} burglaries were recorded, lower than the national average, which rose.",
    "The number of people who use the helpline rose, though calls stayed at {calls}.",
    "{needles} needles were collected, a reduction of 491.",
    "Recorded burglary fell by 8.1%, from 640 to {burglary}.",
    "We gave out {homes} locks, up a little on last year.",
    "The partnership rose to the challenge with {operations} operations.",
    "Needles and syringes collected fell in line with drug use, which dropped by 12 per cent.",
    "Homes given locks rose to {homes} and recorded burglary fell to {burglary}.",
    "Recorded burglary fell while homes given locks rose.",
    "East Oxford had the greatest number of sharps found, more than last year, of "
    "{needles} in all.",
    "The rate at which calls were answered rose, with {calls} calls taken.",
    "In Northgate, recorded burglary rose, though it fell overall, to {burglary}.",
    "Across the country burglary rose; here {burglary} were recorded.",
    "Across the county, recorded burglary rose.",
    "Among students, recorded burglary rose by 12 per cent.",
    "Recorded burglary rose among students.",
    "Recorded burglary in the city centre rose by a tenth.",
    "Most of the {burglary} burglaries were in the north, where numbers rose.",
    "We hope that recorded burglary will continue to fall below {burglary}.",
    "The plan is to double the number of homes given locks from {homes}.",
    "{homes} homes were given locks, and none of them was burgled, a fall from 12 last year.",
    "Domestic burglary rose by 3 per cent, and recorded burglary as a whole fell by 8 per cent.",
    "Recorded burglary fell by 52, or 8.1 per cent.",
    "Recorded burglary fell by more than 8 per cent, to {burglary}.",
    "Recorded burglary fell by nearly a tenth.",
    "Recorded burglary fell by just over 8 per cent.",
    "{needles} needles were collected, about 500 fewer than last year.",
    "{needles} needles were collected, 491 fewer than the 7,292 collected in 2019-20.",
    "Staffing was cut by 12 per cent, and {needles} needles were collected.",
    "Calls to the helpline neither rose nor fell.",
    "Calls to the helpline did not change, at {calls}.",
    "Calls to the helpline were the same as last year, at {calls}.",
    "Needles and syringes collected fell for the second year running, to {needles}.",
    "Needles and syringes collected fell from 7,292 to {needles} because patrols increased "
    "by 20 per cent.",
    "As patrols increased, recorded burglary fell.",
    "With {operations} operations, up by a quarter, recorded burglary fell to {burglary}.",
    "{operations} operations (up 6) led to a fall in burglary.",
    "We held {operations} operations, an increase of six.",
    "We held {operations} operations, six more than last year.",
    "The rise in operations to {operations} was paid for by the Commissioner.",
    "Grants to community groups more than doubled, from £12,000 to {grants}.",
    "We spent {grants} on grants, £12,500 more than in the previous year.",
    "Grants rose by £12,500.",
    "Young people’s referrals fell, although referrals to the outreach team rose to {referrals}.",
    "Referrals to the outreach team rose by 55 per cent; those of young people fell.",
    "The use of Closure Orders halved to {orders}, after doubling in 2019-20.",
    "{safe} felt safe after dark, and fewer than last year felt unsafe by day.",
    "Residents who feel safe after dark rose by 3.5 points to {safe}.",
    "Residents who feel safe after dark increased to {safe} from 61 per cent.",
    "More residents feel safe after dark than last year.",
    "Half of the {referrals} referrals came from schools, more than last year.",
    "Of the {orders} Closure Orders, fewer were for drugs than last year.",
    "Thefts from vehicles rose to 400 as recorded burglary fell to {burglary}.",
    "We worked with {homes} homes to reduce the fear of burglary, which had risen.",
    "Last year saw a rise in burglary; this year {burglary} were recorded.",
    "The police believe that burglary rose in 2019-20, when 640 were recorded.",
    "The rise in burglary that we feared did not come: {burglary} were recorded.",
    "The increase in burglary seen in 2019-20 was reversed, with {burglary} recorded.",
    "The trend is downwards, with {burglary} burglaries.",
    "Burglary was down, but robbery was up, and {homes} homes were given locks.",
    "Street drinking fell. {homes} homes were given locks.",
    "The new unit was set up, picked up {needles} needles and followed up {calls} calls.",
    "Up to {homes} homes were given locks.",
    "Homes given locks are less likely to be burgled than others.",
    "{homes} homes were given locks at a lower cost than last year.",
    "{operations} operations were held with fewer officers than last year.",
    "Operations were larger than last year, and there were {operations} of them.",
    "The same team as last year gave {homes} homes locks.",
    "{needles} needles were collected; last year it was 7,292.",
    "Needles were collected at 40 sites, up from 35, and {needles} needles were found.",
    "{needles} needles were collected at 40 sites, up from 35 last year.",
    "{needles} needles were found in 833 places, ten more than last year.",
    "Complaints rose from 30 last year to 40, and {needles} needles were collected.",
    "{homes} homes were given locks, compared with 100 last year.",
    "{homes} homes were given locks against 100 in 2019-20.",
    "{homes} homes were given locks against a target of 120.",
    "{homes} homes were given locks, fewer than the target of 120.",
    "{homes} homes were given locks, more than the 90 planned.",
    "Recorded burglary, unlike theft, did not rise.",
    "{burglary} burglaries were recorded, and theft rose by 12 per cent.",
    "Theft rose by 12 per cent, with {burglary} burglaries recorded.",
    "Robbery rose, with {burglary} burglaries recorded as well.",
    "Our patrols doubled, to forty, and {needles} needles were collected.",
    "{needles} needles were collected by twice as many volunteers as last year.",
    "{needles} needles were collected, twice as many by volunteers as by staff.",
    "{homes} homes were given locks, most of them in Northgate, where burglary rose.",
    "We gave locks to {homes} homes, which reduced burglary by 8 per cent.",
    "We gave locks to {homes} homes, which reduced repeat burglary by half.",
    "The number of volunteers grew to 40, and of needles collected to {needles}.",
    "A rise in patrols to 30 brought {operations} operations.",
    "A rise in funding of 12 per cent paid for {homes} locks.",
    "An increase of 12 per cent in funding paid for {homes} locks.",
    "There was a rise in the number of volunteers, who collected {needles} needles.",
    "There was a rise in needles found in the north, to 400 of {needles}.",
    "There was a rise in shed burglary, and {burglary} burglaries in all.",
    "Increases in rent made {homes} homes harder to reach.",
    "{homes} homes were given locks thanks to an increase in funding.",
    "{burglary} burglaries were recorded, reflecting a rise in the use of doorbell cameras.",
    "Confidence grew: {safe} feel safe after dark.",
    "Demand for the service is up, and {calls} calls were taken.",
    "{calls} calls were taken, and the time to answer them went down by 10 per cent.",
    "Of the {calls} calls, 12 per cent more were about noise.",
    "Noise made up more of the {calls} calls than last year.",
    "{operations} operations were held, more of them at night than last year.",
    "{operations} operations were held, fewer of them than last year at night.",
    "The {operations} operations cost less than last year.",
    "The cost of {operations} operations was lower than last year.",
    "{operations} operations were held, at a cost lower than last year’s.",
    "{needles} needles were collected, of which more than last year were in parks.",
    "The service was smaller than last year, and took {calls} calls.",
    "The fall in needles, from {needles.previous} to {needles}, follows a rise in enforcement.",
    "Burglary fell ({burglary} recorded, against 640 last year).",
    "Burglary fell ({burglary}, 640 in 2019-20).",
    "Though still higher than in 2010-11, burglary fell to {burglary}.",
    "Burglary is still higher than before the pandemic, at {burglary}.",
    "The risk of burglary increased for students, and {burglary} were recorded.",
    "{burglary} were recorded, up in some areas and down in others.",
    "{referrals} referrals were made, down from 400 in 2015-16.",
    "Referrals rose steadily over the last three years, to {referrals}, and fell in the "
    "last month.",
    "In 2019-20 referrals fell to 200; in 2020-21 they rose to {referrals}.",
    "The rate of arrests for burglary rose.",
    "Arrests for burglary rose by a tenth.",
    "Victims of burglary fell to 500.",
    "The share of burglary that was solved rose to 12 per cent.",
    "Detections rose, and recorded burglary stood at {burglary}.",
    "Burglary victims’ satisfaction rose to 90 per cent.",
    "Recorded burglary fell to {burglary}; that of vehicles rose.",
    "Recorded burglary fell to {burglary}; it rose only in Northgate.",
    "Recorded burglary fell to {burglary}, and rose only in Northgate.",
    "Recorded burglary fell to {burglary} but theft, at 400, was up.",
    "Calls to the helpline stayed the same and referrals rose to {referrals}.",
    "The grants of {grants} were paid to more groups than last year.",
    "Grants to each group fell, as {grants} was shared among more groups.",
    "Applications rose, and {grants} was paid in grants, twice as much as last year.",
    "Closure Orders fell to {orders} as landlords improved.",
    "Ward councillors asked why {needles} needles were fewer than last year.",
    "This is the second year in which burglary fell.",
    "Needles increased the danger to children, so {needles} were picked up.",
    "Down in the Meadows {needles} needles were picked up.",
    "We met every month, up to June, and held {operations} operations.",
    "The new number is 01632 960123, up and running since May.",
    "{homes} homes were given locks. Burglary fell. It rose in 2019-20.",
    "Recorded burglary rose in every ward but one before it fell to {burglary}.",
    "{operations} operations and {homes} homes: both were up on last year.",
    "Needles, like litter, dropped in parks must be collected, and {needles} were.",
    "{needles} needles dropped by users were collected.",
    "{needles} needles dropped in parks were collected, fewer than last year.",
    "Since 2018 the number of needles has grown to {needles}.",
    "Since the Task Force began, needles have increased to {needles}.",
    "Between April and June needles rose, though {needles} is fewer than last year.",
]


@pytest.mark.parametrize(("said", "about", "words"), PLANTED, ids=[row[0] for row in PLANTED])
def test_a_contradiction_is_found(said: str, about: str, words: str) -> None:
    first, *_ = found(said)
    assert (first.about, first.message.split("`")[1]) == (about, words)
    assert (
        first.fix == f"write `{{{about}.change}}` in its place, or correct the word or the figure"
    )
    shown = words.split()[0]
    assert said[first.location.column - 1 :].startswith(shown)


@pytest.mark.parametrize("said", TRUE)
def test_a_true_sentence_is_let_stand(said: str) -> None:
    assert [finding.message for finding in found(said)] == []


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (
            "Recorded burglary rose again, to {burglary}.",
            "`rose` says the opposite of the figures: "
            "`burglary` fell from 640 in 2019-20 to 588, down 8.1 per cent",
        ),
        (
            "Calls to the helpline fell to {calls}.",
            "`fell` is not what the figures say: `calls` stayed at 410",
        ),
        (
            "Recorded burglary fell by 12 per cent.",
            "`12 per cent` is not what the figures give: "
            "`burglary` fell from 640 in 2019-20 to 588, down 8.1 per cent",
        ),
        (
            "Recorded burglary fell from 700 last year to {burglary}.",
            "`700` is not the value of 2019-20: "
            "`burglary` fell from 640 in 2019-20 to 588, down 8.1 per cent",
        ),
        (
            "Recorded burglary did not fall.",
            "`fall` is what the figures do say: "
            "`burglary` fell from 640 in 2019-20 to 588, down 8.1 per cent",
        ),
    ],
)
def test_the_words_of_a_message(said: str, message: str) -> None:
    assert [finding.message for finding in found(said)] == [message]


def test_one_contradiction_is_one_finding() -> None:
    twice = found("Recorded burglary rose by 12 per cent, to {burglary}. Calls doubled.")
    assert [(each.about, each.message.split("`")[1]) for each in twice] == [("burglary", "rose")]


def test_each_turn_of_phrase_is_a_finding_of_its_own() -> None:
    two = found("Recorded burglary rose, and homes given locks fell to {homes}.")
    assert [each.about for each in two] == ["burglary", "homes"]


RISE = "Recorded burglary rose to {burglary}."


@pytest.mark.parametrize(
    "changes",
    [
        {"unit": "pounds"},
        {"value": None, "no_value": "confidential"},
        {"value": None},
        {"series_break": text("Counted anew.")},
        {"period": text("Q3 2020-21")},
        {"definition": text("Sheds as well.")},
    ],
    ids=str,
)
def test_what_cannot_be_compared_contradicts_nothing(changes: dict[str, object]) -> None:
    this = report(RISE, 1, YEAR)
    assert found(RISE, this)
    other = replace(this.figures["burglary"], **changes)  # type: ignore[arg-type]  # a table's
    assert found(RISE, replace(this, figures={**this.figures, "burglary": other})) == []


@pytest.mark.parametrize(
    "changes",
    [{"unit": "rank", "of": 900}, {"label": text("Rise in recorded burglary")}],
    ids=["a rank, whose rise is a smaller number", "a figure that is itself a change"],
)
def test_what_rises_otherwise_is_not_read(changes: dict[str, object]) -> None:
    this, before = report(RISE, 1, YEAR), report("Nothing.", 0, LAST)
    both = [
        replace(
            each,
            figures={
                **each.figures,
                "burglary": replace(each.figures["burglary"], **changes),  # type: ignore[arg-type]  # a table's
            },
        )
        for each in (before, this)
    ]
    subject = Subject(both[1], PARTNERSHIP, lambda name: False, (both[0],), (LAST, YEAR))
    assert list(RULES["YRS107"].check(subject)) == []


@pytest.mark.parametrize("factor", ["0.5", "0.95", "1", "2"])
def test_the_published_report_says_nothing_against_any_figures(factor: str, checkout: Path) -> None:
    """Whatever the figures were the year before, as long as they can be compared."""
    loaded = load_report((checkout / "data/2018-19.yaml").read_bytes(), "f", Year(2018))
    partnership = load_partnership((checkout / "data/partnership.yaml").read_bytes(), "g")
    assert loaded.value
    assert partnership.value
    now = {name: replace(f, period=None) for name, f in loaded.value.figures.items()}
    then = {
        name: replace(figure, value=(figure.value or Decimal(0)) * Decimal(factor))
        for name, figure in now.items()
    }
    this = replace(loaded.value, figures=now)
    before = replace(loaded.value, year=Year(2017), figures=then)
    subject = Subject(this, partnership.value, lambda name: False, (before,))
    assert list(RULES["YRS107"].check(subject)) == []


def test_enough_is_planted() -> None:
    assert len(PLANTED) > 100
    assert len(TRUE) > 200
    assert len({re.sub(r"\W+", " ", row[0]) for row in PLANTED}) == len(PLANTED)
