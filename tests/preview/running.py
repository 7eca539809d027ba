"""A preview of a workspace as an officer starts it, a process of its own, and its events."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

CHECKOUT = Path(__file__).resolve().parents[2]
PATIENT = 10.0
"""Seconds after which what was awaited is not to come, on whatever machine."""


@dataclass
class Running:
    """A preview that runs: its workspace, its process and its address."""

    root: Path
    process: subprocess.Popen[str]
    address: str

    @property
    def port(self) -> int:
        port = urlsplit(self.address).port
        assert port
        return port

    @property
    def token(self) -> str:
        return urlsplit(self.address).path.strip("/")

    def get(self, name: str = "") -> tuple[int, dict[str, str], bytes]:
        """What a plain client gets: status, headers, body."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENT)
        try:
            connection.request("GET", f"/{self.token}/{name}")
            answer = connection.getresponse()
            headers = {key.lower(): value for key, value in answer.getheaders()}
            return answer.status, headers, answer.read()
        finally:
            connection.close()

    @contextmanager
    def states(self) -> Iterator[Iterator[dict[str, Any]]]:
        """The states that a page is told, as they come."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENT)
        try:
            connection.request("GET", f"/{self.token}/events")
            answer = connection.getresponse()
            lines = iter(answer.readline, b"")
            yield (json.loads(line[6:]) for line in lines if line.startswith(b"data: "))
        finally:
            connection.close()

    def wait(self, holds: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
        """The first state for which something holds."""
        with self.states() as states:
            return next(state for state in states if holds(state))

    def html(self) -> str:
        """The page of the last state."""
        state = self.wait(lambda state: state["page"])
        return self.get(f"page-{state['page']}.html")[2].decode()


@contextmanager
def running(root: Path, *options: str, year: str = "2018-19") -> Iterator[Running]:
    """A preview of the year of a workspace; ended as Ctrl-C does, and killed where that fails."""
    command = [sys.executable, "-m", "oscp_report", "-C", str(root), "preview", year]
    path = os.pathsep.join([str(CHECKOUT), os.environ.get("PYTHONPATH", "")])
    process = subprocess.Popen(
        [*command, "--no-browser", *options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": path},
    )
    assert process.stdout
    try:
        line = process.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found, line + (process.communicate(timeout=5)[1] if process.poll() else "")
        yield Running(root, process, found[0])
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        try:
            process.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
