"""The objects of answers: plain dicts, the same keys in every answer, offsets in code points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from searchlib.analytics import Concordance, Trends
    from searchlib.diagnosis.standing import WhyNot
    from searchlib.findings import Collocate, Explanation, TellingWord, WordCount
    from searchlib.marks import Marks
    from searchlib.model import Article
    from searchlib.results import Hit, Results
    from searchlib.snippet import Snippet


def of_results(results: Results) -> dict[str, Any]:
    """Return the object of a search, or of the articles that are like one."""
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
        "facet_sizes": dict(results.facet_sizes),
        "hits": [of_hit(hit) for hit in results],
    }


def of_hit(hit: Hit) -> dict[str, Any]:
    """Return the object of a hit."""
    article = hit.article
    return {
        "id": hit.id,
        "score": hit.score,
        "headline": hit.headline,
        "headline_marks": _spans(hit.headline_marks),
        "authors": list(article.authors),
        "date": article.date,
        "publication": article.publication,
        "page": article.page,
        "kind": article.kind,
        "source": article.source,
        "extra": dict(article.extra),
        "snippets": [_snippet(snippet) for snippet in hit.snippets],
        "why": hit.why,
        "missing": list(hit.missing),
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


def _snippet(snippet: Snippet) -> dict[str, Any]:
    return {
        "text": snippet.text,
        "start": snippet.start,
        "marks": _spans(snippet.marks),
        "field": snippet.field,
    }


def _spans(spans: Iterable[Sequence[int]]) -> list[list[int]]:
    return [list(span) for span in spans]


def of_articles(articles: Iterable[Article]) -> dict[str, Any]:
    """Return the object of articles with all their fields."""
    return {"articles": [article.to_dict() for article in articles]}


def of_marks(marks: Marks) -> dict[str, Any]:
    """Return the object of one article, and where a query marks it: field, text, `[start, end]`."""
    return {
        **of_articles([marks.article]),
        "marks": marks.to_dict(),
        "why": marks.why,
        "missing": list(marks.missing),
    }


def of_kwic(query: str, lines: Concordance, places: int | None = None) -> dict[str, Any]:
    """
    Return the object of places of a query.

    Args:
        places: The number of all places, where they were counted.
    """
    return {
        "query": query,
        "articles": lines.articles,
        "total": places,
        "lines": [line._asdict() for line in lines],
    }


def of_collocates(query: str, words: Iterable[Collocate]) -> dict[str, Any]:
    """Return the object of the words near the places of a query."""
    return {"query": query, "collocates": [asdict(word) for word in words]}


def of_telling_words(query: str, words: Iterable[TellingWord]) -> dict[str, Any]:
    """Return the object of the words that tell the articles of a query from others."""
    return {"query": query, "words": [asdict(word) for word in words]}


def of_word_list(query: str, words: Iterable[WordCount]) -> dict[str, Any]:
    """Return the object of the words of the articles of a query, the most frequent first."""
    return {"query": query, "words": [asdict(word) for word in words]}


def of_trend(query: str, months: Mapping[str, int]) -> dict[str, Any]:
    """Return the object of a number of articles for each month."""
    return {"query": query, "months": dict(months)}


def of_trends(trends: Trends) -> dict[str, Any]:
    """Return the object of several queries over time, beside all articles."""
    return {
        "by": trends.by,
        "periods": list(trends.periods),
        "articles": list(trends.articles),
        "counts": {query: list(counts) for query, counts in trends.counts.items()},
        "undated": dict(trends.undated),
    }


def of_suggestions(completions: Iterable[str]) -> dict[str, Any]:
    """Return the object of what could be typed."""
    return {"suggestions": list(completions)}


def of_explanation(explanation: Explanation) -> dict[str, Any]:
    """Return the object of a score and its parts."""
    return {"explanation": explanation.to_dict()}


def of_why_not(answer: WhyNot) -> dict[str, Any]:
    """Return the object that says what an article lacks, or what precedes it."""
    return answer.to_dict()


def of_stats(stats: Mapping[str, Any]) -> dict[str, Any]:
    """Return the object of the figures of an index."""
    return {"stats": dict(stats)}


def of_error(error: Exception) -> dict[str, Any]:
    """Return the object of an error: what it says, its type, and for a query the column, from 1."""
    column = getattr(error, "column", None)
    return {
        "error": str(error) or type(error).__name__,
        "type": type(error).__name__,
        **({} if column is None else {"column": column}),
    }
