"""Each trap of YAML: where it is shown, what is said, the corrected line, and what is read on."""

from __future__ import annotations

import re
from typing import Any

import pytest

from oscp_report.diagnostics import HEADINGS
from oscp_report.reading import source
from oscp_report.reading.faults import READING_RULES
from oscp_report.reading.source import Node, Scalar, Sequence, parse


def values(node: Node | None) -> Any:
    match node:
        case None:
            return None
        case Scalar():
            return node.value
        case Sequence():
            return [values(item) for item in node.items]
    return {entry.key.value: values(entry.value) for entry in node.entries}


@pytest.fixture(params=["c", "python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Every trap is told alike, whichever parser PyYAML was installed with."""
    if request.param == "python":
        monkeypatch.setattr(source, "_make_parser", source.PurePython)
    return str(request.param)


QUOTES = "put the text in quotes: "
WHOLE = "put the whole text in quotes: "
SINGLE = "use single quotes, in which a backslash is only a backslash: "
DELETE = "delete it, and type the words around it again if they still look wrong"
OWN = "which YAML keeps for its own use"

# name, the file, place and length, code, message, fix, what is read all the same
Case = tuple[str, str, str, int, str, str, str, Any]
TRAPS: list[Case] = [
    (
        "colon-in-a-field",
        "title: Nightsafe: the review\n",
        "1:17", 1, "YAM014",
        "the text of `title` holds a colon and is not in quotes",
        QUOTES + '`title: "Nightsafe: the review"`',
        {"title": "Nightsafe: the review"},
    ),
    (
        "colon-with-comment",
        "- title: It's Nightsafe: the \"review\"  # draft\n",
        "1:24", 1, "YAM014",
        "the text of `title` holds a colon and is not in quotes",
        QUOTES + "`- title: 'It''s Nightsafe: the \"review\"'`",
        [{"title": "It's Nightsafe: the \"review\""}],
    ),
    (
        "colon-in-a-list-of-texts",
        "- One\n- Hate crime: a plan: more\n",
        "2:21", 1, "YAM014",
        "the text holds a colon and is not in quotes",
        QUOTES + '`- "Hate crime: a plan: more"`',
        ["One", "Hate crime: a plan: more"],
    ),
    (
        "colon-in-a-wrapped-text",
        "text: Long text that\n  wraps here: and more\nid: b\n",
        "2:13", 1, "YAM014",
        "the text of `text` holds a colon and is not in quotes",
        QUOTES + '`text: "Long text that wraps here: and more"`',
        {"text": "Long text that wraps here: and more", "id": "b"},
    ),
    (
        "colon-after-a-character-beyond-the-first-plane",
        "a: \U0001f600é: b\n",
        "1:6", 1, "YAM014",
        "the text of `a` holds a colon and is not in quotes",
        QUOTES + '`a: "\U0001f600é: b"`',
        {"a": "\U0001f600é: b"},
    ),
    (
        "field-beside-field",
        "figures: sharps:\n    value: 1\n",
        "1:16", 1, "YAM014",
        "the text of `figures` holds a colon and is not in quotes",
        "start `sharps:` on a line of its own, indented",
        {"figures": {"value": "1"}},
    ),
    (
        "asterisks",
        "- **Hidden harm** campaign\n",
        "1:3", 1, "YAM015", f"the text starts with `*`, {OWN}",
        QUOTES + '`- "**Hidden harm** campaign"`',
        ["**Hidden harm** campaign"],
    ),
    (
        "asterisk-and-colon",
        "text: *Hidden harm*: a campaign\n",
        "1:7", 1, "YAM015", f"the text of `text` starts with `*`, {OWN}",
        QUOTES + '`text: "*Hidden harm*: a campaign"`',
        {"text": "*Hidden harm*: a campaign"},
    ),
    (
        "asterisk-on-a-line-of-its-own",
        "text:\n  *Hidden harm* campaign\n  goes on\n",
        "2:3", 1, "YAM015", f"the text starts with `*`, {OWN}",
        QUOTES + '`"*Hidden harm* campaign goes on"`',
        {"text": "*Hidden harm* campaign goes on"},
    ),
    (
        "ampersand",
        "text: & more\n",
        "1:7", 1, "YAM015", f"the text of `text` starts with `&`, {OWN}",
        QUOTES + '`text: "& more"`', {"text": "& more"},
    ),
    (
        "at-sign",
        "text: @home scheme\n",
        "1:7", 1, "YAM015", f"the text of `text` starts with `@`, {OWN}",
        QUOTES + '`text: "@home scheme"`', {"text": "@home scheme"},
    ),
    (
        "backtick",
        "text: `home` scheme\n",
        "1:7", 1, "YAM015", f"the text of `text` starts with a backtick, {OWN}",
        QUOTES + '`text: "`home` scheme"`', {"text": "`home` scheme"},
    ),
    (
        "percent",
        "- %50 of it\n",
        "1:3", 1, "YAM015", f"the text starts with `%`, {OWN}",
        QUOTES + '`- "%50 of it"`', ["%50 of it"],
    ),
    (
        "greater-than",
        "value: >50\n",
        "1:8", 1, "YAM015", f"the text of `value` starts with `>`, {OWN}",
        QUOTES + '`value: ">50"`', {"value": ">50"},
    ),
    (
        "comma",
        "text: , then\n",
        "1:7", 1, "YAM015", f"the text of `text` starts with `,`, {OWN}",
        QUOTES + '`text: ", then"`', {"text": ", then"},
    ),
    (
        "question-mark",
        "text: ? why\n",
        "1:7", 1, "YAM015", f"the text of `text` starts with `?`, {OWN}",
        QUOTES + '`text: "? why"`', {"text": "? why"},
    ),
    (
        "exclamation-mark",
        "text: !important words\n",
        "1:7", 10, "YAM009", "`!important` is a tag to YAML, not text",
        'delete it; or, if it is text, put the text in quotes: `text: "!important words"`',
        {"text": "words"},
    ),
    (
        "python-tag",
        "a: !!python/name:os.system x\n",
        "1:4", 23, "YAM009", "`!!python/name:os.system` is a tag to YAML, not text",
        'delete it; or, if it is text, put the text in quotes: `a: "!!python/name:os.system x"`',
        {"a": "x"},
    ),
    (
        "anchor",
        "a: &more than 5\n",
        "1:4", 5, "YAM008", "`&more` is an anchor to YAML, not text",
        'delete it; or, if it is text, put the text in quotes: `a: "&more than 5"`',
        {"a": "than 5"},
    ),
    (
        "alias",
        "- *emphasis\n",
        "1:3", 9, "YAM008", "`*emphasis` is an alias to YAML, not text",
        "put quotes around it if it is text; otherwise delete it",
        ["*emphasis"],
    ),
    (
        "reference-alone",
        "text: {sharps-collected}\n",
        "1:7", 18, "YAM016", "`{sharps-collected}` is read as a group of fields, not as text",
        QUOTES + '`text: "{sharps-collected}"`', {"text": "{sharps-collected}"},
    ),
    (
        "reference-with-words-alone",
        "- {sharps-collected:words}\n",
        "1:3", 24, "YAM016",
        "`{sharps-collected:words}` is read as a group of fields, not as text",
        QUOTES + '`- "{sharps-collected:words}"`', ["{sharps-collected:words}"],
    ),
    (
        "reference-in-a-bracketed-list",
        "- [{a}, b]\n",
        "1:4", 3, "YAM016", "`{a}` is read as a group of fields, not as text",
        QUOTES + '`"{a}"`', [["{a}", "b"]],
    ),
    (
        "reference-first",
        "- {sharps-collected} needles, it's {rise}: more\n",
        "1:3", 18, "YAM016", "the text starts with `{`, which YAML takes for a group of fields",
        QUOTES + '`- "{sharps-collected} needles, it\'s {rise}: more"`',
        ["{sharps-collected} needles, it's {rise}: more"],
    ),
    (
        "reference-first-then-wrapped",
        "text: {30} operations\n  in the city\nid: a\n",
        "1:7", 4, "YAM016",
        "the text of `text` starts with `{`, which YAML takes for a group of fields",
        QUOTES + '`text: "{30} operations in the city"`',
        {"text": "{30} operations in the city", "id": "a"},
    ),
    (
        "reference-then-colon",
        "- {sharps-collected}: needles\n",
        "1:3", 18, "YAM016", "`{sharps-collected}` is read as a group of fields, not as text",
        QUOTES + '`- "{sharps-collected}: needles"`', [{"{sharps-collected}": "needles"}],
    ),
    (
        "two-braces",
        "- {{ is a brace\n- b\n",
        "1:3", 1, "YAM017", "the `{` opened here is never closed",
        "close it; or " + QUOTES + '`- "{{ is a brace"`', ["{{ is a brace", "b"],
    ),
    (
        "markdown-link",
        "text: [Streetwise](https://example.org) project\n",
        "1:7", 12, "YAM016",
        "the text of `text` starts with `[`, which YAML takes for the start of a list",
        QUOTES + '`text: "[Streetwise](https://example.org) project"`',
        {"text": "[Streetwise](https://example.org) project"},
    ),
    (
        "open-bracket",
        "partners: [Police, Fire\nyear: 2018-19\n",
        "1:11", 1, "YAM017", "the `[` opened here is never closed",
        "close it; or " + QUOTES + '`partners: "[Police, Fire"`',
        {"partners": "[Police, Fire", "year": "2018-19"},
    ),
    (
        "stray-bracket",
        "partners: [Police]]\nyear: 2018-19\n",
        "1:19", 1, "YAM017", "`]` closes a bracket that was never opened", "delete it",
        {"partners": ["Police"], "year": "2018-19"},
    ),
    (
        "stray-brace-alone",
        "a: }\n",
        "1:4", 1, "YAM017", "`}` closes a bracket that was never opened", "delete it", {"a": ""},
    ),
    (
        "open-quote-to-the-end",
        'a:\n  - "Nightsafe review\n  - Hidden harm\n',
        "2:5", 1, "YAM018", "the quote opened here is never closed",
        'close it at the end of the text: `- "Nightsafe review"`',
        {"a": ["Nightsafe review", "Hidden harm"]},
    ),
    (
        "open-quote-up-to-another",
        '- text: "Nightsafe review\n  id: a\n- text: "Hidden harm"\n',
        "1:9", 1, "YAM018",
        "the quote opened here is still open on line 2, which is not indented",
        'close it at the end of the text: `- text: "Nightsafe review"`',
        [{"text": "Nightsafe review", "id": "a"}, {"text": "Hidden harm"}],
    ),
    (
        "quoted-text-not-indented",
        'text: "Nightsafe\nreview"\n',
        "1:7", 1, "YAM018",
        "the quote opened here is still open on line 2, which is not indented",
        "indent line 2, or close the quote before it",
        {"text": "Nightsafe review"},
    ),
    (
        "apostrophe-first",
        "a: 'Tis the season\nb: c\n",
        "1:4", 1, "YAM018", "the quote opened here is never closed",
        "close it at the end of the text: `a: 'Tis the season'`; if it is an apostrophe: "
        "`a: \"'Tis the season\"`",
        {"a": "Tis the season", "b": "c"},
    ),
    (
        "quoted-word-first",
        'title: "Hidden harm" campaign\n',
        "1:22", 8, "YAM019", 'text stands after the closing quote of `"Hidden harm"`',
        WHOLE + "`title: '\"Hidden harm\" campaign'`", {"title": '"Hidden harm" campaign'},
    ),
    (
        "quoted-word-first-in-an-item",
        '- "Hidden harm" campaign: more\n- b\n',
        "1:17", 14, "YAM019", 'text stands after the closing quote of `"Hidden harm"`',
        WHOLE + "`- '\"Hidden harm\" campaign: more'`", ['"Hidden harm" campaign: more', "b"],
    ),
    (
        "quoted-word-first-in-a-name",
        'a: b\n"Job" title: c\n',
        "2:6", 6, "YAM019", 'text stands after the closing quote of `"Job"`',
        "write `Job title:`", {"a": "b", '"Job" title': "c"},
    ),
    (
        "apostrophe-in-single-quotes",
        "text: 'Oxford's review'\n",
        "1:15", 9, "YAM019", "text stands after the closing quote of `'Oxford'`",
        WHOLE + '`text: "Oxford\'s review"`', {"text": "Oxford's review"},
    ),
    (
        "quotes-in-double-quotes",
        'text: "The "safe" review"\n',
        "1:13", 13, "YAM019", 'text stands after the closing quote of `"The "`',
        WHOLE + "`text: 'The \"safe\" review'`", {"text": 'The "safe" review'},
    ),
    (
        "two-quoted-words",
        'text: "safe" and "sound"\n',
        "1:14", 11, "YAM019", 'text stands after the closing quote of `"safe"`',
        WHOLE + "`text: '\"safe\" and \"sound\"'`", {"text": '"safe" and "sound"'},
    ),
    (
        "quote-twice",
        'text: "safe""\nid: a\n',
        "1:13", 1, "YAM019", 'text stands after the closing quote of `"safe"`',
        WHOLE + "`text: 'safe\"'`", {"text": 'safe"', "id": "a"},
    ),
    (
        "no-break-space-after-a-quote",
        'text: "safe"\u00a0\nid: a\n',
        "1:13", 1, "YAM023", "a no-break space stands after the closing quote", "delete it",
        {"text": "safe", "id": "a"},
    ),
    (
        "backslash",
        'source: "S:\\Data\\Crime"\n',
        "1:12", 2, "YAM020", "`\\D` means nothing inside double quotes",
        SINGLE + "`source: 'S:\\Data\\Crime'`", {"source": "S:\\Data\\Crime"},
    ),
    (
        "backslash-before-the-closing-quote",
        'source: "C:\\new\\"\nid: a\n',
        "1:16", 2, "YAM020", "the backslash before the closing quote makes it part of the text",
        SINGLE + "`source: 'C:\\new\\'`", {"source": "C:\new\\", "id": "a"},
    ),
    (
        "half-a-character",
        'a: "\\ud83d\\ude00 x"\n',
        "1:5", 12, "YAM005", "a code that is half of a character stands here", DELETE,
        {"a": "\ufffd\ufffd x"},
    ),
    (
        "beyond-the-last-character",
        'a: "\\U00110000"\n',
        "1:5", 10, "YAM005", "a code that is no character (U+110000) stands here", DELETE,
        {"a": "\ufffd"},
    ),
    (
        "control-character-as-an-escape",
        'a: "x\\x07y"\n',
        "1:6", 4, "YAM005", "an invisible control character (U+0007) stands here", DELETE,
        {"a": "x\ufffdy"},
    ),
    (
        "text-beside-bar",
        "text: | The review\n  was published\n",
        "1:7", 1, "YAM021", "text stands on the same line as `|`",
        "start the text on the next line, indented; or "
        + QUOTES + '`text: "| The review was published"`',
        {"text": "| The review was published"},
    ),
    (
        "text-beside-arrow",
        "text: > 50 people\n",
        "1:7", 1, "YAM021", "text stands on the same line as `>`",
        "start the text on the next line, indented; or " + QUOTES + '`text: "> 50 people"`',
        {"text": "> 50 people"},
    ),
    (
        "tab",
        "a:\n\tb: c\nd: e\n",
        "2:1", 1, "YAM022", "the line is indented with a tab",
        "use spaces instead, as many as the lines that it belongs with have",
        {"a": {"b": "c"}, "d": "e"},
    ),
    (
        "tabs",
        "a:\n  - b: c\n\t  d:\n\n\t\t- e\nf: g\n",
        "3:1", 3, "YAM022", "lines 3 to 5 are indented with tabs",
        "use spaces instead, as many as the lines that it belongs with have",
        {"a": [{"b": "c", "d": ["e"]}], "f": "g"},
    ),
    (
        "tab-after-hyphen",
        "-\tb\n",
        "1:2", 1, "YAM022", "a tab stands where a space belongs", "replace the tab with a space",
        ["b"],
    ),
    (
        "no-break-space-before-a-field",
        "a: b\n\u00a0c: d\n",
        "2:1", 1, "YAM023", "a no-break space (U+00A0) stands before the text",
        "delete it, and press the space bar where a space is needed", {"a": "b", "c": "d"},
    ),
    (
        "no-break-spaces-as-indent",
        "a:\n\u00a0 b: c\nd: e\n",
        "2:1", 2, "YAM023", "a no-break space (U+00A0) stands before the text",
        "delete it, and press the space bar where a space is needed",
        {"a": {"b": "c"}, "d": "e"},
    ),
    (
        "space-of-no-width-before-a-field",
        "a: b\n\u200bc: d\n",
        "2:1", 1, "YAM023", "a space of no width (U+200B) stands before the text",
        "delete it, and press the space bar where a space is needed", {"a": "b", "c": "d"},
    ),
    (
        "no-break-space-after-hyphen",
        "- a\n-\u00a0b\n",
        "2:2", 1, "YAM023", "a no-break space (U+00A0) stands after the `-`",
        "delete it, and press the space bar where a space is needed", ["a", "b"],
    ),
    (
        "no-break-space-after-colon",
        "a: b\nc:\u00a0d\n",
        "2:3", 1, "YAM023", "a no-break space (U+00A0) stands after the colon",
        "delete it, and press the space bar where a space is needed", {"a": "b", "c": "d"},
    ),
    (
        "space-of-no-width-in-a-name",
        "ti\u200btle: b\n",
        "1:1", 6, "YAM023", "the name of the field `title` holds an invisible space",
        "type the name again", {"title": "b"},
    ),
    (
        "field-too-far-in",
        "id: a\n title: b\nnote: c\n",
        "2:2", 5, "YAM024", "`title` lines up with no field above it",
        "move it 1 space to the left, to line up with `id` on line 1",
        {"id": "a", "title": "b", "note": "c"},
    ),
    (
        "field-too-far-out",
        "- id: a\n  title: b\n note: c\n  unit: d\n",
        "3:2", 4, "YAM024", "`note` lines up with no field above it",
        "move it 1 space to the right, to line up with `title` on line 2",
        [{"id": "a", "title": "b", "note": "c", "unit": "d"}],
    ),
    (
        "field-under-a-quoted-text",
        'id: "a"\n  title: b\nnote: c\n',
        "2:3", 5, "YAM024", "`title` lines up with no field above it",
        "move it 2 spaces to the left, to line up with `id` on line 1",
        {"id": "a", "title": "b", "note": "c"},
    ),
    (
        "item-too-far-out",
        "a:\n  - b\n - c\nd: e\n",
        "3:2", 1, "YAM024", "the list item lines up with no item above it",
        "move it 1 space to the right, to line up with the item on line 2",
        {"a": ["b", "c"], "d": "e"},
    ),
    (
        "item-too-far-in",
        "a:\n  - id: b\n   - id: c\n     text: d\ne: f\n",
        "3:4", 1, "YAM024", "the list item lines up with no item above it",
        "move it 1 space to the left, to line up with the item on line 2",
        {"a": [{"id": "b"}, {"id": "c", "text": "d"}], "e": "f"},
    ),
    (
        "first-item-off",
        "a:\n   - b: c\n  - d: e\n  - f: g\nh: i\n",
        "2:4", 1, "YAM024", "the list item lines up with no item below it",
        "move it 1 space to the left, to line up with the item on line 3",
        {"a": [{"b": "c"}, {"d": "e"}, {"f": "g"}], "h": "i"},
    ),
    (
        "first-field-off",
        "a:\n   b: c\n  d: e\n  f: g\n",
        "2:4", 1, "YAM024", "`b` lines up with no field below it",
        "move it 1 space to the left, to line up with `d` on line 3",
        {"a": {"b": "c", "d": "e", "f": "g"}},
    ),
    (
        "item-off-but-its-fields-are-not",
        "- id: a\n  text: b\n - id: c\n   text: d\n- id: e\n".replace("   text", "  text"),
        "3:2", 1, "YAM024", "the list item lines up with no item above it",
        "move it 1 space to the left, to line up with the item on line 1",
        [{"id": "a", "text": "b"}, {"id": "c", "text": "d"}, {"id": "e"}],
    ),
    (
        "labels-off",
        "- Job title: a\n   Service area: b\n   Telephone: c\n",
        "2:4", 12, "YAM024", "`Service area` lines up with no field above it",
        "move it 1 space to the left, to line up with `Job title` on line 1",
        [{"Job title": "a", "Service area": "b", "Telephone": "c"}],
    ),
    (
        "too-far-off-to-guess",
        'a:\n  - b: "c"\n       d: e\nf: g\n',
        "3:8", 1, "YAM024", "`d` lines up with no field above it",
        "start it in the column of the fields it belongs with",
        {"a": [{"b": "c", "d": "e"}], "f": "g"},
    ),
    (
        "field-as-far-in-as-its-fields",
        "a:\n  b:\n    c: d\n    e: f\n    g:\n    c: h\n    e: i\n",
        "5:5", 1, "YAM024", "`g` lines up with no field above it",
        "move it 2 spaces to the left, to line up with `b` on line 2",
        {"a": {"b": {"c": "d", "e": "f"}, "g": {"c": "h", "e": "i"}}},
    ),
    (
        "first-item-without-hyphen",
        "a:\n    b: c\n  - d: e\nf: g\n",
        "2:5", 1, "YAM024", "`b` has no `-` before it, unlike the list item on line 3",
        "write `- b:` if a list item starts here", {"a": [{"b": "c"}, {"d": "e"}], "f": "g"},
    ),
    (
        "items-under-a-field-with-text",
        "a: text\n- b\n- c\nd: e\n",
        "2:1", 1, "YAM024", "the list item stands where a field belongs",
        "move it under the field that its list belongs to", {"a": "text", "d": "e"},
    ),
    (
        "field-among-items",
        "- a\nb: c\n",
        "2:1", 1, "YAM024", "`b` stands where a list item belongs",
        "put `- ` before it, or line it up with the fields it belongs with", ["a"],
    ),
    (
        "first-lines-indented",
        "  a: b\n  c:\n    - d\ne: f\n",
        "1:3", 1, "YAM024", "the line is indented, but line 4 is not",
        "move lines 1 to 3 to the left by 2", {"a": "b", "c": ["d"], "e": "f"},
    ),
    (
        "line-falls-out-of-a-block",
        "a: |\n    one\n  two\nb: c\n",
        "3:3", 3, "YAM024", "the line is indented too little for the text under `|` on line 1",
        "start it in column 5", {"a": "one\ntwo\n", "b": "c"},
    ),
    (
        "block-not-indented",
        "a: >\none\ntwo\nb: c\n",
        "2:1", 3, "YAM024", "the line is indented too little for the text under `>` on line 1",
        "start it in column 3", {"a": "one two\n", "b": "c"},
    ),
    (
        "no-space-after-hyphen",
        "- a\n-b\n- c\n",
        "2:1", 1, "YAM025", "the list item has no space after its `-`", "write `- b`",
        ["a", "b", "c"],
    ),
    (
        "no-space-after-the-only-hyphen",
        "a:\n  -b\nc: d\n",
        "2:3", 1, "YAM025", "the list item has no space after its `-`", "write `- b`",
        {"a": ["b"], "c": "d"},
    ),
    (
        "no-space-after-a-named-items-hyphen",
        "a:\n  -id: b\n   text: c\n".replace("   text", "    text"),
        "2:3", 1, "YAM025", "the list item has no space after its `-`", "write `- id: b`",
        {"a": [{"id": "b", "text": "c"}]},
    ),
    (
        "no-space-after-colon",
        "id: a\ntitle:b\nnote: c\n",
        "2:6", 1, "YAM026", "`title` has no space after its colon", "write `title: b`",
        {"id": "a", "title": "b", "note": "c"},
    ),
    (
        "no-space-after-the-first-colon",
        "- id:a\n  title: b\n",
        "1:5", 1, "YAM026", "`id` has no space after its colon", "write `id: a`",
        [{"id": "a", "title": "b"}],
    ),
    (
        "wrapped-without-indent",
        "- Excluding the patrols\noperations were\nconducted\n- b\n",
        "2:1", 15, "YAM027", "the line is neither a field nor a list item",
        "indent it if it carries on the text above; write `name: text` if it is a field",
        ["Excluding the patrols operations were conducted", "b"],
    ),
    (
        "no-colon",
        'a: "x"\ntitle\nb: c\n',
        "2:1", 5, "YAM027", "the line is neither a field nor a list item",
        "write `name: text` if it is a field", {"a": "x", "b": "c"},
    ),
    (
        "no-colon-above-a-list",
        "a: b\ncover\n  - c: d\n",
        "2:1", 5, "YAM027", "the line is neither a field nor a list item",
        "write `cover:` if it is a field", {"a": "b", "cover": [{"c": "d"}]},
    ),
    (
        "no-colon-in-an-items-first-line",
        "- id street\n  title: b\n",
        "1:3", 9, "YAM027", "the line is neither a field nor a list item",
        "write `id: street` if it is a field", [{"id": "street", "title": "b"}],
    ),
    (
        "no-colon-before-a-block",
        "a: b\ntext >-\n  one: two\nc: d\n",
        "2:1", 7, "YAM027", "the line is neither a field nor a list item",
        "write `text: >-` if it is a field", {"a": "b", "text": "one: two", "c": "d"},
    ),
    (
        "no-colon-above-fields",
        "a:\n  sharps\n    value: b\n",
        "2:3", 6, "YAM027", "the line is neither a field nor a list item",
        "write `sharps:` if it is a field", {"a": {"sharps": {"value": "b"}}},
    ),
    (
        "ruler",
        "a: b\n-----\nc: d\n",
        "2:1", 5, "YAM027", "the line is neither a field nor a list item",
        "delete it, or write `#` before it", {"a": "b", "c": "d"},
    ),
    (
        "hash-in-a-text",
        "label: Posts with #OxfordTogether\nb: c\n",
        "1:19", 15, "YAM032", "`#OxfordTogether` is a note to YAML, and would not be printed",
        "put the text in quotes: `label: \"Posts with #OxfordTogether\"`; "
        "if it is a note, write a space after the `#`",
        {"label": "Posts with #OxfordTogether", "b": "c"},
    ),
    (
        "hash-before-a-text",
        "- a\n- #1 priority\n",
        "2:3", 11, "YAM032", "`#1 priority` is a note to YAML, and would not be printed",
        "put the text in quotes: `- \"#1 priority\"`; "
        "if it is a note, write a space after the `#`",
        ["a", "#1 priority"],
    ),
    (
        "hash-in-a-folded-text",
        "a: b\n  c #d\ne: f\n",
        "2:5", 2, "YAM032", "`#d` is a note to YAML, and would not be printed",
        "put the whole text in quotes; if it is a note, write a space after the `#`",
        {"a": "b c #d", "e": "f"},
    ),
    (
        "item-in-a-text",
        "- a\n   - b\n",
        "2:4", 1, "YAM028", "the line starts like a list item, and carries on the text above",
        "start it in column 1 if it is a list item; if not, put the whole text in quotes",
        ["a - b"],
    ),
    (
        "item-under-a-text",
        "a: text\n  - b\n",
        "2:3", 1, "YAM028", "the line starts like a list item, and carries on the text above",
        "delete the text beside the field if a list belongs there; "
        "if not, put the whole text in quotes",
        {"a": "text - b"},
    ),
    (
        "item-beside-its-field",
        "partners: - Police\n          - Fire\nb: c\n",
        "1:11", 1, "YAM029", "a list item stands on the same line as `partners`",
        "start the list on the line below `partners:`; or, if it is a dash, "
        + QUOTES + '`partners: "- Police"`',
        {"partners": "- Police", "b": "c"},
    ),
    (
        "bullets",
        "a:\n  • b\n  •\u00a0c\nd: e\n",
        "2:3", 1, "YAM030", "lines 2 to 3 start with `•`, which makes no list item",
        "write a hyphen and a space in its place",
        {"a": ["b", "c"], "d": "e"},
    ),
    (
        "a-bullet-among-items",
        "- a\n• b\n- c\n",
        "2:1", 1, "YAM030", "the line starts with `•`, which makes no list item",
        "write a hyphen and a space in its place",
        ["a", "b", "c"],
    ),
    (
        "a-bullet-further-in",
        "- a\n  • b\n",
        "2:3", 1, "YAM030", "the line starts with `•`, which makes no list item",
        "write a hyphen and a space in its place",
        ["a", "b"],
    ),
    (
        "merge-conflict",
        "a: >-\n  b\n<<<<<<< HEAD\n  c\n||||||| base\n  d\n=======\n  e\n>>>>>>> f\ng: h\n",
        "3:1", 12, "YAM031", "git could not join two versions of these lines, down to line 9",
        "keep what is right, and delete the lines with `<<<<<<<`, `=======` and `>>>>>>>`",
        {"a": "b\nc", "g": "h"},
    ),
    (
        "repeated-field",
        "a: 1\nb: 2\na: 3\n",
        "3:1", 1, "YAM007", "`a` is given twice, first on line 1",
        "delete one of the two, or rename it", {"a": "1", "b": "2"},
    ),
    (
        "item-without-hyphen",
        "a:\n  - id: b\n    text: c\n    id: d\n    text: e\nf: g\n",
        "4:5", 2, "YAM007", "`id` is given twice, first on line 2",
        "write `- id:` if a list item starts here; if not, delete one of the two",
        {"a": [{"id": "b", "text": "c"}, {"id": "d", "text": "e"}], "f": "g"},
    ),
    (
        "merge",
        "a:\n  <<: {b: c}\n  d: e\n",
        "2:3", 2, "YAM010", "`<<` copies fields from elsewhere, which a report may not do",
        "write the fields out here", {"a": {"d": "e"}},
    ),
    (
        "second-document",
        "a: b\n---\nc: d\na: e\n",
        "2:1", 3, "YAM011", "a second document starts here",
        "delete the line with `---`, or the `...` above it", {"a": "b", "c": "d"},
    ),
    (
        "directive",
        "%YAML 1.1\n---\na: b\n",
        "1:1", 9, "YAM012",
        "the line starts with `%`, which YAML takes as an instruction to itself",
        "delete the line", {"a": "b"},
    ),
    (
        "directive-further-down",
        "a: b\n%50 of it\nc: d\n",
        "2:1", 9, "YAM012",
        "the line starts with `%`, which YAML takes as an instruction to itself",
        "delete the line, or put the text in quotes", {"a": "b", "c": "d"},
    ),
    (
        "name-that-is-a-list",
        "? [a]\n: b\nc: d\n",
        "1:3", 3, "YAM013", "the field is named by something not text",
        "give it a name; if it is text, put it in quotes", {"c": "d"},
    ),
    (
        "question-mark-before-a-text",
        "- ? why not\n",
        "1:3", 1, "YAM015", "the text starts with `?`, which YAML keeps for its own use",
        QUOTES + '`- "? why not"`', ["? why not"],
    ),
    (
        "name-missing",
        ": b\na: c\n",
        "1:1", 1, "YAM013", "the field has no name", "write its name before the colon", {"a": "c"},
    ),
    (
        "name-after-a-sign",
        "a: b\n@c: d\n",
        "2:1", 2, "YAM013", "the name of the field starts with `@`",
        "delete the sign; if the line is text, put it in quotes", {"a": "b", "c": "d"},
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", TRAPS, ids=[case[0] for case in TRAPS])
@pytest.mark.usefixtures("parser")
def test_a_trap_is_explained_and_reading_goes_on(case: Case) -> None:
    _, text, place, length, code, message, fix, expected = case
    parsed = parse(text.encode(), "data/2018-19.yaml")
    told = [
        (str(d.location), d.location.length, d.code, d.message, d.fix) for d in parsed.diagnostics
    ]
    assert told == [(f"data/2018-19.yaml:{place}", length, code, message, fix)]
    assert values(parsed.root) == expected


@pytest.mark.parametrize(
    "text",
    [
        "a: x # 1 y\nb: # 1 y\nc: 'it''s' # ok: fine\nd: #old\n  e: f\ng: [h, #i\n  j]\n",
        "a: “Hidden harm” campaign\nb: it's: fine\n".replace("it's: ", "it's"),
        "a: b [c] {d} & e * f ! g % h @ i | j > k ? l - m, n `o` 'p' \"q\" # r\n",
        "a: {b: c, d: [e, f]}\ng: [h, {i: j}]\nk: []\nl: {}\nm: {n: }\n",
        "a: http://example.org/a:b\nb: 12:30\nc: -5\nd: --\ne: ?f\ng: :h\n",
        "a: no-break\u00a0space, soft\u00adhyphen, zero\u200bwidth\nb: \u00a0c\n",
        "- - a\n  - b\n-\n  - c\n",
        "a:\n- b\n- c\nd: |\n  - e\n  f: g\n\n  {h}\ni: >-\n  # j\n",
        "---\na: b\n...\n",
        'a: "b\n\n  c: d\n  - e"\n',
        "a: b\tc\td\n",
        "a: # comment\n  b\n# another\n\nc: d  # last",
        "'<<': a\n\"b c\": d\n",
    ],
)
@pytest.mark.usefixtures("parser")
def test_sound_yaml_is_no_trap(text: str) -> None:
    parsed = parse(text.encode(), "a.yaml")
    assert parsed.diagnostics == ()
    assert parsed.root is not None


def test_every_mistake_is_told_in_one_run_and_places_do_not_shift() -> None:
    text = (
        "year: 2018-19\r\n"
        "title: It's Nightsafe: 'the' review\r\n"
        "items:\r\n"
        "\t- *One* {a}: {b}\r\n"
        "\t- two\r\n"
        "cover:\r\n"
        "  - To:   Council\r\n"
        '  - "Report" of: someone\r\n'
        "   - Date: today\r\n"
        "year: 2019-20\r\n"
        "text: {rise} more\r\n"
        "note: last\u202e\r\n"
    )
    parsed = parse(text.encode(), "f")
    assert [f"{d.location} {d.code}" for d in parsed.diagnostics] == [
        "f:2:22 YAM014",
        "f:4:1 YAM022",
        "f:4:4 YAM015",
        "f:8:14 YAM019",
        "f:9:4 YAM024",
        "f:10:1 YAM007",
        "f:11:7 YAM016",
        "f:12:11 YAM005",
    ]
    assert values(parsed.root) == {
        "year": "2018-19",
        "title": "It's Nightsafe: 'the' review",
        "items": ["*One* {a}: {b}", "two"],
        "cover": [{"To": "Council"}, '"Report" of: someone', {"Date": "today"}],
        "text": "{rise} more",
        "note": "last\ufffd",
    }


def test_a_repaired_text_keeps_its_source_and_its_place() -> None:
    text = "a:\n\t- It's: {b}: c\n"
    item = parse(text.encode(), "f").root
    assert item is not None
    found = [scalar for scalar in scalars(item) if "{b}" in scalar.value]
    assert [(str(s.location), s.source, s.location.length) for s in found] == [
        ("f:2:10", "{b}: c", 6)
    ]


def scalars(node: Node) -> list[Scalar]:
    match node:
        case Scalar():
            return [node]
        case Sequence():
            return [scalar for item in node.items for scalar in scalars(item)]
    return [scalar for entry in node.entries for scalar in (entry.key, *scalars(entry.value))]


@pytest.mark.parametrize(
    ("text", "place", "message", "fix"),
    [
        (
            "{title: Nightsafe: b}\n",
            "1:18",
            "line 1 cannot be read, nor what is below it",
            "look between the `{` on line 1 and here",
        ),
        (
            "[a, b\nc: d\n\n\n",
            "2:2",
            "line 2 cannot be read, nor what is below it",
            "look between the `[` on line 1 and here",
        ),
    ],
)
def test_what_cannot_be_read_is_said_plainly(text: str, place: str, message: str, fix: str) -> None:
    parsed = parse(text.encode(), "f")
    told = [(str(d.location), d.code, d.message, d.fix) for d in parsed.diagnostics]
    assert told == [(f"f:{place}", "YAM006", message, fix)]
    assert parsed.root is None


def test_sixty_repairs_are_enough_for_anybody() -> None:
    parsed = parse("".join(f"k{n}: a: b\n" for n in range(70)).encode(), "f")
    assert [d.code for d in parsed.diagnostics] == ["YAM014"] * 60 + ["YAM006"]
    assert parsed.diagnostics[-1].message == "reading stopped here, after 60 mistakes"
    assert str(parsed.diagnostics[-1].location).startswith("f:61:")
    assert parsed.root is None


WITHOUT_EXAMPLE = {"wrong-encoding", "empty-file", "too-big", "text-too-long"}


def test_the_rules_are_numbered_and_explained() -> None:
    codes = [rule.code for rule in READING_RULES]
    assert codes == [f"YAM{number:03}" for number in range(1, len(codes) + 1)]
    assert len({rule.name for rule in READING_RULES}) == len(codes)
    for rule in READING_RULES:
        positions = [rule.explanation.find(heading) for heading in HEADINGS]
        assert positions == sorted(positions), rule.code
        assert positions[0] > 0, rule.code
        assert re.match(r"[A-Z].*\.\n\n", rule.explanation), rule.code


@pytest.mark.parametrize(
    "rule", [r for r in READING_RULES if r.name not in WITHOUT_EXAMPLE], ids=lambda rule: rule.name
)
def test_the_examples_of_a_rule_are_what_it_says(rule: Any) -> None:
    example = re.search(r"```yaml\n# bad\n(.*)# good\n(.*)```", rule.explanation, re.DOTALL)
    assert example is not None
    bad, good = (parse(text.encode(), "a.yaml") for text in example.groups())
    assert {d.code for d in bad.diagnostics} == {rule.code}
    assert good.diagnostics == ()


def test_the_tests_reach_every_rule() -> None:
    told: set[str] = {case[4] for case in TRAPS}
    rest = {"YAM001", "YAM002", "YAM003", "YAM004", "YAM006"}
    assert told | rest == {rule.code for rule in READING_RULES}
