"""`--grow`: how time, size and memory of searchlib go as the articles grow."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.engines import OWN
from benchmarks.processes import run
from benchmarks.records import prepare, read
from benchmarks.rounds import say
from benchmarks.tables import NONE, figure, table
from benchmarks.workload import KINDS

STEPS = (2_000, 20_000, 80_000)
"""Articles: fewer than there are come from all over the file, past its end the same come again, fresh ids."""


def measure(
    records: Path, place: Path, steps: Sequence[int], *, queries: int, seed: int
) -> list[dict[str, Any]]:
    """Build an index at every step, ask it the same queries, and return the figures."""
    asked = place / "workload.json"
    run("workload", records=str(records), path=str(asked), number=queries, seed=seed)
    grown = []
    for wanted in steps:
        say(f"{wanted} articles")
        folder = place / f"grow-{wanted}"
        part = place / "part.jsonl"
        prepare(records, part, wanted)
        built = run("build", engine=OWN, records=str(part), folder=str(folder), wanted=wanted)
        answered = run("query", engine=OWN, folder=str(folder), workload=str(asked))
        text_bytes = sum(len(each.title.encode()) + len(each.body.encode()) for each in read(part, wanted))
        times = {kind: answered[kind]["p50_ms"] for kind in KINDS if kind in answered}
        grown.append({"articles": wanted, "text_bytes": text_bytes, "p50_ms": times, **built})
        shutil.rmtree(folder)
        shutil.rmtree(folder.with_name(f"{folder.name}.few"))
    return grown


def render(grown: list[dict[str, Any]]) -> str:
    """Return the figures as a table, then how they grew from step to step."""
    kinds = list(grown[0]["p50_ms"])
    head = ["articles", "text MB", "s", "MB/s", "size : text", "peak MB", *(f"{KINDS[k]}, ms" for k in kinds)]
    rows = []
    for each in grown:
        peak = each["peak_bytes"]
        rows.append(
            [
                str(each["articles"]),
                figure(each["text_bytes"] / 1e6),
                figure(each["seconds"]),
                figure(each["text_bytes"] / 1e6 / each["seconds"]),
                figure(each["size_bytes"] / each["text_bytes"]),
                figure(None if peak is None else peak / 1e6),
                *(figure(each["p50_ms"][kind]) for kind in kinds),
            ]
        )
    for few, many in pairwise(grown):
        rows.append(
            [
                f"{many['articles'] / few['articles']:g} × the articles",
                *(
                    _times(many[key], few[key]) if key else NONE
                    for key in ("text_bytes", "seconds", None, "size_bytes", "peak_bytes")
                ),
                *(_times(many["p50_ms"][kind], few["p50_ms"][kind]) for kind in kinds),
            ]
        )
    return table(head, rows)


def _times(many: float | None, few: float | None) -> str:
    return NONE if many is None or not few else f"× {figure(many / few)}"
