"""What programs ask over HTTP: the very objects of `--json`, and what a browser asks about the archive."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup
from starlette.responses import Response

from searchlib import ArticleNotFoundError, ConfigError, SearchTimeoutError, __version__, answers
from searchlib.message import Message
from searchlib.web.asked import MAX_LIMIT, MAX_VALUE_CHARS, Asked
from searchlib.web.site import PageRequest, static

MAX_LINES = 1000
MAX_CONTEXT = 200
MAX_TRENDS = 5
_LINES, _CONTEXT, _COUNT_S = 50, 60, 1.0
_SUGGESTIONS = 10


def _json(content: dict[str, Any], took_ms: float | None = None) -> Response:
    headers = {} if took_ms is None else {"Server-Timing": f"search;dur={took_ms:.1f}"}
    return Response(answers.json_object(content) + "\n", 200, headers, "application/json")


def number(asking: PageRequest, name: str, default: int, most: int, least: int = 0) -> int:
    """
    Return a parameter that is a number.

    Raises:
        ConfigError: It is not a number, or out of its limits.
    """
    value = asking.param(name)
    if not value:
        return default
    if value.isascii() and value.isdecimal() and len(value) <= len(str(most)) and least <= int(value) <= most:
        return int(value)
    raise ConfigError(name, value, Message("a number from {} to {}", least, most))


def id_of(asking: PageRequest) -> str:
    """
    Return the parameter `id`.

    Raises:
        ConfigError: There is none.
    """
    wanted = asking.param("id")
    if not wanted or len(wanted) > 4 * MAX_VALUE_CHARS:
        raise ConfigError("id", wanted, "the id of an article")
    return wanted


def _read(asking: PageRequest, besides: Iterable[str] = ()) -> Asked:
    return Asked.of(asking.params, besides={"lang", *besides})


def search(asking: PageRequest) -> Response:
    """Answer `/api/search` with the object of `search --json`."""
    results = asking.site.index.search(_read(asking).q, **_read(asking).options, **asking.bounds).load()
    return _json(answers.of_results(results), results.took_ms)


def article(asking: PageRequest) -> Response:
    """Answer `/api/article` with the object of `search show --json`, and with a query where it marks it."""
    wanted = id_of(asking)
    asked = _read(asking, {"id"})
    if asked.q:
        options = {**asked.options, "facets": ()}
        return _json(answers.of_marks(asking.site.index.marks(asked.q, wanted, **options, **asking.bounds)))
    found = asking.site.index.get(wanted)
    if found is None:
        raise ArticleNotFoundError(wanted)
    return _json(answers.of_articles([found]))


def suggest(asking: PageRequest) -> Response:
    """Answer `/api/suggest` as browsers ask it: what was typed, and what could be typed."""
    asked = _read(asking)
    found = asking.site.index.suggest(asked.q, limit=_SUGGESTIONS) if asked.q.strip() else []
    line = answers.json_line([asked.q, found])
    return Response(line + "\n", media_type="application/x-suggestions+json")


def kwic(asking: PageRequest) -> Response:
    """Answer `/api/kwic` with the object of `search kwic --json`."""
    asked = _read(asking, {"limit", "sort", "context"})
    limit = number(asking, "limit", _LINES, MAX_LINES, 1)
    context = number(asking, "context", _CONTEXT, MAX_CONTEXT)
    order: Any = asking.param("sort") or "relevance"
    options = {**asked.filters, **asked.reading, **asking.bounds}
    lines = asking.site.index.kwic(asked.q, limit=limit, context=context, sort=order, **options)
    places: int | None = len(lines)
    if len(lines) >= limit:
        try:
            places = lines.count_places(timeout=min(_COUNT_S, asking.site.max_seconds), cancel=asking.gone)
        except SearchTimeoutError:
            places = None
    return _json(answers.of_kwic(asked.q, lines, places))


def trend(asking: PageRequest) -> Response:
    """Answer `/api/trend` with the object of `search trend --json`."""
    asked = _read(asking)
    months = asking.site.index.trend(asked.q, **asked.filters, **asked.reading, **asking.bounds)
    return _json(answers.of_trend(asked.q, months))


def trends(asking: PageRequest) -> Response:
    """Answer `/api/trends`: several queries, each a `q`, beside all articles."""
    queries = [value for name, value in asking.params if name == "q" and value]
    asked = _read(asking, {"by", "q"})
    if not 1 <= len(queries) <= MAX_TRENDS:
        raise ConfigError(
            "q", len(queries), Message("1 to {} queries, each a parameter of its own", MAX_TRENDS)
        )
    for query in queries:
        Asked.of([("q", query)])
    by: Any = asking.param("by") or "month"
    options = {**asked.filters, **asked.reading, **asking.bounds}
    return _json(answers.of_trends(asking.site.index.trends(queries, by=by, **options)))


def like(asking: PageRequest) -> Response:
    """Answer `/api/like` with the object of `search like --json`."""
    wanted = id_of(asking)
    asked = _read(asking, {"id"})
    results = asking.site.index.like(wanted, limit=min(asked.limit, MAX_LIMIT), **asking.bounds).load()
    return _json(answers.of_results(results), results.took_ms)


def why_not(asking: PageRequest) -> Response:
    """Answer `/api/why-not` with the object of `search why-not --json`."""
    wanted = id_of(asking)
    asked = _read(asking, {"id"})
    match: Any = asked.match
    options = {**asked.filters, **asked.reading, **asking.bounds}
    found = asking.site.index.why_not(asked.q, wanted, match=match, **options)
    return _json(answers.of_why_not(found))


_NOT_FOR_ALL = {"path", "skipped"}
"""Figures that name files of the machine."""


def stats(asking: PageRequest) -> Response:
    """Answer `/api/stats` with the object of `search stats --json` without what names files."""
    found = {name: value for name, value in asking.site.index.stats().items() if name not in _NOT_FOR_ALL}
    return _json(answers.of_stats(found))


_OPENSEARCH = Markup(
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
    "<ShortName>{name}</ShortName>\n<Description>{title}</Description>\n"
    "<InputEncoding>UTF-8</InputEncoding>\n<Language>zh-CN</Language>\n"
    '<Url type="text/html" template="{base}?q={{searchTerms}}"/>\n'
    '<Url type="application/x-suggestions+json" template="{base}api/suggest?q={{searchTerms}}"/>\n'
    '<Url type="application/atom+xml" template="{base}feed.atom?q={{searchTerms}}"/>\n'
    '<Url type="application/opensearchdescription+xml" rel="self" template="{base}opensearch.xml"/>\n'
    "</OpenSearchDescription>\n"
)
_SHORT_NAME_CHARS = 16


def opensearch(asking: PageRequest) -> Response:
    """Answer `/opensearch.xml`, by which a browser searches the archive from its own bar."""
    title = asking.site.title
    text = _OPENSEARCH.format(name=title[:_SHORT_NAME_CHARS], title=title, base=asking.base)
    return Response(text, media_type="application/opensearchdescription+xml")


def openapi(asking: PageRequest) -> Response:
    """Answer `/openapi.json`: the written description, with the schema of the answers in it."""
    text = static("openapi.json").decode().replace("VERSION", __version__)
    description = json.loads(text)
    schemas = json.dumps(answers.schema()["$defs"]).replace('"#/$defs/', '"#/components/schemas/')
    description["components"]["schemas"] |= json.loads(schemas)
    description["servers"] = [{"url": asking.base.rstrip("/")}]
    return Response(json.dumps(description, ensure_ascii=False, indent=1), media_type="application/json")
