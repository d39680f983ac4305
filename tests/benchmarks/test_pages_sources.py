"""The scorer of real sources counts what is right, on a source made up here."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from benchmarks import pages_sources

PAGE = """江湾日报 2024年3月5日 星期二 A05

江湾果园开摘
本报讯（记者 赵强）江湾镇果园进入采收旺季，镇里请来三百名短工，预计月底前收完。

东浦食堂开张
本报讯（记者 林志明）东浦社区新开的食堂中午坐满了老人，一荤两素只收八元钱。
"""
RIGHT = {
    "headline": "江湾果园开摘",
    "body": "江湾镇果园进入采收旺季，镇里请来三百名短工，预计月底前收完。",
    "authors": ["赵强"],
    "date": "2024-03-05",
}


def write_source(folder: Path, articles: Sequence[Mapping[str, object]]) -> Path:
    """Write a source of one page with its gold."""
    folder.mkdir()
    (folder / "A05.txt").write_text(PAGE, encoding="utf-8")
    row = {"file": "A05.txt", "articles": articles}
    (folder / "gold.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    return folder


def test_what_is_right_counts_and_what_is_left_out_does_not(tmp_path: Path) -> None:
    """Two headlines of two, one body of one that is given, authors and dates likewise."""
    folder = write_source(tmp_path / "one", [RIGHT, {"headline": "东浦食堂开张"}])
    score = pages_sources.score_source(folder)
    assert (score.figures(), score.misses) == ((1.0, 1.0, 1.0, 1.0), [])


def test_each_kind_of_fault_lowers_its_own_figure(tmp_path: Path) -> None:
    """What is no headline, a wrong author and a wrong date are named with their file."""
    wrong = RIGHT | {"authors": ["钱多"], "date": "2024-03-06"}
    folder = write_source(tmp_path / "one", [wrong, {"headline": "东浦食堂关门", "body": "无"}])
    score = pages_sources.score_source(folder)
    assert score.figures() == (0.5, 0.5, 0.0, 0.0)
    assert [miss.split(": ", 1)[0] for miss in score.misses] == ["A05.txt"] * 4


def test_the_command_prints_a_table_and_fails_below_the_least(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sources are found below a folder; the exit code is 1 where a mean is too low."""
    write_source(tmp_path / "one", [RIGHT, {"headline": "东浦食堂开张"}])
    write_source(tmp_path / "two", [RIGHT, {"headline": "东浦食堂关门"}])
    monkeypatch.setattr("sys.argv", ["pages_sources", str(tmp_path), "--min", "0.9"])
    assert pages_sources.main() == 1
    table = capsys.readouterr().out
    assert "| one | 1 | 2 | 1.000 | 1.000 | 1.000 | 1.000 |" in table
    assert "| mean | 2 | 4 | 0.750 | 1.000 | 1.000 | 1.000 |" in table
