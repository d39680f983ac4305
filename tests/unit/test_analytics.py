"""Words near a query's places, and words that tell its articles: counted by hand, weighed by the formulas."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import pytest
from conftest import MakeIndex

import searchlib
from searchlib import Collocate, ConfigError, TellingWord
from searchlib.association import log_dice, log_likelihood
from searchlib.model import TEXT_FIELDS

LAKE = {
    "id": "1",
    "headline": "查干湖",
    "body": "今年查干湖丰收，渔民查干湖收网。渔民高兴。\n查干湖 5G 直播",
    "date": "2024-01-02",
}
FIELD = {"id": "2", "body": "渔民丰收，农民丰收", "date": "2024-03-04"}


@pytest.fixture
def index(make_index: MakeIndex) -> searchlib.Index:
    """An index of two articles."""
    return make_index(LAKE, FIELD)


def counts(found: list[Collocate]) -> dict[str, tuple[int, int, int, int]]:
    """Return all but the score."""
    return {one.text: (one.count, one.left, one.right, one.frequency) for one in found}


class TestCollocates:
    def test_words_of_the_sentence_are_counted_by_side(self, index: searchlib.Index) -> None:
        """Each word once, on the side of the nearest place; what is behind the full stop is not near."""
        assert counts(index.collocates("查干湖", min_count=1)) == {
            "今年": (1, 1, 0, 1),
            "收网": (1, 0, 1, 1),
            "5g": (1, 0, 1, 1),
            "直播": (1, 0, 1, 1),
            "丰收": (1, 0, 1, 3),
            "渔民": (1, 1, 0, 3),
        }

    def test_the_window_counts_words(self, index: searchlib.Index) -> None:
        """With one word each side, the second behind the place is left out."""
        near = {one.text for one in index.collocates("查干湖", min_count=1, window=1)}
        assert near == {"今年", "丰收", "渔民", "收网", "5g"}
        assert index.collocates("查干湖", min_count=1, window=0) == []

    def test_the_measures_are_those_of_the_formulas(self, index: searchlib.Index) -> None:
        """Log-likelihood compares with all words of the index, log-Dice with the four places."""
        total = sum(len(_words(index, text)) for text in (LAKE["headline"], LAKE["body"], FIELD["body"]))
        first, *_ = index.collocates("查干湖", min_count=1)
        assert first.score == pytest.approx(log_likelihood(1, 6, 1, total))
        dice = {one.text: one.score for one in index.collocates("查干湖", min_count=1, measure="log_dice")}
        assert dice["今年"] == pytest.approx(14 + math.log2(2 / (4 + 1)))
        assert dice["丰收"] == pytest.approx(14 + math.log2(2 / (4 + 3)))

    def test_filters_limit_and_least_count(self, index: searchlib.Index) -> None:
        """Only articles that the filters pass are looked at; rare words are left out unless asked for."""
        assert index.collocates("查干湖") == []
        near = index.collocates("渔民", since="2024-03", min_count=1)
        assert {one.text for one in near} == {"丰收", "农民"}
        assert index.collocates("渔民", since="2024-03", min_count=1, limit=1) == near[:1]
        assert index.collocates("查干湖", since="2024-02", min_count=1) == []

    def test_function_words_are_left_out(self, make_index: MakeIndex) -> None:
        """They join whatever stands there."""
        index = make_index({"body": "他们因为冬捕高兴"})
        assert {one.text for one in index.collocates("冬捕", min_count=1)} <= {"高兴"}

    @pytest.mark.parametrize(
        ("options", "named"),
        [({"measure": "t"}, "measure"), ({"window": -1}, "window"), ({"limit": -1}, "limit")],
    )
    def test_wrong_options_are_named(
        self, index: searchlib.Index, options: dict[str, Any], named: str
    ) -> None:
        """As everywhere."""
        with pytest.raises(ConfigError, match=f"^{named}="):
            index.collocates("查干湖", **options)


class TestWordList:
    def test_every_word_is_counted(self, index: searchlib.Index) -> None:
        """As whoever reads all articles and cuts them; the shares are of the words of these articles."""
        for query in ("", "渔民"):
            counts: Counter[str] = Counter()
            having: Counter[str] = Counter()
            for hit in index.search(query, limit=None):
                words = [
                    token.text
                    for name in TEXT_FIELDS
                    for text in hit.article.texts(name)
                    for token in index.analyze(text)
                ]
                counts.update(words)
                having.update(set(words))
            found = index.word_list(query, limit=None)
            assert {one.text: (one.count, one.articles) for one in found} == {
                word: (count, having[word]) for word, count in counts.items()
            }
            assert [-one.count for one in found] == sorted(-one.count for one in found)
            assert sum(one.per_million for one in found) == pytest.approx(1e6)
            assert index.word_list(query, limit=2) == found[:2]


class TestTellingWords:
    def test_words_that_others_have_not_come_first(self, make_index: MakeIndex) -> None:
        """A word of all articles tells nothing, nor one of a single article, nor the query itself."""
        lakes = [{"id": f"l{n}", "body": f"查干湖。渔民收网。天气晴朗。{n * 111}"} for n in range(3)]
        fields = [{"id": f"f{n}", "body": "土豆。渔民。天气晴朗。"} for n in range(3)]
        found = make_index(*lakes, *fields).telling_words("查干湖")
        assert found == [TellingWord("收网", 3, 3, log_likelihood(3, 3, 3, 6))]

    def test_only_the_best_articles_are_read(self, make_index: MakeIndex) -> None:
        """*articles* bounds the reading, *limit* the words; the counts say of how many."""
        index = make_index(*({"id": str(n), "body": f"冬捕收网直播{n}"} for n in range(5)), {"body": "农业"})
        assert {(one.text, one.articles, one.of_all) for one in index.telling_words("冬捕", articles=2)} == {
            ("收网", 2, 5),
            ("直播", 2, 5),
        }
        assert len(index.telling_words("冬捕", limit=1)) == 1
        assert index.telling_words("火星") == []


def test_log_likelihood_is_the_entropy_of_the_table() -> None:
    """The sum over the four cells, and nothing for what is as chance would have it."""
    observed = [[10, 10], [20, 960]]
    rows, columns = [20, 980], [30, 970]
    expected = 2 * sum(
        observed[r][c] * math.log(observed[r][c] * 1000 / (rows[r] * columns[c]))
        for r in (0, 1)
        for c in (0, 1)
    )
    assert log_likelihood(10, 20, 30, 1000) == pytest.approx(expected)
    assert log_likelihood(0, 20, 30, 1000) == 0
    assert log_likelihood(5, 5, 5, 5) == 0
    assert log_likelihood(5, 5, 5, 50) > log_likelihood(4, 5, 5, 50) > 0


def test_log_dice_is_bounded_by_fourteen() -> None:
    """Always together, and half as often."""
    assert (log_dice(7, 7, 7), log_dice(1, 1, 3)) == (14, 13)


def _words(index: searchlib.Index, text: str) -> list[str]:
    return [token.text for token in index.analyze(text)]
