"""
How long one call may take: a limit in seconds, and an event by which another thread can end it.

Every loop that reads articles calls `check`, once an article. One `Deadline` belongs
to one call of the public face and travels in the request, so that any engine can keep to it.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from searchlib.errors import ConfigError, SearchCancelledError, SearchTimeoutError

_MOST_SECONDS = 1e12


class Cancel(Protocol):
    """What `cancel=` takes: a `threading.Event`, or anything else that says whether it is set."""

    def is_set(self) -> bool:
        """Return whether the call is to end."""


class Deadline:
    """The end of one call. Safe for many threads."""

    __slots__ = ("_cancel", "_ends", "_is_bounded", "_is_held", "_timeout", "texts_read")

    def __init__(self, timeout: float | None = None, cancel: Cancel | None = None) -> None:
        """
        Start the clock.

        Args:
            timeout: Seconds, more than 0; None for no limit.
            cancel: The call ends soon after it is set.

        Raises:
            ConfigError: The time is not a number above 0.
            TypeError: An argument is of another type.
        """
        if timeout is not None:
            if isinstance(timeout, bool) or not isinstance(timeout, (int, float)):
                raise TypeError(f"timeout is a {type(timeout).__name__}, not a number of seconds")
            if not timeout > 0:  # NaN neither
                raise ConfigError("timeout", timeout, "seconds, more than 0, or None")
        if cancel is not None and not callable(getattr(cancel, "is_set", None)):
            raise TypeError(f"cancel is a {type(cancel).__name__}, not a threading.Event")
        self._timeout = None if timeout in {None, math.inf} else min(timeout or 0.0, _MOST_SECONDS)
        self._cancel = cancel
        self._is_bounded = timeout is not None or cancel is not None
        self._is_held = False
        self.texts_read = 0
        """How many texts have been read since the start: what a call that ended early had reached."""
        self.restart()

    @property
    def is_bounded(self) -> bool:
        """Whether the call ends at some time, or can be ended."""
        return self._is_bounded

    @property
    def remaining_s(self) -> float | None:
        """The seconds that are left, 0 or more; None without a limit. For an engine that is told a time."""
        return None if math.isinf(self._ends) else max(0.0, self._ends - time.monotonic())

    def check(self, texts: int = 1) -> None:
        """
        End the call when it is time; to be called before each article that is read, and in long work on one.

        Args:
            texts: How many texts are read next.

        Raises:
            SearchTimeoutError: The time is over.
            SearchCancelledError: The event was set.
        """
        if not self._is_bounded:
            return
        if self._cancel is not None and self._cancel.is_set():
            raise SearchCancelledError(self.texts_read)
        if time.monotonic() > self._ends:
            raise SearchTimeoutError(self._timeout or 0.0, self.texts_read)
        self.texts_read += texts

    def restart(self) -> None:
        """Give what is computed later, when an attribute is asked for, as much time again."""
        if not self._is_held:
            limit = math.inf if self._timeout is None else self._timeout
            self._ends = time.monotonic() + limit
            self.texts_read = 0

    @contextmanager
    def for_all(self) -> Iterator[None]:
        """Let everything that is computed in the block share one time."""
        self.restart()
        self._is_held = True
        try:
            yield
        finally:
            self._is_held = False


NO_DEADLINE = Deadline()
"""Of calls that may take any time."""
