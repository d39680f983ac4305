from __future__ import annotations

from itertools import count

import pytest

from searchlib.errors import ConfigError, CorpusError
from searchlib.evaluation import Figures, Ranking, ask, evaluate, evaluate_run, measure_of

TOPICS = {"1": "党建", "2": "冬捕", "3": "开网"}
QRELS = {"1": {"a": 1.0}, "2": {"a": 1.0, "b": 1.0}}
NAMES = ("ndcg@10", "mrr@10", "map@100", "p@10", "recall@100", "hit@1")
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
    values = {
        "1": dict.fromkeys(NAMES, 1.0) | {"p@10": 0.1},
        "2": {"ndcg@10": ndcg, "mrr@10": 0.5, "map@100": 0.25, "p@10": 0.1, "recall@100": 0.5, "hit@1": 0.0},
    }
    assert figures == Figures(
        means={name: (values["1"][name] + values["2"][name]) / 2 for name in NAMES},
        per_query=values,
        run={"1": ("a", "b"), "2": ("c", "b")},
        median_ms=125.0,
        unjudged=("3",),
    )


def test_figures_have_the_names_of_reports() -> None:
    """The figures without single queries are plain numbers, ready for JSON."""
    ticks = count()
    assert evaluate(TOPICS, QRELS, search, limit=1, clock=lambda: next(ticks) / 8).to_dict() == {
        "queries": 1,
        "ndcg@10": 1.0,
        "mrr@10": 1.0,
        "map@100": 1.0,
        "p@10": 0.1,
        "recall@100": 1.0,
        "hit@1": 1.0,
        "median_ms": 125.0,
        "unjudged": 0,
    }


def test_a_hundred_documents_are_asked_for() -> None:
    """Recall at 100 needs no less; more is asked only where a measure looks further."""
    limits = []

    def note(_words: str, limit: int) -> list[str]:
        limits.append(limit)
        return []

    evaluate({"1": "党建"}, {"1": {"a": 1.0}}, note)
    evaluate({"1": "党建"}, {"1": {"a": 1.0}}, note, measures=["p@5", "recall@500"])
    assert limits == [100, 500]


def test_a_run_is_measured_on_every_judged_query() -> None:
    """What it does not answer counts 0, what is not judged is listed."""
    figures = evaluate_run({"1": ["b", "a"], "9": ["a"]}, QRELS, measures=["mrr@10", "p@1"])
    assert figures.means == {"mrr@10": 0.25, "p@1": 0.0}
    assert figures.per_query == {"1": {"mrr@10": 0.5, "p@1": 0.0}, "2": {"mrr@10": 0.0, "p@1": 0.0}}
    assert (figures.median_ms, figures.unjudged) == (None, ("9",))
    assert "median_ms" not in figures.to_dict()


def test_a_run_of_another_collection_is_an_error() -> None:
    """Nothing in common is not 0."""
    with pytest.raises(CorpusError, match=r"^judgements: none of 1 queries of the run has a relevant"):
        evaluate_run({"9": ["a"]}, QRELS)


@pytest.mark.parametrize("name", ["ndcg", "ndcg@0", "ndcg@-1", "f1@10", "p@1.5", "", "ndcg@10 "])
def test_a_measure_that_is_not_there_is_an_error(name: str) -> None:
    """The message lists those that are."""
    with pytest.raises(ConfigError, match="ndcg, mrr, map, p, recall, hit, then @"):
        measure_of(name)


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
