"""The command: `python tests/faults/faults.py inject | kill | damage | load`."""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[1] / room) for room in ("", "support")]

from faults import damaging, injecting, killing, loading

_SHOWN = 10


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one kind of trial; 1 when something did not survive it."""
    options = _parser().parse_args(arguments)
    start = time.monotonic()
    with tempfile.TemporaryDirectory(dir=options.folder) as home:
        troubles = options.run(options, Path(home))
    print(f"{time.monotonic() - start:.0f} s")  # noqa: T201 (the answer)
    for trouble in troubles[:_SHOWN]:
        print(f"TROUBLE  {trouble}")  # noqa: T201
    return 1 if troubles else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Let the disk, the process or a file fail.")
    parser.add_argument("--folder", help="where indexes are made; memory (/dev/shm) is faster than a disk")
    kinds = parser.add_subparsers(required=True)
    inject = kinds.add_parser("inject", help="every fault at every write, sync, rename and deletion")
    inject.add_argument("--step", type=int, default=1, help="try one of so many operations")
    inject.set_defaults(run=_inject)
    kill = kinds.add_parser("kill", help="kill -9 at random moments")
    kill.add_argument("--kills", type=int, default=200)
    kill.add_argument("--seed", type=int, default=1)
    kill.set_defaults(run=_kill)
    damage = kinds.add_parser("damage", help="flip bytes, cut, swap and lose files, tell lies")
    damage.add_argument("--step", type=int, default=1, help="flip one of so many bytes")
    damage.add_argument("--lies", type=int, default=5000)
    damage.add_argument("--articles", type=int, default=0, help="of so many articles; 0: a small index")
    damage.set_defaults(run=_damage)
    load = kinds.add_parser("load", help="search from 16 threads while a process commits")
    load.add_argument("--seconds", type=float, default=60)
    load.add_argument("--processes", type=int, default=0, help="new ones for the threads; 0: in this one")
    load.set_defaults(run=_load)
    return parser


def _inject(options: argparse.Namespace, home: Path) -> list[str]:
    tried: Counter[str] = Counter()
    troubles = []
    for trial in injecting.trials(home, step=options.step):
        tried[trial.fault] += 1
        troubles += [str(trial)] if trial.trouble else []
    _say(tried.items(), "faults", troubles)
    return troubles


def _kill(options: argparse.Namespace, home: Path) -> list[str]:
    if not hasattr(os, "fork"):
        return ["this system cannot fork, which is how processes are made here"]
    found = list(killing.kills(home, options.kills, options.seed))
    troubles = [trouble for trouble in found if trouble]
    _say([("kill -9", len(found))], "kills", troubles)
    return troubles


def _damage(options: argparse.Namespace, home: Path) -> list[str]:
    if options.articles:
        path = home / "x.idx"
        damaging.make_large(path, options.articles)
    else:
        path = damaging.make(home)
    tried: Counter[str] = Counter()
    troubles = []
    for kind, trials in (
        ("flipped bytes", damaging.flips(path, options.step)),
        ("cut, swapped, lost files", damaging.blows(path)),
        ("lies with right checksums", damaging.lies(path, options.lies)),
    ):
        for trial in trials:
            tried[kind] += 1
            troubles += [str(trial)] if trial.trouble else []
    _say(tried.items(), "damages", troubles)
    return troubles


def _load(options: argparse.Namespace, home: Path) -> list[str]:
    seen = loading.load(home, options.seconds, options.processes)
    threads = f"{loading.THREADS} threads in {options.processes or 1} process(es)"
    commits = f"{len(seen.commits_ms)} commits, {len(seen.commits - {0, 1})} of them seen"  # not those before
    print(f"{seen.answers:,} answers to {threads}, {commits}")  # noqa: T201
    if seen.commits_ms:
        took = (
            f"{statistics.median(seen.commits_ms):.0f} ms at the median, {max(seen.commits_ms):.0f} at most"
        )
        print(f"a commit took {took}")  # noqa: T201
    return seen.trouble


def _say(tried: Iterable[tuple[str, Any]], what: str, troubles: list[str]) -> None:
    kinds = list(tried)
    for kind, count in kinds:
        print(f"{count:7,}  {kind}")  # noqa: T201
    print(f"{sum(count for _, count in kinds):7,}  {what}, {len(troubles)} not survived")  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
