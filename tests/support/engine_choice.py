"""Which engine works, the compiled kernel or the arrays, as a test chooses."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from searchlib.native import engine


@contextmanager
def answered_by(name: str) -> Iterator[None]:
    """Have one engine, `native` or `numpy`, answer and write."""
    before = os.environ.get("SEARCHLIB_ENGINE")
    os.environ["SEARCHLIB_ENGINE"] = name
    engine.cache_clear()
    try:
        assert engine().name == name
        yield
    finally:
        os.environ.pop("SEARCHLIB_ENGINE")
        if before is not None:
            os.environ["SEARCHLIB_ENGINE"] = before
        engine.cache_clear()
