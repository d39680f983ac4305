"""
`python tests/benchmarks/syncing.py DOCS.jsonl`: a folder of files synced, changed a little, and synced again.

Of the files 1 % are changed, 1 % deleted and 1 % moved. The second sync must
open only those that are new or changed, take under a tenth of the first's
time, and leave an index that answers as one built new.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [
        str(Path(__file__).parents[1] / room) for room in ("", "support")
    ]  # benchmarks, as in the tests

import searchlib
from benchmarks.records import prepare, read
from searchlib import Report

_HAN_PAIR = re.compile("[\u4e00-\u9fff]{2}")
_PER_FOLDER = 500
_TICK_S = 2.1
"""A file written within one tick of a coarse clock is looked at again; so the clock is let go on."""


@dataclass(frozen=True)
class Figures:
    """What two syncs took and did, the files opened, and what differs from an index built new."""

    files: int
    first_s: float
    first_cpu_s: float
    second_s: float
    second_cpu_s: float
    touched: int
    opened: int
    report: Report
    differences: tuple[str, ...]


def measure(docs: Path, place: Path, files: int, seed: int, queries: int = 60) -> Figures:
    """Write *files* files below *place*, sync, change, sync again and compare."""
    rng = random.Random(seed)
    folder, records = place / "texts", place / "records.jsonl"
    prepare(docs, records)
    paths = []
    words = set()
    for number, record in enumerate(read(records, files)):
        path = folder / f"{number // _PER_FOLDER:03}" / f"{record.id}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{record.title}\n\n{record.body}\n", "utf-8")
        paths.append(path)
        words.update(_HAN_PAIR.findall(record.title)[:1])
    time.sleep(_TICK_S)
    with searchlib.open(place / "x.idx") as index:
        start, start_cpu = time.perf_counter(), _cpu_s()
        index.sync(folder)
        first, first_cpu = time.perf_counter() - start, _cpu_s() - start_cpu
        share = max(1, files // 100)
        chosen = rng.sample(paths, 3 * share)
        for path in chosen[:share]:
            path.write_text(path.read_text("utf-8") + "补记：此文后来有改动。\n", "utf-8")
        for path in chosen[share : 2 * share]:
            path.unlink()
        (folder / "moved").mkdir()
        for path in chosen[2 * share :]:
            path.rename(folder / "moved" / path.name)
        with _opened_below(folder) as opened:
            start, start_cpu = time.perf_counter(), _cpu_s()
            report = index.sync(folder)
            second, second_cpu = time.perf_counter() - start, _cpu_s() - start_cpu
        with searchlib.open(place / "new.idx") as new:
            new.sync(folder)
            asked = rng.sample(sorted(words), min(queries, len(words)))
            differences = tuple(_differences(index, new, asked))
    return Figures(
        files, first, first_cpu, second, second_cpu, 2 * share, len(set(opened)), report, differences
    )


def _cpu_s() -> float:
    """Return the CPU time of this process and of those it has waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


_watched: list[tuple[str, list[str]]] = []


def _note(event: str, args: tuple[object, ...]) -> None:
    if event == "open" and _watched and isinstance(args[0], (str, bytes, os.PathLike)):
        top, opened = _watched[-1]
        path = os.fsdecode(args[0])
        if path.startswith(top):
            opened.append(path)


@contextmanager
def _opened_below(folder: Path) -> Iterator[list[str]]:
    """Collect the files below a folder that are opened meanwhile, by whatever way."""
    if not _watched:
        sys.addaudithook(_note)  # for ever: Python takes no hook back
    opened: list[str] = []
    _watched.append((f"{folder}{os.sep}", opened))
    yield opened
    _watched.append(("\0", []))


def _differences(index: searchlib.Index, new: searchlib.Index, queries: Sequence[str]) -> Iterator[str]:
    """Yield what an index holds or answers otherwise than one built new."""
    ours, theirs = ({article.id: article for article in each} for each in (index, new))
    if ours != theirs:
        yield f"articles: {len(ours)}, built new {len(theirs)}"
    for query in queries:
        for options in ({}, {"sort": "newest"}, {"match": "any"}):
            answers = [
                [(hit.id, round(hit.score, 9)) for hit in each.search(query, limit=None, **options)]  # type: ignore[arg-type]
                for each in (index, new)
            ]
            if answers[0] != answers[1]:
                yield f"{query} {options}: {answers[0][:3]}, built new {answers[1][:3]}"


def main(args: Sequence[str] | None = None) -> int:
    """Measure and print; 1 when something is not as it must be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("docs", type=Path, help="records: any file or folder that searchlib can read")
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(args)
    place = Path(tempfile.mkdtemp(prefix="syncing-"))
    try:
        found = measure(options.docs, place, options.files, options.seed)
    finally:
        shutil.rmtree(place)
    share = found.second_s / found.first_s
    cpu_share = found.second_cpu_s / found.first_cpu_s
    print(  # noqa: T201 (the report)
        f"{found.files} files: {found.first_s:.2f} s ({found.first_cpu_s:.2f} s CPU); again: "
        f"{found.second_s:.2f} s ({found.second_cpu_s:.2f} s CPU), {share:.3f} ({cpu_share:.3f} CPU) of it\n"
        f"changed or new {found.touched}, opened {found.opened}; {found.report}\n"
        f"differences from an index built new: {len(found.differences)}",
        *found.differences[:5],
        sep="\n",
    )
    return int(found.opened != found.touched or share > 0.1 or bool(found.differences))


if __name__ == "__main__":
    sys.exit(main())
