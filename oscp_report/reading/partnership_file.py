"""What ``data/partnership.yaml`` holds, field by field."""

from __future__ import annotations

from oscp_report.model import Partnership, Text
from oscp_report.reading.paragraphs import ROWS, TEXT
from oscp_report.reading.rows import Labelled
from oscp_report.reading.scalars import TextShape, identifier, language, web_folder, whole_number
from oscp_report.reading.shapes import Field, ListOf, Mapped, Record

LONGEST_NAME = 100
"""Characters of what files are named by. Systems allow some 255 bytes."""

LARGEST_THRESHOLD = 100


def _pair(label: Text, value: Text) -> tuple[str, Text]:
    return label.value, value


PARTNERSHIP = Record(
    "the file",
    Partnership,
    {
        "name": Field(
            TEXT, "The partnership’s full name", True, ("Oxford Safer Communities Partnership",)
        ),
        "short_name": Field(
            TextShape(LONGEST_NAME),
            "Its short name, with which the names of built files begin",
            required=True,
            examples=("OSCP",),
        ),
        "council": Field(TEXT, "The Council it reports to", True, ("Oxford City Council",)),
        "report_name": Field(
            Mapped(TextShape(LONGEST_NAME), str),
            "What the report is called",
            examples=("Annual Review",),
        ),
        "file_name": Field(
            identifier(),
            "What the names of built files begin with: needed where the partnership’s or the "
            "report’s name changes, so that published reports keep their addresses",
            examples=("oscp-annual-review",),
        ),
        "language": Field(
            language(), "The language of the reports, as a language tag", examples=("en-GB",)
        ),
        "website": Field(
            web_folder(),
            "The address on the web of the site with all years: what leads to its front page",
            examples=("https://www.example.org/community-safety",),
        ),
        "partners": Field(ListOf(TEXT, "partners"), "The organisations that make it up"),
        "notice": Field(
            TEXT,
            "A line for the head of every page",
            examples=("This partnership is invented.",),
        ),
        "disclosure_threshold": Field(
            whole_number(2, LARGEST_THRESHOLD),
            "A count of people below this, other than nought, might tell who they are",
            examples=(5,),
        ),
        "abbreviations": Field(
            Mapped(Labelled(TEXT, _pair, "abbreviations"), dict),
            "What each abbreviation stands for",
            examples=({"TVP": "Thames Valley Police"},),
        ),
        "cover": Field(ROWS, "Cover rows for a year that does not give them itself"),
        "labels": Field(
            Mapped(
                Record(
                    "the group of labels",
                    lambda location, **fields: fields,
                    {
                        "summary": Field(TEXT, "The heading of the boxed summary"),
                        "appendices": Field(TEXT, "The label before the appendices"),
                        "background_papers": Field(TEXT, "The label before the papers"),
                    },
                ),
                dict,
            ),
            "Other words for the report’s fixed labels",
        ),
    },
    top=True,
)
