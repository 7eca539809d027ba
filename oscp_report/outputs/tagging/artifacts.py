"""What is on the page and not in the text, marked so in the page's own stream.

Page numbers and running headers, the header rows that a table repeats, and decoration.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from oscp_report.outputs.tagging.nodes import TaggingError

# WeasyPrint writes text in hexadecimal, so these words are never text.
MARK = re.compile(rb"/\w+\s*<<\s*/MCID\s+(\d+)\s*>>\s*BDC\b")

PAGINATION = b"/Artifact <</Type /Pagination>> BDC"
DECORATION = b"/Artifact <</Type /Layout>> BDC"
MARGINS = {
    "top": b"/Artifact <</Type /Pagination /Attached [/Top] /Subtype /Header>> BDC",
    "bottom": b"/Artifact <</Type /Pagination /Attached [/Bottom] /Subtype /Footer>> BDC",
    "left": b"/Artifact <</Type /Pagination /Attached [/Left]>> BDC",
    "right": b"/Artifact <</Type /Pagination /Attached [/Right]>> BDC",
}


def mark(
    pdf: Any, content: Mapping[int, set[int]], artifacts: Mapping[int, Mapping[int, bytes]]
) -> None:
    """Mark artifacts, and see to it that all that is marked on the pages is in ``content``.

    Both go by a page's index, and then by a marked content's number.

    Raises:
        TaggingError: text of the structure is not on its page: ``opacity`` puts it elsewhere.
    """
    for index, page in enumerate(pdf.pages):
        stream = page.Contents.read_bytes()
        found = sorted(int(number) for number in MARK.findall(stream))
        meant, marked = content.get(index, set()), artifacts.get(index, {})
        if hidden := (meant | set(marked)) - set(found):
            raise TaggingError(
                f"{len(hidden)} pieces of text on page {index + 1} are drawn with `opacity`, "
                "and no screen reader finds them",
                fix="take `opacity` out of your style sheet, and give the text a colour",
            )
        assert found == sorted({*meant, *marked}), "marked content is not in the structure"
        if marked:
            page.Contents.write(MARK.sub(partial(_replaced, marked), stream))


def _replaced(marked: Mapping[int, bytes], match: re.Match[bytes]) -> bytes:
    return marked.get(int(match[1]), match[0])
