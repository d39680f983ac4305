"""The page of a search: hits, what there is to remark, facets and the dates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from starlette.responses import HTMLResponse, Response

from searchlib import Hit, Results
from searchlib.web.asked import Asked
from searchlib.web.histogram import charts
from searchlib.web.labels import count, facts_of, field_of, name_of, pills, value_of
from searchlib.web.marked import mark, of_snippet
from searchlib.web.site import PageRequest
from searchlib.web.wording import Wording

_SHOWN_VALUES = 8
_MORE_VALUES = 60
_WHY_CHARS = 120


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
    found = t("1 article") if total == 1 else t("{} articles", count(total)) if total else t("no article")
    last = asked.offset + len(results)
    is_empty = not len(results)
    orders = [("relevance", "best first")] if asked.q.strip() else []
    now = asked.sort or ("relevance" if asked.q.strip() else "newest")
    return {
        "heading": asked.q or t("All articles"),
        "found": found,
        "undated": count(results.undated) if results.undated else "",
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
            "total": count(results.suggestion_total),
            "reason": t.whole(results.suggestion_reason or ""),
        },
        "pills": list(pills(asked, t)),
        "facets": list(_facets(asking, results, more)),
        "charts": list(charts(results.facets["month"], asked)),
        "dates": {"since": asked.since, "until": asked.until, "kept": asked.without_dates()},
        "hits": [_hit(hit, asking, place) for place, hit in enumerate(results, start=asked.offset + 1)],
        "place": t("{}–{} of {}", count(asked.offset + 1), count(last), count(total)),
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
        "headline": mark(hit.headline, hit.headline_marks) if hit.headline else name_of(hit.article, t),
        "facts": facts_of(hit.article),
        "missing": t(", ").join(hit.missing),
        "snippets": [
            {"field": "" if one.field == "body" else field_of(one.field, t), "text": of_snippet(one)}
            for one in hit.snippets
        ],
        "why": _shorten(t.why(hit.why)) if asked.q.strip() else "",
        "reprints": [
            {
                "url": asked.url(id=other.id),
                "headline": name_of(other.article, t),
                "facts": facts_of(other.article),
            }
            for other in hit.reprints
        ],
    }


def _shorten(why: str) -> str:
    """Return why a hit was found, of a long query the beginning: the API has the whole."""
    return why if len(why) <= _WHY_CHARS else f"{why[:_WHY_CHARS]}…"


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
            "name": field_of(key, t),
            "choices": [
                {
                    "name": value_of(key, value, t),
                    "count": count(counts.get(value, 0)),
                    "url": asked.toggle(key, value),
                    "is_now": value in chosen,
                }
                for value in (*missing, *counts)
            ],
            "more": count(size - len(counts)) if size > len(counts) and key != more else "",
            "more_url": asked.url(all=key),
        }
