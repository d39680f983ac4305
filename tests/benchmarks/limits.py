"""
How far does it go? A million small articles, one of 100 MB, one without spaces, a file of 2 GB,
200,000 files, long queries; and what grows with a size, by counted work.

    python tests/benchmarks/limits.py DOCS [--articles 1000000] [--megabytes 100] [--letters 30]
        [--records 2000] [--files 200000] [--characters 1000000] [--size 500] [--trial large]

DOCS is a file or folder of articles. Sizes are in MB; the base is the memory of a process that holds
the same texts, or has indexed one small article. The small articles are their sentences; when these
give out, they come again with a number behind. Each trial runs in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count, islice
from pathlib import Path
from string import ascii_lowercase, digits
from typing import Any

if __name__ == "__main__":
    sys.path[:0] = [
        str(Path(__file__).parents[1] / room) for room in ("", "support")
    ]  # benchmarks, as in the tests

import searchlib
from benchmarks.records import prepare, read
from benchmarks.work_kinds import KINDS, grown
from searchlib import Article
from searchlib.options import Match

_SENTENCES = re.compile(r"[^。！？\n]+[。！？]?")
_QUERIES = ("经济", "中国 发展", "“人民代表大会”", "世界经济论坛年会在瑞士达沃斯开幕", "的")
_LAST = "最后一句是查干湖冬捕节闭幕的消息。"


def sentences(records: Path) -> Iterator[Article]:
    """Yield sentences as articles without end; from the second round on each has a number behind."""
    numbers = count()
    for turn in count():
        for record in read(records):
            for match in _SENTENCES.finditer(record.body):
                text = match.group() if not turn else f"{match.group()}（{turn}）"
                yield Article(id=f"{next(numbers)}", body=text, date=record.date or None)


def many(records: Path, home: Path, articles: int) -> Iterator[str]:
    """Add so many small articles in one call, and ask."""
    size_bytes = 0

    def counted() -> Iterator[Article]:
        nonlocal size_bytes
        for article in islice(sentences(records), articles):
            size_bytes += len(article.body.encode())
            yield article

    start = time.perf_counter()
    with searchlib.open(home / "many.idx") as index:
        report = index.add(counted())
        took = time.perf_counter() - start
        assert report.added == articles, report
        stored = index.stats()["size_bytes"]
        yield (
            f"{articles:,} articles, {size_bytes / 1e6:.0f} MB: added in {took:.0f} s,"
            f" {stored / size_bytes:.2f} of the text, peak {_peak_mb():.0f} MB"
        )
    with searchlib.open(home / "many.idx", read_only=True) as index:
        first_ms, _ = _timed(lambda: index.search(_QUERIES[0])[0].headline, 1)
        yield f"  first query {first_ms:.0f} ms"
        for query in _QUERIES:
            page_ms, results = _timed(partial(index.search, query), 5)
            total_ms, total = _timed(partial(getattr, results, "total"), 1)
            yield f"  {query}: {page_ms:.1f} ms; with the total, {total:,}, {page_ms + total_ms:.1f} ms"
        months_ms, _ = _timed(lambda: index.search("", facets=["month"], sort="newest"), 3)
        yield f"  all by date, counted by month: {months_ms:.0f} ms"


def large(records: Path, home: Path, megabytes: int) -> Iterator[str]:
    """Add one large article, and find its last sentence."""
    wanted = megabytes * 1_000_000 // len("湖".encode())
    parts: list[str] = []
    chars = 0
    for article in sentences(records):
        parts.append(article.body)
        chars += len(article.body)
        if chars >= wanted:
            break
    text = "\n".join([*parts, _LAST])
    parts.clear()
    yield f"base {_peak_mb():.0f} MB"
    start = time.perf_counter()
    with searchlib.open(home / "large.idx") as index:
        index.add([Article(id="large", body=text), Article(id="small", body="小")])
        took = time.perf_counter() - start
        size_mb = len(text.encode()) / 1e6
        yield f"an article of {size_mb:.0f} MB: added in {took:.0f} s, peak {_peak_mb():.0f} MB"
        for query in (f"“{_LAST[:-1]}”", "经济发展 查干湖"):
            start = time.perf_counter()
            results = index.search(query)
            snippet = str(results[0].snippet)
            assert [hit.id for hit in results] == ["large"], results
            yield f"  {query}: {time.perf_counter() - start:.1f} s with its snippet, {snippet[:30]}"


def letters(_: Path, home: Path, megabytes: int) -> Iterator[str]:
    """Add articles of letters, of digits and of both in a row, without a space."""
    drawn = random.Random(1)
    for name, chars in {
        "letters": ascii_lowercase,
        "digits": digits,
        "both": ascii_lowercase + digits,
    }.items():
        text = "".join(drawn.choices(chars, k=megabytes * 1_000_000))
        base_mb, start = _peak_mb(), time.perf_counter()
        with searchlib.open(home / f"{name}.idx") as index:
            index.add([Article(id="row", body=text), Article(id="small", body="小")])
            took = time.perf_counter() - start
            yield (
                f"{megabytes} MB of {name} in a row: added in {took:.0f} s, base {base_mb:.0f} MB,"
                f" peak {_peak_mb():.0f} MB"
            )
            assert [hit.id for hit in index.search(f"{text[:30]}*", snippets=0)] == ["row"]


def lines(records: Path, home: Path, megabytes: int) -> Iterator[str]:
    """Take in one JSONL file of so many megabytes, as `search index` does."""
    file = home / "lines.jsonl"
    with searchlib.open(home / "small.idx") as index:
        index.add([Article(id="small", body="查干湖冬捕")])
    base_mb = _peak_mb()
    size = 0
    with file.open("w", encoding="utf-8") as out:
        for turn in count():
            for record in read(records):
                line = json.dumps({"id": f"{turn}-{record.id}", "title": "新闻", "text": record.body})
                size += out.write(f"{line}\n")
            if size >= megabytes * 1_000_000:
                break
    start = time.perf_counter()
    with searchlib.open(home / "lines.idx") as index:
        report = index.sync(file)
        took = time.perf_counter() - start
        yield (
            f"a JSONL of {size / 1e6:,.0f} MB, {report.added:,} articles: {took:.0f} s,"
            f" base {base_mb:.0f} MB, peak {_peak_mb():.0f} MB"
        )


def long(_: Path, home: Path, characters: int) -> Iterator[str]:
    """Ask queries of so many characters."""
    with searchlib.open(home / "long.idx") as index:
        index.add([{"id": "1", "body": "党建引领基层治理，农业丰收。"}, {"id": "2", "body": "查干湖"}])
        asked: dict[str, tuple[str, Match]] = {
            "plain text": ("党建引领基层治理，" * (characters // 9), "any"),
            "a phrase": ("“" + "党建引领基层治理" * (characters // 8) + "”", "all"),
            "words": ("党建 " * (characters // 3), "all"),
            "brackets": ("(党建 OR " * (characters // 7), "all"),
        }
        for name, (query, match) in asked.items():
            start = time.perf_counter()
            try:
                found = f"{index.search(query, match=match).total} found"
            except searchlib.QueryError as error:
                found = f"refused: {str(error)[:60]}"
            yield f"{len(query):,} characters, {name}: {found}, {time.perf_counter() - start:.1f} s"


def files(records: Path, home: Path, count: int) -> Iterator[str]:
    """Sync one folder of so many files, each a sentence; and once more, when none has changed."""
    texts = home / "files"
    texts.mkdir()
    for number, article in enumerate(islice(sentences(records), count)):
        (texts / f"{number:06}.txt").write_text(article.body, "utf-8")
    step = max(1, count // 10)
    took = [time.process_time()]

    def watch(done: int, _: int, path: str) -> None:
        if type(path) is str and done and done % step == 0:
            took.append(time.process_time())

    base_mb, start = _peak_mb(), time.perf_counter()
    with searchlib.open(home / "files.idx") as index:
        report = index.sync(texts, progress=watch)
        cpu_s, wall_s = time.process_time() - took[0], time.perf_counter() - start
        segments = len(list((home / "files.idx").glob("*.slseg")))
        first_ms, last_ms = ((took[end] - took[end - 1]) / step * 1000 for end in (1, -1))
        yield (
            f"{report.added:,} articles of {count:,} files: {cpu_s:.0f} s of processor, {wall_s:.0f} s,"
            f" base {base_mb:.0f} MB, peak {_peak_mb():.0f} MB, {segments} segments;"
            f" {first_ms:.2f} ms a file in the first tenth, {last_ms:.2f} in the last"
        )
        again_ms, _ = _timed(lambda: index.sync(texts), 1)
        yield f"  once more, nothing changed: {again_ms / 1000:.0f} s"


def work(_: Path, __: Path, size: int) -> Iterator[str]:
    """Count the work of each kind of thing that may be large, at a size, at twice it and at four times it."""
    for name, act in KINDS.items():
        found = grown(act, size)
        verdict = "" if found.is_linear else "  MORE THAN THE SIZE"
        yield f"{name:28}{found.once:12,}{found.twice:12,}{found.four:12,} lines{verdict}"


TRIALS: dict[str, Callable[[Path, Path, int], Iterator[str]]] = {
    "many": many,
    "large": large,
    "letters": letters,
    "lines": lines,
    "files": files,
    "long": long,
    "work": work,
}


def _timed(ask: Callable[[], Any], times: int) -> tuple[float, Any]:
    """Return the median in ms, and the last answer."""
    took = []
    answer: Any = None
    for _ in range(times):
        start = time.perf_counter()
        answer = ask()
        took.append((time.perf_counter() - start) * 1000)
    return statistics.median(took), answer


def _peak_mb() -> float:
    """Return the most memory that this process, or one that it started, has had."""
    used = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(who).ru_maxrss for who in used) / 1000


def main() -> int:
    """Run each trial in a process of its own."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("docs", type=Path)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--megabytes", type=int, default=100)
    parser.add_argument("--letters", type=int, default=30)
    parser.add_argument("--records", type=int, default=2000)
    parser.add_argument("--files", type=int, default=200_000)
    parser.add_argument("--characters", type=int, default=1_000_000)
    parser.add_argument("--size", type=int, default=500)
    parser.add_argument("--trial", choices=[*TRIALS], help="one of them")
    parser.add_argument("--job", help=argparse.SUPPRESS)
    options = parser.parse_args()
    sizes = {
        "many": options.articles,
        "large": options.megabytes,
        "letters": options.letters,
        "lines": options.records,
        "files": options.files,
        "long": options.characters,
        "work": options.size,
    }
    if options.job:
        name, records, home = json.loads(options.job)
        for line in TRIALS[name](Path(records), Path(home), sizes[name]):
            print(line, flush=True)  # noqa: T201 (the answer)
        return 0
    failed = 0
    with tempfile.TemporaryDirectory() as home:
        records = Path(home) / "records.jsonl"
        prepare(options.docs, records)
        for name in [options.trial] if options.trial else TRIALS:
            job = json.dumps([name, str(records), home])
            failed |= subprocess.run([sys.executable, *sys.argv, "--job", job], check=False).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())
