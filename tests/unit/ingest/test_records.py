"""Records in any nesting, and the map that names their fields."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import searchlib
from searchlib import Article, ConfigError, CorpusError, Report
from searchlib.ingest.records import FieldMap, records_in

MAP = {"headline": "标题", "body": "内容.正文", "date": "信息.日期", "extra.级别": "级"}


def found(value: Any, fields: dict[str, str] | None = None) -> list[Any]:
    """Return the records of a value."""
    return list(records_in(value, FieldMap(fields)))


@pytest.mark.parametrize(
    "value",
    [
        {"body": 1},
        [{"body": 1}],
        [[{"body": 1}]],
        {"hits": {"total": 1, "hits": [{"_id": "x", "_source": {"body": 1}}]}},
        {"title": "合订本", "2024": {"01": [{"body": 1}]}},
        {"headline": "", "comments": [{"by": "甲"}], "issue": {"body": 1}},
    ],
)
def test_records_are_found_at_any_depth(value: object) -> None:
    """In lists, in objects, in what a search engine writes."""
    assert found(value) == [{"body": 1}]


def test_records_of_several_lists_come_in_their_order() -> None:
    """By month, for example; an object with a headline alone is one when it holds no others."""
    value = {"一月": [{"body": 1}, {"body": 2}], "页": [{"title": 3, "tags": ["a"]}], "n": [4]}
    assert found(value) == [{"body": 1}, {"body": 2}, {"title": 3, "tags": ["a"]}]
    assert found({"body": 1, "comments": [{"text": "好"}]}) == [{"body": 1, "comments": [{"text": "好"}]}]
    assert found({"a": [{"b": 1}], "c": 2}) == found([]) == found([[], {}]) == []


def test_a_map_names_the_fields() -> None:
    """A path leads through objects and lists; what it takes is left in no other place."""
    record = {
        "标题": "冬捕",
        "内容": {"正文": ["甲", "乙"], "字数": 2},
        "信息": {"日期": 2024},
        "级": 3,
        "body": "原",
    }
    assert FieldMap(MAP).apply(record) == {
        "headline": "冬捕",
        "body": "甲\n乙",
        "date": 2024,
        "内容": {"字数": 2},
        "extra": {"级别": 3, "body": "原"},
    }
    pieces = {
        "paragraphs": [{"text": "甲"}, {"text": "乙", "n": 1}, {"n": 2}],
        "by": [{"name": "刘慧"}, {"name": "王平"}],
    }
    assert FieldMap({"body": "paragraphs.text", "authors": "by.name"}).apply(pieces) == {
        "paragraphs": [{"n": 1}, {"n": 2}],
        "body": "甲\n乙",
        "authors": ["刘慧", "王平"],
    }
    assert FieldMap({"body": "a.b"}).apply({"a.b": "甲", "a": {"b": "乙"}}) == {
        "a": {"b": "乙"},
        "body": "甲",
    }


def test_a_map_finds_the_records() -> None:
    """What it names as body or headline makes a record."""
    assert found({"data": {"list": [{"标题": "甲"}, {"标题": "乙"}]}}, MAP) == [
        {"标题": "甲"},
        {"标题": "乙"},
    ]


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.csv"])
def test_a_map_is_for_every_kind_of_records(tmp_path: Path, name: str) -> None:
    """JSON, JSON lines and tables."""
    record: dict[str, Any] = {"标题": "冬捕", "正文": "查干湖", "页": "A05"}
    data = {
        "a.json": json.dumps({"items": [record]}),
        "a.jsonl": json.dumps({"_source": record}),
        "a.csv": "标题,正文,页\n冬捕,查干湖,A05\n",
    }
    (tmp_path / name).write_text(data[name], "utf-8")
    fields = {"headline": "标题", "body": "正文", "page": "页"}
    assert list(searchlib.read(tmp_path / name, map=fields)) == [
        Article(headline="冬捕", body="查干湖", page="A05", source=str(tmp_path / name))
    ]
    with pytest.raises(CorpusError, match="'题'"):
        list(searchlib.read(tmp_path / name, map={"headline": "题"}))


@pytest.mark.parametrize("fields", [{"heading": "标题"}, {"spans": "a"}, {"extra.": "a"}, {"body": ""}])
def test_a_map_of_something_else_is_refused(fields: dict[str, str]) -> None:
    """The error names the fields that there are."""
    with pytest.raises(ConfigError, match="map="):
        FieldMap(fields)


def test_another_map_reads_the_records_again(tmp_path: Path) -> None:
    """Records, not texts; the same map leaves them alone."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").write_text('{"id": "1", "题": "甲", "文": "乙"}', "utf-8")
    (tmp_path / "in" / "b.txt").write_text("冬捕", "utf-8")
    with searchlib.open(tmp_path / "x.idx") as index:
        index.sync(tmp_path / "in", map={"body": "题"})
        assert index.sync(tmp_path / "in", map={"body": "题"}) == Report(unchanged=2)
        assert index.sync(tmp_path / "in", map={"body": "文"}) == Report(updated=1, unchanged=1)
        article = index.get("in/a.jsonl#1")
        assert article is not None
        assert (article.body, article.extra) == ("乙", {"题": "甲"})


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16", "utf-16-le", "big5hkscs", "utf-32"])
def test_lines_of_any_encoding_are_streamed(
    tmp_path: Path, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is never held as a whole, and every record comes back."""
    lines = [
        json.dumps({"body": f"國會今天報導這個問題還沒有結果，{n}"}, ensure_ascii=False) for n in range(400)
    ]
    (tmp_path / "a.jsonl").write_bytes("\r\n".join(lines).encode(encoding))
    monkeypatch.setattr("searchlib.ingest.line_stream._SAMPLE_BYTES", 4096)
    monkeypatch.setattr("searchlib.ingest.archives.Blob.read", None)
    assert [a.body[-3:] for a in searchlib.read(tmp_path / "a.jsonl")][-2:] == ["398", "399"]


def test_lines_whose_encoding_shows_late(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """ASCII at the beginning of a file in GB18030: it is decoded as a whole."""
    last = "查干湖冬捕今天开始，渔民在冰面上开网"
    lines = ['{"body": "plain"}'] * 400 + [json.dumps({"body": last}, ensure_ascii=False)]
    (tmp_path / "a.jsonl").write_bytes("\n".join(lines).encode("gb18030"))
    monkeypatch.setattr("searchlib.ingest.line_stream._SAMPLE_BYTES", 4096)
    assert [a.body for a in searchlib.read(tmp_path / "a.jsonl")][
        -1
    ] == "查干湖冬捕今天开始，渔民在冰面上开网"


def test_a_long_article_fits_into_a_cell(tmp_path: Path) -> None:
    """The csv module's own limit is 131 072 characters."""
    body = "冬捕" * 100_000
    (tmp_path / "a.csv").write_text(f"id,body\n1,{body}\n", "utf-8")
    assert [len(a.body) for a in searchlib.read(tmp_path / "a.csv")] == [200_000]


def test_lines_that_a_column_cut_in_a_record_are_joined(tmp_path: Path) -> None:
    """Text of OCR in a record keeps the lines of the page; what stands across their ends is found."""
    text = "查干湖位于吉林省西北部，是全国十大淡水湖之一，每年冬季这里都要举行盛大的冬捕，吸引了各地的游客。"
    lines = [text[place : place + 15] for place in range(0, len(text), 15)]
    verse = "春眠不觉晓，\n处处闻啼鸟。\n夜来风雨声，\n花落知多少。"
    bodies = ["\n".join([*lines, "人们在湖上架起帐篷。"]), verse, "甲\n乙"]
    file = tmp_path / "ocr.jsonl"
    file.write_text("\n".join(json.dumps({"title": "冬捕", "content": body}) for body in bodies), "utf-8")
    assert [article.body for article in searchlib.read(file)] == [
        f"{text}\n人们在湖上架起帐篷。",
        verse,
        "甲\n乙",
    ]
