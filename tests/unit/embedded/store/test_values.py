"""Facets count what `where` finds, whether a key has few values or thousands."""

from __future__ import annotations

from collections import Counter

import pytest
from conftest import MakeIndex

from searchlib import Article
from searchlib.embedded.store.values import _MANY

LONG = "很长的作者名" * 30


@pytest.mark.parametrize("count", [7, _MANY + 100])
def test_counts_are_those_of_the_articles(make_index: MakeIndex, count: int) -> None:
    """Several segments, articles replaced and deleted, two values an article, a value too long for a term."""
    articles = [
        Article(
            id=str(number),
            body="湖水" if number % 3 else "河水",
            authors=(f"作者{number % count}", LONG if number % 5 == 0 else f"作者{number % 11}"),
        )
        for number in range(2 * count)
    ]
    index = make_index(*articles[:count])
    index.add(articles[count - 3 :])
    index.delete(["0", str(count + 1)])
    left = [article for article in articles if article.id not in {"0", str(count + 1)}]
    for query, word in [("", ""), ("湖", "湖"), ("火星", "火星")]:
        expected = Counter(name for one in left if word in one.body for name in dict.fromkeys(one.authors))
        found = index.search(query, facets=["authors"], match="all").facets["authors"]
        assert found == expected
        assert list(found) == sorted(expected, key=lambda name: (-expected[name], name))
