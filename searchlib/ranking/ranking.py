"""Filters, order and facets around matching and scoring: one request, one answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from searchlib.model import Explanation
from searchlib.query.nodes import Query, has_dates
from searchlib.ranking.bm25f import Weighting
from searchlib.ranking.matching import Matcher, union
from searchlib.ranking.relaxing import relax
from searchlib.ranking.scoring import Scorer
from searchlib.store import schema
from searchlib.store.documents import value_term
from searchlib.store.snapshot import Docs, Floats, Snapshot

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
        passing = dated if kept is None else np.intersect1d(dated, kept, assume_unique=True)
    tree, dropped = _answered(request, matcher, passing)
    found = matcher.docs(tree)
    if passing is not None:
        found = np.intersect1d(found, passing, assume_unique=True)
    undated = 0
    if ranged or has_dates(tree):
        without = np.setdiff1d(matcher.undated(tree), found, assume_unique=True)
        undated = len(without if kept is None else np.intersect1d(without, kept, assume_unique=True))
    scores = Scorer(tree, matcher, request.weighting).scores(found)
    order = _order(request.sort, found, scores, matcher.snapshot)
    page = order[request.offset :][: request.limit]
    return Ranking(
        docs=found[page].tolist(),
        scores=scores[page].tolist(),
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
    if not len(found if passing is None else np.intersect1d(found, passing, assume_unique=True)):
        relaxed = relax(request.tree, matcher, passing)
        if relaxed is not None:
            return relaxed.tree, relaxed.dropped
    return request.tree, ()


def _where(request: Request, snapshot: Snapshot) -> Docs | None:
    """Return the documents that pass the filters on stored values; None when there are no filters."""
    kept: Docs | None = None
    for key, values in request.where.items():
        docs = union(snapshot.postings(schema.STORED_VALUES, value_term(key, value))[0] for value in values)
        kept = docs if kept is None else np.intersect1d(kept, docs, assume_unique=True)
    return kept


def _order(sort: Sort, docs: Docs, scores: Floats, snapshot: Snapshot) -> Docs:
    """Return the places of *docs* in their order; ties go by id."""
    if sort == "relevance":
        if len(np.unique(scores)) == len(scores):
            return np.argsort(-scores)
        return np.lexsort((snapshot.id_ranks[docs], -scores))
    dates = snapshot.dates[docs]
    if sort == "newest":
        return np.lexsort((snapshot.id_ranks[docs], -dates))
    return np.lexsort((snapshot.id_ranks[docs], np.where(dates == 0, _LATER_THAN_ALL, dates)))
