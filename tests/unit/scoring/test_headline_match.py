"""An article whose headline is the query comes first."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import MakeIndex

from searchlib import Article


@pytest.mark.parametrize(
    "query", ["农业", "農業", "“农业”", '"农业"', "农业 银行", "农业银行", "《农业银行》"]
)
@pytest.mark.parametrize("match", ["any", "auto"])
def test_a_headline_that_is_the_query_comes_first(make_index: MakeIndex, query: str, match: Any) -> None:
    """However often the words stand in others; marks and spaces do not count."""
    index = make_index(
        Article(id="a", headline="农业农业", body="农业银行，农业银行，" * 30),
        Article(id="b", headline="农业银行农业", body="农业 银行 农业银行。" * 30),
        Article(id="y", headline="农业", body="别的都在这里，农业和银行只说一次。" + "天气很好。" * 50),
        Article(id="z", headline="《农业银行》", body="别的都在这里。" + "天气很好。" * 50),
        Article(id="c", headline="天气", body="天气很好。"),
    )
    wanted = "z" if any(char in query for char in "银銀") else "y"
    assert index.search(query, match=match)[0].id == wanted


@pytest.mark.parametrize(
    ("query", "match"),
    [
        ("通济织密民生网筑牢服务桥", "any"),
        ("稳就业稳外贸稳投资", "any"),
        ("农业银行支持春耕", "any"),
        ("农业银行支持春耕", "auto"),
    ],
)
def test_marks_that_the_query_lacks_do_not_count(make_index: MakeIndex, query: str, match: Any) -> None:
    """Each parts a pair of the headline's characters, and may part its words."""
    headlines = ("通济：织密民生网！筑牢服务桥", "“稳就业、稳外贸、稳投资”", "“农业银行”：支持春耕")
    index = make_index(
        *(Article(id=headline, headline=headline, body="天气很好。" * 50) for headline in headlines),
        *(Article(id=f"half {headline}", headline=headline[:6]) for headline in headlines),
        *(Article(id=f"body {n}", headline="天气", body="，".join(headlines) * 30) for n in range(3)),
    )
    found = index.search(query, match=match)
    explained = {hit.id: str(index.explain(query, hit.id, match=match)) for hit in found}
    titled = [key for key, text in explained.items() if "the headline is the query" in text]
    assert titled == [found[0].id]
    assert "".join(char for char in titled[0] if char not in "“”：、！") == query


@pytest.mark.parametrize("query", ["body:农业", "农*", "农业 OR 天气", "-农业"])
def test_not_for_other_queries(make_index: MakeIndex, query: str) -> None:
    """Fields, open words and alternatives name no headline."""
    index = make_index(
        Article(id="y", headline="农业", body="农业"), Article(id="c", headline="天气", body="天气")
    )
    found = index.search(query)
    assert len(found) > 0
    for hit in found:
        assert "the headline is the query" not in str(index.explain(query, hit.id))


@pytest.mark.parametrize("query", ["党建引领", "党建引领 基层治理", "黨建引領基層治理"])
def test_a_run_of_several_words_is_no_alternative(make_index: MakeIndex, query: str) -> None:
    """However a query is cut, it can be a headline."""
    index = make_index(
        Article(id="a", headline="党建引领很好", body="党建引领，基层治理，党建引领基层治理。" * 30),
        Article(id="y", headline="党建引领"),
        Article(id="z", headline="党建引领 基层治理", body="天气很好。" * 50),
    )
    found = index.search(query)
    wanted = "y" if query == "党建引领" else "z"
    titled = [hit.id for hit in found if "the headline is the query" in str(index.explain(query, hit.id))]
    assert titled == [wanted]
    assert found[0].id == wanted
