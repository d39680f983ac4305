"""
The first of many: the best documents in order, with as little certainty as that takes.

Whether a run stands in one piece is known only when the article is read. So
each document first counts with the most that it could score; in that order
articles are read until enough of them are certain to stand before all the rest.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from searchlib.store.docsets import Docs
from searchlib.store.snapshot import Floats

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
    most: Floats, exact: Callable[[int], float], id_of: Callable[[int], str], wanted: int
) -> tuple[list[int], list[float]]:
    """
    Return the places of the *wanted* best, in order, and their scores.

    Args:
        most: For each place the most that it can score.
        exact: Returns the score of a place, `most` at most.
        id_of: Returns the id of a place, by which equal scores are ordered.
        wanted: How many; fewer come back when there are fewer.
    """
    enough = wanted * _ROOM + _AT_LEAST
    some = _highest(most, enough) if enough < len(most) else np.argsort(-most, kind="stable")
    found = _first(most, some, exact, id_of, wanted, complete=len(some) == len(most))
    return (
        found
        or _first(most, np.argsort(-most, kind="stable"), exact, id_of, wanted, complete=True)
        or ([], [])
    )


def _highest(most: Floats, count: int) -> Docs:
    """Return the places of the highest *count*, and of what equals the last of them, in order."""
    threshold = np.partition(most, len(most) - count)[len(most) - count]
    places = np.flatnonzero(most >= threshold)
    return places[np.argsort(-most[places], kind="stable")]


def _first(
    most: Floats,
    order: Docs,
    exact: Callable[[int], float],
    id_of: Callable[[int], str],
    wanted: int,
    *,
    complete: bool,
) -> tuple[list[int], list[float]] | None:
    """Go through *order* until enough is certain; None when it ends before that and is not complete."""
    certain: list[_Entry] = []
    places: list[int] = []
    scores: list[float] = []
    following = 0
    while len(places) < wanted:
        ahead = most[order[following]] if following < len(order) else None
        if certain and (-certain[0].loss > ahead if ahead is not None else complete):
            entry = heapq.heappop(certain)
            places.append(entry.article_id.place)
            scores.append(-entry.loss)
        elif ahead is not None:
            place = int(order[following])
            heapq.heappush(certain, _Entry(-exact(place), _Id(place, id_of)))
            following += 1
        elif complete:
            break
        else:
            return None
    return places, scores
