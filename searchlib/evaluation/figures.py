"""The figures that a ranking is compared by, over all topics of a collection."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from searchlib.errors import CorpusError
from searchlib.evaluation.measures import DEFAULT_MEASURES, Measure, measure_of
from searchlib.evaluation.qrels import Qrels, Topics
from searchlib.evaluation.run import Run, Search, ask
from searchlib.message import Message, message_of

_AT_LEAST = 100
"""Documents asked for, more where a measure looks further: a run that is kept may be measured otherwise."""


@dataclass(frozen=True, slots=True)
class Figures:
    """
    Means over the topics that have a relevant document, and each topic's own values.

    `median_ms` is None where the rankings were read, not asked for. `unjudged`
    are the topics that have no relevant document: they were not asked, since no
    measure is defined for them. `run` is what was measured.
    """

    means: Mapping[str, float]
    per_query: Mapping[str, Mapping[str, float]]
    run: Run
    median_ms: float | None = None
    unjudged: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the figures under the names that reports use, without those of single queries."""
        timed = {} if self.median_ms is None else {"median_ms": self.median_ms}
        return {"queries": len(self.per_query), **self.means, **timed, "unjudged": len(self.unjudged)}


def evaluate(
    topics: Topics,
    qrels: Qrels,
    search: Search,
    *,
    limit: int | None = None,
    measures: Sequence[str] = DEFAULT_MEASURES,
    clock: Callable[[], float] = time.perf_counter,
) -> Figures:
    """
    Ask every topic for a hundred documents, or as many as a measure looks at, and measure the rankings.

    Args:
        limit: Only so many topics, the first ones; None asks all.
        measures: Names, see `measure_of`.
        clock: Seconds that only go forward.

    Raises:
        ConfigError: There is no such measure.
        CorpusError: The judgements name a query that is no topic, or leave no
            topic to measure; *search* ranked a document twice.

    >>> figures = evaluate({"1": "党建"}, {"1": {"a": 1}}, lambda words, limit: ["b", "a"])
    >>> figures.means["mrr@10"], figures.means["hit@1"], figures.means["recall@100"]
    (0.5, 0.0, 1.0)
    """
    wanted = [measure_of(name) for name in measures]
    unknown = [query for query in qrels if query not in topics]
    if unknown:
        raise CorpusError(
            Message("judgements"),
            Message("{} queries are no topics, the first {}", len(unknown), repr(unknown[0])),
        )
    chosen = dict(islice(topics.items(), limit))
    judged = {query: words for query, words in chosen.items() if _is_judged(qrels.get(query, {}))}
    if not judged:
        raise CorpusError(
            Message("judgements"), Message("none of {} topics has a relevant document", len(chosen))
        )
    depth = max([_AT_LEAST, *(measure.depth for measure in wanted)])
    answers = list(ask(judged, search, depth, clock=clock))
    return _figures(
        {answer.query: answer.ranked for answer in answers},
        {query: qrels[query] for query in judged},
        wanted,
        median_ms=statistics.median(answer.took_ms for answer in answers),
        unjudged=tuple(query for query in chosen if query not in judged),
    )


def evaluate_run(run: Run, qrels: Qrels, *, measures: Sequence[str] = DEFAULT_MEASURES) -> Figures:
    """
    Measure rankings that were kept, over all queries that have a relevant document.

    A query that the run does not answer counts as answered with nothing, as
    with `trec_eval -c`; one without judgements is left out.

    Raises:
        ConfigError: There is no such measure.
        CorpusError: No query of the run has a relevant document.

    >>> evaluate_run({"1": ["b", "a"]}, {"1": {"a": 1}, "2": {"c": 1}}, measures=["mrr@10"]).means
    {'mrr@10': 0.25}
    """
    judged = {query: grades for query, grades in qrels.items() if _is_judged(grades)}
    if not judged.keys() & run.keys():
        raise CorpusError(
            Message("judgements"), Message("none of {} queries of the run has a relevant document", len(run))
        )
    ranked = {query: tuple(run.get(query, ())) for query in judged}
    return _figures(
        ranked,
        judged,
        [measure_of(name) for name in measures],
        unjudged=tuple(query for query in run if query not in judged),
    )


def _figures(
    run: Run,
    qrels: Qrels,
    measures: Sequence[Measure],
    *,
    median_ms: float | None = None,
    unjudged: tuple[str, ...] = (),
) -> Figures:
    per_query = {query: _measure(query, ranked, qrels[query], measures) for query, ranked in run.items()}
    means = {
        measure.name: statistics.fmean(values[measure.name] for values in per_query.values())
        for measure in measures
    }
    return Figures(means, per_query, run, median_ms, unjudged)


def _measure(
    query: str, ranked: Sequence[str], grades: Mapping[str, float], measures: Sequence[Measure]
) -> dict[str, float]:
    try:
        return {measure.name: measure.of(ranked, grades) for measure in measures}
    except ValueError as error:
        raise CorpusError(Message("the answer to query {}", repr(query)), message_of(error)) from error


def _is_judged(grades: Mapping[str, float]) -> bool:
    return max(grades.values(), default=0) > 0
