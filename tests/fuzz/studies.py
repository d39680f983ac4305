"""Queries asked through every method but `search`: concordances, completions, trends, reasons."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fuzz.queries import MOST_CHARS, Queries, check_refusal
from searchlib import Index, QueryError
from searchlib.findings import KwicLine

CONTEXT = 12
MOST = 5


class Studies(Queries):
    """Asks the same index the same kinds of queries, each in one way."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self._all = {article.id: article for article in self._index}
        self._ids_held = sorted(self._all)

    def draw(self, chance: random.Random) -> Any:
        """Return a query, an article, and which way to ask."""
        query, options, _ = super().draw(chance)
        return query[:MOST_CHARS], options["exact"], chance.choice(self._ids_held), chance.choice(list(_WAYS))

    def check(self, drawn: Any) -> None:
        """Ask; a query is refused as `search` refuses it."""
        query, exact, article_id, way = drawn
        try:
            _WAYS[way](self, query, exact, article_id)
        except QueryError as error:
            check_refusal(error, query)

    @property
    def index(self) -> Index:
        """The index that is asked."""
        return self._index

    def check_line(self, line: KwicLine) -> None:
        """See that a place is where it says, on one line, with no more around it than was asked for."""
        texts = self._all[line.id].texts(line.field)
        assert line.keyword
        assert len(line.before) <= CONTEXT
        assert len(line.after) <= CONTEXT
        assert any(_squeezed(line.keyword) in _squeezed(text) for text in texts)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _kwic(studies: Studies, query: str, exact: bool, _: str) -> None:
    lines = studies.index.kwic(query, limit=None, context=CONTEXT, exact=exact)
    assert studies.index.kwic(query, limit=MOST, context=CONTEXT, exact=exact) == lines[:MOST]
    for line in lines:
        studies.check_line(line)


def _collocates(studies: Studies, query: str, exact: bool, _: str) -> None:
    for near in studies.index.collocates(query, min_count=1, exact=exact):
        assert near.count == near.left + near.right <= near.frequency
        assert math.isfinite(near.score)


def _telling_words(studies: Studies, query: str, exact: bool, _: str) -> None:
    for word in studies.index.telling_words(query, exact=exact):
        assert math.isfinite(word.score)


def _trend(studies: Studies, query: str, exact: bool, _: str) -> None:
    counts = studies.index.trend(query, exact=exact)
    assert sum(counts.values()) <= studies.index.search(query, match="all", limit=0, exact=exact).total


def _why_not(studies: Studies, query: str, exact: bool, article_id: str) -> None:
    why = studies.index.why_not(query, article_id, exact=exact)
    found = any(hit.id == article_id for hit in studies.index.search(query, limit=None, exact=exact))
    assert (why.rank is not None) == found
    assert str(why)


def _suggest(studies: Studies, query: str, _: bool, __: str) -> None:
    assert len(studies.index.suggest(query, MOST)) <= MOST


def _like(studies: Studies, _: str, __: bool, article_id: str) -> None:
    assert article_id not in {hit.id for hit in studies.index.like(article_id, limit=None)}


def _analyze(studies: Studies, query: str, exact: bool, _: str) -> None:
    for token in studies.index.analyze(query):
        assert 0 <= token.start < token.end <= len(query)
    for match in ("auto", "any"):
        tree, again = studies.index.analyze_query(query, match=match, exact=exact)
        assert tree
        assert again or not query.strip()


_WAYS: dict[str, Callable[[Studies, str, bool, str], None]] = {
    "kwic": _kwic,
    "collocates": _collocates,
    "telling_words": _telling_words,
    "trend": _trend,
    "why_not": _why_not,
    "suggest": _suggest,
    "like": _like,
    "analyze": _analyze,
}
