"""
What does a page cost? An index served on this machine: seconds until it is ready, requests, processor, bytes.

    python tests/benchmarks/serving.py INDEX QUERIES.jsonl [--seconds 5]

QUERIES has an object with a `text` a line; six of ten questions are single frequent words, the others the
first twenty characters of a text. The client has the same cores.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import statistics
import subprocess
import sys
import threading
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import searchlib

WORDS = ("中国", "经济", "文化", "教育", "北京", "春节", "体育", "长江", "开幕", "股价", "合作社", "足球")
PATHS = ("/?q=", "/api/search?q=", "/api/suggest?q=")


def say(line: str) -> None:
    """Write a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def questions(file: Path) -> list[str]:
    """Return what is asked, the same each time."""
    texts = [json.loads(line)["text"][:20] for line in file.read_text("utf-8").splitlines()[:60]]
    draw = random.Random(1)
    return [draw.choice(WORDS) if draw.random() < 0.6 else draw.choice(texts) for _ in range(400)]


def processor_s(process: int) -> float:
    """Return the seconds of processor that a process has used (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def asked(
    port: int, path: str, queries: list[str], clients: int, seconds: float
) -> tuple[list[float], list[int]]:
    """Ask from several clients, each on one connection; return the times in milliseconds and the sizes."""
    times: list[float] = []
    sizes: list[int] = []
    ends = time.monotonic() + seconds

    def ask(number: int) -> None:
        connection = HTTPConnection("127.0.0.1", port)
        while time.monotonic() < ends:
            number += 1
            start = time.monotonic()
            connection.request("GET", path + quote(queries[number % len(queries)]))
            content = connection.getresponse().read()
            times.append(1000 * (time.monotonic() - start))
            sizes.append(len(content))

    threads = [threading.Thread(target=ask, args=(37 * n,)) for n in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(times), sorted(sizes)


def main() -> None:
    """Serve, ask, and print a line for each measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("index", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("--seconds", type=float, default=5.0)
    options = parser.parse_args()
    queries = questions(options.queries)
    start = time.monotonic()
    command = [sys.executable, "-m", "searchlib", "serve", "-i", str(options.index), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        port = int(server.stderr.readline().rpartition(":")[2].partition("/")[0])
        say(f"ready after {time.monotonic() - start:.2f} s")
        for path in PATHS:
            for clients in (1, 8):
                before = processor_s(server.pid)
                times, sizes = asked(port, path, queries, clients, options.seconds)
                used = 1000 * (processor_s(server.pid) - before) / len(times)
                slow = times[len(times) * 95 // 100]
                say(
                    f"{path:16} {clients} clients {len(times) / options.seconds:6.0f}/s "
                    f"median {statistics.median(times):6.1f} ms  p95 {slow:6.1f} ms  "
                    f"processor {used:5.1f} ms  "
                    f"{statistics.median(sizes):,.0f} bytes, at most {sizes[-1]:,}"
                )
        connection = HTTPConnection("127.0.0.1", port)
        packed = []
        for query in queries[:100]:
            connection.request("GET", f"/?q={quote(query)}")
            packed.append(len(gzip.compress(connection.getresponse().read(), 5)))
        say(f"a page gzipped: {statistics.median(packed):,.0f} bytes, at most {max(packed):,}")
        server.terminate()
    with searchlib.open(options.index, read_only=True) as index:
        facets = {"publication": 8, "authors": 8, "column": 8, "kind": 8, "month": None}
        used = 0.0
        for query in queries[:150] * 2:
            begun = time.process_time()
            index.search(query, facets=facets, own_filters=False).load()
            used += time.process_time() - begun
        say(f"the search of a page alone: {1000 * used / 300:.1f} ms of processor")


if __name__ == "__main__":
    main()
