"""Analysis in threads, where the kernel counts: nothing is left behind, and errors are told."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

import searchlib
from searchlib import Article
from searchlib.analysis import Analyzer
from searchlib.article_json import record_of
from searchlib.embedded.codec import article_store, building, kernel_texts
from searchlib.embedded.codec.analyzed_batch import Batch
from searchlib.embedded.codec.building import SegmentBuilder
from searchlib.embedded.store.analysts import Analysts
from searchlib.native import engine
from searchlib.workers import crew, helpers

pytestmark = pytest.mark.skipif(engine().kernel is None, reason="the kernel is not built here")


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "BATCH_BYTES", 4_000)
    monkeypatch.setattr(building, "_SEGMENT_BYTES", 60_000)
    monkeypatch.setattr(kernel_texts, "RUN_BYTES", 10_000)
    monkeypatch.setattr(article_store, "_IN_MEMORY_BYTES", 5_000)
    monkeypatch.setenv(crew.VARIABLE, "3")


def many_articles() -> Iterator[Article]:
    """Yield several segments of several batches."""
    for number in range(800):
        yield Article(id=f"{number}", headline=f"党建{number}", body="党建引领基层治理，" * (number % 40))


def test_an_interrupted_write_leaves_no_thread_and_commits_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C in the middle."""
    add = SegmentBuilder.add
    numbers = count()
    seen: set[str] = set()

    def interrupted(*arguments: Any) -> None:
        seen.update(thread.name for thread in threading.enumerate())
        if next(numbers) == 700:
            raise KeyboardInterrupt
        add(*arguments)

    before = {thread.name for thread in threading.enumerate()}
    monkeypatch.setattr(SegmentBuilder, "add", interrupted)
    with searchlib.open(tmp_path / "index") as index:
        with pytest.raises(KeyboardInterrupt):
            index.add(many_articles())
        assert len(seen - before) == 2
        assert {thread.name for thread in threading.enumerate()} <= before
        assert len(index) == 0
    assert {path.suffix for path in (tmp_path / "index").iterdir()} <= {".toc", ".json", ""}


def test_an_error_in_a_thread_is_raised_where_the_part_is_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it was."""
    monkeypatch.setattr(helpers.Board, "take_back", lambda _: None)
    counter = SegmentBuilder(Analyzer())._texts.counter
    with Analysts(tmp_path, Analyzer(), 3) as analysts:
        for _ in range(3):
            analysts.submit(Batch(0, ["[]"], (), counter), lambda _: None)
        with pytest.raises(TypeError, match="a record is a mapping"):
            analysts.finish()


class _Counter:
    """Counts until it is stopped."""

    def __init__(self) -> None:
        self.has_begun, self._is_stopped = threading.Event(), threading.Event()

    def stop(self) -> None:
        self._is_stopped.set()

    def count(self, *_: object) -> object:
        self.has_begun.set()
        assert self._is_stopped.wait(60)
        raise ValueError("counting was stopped")


def test_a_thread_that_counts_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C does not wait for the end of what it counts."""
    monkeypatch.setattr(helpers.Board, "take_back", lambda _: None)
    counter: Any = _Counter()
    record = record_of(Article(id="1", body="查干湖")).decode()
    with Analysts(tmp_path, Analyzer(), 2) as analysts:
        for first in range(2):
            analysts.submit(Batch(first, [record], (), counter), lambda _: None)
        assert counter.has_begun.wait(60)


def test_counting_that_is_stopped_ends_with_an_error() -> None:
    """A long article is given up between two pieces."""
    counter: Any = SegmentBuilder(Analyzer())._texts.counter
    texts = [(0, 0, "查干湖".encode() * 100_000)] * 2
    counter.count(0, 1, texts, [], [])
    counter.stop()
    with pytest.raises(ValueError, match="counting was stopped"):
        counter.count(0, 1, texts, [], [])


@pytest.mark.skipif(sys.platform == "win32", reason="no fork")
def test_a_forked_child_writes(tmp_path: Path) -> None:
    """Whatever the parent's threads were doing."""
    with searchlib.open(tmp_path / "parent") as index:
        index.add(many_articles())
    child = os.fork()
    if child == 0:  # pragma: no cover (coverage does not see it)
        code = 1
        try:
            with searchlib.open(tmp_path / "child") as index:
                code = 0 if index.add(many_articles()).added == 800 else 2
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
