"""Answers in a notebook: HTML, plain dicts, a table."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from conftest import MakeIndex

import searchlib
from searchlib import Article, MissingExtraError, Results

RECORDS: list[dict[str, object]] = [
    {
        "id": "1",
        "headline": "<b>冬捕</b>开幕",
        "body": "查干湖冬捕 & 头鱼。",
        "date": "--12-28",
        "authors": ["刘慧"],
    },
    {"id": "2", "headline": "", "body": "冬捕。", "kind": "photo_caption"},
]


@pytest.fixture
def index(tmp_path: Path) -> Iterator[searchlib.Index]:
    """Two articles."""
    with searchlib.open(tmp_path / "index") as made:
        made.add(RECORDS)
        yield made


def test_html_escapes_all_and_marks_what_matched(index: searchlib.Index) -> None:
    """Text of articles and queries never becomes markup."""
    html = index.search("冬捕 <i>火星</i>")._repr_html_()
    assert "&lt;b&gt;<mark>冬捕</mark>&lt;/b&gt;开幕" in html
    assert "<b>" not in html
    assert "<i>" not in html
    assert html.count("<li>") == html.count("</li>") == 2
    assert "2 of 2" in html
    assert "without:" in html


def test_html_offers_the_suggestion(index: searchlib.Index) -> None:
    """An empty answer says what was probably meant."""
    assert "did you mean: 查干湖 (1)" in index.search("查甘湖")._repr_html_()


def test_an_article_shows_itself() -> None:
    """As HTML and as text, without what it does not have."""
    article = Article(id="7", headline="头鱼", body="第一段\n第二段 <", date="--12-28")
    assert article._repr_html_() == (
        "<article><h4>头鱼</h4><small>12-28 · 7</small><p>第一段</p><p>第二段 &lt;</p></article>"
    )
    assert str(article) == "头鱼\n12-28 · 7\n第一段\n第二段 <"


def test_dicts_are_ready_for_json(index: searchlib.Index) -> None:
    """A dict for each hit, in order."""
    rows = index.search("冬捕").to_dicts()
    assert json.loads(json.dumps(rows)) == rows
    assert [row["id"] for row in rows] == [hit.id for hit in index.search("冬捕")]
    assert {row["id"]: row["authors"] for row in rows} == {"1": ["刘慧"], "2": []}


def test_a_table_needs_pandas(index: searchlib.Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the error says what to install; with it the rank is the index."""
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match="pandas"):
        index.search("冬捕").to_pandas()
    fake: Any = ModuleType("pandas")
    fake.RangeIndex = lambda first, end, name: (first, end, name)
    fake.DataFrame = lambda rows, index: (len(rows), index)
    monkeypatch.setitem(sys.modules, "pandas", fake)
    assert index.search("冬捕").to_pandas() == (2, (1, 3, "rank"))


def test_a_table_has_every_field(index: searchlib.Index) -> None:
    """The columns of the dicts first, then the other fields, own keys, and full dates as pandas has them."""
    pandas = pytest.importorskip("pandas", reason="the extra pandas is not installed")
    table = index.search("冬捕").to_pandas()
    assert list(table.columns)[:3] == ["id", "score", "headline"]
    assert {"body", "page", "sections", "spans", "day"} <= set(table.columns)
    assert pandas.api.types.is_datetime64_any_dtype(table["day"]) or table["day"].isna().all()
    assert list(table.index) == [1, 2]


def test_searches_side_by_side_in_threads(make_index: MakeIndex) -> None:
    """`asyncio.to_thread`, as the README has it: each search gets its own answer and hits."""
    words = [f"{a}{b}" for a in "春夏秋冬" for b in "江河湖海"]
    index = make_index(*({"id": word, "body": f"{word}丰收。" * 20} for word in words))

    async def ask() -> list[Results]:
        return await asyncio.gather(*(asyncio.to_thread(index.search, word) for word in words * 8))

    for word, results in zip(words * 8, asyncio.run(ask()), strict=True):
        assert [hit.id for hit in results] == [word]
        assert str(results[0].snippet).startswith(f"{word}丰收")
