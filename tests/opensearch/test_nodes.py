"""An index on real nodes: it says what one in a folder says, and keeps what it was given."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cluster import client_of
from drawn_queries import FIXED, Drawing, special_articles

import searchlib
from searchlib import Article, BackendError, ConfigError, Index, SearchlibError, StoreNotFoundError
from searchlib.opensearch import finding, ranked

OpenHere = Callable[..., Index]
COUNT = 60
"""Drawn queries; more show nothing that these do not."""


@pytest.fixture(scope="module")
def articles(corpus_articles: list[Article]) -> list[Article]:
    """The corpus, and articles with all that is written in several ways."""
    return [*corpus_articles, *special_articles()]


@pytest.fixture(scope="module")
def both(
    articles: list[Article], addresses: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Index, Index]]:
    """An index in a folder and one on the nodes with the same articles."""
    name = f"both-{os.getpid()}"
    there = searchlib.open(f"opensearch://{addresses}/{name}?shards=2")
    with searchlib.open(tmp_path_factory.mktemp("both") / "i") as here, there:
        here.add(articles)
        there.add(articles)
        yield here, there
        client_of(there).ask("DELETE", f"/{name}-1")


def name_of(index: Index) -> str:
    """Return the name of an index on its cluster."""
    return client_of(index).address.index


def all_of(index: Index, query: str, options: dict[str, Any]) -> dict[str, Any]:
    """Return everything that a search says, or its error."""
    try:
        found = index.search(query, **options)
        return {
            "hits": [(hit.id, round(hit.score, 9), hit.missing) for hit in found],
            "total": found.total,
            "relaxed": found.relaxed,
            "facets": found.facets,
            "undated": found.undated,
            "shown": [(hit.why, hit.headline_marks) for hit in found],
            "snippets": [[(one.text, one.start, one.marks) for one in hit.snippets] for hit in found],
        }
    except SearchlibError as error:
        return {"error": f"{type(error).__name__}: {error}"}


def test_every_kind_of_query(both: tuple[Index, Index], articles: list[Article]) -> None:
    """Articles, order, scores to nine digits, totals, facets, snippets and why: all the same."""
    drawing = Drawing(articles, seed=20)
    asked = [(query, {"match": match}) for query in FIXED for match in ("auto", "all")]
    asked += [(drawing.query(), drawing.options()) for _ in range(COUNT)]
    here, there = both
    unlike = []
    for query, options in asked:
        wanted, found = all_of(here, query, options), all_of(there, query, options)
        if wanted != found:
            unlike.append((query, options, [key for key in wanted if wanted.get(key) != found.get(key)]))
    assert unlike == []


def test_the_order_goes_on_behind_the_first_hundred(
    both: tuple[Index, Index], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here behind the first seven: each article once, whatever the page."""
    here, there = both
    monkeypatch.setattr(ranked, "POOL", 7)
    monkeypatch.setattr(ranked, "POOL_OF_CHARACTERS", 7)
    query = "党建 OR 农业 OR 工作 OR 发展"
    wanted = {hit.id for hit in here.search(query, limit=None)}
    every = [hit.id for hit in there.search(query, limit=None)]
    assert len(every) == len(set(every)) > 17
    assert set(every) == wanted
    pages = [there.search(query, limit=5, offset=start) for start in range(0, len(every), 5)]
    assert [hit.id for page in pages for hit in page] == every
    scores = [hit.score for hit in there.search(query, limit=None)]
    assert scores[7:] == sorted(scores[7:], reverse=True)
    assert min(scores[:7]) >= scores[7]


def test_whole_texts_are_told_apart(both: tuple[Index, Index], monkeypatch: pytest.MonkeyPatch) -> None:
    """What only the texts can tell is read; where that is too much the search is refused."""
    _, there = both
    assert there.search("餅乾", match="all", exact=True).total == 1
    assert there.search("饼干", match="all", exact=True).total == 0
    monkeypatch.setattr(finding, "MOST_READ", 0)
    with pytest.raises(BackendError, match=r"articles would have to be read to see which match: ask for"):
        _ = there.search("饼干", match="all", exact=True).total


@pytest.mark.parametrize("query", ["党建引领", "黨建 农业", "什么 时候 开始 冬捕"])
def test_what_is_said_of_one_article(both: tuple[Index, Index], query: str) -> None:
    """explain, why_not and like."""
    here, there = both
    first = here.search(query)[0].id
    assert str(there.explain(query, first)) == str(here.explain(query, first))
    assert there.why_not(query, first) == here.why_not(query, first)
    assert there.why_not(query, "special-5") == here.why_not(query, "special-5")
    assert [hit.id for hit in there.like(first)] == [hit.id for hit in here.like(first)]
    assert there.kwic(query) == here.kwic(query)
    assert there.trend(query) == here.trend(query)


def test_beginnings(both: tuple[Index, Index]) -> None:
    """Words of the dictionary and headlines; names of authors; pinyin."""
    here, there = both
    assert there.suggest("党") == here.suggest("党")
    assert "刘慧" in there.suggest("刘")
    assert there.suggest("dangjian")[0] == "党建"


@pytest.mark.parametrize(
    "typed", ["党建引玲", "科创大走郎", "戴红燕", "qingdao", "党建 引玲", "智慧商卷", "党建引领"]
)
def test_another_spelling(both: tuple[Index, Index], typed: str) -> None:
    """The same as in a folder; none where what was typed occurs."""
    here, there = (index.search(typed, match="all").suggestion for index in both)
    assert there == here
    assert (there is None) == (typed == "党建引领")


def test_studies_of_words_are_the_same(both: tuple[Index, Index]) -> None:
    """They need to know in how many articles words are, and how often in all."""
    here, there = both
    assert there.telling_words("党建") == here.telling_words("党建")
    assert there.collocates("党建", min_count=1) == here.collocates("党建", min_count=1)


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda index: index.backup("copy"), "an index on a cluster is not copied into copy"),
        (lambda index: index.repair(), "a cluster is not repaired from here"),
    ],
)
def test_what_is_refused(both: tuple[Index, Index], ask: Callable[[Index], object], said: str) -> None:
    """With what to do instead."""
    with pytest.raises(BackendError, match=said):
        ask(both[1])


def test_writing(open_here: OpenHere) -> None:
    """What is new, changed, the same and gone is counted; own writes are seen at once."""
    index = open_here()
    with pytest.raises(StoreNotFoundError, match="there is no index here"):
        index.search("党建")
    assert (len(index), "1" in index, index.delete("1")) == (0, False, 0)
    records = [{"id": str(number), "headline": f"党建 {number}"} for number in range(5)]
    assert index.add(records).added == 5
    report = index.add([*records[:3], {"id": "3", "headline": "农业"}])
    assert (report.added, report.updated, report.unchanged) == (0, 1, 3)
    assert [article.id for article in index] == ["0", "1", "2", "4", "3"]
    assert [hit.id for hit in index.search("农业")] == ["3"]
    assert index.delete(["0", "9"]) == 1
    assert (len(index), index.get("0"), "1" in index) == (4, None, True)
    stats = index.stats()
    assert (stats["articles"], stats["undated"], stats["kinds"]) == (4, 4, {"article": 4})
    assert stats["cluster"]["status"] in {"green", "yellow"}
    assert index.delete(where={"id": ["1", "2"]}) == 2
    reader = open_here(name_of(index), read_only=True)
    with pytest.raises(ConfigError, match="open the index without it to write"):
        reader.delete("3")


def test_whatever_an_article_holds_comes_back(open_here: OpenHere) -> None:
    """Odd ids, half a surrogate pair, numbers that JSON has not, keys of any name, a long value."""
    odd = [
        Article(id="甲" * 300, headline="长"),
        Article(id="a/b?c#d e", headline="斜线"),
        Article(id="\ud800", headline="半个\ud800字"),
        Article(id="nan", headline="数", extra={"x": math.inf, "a.b": {"": [1, None]}, "doc": "值" * 300}),
    ]
    index = open_here()
    index.add(odd)
    assert list(index) == odd
    assert [index.get(article.id) for article in odd] == odd
    assert index.search("长", facets=["extra.doc"]).total == 1
    assert index.search("数", facets=["extra.doc"]).facets == {"extra.doc": {"值" * 300: 1}}
    assert index.delete([article.id for article in odd]) == 4


def test_syncing_a_folder(open_here: OpenHere, tmp_path: Path) -> None:
    """New, unchanged, changed and vanished files."""
    folder = tmp_path / "news"
    folder.mkdir()
    for name in "abc":
        (folder / f"{name}.jsonl").write_text(
            "".join(json.dumps({"headline": f"{name}{n}", "body": "党建"}) + "\n" for n in range(3))
        )
    index = open_here()
    assert index.sync(folder).added == 9
    again = index.sync(folder)
    assert (again.added, again.unchanged) == (0, 9)
    (folder / "a.jsonl").write_text(json.dumps({"headline": "a0", "body": "农业"}) + "\n")
    (folder / "b.jsonl").unlink()
    changed = index.sync(folder)
    assert changed.removed + changed.updated >= 5
    assert sorted(hit.headline for hit in index.search("党建", limit=None)) == ["c0", "c1", "c2"]
    assert index.stats()["files"] == 2


def test_own_fields_and_another_cut(open_here: OpenHere) -> None:
    """Fields are searched, can be changed, and the other index takes the place of the one in one step."""
    index = open_here(fields={"tags": 2.0})
    index.add(
        [{"id": "1", "headline": "党建", "tags": ["民航"], "note": "机场"}, {"id": "2", "headline": "民航"}]
    )
    name = name_of(index)
    assert [hit.id for hit in index.search("tags:民航")] == ["1"]
    assert index.search("机场").total == 0
    with pytest.raises(ConfigError, match="the index was made with tags=2"):
        open_here(name, fields={"note": 1.0}).search("党建")
    other = open_here(name)
    assert other.convert().kept == 2
    assert other.convert(fields={"note": 1.0}).saved == 2
    assert [hit.id for hit in other.search("note:机场")] == ["1"]
    assert [article.id for article in other] == ["1", "2"]
    index.refresh()
    with pytest.raises(ConfigError, match="the index was made with note=1"):
        index.search("机场")


def test_a_block_of_the_index(open_here: OpenHere) -> None:
    """It is read, and writing says why not."""
    index = open_here()
    index.add([{"id": "1", "headline": "党建"}])
    client, name = client_of(index), name_of(index)
    client.ask("PUT", f"/{name}/_settings", {"index.blocks.read_only_allow_delete": True})
    with pytest.raises(BackendError, match=r"is read-only now \(.*\): free disk space on its nodes"):
        index.add([{"id": "2", "headline": "农业"}])
    assert index.search("党建").total == 1
    assert any("blocks.read_only_allow_delete" in line for line in index.check())
    client.ask("PUT", f"/{name}/_settings", {"index.blocks.read_only_allow_delete": None})
    assert index.add([{"id": "2", "headline": "农业"}]).added == 1


def test_moving_there_and_back(open_here: OpenHere, articles: list[Article], tmp_path: Path) -> None:
    """By what `search export` writes, with nothing lost."""
    index = open_here()
    index.add(articles)
    with searchlib.open(tmp_path / "back.idx") as back:
        back.add(index)
        assert list(back) == articles


def test_reprints_are_grouped(both: tuple[Index, Index], monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a folder; among too many they are not looked for."""
    here, there = both
    wanted = [(hit.id, [one.id for one in hit.reprints]) for hit in here.search("党建", group="reprints")]
    found = [(hit.id, [one.id for one in hit.reprints]) for hit in there.search("党建", group="reprints")]
    assert found == wanted
    monkeypatch.setattr("searchlib.opensearch.answering.MOST_GROUPED", 1)
    with pytest.raises(BackendError, match=r"narrow the search to 1 articles, or ask without grouping"):
        there.search("党建", group="reprints")


def test_all_articles_come_after_many_were_replaced(
    open_here: OpenHere, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the old ones are in one segment with the new: the cluster's short cut counts them too."""
    index = open_here()
    with monkeypatch.context() as patched:
        patched.setattr(type(index._backend), "_end_writing", lambda _: None)  # so that all is one segment
        for turn in range(4):
            index.add(Article(id=f"{n}", body=f"{turn} {n}") for n in range(600))
    index.refresh()
    assert [(article.id, article.body) for article in index] == [(f"{n}", f"3 {n}") for n in range(600)]
