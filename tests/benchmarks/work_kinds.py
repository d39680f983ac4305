"""
What somebody can make large, and an act on it of any size: its work grows with the size, not with its square.

An act is done on a small new index, at a size, at twice it and at four times it. What is
counted are the lines of Python that run, which are the same on a busy machine. What they
grow by from one to the next may double; with the square it is four times as much.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from work import lines_run

import searchlib
from searchlib import CorpusError, QueryError

MOST_GROWTH = 2.6
"""How much more the second step may be than the first; with the square it is 4."""
SLACK = 2500
"""Lines that come and go: caches that are filled, a second file."""

_NEWS = "党建引领基层治理，查干湖冬捕节开幕。的新闻发布会在青岛召开，的确是的。"

Act = Callable[[searchlib.Index, int], object]


def _asked(query: Callable[[int], str], match: str = "auto") -> Act:
    """Return an act that asks a query of some size, its passages and its suggestion."""

    def act(index: searchlib.Index, size: int) -> None:
        with suppress(QueryError):  # refused with its bound is an answer as well
            results = index.search(query(size), match=match)  # type: ignore[arg-type]
            _ = results.total, results.suggestion, [hit.snippets for hit in results]

    return act


def _added(body: Callable[[int], str]) -> Act:
    """Return an act that adds a text of some size, and finds it with its passage."""

    def act(index: searchlib.Index, size: int) -> None:
        index.add([{"id": "large", "body": body(size)}])
        _ = [hit.snippets for hit in index.search("党建")]

    return act


def _synced(name: str, text: Callable[[int], str]) -> Act:
    """Return an act that takes in a file of some size."""

    def act(index: searchlib.Index, size: int) -> None:
        folder = index.path.parent / "texts"
        folder.mkdir()
        (folder / name).write_text(text(size), "utf-8")
        index.sync(folder)

    return act


def _files(index: searchlib.Index, size: int) -> None:
    folder = index.path.parent / "texts"
    folder.mkdir()
    for number in range(size // 10):
        (folder / f"{number}.txt").write_text(f"查干湖{number}", "utf-8")
    index.sync(folder)


def _own(name: str, line: Callable[[int], str]) -> Act:
    """Return an act that searches with own words or synonyms of some size."""

    def act(index: searchlib.Index, size: int) -> None:
        (index.path / name).write_text(line(size), "utf-8")
        index.refresh()
        with searchlib.open(index.path, read_only=True) as reader, suppress(CorpusError):
            _ = reader.search("党建引领").total

    return act


def _numbered(size: int, between: str) -> str:
    return between.join(f"{chr(0x4E00 + number % 9000)}{number}" for number in range(size))


KINDS: dict[str, Act] = {
    "a text without marks": _added(lambda size: "新" * size + "党建" + "新" * size),
    "a text of nothing but places": _added(lambda size: "党建" * size),
    "a text of short sentences": _added(lambda size: "党建。" * size),
    "letters in a row": _added(lambda size: "党建" + "a" * 10 * size),
    "figures in a row": _added(lambda size: "党建" + "9" * 10 * size),
    "different words of letters": _added(lambda size: "党建 " + " ".join(f"word{n}" for n in range(size))),
    "a query of one letter": _asked(lambda size: "a" * size),
    "a query of one character": _asked(lambda size: "党" * size),
    "a word with ~": _asked(lambda size: f"({'abcdefghij' * size})~"),
    "dates": _asked(lambda size: "2024年8月9日" * size),
    "numbers in characters": _asked(lambda size: "二十四届" * size),
    "headline:": _asked(lambda size: "headline:" * size, "any"),
    "Roman numerals": _asked(lambda size: "ⅧⅨ" * size),
    "NEAR of frequent words": _asked(lambda size: " NEAR/1000 ".join(["的"] * size)),
    "brackets": _asked(lambda size: "(党建 OR " * (size // 4) + "党建" + ")" * (size // 4)),
    "brackets deeper than are read": _asked(lambda size: "(党建 OR " * 2 * size),
    "NOT": _asked(lambda size: "-" * size + "党建"),
    "stars": _asked(lambda size: "党*" * size),
    "words.txt": _own("words.txt", lambda size: _numbered(size, "\n")),
    "synonyms.txt, lines": _own(
        "synonyms.txt", lambda size: "".join(f"党{chr(0x4E00 + n)}=引{n}\n" for n in range(size))
    ),
    "synonyms.txt, a long text": _own("synonyms.txt", lambda size: "党建=" + "新" * size),
    "files of a folder": _files,
    "records of a file": _synced(
        "a.jsonl", lambda size: "\n".join(json.dumps({"body": f"党建{n}"}) for n in range(size // 5))
    ),
    "quotes in quotes": _synced("a.md", lambda size: f"# 党建\n\n{_NEWS}\n\n{'>' * size}引领"),
    "lines of quotes": _synced("a.md", lambda size: f"# 党建\n\n{_NEWS}\n\n" + "> 引领\n>\n" * size),
    "lists in lists": _synced("a.md", lambda size: f"# 党建\n\n{_NEWS}\n\n{'- ' * size}引领"),
    "headings": _synced("a.md", lambda size: "# 党建\n\n" + f"## 引领\n\n{_NEWS}\n\n" * (size // 10)),
    "brackets of HTML": _synced("a.html", lambda size: f"<p>{_NEWS}</p>" + "<!--" * size),
    "elements in elements": _synced("a.html", lambda size: "<div>" * size + _NEWS),
    "tables of Markdown": _synced("a.md", lambda size: "# 党建\n\n|a|b|\n|-|-|\n" + "|一|二|\n" * size),
    "page numbers on lines of their own": _synced("a.txt", lambda size: "2\n" * size + _NEWS),
    "mastheads": _synced("a.txt", lambda size: "柳溪日报\n" * size + _NEWS),
    "columns of a table": _synced(
        "a.csv", lambda size: ",".join(f"k{n}" for n in range(size)) + "\n" + "1," * size
    ),
}


class Grown(NamedTuple):
    """The lines that an act ran at a size, at twice it and at four times it."""

    once: int
    twice: int
    four: int

    @property
    def is_linear(self) -> bool:
        """Whether the work grows with the size, or does not grow at all."""
        return self.four - self.twice <= MOST_GROWTH * max(0, self.twice - self.once) + SLACK


def grown(act: Act, size: int) -> Grown:
    """Count the work of an act; what is loaded once has been loaded before."""
    _lines(act, size)
    return Grown(*(_lines(act, times * size) for times in (1, 2, 4)))


def _lines(act: Act, size: int) -> int:
    with TemporaryDirectory() as home, searchlib.open(Path(home) / "x.idx") as index:
        index.add([{"id": f"{n}", "headline": "新闻", "body": _NEWS * (1 + n)} for n in range(5)])
        return lines_run(lambda: act(index, size))
