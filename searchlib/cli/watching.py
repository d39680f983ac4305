"""When `search index --watch` looks again: when the system tells of a change, else every few seconds."""

from __future__ import annotations

import contextlib
import os
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

SHORTEST_S = 1.0
LONGEST_S = 5.0
"""Between two looks at the folders, whatever one of them takes."""

_SHARE = 20
"""Within these bounds the pause is so many times as long as a look took."""

_LONGEST_WITH_EVENTS_S = 10.0
"""Also where the system tells of changes: it tells of none that another machine makes on a network drive."""

_TICK_MS = 500


def pause_s(looked_s: float, *, has_events: bool = False) -> float:
    """
    Return how long to wait after a look that found nothing new.

    >>> [pause_s(looked_s) for looked_s in (0.0, 0.1, 60.0)]
    [1.0, 2.0, 5.0]
    """
    longest = _LONGEST_WITH_EVENTS_S if has_events else LONGEST_S
    return min(max(SHORTEST_S if not has_events else LONGEST_S, _SHARE * looked_s), longest)


class Watch:
    """Waits for changes below some paths."""

    def __init__(self, paths: Sequence[Path], index: Path | str) -> None:
        self._events = _events(paths, index)

    def wait(self, looked_s: float) -> None:
        """Wait until it is time to look again."""
        until_s = time.monotonic() + pause_s(looked_s, has_events=self._events is not None)
        while (left_s := until_s - time.monotonic()) > 0:
            if self._events is None:
                time.sleep(left_s)
                return
            try:
                if next(self._events):
                    return
            except Exception:  # noqa: BLE001 (StopIteration too: whatever it is, looking goes on without)
                self._events = None
                until_s = min(until_s, time.monotonic() + LONGEST_S)


def _events(paths: Sequence[Path], index: Path | str) -> Iterator[Any] | None:
    """
    Return what tells of changes within half a second, empty sets in between; None where nothing does.

    The system tells of changes in folders; a file that is replaced is another to it.
    """
    if not all(path.is_dir() for path in paths):
        return None
    try:
        from watchfiles import watch  # noqa: PLC0415 (the extra `watch`)
    except ImportError:
        return None
    own = os.path.realpath(index)
    watched: Callable[..., Iterator[Any]] = watch
    with contextlib.suppress(OSError, RuntimeError, ValueError):
        return watched(
            *paths,
            watch_filter=lambda _, path: not _is_below(path, own),
            debounce=1000,
            step=100,
            rust_timeout=_TICK_MS,
            yield_on_timeout=True,
        )
    return None


def _is_below(path: str, folder: str) -> bool:
    real = os.path.realpath(path)
    return real == folder or real.startswith(folder + os.sep)
