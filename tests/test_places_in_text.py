"""Where a part of a text stands in the file, however YAML lets it be written."""

from __future__ import annotations

import pytest

from oscp_report.diagnostics import Location
from oscp_report.model import Text
from oscp_report.reading.source import Scalar, Sequence, parse

FOLDED = "a: >- # the text\n    One two\n    three - two.\n\n    Four > five.\n"
PLAIN = "- k: It's \\ \"two\"\n    two's.\n"
SINGLE = "- 'It''s \\ two\n  two''s'\n"
DOUBLE = '- "It\\"s \\\\ two\\n\\\n  a\\ttwo\\"s"\n'


@pytest.mark.parametrize(
    ("yaml", "fragment", "occurrence", "expected"),
    [
        pytest.param(FOLDED, "two", 0, (2, 9, 3), id="in a block"),
        pytest.param(FOLDED, "two", 1, (3, 13, 3), id="the second in a block"),
        pytest.param(FOLDED, "two three", 0, (2, 9, 3), id="over the end of a line"),
        pytest.param(FOLDED, "two.\nFour", 0, (3, 13, 4), id="over a blank line"),
        pytest.param(FOLDED, ">", 0, (5, 10, 1), id="not the mark of the block"),
        pytest.param(FOLDED, "-", 0, (3, 11, 1), id="not the mark of its end"),
        pytest.param(FOLDED, "text", 0, (1, 4, None), id="not the comment"),
        pytest.param(FOLDED, "two", 2, (1, 4, None), id="no third one"),
        pytest.param(FOLDED, "six", 0, (1, 4, None), id="not there"),
        pytest.param(FOLDED, " \n", 0, (1, 4, None), id="nothing but space"),
        pytest.param(PLAIN, "It's", 0, (1, 6, 4), id="plain"),
        pytest.param(PLAIN, '"two"', 0, (1, 13, 5), id="quotes in plain text"),
        pytest.param(PLAIN, "\\", 0, (1, 11, 1), id="a backslash in plain text"),
        pytest.param(SINGLE, "It's", 0, (1, 4, 5), id="an apostrophe in single quotes"),
        pytest.param(SINGLE, "'", 1, (2, 6, None), id="not the closing quote"),
        pytest.param(SINGLE, "\\ two", 0, (1, 10, 5), id="a backslash in single quotes"),
        pytest.param(DOUBLE, 'It"s', 0, (1, 4, 5), id="a quote in double quotes"),
        pytest.param(DOUBLE, '"', 1, (2, 9, None), id="not the closing double quote"),
        pytest.param(DOUBLE, "\\ two", 0, (1, 10, 6), id="a backslash in double quotes"),
        pytest.param(DOUBLE, "two a", 0, (1, 13, 6), id="an escaped line end"),
        pytest.param(DOUBLE, 'a two"s', 0, (2, 3, 9), id="an escaped tab"),
    ],
)
def test_a_fragment_has_its_place(
    yaml: str, fragment: str, occurrence: int, expected: tuple[int, int, int | None]
) -> None:
    found = text_of(yaml).at(fragment, occurrence)
    line, column, length = expected
    assert found == Location("a.yaml", line, column)
    assert length is None or found.length == length


def test_those_that_overlap_count() -> None:
    text = text_of("- aa aa aa\n")
    assert [text.at("aa aa", n).column for n in range(3)] == [3, 6, 3]


def text_of(yaml: str) -> Text:
    root = parse(yaml.encode(), "a.yaml").root
    while not isinstance(root, Scalar):
        assert root is not None
        root = root.items[0] if isinstance(root, Sequence) else root.entries[0].value
    return Text(root.value, root.location, root.source)
