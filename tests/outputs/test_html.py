from __future__ import annotations

import pytest

from oscp_report.outputs.html import NotSealed, require_sealed

PAGE = "<!doctype html><html lang=en><head>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", '<a href="https://www.oxford.gov.uk/">the Council</a>'),
        ("", '<img alt="" src="data:image/png;base64,//8=">'),
        ("<style>/* see https://www.w3.org/ */ a { color: red }</style>", ""),
        ("<style>@font-face { src: url(fonts/own.ttf) }</style>", ""),
        ("", "<p>Write to https://www.oxford.gov.uk/ or look into file:///etc</p>"),
        ("", "<code>&lt;script src=//x.example&gt;</code>"),
    ],
)
def test_a_sealed_page(head: str, body: str) -> None:
    require_sealed(PAGE.format(head=head, body=body))


@pytest.mark.parametrize(
    ("head", "body", "said"),
    [
        ("", '<img alt="" src="http://x.example/a.png">', "fetch `http://x.example/a.png`"),
        ("", '<img alt="" srcset="//x.example/a.png 2x">', "fetch `//x.example/a.png`"),
        ("", '<svg><image href="https://x.example/a"/></svg>', "fetch `https://x.example/a`"),
        ("", '<svg><use xlink:href="https://x.example/#a"/></svg>', "fetch `https://x.example/#a`"),
        ("", '<iframe src="HTTPS://x.example"></iframe>', "fetch `HTTPS://x.example`"),
        ("", '<p style="background: url(file:///etc/passwd)">', "fetch `file:///etc/passwd`"),
        ("<link rel=stylesheet href=//x.example/a.css>", "", "fetch `//x.example/a.css`"),
        ('<style>@import "https://x.example/a.css";</style>', "", "fetch `https://x.example/a"),
        ("<style>b { src: url('https://x.example/f') }</style>", "", "fetch `https://x.example/f`"),
        ("<script>alert(1)</script>", "", "run a script (in `<script>`)"),
        ("", "<p onclick='alert(1)'>x</p>", "run a script (in `<p>`)"),
    ],
)
def test_a_page_that_reaches_out(head: str, body: str, said: str) -> None:
    with pytest.raises(NotSealed) as refused:
        require_sealed(PAGE.format(head=head, body=body))
    assert str(refused.value).startswith(f"the web page would {said}")
    assert "`data:`" in refused.value.fix
