"""An archive that is served, asked without a socket by Starlette's client."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import searchlib
from searchlib import Index

testclient = pytest.importorskip("starlette.testclient", reason="the extra web is not installed")
pytest.importorskip("jinja2", reason="the extra web is not installed")

HOSTILE = "<script>alert(1)</script>\"'&]]>\u202e"

ARTICLES: list[dict[str, Any]] = [
    {
        "id": "a1",
        "headline": "查干湖冬捕节开幕",
        "subtitle": "头鱼拍出高价",
        "body": "12月28日，查干湖冬捕节开幕。\n头鱼拍出高价，党建引领渔民合作社增收。",
        "authors": ["刘慧", "李明"],
        "date": "2023-12-29",
        "publication": "松原日报",
        "page": "A01",
        "stars": 3,
    },
    {
        "id": "a/2#?&+ 党",
        "headline": "党建引领基层治理",
        "body": "党建引领聚合力，乡村振兴谱新篇。会议在青岛召开。",
        "authors": ["王芳"],
        "date": "2024-08-09",
        "publication": "青岛日报",
    },
    {
        "id": "a3",
        "headline": "农业丰收",
        "body": "今年农业丰收。",
        "date": "2024-08",
        "publication": "松原日报",
    },
    {
        "id": "x",
        "headline": HOSTILE,
        "body": f"党建{HOSTILE}",
        "authors": [HOSTILE],
        "publication": HOSTILE,
        "date": "2024-02-01",
        "source": "../../etc/passwd",
        "spans": [[0, 5]],
        "extra": {HOSTILE: HOSTILE},
    },
    {"id": "f", "headline": "=HYPERLINK(1)", "body": "党建公式", "date": "2024-03-01"},
    *(
        {
            "id": f"n{n}",
            "headline": f"第{n}期会议",
            "body": f"党建会议第{n}号。" * 5,
            "date": f"{2020 + n % 5}-{n % 12 + 1:02}-{n % 28 + 1:02}",
            "publication": f"报{n % 11}",
            "authors": [f"作者{n}"],
        }
        for n in range(60)
    ),
]

MakeClient = Callable[..., Any]


@pytest.fixture(scope="session")
def served_index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """An index of some sixty articles, one of them hostile; tests only read it."""
    index = searchlib.open(tmp_path_factory.mktemp("served") / "archive.idx")
    index.add(ARTICLES)
    return index


def client_of(index: Index, **options: Any) -> Any:
    """Return a client of an index that is served."""
    from searchlib.web import app  # noqa: PLC0415 (an extra)

    return testclient.TestClient(app(index, **options), base_url="http://localhost", follow_redirects=False)


@pytest.fixture(scope="session")
def client(served_index: Index) -> Any:
    """A client that accepts English."""
    found = client_of(served_index, title="Archive")
    found.headers["accept-language"] = "en"
    return found


@pytest.fixture(scope="session")
def page_client(corpus_index: Index, corpus_folder: Path) -> Any:
    """A client of the corpus, whose pages may be read."""
    return client_of(corpus_index, pages=[corpus_folder])


@pytest.fixture(scope="session")
def search() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command in a folder and return what it did."""

    def run(*args: object, cwd: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "searchlib", *map(str, args)],
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    return run
