"""A run without spaces and the pieces that may stand apart."""

from __future__ import annotations

import pytest

from searchlib.analysis import Analyzer, clean_text
from searchlib.query.pieces import looser_pieces, pieces


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        ("19家企业", ["19家", "企业"]),
        ("8月9日", ["8月9日"]),
        ("1400多个城乡网格", ["1400多个", "城乡", "网格"]),
        ("89.09%的用户", ["89.09%", "用户"]),
        ("马云的演讲", ["马云", "演讲"]),
        ("贾跃亭在美国", ["贾跃亭", "美国"]),
        ("董明珠和雷军的赌约", ["董明珠", "雷军", "赌约"]),
        ("于谦與郭德綱", ["于谦", "郭德綱"]),
        ("王健林的钱", ["王健林", "钱"]),
        ("我的新手机", ["新手机"]),
        ("贾跃亭是谁", ["贾跃亭", "谁"]),
        ("他们会开会吗", ["他们", "开会", "吗"]),
        ("李咏得了什么病", ["李咏得", "什么", "病"]),
        ("房价什么时候跌", ["房价", "什么时候", "跌"]),
        ("华为什么时候上市", ["华为", "什么时候", "上市"]),
        ("華為什麼時候上市", ["華為", "什麼時候", "上市"]),
        ("华为为什么降价", ["华为", "为什么", "降价"]),
        ("为什么时间不够", ["为什么", "时间", "不够"]),
        ("倡议提出几周年", ["倡议", "提出", "几周年"]),
        ("的", ["的"]),
        ("了的", ["了的"]),
        ("着名", ["着名"]),
        ("党建引领", ["党建", "引领"]),
        ("2024年8月", ["2024年8月"]),
        ("黨建引領", ["黨建", "引領"]),
        ("党建，农业", ["党建", "农业"]),
        ("湖", ["湖"]),
        ("", []),
    ],
)
def test_pieces(analyzer: Analyzer, run: str, expected: list[str]) -> None:
    """Numbers keep measure words, dates stay whole, single characters have neighbours, 的 is no piece."""
    assert pieces(clean_text(run), analyzer) == expected


def test_no_piece_is_a_single_character_unless_stop_words_are_around_it(analyzer: Analyzer) -> None:
    """Whatever jieba cuts, a piece says something."""
    for run in ("查干湖冬捕", "艳鑫报道", "前郭尔罗斯"):
        assert min(map(len, pieces(run, analyzer))) > 1, run
        assert "".join(pieces(run, analyzer)) == run
    assert pieces("的农业", analyzer) == pieces("农业的", analyzer) == ["农业"]


@pytest.mark.parametrize(
    ("piece", "parts"),
    [
        ("王思聪花", ["王思聪", "思聪花", "王思", "思聪", "聪花"]),
        ("小区多", ["小区"]),
        ("要熬夜", ["熬夜"]),
        ("农业", []),
        ("唐嫣", []),
        ("19家", []),
        ("gdp", []),
    ],
)
def test_what_a_piece_may_lack(analyzer: Analyzer, piece: str, parts: list[str]) -> None:
    """The longest part comes first, and with each comes the rest."""
    found = looser_pieces(piece, analyzer)
    assert [part for part, _ in found] == parts
    assert all(sorted(part + rest) == sorted(piece) for part, rest in found)
