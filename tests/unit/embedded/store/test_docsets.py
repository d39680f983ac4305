"""Sets of documents agree with Python's own."""

from __future__ import annotations

import array as arrays
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.embedded.store.docsets import (
    Docs,
    LateDocs,
    any_of,
    both,
    either,
    holds,
    is_in,
    mark,
    without,
)
from searchlib.native import engine

SETS = st.sets(st.integers(0, 60), max_size=30)


def array(docs: set[int]) -> Docs:
    """Return a set as an ascending array."""
    return np.array(sorted(docs), np.int64)


def late(docs: set[int]) -> Any:
    """Return a set as the kernel gives it where numpy is not loaded."""
    return LateDocs(memoryview(arrays.array("q", sorted(docs)).tobytes()).cast("q"))


MADE = [array] if engine().kernel is None else [array, late]


@given(SETS, SETS)
def test_two_sets(first: set[int], second: set[int]) -> None:
    """Intersection, difference and membership, of arrays, of what the kernel found, and of both kinds."""
    for make in MADE:
        for other in MADE:
            assert both(make(first), other(second)).tolist() == sorted(first & second)
            assert without(make(first), other(second)).tolist() == sorted(first - second)
        assert [holds(make(first), doc) for doc in range(62)] == [doc in first for doc in range(62)]
    assert is_in(array(first), array(second)).tolist() == [doc in second for doc in sorted(first)]


@given(st.lists(SETS, max_size=5))
def test_many_sets(sets: list[set[int]]) -> None:
    """Union, and a row with a byte for each."""
    union = set[int]().union(*sets)
    for make in MADE:
        assert either(map(make, sets)).tolist() == sorted(union)
        assert any_of(map(make, sets), 61).tolist() == sorted(union)
        assert either([*map(make, sets), *map(array, sets)]).tolist() == sorted(union)
        row = bytearray(61)
        mark(row, make(union), 2)
        assert [doc for doc, value in enumerate(row) if value == 2] == sorted(union)


@given(st.sets(st.integers(0, 5000)), st.sets(st.integers(0, 5000), max_size=20))
@pytest.mark.skipif(engine().kernel is None, reason="what the kernel does")
def test_few_among_many(many: set[int], few: set[int]) -> None:
    """Most of a long set is passed over."""
    assert both(late(many), late(few)).tolist() == sorted(many & few)
    assert without(late(few), late(many)).tolist() == sorted(few - many)


@given(SETS)
def test_late_documents_are_an_array_where_one_is_wanted(docs: set[int]) -> None:
    """Parts, steps, places, and what only numpy can do."""
    made, wanted = late(docs), array(docs)
    assert len(made) == len(wanted)
    assert list(made) == made.tolist() == wanted.tolist()
    assert made[1:7].tolist() == wanted[1:7].tolist()
    assert made[::3].tolist() == wanted[::3].tolist()
    assert made[np.flatnonzero(wanted > 9)].tolist() == wanted[wanted > 9].tolist()
    assert np.concatenate([made, wanted]).tolist() == [*wanted, *wanted]
    assert made.astype(np.int32).dtype == np.int32
    assert [made[place] for place in range(len(docs))] == sorted(docs)
