"""Three articles that the tests of an index begin with."""

from __future__ import annotations

import searchlib
from searchlib import Article

LAKE = Article(id="1", headline="查干湖冬捕", body="查干湖冬捕节开幕。", date="2023-12-28", authors=("刘慧",))
PARTY = Article(
    id="2", headline="党建引领", body="党建引领基层治理。", date="2024-08-09", authors=("刘慧", "李明")
)
FARM = Article(id="3", headline="农业丰收", body="农业丰收，党建有力。", date="--08-09", extra={"stars": 5})


def ids(results: searchlib.Results) -> list[str]:
    """Return the ids of a page, in order."""
    return [hit.id for hit in results]
