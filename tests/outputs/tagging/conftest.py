"""One process that draws, for all tests of the tagging that a worker runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tests.outputs.tagging.press import PressProcess


@pytest.fixture(scope="session")
def press(checkout: Path) -> Iterator[PressProcess]:
    """Draws pages with what the product draws with."""
    press = PressProcess(checkout)
    yield press
    press.close()


@pytest.fixture
def tagged(press: PressProcess) -> Callable[[str], Any]:
    """Draws a page and opens the repaired PDF with ``pikepdf``."""
    import pikepdf

    def draw(html: str) -> Any:
        drawn = press.draw(html)
        assert drawn.refused == ""
        return pikepdf.open(BytesIO(drawn.repaired))

    return draw
