"""Every engine in turn, A B C A B C, several rounds: what the machine does meanwhile hits all; medians."""

from __future__ import annotations

import shutil
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.engines import ENGINES
from benchmarks.processes import FLOOR, cold_seconds, run
from benchmarks.records import Corpus

_COLD_STARTS = 3


def measure(
    names: Sequence[str], corpus: Corpus, records: Path, place: Path, *, runs: int, queries: int, seed: int
) -> dict[str, Any]:
    """
    Measure the engines and return their figures, ready for JSON.

    Args:
        names: Keys of `ENGINES`.
        corpus: What *records* holds.
        records: A file that `prepare` wrote.
        place: A folder for indexes; each is removed when its round is over.
        runs: Rounds.
        queries: Of each kind.
    """
    asked = place / "workload.json"
    drawn = run("workload", records=str(records), path=str(asked), number=queries, seed=seed)
    word = drawn["word"]
    built: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    answered: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    started: dict[str, list[float]] = {name: [] for name in (*FLOOR, *names)}
    for turn in range(runs):
        for name in FLOOR:
            started[name] += _cold(name, place, word)
        for name in names:
            say(f"round {turn + 1} of {runs}: {ENGINES[name].label}")
            folder = place / f"{name}-{turn}"
            built[name].append(run("build", engine=name, records=str(records), folder=str(folder)))
            answered[name].append(run("query", engine=name, folder=str(folder), workload=str(asked)))
            started[name] += _cold(name, folder, word)
            shutil.rmtree(folder)
            shutil.rmtree(folder.with_name(f"{folder.name}.few"))
    return {
        "floor": {name: _milliseconds(started[name]) for name in FLOOR},
        "engines": {
            name: {
                "label": ENGINES[name].label,
                "index": _index_figures(built[name], corpus),
                "query": _query_figures(answered[name]),
                "phrases_found": answered[name][0].get("found_share"),
                "cold_ms": _milliseconds(started[name]),
            }
            for name in names
        },
    }


def say(line: str) -> None:
    """Tell on stderr how far it is."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201 (a command's progress)


def _cold(name: str, folder: Path, word: str) -> list[float]:
    cold_seconds(name, folder, word)  # files come from the disk the first time
    return [cold_seconds(name, folder, word) for _ in range(_COLD_STARTS)]


def _milliseconds(times: list[float]) -> float:
    return statistics.median(times) * 1000


def _index_figures(built: list[dict[str, Any]], corpus: Corpus) -> dict[str, Any]:
    seconds = statistics.median(each["seconds"] for each in built)
    peaks = [each["peak_bytes"] for each in built if each["peak_bytes"] is not None]
    size = statistics.median(each["size_bytes"] for each in built)
    return {
        "seconds": seconds,
        "mb_per_s": corpus.text_bytes / 1e6 / seconds,
        "size_bytes": size,
        "size_per_text": size / corpus.text_bytes,
        "peak_bytes": statistics.median(peaks) if peaks else None,
        "runs_s": [each["seconds"] for each in built],
    }


def _query_figures(answered: list[dict[str, Any]]) -> dict[str, dict[str, float]]:
    kinds = [kind for kind, value in answered[0].items() if isinstance(value, dict)]
    return {
        kind: {
            figure: statistics.median(each[kind][figure] for each in answered) for figure in answered[0][kind]
        }
        for kind in kinds
    }
