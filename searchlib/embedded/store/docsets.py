"""
Sets of documents as ascending arrays.

numpy's own set functions sort or hash both sides each time; a bisection of the
smaller side in the larger is five to twenty times as fast on postings.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from searchlib.arrays import I64, Bools, np

Docs = I64
"""Document numbers of one commit, ascending."""


@cache
def no_docs() -> Docs:
    """Return the empty set."""
    return np.empty(0, np.int64)


def is_in(docs: Docs, others: Docs) -> Bools:
    """
    Tell for each of *docs* whether it is one of *others*.

    >>> is_in(np.array([1, 4, 9]), np.array([4, 7])).tolist()
    [False, True, False]
    """
    if not len(others):
        return np.zeros(len(docs), np.bool_)
    places = np.searchsorted(others, docs)
    places[places == len(others)] = 0
    found: Bools = others[places] == docs
    return found


def both(first: Docs, second: Docs) -> Docs:
    """Return the documents that are in both."""
    small, large = (first, second) if len(first) <= len(second) else (second, first)
    return small[is_in(small, large)]


def without(docs: Docs, others: Docs) -> Docs:
    """Return those of *docs* that are not in *others*."""
    return docs[~is_in(docs, others)] if len(others) else docs


def either(found: Iterable[Docs]) -> Docs:
    """
    Return the documents that are in any of several arrays.

    >>> either([np.array([1, 4]), np.array([4, 7]), no_docs()]).tolist()
    [1, 4, 7]
    """
    arrays = sorted((docs for docs in found if len(docs)), key=len, reverse=True)
    if not arrays:
        return no_docs()
    joined = arrays[0]
    for docs in arrays[1:]:
        new = without(docs, joined)
        if len(new):
            joined = np.sort(np.concatenate([joined, new]))
    return joined
