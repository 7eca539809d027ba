"""Frames go over a pipe whole, or not at all."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscp_report.outputs.frames import read_frame, write_frame

HEADERS = st.dictionaries(st.text(), st.text() | st.integers() | st.lists(st.text()))


@given(HEADERS, st.binary())
def test_a_frame_comes_out_as_it_went_in(header: dict[str, object], body: bytes) -> None:
    stream = io.BytesIO()
    write_frame(stream, header, body)
    write_frame(stream, {}, b"next")
    stream.seek(0)
    assert read_frame(stream) == (header, body)
    assert read_frame(stream) == ({}, b"next")
    assert read_frame(stream) is None


@pytest.mark.parametrize("kept", [0, 1, 7, 8, 12, 18, 22])
def test_a_frame_cut_short_is_the_end(kept: int) -> None:
    stream = io.BytesIO()
    write_frame(stream, {"a": "b"}, b"body!")
    frame = stream.getvalue()
    assert len(frame) == 8 + 10 + 5
    assert read_frame(io.BytesIO(frame[:kept])) is None
