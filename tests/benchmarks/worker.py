"""One measurement: take a task and its arguments as JSON, print what was measured as JSON."""

from __future__ import annotations

import gc
import json
import statistics
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.engines import load
from benchmarks.records import read
from benchmarks.workload import KINDS, WARM_UP, Workload, draw

_FEW = 20


def build(engine: str, records: str, folder: str, wanted: int | None = None) -> dict[str, Any]:
    """
    Index a file of records and report time, size and peak memory.

    The clock runs from the first byte read to the commit. Imports and
    dictionaries do not count: a few articles are indexed elsewhere before.
    """
    subject = load(engine)
    target = Path(folder)
    subject.build(islice(read(Path(records)), _FEW), target.with_name(f"{target.name}.few"))
    start = time.perf_counter()
    subject.build(read(Path(records), wanted), target)
    seconds = time.perf_counter() - start
    size = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
    return {"seconds": seconds, "size_bytes": size, "peak_bytes": peak_bytes()}


def query(engine: str, folder: str, workload: str) -> dict[str, Any]:
    """Ask every query once, after others for warming up; report times and phrases found."""
    subject = load(engine)
    asked = Workload.load(Path(workload))
    before = private_bytes()
    subject.open(Path(folder))
    ask: dict[str, Callable[[str], Any]] = {
        "word": subject.word,
        "two_words": subject.word,
        "sentence": subject.sentence,
        "phrase": subject.phrase,
        "newest": lambda text: subject.newest(text, asked.since),
        "snippets": subject.snippets,
    }
    report: dict[str, Any] = {}
    for kind in KINDS:
        if kind not in subject.lacks and asked.queries[kind]:
            report[kind] = _percentiles(ask[kind], asked.queries[kind])
    if "phrase" not in subject.lacks:
        pairs = sum(map(len, asked.holders.values()))
        found = sum(len(subject.holders(text).intersection(ids)) for text, ids in asked.holders.items())
        report["found_share"] = found / pairs
    held = private_bytes()
    report["private_bytes"] = None if held is None or before is None else held - before
    return report


def workload(records: str, path: str, number: int, seed: int) -> dict[str, Any]:
    """Draw the queries and write them to a file."""
    drawn = draw(Path(records), number, seed)
    drawn.save(Path(path))
    return {"phrases": len(drawn.holders), "since": drawn.since, "word": drawn.queries["word"][0]}


def peak_bytes() -> int | None:
    """
    Return the most memory that this process has held, None where the system does not tell.

    Linux hands `ru_maxrss` of the parent down to a child that it starts, so
    there the figure comes from `/proc`.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text("ascii", "replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    if sys.platform == "win32":
        return None
    import resource  # noqa: PLC0415 (not on Windows)

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def private_bytes() -> int | None:
    """Return the memory that no other process and no file shares with this one; None where it is not told."""
    told = Path("/proc/self/smaps_rollup")
    if not told.exists():
        return None
    lines = told.read_text("ascii", "replace").splitlines()
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Private_Dirty:"))


def _percentiles(ask: Callable[[str], Any], queries: list[str]) -> dict[str, float]:
    for text in queries[:WARM_UP]:
        ask(text)
    gc.collect()
    times = []
    hits = 0
    for text in queries[WARM_UP:]:
        start = time.perf_counter_ns()
        answer = ask(text)
        times.append((time.perf_counter_ns() - start) / 1e6)
        hits += len(answer)
    cuts = statistics.quantiles(times, n=20, method="inclusive")
    return {"p50_ms": statistics.median(times), "p95_ms": cuts[-1], "hits": hits / len(times)}


TASKS: dict[str, Callable[..., dict[str, Any]]] = {"build": build, "query": query, "workload": workload}

if __name__ == "__main__":
    print(json.dumps(TASKS[sys.argv[1]](**json.loads(sys.argv[2]))))  # noqa: T201 (the report)
