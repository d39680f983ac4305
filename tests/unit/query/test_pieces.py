"""A run without spaces and the pieces that may stand apart."""

from __future__ import annotations

import pytest

from searchlib.analysis import Analyzer, clean_text
from searchlib.query.pieces import pieces


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        ("19家企业", ["19家", "企业"]),
        ("8月9日", ["8月9日"]),
        ("1400多个城乡网格", ["1400多个", "城乡", "网格"]),
        ("89.09%的用户", ["89.09%的", "用户"]),
        ("党建引领", ["党建", "引领"]),
        ("2024年8月", ["2024年8月"]),
        ("黨建引領", ["黨建", "引領"]),
        ("党建，农业", ["党建", "农业"]),
        ("湖", ["湖"]),
        ("", []),
    ],
)
def test_pieces(analyzer: Analyzer, run: str, expected: list[str]) -> None:
    """Numbers keep their measure words, dates stay whole, lone characters stay with a neighbour."""
    assert pieces(clean_text(run), analyzer) == expected


def test_no_piece_is_a_single_character_unless_the_run_is(analyzer: Analyzer) -> None:
    """Whatever jieba cuts, a piece says something."""
    for run in ("查干湖冬捕", "艳鑫报道", "前郭尔罗斯", "的农业", "农业的"):
        assert min(map(len, pieces(run, analyzer))) > 1, run
        assert "".join(pieces(run, analyzer)) == run
