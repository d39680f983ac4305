"""
What a commit answers to a request that was read: hits, totals, suggestions, why, and where an article stands.

A plain query that the kernel answers needs none of it, so `backend` loads it when it is first asked.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import islice
from typing import overload

from searchlib.analysis import Analyzer
from searchlib.embedded.search.kernel import id_of
from searchlib.embedded.search.matching import Matcher
from searchlib.embedded.search.plain import KnownPage
from searchlib.embedded.search.query_postings import Table
from searchlib.embedded.search.ranking import (
    RankedDocs,
    explain,
    matching,
    rank,
    rank_known,
    standing,
    stands_whole,
)
from searchlib.embedded.store.snapshot import Snapshot
from searchlib.engine.contract import Placement, RankedArticle, SearchResponse, WordCounts
from searchlib.engine.request import SearchRequest
from searchlib.findings import Suggestion
from searchlib.frozen import replace
from searchlib.query.nodes import Phrase, Query
from searchlib.scoring.terms import Term

_SHOWN = 10
"""Articles of a suggestion, one of which has the word that it mends: as many as a page shows."""

__all__ = ["Matcher", "explain", "matching_docs", "placement", "respond", "word_counts"]


def respond(
    snapshot: Snapshot, analyzer: Analyzer, request: SearchRequest, page: KnownPage | None = None
) -> SearchResponse:
    """
    Answer a request from one commit; total and suggestion are looked for when they are asked for.

    Args:
        page: What is on the page, where it was found already.
    """
    with snapshot.blamed():
        matcher = Matcher(snapshot, analyzer, request.deadline)
        ranking, groups = (rank_known(request, matcher, page), None) if page else _group(request, matcher)
        hits = _RankedDocs(snapshot, ranking, groups)

    def total() -> int:
        with snapshot.blamed():
            return ranking.total()

    def count_undated() -> int:
        with snapshot.blamed():
            return ranking.undated()

    def suggestion() -> Suggestion | None:
        with snapshot.blamed():
            return _suggestion(request, ranking, matcher)

    counts = {key: facet.counts for key, facet in ranking.facets.items()}
    sizes = {key: facet.size for key, facet in ranking.facets.items()}
    known = (ranking.tree, count_undated, counts)
    return SearchResponse(hits, total, *known, suggest=suggestion, facet_sizes=sizes, weights=ranking.weights)


def _group(request: SearchRequest, matcher: Matcher) -> tuple[RankedDocs, list[list[int]] | None]:
    """Rank, and put each article and its reprints together when that is asked for."""
    if request.group is None:
        return rank(request, matcher), None
    from searchlib.embedded.search.reprints import Reprints  # noqa: PLC0415 (few searches group)

    ranking = rank(replace(request, limit=None, offset=0), matcher)
    found = Reprints(matcher.snapshot, matcher.analyzer.words, ranking.docs, request.deadline).groups()
    end = None if request.limit is None else min(request.offset + request.limit, sys.maxsize)
    return ranking, list(islice(found, request.offset, end))


def _suggestion(request: SearchRequest, ranking: RankedDocs, matcher: Matcher) -> Suggestion | None:
    """Look for another spelling when the query does not stand as it was typed."""
    is_strict = ranking.tree is request.tree
    found = bool(ranking.docs) and (is_strict or matcher.matches(request.tree, ranking.docs[0]))
    found = found or (is_strict and ranking.total() > 0)
    if (
        not request.typed
        or request.compile is None
        or (found and stands_whole(request.tree, matcher, ranking.docs))
    ):
        return None
    from searchlib.embedded.suggest.suggesting import suggest  # noqa: PLC0415 (its tables take 10 ms)

    compiled, nearest = request.compile, request.nearest

    def ask(typed: str) -> int:
        tree = compiled(typed)
        other = replace(request, tree=tree, limit=1, offset=0, facets={}, relaxed=None, typed="", group=None)
        return rank(other, matcher).total()

    def shows(typed: str, words: Sequence[str]) -> list[str]:
        relaxed = nearest(typed) if nearest else None
        nearest_first = replace(request, sort="relevance", limit=_SHOWN, offset=0, facets={}, group=None)
        docs = rank(replace(nearest_first, tree=compiled(typed), relaxed=relaxed), matcher).docs
        return [word for word in words if any(matcher.matches(Phrase(word), doc) for doc in docs)]

    relaxes = request.relaxed is not None
    return suggest(request.typed, request.tree, matcher, ask, found=found, shows=shows if relaxes else None)


def placement(snapshot: Snapshot, analyzer: Analyzer, request: SearchRequest, doc: int) -> Placement:
    """Return the place of one document among all that a request finds."""
    found = standing(request, Matcher(snapshot, analyzer, request.deadline), doc)
    place = None if found.place is None else found.place + 1
    before = found.before and (snapshot.article(found.before[0]), found.before[1])

    def matches(tree: Query) -> bool:
        with snapshot.blamed():
            return found.matches(tree)

    return Placement(snapshot.article(doc), place, found.total, matches, found.score, before)


def matching_docs(snapshot: Snapshot, analyzer: Analyzer, request: SearchRequest) -> Iterable[int]:
    """Return all documents that match a request's tree and pass its filters, in no order."""
    found: list[int] = matching(request, Matcher(snapshot, analyzer, request.deadline)).tolist()
    return found


def word_counts(snapshot: Snapshot, words: Sequence[str]) -> WordCounts:
    """Count words by their postings alone."""
    table = Table(snapshot, [Term(word, "word") for word in words])
    numbers = {term.text: number for number, term in enumerate(table.terms)}
    occurrences = table.occurrences()
    return WordCounts(
        [int(occurrences[numbers[word]]) for word in words],
        [table.doc_freq(numbers[word]) for word in words],
        int(sum(snapshot.lengths(field).sum() for field in snapshot.text_fields)),
        len(snapshot.docs),
    )


class _RankedDocs(Sequence[RankedArticle]):
    """The documents of a page; ids are read as it is walked, so that a walk over all holds numbers only."""

    def __init__(
        self, snapshot: Snapshot, ranking: RankedDocs, groups: Sequence[Sequence[int]] | None
    ) -> None:
        self._snapshot = snapshot
        self._docs, self._scores = ranking.docs, ranking.scores
        self._groups = groups
        self._grouped = {} if groups is None else dict(zip(ranking.docs, ranking.scores, strict=True))

    def __len__(self) -> int:
        return len(self._docs if self._groups is None else self._groups)

    @overload
    def __getitem__(self, place: int) -> RankedArticle: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[RankedArticle, ...]: ...
    def __getitem__(self, place: int | slice) -> RankedArticle | tuple[RankedArticle, ...]:
        if isinstance(place, slice):
            return tuple(map(self.__getitem__, range(len(self))[place]))
        if self._groups is None:
            return self._as_ranked(self._docs[place], self._scores[place])
        first, *others = (self._as_ranked(doc, self._grouped[doc]) for doc in self._groups[place])
        return first._replace(reprints=tuple(others))

    def _as_ranked(self, doc: int, score: float) -> RankedArticle:
        with self._snapshot.blamed():
            article_id = id_of(self._snapshot, doc)
        return RankedArticle(article_id, score, partial(self._snapshot.article, doc))
