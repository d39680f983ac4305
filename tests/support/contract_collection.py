"""The articles of the contract suite: made up, some by hand and some drawn, the same in every run."""

from __future__ import annotations

import random
from typing import Any

from searchlib import Article

_SEED = 20261129
_WORDS = """
党建 引领 基层 治理 社区 网格 服务 居民 查干湖 冬捕 渔民 开网 长春 青岛 港口 航线
图书馆 阅读 农业 丰收 合作社 机器人 人工智能 5G 网络 安全 会议 代表 委员 建议 城市
更新 改造 老旧 小区 物业 第24届 二十四届 19家 企业 投资 9.09% 增长 8月9日
上午 记者 刘慧 报道 的 了 在 和 是 Wi-Fi 设备 C919 飞机 首飞 黨建 臺灣
綠色 發展
"""
_MARKS = ["，", "。", "、", "；", "：", "\n", "", "", ""]
_DATES = [None, "2023-12-31", "2024-08-09", "2024-08-31", "2024-09-01", "2024-08", "--08-09"]

_REPRINT = (
    "查干湖冬捕昨日清晨开网，数千名游客来到湖边。渔把头带着渔工凿开冰面，布下大网，马拉绞盘缓缓转动，"
    "第一网出鱼十万斤。当地文化旅游部门介绍，今年冬捕节为期两个月，节庆期间还有冰雪运动会、民俗表演和摄影大赛。"
)

BY_HAND: tuple[dict[str, Any], ...] = (
    {
        "id": "a1",
        "headline": "党建引领基层治理",
        "body": "社区党建引领基层治理，网格员进家门。",
        "date": "2024-08-09",
    },
    {"id": "a2", "headline": "黨建引領", "body": "臺灣的記者報道，發展綠色農業。", "date": "2024-08-31"},
    {
        "id": "a3",
        "headline": "第24届冬捕节",
        "body": "二十四届冬捕节在查干湖举行，5G直播。",
        "date": "2023-12-31",
    },
    {
        "id": "a4",
        "headline": "无线网络",
        "body": "图书馆有Wi-Fi，wifi 速度快。WiFi密码在门口。",
        "authors": ["刘慧"],
    },
    {
        "id": "a5",
        "headline": "大飞机",
        "body": "C919首飞成功，919架订单。增长9.09%，不是89.09%。",
        "page": "A05",
    },
    {
        "id": "a6",
        "headline": "青岛港",
        "body": "青岛港新增航线。青 岛 港 的 集 装 箱。",
        "authors": ["王强", "刘慧"],
    },
    {
        "id": "a7",
        "headline": "数字",
        "body": "12月18日，19家企业投资；8月9日上午三分之一到场。",
        "kind": "brief",
    },
    {"id": "a8", "headline": "冬捕", "body": _REPRINT, "date": "2024-01-02", "publication": "松原日报"},
    {"id": "a9", "headline": "冬捕开网", "body": _REPRINT + "（记者 张三）", "date": "2024-01-01"},
    {
        "id": "b1",
        "headline": "头条",
        "body": "首段。\n党建\n引领。",
        "extra": {"stars": 5, "tags": ["民航", "机场"]},
    },
    {"id": "b2", "headline": "副题", "subtitle": "网格服务居民", "body": "城市更新。", "extra": {"stars": 3}},
    {
        "id": "b3",
        "headline": "栏目",
        "column": "今日关注",
        "sections": ["治理", "服务"],
        "body": "老旧小区改造。",
    },
    {"id": "b4", "headline": "", "body": "没有标题的消息：农业丰收，合作社分红。", "byline": "本报记者 刘慧"},
    {
        "id": "b5",
        "headline": "“智慧”图书馆",
        "body": "《阅读》周刊：“阅读，是一种生活方式。”",
        "dateline": "本报长春讯",
    },
    {
        "id": "b6",
        "headline": "OCR",
        "body": "基层冶理有问题。党健引领。",
        "extra": {"stars": "4", "tags": "首都 机场"},
    },
    {"id": "b7", "headline": "空", "body": ""},
    {"id": "b8", "headline": "表情𠮷", "body": "𠮷野家在长春开业。カタログ，한국어，naïve café。"},
)


def collection() -> list[Article]:
    """Return all articles: those by hand, then eighty that are drawn."""
    draw = random.Random(_SEED)

    def text(length: int) -> str:
        return "".join(draw.choice(words()) + draw.choice(_MARKS) for _ in range(length))

    drawn = [
        Article(
            id=f"d{number:02d}",
            headline=text(draw.randint(0, 5)),
            body=text(draw.randint(1, 60)),
            subtitle=text(3) if draw.random() < 0.2 else "",
            authors=tuple(draw.sample(["刘慧", "王强", "张三"], draw.randint(0, 2))),
            date=draw.choice(_DATES),
            page=draw.choice(["", "A01", "A05"]),
            extra={"stars": draw.choice([1, 2.5, "五", True])} if draw.random() < 0.3 else {},
        )
        for number in range(80)
    ]
    return [*map(Article.from_mapping, BY_HAND), *drawn]


def words() -> list[str]:
    """Return what the drawn texts are made of."""
    return _WORDS.split()
