"""Articles on their way in."""

from __future__ import annotations

import pytest

from searchlib import Article, CorpusError
from searchlib.codec.records import article_of
from searchlib.store import spool
from searchlib.store.spool import Spool


def test_the_last_of_each_id_in_the_order_of_the_last() -> None:
    """An id that comes again moves to the end."""
    with Spool([Article(id="1", body="a"), Article(id="2"), {"id": 1, "body": "b"}]) as kept:
        assert [(id_, article_of(record).body) for id_, record in kept] == [("2", ""), ("1", "b")]
        assert (len(kept), kept.ids) == (2, frozenset({"1", "2"}))


def test_it_can_be_read_again() -> None:
    """Iterating twice gives the same."""
    with Spool([Article(id="1", extra={"a": [1, None]}, spans=((0, 2),))]) as kept:
        assert list(kept) == list(kept)
        assert [article_of(r) for _, r in kept] == [Article(id="1", extra={"a": [1, None]}, spans=((0, 2),))]


def test_it_goes_to_the_disk_when_it_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limit a file holds it, and nothing else changes."""
    monkeypatch.setattr(spool, "_IN_MEMORY_BYTES", 100)
    with Spool(Article(id=str(n), body="湖\ud800" * 50) for n in range(20)) as kept:
        assert [id_ for id_, _ in kept] == [str(n) for n in range(20)]
        assert {article_of(record).body for _, record in kept} == {"湖\ud800" * 50}


def test_a_bad_record_is_named() -> None:
    """Counted from 1."""
    with pytest.raises(CorpusError) as caught:
        Spool([{}, {"spans": 3}])
    assert str(caught.value) == "record 2: 'spans' is not a list of [start, end) pairs"
