"""A process of its own that draws pages, so that WeasyPrint sees the fonts of the templates only.

Run as a program it is that process. It answers a page with three PDFs: as WeasyPrint wrote it,
repaired, and with the claim.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from oscp_report.outputs.frames import read_frame, write_frame
from oscp_report.outputs.renderer import environment


@dataclass(frozen=True)
class Drawn:
    """The PDFs of a page, or why there are none, with the fix."""

    raw: bytes = b""
    repaired: bytes = b""
    declared: bytes = b""
    refused: str = ""
    fix: str = ""


class PressProcess:
    """Draws pages until it is closed."""

    def __init__(self, checkout: Path) -> None:
        templates = checkout / "templates"
        given = environment(os.environ)
        path = [str(checkout), given.get("PYTHONPATH", "")]
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(templates)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=templates / "fonts",
            env=given
            | {"FONTCONFIG_FILE": str(templates / "fonts" / "fonts.conf")}
            | {"PYTHONPATH": os.pathsep.join(path)},
        )

    def draw(self, html: str) -> Drawn:
        """The PDFs of a page."""
        assert self._process.stdin, "the process is started with pipes"
        assert self._process.stdout, "the process is started with pipes"
        write_frame(self._process.stdin, {}, html.encode())
        reply = read_frame(self._process.stdout)
        assert reply, "the process has ended"
        said, body = reply
        first, second = said["lengths"]
        parts = body[:first], body[first : first + second], body[first + second :]
        return Drawn(*parts, refused=said["refused"], fix=said["fix"])

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


def serve(templates: Path, jobs: IO[bytes], replies: IO[bytes]) -> None:
    """Draw what comes, with what the product draws with."""
    from oscp_report.outputs import pdf
    from oscp_report.outputs.tagging.facts import StructureFacts
    from oscp_report.outputs.tagging.nodes import TaggingError
    from oscp_report.outputs.tagging.proving import finished
    from oscp_report.outputs.tagging.repairing import repair

    press = pdf.Press([templates])
    seen = list[bytes]()

    def watched(raw: bytes, facts: StructureFacts) -> bytes:
        seen[:] = raw, repair(raw, facts)
        return seen[1]

    vars(pdf)["repair"] = watched
    while job := read_frame(jobs):
        refused, fix, made = "", "", (b"", b"", b"")
        try:
            drawn, _, warnings = press.draw(job[1].decode())
            made = seen[0], seen[1], finished(drawn, warnings)
        except TaggingError as error:
            refused, fix = str(error), error.fix
        said = {"refused": refused, "fix": fix, "lengths": (len(made[0]), len(made[1]))}
        write_frame(replies, said, b"".join(made))


if __name__ == "__main__":
    serve(Path(sys.argv[1]), sys.stdin.buffer, sys.stdout.buffer)
