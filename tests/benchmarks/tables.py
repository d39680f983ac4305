"""Figures to tables in Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from benchmarks.engines import OWN
from benchmarks.workload import KINDS

NONE = "–"
"""What an engine does not do, or the system does not tell."""

AGAINST = {
    "whoosh": "× Whoosh recipe",
    "tantivy-words": "× tantivy words",
    "tantivy-same": "× tantivy same",
}
"""The peers that budgets name, and their columns."""


def render(report: dict[str, Any]) -> str:
    """Return all tables of a report: indexing, queries, and searchlib against the peers."""
    engines = report["engines"]
    tables = [_corpus_line(report), _indexing(engines), _queries(report)]
    peers = [name for name in AGAINST if name in engines]
    if OWN in engines and peers:
        tables.append(_ratios(engines, peers))
    return "\n".join(tables)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table; every column but the first is set to the right."""
    rule = ["---", *("--:" for _ in head[1:])]
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, rule, *rows))


def figure(value: float | None) -> str:
    """Return a number with three digits that count: 0.0712, 3.10, 41.5, 236."""
    if value is None:
        return NONE
    places = 0 if value >= 100 else 1 if value >= 10 else 2 if value >= 1 else 3
    return f"{value:.{places}f}"


def _corpus_line(report: dict[str, Any]) -> str:
    corpus, machine, settings = report["corpus"], report["machine"], report["settings"]
    missing = "".join(
        f"\nLeft out: {name}, not installed: {', '.join(p)}." for name, p in report["missing"].items()
    )
    return (
        f"{corpus['articles']} articles, {corpus['text_bytes'] / 1e6:.1f} MB of text; "
        f"{machine['cores']} cores, Python {machine['python']}; "
        f"{settings['queries']} queries of each kind, median of {settings['runs']} runs, "
        f"seed {settings['seed']}.{missing}\n"
    )


def _indexing(engines: dict[str, Any]) -> str:
    rows = []
    for engine in engines.values():
        index = engine["index"]
        peak = index["peak_bytes"]
        rows.append(
            [
                engine["label"],
                figure(index["mb_per_s"]),
                figure(index["size_per_text"]),
                figure(None if peak is None else peak / 1e6),
            ]
        )
    return table(["Indexing", "MB/s", "size : text", "peak MB"], rows)


def _queries(report: dict[str, Any]) -> str:
    head = ["Queries, ms p50 / p95", *KINDS.values(), "phrases found", "cold process"]
    rows = []
    for engine in report["engines"].values():
        cells = [engine["query"].get(kind) for kind in KINDS]
        found = engine["phrases_found"]
        rows.append(
            [
                engine["label"],
                *(f"{figure(c['p50_ms'])} / {figure(c['p95_ms'])}" if c else NONE for c in cells),
                NONE if found is None else f"{found:.1%}",
                figure(engine["cold_ms"]),
            ]
        )
    rows += [[name, *[NONE] * (len(KINDS) + 1), figure(ms)] for name, ms in report["floor"].items()]
    return table(head, rows)


def _ratios(engines: dict[str, Any], peers: list[str]) -> str:
    """How many times faster, smaller, leaner: above 1 is in searchlib's favour."""
    measures: dict[str, Callable[[dict[str, Any]], float | None]] = {
        "indexing": lambda engine: engine["index"]["seconds"],
        "size": lambda engine: engine["index"]["size_bytes"],
        "peak memory": lambda engine: engine["index"]["peak_bytes"],
        **{
            f"{name}, p50": lambda engine, kind=kind: engine["query"].get(kind, {}).get("p50_ms")  # type: ignore[misc]
            for kind, name in KINDS.items()
        },
        "cold process": lambda engine: engine["cold_ms"],
    }
    rows = []
    for name, measure in measures.items():
        own = measure(engines[OWN])
        values = [measure(engines[peer]) for peer in peers]
        rows.append([name, *(figure(value / own if value and own else None) for value in values)])
    return table(["searchlib is better by (below 1: worse)", *(AGAINST[peer] for peer in peers)], rows)
