"""A forked child searches and writes, whatever the other threads of its parent were doing."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from functools import cached_property

import pytest
from conftest import MakeIndex

import searchlib
from searchlib import Article, forks
from searchlib.embedded.backend import EmbeddedBackend
from searchlib.embedded.codec import sections
from searchlib.embedded.store.snapshot import Snapshot
from searchlib.own_words import LexiconCache

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork"),
    # Python 3.12 and later warn of every fork of a process with threads, which is what is tested.
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]

_PATIENCE_S = 20.0


def in_child(act: Callable[[], bool]) -> bool:
    """Return what something says in a forked child; False when it hangs or fails there."""
    child = os.fork()
    if not child:
        good = False
        try:
            good = act()
        finally:
            os._exit(0 if good else 1)
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status == 0
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


class Held:
    """In a `with` block, another thread holds locks."""

    def __init__(self, *locks: object) -> None:
        self._locks = locks
        self._held, self._done = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        for lock in self._locks:
            lock.acquire()  # type: ignore[attr-defined]
        self._held.set()
        self._done.wait()
        for lock in self._locks:
            lock.release()  # type: ignore[attr-defined]

    def __enter__(self) -> None:
        self._thread.start()
        self._held.wait()

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()


def test_a_child_searches_and_writes_while_every_lock_is_held(make_index: MakeIndex) -> None:
    """Those of the index, its words and its files."""
    index = make_index(Article(id="1", body="党建引领"), Article(id="2", body="新闻"))
    assert str(index.search("党建")[0].snippet) == "党建引领"
    assert index.get("1") == Article(id="1", body="党建引领")
    backend = index._backend
    assert isinstance(backend, EmbeddedBackend)
    locks = [backend._lock, backend._writing, index._asking.lexicon._lock, sections._LOCK]

    def act() -> bool:
        index.refresh()
        index.add([Article(id="3", body="党建")])
        return [str(hit.snippet) for hit in index.search("党建")] == ["党建", "党建引领"]

    with Held(*locks):
        assert in_child(act)
    index.refresh()
    assert index.search("党建").total == 2


def test_every_lock_of_the_package_is_renewed() -> None:
    """One made past `forks` would stay locked in a child."""
    known = [LexiconCache.__init__, EmbeddedBackend.__init__]
    assert all("new_lock" in method.__code__.co_names for method in known)
    for module in [module for name, module in sys.modules.items() if name.startswith("searchlib.")]:
        for name, value in vars(module).items():
            if isinstance(value, (type(threading.Lock()), type(threading.RLock()))):
                assert value in forks._RENEWED, f"{module.__name__}.{name}"


def test_a_child_computes_what_another_thread_was_computing(make_index: MakeIndex) -> None:
    """`cached_property` had a lock of its own until Python 3.11."""
    index = make_index(Article(id="1", body="党建引领"))
    lock = getattr(vars(Snapshot)["docs"], "lock", None) or forks.new_lock()
    assert isinstance(vars(Snapshot)["docs"], cached_property)
    with Held(lock):
        assert in_child(lambda: len(searchlib.open(index.path)) == 1)
