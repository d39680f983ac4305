"""What holds for every request: hosts, methods, headers, ETags, languages, other sites, prefixes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from conftest import MakeIndex

import searchlib
from searchlib import ConfigError, Index

if TYPE_CHECKING:
    from pathlib import Path

testclient = pytest.importorskip("starlette.testclient", reason="the extra web is not installed")

PATHS = [
    "/",
    "/?q=党建",
    "/?q=党建&live=1",
    "/article?id=a1&q=冬捕",
    "/like?id=a1",
    "/like?id=a1&whole=1",
    "/kwic?q=党建",
    "/trend?q=党建,会议&by=year",
    "/help",
    "/api/search?q=党建",
    "/api/article?id=a1",
    "/api/suggest?q=党",
    "/api/kwic?q=党建",
    "/api/trend?q=党建",
    "/api/trends?q=党建",
    "/api/like?id=a1",
    "/api/why-not?q=党建&id=a1",
    "/api/stats",
    "/feed.atom?q=党建",
    "/export.csv?q=党建",
    "/export.jsonl?q=党建",
    "/kwic.csv?q=党建",
    "/trend.csv?q=党建",
    "/cite.bib?id=a1",
    "/cite.ris?id=a1",
    "/opensearch.xml",
    "/openapi.json",
]


def served(index: Index, **options: Any) -> Any:
    """Return a client of an index."""
    from searchlib.web import app  # noqa: PLC0415 (an extra)

    return testclient.TestClient(app(index, **options), base_url="http://localhost", follow_redirects=False)


@pytest.mark.parametrize("path", [*PATHS, "/s.js", "/s.css", "/healthz", "/nothing"])
def test_every_answer_has_the_headers(client: Any, path: str) -> None:
    """A strict policy for the page, no guessing of types, no frames; errors too."""
    answer = client.get(path)
    assert answer.status_code == (404 if path == "/nothing" else 200), answer.text
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in answer.headers
    assert "server" not in answer.headers


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_is_not_made_twice(client: Any, path: str) -> None:
    """With the ETag of the first answer the second is empty; another question or language has another."""
    first = client.get(path)
    etag = first.headers["etag"]
    assert etag.startswith('W/"')
    again = client.get(path, headers={"if-none-match": f'"other", {etag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == etag
    other = client.get(path + ("&" if "?" in path else "?") + "lang=zh", headers={"if-none-match": etag})
    assert other.status_code != 304


def test_a_commit_makes_new_answers(make_index: MakeIndex) -> None:
    """Within a second readers see what another process has added, and old ETags are no longer good."""
    index = make_index({"id": 1, "body": "党建"})
    with searchlib.open(index.path, read_only=True) as reader:
        client = served(reader)
        first = client.get("/api/search?q=党建")
        index.add([{"id": 2, "body": "党建"}])
        for _ in range(40):
            found = client.get("/api/search?q=党建", headers={"if-none-match": first.headers["etag"]})
            if found.status_code == 200:
                break
            time.sleep(0.05)
        assert found.json()["total"] == 2
        (index.path / "synonyms.txt").write_text("党建=党务\n", "utf-8")
        assert found.headers["etag"] != client.get("/api/search?q=党建").headers["etag"]


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("localhost:8420", 200),
        ("LOCALHOST", 200),
        ("127.0.0.1:1", 200),
        ("[::1]:8420", 200),
        ("evil.example", 400),
        ("evil.example:8420", 400),
        ("localhost.evil.example", 400),
        ("localhost:8420@evil.example", 400),
        ("localhost/", 400),
        ("", 400),
        ("127.0.0.1.nip.io", 400),
        ("::1", 400),
    ],
)
def test_only_this_host_is_answered(client: Any, host: str, status: int) -> None:
    """A name that someone else made point here is refused, on every path."""
    for path in ("/", "/api/search?q=党建", "/s.js"):
        assert client.get(path, headers={"host": host}).status_code == status


def test_hosts_can_be_allowed(served_index: Index) -> None:
    """By name, by the address of the archive, or all."""
    cases: list[tuple[dict[str, Any], str]] = [
        ({"allow_hosts": ["archive.example"]}, "archive.example"),
        ({"url": "https://archive.example/a"}, "archive.example"),
        ({"allow_hosts": ["*"]}, "anything"),
    ]
    for options, host in cases:
        client = served(served_index, **options)
        assert client.get("/", headers={"host": host}).status_code == 200
    assert served(served_index, allow_hosts=["a"]).get("/", headers={"host": "b"}).status_code == 400


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_only_reading_is_answered(client: Any, method: str) -> None:
    """Everything else is 405 with what is allowed."""
    for path in ("/", "/api/search", "/nothing"):
        answer = client.request(method, path)
        assert answer.status_code == 405
        assert answer.headers["allow"] == "GET, HEAD"


def test_head_is_get_without_its_body(client: Any) -> None:
    """The same headers."""
    got, head = client.get("/api/search?q=党建"), client.head("/api/search?q=党建")
    assert head.status_code == 200
    assert head.headers["etag"] == got.headers["etag"]


def test_a_long_address_is_refused(client: Any) -> None:
    """Before it is read."""
    assert client.get("/", params={"q": "x" * 20_000}).status_code == 414


def test_other_sites_may_ask_when_they_are_named(served_index: Index) -> None:
    """Only those named, only the interface."""
    client = served(served_index, cors=["https://a.example"])
    asked = client.get("/api/search?q=党建", headers={"origin": "https://a.example"})
    assert asked.headers["access-control-allow-origin"] == "https://a.example"
    assert "Origin" in asked.headers["vary"]
    for path, origin in [("/api/search", "https://b.example"), ("/", "https://a.example")]:
        answer = client.get(path, headers={"origin": origin})
        assert "access-control-allow-origin" not in answer.headers
    every = served(served_index, cors=["*"]).get("/api/stats", headers={"origin": "https://b.example"})
    assert every.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("accepted", "chosen", "lang"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "", "zh-CN"),
        ("en-GB,en;q=0.9", "", "en"),
        ("fr", "", "zh-CN"),
        ("", "", "zh-CN"),
        ("en", "zh", "zh-CN"),
        ("zh", "en", "en"),
        ("en;q=x,*;q=nan", "", "zh-CN"),
    ],
)
def test_pages_speak_the_readers_language(client: Any, accepted: str, chosen: str, lang: str) -> None:
    """What the browser accepts, or what was chosen; the other language is a link."""
    path = f"/?q=党建&lang={chosen}" if chosen else "/?q=党建"
    answer = client.get(path, headers={"accept-language": accepted})
    assert answer.headers["content-language"] == lang
    assert "Accept-Language" in answer.headers["vary"]
    assert f'<html lang="{lang}">' in answer.text
    assert ("检索" in answer.text) == (lang == "zh-CN")


def test_it_can_be_mounted_below_a_prefix(served_index: Index) -> None:
    """All addresses in a page are relative; without its slash the prefix leads to it."""
    from starlette.applications import Starlette  # noqa: PLC0415
    from starlette.routing import Mount  # noqa: PLC0415

    from searchlib.web import app  # noqa: PLC0415

    whole = Starlette(routes=[Mount("/deep/archive", app(served_index))])
    client = testclient.TestClient(whole, base_url="http://localhost", follow_redirects=False)
    page = client.get("/deep/archive/?q=党建")
    assert page.status_code == 200
    assert 'href="/' not in page.text
    assert 'action="/' not in page.text
    assert client.get("/deep/archive/s.css").status_code == 200
    assert client.get("/deep/archive/api/search?q=党建").json()["total"] > 0
    assert "http://localhost/deep/archive/?q=" in client.get("/deep/archive/opensearch.xml").text
    there = client.get("/deep/archive?q=x")
    assert there.status_code in {307, 200}


def test_large_answers_are_packed(client: Any) -> None:
    """When the client can unpack them."""
    assert client.get("/?q=党建", headers={"accept-encoding": "gzip"}).headers["content-encoding"] == "gzip"
    assert "content-encoding" not in client.get("/?q=党建", headers={"accept-encoding": ""}).headers


def test_an_index_that_is_not_there_yet(tmp_path: Path) -> None:
    """503 until it is; then its articles."""
    with searchlib.open(tmp_path / "later.idx", read_only=True) as index:
        client = served(index)
        assert client.get("/").status_code == 503
        assert client.get("/api/search?q=党").json()["type"] == "StoreNotFoundError"
        with searchlib.open(tmp_path / "later.idx") as writer:
            writer.add([{"body": "党建"}])
        assert client.get("/api/search?q=党建").json()["total"] == 1


@pytest.mark.parametrize(
    "options", [{"max_seconds": 0}, {"max_seconds": 1e9}, {"places": 0}, {"url": "archive.example"}]
)
def test_options_are_checked(served_index: Index, options: dict[str, Any]) -> None:
    """When the application is made."""
    with pytest.raises(ConfigError):
        served(served_index, **options)
