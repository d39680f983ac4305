"""Results and hits are values: compared, pickled, copied, replaced, shown; and lazy until then."""

from __future__ import annotations

import copy
import pickle
import shutil
from dataclasses import FrozenInstanceError, asdict, replace
from itertools import pairwise
from typing import Any

import pytest
from conftest import MakeIndex

from searchlib import Article, ConfigError, Hit, Index, Results, Snippet
from searchlib.highlight.marking import Marker

RECORDS = [
    {
        "id": "1",
        "headline": "党建<引领>",
        "body": "党建引领基层治理。" + "湖水清清。" * 500,
        "date": "2024-08-09",
    },
    {"id": "2", "headline": "", "body": "党建也在这里。", "tags": ["a", "b"], "authors": ["刘慧"]},
    {"id": "3", "headline": "党建&治理", "body": "", "extra": {"nested": {"a": [1]}}},
]


@pytest.fixture
def index(make_index: MakeIndex) -> Index:
    """Three articles."""
    return make_index(*RECORDS)


def pickled(record: Any) -> Any:
    """Return what another process would get."""
    return pickle.loads(pickle.dumps(record))  # noqa: S301 (our own)


QUESTIONS = ["党建", "党建 引领", "党建 查干湖 引领", "", "党建引玲", "不在"]


@pytest.mark.parametrize("query", QUESTIONS)
def test_they_are_values(index: Index, query: str) -> None:
    """The documented types themselves, equal to their copies, whether computed before or not."""
    options: dict[str, Any] = {"facets": ["authors", "month"], "snippets": 2}
    results = index.search(query, **options)
    assert type(results) is Results
    assert {type(hit) for hit in results} <= {Hit}
    assert results == index.search(query, **options)
    for make in (copy.copy, copy.deepcopy, pickled, replace):
        fresh = index.search(query, **options)
        made = make(fresh)
        assert (type(made), made) == (Results, results)
        assert repr(made) == repr(results.load())
        assert hash(made) == hash(results)
        assert asdict(made)["facets"] == results.facets
        for hit in index.search(query, **options):
            assert make(hit) == hit
            assert hash(make(hit)) == hash(hit)
    assert results != index.search("党建 治理")


def test_a_part_can_be_replaced(index: Index) -> None:
    """`dataclasses.replace`, before and after it was computed; nothing can be set."""
    hit = index.search("党建")[0]
    other = replace(hit, score=1.0, why="")
    assert (other.score, other.why, other.id, other.snippets) == (1.0, "", hit.id, hit.snippets)
    results = index.search("党建")
    assert replace(results, query="x").hits == results.hits
    for name in ("score", "why", "article"):
        with pytest.raises(FrozenInstanceError):
            setattr(hit, name, None)
    with pytest.raises(FrozenInstanceError):
        results.total = 4  # type: ignore[misc]
    with pytest.raises(AttributeError, match="'Hit' object has no attribute 'scroe'"):
        hit.scroe  # type: ignore[attr-defined]  # noqa: B018


def test_they_are_shown_in_a_line(index: Index) -> None:
    """Neither bodies nor what is not known yet; showing counts nothing."""
    results = index.search("党建" * 40 + " OR 党建")
    assert len(repr(results)) < 100
    assert "total" not in repr(results)
    assert results.total == 3
    assert repr(results).endswith("hits=3, total=3)")
    assert max(len(repr(hit)) for hit in results) < 100
    hit = index.search("引领")[0]
    index.close()
    shutil.rmtree(index.path)
    assert repr(hit).startswith("Hit(id='1', score=")


@pytest.mark.parametrize("query", QUESTIONS)
def test_a_page_can_be_had_whole(index: Index, query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """After `load` nothing is read, marked or counted: the index may be gone."""
    expected = copy.deepcopy(index.search(query, snippets=3))
    results = index.search(query, snippets=3)
    assert results.load() is results
    index.close()
    shutil.rmtree(index.path)
    monkeypatch.setattr(Marker, "mark", None)
    assert results == expected
    assert results.load() is results
    took_ms = results.took_ms
    assert [hit.headline_html() for hit in results] == [hit.headline_html() for hit in expected]
    assert results.to_dicts() == expected.to_dicts()
    assert results.took_ms == took_ms


def test_the_time_is_that_of_all_that_was_computed(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each part adds to `took_ms` once; a second look adds nothing."""
    clock = iter(range(10_000))
    monkeypatch.setattr("searchlib.lazy_records.time.perf_counter", lambda: float(next(clock)))
    results = index.search("党建")
    seen = [results.took_ms]
    for look in (
        lambda: results.total,
        lambda: results.undated,
        lambda: results.suggestion,
        lambda: results[0].article,
        lambda: results[0].headline_marks,
        lambda: results[0].snippets,
        lambda: results[0].why,
    ):
        look()
        seen.append(results.took_ms)
        look()
        assert results.took_ms == seen[-1]
    assert all(after - first >= 1000.0 for first, after in pairwise(seen))
    assert results.load().took_ms >= seen[-1] + 2 * 4 * 1000
    assert results.load().took_ms == results.took_ms


def test_a_hit_is_read_when_it_is_looked_at(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its id, score and place are known before."""
    results = index.search("党建", limit=None)
    monkeypatch.setattr(Marker, "mark", None)
    assert [(hit.id, hit.score > 0) for hit in results]
    assert results[0].article.id == results[0].id
    with pytest.raises(TypeError):
        results[0].snippets  # noqa: B018


def test_headlines_and_passages_as_html(index: Index) -> None:
    """Escaped, the matches in the element that is named; what is not the name of one is refused."""
    hit = index.search("引领")[0]
    assert hit.headline_html() == "党建&lt;<mark>引领</mark>&gt;"
    assert hit.headline_html("my-mark") == "党建&lt;<my-mark>引领</my-mark>&gt;"
    assert Hit("x", 1.0, Article(), "").headline_html() == ""
    for tag in ('b class="hit"', "", "b>", "b/", "1", "b\n", "馆"):
        with pytest.raises(ConfigError, match="the name of an HTML element"):
            hit.headline_html(tag)
        with pytest.raises(ConfigError, match="the name of an HTML element"):
            Snippet("湖", marks=((0, 1),)).to_html(tag)
    with pytest.raises(TypeError, match="tag is a NoneType, not a str"):
        Snippet("湖").to_html(None)  # type: ignore[arg-type]
