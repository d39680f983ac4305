"""Sums that are the same on every Python: since 3.12 `sum` corrects how floats round; the kernel does not."""

from __future__ import annotations

from collections.abc import Iterable


def sum_in_order(values: Iterable[float]) -> float:
    """
    Add numbers up one after another, as the kernel does.

    >>> sum_in_order([0.1] * 10)
    0.9999999999999999
    """
    total = 0.0
    for value in values:
        total += value
    return total
