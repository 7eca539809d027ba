"""What an officer is told when the program itself is at fault."""

from __future__ import annotations

import platform
import traceback
from pathlib import PurePath

from oscp_report import __version__

DEEPEST = 4
"""Places in the program that the report of a fault names, the innermost last."""


def describe(error: BaseException) -> str:
    """A fault of the program in lines that can be copied into a message; no traceback."""
    frames = traceback.extract_tb(error.__traceback__)[-DEEPEST:]
    places = ", ".join(f"{PurePath(f.filename).name}:{f.lineno}" for f in frames)
    kind = type(error).__name__
    return "\n".join(
        [
            "oscp-report: the program has a fault; your files are as they were",
            "  fix: send these lines, and the file you were working on if you may, to whoever"
            " looks after the program for you",
            f"  oscp-report {__version__}, Python {platform.python_version()},"
            f" {platform.system()} {platform.machine()}",
            f"  {kind}: {error}",
            f"  at {places}",
        ]
    )
