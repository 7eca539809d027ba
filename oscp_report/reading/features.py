"""The rules about what YAML offers and a report may not use."""

from __future__ import annotations

from oscp_report.diagnostics import Rule

REPEATED_FIELD = Rule(
    "YAM007",
    "repeated-field",
    "error",
    """Field that is given twice.

## What it does
Finds two fields with one name in the same group. The first is kept for the rest of the check.

## Why it matters
YAML lets the second replace the first without a word: a figure would be lost.

## How to fix it
Delete one of the two, or give it the name it should have.

```yaml
# bad
title: Nightsafe
title: Hidden harm
# good
title: Nightsafe
text: Hidden harm
```
""",
)
ANCHOR = Rule(
    "YAM008",
    "anchor",
    "error",
    """Anchor (`&name`) or alias (`*name`).

## What it does
Finds YAML's way of writing a thing once and repeating it elsewhere; also a text that happens to
begin like one.

## Why it matters
What stands on the line would not be what is printed, and a small file can be made to grow without
end.

## How to fix it
Write the text out where it is needed. If the sign is part of the text, put the text in quotes.

```yaml
# bad
title: &short Nightsafe
text: *short
# good
title: Nightsafe
text: "*short"
```
""",
)
TAG = Rule(
    "YAM009",
    "tag",
    "error",
    """Tag (`!name`).

## What it does
Finds text that begins with `!`, which YAML takes as an instruction to the program that reads it.

## Why it matters
The word with the `!` would not be printed, and some programs run such instructions.

## How to fix it
Put the text in quotes if the `!` is part of it; otherwise delete the tag.

```yaml
# bad
title: !important Nightsafe
# good
title: "!important Nightsafe"
```
""",
)
MERGE = Rule(
    "YAM010",
    "merge",
    "error",
    """Merge field (`<<`).

## What it does
Finds YAML's way of copying all fields of one group into another.

## Why it matters
The fields would not stand where they are read, and nobody would see them change.

## How to fix it
Write the fields out.

```yaml
# bad
sharps:
  <<: {unit: count}
  value: 7292
# good
sharps:
  unit: count
  value: 7292
```
""",
)
SECOND_DOCUMENT = Rule(
    "YAM011",
    "second-document",
    "error",
    """Second document in one file.

## What it does
Finds a line of three hyphens (or three dots) that ends one document and starts another.

## Why it matters
Only the first document would be the report.

## How to fix it
Delete the line. To set parts of the file off, use an empty line or a comment.

```yaml
# bad
title: Nightsafe
---
text: The review
# good
title: Nightsafe
# ----
text: The review
```
""",
)
DIRECTIVE = Rule(
    "YAM012",
    "directive",
    "error",
    """Line that begins with `%`.

## What it does
Finds a line with `%` as its first character, which YAML takes as an instruction to itself.

## Why it matters
The line would not be part of the report.

## How to fix it
Delete the line; if it is text, indent it under its field and put the text in quotes.

```yaml
# bad
%YAML 1.1
---
title: Nightsafe
# good
title: Nightsafe
```
""",
)
FIELD_NAME = Rule(
    "YAM013",
    "field-name",
    "error",
    """Field whose name is missing or is not text.

## What it does
Finds a field named by a list or a group of fields, a colon with no name before it, and a line that
begins with `? `.

## Why it matters
No field of a report has such a name, so its text would be left out.

## How to fix it
Give the field its name; if the line is text, put it in quotes.

```yaml
# bad
- [Police, Fire]: partners
# good
- "[Police, Fire]: partners"
```
""",
)

FEATURE_RULES = (
    REPEATED_FIELD,
    ANCHOR,
    TAG,
    MERGE,
    SECOND_DOCUMENT,
    DIRECTIVE,
    FIELD_NAME,
)
