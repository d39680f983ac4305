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

from cluster import NoNodesHereError, client_of, started

import searchlib
from benchmarks import tables, workload
from benchmarks.records import prepare, read
from searchlib import Article, Index
from searchlib.workers.crew import VARIABLE

CLIENTS = (1, 8)
ASKED = ("word", "sentence", "phrase", "snippets")

Row = list[str]


def processor_s() -> float:
    """Return the seconds of processor that this process and those that it started have used."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def filled(
    open_index: Callable[[], Index], articles: Sequence[Article], processes: int
) -> tuple[Index, float, float]:
    """Return a new index with the articles, the seconds that it took, and those of processor."""
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = str(processes)
    index = open_index()
    start, used = time.perf_counter(), processor_s()
    index.add(articles)
    took, used = time.perf_counter() - start, processor_s() - used
    os.environ.pop(VARIABLE)
    if before is not None:
        os.environ[VARIABLE] = before
    return index, took, used


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
    """Yield a row of each kind of query and number of clients: medians in milliseconds and their ratio."""
    for kind in ASKED:
        every = drawn.queries[kind]
        for clients in CLIENTS:
            medians = []
            for index in (here, there):
                asked(index, kind, every[: workload.WARM_UP], clients)
                medians.append(
                    statistics.median(asked(index, kind, every[workload.WARM_UP :][:number], clients))
                )
            name = f"{workload.KINDS[kind]}, {clients} client{'s' * (clients > 1)}, ms p50"
            yield [name, f"{medians[0]:.1f}", f"{medians[1]:.1f}", f"{medians[1] / medians[0]:.1f}"]


def measure(
    articles: Sequence[Article], drawn: workload.Workload, number: int, addresses: str
) -> Iterator[Row]:
    """Yield the rows of the table."""
    text_bytes = sum(len(article.headline.encode()) + len(article.body.encode()) for article in articles)
    with tempfile.TemporaryDirectory(prefix="beside-cluster-") as name:
        here = there = None
        for processes in (1, 2):
            found = []
            for url in (
                Path(name) / f"{processes}.idx",
                f"opensearch://{addresses}/beside-{processes}?shards=2&replicas=1",
            ):
                index, took_s, used_s = filled(partial(searchlib.open, url), articles, processes)
                found.append((index, text_bytes / took_s / 1e6, 1000 * used_s / len(articles)))
            (here, *figures), (there, *others) = found
            what = f"indexing by {processes} process{'es' * (processes > 1)}"
            yield [f"{what}, MB/s", f"{figures[0]:.2f}", f"{others[0]:.2f}", f"{others[0] / figures[0]:.2f}"]
            name_of_cpu = f"{what}, CPU of the client, ms an article"
            yield [name_of_cpu, f"{figures[1]:.1f}", f"{others[1]:.1f}", f"{others[1] / figures[1]:.1f}"]
        assert here is not None
        assert there is not None
        yield from rows(here, there, drawn, number)
        sizes = [disk_bytes(index) / text_bytes for index in (here, there)]
        yield ["disk ÷ text, one copy", f"{sizes[0]:.2f}", f"{sizes[1]:.2f}", f"{sizes[1] / sizes[0]:.1f}"]


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
                table = list(measure(articles, drawn, options.queries, nodes.addresses))
        except NoNodesHereError as error:
            parser.error(f"no nodes here: {error}")
    load = f"{len(articles):,} articles, {options.nodes} nodes, load {os.getloadavg()[0]:.1f} at the end"
    sys.stdout.write(tables.table([load, "in a folder", "on the cluster", "ratio"], table))
    return 0


if __name__ == "__main__":
    sys.exit(main())
