"""What the renderer and its child process say to each other, over a pipe.

A frame is the lengths of a header and of a body, the header as JSON, and the body. A job's header
names how to draw it and its body is the page; a reply's body is the PDF.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import IO, Any

Header = Mapping[str, Any]
Frame = tuple[dict[str, Any], bytes]

LENGTHS = struct.Struct(">II")
NO_CHARACTER = "no font has the character"
"""What a warning of a reply begins with where the PDF lacks a character."""
OUT_OF_MEMORY = 77  # an exit code of the child, since saying it in a frame would need memory


def write_frame(stream: IO[bytes], header: Header, body: bytes = b"") -> None:
    """Send a frame.

    Raises:
        OSError: the other side has gone.
    """
    head = json.dumps(header).encode()
    stream.write(LENGTHS.pack(len(head), len(body)) + head + body)
    stream.flush()


def read_frame(stream: IO[bytes]) -> Frame | None:
    """Wait for the next frame. None when the other side has gone."""
    lengths = stream.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    head, body = LENGTHS.unpack(lengths)
    content = stream.read(head + body)
    if len(content) < head + body:
        return None
    return json.loads(content[:head]), content[head:]
