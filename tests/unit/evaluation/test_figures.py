from __future__ import annotations

from itertools import count

import pytest

from searchlib.errors import CorpusError
from searchlib.evaluation import Figures, QueryFigures, Ranking, ask, evaluate

TOPICS = {"1": "党建", "2": "冬捕", "3": "开网"}
QRELS = {"1": {"a": 1.0}, "2": {"a": 1.0, "b": 1.0}}
ANSWERS = {"党建": ["a", "b"], "冬捕": ["c", "b"]}


def search(words: str, limit: int) -> list[str]:
    """Answer from a table."""
    return ANSWERS[words][:limit]


def test_topics_are_asked_in_order_and_timed() -> None:
    """Each answer carries its topic's id and the milliseconds between two looks at the clock."""
    ticks = count()
    answers = ask({"2": "冬捕", "1": "党建"}, search, 1, clock=lambda: next(ticks) / 8)
    assert list(answers) == [Ranking("2", ("c",), 125.0), Ranking("1", ("a",), 125.0)]


def test_an_answer_longer_than_asked_for_is_cut() -> None:
    """An engine that ignores the limit gains nothing by it."""
    assert [answer.ranked for answer in ask({"1": "党建"}, lambda _words, _limit: "abc", 2)] == [("a", "b")]


def test_figures_are_means_over_judged_topics() -> None:
    """Topics without a relevant document are listed, not counted; each topic's values are kept."""
    ticks = count()
    figures = evaluate(TOPICS, QRELS, search, clock=lambda: next(ticks) / 8)
    ndcg = 0.38685280723454163  # (1 / log2(3)) / (1 + 1 / log2(3))
    assert figures == Figures(
        queries=2,
        ndcg_at_10=(1 + ndcg) / 2,
        mrr_at_10=0.75,
        recall_at_100=0.75,
        hit_at_1=0.5,
        median_ms=125.0,
        per_query={
            "1": QueryFigures(ndcg_at_10=1.0, mrr_at_10=1.0, recall_at_100=1.0, hit_at_1=1.0, took_ms=125.0),
            "2": QueryFigures(ndcg_at_10=ndcg, mrr_at_10=0.5, recall_at_100=0.5, hit_at_1=0.0, took_ms=125.0),
        },
        unjudged=("3",),
    )


def test_figures_have_the_names_of_reports() -> None:
    """The figures without single queries are plain numbers, ready for JSON."""
    ticks = count()
    assert evaluate(TOPICS, QRELS, search, limit=1, clock=lambda: next(ticks) / 8).to_dict() == {
        "queries": 1,
        "ndcg@10": 1.0,
        "mrr@10": 1.0,
        "recall@100": 1.0,
        "hit@1": 1.0,
        "median_ms": 125.0,
        "unjudged": 0,
    }


def test_a_hundred_documents_are_asked_for() -> None:
    """Recall at 100 needs no less, and no more is asked."""
    limits = []

    def note(_words: str, limit: int) -> list[str]:
        limits.append(limit)
        return []

    evaluate({"1": "党建"}, {"1": {"a": 1.0}}, note)
    assert limits == [100]


def test_a_judgement_of_an_unknown_query_is_an_error() -> None:
    """Judgements of another collection are named, not left out."""
    with pytest.raises(CorpusError, match=r"^judgements: 2 queries are no topics, the first '7'$"):
        evaluate(TOPICS, {**QRELS, "7": {"a": 1.0}, "8": {"a": 1.0}}, search)


@pytest.mark.parametrize("qrels", [{}, {"1": {}}, {"1": {"a": 0.0}, "2": {"b": -1.0}}])
def test_judgements_without_a_relevant_document_are_an_error(qrels: dict[str, dict[str, float]]) -> None:
    """Nothing to measure is never 0."""
    with pytest.raises(CorpusError, match=r"^judgements: none of 3 topics has a relevant document$"):
        evaluate(TOPICS, qrels, search)


def test_an_answer_with_a_document_twice_is_an_error() -> None:
    """A document ranked twice would be counted twice."""
    with pytest.raises(CorpusError, match=r"^the answer to query '1': document 'a' is ranked twice$"):
        evaluate(TOPICS, QRELS, lambda _words, _limit: ["a", "a"])
