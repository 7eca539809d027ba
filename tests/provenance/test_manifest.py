"""The list of what a PDF was made from: read again, and never anything else taken for it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscp_report.provenance.manifest import LIBRARIES, Manifest, versions
from oscp_report.year import Year

NAMES = st.dictionaries(st.text(), st.text())
MADE = Manifest(
    Year(2018),
    {"data/2018-19.yaml": "0a", "data/partnership.yaml": "0b", "templates/css/é.css": "0c"},
    "0d",
    {"oscp-report": "1"},
)


@given(st.builds(Manifest, st.builds(Year, st.integers(1900, 2999)), NAMES, st.text(), NAMES))
def test_it_is_read_as_it_was_written(made: Manifest) -> None:
    assert Manifest.from_bytes(made.to_bytes()) == made


def test_the_order_of_the_inputs_changes_nothing() -> None:
    turned = replace(MADE, inputs=dict(reversed(list(MADE.inputs.items()))))
    assert turned.to_bytes() == MADE.to_bytes()
    assert turned.identifier == MADE.identifier
    assert MADE.templates == {"templates/css/é.css": "0c"}


def test_any_input_changes_its_identifier() -> None:
    for name in MADE.inputs:
        assert replace(MADE, inputs={**MADE.inputs, name: "ff"}).identifier != MADE.identifier


def with_fields(**changed: object) -> bytes:
    fields = {**json.loads(MADE.to_bytes()), **changed}
    return json.dumps({name: value for name, value in fields.items() if value is not None}).encode()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\xff\xfe", id="no text"),
        pytest.param(b"[" * 100_000, id="too deep"),
        pytest.param(b" " * 5_000_000 + b"{}", id="too large"),
        pytest.param(b"null", id="nothing"),
        pytest.param(b'["year"]', id="a list"),
        pytest.param(with_fields(format="another 1"), id="of another program"),
        pytest.param(with_fields(year=None), id="without a year"),
        pytest.param(with_fields(year=2018), id="a year that is a number"),
        pytest.param(with_fields(year="../2018-19"), id="a year that is a path"),
        pytest.param(with_fields(inputs=["data/2018-19.yaml"]), id="a list of inputs"),
        pytest.param(with_fields(inputs={"data/2018-19.yaml": 1}), id="a digest that is a number"),
        pytest.param(with_fields(versions=None), id="without versions"),
        pytest.param(with_fields(**{"shipped templates": 1}), id="a number of templates"),
    ],
)
def test_anything_else_is_none(data: bytes) -> None:
    assert Manifest.from_bytes(with_fields()) == MADE
    assert Manifest.from_bytes(data) is None


def test_the_versions_are_those_in_use() -> None:
    import pikepdf

    assert set(versions()) == {"oscp-report", *LIBRARIES}
    assert versions()["pikepdf"] == pikepdf.__version__
