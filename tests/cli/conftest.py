"""The command on a tiny archive."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from command_server import Commands

Search = Callable[..., "subprocess.CompletedProcess[str]"]

RECORDS: list[dict[str, object]] = [
    {
        "id": "a1",
        "headline": "查干湖冬捕节开幕",
        "body": "12月28日，查干湖冬捕节开幕。\n头鱼拍出高价，党建引领渔民合作社增收。",
        "authors": ["刘慧", "李明"],
        "date": "2023-12-29",
        "publication": "松原日报",
        "stars": 3,
    },
    {
        "id": "a2",
        "headline": "党建引领基层治理",
        "body": "党建引领聚合力，乡村振兴谱新篇。会议在青岛召开。",
        "authors": ["王芳"],
        "date": "2024-08-09",
        "publication": "青岛日报",
    },
    {
        "id": "a3",
        "headline": "农业丰收",
        "body": "今年农业丰收，合作社的土豆卖到了U谷。",
        "date": "2024-08",
        "publication": "松原日报",
    },
]


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """The environment without what steers the command."""
    steering = {"SEARCH_INDEX", "NO_COLOR", "FORCE_COLOR", "PYTHONIOENCODING", "PYTHONUTF8", "PAGER"}
    steering |= {"COLUMNS", "LINES"}
    kept = {name: value for name, value in os.environ.items() if name not in steering}
    return kept | {"LC_ALL": "C.UTF-8"}  # messages in English


@pytest.fixture(scope="session")
def search(environment: dict[str, str]) -> Iterator[Search]:
    """Run the command in a folder, by default nowhere near an index, and return what it did."""
    commands = Commands()

    def run(*args: object, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
        return commands.run(list(map(str, args)), cwd=cwd, env=environment, more=more)

    yield run
    commands.close()


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder with three articles in a file, and no index."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    write_records(folder / "articles.jsonl", RECORDS)
    return folder


@pytest.fixture(scope="session")
def archive(search: Search, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an indexed file; tests only read it."""
    folder = tmp_path_factory.mktemp("archive")
    write_records(folder / "articles.jsonl", RECORDS)
    done = search("index", "articles.jsonl", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


def write_records(path: Path, records: list[dict[str, object]]) -> None:
    """Write records one a line."""
    lines = (json.dumps(record, ensure_ascii=False) for record in records)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
