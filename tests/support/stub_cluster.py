"""A server on loopback that answers as a cluster does in trouble, which bare nodes cannot be brought to."""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from searchlib.analysis import Analyzer
from searchlib.opensearch.mapping import META, describe

ABOUT = {"cluster_name": "stub", "version": {"distribution": "opensearch", "number": "3.4.0"}}

Answers = Callable[[str, str, bytes], tuple[int, Any]]
"""Returns the status and the JSON for a method, a path and a body."""


def failure(status: int, kind: str, reason: str) -> tuple[int, Any]:
    """Return the answer of a cluster that refuses."""
    cause = {"type": kind, "reason": reason}
    return status, {"error": {**cause, "root_cause": [cause]}, "status": status}


def about_index(**changes: Any) -> dict[str, Any]:
    """Return the mapping of an index of ours, as a cluster gives it."""
    said = {**describe("1", Analyzer().fingerprint, {}, {}), **changes}
    return {"articles-1": {"mappings": {"_meta": {META: said}}}}


def of_an_index(others: Answers) -> Answers:
    """Return the answers of a cluster with an index; *others* has those besides."""

    def answers(method: str, path: str, body: bytes) -> tuple[int, Any]:
        if path == "/":
            return 200, ABOUT
        if path.endswith("/_mapping"):
            return 200, about_index()
        if path.endswith("/_alias"):
            return 200, {"articles-1": {"aliases": {"articles": {}, "articles.1": {}}}}
        if path.endswith("/_refresh"):
            return 200, {}
        return others(method, path, body)

    return answers


def counting(total: int) -> dict[str, Any]:
    """Return the answer of a search that counts."""
    return {"timed_out": False, "hits": {"total": {"value": total}, "hits": []}}


class Stub:
    """A running server, and what it was asked: headers with small letters."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.port = server.server_address[1]
        self.asked: list[tuple[str, str]] = []
        self.headers: list[dict[str, str]] = []

    @property
    def address(self) -> str:
        """Its host and port."""
        return f"localhost:{self.port}"


@contextmanager
def stub(answers: Answers, *, delay_s: float = 0, certificate: Path | None = None) -> Iterator[Stub]:
    """Serve until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            running.asked.append((self.command, self.path))
            running.headers.append({name.lower(): value for name, value in self.headers.items()})
            time.sleep(delay_s)
            status, told = answers(self.command, self.path.partition("?")[0], body)
            data = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _answer  # noqa: N815 (the names of the library)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("localhost", 0), Handler)
    server.daemon_threads = True
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    running = Stub(server)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
