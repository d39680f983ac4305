"""The HTTP interface: the very objects of the command, their description, errors, limits."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from searchlib import Index, answers

if TYPE_CHECKING:
    from collections.abc import Callable
    from subprocess import CompletedProcess

    Search = Callable[..., CompletedProcess[str]]

ASKED: list[tuple[str, dict[str, Any], list[str]]] = [
    ("search", {"q": "党建"}, ["党建"]),
    (
        "search",
        {"q": "党建 火星", "sort": "newest", "limit": 3},
        ["党建 火星", "--sort", "newest", "-n", "3"],
    ),
    (
        "search",
        {"q": "党建", "publication": ["松原日报", "青岛日报"], "since": "2023", "facet": "publication"},
        [
            *("党建", "--where", "publication=松原日报", "--where", "publication=青岛日报"),
            *("--since", "2023", "--facet", "publication"),
        ],
    ),
    (
        "search",
        {"q": "党健", "group": "reprints", "offset": 1, "snippets": 2, "match": "any", "exact": 1},
        ["党健", *["--group", "reprints", "--offset", "1", "--snippets", "2", "--match", "any", "--exact"]],
    ),
    ("search", {"q": "", "extra.stars": 3}, ["--where", "extra.stars=3"]),
    ("articles", {"id": "a1"}, ["show", "a1"]),
    ("kwic", {"q": "党建", "limit": 5, "sort": "right"}, ["kwic", "党建", "-n", "5", "--sort", "right"]),
    ("trend", {"q": "党建", "since": "2024"}, ["trend", "党建", "--since", "2024"]),
    ("like", {"id": "a1", "limit": 3}, ["like", "a1", "-n", "3"]),
    ("why-not", {"q": "党建 火星", "id": "a3"}, ["why-not", "党建 火星", "a3"]),
]


@pytest.mark.parametrize("asked", ASKED, ids=[" ".join(args) for *_, args in ASKED])
def test_an_answer_is_that_of_the_command(
    client: Any, served_index: Index, search: Search, asked: tuple[str, dict[str, Any], list[str]]
) -> None:
    """The same object key by key, in the same order; only the time differs."""
    name, params, args = asked
    path = {"articles": "article"}.get(name, name)
    answer = client.get(f"/api/{path}", params=params)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    done = search(*args, "--json", "-i", served_index.path, cwd=served_index.path.parent)
    ours, theirs = answer.json(), json.loads(done.stdout)
    for one in (ours, theirs):
        one.pop("took_ms", None)
    assert json.dumps(ours) == json.dumps(theirs)


def test_figures_name_no_files(client: Any, served_index: Index) -> None:
    """All of `stats` but the path and the files that were skipped."""
    stats = client.get("/api/stats").json()["stats"]
    assert set(served_index.stats()) - set(stats) == {"path", "skipped"}
    assert stats["articles"] == len(served_index)
    assert str(served_index.path) not in client.get("/api/stats").text


def test_marks_come_with_a_query(client: Any) -> None:
    """Where the article is marked, as lists; without a query there are none."""
    found = client.get("/api/article", params={"id": "a1", "q": "冬捕 头鱼"}).json()
    assert found["marks"] == {
        "headline": [[[3, 5]]],
        "subtitle": [[[0, 2]]],
        "body": [[[10, 12], [17, 19]]],
    }
    assert "marks" not in client.get("/api/article", params={"id": "a1"}).json()


def test_suggestions_are_what_browsers_read(client: Any) -> None:
    """A list of what was typed and what could be; pinyin too."""
    answer = client.get("/api/suggest", params={"q": "dangj"})
    assert answer.headers["content-type"] == "application/x-suggestions+json"
    typed, found = answer.json()
    assert typed == "dangj"
    assert "党建" in found
    assert client.get("/api/suggest", params={"q": " "}).json() == [" ", []]


def test_several_queries_over_time(client: Any) -> None:
    """Each a parameter; a sixth is refused."""
    found = client.get("/api/trends", params={"q": ["党建", "会议"], "by": "year"}).json()
    assert found["periods"][0] == "2020"
    assert list(found["counts"]) == ["党建", "会议"]
    assert client.get("/api/trends", params={"q": [*"一二三四五六"]}).status_code == 400
    assert client.get("/api/trends").status_code == 400


WRONG: list[tuple[str, dict[str, Any], int, str]] = [
    ("search", {"q": "(党建"}, 400, "QuerySyntaxError"),
    ("search", {"limit": 101}, 400, "ConfigError"),
    ("search", {"limit": -1}, 400, "ConfigError"),
    ("search", {"limit": "９"}, 400, "ConfigError"),
    ("search", {"offset": 10**9}, 400, "ConfigError"),
    ("search", {"snippets": 6}, 400, "ConfigError"),
    ("search", {"q": "党" * 1001}, 400, "ConfigError"),
    ("search", {"publicaton": "松原日报"}, 400, "ConfigError"),
    ("search", {"facet": "colour"}, 400, "ConfigError"),
    ("search", {"facet": [f"extra.{n}" for n in range(13)]}, 400, "ConfigError"),
    ("search", {"publication": [str(n) for n in range(101)]}, 400, "ConfigError"),
    ("search", {"since": "yesterday"}, 400, "ConfigError"),
    ("search", {"sort": "best"}, 400, "ConfigError"),
    ("search", {"match": "none"}, 400, "ConfigError"),
    ("search", {"exact": "yes"}, 400, "ConfigError"),
    ("kwic", {"q": "党建", "limit": 1001}, 400, "ConfigError"),
    ("kwic", {"q": "党建", "sort": "best"}, 400, "ConfigError"),
    ("article", {}, 400, "ConfigError"),
    ("article", {"id": "nobody"}, 404, "ArticleNotFoundError"),
    ("like", {"id": "nobody"}, 404, "ArticleNotFoundError"),
    ("why-not", {"id": "nobody", "q": "x"}, 404, "ArticleNotFoundError"),
    ("nothing", {}, 404, "NotFound"),
]


@pytest.mark.parametrize(("path", "params", "status", "kind"), WRONG)
def test_errors_have_a_type(client: Any, path: str, params: dict[str, Any], status: int, kind: str) -> None:
    """And of a query the column; the object is that of the schema."""
    answer = client.get(f"/api/{path}", params=params)
    content = answer.json()
    assert (answer.status_code, content["type"]) == (status, kind), answer.text
    assert ("column" in content) == (kind == "QuerySyntaxError")
    Draft202012Validator({**answers.schema(), "$ref": "#/$defs/error"}).validate(content)


# --- the description


@pytest.fixture(scope="module")
def description(client: Any) -> dict[str, Any]:
    """The OpenAPI description as it is served."""
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found


def test_every_address_is_described(client: Any, description: dict[str, Any]) -> None:
    """No more and no fewer than the application has."""
    application = client.app
    paths = {route.path for route in application.routes if route.path.startswith("/api/")}
    assert len(paths) >= 9
    assert set(description["paths"]) == paths
    assert description["openapi"] == "3.1.0"
    assert description["servers"] == [{"url": "http://localhost"}]


GIVEN: dict[str, Any] = {
    "q": "党建",
    "id": "a1",
    "since": "2023",
    "until": "2025",
    "equivalences": "script,numbers",
    "facet": ["publication"],
    "filters": {"publication": ["松原日报"]},
    "sort": "newest",
}
"""Values for parameters that have neither a default nor a list of values."""


@pytest.mark.parametrize(
    "path", ["search", "article", "suggest", "kwic", "trend", "trends", "like", "why-not", "stats"]
)
def test_real_answers_are_as_described(client: Any, description: dict[str, Any], path: str) -> None:
    """Every parameter is accepted with a value of its schema; the answer has the keys of its schema."""
    described = description["paths"][f"/api/{path}"]["get"]
    params: dict[str, Any] = {}
    for one in described["parameters"]:
        schema = one["schema"]
        value = GIVEN.get(one["name"], schema.get("default", schema.get("enum", [schema.get("minimum")])[0]))
        assert value is not None, one
        params |= value if one["name"] == "filters" else {one["name"]: value}
    answer = client.get(f"/api/{path}", params=params)
    assert answer.status_code == 200, answer.text
    ((media_type, content),) = described["responses"]["200"]["content"].items()
    assert answer.headers["content-type"] == media_type
    Draft202012Validator({**content["schema"], "components": description["components"]}).validate(
        answer.json()
    )


@pytest.mark.parametrize(
    "path", ["search", "article", "suggest", "kwic", "trend", "like", "why-not", "stats"]
)
def test_every_parameter_is_read(client: Any, description: dict[str, Any], path: str) -> None:
    """A value outside of its schema is refused, so none is described that nobody reads."""
    described = description["paths"][f"/api/{path}"]["get"]
    wrong = {"integer": "many", "enum": "none-of-these", "maxLength": "党" * 1001}
    base = {"id": "a1"} if any(one["name"] == "id" for one in described["parameters"]) else {}
    looked_at = 0
    for one in described["parameters"]:
        schema = one["schema"]
        kind = next((kind for kind in ("enum", "maxLength") if kind in schema), schema.get("type"))
        if kind in wrong:
            looked_at += 1
            params = {**base, "q": "党建", one["name"]: wrong[str(kind)]}
            assert client.get(f"/api/{path}", params=params).status_code == 400, one
    assert looked_at or path == "stats"


def test_browsers_find_the_archive(client: Any) -> None:
    """The description for a browser's bar has whole addresses, which Firefox wants."""
    answer = client.get("/opensearch.xml")
    assert answer.headers["content-type"].startswith("application/opensearchdescription+xml")
    assert 'template="http://localhost/?q={searchTerms}"' in answer.text
    assert 'template="http://localhost/api/suggest?q={searchTerms}"' in answer.text
