"""Words and nothing else of the query language: what an engine may read by itself."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from searchlib.analysis import Analyzer, clean_text
from searchlib.lazy import lazy_pattern
from searchlib.query.advice import advice
from searchlib.query.auto import content_of
from searchlib.query.leaves import has_units, leaf_of
from searchlib.query.lexer import lex
from searchlib.query.nodes import Phrase
from searchlib.query.parser import text_of_words

_PLAIN = lazy_pattern(
    "[\u3400-\u9fff0-9A-Za-z０-９Ａ-Ｚａ-ｚ \u3000，。、：；！？（）【】〔〕《》〈〉“”‘’「」『』·—…％－"
    "\",.:;!?()|%&/_'-]*"
)
_HAN = lazy_pattern("[\u4e00-\u9fff\n,.&/_-]*")
_ONLY_HAN = lazy_pattern("[\u4e00-\u9fff]+")
_KINDS = frozenset({"word", "(", ")"})


class PlainWords(NamedTuple):
    """The words of a query, clean, all of them as one plain text, and what is said of the query."""

    words: list[tuple[str, list[str] | None]]
    """Each with its content words where it is not of Han alone."""
    text: str
    hints: tuple[str, ...]


def plain_words(query: str, analyzer: Analyzer) -> PlainWords | None:
    r"""
    Return the words of a query that asks for all of them in any field; None where it may mean something else.

    >>> analyzer = Analyzer()
    >>> plain_words("《党建》引领：基层（治理）19家企业", analyzer).words
    [('党建引领\n基层', None), ('治理', None), ('19家企业', ['19家', '企业'])]
    >>> plain_words("标题：党建", analyzer), plain_words('"党建" 引领', analyzer)
    (None, None)
    """
    if _PLAIN.fullmatch(query) is None:
        return None
    tokens, hints = lex(query)
    kinds = [token.kind for token in tokens]
    if not (_KINDS.issuperset(kinds) and _is_balanced(kinds)):
        return None
    cleaned = [clean_text(token.text) for token in tokens if token.kind == "word"]
    words = [clean for clean in cleaned if has_units(clean)]
    cut = [(word, None if _HAN.fullmatch(word) else _content_words(word, analyzer)) for word in words]
    return PlainWords(cut, text_of_words(words), hints + advice(query, tokens))


def spaced(words: PlainWords) -> str | None:
    """
    Return a query of Han alone that asks for the same without punctuation marks; None where there is none.

    >>> spaced(plain_words("《党建》引领（治理）：", Analyzer()))
    '党建引领 治理'
    """
    each = [word for word, _ in words.words]
    return " ".join(each) if all(_ONLY_HAN.fullmatch(word) for word in each) else None


def _content_words(clean: str, analyzer: Analyzer) -> list[str]:
    leaf = leaf_of(clean, analyzer, exact=False)
    return [] if leaf is None else [piece.clean for piece in content_of(leaf) if isinstance(piece, Phrase)]


def _is_balanced(kinds: Sequence[str]) -> bool:
    """Return whether there is something in each bracket, and none inside another."""
    depth = 0
    for before, kind in pairwise(["", *kinds]):
        depth += (kind == "(") - (kind == ")")
        if depth not in {0, 1} or (before == "(" and kind == ")"):
            return False
    return depth == 0
