"""The words that set one article apart from the others, by the postings of one commit."""

from __future__ import annotations

from searchlib.embedded.search.matching import Matcher
from searchlib.model import Article
from searchlib.scoring.more_like_this import heaviest_words, weigh_words
from searchlib.scoring.terms import Term


def typical_words(article: Article, matcher: Matcher, count: int) -> list[str]:
    """Return up to *count* words of an article, those that weigh most in BM25F first."""
    weights = weigh_words(article, matcher.snapshot.own_fields, matcher.analyzer)
    matcher.read([Term(word, "word") for word in weights])
    return heaviest_words(weights, matcher.figures, count)
