"""The finished page, held to its promise: one file, no script, nothing fetched from elsewhere.

The shipped templates keep it. A workspace's own might not, and a browser would not say so.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from oscp_report.errors import ReportError

# Attributes whose address a browser fetches by itself: those of pictures, frames, media, objects,
# and of a link to a style sheet or an icon. An `a` only leads somewhere.
_FETCHED = {"src", "srcset", "poster", "data", "background", "href", "xlink:href", "style"}
_LEADS_ONLY = {"a", "area", "base"}
_ELSEWHERE = re.compile(r"(?:https?:|ftp:|file:)?//[^\s\"')]+|file:[^\s\"')]+", re.IGNORECASE)


class NotSealed(ReportError):
    """A page that runs a script or fetches something when it is opened."""


def require_sealed(page: str) -> None:
    """Refuse a page that is more than one file without a script.

    Raises:
        NotSealed: names the element or the address.
    """
    reader = _Reader()
    reader.feed(page)
    reader.close()
    if reader.found:
        fix = "take it out of your templates; put a picture in as a `data:` address"
        raise NotSealed(f"the web page would {reader.found[0]}", fix=fix)


class _Reader(HTMLParser):
    """Collects what a page would run or fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_style = tag == "style"
        if tag == "script" or any(name.startswith("on") for name, _ in attrs):
            self.found.append(f"run a script (in `<{tag}>`)")
        if tag not in _LEADS_ONLY:
            for name, value in attrs:
                if name in _FETCHED:
                    self._look(value or "")

    def handle_endtag(self, tag: str) -> None:
        self._in_style = False

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self._look(re.sub(r"/\*.*?\*/", "", data, flags=re.DOTALL))

    def _look(self, text: str) -> None:
        if text.lstrip().lower().startswith("data:"):
            return
        self.found += (f"fetch `{found}`" for found in _ELSEWHERE.findall(text))
