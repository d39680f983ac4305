"""The words that set one article apart from the others: frequent in it, rare elsewhere."""

from __future__ import annotations

from searchlib.analysis import clean_text, is_han
from searchlib.embedded.search.matching import Matcher
from searchlib.embedded.search.table import Table
from searchlib.engine.request import FieldWeights
from searchlib.model import TEXT_FIELDS, Article
from searchlib.scoring.bm25f import K1, idf
from searchlib.scoring.terms import Term

_LEAST_CHARS = 2


def typical_words(article: Article, matcher: Matcher, count: int) -> list[str]:
    """Return up to *count* words of an article, those that weigh most in BM25F first."""
    weights: dict[str, float] = {}
    weighting = FieldWeights(own=matcher.snapshot.own_fields)
    for field in (*TEXT_FIELDS, *weighting.own):
        for text in article.texts(field):
            for word in matcher.analyzer.words(clean_text(text)):
                if len(word) >= _LEAST_CHARS and (is_han(word[0]) or word.isalpha()):
                    weights[word] = weights.get(word, 0.0) + weighting.of(field)
    table = Table(matcher.snapshot, [Term(word, "word") for word in weights])
    total = max(1, len(matcher.snapshot.docs))
    scores = {}
    for number, term in enumerate(table.terms):
        found = table.doc_freq(number)
        if 1 < found <= total:  # a word of no other article finds nothing
            weight = weights[term.text]
            scores[term.text] = idf(found, total) * weight / (weight + K1)
    return sorted(scores, key=lambda word: (-scores[word], word))[:count]
