"""``python -m oscp_report`` and the ``oscp-report`` command: a process for one command."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn

from oscp_report.cli import cli


def main() -> NoReturn:
    """Run the command line; what a terminal cannot show is replaced, never an error."""
    # A command ends within a second or two, and leaves little to collect.
    gc.set_threshold(100_000)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    code = 0
    try:
        cli(prog_name="oscp-report")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    leave(code)


def leave(code: int) -> NoReturn:
    """End the process at once.

    All has been written and the renderer has ended. What is left is Python taking itself apart,
    which took 35 ms of a build's 720.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # whoever listened has gone
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
