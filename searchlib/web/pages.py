"""The pages that people read: what each shows of an answer; the templates say how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from searchlib import (
    Article,
    ArticleNotFoundError,
    ConfigError,
    CorpusError,
    Hit,
    KwicLine,
    Marks,
    MissingExtraError,
    Results,
    SearchTimeoutError,
    Trends,
    citation_tags,
    cite,
    page_text,
)
from searchlib.message import Message
from searchlib.web.asked import Asked
from searchlib.web.histogram import charts, lines
from searchlib.web.interface import MAX_TRENDS, id_of
from searchlib.web.marked import Numbered, marked, of_snippet
from searchlib.web.site import PageRequest
from searchlib.web.wording import Wording

_SHOWN_VALUES = 8
_MORE_VALUES = 60
_NEIGHBOURS = 60
"""Of one page; a file of more articles is no page of a newspaper."""
_PLACES = 100
_MOST_PLACES = 1000
_WHY_CHARS = 120
_SEPARATOR = " · "


def _name(article: Article, t: Wording) -> str:
    """Return what an article is called: its headline, else the beginning of its text, else its kind."""
    return article.headline or article.body[:24].strip() or t(f"({article.kind})")


def _facts(article: Article) -> str:
    return _SEPARATOR.join(article.facts()) or article.source


def _count(number: int) -> str:
    return f"{number:,}"


# --- the page of a search


def search(asking: PageRequest) -> Response:
    """Answer `/`: the hits of a query; without one the newest articles."""
    asked, t = asking.asked, asking.t
    is_live = bool(asking.param("live"))
    more = asking.param("all")
    facets: dict[str, int | None] = dict.fromkeys(asking.site.facets, _SHOWN_VALUES)
    if more in facets:
        facets[more] = _MORE_VALUES
    options = {
        **asked.options,
        "sort": asked.sort or ("relevance" if asked.q.strip() else "newest"),
        "facets": {**facets, "month": None},
        "own_filters": False,
        "lenient": is_live,
        "snippets": 1,
    }
    results = asking.site.index.search(asked.q, **options, **asking.bounds).load()
    context = _of_answer(asking, results, more)
    if is_live:
        text = asking.site.templates.get_template("answer.html").render(
            t=t, site=asking.site, asked=asked, **context
        )
        response: Response = HTMLResponse(text)
    else:
        response = asking.page("search.html", "search", is_start=not asked.is_asked, **context)
    response.headers["Server-Timing"] = f"search;dur={results.took_ms:.1f}"
    return response


def _of_answer(asking: PageRequest, results: Results, more: str) -> dict[str, Any]:
    asked, t = asking.asked, asking.t
    total = results.total
    found = t("1 article") if total == 1 else t("{} articles", _count(total)) if total else t("no article")
    last = asked.offset + len(results)
    is_empty = not len(results)
    orders = [("relevance", "best first")] if asked.q.strip() else []
    now = asked.sort or ("relevance" if asked.q.strip() else "newest")
    return {
        "heading": asked.q or t("All articles"),
        "found": found,
        "undated": _count(results.undated) if results.undated else "",
        "orders": [
            {"name": t(name), "url": asked.url(sort=order, offset=0), "is_now": order == now}
            for order, name in (*orders, ("newest", "newest first"), ("oldest", "oldest first"))
        ],
        "grouping": {
            "url": asked.url(group="" if asked.group else "reprints", offset=0),
            "is_now": bool(asked.group),
        },
        "notes": list(_notes(results, t)),
        "suggestion": results.suggestion
        and {
            "query": results.suggestion,
            "url": asked.url(q=results.suggestion, offset=0),
            "total": _count(results.suggestion_total),
            "reason": t.whole(results.suggestion_reason or ""),
        },
        "pills": list(pills(asked, t)),
        "facets": list(_facets(asking, results, more)),
        "charts": list(charts(results.facets["month"], asked)),
        "dates": {"since": asked.since, "until": asked.until, "kept": asked.without_dates()},
        "hits": [_hit(hit, asking, place) for place, hit in enumerate(results, start=asked.offset + 1)],
        "place": t("{}–{} of {}", _count(asked.offset + 1), _count(last), _count(total)),
        "previous": asked.offset and asked.url(offset=max(0, asked.offset - asked.limit)),
        "next": _follows(asked, last, total, results) and asked.url(offset=asked.offset + asked.limit),
        "empty": is_empty
        and t(
            "Nothing further on."
            if total
            else "Nothing found. Fewer words, or another spelling?"
            if asked.is_asked
            else "There are no articles yet."
        ),
    }


def _follows(asked: Asked, last: int, total: int, results: Results) -> bool:
    """Return whether there is another page; hits that are groups are not counted in all."""
    return len(results) == asked.limit if asked.group else last < total


def _notes(results: Results, t: Wording) -> Iterator[str]:
    """Yield whatever the answer does not take literally."""
    if results.dropped:
        yield t("No article has all words; shown without: {}", t(", ").join(results.dropped))
    elif results.relaxed:
        yield t("Not every article has all words; each says what is missing")
    yield from map(t.whole, (*results.repaired, *results.hints))


def _hit(hit: Hit, asking: PageRequest, place: int) -> dict[str, Any]:
    asked, t = asking.asked, asking.t
    return {
        "url": asked.url(id=hit.id, at=place),
        "headline": marked(hit.headline, hit.headline_marks) if hit.headline else _name(hit.article, t),
        "facts": _facts(hit.article),
        "missing": t(", ").join(hit.missing),
        "snippets": [
            {"field": "" if one.field == "body" else _field(one.field, t), "text": of_snippet(one)}
            for one in hit.snippets
        ],
        "why": _shortened(t.why(hit.why)) if asked.q.strip() else "",
        "reprints": [
            {
                "url": asked.url(id=other.id),
                "headline": _name(other.article, t),
                "facts": _facts(other.article),
            }
            for other in hit.reprints
        ],
    }


def _shortened(why: str) -> str:
    """Return why a hit was found, of a long query the beginning: the API has the whole."""
    return why if len(why) <= _WHY_CHARS else f"{why[:_WHY_CHARS]}…"


def _field(name: str, t: Wording) -> str:
    return t(name.removeprefix("extra."))


def pills(asked: Asked, t: Wording) -> Iterator[dict[str, str]]:
    """Yield the filters that are chosen, each with the address without it."""
    if asked.since or asked.until:
        name = asked.since if asked.since == asked.until else f"{asked.since} – {asked.until}"
        if not asked.since or not asked.until:
            name = t("from {}", asked.since) if asked.since else t("until {}", asked.until)
        yield {"name": name, "url": asked.url(since="", until="", offset=0)}
    for key, values in asked.where.items():
        for value in values:
            yield {
                "name": f"{_field(key, t)}{t(': ')}{_value(key, value, t)}",
                "url": asked.toggled(key, value),
            }


def _value(key: str, value: str, t: Wording) -> str:
    return t(value) if key == "kind" else value


def _facets(asking: PageRequest, results: Results, more: str) -> Iterator[dict[str, Any]]:
    """Yield the fields to filter by; one with a single value filters nothing."""
    asked, t = asking.asked, asking.t
    for key in asking.site.facets:
        counts = results.facets[key]
        chosen = asked.where.get(key, ())
        missing = [value for value in chosen if value not in counts]
        if len(counts) + len(missing) < 2 and not chosen:  # noqa: PLR2004
            continue
        size = results.facet_sizes[key]
        yield {
            "name": _field(key, t),
            "choices": [
                {
                    "name": _value(key, value, t),
                    "count": _count(counts.get(value, 0)),
                    "url": asked.toggled(key, value),
                    "is_now": value in chosen,
                }
                for value in (*missing, *counts)
            ],
            "more": _count(size - len(counts)) if size > len(counts) and key != more else "",
            "more_url": asked.url(all=key),
        }


# --- an article


def article(asking: PageRequest) -> Response:
    """Answer `/article`: a whole article, every hit of the query marked."""
    wanted = id_of(asking)
    marks = _marks(asking, wanted)
    found = marks.article
    t, asked = asking.t, asking.asked
    numbered = Numbered()
    shown = _article(found, marks, numbered, t)
    canonical = asking.whole("article", Asked().url(id=found.id))
    earlier, later = _beside(asking)
    neighbours = _neighbours(asking, found)
    address = Asked().url(id=found.id)
    return asking.page(
        "article.html",
        article=shown,
        marks=numbered.count,
        canonical=canonical,
        citation_tags=citation_tags(found, url=canonical),
        earlier=earlier,
        later=later,
        has_page=bool(found.spans) and (bool(asking.site.pages) or len(neighbours) > 1),
        lacks=t(", ").join(marks.missing) if asked.q else "",
        more=list(_details(found, t)),
        citations=[
            {"name": t("Plain text (GB/T 7714)"), "text": cite(found, url=canonical), "url": ""},
            {"name": "BibTeX", "text": cite(found, "bibtex", url=canonical), "url": f"cite.bib{address}"},
            {"name": "RIS", "text": cite(found, "ris", url=canonical), "url": f"cite.ris{address}"},
        ],
        neighbours=[
            {"name": _name(one, t), "url": asked.url(id=one.id), "is_now": one.id == found.id}
            for one in neighbours
        ],
    )


def _marks(asking: PageRequest, wanted: str) -> Marks:
    """Return an article with the marks of the query; without a query, or with a broken one, none."""
    asked, index = asking.asked, asking.site.index
    if asked.q.strip():
        options = {**asked.options, "facets": (), "group": None, "sort": "relevance", "lenient": True}
        return index.marks(asked.q, wanted, **options, **asking.bounds)
    found = index.get(wanted)
    if found is None:
        raise ArticleNotFoundError(wanted)
    return Marks(found, {})


def _article(found: Article, marks: Marks, numbered: Numbered, t: Wording) -> dict[str, Any]:
    """Return what a page shows of an article; marks are numbered in the order in which they are shown."""

    def field(name: str) -> Markup:
        return numbered.text(str(getattr(found, name)), marks.of(name))

    column, overline = field("column"), field("overline")
    headline = field("headline") if found.headline else _name(found, t)
    subtitle = field("subtitle")
    dateline, byline = field("dateline"), field("byline")
    return {
        "id": found.id,
        "name": _name(found, t),
        "column": column,
        "overline": overline,
        "headline": headline,
        "subtitle": subtitle,
        "facts": _facts(found),
        "opening": Markup(" ").join(part for part in (dateline, byline) if part),
        "paragraphs": numbered.paragraphs(found.body, marks.of("body")),
    }


def _details(found: Article, t: Wording) -> Iterator[tuple[str, str]]:
    """Yield what is known of an article besides its text."""
    for name in ("date", "publication", "page", "authors", "column", "sections", "kind", "source", "id"):
        value = getattr(found, name)
        shown = t(", ").join(value) if isinstance(value, tuple) else value
        if shown:
            yield t(name), t(shown) if name == "kind" else shown
    for key, value in islice(found.extra.items(), 50):
        yield key, t(", ").join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def _beside(asking: PageRequest) -> tuple[dict[str, str] | None, dict[str, str] | None]:
    """Return the hits before and after this one, when it was opened from an answer."""
    asked = asking.asked
    place = asking.param("at")
    if not (place.isascii() and place.isdecimal() and len(place) < 7 and int(place) and asked.is_asked):  # noqa: PLR2004
        return None, None
    at = int(place)
    options = {
        **asked.options,
        "sort": asked.sort or ("relevance" if asked.q.strip() else "newest"),
        "offset": max(0, at - 2),
        "limit": 3 if at > 1 else 2,
        "snippets": 0,
        "facets": (),
        "lenient": True,
    }
    hits = asking.site.index.search(asked.q, **options, **asking.bounds)
    first = max(1, at - 1)
    named = {
        first + n: {"url": asked.url(id=hit.id, at=first + n), "name": hit.headline}
        for n, hit in enumerate(hits)
    }
    return named.get(at - 1), named.get(at + 1)


def _neighbours(asking: PageRequest, found: Article) -> Sequence[Article]:
    """Return the articles of the same page in reading order; none of a file of records."""
    if not found.spans or not found.source:
        return ()
    index = asking.site.index
    if index.search("", limit=0, where={"source": found.source}, snippets=0).total > _NEIGHBOURS:
        return ()
    return index.page(found.source)


def like(asking: PageRequest) -> Response:
    """Answer `/like`: articles about the same, alone to be put into a page, or as a page."""
    wanted = id_of(asking)
    found = asking.site.index.get(wanted)
    results = asking.site.index.like(wanted, limit=5, snippets=0, **asking.bounds)
    name = _name(found, asking.t) if found else wanted
    hits = [
        {
            "url": Asked(lang=asking.asked.lang).url(id=hit.id),
            "headline": _name(hit.article, asking.t),
            "facts": _facts(hit.article),
        }
        for hit in results
    ]
    whole = bool(asking.param("whole"))
    return asking.page("like.html" if whole else "like_part.html", hits=hits, name=name)


# --- the page that an article is from


def original(asking: PageRequest) -> Response:
    """Answer `/original`: an article beside the page it was printed on."""
    wanted = id_of(asking)
    marks = _marks(asking, wanted)
    found, t, asked = marks.article, asking.t, asking.asked
    neighbours = _neighbours(asking, found)
    if not neighbours:
        raise ConfigError("id", wanted, "an article that was split from a page")
    shown = _article(found, marks, Numbered(), t)
    text = _text_of_page(asking, found.source)
    numbered = Numbered()
    pieces = [] if text is None else list(_pieces(asking, text, found, neighbours, numbered))
    return asking.page(
        "original.html",
        article=shown,
        source=found.source.rpartition("/")[2],
        marks=numbered.count,
        pieces=pieces,
        neighbours=[
            {"name": _name(one, t), "url": asked.url(id=one.id), "is_now": one.id == found.id}
            for one in neighbours
        ],
    )


def _text_of_page(asking: PageRequest, source: str) -> str | None:
    """
    Return the text of a page's file, which must lie below one of the folders that may be read.

    Whoever made the index chose the sources: one may be any file of this machine.
    """
    index = asking.site.index
    beside = () if "://" in index.location else (index.path.resolve().parent,)
    for folder in asking.site.pages:
        for base in (folder, folder.parent, *beside):
            try:
                place = (base / source).resolve()
                if place.is_relative_to(folder) and place != folder:
                    return page_text(place)
            except (CorpusError, MissingExtraError, OSError, ValueError):
                continue
    return None


def _pieces(
    asking: PageRequest, text: str, found: Article, neighbours: Sequence[Article], numbered: Numbered
) -> Iterator[dict[str, Any]]:
    """Yield the page's text in pieces: those of the article, those of others, and what belongs to none."""
    asked = asking.asked
    marks: Marks | None = None
    if asked.q.strip():
        options = {**asked.options, "facets": (), "group": None, "sort": "relevance", "lenient": True}
        marks = asking.site.index.marks(asked.q, Article(body=text), **options, **asking.bounds)
    places = () if marks is None else marks.of("body")
    spans = sorted((start, end, one) for one in neighbours for start, end in one.spans)
    done = 0
    for start, end, one in [*spans, (len(text), len(text), found)]:
        if start > done:
            yield {"text": numbered.text(text, places, done, start)}
        first = max(start, done)
        if end > first:
            shown = numbered.text(text, places, first, min(end, len(text)))
            url = "" if one.id == found.id else asked.url(id=one.id)
            yield {"text": shown, "is_own": one.id == found.id, "url": url}
        done = max(done, end)


# --- places and time


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
        heading = t(message, _count(len(found)), _count(places), _count(concordance.articles))
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
                "facts": _SEPARATOR.join(
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


def trends_of(asking: PageRequest) -> Trends:
    """
    Return the figures of the page and the table.

    Raises:
        ConfigError: There are too many queries.
    """
    asked = asking.asked
    queries = _words(asked) or [""]
    if len(queries) > MAX_TRENDS:
        raise ConfigError(
            "q", len(queries), Message("at most {} queries with commas between them", MAX_TRENDS)
        )
    by: Any = asking.param("by") or "month"
    return asking.site.index.trends(queries, by=by, **asked.filters, **asked.reading, **asking.bounds)


def trend(asking: PageRequest) -> Response:
    """Answer `/trend`: several queries over time, as shares of all articles or as numbers."""
    asked, t = asking.asked, asking.t
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
            "total": _count(sum(trends.counts[query])),
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
            "all": _count(trends.articles[n]),
            "cells": [
                {
                    "count": _count(counts[n]),
                    "share": f"{1000 * shares[query][n]:.1f}",
                    "url": replace(asked, q=query, since=period, until=period).url() if counts[n] else "",
                }
                for query, counts in trends.counts.items()
            ],
        }


# --- help

_QUERIES = (
    ("党建 引领", "articles with both words"),
    ('"乡村振兴"', "this phrase, exactly as it is written"),
    ("春节 OR 元宵", "one or the other"),
    ("农业 -会议", "the first without the second"),
    ("经济 NEAR/8 增长", "two words within eight words of each other"),
    ("headline:开幕", "in the headline"),
    ("post*", "words that begin like this"),
    ("冬捕 date:2023-12..2024-02", "of these months"),
)
_KEYS = (
    ("/", "to the words of the query"),
    ("j k", "next and previous hit"),
    ("n p", "next and previous mark"),
    ("[ ]", "previous and next article of the hits"),
    ("u", "back to the hits "),
)


def help_page(asking: PageRequest) -> Response:
    """Answer `/help`: what can be typed, each row a link that asks it."""
    t = asking.t
    stats = asking.site.index.stats()
    about = t("{} articles, {} to {}", _count(stats["articles"]), stats["first_date"], stats["last_date"])
    return asking.page(
        "help.html",
        "help",
        rows=[
            {"query": query, "meaning": t(meaning), "url": Asked(q=query, lang=asking.asked.lang).url()}
            for query, meaning in _QUERIES
        ],
        keys=[(key, t(meaning)) for key, meaning in _KEYS],
        about=about if stats["articles"] else "",
    )
