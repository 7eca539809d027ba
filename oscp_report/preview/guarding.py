"""Who may ask the preview, and for what: this machine's own browser, by the address that was told.

The rules are those that local servers learned the hard way: an exact Host (else a page elsewhere
reaches this server by a name of its own, DNS rebinding), no foreign Origin, nothing but GET and
HEAD, a token that nobody can guess, and no path that is looked up anywhere but in a table.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

from oscp_report.preview.shelf import DRAWN, FILE, REPORT, SHELL

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOPBACK = "127.0.0.1"
METHODS = ("GET", "HEAD")
LARGEST_HEAD = 8192
"""Bytes of a request's headers; a browser sends about 800."""
LONGEST_PATH = 200
"""Bytes; the longest path that the preview has takes less than half of it."""

_HEADERS = {
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",  # the token is part of the address
    "x-content-type-options": "nosniff",
}
_POLICIES = {
    # The shell's own two files by their whole addresses; the report and the PDF in frames.
    SHELL: (
        "default-src 'none'; script-src {base}preview.js; style-src {base}preview.css; "
        "connect-src {base}; frame-src {base}; img-src data:; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    ),
    # Beside the policy of its own, which knows its style sheets.
    REPORT: (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    ),
    # The browser's own viewer needs its style.
    DRAWN: (
        "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    ),
    FILE: "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not answered: a status of HTTP, and what it says."""

    status: int
    says: str


def new_token() -> str:
    """What nobody can guess: 32 bytes, written with letters, digits, ``-`` and ``_``."""
    return secrets.token_urlsafe(32)


def hosts_of(port: int) -> frozenset[str]:
    """The names that this server goes by, as a browser's ``Host`` writes them."""
    return frozenset(f"{name}:{port}" for name in (LOOPBACK, "localhost"))


def refusal(
    method: str, headers: Iterable[tuple[bytes, bytes]], query: bytes, hosts: frozenset[str]
) -> Refusal | None:
    """Why a request is refused; None where it is not, as far as its head tells."""
    sent: dict[str, list[str]] = {}
    headers = list(headers)
    if sum(len(name) + len(value) for name, value in headers) > LARGEST_HEAD:
        return Refusal(431, "the headers are too long")
    for name, value in headers:
        sent.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    host = sent.get("host", [])
    if len(host) != 1 or host[0].lower() not in hosts:
        return Refusal(421, "this address is not the preview's")
    origins = {f"http://{name}" for name in hosts}
    if any(origin.lower() not in origins for origin in sent.get("origin", [])):
        return Refusal(403, "another site may not ask")
    # Browsers say from where they ask: from this page, or from the address bar.
    if any(site not in ("same-origin", "none") for site in sent.get("sec-fetch-site", [])):
        return Refusal(403, "another site may not ask")
    if method not in METHODS:
        return Refusal(405, "only GET and HEAD")
    if "transfer-encoding" in sent or sent.get("content-length", ["0"]) != ["0"]:
        return Refusal(413, "a request may carry nothing")
    return Refusal(404, "there is no such page") if query else None


def name_of(raw_path: bytes, token: str) -> str | None:
    """What a path asks for; None where it lacks the token. Nothing in it is decoded."""
    if len(raw_path) > LONGEST_PATH:
        return None
    root, given, name = [*raw_path.split(b"/", 2), b"", b""][:3]
    if root or not secrets.compare_digest(given, token.encode()) or raw_path.count(b"/") < 2:
        return None
    return name.decode("latin-1")


def headers_of(policy: str, host: str, token: str) -> Mapping[str, str]:
    """The headers of an answer with this policy; ``host`` was found to be this server's own."""
    base = f"http://{host}/{token}/"
    return {**_HEADERS, "content-security-policy": _POLICIES[policy].format(base=base)}


class Guard:
    """Stands before the application, and lets nothing through that is refused."""

    def __init__(self, app: App, hosts: frozenset[str], token: str) -> None:
        self._app = app
        self._hosts = hosts
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        found = refusal(scope["method"], scope["headers"], scope["query_string"], self._hosts)
        if found is None and name_of(scope["raw_path"], self._token) is None:
            found = Refusal(404, "there is no such page")
        if found is not None:
            await _refuse(found, is_head=scope["method"] == "HEAD", send=send)
        else:
            await self._app(scope, receive, send)


async def _refuse(found: Refusal, *, is_head: bool, send: Send) -> None:
    body = f"{found.says}\n".encode()
    policy = {"content-security-policy": _POLICIES[FILE]}
    headers = {
        **_HEADERS,
        **policy,
        "content-type": "text/plain; charset=utf-8",
        "content-length": str(len(body)),
        "connection": "close",
    }
    if found.status == 405:
        headers["allow"] = ", ".join(METHODS)
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": found.status, "headers": raw})
    await send({"type": "http.response.body", "body": b"" if is_head else body})
