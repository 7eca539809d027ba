"""Commands that begin at once, each in a process of its own: a fork of one that has loaded all.

The process runs the command that it was started with. From then on it reads commands, one JSON list
a line: it forks, prints the number of the process, which runs the command as the real program does
and leads a group of its own; it waits for another line, and prints the exit code. Until then the
number belongs to that process, ended or not, and can be killed without hitting another.
POSIX only.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import IO

from oscp_report.__main__ import main
from oscp_report.cli import cli


class Forks:
    """The commands of one such process; leaving it as a context ends it."""

    def __init__(self, first: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start the process and let it run its first command, which has to succeed."""
        self._process = subprocess.Popen(
            [sys.executable, __file__, *first],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env={**environment},
        )
        assert self._answer() == "ready"

    def start(self, arguments: Sequence[str]) -> int:
        """Begin a command. Returns the number of its process."""
        self._say(json.dumps(arguments))
        return int(self._answer())

    def end(self) -> int:
        """Wait until the process of the last command has ended. Returns its exit code."""
        self._say("")
        return int(self._answer())

    def __enter__(self) -> Forks:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def _say(self, line: str) -> None:
        stream = _opened(self._process.stdin)
        stream.write(line + "\n")
        stream.flush()

    def _answer(self) -> str:
        return _opened(self._process.stdout).readline().strip()


def _opened(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream


def _serve() -> None:
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    silence = os.open(os.devnull, os.O_RDWR)
    os.dup2(silence, 1)
    cli(standalone_mode=False)
    print("ready", file=answers)
    while line := sys.stdin.readline():
        pid = os.fork()
        if pid == 0:
            os.setsid()
            for stream in (0, 1, 2):
                os.dup2(silence, stream)
            sys.argv[1:] = json.loads(line)
            main()
        print(pid, file=answers)
        sys.stdin.readline()
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), file=answers)


if __name__ == "__main__":
    _serve()
