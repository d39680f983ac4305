"""
Many threads search one `Index` while another process commits: every answer is that of some commit.

Commit number k replaces all articles with as many as k says, each of which names
k; so an answer tells by itself which commit it is of, and whether it is all of it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
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


def write(path: Path, seconds: float) -> int:
    """Commit every 100 ms; return how many commits that were."""
    commit = 1
    with searchlib.open(path) as index:
        _commit(index, commit)  # loads what writing needs
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            start = time.monotonic()
            commit += 1
            _commit(index, commit)
            time.sleep(max(0.0, PAUSE_S - (time.monotonic() - start)))
    return commit


def _commit(index: searchlib.Index, commit: int) -> None:
    """Replace all in one commit: `sync` takes whole files."""
    texts = index.path.parent / "texts"
    texts.mkdir(exist_ok=True)
    lines = (json.dumps(article.to_dict(), ensure_ascii=False) for article in articles_of(commit))
    (texts / "all.jsonl").write_text("\n".join(lines), "utf-8")
    index.sync(texts)


@dataclass
class Load:
    """What the threads saw."""

    answers: int = 0
    commits: set[int] = field(default_factory=set)
    written: int = 0
    trouble: list[str] = field(default_factory=list)


def load(home: Path, seconds: float, threads: int = THREADS) -> Load:
    """Search for some seconds with many threads while a process of its own writes."""
    path = home / "x.idx"
    seen = Load()
    with searchlib.open(path) as index:
        _commit(index, 0)
        index.search("查干湖")
    start = [
        sys.executable,
        "-c",
        "import sys; sys.path[:0] = sys.argv[3:]; from faults import loading; loading.main()",
    ]
    paths = [str(Path(__file__).parents[1]), str(Path(searchlib.__file__).parents[1])]
    writer = subprocess.Popen([*start, str(path), str(seconds), *paths], stdout=subprocess.PIPE, text=True)
    lock = threading.Lock()
    with searchlib.open(path, read_only=True) as shared:
        workers = [
            threading.Thread(target=_search, args=(shared, number, writer, seen, lock))
            for number in range(threads)
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    said, _ = writer.communicate()
    if writer.returncode or not said.strip().isdigit():
        seen.trouble.append("the writer failed")
    else:
        seen.written = int(said)
    return seen


def _search(
    index: searchlib.Index, number: int, writer: subprocess.Popen[str], seen: Load, lock: threading.Lock
) -> None:
    latest = 0
    rounds = 0
    while writer.poll() is None:
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
    found = {hit.id: hit.article for hit in hits}
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
    print(write(Path(sys.argv[1]), float(sys.argv[2])))  # noqa: T201 (the answer)
