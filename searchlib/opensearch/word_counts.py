"""How often words occur and in how many articles, and which of them set an article apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from searchlib.engine.contract import WordCounts
from searchlib.model import Article
from searchlib.opensearch.clauses import term
from searchlib.opensearch.mapping import ALL, COUNTS, LENGTH, bit_token
from searchlib.opensearch.stream import token_of
from searchlib.opensearch.view import View
from searchlib.scoring.more_like_this import heaviest_words, weigh_words
from searchlib.scoring.terms import Term

_BITS = 20
"""A word is not a million times in an article: bodies of so many words do not come in newspapers."""

_AT_ONCE = 1000


def count_words(view: View, words: Sequence[str]) -> WordCounts:
    """Return how often words occur in the articles, and in how many of them."""
    terms = [Term(word, "word") for word in words]
    view.figures.load(terms)
    articles = [view.figures.doc_freq(term) for term in terms]
    names = [LENGTH + view.layout.name(field) for field in view.layout.texts]
    answer = view.finder.ask(
        {"size": 0, "track_total_hits": True, "aggs": {name: {"sum": {"field": name}} for name in names}}
    )
    every = sum(int(answer["aggregations"][name]["value"]) for name in names)
    more = dict.fromkeys(words, 0)
    asked = [(word, bit) for word, held in zip(words, articles, strict=True) if held for bit in range(_BITS)]
    for start in range(0, len(asked), _AT_ONCE):
        for (word, bit), held in _having(view, asked[start : start + _AT_ONCE]):
            more[word] += held << bit
    occurrences = [held + more[word] for word, held in zip(words, articles, strict=True)]
    return WordCounts(occurrences, articles, every, int(answer["hits"]["total"]["value"]))


def _having(view: View, asked: Sequence[tuple[str, int]]) -> Iterator[tuple[tuple[str, int], int]]:
    """Yield in how many articles each bit of a word's count is set."""
    filters = {
        str(number): term(COUNTS + ALL, bit_token(token_of(word), bit))
        for number, (word, bit) in enumerate(asked)
    }
    body = {"size": 0, "track_total_hits": False, "aggs": {"bits": {"filters": {"filters": filters}}}}
    buckets = view.finder.ask(body)["aggregations"]["bits"]["buckets"]
    return ((one, int(buckets[str(number)]["doc_count"])) for number, one in enumerate(asked))


def typical_words(view: View, article: Article, count: int) -> list[str]:
    """Return the words that set an article apart from the others, the heaviest first."""
    weights = weigh_words(article, view.layout.own, view.analyzer)
    view.figures.load(Term(word, "word") for word in weights)
    return heaviest_words(weights, view.figures, count)
