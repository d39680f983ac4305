"""How many articles have some words, and which words set an article apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Never, overload

from searchlib.engine.contract import WordCounts
from searchlib.errors import BackendError
from searchlib.model import Article
from searchlib.opensearch.client import NAME
from searchlib.opensearch.layout import LENGTH
from searchlib.opensearch.view import View
from searchlib.scoring.more_like_this import heaviest_words, weighed_words
from searchlib.scoring.terms import Term


class _NotCounted(Sequence[int]):
    """How often words occur, which a cluster does not tell: refused when somebody asks."""

    def __len__(self) -> int:
        return 0

    def __iter__(self) -> Never:
        _refuse()

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[int]: ...
    def __getitem__(self, place: int | slice) -> int | Sequence[int]:
        _refuse()


def _refuse() -> Never:
    cure = "write the articles out with search export, and index them in a folder"
    raise BackendError(NAME, f"how often words occur in all articles is not counted on a cluster: {cure}")


def counted(view: View, words: Sequence[str]) -> WordCounts:
    """Return in how many articles each word occurs."""
    terms = [Term(word, "word") for word in words]
    view.figures.load(terms)
    names = [LENGTH + view.layout.name(field) for field in view.layout.texts]
    answer = view.finder.ask(
        {"size": 0, "track_total_hits": True, "aggs": {name: {"sum": {"field": name}} for name in names}}
    )
    every = sum(int(answer["aggregations"][name]["value"]) for name in names)
    articles = [view.figures.doc_freq(term) for term in terms]
    return WordCounts(_NotCounted(), articles, every, int(answer["hits"]["total"]["value"]))


def typical_words(view: View, article: Article, count: int) -> list[str]:
    """Return the words that set an article apart from the others, the heaviest first."""
    weights = weighed_words(article, view.layout.own, view.analyzer)
    view.figures.load(Term(word, "word") for word in weights)
    return heaviest_words(weights, view.figures, count)
