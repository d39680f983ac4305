from __future__ import annotations

import json
from pathlib import Path

import pytest

from searchlib.errors import CorpusError
from searchlib.ingest import formats
from searchlib.ingest.formats import read_file
from searchlib.model import Article
from searchlib.pages.splitter import PageSplit

RECORD = {"id": "7", "title": "冬捕", "content": "查干湖冬捕今天开始，渔民在冰面上开网。"}
ARTICLE = Article(id="7", headline="冬捕", body=RECORD["content"], source="in/a")


def articles(tmp_path: Path, name: str, data: str | bytes) -> list[Article]:
    """Write a file and read it."""
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read_file(path, "in/a"))


def refusal(tmp_path: Path, name: str, data: str | bytes) -> str:
    """Return the message with which a file is refused."""
    with pytest.raises(CorpusError) as caught:
        articles(tmp_path, name, data)
    return str(caught.value)


@pytest.mark.parametrize("name", ["a.txt", "a.TEXT", "a.md", "a.markdown", "a.log", "noname"])
def test_text_is_split_as_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Text, and any suffix not known, goes to the splitter decoded, with its source."""
    asked = []

    def split_text(text: str, *, source: str, split: str) -> PageSplit:
        asked.append((text, source, split))
        return PageSplit((ARTICLE,), (), ())

    monkeypatch.setattr(formats, "split_text", split_text)
    path = tmp_path / name
    path.write_bytes("坚持党建引领，\r\n推进基层治理。".encode("gb18030"))
    assert list(read_file(path, "in/a", "never")) == [ARTICLE]
    assert asked == [("坚持党建引领，\n推进基层治理。", "in/a", "never")]


@pytest.mark.parametrize(
    "value",
    [
        RECORD,
        [RECORD],
        {"articles": [RECORD]},
        {"title": "合订本", "tags": ["a"], "items": [RECORD]},
    ],
)
def test_json_is_an_object_a_list_or_an_object_with_one_list(tmp_path: Path, value: object) -> None:
    """All shapes of a JSON file give the same article."""
    assert articles(tmp_path, "a.json", json.dumps(value)) == [ARTICLE]


def test_an_article_may_hold_a_list_of_objects(tmp_path: Path) -> None:
    """An object with a body is an article, whatever lists it has besides."""
    [article] = articles(tmp_path, "a.json", json.dumps({**RECORD, "comments": [{"text": "好"}]}))
    assert article.extra == {"comments": [{"text": "好"}]}


def test_an_article_may_be_a_headline_alone(tmp_path: Path) -> None:
    """An object with a headline and no list of objects is an article."""
    assert articles(tmp_path, "a.json", '{"title": "冬捕"}') == [Article(headline="冬捕", source="in/a")]


def test_a_record_keeps_its_own_source(tmp_path: Path) -> None:
    """A record that names its source keeps it; one without an id has none."""
    record = {"body": "甲", "source": "2024-12-18-A05.txt"}
    assert articles(tmp_path, "a.json", json.dumps(record)) == [
        Article(body="甲", source="2024-12-18-A05.txt")
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson"])
def test_json_lines_hold_a_record_each(tmp_path: Path, name: str, encoding: str) -> None:
    """Blank lines are skipped, any line end and any encoding will do, U+2028 ends no line."""
    line = json.dumps({**RECORD, "place": "松原\u2028"}, ensure_ascii=False)
    data = (
        f"{line}\r\n\n  \n{line}".encode(encoding)
        if encoding != "gb18030"
        else f"{line}\r\n\n{line}".encode(encoding)
    )
    expected = Article(
        id="7", headline="冬捕", body=RECORD["content"], source="in/a", extra={"place": "松原\u2028"}
    )
    assert articles(tmp_path, name, data) == [expected, expected]


def test_json_lines_are_streamed(tmp_path: Path) -> None:
    """The first record comes before the last line is read."""
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(RECORD) + "\n{", encoding="utf-8")
    assert next(read_file(path, "in/a")) == ARTICLE


def test_a_table_names_its_columns_first(tmp_path: Path) -> None:
    """Cells may be quoted and hold line ends; an empty cell is no value."""
    table = 'id,title,content,date,版\n7,冬捕,"查干湖,\n开网",,\n8,开网,甲,2024-08-09,A05\n'
    assert articles(tmp_path, "a.csv", table) == [
        Article(id="7", headline="冬捕", body="查干湖,\n开网", source="in/a"),
        Article(id="8", headline="开网", body="甲", date="2024-08-09", page="A05", source="in/a"),
    ]


def test_a_tsv_is_a_table_between_tabs(tmp_path: Path) -> None:
    """A comma separates nothing in a .tsv."""
    assert articles(tmp_path, "a.tsv", "body\tpage\n甲,乙\tA05\n") == [
        Article(body="甲,乙", page="A05", source="in/a")
    ]


@pytest.mark.parametrize(
    "table",
    [
        "title;body\n甲;乙,丙\n",
        "title\tbody\n甲\t乙,丙\n",
        "title|body\n甲|乙,丙\n",
        "sep=;\ntitle;body\n甲;乙,丙\n",
        'title,body\n甲,"乙,丙"\n',
        'sep=,\r\n"title","body"\r\n甲,"乙,丙"\r\n',
    ],
)
def test_a_table_shows_what_stands_between_its_columns(tmp_path: Path, table: str) -> None:
    """Spreadsheets write what their country is used to."""
    assert articles(tmp_path, "a.csv", table) == [Article(headline="甲", body="乙,丙", source="in/a")]


def test_a_body_may_be_a_list_of_paragraphs(tmp_path: Path) -> None:
    """Each is one; what a table had nothing for (NaN) is nothing."""
    data = '[{"title": NaN, "content": ["甲", "乙"]}]'
    assert articles(tmp_path, "a.json", data) == [Article(body="甲\n乙", source="in/a")]


NEITHER = "neither 'headline' nor 'body'; say which column is which field with a map, such as headline=标题"
NO_COLUMN = (
    "in/a, line 1: its first row names neither a 'headline' nor a 'body' column; "
    "say which column is which field with a map, such as headline=标题"
)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        (
            "a.json",
            "{",
            "in/a, line 1: is no JSON: Expecting property name enclosed in double quotes at column 2 ('{')",
        ),
        ("a.json", "3", "in/a: holds a number; expected an object or a list of objects"),
        ("a.json", "[3]", "in/a: record 1 is a number, not an object"),
        ("a.json", '[{"body": "甲"}, {"body": []}]', "in/a: record 2: 'body' is a list, not a text"),
        (
            "a.json",
            '{"name": "x", "version": 1}',
            f"in/a: holds no article: its objects have {NEITHER}",
        ),
        (
            "a.json",
            '{"a": [{}], "b": [{}]}',
            f"in/a: holds no article: its objects have {NEITHER}",
        ),
        (
            "a.jsonl",
            '{"body": "甲"}\n\n{"body"',
            "in/a, line 3: is no JSON: Expecting ':' delimiter at column 8 ('{\"body\"')",
        ),
        ("a.jsonl", '{"body": "甲"}\n"乙"\n', "in/a, line 2: holds a string where a record was expected"),
        ("a.jsonl", '{"body": {}}\n', "in/a, line 1: 'body' is a dict, not a text"),
        ("a.csv", "a,b\n1,2\n", NO_COLUMN),
        ("a.csv", "", NO_COLUMN),
        (
            "a.json",
            '{"body": "甲"}\n{"body": "乙"}',
            "in/a, line 2: holds one JSON value after another; name it .jsonl",
        ),
        ("a.csv", "id,body\n1,甲,乙\n", "in/a, line 2: has more cells than the first row's 2"),
        ("a.csv", 'body\n"甲"乙\n', "in/a: is no well-formed table after line 1: ',' expected after '\"'"),
        ("a.txt", b"%PDF-1.4", "in/a: is a PDF; take its text out first, for example with pdftotext"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str, data: str | bytes, message: str) -> None:
    """Each fault is a one-line error with its place."""
    assert refusal(tmp_path, name, data) == message


@pytest.mark.parametrize("data", ["[" * 100_000, "1" * 10_000])
def test_json_beyond_all_measure_is_refused(tmp_path: Path, data: str) -> None:
    """Brackets too deep and numbers too long are errors of the file, not of the reader."""
    assert refusal(tmp_path, "a.json", data).startswith("in/a: is no JSON that can be held: ")


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl"])
def test_a_file_that_is_gone_is_an_error_of_the_corpus(tmp_path: Path, name: str) -> None:
    """A file that vanished after it was listed cannot be read, and says so."""
    with pytest.raises(CorpusError, match=r"^in/a: cannot be read: No such file or directory$"):
        list(read_file(tmp_path / name, "in/a"))
