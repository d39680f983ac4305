"""How far indexing has come: one line on stderr that is written over, for a person only."""

from __future__ import annotations

import os
import shutil
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from searchlib.cli.cells import cut
from searchlib.cli.terminal import is_terminal, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

INTERVAL_S = 0.1
"""Between two states shown; more often is not readable and costs time."""

_START_OF_LINE = "\r\x1b[K"


@contextmanager
def progress() -> Iterator[Callable[[int, int, str], None] | None]:
    """Give what shows `12/120 corpus/a.txt` while the block runs; None when nobody looks at stderr."""
    if not is_terminal(sys.stderr) or os.environ.get("TERM") == "dumb":
        yield None
        return
    next_s = 0.0

    def show(done: int, total: int, path: str) -> None:
        nonlocal next_s
        now_s = time.monotonic()
        if now_s >= next_s:
            next_s = now_s + INTERVAL_S
            _write(cut(plain(f"{done:,}/{total:,} {path}"), shutil.get_terminal_size().columns - 1))

    try:
        yield show
    finally:
        _write("")


def _write(text: str) -> None:
    sys.stderr.write(_START_OF_LINE + text)
    sys.stderr.flush()
