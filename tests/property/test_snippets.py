"""
Laws of snippets and marks; for ten thousand random articles and queries each ask for the long profile.

    python -m pytest tests/property/test_snippets.py --hypothesis-profile long
"""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st
from strategies import articles, chinese_text, plain_text
from wcwidth import wcwidth

from searchlib import Article
from searchlib.analysis import Analyzer, clean_text, fold_with_map, simplify
from searchlib.expansion.entry import expand
from searchlib.expansion.equivalences import resolve_kinds
from searchlib.expansion.lexicon import Lexicon
from searchlib.highlight import Marker, select
from searchlib.highlight.graphemes import is_boundary
from searchlib.highlight.selection import MAX_CELLS
from searchlib.model import TEXT_FIELDS
from searchlib.query.parser import parse
from searchlib.query.quoting import quote

ANALYZER = Analyzer()
ALL = resolve_kinds(None, exact=False)
MATCHES = st.sampled_from(["all", "any"])
_SIGNS = str.maketrans(dict.fromkeys('-+*~:()"“”„‟＂（）：－＋＊～\\＼', " "))


def check_snippets(article: Article, query: str, match: str, count: int) -> None:
    """Assert what holds of the passages of any article for any query."""
    tree = expand(parse(query, ANALYZER, match=match, exact=False), query, ALL, ANALYZER, Lexicon())
    marker = Marker(tree, ANALYZER)
    marked = marker.mark(article)
    snippets = select(article, marked, count)
    forms = {plain(phrase.text) for phrase in marker.phrases}
    assert len(snippets) <= count
    elsewhere = any(any(marked.places[field]) for field in TEXT_FIELDS if field != "headline")
    assert bool(snippets) == bool(count and (article.headline or article.body or elsewhere))
    for snippet in snippets:
        end = snippet.start + len(snippet.text)
        wholes = [text for text in article.texts(snippet.field) if text[snippet.start : end] == snippet.text]
        assert any(is_boundary(text, snippet.start) and is_boundary(text, end) for text in wholes)
        assert sum(max(0, wcwidth(char)) for char in snippet.text) <= MAX_CELLS
        check_marks(snippet.text, snippet.marks, forms)
    spans = sorted((one.start, one.start + len(one.text)) for one in snippets)
    assert all(before[1] <= behind[0] for before, behind in pairwise(spans))
    check_marks(article.headline, marked.headline_marks, forms)


def check_marks(text: str, marks: tuple[tuple[int, int], ...], forms: set[str]) -> None:
    """Assert that marks ascend, stand apart, lie inside, and that each is made of what was asked for."""
    done = -1
    for start, end in marks:
        assert done < start < end <= len(text)
        done = end
        mapped = fold_with_map(text[start:end])
        found = plain(mapped.text)
        asked: set[int] = set()
        for form in forms:
            place = found.find(form) if form else -1
            while place >= 0:
                asked.update(range(place, place + len(form)))
                place = found.find(form, place + 1)
        # ℃ is one character, of which the c alone may be asked for.
        origins = [mapped.starts[i] for i, char in enumerate(mapped.text) if char not in "\n "]
        assert {origins[place] for place in asked} == set(origins), (text[start:end], forms)


def plain(folded: str) -> str:
    """Return a folded text in simplified script, without borders and spaces."""
    return simplify(folded).replace("\n", "").replace(" ", "")


@given(articles(plain_text(200)), st.data(), MATCHES)
def test_passages_of_plain_articles(article: Article, data: st.DataObject, match: str) -> None:
    """Passages for words and phrases cut from the article's own texts."""
    texts = [text for name in TEXT_FIELDS for text in article.texts(name)] or ["湖"]
    pieces = []
    for _ in range(data.draw(st.integers(1, 3))):
        text = data.draw(st.sampled_from(texts))
        start = data.draw(st.integers(0, len(text)))
        piece = text[start : start + data.draw(st.integers(1, 6))]
        quoted = data.draw(st.booleans())
        pieces.append(quote(piece) if quoted else clean_text(piece).replace("\n", " ").translate(_SIGNS))
    check_snippets(article, " ".join(pieces), match, data.draw(st.integers(0, 4)))


@given(articles(chinese_text(120)), chinese_text(4), MATCHES, st.integers(0, 4))
@example(Article(body="水\u0301" * 300), "水", "all", 3)
@example(Article(body="湖。\u0301水，\ufe00" * 90), "水", "all", 3)
@example(Article(body="👨\u200d👩\u200d👧湖" * 90), "湖", "any", 3)
@example(Article(body="\ud83d\ude00湖" * 90), "湖", "any", 3)
def test_passages_of_any_article(article: Article, phrase: str, match: str, count: int) -> None:
    """Text of every kind: combining marks, surrogates, no sentence's end."""
    check_snippets(article, quote(phrase), match, count)
