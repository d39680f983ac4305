"""
The figures of all articles of a cluster, which the weights of terms rest on.

Each is exact when it is asked for: a term that is in several fields of an article counts once, and
all shards are asked. They are kept for a while, because no ranking changes by a few articles more.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from typing import Any

from searchlib.analysis import Analyzer
from searchlib.analysis.counted import CountedArticle
from searchlib.forks import new_lock
from searchlib.model import Article
from searchlib.opensearch.clauses import MATCH_ALL, Clause, all_of
from searchlib.opensearch.finding import Finder
from searchlib.opensearch.mapping import LENGTH, Layout
from searchlib.opensearch.translation import Translator
from searchlib.query.nodes import Phrase
from searchlib.scoring.terms import Term
from searchlib.textmatch.article_match import article_matches

KEPT_S = 60.0
"""What others write meanwhile changes no weight."""

_AT_ONCE = 500
_MOST_KEPT = 100_000


class Kept:
    """The figures of one state of an index, as far as they were asked for. Safe for many threads."""

    def __init__(self) -> None:
        self.lock = new_lock()
        self.since_s = time.monotonic()
        self.counts: dict[Any, int] = {}
        self.means: dict[str, float] = {}
        self.doc_count: int | None = None

    @property
    def is_old(self) -> bool:
        """Whether they should be asked for again."""
        return time.monotonic() - self.since_s > KEPT_S or len(self.counts) > _MOST_KEPT


class ClusterFigures:
    """Counts the articles of a whole cluster."""

    def __init__(
        self, finder: Finder, translator: Translator, layout: Layout, analyzer: Analyzer, kept: Kept
    ) -> None:
        self._finder = finder
        self._translator = translator
        self._layout = layout
        self._analyzer = analyzer
        self._kept = kept

    @property
    def doc_count(self) -> int:
        """The number of articles, 1 at least."""
        self._load(())
        return max(1, self._kept.doc_count or 0)

    def mean_length(self, field: str) -> float:
        """Return the mean length of a field over the articles that have it; 1 where none has."""
        self._load(())
        return self._kept.means.get(field, 1.0)

    def doc_freq(self, term: Term) -> int:
        """Return how many articles hold a term in any of its fields."""
        self._load([term])
        return min(self._kept.counts[term], self.doc_count)

    def count_holding(self, terms: Sequence[Term]) -> int:
        """Return how many articles hold all of some terms."""
        key = tuple(terms)
        if key not in self._kept.counts:
            self._kept.counts[key] = self._finder.count(all_of(map(self._clause, terms)))
        return min(self._kept.counts[key], self.doc_count)

    def count_matching(self, phrase: Phrase) -> int:
        """Return how many articles an open word is in."""
        if phrase not in self._kept.counts:
            found = self._translator.find(phrase)
            self._kept.counts[phrase] = self._finder.total(
                found, MATCH_ALL, lambda article: self._has(phrase, article)
            )
        return min(self._kept.counts[phrase], self.doc_count)

    def _has(self, phrase: Phrase, article: Article) -> bool:
        counted = CountedArticle(article, self._analyzer, self._layout.own)
        return article_matches(phrase, counted, self._analyzer, self._finder.deadline)

    def load(self, terms: Iterable[Term]) -> None:
        """Ask for the figures of all terms of a query at once."""
        self._load(list(terms))

    def _load(self, terms: Sequence[Term]) -> None:
        kept = self._kept
        with kept.lock:
            wanted = [term for term in dict.fromkeys(terms) if term not in kept.counts]
            if kept.doc_count is not None and not wanted:
                return
            for start in range(0, max(1, len(wanted)), _AT_ONCE):
                self._ask(wanted[start : start + _AT_ONCE], is_first=kept.doc_count is None)

    def _ask(self, terms: Sequence[Term], *, is_first: bool) -> None:
        aggregations: dict[str, Any] = {}
        if terms:
            filters = {str(number): self._clause(term) for number, term in enumerate(terms)}
            aggregations["terms"] = {"filters": {"filters": filters}}
        if is_first:
            for field in self._layout.texts:
                name = LENGTH + self._layout.name(field)
                aggregations[name] = {"avg": {"field": name}}
        body = {"size": 0, "track_total_hits": is_first, "aggs": aggregations}
        answer = self._finder.ask(body)
        told = answer["aggregations"]
        if terms:
            for number, term in enumerate(terms):
                self._kept.counts[term] = int(told["terms"]["buckets"][str(number)]["doc_count"])
        if is_first:
            for field in self._layout.texts:
                mean = told[LENGTH + self._layout.name(field)]["value"]
                self._kept.means[field] = float(mean) if mean else 1.0
            self._kept.doc_count = int(answer["hits"]["total"]["value"])

    def _clause(self, term: Term) -> Clause:
        make = self._translator.word if term.unit == "word" else self._translator.pair
        return make(term.text, term.field)
