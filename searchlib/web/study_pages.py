"""Every place of a word, and words over time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from starlette.responses import Response

from searchlib import ConfigError, KwicLine, SearchTimeoutError, Trends
from searchlib.message import Message
from searchlib.web.asked import Asked
from searchlib.web.histogram import lines
from searchlib.web.interface import MAX_TRENDS
from searchlib.web.labels import SEPARATOR, count, pills
from searchlib.web.site import PageRequest

_PLACES = 100
_MOST_PLACES = 1000


def kwic(asking: PageRequest) -> Response:
    """Answer `/kwic`: every place of a query, the word in one column."""
    asked, t = asking.asked, asking.t
    by: Any = asking.param("by") or "relevance"
    wanted = _MOST_PLACES if asking.param("more") else _PLACES
    found: Sequence[KwicLine] = ()
    heading = t("Places")
    if asked.q.strip():
        options = {**asked.filters, **asked.reading, **asking.bounds}
        concordance = asking.site.index.kwic(asked.q, limit=wanted, context=32, sort=by, **options)
        found = concordance
        message, places = "{} of {} places in {} articles", len(found)
        if len(found) >= wanted:
            try:
                places = concordance.count_places(
                    timeout=min(1.0, asking.site.max_seconds), cancel=asking.gone
                )
            except SearchTimeoutError as error:
                message, places = "{} of more than {} places in {} articles", max(error.partial, len(found))
        heading = t(message, count(len(found)), count(places), count(concordance.articles))
    names = {
        "relevance": "best first",
        "left": "what precedes",
        "right": "what follows",
        "newest": "newest first",
        "oldest": "oldest first",
    }
    return asking.page(
        "kwic.html",
        "kwic",
        found=heading,
        by=by if by != "relevance" else "",
        orders=[
            {
                "name": t(name),
                "url": asked.url(by="" if order == "relevance" else order),
                "is_now": order == by,
            }
            for order, name in names.items()
        ],
        pills=list(pills(asked, t)),
        lines=[
            {
                "before": line.before,
                "keyword": line.keyword,
                "after": line.after,
                "facts": SEPARATOR.join(
                    part for part in (line.publication, (line.date or "").lstrip("-"), line.headline) if part
                )
                or line.id,
                "url": asked.url(id=line.id),
            }
            for line in found
        ],
        more=asked.url(by=by, more=1) if len(found) == _PLACES else "",
        empty=t("Nothing found in one piece.")
        if asked.q.strip()
        else t("Type words above to see every place where they are."),
    )


_COMMAS = ",，;；、|｜"


def _words(asked: Asked) -> list[str]:
    """Return the queries that commas of a text keep apart."""
    text = asked.q.translate(dict.fromkeys(map(ord, _COMMAS), ","))
    return list(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))


def _asked_of(asking: PageRequest) -> Asked:
    """Return what is asked, several `q` as one with commas."""
    queries = (value for name, value in asking.params if name == "q" and value)
    return replace(asking.asked, q=",".join(queries))


def trends_of(asking: PageRequest) -> Trends:
    """
    Return the figures of the page and the table.

    Raises:
        ConfigError: There are too many queries.
    """
    asked = _asked_of(asking)
    queries = _words(asked) or [""]
    if len(queries) > MAX_TRENDS:
        raise ConfigError(
            "q", len(queries), Message("at most {} queries with commas between them", MAX_TRENDS)
        )
    by: Any = asking.param("by") or "month"
    return asking.site.index.trends(queries, by=by, **asked.filters, **asked.reading, **asking.bounds)


def trend(asking: PageRequest) -> Response:
    """Answer `/trend`: several queries over time, as shares of all articles or as numbers."""
    asked, t = _asked_of(asking), asking.t
    trends = trends_of(asking)
    as_share = asking.param("as") != "count" and bool(asked.q.strip())
    queries = list(trends.counts)
    by = trends.by

    def name(query: str) -> str:
        return query or t("All articles")

    legend = [
        {
            "name": name(query),
            "url": replace(asked, q=query).url(),
            "total": count(sum(trends.counts[query])),
            "undated": trends.undated[query],
        }
        for query in queries
    ]
    chart = ""
    if trends.periods:
        names = t(", ").join(map(name, queries))
        title = t("Articles that have {}, {} to {}", names, trends.periods[0], trends.periods[-1])
        chart = lines(trends, as_share=as_share, title=title)
    return asking.page(
        "trend.html",
        "trend",
        words=[name(query) for query in queries],
        by=by,
        as_share=as_share,
        kept=[pair for pair in asked.kept if pair[0] not in {"q", "sort", "group", "match"}],
        pills=list(pills(asked, t)),
        chart=chart,
        legend=legend,
        table_url=asked.url(by=by),
        rows=list(_rows(trends, asked)),
        empty=t("No article with a full date."),
    )


def _rows(trends: Trends, asked: Asked) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of the table, the newest first."""
    shares = {query: trends.share(query) for query in trends.counts}
    for n in reversed(range(len(trends.periods))):
        period = trends.periods[n]
        yield {
            "period": period,
            "all": count(trends.articles[n]),
            "cells": [
                {
                    "count": count(counts[n]),
                    "share": f"{1000 * shares[query][n]:.1f}",
                    "url": replace(asked, q=query, since=period, until=period).url() if counts[n] else "",
                }
                for query, counts in trends.counts.items()
            ],
        }
