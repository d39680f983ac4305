"""Stars beside a number that has a sign, a measure word or a comma."""

from __future__ import annotations

import pytest
from conftest import MakeIndex

from searchlib import Article, Index

TEXTS = ("产值增长89.09%，达到1,234.5万元", "产值增长9.09%", "下降79.1%，收入34.5万元", "共12,345人，占9‰")
FOUND = {
    "*9.09%": "01",
    "*34.5万元": "02",
    "89.0*%": "0",
    "89.*%": "0",
    "*09%": "01",
    "*4.5万": "02",
    "产值*09%": "01",
    "7*1%": "2",
    "收入3*万元": "2",
    "1,2*万元": "0",
    "1,2*": "0",
    "12,3*人": "3",
    "*345人": "3",
    "*2,345人": "3",
    "*9‰": "3",
    "*9.1%": "2",
    "*9.09": "01",
    "NOT (*9.09%)": "23",
    "9.09%": "1",
    "34.5万元": "2",
    "*1.09%": "",
    "*34.6万元": "",
    "88.0*%": "",
    "2,3*人": "",
}


@pytest.fixture
def index(make_index: MakeIndex) -> Index:
    """Four articles."""
    return make_index(*(Article(id=str(n), body=text) for n, text in enumerate(TEXTS)))


@pytest.mark.parametrize("exact", [False, True])
@pytest.mark.parametrize("query", FOUND)
def test_a_star_beside_a_number(index: Index, query: str, *, exact: bool) -> None:
    """A longer number may begin or end there, whatever stands on the other side."""
    hits = index.search(query, match="all", exact=exact, limit=None)
    assert {hit.id for hit in hits} == set(FOUND[query])
