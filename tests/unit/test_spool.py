"""Articles on their way in."""

from __future__ import annotations

import pytest
from conftest import MakeIndex

from searchlib import Article, CorpusError, spool
from searchlib.article_json import MAX_DEPTH, article_of
from searchlib.spool import Spool


def test_the_last_of_each_id_in_the_order_of_the_last() -> None:
    """An id that comes again moves to the end."""
    with Spool([Article(id="1", body="a"), Article(id="2"), {"id": 1, "body": "b"}]) as kept:
        assert [(id_, article_of(record).body) for id_, record in kept] == [("2", ""), ("1", "b")]
        assert (len(kept), set(kept.ids)) == (2, {"1", "2"})


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


def test_what_is_kept_and_cannot_be_asked_for_is_counted(make_index: MakeIndex) -> None:
    """Chinese text at keys that the index does not search, and dates that cannot be read."""
    records: list[dict[str, object]] = [
        {
            "id": "1",
            "body": "湖",
            "category": "民航",
            "url": "a.example",
            "stars": 3,
            "tags": ["机场", "票"],
            "记者": "刘慧",
            "author": "刘慧",
        },
        {"id": "2", "body": "湖", "category": "", "tags": "机场", "date": "昨天"},
        {"id": "3", "body": "湖", "date": "2024年8月9日 星期五"},
    ]
    report = make_index(fields={"tags": 1.0}).add(records)
    assert report.unsearched == {"category": 1}
    assert [tuple(remark) for remark in report.remarks] == [("record 2", "its date '昨天' cannot be read")]
    assert make_index(fields={"tags": 1.0, "category": 1.0}).add(records).unsearched == {}
    with Spool(records, of_file=True) as of_file:
        assert of_file.remarks == []  # the reader of the file has said so, with the line


def nested(depth: int) -> object:
    """Return lists and objects in each other."""
    value: object = "湖"
    for number in range(depth):
        value = [value] if number % 2 else {"a": value}
    return value


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (nested(MAX_DEPTH + 1), "lists and objects stand in each other more than 100 deep"),
        (nested(3000), "(more than 100 deep|maximum recursion depth exceeded)"),
        (10**5000, "Exceeds the limit"),
        ({(1, 2): "甲"}, "keys must be str, int, float, bool or None, not tuple"),
    ],
    ids=["deep", "very deep", "long", "key"],
)
@pytest.mark.parametrize("article_id", ["1", ""])
def test_what_json_cannot_hold_is_an_error_of_the_record(article_id: str, value: object, reason: str) -> None:
    """Whatever Python says of it; the index is left alone."""
    with pytest.raises(CorpusError, match=f"record 2: its own keys cannot be kept as JSON: .*{reason}"):
        Spool([{"id": "0"}, {"id": article_id, "body": "湖", "stars": value}])


def test_the_deepest_that_is_kept_comes_back(make_index: MakeIndex) -> None:
    """As it was."""
    index = make_index({"id": "1", "body": "湖", "x": nested(MAX_DEPTH)})
    found = index.get("1")
    assert found is not None
    assert found.extra["x"] == nested(MAX_DEPTH)
