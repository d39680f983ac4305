"""Which articles a relaxed query finds when no article has all its words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from searchlib.engine.request import SearchRequest
from searchlib.frozen import replace
from searchlib.query.nodes import Query, least_of, with_least

CLOSEST = 10
"""
Maximum number of articles that a relaxed answer never leaves out, however few of the words they have.

With 1 in place of 10, headlines as queries lose .013 of hit@10; questions lose nothing.
"""

CLOSEST_SHARE = 1 / 3
"""Share of the best score from which on an article is one of the closest; with 1/2 headlines lose .003."""

A = TypeVar("A")
D = TypeVar("D")


class Answering(Protocol[A, D]):
    """How an engine answers one tree; *A* is its form of an answer, *D* that of an article."""

    def answer(self, request: SearchRequest, tree: Query) -> A:
        """Return what matches a tree, the first page at least, in the order asked for."""

    def first(self, answer: A) -> Sequence[tuple[D, float]]:
        """Return the first `CLOSEST` articles of an answer with their scores; none where nothing matches."""

    def matches(self, tree: Query, article: D) -> bool:
        """Return whether one article matches a tree."""

    def held(self, answer: A, words: Sequence[Query], articles: Sequence[D]) -> Sequence[int]:
        """Return how many of some words each of the first articles of an answer has."""

    def nothing(self, answer: A) -> A:
        """Return the answer of the request's own tree, by one to the relaxed tree that has nothing."""


def strict_or_relaxed(request: SearchRequest, engine: Answering[A, D]) -> A:
    """
    Answer the tree, or the relaxed one when nothing matches, or where one of the closest articles does not.

    Of the relaxed one an article needs as many words as one of the closest has that has fewest.
    """
    relaxed = request.relaxed
    strict = None
    if request.is_strict or relaxed is None:
        strict = engine.answer(request, request.tree)
        if relaxed is None or (engine.first(strict) and not request.is_question):
            return strict
    ranked = replace(request, sort="relevance", limit=CLOSEST, offset=0)
    found = engine.answer(ranked, with_least(relaxed, 1))
    first = engine.first(found)
    nearly = first[0][1] * CLOSEST_SHARE if first else 0.0
    closest = [article for article, score in first if score >= nearly]
    if (
        strict is not None
        and engine.first(strict)
        and all(engine.matches(request.tree, article) for article in closest)
    ):
        return strict
    if not closest:
        return engine.nothing(found)
    words = least_of(relaxed)
    held = engine.held(found, words.subqueries, closest)
    return engine.answer(request, with_least(relaxed, min(words.least, *held)))
