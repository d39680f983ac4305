"""
What a forked child process inherits: locks that nobody will release, and files that only its parent may hold.

`fork` copies one thread. A lock that another thread held stays locked in the
child for ever, so every lock of this package is made here and is free again in
a child. What a child must not hold, such as the lock of a writer, is closed there.
"""

from __future__ import annotations

import os
import sys
import threading
from functools import cached_property
from weakref import WeakSet

_RENEWED: WeakSet[threading.Lock | threading.RLock] = WeakSet()
_CLOSED: set[int] = set()
_OLD_CACHED_PROPERTY = sys.version_info < (3, 12)
"""Until Python 3.11 `cached_property` holds one lock for all objects of a class while it computes."""


def new_lock() -> threading.Lock:
    """Return a lock that is free in a forked child, whichever thread held it in the parent."""
    lock = threading.Lock()
    _RENEWED.add(lock)
    return lock


def new_rlock() -> threading.RLock:
    """Return a lock that one thread may take again, free in a forked child."""
    lock = threading.RLock()
    _RENEWED.add(lock)
    return lock


def close_in_child(descriptor: int) -> None:
    """Have a file descriptor closed in each child that is forked from now on."""
    _CLOSED.add(descriptor)


def keep_in_child(descriptor: int) -> None:
    """Undo `close_in_child`; call it before the descriptor is closed."""
    _CLOSED.discard(descriptor)


def _begin_child() -> None:
    for descriptor in _CLOSED:
        try:
            os.close(descriptor)
        except OSError:
            continue
    _CLOSED.clear()
    for lock in list(_RENEWED):
        # What concurrent.futures and logging of the standard library do with theirs.
        lock._at_fork_reinit()  # type: ignore[union-attr] # noqa: SLF001
    if _OLD_CACHED_PROPERTY:
        _renew_cached_properties()


def _renew_cached_properties() -> None:
    """Make new locks for the cached properties of all classes of this package."""
    modules = [module for name, module in list(sys.modules.items()) if name.startswith("searchlib")]
    for module in modules:
        for value in list(vars(module).values()):
            if isinstance(value, type) and value.__module__.startswith("searchlib"):
                for attribute in vars(value).values():
                    if isinstance(attribute, cached_property):
                        attribute.lock = threading.RLock()  # type: ignore[attr-defined]


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_child)
