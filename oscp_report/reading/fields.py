"""The rules about fields and values: what a file may hold, and what each text must be."""

from __future__ import annotations

from oscp_report.diagnostics import Rule

UNKNOWN_FIELD = Rule(
    "FLD001",
    "unknown-field",
    "error",
    """Field the program does not know.

## What it does
Finds a field whose name is not one the report has, and offers the nearest that is.

## Why it matters
A misspelled field would otherwise be left out of the report without a word.

## How to fix it
Correct the name: `priorites:` is written `priorities:`.
""",
)
MISSING_FIELD = Rule(
    "FLD002",
    "missing-field",
    "error",
    """Field that has to be there is missing.

## What it does
Finds a part of the file without a field that it needs.

## Why it matters
The report cannot be printed whole without it.

## How to fix it
Add the field named in the message. A figure, for instance, needs `label:` and `value:`.
""",
)
WRONG_KIND = Rule(
    "FLD003",
    "wrong-kind",
    "error",
    """Text where a list belongs, a list where text belongs, and so on.

## What it does
Finds a field that holds another kind of thing than it should.

## Why it matters
The program would have to guess what was meant, and it does not guess.

## How to fix it
Begin each item of a list with a hyphen and a space; write text on the line of its field.
""",
)
EMPTY = Rule(
    "FLD004",
    "empty-field",
    "error",
    """Field with nothing in it.

## What it does
Finds a field, a list item or a list that was written down but not filled in.

## Why it matters
A heading or a label would be printed with nothing beside it.

## How to fix it
Write the text after the colon, or take the whole field out.
""",
)
NOT_A_NUMBER = Rule(
    "FLD005",
    "not-a-number",
    "error",
    """Value that is not a number.

## What it does
Finds a value that should be a plain number and is not.

## Why it matters
A figure that is no number cannot be printed with its unit or compared with last year's.

## How to fix it
Write digits only, with a point for decimals: `7292` or `7,292`, `12.5`. The unit goes into
`unit:`, words such as "about" or "so far" into `note:`.
""",
)
NOT_A_YEAR = Rule(
    "FLD006",
    "not-a-year",
    "error",
    """Year that is not a financial year.

## What it does
Finds a year that is not written like `2018-19`.

## Why it matters
The year names the files and is compared with the file's own name.

## How to fix it
Write the two years it spans: `2018-19`. `2018/19` is understood as well. The second has to be
the year after the first.
""",
)
NOT_A_CHOICE = Rule(
    "FLD007",
    "not-a-choice",
    "error",
    """Word that is not one of those allowed.

## What it does
Finds a field that allows a few words only, holding another.

## Why it matters
`status: finnal` would otherwise be taken for something it is not.

## How to fix it
Use one of the words that the message lists.
""",
)
BAD_ID = Rule(
    "FLD008",
    "not-an-id",
    "error",
    """Id with characters an id cannot have.

## What it does
Finds an id that is not made of small letters, digits and hyphens, or has more than 60 of them.

## Why it matters
Ids are typed in references such as `{sharps-collected}` and have to survive from year to year.

## How to fix it
Use small letters a to z, digits and hyphens, beginning with a letter: `sharps-collected`.
""",
)
COLON_IN_TEXT = Rule(
    "FLD009",
    "colon-in-text",
    "error",
    """Text with a colon that YAML took for a field.

## What it does
Finds a text such as `- Hate crime: a plan`, which YAML reads as a field `Hate crime`, and a text
that ends in a colon and has a list below it.

## Why it matters
The words before the colon would be lost, or printed as a label.

## How to fix it
Put the text in double quotes: `- "Hate crime: a plan"`. Where a list belongs to it:

```yaml
- text: "Activities included:"
  items:
    - Hate crime awareness week
```
""",
)
TOO_HEAVY = Rule(
    "FLD010",
    "too-many-marks",
    "error",
    """Text with more marks or table cells than can be formatted in good time.

## What it does
Finds a text with more than 400 brackets, asterisks, backslashes or other marks of Markdown, where
`{priority:...}` counts as ten, and a text with a table of more than 20,000 cells.

## Why it matters
The time it takes to format a text grows with the square of their number.

## How to fix it
Split the text into several paragraphs, or remove the marks.
""",
)
YEAR_OF_THE_FILE = Rule(
    "FLD011",
    "year-is-not-the-file-name",
    "error",
    """The year in the file is not the year in its name.

## What it does
Compares `year:` with the name of the file.

## Why it matters
A file copied from last year would be built under the wrong year.

## How to fix it
Correct `year:`, or rename the file.
""",
)

NESTED_TOO_DEEP = Rule(
    "FLD012",
    "lists-too-deep",
    "error",
    """Lists or quotations in a text, more than 20 within each other.

## What it does
Counts the hyphens, asterisks, numbers and `>` at the beginning of a line, and its indent.

## Why it matters
No reader can follow them, and the program that formats them cannot either.

## How to fix it
Write lists as `items:`, three levels at most. A line of hyphens that is meant to divide a text is
not needed: begin a paragraph of its own.
""",
)
TOO_LONG = Rule(
    "FLD013",
    "text-too-long-for-its-place",
    "error",
    """Text that is longer than its place allows.

## What it does
Finds a priority of more than 1,000 characters, and names of more than 100 that files are named by.

## Why it matters
A priority is printed again wherever a text refers to it, and no system has file names that long.

## How to fix it
Shorten the text. What explains a priority goes into its `items:`.
""",
)
NOT_A_LANGUAGE = Rule(
    "FLD014",
    "not-a-language",
    "error",
    """Language that is not written as a tag.

## What it does
Finds a `language:` that is not written like `en-GB` or `cy`.

## Why it matters
A screen reader chooses its voice by it: with `English` it would read in whatever voice it has.

## How to fix it
Write `en-GB` for British English, `cy` for Welsh.
""",
)
PRIORITY_IN_PRIORITY = Rule(
    "FLD015",
    "priority-within-a-priority",
    "error",
    """Priority that is worded by means of another.

## What it does
Finds `{priority:...}` in the title of one of the year's priorities.

## Why it matters
Where a text refers to that priority, a second would be printed within it, and a third in that.

## How to fix it
Write the words out, or refer to the number of the other: `{para:...}`.
""",
)
NOT_A_DAY = Rule(
    "FLD016",
    "not-a-date",
    "error",
    """Day that is not a date.

## What it does
Finds an `as_at:`, the `on:` of a confirmation or the `date:` of a correction that names no day, or
one that does not exist.

## Why it matters
A reader has to know on which day a number was taken, confirmed or corrected.

## How to fix it
Write the day, the month and the year: `22 July 2019`.
""",
)
TABLE_WITH_GAPS = Rule(
    "FLD017",
    "ragged-table",
    "error",
    """Row of a table with too few or too many cells.

## What it does
Compares the cells of each row of a `table:` with its columns, counting those below a common label.

## Why it matters
The cells after the gap would stand below the wrong heads.

## How to fix it
Add the cell that is missing: `"-"`, or a word, where there is nothing to say.
""",
)
NOT_AN_ADDRESS = Rule(
    "FLD018",
    "not-an-address",
    "error",
    """Address of a website that is none.

## What it does
Finds a `website:` that is not an `https://` address of a folder, such as
`https://www.example.org/reports`.

## Why it matters
The PDF and what a shared link shows lead to the web page there. An address that leads nowhere
sends readers away.

## How to fix it
Copy it from the browser, without the name of a file and without `?` or `#`.
""",
)

FIELD_RULES = (
    UNKNOWN_FIELD,
    MISSING_FIELD,
    WRONG_KIND,
    EMPTY,
    NOT_A_NUMBER,
    NOT_A_YEAR,
    NOT_A_CHOICE,
    BAD_ID,
    COLON_IN_TEXT,
    TOO_HEAVY,
    YEAR_OF_THE_FILE,
    NESTED_TOO_DEEP,
    TOO_LONG,
    NOT_A_LANGUAGE,
    PRIORITY_IN_PRIORITY,
    NOT_A_DAY,
    TABLE_WITH_GAPS,
    NOT_AN_ADDRESS,
)
