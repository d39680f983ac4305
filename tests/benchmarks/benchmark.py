"""
The benchmark: searchlib beside other engines on the same articles and queries, in one run.

    python tests/benchmarks/benchmark.py docs.jsonl --chart speed.svg
    python tests/benchmarks/benchmark.py corpus/ --peers none
    python tests/benchmarks/benchmark.py docs.jsonl --grow
    python tests/benchmarks/benchmark.py docs.jsonl --substrings 2000 --articles 1000
    python tests/benchmarks/benchmark.py docs.jsonl --words
    python tests/benchmarks/benchmark.py docs.jsonl --increments 500

The articles are a `docs.jsonl` (`title` or `headline`, `body`, `date`), or any
file or folder that searchlib reads. The peers come with
`pip install -e '.[bench]'`; one that is not installed is named and left out.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path[:0] = [
        str(Path(__file__).parents[1] / room) for room in ("", "support")
    ]  # benchmarks and oracle, as in the tests

from benchmarks import chart, growing, increments, rounds, same_words, substrings, tables
from benchmarks.engines import ENGINES, OWN, missing
from benchmarks.records import prepare

_PACKAGES = ("searchlib", "numpy", "jieba", "rjieba", "whoosh3", "tantivy", "bm25s", "bm25-jieba")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return 1 when a substring is not found exactly, words or answers differ, else 0."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.chart and (options.grow or options.substrings or options.words or options.increments):
        parser.error("--chart is of the comparison, not of --grow, --substrings, --words or --increments")
    if not options.docs.exists():
        parser.error(f"{options.docs} is not there")
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        place = Path(folder)
        records = place / "records.jsonl"
        corpus = prepare(options.docs, records, options.limit)
        report: dict[str, Any] = {"format": 1, "machine": machine(), "corpus": corpus._asdict()}
        report["settings"] = {"seed": options.seed, "runs": options.runs, "queries": options.queries}
        code = 0
        if options.grow is not None:
            report["growth"] = growing.measure(
                records, place, options.grow, queries=options.queries, seed=options.seed
            )
            text = growing.render(report["growth"])
        elif options.substrings:
            report["substrings"] = found = substrings.check(
                records, place, articles=options.articles, number=options.substrings, seed=options.seed
            )
            code = int(found["exact"] < found["phrases"] or found["unexplained"] > 0)
            text = substrings.render(found)
        elif options.words:
            report["words"] = same = same_words.check(records)
            code = int(same["differing"] > 0)
            text = same_words.render(same)
        elif options.increments:
            report["increments"] = answered = increments.check(
                records, place, number=options.increments, seed=options.seed
            )
            code = int(answered["same"] < answered["compared"])
            text = increments.render(answered)
        else:
            report["missing"] = {name: missing(name) for name in options.peers if missing(name)}
            names = [OWN, *(name for name in options.peers if name not in report["missing"])]
            report |= rounds.measure(
                names, corpus, records, place, runs=options.runs, queries=options.queries, seed=options.seed
            )
            text = tables.render(report)
    print(text, end="")  # noqa: T201 (the tables)
    if options.json:
        options.json.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")
    if options.chart:
        options.chart.write_text(chart.render(report), "utf-8")
    return code


def machine() -> dict[str, Any]:
    """Return what a figure depends on: cores, system, and versions; None for what is not installed."""
    versions: dict[str, str | None] = {}
    for package in _PACKAGES:
        try:
            versions[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            versions[package] = None
    return {
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "versions": versions,
    }


def _parser() -> argparse.ArgumentParser:
    summary, _, rest = (__doc__ or "").strip().partition("\n")
    parser = argparse.ArgumentParser(
        description=summary, epilog=rest, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("docs", type=Path, help="docs.jsonl, or a file or folder that searchlib reads")
    parser.add_argument(
        "--peers",
        type=_peers,
        default="all",
        help="all, none, or of: " + ",".join(e for e in ENGINES if e != OWN),
    )
    parser.add_argument("--limit", type=_positive, help="so many articles, spread evenly")
    parser.add_argument("--runs", type=_positive, default=3, help="rounds; figures are medians (3)")
    parser.add_argument("--queries", type=_positive, default=200, help="queries of each kind (200)")
    parser.add_argument("--seed", type=int, default=1, help="of the draw of queries (1)")
    parser.add_argument("--json", type=Path, metavar="OUT.json", help="write all figures")
    parser.add_argument("--chart", type=Path, metavar="OUT.svg", help="write a chart of the comparison")
    other = parser.add_mutually_exclusive_group()
    other.add_argument(
        "--grow",
        type=_steps,
        nargs="?",
        const=growing.STEPS,
        metavar="N,N,N",
        help="instead: searchlib and a peer on so many articles, repeated with fresh ids (2000,20000,80000)",
    )
    other.add_argument(
        "--substrings",
        type=_positive,
        metavar="N",
        help="instead: are N random substrings of one to eight characters found exactly?",
    )
    other.add_argument(
        "--words",
        action="store_true",
        help="instead: do jieba, rjieba and the dictionary's file cut the same words?",
    )
    other.add_argument(
        "--increments",
        type=_positive,
        metavar="N",
        help="instead: are N queries answered alike, whether the articles came at once or bit by bit?",
    )
    parser.add_argument("--articles", type=_positive, default=1000, help="for --substrings (1000)")
    return parser


def _peers(value: str) -> list[str]:
    known = [name for name in ENGINES if name != OWN]
    if value in {"all", "none"}:
        return known if value == "all" else []
    names = value.split(",")
    if unknown := [name for name in names if name not in known]:
        raise argparse.ArgumentTypeError(f"unknown: {', '.join(unknown)}; there are {', '.join(known)}")
    return names


def _steps(value: str) -> tuple[int, ...]:
    return tuple(_positive(step) for step in value.split(","))


def _positive(value: str) -> int:
    number = int(value)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{value} is not 1 or more")
    return number


if __name__ == "__main__":
    sys.exit(main())
