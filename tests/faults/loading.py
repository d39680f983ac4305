"""
Many threads search while another process commits: every answer is that of some commit.

They share one `Index`, or some processes have one each.

Commit number k replaces all articles with as many as k says, each of which names
k; so an answer tells by itself which commit it is of, and whether it is all of it.
"""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import searchlib
from searchlib import Article

THREADS = 16
PAUSE_S = 0.1
_KINDS = ("article", "brief")


def articles_of(commit: int) -> list[Article]:
    """Return the articles of a commit."""
    return [
        Article(
            id=f"{number:02d}",
            headline=f"第{commit}号",
            body="查干湖冬捕节。" * (1 + number % 5),
            kind=_KINDS[number % 2],
        )
        for number in range(_size(commit))
    ]


def _size(commit: int) -> int:
    return 20 + commit * 7 % 13


def write(path: Path, seconds: float) -> list[float]:
    """Commit every 100 ms, or as often as commits are done; return how long each took, in ms."""
    took: list[float] = []
    with searchlib.open(path) as index:
        _commit(index, 1)  # loads what writing needs
        end = time.monotonic() + seconds
        while (start := time.monotonic()) < end:
            took.append(_commit(index, len(took) + 2))
            time.sleep(max(0.0, PAUSE_S - (time.monotonic() - start)))
    return took


def _commit(index: searchlib.Index, commit: int) -> float:
    """Replace all in one commit: `sync` takes whole files; return how long it took, in ms."""
    texts = index.path.parent / "texts"
    texts.mkdir(exist_ok=True)
    lines = (json.dumps(article.to_dict(), ensure_ascii=False) for article in articles_of(commit))
    (texts / "all.jsonl").write_text("\n".join(lines), "utf-8")
    start = time.perf_counter()
    index.sync(texts)
    return (time.perf_counter() - start) * 1000


@dataclass
class Load:
    """What the threads saw, and how long the writer's commits took."""

    answers: int = 0
    commits: set[int] = field(default_factory=set)
    commits_ms: list[float] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)


def load(home: Path, seconds: float, processes: int = 0) -> Load:
    """
    Search for some seconds with 16 threads while a process of its own writes.

    Args:
        processes: The threads are shared out among so many new processes, started without fork;
            0: they are this one's.
    """
    path, over = home / "x.idx", home / "over"
    with searchlib.open(path) as index:
        _commit(index, 0)
        index.search("查干湖")
    start = [
        sys.executable,
        "-c",
        "import sys; sys.path[:0] = sys.argv[3:]; from faults import loading; loading.main()",
    ]
    paths = [
        str(Path(__file__).parents[1]),
        str(Path(__file__).parents[1] / "support"),
        str(Path(searchlib.__file__).parents[1]),
    ]
    with (
        subprocess.Popen(
            [*start, str(path), str(seconds), *paths], stdout=subprocess.PIPE, text=True
        ) as writer,
        ThreadPoolExecutor(1) as watch,
    ):
        said = watch.submit(_heard, writer, over)
        if processes:
            spawn = multiprocessing.get_context("spawn")
            each = max(1, THREADS // processes)
            with ProcessPoolExecutor(processes, spawn) as pool:
                parts = list(pool.map(_read, *zip(*[(path, over, each)] * processes, strict=True)))
        else:
            parts = [_read(path, over, THREADS)]
    seen = Load(
        sum(part.answers for part in parts),
        set().union(*(part.commits for part in parts)),
        trouble=[trouble for part in parts for trouble in part.trouble],
    )
    if writer.returncode:
        seen.trouble.append("the writer failed")
    else:
        seen.commits_ms = json.loads(said.result())
    return seen


def _heard(writer: subprocess.Popen[str], over: Path) -> str:
    """Return what the writer said at its end, and let everybody know that it is over."""
    try:
        return writer.communicate()[0]
    finally:
        over.touch()


def _read(path: Path, over: Path, threads: int) -> Load:
    """Search with some threads until it is over."""
    seen = Load()
    lock = threading.Lock()
    with searchlib.open(path, read_only=True) as shared:
        workers = [
            threading.Thread(target=_search, args=(shared, number, over, seen, lock))
            for number in range(threads)
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    return seen


def _search(index: searchlib.Index, number: int, over: Path, seen: Load, lock: threading.Lock) -> None:
    latest = 0
    rounds = 0
    while not over.exists():
        rounds += 1
        if rounds % 3 == number % 3:
            index.refresh()
        try:
            commit, trouble = _look(index, rounds)
        except Exception as error:  # noqa: BLE001 (whatever it is, it must not be)
            commit, trouble = latest, f"{type(error).__name__}: {error}"
        if commit < latest:
            trouble = f"commit {commit} after {latest}"
        latest = commit
        with lock:
            seen.answers += 1
            seen.commits.add(commit)
            if trouble:
                seen.trouble.append(trouble)


def _look(index: searchlib.Index, rounds: int) -> tuple[int, str]:
    """Ask, and return which commit the answer is of, and what does not fit it."""
    query = ("查干湖", '"冬捕节"', "湖 冬捕")[rounds % 3]
    results = index.search(query, limit=None, facets=["kind"])
    hits = list(results)
    time.sleep(0.002)  # others commit meanwhile; what is read now must still be of the same commit
    commit = int(hits[0].article.headline[1:-1])
    wanted = {article.id: article for article in articles_of(commit)}
    found = {hit.article.record_id: hit.article for hit in hits}
    counts = {kind: sum(article.kind == kind for article in wanted.values()) for kind in _KINDS}
    if {name: (a.headline, a.body) for name, a in found.items()} != {
        name: (a.headline, a.body) for name, a in wanted.items()
    }:
        return commit, f"the answer of commit {commit} has other articles"
    if results.total != len(wanted) or dict(results.facets["kind"]) != counts:
        return commit, f"the figures of commit {commit} are others"
    return commit, ""


def main() -> None:
    """Write, as a process of its own."""
    print(json.dumps(write(Path(sys.argv[1]), float(sys.argv[2]))))  # noqa: T201 (the answer)
