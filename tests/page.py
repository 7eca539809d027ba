"""HTML as a browser takes it, whatever is wrong with it."""

from __future__ import annotations

from typing import Any

import tinyhtml5  # type: ignore[import-untyped]  # WeasyPrint's parser, which has no annotations


def parsed(page: str) -> Any:
    """The ``html`` element of a page, as an ElementTree without namespaces."""
    return tinyhtml5.parse(page, namespace_html_elements=False)
