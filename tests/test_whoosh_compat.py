"""Plain Whoosh opens what we write, and its terms and phrases find what ours do."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from whoosh import index as whoosh_index
from whoosh.query import Phrase, Term

import searchlib
from searchlib import Article, Index
from searchlib.analysis import simplify


@pytest.fixture(scope="module")
def searcher(corpus_index: Index) -> Iterator[Any]:
    """Whoosh's own searcher on our index."""
    opened = whoosh_index.open_dir(str(corpus_index.path))
    with opened.searcher() as searcher:
        yield searcher


def whoosh_ids(searcher: Any, query: Any) -> set[str]:
    """Return the ids that Whoosh finds; it stores the article as JSON, so the id is looked up by number."""
    found = {hit.docnum for hit in searcher.search(query, limit=None)}
    reader = searcher.reader()
    return {key for key in reader.field_terms("id") if set(reader.postings("id", key).all_ids()) & found}


def our_ids(index: Index, query: str) -> set[str]:
    """Return the ids that we find."""
    return {hit.id for hit in index.search(query, limit=None, snippets=0)}


@pytest.mark.parametrize("word", ["党建", "治理", "农业", "会议", "工作"])
def test_a_term_of_a_word_finds_a_part_of_what_we_find(searcher: Any, corpus_index: Index, word: str) -> None:
    """Whoosh finds articles by jieba's word; we find those and more."""
    found = whoosh_ids(searcher, Term("body", word))
    assert found <= our_ids(corpus_index, f"body:{word}")


def test_some_terms_find_something(searcher: Any) -> None:
    """The test above is not about empty sets."""
    assert whoosh_ids(searcher, Term("body", "工作"))


def test_a_phrase_of_characters_finds_what_a_quoted_phrase_finds(
    searcher: Any, corpus_index: Index, corpus_articles: list[Article]
) -> None:
    """A hundred runs of Han, cut from the articles or turned round, give the same articles."""
    draw = random.Random(1)
    bodies = [article.body for article in corpus_articles if len(article.body) > 30]
    compared = 0
    while compared < 100:
        body = draw.choice(bodies)
        start = draw.randrange(len(body) - 6)
        piece = simplify(body[start : start + draw.randint(2, 6)])
        if not all("\u4e00" <= char <= "\u9fff" for char in piece):
            continue
        for phrase in (piece, piece[::-1]):
            found = whoosh_ids(searcher, Phrase("characters", list(phrase)))
            assert found == our_ids(corpus_index, searchlib.quote(phrase)), phrase
        compared += 1
