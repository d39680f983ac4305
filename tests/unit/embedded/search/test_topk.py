"""The first of many, found by reading few."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from searchlib.embedded.search import topk

SCORES = st.lists(st.tuples(st.sampled_from([0.0, 0.5, 1.0, 2.0]), st.booleans()), max_size=40)


@given(SCORES, st.integers(0, 45), st.integers(1, 4))
def test_the_same_as_sorting_all(drawn: list[tuple[float, bool]], wanted: int, room: int) -> None:
    """Scores that turn out lower than they could be, and ties, change nothing."""
    most = np.array([score + 1 for score, _ in drawn])
    exact = [score + certain for score, certain in drawn]
    ids = [f"{(place * 7) % 41:02d}" for place in range(len(drawn))]
    ordered = sorted(range(len(drawn)), key=lambda place: (-exact[place], ids[place]))[:wanted]
    least, topk._AT_LEAST = topk._AT_LEAST, room
    try:
        places, scores = topk.best(most, exact.__getitem__, ids.__getitem__, wanted)
    finally:
        topk._AT_LEAST = least
    assert places == ordered
    assert scores == [exact[place] for place in ordered]


def test_only_what_could_be_among_the_first_is_read() -> None:
    """Of a thousand documents whose scores are far apart ten are asked for the first ten."""
    asked = []

    def exact(place: int) -> float:
        asked.append(place)
        return float(place)

    places, _ = topk.best(np.arange(1000.0), exact, str, 10)
    assert places == list(range(999, 989, -1))
    assert len(asked) <= 11
