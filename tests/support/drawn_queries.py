"""Queries of every kind, drawn from articles: what one engine finds another must find."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

from searchlib import Article

FIXED = (
    "",
    "，。",
    "24届",
    "二十四届",
    "1/2",
    "二分之一",
    "2024年8月9日",
    "百分之五十",
    "乾隆",
    "wifi",
    "5g",
    "col*r",
    "hel*",
    "*orld",
    "helo~",
    "2*4",
    "党建引玲~",
    "党*领",
    '"甲乙" NEAR/3 "丙"',
    '"党建" NEAR/s "治理"',
    '"党建" NEAR/p "治理"',
    "date:2024-08 党建",
    "page:A05",
    "党建 -引领",
    "党建 OR 农业",
    "党建^3 农业",
    "headline:党建",
    "body:党建",
    "authors:刘慧",
    "什么 时候 开始 冬捕",
)

SPECIAL = (
    "Wi-Fi 6 用 5 G 和 5G，1/2 与 二分之一；乾隆吃餅乾。黨建引領「基層治理」",
    "一百二十四届 第二十四届 24届 9点30 三十",
    "hello world helo wrld color colour 12.5 1,234.5 2024.8.9 2024-08-09 2024/8/9",
    "王思聪花 王 思聪花，王。思聪花",
    "Café résumé cafe 5 ℃ 5℃ ½杯 3/4 三分之二 2/3",
    "甲" * 300 + "乙" + "a" * 300 + "丙" + "1" * 300,
    "五十 50 % 50% 5 0 百分之五十",
    "甲乙，丙。甲乙\n丙 甲，乙",
)


def special_articles() -> list[Article]:
    """Return articles with all that is written in several ways."""
    return [
        Article(
            id=f"special-{number}",
            headline=text[:30],
            body=f"{text[::-1]}\n{text}",
            authors=(text[:3], "刘慧"),
            date=f"2024-08-{number + 1:02d}" if number % 2 else None,
            page="A05" if number % 3 else "",
            extra={"stars": number * 3, "tags": ["甲", "乙"][: number % 3]},
        )
        for number, text in enumerate(SPECIAL)
    ]


class Drawing:
    """Draws queries and the options to ask them with."""

    def __init__(self, articles: Sequence[Article], seed: int) -> None:
        self._draw = random.Random(seed)
        texts = [text for one in articles for name in ("headline", "body") for text in one.texts(name)]
        self._texts = [text for text in texts if len(text) > 3]
        self._heads = [one.headline for one in articles if len(one.headline) > 3]

    def _part(self, most: int = 8) -> str:
        text = self._draw.choice(self._texts)
        size = self._draw.randint(1, most)
        start = self._draw.randrange(max(1, len(text) - size + 1))
        return text[start : start + size].replace('"', "").replace("\n", " ")

    def _word(self) -> str:
        return "".join(char for char in self._part() if char not in '()"（）“”:： ') or "党"

    def query(self) -> str:
        """Return a query."""
        word, part, draw = self._word, self._part, self._draw
        kinds: list[Callable[[], str]] = [
            lambda: f'"{part()}"',
            lambda: f'"{part()}"',
            word,
            word,
            lambda: f"{word()} {word()}",
            lambda: f"{word()} OR {word()}",
            lambda: f"{word()} -{word()}",
            lambda: f'"{part(3)}" NEAR/{draw.choice([1, 3, 9, "s", "p"])} "{part(3)}"',
            lambda: f"{word()}~",
            lambda: f"{word()}*",
            lambda: f"headline:{word()}",
            lambda: f'body:"{part()}"',
            lambda: draw.choice(self._heads)[: draw.randint(4, 40)],
            lambda: draw.choice(self._heads),
            lambda: draw.choice(FIXED),
        ]
        return draw.choice(kinds)()

    def options(self) -> dict[str, Any]:
        """Return options of a search."""
        draw = self._draw
        found: dict[str, Any] = {"match": draw.choice(["auto", "auto", "all", "any"])}
        if draw.random() < 0.15:
            found["sort"] = draw.choice(["newest", "oldest", "-extra.stars", "extra.stars"])
        if draw.random() < 0.15:
            found["facets"] = ["month", "authors", "kind"]
        if draw.random() < 0.15:
            found["since"] = "2024-08-03"
        if draw.random() < 0.15:
            found["exact"] = True
        if draw.random() < 0.1:
            found["where"] = {"extra.stars": {"gte": 6}}
        if draw.random() < 0.3:
            found["limit"] = draw.choice([3, 30, None])
        if draw.random() < 0.2:
            found["offset"] = draw.choice([1, 5])
        return found
