"""Fifteen queries that common engines fail (short words, names, marks, widths): all answered right."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import searchlib
from searchlib import Article, Index

BODIES = {
    "party": "全市党建引领基层治理会议召开。",
    "party apart": "建党百年。党员引路，领导建言：基层。",
    "name": "他读人民的名义。",
    "name apart": "人民，名义上的主人。",
    "bank": "中国农业发展银行开业。",
    "bank trad": "中國農業發展銀行開業。",
    "bank apart": "中国的农民说，企业要发展，银行也要。",
    "lake": "查干湖冬捕开始。",
    "lake apart": "干部查看湖水。",
    "park": "联东U谷开园，建成5G基站。",
    "park apart": "把U盘带到山谷，速率15G，另有5GB。",
    "rate": "用户满意率89.09%。",
    "rate apart": "满意率9.09%，去年189.09%，89.091%。",
    "day": "本报8月9日讯。",
    "day year": "2024年8月9日，晴。",
    "day apart": "18月9日不是日子；9月8日、8月19日是。8月下旬和9日。",
    "reporter": "记者艳鑫报道。",
    "reporter apart": "鲜艳的三金鑫字。",
    "thought": "他默想许久。",
    "default": "他默认了，想来也是。",
    "digits": "热线１２３４５开通。",
    "digits apart": "号码123456和012345。",
}
PROBES = {
    "党建引领": {"party"},
    '"党建引领"': {"party"},
    '"人民的名义"': {"name"},
    '"中国农业发展银行"': {"bank", "bank trad"},
    "农业": {"bank", "bank trad"},
    "农": {"bank", "bank trad", "bank apart"},
    "湖": {"lake", "lake apart"},
    "U谷": {"park"},
    "5G": {"park"},
    "89.09%": {"rate"},
    "8月9日": {"day", "day year"},
    "艳鑫": {"reporter"},
    "干湖": {"lake"},
    "中國農業": {"bank", "bank trad"},
    "１２３４５": {"digits"},
    "默想": {"thought"},
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """The articles, each with its distractor."""
    with searchlib.open(tmp_path_factory.mktemp("probes") / "index") as index:
        index.add(Article(id=key, body=body) for key, body in BODIES.items())
        yield index


@pytest.mark.parametrize("query", PROBES)
def test_a_probe_finds_what_it_should_and_no_more(index: Index, query: str) -> None:
    """The articles that hold it, all of them, and nothing else."""
    assert {hit.id for hit in index.search(query, limit=None, match="all")} == PROBES[query]
    assert {hit.id for hit in index.search(query, limit=None)} == PROBES[query]


def test_there_are_at_least_fifteen() -> None:
    """The list is whole."""
    assert len(PROBES) >= 15
