"""Which articles match."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import MakeIndex

from searchlib import Article, Index


@pytest.fixture
def index(make_index: MakeIndex) -> Index:
    """Articles that nearly match each other."""
    return make_index(
        Article(id="1", headline="党建引领", body="Coupang公司在湖北。"),
        Article(id="2", headline="引领", body="党建；wifi 和 wi fi，a wi。", authors=("刘慧",), page="A05"),
        Article(id="3", headline="农业", body="a wi, wi fi, a wifi hellos", sections=("党建", "引领")),
        Article(id="4", body="x" * 70 + "农业" + "x" * 64 + "y"),
    )


def ids(index: Index, query: str, **options: Any) -> list[str]:
    """Return all ids found, in their order."""
    return sorted(hit.id for hit in index.search(query, limit=None, **{"match": "all", **options}))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("党建引领", ["1", "2", "3"]),
        ('"党建引领"', ["1"]),
        ("党建 -公司", ["2", "3"]),
        ("-党建", ["4"]),
        ("NOT 党建引领", ["2", "3", "4"]),
        ("公司 OR 农业", ["1", "3", "4"]),
        ("headline:引领", ["1", "2"]),
        ("headline:(引领 党建)", ["1"]),
        ("sections:引领", ["3"]),
        ('sections:"党建引领"', []),
        ("page:A05", ["2"]),
        ("党建 -page:A05", ["1", "3"]),
        ("*pang", ["1"]),
        ("cou*", ["1"]),
        ("*oupan*", ["1"]),
        ("pang", []),
        ("hello~", ["3"]),
        ("湖南~", ["1"]),
        ("湖wifi~", ["2", "3"]),
        ('"a wi fi"', []),
        ("党*", ["1", "2", "3"]),
        ("x" * 64, []),
        ("x" * 70, ["4"]),
        ("x" * 70 + "农", ["4"]),
        ("x" * 64 + "*", ["4"]),
        ("作者:刘慧", ["2"]),
        ("nobody", []),
    ],
)
def test_found(index: Index, query: str, found: list[str]) -> None:
    """Operators, fields, open ends, spellings."""
    assert ids(index, query) == found


def test_an_open_start_sees_the_end_of_a_very_long_word(index: Index) -> None:
    """`*xy` finds a word of letters that ends so, however long it is."""
    assert ids(index, "*xy") == ["4"]


def test_exact_any(make_index: MakeIndex) -> None:
    """`exact` holds for plain text as well."""
    index = make_index(Article(id="1", body="黨建"), Article(id="2", body="党建"))
    assert ids(index, "党建", match="any") == ["1", "2"]


def test_plain_text_can_be_exact(make_index: MakeIndex) -> None:
    """With `exact` plain text tells scripts apart."""
    index = make_index(Article(id="1", body="黨建"), Article(id="2", body="党建"))
    assert ids(index, "党建", match="any", exact=True) == ["2"]
