"""The built PDF: what marks a draft, how pages are numbered and named, where they may break."""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Desk

Program = Callable[[str], str]

NOTICE = "Draft: this report is not final and may still change."


def pdf_of(desk: Desk) -> Path:
    (path,) = desk.folder.glob("*.pdf")
    return path


def said_by(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    return done.stdout


def pages_of(desk: Desk, program: Program) -> list[list[str]]:
    """The lines of each page, blank ones left out."""
    text = said_by(program("pdftotext"), "-layout", str(pdf_of(desk)), "-")
    pages = text.removesuffix("\f").split("\f")
    return [[line.strip() for line in page.splitlines() if line.strip()] for page in pages]


def read_out(desk: Desk, program: Program) -> list[str]:
    """What a screen reader says: the text of the structure tree, in its order."""
    tree = said_by(program("pdfinfo"), "-struct-text", str(pdf_of(desk)))
    return re.findall('"(.*)"', tree)


def test_a_draft_says_so_to_the_eye_on_every_page(published: Desk, program: Program) -> None:
    pages = pages_of(published, program)
    assert len(pages) == 5
    assert [lines[0] for lines in pages] == ["DRAFT"] * 5
    assert NOTICE in pages[0]


def test_a_draft_says_so_to_the_ear(published: Desk, program: Program) -> None:
    said = read_out(published, program)
    assert said[0] == NOTICE
    assert len(said) > 50
    with published.pdf() as pdf:
        assert str(pdf.docinfo.Title).startswith("DRAFT: Oxford Safer Communities Partnership")
        assert [page.label for page in pdf.pages] == [f"DRAFT {n}" for n in range(155, 160)]
    html = published.html()
    assert "<title>DRAFT: Oxford" in html
    main = html[html.index("<main") :]
    assert re.sub(r"<[^>]*>|\s+", " ", main).split(maxsplit=1)[0] == "Draft:"


def test_a_final_report_says_nothing_of_drafts(built_once: Desk, program: Program) -> None:
    (page,) = pages_of(built_once, program)
    assert page[-1] == "1"
    shown = re.sub("(?s)<style.*?</style>", "", built_once.html())  # the styles know of drafts
    texts = [*page, *read_out(built_once, program), shown]
    assert not [text for text in texts if "draft" in text.lower()]
    with built_once.pdf() as pdf:
        assert str(pdf.docinfo.Title) == "Safer together, 2020-21"
        assert [page.label for page in pdf.pages] == ["1"]


def test_the_pages_are_numbered_as_in_the_agenda(published: Desk, program: Program) -> None:
    assert [lines[-1] for lines in pages_of(published, program)] == [
        str(number) for number in range(155, 160)
    ]


def test_the_pdf_is_named_tagged_and_bookmarked(published: Desk) -> None:
    with published.pdf() as pdf:
        assert str(pdf.docinfo.Author) == "Oxford Safer Communities Partnership"
        assert str(pdf.Root.Lang) == "en-GB"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert bool(pdf.Root.MarkInfo.Marked)
        with pdf.open_outline() as outline:
            found = [(top.title, [sub.title for sub in top.children]) for top in outline.root]
    assert found == [
        (
            "Oxford Safer Communities Partnership Update",
            [
                "Summary and recommendations",
                "Introduction and background",
                "Achievements for 2018-19",
            ],
        )
    ]


def test_a_long_address_does_not_run_off_the_page(desk: Desk, program: Program) -> None:
    address = f"https://example.org/{'TheThreeYearPlan' * 9}.pdf"
    desk.replace("status: final", "status: draft")
    desk.replace("met every month.", f"met at <{address}>.")
    desk.replace("Purpose: To report on the year", f"Purpose: See <{address}>")
    desk.build("--format", "pdf")
    said = "".join(read_out(desk, program))
    assert said.count(address) == 2
    # pdftotext leaves out what is beyond the paper's edge.
    shown = "".join("".join(line for page in pages_of(desk, program) for line in page).split())
    assert shown.count("Plan") == said.count("Plan")


# Where pages break. Sections with more or fewer lines, by chance that is the same on every run, so
# that headings, lists and tables come to stand at every height of a page.

REPORTS, SECTIONS = 9, 12
PAGE_BREAKS = 40  # in all reports together, at least
HEAD = """\
year: {year}
status: draft
cover:
  - Title of Report: Where pages break
introduction:
  heading: Introduction
  paragraphs:
{filler}
priorities:
  lead: "The priorities were:"
  items:
    - id: one
      title: One.
sections_before:
"""
SECTION = """\
  - heading: Heading {name}
    paragraphs:
      - First {name} below its heading.
{filler}
      - text: "Stem {name} leads to a list:"
        items:
          - Item {name} is short.
          - text: "Inner {name} leads to another:"
            items:
              - Deep {name} is short.
      - |
        Before {name} there is a line.

        | What        | Number |
        | ----------- | -----: |
"""
ROW = "        | From{name}{row} {long} to{name}{row}. | {row} |\n"
TAIL = """\
achievements:
  heading: Achievements
  themes:
    - priority: one
      text: Done.
contacts:
  - Report author: Contact begins
    Telephone: 01632 960123
    e-mail: ends@example.org
"""
LONG = "and words that follow on one another until they take more than a line of the table " * 3


def long_report(year: str, chance: random.Random) -> str:
    def filler() -> str:
        return "\n".join(["      - Filler."] * chance.randint(1, 9))

    def section(number: int) -> str:
        name = f"{number:03}"
        rows = "".join(ROW.format(name=name, row=row, long=LONG) for row in range(2))
        return SECTION.format(name=name, filler=filler()) + rows

    sections = "".join(map(section, range(SECTIONS)))
    return HEAD.format(year=year, filler=filler()) + sections + TAIL


def long_reports(desk: Desk, program: Program) -> list[list[list[str]]]:
    """The lines of each page of each report, less what stands at its head and its foot."""
    desk.year_file.unlink()
    years = [replace(desk, year=f"20{n:02}-{n + 1:02}") for n in range(1, REPORTS + 1)]
    for year in years:
        year.year_file.write_text(long_report(year.year, random.Random(year.year)), "utf-8")
    done = desk.run("build", "--all", "--format", "pdf")
    assert done.returncode == 0, done.stderr
    reports = [pages_of(year, program) for year in years]
    assert sum(len(pages) - 1 for pages in reports) >= PAGE_BREAKS
    return [[lines[1:-1] for lines in pages] for pages in reports]


# What has to be on one page; {} is a section's name.
TOGETHER = {
    "a heading and its first paragraph": ("Heading {}", "First {}"),
    "a paragraph and its list": ("Stem {}", "Item {}"),
    "an item and its list": ("Inner {}", "Deep {}"),
    "the first row of a table": ("From{}0", "to{}0"),
    "the last row of a table": ("From{}1", "to{}1"),
}
TABLE_HEAD = re.compile("What +Number")


def test_a_page_break_parts_nothing_that_belongs_together(desk: Desk, program: Program) -> None:
    reports = long_reports(desk, program)
    lines = [line for pages in reports for page in pages for line in page]
    heads = [line for line in lines if TABLE_HEAD.match(line)]
    assert len(heads) >= REPORTS * SECTIONS, "a head of one word is broken within the word"
    parted, begins_a_page = list[str](), dict.fromkeys(TOGETHER, 0)
    for pages in reports:
        parted += ["a table's head is left behind" for p in pages if TABLE_HEAD.match(p[-1])]
        texts = ["\n".join(line for line in p if not TABLE_HEAD.match(line)) for p in pages]
        for what, (before, after) in TOGETHER.items():
            for number in range(SECTIONS):
                first, second = (text.format(f"{number:03}") for text in (before, after))
                (page,) = (text for text in texts if first in text)
                if second not in page:
                    parted.append(f"{what}: {first}")
                # A number or a letter may stand before it.
                begins_a_page[what] += len(page.partition(first)[0].strip()) < len("100.")
    assert parted == []
    assert all(begins_a_page.values()), f"never put to the test: {begins_a_page}"


def test_a_character_that_no_font_has_is_named_with_its_place(desk: Desk) -> None:
    desk.replace("The plan is in", "The ☃ plan is in")
    done = desk.run("build", desk.year)
    assert done.returncode == 1
    said = done.stdout + done.stderr
    assert re.search(r"2020-21\.yaml:[0-9]+:[0-9]+: error PDF101: `☃` \(U\+2603\)", said)
    assert not desk.folder.exists()
