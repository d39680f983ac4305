"""Slow questions, and clients that leave: others are answered. One index served while it is synced."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

import searchlib

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

uvicorn = pytest.importorskip("uvicorn", reason="the extra web is not installed")

MAX_S = 30
"""After so many seconds a search is ended here; the slow ones take as long on a busy machine."""

SLOW = [
    "/kwic?by=right&more=1&q=" + quote("中"),
    "/kwic.csv?q=" + quote("中"),
    "/export.csv?q=" + quote("中"),
]
SLOW += ["/?q=" + quote('"，中"'), "/kwic?by=left&more=1&q=" + quote('"，中"')]


@pytest.fixture(scope="module")
def slow_index(tmp_path_factory: pytest.TempPathFactory) -> searchlib.Index:
    """An index in which a frequent character takes seconds: four thousand long articles."""
    index = searchlib.open(tmp_path_factory.mktemp("slow") / "slow.idx")
    body = "在城市的，中心与郊区之间，河流穿过平原。中间有山。" * 60
    index.add({"id": n, "headline": f"第{n}号", "body": f"{body}查干湖{n}。"} for n in range(2500))
    return index


class Served:
    """A server in a thread of this process."""

    def __init__(self, app: Any) -> None:
        config = uvicorn.Config(app, port=0, log_level="critical", lifespan="off")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    def __enter__(self) -> Served:
        self._thread.start()
        ends = time.monotonic() + 20
        while not self._server.started and time.monotonic() < ends:
            time.sleep(0.01)
        (socket,) = self._server.servers[0].sockets
        self.port = socket.getsockname()[1]
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(20)

    def ask(self, path: str, timeout: float = 30) -> tuple[int, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()


@pytest.fixture
def served(slow_index: searchlib.Index) -> Iterator[Served]:
    """The slow index, served."""
    from searchlib.web import app  # noqa: PLC0415 (an extra)

    before = sys.getswitchinterval()
    sys.setswitchinterval(0.001)  # as `search serve` does
    with Served(app(slow_index, max_seconds=MAX_S)) as server:
        server.ask("/api/search?q=" + quote("查干湖7"))
        yield server
    sys.setswitchinterval(before)


def test_a_plain_question_is_answered_beside_slow_ones_whose_clients_leave(served: Served) -> None:
    """Eight ask the slowest and leave; a ninth is answered long before they end; then nothing goes on."""
    gone = [HTTPConnection("127.0.0.1", served.port, timeout=30) for _ in range(8)]
    for number, connection in enumerate(gone):
        connection.request("GET", SLOW[number % len(SLOW)])
    time.sleep(0.3)
    for connection in gone:
        connection.close()
    start = time.monotonic()
    status, _ = served.ask("/api/search?q=" + quote("查干湖7"))
    took = time.monotonic() - start
    assert status == 200
    assert took < MAX_S / 2, f"{took:.2f} s: does a place stay taken when its client has gone?"
    ends = time.monotonic() + MAX_S / 2
    while time.monotonic() < ends and working() > 0.2:
        pass
    assert time.monotonic() < ends, "searches of clients that have gone go on"


def working() -> float:
    """Return the share of a core that this process uses for a tenth of a second."""
    before = time.process_time()
    time.sleep(0.1)
    return (time.process_time() - before) / 0.1


def test_a_search_that_takes_too_long_is_ended(slow_index: searchlib.Index) -> None:
    """With 503 and when to ask again; a program is told the type."""
    from searchlib.web import app  # noqa: PLC0415 (an extra)

    with Served(app(slow_index, max_seconds=0.1)) as server:
        status, content = server.ask("/api/kwic?sort=right&q=" + quote("中"))
        assert (status, json.loads(content)["type"]) == (503, "SearchTimeoutError")
        status, page = server.ask("/kwic?by=right&lang=en&q=" + quote("中"))
        assert status == 503
        assert "It takes too long" in page.decode()
        path = "/api/why-not?id=7&q=" + quote("中 NEAR/1000 中 NEAR/1000 间")
        status, content = server.ask(path)
        assert (status, json.loads(content)["type"]) == (503, "SearchTimeoutError")


def test_who_finds_no_place_is_told_when_to_come_again(slow_index: searchlib.Index) -> None:
    """One place, taken by a slow question: the next waits a little, then gets 503."""
    from searchlib.web import app  # noqa: PLC0415 (an extra)

    with Served(app(slow_index, places=1, max_seconds=1.0)) as server:
        server.ask("/healthz")
        slow = HTTPConnection("127.0.0.1", server.port, timeout=30)
        others = [HTTPConnection("127.0.0.1", server.port, timeout=30) for _ in range(4)]
        for connection in (slow, *others):
            connection.request("GET", SLOW[0])
            time.sleep(0.05)
        answers = [connection.getresponse() for connection in (slow, *others)]
        told = [(answer.status, answer.getheader("Retry-After")) for answer in answers]
        for connection, answer in zip((slow, *others), answers, strict=True):
            answer.read()
            connection.close()
        assert (503, "2") in told
        assert {status for status, _ in told} <= {200, 503}
        assert server.ask("/healthz")[0] == 200


def test_an_index_is_served_while_it_is_synced(tmp_path: Path) -> None:
    """A reader sees what another process adds within seconds, and never an error."""
    from searchlib.web import app  # noqa: PLC0415 (an extra)

    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "0.txt").write_text("查干湖冬捕\n第0号", "utf-8")
    command = [sys.executable, "-m", "searchlib", "index", "-i", str(tmp_path / "a.idx"), str(pages)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    with searchlib.open(tmp_path / "a.idx", read_only=True) as index, Served(app(index)) as server:
        for number in range(1, 3):
            (pages / f"{number}.txt").write_text(f"查干湖冬捕\n第{number}号", "utf-8")
            writer = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            ends = time.monotonic() + 20
            total = 0
            while total <= number and time.monotonic() < ends:
                status, content = server.ask("/api/search?q=" + quote("查干湖"))
                assert status == 200, content
                total = json.loads(content)["total"]
                time.sleep(0.05)
            assert writer.wait(20) == 0
            assert total == number + 1
