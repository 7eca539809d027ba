"""What a year's file holds, field by field: the one description of ``data/2018-19.yaml``."""

from __future__ import annotations

from typing import Any, Literal

from oscp_report.diagnostics import Location
from oscp_report.model import (
    Acceptance,
    Achievements,
    Appendix,
    Correction,
    Paragraph,
    Priorities,
    Priority,
    Report,
    Row,
    Text,
    Theme,
)
from oscp_report.reading.figure_fields import FIGURES
from oscp_report.reading.paragraphs import (
    PARAGRAPHS,
    ROWS,
    SECTION,
    TEXT,
    id_of,
    plain_paragraph,
)
from oscp_report.reading.rows import Labelled
from oscp_report.reading.scalars import (
    TextShape,
    choice,
    day,
    flag,
    identifier,
    whole_number,
    year,
)
from oscp_report.reading.shapes import (
    Either,
    Field,
    ListOf,
    Mapped,
    Record,
    Shape,
)

LARGEST_PAGE = 9_999
LONGEST_TITLE = 1_000
"""Characters of a priority. It is printed again wherever a text refers to it."""


def _priority(title: Text, **fields: Any) -> Priority:
    return Priority(title=title, **{"id": "", **fields})


def _theme_of(text: Text) -> Theme:
    return Theme(text=text, location=text.location)


def _all(word: str) -> Literal["all"]:
    return "all"


def _appendix(location: Location, **fields: Any) -> Appendix:
    return Appendix(**fields)


def _appendix_of(title: Text) -> Appendix:
    return Appendix(title=title)


def _correction(location: Location, **fields: Any) -> Correction | None:
    # A day that could not be read has been reported.
    return Correction(location=location, **fields) if fields["date"] else None


def _corrections(read: tuple[Correction | None, ...]) -> tuple[Correction, ...]:
    return tuple(correction for correction in read if correction)


def _row(label: Text, value: Paragraph) -> Row:
    return Row(label=label, value=value)


PRIORITY = Record(
    "a priority",
    _priority,
    {
        "id": Field(
            identifier(),
            "A name for the priority that stays when it is reworded from year to year",
            required=True,
            examples=("street-culture",),
        ),
        "title": Field(TextShape(LONGEST_TITLE), "The priority as it is printed", required=True),
        "items": Field(PARAGRAPHS, "Its parts, numbered i, ii, iii"),
    },
)
PRIORITIES = Record(
    "the group of priorities",
    Priorities,
    {
        "lead": Field(
            TEXT,
            "The numbered paragraph that introduces them",
            required=True,
            examples=("The partnership’s priorities were:",),
        ),
        "items": Field(ListOf(PRIORITY, "priorities"), "The priorities, a, b, c", required=True),
        "heading": Field(TEXT, "A heading above them; without one they follow on"),
        "id": id_of("the introducing paragraph"),
        "year": Field(year(), "The financial year they are for", examples=("2019-20",)),
    },
)

THEME: Shape[Theme] = Either(
    Mapped(TEXT, _theme_of),
    Record(
        "a theme",
        Theme,
        {
            "text": Field(TEXT, "The numbered paragraph as it is printed", required=True),
            "priority": Field(
                TEXT, "The id of the priority that it reports on", examples=("street-culture",)
            ),
            "id": id_of("the theme"),
            "achievements": Field(PARAGRAPHS, "What was done, lettered a, b, c"),
        },
    ),
    below="achievements",
)
ACHIEVEMENTS = Record(
    "the group of achievements",
    Achievements,
    {
        "heading": Field(
            TEXT, "The heading above them", required=True, examples=("Achievements for 2018-19",)
        ),
        "themes": Field(
            ListOf(THEME, "themes"),
            "The numbered paragraphs, each on one priority",
            required=True,
        ),
    },
)

APPENDIX: Shape[Appendix] = Either(
    Mapped(TEXT, _appendix_of),
    Record(
        "an appendix",
        _appendix,
        {
            "title": Field(
                TEXT, "Its number and title", required=True, examples=("Appendix 1: Map",)
            ),
            "file": Field(TEXT, "The file, beside this one", examples=("2018-19-map.pdf",)),
            "figures": Field(
                Either(Mapped(choice("all"), _all), ListOf(TEXT, "ids of figures")),
                "Prints these figures, year on year: `all`, or a list of their ids",
                examples=("all",),
            ),
        },
    ),
)
APPENDICES: Shape[tuple[Appendix, ...] | Text] = Either(TEXT, ListOf(APPENDIX, "appendices"))
BACKGROUND_PAPERS: Shape[tuple[Text, ...] | Text] = Either(TEXT, ListOf(TEXT, "papers"))

CONTACT = Labelled(Mapped(TEXT, plain_paragraph), _row, "the rows of a contact")

ACCEPTANCE = Record(
    "an acceptance",
    Acceptance,
    {
        "rule": Field(TEXT, "The code of the warning", required=True, examples=("PRI101",)),
        "about": Field(
            TEXT, "The id or the word that the warning names", required=True, examples=("tvp",)
        ),
        "because": Field(TEXT, "Why it may stand", required=True),
    },
)

CORRECTION = Record(
    "a correction",
    _correction,
    {
        "date": Field(day(), "When it was corrected", required=True, examples=("3 August 2019",)),
        "what": Field(TEXT, "What was corrected, and to what", required=True),
        "why": Field(TEXT, "Why", required=True),
    },
)

REPORT = Record(
    "the file",
    Report,
    {
        "year": Field(year(), "The financial year reported on", True, ("2018-19",)),
        "status": Field(
            choice("draft", "final"),
            "`draft` prints DRAFT on every page; `final` refuses open warnings",
        ),
        "corrections": Field(
            Mapped(ListOf(CORRECTION, "corrections"), _corrections),
            "What was corrected after publication, printed at the head of the report",
        ),
        "numbering": Field(
            choice("running", "by-section", "none"),
            "Paragraphs as 1, 2, 3 through all headings; as 1.1, 1.2, 2.1; or without numbers",
        ),
        "first_page": Field(
            whole_number(1, LARGEST_PAGE),
            "The number of the first page, where the report sits in an agenda pack",
            examples=(155,),
        ),
        "cover": Field(ROWS, "The rows at the head of the report", True, ([{"To": "Council"}],)),
        "summary": Field(
            ROWS,
            "The rows of the boxed summary, the recommendation among them",
            examples=([{"Recommendation": "That Council note the report"}],),
        ),
        "appendices": Field(APPENDICES, "`None`, or a list of titles and files"),
        "introduction": Field(SECTION, "The first section"),
        "priorities": Field(PRIORITIES, "What the partnership set out to do", required=True),
        "sections_before": Field(
            ListOf(SECTION, "sections"), "Sections between the priorities and the achievements"
        ),
        "achievements": Field(ACHIEVEMENTS, "What was done, theme by theme", required=True),
        "answers": Field(
            flag(),
            "`yes` prints what the last report announced for this year beside what was done",
        ),
        "next_priorities": Field(PRIORITIES, "What it sets out to do next year"),
        "sections_after": Field(
            ListOf(SECTION, "sections"), "Sections at the end: implications, consultation"
        ),
        "contacts": Field(
            ListOf(CONTACT, "contacts"),
            "Whom to ask: for each a list item with rows of label and value",
            examples=([{"Report author": "A. Officer", "Telephone": "01234 567890"}],),
        ),
        "background_papers": Field(BACKGROUND_PAPERS, "`None`, or a list of papers"),
        "figures": Field(FIGURES, "Every number reported, by id"),
        "accepted": Field(
            ListOf(ACCEPTANCE, "acceptances"), "Warnings looked at, each with the reason it stands"
        ),
    },
    top=True,
)
