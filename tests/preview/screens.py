"""A browser's tab on a preview, and what a test does there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.preview.running import PATIENT, Running

if TYPE_CHECKING:
    from playwright.sync_api import FrameLocator, Locator, Page


@dataclass
class Screen:
    """A tab with the preview, and the file beside it."""

    page: Page
    preview: Running
    year: str = "2018-19"

    @property
    def file(self) -> Path:
        return self.preview.root / "data" / f"{self.year}.yaml"

    @property
    def report(self) -> FrameLocator:
        return self.page.frame_locator("#stage iframe:not(.is-coming)")

    def text(self, selector: str) -> str:
        return self.page.locator(selector).inner_text()

    def replace(self, old: str, new: str) -> None:
        text = self.file.read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the file"
        # In place, as editors save, and never empty between: the preview would rightly say so.
        with self.file.open("r+b") as file:
            file.write(text.replace(old, new).encode())
            file.truncate()

    def shows(self, words: str) -> None:
        """Wait for words in the report."""
        self.report.locator("main", has_text=words).wait_for(state="attached")

    def lacks(self, words: str) -> None:
        self.report.locator("main", has_text=words).wait_for(state="detached")

    def waits(self, expression: str) -> None:
        """Wait until a script's expression holds; the page's policy allows no other way to."""
        for _ in range(int(PATIENT * 50)):
            if self.page.evaluate(expression):
                return
            self.page.wait_for_timeout(20)
        raise AssertionError(f"never came true: {expression}")

    def says(self, selector: str, words: str) -> None:
        """Wait for words in the preview's own page."""
        self.page.locator(selector, has_text=words).wait_for()

    def paragraph(self, anchor: str) -> Locator:
        return self.report.locator(f'[id="{anchor}"]')

    def top(self, locator: Locator) -> float:
        return float(locator.evaluate("each => each.getBoundingClientRect().top"))
