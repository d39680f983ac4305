"""What is done to an index while the disk fails: each scenario makes an index, and then does one thing."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import searchlib
from searchlib import Article
from searchlib.embedded.store.merge_policy import MAX_SMALL_SEGMENTS

_BODIES = (
    "查干湖冬捕节开幕，头鱼拍出高价。",
    "党建引领基层治理，乡村振兴谱新篇。",
    "今年农业丰收，合作社的土豆卖到了U谷。",
    "湖水上涨，渔民增收。",
    "新闻发布会在青岛召开。",
)


@dataclass(frozen=True)
class Scenario:
    """Makes an index beside the folder `texts`, and does something to it."""

    name: str
    prepare: Callable[[Path], None]
    act: Callable[[searchlib.Index, Path], object]
    """Given the open index and the folder of both."""

    @staticmethod
    def index_in(home: Path) -> Path:
        """Return the index's folder."""
        return home / "x.idx"


def article(number: int, body: str = "") -> Article:
    """Return one of the articles of the scenarios."""
    text = body or _BODIES[number % len(_BODIES)]
    return Article(
        id=f"{number:03d}",
        headline=f"新闻第{number}号",
        body=text * (1 + number % 3),
        date=f"2024-01-{number % 28 + 1:02d}",
    )


def _write(home: Path, name: str, *numbers: int, body: str = "") -> None:
    folder = home / "texts"
    folder.mkdir(exist_ok=True)
    lines = [json.dumps(article(number, body).to_dict(), ensure_ascii=False) for number in numbers]
    (folder / f"{name}.jsonl").write_text("\n".join(lines), "utf-8")


def _nothing(home: Path) -> None:
    _write(home, "a", 1, 2)
    _write(home, "b", 3)


def _commits(count: int) -> Callable[[Path], None]:
    def prepare(home: Path) -> None:
        with searchlib.open(Scenario.index_in(home)) as index:
            for number in range(count):
                index.add([article(3 * number + place) for place in range(3)])

    return prepare


def _synced(home: Path) -> None:
    _nothing(home)
    with searchlib.open(Scenario.index_in(home)) as index:
        index.sync(home / "texts")
        index.add([article(90)])
    _write(home, "a", 1, 2, body="黨建新聞")
    (home / "texts" / "b.jsonl").unlink()
    _write(home, "c", 4, 5)


def _add(index: searchlib.Index, _: Path) -> object:
    return index.add([article(70), article(71), article(1, "改了的新闻。")])


def _delete(index: searchlib.Index, _: Path) -> object:
    return index.delete(["000", "001", "004"])


def _sync(index: searchlib.Index, home: Path) -> object:
    return index.sync(home / "texts")


SCENARIOS = (
    Scenario("first add", _nothing, _add),
    Scenario("add", _commits(2), _add),
    Scenario("delete", _commits(2), _delete),
    Scenario("merge", _commits(MAX_SMALL_SEGMENTS), _add),
    Scenario("first sync", _nothing, _sync),
    Scenario("sync", _synced, _sync),
)
