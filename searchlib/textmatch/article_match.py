"""Does an article match a query tree? Told from its texts, dates and stored values alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from searchlib.analysis import Analyzer, border_text, rows_of_units, simplify
from searchlib.analysis.counted import CountedArticle
from searchlib.analysis.grams import grams_of
from searchlib.deadline import NO_DEADLINE, Deadline
from searchlib.model import Article
from searchlib.query.nodes import (
    And,
    AtLeast,
    DateRange,
    Every,
    Near,
    Not,
    Or,
    Phrase,
    Query,
    Should,
    Stored,
    Terms,
)
from searchlib.query.pieces import pieces
from searchlib.stored_values import full_date, value_text, values_of
from searchlib.textmatch.phrases import contains
from searchlib.textmatch.proximity import is_near


def article_matches(
    tree: Query, counted: CountedArticle, analyzer: Analyzer, deadline: Deadline = NO_DEADLINE
) -> bool:
    """
    Return whether an article matches a tree.

    Args:
        counted: The article.
        analyzer: Cuts plain text (`match="any"`) into words, as the article was cut.
        deadline: Looked at in long texts of `NEAR`.
    """

    def matches(node: Query) -> bool:
        return article_matches(node, counted, analyzer, deadline)

    if isinstance(tree, (Phrase, Near)):
        return _occurs(tree, counted.texts_in(tree.field), deadline)
    if isinstance(tree, And):
        return all(map(matches, tree.subqueries))
    if isinstance(tree, Or):  # an unspaced run too
        return any(map(matches, tree.subqueries))
    if isinstance(tree, AtLeast):
        held = filter(matches, tree.subqueries)
        return sum(1 for _ in islice(held, tree.least)) == tree.least
    if isinstance(tree, Not):
        return not matches(tree.query)
    if isinstance(tree, Terms):
        return _has_any(tree, counted, analyzer) or any(map(matches, tree.parts))
    return _passes(tree, counted.article)


def _occurs(leaf: Phrase | Near, texts: Sequence[str], deadline: Deadline) -> bool:
    if isinstance(leaf, Near):
        return any(is_near(leaf, text, deadline) for text in texts)
    return any(contains(form, text) for form in (leaf, *leaf.equals) for text in texts)


def _passes(tree: Query, article: Article) -> bool:
    """Return whether an article passes a leaf that is about no text."""
    if isinstance(tree, Stored):
        return tree.value in map(value_text, values_of(article, tree.key))
    if isinstance(tree, DateRange):
        return is_in_range(full_date(article.date), tree.since, tree.until)
    return isinstance(tree, (Every, Should))


def is_in_range(published: str | None, since: str | None, until: str | None) -> bool:
    """
    Return whether a full date is between two prefixes of ISO dates, both inclusive; None is outside.

    >>> is_in_range("2024-08-31", "2024", "2024-08"), is_in_range("2024-09-01", None, "2024-08")
    (True, False)
    """
    if published is None:
        return False
    return published >= (since or "") and (until is None or published[: len(until)] <= until)


def _has_any(leaf: Terms, counted: CountedArticle, analyzer: Analyzer) -> bool:
    """Return whether an article has any word or pair of a plain text; with `exact` any of its pieces."""
    if leaf.exact:
        parts = dict.fromkeys(part for word in leaf.clean.split() for part in pieces(word, analyzer))
        texts = counted.texts_in(None)
        return any(contains(Phrase(part, exact=True), text) for part in parts for text in texts)
    if any(counted.has(word, "word") for word in analyzer.words(leaf.clean)):
        return True
    rows = rows_of_units(simplify(border_text(leaf.clean)))
    return any(counted.has(gram, "pair") for row in rows for gram in grams_of(row)[len(row) :] or row)
