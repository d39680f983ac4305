"""Sheets of a paper as designers make them: rows of articles, each with columns of its own."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from searchlib import Article
from searchlib.ingest.layout import page_of_lines
from searchlib.ingest.reading_order import SetLine
from searchlib.pages import split_blocks

SHEET = {0: (595.0, 842.0)}
MASTHEAD = "柳溪日报　2024年3月5日 星期二　第1版"
HEADS = ("柳溪春茶抢鲜上市", "河湾社区书屋亮灯", "北桥加固完工通车", "老街店铺重新开门")
TEXTS = (
    "柳溪镇春茶进入采摘旺季，镇里组织二百名工人分批下地，预计月底前采完第一茬，抢鲜上市的春茶已经卖到外省。",
    "河湾社区新建的书屋昨晚亮灯开放到九点，孩子们放学后可以来这里写作业，书屋里有三千多册居民捐来的旧书。",
    "经过四个月的施工，北桥加固工程昨天完工，公交车重新从桥上通车，桥面加宽了一米，两侧新装了护栏和路灯。",
    "老街改造之后三十六家店铺重新开门，第一天就来了不少老主顾，街口的修鞋摊也搬了回来，店铺都换上木招牌。",
)
MORE = (
    "天亮以前茶垄间已经站满了背着竹篓的人，镇农技站的站长说，今年气温回升得快，开采比去年提前了整整五天时间。",
    "居委会每周安排两位退休教师值班，陪孩子们看书，周末还要请人来讲镇上的老故事，报名的家长排到了门外面去。",
    "工程队的负责人说，施工避开了早晚高峰，夜里浇筑，白天养护，没有让两岸的居民绕过一天的远路，也没有停过水。",
    "商会准备在端午节办一次夜市，路灯要换成暖色的，车辆夜里不再进来，附近的停车场会多开放两百个车位给客人。",
)
SIZE = 9.0
STEP = 13.5


def _line(text: str, left: float, top: float, size: float = SIZE) -> SetLine:
    right = left + len(text) * size
    return SetLine(text.strip(), left + (len(text) - len(text.lstrip())) * size, top, right, top + size, size)


def _flow(text: str, columns: Sequence[tuple[float, float, float, float]]) -> list[SetLine]:
    """Set a text into columns, each with its left edge, width, top and bottom."""
    lines: list[SetLine] = []
    rest = "\u3000\u3000" + text
    for left, width, top, bottom in columns:
        chars = int(width // SIZE)
        for row in range(int((bottom - top - SIZE) // STEP) + 1):
            lines += [_line(rest[:chars], left, top + row * STEP)] if rest else []
            rest = rest[chars:]
    assert not rest
    return lines


def _split(lines: Sequence[SetLine]) -> list[Article]:
    return list(split_blocks(page_of_lines(lines, SHEET), source="").articles)


def _three(top: float) -> list[tuple[float, float, float, float]]:
    return [(left, 160, top, top + 42) for left in (40, 217, 394)]


@pytest.mark.parametrize("opening", ["本报讯　", ""])
def test_rows_of_articles_have_columns_of_their_own(opening: str) -> None:
    """Three below one headline, then two articles side by side in two columns each, then three again."""
    texts = [text + more for text, more in zip(TEXTS, MORE, strict=True)]
    lines = [_line(MASTHEAD, 40, 20, 8), _line(HEADS[0], 40, 60, 24), *_flow(opening + texts[0], _three(100))]
    for head, text, left in zip(HEADS[1:3], texts[1:3], (40, 310), strict=True):
        lines += [_line(head, left, 260, 15)]
        lines += _flow(opening + text, [(left, 117, 285, 340), (left + 127, 117, 285, 350)])
    lines += [_line(HEADS[3], 40, 470, 18), *_flow(opening + texts[3], _three(505))]
    articles = _split(lines)
    found = [(a.headline, a.body.replace("\n", "")) for a in articles]  # a sentence may end with its column
    assert found == list(zip(HEADS, texts, strict=True))
    assert {a.date for a in articles} == {"2024-03-05"}


def test_a_head_over_columns_is_no_part_of_the_one_above_it() -> None:
    """A headline as wide as one column, over three, below three of another, one of them with a picture."""
    columns = [(40.0, 160.0, 100.0, 160.0), (217.0, 160.0, 130.0, 160.0), (394.0, 160.0, 100.0, 160.0)]
    lines = [
        _line(MASTHEAD, 40, 20, 8),
        _line(HEADS[0], 40, 60, 20),
        *_flow(f"本报讯　{TEXTS[0]}{MORE[0]}", columns),
    ]
    lines += [_line(HEADS[1], 40, 260, 20), *_flow(f"本报讯　{TEXTS[1]}{MORE[1]}", _three(295))]
    articles = _split(lines)
    assert [(a.headline, a.body) for a in articles] == [
        (HEADS[0], TEXTS[0] + MORE[0]),
        (HEADS[1], TEXTS[1] + MORE[1]),
    ]


@pytest.mark.parametrize("byline", ["□ 记者 周小禾", ""])
@pytest.mark.parametrize("white", [12.0, 4.0])
def test_a_deck_over_columns_begins_an_article(byline: str, white: float) -> None:
    """Overline, headline and subtitle, with who wrote beside them or not, close to the text or not."""
    lines = [_line(MASTHEAD, 40, 20, 8)]
    for row, (head, text, more) in enumerate(zip(HEADS[:2], TEXTS, MORE, strict=False)):
        top = 60.0 + row * 200
        lines += [_line("乡里乡亲的新鲜事", 40, top, 12), _line(head, 40, top + 20, 24)]
        lines.append(_line("——记者昨天在现场看到", 40, top + 52, 12))
        lines += [_line(byline, 250, top + 66)] if byline else []
        lines += _flow(text + more, _three(top + (75 if byline else 64) + white))
    articles = _split(lines)
    assert [(a.overline, a.headline, a.body.replace("\n", "")) for a in articles] == [
        ("乡里乡亲的新鲜事", head, text + more)
        for head, text, more in zip(HEADS[:2], TEXTS, MORE, strict=False)
    ]
    assert {a.authors for a in articles} == {("周小禾",) if byline else ()}


def test_columns_of_one_width_are_read_one_after_another() -> None:
    """Whites from side to side by chance cut nothing: in both columns an article ends at the same height."""
    lines = [_line(MASTHEAD, 40, 20, 8)]
    for column, left in enumerate((40.0, 310.0)):
        for row, top in enumerate((60.0, 300.0)):
            head, text = HEADS[2 * column + row], TEXTS[2 * column + row]
            lines += _flow(f"本报讯　{text}", [(left, 245, top + 30, top + 200)])
            lines.append(_line(head, left, top, 9 if column else 9.5))
    assert {a.body for a in _split(lines)} <= set(TEXTS)


def test_an_office_in_brackets_signs_alone_on_a_line() -> None:
    """（教务处） closes an article, （教育部） inside a text does not."""
    lines = [_line(MASTHEAD, 40, 20, 8)]
    for row, (head, text) in enumerate(zip(HEADS[:2], TEXTS, strict=False)):
        lines += [
            _line(head, 40, 60 + row * 200, 16),
            *_flow(text, [(40, 245, 90 + row * 200, 190 + row * 200)]),
        ]
        lines.append(_line("（教务处）", 58, 190 + row * 200))
    assert [(a.headline, a.body, a.authors) for a in _split(lines)] == [
        (head, text, ("教务处",)) for head, text in zip(HEADS[:2], TEXTS, strict=False)
    ]
