"""A real preview, before whoever is not the officer's own browser: raw bytes on a socket."""

from __future__ import annotations

import http.client
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from tests.preview.conftest import make_workspace
from tests.preview.running import PATIENT, Running, running

OWN = "127.0.0.1:{port}"
SECRETS = (b"root:", b"Oxford Safer", b"EventSource")
"""What no refusal may show: a file of the system, the report, the preview's own page."""


def request(
    line: str = "GET /{token}/ HTTP/1.1", host: str | None = OWN, *headers: str, body: str = ""
) -> str:
    sent = [line, *([] if host is None else [f"Host: {host}"]), *headers]
    return "".join(f"{each}\r\n" for each in [*sent, "Connection: close", ""]) + body


def path(text: str) -> str:
    return request(f"GET {text} HTTP/1.1")


HOSTILE: dict[str, tuple[str, str]] = {
    # Another name: of a site, of another port, of this machine in another spelling.
    "foreign host": (request(host="example.org"), "421"),
    "foreign host with the port": (request(host="example.org:{port}"), "421"),
    "rebound name": (request(host="127.0.0.1.rebind.example:{port}"), "421"),
    "rebound name of localhost": (request(host="localhost.example.org:{port}"), "421"),
    "no port": (request(host="127.0.0.1"), "421"),
    "another port": (request(host="127.0.0.1:80"), "421"),
    "any address": (request(host="0.0.0.0:{port}"), "421"),
    "IPv6": (request(host="[::1]:{port}"), "421"),
    "the same number otherwise": (request(host="2130706433:{port}"), "421"),
    "a dot at its end": (request(host="localhost.:{port}"), "421"),
    "a user before it": (request(host="me@127.0.0.1:{port}"), "421"),
    "no host, HTTP/1.0": (request("GET /{token}/ HTTP/1.0", None), "421"),
    "no host, HTTP/1.1": (request(host=None), "400"),
    "two hosts": (request("GET /{token}/ HTTP/1.1", OWN, "Host: example.org"), "400"),
    # Asked by another site's page.
    "foreign origin": (request("GET /{token}/ HTTP/1.1", OWN, "Origin: http://example.org"), "403"),
    "no origin's origin": (request("GET /{token}/ HTTP/1.1", OWN, "Origin: null"), "403"),
    "origin of another port": (
        request("GET /{token}/ HTTP/1.1", OWN, "Origin: http://127.0.0.1:1"),
        "403",
    ),
    "origin with TLS": (
        request("GET /{token}/ HTTP/1.1", OWN, "Origin: https://127.0.0.1:{port}"),
        "403",
    ),
    "two origins": (
        request(
            "GET /{token}/ HTTP/1.1",
            OWN,
            "Origin: http://127.0.0.1:{port}",
            "Origin: http://example.org",
        ),
        "403",
    ),
    "from another site": (
        request("GET /{token}/ HTTP/1.1", OWN, "Sec-Fetch-Site: cross-site"),
        "403",
    ),
    "from another port": (
        request("GET /{token}/ HTTP/1.1", OWN, "Sec-Fetch-Site: same-site"),
        "403",
    ),
    # Another method.
    **{
        method: (request(f"{method} /{{token}}/ HTTP/1.1"), "405")
        for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get")
    },
    "CONNECT": (request("CONNECT example.org:443 HTTP/1.1"), "405"),
    "HEAD of what is not there": (request("HEAD /{token}/nothing HTTP/1.1"), "404"),
    # Without the token, or with one that is almost it.
    "no token": (path("/"), "404"),
    "no token, a file's name": (path("/preview.js"), "404"),
    "wrong token": (path("/" + "A" * 43 + "/"), "404"),
    "token cut short": (path("/{short}/"), "404"),
    "token in capitals": (path("/{upper}/"), "404"),
    "token without its slash": (path("/{token}"), "404"),
    "token after another": (path("/x/{token}/"), "404"),
    "token twice": (path("/{token}/{token}/"), "404"),
    "token in the query": (path("/?token={token}"), "404"),
    "a query": (path("/{token}/?x=1"), "404"),
    # Out of the table, in every spelling.
    "up": (path("/{token}/../../../../etc/passwd"), "404"),
    "up, encoded": (path("/{token}/%2e%2e/%2e%2e/etc/passwd"), "404"),
    "up, encoded slashes": (path("/{token}/..%2f..%2fetc%2fpasswd"), "404"),
    "up, encoded twice": (path("/{token}/%252e%252e%252fetc%252fpasswd"), "404"),
    "up, overlong": (path("/{token}/%c0%ae%c0%ae/etc/passwd"), "404"),
    "up, Windows": (path("/{token}/..\\..\\windows\\win.ini"), "404"),
    "up, Windows encoded": (path("/{token}/..%5c..%5cwindows%5cwin.ini"), "404"),
    "up, then down": (path("/{token}/x/../"), "404"),
    "the same in other words": (path("/{token}/./preview.js"), "404"),
    "an encoded name": (path("/{token}/preview%2ejs"), "404"),
    "a slash too many": (path("//{token}/"), "404"),
    "a file of the system": (path("/{token}//etc/passwd"), "404"),
    "a drive": (path("/{token}/C:/Windows/win.ini"), "404"),
    "the year's file": (path("/{token}/data/2018-19.yaml"), "404"),
    "a null byte": (path("/{token}/preview.js%00.html"), "404"),
    "a whole address": (path("http://127.0.0.1:{port}/{token}/"), "404"),
    "another's whole address": (path("http://example.org/{token}/"), "404"),
    # Long, malformed, or with more than a request may carry.
    "a long path": (path("/{token}/" + "a" * 5000), "404"),
    "a path without end": (path("/{token}/" + "a" * 100_000), "400|404"),
    "a header without end": (
        request("GET /{token}/ HTTP/1.1", OWN, "X-Long: " + "a" * 100_000),
        "400|431",
    ),
    "headers without number": (
        request("GET /{token}/ HTTP/1.1", OWN, *(f"X-{n}: 1" for n in range(3000))),
        "400|431",
    ),
    "no HTTP": ("hello\r\n\r\n", "400"),
    "no words": ("\r\n\r\n\r\n\0\0\0\r\n\r\n", "400"),
    "TLS": ("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", "400"),
    "a line break in a header": (
        request("GET /{token}/ HTTP/1.1", OWN, "X: a\rSet-Cookie: b"),
        "400",
    ),
    "a body": (request("GET /{token}/ HTTP/1.1", OWN, "Content-Length: 5", body="hello"), "413"),
    "a body to come": (
        request("GET /{token}/ HTTP/1.1", OWN, "Content-Length: 999999999"),
        "413",
    ),
    "a body in pieces": (
        request("GET /{token}/ HTTP/1.1", OWN, "Transfer-Encoding: chunked", body="0\r\n\r\n"),
        "413",
    ),
    "two lengths": (
        request("GET /{token}/ HTTP/1.1", OWN, "Content-Length: 0", "Content-Length: 5"),
        "400",
    ),
    "HTTP/2 at once": ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "400|421"),
}


def ask(preview: Running, raw: str) -> bytes:
    """All that comes back for these bytes."""
    token = preview.token
    names = {"port": str(preview.port), "token": token, "short": token[:-1], "upper": token.upper()}
    for name, value in names.items():
        raw = raw.replace(f"{{{name}}}", value)
    with socket.create_connection(("127.0.0.1", preview.port), timeout=PATIENT) as client:
        with suppress(OSError):  # it has heard enough
            client.sendall(raw.encode("latin-1"))
        return b"".join(received(client))


def received(client: socket.socket) -> Iterator[bytes]:
    try:
        while data := client.recv(65536):
            yield data
    except ConnectionResetError:
        return


def serves(preview: Running) -> bool:
    status, _, body = preview.get()
    return status == 200 and b"<title>Preview</title>" in body


@pytest.mark.parametrize(("raw", "status"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_request_is_refused(preview: Running, raw: str, status: str) -> None:
    answer = ask(preview, raw)
    assert re.match(rf"HTTP/1\.1 (?:{status}) ", answer.decode("latin-1")), answer[:200]
    assert not any(secret in answer for secret in SECRETS)
    assert b"access-control-" not in answer.lower()
    assert serves(preview)


def test_there_are_enough_of_them() -> None:
    assert len(HOSTILE) >= 60


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST"])
def test_its_own_names_are_answered(preview: Running, name: str) -> None:
    answer = ask(preview, request(host=f"{name}:{{port}}"))
    assert answer.startswith(b"HTTP/1.1 200")


def test_head_is_answered_without_a_body(preview: Running) -> None:
    whole = ask(preview, request())
    head = ask(preview, request("HEAD /{token}/ HTTP/1.1"))
    assert head.startswith(b"HTTP/1.1 200")
    assert head.endswith(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head)
    assert length
    assert int(length[1]) == len(whole.partition(b"\r\n\r\n")[2])


ANSWERS: dict[str, Callable[[dict[str, dict[str, str]]], str]] = {
    "shell": lambda state: "",
    "script": lambda state: "preview.js",
    "style": lambda state: "preview.css",
    "page": lambda state: f"page-{state['page']}.html",
    "places": lambda state: f"places-{state['page']}.json",
    "difference": lambda state: f"last-commit-{state['page']}.json",
    "pdf": lambda state: state["pdf"]["name"],
}


@pytest.mark.parametrize("name_in", ANSWERS.values(), ids=ANSWERS)
def test_every_answer_has_its_headers(
    preview: Running, name_in: Callable[[dict[str, dict[str, str]]], str]
) -> None:
    state = preview.wait(lambda state: state["pdf"]["name"])
    status, headers, body = preview.get(name_in(state))
    assert (status, bool(body)) == (200, True)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "frame-ancestors" in policy
    assert "unsafe-eval" not in policy
    assert not any(name.startswith("access-control") for name in headers)
    assert "server" not in headers


def test_the_shell_allows_its_two_files_and_nothing_inline(preview: Running) -> None:
    _, headers, body = preview.get()
    policy = dict(
        part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";")
    )
    assert policy["script-src"] == f"{preview.address}preview.js"
    assert policy["style-src"] == f"{preview.address}preview.css"
    assert policy["frame-ancestors"] == "'none'"
    assert not re.search(
        r"\son[a-z]+=|\sstyle=|<style|<script(?! type=\"module\" src=)", body.decode()
    )


def test_two_hundred_slow_connections_do_not_stop_it(preview: Running) -> None:
    halves = {
        "nothing": b"",
        "a letter": b"G",
        "half a request": f"GET /{preview.token}/ HTTP/1.1\r\nHost: 127".encode(),
        "a body to come": b"POST / HTTP/1.1\r\nContent-Length: 9\r\n",
    }
    with ExitStack() as stack:
        slow = [
            stack.enter_context(socket.create_connection(("127.0.0.1", preview.port), PATIENT))
            for _ in range(200)
        ]
        for number, client in enumerate(slow):
            try:
                client.sendall(list(halves.values())[number % len(halves)])
            except OSError:
                continue  # it was closed already, as it should be
        assert serves(preview)
        assert preview.html()
        # Each of them comes to its end: the oldest at once, the others when their time is up.
        for client in slow:
            assert b"".join(received(client)).startswith((b"", b"HTTP/1.1 4"))
    assert serves(preview)


def test_a_listener_too_many_is_refused_and_the_page_still_served(preview: Running) -> None:
    with ExitStack() as stack:
        for _ in range(24):
            stack.enter_context(preview.states())
        status, _, _ = preview.get("events")
        assert status == 503
        assert serves(preview)


def test_a_port_in_use_takes_the_next(tmp_path: Path, preview: Running) -> None:
    with running(make_workspace(tmp_path / "desk"), "--port", str(preview.port)) as second:
        assert second.port > preview.port
        assert second.token != preview.token
        assert serves(second)
        second.process.send_signal(signal.SIGINT)
        _, said = second.process.communicate(timeout=10)
    assert f"port {preview.port} is in use, so this is port {second.port}" in said


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is no signal that can be sent there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_it_with_one_line(tmp_path: Path, number: signal.Signals) -> None:
    with running(make_workspace(tmp_path / "desk")) as found, found.states() as states:
        next(states)
        children = subprocess.run(
            ["ps", "--ppid", str(found.process.pid), "-o", "pid="],
            capture_output=True,
            text=True,
            check=False,
        ).stdout.split()
        found.process.send_signal(number)
        out, said = found.process.communicate(timeout=10)
        assert (found.process.returncode, out) == (0, "")
        assert said.splitlines()[-1] == "preview ended"
        assert "Traceback" not in said
    for child in children:
        assert not Path(f"/proc/{child}").exists()


def test_no_other_address_of_the_machine_is_served(preview: Running) -> None:
    with pytest.raises(OSError, match=r"refused|unreachable|timed out|assign"):
        http.client.HTTPConnection("127.0.0.2", preview.port, timeout=2).request("GET", "/")
