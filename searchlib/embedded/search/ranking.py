"""Filters, order and facets around matching and scoring: one request, one answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import islice
from typing import NamedTuple

from searchlib.analysis.counted import CountedArticle
from searchlib.arrays import np
from searchlib.embedded.search.compiled import count_matching, first_documents, weights_of
from searchlib.embedded.search.matching import Matcher
from searchlib.embedded.search.plain import KnownPage
from searchlib.embedded.search.plans import KernelPlan, plan_of
from searchlib.embedded.search.scoring import Scorer
from searchlib.embedded.search.where import passing, passing_where
from searchlib.embedded.store.docsets import Docs
from searchlib.embedded.store.snapshot import Facet, Snapshot
from searchlib.engine.request import SearchRequest
from searchlib.findings import Explanation
from searchlib.frozen import dataclass, field, replace
from searchlib.model import OWN
from searchlib.query.nodes import Query, Run, has_dates, positive_leaves, with_least
from searchlib.scoring.relaxing import CLOSEST, strict_or_relaxed
from searchlib.scoring.rescoring import RESCORE_DEPTH
from searchlib.stored_values import DATE_KEYS

_LATER_THAN_ALL = 99999999
_LOOKED_AT = 50


@dataclass(frozen=True)
class RankedDocs:
    """The page of documents asked for, in order, and what is known of all that match."""

    docs: list[int]
    scores: list[float]
    total: Callable[[], int]
    """Counts all that match; what only the texts can tell is read then."""
    tree: Query
    """The tree that was answered: another than asked for when not all words were required."""
    undated: Callable[[], int]
    """Counts what date ranges keep out only because it has no full date."""
    facets: Mapping[str, Facet] = field(default_factory=dict)
    weights: Callable[[], Mapping[str, float]] = dict
    """Returns what each word and pair of characters of the query weighs."""


def rank(request: SearchRequest, matcher: Matcher) -> RankedDocs:
    """Answer a request from one commit."""
    within = _within(request, matcher)
    answered = _answer(request, matcher, within)
    page = slice(request.offset, None if request.limit is None else request.offset + request.limit)
    return _as_ranked(request, matcher, within, answered, page)


def rank_known(request: SearchRequest, matcher: Matcher, known: KnownPage) -> RankedDocs:
    """Return what `rank` would of a request that is relaxed, without ranking again what is on the page."""
    assert request.relaxed is not None  # noqa: S101 (of nothing else how many words were required is known)
    tree = with_least(request.relaxed, known.least)
    answered = _Answered(
        tree,
        cache(partial(Scorer, tree, matcher, request.weights)),
        known.docs,
        known.scores,
        plan=plan_of(tree, matcher.analyzer, request.weights),
    )
    return _as_ranked(request, matcher, _within(request, matcher), answered, slice(None))


def _as_ranked(
    request: SearchRequest, matcher: Matcher, within: _Within, answered: _Answered, page: slice
) -> RankedDocs:
    tree = answered.tree
    found = matcher.docs(tree, within()) if request.facets else None
    facets = {} if found is None else dict(_facets(request, matcher, tree, found))

    def total() -> int:
        if found is not None:
            return len(found)
        number = None if answered.plan is None else count_matching(request, answered.plan, tree, matcher)
        return len(matcher.docs(tree, within())) if number is None else number

    return RankedDocs(
        docs=answered.docs[page],
        scores=answered.scores[page],
        total=total,
        tree=tree,
        undated=partial(_count_undated, request, matcher, tree),
        facets=facets,
        weights=partial(_weights, answered, matcher),
    )


def _count_undated(request: SearchRequest, matcher: Matcher, tree: Query) -> int:
    """Count what the request's range of dates, or those of the tree, keep out for want of a full date."""
    ranged = request.narrowed.is_ranged
    if not (ranged or has_dates(tree)):
        return 0
    outside = matcher.find_undated(tree, passing_where(request.where, matcher.snapshot)).tolist()
    return sum(1 for doc in outside if ranged or not matcher.matches(tree, doc))


def _weights(answered: _Answered, matcher: Matcher) -> Mapping[str, float]:
    """Return what each word and pair of a query can bring at most."""
    known = None if answered.plan is None else weights_of(answered.plan, matcher)
    return answered.scorer().weights() if known is None else known


def _facets(
    request: SearchRequest, matcher: Matcher, tree: Query, found: Docs
) -> Iterator[tuple[str, Facet]]:
    """Count the values of each key; *found* are the documents that match under all filters."""
    for key, most in request.facets.items():
        where = {name: wanted for name, wanted in request.where.items() if name != key}
        is_own = key in request.where or (key in DATE_KEYS and request.narrowed.is_ranged)
        docs = found
        if is_own and not request.own_filters:
            others = replace(request, where=where)
            if key in DATE_KEYS:
                others = replace(others, since=None, until=None)
            docs = matcher.docs(tree, passing(others.narrowed, matcher.snapshot))
        yield key, matcher.snapshot.values(key, docs, most)


def matching(request: SearchRequest, matcher: Matcher) -> Docs:
    """Return all documents that match a request's tree and pass its filters, in no order."""
    return matcher.docs(request.tree, passing(request.narrowed, matcher.snapshot))


def stands_whole(tree: Query, matcher: Matcher, docs: Sequence[int]) -> bool:
    """Return whether each run of a tree is in one piece in the first of *docs*, or anywhere."""
    for leaf in positive_leaves(tree):
        if isinstance(leaf, Run):
            if any(matcher.stands(leaf.whole, doc) for doc in docs[:1]):
                continue
            candidates = matcher.candidates(leaf.whole)[:_LOOKED_AT].tolist()
            if not any(matcher.stands(leaf.whole, doc) for doc in candidates):
                return False
    return True


def explain(request: SearchRequest, matcher: Matcher, doc: int) -> Explanation | None:
    """Return what the score of one document is made of; None when it does not match."""
    unfiltered = replace(request, limit=1, since=None, until=None, where={})
    answered = _answer(unfiltered, matcher, _within(unfiltered, matcher))
    if not matcher.matches(answered.tree, doc):
        return None
    return _explain(request, answered, matcher, doc)


def _explain(request: SearchRequest, answered: _Answered, matcher: Matcher, doc: int) -> Explanation:
    """Return what the score of a document is made of, as its texts say: the same to the last bit."""
    from searchlib.scoring.text_scores import TextScorer  # noqa: PLC0415 (no search needs it)

    snapshot, analyzer = matcher.snapshot, matcher.analyzer
    scorer = TextScorer(answered.tree, analyzer, request.weights, matcher.figures)
    counted = CountedArticle(snapshot.article(doc), analyzer, snapshot.own_fields)
    return scorer.explain(counted, has_passages=doc in answered.by_passages)


@dataclass(frozen=True)
class Standing:
    """Where one document is in an answer: its place from 0, None when it is not found, and why."""

    place: int | None
    total: int
    matches: Callable[[Query], bool]
    """Returns whether the document matches a tree, whatever the filters say."""
    score: Explanation | None = None
    before: tuple[int, Explanation] | None = None
    """The document just before it, and that one's score."""


def standing(request: SearchRequest, matcher: Matcher, doc: int) -> Standing:
    """Return where one document is among all that a request finds, whatever its page."""
    answered = _answer(replace(request, limit=None, offset=0), matcher, _within(request, matcher))
    matches = partial(matcher.matches, doc=doc)
    total = len(answered.docs)
    if doc not in answered.docs:
        return Standing(None, total, matches)
    place = answered.docs.index(doc)
    *before, own = [
        (one, _explain(request, answered, matcher, one))
        for one in answered.docs[max(0, place - 1) : place + 1]
    ]
    return Standing(place, total, matches, own[1], before[0] if before else None)


@dataclass(frozen=True)
class _Answered:
    """The first documents of a tree that something matches, if anything does, and their scores."""

    tree: Query
    scorer: Callable[[], Scorer]
    """Returns what scores the tree; the kernel has its own."""
    docs: list[int]
    scores: list[float]
    by_passages: Sequence[int] = ()
    """The documents that were first before their passages were looked into."""
    held: Sequence[int] | None = None
    """How many of the words that the tree requires each document has, where that is known."""
    plan: KernelPlan | None = None


_Within = Callable[[], "Docs | None"]
"""Returns the documents that filters let through, None for all; the kernel needs no list of them."""


def _within(request: SearchRequest, matcher: Matcher) -> _Within:
    return cache(partial(passing, request.narrowed, matcher.snapshot))


def _answer(request: SearchRequest, matcher: Matcher, within: _Within) -> _Answered:
    """Answer the tree, or the relaxed one when nothing matches."""
    return strict_or_relaxed(request, _OfCommit(request, matcher, within))


class _OfCommit:
    """Answers one tree and another of one request."""

    def __init__(self, request: SearchRequest, matcher: Matcher, within: _Within) -> None:
        self._request = request
        self._matcher = matcher
        self._within = within
        self._kept: _Kept | None = None

    def answer(self, request: SearchRequest, tree: Query) -> _Answered:
        relaxed = self._request.relaxed
        if tree is self._request.tree or relaxed is None:
            return _first(request, tree, self._matcher, self._within)
        kept = self._kept or _Kept(cache(partial(Scorer, relaxed, self._matcher, request.weights)))
        found = _first(request, tree, self._matcher, self._within, kept)
        self._kept = kept._replace(plan=found.plan)
        return found

    def first(self, answer: _Answered) -> list[tuple[int, float]]:
        return list(islice(zip(answer.docs, answer.scores, strict=True), CLOSEST))

    def matches(self, tree: Query, article: int) -> bool:
        return self._matcher.matches(tree, article)

    def held(self, answer: _Answered, words: Sequence[Query], articles: Sequence[int]) -> Sequence[int]:
        if answer.held is not None:
            return answer.held[: len(articles)]
        return [sum(1 for word in words if self._matcher.matches(word, doc)) for doc in articles]

    def nothing(self, answer: _Answered) -> _Answered:
        return replace(answer, tree=self._request.tree)


class _Kept(NamedTuple):
    """What is the same for a relaxed tree whatever number of its words is required."""

    scorer: Callable[[], Scorer]
    plan: KernelPlan | None = None


def _first(
    request: SearchRequest,
    tree: Query,
    matcher: Matcher,
    within: _Within,
    kept: _Kept | None = None,
) -> _Answered:
    """Return the documents up to the end of the page, one at least; *kept* is known of a relaxed tree."""
    keep = kept.scorer if kept else cache(partial(Scorer, tree, matcher, request.weights))
    like = kept.plan if kept else None
    if request.limit is not None:
        page = max(1, request.offset + request.limit)
        counts = kept is not None
        compiled = first_documents(request, tree, matcher, page, counts=counts, like=like)
        if compiled is not None:
            held = compiled.held if counts else None
            return _Answered(tree, keep, compiled.docs, compiled.scores, compiled.first, held, compiled.plan)
    scorer = keep()
    found = matcher.bounds(tree).within(within())
    wanted = len(found.possible)
    if request.limit is not None:
        wanted = min(wanted, max(1, request.offset + request.limit))
    matches = None if found.is_known else partial(matcher.matches, tree)
    if request.sort == "relevance" and scorer.tells_apart:
        passages = scorer.passages
        docs, scores = scorer.best(
            found.possible, max(wanted, RESCORE_DEPTH) if passages else wanted, matches
        )
        first = docs[:RESCORE_DEPTH] if passages else []
        if passages:
            best = passages.in_order(first, scores[:RESCORE_DEPTH], min(wanted, RESCORE_DEPTH))
            docs, scores = best[0] + docs[RESCORE_DEPTH:], best[1] + scores[RESCORE_DEPTH:]
        return _Answered(tree, keep, docs[:wanted], scores[:wanted], by_passages=first)
    ordered = found.possible[_order(request.sort, found.possible, matcher.snapshot)].tolist()
    docs = list(islice(filter(matches, ordered) if matches else ordered, wanted))
    return _Answered(tree, keep, docs, [scorer.score(doc) for doc in docs])


def _order(sort: str, docs: Docs, snapshot: Snapshot) -> Docs:
    """Return the places of *docs* in the order of their dates, of a key, or of their ids; ties go by id."""
    ids = snapshot.id_ranks[docs]
    if sort.removeprefix("-").startswith(OWN):
        return np.lexsort((ids, snapshot.key_ranks(sort)[docs]))
    if sort == "relevance":
        return np.argsort(ids)
    dates = snapshot.dates[docs]
    return np.lexsort((ids, -dates if sort == "newest" else np.where(dates == 0, _LATER_THAN_ALL, dates)))
