"""
Small trained models: boosted trees as a table, each a row of questions that are asked one after another.

A row is a tree in preorder. `3<0.5` asks whether the feature with that number is at most so much; what
follows is the answer if it is, then the answer if not. A number alone is what the tree adds to the
log-odds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from searchlib.data import read_table

_Tree = float | tuple[int, float, "_Tree", "_Tree"]


def log_odds(table: str, features: Sequence[float]) -> float:
    """
    Return how likely something with such features is, as the logarithm of its odds; 0 is as likely as not.

    Args:
        table: Name of the file of the model in `searchlib.data`.

    Source:
        Friedman, "Greedy Function Approximation: A Gradient Boosting Machine", Annals of Statistics, 2001.
    """
    total = 0.0
    for tree in _trees(table):
        node: Any = tree  # the class tells leaves from questions, quicker than `isinstance`
        while node.__class__ is tuple:
            feature, most, below, above = node
            node = below if features[feature] <= most else above
        total += node
    return total


@cache
def _trees(table: str) -> tuple[_Tree, ...]:
    return tuple(_tree(iter(row.split())) for row in read_table(table))


def _tree(tokens: Iterator[str]) -> _Tree:
    feature, asks, most = next(tokens).partition("<")
    if not asks:
        return float(feature)
    below = _tree(tokens)
    return int(feature), float(most), below, _tree(tokens)
