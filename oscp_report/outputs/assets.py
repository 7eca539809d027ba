"""The files that a page may ask for: those of the templates, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote

# Relative addresses stay as they are under a scheme that urljoin does not know. So the fetcher gets
# what the style sheet says, and no folder's name can leak into a link.
BASE_URL = "asset:"
MEDIA_TYPES = {".css": "text/css", ".svg": "image/svg+xml"}  # what WeasyPrint goes by
EMBEDDED = ("data:image/", "data:font/")  # their bytes are in the address: nothing is fetched


def find_asset(url: str, roots: Sequence[Path]) -> Path:
    """The file that a style sheet or a page asks for, below one of the roots, the first one first.

    Raises:
        ValueError: it is not there, or not a plain relative path below a root.
    """
    name = unquote(url)
    shown = f"{url[:80]}..." if len(url) > 80 else url
    if ":" in name or "\\" in name or not {"", ".", ".."}.isdisjoint(name.split("/")):
        raise ValueError(f"`{shown}` is not a file of the templates")
    for root in roots:
        path = (root / name).resolve()
        if path.is_file():
            if not path.is_relative_to(root.resolve()):
                raise ValueError(f"`{shown}` leads out of the templates")
            return path
    raise ValueError(f"`{shown}` is not in the templates")


def make_fetcher(roots: Sequence[Path], refused: list[str]) -> object:
    """What WeasyPrint gets files with: those below the roots, and nothing else.

    It raises the one exception that WeasyPrint does not log and draw on without, and keeps the
    reason in ``refused``, since within an SVG WeasyPrint swallows that one too.
    """
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class Assets(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no annotations
        def fetch(self, url: str, headers: object = None) -> object:
            try:
                if url.startswith(EMBEDDED):
                    return super().fetch(url)
                path = find_asset(url, roots)
                kind = MEDIA_TYPES.get(path.suffix, "application/octet-stream")
                return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})
            except (OSError, ValueError) as error:
                refused.append(str(error))
                raise FatalURLFetchingError(str(error)) from error

    return Assets(allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True)
