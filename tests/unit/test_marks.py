"""Marks of whole articles: those of the snippets and the headline, disjoint, with their phrases."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from searchlib import ArticleNotFoundError, Index, Mark, QuerySyntaxError, SearchTimeoutError
from searchlib.highlight.marking import merge_spans

if TYPE_CHECKING:
    from conftest import MakeIndex

QUERIES: list[tuple[str, dict[str, Any]]] = [
    ("党建引领", {}),
    ("党建引领 基层治理 -火星", {}),
    ('"乡村振兴" OR headline:党建', {"match": "all"}),
    ("党建引领怎样推进基层治理", {"match": "any"}),
    ("黨建 NEAR/30 治理", {}),
    ("党建引领 基层治理", {"exact": True, "sort": "newest", "snippets": 3, "offset": 1, "facets": ["date"]}),
    ("党建 火星人 登陆 青岛", {"group": "reprints"}),
]


@pytest.mark.parametrize(("query", "options"), QUERIES)
def test_marks_are_those_of_snippets_and_headlines(
    corpus_index: Index, query: str, options: dict[str, Any]
) -> None:
    """Whatever a snippet or a headline marks is what `marks` has there, and nothing else in that passage."""
    results = corpus_index.search(query, **{"snippets": 2, **options})
    assert len(results)
    for hit in results:
        marks = corpus_index.marks(query, hit.id, **options)
        assert marks.article == hit.article
        assert marks.missing == hit.missing
        assert hit.why.startswith(marks.why)
        assert [(one.start, one.end) for one in marks.of("headline")] == list(hit.headline_marks)
        for snippet in hit.snippets:
            end = snippet.start + len(snippet.text)
            places = [
                (mark.start - snippet.start, mark.end - snippet.start)
                for text, found in zip(
                    hit.article.texts(snippet.field), marks.texts[snippet.field], strict=True
                )
                if text[snippet.start : end] == snippet.text
                for mark in found
                if snippet.start <= mark.start and mark.end <= end
            ]
            assert set(snippet.marks) == set(merge_spans(places)), (snippet, places)


@pytest.mark.parametrize(("query", "options"), QUERIES)
def test_marks_are_apart_and_named(corpus_index: Index, query: str, options: dict[str, Any]) -> None:
    """They ascend without touching, lie inside of their text, and each has a phrase."""
    for hit in corpus_index.search(query, **options):
        marks = corpus_index.marks(query, hit.id, **options)
        assert bool(marks) == (len(marks) > 0)
        for field, texts in marks.texts.items():
            for text, found in zip(hit.article.texts(field), texts, strict=True):
                assert all(before.end < after.start for before, after in pairwise(found))
                assert all(0 <= mark.start < mark.end <= len(text) and mark.phrases for mark in found)


def test_each_text_of_a_field_has_its_own_marks(make_index: MakeIndex) -> None:
    """The second author is marked in the second text; what touches is one mark with both phrases."""
    index = make_index({"id": 1, "headline": "党建引领", "authors": ["李明", "刘慧"], "body": "无"})
    marks = index.marks("党建 引领 刘慧", 1)
    assert marks.texts["headline"] == ((Mark(0, 4, ("党建", "引领")),),)
    assert marks.texts["authors"] == ((), (Mark(0, 2, ("刘慧",)),))
    assert marks.to_dict() == {"headline": [[[0, 4]]], "authors": [[], [[0, 2]]]}
    assert "publication" not in marks.texts


def test_a_phrase_in_pieces_is_marked_where_its_words_are(make_index: MakeIndex) -> None:
    """`kwic` has no place for it, as it looks for the phrase in one piece; the article is found."""
    index = make_index({"id": "a", "body": "长江的生态需要保护，大开发之前先修复。"})
    query = "长江生态保护修复大开发"
    assert index.search(query).total == 1
    assert index.kwic(query) == []
    assert len(index.marks(query, "a")) >= 4


def test_what_does_not_match_has_the_marks_of_what_it_has(make_index: MakeIndex) -> None:
    """A reader who opened it from elsewhere still sees the words that are there."""
    index = make_index({"id": "a", "body": "党建"}, {"id": "b", "body": "党建引领火星"})
    marks = index.marks("党建 火星", "a", match="all")
    assert [mark.phrases for mark in marks] == [("党建",)]


def test_errors_are_those_of_a_search(make_index: MakeIndex) -> None:
    """Unknown ids, broken queries, misspelt options and time."""
    index = make_index({"id": "a", "body": "党建" * 2000})
    with pytest.raises(ArticleNotFoundError):
        index.marks("党建", "b")
    with pytest.raises(QuerySyntaxError):
        index.marks("(党建", "a")
    assert index.marks("(党建", "a", lenient=True)
    with pytest.raises(TypeError, match="bogus"):
        index.marks("党建", "a", bogus=1)  # type: ignore[call-arg]
    with pytest.raises(SearchTimeoutError):
        index.marks("党建", "a", timeout=1e-9)
