"""
How well searchlib ranks beside other engines: the same articles and queries, in one run.

    python tests/benchmarks/ranking_peers.py DIR [DIR...] [--limit-queries N] [--every N] [--peers NAME,NAME]

A collection is a folder with `docs.jsonl`, `queries.jsonl` and `qrels.tsv`, as
for `search eval`. It is measured with its headlines, when it has any, and with
blank ones; a query is any of its words. Every engine has its own defaults. The
peers come with `pip install -e '.[bench]'`.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

if __name__ == "__main__":
    sys.path[:0] = [
        str(Path(__file__).parents[1] / room) for room in ("", "support")
    ]  # benchmarks, as in the tests

from benchmarks import tables
from benchmarks.engines import OWN, entry_of, load, missing
from benchmarks.judged_folder import parser_of_folders, read_judged
from benchmarks.records import Record
from searchlib import evaluation

PEERS = ("pairs", "tantivy-words", "bm25s", "bm25-jieba", "whoosh")
MEASURES = ("ndcg@10", "mrr@10", "recall@100")


class Collection(NamedTuple):
    """Articles, queries and judgements."""

    name: str
    records: Sequence[Record]
    topics: evaluation.Topics
    qrels: evaluation.Qrels


def collections(folder: Path, limit: int | None, every: int) -> Iterator[Collection]:
    """Read a collection, with its headlines when it has any, and without."""
    articles, topics, qrels = read_judged(folder, limit, every)
    records = [Record(article.id, article.headline, article.body, "") for article in articles]
    if any(record.title for record in records):
        yield Collection(f"{folder.name}, headlines given", records, topics, qrels)
    blank = [record._replace(title="") for record in records]
    yield Collection(f"{folder.name}, headlines blank", blank, topics, qrels)


def figures(collection: Collection, name: str, place: Path) -> dict[str, float]:
    """Return the measures of one engine."""
    engine = load(name)
    engine.build(collection.records, place)
    engine.open(place)
    found = evaluation.evaluate(collection.topics, collection.qrels, engine.sentence, measures=MEASURES)
    return dict(found.means)


def render(collection: Collection, names: Sequence[str]) -> str:
    """Measure the engines on one collection and return their table."""
    rows = []
    for name in names:
        with tempfile.TemporaryDirectory(prefix="ranking-", ignore_cleanup_errors=True) as place:
            means = figures(collection, name, Path(place) / "index")
        rows.append([entry_of(name).label, *(f"{means[measure]:.4f}" for measure in MEASURES)])
    what = f"{collection.name}: {len(collection.records)} articles, {len(collection.topics)} queries"
    return tables.table([what, *MEASURES], rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = parser_of_folders(__doc__)
    parser.add_argument("--peers", default=",".join(PEERS), help=f"of: {','.join(PEERS)}; all when not given")
    options = parser.parse_args(arguments)
    peers = list(filter(None, options.peers.split(",")))
    if unknown := [name for name in peers if name not in PEERS]:
        parser.error(f"unknown: {', '.join(unknown)}; there are {', '.join(PEERS)}")
    names = [OWN, *(name for name in peers if not missing(name))]
    for name in peers:
        if lacking := missing(name):
            sys.stdout.write(f"Left out: {name}, not installed: {', '.join(lacking)}.\n")
    for folder in options.folders:
        for collection in collections(folder, options.limit_queries, options.every):
            sys.stdout.write(render(collection, names) + "\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
