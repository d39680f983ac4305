"""The figures that a ranking is compared by, over all topics of a collection."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from searchlib.errors import CorpusError
from searchlib.evaluation.metrics import ndcg_at, precision_at, recall_at, reciprocal_rank_at
from searchlib.evaluation.qrels import Qrels, Topics
from searchlib.evaluation.run import Ranking, Search, ask

_TOP = 10
_DEPTH = 100


@dataclass(frozen=True, slots=True)
class QueryFigures:
    """What one topic reached, each 0 to 1, and the milliseconds that it took."""

    ndcg_at_10: float
    mrr_at_10: float
    recall_at_100: float
    hit_at_1: float
    took_ms: float


@dataclass(frozen=True, slots=True)
class Figures:
    """
    Means over the topics that have a relevant document, and each topic's own values.

    `unjudged` are the topics that have none: they were not asked, since no
    measure is defined for them.
    """

    queries: int
    ndcg_at_10: float
    mrr_at_10: float
    recall_at_100: float
    hit_at_1: float
    median_ms: float
    per_query: Mapping[str, QueryFigures]
    unjudged: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the figures under the names that reports use, without those of single queries."""
        return {
            "queries": self.queries,
            "ndcg@10": self.ndcg_at_10,
            "mrr@10": self.mrr_at_10,
            "recall@100": self.recall_at_100,
            "hit@1": self.hit_at_1,
            "median_ms": self.median_ms,
            "unjudged": len(self.unjudged),
        }


def evaluate(
    topics: Topics,
    qrels: Qrels,
    search: Search,
    *,
    limit: int | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> Figures:
    """
    Ask every topic for a hundred documents and measure the rankings.

    Args:
        limit: Only so many topics, the first ones; None asks all.
        clock: Seconds that only go forward.

    Raises:
        CorpusError: The judgements name a query that is no topic, or leave no
            topic to measure; *search* ranked a document twice.

    >>> figures = evaluate({"1": "党建"}, {"1": {"a": 1}}, lambda words, limit: ["b", "a"])
    >>> figures.mrr_at_10, figures.hit_at_1, figures.recall_at_100
    (0.5, 0.0, 1.0)
    """
    unknown = [query for query in qrels if query not in topics]
    if unknown:
        raise CorpusError("judgements", f"{len(unknown)} queries are no topics, the first {unknown[0]!r}")
    chosen = dict(islice(topics.items(), limit))
    judged = {
        query: words for query, words in chosen.items() if max(qrels.get(query, {}).values(), default=0) > 0
    }
    if not judged:
        raise CorpusError("judgements", f"none of {len(chosen)} topics has a relevant document")
    per_query = {
        answer.query: _measured(answer, qrels[answer.query])
        for answer in ask(judged, search, _DEPTH, clock=clock)
    }
    values = list(per_query.values())
    return Figures(
        queries=len(values),
        ndcg_at_10=statistics.fmean(value.ndcg_at_10 for value in values),
        mrr_at_10=statistics.fmean(value.mrr_at_10 for value in values),
        recall_at_100=statistics.fmean(value.recall_at_100 for value in values),
        hit_at_1=statistics.fmean(value.hit_at_1 for value in values),
        median_ms=statistics.median(value.took_ms for value in values),
        per_query=per_query,
        unjudged=tuple(query for query in chosen if query not in judged),
    )


def _measured(answer: Ranking, grades: Mapping[str, float]) -> QueryFigures:
    try:
        return QueryFigures(
            ndcg_at_10=ndcg_at(answer.ranked, grades, _TOP),
            mrr_at_10=reciprocal_rank_at(answer.ranked, grades, _TOP),
            recall_at_100=recall_at(answer.ranked, grades, _DEPTH),
            hit_at_1=precision_at(answer.ranked, grades, 1),
            took_ms=answer.took_ms,
        )
    except ValueError as error:
        raise CorpusError(f"the answer to query {answer.query!r}", str(error)) from error
