"""
An index on a cluster beside one in a folder, in one run: indexing, queries of each kind, disk.

    python tests/benchmarks/beside_cluster.py docs.jsonl [--nodes 3] [--articles 5000] [--queries 50]

It starts real nodes, as the tests do. Each kind of query is asked of both in turn, by 1 client and by 8, who
share one index as threads do. On a machine that does other things too only what stands in one row is
to be compared. `OPENSEARCH_HEAP` and `OPENSEARCH_TIER=4` are for the nodes.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [
        str(Path(__file__).parents[1] / room) for room in ("", "support")
    ]  # benchmarks and cluster, as in the tests

from cluster import Nodes, NoNodesHereError, client_of, started

import searchlib
from benchmarks import tables, workload
from benchmarks.records import prepare, read
from benchmarks.serving import processor_s
from searchlib import Article, Index
from searchlib.workers.crew import VARIABLE

CLIENTS = (1, 8)
ASKED = ("word", "sentence", "phrase", "snippets")

Row = list[str]


def own_processor_s() -> float:
    """Return the seconds of processor that this process and those that it started have used."""
    others = os.times()
    return time.process_time() + others.children_user + others.children_system


def row(name: str, figures: Sequence[float]) -> Row:
    """Return a row: a figure of each, and their ratio."""
    here, there = figures
    return [name, *map(tables.figure, (here, there, there / here))]


class Filled:
    """A new index with the articles, and what it took to fill it."""

    def __init__(self, open_index: Callable[[], Index], articles: Sequence[Article], processes: int) -> None:
        before = os.environ.get(VARIABLE)
        os.environ[VARIABLE] = str(processes)
        self.index = open_index()
        start, used_s = time.perf_counter(), own_processor_s()
        self.index.add(articles)
        self.took_s = time.perf_counter() - start
        self.used_ms = 1000 * (own_processor_s() - used_s) / len(articles)
        del os.environ[VARIABLE]
        if before is not None:
            os.environ[VARIABLE] = before


def asked(index: Index, kind: str, queries: Sequence[str], clients: int) -> list[float]:
    """Return the milliseconds of each query, asked once by some client."""
    times: list[float] = []
    waiting = iter(queries)
    lock = threading.Lock()

    def ask() -> None:
        while True:
            with lock:
                query = next(waiting, None)
            if query is None:
                return
            start = time.perf_counter()
            text = searchlib.quote(query) if kind == "phrase" else query
            for hit in index.search(text, snippets=3 if kind == "snippets" else 0):
                len(hit.snippets)
            times.append(1000 * (time.perf_counter() - start))

    threads = [threading.Thread(target=ask) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def disk_bytes(index: Index) -> int:
    """Return what one copy of all articles takes."""
    if index._backend.folder is not None:
        return sum(file.stat().st_size for file in index._backend.folder.rglob("*") if file.is_file())
    client = client_of(index)
    client.ask("POST", f"/{client.address.index}/_flush")
    told = client.ask("GET", f"/{client.address.index}/_stats/store")
    return int(told["_all"]["primaries"]["store"]["size_in_bytes"])


def rows(here: Index, there: Index, drawn: workload.Workload, number: int) -> Iterator[Row]:
    """Yield rows of each kind of query: medians in milliseconds, and the processor of one client."""
    for kind in ASKED:
        warming, every = drawn.queries[kind][: workload.WARM_UP], drawn.queries[kind][workload.WARM_UP :]
        name = workload.KINDS[kind]
        for clients in CLIENTS:
            medians, used = [], []
            for index in (here, there):
                asked(index, kind, warming, clients)
                before_s = own_processor_s()
                medians.append(statistics.median(asked(index, kind, every[:number], clients)))
                used.append(1000 * (own_processor_s() - before_s) / number)
            yield row(f"{name}, {clients} client{'s' * (clients > 1)}, ms p50", medians)
            if clients == 1:
                yield row(f"{name}, CPU of the client, ms", used)


def measure(
    articles: Sequence[Article], drawn: workload.Workload, number: int, nodes: Nodes
) -> Iterator[Row]:
    """Yield the rows of the table."""
    text_bytes = sum(len(article.headline.encode()) + len(article.body.encode()) for article in articles)
    with tempfile.TemporaryDirectory(prefix="beside-cluster-") as name:
        for processes in (1, 2):
            url = f"opensearch://{nodes.addresses}/beside-{processes}?shards=2&replicas=1"
            here = Filled(partial(searchlib.open, Path(name) / f"{processes}.idx"), articles, processes)
            before_s = sum(map(processor_s, nodes.pids))
            there = Filled(partial(searchlib.open, url), articles, processes)
            used_ms = 1000 * (sum(map(processor_s, nodes.pids)) - before_s) / len(articles)
            what = f"indexing by {processes} process{'es' * (processes > 1)}"
            yield row(f"{what}, MB/s", [text_bytes / one.took_s / 1e6 for one in (here, there)])
            yield row(f"{what}, CPU of the client, ms an article", [here.used_ms, there.used_ms])
            yield [f"{what}, CPU of the nodes, ms an article, two copies", "", tables.figure(used_ms), ""]
        yield from rows(here.index, there.index, drawn, number)
        sizes = [disk_bytes(one.index) / text_bytes for one in (here, there)]
        yield row("disk ÷ text, one copy", sizes)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("docs", type=Path)
    parser.add_argument("--nodes", type=int, default=3)
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--queries", type=int, default=50)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="beside-cluster-") as name:
        records = Path(name) / "records.jsonl"
        prepare(options.docs, records, options.articles)
        articles = [Article(id=one.id, headline=one.title, body=one.body) for one in read(records)]
        drawn = workload.draw(records, options.queries, seed=20)
        try:
            with started(options.nodes) as nodes:
                table = list(measure(articles, drawn, options.queries, nodes))
        except NoNodesHereError as error:
            parser.error(f"no nodes here: {error}")
    load = f"{len(articles):,} articles, {options.nodes} nodes, load {os.getloadavg()[0]:.1f} at the end"
    sys.stdout.write(tables.table([load, "in a folder", "on the cluster", "ratio"], table))
    return 0


if __name__ == "__main__":
    sys.exit(main())
