"""What holds for every request: the Host it may name, its method, the headers of its answer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from searchlib import answers

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
MAX_TARGET_BYTES = 16_384
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^:/?#@\s]+)(?::[0-9]{1,5})?")

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def problem(status: int, kind: str, message: str, **headers: str) -> Response:
    """Return an error for a program."""
    content = answers.json_object({"error": message, "type": kind})
    return Response(content + "\n", status, headers, "application/json")


class Guard:
    """
    Lets requests through that name this host and only read, and puts the headers on every answer.

    A page of another site can reach a server on this machine under a name that it makes point here (DNS
    rebinding): its requests name that other host.
    """

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str], origins: Iterable[str]) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)
        self._origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or let the application answer it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refused = self._refuse(scope, headers)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._complete(MutableHeaders(scope=message), scope, headers)
            await send(message)

        await (refused or self._app)(scope, receive, send_with_headers)

    def _refuse(self, scope: Scope, headers: Headers) -> Response | None:
        host = _HOST.fullmatch(headers.get("host", ""))
        if host is None or ("*" not in self._hosts and host[1].lower() not in self._hosts):
            message = "this host is not served; start it with: search serve --allow-host NAME"
            return problem(400, "HostNotAllowed", message)
        if scope["method"] not in {"GET", "HEAD"}:
            return problem(405, "MethodNotAllowed", "only GET and HEAD are answered", Allow="GET, HEAD")
        if len(scope.get("query_string", b"")) > MAX_TARGET_BYTES:
            return problem(414, "AddressTooLong", f"an address has at most {MAX_TARGET_BYTES:,} bytes")
        return None

    def _complete(self, answer: MutableHeaders, scope: Scope, asked: Headers) -> None:
        for name, value in HEADERS.items():
            answer.setdefault(name, value)
        is_shared = "*" in self._origins or asked.get("origin") in self._origins
        path: Any = scope["path"]
        if self._origins and "/api/" in path:
            answer.add_vary_header("Origin")
            if is_shared and "origin" in asked:
                answer["Access-Control-Allow-Origin"] = "*" if "*" in self._origins else asked["origin"]
                answer["Cross-Origin-Resource-Policy"] = "cross-origin"
                answer["Access-Control-Expose-Headers"] = "ETag, Server-Timing, Retry-After"
        answer.setdefault("Cross-Origin-Resource-Policy", "same-origin")
