"""Work that is counted and not timed: the same on a busy machine."""

from __future__ import annotations

import sys
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
