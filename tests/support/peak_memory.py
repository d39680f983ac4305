"""How much memory a piece of code takes at its peak, by Python's own count."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np


class Peak:
    """What `peak_of` fills in: `size`, in bytes, beyond what was held before."""

    size = 0


@contextmanager
def peak_of() -> Iterator[Peak]:
    """
    Measure what the block takes at its peak; stop to count also where the block fails.

    What is only loaded once per process is loaded before: the first `np.unique` imports `numpy.ma`.
    """
    np.unique(np.arange(2))
    peak = Peak()
    tracemalloc.start()
    try:
        yield peak
        peak.size = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
