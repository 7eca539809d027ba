"""The rules about YAML itself: here those about a file as a whole, and the list of them all."""

from __future__ import annotations

from oscp_report.diagnostics import Rule
from oscp_report.reading.features import FEATURE_RULES
from oscp_report.reading.slips import SLIP_RULES
from oscp_report.reading.spacing import SPACING_RULES

WRONG_ENCODING = Rule(
    "YAM001",
    "wrong-encoding",
    "error",
    """File that is not saved as UTF-8.

## What it does
Finds bytes that are not UTF-8: mostly a file saved as "ANSI" or "Unicode" by an old Notepad, or a
file that is no text at all.

## Why it matters
Curly quotes, pound signs and accents would be printed as other characters.

## How to fix it
In Notepad: File, Save as, and choose the encoding UTF-8.

In VS Code: click the encoding at the bottom right, Reopen with Encoding, Western (Windows 1252),
see that the text is right, then Save with Encoding, UTF-8.
""",
)
EMPTY_FILE = Rule(
    "YAM002",
    "empty-file",
    "error",
    """File with nothing in it.

## What it does
Finds a file that is empty, or that holds only comments.

## Why it matters
There is nothing to make a report of, and a file saved before it was filled looks just so.

## How to fix it
Put the text back from git, or copy last year's file and change it.
""",
)
TOO_BIG = Rule(
    "YAM003",
    "too-big",
    "error",
    """File that is too long, too deep or has too many parts.

## What it does
Refuses a file of more than 1 MiB, with more than 100,000 texts, lists and groups of fields, or
with lists inside lists more than 40 deep.

## Why it matters
No report comes near that. It is some other file, or one made to stop the program.

## How to fix it
Check that it is a year's file; put back the last good copy from git.
""",
)
TEXT_TOO_LONG = Rule(
    "YAM004",
    "text-too-long",
    "error",
    """Single text of more than 20,000 characters.

## What it does
Finds one field or list item that holds more than 20,000 characters, some seven printed pages.

## Why it matters
A whole document was pasted into one field, or a quote was never closed.

## How to fix it
Cut it into paragraphs, each a list item of its own:

```yaml
introduction:
  paragraphs:
    - The partnership was set up in 1998.
    - It brings the police and the council together.
```
""",
)
HIDDEN_CHARACTER = Rule(
    "YAM005",
    "hidden-character",
    "error",
    """Invisible character that may not stand in a report.

## What it does
Finds control characters, marks that turn the direction of text round, invisible line breaks, and
codes that are no character, typed or written with a backslash. No-break spaces, zero-width spaces
and soft hyphens are fine.

## Why it matters
They come along when text is pasted from Word or a web page. They can make a screen reader, a
search or a reviewer read something else than the page shows.

## How to fix it
Delete the character, and type the words around it again if they still look wrong.

```yaml
# bad
title: "Nightsafe\\x07 review"
# good
title: "Nightsafe review"
```
""",
)
UNREADABLE = Rule(
    "YAM006",
    "unreadable",
    "error",
    """Line at which reading had to stop.

## What it does
Names the line from which on the file makes no sense as YAML, and no known slip explains it.

## Why it matters
Nothing below that line was looked at.

## How to fix it
Look at the line, and at the one above it: a bracket or a quote that is not closed, a field that
does not line up. Where other mistakes are reported above it, put those right first.

```yaml
# bad
{title: Nightsafe: the review}
# good
title: "Nightsafe: the review"
```
""",
)

READING_RULES = (
    WRONG_ENCODING,
    EMPTY_FILE,
    TOO_BIG,
    TEXT_TOO_LONG,
    HIDDEN_CHARACTER,
    UNREADABLE,
    *FEATURE_RULES,
    *SLIP_RULES,
    *SPACING_RULES,
)
"""Every rule of YAML itself, in the order of their codes."""
