"""What comes first, and what is left out when nothing has every word."""

from __future__ import annotations

import math

import pytest
from conftest import MakeIndex

from searchlib import Article
from searchlib.engine.request import DEFAULT_BOOSTS, FieldWeights
from searchlib.model import TEXT_FIELDS
from searchlib.scoring.bm25f import idf


def test_idf_is_never_negative() -> None:
    """A term of every article still counts."""
    assert idf(1, 2) == pytest.approx(math.log(2))
    assert idf(5, 5) == pytest.approx(math.log(1 + 0.5 / 5.5))
    assert idf(0, 1) > idf(1, 1) > 0


@pytest.mark.parametrize(("doc_freq", "doc_count"), [(-1, 1), (2, 1), (0, 0)])
def test_idf_of_impossible_counts(doc_freq: int, doc_count: int) -> None:
    """The message shows both."""
    with pytest.raises(ValueError, match=f"doc_freq={doc_freq} is not within 0 and doc_count={doc_count}"):
        idf(doc_freq, doc_count)


def test_every_field_has_its_weight() -> None:
    """Of fields and weights none is forgotten."""
    assert set(DEFAULT_BOOSTS) == set(TEXT_FIELDS)
    assert FieldWeights({"body": 2}).of("body") == 2.0
    assert FieldWeights().of("headline") == DEFAULT_BOOSTS["headline"]


def test_a_run_in_one_piece_beats_its_words_apart(make_index: MakeIndex) -> None:
    """However often the words stand apart."""
    index = make_index(
        Article(id="apart", headline="引领，党建", body="党建，引领。" * 50),
        Article(id="whole", body="今天的会议谈到了党建引领这个话题，" + "别的也谈了。" * 50),
    )
    assert [hit.id for hit in index.search("党建引领")] == ["whole", "apart"]


def test_the_order_does_not_depend_on_page_or_snippets(make_index: MakeIndex) -> None:
    """Pages of any size, with or without snippets, are parts of one order."""
    index = make_index(*(Article(id=str(n), body="湖水" * (n % 7 + 1) + "江" * (n % 3)) for n in range(40)))
    whole = [(hit.id, hit.score) for hit in index.search("湖水", limit=None)]
    assert len(whole) == 40
    for size in (1, 7, 39):
        paged = [
            (hit.id, hit.score)
            for offset in range(0, 40, size)
            for hit in index.search("湖水", limit=size, offset=offset, snippets=offset % 3)
        ]
        assert paged == whole


@pytest.mark.parametrize(
    ("query", "found", "dropped"),
    [
        ("党建 查干湖", ["1", "2", "3"], ()),
        ("党建 查干湖 nobody", ["1", "2", "3"], ("nobody",)),
        ("查干湖 冬捕 党建 nobody", ["1"], ("党建", "nobody")),
        ('党建 "查干湖"', [], ()),
        ("党建 authors:李明", [], ()),
        ("党建 查干湖 -冬捕", ["2", "3"], ("查干湖",)),
        ("nobody", [], ()),
        ("nobody nothing", [], ()),
    ],
)
def test_relaxing(make_index: MakeIndex, query: str, found: list[str], dropped: tuple[str, ...]) -> None:
    """Half of the words will do, the rare ones rank first; phrases, fields and excluded words stay."""
    index = make_index(
        Article(id="1", body="查干湖冬捕"), Article(id="2", body="党建一"), Article(id="3", body="党建二")
    )
    results = index.search(query)
    assert (sorted(hit.id for hit in results), results.dropped) == (found, dropped)
    assert results.relaxed is bool(found)


def test_relaxing_looks_at_what_the_filters_pass(make_index: MakeIndex) -> None:
    """The closest article is one that may be shown."""
    index = make_index(
        Article(id="1", body="查干湖", authors=("刘慧",)), Article(id="2", body="党建", authors=("李明",))
    )
    results = index.search("党建 查干湖", where={"authors": "李明"})
    assert ([hit.id for hit in results], results.dropped) == (["2"], ("查干湖",))


def test_facets_are_counted_over_all_that_match(make_index: MakeIndex) -> None:
    """Most frequent first, then by value."""
    index = make_index(
        *(Article(id=str(n), body="湖", authors=(a,)) for n, a in enumerate(["乙", "甲", "丙", "甲"])),
        Article(id="9", body="江", authors=("丙",)),
    )
    assert list(index.search("湖", limit=1, facets=["authors"]).facets["authors"].items()) == [
        ("甲", 2),
        ("丙", 1),
        ("乙", 1),
    ]


def test_facets_show_long_values(make_index: MakeIndex) -> None:
    """A long value is counted under itself."""
    index = make_index(Article(id="1", headline="湖" * 120))
    assert index.search("", facets=["headline"]).facets == {"headline": {"湖" * 120: 1}}


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("query", ["湖水", ""])
@pytest.mark.parametrize("together", [True, False])
def test_ties_go_by_the_id_in_one_segment_and_in_several(
    sort: str, query: str, *, together: bool, make_index: MakeIndex
) -> None:
    """By code point: the dictionary of the ids has short ones first."""
    articles = [
        Article(id=each, body="湖水", date="2024-01-01") for each in ("9", "10", "100", "b", "2", "a10")
    ]
    index = make_index(*(articles if together else articles[:2]))
    if not together:
        index.add(articles[2:])
    assert [hit.id for hit in index.search(query, sort=sort)] == ["10", "100", "2", "9", "a10", "b"]
