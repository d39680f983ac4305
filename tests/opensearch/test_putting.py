"""Articles are put in by several processes, whatever is sent twice or comes late."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from cluster import client_of
from stub_cluster import counting, of_an_index, stub

import searchlib
from searchlib import BackendError, ConfigError, Index
from searchlib.opensearch import client as client_module
from searchlib.opensearch import moving
from searchlib.opensearch.bulk import CONFLICT, Action, document_id, send
from searchlib.workers import crew, helpers

OpenHere = Callable[..., Index]
RECORDS = [{"id": str(number), "headline": f"党建 {number}", "body": "引领" * 9} for number in range(60)]


class Kept:
    """The documents of an index on a cluster, and what it was sent; versions are as a cluster has them."""

    def __init__(self) -> None:
        self.documents: dict[str, tuple[int, dict[str, Any]]] = {}
        self.sent: list[list[dict[str, Any]]] = []
        self.loses_answer = False
        self.refuses = False

    def answer(self, _: str, path: str, body: bytes) -> tuple[int, Any]:
        """Answer what is asked of an index."""
        if path.endswith("/_mget"):
            return 200, {"docs": [self._found(name) for name in json.loads(body)["ids"]]}
        if not path.endswith("/_bulk"):
            return 200, counting(len(self.documents))
        if self.refuses:
            item = {"index": {"status": 400, "error": {"type": "mapper_parsing_exception", "reason": "no"}}}
            return 200, {"errors": True, "items": [item] * (body.count(b"\n") // 2)}
        lines = [json.loads(line) for line in body.splitlines()]
        self.sent.append([action["index"] for action in lines[::2]])
        taken = [
            self._put(one["index"], document) for one, document in zip(lines[::2], lines[1::2], strict=True)
        ]
        if self.loses_answer:
            self.loses_answer = False
            return 503, {}
        return 200, {"errors": any("error" in one["index"] for one in taken), "items": taken}

    def _put(self, action: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
        name = action["_id"]
        there, _ = self.documents.get(name, (0, {}))
        version = action.get("version", there + 1)
        if version < there:
            error = {"type": "version_conflict_engine_exception", "reason": "there is a later one"}
            return {"index": {"_id": name, "status": CONFLICT, "error": error}}
        self.documents[name] = version, document
        return {"index": {"_id": name, "status": 200 if there else 201}}

    def _found(self, name: str) -> dict[str, Any]:
        if name not in self.documents:
            return {"_id": name, "found": False}
        version, document = self.documents[name]
        return {"_id": name, "found": True, "_version": version, "_source": document}


@contextmanager
def opened(kept: Kept) -> Iterator[Index]:
    """Return an index on such a cluster."""
    with (
        stub(of_an_index(kept.answer)) as running,
        closing(searchlib.open(f"opensearch://{running.address}/articles")) as index,
    ):
        yield index


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait no longer between tries than a test has time for; have small batches."""
    monkeypatch.setattr(client_module, "PAUSE_S", 0.001)
    monkeypatch.setattr(moving, "_BATCH_ARTICLES", 5)
    for name in ("USER", "PASSWORD", "PASSWORD_FILE", "KEY", "CA"):
        monkeypatch.delenv(f"SEARCHLIB_OPENSEARCH_{name}", raising=False)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """Have two other processes do all the work, and collect them."""
    found: list[subprocess.Popen[bytes]] = []

    class Collected(subprocess.Popen):  # type: ignore[type-arg]
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            found.append(self)

    monkeypatch.setattr(subprocess, "Popen", Collected)
    monkeypatch.setattr(helpers.Board, "take_back", lambda _: None)
    monkeypatch.setenv(crew.VARIABLE, "3")
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="one process there")
def test_several_processes_write_what_one_writes(
    started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same documents in the same order, the same counts, and no process is left; an error is told."""
    several, one = Kept(), Kept()
    with opened(several) as index:
        assert index.add(RECORDS).added == len(RECORDS)
        assert len(started) == 2
        assert None not in [process.poll() for process in started]
        several.refuses = True
        with pytest.raises(BackendError, match=r"refuses article '\d+': mapper_parsing_exception, no"):
            index.add([*RECORDS[:30], *({**record, "body": "机场"} for record in RECORDS[30:])])
    monkeypatch.undo()
    monkeypatch.setenv(crew.VARIABLE, "1")
    with opened(one) as index:
        index.add(RECORDS)

    def in_order(kept: Kept) -> list[dict[str, Any]]:
        documents = sorted(
            (document for _, document in kept.documents.values()), key=lambda one: one["order"]
        )
        return [{name: value for name, value in one.items() if name != "order"} for one in documents]

    assert in_order(several) == in_order(one)
    assert all(version == document["order"] for version, document in several.documents.values())


@pytest.mark.skipif(sys.platform == "win32", reason="one process there")
def test_a_process_that_dies_is_an_error(
    started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was written stays, and the same call again writes the rest."""
    done = helpers.Board.finish

    def kill_after(board: Any, job: Any, part: Any) -> None:
        for process in started:
            process.kill()
        done(board, job, part)

    kept = Kept()
    with opened(kept) as index:
        with monkeypatch.context() as patched:
            patched.setattr(helpers.Board, "finish", kill_after)
            with pytest.raises(BackendError, match=r"helped to write has died: send the articles again"):
                index.add(RECORDS)
        assert 0 < len(kept.documents) < len(RECORDS)
        report = index.add(RECORDS)
    assert report.added + report.unchanged == len(kept.documents) == len(RECORDS)


def test_a_batch_whose_answer_is_lost_is_counted_once() -> None:
    """It is sent and written again: only an answer to a write says that all copies have it."""
    kept = Kept()
    kept.loses_answer = True
    with opened(kept) as index:
        report = index.add(RECORDS[:5])
        assert (report.added, report.updated) == (5, 0)
        assert [len(batch) for batch in kept.sent] == [5, 5]
        assert kept.sent[0] == kept.sent[1]
        assert index.add(RECORDS[:5]).unchanged == 5


def test_a_clock_that_is_behind_loses_nothing() -> None:
    """A version is above the one that is there; where there is none and the cluster objects, none is said."""
    kept = Kept()
    with opened(kept) as index:
        index.add(RECORDS[:3])
        ahead = 2**62
        kept.documents = {name: (ahead, document) for name, (_, document) in kept.documents.items()}
        assert index.add([{"id": "1", "headline": "农业"}]).updated == 1
        assert kept.documents["=1"][0] == ahead + 1
        deleted = {"_id": "=7", "status": CONFLICT, "error": {"type": "version_conflict_engine_exception"}}
        put = kept._put

        def with_a_trace(action: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
            return {"index": deleted} if "version" in action else put(action, document)

        kept._put = with_a_trace  # type: ignore[method-assign]
        assert index.add([{"id": "7", "headline": "农业"}]).added == 1
        assert "version" not in kept.sent[-1][0]
        assert "=7" in kept.documents


def test_a_process_that_cannot_reach_the_cluster_says_so(
    started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As this one would: the error comes back as it is."""
    kept = Kept()
    with stub(of_an_index(kept.answer)) as running:
        index = searchlib.open(f"opensearch://{running.address}/articles")
        assert len(index) == 0
        monkeypatch.setenv("SEARCHLIB_OPENSEARCH_USER", "anna")  # of which a new connection takes note
        with pytest.raises(ConfigError, match="a user has a name and a password"):
            index.add(RECORDS)
        assert len(started) == 2
        index.close()


def test_what_comes_late_changes_nothing(open_here: OpenHere) -> None:
    """A batch that a node takes in when its articles have changed already."""
    index = open_here()
    index.add([{"id": "1", "headline": "党建"}])
    client, name = client_of(index), client_of(index).address.index
    found = client.ask("GET", f"/{name}/_doc/{document_id('1')}")
    index.add([{"id": "1", "headline": "农业"}])
    late = Action("1", found["_source"], version=int(found["_version"]))
    assert send(client, name, [late], is_alias=True) == [CONFLICT]
    assert index.search("农业").total == 1
    assert index.search("党建").total == 0
    index.delete(["1"])
    assert index.add([{"id": "1", "headline": "党建"}]).added == 1
    assert index.search("党建").total == 1


def test_an_index_that_is_replaced_while_it_is_written_to(open_here: OpenHere) -> None:
    """The writer is told, and nothing makes an index of the old one's name."""
    index = open_here()
    index.add(RECORDS[:10])
    name = client_of(index).address.index
    other = open_here(name)

    def articles() -> Iterator[tuple[str, bytes]]:
        yield "a", b'{"id": "a", "headline": "a"}'
        other.convert(fields={"tags": 1.0})
        yield "b", b'{"id": "b", "headline": "b"}'

    with pytest.raises(BackendError, match=r"was replaced by another index.*send the articles again"):
        index._backend.add(articles())  # type: ignore[arg-type]
    assert list(client_of(index).ask("GET", f"/{name}-*,{name}.*/_mapping")) == [f"{name}-2"]
    assert len(index) == 10
    assert index.add([{"id": "a", "headline": "a"}]).added == 1
