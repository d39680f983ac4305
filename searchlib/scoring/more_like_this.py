"""The words that set one article apart from the others: frequent in it, rare elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from searchlib.analysis import Analyzer, clean_text, is_han
from searchlib.engine.request import FieldWeights
from searchlib.model import TEXT_FIELDS, Article
from searchlib.scoring.bm25f import K1, idf
from searchlib.scoring.collection_figures import CollectionFigures
from searchlib.scoring.terms import Term

_LEAST_CHARS = 2


def weigh_words(article: Article, own: Mapping[str, float], analyzer: Analyzer) -> dict[str, float]:
    """Return the words of an article that say something, each with the weights of the places where it is."""
    weights: dict[str, float] = {}
    weighting = FieldWeights(own=own)
    for field in (*TEXT_FIELDS, *weighting.own):
        for text in article.texts(field):
            for word in analyzer.words(clean_text(text)):
                if len(word) >= _LEAST_CHARS and (is_han(word[0]) or word.isalpha()):
                    weights[word] = weights.get(word, 0.0) + weighting.of(field)
    return weights


def heaviest_words(weights: Mapping[str, float], figures: CollectionFigures, count: int) -> list[str]:
    """Return up to *count* of some words, those that weigh most in BM25F first."""
    total = figures.doc_count
    scores = {}
    for word, weight in weights.items():
        found = figures.doc_freq(Term(word, "word"))
        if 1 < found <= total:  # a word of no other article finds nothing
            scores[word] = idf(found, total) * weight / (weight + K1)
    return sorted(scores, key=lambda word: (-scores[word], word))[:count]
