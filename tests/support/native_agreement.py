"""An index of drawn articles, and whether the compiled kernel and the arrays answer about it alike."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from engine_choice import answered_by

import searchlib
from searchlib import Article, Index, QuerySyntaxError

WORDS = re.split(
    " ",
    "党建 引领 党建引领 黨建 基层治理 治理 基层 查干湖 冬捕节 的 了 什么 是 为什么 企业 经济 发展 经济发展 "
    "农业 银行 中国农业银行 青农商行 会议 开幕 ㈱ ① ½ ○ 5G ab 19家 十九家 二十四 24 𠮷 カタ 著名 看着 乾隆 "
    "百分之五 5% Wi-Fi wifi 一下",
)
MARKS = ["，", "。", "《", "》", "·", " ", "\u3000", "\n", "（", "•", "\u200b"]
SEED = 20261129


def drawn(chance: random.Random, most: int) -> str:
    """Return a text of words and marks."""
    return "".join(chance.choices([*WORDS, *MARKS], k=chance.randint(0, most)))


@contextmanager
def drawn_index(path: Path) -> Iterator[Index]:
    """Articles in three segments, some of them deleted; short ones, so that many have equal scores."""
    chance = random.Random(SEED)
    articles = [
        Article(
            id=f"{number}",
            headline=drawn(chance, 4),
            overline=drawn(chance, 2),
            body=drawn(chance, chance.choice([4, 30, 200])) + "治理，" * chance.choice([*[0] * 40, 40, 300]),
            authors=(drawn(chance, 1),),
            sections=(drawn(chance, 2), drawn(chance, 2)),
            date=chance.choice(["2024-08-09", "2023-01-01", None]),
            extra={"stars": number % 7} if number % 3 else {},
        )
        for number in range(700)
    ]
    with searchlib.open(path) as made:
        for first, last in ((0, 400), (400, 650), (650, 700)):
            made.add(articles[first:last])
        made.delete([f"{number}" for number in chance.sample(range(700), 60)])
        yield made


def answer(index: Index, query: str, **options: Any) -> list[tuple[str, float]]:
    """Return ids and scores."""
    return [(hit.id, hit.score) for hit in index.search(query, snippets=0, **options)]


def check(index: Index, query: str, **options: Any) -> None:
    """Compare both engines."""
    try:
        with answered_by("native"):
            compiled = answer(index, query, **options)
    except QuerySyntaxError:
        with answered_by("numpy"), pytest.raises(QuerySyntaxError):
            answer(index, query, **options)
        return
    with answered_by("numpy"):
        arrays = answer(index, query, **options)
    where = f"{query!r} {options}: compare searchlib/native/src/ranking.rs with embedded/search/scoring.py"
    assert [hit for hit, _ in compiled] == [hit for hit, _ in arrays], where
    for (_, score), (_, other) in zip(compiled, arrays, strict=True):
        assert math.isclose(score, other, rel_tol=1e-12, abs_tol=1e-12), where
