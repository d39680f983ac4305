"""Nothing is missed and nothing else is found: quoted phrases against brute force."""

from __future__ import annotations

import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracle import holders
from strategies import articles, plain_text

import searchlib
from searchlib import Article, Index
from searchlib.analysis import simplify
from searchlib.model import TEXT_FIELDS

SUBSTRINGS = 1000
_WHERE = (
    "compare tests/oracle.py with searchlib/textmatch/pattern.py and searchlib/embedded/search/matching.py"
)


def found(index: Index, phrase: str, *, exact: bool) -> set[str]:
    """Return the ids that a quoted phrase finds."""
    return {hit.id for hit in index.search(searchlib.quote(phrase), limit=None, snippets=0, exact=exact)}


def literally_found(index: Index, phrase: str) -> set[str]:
    """Return the ids that a quoted phrase finds as it stands, in either script; others say their form."""
    query = searchlib.quote(phrase)
    literal = {hit.id for hit in index.search(query, limit=None, snippets=0, equivalences=["script"])}
    hits = {hit.id: hit.why for hit in index.search(query, limit=None, snippets=0)}
    assert literal <= hits.keys(), phrase
    assert all("(=" in hits[other] for other in hits.keys() - literal), (phrase, hits)
    return literal


def substrings(articles: list[Article], seed: int) -> list[str]:
    """Draw pieces of one to eight characters of the articles' texts."""
    draw = random.Random(seed)
    texts = [text for article in articles for name in TEXT_FIELDS for text in article.texts(name)]
    pieces = []
    for _ in range(SUBSTRINGS):
        text = draw.choice(texts)
        start = draw.randrange(len(text))
        pieces.append(text[start : start + draw.randint(1, 8)])
    assert len(set(pieces)) > SUBSTRINGS / 2
    return pieces


@pytest.mark.parametrize("exact", [True, False])
def test_a_quoted_substring_finds_exactly_the_articles_that_contain_it(
    corpus_index: Index, corpus_articles: list[Article], exact: bool
) -> None:
    """Of a thousand pieces of newspaper text each finds the articles that brute force finds."""
    wrong = [
        phrase
        for phrase in substrings(corpus_articles, seed=20241218)
        if (found(corpus_index, phrase, exact=True) if exact else literally_found(corpus_index, phrase))
        != holders(corpus_articles, phrase, exact=exact, script=simplify)
    ]
    assert wrong == [], _WHERE


def test_han_substrings_always_find_their_own_article(
    corpus_index: Index, corpus_articles: list[Article]
) -> None:
    """A run of Han finds the article that it was cut from, quoted or not."""
    draw = random.Random(7)
    for _ in range(300):
        article = draw.choice([a for a in corpus_articles if len(a.body) > 20])
        start = draw.randrange(len(article.body) - 8)
        piece = article.body[start : start + draw.randint(1, 6)]
        if all("\u4e00" <= char <= "\u9fff" for char in piece):
            hits = corpus_index.search(piece, limit=None, snippets=0, match="all")
            assert article.id in {hit.id for hit in hits}, piece


@given(st.lists(articles(), min_size=1, max_size=4), st.data())
def test_random_articles(drawn: list[Article], data: st.DataObject) -> None:
    """Random articles and phrases, cut from them or not, agree with brute force, exactly and loosely."""
    kept = [article.with_id() for article in drawn]
    text = "\n".join(text for article in kept for name in TEXT_FIELDS for text in article.texts(name))
    phrases = [data.draw(plain_text(5), label="phrase")]
    for _ in range(3 if text else 0):
        start = data.draw(st.integers(0, len(text) - 1), label="start")
        phrases.append(text[start : start + data.draw(st.integers(1, 6), label="length")])
    with TemporaryDirectory() as folder, searchlib.open(Path(folder) / "index") as index:
        index.add(kept)
        for phrase in phrases:
            if phrase.strip():  # an empty phrase finds nothing, an empty text has none
                want = holders(kept, phrase, exact=True, script=simplify)
                assert found(index, phrase, exact=True) == want, (phrase, _WHERE)
                assert want <= found(index, phrase, exact=False), (phrase, _WHERE)
                want = holders(kept, phrase, exact=False, script=simplify)
                assert literally_found(index, phrase) == want, (phrase, _WHERE)
