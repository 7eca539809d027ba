"""The rules about slips in YAML's own signs: colons, quotes, brackets."""

from __future__ import annotations

from oscp_report.diagnostics import Rule

COLON = Rule(
    "YAM014",
    "colon-in-text",
    "error",
    """Colon in a text that is not in quotes.

## What it does
Finds a colon followed by a space inside the text of a field or a list item.

## Why it matters
YAML takes it for the colon of another field.

## How to fix it
Put the whole text in quotes.

```yaml
# bad
title: Nightsafe: the review
# good
title: "Nightsafe: the review"
```
""",
)
SIGN = Rule(
    "YAM015",
    "text-starts-with-sign",
    "error",
    """Text that begins with a sign YAML uses for itself.

## What it does
Finds text that begins with an asterisk, `&`, `!`, `%`, `@`, `|`, `>`, a comma, a backtick or `? `.

## Why it matters
YAML takes the sign as an instruction, not as text. Emphasis (`*so*`) is the usual case.

## How to fix it
Put the whole text in quotes.

```yaml
# bad
- *Hidden harm* campaign
# good
- "*Hidden harm* campaign"
```
""",
)
BRACE = Rule(
    "YAM016",
    "text-starts-with-bracket",
    "error",
    """Text that begins with a reference (`{figure-id}`) or another bracket.

## What it does
Finds text that begins with `{` or `[` and is not in quotes.

## Why it matters
YAML takes what stands in the brackets for a group of fields or a list, so the figure would not be
printed. A reference in the middle of a text needs no quotes.

## How to fix it
Put the whole text in quotes.

```yaml
# bad
- {sharps-collected} needles were found
# good
- "{sharps-collected} needles were found"
```
""",
)
BRACKET = Rule(
    "YAM017",
    "unmatched-bracket",
    "error",
    """Bracket without its partner.

## What it does
Finds a `{` or `[` at the start of a text that is never closed, and a `}` or `]` that closes
nothing.

## Why it matters
YAML reads on to the end of the file in search of the other bracket.

## How to fix it
Close it, or delete it; if it is part of the text, put the whole text in quotes.

```yaml
# bad
partners: [Police, Fire
year: 2018-19
# good
partners: [Police, Fire]
year: 2018-19
```
""",
)
OPEN_QUOTE = Rule(
    "YAM018",
    "open-quote",
    "error",
    """Quote that is not closed.

## What it does
Finds a text that begins with a quote and runs on into lines that do not belong to it.

## Why it matters
All fields and list items up to the next quote would become one text.

## How to fix it
Close the quote at the end of the text. If it is an apostrophe (`'Tis`), put the whole text in
double quotes.

```yaml
# bad
- "Nightsafe review
- Hidden harm
# good
- "Nightsafe review"
- Hidden harm
```
""",
)
AFTER_QUOTE = Rule(
    "YAM019",
    "text-after-quote",
    "error",
    """Text after the closing quote.

## What it does
Finds a text that begins with a quoted word, and a quoted text with the same quote inside.

## Why it matters
YAML takes the second quote for the end of the text.

## How to fix it
Put the whole text in the other kind of quotes.

```yaml
# bad
title: "Hidden harm" campaign
text: 'Oxford's review'
# good
title: '"Hidden harm" campaign'
text: "Oxford's review"
```
""",
)
BACKSLASH = Rule(
    "YAM020",
    "backslash",
    "error",
    """Backslash inside double quotes.

## What it does
Finds a backslash, inside double quotes, that YAML does not know what to do with.

## Why it matters
Inside double quotes a backslash begins a code (`\\n` starts a new line), so a folder's name comes
out wrong.

## How to fix it
Use single quotes, or none.

```yaml
# bad
source: "S:\\Data\\Crime"
# good
source: 'S:\\Data\\Crime'
```
""",
)
BLOCK_SIGN = Rule(
    "YAM021",
    "text-beside-block-sign",
    "error",
    """Text on the same line as `|` or `>`.

## What it does
Finds text that begins with `|` or `>` and a space.

## Why it matters
These signs say that the text is on the lines below.

## How to fix it
Start the text on the next line, indented; if the sign is part of the text, use quotes.

```yaml
# bad
text: > The review was published.
# good
text: >
  The review was published.
```
""",
)
SLIP_RULES = (
    COLON,
    SIGN,
    BRACE,
    BRACKET,
    OPEN_QUOTE,
    AFTER_QUOTE,
    BACKSLASH,
    BLOCK_SIGN,
)
