"""
The first of many: the best documents in order, with as little certainty as that takes.

Whether a run is in one piece is known only when the article is read. So
each document first counts with the most that it could score; in that order
articles are read until enough of them are certain to be before all the rest.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from searchlib.arrays import np
from searchlib.embedded.store.snapshot import Floats

_ROOM = 4
_AT_LEAST = 256


@dataclass(order=True)
class _Entry:
    """A document whose score is certain; of equal scores the lower id comes first."""

    loss: float
    article_id: _Id


class _Id:
    """Compares by id, which is read only for a tie."""

    def __init__(self, place: int, id_of: Callable[[int], str]) -> None:
        self.place = place
        self._id_of = id_of

    def __lt__(self, other: _Id) -> bool:
        return self._id_of(self.place) < other._id_of(other.place)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Id) and self.place == other.place

    def __hash__(self) -> int:
        return hash(self.place)


def best(
    most: Floats, exact: Callable[[int], float | None], id_of: Callable[[int], str], wanted: int
) -> tuple[list[int], list[float]]:
    """
    Return the places of the *wanted* best, in order, and their scores.

    Args:
        most: For each place the most that it can score.
        exact: Returns the score of a place, `most` at most; None for one that is out.
        id_of: Returns the id of a place, by which equal scores are ordered.
        wanted: How many; fewer come back when there are fewer.
    """
    certain: list[_Entry] = []
    places: list[int] = []
    scores: list[float] = []
    following = _descending(most, wanted * _ROOM + _AT_LEAST)
    ahead = next(following, None)
    while len(places) < wanted and (certain or ahead is not None):
        if certain and (ahead is None or -certain[0].loss > most[ahead]):
            entry = heapq.heappop(certain)
            places.append(entry.article_id.place)
            scores.append(-entry.loss)
        elif ahead is not None:
            score = exact(ahead)
            if score is not None:
                heapq.heappush(certain, _Entry(-score, _Id(ahead, id_of)))
            ahead = next(following, None)
    return places, scores


def _descending(most: Floats, count: int) -> Iterator[int]:
    """Yield all places by what they can score at most; the lower ones are sorted only when asked for."""
    if count >= len(most):
        yield from np.argsort(-most, kind="stable").tolist()
        return
    threshold = np.partition(most, len(most) - count)[len(most) - count]
    for chosen in (most >= threshold, most < threshold):
        places = np.flatnonzero(chosen)
        yield from places[np.argsort(-most[places], kind="stable")].tolist()
