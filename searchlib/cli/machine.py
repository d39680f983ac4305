"""Answers for a program: JSON with a format number first, the same keys in every answer."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from searchlib import Article, Hit, Results

FORMAT = 1
"""Raised when a key changes its meaning or goes away; new keys do not raise it."""

_STEERING = re.compile(
    "[\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0001\U000e0020-\U000e007f]"
)
"""Controls of 8 bits, and characters of format (Unicode's Cc and Cf); JSON escapes the others itself."""


def json_object(content: dict[str, Any]) -> str:
    """Return one object in one line, the format number first, Chinese readable."""
    return json_line({"format": FORMAT, **content})


def json_line(content: Any) -> str:
    r"""
    Return *content* in one line, Chinese readable, and escaped what could steer a terminal.

    >>> json_line("党\x9b\u202e")
    '"党\\u009b\\u202e"'
    """
    try:
        line = json.dumps(content, ensure_ascii=False, default=str, allow_nan=False)
    except ValueError:
        line = json.dumps(_finite(content), ensure_ascii=False, default=str)
    return _STEERING.sub(_escaped, line)


def _finite(value: Any) -> Any:
    """Return a value with null where JSON has no number: 1e999 is read as infinity."""
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _escaped(match: re.Match[str]) -> str:
    return json.dumps(match.group())[1:-1]


def results_content(results: Results) -> dict[str, Any]:
    """Return the object of an answer."""
    return {
        "query": results.query,
        "total": results.total,
        "relaxed": results.relaxed,
        "dropped": list(results.dropped),
        "undated": results.undated,
        "suggestion": results.suggestion,
        "suggestion_reason": results.suggestion_reason,
        "suggestion_total": results.suggestion_total,
        "hints": list(results.hints),
        "repaired": list(results.repaired),
        "took_ms": round(results.took_ms, 3),
        "facets": {name: dict(counts) for name, counts in results.facets.items()},
        "hits": [hit_content(hit) for hit in results],
    }


def hit_content(hit: Hit) -> dict[str, Any]:
    """Return the object of a hit; offsets count code points."""
    article = hit.article
    return {
        "id": hit.id,
        "score": hit.score,
        "headline": hit.headline,
        "authors": list(article.authors),
        "date": article.date,
        "publication": article.publication,
        "kind": article.kind,
        "source": article.source,
        "snippets": [
            {"text": snippet.text, "start": snippet.start, "marks": [list(mark) for mark in snippet.marks]}
            for snippet in hit.snippets
        ],
        "why": hit.why,
        "reprints": [
            {
                "id": other.id,
                "headline": other.headline,
                "date": other.article.date,
                "publication": other.article.publication,
                "source": other.article.source,
            }
            for other in hit.reprints
        ],
    }


def articles_content(articles: Iterable[Article]) -> dict[str, Any]:
    """Return the object of articles with all their fields."""
    return {"articles": [article.to_dict() for article in articles]}
