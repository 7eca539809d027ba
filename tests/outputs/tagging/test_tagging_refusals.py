"""Pages that no structure can make good are refused, with what to do about it."""

from __future__ import annotations

import pytest

from tests.outputs.tagging.documents import PICTURE, SVG, Page
from tests.outputs.tagging.press import PressProcess

RUNNING_LINK = "@page { @top-left { content: element(head) } } div { position: running(head) }"


@pytest.mark.parametrize(
    ("body", "style", "refused", "fix"),
    [
        pytest.param(
            f'<img src="{PICTURE}">', "", "a picture on page 1 has no words", "`<img>` an `alt`",
            id="a picture without alt",
        ),
        pytest.param(
            f'<img alt="" src="{PICTURE}">', "", "a picture on page 1", '`role="presentation"`',
            id="an empty alt is not so many words",
        ),
        pytest.param(
            f'<p style="break-before: page">{SVG} aria-label="no"><rect width="9" height="9"/>',
            "", "a picture on page 2", "`<title>` as its first child",
            id="a chart without title",
        ),
        pytest.param(
            "<a href='javascript:alert(1)'>x</a>", "", "leads to `javascript:alert(1)`", "`https://`",
            id="a script",
        ),
        pytest.param(
            "<a href='file:///home/a/annex.pdf'>x</a>", "", "`file:///home/a/annex.pdf`", "`tel:`",
            id="a file of this machine",
        ),
        pytest.param(
            "<a href='annex.pdf'>x</a>", "", "`annex.pdf`", "`mailto:`", id="a file beside the page"
        ),
        pytest.param(
            f"<a href='ftp://{'x' * 99}'>x</a>", "", "xxx...`", "begin", id="a long address"
        ),
        pytest.param(
            f"<a href='#x'><img alt='' role='none' src=\"{PICTURE}\"></a>", "",
            "a link on page 1 has no words", "write the words",
            id="a link without words",
        ),
        pytest.param(
            "<div>see <a href='https://example.org'>x</a></div><p>text</p>", RUNNING_LINK,
            "a link is in a margin of page 1", "running header",
            id="a link in a running header",
        ),
        pytest.param(
            "<p>seen <span style='opacity: 0.5; display: inline-block'>text</span></p>", "",
            "1 pieces of text on page 1 are drawn with `opacity`", "colour",
            id="opacity",
        ),
    ],
)  # fmt: skip
def test_a_page_is_refused(
    press: PressProcess, body: str, style: str, refused: str, fix: str
) -> None:
    drawn = press.draw(Page(body, style=style).whole())
    assert refused in drawn.refused
    assert fix in drawn.fix
    assert drawn.declared == b""


def test_the_next_page_is_drawn_all_the_same(press: PressProcess) -> None:
    assert press.draw(Page(f'<img src="{PICTURE}">').whole()).refused
    assert press.draw(Page("<p>text</p>").whole()).declared
