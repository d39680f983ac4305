"""Each tool asked by the SDK's own client over a real index, in this process and as a process."""

from __future__ import annotations

import json
import sys
from typing import Any

import anyio
import pytest
from jsonschema import Draft202012Validator

from searchlib import Index, answers

mcp = pytest.importorskip("mcp", reason="the extra mcp is not installed")
pytestmark = pytest.mark.filterwarnings("ignore")


def ask(index: Index, *calls: tuple[str, dict[str, Any]]) -> list[Any]:
    """Call tools, and return their results."""
    from mcp.client import Client  # noqa: PLC0415 (an extra)

    from searchlib.mcp import server  # noqa: PLC0415 (an extra)

    async def asked() -> list[Any]:
        async with Client(server(index)) as client:
            return [await client.call_tool(name, arguments) for name, arguments in calls]

    return anyio.run(asked)


def content(result: Any) -> dict[str, Any]:
    """Return the object of a result, which is no error."""
    assert not result.is_error, result.content
    found: dict[str, Any] = json.loads(result.content[0].text)
    return found


CALLS: list[tuple[str, dict[str, Any], str]] = [
    ("search", {"query": "党建引领 基层治理", "facets": ["date"], "limit": 3}, "search"),
    ("search", {"query": "党建", "where": {"kind": ["article", "brief"]}, "sort": "newest"}, "search"),
    ("kwic", {"query": "党建", "limit": 3, "sort": "right"}, "kwic"),
    ("trend", {"queries": ["党建", "治理"], "by": "year"}, "trends"),
    ("suggest", {"prefix": "dangj"}, "suggest"),
]


@pytest.mark.parametrize(("tool", "arguments", "name"), CALLS)
def test_a_tool_answers_with_the_objects_of_the_command(
    corpus_index: Index, tool: str, arguments: dict[str, Any], name: str
) -> None:
    """Held to the same schema."""
    (result,) = ask(corpus_index, (tool, arguments))
    Draft202012Validator({**answers.schema(), "$ref": f"#/$defs/{name}"}).validate(content(result))


def test_an_article_that_was_found_is_read_in_parts(corpus_index: Index) -> None:
    """With its marks; where the body goes on is said."""
    hit = corpus_index.search("党建引领")[0]
    part, rest, why = ask(
        corpus_index,
        ("get_article", {"id": hit.id, "query": "党建", "max_chars": 50}),
        ("get_article", {"id": hit.id, "start": 50, "max_chars": 50_000}),
        ("why_not", {"query": "火星", "id": hit.id}),
    )
    first, second = content(part), content(rest)
    assert first["next_start"] == 50
    assert "next_start" not in second
    assert first["articles"][0]["body"] + second["articles"][0]["body"] == hit.article.body
    assert first["marks"]
    assert content(why)["found"] is False
    for one in (first, second):
        Draft202012Validator({**answers.schema(), "$ref": "#/$defs/articles"}).validate(one)


@pytest.mark.parametrize(
    ("tool", "arguments", "message"),
    [
        ("search", {"query": "(党建"}, "a bracket is not closed at column 1"),
        ("search", {"query": "党建", "since": "yesterday"}, "a date is written 2024"),
        ("search", {"query": "党建", "facets": ["colour"]}, "a stored field"),
        ("search", {"query": "党建", "limit": 1000}, "50"),
        ("get_article", {"id": "nobody"}, "no article has this id"),
        ("why_not", {"query": "党建", "id": "nobody"}, "no article has this id"),
    ],
)
def test_errors_reach_the_model(
    corpus_index: Index, tool: str, arguments: dict[str, Any], message: str
) -> None:
    """With what is wrong and how it is written, and not "Error executing tool"."""
    (result,) = ask(corpus_index, (tool, arguments))
    assert result.is_error
    assert message in result.content[0].text


def test_the_tools_say_what_they_are(corpus_index: Index) -> None:
    """Six, each described, none of which writes."""
    from mcp.client import Client  # noqa: PLC0415 (an extra)

    from searchlib.mcp import server  # noqa: PLC0415 (an extra)

    async def listed() -> Any:
        async with Client(server(corpus_index)) as client:
            return (await client.list_tools()).tools

    tools = anyio.run(listed)
    assert [tool.name for tool in tools] == ["search", "get_article", "kwic", "trend", "suggest", "why_not"]
    assert all(tool.description and tool.annotations.read_only_hint for tool in tools)


def test_the_command_speaks_on_its_streams(corpus_index: Index) -> None:
    """`search mcp` as a process, asked by the SDK's client; it ends with its input."""
    from mcp import ClientSession, StdioServerParameters  # noqa: PLC0415 (an extra)
    from mcp.client.stdio import stdio_client  # noqa: PLC0415

    args = ["-m", "searchlib", "mcp", "-i", str(corpus_index.path), "--max-seconds", "30"]

    async def asked() -> Any:
        command = StdioServerParameters(command=sys.executable, args=args)
        async with stdio_client(command) as streams, ClientSession(*streams) as session:
            await session.initialize()
            return await session.call_tool("search", {"query": "党建引领"})

    result = anyio.run(asked)
    assert content(result)["total"] == corpus_index.search("党建引领").total
