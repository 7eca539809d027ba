"""The rules about slips in where a line starts and where its spaces are."""

from __future__ import annotations

from oscp_report.diagnostics import Rule

TAB = Rule(
    "YAM022",
    "tab",
    "error",
    """Tab where spaces belong.

## What it does
Finds a line that is indented with a tab, and a tab after the `-` of a list item.

## Why it matters
YAML counts spaces to see what belongs to what, and a tab has no fixed width.

## How to fix it
Replace the tab with spaces. VS Code does it for a whole file: Convert Indentation to Spaces.

```yaml
# bad
cover:
\ttitle: Nightsafe
# good
cover:
  title: Nightsafe
```
""",
)
ODD_SPACE = Rule(
    "YAM023",
    "odd-space",
    "error",
    """No-break or invisible space where an ordinary one belongs.

## What it does
Finds a no-break space, or a space of no width, in an indent, before a field's name or after its
colon. Inside a text they are fine.

## Why it matters
It looks like a space and is not one to YAML: the field gets another name.

## How to fix it
Delete it and press the space bar. It comes with text pasted from Word or a web page.

```yaml
# bad
title: Nightsafe
\u00a0text: The review
# good
title: Nightsafe
text: The review
```
""",
)
INDENT = Rule(
    "YAM024",
    "indent",
    "error",
    """Line that lines up with nothing above it.

## What it does
Finds a field, a list item or a line of text that starts one space off, or further.

## Why it matters
What belongs to what is told by the indent alone.

## How to fix it
Start the line in the column of the fields, or the items, that it belongs with.

```yaml
# bad
id: nightsafe
 title: Nightsafe
# good
id: nightsafe
title: Nightsafe
```
""",
)
NO_SPACE_AFTER_DASH = Rule(
    "YAM025",
    "no-space-after-hyphen",
    "error",
    """List item without a space after its hyphen.

## What it does
Finds a hyphen at the start of a line in a list, with the text right behind it.

## Why it matters
Without the space it is no list item: the text runs into the one above.

## How to fix it
Put a space after the hyphen.

```yaml
# bad
- Nightsafe
-Hidden harm
# good
- Nightsafe
- Hidden harm
```
""",
)
NO_SPACE_AFTER_COLON = Rule(
    "YAM026",
    "no-space-after-colon",
    "error",
    """Field without a space after its colon.

## What it does
Finds a line such as `title:Nightsafe`.

## Why it matters
Without the space it is no field, but a word with a colon in it.

## How to fix it
Put a space after the colon.

```yaml
# bad
id: nightsafe
title:Nightsafe
# good
id: nightsafe
title: Nightsafe
```
""",
)
STRAY_LINE = Rule(
    "YAM027",
    "stray-line",
    "error",
    """Line that is neither a field nor a list item.

## What it does
Finds a line with no colon and no hyphen where a field or an item should begin.

## Why it matters
Nothing says what the line belongs to.

## How to fix it
Indent it if it carries on the text above; give it a name and a colon if it is a field.

```yaml
# bad
- Excluding the daily patrols, operations
were conducted in the city
# good
- Excluding the daily patrols, operations
  were conducted in the city
```
""",
)
ITEM_IN_TEXT = Rule(
    "YAM028",
    "list-item-in-text",
    "error",
    """Line that looks like a list item and is read as text.

## What it does
Finds a line that begins with `- ` but carries on the text above, because it is indented further.

## Why it matters
The item would be printed in the middle of the sentence before it.

## How to fix it
Line the hyphen up with those of the other items. If it is a dash in a text, put the text in quotes.

```yaml
# bad
- Nightsafe
   - Hidden harm
# good
- Nightsafe
- Hidden harm
```
""",
)
ITEM_BESIDE_FIELD = Rule(
    "YAM029",
    "list-item-beside-field",
    "error",
    """List item on the line of its field.

## What it does
Finds a `- ` directly after a field's colon.

## Why it matters
YAML allows a list to start only on a line of its own.

## How to fix it
Start the list on the next line. If the text begins with a dash, put it in quotes.

```yaml
# bad
partners: - Police
# good
partners:
  - Police
```
""",
)

BULLET = Rule(
    "YAM030",
    "bullet",
    "error",
    """Bullet in place of a hyphen.

## What it does
Finds lines that begin with a bullet such as `•`, where a list item should stand.

## Why it matters
To YAML a bullet is a letter like any other: the items would be printed as one text.

## How to fix it
Write a hyphen and a space in place of each bullet.

```yaml
# bad
partners:
  • Police
  • Fire
# good
partners:
  - Police
  - Fire
```
""",
)
CONFLICT = Rule(
    "YAM031",
    "merge-conflict",
    "error",
    """Two versions of the same lines, left by git.

## What it does
Finds the lines `<<<<<<<`, `=======` and `>>>>>>>`, between which git puts two people's changes that
it cannot join. The first version is kept for the rest of the check.

## Why it matters
Nobody has decided yet which of the two is right.

## How to fix it
Keep the lines that are right, and delete the others with git's three.

```yaml
# bad
<<<<<<< HEAD
value: 7292
=======
value: 7295
>>>>>>> corrections
# good
value: 7295
```
""",
)

HASH = Rule(
    "YAM032",
    "text-cut-at-hash",
    "error",
    """Text cut off at a `#`.

## What it does
Finds a `#` with a space before it and none after it, beside a text that is not in quotes.

## Why it matters
To YAML a note begins there: what follows would not be printed, and nobody would be told.

## How to fix it
Put the whole text in quotes if it is to be printed. A note to yourself has a space after the `#`.

```yaml
# bad
label: Posts with #OxfordTogether
# good
label: "Posts with #OxfordTogether"
```
""",
)

SPACING_RULES = (
    TAB,
    ODD_SPACE,
    INDENT,
    NO_SPACE_AFTER_DASH,
    NO_SPACE_AFTER_COLON,
    STRAY_LINE,
    ITEM_IN_TEXT,
    ITEM_BESIDE_FIELD,
    BULLET,
    CONFLICT,
    HASH,
)
