"""veraPDF, the referee of both standards, passes every page of the matrix."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

import pytest

from tests import verapdf
from tests.outputs.tagging.documents import Page
from tests.outputs.tagging.press import Drawn

SPOILT = "spoilt on purpose"


@pytest.fixture(scope="module")
def files(matrix: Mapping[str, Page], drawn: Callable[[str], Drawn]) -> dict[str, bytes]:
    """The finished PDFs, and one that neither standard allows."""
    verapdf.require()
    return {name: drawn(name).declared for name in matrix} | {SPOILT: spoilt(drawn("a table"))}


def spoilt(drawn: Drawn) -> bytes:
    import pikepdf

    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn.declared)) as pdf:
        del pdf.Root.StructTreeRoot
        pdf.save(made)
    return made.getvalue()


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_the_referee_passes_every_page(profile: verapdf.Profile, files: dict[str, bytes]) -> None:
    found = {name: rules for name, rules in verapdf.verdicts(files, profile).items() if rules}
    assert found.pop(SPOILT)
    assert found == {}
