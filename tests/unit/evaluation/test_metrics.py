from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.evaluation import average_precision, ndcg_at, precision_at, recall_at, reciprocal_rank_at

DOCS = st.sampled_from("abcdefgh")
RANKED = st.lists(DOCS, unique=True)
GRADES = st.dictionaries(DOCS, st.integers(-1, 3), min_size=1).filter(lambda grades: max(grades.values()) > 0)
CUT = st.integers(1, 10)
MEASURES = (ndcg_at, reciprocal_rank_at, recall_at, precision_at)


def naive_dcg(gains: list[int], k: int) -> float:
    """Add up gains over discounts rank by rank."""
    total = 0.0
    for place in range(min(k, len(gains))):
        total += max(gains[place], 0) * math.log(2) / math.log(place + 2)
    return total


@given(RANKED, GRADES, CUT)
def test_ndcg_is_gain_over_ideal_gain(ranked: list[str], grades: dict[str, int], k: int) -> None:
    """The ideal order is the best of the orders that the judged documents can have."""
    ideal = naive_dcg(sorted(grades.values())[::-1], k)
    found = naive_dcg([grades.get(doc, 0) for doc in ranked], k)
    assert ndcg_at(ranked, grades, k) == pytest.approx(found / ideal)


@given(RANKED, GRADES, CUT)
def test_reciprocal_rank_looks_for_the_first(ranked: list[str], grades: dict[str, int], k: int) -> None:
    """Only the first relevant document counts."""
    relevant = [grades.get(doc, 0) > 0 for doc in ranked][:k]
    expected = 1 / (relevant.index(True) + 1) if True in relevant else 0
    assert reciprocal_rank_at(ranked, grades, k) == expected


@given(RANKED, GRADES, CUT)
def test_recall_and_precision_count_the_same_documents(
    ranked: list[str], grades: dict[str, int], k: int
) -> None:
    """The relevant documents found, over all relevant ones and over the ranks."""
    found = sum(1 for place, doc in enumerate(ranked) if place < k and grades.get(doc, 0) > 0)
    relevant = sum(1 for grade in grades.values() if grade > 0)
    assert recall_at(ranked, grades, k) == found / relevant
    assert precision_at(ranked, grades, k) == found / k


@given(RANKED, GRADES)
def test_average_precision_averages_precisions(ranked: list[str], grades: dict[str, int]) -> None:
    """It is the mean, over the relevant documents, of the precision down to each."""
    relevant = [doc for doc, grade in grades.items() if grade > 0]
    precisions = [
        precision_at(ranked, grades, ranked.index(doc) + 1) if doc in ranked else 0 for doc in relevant
    ]
    assert average_precision(ranked, grades) == pytest.approx(sum(precisions) / len(relevant))


@pytest.mark.parametrize("measure", MEASURES)
def test_an_empty_ranking_scores_nothing(measure: Callable[..., float]) -> None:
    """An engine that finds nothing has 0, which is not the same as a topic without judgements."""
    assert measure([], {"a": 1}, 10) == 0


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize(
    ("ranked", "grades", "k", "message"),
    [
        (["a"], {"a": 1}, 0, "k=0 is below 1"),
        (["a"], {"a": 0, "b": -1}, 10, "none of 2 judged documents is relevant: no measure is defined"),
        (["a"], {}, 10, "none of 0 judged documents is relevant: no measure is defined"),
        (["b", "a", "b"], {"a": 1}, 10, "document 'b' is ranked twice"),
    ],
)
def test_no_number_stands_for_a_missing_one(
    measure: Callable[..., float], ranked: Sequence[str], grades: Mapping[str, float], k: int, message: str
) -> None:
    """What cannot be measured is an error and never 0."""
    with pytest.raises(ValueError, match=f"^{message}$"):
        measure(ranked, grades, k)


def test_average_precision_of_no_judgements_is_an_error() -> None:
    """Average precision has no cut, and the same rules."""
    with pytest.raises(ValueError, match=r"^none of 0 judged documents is relevant: no measure is defined$"):
        average_precision(["a"], {})
