"""What the contract suite asks: queries of every kind, fixed and drawn, with options of `search`."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from contract_collection import words

import searchlib

Asked = tuple[str, Mapping[str, Any]]

_SEED = 7

_FILTERS: tuple[dict[str, Any], ...] = (
    {"since": "2024"},
    {"until": "2023"},
    {"since": "2024-08", "until": "2024-08"},
    {"where": {"authors": "刘慧"}},
    {"where": {"page": ["A01", "A05"]}},
    {"where": {"year": "2024"}},
    {"where": {"month": "2024-08"}},
    {"where": {"extra.stars": 5}},
    {"where": {"extra.stars": {"gte": 2.5}}},
    {"where": {"extra.stars": True}},
    {"where": {"date": {"gte": "2024-08", "lt": "2024-09"}}},
    {"where": {"kind": "brief"}},
    {"where": {"authors": "刘慧", "page": "A05"}, "since": "2023"},
    {"where": {"extra.tags": "民航"}},
    {"where": {"extra.none": "x"}},
    {"since": "2025"},
)

FIXED: Mapping[str, tuple[Asked, ...]] = {
    "words": tuple(
        (query, {})
        for query in (
            "党建",
            "引领",
            "党建 引领",
            "党建引领",
            "黨建",
            "青岛",
            "湖",
            "了",
            "的",
            "查干湖 冬捕",
            "刘慧",
            "居民 服务 网格",
            "火星",
            "党建 火星",
            "火星 木星",
            "社区网格服务居民",
            "基层治理",
            "𠮷野家",
            "한국어",
            "café",
            "cafe",
            "党",
            "党建党建",
            "第24届",
            "二十四届",
            "24届",
            "9.09%",
            "8月9日",
            "12月18日",
            "19家企业",
            "三分之一",
            "1/3",
            "C919",
            "919",
            "wifi",
            "Wi-Fi",
            "wi fi",
            "5G",
            "5g网络",
            "人工智能 机器人",
            "农业丰收",
            "今日关注",
            "首都机场",
            "松原日报",
            "无",
            "！",
            "",
        )
    ),
    "phrases": tuple(
        (query, {})
        for query in (
            '"党建引领"',
            '"党建，引领"',
            '"党建\n引领"',
            '"阅读，是"',
            '"青岛港"',
            '"青 岛"',
            '"C919首飞"',
            '"一种生活"',
            '"的集装箱"',
            '"党建引领" 社区',
            '"9.09%"',
            '"，增长"',
            '"火星"',
            '"二十四届"',
            '"首飞 成功"~3',
            '"党建 治理"~10',
            '"wifi 速度"',
        )
    ),
    "operators": tuple(
        (query, {})
        for query in (
            "党建 OR 冬捕",
            "党建 AND 引领",
            "党建 -引领",
            "-党建",
            "NOT 党建",
            "党建 NOT (引领 OR 治理)",
            "(党建 OR 冬捕) 社区",
            "+党建 引领",
            "党建^3 冬捕",
            "党建 NEAR/5 治理",
            "党建 NEAR/s 治理",
            "党建 NEAR/p 引领",
            "社区 NEAR/2 党建",
            "党建 OR 黨建 OR 党健",
            "(党建 引领) OR (冬捕 -开网)",
            "党建 OR",
            "冬捕^0.5 OR 党建",
        )
        if not query.endswith(" OR")
    ),
    "fields": tuple(
        (query, {})
        for query in (
            "headline:党建",
            "标题:冬捕",
            "body:党建",
            "authors:刘慧",
            "headline:党建 body:社区",
            "-headline:党建 党建",
            "subtitle:网格",
            "sections:治理",
            "byline:刘慧",
            "page:A05",
            "page:A05 党建",
            "id:a1",
            "kind:brief",
            "column:今日关注",
            "date:2024-08",
            "date:2024-08.. 党建",
            "date:..2023",
            "党建 -date:2024",
            "date:2024-08-09 OR date:2023",
        )
    ),
    "open": tuple(
        (query, {})
        for query in (
            "wi*",
            "*fi",
            "c9*",
            "*919",
            "党*领",
            "党建*",
            "5*",
            "wifj~",
            "党健~",
            "caf*",
            "n*ve",
            "冬补~ 查干湖",
            "headline:c9*",
        )
    ),
    "match all": tuple(
        (query, {"match": "all"})
        for query in (
            "党建 引领",
            "党建引领 社区",
            "查干湖 火星",
            "什么 是 党建",
            "党建引领基层治理网格服务居民",
            "",
        )
    ),
    "match any": tuple(
        (query, {"match": "any"})
        for query in (
            "党建引领基层治理",
            "什么是党建引领？",
            "查干湖在哪里",
            "C919 首飞",
            "党建 OR 引领",
            "(((",
            "的",
            "火星",
            "！！",
            "",
            "今年第二十四届冬捕节什么时候开网，有多少渔民参加？",
            "图书馆的wifi密码",
            "老旧小区改造 物业 服务 居民",
        )
    ),
    "questions": tuple(
        (query, {})
        for query in (
            "什么是党建引领",
            "冬捕节在哪里举行",
            "党建引领基层治理的社区在哪里",
            "谁报道了大飞机首飞",
            "查干湖 冬捕 渔民 开网 火星",
            "城市更新和老旧小区改造的物业服务",
            "人工智能机器人在农业丰收的合作社",
            "社区的网格员为什么服务居民",
        )
    ),
    "exact": tuple(
        (query, {"exact": True})
        for query in (
            "黨建",
            "党建",
            "二十四届",
            "第24届",
            "wi fi",
            "Wi-Fi",
            '"党建引领"',
            "臺灣",
            "台湾",
            "党建 引领",
        )
    ),
    "equivalences": tuple(
        (query, {"equivalences": kinds})
        for query in ("二十四届", "黨建", "wifi", "三分之一", "24届 冬捕", "Wi-Fi密码")
        for kinds in ([], ["script"], ["numbers"], ["latin"], ["script", "numbers"])
    ),
    "filters": tuple((query, options) for query in ("党建", "") for options in _FILTERS),
    "order": tuple(
        (query, {"sort": sort})
        for query in ("党建", "", "党建 冬捕")
        for sort in ("newest", "oldest", "extra.stars", "-extra.stars")
    ),
    "weights": tuple(
        (query, {"boosts": boosts})
        for query in ("党建 引领", "党建引领基层治理网格服务", "冬捕")
        for boosts in ({"headline": 0}, {"headline": 8.0, "body": 0.5}, {"body": 0}, {"subtitle": 9.5})
    ),
    "pages": tuple(
        (query, {"limit": limit, "offset": offset})
        for query in ("党建", "党建引领基层治理网格服务居民", "")
        for limit, offset in ((3, 0), (3, 2), (5, 60), (0, 0), (None, 4), (1, 1000))
    ),
    "facets": tuple(
        (query, {"facets": facets, **more})
        for query in ("党建", "")
        for facets, more in (
            (["authors", "month"], {}),
            ({"authors": 1, "extra.stars": None}, {}),
            (["page"], {"where": {"page": "A05"}}),
            (["page", "year"], {"where": {"page": "A05"}, "since": "2024", "own_filters": False}),
            (["extra.tags", "kind"], {"until": "2024-08"}),
        )
    ),
    "reprints": tuple(
        (query, {"group": "reprints", **more})
        for query in ("冬捕", "党建", "")
        for more in ({}, {"limit": 2, "offset": 1})
    ),
}
"""By kind; every query with the options of `search`."""


def drawn(count: int = 240) -> list[Asked]:
    """Return queries made of what the articles are made of, with options, the same in every run."""
    draw = random.Random(_SEED)
    lengths = [1, 1, 2, 2, 3, 5]
    return [
        (" ".join(_clause(draw) for _ in range(draw.choice(lengths))), _options(draw)) for _ in range(count)
    ]


def _word(draw: random.Random) -> str:
    return "".join(draw.choices(words(), k=draw.choice([1, 1, 1, 2])))


def _clause(draw: random.Random) -> str:
    simple = words()[:40]
    made = [
        searchlib.quote("".join(draw.choices(words(), k=2))),
        f"-{_word(draw)}",
        f"{draw.choice(['headline', 'body', 'authors'])}:{draw.choice(simple)}",
        f"({_word(draw)} OR {_word(draw)})",
        f"{draw.choice(simple)} NEAR/{draw.choice(['2', '9', 's', 'p'])} {draw.choice(simple)}",
        *(_word(draw) for _ in range(3)),
    ]
    return draw.choice(made)


def _options(draw: random.Random) -> dict[str, Any]:
    every: list[tuple[float, str, list[Any]]] = [
        (0.2, "match", ["all", "any"]),
        (0.15, "since", ["2023", "2024-08", "2024-08-31"]),
        (0.1, "exact", [True]),
        (0.1, "sort", ["newest", "oldest"]),
        (0.1, "where", [{"authors": "刘慧"}]),
    ]
    return {name: draw.choice(values) for share, name, values in every if draw.random() < share}
