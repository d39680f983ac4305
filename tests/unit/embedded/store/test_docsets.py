"""Sets of documents agree with Python's own."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from searchlib.embedded.store.docsets import Docs, both, either, is_in, without

SETS = st.sets(st.integers(0, 60), max_size=30)


def array(docs: set[int]) -> Docs:
    """Return a set as an ascending array."""
    return np.array(sorted(docs), np.int64)


@given(SETS, SETS)
def test_two_sets(first: set[int], second: set[int]) -> None:
    """Intersection, difference and membership."""
    assert both(array(first), array(second)).tolist() == sorted(first & second)
    assert without(array(first), array(second)).tolist() == sorted(first - second)
    assert is_in(array(first), array(second)).tolist() == [doc in second for doc in sorted(first)]


@given(st.lists(SETS, max_size=5))
def test_many_sets(sets: list[set[int]]) -> None:
    """Union."""
    assert either(map(array, sets)).tolist() == sorted(set().union(*sets))
