"""Facets: how many values are returned, how many there are, and counts without the facet's own filter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from searchlib import ConfigError, Index

if TYPE_CHECKING:
    from conftest import MakeIndex


@pytest.fixture
def papers(make_index: MakeIndex) -> Index:
    """Twelve articles of three papers and three months."""
    rows = [("甲报", "2024-01-05"), ("甲报", "2024-02-05"), ("乙报", "2024-02-06"), ("丙报", "2024-03-01")]
    return make_index(
        *(
            {"id": f"{n}", "publication": paper, "date": date, "body": "党建", "authors": [f"作者{n:02}"]}
            for n, (paper, date) in enumerate(rows * 3)
        )
    )


def test_a_mapping_limits_the_values(papers: Index) -> None:
    """The most frequent first, of equals by value; the sizes tell how many there are."""
    results = papers.search("党建", limit=0, facets={"authors": 3, "publication": 1, "month": None})
    assert results.facets == {
        "authors": {"作者00": 1, "作者01": 1, "作者02": 1},
        "publication": {"甲报": 6},
        "month": {"2024-02": 6, "2024-01": 3, "2024-03": 3},
    }
    assert results.facet_sizes == {"authors": 12, "publication": 3, "month": 3}


@pytest.mark.parametrize("limit", [0, 1, 2, 3, 4])
def test_a_limit_is_the_beginning_of_all(papers: Index, limit: int) -> None:
    """In the order of a facet without a limit."""
    every = papers.search("", facets=["publication"]).facets["publication"]
    some = papers.search("", facets={"publication": limit}).facets["publication"]
    assert list(some.items()) == list(every.items())[:limit]


@pytest.mark.parametrize(
    ("options", "months", "publications"),
    [
        ({}, [3, 6, 3], [6, 3, 3]),
        ({"where": {"publication": "甲报"}}, [3, 3, 0], [6, 3, 3]),
        ({"since": "2024-02", "until": "2024-02"}, [3, 6, 3], [3, 3, 0]),
        ({"since": "2024-03", "where": {"publication": "丙报"}}, [0, 0, 3], [0, 0, 3]),
    ],
)
def test_counts_without_the_own_filter(
    papers: Index, options: dict[str, Any], months: list[int], publications: list[int]
) -> None:
    """A list of papers still shows the others, a histogram the other months; other filters hold."""
    found = papers.search("党建", limit=0, facets=["month", "publication"], own_filters=False, **options)
    counted = [found.facets["month"].get(f"2024-0{n}", 0) for n in (1, 2, 3)]
    assert counted == months
    assert [found.facets["publication"].get(name, 0) for name in ("甲报", "乙报", "丙报")] == publications
    under_all = papers.search("党建", limit=0, facets=["publication"], **options)
    assert sum(under_all.facets["publication"].values()) == under_all.total == found.total


def test_a_bad_limit_is_refused(papers: Index) -> None:
    """Below 0, and what is no number."""
    with pytest.raises(ConfigError, match="limit=-1"):
        papers.search("", facets={"authors": -1})
    with pytest.raises(TypeError, match="limit is a str"):
        papers.search("", facets={"authors": "3"})  # type: ignore[dict-item]
    with pytest.raises(ConfigError, match="facets"):
        papers.search("", facets={"bogus": 3})
    with pytest.raises(TypeError, match="own_filters"):
        papers.search("", own_filters=1)  # type: ignore[arg-type]
