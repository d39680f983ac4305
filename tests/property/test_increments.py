"""However articles came into an index, it answers as if they had come at once."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import searchlib
from searchlib import Article, Results
from searchlib.embedded.codec import article_store, building, kernel_texts
from searchlib.embedded.store import merge_policy

SEED = 20261120
QUERIES = (
    "党建引领",
    '"党建引领"',
    "小区 治理",
    "网格",
    "治",
    "青岛 -即墨",
    "12345",
    "*家 5G",
    "社区治理能力建设",
    "标题:党建",
    "",
)


def answers(index: searchlib.Index) -> list[list[tuple[str, float]]]:
    """Return ids and scores of every query, in order, in both ways of matching."""
    found: list[Results] = [index.search(query, limit=None, snippets=0) for query in QUERIES]
    found += [index.search(query, limit=7, match="any", snippets=0) for query in QUERIES]
    return [[(hit.id, hit.score) for hit in results] for results in found]


@pytest.fixture(scope="module")
def pieces(corpus_articles: list[Article]) -> list[Article]:
    """Return some two hundred short articles: the corpus, paragraph by paragraph."""
    return [
        Article(
            id=f"{article.id}-{number}",
            headline=article.headline,
            body=paragraph,
            date=f"2024-08-{number:02d}",
        )
        for article in corpus_articles
        for number, paragraph in enumerate(article.body.split("\n")[:20], 1)
    ]


@pytest.fixture(scope="module")
def at_once(pieces: list[Article], tmp_path_factory: pytest.TempPathFactory) -> list[list[tuple[str, float]]]:
    """Return what an index says that got everything in one call."""
    with searchlib.open(tmp_path_factory.mktemp("once") / "idx") as index:
        index.add(pieces)
        return answers(index)


def same(left: list[list[tuple[str, float]]], right: list[list[tuple[str, float]]]) -> None:
    """Compare ids and their order exactly, scores to 1e-9."""
    for query, first, second in zip(QUERIES * 2, left, right, strict=True):
        assert [found for found, _ in first] == [found for found, _ in second], query
        assert [score for _, score in first] == pytest.approx([score for _, score in second], abs=1e-9), query


def test_in_many_calls_with_merges_deletions_and_returns(
    pieces: list[Article],
    at_once: list[list[tuple[str, float]]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Fifty calls, small merges, articles that go and come back, others that change and change back."""
    monkeypatch.setattr(merge_policy, "MAX_SMALL_SEGMENTS", 3)
    chance = random.Random(SEED)
    with searchlib.open(tmp_path / "idx") as index:
        order = chance.sample(pieces, len(pieces))
        for start in range(0, len(order), max(1, len(order) // 50)):
            batch = order[start : start + max(1, len(order) // 50)]
            index.add([Article(id=article.id, body="党建引领 另外") for article in batch])
            index.add(batch)
            back = chance.sample(batch, min(2, len(batch)))
            assert index.delete([article.id for article in back]) == len(back)
            index.add(back)
        assert len(list(index.path.glob("*.slseg"))) <= 3
        assert len(index) == len(pieces)
        same(answers(index), at_once)


def test_in_several_segments_of_one_call(
    pieces: list[Article],
    at_once: list[list[tuple[str, float]]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A segment is closed when it is full, in the middle of an `add`, and made of several runs."""
    monkeypatch.setattr(building, "_SEGMENT_BYTES", 9000)
    monkeypatch.setattr(building, "BATCH_BYTES", 1000)
    monkeypatch.setattr(kernel_texts, "RUN_BYTES", 2000)
    monkeypatch.setattr(article_store, "_IN_MEMORY_BYTES", 2000)
    with searchlib.open(tmp_path / "idx") as index:
        index.add(pieces)
        assert len(list(index.path.glob("*.slseg"))) > 1
        same(answers(index), at_once)
