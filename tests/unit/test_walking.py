"""A walk over all hits: the order of the pages, one commit, bounded memory; and the commit's name."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING

import pytest

import searchlib
from searchlib import ConfigError, Hit, Index, QuerySyntaxError, StoreNotFoundError

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import MakeIndex


@pytest.mark.parametrize("options", [{}, {"sort": "newest"}, {"group": "reprints"}, {"match": "any"}])
def test_a_walk_has_the_hits_of_all_pages_in_order(corpus_index: Index, options: dict[str, str]) -> None:
    """The same ids and scores, snippets and marks."""
    walked = list(corpus_index.iter_hits("党建 治理", **options))  # type: ignore[arg-type]
    paged = list(corpus_index.search("党建 治理", limit=None, **options))  # type: ignore[arg-type]
    assert len(walked) >= 5
    assert walked == paged


def test_the_limit_and_the_offset_hold(corpus_index: Index) -> None:
    """As in a search; without a limit there is none."""
    everything = [hit.id for hit in corpus_index.iter_hits("")]
    assert len(everything) == len(corpus_index)
    assert [hit.id for hit in corpus_index.iter_hits("", limit=3, offset=2)] == everything[2:5]


def test_a_walk_stays_in_its_commit(make_index: MakeIndex) -> None:
    """Articles that are written, replaced or deleted meanwhile are as they were."""
    index = make_index(*({"id": n, "body": f"党建 {n}"} for n in range(10)))
    walk = index.iter_hits("党建", sort="oldest")
    first = next(walk)
    index.delete([str(n) for n in range(5, 10)])
    index.add([{"id": 3, "body": "党建 new"}, {"id": "x", "body": "党建"}])
    rest = list(walk)
    assert sorted(hit.id for hit in (first, *rest)) == sorted(map(str, range(10)))
    assert next(hit for hit in rest if hit.id == "3").article.body == "党建 3"


def test_one_article_is_held_at_a_time(make_index: MakeIndex) -> None:
    """Neither the walk nor the answer keeps what has been read; the file's blocks have a cache."""
    index = make_index(*({"id": n, "body": f"党建 {n}"} for n in range(300)))
    seen: list[weakref.ref[Hit]] = []
    most = 0
    for hit in index.iter_hits("党建"):
        assert hit.article.body.startswith("党建")
        seen.append(weakref.ref(hit))
        most = max(most, sum(one() is not None for one in seen))
    assert len(seen) == 300
    assert 1 <= most <= 3


def test_a_walk_reports_errors_at_once(corpus_index: Index) -> None:
    """Not when the first hit is asked for."""
    with pytest.raises(QuerySyntaxError):
        corpus_index.iter_hits("(党建")
    with pytest.raises(ConfigError, match="sort"):
        corpus_index.iter_hits("党建", sort="best")


def test_a_commit_has_a_name_of_its_own(make_index: MakeIndex, tmp_path: Path) -> None:
    """It stays while nobody writes, others see it, and two indexes with the same articles have two."""
    index = make_index({"id": 1, "body": "党建"})
    name = index.commit
    assert index.stats()["commit"] == index.commit == name
    with searchlib.open(index.path, read_only=True) as other:
        assert other.commit == name
        index.add([{"id": 2, "body": "党建"}])
        assert index.commit != name
        assert other.commit == name
        other.refresh()
        assert other.commit == index.commit
    twin = make_index({"id": 1, "body": "党建"})
    assert twin.commit != name
    with pytest.raises(StoreNotFoundError):
        _ = searchlib.open(tmp_path / "none").commit
