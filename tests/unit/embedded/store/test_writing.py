"""One commit, all or nothing."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import MakeIndex

import searchlib
from searchlib import Article, StoreError
from searchlib.article_json import record_of
from searchlib.embedded.codec import building
from searchlib.embedded.codec.building import SegmentBuilder
from searchlib.embedded.store import committing, manifest
from searchlib.embedded.store.analysts import Analysts
from searchlib.embedded.store.committing import Writing
from searchlib.embedded.store.snapshot import open_snapshot


def fill_the_disk(*_: Any, **__: Any) -> None:
    """Fail as a write does when no room is left."""
    raise OSError(28, "No space left on device")


def test_an_error_while_writing_leaves_the_last_commit(
    make_index: MakeIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock is given back too."""
    index = make_index(Article(id="1", body="湖"))

    with monkeypatch.context() as patched:
        patched.setattr(SegmentBuilder, "write", fill_the_disk)
        with pytest.raises(
            StoreError, match=r"what was committed before is safe.*No space left.*free some space"
        ):
            index.add([Article(id="1", body="江"), Article(id="2")])
    assert list(index) == [Article(id="1", body="湖")]
    monkeypatch.setattr(committing, "LOCK_TIMEOUT_S", 0.5)
    index.add([Article(id="2")])
    assert len(index) == 2


def test_an_error_while_committing_leaves_the_last_commit(
    make_index: MakeIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fills up at the very end costs nothing that was there, nor the lock."""
    index = make_index(Article(id="1", body="湖"))
    from whoosh.index import TOC  # noqa: PLC0415

    with monkeypatch.context() as patched:
        patched.setattr(TOC, "write", fill_the_disk)
        with pytest.raises(StoreError, match="No space left"):
            index.add([Article(id="2", body="江")])
    monkeypatch.setattr(committing, "LOCK_TIMEOUT_S", 0.5)
    again = searchlib.open(index.path)
    assert [article.id for article in again] == ["1"]
    again.add([Article(id="2", body="江")])
    assert again.search("江").total == 1
    again.close()


def test_an_error_after_the_table_is_in_place_costs_nothing(
    make_index: MakeIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commit is made by then: its segments must stay, whatever the disk says of it."""
    index = make_index(Article(id="1", body="湖"))

    def fail(*_: Any) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(manifest, "clear_away", fail)
        with pytest.raises(StoreError, match="Input/output error"):
            index.add([Article(id="2", body="江")])
    again = searchlib.open(index.path)
    assert [article.id for article in again] == ["1", "2"]
    again.add([Article(id="3", body="河")])
    assert len(again) == 3
    again.close()


def test_segments_do_not_pile_up(make_index: MakeIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no moment is good for writing one, as with quick helpers, no more wait than batches ask for."""
    waiting: list[int] = []
    end_segment = Writing._end_segment

    def counted(self: Writing) -> None:
        end_segment(self)
        waiting.append(len(self._ended))

    monkeypatch.setattr(Writing, "_end_segment", counted)
    monkeypatch.setattr(Analysts, "is_busy", False)
    monkeypatch.setattr(building, "_BATCH_DOCS", 1)
    monkeypatch.setattr(building, "_SEGMENT_BYTES", 10 * len(record_of(Article(id="000", body="湖水"))))
    make_index(*(Article(id=f"{number:03d}", body="湖水") for number in range(200)))
    assert len(waiting) == 20
    assert max(waiting) == 2


def test_nothing_to_do_makes_no_commit(make_index: MakeIndex) -> None:
    """An unchanged article and an unknown id leave the commit what it was."""
    index = make_index(Article(id="1", body="湖"))
    before = sorted(file.name for file in index.path.glob("*.toc"))
    index.add([Article(id="1", body="湖")])
    index.delete("9")
    assert sorted(file.name for file in index.path.glob("*.toc")) == before


def test_a_snapshot_stays_as_it_is(make_index: MakeIndex) -> None:
    """It knows when it is no longer the newest, and still answers."""
    index = make_index(Article(id="1", body="湖"))
    snapshot = open_snapshot(index.path)
    assert snapshot.is_latest
    index.delete("1")
    index.add([Article(id="2", body="江")])
    assert [snapshot.is_latest] == [False]
    assert [snapshot.article(doc).id for doc in snapshot.docs] == ["1"]
    assert snapshot.doc_of("1") is not None
    assert snapshot.doc_of("2") is None


def test_many_commits_are_one_index(make_index: MakeIndex) -> None:
    """Thirty commits with updates and deletions between answer as one."""
    index = make_index()
    for number in range(30):
        index.add([Article(id=str(number), body=f"湖水{number}", date=f"2024-01-{number % 28 + 1:02d}")])
        if number % 5 == 4:
            index.delete(str(number - 1))
            index.add([Article(id=str(number - 2), body="江水")])
    assert len(index) == 24
    assert index.search("湖水").total == 18
    assert index.search("江水").total == 6
    assert index.search("", facets=["month"]).facets == {"month": {"2024-01": 18}}
