"""Every engine writes alike: what is added, replaced, taken out, and what `sync` remembers."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from searchlib import (
    Article,
    ArticleNotFoundError,
    ConfigError,
    CorpusError,
    Index,
    Report,
    SearchCancelledError,
    StoreNotFoundError,
)
from searchlib.engine.contract import KeepsFurniture

Make = Callable[..., Index]


def test_an_index_that_is_not_there(make: Make) -> None:
    """Searching it is an error, its length is 0; `create` makes it, and then nothing is found."""
    index = make()
    assert (len(index), "1" in index, index.delete("1")) == (0, False, 0)
    for ask in (lambda: index.search("党建"), lambda: index.get("1"), lambda: list(index), index.stats):
        with pytest.raises(StoreNotFoundError, match="there is no index"):
            ask()
    index._backend.create()
    assert (index.search("党建").total, len(index), list(index)) == (0, 0, [])


def test_articles_are_added_and_replaced(make: Make) -> None:
    """The last of an id wins; what is the same stays where it is."""
    index = make()
    assert index.add([Article(id="1", body="党建"), {"id": 2, "body": "冬捕"}]) == Report(added=2)
    again: list[Article | dict[str, str]] = [
        Article(id="2", body="冬捕"),
        Article(id="1", body="引领"),
        Article(id="3", body="新"),
        {"id": "3", "body": "湖"},
    ]
    assert index.add(again) == Report(added=1, updated=1, unchanged=1)
    assert [hit.id for hit in index.search("引领")] == ["1"]
    assert index.search("党建").total == 0
    assert [one.id for one in index] == ["2", "1", "3"]
    assert index.get("3") == Article(id="3", body="湖")
    assert ("1" in index, "9" in index, index.get("9"), len(index)) == (True, False, None, 3)


def test_all_or_nothing(make: Make) -> None:
    """A record that cannot be taken leaves the index as it was."""
    index = make()
    index.add([Article(id="1", body="党建")])
    before = index.commit
    with pytest.raises(CorpusError, match="record 2"):
        index.add([Article(id="2", body="冬捕"), {"id": "3", "spans": "x"}])
    assert (index.commit, [one.id for one in index]) == (before, ["1"])


def test_articles_are_taken_out(make: Make) -> None:
    """By id and by filters; the figures of what is left count, as in an index that never had the others."""
    index, other = make(), make()
    articles = [
        Article(id=str(n), headline=f"党建{n}", body="引领治理" * n, date=f"2024-0{n}-01")
        for n in range(1, 7)
    ]
    index.add(articles)
    assert index.delete(["2", "9", "2"]) == 1
    assert index.delete(until="2024-03") == 2
    assert index.delete(where={"headline": "党建9"}) == 0
    other.add([articles[3], articles[4], articles[5]])
    found = [
        [(hit.id, round(hit.score, 6)) for hit in each.search("党建 引领治理")] for each in (index, other)
    ]
    assert found[0] == found[1]
    assert len(found[0]) == 3


def test_commits_have_names(make: Make) -> None:
    """Another one after each change, none without."""
    index = make()
    index.add([Article(id="1", body="党建")])
    first = index.commit
    index.search("党建")
    assert index.commit == first
    index.delete("1")
    assert index.commit != first


def test_an_answer_stays_as_it_was(make: Make) -> None:
    """What is read later of it is of its commit, whatever was written meanwhile."""
    index = make()
    index.add([Article(id="1", headline="旧", body="党建引领")])
    found = index.search("党建")
    index.add([Article(id="1", headline="新", body="冬捕")])
    assert (found.total, found[0].headline, str(found[0].snippet)) == (1, "旧", "党建引领")


def test_read_only(make: Make) -> None:
    """Every write is refused before anything happens."""
    index = make(read_only=True)
    for write in (
        lambda: index.add([Article(body="x")]),
        lambda: index.delete("1"),
        lambda: index.sync(Path(__file__)),
    ):
        with pytest.raises(ConfigError, match="read_only=True"):
            write()


def test_files_in_step(make: Make, tmp_path: Path) -> None:
    """New, changed, moved and gone files; unchanged ones are not read again; one that is broken is named."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for name in "abc":
        (folder / f"{name}.jsonl").write_text(f'{{"id": "{name}1", "body": "党建{name}"}}\n', "utf-8")
    index = make()
    assert index.sync(folder) == Report(added=3)
    assert index.sync(folder) == Report(unchanged=3)
    (folder / "a.jsonl").write_text('{"id": "a1", "body": "冬捕"}\n{"id": "a2", "body": "开网"}\n', "utf-8")
    (folder / "b.jsonl").rename(folder / "d.jsonl")
    (folder / "c.jsonl").write_text("{", "utf-8")
    report = index.sync(folder)
    assert (report.added, report.updated, report.removed, report.unchanged) == (2, 1, 1, 0)
    assert [Path(one.path).name for one in report.skipped] == ["c.jsonl"]
    assert index.stats()["skipped"].keys() == {
        key for key in index._backend.files.read() if key.endswith("c.jsonl")
    }
    assert index.search("党建").total == 2  # what cannot be read keeps its articles
    (folder / "c.jsonl").unlink()
    (folder / "d.jsonl").unlink()
    assert index.sync(folder) == Report(removed=2, unchanged=2)
    assert {Path(key).name for key in index._backend.files.read()} == {"a.jsonl"}


def test_an_interrupted_sync_goes_on(make: Make, tmp_path: Path) -> None:
    """Whole files are kept."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for name in "abc":
        (folder / f"{name}.txt").write_text(f"党建{name}\n\n第一段。\n", "utf-8")
    index = make()

    def stop(done: int, _total: int, _path: str) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.sync(folder, progress=stop)
    assert len(index) == 2
    assert index.sync(folder) == Report(added=1, unchanged=2)


def test_a_sync_that_reads_every_file_again(make: Make, tmp_path: Path) -> None:
    """What is of no file, or of files elsewhere, stays; the next sync finds nothing to do."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for file in (folder / "a.txt", folder / "b.txt", tmp_path / "elsewhere.txt"):
        file.write_text(f"党建{file.stem}\n\n第一段。\n", "utf-8")
    index = make()
    index.sync(folder, tmp_path / "elsewhere.txt")
    index.add([{"id": "added", "headline": "党建added"}])
    (folder / "a.txt").write_text("党建changed\n\n第二段。\n", "utf-8")
    (folder / "b.txt").unlink()
    (folder / "c.txt").write_text("党建c\n\n第一段。\n", "utf-8")
    index.sync(folder, anew=True)
    wanted = ["党建added", "党建c", "党建changed", "党建elsewhere"]
    assert sorted(article.headline for article in index) == wanted
    again = index.sync(folder, tmp_path / "elsewhere.txt")
    assert (again.added, again.updated, again.removed, again.unchanged) == (0, 0, 0, 3)
    assert sorted(article.headline for article in index) == wanted


def test_fields_of_its_own(make: Make) -> None:
    """Keys of records are searched with their weight; `convert` gives an index others."""
    index = make(fields={"tags": 5.0})
    index.add([{"id": "1", "body": "民航"}, {"id": "2", "body": "机场", "tags": ["民航", "枢纽"]}])
    assert index.fields == {"tags": 5.0}
    assert [hit.id for hit in index.search("民航")] == ["2", "1"]
    assert [hit.id for hit in index.search("tags:枢纽")] == ["2"]
    assert index.convert({}).saved == 2
    assert [hit.id for hit in index.search("民航")] == ["1"]
    assert index.convert().kept == 2


def test_figures_of_the_index(make: Make) -> None:
    """Ready for JSON; every engine has the same keys."""
    index = make()
    index.add([Article(id="1", body="党建", date="2024-08-09"), Article(id="2", body="冬捕", kind="brief")])
    stats = index.stats()
    wanted = {"articles": 2, "undated": 1, "first_date": "2024-08-09", "last_date": "2024-08-09", "files": 0}
    assert {key: stats[key] for key in wanted} == wanted
    assert stats["kinds"] == {"article": 1, "brief": 1}
    assert stats.keys() >= {
        "path",
        "skipped",
        "size_bytes",
        "format",
        "fields",
        "fingerprint",
        "versions",
        "engine",
    }
    assert (stats["fingerprint_matches"], index.check()) == (True, ())


def test_what_is_not_there(make: Make) -> None:
    """An unknown id is an error that names it."""
    index = make()
    index.add([Article(id="1", body="党建")])
    for ask in (index.like, lambda one: index.why_not("党建", one), lambda one: index.explain("党建", one)):
        with pytest.raises(ArticleNotFoundError, match="'9'"):
            ask("9")


def test_a_search_can_be_ended(make: Make) -> None:
    """By an event that another thread sets."""
    index = make()
    index.add([Article(id=str(n), body=f"党建引领第{n}篇，治理。") for n in range(30)])
    event = threading.Event()
    event.set()
    with pytest.raises(SearchCancelledError):
        index.search('"引领第"', cancel=event).load()


def test_many_threads_read_while_one_writes(make: Make) -> None:
    """Each answer is of one commit: of the pairs that are written together both are found or none."""
    index = make()
    index.add([Article(id="a0", body="党建"), Article(id="b0", body="党建")])
    wrong: list[int] = []

    def read() -> None:
        for _ in range(20):
            found = index.search("党建", limit=None)
            wrong.extend([found.total] * (found.total % 2))

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(1, 6):
        index.add([Article(id=f"{side}{number}", body="党建") for side in "ab"])
    for thread in threads:
        thread.join()
    assert (wrong, index.search("党建").total) == ([], 12)


def test_furniture_is_found_when_asked_for(make: Make, tmp_path: Path) -> None:
    """Kept beside the articles, renewed and taken out with its file, and found by `kind` alone."""
    index = make()
    if not isinstance(index._backend, KeepsFurniture):
        pytest.skip("this engine keeps none")
    pages = tmp_path / "pages"
    pages.mkdir()
    page = pages / "A05.txt"
    article = "江湾果园开摘\n本报讯（记者 赵强）江湾镇果园进入采收旺季。"
    text = f"江湾日报 2024年3月5日 星期二 A05\n\n{article}\n\n新闻热线：88886666\n"
    page.write_text(text, encoding="utf-8")
    index.sync(pages)
    asked = {"kind": "furniture"}
    assert (len(index), index.search("88886666").total) == (1, 0)
    (hit,) = index.search("88886666", where=asked)
    assert index.get(hit.id) == hit.article
    assert index.query("88886666", where=asked).explain(hit.id).value > 0
    with pytest.raises(ConfigError, match="kind is 'furniture' alone"):
        index.search("江湾", where={"kind": ["furniture", "article"]})
    page.write_text(text.replace("88886666", "55556666"), encoding="utf-8")
    index.sync(pages)
    assert [index.search(one, where=asked).total for one in ("88886666", "55556666")] == [0, 1]
    page.unlink()
    (pages / "b.txt").write_text("一篇随笔，没有别的。", encoding="utf-8")
    index.sync(pages)
    assert index.search("55556666", where=asked).total == 0
