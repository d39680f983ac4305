"""The tools: what each may be asked, how much it answers, and errors that a model can act on."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Annotated, Any, Literal

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from searchlib import ArticleNotFoundError, Index, SearchlibError, SearchTimeoutError, __version__, answers
from searchlib.message import Message

MAX_HITS = 50
MAX_LINES = 200
MAX_CHARS = 50_000

_INSTRUCTIONS = """\
An archive of Chinese articles. Ask with Chinese words separated by spaces: an article found has all of them,
in either script. "A phrase" in quotation marks stands exactly so; AND OR NOT in capitals; -word leaves out;
headline:word looks in the headline. search gives ids and passages, get_article the whole text. When nothing
is found, use fewer words, the suggestion of the answer, or why_not with the id of an article that should have
been found. Dates are 2024, 2024-08 or 2024-08-09. Cite an article by headline, publication, date and id, and
quote only what get_article shows."""

_READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)

Query = Annotated[
    str, Field(max_length=1000, description="Words, phrases, operators, as in the instructions")
]
Since = Annotated[str | None, Field(description="First date, inclusive: 2024, 2024-08 or 2024-08-09")]
Until = Annotated[str | None, Field(description="Last date, inclusive")]
Where = Annotated[
    dict[str, str | list[str]] | None,
    Field(description='Stored fields and the value they must have, such as {"publication": "松原日报"}'),
]
Id = Annotated[str, Field(description="The id of an article, from search or kwic")]


@contextmanager
def _told() -> Iterator[None]:
    """Hand the library's errors on: the SDK hides the message of any other exception from the model."""
    try:
        yield
    except SearchTimeoutError as error:
        raise ToolError(Message("{}: use rarer words, a range of dates or a filter", error)) from error
    except (SearchlibError, TypeError) as error:
        raise ToolError(f"{type(error).__name__}: {error}") from error


def _telling(tool: Callable[..., str]) -> Callable[..., str]:
    @functools.wraps(tool)
    def tell(*args: Any, **options: Any) -> str:
        with _told():
            return tool(*args, **options)

    return tell


class Tools:
    """The tools over one index."""

    def __init__(self, index: Index, max_seconds: float) -> None:
        self._index = index
        self._max_seconds = max_seconds

    def search(
        self,
        *,
        query: Query,
        limit: Annotated[int, Field(ge=1, le=MAX_HITS)] = 10,
        offset: Annotated[int, Field(ge=0, le=100_000)] = 0,
        sort: Literal["relevance", "newest", "oldest"] = "relevance",
        since: Since = None,
        until: Until = None,
        where: Where = None,
        facets: Annotated[
            list[str] | None, Field(max_length=6, description="Fields to count: publication, authors, year …")
        ] = None,
        match: Literal["auto", "all", "any"] = "auto",
    ) -> str:
        """Find articles: ids, headlines, dates, passages with the places that matched, and their number."""
        self._index.refresh()
        counted: dict[str, int | None] = dict.fromkeys(facets or (), 20)
        results = self._index.search(
            query,
            limit=limit,
            offset=offset,
            sort=sort,
            since=since,
            until=until,
            where=where,
            facets=counted,
            match=match,
            timeout=self._max_seconds,
        )
        return answers.json_object(answers.of_results(results.load()))

    def get_article(
        self,
        *,
        id: Id,  # noqa: A002 (the name that the objects have)
        query: Annotated[str, Field(max_length=1000, description="Also say where the article has it")] = "",
        start: Annotated[int, Field(ge=0, description="Where in the body to begin")] = 0,
        max_chars: Annotated[int, Field(ge=1, le=MAX_CHARS)] = 20_000,
    ) -> str:
        """Return a whole article with all its fields; of a long body a part, and next_start for the rest."""
        self._index.refresh()
        found = self._index.get(id)
        if found is None:
            raise ArticleNotFoundError(id)
        end = start + max_chars
        shown = replace(found, body=found.body[start:end], spans=())
        content = answers.of_articles([shown])
        if query:
            marks = self._index.marks(query, shown, timeout=self._max_seconds)
            content = answers.of_marks(marks)
        if end < len(found.body):
            content["next_start"] = end
        return answers.json_object(content)

    def kwic(
        self,
        *,
        query: Query,
        limit: Annotated[int, Field(ge=1, le=MAX_LINES)] = 30,
        context: Annotated[int, Field(ge=0, le=200, description="Characters on each side")] = 40,
        sort: Literal["relevance", "newest", "oldest", "left", "right"] = "relevance",
        since: Since = None,
        until: Until = None,
        where: Where = None,
    ) -> str:
        """Show each place of a phrase with what precedes and follows it (keyword in context)."""
        self._index.refresh()
        lines = self._index.kwic(
            query,
            limit=limit,
            context=context,
            sort=sort,
            since=since,
            until=until,
            where=where,
            timeout=self._max_seconds,
        )
        return answers.json_object(answers.of_kwic(query, lines, len(lines) if len(lines) < limit else None))

    def trend(
        self,
        *,
        queries: Annotated[list[str], Field(min_length=1, max_length=5, description="One to five queries")],
        by: Literal["year", "month", "day"] = "year",
        since: Since = None,
        until: Until = None,
        where: Where = None,
    ) -> str:
        """Count the articles of each period that have each query, beside all articles of the period."""
        self._index.refresh()
        found = self._index.trends(
            queries, by=by, since=since, until=until, where=where, timeout=self._max_seconds
        )
        return answers.json_object(answers.of_trends(found))

    def suggest(self, *, prefix: Annotated[str, Field(max_length=100)]) -> str:
        """Return words, names and headlines of the archive that begin like this, in characters or pinyin."""
        self._index.refresh()
        return answers.json_object(answers.of_suggestions(self._index.suggest(prefix)))

    def why_not(self, *, query: Query, id: Id) -> str:  # noqa: A002 (the name that the objects have)
        """Say what an article lacks to be found by a query, or its rank and what precedes it."""
        self._index.refresh()
        return answers.json_object(answers.of_why_not(self._index.why_not(query, id)))


def make_server(index: Index, max_seconds: float) -> MCPServer:
    """Return the server with its tools."""
    server = MCPServer("searchlib", instructions=_INSTRUCTIONS, version=__version__, log_level="WARNING")
    tools = Tools(index, max_seconds)
    for tool in (tools.search, tools.get_article, tools.kwic, tools.trend, tools.suggest, tools.why_not):
        server.tool(annotations=_READS, structured_output=False)(_telling(tool))
    return server
