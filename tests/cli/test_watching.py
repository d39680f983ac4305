"""`search index --watch`: how soon it looks again, with the system's events and without."""

from __future__ import annotations

import builtins
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import searchlib
from searchlib import Report
from searchlib.cli.verbs import index as verb
from searchlib.cli.watching import Watch, pause_s


@pytest.mark.parametrize("looked_s", [0.0, 0.01, 0.3, 2.5, 60.0, 6000.0])
@pytest.mark.parametrize("has_events", [True, False])
def test_it_looks_again_within_seconds(looked_s: float, *, has_events: bool) -> None:
    """Whatever a look takes."""
    assert 1 <= pause_s(looked_s, has_events=has_events) <= (10 if has_events else 5)


def test_the_first_indexing_says_nothing_of_the_pause(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor do later changes, which take long; a look that finds nothing does."""
    waited: list[float] = []
    reports = iter([(Report(added=9), 600.0), (Report(unchanged=9), 0.2), (Report(removed=1), 60.0)])

    class Waiting:
        def __init__(self, *_: object) -> None: ...

        def wait(self, looked_s: float) -> None:
            waited.append(looked_s)
            if len(waited) == 4:
                raise KeyboardInterrupt

    monkeypatch.setattr(verb, "Watch", Waiting)
    monkeypatch.setattr(verb, "_sync", lambda *_: next(reports))
    monkeypatch.setattr(verb, "_say", lambda *_: None)
    with searchlib.open(tmp_path / "x.idx") as index:
        verb._watch(index, (tmp_path,), None, tmp_path / "x.idx", known=set())
    assert waited == [0.0, 0.0, 0.2, 0.0]


def test_a_change_ends_the_wait(tmp_path: Path) -> None:
    """With events, long before the next look would come; the index's own files are no change."""
    pytest.importorskip("watchfiles")
    (tmp_path / "x.idx").mkdir()
    watch = Watch([tmp_path], tmp_path / "x.idx")
    assert watch._events is not None
    assert next(watch._events) == set()  # it has begun
    (tmp_path / "x.idx" / "a.new").write_text("", "utf-8")
    assert next(watch._events) == set()
    (tmp_path / "a.txt").write_text("党建", "utf-8")
    start = time.monotonic()
    watch.wait(600.0)
    assert time.monotonic() - start < 300
    assert watch._events is not None


def _failing(*_: object, **__: object) -> Iterator[set[str]]:
    yield set()
    raise OSError("no more watches")


@pytest.mark.parametrize("why", ["a file", "no library", "fails"])
def test_without_events_it_looks_by_itself(why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A single file, a missing library, a system that has no more to give."""
    (tmp_path / "a.txt").write_text("党建", "utf-8")
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    if why == "no library":
        real = builtins.__import__

        def missing(name: str, *rest: Any, **options: Any) -> Any:
            if name == "watchfiles":
                raise ImportError(name)
            return real(name, *rest, **options)

        monkeypatch.setattr(builtins, "__import__", missing)
        monkeypatch.delitem(sys.modules, "watchfiles", raising=False)
    elif why == "fails":
        monkeypatch.setattr(pytest.importorskip("watchfiles"), "watch", _failing)
    watch = Watch([tmp_path / "a.txt" if why == "a file" else tmp_path], tmp_path / "x.idx")
    watch.wait(0.0)
    assert len(slept) == 1
    assert 0 < slept[0] <= 5
    assert watch._events is None
