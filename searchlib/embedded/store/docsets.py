"""
Sets of documents as ascending arrays.

numpy's own set functions sort or hash both sides each time; a bisection of the
smaller side in the larger is five to twenty times as fast on postings. What the
kernel finds is an array too where numpy is there; else it is `LateDocs`, of which the
kernel makes other sets: to look for a suggestion needs no more.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeGuard, cast

from searchlib.arrays import I64, Bools, np
from searchlib.native import engine

Docs = I64
"""Document numbers of one commit, ascending; maybe `LateDocs`, which does all that an array does."""


class LateDocs:
    """Documents that become an array when something is asked of them that only an array can do."""

    def __init__(self, numbers: memoryview[int]) -> None:
        self.numbers = numbers

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[int]:
        return iter(self.numbers)

    def tolist(self) -> list[int]:
        """Return the numbers."""
        return self.numbers.tolist()

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return LateDocs(self.numbers[place])
        return self.numbers[place] if isinstance(place, int) else self.__array__()[place]

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Any:
        return np.array(self.numbers, np.int64 if dtype is None else dtype)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # protocols of numpy and of copying ask for what there is not
            raise AttributeError(name)
        return getattr(self.__array__(), name)


def as_docs(data: bytes) -> Docs:
    """Return as a set of documents what the kernel returned: numbers of eight bytes."""
    if "numpy" in sys.modules:
        return np.frombuffer(data, np.int64)
    return cast("Docs", LateDocs(memoryview(data).cast("q")))


def docs_of(numbers: Iterable[int]) -> Docs:
    """Return ascending numbers as a set of documents."""
    return as_docs(array("q", numbers).tobytes())


def no_docs() -> Docs:
    """Return the empty set."""
    return as_docs(b"")


def _are_late(sets: Sequence[object]) -> TypeGuard[Sequence[LateDocs]]:
    return all(isinstance(docs, LateDocs) for docs in sets)


def holds(docs: Docs, doc: int) -> bool:
    """
    Return whether a document is in a set.

    >>> [holds(docs_of([1, 4, 9]), doc) for doc in (0, 4, 10)]
    [False, True, False]
    """
    place = bisect_left(docs, doc)
    return place < len(docs) and int(docs[place]) == doc


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
    """
    Return the documents that are in both.

    >>> both(docs_of([1, 4, 9]), docs_of([4, 7, 9])).tolist()
    [4, 9]
    """
    if _are_late(sets := (first, second)):
        return as_docs(_kernel().both(*(one.numbers for one in sets)))
    small, large = (first, second) if len(first) <= len(second) else (second, first)
    return small[is_in(small, large)]


def without(docs: Docs, others: Docs) -> Docs:
    """Return those of *docs* that are not in *others*."""
    if _are_late(sets := (docs, others)):
        return as_docs(_kernel().without(*(one.numbers for one in sets)))
    return docs[~is_in(docs, others)] if len(others) else docs


def either(found: Iterable[Docs]) -> Docs:
    """
    Return the documents that are in any of several arrays.

    >>> either([np.array([1, 4]), np.array([4, 7]), no_docs()]).tolist()
    [1, 4, 7]
    """
    arrays = sorted((docs for docs in found if len(docs)), key=len, reverse=True)
    if len(arrays) < 2:  # noqa: PLR2004
        return arrays[0] if arrays else no_docs()
    if _are_late(arrays):
        return as_docs(_kernel().either([one.numbers for one in arrays]))
    joined = arrays[0]
    for docs in arrays[1:]:
        new = without(docs, joined)
        if len(new):
            joined = np.sort(np.concatenate([joined, new]))
    return joined


def any_of(found: Iterable[Docs], size: int) -> Docs:
    """Return what `either` does of many sets; there are *size* documents."""
    sets = list(found)
    if _are_late(sets):
        return either(cast("list[Docs]", sets))
    held = np.zeros(size, np.bool_)
    for docs in sets:
        held[docs] = True
    joined: Docs = np.flatnonzero(held)
    return joined


def mark(row: bytearray, docs: Docs, value: int) -> None:
    """Put a value into a row that has a byte for each document."""
    if _are_late(sets := (docs,)):
        for doc in sets[0]:
            row[doc] = value
    else:
        np.frombuffer(row, np.uint8)[docs] = value


def _kernel() -> Any:
    kernel = engine().kernel
    assert kernel is not None  # noqa: S101 (late documents come from it)
    return kernel
