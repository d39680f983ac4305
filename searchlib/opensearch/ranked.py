"""
The articles of an answer in order.

By relevance the cluster chooses the first hundred and these are ranked again, by the embedded engine's
code and to the last digit of its score. Behind them the cluster's order goes on, so that the order never
depends on the page that is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from searchlib.analysis import units
from searchlib.engine.request import SearchRequest
from searchlib.model import OWN, Article
from searchlib.opensearch.clauses import MATCH_NONE, Clause, all_of, none_of
from searchlib.opensearch.finding import BEST, BY_ID, NEWEST, OLDEST, Candidate, Finder, as_wanted
from searchlib.opensearch.own_key_order import in_key_order
from searchlib.opensearch.view import View
from searchlib.query.nodes import Query
from searchlib.scoring.plan import ScoringPlan, scoring_plan
from searchlib.scoring.relaxing import CLOSEST, strict_or_relaxed
from searchlib.scoring.rescoring import RESCORE_DEPTH

if TYPE_CHECKING:
    from searchlib.embedded.search.scoring import Scorer

POOL = 100
"""
Number of first articles that are ranked by our own score; with 200 no collection measured ranks better.

The passages of the first `RESCORE_DEPTH` are looked into.
"""

POOL_OF_CHARACTERS = 400
"""The same where a query has single characters or open words, of which the cluster weighs no lengths."""

_EVERY = 1000
"""Articles in one request behind the first ones."""

_DFS = {"search_type": "dfs_query_then_fetch"}
"""All shards weigh a term alike."""


@dataclass(frozen=True)
class Entry:
    """An article in its place."""

    candidate: Candidate
    score: float


@dataclass
class Ranked:
    """What is known of the articles that match a tree, the first of them in order."""

    tree: Query
    first: list[Entry]
    rest: Callable[[], Iterator[Entry]]
    """Yields those behind the first ones, in the cluster's order."""
    by_passages: frozenset[str] = frozenset()
    """The ids of those that were first before their passages were looked into."""
    total: int | None = None
    """How many match; None where they have not been counted."""

    def __iter__(self) -> Iterator[Entry]:
        yield from self.first
        yield from self.rest()


def rank(request: SearchRequest, view: View, within: Clause) -> Ranked:
    """Answer the tree, or the relaxed one when nothing matches; *within* is what filters let through."""
    relaxed = request.relaxed
    if relaxed is None and request.limit == 0:  # all that is asked is counted
        return Ranked(request.tree, [], lambda: iter(()))
    return strict_or_relaxed(request, _OfCluster(request, view, within))


@dataclass(frozen=True)
class _OfCluster:
    """Answers one tree and another of one request."""

    request: SearchRequest
    view: View
    within: Clause

    def answer(self, request: SearchRequest, tree: Query) -> Ranked:
        return _of_tree(request, tree, self.view, self.within)

    def first(self, answer: Ranked) -> list[tuple[Article, float]]:
        return [(entry.candidate.article, entry.score) for entry in answer.first[:CLOSEST]]

    def matches(self, tree: Query, article: Article) -> bool:
        return self.view.matches(article, tree)

    def held(self, _: Ranked, words: Sequence[Query], articles: Sequence[Article]) -> list[int]:
        return [sum(self.view.matches(article, word) for word in words) for article in articles]

    def nothing(self, _: Ranked) -> Ranked:
        return Ranked(self.request.tree, [], lambda: iter(()))


def _of_tree(request: SearchRequest, tree: Query, view: View, within: Clause) -> Ranked:
    """Return the articles that match one tree, in the order asked for."""
    plan = scoring_plan(tree, view.analyzer)
    if request.sort == "relevance" and plan.tells_apart:
        return _by_relevance(request, tree, view, within, plan)
    return _in_order(request, tree, view, within, is_scored=plan.tells_apart)


def _by_relevance(
    request: SearchRequest, tree: Query, view: View, within: Clause, plan: ScoringPlan
) -> Ranked:
    """Rank the first hundred again; after them is the cluster's order."""
    found = view.translator.find(tree)
    clauses = view.first_phase(request.weights).clauses(tree, plan)
    if as_wanted(found, within) == MATCH_NONE:
        return Ranked(tree, [], lambda: iter(()), total=0)
    most = _pool_size(plan)
    judge = view.judge(tree)
    pool, total = view.finder.first(found, within, judge, BEST, scored=clauses, size=most, **_DFS)
    if not pool:
        return Ranked(tree, [], lambda: iter(()), total=0)
    matcher = view.part(pool)
    scorer = _scorer(tree, matcher, request)
    docs, scores = scorer.best(matcher.snapshot.docs, len(pool), None)
    first: list[int] = []
    passages = scorer.passages
    if passages:
        first = docs[:RESCORE_DEPTH]
        best = passages.in_order(first, scores[:RESCORE_DEPTH], len(first))
        docs, scores = best[0] + docs[RESCORE_DEPTH:], best[1] + scores[RESCORE_DEPTH:]
    entries = [Entry(pool[doc], score) for doc, score in zip(docs, scores, strict=True)]
    least = min(scores)

    def rest() -> Iterator[Entry]:
        if len(pool) < most:
            return
        with view.finder.moment() as finder:
            further = finder.matching(
                found,
                _but(within, pool),
                judge,
                BEST,
                scored=clauses,
                size=_EVERY,
                **_DFS,
            )
            for candidate in further:
                yield Entry(candidate, min(least, candidate.score))

    return Ranked(tree, entries, rest, frozenset(pool[doc].id for doc in first), total)


def _pool_size(plan: ScoringPlan) -> int:
    is_single = any(term.unit == "pair" and len(list(units(term.text))) == 1 for term in plan.shares)
    return POOL_OF_CHARACTERS if is_single or plan.open_words else POOL


def _but(within: Clause, pool: Sequence[Candidate]) -> Clause:
    """Return what leaves out the first articles, wherever the cluster would rank them now."""
    return all_of([within, none_of([{"terms": {"id": [candidate.id for candidate in pool]}}])])


def _scorer(tree: Query, matcher: Any, request: SearchRequest) -> Scorer:
    from searchlib.embedded.search.scoring import Scorer  # noqa: PLC0415 (with numpy, which counting needs not)

    return Scorer(tree, matcher, request.weights)


def _in_order(request: SearchRequest, tree: Query, view: View, within: Clause, *, is_scored: bool) -> Ranked:
    """Return the articles by date, by a key or by their ids, each with its score."""
    found = view.translator.find(tree)
    judge = view.judge(tree)
    order = {"newest": NEWEST, "oldest": OLDEST}.get(request.sort, BY_ID)
    count = max(1, POOL if request.limit is None else min(POOL, request.offset + request.limit))

    def entries(candidates: Sequence[Candidate]) -> list[Entry]:
        if not is_scored or not candidates:
            return [Entry(candidate, 0.0) for candidate in candidates]
        scorer = _scorer(tree, view.part(candidates), request)
        return [Entry(candidate, scorer.score(doc)) for doc, candidate in enumerate(candidates)]

    def walk(finder: Finder, size: int) -> Iterator[Candidate]:
        if request.sort.removeprefix("-").startswith(OWN):
            return in_key_order(finder, request.sort, found, within, judge)
        return finder.matching(found, within, judge, order, size=size)

    total: int | None = None
    if request.sort.removeprefix("-").startswith(OWN):
        candidates = list(islice(walk(view.finder, count), count))
    else:
        candidates, total = view.finder.first(found, within, judge, order, size=count)

    def rest() -> Iterator[Entry]:
        if len(candidates) < count:
            return
        with view.finder.moment() as finder:
            further = walk(finder, _EVERY)
            seen = {candidate.id for candidate in candidates}
            while batch := list(islice(further, POOL)):
                yield from entries([one for one in batch if one.id not in seen])

    return Ranked(tree, entries(candidates), rest, total=total)
