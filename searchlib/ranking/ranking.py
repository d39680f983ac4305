"""Filters, order and facets around matching and scoring: one request, one answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from searchlib.codec import schema
from searchlib.codec.documents import value_term
from searchlib.model import Explanation
from searchlib.query.nodes import Query, has_dates
from searchlib.ranking.bm25f import Weighting
from searchlib.ranking.matching import Matcher
from searchlib.ranking.relaxing import relax
from searchlib.ranking.scoring import Scorer
from searchlib.store.docsets import Docs, both, either, without
from searchlib.store.snapshot import Snapshot

Sort = Literal["relevance", "newest", "oldest"]
_LATER_THAN_ALL = 99999999


@dataclass(frozen=True)
class Request:
    """What is asked of an engine: a tree, filters, an order and a page of it."""

    tree: Query
    weighting: Weighting
    sort: Sort = "relevance"
    limit: int | None = 10
    offset: int = 0
    since: str | None = None
    until: str | None = None
    where: Mapping[str, Sequence[object]] = field(default_factory=dict)
    facets: Sequence[str] = ()
    may_relax: bool = False


@dataclass(frozen=True)
class Ranking:
    """The page of documents asked for, in order, and what is known of all that match."""

    docs: list[int]
    scores: list[float]
    total: int
    tree: Query
    """The tree that was answered: another than asked for when words were left out."""
    dropped: tuple[str, ...] = ()
    undated: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def rank(request: Request, matcher: Matcher) -> Ranking:
    """Answer a request from one commit."""
    kept = _where(request, matcher.snapshot)
    ranged = request.since is not None or request.until is not None
    passing = kept
    if ranged:
        dated = matcher.in_range(request.since, request.until)
        passing = dated if kept is None else both(dated, kept)
    tree, dropped = _answered(request, matcher, passing)
    found = matcher.docs(tree)
    if passing is not None:
        found = both(found, passing)
    undated = 0
    if ranged or has_dates(tree):
        outside = without(matcher.undated(tree), found)
        undated = len(outside if kept is None else both(outside, kept))
    scorer = Scorer(tree, matcher, request.weighting)
    end = len(found) if request.limit is None else min(len(found), request.offset + request.limit)
    if request.sort == "relevance" and scorer.tells_apart:
        docs, scores = scorer.best(found, end)
        docs, scores = docs[request.offset :], scores[request.offset :]
    else:
        docs = found[_order(request.sort, found, matcher.snapshot)][request.offset : end].tolist()
        score_of = dict(
            zip(sorted(docs), scorer.scores(np.array(sorted(docs), np.int64)).tolist(), strict=True)
        )
        scores = [score_of[doc] for doc in docs]
    return Ranking(
        docs=docs,
        scores=scores,
        total=len(found),
        tree=tree,
        dropped=dropped,
        undated=undated,
        facets={name: matcher.snapshot.values(name, found) for name in request.facets},
    )


def explain(request: Request, matcher: Matcher, doc: int) -> Explanation | None:
    """Return what the score of one document is made of; None when it does not match."""
    tree, _ = _answered(request, matcher, None)
    if doc not in matcher.docs(tree):
        return None
    return Scorer(tree, matcher, request.weighting).explain(doc)


def _answered(request: Request, matcher: Matcher, passing: Docs | None) -> tuple[Query, tuple[str, ...]]:
    """Return the tree to answer and the words left out of it; *passing* is what the filters let through."""
    if not request.may_relax:
        return request.tree, ()
    found = matcher.docs(request.tree)
    if not len(found if passing is None else both(found, passing)):
        relaxed = relax(request.tree, matcher, passing)
        if relaxed is not None:
            return relaxed.tree, relaxed.dropped
    return request.tree, ()


def _where(request: Request, snapshot: Snapshot) -> Docs | None:
    """Return the documents that pass the filters on stored values; None when there are no filters."""
    kept: Docs | None = None
    for key, values in request.where.items():
        docs = either(snapshot.postings(schema.STORED_VALUES, value_term(key, value))[0] for value in values)
        kept = docs if kept is None else both(kept, docs)
    return kept


def _order(sort: Sort, docs: Docs, snapshot: Snapshot) -> Docs:
    """Return the places of *docs* in the order of their dates, or of their ids; ties go by id."""
    ids = snapshot.id_ranks[docs]
    if sort == "relevance":
        return np.argsort(ids)
    dates = snapshot.dates[docs]
    return np.lexsort((ids, -dates if sort == "newest" else np.where(dates == 0, _LATER_THAN_ALL, dates)))
