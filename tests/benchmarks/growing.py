"""`--grow`: how time, size and memory of searchlib go as the articles grow, beside the fastest peer."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.engines import OWN, entry_of, missing
from benchmarks.processes import run
from benchmarks.records import prepare, read
from benchmarks.rounds import say
from benchmarks.tables import NONE, figure, table
from benchmarks.workload import KINDS

STEPS = (2_000, 20_000, 80_000)
"""Articles: fewer than there are come from all over the file, past its end the same come again, fresh ids."""

PEER = "tantivy-words"
"""What is asked the same at each step, where it is installed."""


def measure(
    records: Path, place: Path, steps: Sequence[int], *, queries: int, seed: int
) -> list[dict[str, Any]]:
    """Build an index at every step, ask it the same queries, and return the figures."""
    asked = place / "workload.json"
    run("workload", records=str(records), path=str(asked), number=queries, seed=seed)
    engines = [OWN] if missing(PEER) else [OWN, PEER]
    grown = []
    for wanted in steps:
        say(f"{wanted} articles")
        part = place / "part.jsonl"
        prepare(records, part, wanted)
        figures: dict[str, dict[str, Any]] = {}
        for engine in engines:
            folder = place / f"grow-{wanted}-{engine}"
            built = run("build", engine=engine, records=str(part), folder=str(folder), wanted=wanted)
            answered = run("query", engine=engine, folder=str(folder), workload=str(asked))
            times = {kind: answered[kind]["p50_ms"] for kind in KINDS if kind in answered}
            figures[engine] = {**built, "private_bytes": answered["private_bytes"], "p50_ms": times}
            shutil.rmtree(folder)
            shutil.rmtree(folder.with_name(f"{folder.name}.few"))
        text_bytes = sum(len(each.title.encode()) + len(each.body.encode()) for each in read(part, wanted))
        peer_ms = figures[PEER]["p50_ms"] if PEER in figures else {}
        grown.append({"articles": wanted, "text_bytes": text_bytes, **figures[OWN], "peer_p50_ms": peer_ms})
    return grown


def render(grown: list[dict[str, Any]]) -> str:
    """
    Return the figures as a table: each step, how they grew to the next, and times as shares of the peer's.

    `asked MB` is the memory that only this process holds after all queries, less what it held before
    the index was opened.
    """
    kinds = list(grown[0]["p50_ms"])
    head = ["articles", "text MB", "s", "MB/s", "size : text", "peak MB", "asked MB"]
    head += [f"{KINDS[kind]}, ms" for kind in kinds]
    label = entry_of(PEER).label
    rows = [_row(each, kinds) for each in grown]
    for few, many in pairwise(grown):
        rows.append(
            [
                f"{many['articles'] / few['articles']:g} × the articles",
                *(
                    _times(many[key], few[key]) if key else NONE
                    for key in ("text_bytes", "seconds", None, "size_bytes", "peak_bytes", "private_bytes")
                ),
                *(_times(many["p50_ms"][kind], few["p50_ms"][kind]) for kind in kinds),
            ]
        )
        if many["peer_p50_ms"]:
            shares = (_times(many["peer_p50_ms"].get(kind), few["peer_p50_ms"].get(kind)) for kind in kinds)
            rows.append([f"the same, {label}", *[NONE] * 6, *shares])
    for each in grown:
        if each["peer_p50_ms"]:
            shares = (_times(each["p50_ms"][kind], each["peer_p50_ms"].get(kind)) for kind in kinds)
            rows.append([f"{each['articles']} ÷ {label}", *[NONE] * 6, *shares])
    return table(head, rows)


def _row(step: dict[str, Any], kinds: Sequence[str]) -> list[str]:
    return [
        str(step["articles"]),
        figure(step["text_bytes"] / 1e6),
        figure(step["seconds"]),
        figure(step["text_bytes"] / 1e6 / step["seconds"]),
        figure(step["size_bytes"] / step["text_bytes"]),
        *(figure(_mega(step[key])) for key in ("peak_bytes", "private_bytes")),
        *(figure(step["p50_ms"][kind]) for kind in kinds),
    ]


def _mega(size_bytes: int | None) -> float | None:
    return None if size_bytes is None else size_bytes / 1e6


def _times(many: float | None, few: float | None) -> str:
    return NONE if many is None or not few else f"× {figure(many / few)}"
