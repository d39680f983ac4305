"""How far indexing has come: one line on stderr that is written over, for a person only."""

from __future__ import annotations

import math
import os
import shutil
import sys
import time
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING

from searchlib.cli.articles import SEPARATOR
from searchlib.cli.cells import cut
from searchlib.cli.messages import tell
from searchlib.cli.quantities import count_of, size
from searchlib.cli.terminal import is_terminal, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

INTERVAL_S = 0.1
"""Between two states shown; more often is not readable and costs time."""

_WINDOW_S = 30.0
"""The time over which the rate is taken: longer than a commit."""
_LEAST_S = 1.0
_WHOLE = 10

_START_OF_LINE = "\r\x1b[K"


@contextmanager
def progress() -> Iterator[Callable[[int, int, str], None] | None]:
    """
    Give what shows `12/120 · 85 files/s · 2 s left · corpus/a.txt`; None when nobody looks at stderr.

    Of a large file it shows how many articles of it are read or written, and how many bytes of them.
    """
    if not is_terminal(sys.stderr) or os.environ.get("TERM") == "dumb":
        yield None
        return
    next_s = 0.0
    pace = Pace(time.monotonic())

    def show(done: int, total: int, path: str) -> None:
        nonlocal next_s
        now_s = time.monotonic()
        pace.note(done, now_s)
        if now_s >= next_s:
            next_s = now_s + INTERVAL_S
            parts = [f"{done:,}/{total:,}", *pace.say_rate(total), *_inside(path), path]
            _write(cut(plain(SEPARATOR.join(parts)), shutil.get_terminal_size().columns - 1))

    try:
        yield show
    finally:
        _write("")


def _inside(path: str) -> list[str]:
    """Say how far a file that takes long has come."""
    articles = getattr(path, "articles", None)  # a `Step` of `Index.sync`
    if articles is None:
        return []
    done = f"{count_of(articles, 'article')}, {size(getattr(path, 'size_bytes', 0))}"
    return [tell("{} written" if getattr(path, "writing", False) else "{} read", done)]


class Pace:
    """
    How fast it goes, over the last seconds.

    Files that are as they were take next to no time, and a commit takes some at
    once: the rate of the whole run would tell little of what is to come.
    """

    def __init__(self, start_s: float) -> None:
        self._marks: deque[tuple[float, int]] = deque([(start_s, 0)])

    def note(self, done: int, now_s: float) -> None:
        """Take down how many are done; one mark for each interval is enough."""
        if now_s - self._marks[-1][0] >= INTERVAL_S:
            self._marks.append((now_s, done))
        while len(self._marks) > 2 and now_s - self._marks[1][0] > _WINDOW_S:  # noqa: PLR2004 (a pair)
            self._marks.popleft()

    def say_rate(self, total: int) -> list[str]:
        """
        Return the rate and the time left, once they can be told.

        >>> pace = Pace(0.0)
        >>> pace.note(50, 2.0)
        >>> pace.say_rate(3000)
        ['25 files/s', '2 min left']
        """
        (start_s, first), (now_s, last) = self._marks[0], self._marks[-1]
        if now_s - start_s < _LEAST_S or last <= first:
            return []
        rate = (last - first) / (now_s - start_s)
        rated = tell("{} files/s", f"{rate:,.0f}" if rate >= _WHOLE else f"{rate:.1f}")
        return [rated, tell("{} left", _duration((total - last) / rate))]


def _duration(time_s: float) -> str:
    """
    Say a time as roughly as it is known.

    >>> [_duration(time_s) for time_s in (0.2, 59.4, 90, 7000)]
    ['1 s', '59 s', '2 min', '1 h 57 min']
    """
    minutes = math.ceil(time_s / 60)
    if time_s < 60:  # noqa: PLR2004
        return tell("{} s", max(1, round(time_s)))
    if minutes < 60:  # noqa: PLR2004
        return tell("{} min", minutes)
    return tell("{} h {} min", minutes // 60, minutes % 60)


def _write(text: str) -> None:
    sys.stderr.write(_START_OF_LINE + text)
    sys.stderr.flush()
