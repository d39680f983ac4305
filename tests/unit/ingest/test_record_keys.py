"""What the keys of a record mean, and what is made of their values."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import searchlib
from searchlib import Article, CorpusError
from searchlib.dates import read_date
from searchlib.ingest import read_file
from searchlib.ingest.notes import Notes
from searchlib.ingest.record_keys import field_of
from searchlib.ingest.record_values import authors_of

TEXT = "柳溪镇茶园进入采摘旺季，镇里组织二百名工人分批下地。"


def of(record: dict[str, Any], tmp_path: Path, fields: dict[str, str] | None = None) -> Article:
    """Return the article of one line of JSON."""
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(record, ensure_ascii=False), "utf-8")
    [article] = read_file(path, "a.jsonl", fields=fields)
    return article


@pytest.mark.parametrize(
    ("key", "field"),
    [
        *((key, "headline") for key in ("标题", "題名", "篇名", "Title", "news_title", "newsTitle")),
        *((key, "headline") for key in ("文章标题", "标题名称", "文章名", " title ", "header")),
        ("\u200btitle", "headline"),
        *((key, "body") for key in ("正文", "内容", "內容", "全文", "Content", "articleBody", "main_text")),
        ("full-text", "body"),
        *((key, "date") for key in ("日期", "发布时间", "發佈時間", "publish_time", "pubDate", "见报日期")),
        *((key, "date") for key in ("datePublished", "日期时间", "published_on")),
        *((key, "authors") for key in ("作者", "记者", "記者", "Author", "reporter", "author_name")),
        *((key, "publication") for key in ("出版物", "报纸", "来源", "來源", "newspaper", "媒体名称")),
        *((key, "page") for key in ("版次", "版面", "page_no")),
        *((key, "overline") for key in ("引题", "肩题")),
        *((key, "subtitle") for key in ("副题", "副标题")),
        *((key, "column") for key in ("栏目", "专栏")),
    ],
)  # fmt: skip
def test_usual_names_are_fields(key: str, field: str) -> None:
    """In Chinese of both scripts, in English however its words are joined, with 新闻 or news before them."""
    found = field_of(key)
    assert found is not None
    assert found[0] == field


@pytest.mark.parametrize(
    "key", ["crawl_time", "更新时间", "url", "字数", "category", "comments", "编辑", "tags", "级"]
)
def test_other_names_are_none(key: str) -> None:
    """When it was fetched or changed, who edited it, and how it is filed are no field of an article."""
    assert field_of(key) is None


def test_the_first_name_with_a_value_counts(tmp_path: Path) -> None:
    """The others stay with the record; a summary is the text where there is no other."""
    article = of({"标题": "", "title": "甲", "content": None, "正文": TEXT, "摘要": "短"}, tmp_path)
    assert (article.headline, article.body, article.extra) == ("甲", TEXT, {"摘要": "短"})
    article = of({"标题": "甲", "题名": "乙", "摘要": "短"}, tmp_path)
    assert (article.headline, article.body, article.extra) == ("甲", "短", {"题名": "乙", "摘要": "短"})


def test_values_as_exporters_write_them(tmp_path: Path) -> None:
    """Paragraphs as texts or objects, authors as objects, an id in an object, seconds since 1970."""
    record = {
        "_id": {"$oid": "5f"},
        "标题": "甲",
        "contents": [{"text": "一", "type": "p"}, {"text": "二", "type": "p"}],
        "author": [{"name": "周小禾"}, {"name": "李青"}],
        "timestamp": 1710460800,
    }
    article = of(record, tmp_path)
    assert (article.id, article.body, article.authors, article.date) == (
        "5f",
        "一\n二",
        ("周小禾", "李青"),
        "2024-03-15",
    )
    wordpress = {"title": {"rendered": "甲"}, "content": {"rendered": TEXT}}
    assert (of(wordpress, tmp_path).headline, of(wordpress, tmp_path).body) == ("甲", TEXT)


def test_a_text_under_an_unknown_name_is_found(tmp_path: Path) -> None:
    """Beside a headline: the longest prose, or the only list of paragraphs; replies are no text."""
    assert of({"title": "甲", "zhengwen": TEXT, "url": "http://x.cn"}, tmp_path).body == TEXT
    assert of({"title": "甲", "parts": [{"content": "一"}, {"content": "二"}]}, tmp_path).body == "一\n二"
    with pytest.raises(CorpusError, match="neither 'headline' nor 'body'; say which column"):
        of({"t": "甲", "c": TEXT}, tmp_path)


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("周小禾 李青", ["周小禾", "李青"]),
        ("周小禾、李青；高原", ["周小禾", "李青", "高原"]),
        ("周  禾  高小原", ["周禾", "高小原"]),
        ("本报记者 高小原 通讯员 李青", ["高小原", "李青"]),
        ("新华社记者 李青", ["李青"]),
        ("买买提·艾力 古丽", ["买买提·艾力", "古丽"]),
        ("Jane Austen, John Smith", ["Jane Austen", "John Smith"]),
        ("Jane Austen and John Smith", ["Jane Austen", "John Smith"]),
        ("Austen, Jane", ["Austen, Jane"]),
        ("Jane Austen", ["Jane Austen"]),
        ("新华社", ["新华社"]),
        ("编辑部", ["编辑部"]),
        (["记者 周小禾", "李青"], ["周小禾", "李青"]),
        ("記者 陳怡君 張家豪", ["陳怡君", "張家豪"]),
        ("本報記者 陳怡君", ["陳怡君"]),
        ("（记者 周小禾）", ["周小禾"]),
        ("□周小禾", ["周小禾"]),
        ("周小禾&李青", ["周小禾", "李青"]),
        ("AT&T", ["AT&T"]),
    ],
)
def test_several_authors_in_one_value(said: object, names: list[str]) -> None:
    """Names between any marks, with posts before them; one name of two words, or of an agency, stays one."""
    assert authors_of(said)[0] == names


@pytest.mark.parametrize(
    ("said", "page"),
    [
        ("第05版", "5"),
        ("5版", "5"),
        ("第A05版：要闻", "A05"),
        ("第三版", "3"),
        ("A05", "A05"),
        ("05", "05"),
        ("副刊", "副刊"),
        ("新版", "新版"),
    ],
)
def test_a_page_by_its_label(said: str, page: str, tmp_path: Path) -> None:
    """As a page prints it; what is no label stays as it is."""
    assert of({"标题": "甲", "正文": TEXT, "版次": said}, tmp_path).page == page


@pytest.mark.parametrize(
    ("parts", "body"),
    [
        ([{"p": "一"}, {"p": "二"}], "一\n二"),
        ([{"para": "一"}, {"para": "二"}], "一\n二"),
        ([{"data": "一"}, {"data": "二"}], "一\n二"),
        ([{"tag": "p", "text": "一"}, {"tag": "img", "src": "a.jpg"}, {"text": "二"}], "一\n二"),
        ([{"text": "一"}, {"text": None}, {"text": ""}, {"text": "二"}], "一\n二"),
        (["一", {"text": "二"}], "一\n二"),
    ],
)
def test_paragraphs_as_objects(parts: list[Any], body: str, tmp_path: Path) -> None:
    """Under any usual name, with pictures, empty ones and plain texts among them."""
    assert of({"title": "甲", "contents": parts}, tmp_path).body == body


def test_articles_among_the_parts_stay_articles(tmp_path: Path) -> None:
    """What has a headline of its own is no paragraph of another."""
    path = tmp_path / "a.json"
    parts = [{"title": "甲", "content": TEXT}, {"title": "乙", "content": TEXT}]
    path.write_text(json.dumps({"title": "合订本", "parts": parts}, ensure_ascii=False), "utf-8")
    assert [article.headline for article in read_file(path, "a.json")] == ["甲", "乙"]


DATES = {
    "2024年08月09日 星期五": "2024-08-09",
    "星期五 2024年3月15日": "2024-03-15",
    "2024年03月15日08:30": "2024-03-15",
    "2024-3-15 8:05": "2024-03-15",
    "二〇二四年八月九日": "2024-08-09",
    "二○二四年十二月三十一日": "2024-12-31",
    "2024年三月廿一日": "2024-03-21",
    "民国三十八年五月八日": "1949-05-08",
    "民國元年1月1日": "1912-01-01",
    "Fri, 15 Mar 2024 08:05:00 +0800": "2024-03-15",
    "March 15, 2024": "2024-03-15",
    "Fri Mar 15 08:05:00 CST 2024": "2024-03-15",
    "1710460800000": "2024-03-15",
    "20240315083000": "2024-03-15",
    "发布时间：2024-03-15": "2024-03-15",
    "2024年3月15日 第A05版": "2024-03-15",
    "２０２４年３月": "2024-03",
    "一九四九年": "1949",
    "2024_03_15": "2024-03-15",
    "2024—3—15": "2024-03-15",
    "2024·3·15": "2024-03-15",
    "2024、3、15": "2024-03-15",
    "15/03/2024": "2024-03-15",
    "15-3-2024 08:00": "2024-03-15",
    "\u200e2024-03-15": "2024-03-15",
    "公元2024年8月9日": "2024-08-09",
    "西元 2024年8月9日": "2024-08-09",
    "出版日期：公元二〇二四年八月九日": "2024-08-09",
    "--08-09": "--08-09",
}


@pytest.mark.parametrize("said", DATES)
def test_dates_of_records(said: str) -> None:
    """As exports, pages and mails write them."""
    assert read_date(said) == DATES[said]


@pytest.mark.parametrize(
    "said",
    ["昨天", "2024年2月30日", "2024-13-01", "2024-03-155", "15/16/2024", "3/4/2024", "12:30", "甲"],
)
def test_what_is_no_date(said: str) -> None:
    """A day that the calendar has not, a word, a time alone."""
    assert read_date(said) is None


@pytest.mark.parametrize(
    ("said", "authors", "byline"),
    [
        ({"byline": "本报记者 周小禾 通讯员 李青"}, ("周小禾", "李青"), "本报记者 周小禾 通讯员 李青"),
        ({"署名": "（記者 周小禾）"}, ("周小禾",), "（記者 周小禾）"),
        ({"byline": "本报综合"}, (), "本报综合"),
        ({"byline": "记者 周小禾", "author": "李青"}, ("李青",), "记者 周小禾"),
        ({"作者": "周小禾（青峰大学）"}, ("周小禾",), ""),
        ({"作者": "周小禾 (青峰日报)"}, ("周小禾",), ""),
        ({"供稿": "周小禾、李青"}, ("周小禾", "李青"), ""),
    ],
)
def test_who_wrote_a_record(
    said: dict[str, str], authors: tuple[str, ...], byline: str, tmp_path: Path
) -> None:
    """A printed byline names the authors where no other key does; an office in brackets is no name."""
    article = of({"title": "甲", "content": TEXT, **said}, tmp_path)
    assert (article.authors, article.byline) == (authors, byline)


def test_a_map_for_one_kind_of_file(tmp_path: Path) -> None:
    """It counts before the general one, and for that kind alone."""
    (tmp_path / "a.csv").write_text("题,文\n甲,乙\n", "utf-8")
    (tmp_path / "b.jsonl").write_text('{"t": "丙", "c": "丁"}', "utf-8")
    fields = {"csv:headline": "题", "csv:body": "文", "headline": "t", "body": "c"}
    found = [(article.headline, article.body) for article in searchlib.read(tmp_path, map=fields)]
    assert found == [("甲", "乙"), ("丙", "丁")]


def test_a_wrong_record_is_left_out_where_notes_are_taken(tmp_path: Path) -> None:
    """The others are read; without notes it is an error, and so is a file without any that is right."""
    path = tmp_path / "a.jsonl"
    path.write_text('{"body": "甲", "date": "昨天"}\n{"body": {}}\n{\n{"body": "乙"}\n', "utf-8")
    notes = Notes()
    assert [article.body for article in read_file(path, "a", notes=notes)] == ["甲", "乙"]
    assert [error.line for error in notes.list_skipped("a")] == [2, 3]
    assert [error.reason for error in notes.remarks("a")] == ["its date '昨天' cannot be read"]
    with pytest.raises(CorpusError, match="line 2"):
        list(read_file(path, "a"))
    path.write_text("{\n[\n", "utf-8")
    with pytest.raises(CorpusError, match="line 1: is no JSON"):
        list(read_file(path, "a", notes=Notes()))
