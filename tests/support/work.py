"""Work that is counted, and time beside that of the same work in pieces: the same on a busy machine."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Any


def lines_run(act: Callable[[], object]) -> int:
    """Return how many lines of Python an act runs; one call of a C function is one, whatever it costs."""
    count = 0

    def trace(frame: FrameType, event: str, arg: Any) -> Any:  # noqa: ARG001 (as sys.settrace wants it)
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        act()
    finally:
        sys.settrace(before)
    return count


def growth(act: Callable[[int], object], size: int) -> float:
    """Return how many times the lines an act of twice the size runs: 2, or 4 where it is quadratic."""
    act(1)  # what is loaded once
    once, twice = (lines_run(lambda n=n: act(n)) for n in (size, 2 * size))  # type: ignore[misc]
    return twice / once


def is_linear(whole: Callable[[], object], pieces: Callable[[], object]) -> bool:
    """
    Return whether *whole* takes less than three times the processor's time of the same work in eight pieces.

    Quadratic work takes eight times as long, every time; a machine that is busy disturbs some of ten tries.
    """
    return any(_cpu_seconds(whole) < 3 * _cpu_seconds(pieces) + 0.002 for _ in range(10))


def _cpu_seconds(act: Callable[[], object]) -> float:
    start = time.thread_time()
    act()
    return time.thread_time() - start
