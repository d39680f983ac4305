"""Costly queries are answered or refused."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product

import pytest

import searchlib
from searchlib import Article, Index, QueryError
from searchlib.query.characters import MAX_WORDS

WORDS = ["".join(pair) for pair in islice(product("abcdefghijklmnopqrstuvwxyz", repeat=3), MAX_WORDS)]
COSTLY = {
    "a star": "*",
    "a frequent character": "的",
    "the same quoted": '"的"',
    "a letter and a star": "a*",
    "a star and Han": "*的",
    "two characters and an edit": "的人~",
    "one character and an edit": "一~",
    "alternatives": " OR ".join(WORDS),
    "words": " ".join(WORDS),
    "brackets": f"{'(' * 60}党建{')' * 60}",
    "a far distance": '"的 一 是"~1000',
    "a long phrase": f'"{"的人" * 250}"',
    "all but": "-的",
    "many near others": " OR ".join(f"({word} NEAR/10 的)" for word in WORDS[:300]),
    "gaps": "的*的*的 的*人*的",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """Articles of nothing but frequent characters."""
    with searchlib.open(tmp_path_factory.mktemp("bounds") / "index") as made:
        made.add(Article(body="的人一是的人，的一是人。" * 20 + f"a{number}") for number in range(50))
        yield made


@pytest.mark.parametrize("query", COSTLY.values(), ids=COSTLY)
def test_what_is_costly_is_answered(index: Index, query: str) -> None:
    """With its total and its suggestion."""
    results = index.search(query)
    assert 0 <= results.total <= len(index)
    assert results.suggestion is None or results.suggestion


@pytest.mark.parametrize("between", [" ", " OR ", " NOT "])
def test_too_many_words_are_refused(index: Index, between: str) -> None:
    """The error points at the first that is too much, and says how to allow more."""
    query = between.join([*WORDS, "党建", "引领"])
    with pytest.raises(
        QueryError, match=rf"more than {MAX_WORDS} words .*open\(\.\.\., max_words=N\)"
    ) as caught:
        index.search(query)
    assert query[caught.value.column - 1 :].startswith("党建")


def test_pieces_of_a_run_are_words(index: Index) -> None:
    """A run without spaces is looked up piece by piece."""
    run = "的".join([*WORDS, "党建"])
    with pytest.raises(QueryError, match="more than 1024 words at column 3 "):
        index.search(f"湖 {run}")
    with searchlib.open(index.path, max_words=1050) as patient:
        assert patient.search(f"人 {run}").relaxed


def test_the_number_may_be_small(index: Index) -> None:
    """For a service that answers strangers."""
    with searchlib.open(index.path, max_words=2) as strict:
        assert strict.search("的 人").total == 50
        with pytest.raises(QueryError, match="more than 2 words at column 5"):
            strict.search("的 人 一")
        assert strict.search("的人一是的人", match="any").total == 50
