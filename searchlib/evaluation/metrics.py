"""
Measures of one ranking against the judgements of one topic.

A ranking is a sequence of document ids, best first, none twice; the caller has
broken its ties. Grades map document ids to how relevant they are: above 0 is
relevant, and what is not in the map is not. A topic without a relevant
document has no value in any measure, so each of them raises there.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence


def ndcg_at(ranked: Sequence[str], grades: Mapping[str, float], k: int) -> float:
    """
    Weigh how much of the relevance is near the top, with the ideal order as 1.

    The gain is the grade itself, its discount the binary logarithm of the rank
    plus one; grades below 0 gain nothing. The ideal order is that of all judged
    documents, found or not.

    Args:
        k: Ranks that count, at least 1.

    Returns:
        0 to 1.

    Raises:
        ValueError: *k* is below 1, no grade is above 0, or an id is ranked twice.

    Source:
        Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR
        techniques", ACM TOIS 20(4), 2002, with the discount log2(rank + 1) that
        is used since Burges et al., ICML 2005.

    >>> round(ndcg_at(["b", "x", "a"], {"a": 2, "b": 1}, 10), 4)
    0.7602
    """
    _check(ranked, grades, k)
    ideal = sorted((grade for grade in grades.values() if grade > 0), reverse=True)
    return _discount([grades.get(doc, 0) for doc in ranked[:k]]) / _discount(ideal[:k])


def reciprocal_rank_at(ranked: Sequence[str], grades: Mapping[str, float], k: int) -> float:
    """
    Return one over the rank of the first relevant document, 0 when none is among the first *k*.

    Raises:
        ValueError: As for `ndcg_at`.

    Source:
        Voorhees, "The TREC-8 Question Answering Track Report", 1999.

    >>> reciprocal_rank_at(["x", "a"], {"a": 1}, 10)
    0.5
    """
    _check(ranked, grades, k)
    return next((1 / rank for rank, doc in enumerate(ranked[:k], start=1) if grades.get(doc, 0) > 0), 0.0)


def recall_at(ranked: Sequence[str], grades: Mapping[str, float], k: int) -> float:
    """
    Return the share of the relevant documents that is among the first *k*.

    Raises:
        ValueError: As for `ndcg_at`.

    Source:
        Manning, Raghavan and Schütze, "Introduction to Information Retrieval",
        2008, section 8.3.

    >>> recall_at(["a", "x"], {"a": 1, "b": 1}, 10)
    0.5
    """
    _check(ranked, grades, k)
    return len(_relevant(grades).intersection(ranked[:k])) / len(_relevant(grades))


def precision_at(ranked: Sequence[str], grades: Mapping[str, float], k: int) -> float:
    """
    Return the share of the first *k* ranks that holds a relevant document; an empty rank counts against it.

    Raises:
        ValueError: As for `ndcg_at`.

    Source:
        Manning, Raghavan and Schütze, "Introduction to Information Retrieval",
        2008, section 8.4.

    >>> precision_at(["a", "x"], {"a": 1, "b": 1}, 4)
    0.25
    """
    _check(ranked, grades, k)
    return len(_relevant(grades).intersection(ranked[:k])) / k


def average_precision(ranked: Sequence[str], grades: Mapping[str, float]) -> float:
    """
    Average the precision at each relevant document's rank; one that is not ranked adds 0.

    Raises:
        ValueError: As for `ndcg_at`.

    Source:
        Manning, Raghavan and Schütze, "Introduction to Information Retrieval",
        2008, section 8.4.

    >>> round(average_precision(["a", "x", "b"], {"a": 1, "b": 1}), 4)  # (1/1 + 2/3) / 2
    0.8333
    """
    _check(ranked, grades, 1)
    ranks = [rank for rank, doc in enumerate(ranked, start=1) if grades.get(doc, 0) > 0]
    return sum(found / rank for found, rank in enumerate(ranks, start=1)) / len(_relevant(grades))


def _discount(gains: Sequence[float]) -> float:
    return math.fsum(max(gain, 0) / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def _relevant(grades: Mapping[str, float]) -> set[str]:
    return {doc for doc, grade in grades.items() if grade > 0}


def _check(ranked: Sequence[str], grades: Mapping[str, float], k: int) -> None:
    if k < 1:
        raise ValueError(f"k={k} is below 1")
    if not _relevant(grades):
        raise ValueError(f"none of {len(grades)} judged documents is relevant: no measure is defined")
    if len(set(ranked)) != len(ranked):
        twice = next(doc for place, doc in enumerate(ranked) if doc in ranked[:place])
        raise ValueError(f"document {twice!r} is ranked twice")
