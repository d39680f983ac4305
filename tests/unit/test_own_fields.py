"""Fields of one's own: keys of records in which words are looked for, and by which articles are ordered."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import whoosh.index
from whoosh import query as q

import searchlib
from searchlib import Article, ConfigError, Index, StoreLockedError
from searchlib.embedded.codec.postings import Postings
from searchlib.embedded.store import committing
from searchlib.embedded.store.folder import WRITE_LOCK
from searchlib.embedded.store.locks import locked
from searchlib.embedded.store.manifest import read_contents

FIELDS = {"tags": 2.0, "summary": 1.0}
RECORDS: list[dict[str, Any]] = [
    {
        "id": "1",
        "title": "扩建",
        "content": "首都机场",
        "tags": ["民航", "机场安检"],
        "stars": 9,
        "day": "2024-08-09",
    },
    {"id": "2", "title": "民航的事", "content": "无", "summary": "首都机场扩建，新闻。", "stars": 10.5},
    {"id": "3", "title": "其他", "content": "湖水", "stars": "未定", "day": "2024/1/2", "tags": "湖"},
    {"id": "4", "title": "党建", "content": "引领", "stars": [3, 20], "tags": {"a": "民航"}},
    {"id": "5", "title": "农业", "content": "丰收", "tags": [True, None, 7, ["民航"]]},
]


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    """Return an index with two fields of its own."""
    with searchlib.open(tmp_path / "x.idx", fields=FIELDS) as opened:
        opened.add(RECORDS[:2])
        opened.add(RECORDS[2:])
        yield opened


def ids(index: Index, query: str, **options: Any) -> list[str]:
    """Return the ids found, in their order."""
    return [hit.id for hit in index.search(query, limit=None, match="all", **options)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("民航", {"1", "2"}),
        ("tags:民航", {"1"}),
        ("extra.tags:民航", {"1"}),
        ("Tags：民航", {"1"}),
        ('tags:"机场安检"', {"1"}),
        ('"民航机场"', set()),  # two items of a list are two texts
        ("航机", set()),
        ("民航 湖 OR 民航 首都", {"1", "2"}),
        ("summary:扩建", {"2"}),
        ("summary:(首都 OR 湖)", {"2"}),
        ("tags:湖 OR summary:湖", {"3"}),
        ("首都 -summary:扩建", {"1"}),
        ("tags:7", {"5"}),
        ("tags:True", set()),
        ("tags:机场 NEAR/3 tags:安检", {"1"}),
        ("tags:民航 NEAR/10 tags:安检", set()),
        ("tags:安*", {"1"}),
        ("extra.stars:9", set()),  # a key, but no field of this index
    ],
)
def test_own_fields_are_searched(index: Index, query: str, found: set[str]) -> None:
    """By plain words, by their names with and without `extra.`, by phrases within one text."""
    assert set(ids(index, query)) == found


def test_a_hit_tells_where(index: Index) -> None:
    """Snippets, marks, why and a concordance name the field `extra.KEY`."""
    (hit,) = index.search("tags:安检")
    assert hit.snippet is not None
    assert (hit.snippet.field, str(hit.snippet), hit.snippet.marks) == ("extra.tags", "机场安检", ((2, 4),))
    assert hit.why == "extra.tags:安检: extra.tags 1"
    assert index.search("扩建")[0].why == "扩建: headline 1"
    lines = [(line.id, line.field, line.start) for line in index.kwic("机场")]
    assert sorted(lines) == [("1", "body", 2), ("1", "extra.tags", 0), ("2", "extra.summary", 2)]
    assert "elsewhere: “扩建”, extra.summary at 4" in str(index.why_not("tags:扩建", "2"))
    assert index.analyze_query("tags:民航")[1] == "extra.tags:民航"


def test_own_weights_count(index: Index) -> None:
    """The weight that the index keeps, and that of one search, by either name; 0 finds without a score."""
    explained = {key: str(index.explain("民航", "1", boosts=boosts)) for key, boosts in _BOOSTS.items()}
    assert "tf~ = extra.tags 1.250" in explained["kept"]
    assert "tf~ = extra.tags 3.125" in explained["short"]
    assert "tf~ = extra.tags 3.125" in explained["whole"]
    assert index.search("tags:民航", boosts={"tags": 0})[0].score == 0
    assert ids(index, "民航", boosts={"tags": 100}) == ["1", "2"]
    assert ids(index, "民航", boosts={"tags": 0.01}) == ["2", "1"]
    with pytest.raises(ConfigError, match=r"publication, extra.summary, extra.tags"):
        index.search("民航", boosts={"stars": 2})
    with searchlib.open(index.path, boosts={"tags": 100}) as other:
        assert ids(other, "民航") == ["1", "2"]


_BOOSTS: dict[str, dict[str, float] | None] = {
    "kept": None,
    "short": {"tags": 5},
    "whole": {"extra.tags": 5},
}


def test_the_fields_are_kept(index: Index, tmp_path: Path) -> None:
    """Without fields the stored ones hold; the same may be said again; others are refused with the cure."""
    with searchlib.open(index.path) as again:
        assert ids(again, "tags:民航") == ["1"]
        again.add([{"id": "6", "title": "新", "tags": "民航"}])
        assert set(ids(again, "tags:民航")) == {"1", "6"}
        assert again.stats()["fields"] == {"summary": 1.0, "tags": 2.0}
    assert searchlib.open(index.path, fields={"extra.summary": 1, "tags": 2}).get("1")
    for other in ({"tags": 1}, {"tags": 2.0}, {}, {**FIELDS, "stars": 1}):
        with pytest.raises(
            ConfigError, match=r"made with summary=1,tags=2: .*search index --convert --field"
        ):
            searchlib.open(index.path, fields=other)
    with searchlib.open(tmp_path / "plain.idx") as plain:
        plain.add(RECORDS)
        with pytest.raises(ConfigError, match="made with no fields of its own"):
            searchlib.open(plain.path, fields=FIELDS)


def test_fields_of_another_process_are_seen_at_the_first_search(tmp_path: Path) -> None:
    """Both found no index when they were opened; the second one may not write either."""
    first = searchlib.open(tmp_path / "x.idx", fields=FIELDS)
    second = searchlib.open(tmp_path / "x.idx", fields={"stars": 1})
    first.add(RECORDS)
    for use in (lambda: second.search("民航"), lambda: second.add(RECORDS)):
        with pytest.raises(ConfigError, match="made with summary=1,tags=2"):
            use()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"headline": 2}, "its weight is given with boosts"),
        ({"title": 2}, "another key"),
        ({"id": 2}, "another key"),
        ({"a b": 1}, "--map"),
        ({"x_grams": 1}, "_grams"),
        ({"": 1}, "a key of letters"),
        ({"Tags": 1, "tags": 1}, "upper and lower"),
        ({"tags": -1}, "0 or more"),
        ({"tags": float("nan")}, "0 or more"),
        ({"tags": float("inf")}, "0 or more"),
        ({f"k{n}": 1 for n in range(65)}, "at most 64"),
    ],
)
def test_fields_that_are_not_allowed(tmp_path: Path, fields: dict[str, float], message: str) -> None:
    """Each is refused when the index is opened."""
    with pytest.raises(ConfigError, match=message):
        searchlib.open(tmp_path / "x.idx", fields=fields)


@pytest.mark.parametrize("fields", [["tags"], "tags", {1: 2}, {"tags": "2"}, {"tags": True}])
def test_fields_of_wrong_types(tmp_path: Path, fields: Any) -> None:
    """A TypeError names what it is."""
    with pytest.raises(TypeError, match="fields"):
        searchlib.open(tmp_path / "x.idx", fields=fields)


def test_an_index_without_own_fields_has_the_same_bytes(index: Index, tmp_path: Path) -> None:
    """Its table says nothing of fields: releases before read it; one with fields is of another format."""
    with searchlib.open(tmp_path / "plain.idx") as plain:
        plain.add(RECORDS)
    table = max((tmp_path / "plain.idx").glob("*.toc")).read_bytes()
    assert b'"version":1' in table
    assert b'"fields"' not in table
    assert b'"version":2' in max(index.path.glob("*.toc")).read_bytes()


def test_deletions_and_merges_keep_own_fields(index: Index) -> None:
    """Many commits are merged; an article that is replaced is found by its new values."""
    for number in range(30):
        index.add([{"id": f"n{number}", "title": "甲", "tags": [f"标签{number}", "共同"]}])
    index.add([{"id": "1", "title": "甲", "tags": "别的"}])
    assert len(ids(index, "tags:共同")) == 30
    assert ids(index, "tags:标签17") == ["n17"]
    assert ids(index, "tags:民航") == []
    assert ids(index, "tags:别的") == ["1"]
    assert index.check() == ()


def test_whoosh_finds_own_fields(index: Index) -> None:
    """Plain Whoosh opens the index: terms, frequencies and phrases of own fields too."""
    with whoosh.index.open_dir(str(index.path)).searcher() as searcher:
        assert "extra.tags" in searcher.schema
        found = searcher.search(q.Term("extra.tags", "民航"))
        assert [hit["article"]["id"] for hit in found] == ["1"]
        row = searcher.search(q.Phrase("characters", list("机场安检")))
        assert [hit["article"]["id"] for hit in row] == ["1"]
        assert not searcher.search(q.Phrase("characters", list("民航机场")))


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("extra.stars", ["4", "1", "2", "3", "5"]),  # the least of 3 and 20
        ("-extra.stars", ["4", "2", "1", "3", "5"]),  # the greatest of 3 and 20; a text after all numbers
        ("extra.day", ["3", "1", "2", "4", "5"]),
        ("-extra.day", ["1", "3", "2", "4", "5"]),
    ],
)
def test_articles_in_the_order_of_a_key(index: Index, sort: str, order: list[str]) -> None:
    """Numbers by size, dates by day, articles without the key last, ties by id; pages agree."""
    assert ids(index, "", sort=sort) == order
    pages = [index.search("", sort=sort, limit=2, offset=start) for start in (0, 2, 4)]
    assert [hit.id for page in pages for hit in page] == order


def test_an_unknown_key_to_sort_by(index: Index, tmp_path: Path) -> None:
    """It is an error that names the keys there are, except in an index without articles."""
    known = r"a key that some article has \(extra.day, extra.stars, extra.summary, extra.tags, extra.tags.a\)"
    with pytest.raises(ConfigError, match=known):
        index.search("湖", sort="-extra.star")
    for wrong in ("extra.", "-", "stars", "-newest", ""):
        with pytest.raises(ConfigError, match=r"newest, oldest, extra.KEY or -extra.KEY"):
            index.search("湖", sort=wrong)
    with searchlib.open(tmp_path / "empty.idx") as empty:
        empty.add([Article(id="1", body="湖")])
        empty.delete("1")
        assert ids(empty, "", sort="extra.stars") == []


def test_long_values_are_ordered_by_what_they_say(tmp_path: Path) -> None:
    """They are kept as hashes, and read for the order."""
    with searchlib.open(tmp_path / "x.idx") as index:
        index.add(
            [{"id": str(n), "title": "甲", "note": "乙" * 120 + letter} for n, letter in enumerate("cabd")]
        )
        assert ids(index, "", sort="extra.note") == ["1", "2", "0", "3"]
        assert ids(index, "", sort="-extra.note") == ["3", "0", "2", "1"]


def test_articles_are_deleted_by_filters(index: Index) -> None:
    """The filters of a search, all or one of several values; nothing without a filter."""
    assert index.delete(where={"extra.tags": ["民航", "湖"]}) == 3  # of lists inside lists each item counts
    assert ids(index, "") == ["2", "4"]
    index.add(
        [Article(id="d1", body="湖", date="2024-08-09"), Article(id="d2", body="湖", date="2024-09-01")]
    )
    assert index.delete(since="2024-08", until="2024-08") == 1
    assert index.delete(where={"extra.tags": "没有"}) == 0
    assert ids(index, "湖") == ["d2"]
    nothing: tuple[dict[str, object] | None, ...] = (None, {})
    for where in nothing:
        with pytest.raises(ConfigError, match="name ids, or articles by since, until or where"):
            index.delete(where=where)
    with pytest.raises(ConfigError, match="not both"):
        index.delete("2", where={"extra.tags": "x"})
    assert len(index) == 3
    assert searchlib.open(index.path.parent / "none.idx").delete(where={"source": "x"}) == 0


def test_an_index_is_given_other_fields(index: Index) -> None:
    """All articles are cut anew from what the index holds; other readers go on until they refresh."""
    index.delete("3")
    with searchlib.open(index.path) as reader:
        assert ids(reader, "tags:民航") == ["1"]
        converted = index.convert({"stars": 3.0})
        assert (converted.saved, converted.kept, converted.lost) == (4, 0, 0)
        assert ids(index, "stars:9") == ["1"]
        assert ids(index, "民航") == ["2"]
        assert index.stats()["fields"] == {"stars": 3.0}
        reader.refresh()
        assert ids(reader, "stars:9") == ["1"]
    assert index.convert().kept == 4
    assert index.convert({}).saved == 4
    assert index.check() == ()
    assert searchlib.open(index.path, fields={}).get("1") == Article.from_mapping(RECORDS[0])


def test_a_conversion_that_fails_changes_nothing(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever goes wrong before the commit: the index is as it was, and so are its fields."""
    before = read_contents(index.path)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(committing, "write_contents", fail)
    with pytest.raises(searchlib.StoreError):
        index.convert({"stars": 3.0})
    monkeypatch.undo()
    after = read_contents(index.path)
    assert (after.generation, after.fields) == (before.generation, before.fields)
    assert ids(index, "tags:民航") == ["1"]
    assert index.check() == ()


def test_repair_keeps_the_fields(index: Index) -> None:
    """Of a damaged segment, and when the table is lost: then the weights are 1."""
    largest = max(index.path.glob("*.slseg"), key=lambda path: path.stat().st_size)
    data = bytearray(largest.read_bytes())
    data[len(data) // 2] ^= 0xFF
    index.close()
    largest.write_bytes(bytes(data))
    index.repair()
    assert read_contents(index.path).fields == {"extra.summary": 1.0, "extra.tags": 2.0}
    left = ids(index, "")
    assert left
    index.close()
    for table in index.path.glob("*.toc"):
        table.unlink()
    with searchlib.open(index.path) as again:
        again.repair()
        assert set(read_contents(index.path).fields.values()) <= {1.0}
        assert ids(again, "") == left


def test_processes_analyse_own_fields(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches that travel to other processes take the names of the fields along."""
    monkeypatch.setenv("SEARCHLIB_PROCESSES", "2")
    many = ({"id": f"{n}", "title": "甲" * 400, "tags": [f"标签{n}", "民航"]} for n in range(9_000))
    with searchlib.open(tmp_path / "x.idx", fields=FIELDS) as index:
        index.add(many)
        assert index.search("tags:民航").total == 9_000
        assert ids(index, "tags:标签4567") == ["4567"]


def test_a_copy_keeps_its_fields(index: Index, tmp_path: Path) -> None:
    """They are in the folder, nowhere else."""
    shutil.copytree(index.path, tmp_path / "copy.idx")
    with searchlib.open(tmp_path / "copy.idx", read_only=True) as copy:
        assert ids(copy, "tags:民航") == ["1"]
        with pytest.raises(ConfigError, match="read_only"):
            copy.convert({})


def test_a_conversion_waits_for_no_other_writer(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process that writes is named."""
    monkeypatch.setattr(committing, "LOCK_TIMEOUT_S", 0.05)
    with locked(index.path, WRITE_LOCK, 1), pytest.raises(StoreLockedError):
        index.convert({})


def test_a_record_without_text_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """With no key for a text it is left out; with one that is empty it is taken, and counted."""
    records: list[Any] = [
        {"id": "1", "headlin": "湖", "contnet": "湖水"},
        {"id": "2", "title": "", "content": " "},
        {"id": "3", "authors": ["刘慧"]},
        {"id": "4", "tags": ["民航"]},
        {"id": "5", "url": "x", "tags": []},
        Article(id="6"),
        {"id": "7", "title": "湖"},
        {},
    ]
    with searchlib.open(tmp_path / "x.idx", fields={"tags": 1.0}) as index:
        report = index.add(records)
        assert (report.added, report.empty) == (5, 3)
        assert [(path, "url" in reason) for path, reason in report.skipped] == [
            ("record 1", False),
            ("record 5", True),
            ("record 8", False),
        ]
        assert "headlin, contnet" in report.skipped[0].reason
        assert set(ids(index, "")) == {"2", "3", "4", "6", "7"}
        assert index.add([{"x": 1}]).added == 0
        index.add([{"id": "1", "title": "湖"}, {"id": "1", "headlin": "湖"}])
        assert ids(index, "headline:湖") == ["1", "7"]
    logged = [record.getMessage() for record in caplog.records if record.name == "searchlib"]
    assert logged[0].startswith("record 1 has neither headline nor body; its other keys are headlin")
    assert sum("neither headline nor body" in message for message in logged) == 8


def test_many_records_without_text_are_counted(tmp_path: Path) -> None:
    """The first ten are named; memory does not grow with them."""
    with searchlib.open(tmp_path / "x.idx") as index:
        report = index.add([{"id": str(n), "x": n} for n in range(1_000)])
        assert len(report.skipped) == 11
        assert report.skipped[-1].path == "990 more records"
        assert len(index.add([{"id": str(n), "title": ""} for n in range(50)]).skipped) == 0
        assert len(index) == 50


def test_records_of_files_without_text_are_told(tmp_path: Path) -> None:
    """A file's other records are taken; its name stands in the report."""
    file = tmp_path / "in" / "r.jsonl"
    file.parent.mkdir()
    lines = ['{"id": "1", "title": "湖"}', '{"headlin": "x"}', '{"id": "2", "title": "机场", "tags": "民航"}']
    file.write_text("\n".join(lines), "utf-8")
    with searchlib.open(tmp_path / "x.idx", fields={"tags": 1.0}) as index:
        report = index.sync(file)
        assert report.added == 2
        assert [skipped.path.endswith("r.jsonl") for skipped in report.skipped] == [True]
        assert report.skipped[0].reason.startswith("line 2: has neither 'headline' nor 'body'")
        assert [one.partition("#")[2] for one in ids(index, "民航")] == ["2"]
        assert index.sync(file).unchanged == 2


def test_the_files_of_many_articles_are_read_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which files articles came from is read off one array, not a list for each; deleted ones are gone."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number:02d}.txt").write_text(f"第{number}篇\n湖水。", "utf-8")
    with searchlib.open(tmp_path / "x.idx") as index:
        index.sync(folder)
        (folder / "07.txt").unlink()
        index.sync(folder)
        read: list[int] = []
        monkeypatch.setattr(Postings, "of", lambda _, term: read.append(term))
        assert len(index._backend.files.read()) == 39
        assert read == []


def test_a_hit_does_not_lack_a_word_of_its_own_fields(tmp_path: Path) -> None:
    """Words in a field of the index's own are not among those that a hit lacks."""
    index = searchlib.open(tmp_path / "index", fields={"tags": 2.0}, create=True)
    index.add([{"id": "1", "headline": "民航发展", "tags": ["机场"]}, {"id": "2", "headline": "农业"}])
    missing = {hit.article.id: hit.missing for hit in index.search("农业 机场")}
    assert missing == {"1": ("农业",), "2": ("机场",)}


def test_an_index_that_is_made_empty_has_its_fields(tmp_path: Path) -> None:
    """`create=True` writes the fields down."""
    searchlib.open(tmp_path / "index", fields={"tags": 2.0}, create=True)
    assert searchlib.open(tmp_path / "index").fields == {"tags": 2.0}


def test_own_fields_are_known_to_a_query_that_is_read_leniently(tmp_path: Path) -> None:
    """A field's name may have dots and hyphens, and a query with a fault still knows it."""
    index = searchlib.open(tmp_path / "index", fields={"a.b-c": 1.0}, create=True)
    index.add([{"id": "1", "headline": "民航", "a.b-c": "机场"}, {"id": "2", "headline": "机场"}])
    found = index.search("(a.b-c:机场", lenient=True)
    assert [hit.article.id for hit in found] == ["1"]
    assert found.repaired
