"""
What does the loss of a node cost? Of three real nodes a data node, then the elected manager is killed.

    python tests/benchmarks/killing.py docs.jsonl [--articles 3000] [--threads 8] [--seconds 12]

While threads search and compare each answer with that before any node was killed, and again while articles
are put in as well. A row a kill: answers, those that were wrong, errors, the longest wait, seconds until the
cluster was green again; behind it whether every article is there. The command ends with 1 when anything
was wrong or lost.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path[:0] = [
        str(Path(__file__).parents[1] / room) for room in ("", "support")
    ]  # benchmarks and cluster, as in the tests

from cluster import Nodes, NoNodesHereError, client_of, started

import searchlib
from benchmarks import workload
from benchmarks.records import prepare, read
from searchlib import Article, Index

_ADDED_AT_ONCE = 50
_SHOWN = 5

Answer = tuple[int, list[str]]


@dataclass
class Watched:
    """What several threads saw."""

    done: int = 0
    wrong: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    longest_s: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def see(self, what: str, act: Callable[[], bool]) -> None:
        """Do something once, and take down whether it was right and how long it took."""
        start = time.monotonic()
        try:
            is_right, error = act(), ""
        except Exception as caught:  # noqa: BLE001 (each is counted and shown)
            is_right, error = True, f"{what}: {type(caught).__name__}: {caught}"
        took_s = time.monotonic() - start
        with self.lock:
            self.done += 1
            self.longest_s = max(self.longest_s, took_s)
            if error:
                self.errors.append(error)
            elif not is_right:
                self.wrong.append(what)


def answer(index: Index, query: str) -> Answer:
    """Return the total and the ids of the first page."""
    found = index.search(query, match="all", snippets=0)
    return found.total, [hit.id for hit in found]


def manager_of(index: Index) -> int:
    """Return the number of the node that is the elected manager."""
    told = client_of(index).ask("GET", "/_cat/cluster_manager", params={"format": "json"})
    (row,) = told["answer"]
    return int(row["node"].removeprefix("n"))


class Trial:
    """Three nodes and an index on them, which answered everything before a node was killed."""

    def __init__(self, nodes: Nodes, articles: Sequence[Article], queries: Sequence[str]) -> None:
        self._nodes = nodes
        self._articles = articles
        address = f"opensearch://{nodes.addresses}"
        self._searched = searchlib.open(f"{address}/searched?shards=2&replicas=1")
        self._written = searchlib.open(f"{address}/written?shards=2&replicas=1")
        self._searched.add(articles)
        self._right = {query: answer(self._searched, query) for query in queries}

    def run(self, *, kills_manager: bool, writes: bool, threads: int, seconds: float) -> dict[str, Any]:
        """Search from several threads, kill a node after a third of the time, and start it again."""
        ends = threading.Event()
        seen, put = Watched(), Watched()
        running = [
            threading.Thread(target=self._search, args=(seen, ends, number)) for number in range(threads)
        ]
        if writes:
            running.append(threading.Thread(target=self._write, args=(put, ends)))
        for thread in running:
            thread.start()
        time.sleep(seconds / 3)
        manager = manager_of(self._searched)
        victim = manager if kills_manager else manager % 3 + 1
        self._nodes.kill(victim)
        time.sleep(2 * seconds / 3)
        start = time.monotonic()
        self._nodes.start_again(victim)
        green_s = time.monotonic() - start
        ends.set()
        for thread in running:
            thread.join()
        row: dict[str, Any] = {
            "killed": "the elected manager" if kills_manager else "a data node",
            "answers": seen.done,
            "wrong": len(seen.wrong),
            "errors": len(seen.errors),
            "longest_s": round(seen.longest_s, 1),
            "green_s": round(green_s, 1),
            "shown": (seen.wrong + seen.errors + put.wrong + put.errors)[:_SHOWN],
        }
        if writes:
            there = {article.id for article in self._written}
            wanted = {article.id for article in self._articles[: put.done * _ADDED_AT_ONCE]}
            row["written"] = {
                "articles": len(wanted),
                "lost": len(wanted - there),
                "errors": len(put.errors),
                "longest_s": round(put.longest_s, 1),
            }
            self._written.delete(there)
        return row

    def _search(self, seen: Watched, ends: threading.Event, number: int) -> None:
        queries = list(self._right)
        place = number * len(queries) // 8
        while not ends.is_set():
            query = queries[place % len(queries)]
            seen.see(query, partial(self._is_right, query))
            place += 1

    def _write(self, put: Watched, ends: threading.Event) -> None:
        articles = iter(self._articles)
        while not ends.is_set() and (some := list(islice(articles, _ADDED_AT_ONCE))):
            put.see("add", partial(self._is_added, some))

    def _is_right(self, query: str) -> bool:
        return answer(self._searched, query) == self._right[query]

    def _is_added(self, articles: Sequence[Article]) -> bool:
        return self._written.add(articles).added == len(articles)

    def close(self) -> None:
        """Give the connections back."""
        self._searched.close()
        self._written.close()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("docs", type=Path)
    parser.add_argument("--articles", type=int, default=3000)
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=12.0)
    options = parser.parse_args(arguments)
    code = 0
    with tempfile.TemporaryDirectory(prefix="killing-") as name:
        place = Path(name)
        prepare(options.docs, place / "records.jsonl", options.articles)
        articles = [
            Article(id=one.id, headline=one.title, body=one.body) for one in read(place / "records.jsonl")
        ]
        drawn = workload.draw(place / "records.jsonl", 20, seed=20).queries
        queries = [query for kind in ("word", "two_words", "phrase") for query in drawn[kind]]
        try:
            with started(3) as nodes:
                trial = Trial(nodes, articles, queries)
                for writes in (False, True):
                    for kills_manager in (False, True):
                        row = trial.run(
                            kills_manager=kills_manager,
                            writes=writes,
                            threads=options.threads,
                            seconds=options.seconds,
                        )
                        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
                        sys.stdout.flush()
                        lost = row.get("written", {"lost": 0, "errors": 0})
                        code |= any((row["wrong"], row["errors"], lost["lost"], lost["errors"]))
                trial.close()
        except NoNodesHereError as error:
            parser.error(f"no nodes here: {error}")
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
