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
    children = list(tree.subqueries) if isinstance(tree, And) else [tree]
    words: list[Phrase] = []
    fixed: list[Query] = []
    for child in children:
        if isinstance(child, Run) and child.whole.field is None:
            words += child.pieces
        elif isinstance(child, Phrase) and not child.quoted and child.field is None:
            words.append(child)
        else:
            fixed.append(child)
    words = list(dict.fromkeys(words))
    if len(words) < 2:  # noqa: PLR2004 (a single word left out leaves nothing)
        return None
    snapshot = matcher.snapshot
    allowed = matcher.docs(And(fixed)) if fixed else snapshot.docs
    if passing is not None:
        allowed = both(allowed, passing)
    mass = np.zeros(snapshot.size)
    for word in words:
        docs = matcher.docs(word)
        if len(docs):
            mass[docs] += idf(len(docs), max(1, len(snapshot.docs)))
    if not len(allowed) or not mass[allowed].any():
        return None
    most = mass[allowed].max()
    closest = allowed[np.isclose(mass[allowed], most, rtol=1e-12, atol=0)]
    first = closest[np.argmin(snapshot.id_ranks[closest])]
    kept = [word for word in words if first in matcher.docs(word)]
    dropped = tuple(str(word) for word in words if word not in kept)
    children = [*kept, *fixed]
    return Relaxed(children[0] if len(children) == 1 else And(children), dropped)
