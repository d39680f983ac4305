"""What can be wrong with a cluster is said in one line that names it and the cure, and no secret."""

from __future__ import annotations

import json
import logging
import shutil
import socket
import subprocess
import threading
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from cluster import free_port
from stub_cluster import ABOUT, about_index, counting, failure, of_an_index, stub

import searchlib
from searchlib import Article, BackendError, BackendUnavailableError, ConfigError, StoreFormatError
from searchlib.opensearch import client as client_module

PASSWORD = "geheim-7f3a"  # noqa: S105 (of no user)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait no longer between tries than a test has time for, and know no user."""
    monkeypatch.setattr(client_module, "PAUSE_S", 0.001)
    monkeypatch.setattr(client_module, "MAX_PAUSE_S", 0.001)
    for name in ("USER", "PASSWORD", "PASSWORD_FILE", "KEY", "CA"):
        monkeypatch.delenv(f"SEARCHLIB_OPENSEARCH_{name}", raising=False)


def message_of(url: str, kind: type[Exception] = BackendError) -> str:
    """Return what a first search says, one line."""
    with closing(searchlib.open(url)) as index, pytest.raises(kind) as caught:
        index.search("党建")
    said = str(caught.value)
    assert "\n" not in said
    assert PASSWORD not in said + repr(caught.value) + repr(caught.value.__dict__)
    return said


def test_no_route() -> None:
    """Nobody listens there; all addresses are named."""
    port = free_port()
    said = message_of(f"opensearch://127.0.0.1:{port},127.0.0.1:{port + 1}/articles", BackendUnavailableError)
    assert said == (
        f"opensearch: opensearch://127.0.0.1:{port},127.0.0.1:{port + 1}/articles cannot be reached: "
        "see whether a node runs at one of these addresses"
    )


def test_the_next_address_is_asked() -> None:
    """One of two nodes is down: nobody notices."""
    with stub(of_an_index(lambda *_: (200, counting(7)))) as running:
        url = f"opensearch://127.0.0.1:{free_port()},{running.address}/articles"
        with closing(searchlib.open(url)) as index:
            assert len(index) == 7


@pytest.mark.parametrize("is_given", [True, False])
def test_wrong_password(
    is_given: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It is in no message and no log, wherever it came from."""
    if is_given:
        file = tmp_path / "password"
        file.write_text(PASSWORD + "\n")
        monkeypatch.setenv("SEARCHLIB_OPENSEARCH_USER", "anna")
        monkeypatch.setenv("SEARCHLIB_OPENSEARCH_PASSWORD_FILE", str(file))
    with (
        caplog.at_level(logging.DEBUG),
        stub(lambda *_: failure(401, "security_exception", "Unauthorized")) as running,
    ):
        said = message_of(f"opensearch://{running.address}/articles")
        authorized = [headers.get("authorization", "") for headers in running.headers]
    what = "refuses this user and password, or this key" if is_given else "asks who you are"
    cure = "set SEARCHLIB_OPENSEARCH_USER and SEARCHLIB_OPENSEARCH_PASSWORD, or SEARCHLIB_OPENSEARCH_KEY"
    assert said == f"opensearch: opensearch://{running.address}/articles {what}: {cure}"
    assert all(sent.startswith("Basic ") == is_given for sent in authorized)
    assert len(authorized) == 1, "a password is not tried again"
    assert PASSWORD not in caplog.text
    assert all(sent not in caplog.text for sent in authorized if sent)


def test_a_key_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key goes as a bearer's."""
    monkeypatch.setenv("SEARCHLIB_OPENSEARCH_KEY", PASSWORD)
    with stub(of_an_index(lambda *_: (200, counting(3)))) as running:
        with closing(searchlib.open(f"opensearch://{running.address}/articles")) as index:
            assert len(index) == 3
        assert {headers.get("authorization") for headers in running.headers} == {f"Bearer {PASSWORD}"}


def test_no_password_goes_over_the_net_in_the_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only to this machine itself."""
    monkeypatch.setenv("SEARCHLIB_OPENSEARCH_USER", "anna")
    monkeypatch.setenv("SEARCHLIB_OPENSEARCH_PASSWORD", PASSWORD)
    said = message_of("opensearch://search.example.org/articles", ConfigError)
    assert said.endswith("opensearchs://, so that the password or key is not readable on the way")


def test_a_forbidden_request() -> None:
    """The cluster's reason is passed on, shortened."""
    answers = of_an_index(lambda *_: failure(403, "security_exception", "no permissions for [search]" * 50))
    with stub(answers) as running:
        said = message_of(f"opensearch://{running.address}/articles")
    assert f"this user may not do that at opensearch://{running.address}/articles: no permissions" in said
    assert len(said) < 400


@pytest.mark.parametrize(
    ("about", "said"),
    [
        (
            {"version": {"distribution": "opensearch", "number": "2.19.1"}},
            "runs version 2.19.1; upgrade the cluster to 3.2 or newer",
        ),
        ({"version": {"number": "8.11.0"}}, "is not an OpenSearch cluster of version 3.2 or newer"),
        ({"hello": "world"}, "is not an OpenSearch cluster of version 3.2 or newer"),
    ],
)
def test_another_version(about: dict[str, Any], said: str) -> None:
    """Too old, or another program."""
    with stub(lambda *_: (200, about)) as running:
        assert message_of(f"opensearch://{running.address}/articles").endswith(said)


def test_a_slow_node(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search with a timeout ends then; one without when the node had its time."""
    with stub(of_an_index(lambda *_: (200, counting(1)))) as running:
        index = searchlib.open(f"opensearch://{running.address}/articles")
        assert len(index) == 1
    with stub(of_an_index(lambda *_: (200, counting(1))), delay_s=0.6) as running:
        monkeypatch.setattr(client_module, "TIMEOUT_S", 0.2)
        monkeypatch.setattr(client_module, "TRIES", 2)
        said = message_of(f"opensearch://{running.address}/articles", BackendUnavailableError)
        assert said.endswith("does not answer in time: is the cluster overloaded?")


def test_a_search_ends_at_its_timeout() -> None:
    """However slow the node is."""
    slow = False

    def answers(method: str, path: str, body: bytes) -> tuple[int, Any]:
        if slow:
            import time  # noqa: PLC0415

            time.sleep(0.5)
        return of_an_index(lambda *_: (200, counting(1)))(method, path, body)

    with stub(answers) as running, closing(searchlib.open(f"opensearch://{running.address}/a")) as index:
        assert len(index) == 1
        slow = True
        with pytest.raises(searchlib.SearchTimeoutError, match=r"not done after 0\.2 s"):
            index.search("党建", timeout=0.2)


def test_an_overloaded_cluster_is_asked_again() -> None:
    """Twice refused, then answered; refused all the time, an error."""
    refusals = 2

    def answers(*_: object) -> tuple[int, Any]:
        nonlocal refusals
        refusals -= 1
        busy = failure(429, "rejected_execution_exception", "queue is full")
        return busy if refusals >= 0 else (200, counting(9))

    with stub(of_an_index(answers)) as running:
        with closing(searchlib.open(f"opensearch://{running.address}/articles")) as index:
            assert len(index) == 9
        refusals = 10_000
        said = message_of(f"opensearch://{running.address}/articles", BackendUnavailableError)
    assert said.endswith("is overloaded or not ready (queue is full): try again later")


def test_a_write_waits_longer_for_a_lost_node_than_a_question() -> None:
    """As long as a busy cluster takes to elect another manager; a question of the same index does not."""
    failing = 0

    def answers(method: str, path: str, body: bytes) -> tuple[int, Any]:
        nonlocal failing
        failing -= 1
        if failing >= 0:
            return failure(503, "no_shard_available_action_exception", "all shards failed")
        if path.endswith("/_bulk"):
            return 200, {"errors": False, "items": [{"index": {"status": 201}}]}
        return of_an_index(lambda *_: (200, counting(0)))(method, path, body)

    with stub(answers) as running, closing(searchlib.open(f"opensearch://{running.address}/a")) as index:
        assert len(index) == 0
        failing = client_module.PATIENT_TRIES - 1
        with pytest.raises(BackendUnavailableError, match="all shards failed"):
            len(index)
        assert failing == client_module.PATIENT_TRIES - 1 - client_module.TRIES
        with index._backend._writing() as writer:  # type: ignore[attr-defined]
            failing = client_module.PATIENT_TRIES - 1
            writer.put([("1", b'{"id": "1", "headline": "dang"}')])
        assert writer.counts.added == 1


def test_what_was_written_is_shown_by_every_copy() -> None:
    """Where a shard fails to, a node being lost, it is asked again; in the end that is an error."""
    failing = 2

    def answers(method: str, path: str, body: bytes) -> tuple[int, Any]:
        nonlocal failing
        if path.endswith("/_refresh"):
            failing -= 1
            return 200, {"_shards": {"total": 4, "successful": 3, "failed": int(failing >= 0)}}
        if path.endswith("/_bulk"):
            return 200, {"errors": False, "items": [{"index": {"status": 201}}]}
        return of_an_index(lambda *_: (200, counting(0)))(method, path, body)

    with stub(answers) as running, closing(searchlib.open(f"opensearch://{running.address}/a")) as index:
        assert index.add([{"id": "1", "headline": "党建"}]).added == 1
        assert failing == -1
        failing = 10_000
        with pytest.raises(BackendUnavailableError, match="what was written is not findable yet"):
            index.add([{"id": "1", "headline": "党建"}])


def test_a_part_of_the_answer_is_none() -> None:
    """Shards that did not answer in time make an error, never a smaller answer."""
    answers = of_an_index(lambda *_: (200, {**counting(1), "timed_out": True}))
    with stub(answers) as running:
        said = message_of(f"opensearch://{running.address}/articles")
    assert said.endswith("did not search all of its shards in time")


BLOCK = "index [articles-1] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark]"


def test_articles_that_the_cluster_leaves_out_are_missed() -> None:
    """When all are read one after another, as for an export: an error, not a part."""

    def answers(_: str, path: str, __: bytes) -> tuple[int, Any]:
        if path.endswith("/point_in_time"):
            return 200, {"pit_id": "p"}
        return 200, counting(9)

    with (
        stub(of_an_index(answers)) as running,
        closing(searchlib.open(f"opensearch://{running.address}/articles")) as index,
        pytest.raises(BackendError, match="gave 0 of its 9 articles"),
    ):
        list(index)


@pytest.mark.parametrize("is_of_an_item", [True, False])
def test_a_full_disk(is_of_an_item: bool) -> None:
    """A cluster without room blocks writing, for a whole request or for each of its documents."""

    def answers(_: str, path: str, body: bytes) -> tuple[int, Any]:
        if not path.endswith("/_bulk"):
            return 200, counting(0)
        if not is_of_an_item:
            return failure(403, "cluster_block_exception", BLOCK)
        error = {"type": "cluster_block_exception", "reason": BLOCK}
        items = [{"index": {"status": 403, "error": error}} for _ in range(body.count(b'{"index":'))]
        return 200, {"errors": True, "items": items}

    with (
        stub(of_an_index(answers)) as running,
        closing(searchlib.open(f"opensearch://{running.address}/articles")) as index,
        pytest.raises(BackendError) as caught,
    ):
        index.add([Article(headline="党建", body="引领" * 10_000)])
    assert "is read-only now (index [articles-1] blocked by" in str(caught.value)
    assert str(caught.value).endswith("free disk space on its nodes, or lift the block, and write again")
    assert len(str(caught.value)) < 500, "an article is not printed"


def test_documents_that_were_refused_for_want_of_room_are_sent_again() -> None:
    """Those and no others."""
    sent: list[list[str]] = []

    def answers(_: str, path: str, body: bytes) -> tuple[int, Any]:
        if not path.endswith("/_bulk"):
            return 200, counting(0)
        actions = [json.loads(line) for line in body.splitlines()[::2]]
        sent.append([action["index"]["_id"] for action in actions])
        busy = {"status": 429, "error": {"type": "rejected_execution_exception", "reason": "full"}}
        items = [{"index": busy if len(sent) < 3 and n % 2 else {"status": 201}} for n in range(len(actions))]
        return 200, {"errors": len(sent) < 3, "items": items}

    with (
        stub(of_an_index(answers)) as running,
        closing(searchlib.open(f"opensearch://{running.address}/articles")) as index,
    ):
        assert index.add([{"id": str(n), "headline": "党建"} for n in range(8)]).added == 8
    assert sent == [[f"={n}" for n in range(8)], ["=1", "=3", "=5", "=7"], ["=3", "=7"]]


def test_a_refused_article_is_named() -> None:
    """By its id, with the reason, and without the others."""

    def answers(_: str, path: str, body: bytes) -> tuple[int, Any]:
        error = {"type": "mapper_parsing_exception", "reason": "the text is too long"}
        items = [{"index": {"status": 400, "error": error}} for _ in range(body.count(b'{"index":'))]
        return (200, {"errors": True, "items": items}) if path.endswith("/_bulk") else (200, counting(0))

    with (
        stub(of_an_index(answers)) as running,
        closing(searchlib.open(f"opensearch://{running.address}/articles")) as index,
        pytest.raises(BackendError, match=r"refuses article 'a7': mapper_parsing_exception, the text is too"),
    ):
        index.add([{"id": "a7", "headline": "党建"}])


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"fingerprint": {"settings": "old"}}, "its words were cut by another analysis"),
        ({"format": 99}, "written in format 99, this version reads 1"),
    ],
)
def test_an_index_of_another_version(said: dict[str, Any], message: str) -> None:
    """The same kind of error as of an index in a folder, with the command that mends it."""

    def answers(_: str, path: str, __: bytes) -> tuple[int, Any]:
        return (200, ABOUT) if path == "/" else (200, about_index(**said))

    with stub(answers) as running:
        assert message in message_of(f"opensearch://{running.address}/articles", StoreFormatError)


def test_a_strangers_index() -> None:
    """It is not written to, nor read."""

    def answers(_: str, path: str, __: bytes) -> tuple[int, Any]:
        return (200, ABOUT) if path == "/" else (200, {"articles": {"mappings": {}}})

    with (
        stub(answers) as running,
        closing(searchlib.open(f"opensearch://{running.address}/articles")) as index,
    ):
        with pytest.raises(StoreFormatError, match="this index was not made by searchlib; name another"):
            index.add([{"headline": "党建"}])
        assert all(method in {"GET", "HEAD"} for method, _ in running.asked)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl here to make a certificate with")
def test_an_untrusted_certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is refused until its authority is named."""
    certificate, both = tmp_path / "cert.pem", tmp_path / "both.pem"
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]  # not 127.0.0.1
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names]
    subprocess.run(
        [*command, "-keyout", tmp_path / "key.pem", "-out", certificate], check=True, capture_output=True
    )
    both.write_bytes(certificate.read_bytes() + (tmp_path / "key.pem").read_bytes())
    with stub(of_an_index(lambda *_: (200, counting(4))), certificate=both) as running:
        url = f"opensearchs://{running.address}/articles"
        said = message_of(url, BackendUnavailableError)
        assert said == (
            f"opensearch: the certificate of {url} is not trusted (self-signed certificate): "
            "name its authority's in SEARCHLIB_OPENSEARCH_CA"
        )
        monkeypatch.setenv("SEARCHLIB_OPENSEARCH_CA", str(certificate))
        with closing(searchlib.open(url)) as index:
            assert len(index) == 4
        said = message_of(url.replace("localhost", "127.0.0.1"), BackendUnavailableError)
        assert "is for other hosts (IP address mismatch, certificate is not valid for '127.0.0.1')" in said


def test_tls_where_there_is_none() -> None:
    """Asked for of nodes without it, and not asked for of nodes that want it."""
    with stub(of_an_index(lambda *_: (200, counting(4)))) as running:
        said = message_of(f"opensearchs://{running.address}/articles", BackendUnavailableError)
    assert said.endswith("does not speak TLS: write opensearch:// for it")
    with closing(socket.create_server(("127.0.0.1", 0))) as server:

        def hang_up() -> None:
            with suppress(OSError):
                while True:
                    server.accept()[0].close()

        threading.Thread(target=hang_up, daemon=True).start()
        port = server.getsockname()[1]
        said = message_of(f"opensearch://127.0.0.1:{port}/articles", BackendUnavailableError)
    assert said.endswith("closes connections without an answer: if its nodes speak TLS, write opensearchs://")
