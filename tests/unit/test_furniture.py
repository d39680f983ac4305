"""What belongs to a page and to no article is found when asked for, and is in nobody's way otherwise."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

import searchlib
from searchlib import Article, ConfigError
from searchlib.engine.contract import KeepsFurniture
from searchlib.index import Index

PAGE = """江湾日报 2024年3月5日 星期二 A05

江湾果园开摘
本报讯（记者 赵强）江湾镇果园进入采收旺季，镇里请来三百名短工，预计月底前收完。

新闻热线：88886666　广告部：88887777
本版编辑 林志明
"""
WEB = """<html><head><title>东浦食堂开张</title></head><body>
<ul class="nav"><li><a href="/">首页</a></li><li><a href="/w">江湾微博</a></li></ul>
<h1>东浦食堂开张</h1><p>东浦社区新开的食堂中午坐满了老人，一荤两素只收八元钱。</p>
<div class="footer">江湾网络公司版权所有</div></body></html>"""
ASKED = {"kind": "furniture"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a page of a newspaper and one of a website."""
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "A05.txt").write_text(PAGE, encoding="utf-8")
    (pages / "web.html").write_text(WEB, encoding="utf-8")
    return pages


@pytest.fixture
def index(tmp_path: Path, folder: Path) -> Index:
    """An index of it."""
    index = searchlib.open(tmp_path / "index")
    index.sync(folder)
    return index


def sources(index: Index, query: str, **options: object) -> list[str]:
    """Return the files whose furniture or articles a query finds."""
    return sorted(Path(hit.article.source).name for hit in index.search(query, **options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "file"),
    [("88886666", "A05.txt"), ("林志明", "A05.txt"), ("江湾微博", "web.html"), ("版权所有", "web.html")],
)
def test_furniture_is_found_when_asked_for_and_else_never(index: Index, query: str, file: str) -> None:
    """By every word of it; without the filter nothing finds it, in any mode."""
    assert sources(index, query, where=ASKED) == [file]
    assert [len(index.search(f'"{query}"', match=mode)) for mode in ("all", "auto")] == [0, 0]


def test_it_is_counted_nowhere(index: Index, folder: Path) -> None:
    """Neither in len, iteration, total, facets and stats, nor by the list of a page or by `read`."""
    kinds = {article.kind for article in index}
    assert ("furniture" in kinds, len(index)) == (False, 2)
    found = index.search("", facets=["kind"])
    assert (found.total, set(found.facets["kind"])) == (2, kinds)
    assert (index.stats()["articles"], set(index.stats()["kinds"])) == (2, kinds)
    assert {article.kind for article in searchlib.read(folder)} == kinds
    assert {a.kind for a in searchlib.split_page(PAGE, source="A05.txt")} <= kinds
    assert index.suggest("新闻热") == []


def test_the_record_says_where_it_stands(index: Index) -> None:
    """One for each page, with its date, paper and page; its id gives it back, and `explain` takes it."""
    (hit,) = index.search("新闻热线", where=ASKED)
    article = hit.article
    assert (article.date, article.publication, article.page) == ("2024-03-05", "江湾日报", "A05")
    assert article.body.split("\n")[-1] == "本版编辑 林志明"
    assert "".join(PAGE[start:end] for start, end in article.spans).count("新闻热线") == 1
    assert index.get(hit.id) == article
    assert hit.snippet is not None
    assert "新闻热线" in str(hit.snippet)


def test_articles_and_furniture_cover_the_page(index: Index) -> None:
    """Together they have every character of the page but white space, each once."""
    parts = [
        *searchlib.split_page(PAGE, source="A05.txt"),
        *(h.article for h in index.search("88886666", where=ASKED)),
    ]
    spans = sorted(span for article in parts for span in article.spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    rest = list(PAGE)
    for start, end in spans:
        rest[start:end] = " " * (end - start)
    assert "".join(rest).strip() == ""


def test_sync_counts_articles_alone_and_keeps_furniture_in_step(index: Index, folder: Path) -> None:
    """A changed page has its new furniture, one that is gone has none."""
    assert index.sync(folder).unchanged == 2
    (folder / "A05.txt").write_text(PAGE.replace("88886666", "55556666"), encoding="utf-8")
    report = index.sync(folder)
    assert (report.added, report.updated, report.removed, report.unchanged) == (0, 0, 0, 2)
    assert (sources(index, "88886666", where=ASKED), sources(index, "55556666", where=ASKED)) == (
        [],
        ["A05.txt"],
    )
    (folder / "A05.txt").unlink()
    assert index.sync(folder).removed == 1
    assert (sources(index, "55556666", where=ASKED), sources(index, "江湾微博", where=ASKED)) == (
        [],
        ["web.html"],
    )


def test_an_index_without_furniture_has_no_folder_for_it(tmp_path: Path) -> None:
    """Indexes made before, and those of records, are as they were, and asking finds nothing."""
    index = searchlib.open(tmp_path / "index")
    index.add([Article(headline="冬捕开网", body="查干湖昨日开网。")])
    assert (len(index.search("开网", where=ASKED)), (tmp_path / "index" / "furniture").exists()) == (0, False)
    other = tmp_path / "notes"
    other.mkdir()
    (other / "a.txt").write_text("一篇随笔，没有别的。", encoding="utf-8")
    index.sync(other)
    assert not (tmp_path / "index" / "furniture").exists()


def test_records_that_say_so_themselves_stay_articles(tmp_path: Path) -> None:
    """A record's own `kind` is what its owner says; only pages have furniture."""
    file = tmp_path / "a.jsonl"
    file.write_text(
        json.dumps({"title": "办公桌椅", "text": "三套桌椅出让。", "kind": "furniture"}), encoding="utf-8"
    )
    index = searchlib.open(tmp_path / "index")
    assert index.sync(file).added == 1
    assert (len(index), len(index.search("桌椅")), len(index.search("桌椅", where=ASKED))) == (1, 1, 1)


def test_furniture_and_other_kinds_are_not_asked_for_together(index: Index) -> None:
    """They are ranked apart: the message says so."""
    with pytest.raises(ConfigError, match=r"kind is 'furniture' alone"):
        index.search("热线", where={"kind": ["article", "furniture"]})


def test_furniture_can_be_deleted_backed_up_checked_and_converted(index: Index, tmp_path: Path) -> None:
    """Whatever is done to the index is done to it too."""
    index.backup(tmp_path / "copy")
    assert index.check() == ()
    index.convert({"tags": 2.0})
    assert sources(index, "88886666", where=ASKED) == ["A05.txt"]
    assert index.delete(where=ASKED) == 2
    assert (sources(index, "88886666", where=ASKED), len(index)) == ([], 2)
    copy = searchlib.open(tmp_path / "copy", read_only=True)
    assert sources(copy, "88886666", where=ASKED) == ["A05.txt"]
    assert isinstance(copy._backend, KeepsFurniture)


def test_another_process_sees_it_after_refresh(index: Index, folder: Path, tmp_path: Path) -> None:
    """A reader that was open before there was any finds it as well."""
    reader = searchlib.open(tmp_path / "index")
    assert sources(reader, "88886666", where=ASKED) == ["A05.txt"]
    (folder / "A05.txt").write_text(PAGE.replace("88886666", "55556666"), encoding="utf-8")
    index.sync(folder)
    reader.refresh()
    assert sources(reader, "55556666", where=ASKED) == ["A05.txt"]


def test_the_command_finds_it(index: Index) -> None:
    """`search --where kind=furniture`, and `search show` of what was found."""
    command = [sys.executable, "-m", "searchlib"]
    place = ["-i", str(index.path)]
    environment = {**os.environ, "PYTHONUTF8": "1"}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*command, *arguments, *place],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=environment,
            check=False,
        )

    found = run("88886666", "--where", "kind=furniture", "--json")
    hits = json.loads(found.stdout)["hits"]
    assert [hit["kind"] for hit in hits] == ["furniture"]
    assert "88886666" in run("show", hits[0]["id"]).stdout
    assert run("88886666").returncode == 1
