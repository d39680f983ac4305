"""The weight of a headline means what the formula says."""

from __future__ import annotations

import math

import pytest
from conftest import MakeIndex

import searchlib
from searchlib import Article, Explanation, Index
from searchlib.engine.request import DEFAULT_BOOSTS
from searchlib.scoring.bm25f import K1, B

# Every headline and every body is four words; 农业 is one of them, with the pair of its characters.
PLAIN = "会议，会议，会议，会议"
WITH = "农业，会议，会议，会议"
THRICE = "农业，农业，农业，会议"
ARTICLES = (
    Article(id="body", headline=PLAIN, body=WITH),
    Article(id="headline", headline=WITH, body=PLAIN),
    Article(id="thrice", headline=PLAIN, body=THRICE),
    Article(id="none", headline=PLAIN, body=PLAIN),
)
IDF = math.log(1 + (4 - 3 + 0.5) / (3 + 0.5))


@pytest.fixture
def index(make_index: MakeIndex) -> Index:
    """Four articles of one length."""
    return make_index(*ARTICLES)


def expected(weighted_tf: float) -> float:
    """Return the score by hand: a word and a pair, of the same frequency, in fields of mean length."""
    return 2 * IDF * weighted_tf / (K1 + weighted_tf)


def scores(index: Index, **options: dict[str, float]) -> dict[str, float]:
    """Return the score of each article, in order."""
    return {hit.id: hit.score for hit in index.search("农业", **options)}  # type: ignore[arg-type]


def test_a_word_in_the_headline_beats_the_same_word_in_a_body(index: Index) -> None:
    """Without any option the headline comes first."""
    found = scores(index)
    assert found["headline"] > found["body"]
    assert found["headline"] == pytest.approx(expected(DEFAULT_BOOSTS["headline"]))


@pytest.mark.parametrize("weight", [1.0, 2.0, 4.0, 8.0])
def test_scores_grow_as_the_formula_says(index: Index, weight: float) -> None:
    """A word in a headline of weight w counts as w words in a body of mean length."""
    found = scores(index, boosts={"headline": weight})
    assert found == pytest.approx(
        {"headline": expected(weight), "body": expected(1.0), "thrice": expected(3.0)}
    )


def test_the_order_changes_with_the_weight(index: Index) -> None:
    """Three in the body beat a headline of weight 2, not one of weight 4; equal scores go by id."""
    order = {w: list(scores(index, boosts={"headline": w})) for w in (1.0, 2.0, 3.0, 4.0, 8.0)}
    assert order == {
        1.0: ["thrice", "body", "headline"],
        2.0: ["thrice", "headline", "body"],
        3.0: ["headline", "thrice", "body"],
        4.0: ["headline", "thrice", "body"],
        8.0: ["headline", "thrice", "body"],
    }


def test_a_long_body_is_discounted_by_its_length(make_index: MakeIndex) -> None:
    """By hand for bodies of 2 and 6 words, mean 4."""
    index = make_index(
        Article(id="short", body="农业，会议"), Article(id="long", body="农业，会议，会议，会议，会议，会议")
    )
    idf = math.log(1 + (2 - 2 + 0.5) / (2 + 0.5))
    by_hand = {}
    for key, length in (("short", 2), ("long", 6)):
        tf = 1 / (1 - B + B * length / 4)
        by_hand[key] = 2 * idf * tf / (K1 + tf)
    assert scores(index) == pytest.approx(by_hand)


def test_weights_of_open_and_of_search(index: Index) -> None:
    """`open(boosts=)` holds for every search, `search(boosts=)` for one, and goes before it."""
    with searchlib.open(index.path, boosts={"headline": 8.0, "body": 0.5}) as weighted:
        assert scores(weighted) == pytest.approx(
            {"headline": expected(8.0), "thrice": expected(1.5), "body": expected(0.5)}
        )
        assert scores(weighted, boosts={"headline": 1.0})["headline"] == pytest.approx(expected(1.0))
        assert scores(weighted)["headline"] == pytest.approx(expected(8.0))


def test_a_weight_of_nothing(index: Index) -> None:
    """A field of weight 0 is still searched, and brings nothing to the score."""
    assert scores(index, boosts={"headline": 0.0})["headline"] == 0.0


def leaves(explanation: Explanation) -> list[float]:
    """Return the values of the leaves, in order."""
    if not explanation.parts:
        return [explanation.value]
    return [value for part in explanation.parts for value in leaves(part)]


@pytest.mark.parametrize(
    "query", ["农业", "农业会议", "农业 会议", '"会议，会议"', "农*", "农~ 农业~", "农业 OR 会议"]
)
def test_the_leaves_of_an_explanation_add_up_to_the_score(index: Index, query: str) -> None:
    """Exactly, for every hit."""
    results = index.search(query, limit=None)
    assert len(results) > 0
    for hit in results:
        total = 0.0
        for value in leaves(index.explain(query, hit.id)):
            total += value
        assert total == hit.score
