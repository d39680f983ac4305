"""Filters, order and facets around matching and scoring: one request, one answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from typing import Literal

import numpy as np

from searchlib.codec import schema
from searchlib.codec.documents import value_term
from searchlib.model import OWN, Explanation
from searchlib.query.nodes import Query, Run, has_dates, positive_leaves
from searchlib.ranking.bm25f import Weighting
from searchlib.ranking.first import FIRST
from searchlib.ranking.matching import Matcher
from searchlib.ranking.relaxing import relax
from searchlib.ranking.scoring import Scorer
from searchlib.store.docsets import Docs, both, either
from searchlib.store.snapshot import Snapshot

Sort = Literal["relevance", "newest", "oldest"]
Group = Literal["reprints"]
_LATER_THAN_ALL = 99999999
_LOOKED_AT = 50


@dataclass(frozen=True)
class Request:
    """What is asked of an engine: a tree, filters, an order and a page of it."""

    tree: Query
    weighting: Weighting
    sort: str = "relevance"
    """A `Sort`, or `extra.KEY` or `-extra.KEY`."""
    limit: int | None = 10
    offset: int = 0
    since: str | None = None
    until: str | None = None
    where: Mapping[str, Sequence[object]] = field(default_factory=dict)
    facets: Sequence[str] = ()
    may_relax: bool = False
    typed: str = ""
    """What was typed, for suggesting another spelling of it."""
    group: Group | None = None


@dataclass(frozen=True)
class Ranking:
    """The page of documents asked for, in order, and what is known of all that match."""

    docs: list[int]
    scores: list[float]
    total: Callable[[], int]
    """Counts all that match; what only the texts can tell is read then."""
    tree: Query
    """The tree that was answered: another than asked for when words were left out."""
    dropped: tuple[str, ...] = ()
    undated: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    weights: Callable[[], Mapping[str, float]] = dict
    """Returns what each word and pair of characters of the query weighs."""


def rank(request: Request, matcher: Matcher) -> Ranking:
    """Answer a request from one commit."""
    kept = _where(request, matcher.snapshot)
    ranged = _is_ranged(request)
    passing = _passing(request, matcher)
    answered = _answered(request, matcher, passing)
    tree = answered.tree
    undated = 0
    if ranged or has_dates(tree):
        outside = matcher.undated(tree, kept).tolist()
        undated = sum(1 for doc in outside if ranged or not matcher.matches(tree, doc))
    found = matcher.docs(tree, passing) if request.facets else None
    page = slice(request.offset, None if request.limit is None else request.offset + request.limit)
    return Ranking(
        docs=answered.docs[page],
        scores=answered.scores[page],
        total=lambda: len(matcher.docs(tree, passing) if found is None else found),
        tree=tree,
        dropped=answered.dropped,
        undated=undated,
        facets={} if found is None else {key: matcher.snapshot.values(key, found) for key in request.facets},
        weights=answered.scorer.weights,
    )


def matching(request: Request, matcher: Matcher) -> Docs:
    """Return all documents that match a request's tree and pass its filters, in no order."""
    return matcher.docs(request.tree, _passing(request, matcher))


def stands_whole(tree: Query, matcher: Matcher, docs: Sequence[int]) -> bool:
    """Tell whether each run of a tree stands in one piece in the first of *docs*, or anywhere."""
    for leaf in positive_leaves(tree):
        if isinstance(leaf, Run):
            candidates = [*docs[:1], *matcher.candidates(leaf.whole)[:_LOOKED_AT].tolist()]
            if not any(matcher.holds(leaf.whole, doc) for doc in candidates):
                return False
    return True


def explain(request: Request, matcher: Matcher, doc: int) -> Explanation | None:
    """Return what the score of one document is made of; None when it does not match."""
    answered = _answered(replace(request, limit=1), matcher, None)
    if not matcher.matches(answered.tree, doc):
        return None
    return answered.scorer.explain(doc, is_first=doc in answered.by_passages)


@dataclass(frozen=True)
class Standing:
    """Where one document stands in an answer: its place from 0, None when it is not found, and why."""

    place: int | None
    total: int
    matches: Callable[[Query], bool]
    """Tells whether the document matches a tree, whatever the filters say."""
    dropped: tuple[str, ...] = ()
    score: Explanation | None = None
    before: tuple[int, Explanation] | None = None
    """The document just before it, and that one's score."""


def standing(request: Request, matcher: Matcher, doc: int) -> Standing:
    """Return where one document stands among all that a request finds, whatever its page."""
    answered = _answered(replace(request, limit=None, offset=0), matcher, _passing(request, matcher))
    matches = partial(matcher.matches, doc=doc)
    total = len(answered.docs)
    if doc not in answered.docs:
        return Standing(None, total, matches, answered.dropped)
    place = answered.docs.index(doc)
    *before, own = [
        (one, answered.scorer.explain(one, is_first=one in answered.by_passages))
        for one in answered.docs[max(0, place - 1) : place + 1]
    ]
    return Standing(place, total, matches, answered.dropped, own[1], before[0] if before else None)


@dataclass(frozen=True)
class _Answered:
    """The first documents of a tree that something matches, if anything does, and their scores."""

    tree: Query
    scorer: Scorer
    docs: list[int]
    scores: list[float]
    dropped: tuple[str, ...] = ()
    by_passages: Sequence[int] = ()
    """The documents that were first before their passages were looked into."""


def _answered(request: Request, matcher: Matcher, passing: Docs | None) -> _Answered:
    """Answer the tree, or what is left of it when nothing matches; *passing* is what filters let through."""
    answered = _first(request, request.tree, matcher, passing)
    if not answered.docs and request.may_relax:
        relaxed = relax(request.tree, matcher, passing)
        if relaxed is not None:
            return replace(_first(request, relaxed.tree, matcher, passing), dropped=relaxed.dropped)
    return answered


def _first(request: Request, tree: Query, matcher: Matcher, passing: Docs | None) -> _Answered:
    """Return the documents up to the end of the page, one at least."""
    scorer = Scorer(tree, matcher, request.weighting)
    found = matcher.bounds(tree).within(passing)
    wanted = len(found.possible)
    if request.limit is not None:
        wanted = min(wanted, max(1, request.offset + request.limit))
    matches = None if found.is_known else partial(matcher.matches, tree)
    if request.sort == "relevance" and scorer.tells_apart:
        passages = scorer.passages
        docs, scores = scorer.best(found.possible, max(wanted, FIRST) if passages else wanted, matches)
        first = docs[:FIRST] if passages else []
        if passages:
            best = passages.in_order(first, scores[:FIRST], min(wanted, FIRST))
            docs, scores = best[0] + docs[FIRST:], best[1] + scores[FIRST:]
        return _Answered(tree, scorer, docs[:wanted], scores[:wanted], by_passages=first)
    ordered = found.possible[_order(request.sort, found.possible, matcher.snapshot)].tolist()
    docs = list(islice(filter(matches, ordered) if matches else ordered, wanted))
    return _Answered(tree, scorer, docs, [scorer.score(doc) for doc in docs])


def _where(request: Request, snapshot: Snapshot) -> Docs | None:
    """Return the documents that pass the filters on stored values; None when there are no filters."""
    kept: Docs | None = None
    for key, values in request.where.items():
        docs = either(snapshot.postings(schema.STORED_VALUES, value_term(key, value))[0] for value in values)
        kept = docs if kept is None else both(kept, docs)
    return kept


def _is_ranged(request: Request) -> bool:
    return request.since is not None or request.until is not None


def _passing(request: Request, matcher: Matcher) -> Docs | None:
    """Return the documents that pass all filters; None when there are no filters."""
    kept = _where(request, matcher.snapshot)
    if not _is_ranged(request):
        return kept
    dated = matcher.in_range(request.since, request.until)
    return dated if kept is None else both(dated, kept)


def _order(sort: str, docs: Docs, snapshot: Snapshot) -> Docs:
    """Return the places of *docs* in the order of their dates, of a key, or of their ids; ties go by id."""
    ids = snapshot.id_ranks[docs]
    if sort.removeprefix("-").startswith(OWN):
        return np.lexsort((ids, snapshot.key_ranks(sort)[docs]))
    if sort == "relevance":
        return np.argsort(ids)
    dates = snapshot.dates[docs]
    return np.lexsort((ids, -dates if sort == "newest" else np.where(dates == 0, _LATER_THAN_ALL, dates)))
