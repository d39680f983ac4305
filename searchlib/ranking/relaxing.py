"""
When no article has every word: the words to leave out, so that the closest articles are found.

Only whole words of the query's own text can go; phrases in quotes, field
filters and excluded words stay. What goes is told to the user.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from searchlib.query.nodes import And, Phrase, Query, Run
from searchlib.ranking.bm25f import idf
from searchlib.ranking.matching import Matcher
from searchlib.ranking.topk import best
from searchlib.store.docsets import Docs, both


@dataclass(frozen=True)
class Relaxed:
    """A tree that something matches, and the words that it leaves out."""

    tree: Query
    dropped: tuple[str, ...]


def relax(tree: Query, matcher: Matcher, passing: Docs | None = None) -> Relaxed | None:
    """
    Leave out words until something matches.

    Of all articles the one that holds the words of the greatest summed idf
    decides which words stay (of equal ones, the first id's).

    Args:
        passing: The documents that filters let through; None for all.

    Returns:
        None when the tree has fewer than two words that may go, or nothing has
        even one of them.
    """
    words, fixed = _parts(tree)
    if len(words) < 2:  # noqa: PLR2004 (a single word left out leaves nothing)
        return None
    snapshot = matcher.snapshot
    allowed = matcher.bounds(And(fixed)).possible if fixed else snapshot.docs
    if passing is not None:
        allowed = both(allowed, passing)
    most = np.zeros(snapshot.size)
    weights = []
    for word in words:
        docs = matcher.bounds(word).possible
        weights.append(idf(len(docs), max(1, len(snapshot.docs))) if len(docs) else 0.0)
        most[docs] += weights[-1]
    allowed = allowed[most[allowed] > 0]

    def exact(place: int) -> float | None:
        doc = int(allowed[place])
        if not all(matcher.matches(one, doc) for one in fixed):
            return None
        held = [weight for word, weight in zip(words, weights, strict=True) if matcher.matches(word, doc)]
        return float(sum(held)) if held else None

    places, _ = best(most[allowed], exact, lambda place: snapshot.id_of(int(allowed[place])), 1)
    if not places:
        return None
    first = int(allowed[places[0]])
    kept = [word for word in words if matcher.matches(word, first)]
    dropped = tuple(str(word) for word in words if word not in kept)
    children = [*kept, *fixed]
    return Relaxed(children[0] if len(children) == 1 else And(children), dropped)


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
