"""How much more often two things meet than by chance: measures of association, from counts."""

from __future__ import annotations

import math
from typing import Literal

Measure = Literal["log_likelihood", "log_dice"]


def log_likelihood(both: int, first: int, second: int, total: int) -> float:
    """
    Weigh how surely two things attract each other: the G² of their table of two by two.

    It grows with the evidence, so that a chance meeting of two rare words does
    not come first. Above 10.83 chance would do as much once in a thousand times.

    Args:
        both: Cases that have both, 0 or more.
        first: Cases that have the first.
        second: Cases that have the second.
        total: All cases.

    Returns:
        0 or more; 0 where they meet as seldom as by chance, or more seldom.

    Source:
        Dunning, "Accurate Methods for the Statistics of Surprise and
        Coincidence", Computational Linguistics 19(1), 1993.

    >>> round(log_likelihood(10, 20, 30, 1000), 2), log_likelihood(1, 100, 100, 1000)
    (46.5, 0.0)
    """
    if both * total <= first * second:
        return 0.0
    rows, columns = (first, total - first), (second, total - second)
    cells = ((both, first - both), (second - both, total - first - second + both))
    return 2 * sum(
        count * math.log(count * total / (row * column))
        for row, counts in zip(rows, cells, strict=True)
        for column, count in zip(columns, counts, strict=True)
        if count > 0
    )


def log_dice(both: int, first: int, second: int) -> float:
    """
    Weigh how exclusively two things go together, whatever the size of the collection.

    14 is always together, one less half as exclusively; below 0 they hardly ever meet.

    Source:
        Rychlý, "A Lexicographer-Friendly Association Score", RASLAN 2008.

    >>> log_dice(20, 20, 20), log_dice(10, 20, 20)
    (14.0, 13.0)
    """
    return 14 + math.log2(2 * both / (first + second))
