"""
When no article has every word: the words to leave out, so that the closest articles are found.

Only whole words of the query's own text can go; phrases in quotes, field
filters and excluded words stay. What goes is told to the user.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from searchlib.query.nodes import And, Phrase, Query, Run
from searchlib.ranking.bm25f import idf
from searchlib.ranking.matching import Matcher
from searchlib.store.docsets import Docs, both, is_in


@dataclass(frozen=True)
class Relaxed:
    """A tree that something matches, and the words that it leaves out."""

    tree: Query
    dropped: tuple[str, ...]


def relax(tree: Query, matcher: Matcher, passing: Docs | None = None) -> Relaxed | None:
    """
    Leave out words until something matches.

    The words that stay are those of the greatest summed idf that some article
    has together; of equal sums, those that come first in the query.

    Args:
        passing: The documents that filters let through; None for all.

    Returns:
        None when the tree has fewer than two words that may go, or nothing has
        even one of them.
    """
    words, fixed = _parts(tree)
    if len(words) < 2:  # noqa: PLR2004 (a single word left out leaves nothing)
        return None
    allowed = matcher.bounds(And(fixed)).possible if fixed else matcher.snapshot.docs
    if passing is not None:
        allowed = both(allowed, passing)
    kept = _heaviest(words, fixed, matcher, allowed)
    if not kept:
        return None
    stays = set(kept)
    dropped = tuple(str(word) for word in words if word not in stays)
    children = [*kept, *fixed]
    return Relaxed(children[0] if len(children) == 1 else And(children), dropped)


def _heaviest(words: list[Phrase], fixed: list[Query], matcher: Matcher, allowed: Docs) -> list[Phrase]:
    """Return the words of the greatest summed idf that one document holds with all that is fixed."""
    count = max(1, len(matcher.snapshot.docs))
    holders = [matcher.bounds(word).possible for word in words]
    weights = [idf(len(docs), count) if len(docs) else 0.0 for docs in holders]
    most = np.zeros(matcher.snapshot.size)
    for docs, weight in zip(holders, weights, strict=True):
        most[docs] += weight
    most = most[allowed]
    best: tuple[float, list[bool]] = (0.0, [])
    while len(most) and most.max() >= best[0] and most.max() > 0:
        heaviest = most == most.max()
        alike = allowed[heaviest]
        for may_hold, group in _groups(alike, holders):
            for doc in group:
                held = [may and matcher.matches(word, doc) for may, word in zip(may_hold, words, strict=True)]
                found = (_sum(weights, held), held)
                if found > best and all(matcher.matches(one, doc) for one in fixed):
                    best = found
                if best[1] == may_hold:
                    break  # the others of the group can hold no more
        allowed, most = allowed[~heaviest], most[~heaviest]
    return [word for word, has in zip(words, best[1], strict=True) if has] if best[1] else []


def _sum(weights: list[float], held: list[bool]) -> float:
    """Add one by one, as the array is: `sum` is more exact from Python 3.12 on, and ties would differ."""
    total = 0.0
    for weight, has in zip(weights, held, strict=True):
        total += weight * has
    return total


def _groups(docs: Docs, holders: list[Docs]) -> Iterator[tuple[list[bool], list[int]]]:
    """Part documents by which words they may hold; those with the first words of the query come first."""
    rows = np.stack([is_in(docs, one) for one in holders], axis=1)
    kinds, kind_of = np.unique(rows, axis=0, return_inverse=True)
    for number in reversed(range(len(kinds))):
        yield kinds[number].tolist(), docs[kind_of.reshape(-1) == number].tolist()


def _parts(tree: Query) -> tuple[list[Phrase], list[Query]]:
    """Return the words that may go, each once, and what stays."""
    words: dict[Phrase, None] = {}
    fixed: list[Query] = []
    for child in tree.subqueries if isinstance(tree, And) else [tree]:
        if isinstance(child, Run) and child.whole.field is None:
            words.update(dict.fromkeys(child.pieces))
        elif isinstance(child, Phrase) and not child.quoted and child.field is None:
            words[child] = None
        else:
            fixed.append(child)
    return list(words), fixed
