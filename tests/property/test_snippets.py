"""Laws of snippets and marks."""

from __future__ import annotations

from checks import check_marks, check_snippet, wanted_by
from hypothesis import given
from hypothesis import strategies as st
from strategies import articles, chinese_text, plain_text

from searchlib import Article
from searchlib.analysis import Analyzer, clean_text
from searchlib.model import TEXT_FIELDS
from searchlib.query.parser import parse
from searchlib.query.quoting import quote
from searchlib.snippets import Marker, select

ANALYZER = Analyzer()


def check_snippets(article: Article, query: str, count: int) -> None:
    """Assert what holds of the passages of any article for any query."""
    tree = parse(query, ANALYZER, match="all", exact=False)
    marked = Marker(tree, ANALYZER).mark(article)
    snippets = select(article, marked, count)
    wanted = wanted_by(tree)
    assert len(snippets) <= count
    for snippet in snippets:
        check_snippet(snippet, article, wanted)
    check_marks(article.headline, marked.headline_marks, wanted)


@given(articles(plain_text(200)), st.data())
def test_passages_of_plain_articles(article: Article, data: st.DataObject) -> None:
    """Passages for a phrase cut from the article's own text."""
    texts = [text for name in TEXT_FIELDS for text in article.texts(name)]
    text = data.draw(st.sampled_from(texts or ["湖"]))
    start = data.draw(st.integers(0, len(text)))
    piece = text[start : start + data.draw(st.integers(1, 5))]
    query = quote(piece) if data.draw(st.booleans()) else clean_text(piece).replace("\n", " ")
    for sign in '-+*~:()"':
        query = query if query.startswith('"') else query.replace(sign, " ")
    check_snippets(article, query, data.draw(st.integers(0, 4)))


@given(articles(chinese_text(120)), chinese_text(4), st.integers(0, 4))
def test_passages_of_any_article(article: Article, phrase: str, count: int) -> None:
    """Text of every kind: combining marks, surrogates, no sentence's end."""
    check_snippets(article, quote(phrase), count)
